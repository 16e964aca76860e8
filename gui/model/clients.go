package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dument/app"
	"dument/app/ledger"
	"dument/app/money"
	"dument/gui/words"
)

// ClientCell is one cell of the list of clients.
type ClientCell struct {
	Text string
	Tone Tone
	Bold bool
}

// ClientLine is a row of the list of clients: name, type, open, overdue, credit, invoices.
type ClientLine struct {
	Key   string
	Cells []ClientCell
	Soft  bool
}

// ClientTable is the list of clients as searched and sorted.
type ClientTable struct {
	words *words.Words
	all   []app.ClientRow
	shown []int
	query string
	sort  string
	down  bool
}

// Columns of the list of clients.
const (
	ClientName     = "name"
	ClientKind     = "kind"
	ClientOpen     = "open"
	ClientOverdue  = "overdue"
	ClientCredit   = "credit"
	ClientInvoices = "invoices"
)

// NewClientTable makes the list, sorted by what is overdue.
func NewClientTable(w *words.Words, rows []app.ClientRow) *ClientTable {
	t := &ClientTable{words: w, all: rows, sort: ClientOverdue, down: true}
	t.choose()
	return t
}

// Carry takes search and order over from the list that this one replaces.
func (t *ClientTable) Carry(from *ClientTable) {
	if from != nil {
		t.query, t.sort, t.down = from.query, from.sort, from.down
		t.choose()
	}
}

// Search keeps the clients whose name, place, numbers or contacts hold all the words.
func (t *ClientTable) Search(text string) {
	t.query = text
	t.choose()
}

// Searching reports whether a search narrows the list.
func (t *ClientTable) Searching() bool { return strings.TrimSpace(t.query) != "" }

// Query is what is searched for.
func (t *ClientTable) Query() string { return t.query }

// Sort orders the list by a column.
func (t *ClientTable) Sort(column string, descending bool) {
	t.sort, t.down = column, descending
	t.choose()
}

// Sorted is the present order.
func (t *ClientTable) Sorted() (column string, descending bool) { return t.sort, t.down }

func (t *ClientTable) choose() {
	t.shown = t.shown[:0]
	wanted := strings.Fields(Folded(t.query))
	for i, row := range t.all {
		if matchesAll(clientText(row.Client), wanted) {
			t.shown = append(t.shown, i)
		}
	}
	slices.SortStableFunc(t.shown, func(x, y int) int {
		order := t.compare(t.all[x], t.all[y])
		if t.down {
			order = -order
		}
		return cmp.Or(order, cmp.Compare(Folded(t.all[x].Client.Name), Folded(t.all[y].Client.Name)))
	})
}

func matchesAll(text string, wanted []string) bool {
	for _, word := range wanted {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func clientText(c ledger.Client) string {
	parts := []string{c.Name, c.Email, c.Phone, c.Siren, c.Siret, c.Notes}
	parts = append(append(parts, c.Address...), c.Aliases...)
	return Folded(strings.Join(parts, " "))
}

func (t *ClientTable) compare(x, y app.ClientRow) int {
	switch t.sort {
	case ClientKind:
		return cmp.Compare(KindName(t.words, x.Client.Kind), KindName(t.words, y.Client.Kind))
	case ClientOpen:
		return cmp.Compare(x.Open, y.Open)
	case ClientOverdue:
		return cmp.Or(cmp.Compare(x.Overdue, y.Overdue), cmp.Compare(x.Open, y.Open))
	case ClientCredit:
		return cmp.Compare(x.Credit, y.Credit)
	case ClientInvoices:
		return cmp.Compare(x.Invoices, y.Invoices)
	}
	return cmp.Compare(Folded(x.Client.Name), Folded(y.Client.Name))
}

// Len is the number of clients shown; All that of the ledger.
func (t *ClientTable) Len() int { return len(t.shown) }

// All is the number of clients of the ledger.
func (t *ClientTable) All() int { return len(t.all) }

// Index is the place of a client in the list, -1 when it is not shown.
func (t *ClientTable) Index(key string) int {
	return slices.IndexFunc(t.shown, func(i int) bool { return ClientKey(t.all[i].Client.ID) == key })
}

// ClientKey tells a client again after the list has changed.
func ClientKey(id ledger.ClientID) string { return strconv.FormatInt(int64(id), 10) }

// Get finds a client of the ledger, shown or not.
func (t *ClientTable) Get(key string) (app.ClientRow, bool) {
	for _, row := range t.all {
		if ClientKey(row.Client.ID) == key {
			return row, true
		}
	}
	return app.ClientRow{}, false
}

// Row writes one row.
func (t *ClientTable) Row(i int) ClientLine {
	row := t.all[t.shown[i]]
	kind := ClientCell{Text: KindName(t.words, row.Client.Kind)}
	if KindGuessed(row.Client) {
		kind = ClientCell{Text: t.words.T("clients.guess", kind.Text), Tone: Warn}
	}
	overdue := ClientCell{Text: clientFigure(t.words, row.Overdue), Tone: Late, Bold: row.Overdue > 0}
	return ClientLine{Key: ClientKey(row.Client.ID), Soft: row.Open == 0, Cells: []ClientCell{
		{Text: row.Client.Name}, kind,
		{Text: clientFigure(t.words, row.Open), Bold: row.Open > 0}, overdue,
		{Text: clientFigure(t.words, row.Credit)}, {Text: strconv.Itoa(row.Invoices)}}}
}

// clientFigure leaves an empty place for nothing: a column of zeros hides what matters.
func clientFigure(w *words.Words, cents money.Cents) string {
	if cents == 0 {
		return ""
	}
	return Figure(w, cents)
}

// KindGuessed reports whether the regime of a client is a guess that nobody has confirmed. What a SIREN
// proves is none.
func KindGuessed(c ledger.Client) bool {
	return c.KindOrigin != ledger.OriginStated && c.KindOrigin != ledger.OriginSiren
}

// ClientTotals are the sums under the list, of what is shown.
type ClientTotals struct{ Count, Open, Overdue, Credit string }

// Totals adds up what is shown.
func (t *ClientTable) Totals() ClientTotals {
	var open, overdue, credit money.Cents
	for _, i := range t.shown {
		open, overdue, credit = open+t.all[i].Open, overdue+t.all[i].Overdue, credit+t.all[i].Credit
	}
	count := t.words.N("clients.count", len(t.shown))
	if len(t.shown) != len(t.all) {
		count = t.words.N("clients.count.of", len(t.shown), strconv.Itoa(len(t.all)))
	}
	return ClientTotals{Count: count, Open: clientFigure(t.words, open), Overdue: clientFigure(t.words, overdue),
		Credit: clientFigure(t.words, credit)}
}

// MergeTargets lists the clients into which one can be merged: those of the same legal regime.
func (t *ClientTable) MergeTargets(from ledger.Client) []app.ClientRow {
	var targets []app.ClientRow
	for _, row := range t.all {
		if row.Client.ID != from.ID && row.Client.Kind == from.Kind && row.Client.ErasedOn.IsZero() {
			targets = append(targets, row)
		}
	}
	slices.SortStableFunc(targets, func(x, y app.ClientRow) int {
		return cmp.Compare(Folded(x.Client.Name), Folded(y.Client.Name))
	})
	return targets
}
