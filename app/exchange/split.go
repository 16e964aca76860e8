package exchange

import "strings"

const (
	// maxFoldedBytes bounds what a quoted cell holds behind the end of its first line, so that a
	// forgotten quote costs little.
	maxFoldedBytes = 2 << 10
	// maxRowBytes bounds a row; no invoice needs a hundredth of it.
	maxRowBytes = 64 << 10
	// maxColumns bounds the cells kept of a row; further ones are counted, not kept.
	maxColumns = 200
)

// splitter cuts a text into rows and cells. It takes LF, CR, CRLF and CR CR LF as line ends, in any
// mixture, and keeps separators and line ends inside quotes. Cells share the memory of the text.
//
// A quote that does not end sensibly does not swallow the rows behind it: its line is reported as
// broken and reading goes on at the next one.
type splitter struct {
	data      string
	separator byte
	// expected is the number of cells of the header, 0 while it is unknown. A row of several lines
	// that has another number of cells is a forgotten quote.
	expected int

	at       int // of the next row
	nextLine int // its number, from 1
	lineFeed int // cached position of the first LF at or behind at; -1 when not known

	line   int      // number of the row's first line
	raw    string   // the row without its line end
	cells  []string // valid until the next call; at most maxColumns
	count  int      // of cells, also those not kept
	broken bool     // the quotes of the row do not close
}

func newSplitter(data string, separator byte) *splitter {
	return &splitter{data: data, separator: separator, nextLine: 1, lineFeed: -1,
		cells: make([]string, 0, 16)}
}

// next reads one row; false at the end of the text.
func (s *splitter) next() bool {
	if s.at >= len(s.data) {
		return false
	}
	start := s.at
	end, after := s.lineEnd(start)
	s.line, s.cells, s.count, s.broken = s.nextLine, s.cells[:0], 0, false
	s.raw, s.at = s.data[start:end], after
	s.nextLine++
	if strings.IndexByte(s.raw, '"') < 0 {
		s.splitPlain(s.raw)
		return true
	}
	s.splitQuoted(start, end, after)
	return true
}

// lineEnd finds where the line that begins at from ends, and where the next one begins.
func (s *splitter) lineEnd(from int) (end, after int) {
	if s.lineFeed < from {
		s.lineFeed = len(s.data)
		if i := strings.IndexByte(s.data[from:], '\n'); i >= 0 {
			s.lineFeed = from + i
		}
	}
	end = s.lineFeed
	if i := strings.IndexByte(s.data[from:end], '\r'); i >= 0 {
		end = from + i
		rest := s.data[end+1:]
		switch {
		case strings.HasPrefix(rest, "\n"):
			return end, end + 2
		case strings.HasPrefix(rest, "\r\n"):
			return end, end + 3
		}
	}
	return end, min(end+1, len(s.data))
}

func (s *splitter) keep(cell string) {
	if s.count < maxColumns {
		s.cells = append(s.cells, cell)
	}
	s.count++
}

func (s *splitter) splitPlain(line string) {
	for {
		i := strings.IndexByte(line, s.separator)
		if i < 0 {
			s.keep(line)
			return
		}
		s.keep(line[:i])
		line = line[i+1:]
	}
}

// splitQuoted splits a row in whose first line a quote stands. Only a cell that begins with a quote,
// or with the spreadsheet's text mark =", is a quoted one.
func (s *splitter) splitQuoted(start, end, after int) {
	position, lines, lineFeed := start, 1, s.lineFeed
	for {
		cell, closed, ok := s.quotedCell(position, end)
		if !ok {
			s.giveUp(lineFeed)
			return
		}
		if closed >= 0 {
			for closed > end && end < len(s.data) {
				end, after = s.lineEnd(after)
				lines++
			}
			s.keep(cell)
			position = closed
		} else {
			stop := strings.IndexByte(s.data[position:end], s.separator)
			if stop < 0 {
				stop = end - position
			}
			s.keep(s.data[position : position+stop])
			position += stop
		}
		if position >= end {
			break
		}
		position++
	}
	if lines > 1 && s.expected > 1 && s.swallowed(s.data[start:end], lines) {
		s.giveUp(lineFeed)
		return
	}
	s.raw, s.at, s.nextLine = s.data[start:end], after, s.line+lines
}

// swallowed reports whether a row of several lines is rather as many rows, joined by a quote that was
// forgotten in one and stands in another: it has not the header's cells, or its lines would have.
func (s *splitter) swallowed(raw string, lines int) bool {
	return s.count != s.expected ||
		strings.Count(raw, string(rune(s.separator))) == lines*(s.expected-1)
}

// quotedCell reads a quoted cell at from. closed is the position behind it and behind the blanks
// that follow, or -1 when no quoted cell begins there. lineEnd is the end of from's line.
func (s *splitter) quotedCell(from, lineEnd int) (cell string, closed int, ok bool) {
	open := from
	if strings.HasPrefix(s.data[from:], "=\"") {
		open++
	}
	if open >= lineEnd || s.data[open] != '"' {
		return "", -1, true
	}
	limit := min(len(s.data), lineEnd+maxFoldedBytes)
	doubled := false
	for i := open + 1; i < limit; i++ {
		quote := strings.IndexByte(s.data[i:limit], '"')
		if quote < 0 {
			break
		}
		i += quote
		if i+1 < len(s.data) && s.data[i+1] == '"' {
			doubled = true
			i++
			continue
		}
		if behind, ends := s.cellEnds(i + 1); ends {
			cell = s.data[open+1 : i]
			if doubled {
				cell = strings.ReplaceAll(cell, `""`, `"`)
			}
			return cell, behind, true
		}
		// A lone quote is somebody's careless export while it stays on the line (5" pipes); on a
		// later line it is the quote of another cell.
		if i > lineEnd {
			break
		}
	}
	return "", 0, false
}

// cellEnds skips blanks and reports whether a separator or the end of a line follows.
func (s *splitter) cellEnds(at int) (behind int, ends bool) {
	for at < len(s.data) && s.data[at] == ' ' {
		at++
	}
	if at == len(s.data) {
		return at, true
	}
	switch s.data[at] {
	case s.separator, '\n', '\r':
		return at, true
	}
	return 0, false
}

// giveUp makes the row its first line alone, as next left it before the quotes were looked at.
func (s *splitter) giveUp(lineFeed int) {
	s.lineFeed = lineFeed
	s.cells, s.count, s.broken = s.cells[:0], 0, true
}
