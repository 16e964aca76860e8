package law

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"dument/app/date"
)

// ErrTable is wrapped by every error of ParseRates.
var ErrTable = errors.New("unreadable rate table")

// readOnMark begins the comment line that says on which day a table was read at its source.
const readOnMark = "# read_on:"

var (
	ecbHeader   = []string{"date", "rate", "source"}
	legalHeader = []string{"semester", "professional", "individual", "source"}
)

// tableRow is a line of a table: its number in the file and its cells without outer spaces.
type tableRow struct {
	line  int
	cells []string
}

// ParseRates makes the table of half-years from the two shipped files. The first lists the changes
// of the ECB's main refinancing rate (date,rate,source) and says in a comment "# read_on: DATE" when
// it was read: a half-year that began later is unknown, for the rate may have changed in between.
// The second lists the legal rates (semester,professional,individual,source). The error wraps
// ErrTable and names the line.
func ParseRates(ecbCSV, legalCSV []byte) (*Rates, error) {
	made := &Rates{}
	if err := made.readECB(ecbCSV); err != nil {
		return nil, fmt.Errorf("law: ECB rates: %w", err)
	}
	if err := made.readLegal(legalCSV); err != nil {
		return nil, fmt.Errorf("law: legal rates: %w", err)
	}
	return made, nil
}

// rateChange is a change of the refinancing rate, from its effective day.
type rateChange struct {
	from   date.Date
	rate   Rate
	source string
}

func (r *Rates) readECB(text []byte) error {
	readOn, err := findReadOn(text)
	if err != nil {
		return err
	}
	rows, err := readRows(text, ecbHeader)
	if err != nil {
		return err
	}
	changes := make([]rateChange, 0, len(rows))
	for _, row := range rows {
		from, err := date.Parse(row.cells[0])
		if err != nil {
			return fmt.Errorf("line %d: %w: %w", row.line, ErrTable, err)
		}
		if n := len(changes); n > 0 && !from.After(changes[n-1].from) || from.Year() < firstTableYear {
			return fmt.Errorf("line %d: %s is out of order: %w", row.line, from, ErrTable)
		}
		rate, err := parseTableRate(row.line, row.cells[1])
		if err != nil {
			return err
		}
		changes = append(changes, rateChange{from: from, rate: rate, source: row.cells[2]})
	}
	if readOn.Year() > lastTableYear || readOn.Before(changes[len(changes)-1].from) {
		return fmt.Errorf("read on %s, out of range or before the last change: %w", readOn, ErrTable)
	}
	r.anchor(changes, readOn)
	return nil
}

// anchor gives each half-year the rate in force on its first day, from the first change to the day
// on which the table was read.
func (r *Rates) anchor(changes []rateChange, readOn date.Date) {
	semester := changes[0].from.Semester()
	if semester.First().Before(changes[0].from) {
		semester = semester.Next()
	}
	inForce := 0
	for ; !semester.First().After(readOn); semester = semester.Next() {
		for inForce+1 < len(changes) && !changes[inForce+1].from.After(semester.First()) {
			inForce++
		}
		entry := r.slot(semester)
		entry.ECB, entry.ECBSource = &changes[inForce].rate, changes[inForce].source
		entry.ECBOrigin = Shipped
	}
}

func (r *Rates) readLegal(text []byte) error {
	rows, err := readRows(text, legalHeader)
	if err != nil {
		return err
	}
	for _, row := range rows {
		semester, err := date.ParseSemester(row.cells[0])
		if err != nil || !inTable(semester) {
			return fmt.Errorf("line %d: half-year %q: %w", row.line, row.cells[0], ErrTable)
		}
		entry := r.slot(semester)
		if entry.Professional != nil {
			return fmt.Errorf("line %d: %s appears twice: %w", row.line, semester, ErrTable)
		}
		professional, err := parseTableRate(row.line, row.cells[1])
		if err != nil {
			return err
		}
		individual, err := parseTableRate(row.line, row.cells[2])
		if err != nil {
			return err
		}
		entry.Professional, entry.Individual = &professional, &individual
		entry.LegalSource, entry.LegalOrigin = row.cells[3], Shipped
	}
	return nil
}

// readRows returns the lines of a table that has exactly this header and at least one line.
func readRows(text []byte, header []string) ([]tableRow, error) {
	if !utf8.Valid(text) {
		return nil, fmt.Errorf("the text is not UTF-8: %w", ErrTable)
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.Comment = '#'
	reader.FieldsPerRecord = len(header)
	var rows []tableRow
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrTable, err)
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		line, _ := reader.FieldPos(0)
		rows = append(rows, tableRow{line: line, cells: cells})
	}
	if len(rows) < 2 || !slices.Equal(rows[0].cells, header) {
		return nil, fmt.Errorf("needs the header %s and a line: %w", strings.Join(header, ","), ErrTable)
	}
	return rows[1:], nil
}

func parseTableRate(line int, text string) (Rate, error) {
	rate, err := ParseRate(text)
	if err != nil {
		return 0, fmt.Errorf("line %d: %w: %w", line, ErrTable, err)
	}
	if rate > maxTableRate {
		return 0, fmt.Errorf("line %d: %s %% is above 30 %%: %w", line, rate, ErrTable)
	}
	return rate, nil
}

// findReadOn reads the comment that dates the table. A table without it proves nothing about the
// half-years after its last change, so it is refused.
func findReadOn(text []byte) (date.Date, error) {
	for line := range bytes.Lines(text) {
		if day, found := bytes.CutPrefix(line, []byte(readOnMark)); found {
			readOn, err := date.Parse(string(bytes.TrimSpace(day)))
			if err != nil {
				return date.Date{}, fmt.Errorf("%q: %w: %w", line, ErrTable, err)
			}
			return readOn, nil
		}
	}
	return date.Date{}, fmt.Errorf("no line %q: %w", readOnMark, ErrTable)
}
