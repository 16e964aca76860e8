package exchange

import (
	"io"
	"slices"

	"dument/app/date"
	"dument/app/law"
	"dument/app/money"
)

// Invoice is one row of an invoice table, read but not yet booked. Its texts share the memory of the
// file: a caller that keeps few of many invoices clones them.
type Invoice struct {
	Line        int // of the file, from 1; the first one for a row of several lines
	Number      string
	ClientName  string
	ClientEmail string
	Siren       string // nine digits, or empty
	Siret       string // fourteen digits, or empty
	DebtorKind  law.Debtor
	Amount      money.Cents // with tax; negative = credit note; never 0
	Currency    money.Currency
	Issued      date.Date
	Due         date.Date // zero when the cell is empty
	Subject     string    // what was sold; empty when there is no such column
	// AlreadyPaid has the sign of Amount and is not larger.
	AlreadyPaid money.Cents
	// PaidOn is the day of AlreadyPaid; zero when the file does not say it.
	PaidOn date.Date
	Notes  []Note
}

// Note is a cell that the program recomputes and therefore keeps as text only.
type Note struct {
	Role    Role
	Heading string // as the file writes it
	Value   string
}

// Table is what was understood of a file. Rows counts the data rows: each is in exactly one of
// Invoices, Rejected, Duplicates, Ignored. All lists are in the order of the file.
type Table struct {
	Encoding    string // UTF8, UTF16, Windows1252
	Separator   string // ";", ",", a tab, "|"
	DecimalMark string // of the amount column: ".", ",", or empty when no amount has one
	DateOrder   string // DayFirst, MonthFirst, YearFirst, or empty when nothing decides it
	HeaderLine  int    // from 1
	Columns     []Column
	Unknown     []string // headings that are not understood; their cells are left out

	Invoices   []Invoice
	Rejected   []Rejection
	Duplicates []Finding // rows that repeat an earlier one; Params[0] is its line
	Ignored    []Finding // total lines, repeated headers
	Warnings   []Finding // about rows that were taken, and about the file (at the header's line)
	Rows       int
}

// Choice forces what would otherwise be found, for the preview of an import; empty fields are found.
type Choice struct {
	Encoding    string // UTF8 or Windows1252; a byte order mark still wins
	Separator   string // one ASCII character
	DecimalMark string // "." or ","
	DateOrder   string // DayFirst or MonthFirst
	// Roles gives columns another role than their heading does, by index from 0.
	Roles map[int]Role
}

// ReadInvoices reads a table of invoices and decides by itself how it is written. A file that cannot
// be read as one gives a *FileError; a bad row never stops the others.
func ReadInvoices(r io.Reader) (*Table, error) { return ReadInvoicesAs(r, Choice{}) }

// ReadInvoicesAs is ReadInvoices with some decisions taken by the user.
func ReadInvoicesAs(r io.Reader, choice Choice) (*Table, error) {
	raw, err := load(r)
	if err != nil {
		return nil, err
	}
	if err := refuseOtherText("", raw); err != nil {
		return nil, err
	}
	data, dec := decode(raw, choice.Encoding)
	found, err := findLayout(data, dec, choice)
	if err != nil {
		return nil, err
	}
	habits, err := learn(data, dec, found, choice)
	if err != nil {
		return nil, err
	}
	reader := newRowReader(found, dec, habits)
	rows := found.rows(data)
	for rows.next() {
		if !isBlankRow(rows) {
			reader.read(rows)
		}
	}
	return reader.finish(), nil
}

// rows starts behind the header.
func (l *layout) rows(data string) *splitter {
	rows := newSplitter(data, l.separator)
	rows.at, rows.nextLine, rows.expected = l.at, l.line, len(l.columns)
	return rows
}

// habits are what the cells of a file have in common.
type habits struct {
	rows  int
	marks [roleCount]byte // decimal mark of each amount column; 0 none seen
	// contested: the column's amounts prove both marks equally often.
	contested [roleCount]bool
	order     string
	// assumed: days and months could be exchanged everywhere; day first was taken.
	assumed bool
}

var amountRoles = []Role{RoleAmount, RolePaid, RoleLeft}
var dayRoles = []Role{RoleIssued, RoleDue, RolePaidOn}

