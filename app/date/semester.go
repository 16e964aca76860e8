package date

import (
	"cmp"
	"fmt"
	"time"
)

// Semester is a half of a year: the period for which the law fixes a rate. Half is 1 or 2.
type Semester struct {
	Year int
	Half int
}

// Semester is the half-year that contains d.
func (d Date) Semester() Semester {
	year, month, _ := d.YMD()
	if month > time.June {
		return Semester{Year: year, Half: 2}
	}
	return Semester{Year: year, Half: 1}
}

// ParseSemester reads the form 2026-S2.
func ParseSemester(text string) (Semester, error) {
	if len(text) == 7 && text[4:6] == "-S" && (text[6] == '1' || text[6] == '2') {
		if year, ok := digits(text[:4]); ok && year > 0 {
			return Semester{Year: year, Half: int(text[6] - '0')}, nil
		}
	}
	return Semester{}, fmt.Errorf("date: %q: not a half-year: %w", text, ErrSyntax)
}

// String writes the form 2026-S2.
func (s Semester) String() string { return fmt.Sprintf("%04d-S%d", s.Year, s.Half) }

// First is 1 January or 1 July.
func (s Semester) First() Date {
	first, _ := New(s.Year, time.Month(6*s.Half-5), 1)
	return first
}

// Last is 30 June or 31 December.
func (s Semester) Last() Date {
	last, _ := New(s.Year, time.Month(6*s.Half), 31-s.Half%2)
	return last
}

// Next is the half-year that follows.
func (s Semester) Next() Semester {
	if s.Half == 1 {
		return Semester{Year: s.Year, Half: 2}
	}
	return Semester{Year: s.Year + 1, Half: 1}
}

// Compare returns -1, 0 or 1.
func (s Semester) Compare(other Semester) int {
	return cmp.Or(cmp.Compare(s.Year, other.Year), cmp.Compare(s.Half, other.Half))
}
