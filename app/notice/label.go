package notice

import "strings"

// labelKind is what the value beside a label is. The order is the priority when several words of a
// label are known: "montant des frais" is a fee, "IBAN du donneur d'ordre" is not a payer.
type labelKind int

const (
	labelNone labelKind = iota
	labelTransaction
	labelBalance
	labelFee
	labelNet
	labelGross
	labelOffer
	labelFreeText
	labelStatus
	labelAccount
	labelDate
	labelValueDate
	labelCurrency
	labelTotal
	labelAmount
	labelPayer
	labelBeneficiary
	// labelForeignAccount is an account of the payer; it has no words of its own.
	labelForeignAccount
)

var labelNames = map[string]labelKind{
	"status": labelStatus, "balance": labelBalance, "fee": labelFee, "net": labelNet, "gross": labelGross,
	"offer": labelOffer, "transaction_id": labelTransaction, "free_text": labelFreeText,
	"account": labelAccount, "date": labelDate, "value_date": labelValueDate, "currency": labelCurrency,
	"amount": labelAmount, "total": labelTotal, "payer": labelPayer, "beneficiary": labelBeneficiary,
}

const (
	maxLabelBytes = 60
	maxLabelWords = 7
	maxValues     = 2000
)

// labelKey is the comparison form of a label: words only, what stands in parentheses dropped.
func labelKey(text string) string {
	if open := strings.IndexByte(text, '('); open > 0 {
		text = text[:open]
	}
	return wordsOf(strings.ReplaceAll(text, "-", " "))
}

// labelOf recognises a label. exact tells that the whole text is a label of the registry.
func (r *Registry) labelOf(text string) (kind labelKind, exact bool) {
	if len(text) > maxLabelBytes || text == "" {
		return labelNone, false
	}
	key := labelKey(text)
	if found, ok := r.labels[key]; ok {
		return found, true
	}
	words := strings.Fields(key)
	if len(words) > maxLabelWords {
		return labelNone, false
	}
	best, payer, account := labelNone, false, false
	for start := range words {
		for end := start + 1; end <= len(words) && end <= start+4; end++ {
			found, ok := r.labels[strings.Join(words[start:end], " ")]
			if !ok || len(words[start]) <= 2 && end == start+1 {
				continue
			}
			payer, account = payer || found == labelPayer, account || found == labelAccount
			if best == labelNone || found < best {
				best = found
			}
		}
	}
	if payer && account && best == labelAccount {
		best = labelForeignAccount
	}
	return best, false
}

// value is a labelled value: its text and place.
type value struct {
	kind       labelKind
	label      string
	start, end int
	// row numbers the table row the value stands in; 0 outside tables with headings.
	row int
	// total marks the values of a table's total row.
	total bool
}

// cell is a piece of a line, with its place in the text.
type cell struct{ start, end int }

