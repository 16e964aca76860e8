package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
	"dument/gui/words"
)

// InvoiceChip is a filter of the list of invoices; several together show what any of them shows.
type InvoiceChip uint8

// Chips, in the order in which they stand.
const (
	ChipOpen InvoiceChip = 1 << iota
	ChipToCome
	ChipOverdue
	ChipPartial
	ChipAnnounced
	ChipNotice
	ChipPaid
)

// InvoiceChips lists the chips in the order in which they stand.
var InvoiceChips = []InvoiceChip{ChipOpen, ChipToCome, ChipOverdue, ChipPartial, ChipAnnounced, ChipNotice, ChipPaid}

// chipKeys are the names of the chips in the translations.
var chipKeys = map[InvoiceChip]string{ChipOpen: "invoices.chip.open", ChipToCome: "invoices.chip.tocome",
	ChipOverdue: "invoices.chip.overdue", ChipPartial: "invoices.chip.partial",
	ChipAnnounced: "invoices.chip.announced", ChipNotice: "invoices.chip.notice", ChipPaid: "invoices.chip.paid"}

// ChipName is the word on a chip.
func ChipName(w *words.Words, chip InvoiceChip) string { return w.T(chipKeys[chip]) }

// longLateDays is the delay from which the days late stand in bold.
const longLateDays = 30

// Columns of the list of invoices.
const (
	ColumnNumber = "number"
	ColumnClient = "client"
	ColumnIssued = "issued"
	ColumnDue    = "due"
	ColumnLate   = "late"
	ColumnAmount = "amount"
	ColumnOpen   = "open"
	ColumnState  = "state"
	ColumnNext   = "next"
)

// InvoiceColumns lists the columns in the order of the cells of InvoiceTable.Row.
var InvoiceColumns = []string{ColumnNumber, ColumnClient, ColumnIssued, ColumnDue, ColumnLate, ColumnAmount,
	ColumnOpen, ColumnState, ColumnNext}

// InvoiceCell is one cell as written.
type InvoiceCell struct {
	Text string
	Icon Icon
	Tone Tone
	Bold bool
}

// InvoiceLine is one row as written; Soft puts what is settled in the second voice.
type InvoiceLine struct {
	Key   string
	Cells [9]InvoiceCell
	Soft  bool
}

// invoiceItem is one invoice with what filters, searches and sorts by. Everything is worked out once,
// so that a key press over a hundred thousand invoices only compares.
type invoiceItem struct {
	row    app.InvoiceRow
	amount money.Cents
	open   money.Cents
	late   int // days, 0 when it is not
	state  invoiceState
}

// InvoiceTable is the list of invoices: all of them, and the ones shown in the order shown. It is
// used by one goroutine at a time.
type InvoiceTable struct {
	words *words.Words
	on    date.Date
	items []invoiceItem
	next  map[string]NextStep

	// Filters and searches run over these alone, which lie close together.
	chipsOf []InvoiceChip
	counts  map[InvoiceChip]int
	texts   searchTexts
	found   []bool // by the search

	sorted     []int32 // all items in the order of the sorted column
	sortID     string
	descending bool
	shown      []int32
	place      []int32 // of each item among the shown, -1 when it is not
	byNumber   map[string]int32
	chips      InvoiceChip
	query      invoiceQuery
}

// NextStep is what comes next for an invoice: its short name, and the day when it is not yet today.
type NextStep struct {
	Text string
	When date.Date
}

// NewInvoiceTable works out everything about the rows as of a day. The newest due date stands first.
func NewInvoiceTable(w *words.Words, on date.Date, rows []app.InvoiceRow) *InvoiceTable {
	t := &InvoiceTable{words: w, on: on, items: make([]invoiceItem, len(rows)), counts: map[InvoiceChip]int{},
		chipsOf: make([]InvoiceChip, len(rows)), found: make([]bool, len(rows)),
		place: make([]int32, len(rows)), byNumber: make(map[string]int32, len(rows))}
	for i, row := range rows {
		t.items[i] = newInvoiceItem(row, on)
		t.chipsOf[i] = t.items[i].chips()
		t.byNumber[row.Invoice.Number] = int32(i)
		t.texts.add(row.Invoice.Number, row.ClientName, row.Invoice.Subject, row.Invoice.Amount, t.items[i].open)
		for _, chip := range InvoiceChips {
			if t.chipsOf[i]&chip != 0 {
				t.counts[chip]++
			}
		}
	}
	t.Sort(ColumnDue, true)
	return t
}

