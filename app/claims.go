package app

import (
	"context"

	"dument/app/date"
	"dument/app/dunning"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

// InvoiceClaim is what is owed for one invoice on a day.
type InvoiceClaim struct {
	Account ledger.Account
	Claim   law.Claim
}

// Claims computes what is owed on a day: for the named invoices, or for every invoice with something
// left when none is named. An empty imputation is the one of the settings. A missing rate leaves its
// invoices out: the others come back together with the error.
func (a *App) Claims(
	ctx context.Context, on date.Date, numbers []string, imputation law.Imputation,
) (list []InvoiceClaim, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		var accounts []ledger.Account
		if len(numbers) > 0 {
			accounts, err = namedAccounts(r, numbers)
		} else {
			accounts, err = r.Accounts(InvoiceFilter{})
		}
		if err != nil {
			return err
		}
		rates, settings, err := a.lawAndSettings(r)
		if err != nil {
			return err
		}
		if imputation == "" {
			imputation = law.Imputation(settings.Terms.Imputation)
		}
		list, err = claims(rates, accounts, imputation, on, len(numbers) > 0)
		return err
	})
	return list, wrap("claim", err)
}

// claims computes the claim of each account; without all, settled ones are left out.
func claims(
	rates *law.Rates, accounts []ledger.Account, imputation law.Imputation, on date.Date, all bool,
) ([]InvoiceClaim, error) {
	list := make([]InvoiceClaim, 0, len(accounts))
	var missing error
	for _, account := range accounts {
		if !all && account.Invoice.Issued.After(on) {
			continue
		}
		claim, err := rates.Claim(account.Debt(imputation), on)
		err = wrap(account.Invoice.Number, fieldProblem(err))
		switch {
		case HasCode(err, CodeRateMissing):
			missing = err
		case err != nil:
			return nil, err
		case all || claim.Total > 0:
			list = append(list, InvoiceClaim{Account: account, Claim: claim})
		}
	}
	return list, missing
}

func (a *App) lawAndSettings(r Reader) (*law.Rates, ledger.Settings, error) {
	rates, err := a.rates(r)
	if err != nil {
		return nil, ledger.Settings{}, err
	}
	settings, err := r.Settings()
	return rates, settings, err
}

// DueAction is what to do about one invoice.
type DueAction struct {
	Account ledger.Account
	Claim   law.Claim
	Action  dunning.Action
}

// Due lists the overdue invoices with their next step on a day, the oldest debt first.
func (a *App) Due(ctx context.Context, on date.Date) (actions []DueAction, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		actions, err = a.due(r, on)
		return err
	})
	return actions, wrap("due", err)
}

func (a *App) due(r Reader, on date.Date) ([]DueAction, error) {
	accounts, err := r.Accounts(InvoiceFilter{OpenOnly: true, OverdueOn: on})
	if err != nil {
		return nil, err
	}
	rates, settings, err := a.lawAndSettings(r)
	if err != nil {
		return nil, err
	}
	waiting, err := invoicesWaiting(r)
	if err != nil {
		return nil, err
	}
	scenario := dunning.Preset(settings.Reminders.Scenario)
	var actions []DueAction
	for _, account := range accounts {
		situation := dunning.Situation{Account: account, PendingPayment: waiting[account.Invoice.ID],
			MediatorMissing: settings.Creditor.Mediator == ""}
		claim, err := rates.Claim(account.Debt(law.Imputation(settings.Terms.Imputation)), on)
		err = fieldProblem(err)
		if HasCode(err, CodeRateMissing) {
			// The invoice stays in the list, with its principal and what is missing.
			situation.RateMissing = AsError(err).Params[0]
			claim = law.Claim{On: on, Debtor: account.Client.Kind, Amount: account.Invoice.Amount,
				Principal: openPrincipal(account), Total: openPrincipal(account),
				DaysLate: on.Sub(account.Invoice.Due), LateFrom: account.Invoice.Due.AddDays(1)}
		} else if err != nil {
			return nil, wrap(account.Invoice.Number, err)
		}
		situation.Claim = claim
		action, due := dunning.Next(scenario, situation, settings.Reminders.MinDaysBetweenContacts, on)
		if due {
			actions = append(actions, DueAction{Account: account, Claim: claim, Action: action})
		}
	}
	return actions, nil
}

