package model

import (
	"strconv"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/dunning"
	"dument/app/ledger"
	"dument/app/money"
	"dument/gui/words"
)

// invoiceState is the state of an invoice, in the order in which the column sorts.
type invoiceState int

const (
	stateNotice invoiceState = iota
	stateAnnounced
	stateOverdue
	statePartial
	stateToCome
	statePaid
	stateCancelled
	stateCredit
)

var stateLines = map[invoiceState]Line{
	stateNotice:    {"letter", "invoices.state.notice", Late},
	stateAnnounced: {"speech", "invoices.state.announced", Warn},
	stateOverdue:   {"clock", "invoices.state.overdue", Late},
	statePartial:   {"half", "invoices.state.partial", Warn},
	stateToCome:    {"circle", "invoices.state.tocome", Soft},
	statePaid:      {"check", "invoices.state.paid", OK},
	stateCancelled: {"close", "invoices.state.cancelled", Soft},
	stateCredit:    {"undo", "invoices.state.credit", Soft},
}

// stateOf is the one state that matters most: what was claimed by law, then what was announced, then
// what is late, then what is part paid.
func stateOf(row app.InvoiceRow, open money.Cents, late int) invoiceState {
	switch {
	case row.Invoice.Type == ledger.TypeCreditNote:
		return stateCredit
	case open == 0 && row.Balance.Credited >= row.Balance.Amount:
		return stateCancelled
	case open == 0:
		return statePaid
	case !row.Noticed.IsZero():
		return stateNotice
	case !row.Announced.IsZero():
		return stateAnnounced
	case late > 0:
		return stateOverdue
	case row.Balance.Principal > 0:
		return statePartial
	}
	return stateToCome
}

func stateCell(w *words.Words, state invoiceState) InvoiceCell {
	line := stateLines[state]
	return InvoiceCell{Text: w.T(line.Text), Icon: line.Icon, Tone: line.Tone}
}

// InvoiceState is the state of an invoice with its word, as the list and the detail show it.
func InvoiceState(w *words.Words, on date.Date, row app.InvoiceRow) Line {
	item := newInvoiceItem(row, on)
	cell := stateCell(w, item.state)
	line := Line{cell.Icon, cell.Text, cell.Tone}
	if item.late > 0 {
		line.Text = w.T("invoices.state.late", cell.Text, w.N("todo.days", item.late))
	}
	return line
}

// Get finds an invoice by its number, shown or not.
func (t *InvoiceTable) Get(number string) (row app.InvoiceRow, found bool) {
	i, known := t.byNumber[number]
	if !known {
		return row, false
	}
	return t.items[i].row, true
}

// CanPay reports whether a payment can be entered: something is left.
func (t *InvoiceTable) CanPay(number string) bool {
	i, known := t.byNumber[number]
	return known && t.items[i].open > 0
}

// CanClaim reports whether a formal notice can be prepared: the invoice is late.
func (t *InvoiceTable) CanClaim(number string) bool {
	i, known := t.byNumber[number]
	return known && t.items[i].late > 0
}

// CanCredit reports whether something is left to be credited.
func (t *InvoiceTable) CanCredit(number string) bool {
	i, known := t.byNumber[number]
	if !known {
		return false
	}
	row := t.items[i].row
	return row.Invoice.Type != ledger.TypeCreditNote && row.Balance.Credited < row.Invoice.Amount
}

// InvoiceTotals is the foot of the list.
type InvoiceTotals struct {
	Left    string
	Amount  string
	Open    string
	Overdue string // "" when nothing shown is late
}

// Totals adds up what is shown, in euros; Left says how many of how many.
func (t *InvoiceTable) Totals() InvoiceTotals {
	var amount, open, overdue money.Cents
	for _, i := range t.shown {
		item := &t.items[i]
		if item.row.Invoice.Currency != money.EUR {
			continue
		}
		amount, open = amount+item.amount, open+item.open
		if item.late > 0 {
			overdue += item.open
		}
	}
	totals := InvoiceTotals{Left: t.words.N("invoices.count", len(t.items)), Amount: Figure(t.words, amount),
		Open: Figure(t.words, open)}
	if len(t.shown) < len(t.items) {
		totals.Left = t.words.N("invoices.shown", len(t.shown), strconv.Itoa(len(t.items)))
	}
	if overdue > 0 {
		totals.Overdue = t.words.T("invoices.overdue", Euros(t.words, overdue))
	}
	return totals
}