func newInvoiceItem(row app.InvoiceRow, on date.Date) invoiceItem {
	item := invoiceItem{row: row, amount: row.Invoice.Amount, open: row.Balance.Open()}
	if row.Invoice.Type == ledger.TypeCreditNote {
		item.amount, item.open = -item.amount, 0
	}
	if item.open > 0 && row.Invoice.Due.Before(on) {
		item.late = on.Sub(row.Invoice.Due)
	}
	item.state = stateOf(row, item.open, item.late)
	return item
}

// chips are the filters that show the invoice.
func (i invoiceItem) chips() (chips InvoiceChip) {
	if i.row.Invoice.Type == ledger.TypeCreditNote {
		return 0
	}
	if i.open == 0 {
		if i.state == statePaid {
			return ChipPaid
		}
		return 0
	}
	chips = ChipOpen | ChipToCome
	if i.late > 0 {
		chips = ChipOpen | ChipOverdue
	}
	if i.row.Balance.Principal > 0 {
		chips |= ChipPartial
	}
	if !i.row.Announced.IsZero() {
		chips |= ChipAnnounced
	}
	if !i.row.Noticed.IsZero() {
		chips |= ChipNotice
	}
	return chips
}

// SetNext says what comes next for the overdue invoices; the rows show it from then on.
func (t *InvoiceTable) SetNext(next map[string]NextStep) { t.next = next }

// Carry takes sorting, chips and search over from an earlier table.
func (t *InvoiceTable) Carry(from *InvoiceTable) {
	t.chips, t.query, t.next = from.chips, from.query, from.next
	t.texts.find(t.query, t.found)
	if t.sortID != from.sortID || t.descending != from.descending {
		t.Sort(from.sortID, from.descending)
		return
	}
	t.choose()
}

// Filter shows what any of the chips shows; no chip shows everything.
func (t *InvoiceTable) Filter(chips InvoiceChip) {
	t.chips = chips
	t.choose()
}

// Chips are the chips that are on.
func (t *InvoiceTable) Chips() InvoiceChip { return t.chips }

// Search shows what a text is found in: words of the number, the client and the subject, or an amount
// as people write it ("1234,5", "1 234,50 €").
func (t *InvoiceTable) Search(text string) {
	t.query = readQuery(text)
	t.texts.find(t.query, t.found)
	t.choose()
}

// Searching reports whether a search is under way.
func (t *InvoiceTable) Searching() bool { return !t.query.empty() }

// choose walks through all items in their order once.
func (t *InvoiceTable) choose() {
	t.shown = t.shown[:0]
	searching := t.Searching()
	for _, i := range t.sorted {
		if t.chips != 0 && t.chipsOf[i]&t.chips == 0 || searching && !t.found[i] {
			t.place[i] = -1
			continue
		}
		t.place[i] = int32(len(t.shown))
		t.shown = append(t.shown, i)
	}
}

// Sort orders the list by a column; what is equal there keeps the order of issue.
func (t *InvoiceTable) Sort(columnID string, descending bool) {
	if t.sorted == nil {
		t.sorted = make([]int32, len(t.items))
	}
	for i := range t.sorted {
		t.sorted[i] = int32(i)
	}
	compare := t.comparison(columnID)
	slices.SortFunc(t.sorted, func(x, y int32) int {
		order := compare(&t.items[x], &t.items[y])
		if order == 0 {
			order = cmp.Compare(x, y)
		}
		if descending {
			return -order
		}
		return order
	})
	t.sortID, t.descending = columnID, descending
	t.choose()
}

func (t *InvoiceTable) comparison(columnID string) func(x, y *invoiceItem) int {
	switch columnID {
	case ColumnNumber:
		return func(x, y *invoiceItem) int { return strings.Compare(x.row.Invoice.Number, y.row.Invoice.Number) }
	case ColumnClient:
		return t.byClient()
	case ColumnIssued:
		return func(x, y *invoiceItem) int { return x.row.Invoice.Issued.Compare(y.row.Invoice.Issued) }
	case ColumnLate:
		return func(x, y *invoiceItem) int { return cmp.Compare(x.late, y.late) }
	case ColumnAmount:
		return func(x, y *invoiceItem) int { return cmp.Compare(x.amount, y.amount) }
	case ColumnOpen:
		return func(x, y *invoiceItem) int { return cmp.Compare(x.open, y.open) }
	case ColumnState:
		return func(x, y *invoiceItem) int { return cmp.Compare(x.state, y.state) }
	}
	return func(x, y *invoiceItem) int { return x.row.Invoice.Due.Compare(y.row.Invoice.Due) }
}

