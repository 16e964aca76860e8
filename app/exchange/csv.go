package exchange

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"dument/app/date"
	"dument/app/money"
)

// Style is how a CSV file is written.
type Style struct {
	Separator   byte
	DecimalMark byte
	// FrenchDates writes 21/11/2026 instead of 2026-11-21.
	FrenchDates bool
	// ByteOrderMark makes French spreadsheets open the file as UTF-8.
	ByteOrderMark bool
	LineEnd       string
}

// The two styles. French opens by double-click in a French spreadsheet; Plain is for programs.
var (
	French = Style{Separator: ';', DecimalMark: ',', FrenchDates: true, ByteOrderMark: true, LineEnd: "\r\n"}
	Plain  = Style{Separator: ',', DecimalMark: '.', LineEnd: "\n"}
)

type cellKind uint8

const (
	textCell cellKind = iota
	amountCell
	dayCell
	countCell
)

// Cell is a value of a CSV row. Make it with Text, Amount, Day or Count.
type Cell struct {
	kind   cellKind
	text   string
	number int64
	day    date.Date
}

// Text is a cell of words; it is guarded against being run as a formula.
func Text(text string) Cell { return Cell{kind: textCell, text: text} }

// Amount is a cell of money with two decimals and no thousands mark.
func Amount(amount money.Cents) Cell { return Cell{kind: amountCell, number: int64(amount)} }

// Day is a cell of a date, empty for "no date".
func Day(day date.Date) Cell { return Cell{kind: dayCell, day: day} }

// Count is a cell of a whole number.
func Count(n int) Cell { return Cell{kind: countCell, number: int64(n)} }

// CSVWriter writes rows of cells. Errors of the destination stick and come back from Flush.
type CSVWriter struct {
	w      io.Writer
	style  Style
	buffer []byte
	err    error
}

// NewCSVWriter starts a file in a style.
func NewCSVWriter(w io.Writer, style Style) *CSVWriter {
	c := &CSVWriter{w: w, style: style, buffer: make([]byte, 0, 36<<10)}
	if style.ByteOrderMark {
		c.buffer = append(c.buffer, "\ufeff"...)
	}
	return c
}

// Header writes headings, as they are.
func (c *CSVWriter) Header(headings ...string) {
	cells := make([]Cell, len(headings))
	for i, heading := range headings {
		cells[i] = Text(heading)
	}
	c.Row(cells...)
}

// Row writes one row.
func (c *CSVWriter) Row(cells ...Cell) {
	for i, cell := range cells {
		if i > 0 {
			c.buffer = append(c.buffer, c.style.Separator)
		}
		c.appendCell(cell)
	}
	c.buffer = append(c.buffer, c.style.LineEnd...)
	if len(c.buffer) > 32<<10 {
		c.write()
	}
}

// Flush writes what is left and returns the first error of all writes.
func (c *CSVWriter) Flush() error {
	c.write()
	if c.err != nil {
		return fmt.Errorf("exchange: write CSV: %w", c.err)
	}
	return nil
}

func (c *CSVWriter) write() {
	if c.err == nil {
		_, c.err = c.w.Write(c.buffer)
	}
	c.buffer = c.buffer[:0]
}

func (c *CSVWriter) appendCell(cell Cell) {
	switch cell.kind {
	case amountCell:
		at := len(c.buffer)
		c.buffer = append(c.buffer, money.Cents(cell.number).String()...)
		if i := strings.IndexByte(string(c.buffer[at:]), '.'); i >= 0 {
			c.buffer[at+i] = c.style.DecimalMark
		}
	case dayCell:
		if c.style.FrenchDates {
			c.buffer = append(c.buffer, cell.day.Short()...)
		} else {
			c.buffer = append(c.buffer, cell.day.String()...)
		}
	case countCell:
		c.buffer = strconv.AppendInt(c.buffer, cell.number, 10)
	default:
		c.appendText(guard(strings.ToValidUTF8(cell.text, "\ufffd")))
	}
}

// appendText quotes a text that holds any character which some program takes for a separator, so
// that no part of it can become a cell of its own.
func (c *CSVWriter) appendText(text string) {
	if !strings.ContainsAny(text, ",;|\t\"\r\n") && strings.TrimSpace(text) == text {
		c.buffer = append(c.buffer, text...)
		return
	}
	c.buffer = append(c.buffer, '"')
	for i := range len(text) {
		if text[i] == '"' {
			c.buffer = append(c.buffer, '"')
		}
		c.buffer = append(c.buffer, text[i])
	}
	c.buffer = append(c.buffer, '"')
}

// guard puts an apostrophe before a text that a spreadsheet would run, and inside it wherever a
// program that believes in another separator would begin a cell and run that. A pure number stays, or
// it would stop being one. What already looks guarded gets one more apostrophe: unguard takes off
// exactly one at each place, so that what was written comes back.
func guard(text string) string {
	if !strings.ContainsAny(text, runners) {
		return text
	}
	var guarded []byte
	copied := 0
	for i := range len(text) {
		first := i == 0
		if first && isNumber(text) || !first && !isSeparator(text[i-1]) || !isRunnable(text[i:], first) {
			continue
		}
		guarded = append(append(guarded, text[copied:i]...), '\'')
		copied = i
	}
	if guarded == nil {
		return text
	}
	return string(append(guarded, text[copied:]...))
}

// unguard takes the apostrophes of guard off.
func unguard(text string) string {
	if strings.IndexByte(text, '\'') < 0 {
		return text
	}
	var plain []byte
	copied := 0
	for i := range len(text) {
		first := i == 0
		if text[i] == '\'' && (first || isSeparator(text[i-1])) && isRunnable(text[i:], first) {
			plain = append(plain, text[copied:i]...)
			copied = i + 1
		}
	}
	if copied == 0 {
		return text
	}
	return string(append(plain, text[copied:]...))
}

// runners are the characters with which a formula can begin: in ASCII, full-width, or after a TAB or
// CR that a program drops.
const runners = "=+-@\t\r＝＋－＠"

// isSeparator reports whether some program lets a cell begin behind b.
func isSeparator(b byte) bool { return strings.IndexByte(",;|\t\r\n\"", b) >= 0 }

// isRunnable reports whether a text is a formula once the apostrophes before it are gone, at the
// beginning of a cell (first) also the blanks.
func isRunnable(text string, first bool) bool {
	if first {
		text = strings.TrimLeft(text, "' \n")
	} else {
		text = strings.TrimLeft(text, "'")
	}
	start, size := utf8.DecodeRuneInString(text)
	return size > 0 && strings.ContainsRune(runners, start)
}

// isNumber is strict: a sign, digits, and at most one mark with digits behind it.
func isNumber(text string) bool {
	text = strings.TrimPrefix(strings.TrimPrefix(text, "+"), "-")
	if at := strings.IndexAny(text, ".,"); at >= 0 {
		return isDigits(text[:at]) && isDigits(text[at+1:])
	}
	return isDigits(text)
}