// Counts are the invoices behind each chip, whatever is searched.
func (t *InvoiceTable) Counts() map[InvoiceChip]int { return t.counts }

// Filters names what narrows the list, for the words of an empty one: "Échues, « morel »".
func (t *InvoiceTable) Filters(searched string) string {
	var names []string
	for _, chip := range InvoiceChips {
		if t.chips&chip != 0 {
			names = append(names, ChipName(t.words, chip))
		}
	}
	if t.Searching() {
		names = append(names, t.words.T("invoices.quoted", strings.TrimSpace(searched)))
	}
	return strings.Join(names, ", ")
}

// NextSteps is what comes next for each overdue invoice, in the few words of a column.
func NextSteps(w *words.Words, due []app.DueAction) map[string]NextStep {
	next := make(map[string]NextStep, len(due))
	for _, action := range due {
		step := NextStep{Text: capital(StepName(w, action.Action.Step.ID)), When: action.Action.Date}
		if act, _ := actOf(action); act != ActLetter && act != ActNote && !waits(action) {
			step = NextStep{Text: w.T("invoices.next." + string(act))}
		}
		next[action.Account.Invoice.Number] = step
	}
	return next
}

// InvoiceDetailView is the detail of an invoice as written.
type InvoiceDetailView struct {
	Title, Client, Kind, Subtitle string
	State                         Line
	Facts                         []FactLine
	FactsMore                     string
	Documents                     []app.DocumentInfo
	// ClaimError is why no claim can be computed, "" when it can.
	ClaimError string
}

// NewInvoiceDetail writes the detail of an invoice; next is the step that is due or planned, nil when
// there is none.
func NewInvoiceDetail(w *words.Words, on date.Date, row app.InvoiceRow, detail app.InvoiceDetail,
	next *dunning.Action) InvoiceDetailView {
	invoice := detail.Account.Invoice
	view := InvoiceDetailView{Title: invoice.Number, Client: detail.Account.Client.Name,
		Kind:  KindName(w, detail.Account.Client.Kind),
		State: InvoiceState(w, on, row), Documents: detail.Documents,
		Facts: FactsOf(w, detail.Timeline, invoice.Currency)}
	parts := []string{}
	if invoice.Subject != "" {
		parts = append(parts, invoice.Subject)
	}
	if invoice.Type != ledger.TypeCreditNote {
		parts = append(parts, w.T("invoices.due.on", Day(invoice.Due)))
	}
	view.Subtitle = strings.Join(parts, " · ")
	view.FactsMore = w.N("invoices.facts", len(view.Facts))
	if next != nil {
		view.Facts = append(view.Facts, NextFact(w, *next, on))
	}
	if detail.ClaimErr != nil {
		view.ClaimError = app.Text(detail.ClaimErr, w.Language)
	}
	return view
}

// Spread writes what a payment extinguished, one line for each part, and what stays with the client.
func Spread(w *words.Words, result app.PaymentResult) []ClaimRow {
	var rows []ClaimRow
	for _, part := range result.Allocations {
		rows = append(rows, ClaimRow{Label: w.T("invoices.part."+string(part.Part), part.Invoice),
			Amount: Figure(w, part.Amount)})
	}
	if result.Credit > 0 {
		rows = append(rows, ClaimRow{Label: w.T("invoices.part.credit"), Amount: Figure(w, result.Credit)})
	}
	return rows
}

// Suggest lists the clients whose names answer what is typed, the beginnings first, five at most;
// exact is the one that bears that very name.
func Suggest(clients []app.ClientRow, typed string) (names []string, exact *ledger.Client) {
	folded := strings.TrimSpace(Folded(typed))
	if folded == "" {
		return nil, nil
	}
	var inside []string
	for i, row := range clients {
		name := Folded(row.Client.Name)
		switch {
		case row.Client.Name == strings.TrimSpace(typed):
			exact = &clients[i].Client
		case strings.HasPrefix(name, folded):
			names = append(names, row.Client.Name)
		case strings.Contains(name, folded):
			inside = append(inside, row.Client.Name)
		}
	}
	names = append(names, inside...)
	return names[:min(5, len(names))], exact
}

// Claimable reports whether an invoice has a statement of claim: a credit note has none.
func (t *InvoiceTable) Claimable(number string) bool {
	i, known := t.byNumber[number]
	return known && t.items[i].row.Invoice.Type != ledger.TypeCreditNote
}
