package exchange

import (
	"strings"
	"time"

	"dument/app/date"
)

// The orders of day and month, as Table.DateOrder and Choice.DateOrder name them.
const (
	DayFirst   = "day-first"
	MonthFirst = "month-first"
	YearFirst  = "year-first"
	// undecided: the figures of the file prove that some month stands first, or contradict
	// themselves.
	undecided = "undecided"
)

// Years outside of these are typing mistakes, not days of an invoice that anybody can still claim.
const firstYear, lastYear = 2000, 2100

// daySpan is a date of digits taken apart: first and second stand before the year, unless yearFirst.
type daySpan struct {
	first, second, year int
	yearFirst           bool
}

// cutDay takes a date of digits apart: 21/11/2026, 21-11-26, 21.11.2026, 2026-11-21, 20261121, with or
// without an hour behind it.
func cutDay(text string) (span daySpan, ok bool) {
	text = cutHour(text)
	if len(text) == 8 && isDigits(text) {
		return daySpan{number(text[4:6]), number(text[6:]), number(text[:4]), true}, true
	}
	var parts [3]string
	count, start, mark := 0, 0, byte(0)
	for i := range len(text) {
		c := text[i]
		if c >= '0' && c <= '9' {
			continue
		}
		if c != '/' && c != '-' && c != '.' || mark != 0 && c != mark || count == 2 {
			return daySpan{}, false
		}
		parts[count] = text[start:i]
		mark, start = c, i+1
		count++
	}
	if count != 2 {
		return daySpan{}, false
	}
	parts[2] = text[start:]
	if n := len(parts[0]); n == 4 && isShort(parts[1]) && isShort(parts[2]) {
		return daySpan{number(parts[1]), number(parts[2]), number(parts[0]), true}, true
	}
	if !isShort(parts[0]) || !isShort(parts[1]) || len(parts[2]) != 4 && len(parts[2]) != 2 {
		return daySpan{}, false
	}
	year := number(parts[2])
	if len(parts[2]) == 2 {
		year += 2000
	}
	return daySpan{number(parts[0]), number(parts[1]), year, false}, true
}

// cutHour takes an hour off: " 10:00:00", "T10:00:00Z".
func cutHour(text string) string {
	at := strings.IndexAny(text, " T")
	if at < 0 || strings.IndexByte(text[at:], ':') < 0 {
		return text
	}
	for _, r := range text[at+1:] {
		if (r < '0' || r > '9') && !strings.ContainsRune(":.,+-Z ", r) {
			return text
		}
	}
	return text[:at]
}

func isShort(text string) bool { return len(text) == 1 || len(text) == 2 }

func number(digits string) (n int) {
	for i := range len(digits) {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// readDay reads a date in the file's order. The code is empty, or says why it cannot be read.
func readDay(text, order string) (day date.Date, code string) {
	span, ok := cutDay(text)
	if !ok {
		return readWords(text)
	}
	dayOfMonth, month := span.first, span.second
	switch {
	case span.yearFirst:
		month, dayOfMonth = span.first, span.second
	case order == MonthFirst:
		month, dayOfMonth = span.first, span.second
	case order == undecided && span.first <= 12 && span.second <= 12 && span.first != span.second:
		return date.Date{}, "date_ambiguous"
	}
	day, err := date.New(span.year, time.Month(month), dayOfMonth)
	if err != nil {
		return date.Date{}, "date_impossible"
	}
	return inRange(day)
}

// readWords reads a date with its month in letters, such as "21 novembre 2026".
func readWords(text string) (date.Date, string) {
	hasLetter := strings.ContainsFunc(text, func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' })
	if !hasLetter || len(text) > 40 || len(strings.FieldsFunc(text, isDayMark)) != 3 {
		return date.Date{}, "date_unreadable"
	}
	day, err := date.Read(text)
	if err != nil {
		return date.Date{}, "date_unreadable"
	}
	return inRange(day)
}

func inRange(day date.Date) (date.Date, string) {
	if year := day.Year(); year < firstYear || year > lastYear {
		return date.Date{}, "date_out_of_range"
	}
	return day, ""
}

func isDayMark(r rune) bool { return strings.ContainsRune(" \u00a0\u202f-/.,", r) }
