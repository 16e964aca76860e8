package date

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Read reads a date as people write it, day first as in France: 21/11/2026, 21-11-26, 21.11.2026,
// 2026-11-21, 20261121, "21 novembre 2026", "le mardi 1er août 2026", "21-Nov-2026", "Nov 21, 2026",
// with or without an hour behind it. A year of two digits is in 2000 to 2099, and none is before
// 1900. Text that holds more than a date and an hour is refused, such as a telephone number. The
// error wraps ErrSyntax.
func Read(text string) (Date, error) {
	scan := scanner{rest: strings.TrimSpace(strings.Map(fold, text))}
	day, month, year, ok := scan.date()
	if !ok || !isHour(scan.rest) {
		return Date{}, fmt.Errorf("date: %q: %w", text, ErrSyntax)
	}
	read, err := fromNumbers(year, month, day)
	if err != nil {
		return Date{}, fmt.Errorf("date: %q: %w", text, ErrSyntax)
	}
	return read, nil
}

// fold writes letters small and without accents, and every blank as a space; combining accents
// disappear.
func fold(r rune) rune {
	switch r {
	case 'é', 'É', 'è', 'È', 'ê', 'ᵉ':
		return 'e'
	case 'û', 'Û', 'ü':
		return 'u'
	case 'ä', 'Ä':
		return 'a'
	case 'ʳ':
		return 'r'
	case '\u2010', '\u2011', '\u2013':
		return '-'
	}
	switch {
	case unicode.Is(unicode.Mn, r):
		return -1
	case unicode.IsSpace(r):
		return ' '
	}
	return unicode.ToLower(r)
}

// scanner eats a folded text from its beginning.
type scanner struct{ rest string }

func (s *scanner) take(belongs func(byte) bool) (taken string) {
	n := 0
	for n < len(s.rest) && belongs(s.rest[n]) {
		n++
	}
	taken, s.rest = s.rest[:n], s.rest[n:]
	return taken
}

func isDigit(b byte) bool  { return '0' <= b && b <= '9' }
func isLetter(b byte) bool { return 'a' <= b && b <= 'z' || b >= 0x80 }
func isMark(b byte) bool   { return strings.IndexByte(" ,./-", b) >= 0 }

// date reads day, month and year as digits, and leaves the rest.
func (s *scanner) date() (day, month, year string, ok bool) {
	s.skipWeekday()
	first := s.take(isDigit)
	switch {
	case len(first) == 8:
		return first[6:], first[4:6], first[:4], true
	case first == "":
		month = monthNumber(s.take(isLetter))
		s.take(isMark)
		day = s.take(isDigit)
		s.skipOrdinal()
		s.take(isMark)
		year = s.take(isDigit)
		return day, month, year, month != ""
	}
	s.skipOrdinal()
	mark := s.take(isMark)
	if word := s.take(isLetter); word != "" {
		s.take(isMark)
		month = monthNumber(word)
		return first, month, s.take(isDigit), month != ""
	}
	second := s.take(isDigit)
	if s.take(isMark) != mark {
		return "", "", "", false
	}
	third := s.take(isDigit)
	if len(first) == 4 {
		first, third = third, first
	}
	// Pairs of digits parted by blanks are a telephone number rather than a date.
	mark = strings.TrimSpace(mark)
	ok = mark == "/" || mark == "-" || mark == "." || mark == "" && len(third) == 4
	return first, second, third, ok
}

// weekdayPrefixes begin the names of days in French and English; "mar" and "sun" or "sat" are told
// from months by what follows them.
var weekdayPrefixes = []string{
	"lun", "mar", "mer", "jeu", "ven", "sam", "dim", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
}

