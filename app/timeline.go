package app

import (
	"slices"

	"dument/app/date"
	"dument/app/ledger"
)

// Fact is one line of an invoice's history. Code names what happened; Params are for its wording.
type Fact struct {
	On     date.Date
	Code   string
	Params []string
}

// timeline gathers all that happened to an invoice, in order of date.
func timeline(r Reader, account ledger.Account, on date.Date) ([]Fact, error) {
	invoice := account.Invoice
	facts := []Fact{{invoice.Issued, "issued", []string{invoice.Number}}}
	if !invoice.Due.After(on) {
		facts = append(facts, Fact{invoice.Due, "fell_due", nil})
	}
	for _, note := range account.Credits {
		facts = append(facts, Fact{note.Issued, "credited", []string{note.Number, note.Amount.String()}})
	}
	for _, receipt := range account.Receipts {
		facts = append(facts, Fact{receipt.Date, "paid",
			[]string{receipt.Amount.String(), string(receipt.Evidence), receipt.Payer}})
	}
	for _, said := range account.Announced {
		facts = append(facts, Fact{said.On, "announced", []string{said.Amount.String()}})
	}
	for _, contact := range account.Contacts {
		facts = append(facts, Fact{contact.On, "contact", []string{contact.Step, contact.Channel, contact.Note}})
	}
	for _, made := range account.Letters {
		facts = append(facts, Fact{made.On, "letter", []string{made.Number, string(made.Kind)}})
		events, err := r.LetterEvents(made.ID)
		if err != nil {
			return nil, err
		}
		for _, event := range events {
			facts = append(facts, Fact{event.Date, "letter_" + string(event.Kind), []string{made.Number, event.Reason}})
		}
	}
	slices.SortStableFunc(facts, func(x, y Fact) int { return x.On.Compare(y.On) })
	return facts, nil
}
