package app

import (
	"context"

	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

// MatchPlan is what accepting a message would do, line by line. Credit is what would stay with the
// client.
type MatchPlan struct {
	Client     ledger.Client
	Currency   money.Currency
	Lines      []PlannedLine
	Credit     money.Cents
	Imputation law.Imputation
}

// PlannedLine is an invoice's share of a payment to come. Left and TotalLeft are what would still be
// owed on the day of the payment, of the principal and with interest and indemnity.
type PlannedLine struct {
	Invoice   string
	Due       date.Date
	Amount    money.Cents
	Principal money.Cents
	Left      money.Cents
	TotalLeft money.Cents
}

// PlanMatch computes what AcceptMatch would book, by the same rule, and writes nothing.
func (a *App) PlanMatch(ctx context.Context, draft AcceptDraft) (plan MatchPlan, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		message, err := pendingMessage(r, draft.Message)
		if err != nil {
			return err
		}
		proposal, err := proposalOf(r, message)
		if err != nil {
			return err
		}
		payment, err := acceptedPayment(proposal, draft)
		if err != nil {
			return err
		}
		plan, err = a.planPayment(r, payment)
		return err
	})
	return plan, wrap("plan match", err)
}

func (a *App) planPayment(r Reader, payment PaymentDraft) (plan MatchPlan, err error) {
	client, accounts, err := paymentTargets(r, payment)
	if err != nil {
		return plan, err
	}
	plan = MatchPlan{Client: client, Currency: payment.Currency, Credit: payment.Amount}
	rates, settings, err := a.lawAndSettings(r)
	if err != nil {
		return plan, err
	}
	plan.Imputation = law.Imputation(settings.Terms.Imputation)
	if len(accounts) == 0 {
		return plan, nil
	}
	list, err := claims(rates, accounts, plan.Imputation, payment.Date, true)
	if err != nil {
		return plan, err
	}
	shares, err := sharesOf(rates, plan.Imputation, accounts, len(payment.Invoices) > 0,
		ledger.Payment{Amount: payment.Amount, Date: payment.Date})
	if err != nil {
		return plan, err
	}
	plan.Lines = make([]PlannedLine, len(accounts))
	for i, item := range list {
		plan.Lines[i] = PlannedLine{Invoice: item.Account.Invoice.Number, Due: item.Account.Invoice.Due,
			Left: item.Claim.Principal, TotalLeft: item.Claim.Total}
	}
	for _, share := range shares {
		plan.Lines[share.Index].take(partsOf(accounts[share.Index], share))
	}
	for _, line := range plan.Lines {
		plan.Credit -= line.Amount
	}
	return plan, nil
}

func (l *PlannedLine) take(parts []AllocatedPart) {
	for _, part := range parts {
		l.Amount += part.Amount
		l.TotalLeft -= part.Amount
		if part.Part == ledger.PartPrincipal {
			l.Principal += part.Amount
			l.Left -= part.Amount
		}
	}
	l.Left, l.TotalLeft = max(0, l.Left), max(0, l.TotalLeft)
}
