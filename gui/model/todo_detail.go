package model

import (
	"slices"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/dunning"
	"dument/app/law"
	"dument/app/money"
	"dument/gui/words"
)

// ToDoDetail is what stands beside a block: the step with its checks, what is owed, the history.
type ToDoDetail struct {
	Title, Subtitle string
	Step            Line
	Checks          []Line
	// Claim is that of the one invoice, or one line for each of several.
	Claim ClaimView
	Facts []FactLine
	// FactsTitle and FactsMore stand above the history.
	FactsTitle, FactsMore string
}

// NewToDoDetail writes the detail of a debtor's block; details are those of its invoices, in order.
func NewToDoDetail(w *words.Words, block ToDoBlock, details []app.InvoiceDetail) ToDoDetail {
	detail := ToDoDetail{Title: block.Name, FactsTitle: w.T("todo.history"), FactsMore: w.T("todo.history.order")}
	if len(block.Actions) == 0 {
		return detail
	}
	lead := leadAction(block)
	invoice := lead.Account.Invoice
	parts := []string{strings.Join(block.All, ", ")}
	if len(block.All) == 1 && invoice.Subject != "" {
		parts = append(parts, invoice.Subject)
	}
	if len(block.All) == 1 {
		parts = append(parts, w.T("todo.due", Day(invoice.Due)))
	}
	detail.Subtitle = strings.Join(parts, " · ")
	detail.Step = Line{stepIcon(lead.Action.Step), capital(StepName(w, lead.Action.Step.ID)), Plain}
	detail.Checks = checks(w, block.Actions)
	detail.Claim = blockClaim(w, block.Actions)
	detail.Facts = append(mergedFacts(w, details), NextFact(w, lead.Action, lead.Claim.On))
	return detail
}

// mergedFacts is the history of several invoices in one, in the order of the days.
func mergedFacts(w *words.Words, details []app.InvoiceDetail) []FactLine {
	type dated struct {
		on   date.Date
		line FactLine
	}
	var all []dated
	for _, one := range details {
		invoice := one.Account.Invoice
		for i, line := range FactsOf(w, one.Timeline, invoice.Currency) {
			if len(details) > 1 {
				line.Line.Text = invoice.Number + " · " + line.Line.Text
			}
			all = append(all, dated{one.Timeline[i].On, line})
		}
	}
	slices.SortStableFunc(all, func(x, y dated) int { return x.on.Compare(y.on) })
	lines := make([]FactLine, len(all), len(all)+1)
	for i, fact := range all {
		lines[i] = fact.line
	}
	return lines
}

// leadAction is the action that the block's button carries out.
func leadAction(block ToDoBlock) app.DueAction {
	for _, action := range block.Actions {
		if slices.Contains(block.Numbers, action.Account.Invoice.Number) {
			return action
		}
	}
	return block.Actions[0]
}

// checks are the questions that were asked before the step was proposed, each with its answer. The
// same ones are asked again when the letter is made.
func checks(w *words.Words, actions []app.DueAction) []Line {
	asked := []string{"payment_to_match", "announced", "insolvency"}
	lead := actions[0]
	if channel := lead.Action.Step.Channel; channel == dunning.Registered || channel == dunning.Letter {
		asked = append(asked, "address_missing")
		if lead.Account.Client.Kind == law.Consumer {
			asked = append(asked, "mediator_missing")
		}
	}
	var lines []Line
	for _, code := range asked {
		line := Line{"check", w.T("todo.check." + code), OK}
		for _, action := range actions {
			for _, blocker := range action.Action.Blockers {
				if blocker.Code == code {
					line, _ = BlockerLine(w, blocker, action.Account.Invoice.Currency)
				}
			}
		}
		lines = append(lines, line)
	}
	if lead.Account.Client.Kind == law.Consumer {
		return append(lines, Line{"info", w.T("todo.check.consumer"), Soft})
	}
	return append(lines, Line{"check", w.T("todo.check.rates"), OK})
}

// blockClaim is the claim of one invoice, period by period, or the sums of several.
func blockClaim(w *words.Words, actions []app.DueAction) ClaimView {
	if len(actions) == 1 {
		return ClaimOf(w, actions[0].Claim, actions[0].Account.Invoice.Currency)
	}
	var total, daily money.Cents
	view := ClaimView{}
	for _, action := range actions {
		view.Rows = append(view.Rows, ClaimRow{Label: action.Account.Invoice.Number,
			Amount: Figure(w, action.Claim.Total)})
		total, daily = total+action.Claim.Total, daily+action.Claim.Daily
	}
	first := actions[0]
	view.TotalLabel = w.T("invoices.claim.total", Day(first.Claim.On))
	view.Total = Amount(w, total, first.Account.Invoice.Currency)
	if daily > 0 {
		view.Caption = w.T("invoices.claim.daily", Amount(w, daily, first.Account.Invoice.Currency))
	}
	return view
}
