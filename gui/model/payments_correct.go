package model

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"dument/app"
	"dument/app/money"
	"dument/gui/words"
)

// Suggestion is an open invoice that a correction could name.
type Suggestion struct {
	Number, Client, Open, When string
}

// suggestionsShown is how many invoices are offered at a time.
const suggestionsShown = 6

// SuggestInvoices lists open invoices for a correction: those whose number, client or open amount
// answers to what was typed; without a text, those of exactly the amount and those of the clients
// concerned come first. Invoices already chosen are left out, and those of another client once one is.
func SuggestInvoices(w *words.Words, open []app.InvoiceRow, proposal app.Proposal, chosen []string,
	typed string) (list []Suggestion) {
	message := proposal.Message
	currency := cmp.Or(message.Currency, money.EUR)
	client := ""
	for _, row := range open {
		if slices.Contains(chosen, row.Invoice.Number) {
			client = row.ClientName
		}
	}
	var kept []app.InvoiceRow
	for _, row := range open {
		if row.Invoice.Currency == currency && row.Balance.Open() > 0 &&
			!slices.Contains(chosen, row.Invoice.Number) && (client == "" || row.ClientName == client) &&
			answers(row, typed) {
			kept = append(kept, row)
		}
	}
	rank := func(row app.InvoiceRow) int {
		switch {
		case slices.Contains(proposal.Concerns, row.Invoice.Number):
			return 0
		case row.Balance.Open() == message.Amount:
			return 1
		case likeName(row.ClientName, message.Payer):
			return 2
		}
		return 3
	}
	slices.SortStableFunc(kept, func(x, y app.InvoiceRow) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), x.Invoice.Due.Compare(y.Invoice.Due),
			cmp.Compare(x.Invoice.Number, y.Invoice.Number))
	})
	for _, row := range kept[:min(len(kept), suggestionsShown)] {
		list = append(list, Suggestion{row.Invoice.Number, row.ClientName,
			Amount(w, row.Balance.Open(), row.Invoice.Currency), w.T("payments.line.due", Day(row.Invoice.Due))})
	}
	return list
}

// answers holds an invoice against what was typed: a part of its number or of its client's name, or
// its open amount in any writing.
func answers(row app.InvoiceRow, typed string) bool {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return true
	}
	if read, err := money.Read(typed); err == nil && !read.Ambiguous && read.Cents == row.Balance.Open() {
		return true
	}
	return strings.Contains(bare(row.Invoice.Number), bare(typed)) ||
		strings.Contains(bare(row.ClientName), bare(typed))
}

// bare leaves letters and digits, in lower case and without the accents of French.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return plainLetter(unicode.ToLower(r))
	}, text)
}

func plainLetter(r rune) rune {
	for plain, accented := range map[rune]string{'a': "àâä", 'c': "ç", 'e': "éèêë", 'i': "îï", 'o': "ôö",
		'u': "ùûü", 'y': "ÿ"} {
		if strings.ContainsRune(accented, r) {
			return plain
		}
	}
	return r
}

// likeName tells whether a payer shares a word of four letters or more with a client's name.
func likeName(client, payer string) bool {
	for word := range strings.FieldsSeq(client) {
		if letters := bare(word); len(letters) >= 4 && strings.Contains(bare(payer), letters) {
			return true
		}
	}
	return false
}