// invoicesWaiting are those that a payment awaiting the user's decision may settle: a reminder to
// somebody who has paid must not leave.
func invoicesWaiting(r Reader) (map[ledger.InvoiceID]bool, error) {
	messages, err := r.Messages(MessageFilter{Pending: true})
	if err != nil {
		return nil, err
	}
	waiting := map[ledger.InvoiceID]bool{}
	for _, message := range messages {
		if message.Evidence != ledger.EvidenceNotified {
			continue
		}
		for _, invoice := range message.Concerns {
			waiting[invoice] = true
		}
	}
	return waiting, nil
}

// Overview is the day in figures.
type Overview struct {
	On              date.Date
	Outstanding     Figure
	Overdue         Figure
	ReceivedInMonth Figure
	// MeanDaysLate weighs the delay of the receipts of the last twelve months by their amounts; it is
	// -1 when there was none.
	MeanDaysLate int
	Pending      int // payments that wait for a decision
	Letters      int // letters on their way
	Invoices     int
}

// Figure is a sum and how many things it adds up.
type Figure struct {
	Cents money.Cents
	Count int
}

// Overview sums the ledger up on a day. Amounts in other currencies than the euro are left out.
func (a *App) Overview(ctx context.Context, on date.Date) (overview Overview, err error) {
	overview = Overview{On: on, MeanDaysLate: -1}
	err = a.Store.View(ctx, func(r Reader) error {
		err := r.Invoices(InvoiceFilter{OpenOnly: true}, func(row InvoiceRow) error {
			if row.Invoice.Currency != money.EUR || row.Invoice.Issued.After(on) {
				return nil
			}
			overview.Outstanding.add(row.Balance.Open())
			if row.Invoice.Due.Before(on) {
				overview.Overdue.add(row.Balance.Open())
			}
			return nil
		})
		if err != nil {
			return err
		}
		if overview.Invoices, err = r.CountInvoices(); err != nil {
			return err
		}
		if err := overview.receipts(r, on); err != nil {
			return err
		}
		return overview.work(r)
	})
	return overview, wrap("overview", err)
}

func (f *Figure) add(amount money.Cents) { f.Cents, f.Count = f.Cents+amount, f.Count+1 }

func (o *Overview) receipts(r Reader, on date.Date) error {
	year, month, _ := on.YMD()
	first, err := date.New(year, month, 1)
	if err != nil {
		return err
	}
	payments, err := r.Payments(PaymentFilter{From: first, To: on})
	if err != nil {
		return err
	}
	for _, payment := range payments {
		if payment.Currency == money.EUR {
			o.ReceivedInMonth.add(payment.Amount)
		}
	}
	o.MeanDaysLate, err = r.MeanDaysLate(on.AddYears(-1), on)
	return err
}

func (o *Overview) work(r Reader) error {
	messages, err := r.Messages(MessageFilter{Pending: true})
	if err != nil {
		return err
	}
	o.Pending = len(messages)
	letters, err := r.Letters()
	if err != nil {
		return err
	}
	for _, letter := range letters {
		events, err := r.LetterEvents(letter.ID)
		if err != nil {
			return err
		}
		if !arrived(events) {
			o.Letters++
		}
	}
	return nil
}

// arrived says whether a letter's way has ended.
func arrived(events []ledger.LetterEvent) bool {
	for _, event := range events {
		if event.Kind == ledger.EventDelivered || event.Kind == ledger.EventReturned {
			return true
		}
	}
	return false
}
