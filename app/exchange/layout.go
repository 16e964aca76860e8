package exchange

import "strings"

// maxHeaderLine is the last line on which a header is looked for: exports put up to eleven lines
// (account, period, a blank) above it.
const maxHeaderLine = 12

// Column is one column of the file as its header names it.
type Column struct {
	Heading string
	Role    Role // RoleNone when the heading is not understood
	Index   int  // from 0
}

// layout is where things are in a file.
type layout struct {
	separator byte
	columns   []Column
	// place is the index of each role's column, -1 when the file has none.
	place [roleCount]int
	// headerLine is its number; at and line are those of the row behind it.
	headerLine int
	at, line   int
}

func (l *layout) has(role Role) bool { return l.place[role] >= 0 }

// separators in order of preference when two of them explain a file equally well.
const separators = ";,\t|"

// findLayout chooses the separator under which a header is found and most rows have its number of
// cells, outside quotes.
func findLayout(data string, dec decoder, choice Choice) (*layout, error) {
	candidates := separators
	if choice.Separator != "" {
		candidates = choice.Separator[:1]
	}
	var best *layout
	var bestError error
	bestScore := 0
	for i := range len(candidates) {
		found, score, err := tryLayout(data, dec, candidates[i], choice.Roles)
		if score > bestScore {
			best, bestScore, bestError = found, score, err
		}
	}
	if best == nil {
		return nil, &FileError{Code: "no_header"}
	}
	return best, bestError
}

// tryLayout looks for the header under one separator. The score is 0 without a header; it grows with
// the roles found and with the share of the sampled rows that have as many cells as the header.
func tryLayout(data string, dec decoder, separator byte, forced map[int]Role) (*layout, int, error) {
	const sampleRows, sampleBytes = 60, 256 << 10
	rows := newSplitter(data[:min(len(data), sampleBytes)], separator)
	found, err := findHeader(rows, dec, forced)
	if found == nil {
		return nil, 0, nil
	}
	found.at, found.line = rows.at, rows.nextLine
	agreeing, seen := 1, 1
	for seen < sampleRows && rows.next() {
		if isBlankRow(rows) {
			continue
		}
		seen++
		if found.fit(rows) == "" {
			agreeing++
		}
	}
	roles := 0
	for role := RoleNumber; role < roleCount; role++ {
		if found.has(role) {
			roles++
		}
	}
	return found, roles * 1000 * agreeing / seen, err
}

// findHeader returns the first row that holds a number or an amount and at least one other role.
func findHeader(rows *splitter, dec decoder, forced map[int]Role) (*layout, error) {
	for rows.nextLine <= maxHeaderLine && rows.next() {
		if rows.broken || rows.count < 2 || rows.count > maxColumns {
			continue
		}
		found := &layout{separator: rows.separator, headerLine: rows.line}
		err := found.assign(rows.cells, dec, forced)
		main, others := 0, 0
		for role := RoleNumber; role < RoleNet; role++ {
			switch {
			case !found.has(role):
			case role == RoleNumber || role == RoleAmount:
				main++
			default:
				others++
			}
		}
		if main >= 1 && main+others >= 2 {
			if err == nil {
				err = found.complete()
			}
			return found, err
		}
	}
	return nil, nil
}

// assign gives each heading its role. The error names two headings that claim one role equally well.
func (l *layout) assign(cells []string, dec decoder, forced map[int]Role) (err error) {
	var rank [roleCount]int
	for role := range l.place {
		l.place[role] = -1
	}
	l.columns = make([]Column, len(cells))
	for i, cell := range cells {
		heading := printable(trim(dec.text(cell)))
		l.columns[i] = Column{Heading: heading, Index: i}
		claimed, ok := claimOf(heading)
		if role, isForced := forced[i]; isForced {
			claimed, ok = claim{role, -1}, role > RoleNone && role < roleCount
		}
		if !ok {
			continue
		}
		before := l.place[claimed.role]
		switch {
		case before < 0 || claimed.rank < rank[claimed.role]:
			if before >= 0 {
				l.columns[before].Role = RoleNone
			}
			l.columns[i].Role = claimed.role
			l.place[claimed.role], rank[claimed.role] = i, claimed.rank
		case claimed.rank == rank[claimed.role] && err == nil:
			err = &FileError{Code: "column_twice",
				Params: []string{claimed.role.String(), l.columns[before].Heading, heading}}
		}
	}
	return err
}

// complete refuses a table without a column that every invoice needs.
func (l *layout) complete() error {
	for _, role := range []Role{RoleNumber, RoleClient, RoleAmount, RoleIssued} {
		if !l.has(role) {
			if role == RoleAmount && l.has(RoleNet) {
				return &FileError{Code: "net_only", Params: []string{l.columns[l.place[RoleNet]].Heading}}
			}
			return &FileError{Code: "column_missing", Params: []string{role.String()}}
		}
	}
	return nil
}

// fit returns the code of the reason why a row does not have the header's cells, or nothing. Empty
// cells beyond the header and cells missing under unnamed headings are of no consequence.
func (l *layout) fit(row *splitter) string {
	switch {
	case row.broken:
		return "quote_open"
	case len(row.raw) > maxRowBytes:
		return "row_too_long"
	case row.count == len(l.columns):
		return ""
	case row.count > maxColumns:
		return "row_long"
	}
	for _, column := range l.columns[min(row.count, len(l.columns)):] {
		if column.Heading != "" {
			return "row_short"
		}
	}
	for _, cell := range row.cells[min(row.count, len(l.columns)):] {
		if strings.TrimSpace(cell) != "" {
			return "row_long"
		}
	}
	return ""
}

func isBlankRow(row *splitter) bool {
	if row.broken || row.count > maxColumns {
		return false
	}
	for _, cell := range row.cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}