// skipWeekday passes over "le", and over the name of a day when a number and then a month's name
// follow it.
func (s *scanner) skipWeekday() {
	s.rest = strings.TrimPrefix(s.rest, "le ")
	ahead := *s
	word := ahead.take(isLetter)
	if len(word) < 3 || !isWeekday(word) {
		return
	}
	ahead.take(isMark)
	start := ahead
	if ahead.take(isDigit) == "" {
		return
	}
	ahead.skipOrdinal()
	ahead.take(isMark)
	// "mar 3 2026" is a day of March, "mar 3/12/2026" a Tuesday.
	if third := ahead.take(isDigit); len(third) < 4 {
		s.rest = start.rest
	}
}

func isWeekday(word string) bool {
	for _, prefix := range weekdayPrefixes {
		if strings.HasPrefix(word, prefix) {
			return len(word) == 3 || strings.HasSuffix(word, "di") || strings.HasSuffix(word, "day") ||
				word == "dimanche"
		}
	}
	return false
}

// skipOrdinal passes over "er", "st", "nd", "rd", "th" written against a number.
func (s *scanner) skipOrdinal() {
	for _, ending := range []string{"er", "st", "nd", "rd", "th"} {
		if rest, found := strings.CutPrefix(s.rest, ending); found && (rest == "" || !isLetter(rest[0])) {
			s.rest = rest
			return
		}
	}
}

// isHour accepts nothing at all, or an hour with its zone: " 10:30:00", "T10:30:00.000+01:00",
// " à 10h30", "T103000Z".
func isHour(rest string) bool {
	clock := scanner{rest: rest}
	blank := clock.take(func(b byte) bool { return b == ' ' || b == ',' })
	for _, word := range []string{"t", "à", "a", "at"} {
		if after, found := strings.CutPrefix(clock.rest, word); found && strings.Trim(after, " ") != "" {
			clock.rest, blank = strings.TrimLeft(after, " "), word
		}
	}
	if clock.rest == "" {
		return true
	}
	figure := clock.take(isDigit)
	if len(figure) == 6 || len(figure) == 4 {
		return blank == "t" && isZone(clock.rest)
	}
	hour, ok := digits(figure)
	if !ok || blank == "" || len(figure) > 2 || hour > 24 || clock.rest == "" {
		return false
	}
	return (clock.rest[0] == ':' || clock.rest[0] == 'h') && isZone(clock.rest)
}

// isZone accepts the characters that minutes, seconds and zones are written with.
func isZone(text string) bool {
	return len(text) <= 24 && strings.Trim(text, "0123456789:.+-hmnistzucegap ()[]") == ""
}

// firstReadYear is the oldest year that Read takes: an older one is a slip of the pen.
const firstReadYear = 1900

func fromNumbers(year, month, day string) (Date, error) {
	y, okYear := digits(year)
	m, okMonth := digits(month)
	d, okDay := digits(day)
	if !okYear || !okMonth || !okDay || len(year) != 2 && len(year) != 4 || len(month) > 2 || len(day) > 2 {
		return Date{}, ErrSyntax
	}
	if len(year) == 2 {
		y += 2000
	}
	if y < firstReadYear {
		return Date{}, ErrSyntax
	}
	return New(y, time.Month(m), d)
}

// monthWords are the names of the months, without accents, in French, English, German, Spanish and
// Italian, and abbreviations that do not begin one.
var monthWords = [12]string{
	"janvier january januar enero gennaio",
	"fevrier february februar febrero febbraio",
	"mars march marz marzo mrz",
	"avril april abril aprile",
	"mai may mayo maggio",
	"juin june juni junio giugno",
	"juillet july juli julio luglio",
	"aout august agosto",
	"septembre september septiembre setiembre settembre",
	"octobre october oktober octubre ottobre",
	"novembre november noviembre",
	"decembre december dezember diciembre dicembre",
}

// monthNumber gives the number of a month from its name or from its first letters, at least three
// and enough to exclude every other month; empty when it is none.
func monthNumber(word string) (number string) {
	if len(word) < 3 {
		return ""
	}
	for i, names := range monthWords {
		if strings.HasPrefix(names, word) || strings.Contains(names, " "+word) {
			if number != "" {
				return ""
			}
			number = monthFigures[i]
		}
	}
	return number
}

var monthFigures = [12]string{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"}
