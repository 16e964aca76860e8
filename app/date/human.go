package date

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

var monthNames = map[string][12]string{
	"fr": {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
		"octobre", "novembre", "décembre"},
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December"},
}

var weekdayNames = map[string][7]string{
	"fr": {"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
	"en": {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
}

const noBreakSpace = "\u00a0"

// Short writes 08/12/2026, the form of tables and lists in both languages.
func (d Date) Short() string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.YMD()
	return fmt.Sprintf("%02d/%02d/%04d", day, int(month), year)
}

// Long writes the date in words: "8 décembre 2026", "1er janvier 2026" in French, "8 December 2026"
// otherwise. The day and its month do not part at the end of a line.
func (d Date) Long(language string) string {
	if d.IsZero() {
		return ""
	}
	names, known := monthNames[language]
	if !known {
		language, names = "en", monthNames["en"]
	}
	year, month, day := d.YMD()
	ordinal := strconv.Itoa(day)
	if language == "fr" && day == 1 {
		ordinal = "1er"
	}
	return ordinal + noBreakSpace + names[month-1] + " " + strconv.Itoa(year)
}

// LongWithWeekday writes "mardi 8 décembre 2026".
func (d Date) LongWithWeekday(language string) string {
	if d.IsZero() {
		return ""
	}
	names, known := weekdayNames[language]
	if !known {
		names = weekdayNames["en"]
	}
	return names[d.Weekday()] + " " + d.Long(language)
}

// Read reads a date as people write it, day first as in France: 21/11/2026, 21-11-26, 21.11.2026,
// 2026-11-21, 20261121, "21 novembre 2026", "1er août 2026", "21-Nov-2026", "Nov 21, 2026", with or
// without an hour behind it. A year of two digits is in 2000 to 2099. The error wraps ErrSyntax.
func Read(text string) (Date, error) {
	fields := splitDate(text)
	if len(fields) == 1 && len(fields[0]) == 8 {
		return readNumbers(text, fields[0][:4], fields[0][4:6], fields[0][6:])
	}
	if len(fields) < 3 {
		return Date{}, fmt.Errorf("date: %q: %w", text, ErrSyntax)
	}
	first, second, third := fields[0], fields[1], fields[2]
	if month := monthNumber(second); month > 0 {
		return readNumbers(text, third, strconv.Itoa(month), trimOrdinal(first))
	}
	if month := monthNumber(first); month > 0 {
		return readNumbers(text, third, strconv.Itoa(month), trimOrdinal(second))
	}
	if len(first) == 4 {
		return readNumbers(text, first, second, third)
	}
	return readNumbers(text, third, second, first)
}

// splitDate parts a text at every character that is neither a letter nor a digit.
func splitDate(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		isDigit, isLetter := r >= '0' && r <= '9', r >= 'a' && r <= 'z' || r > 0x7f && r != 0xa0 && r != 0x202f
		return !isDigit && !isLetter
	})
}

func trimOrdinal(day string) string { return strings.TrimSuffix(strings.TrimSuffix(day, "er"), "th") }

func readNumbers(text, year, month, day string) (Date, error) {
	y, okYear := digits(year)
	m, okMonth := digits(month)
	d, okDay := digits(day)
	if len(year) == 2 {
		y += 2000
	}
	if !okYear || !okMonth || !okDay || len(year) != 2 && len(year) != 4 {
		return Date{}, fmt.Errorf("date: %q: %w", text, ErrSyntax)
	}
	read, err := New(y, time.Month(m), d)
	if err != nil {
		return Date{}, fmt.Errorf("date: %q: %w", text, ErrSyntax)
	}
	return read, nil
}

// monthPrefixes are the shortest unambiguous beginnings of month names in French, English, German,
// Spanish and Italian.
var monthPrefixes = []struct {
	prefix string
	month  int
}{
	{"jan", 1}, {"ene", 1}, {"gen", 1}, {"fév", 2}, {"fev", 2}, {"feb", 2}, {"mar", 3}, {"mär", 3},
	{"avr", 4}, {"apr", 4}, {"abr", 4}, {"mai", 5}, {"may", 5}, {"mag", 5}, {"juin", 6}, {"jun", 6},
	{"giu", 6}, {"juil", 7}, {"jul", 7}, {"lug", 7}, {"aoû", 8}, {"aou", 8}, {"aug", 8}, {"ago", 8},
	{"sep", 9}, {"set", 9}, {"oct", 10}, {"okt", 10}, {"ott", 10}, {"nov", 11}, {"déc", 12},
	{"dec", 12}, {"dez", 12}, {"dic", 12},
}

func monthNumber(word string) int {
	for _, known := range monthPrefixes {
		if strings.HasPrefix(word, known.prefix) {
			return known.month
		}
	}
	return 0
}