// learn reads all rows once, for the decimal marks, the order of day and month, and their number.
func learn(data string, dec decoder, found *layout, choice Choice) (habits, error) {
	var learned habits
	var dots, commas [roleCount]int
	var days dayEvidence
	for rows := found.rows(data); rows.next(); {
		if isBlankRow(rows) {
			continue
		}
		if learned.rows++; learned.rows > MaxRows {
			return habits{}, &FileError{Code: "too_many_rows"}
		}
		if found.fit(rows) != "" || dec.check(rows.raw) != "" {
			continue
		}
		for _, role := range amountRoles {
			switch provenMark(found.cell(rows, dec, role)) {
			case '.':
				dots[role]++
			case ',':
				commas[role]++
			}
		}
		for _, role := range dayRoles {
			days.see(found.cell(rows, dec, role))
		}
	}
	for _, role := range amountRoles {
		switch {
		case choice.DecimalMark != "":
			learned.marks[role] = choice.DecimalMark[0]
		case dots[role] > commas[role]:
			learned.marks[role] = '.'
		case commas[role] > dots[role]:
			learned.marks[role] = ','
		default:
			learned.contested[role] = dots[role] > 0
		}
	}
	learned.order, learned.assumed = days.decide(choice.DateOrder)
	return learned, nil
}

// provenMark is the decimal mark that a readable amount proves, or 0.
func provenMark(cell string) byte {
	if cell == "" {
		return 0
	}
	f, ok := cutFigure(cell)
	if !ok {
		return 0
	}
	mark, _ := f.decimalMark()
	if mark == 0 {
		return 0
	}
	if _, code := f.cents(mark); code == "amount_unreadable" {
		return 0
	}
	return mark
}

// dayEvidence counts what the dates of a file prove about their order.
type dayEvidence struct {
	dayFirst, monthFirst, either, yearFirst int
}

func (e *dayEvidence) see(cell string) {
	if cell == "" {
		return
	}
	span, ok := cutDay(cell)
	switch {
	case !ok:
	case span.yearFirst:
		e.yearFirst++
	case span.first > 12 && span.first <= 31 && span.second <= 12:
		e.dayFirst++
	case span.second > 12 && span.second <= 31 && span.first <= 12:
		e.monthFirst++
	case span.first != span.second:
		e.either++
	}
}

// decide: day first, as in France, unless more dates prove the contrary. Then nothing is decided for
// the user: a month taken for a day is a wrong sum of interest.
func (e *dayEvidence) decide(forced string) (order string, assumed bool) {
	switch {
	case forced == DayFirst || forced == MonthFirst:
		return forced, false
	case e.monthFirst > e.dayFirst:
		return undecided, false
	case e.dayFirst > 0:
		return DayFirst, false
	case e.either > 0:
		return DayFirst, true
	case e.yearFirst > 0:
		return YearFirst, false
	}
	return "", false
}

// cell is the trimmed text of a role in a row that fits; "-" and "–" stand for nothing.
func (l *layout) cell(row *splitter, dec decoder, role Role) string {
	at := l.place[role]
	if at < 0 || at >= len(row.cells) {
		return ""
	}
	text := trim(dec.text(row.cells[at]))
	if len(text) == 0 || len(text) > 3 {
		return text
	}
	switch text {
	case "-", "–", "—":
		return ""
	}
	return text
}

// finish settles numbers that stand for two different invoices: neither is taken, because nobody
// can say which is right, and because the first may be one of several lines of one invoice.
func (r *rowReader) finish() *Table {
	table := r.table
	if len(r.conflicts) > 0 {
		kept := table.Invoices[:0]
		for _, invoice := range table.Invoices {
			other, conflicts := r.conflicts[invoice.Number]
			if conflicts {
				table.Rejected = append(table.Rejected, numberTwice(invoice.Line, invoice.Number, other))
				continue
			}
			kept = append(kept, invoice)
		}
		clear(table.Invoices[len(kept):])
		table.Invoices = kept
		byLine := func(a, b Finding) int { return a.Line - b.Line }
		slices.SortStableFunc(table.Rejected, byLine)
	}
	return table
}
