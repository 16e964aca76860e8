// Package date holds civil dates: a day of the Gregorian calendar, without hour and without zone.
//
// Every computation of the program takes its day as a parameter of this type; the clock is read in
// cmd alone.
package date

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// ErrSyntax is wrapped by every parsing error of this package; it also stands for days that do not
// exist, such as 31 November.
var ErrSyntax = errors.New("not a date")

// Date is a civil day. The zero value means "no date" and sorts before every real one. Dates are
// comparable with ==.
type Date struct {
	// day counts from 1 for 0001-01-01, so that the zero value is free.
	day int32
}

// epochDay is the day number of 1970-01-01.
const epochDay = 719163

// New makes a date and refuses days that the calendar does not have, and years outside 1 to 9999.
func New(year int, month time.Month, day int) (Date, error) {
	if year < 1 || year > 9999 || month < time.January || month > time.December ||
		day < 1 || day > daysIn(year, month) {
		return Date{}, fmt.Errorf("date: %04d-%02d-%02d: %w", year, int(month), day, ErrSyntax)
	}
	unix := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()
	return Date{day: int32(floorDiv(unix, 86400)) + epochDay}, nil
}

// Parse reads the machine form YYYY-MM-DD. Human text goes through Read.
func Parse(text string) (Date, error) {
	if len(text) == 10 && text[4] == '-' && text[7] == '-' {
		year, okYear := digits(text[:4])
		month, okMonth := digits(text[5:7])
		day, okDay := digits(text[8:])
		if okYear && okMonth && okDay {
			return New(year, time.Month(month), day)
		}
	}
	return Date{}, fmt.Errorf("date: %q: %w", text, ErrSyntax)
}

// Must is Parse for literals of tests and tables; it panics on a mistake.
func Must(text string) Date {
	parsed, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return parsed
}

// Of is the civil day that t shows on its own clock face.
func Of(t time.Time) Date {
	made, err := New(t.Date())
	if err != nil {
		return Date{}
	}
	return made
}

// IsZero reports whether d is "no date".
func (d Date) IsZero() bool { return d.day == 0 }

// Before and After compare days; "no date" is before every day.
func (d Date) Before(other Date) bool { return d.day < other.day }

// After reports whether d comes after other.
func (d Date) After(other Date) bool { return d.day > other.day }

// Compare returns -1, 0 or 1, for slices.SortFunc.
func (d Date) Compare(other Date) int {
	switch {
	case d.day < other.day:
		return -1
	case d.day > other.day:
		return 1
	}
	return 0
}

// Sub counts the days from other to d: the number of days late when other is a due date.
func (d Date) Sub(other Date) int { return int(d.day) - int(other.day) }

// lastDay is the day number of 9999-12-31.
const lastDay = 3652059

// AddDays moves by n days, backwards when n is negative. "No date" stays "no date", and so becomes
// what would leave the years 1 to 9999.
func (d Date) AddDays(n int) Date {
	moved := int64(d.day) + int64(n)
	if d.IsZero() || moved < 1 || moved > lastDay {
		return Date{}
	}
	return Date{day: int32(moved)}
}

// AddMonths moves by n months to the same day number, or to the last day of the month when it has
// no such day (CPC art. 641): 31 January + 1 month = 28 or 29 February. What would leave the years 1
// to 9999 becomes "no date".
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	year, month, day := d.YMD()
	index := year*12 + int(month) - 1 + n
	year, month = index/12, time.Month(index%12+1)
	moved, err := New(year, month, min(day, daysIn(year, month)))
	if err != nil {
		return Date{}
	}
	return moved
}

// AddYears moves by n years, by the rule of AddMonths.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// EndOfMonth is the last day of the month of d.
func (d Date) EndOfMonth() Date {
	if d.IsZero() {
		return d
	}
	year, month, day := d.YMD()
	return d.AddDays(daysIn(year, month) - day)
}

// YMD takes the date apart. "No date" gives zeros.
func (d Date) YMD() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return d.Time().Date()
}

// Year is the year of d.
func (d Date) Year() int { year, _, _ := d.YMD(); return year }

// Weekday is the day of the week of d.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Time is midnight UTC of d, for libraries that want a time.Time.
func (d Date) Time() time.Time {
	return time.Unix((int64(d.day)-epochDay)*86400, 0).UTC()
}

// String writes the machine form YYYY-MM-DD, and nothing for "no date".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.YMD()
	text := make([]byte, 0, 10)
	text = appendPadded(text, year, 4)
	text = append(text, '-')
	text = appendPadded(text, int(month), 2)
	text = append(text, '-')
	return string(appendPadded(text, day, 2))
}

// MarshalText writes the machine form, so that JSON shows YYYY-MM-DD or an empty string.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads it back.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = Parse(string(text))
	return err
}

func daysIn(year int, month time.Month) int {
	switch month {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

func floorDiv(a, b int64) int64 {
	quotient := a / b
	if a%b < 0 {
		quotient--
	}
	return quotient
}

func digits(text string) (n int, ok bool) {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		n = n*10 + int(text[i]-'0')
	}
	return n, len(text) > 0
}

func appendPadded(text []byte, n, width int) []byte {
	figure := strconv.Itoa(n)
	for range width - len(figure) {
		text = append(text, '0')
	}
	return append(text, figure...)
}