// cellsOf parts a line at tabs, bars and runs of blanks, and trims each piece.
func cellsOf(text string, start, end int) (cells []cell) {
	at := start
	add := func(stop int) {
		from, to := at, stop
		for from < to && isBlank(text[from]) {
			from++
		}
		for to > from && isBlank(text[to-1]) {
			to--
		}
		cells = append(cells, cell{from, to})
	}
	for i := start; i < end; i++ {
		switch {
		case text[i] == '\t' || text[i] == '|':
			add(i)
			at = i + 1
		case text[i] == ' ' && i > at && i+1 < end && text[i+1] == ' ':
			stop := i
			for i+1 < end && text[i+1] == ' ' {
				i++
			}
			if stop > start && stop > at && strings.Trim(text[at:stop], " ") != "" {
				add(stop)
				at = i + 1
			}
		}
	}
	add(end)
	return cells
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' || b == '\r' }

// tableState follows a table with headings while lines are read.
type tableState struct {
	kinds []labelKind
	row   int
	heads []string
}

// readValues finds the labelled values of the text: "label : value", neighbouring cells, tables with
// headings, a label alone over its value.
func (r *Registry) readValues(text string) (values []value) {
	var table tableState
	var waiting *value
	for start := 0; start <= len(text) && len(values) < maxValues; {
		end := strings.IndexByte(text[start:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += start
		}
		cells := cellsOf(text, start, end)
		blank := len(cells) == 1 && cells[0].start == cells[0].end
		switch {
		case blank:
			if waiting != nil && waiting.end > 0 {
				waiting = nil
			}
			table.kinds = nil
		case r.isHeading(text, cells, &table):
			waiting = nil
		case len(table.kinds) > 0 && len(cells) > 1:
			values = append(values, table.readRow(text, cells)...)
			waiting = nil
		default:
			table.kinds = nil
			found, open := r.lineValues(text, cells)
			switch {
			case len(found) > 0 || open != nil:
				values = append(values, found...)
				waiting = open
				if open == nil && len(found) > 0 && found[len(found)-1].kind == labelFreeText {
					last := found[len(found)-1]
					waiting = &last
				}
			case waiting != nil:
				values, waiting = continueValue(values, waiting, cells[0].start, end)
			}
		}
		start = end + 1
	}
	return values
}

// continueValue gives an open label the line below it, and a free text zone its further lines.
func continueValue(values []value, waiting *value, start, end int) ([]value, *value) {
	next := *waiting
	if next.end == 0 {
		next.start, next.end = start, end
		values = append(values, next)
	} else {
		next.end = end
		values[len(values)-1] = next
	}
	if next.kind != labelFreeText || end-next.start > 400 {
		return values, nil
	}
	return values, &next
}

// isHeading recognises a row of column headings and starts a table.
func (r *Registry) isHeading(text string, cells []cell, table *tableState) bool {
	if len(cells) < 3 {
		return false
	}
	known := 0
	kinds, heads := make([]labelKind, len(cells)), make([]string, len(cells))
	for i, c := range cells {
		heads[i] = text[c.start:c.end]
		if strings.ContainsAny(heads[i], "0123456789") || strings.HasSuffix(heads[i], ":") {
			return false
		}
		kinds[i], _ = r.labelOf(heads[i])
		if kinds[i] != labelNone {
			known++
		}
	}
	if known < 2 || known*2 < len(cells) {
		return false
	}
	table.kinds, table.heads = kinds, heads
	return true
}

func (t *tableState) readRow(text string, cells []cell) (values []value) {
	t.row++
	kinds, heads := t.kinds, t.heads
	total := false
	for _, c := range cells {
		if c.end > c.start {
			key := labelKey(strings.TrimSuffix(text[c.start:c.end], ":"))
			total = key == "total" || key == "totale" || key == "summe" || strings.HasPrefix(key, "total ")
			break
		}
	}
	// A total row may leave out the empty cells: its last cells belong to the last columns.
	if shift := len(kinds) - len(cells); total && shift > 0 {
		kinds, heads = kinds[shift:], heads[shift:]
	}
	for i, c := range cells {
		if i < len(kinds) && kinds[i] != labelNone && c.end > c.start {
			values = append(values, value{kinds[i], heads[i], c.start, c.end, t.row, total})
		}
	}
	return values
}

// lineValues reads the values of a line outside tables; open is a label that waits for the next line.
func (r *Registry) lineValues(text string, cells []cell) (values []value, open *value) {
	if slashed := r.slashValues(text, cells[0].start, cells[len(cells)-1].end); len(slashed) > 0 {
		return slashed, nil
	}
	for i := 0; i < len(cells); i++ {
		c := cells[i]
		piece := text[c.start:c.end]
		if split := labelEnd(piece); split > 0 {
			kind, _ := r.labelOf(piece[:split])
			from := c.start + split + 1
			for from < c.end && isBlank(text[from]) {
				from++
			}
			if kind != labelNone && from < c.end {
				end := c.end
				if kind == labelFreeText {
					end, i = cells[len(cells)-1].end, len(cells)
				}
				values = append(values, value{kind: kind, label: piece[:split], start: from, end: end})
				continue
			}
		}
		bare := strings.TrimRight(piece, " :*")
		kind, exact := r.labelOf(bare)
		switch {
		case kind == labelNone || strings.ContainsAny(bare, "0123456789"):
		case i+1 < len(cells) && cells[i+1].end > cells[i+1].start && (exact || i == 0):
			i++
			values = append(values, value{kind: kind, label: bare, start: cells[i].start, end: cells[i].end})
		case len(cells) == 1 && (exact || bare != piece):
			open = &value{kind: kind, label: bare}
		}
	}
	return values, open
}

// labelEnd finds the colon behind a label: not inside a word, an hour or an address.
func labelEnd(piece string) int {
	at := strings.IndexByte(piece, ':')
	if at <= 0 || at > maxLabelBytes {
		return -1
	}
	if at+1 < len(piece) && (piece[at+1] == '/' || isDigit(piece[at-1]) && isDigit(piece[at+1])) {
		return -1
	}
	return at
}

// slashValues reads the labels of a bank line: "VIR SEPA RECU /DE X /MOTIF Y /REF Z".
func (r *Registry) slashValues(text string, start, end int) (values []value) {
	for at := start; at < end; {
		slash := strings.IndexByte(text[at:end], '/')
		if slash < 0 {
			break
		}
		at += slash + 1
		stop := at
		for stop < end && 'A' <= text[stop] && text[stop] <= 'Z' {
			stop++
		}
		if stop-at < 2 || stop == end || text[stop] != ' ' {
			continue
		}
		kind, exact := r.labelOf(text[at:stop])
		if !exact {
			continue
		}
		last := end
		if next := strings.Index(text[stop:end], " /"); next >= 0 {
			last = stop + next
		}
		values = append(values, value{kind: kind, label: text[at:stop], start: stop + 1, end: last})
	}
	return values
}