// byClient orders names as a French reader does, accents aside; each name is folded once.
func (t *InvoiceTable) byClient() func(x, y *invoiceItem) int {
	folded := map[string]string{}
	for i := range t.items {
		name := t.items[i].row.ClientName
		if _, known := folded[name]; !known {
			folded[name] = Folded(name)
		}
	}
	names := make([]string, 0, len(folded))
	for name := range folded {
		names = append(names, name)
	}
	slices.SortFunc(names, func(x, y string) int {
		return cmp.Or(strings.Compare(folded[x], folded[y]), strings.Compare(x, y))
	})
	rank := make(map[ledger.ClientID]int, len(names))
	places := make(map[string]int, len(names))
	for i, name := range names {
		places[name] = i
	}
	for i := range t.items {
		rank[t.items[i].row.Invoice.Client] = places[t.items[i].row.ClientName]
	}
	return func(x, y *invoiceItem) int {
		return cmp.Compare(rank[x.row.Invoice.Client], rank[y.row.Invoice.Client])
	}
}

// Len is how many invoices are shown, All how many there are.
func (t *InvoiceTable) Len() int { return len(t.shown) }

// All is how many invoices there are.
func (t *InvoiceTable) All() int { return len(t.items) }

// Index is the place of an invoice among the shown ones, -1 when it is not shown.
func (t *InvoiceTable) Index(number string) int {
	i, known := t.byNumber[number]
	if !known {
		return -1
	}
	return int(t.place[i])
}

// Find is the first shown invoice at or after a place, then from the start, whose number begins with
// a prefix in lower case; -1 when there is none. A prefix of digits alone is looked for at the end
// of the number: "61" leads to F2026-0061.
func (t *InvoiceTable) Find(prefix string, from int) int {
	for step := range len(t.shown) {
		i := (from + step) % len(t.shown)
		item := &t.items[t.shown[i]]
		number := strings.ToLower(item.row.Invoice.Number)
		if strings.HasPrefix(number, prefix) || strings.HasPrefix(serial(number), prefix) ||
			t.sortID == ColumnClient && strings.HasPrefix(Folded(item.row.ClientName), prefix) {
			return i
		}
	}
	return -1
}

// serial is the last figure of a number without its zeros.
func serial(number string) string {
	start := len(number)
	for start > 0 && number[start-1] >= '0' && number[start-1] <= '9' {
		start--
	}
	return strings.TrimLeft(number[start:], "0")
}

// Row writes the row at a place.
func (t *InvoiceTable) Row(i int) InvoiceLine {
	item := &t.items[t.shown[i]]
	invoice := item.row.Invoice
	line := InvoiceLine{Key: invoice.Number, Soft: item.open == 0}
	line.Cells = [9]InvoiceCell{
		{Text: invoice.Number},
		{Text: item.row.ClientName},
		{Text: Day(invoice.Issued)},
		{Text: Day(invoice.Due)},
		t.lateCell(item),
		{Text: t.figure(item, item.amount)},
		{Text: t.figure(item, item.open), Bold: item.open > 0},
		stateCell(t.words, item.state),
		t.nextCell(item),
	}
	if invoice.Type == ledger.TypeCreditNote {
		line.Cells[3].Text, line.Cells[6].Text = "", ""
	}
	return line
}

// figure leaves the unit to the head of the column, but for foreign money.
func (t *InvoiceTable) figure(item *invoiceItem, cents money.Cents) string {
	if item.row.Invoice.Currency == money.EUR {
		return Figure(t.words, cents)
	}
	return Amount(t.words, cents, item.row.Invoice.Currency)
}

func (t *InvoiceTable) lateCell(item *invoiceItem) InvoiceCell {
	if item.late == 0 {
		return InvoiceCell{}
	}
	return InvoiceCell{Text: t.words.T("invoices.days", strconv.Itoa(item.late)), Tone: Late,
		Bold: item.late > longLateDays}
}

func (t *InvoiceTable) nextCell(item *invoiceItem) InvoiceCell {
	if item.open == 0 {
		return InvoiceCell{}
	}
	if item.late == 0 {
		return InvoiceCell{Text: t.words.T("invoices.next.due", dayAndMonth(item.row.Invoice.Due)), Tone: Faint}
	}
	next, known := t.next[item.row.Invoice.Number]
	switch {
	case !known:
		return InvoiceCell{}
	case next.When.After(t.on):
		return InvoiceCell{Text: t.words.T("invoices.next.later", next.Text, dayAndMonth(next.When)), Tone: Faint}
	}
	return InvoiceCell{Text: next.Text}
}

// dayAndMonth is a date without its year, for a narrow column.
func dayAndMonth(day date.Date) string { return day.Short()[:5] }
