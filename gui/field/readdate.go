package field

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"dument/app/date"
)

// ErrNotADate is returned by ReadDate for a text that says no day.
var ErrNotADate = errors.New("not a date")

// longestLeap bounds "+n" and "-n", in days: a slip of the finger must not lead to another century.
const longestLeap = 36525

// ReadDate reads a date as it is typed in a field: a whole date in any form of date.Read, "12" (the
// day of today's month), "12/3" (of today's year), "+30" and "-8" (days from today), and the words
// auj, aujourd'hui, t, today, hier, yesterday, demain, tomorrow. The error wraps ErrNotADate.
func ReadDate(text string, today date.Date) (date.Date, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if days, isWord := dayWords[strings.ReplaceAll(text, "’", "'")]; isWord {
		return today.AddDays(days), nil
	}
	if text == "" {
		return date.Date{}, ErrNotADate
	}
	if text[0] == '+' || text[0] == '-' {
		days, err := strconv.Atoi(text)
		if err != nil || days > longestLeap || days < -longestLeap {
			return date.Date{}, ErrNotADate
		}
		return today.AddDays(days), nil
	}
	year, month, _ := today.YMD()
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/-. ", r) })
	numbers, allNumbers := atoiAll(parts)
	switch {
	case allNumbers && len(numbers) == 1 && len(parts[0]) <= 2:
		return dayOf(year, month, numbers[0])
	case allNumbers && len(numbers) == 2 && len(parts[0]) <= 2 && len(parts[1]) <= 2:
		return dayOf(year, time.Month(numbers[1]), numbers[0])
	}
	read, err := date.Read(text)
	if err != nil {
		return date.Date{}, errors.Join(ErrNotADate, err)
	}
	return read, nil
}

var dayWords = map[string]int{
	"auj": 0, "aujourd'hui": 0, "aujourdhui": 0, "t": 0, "today": 0,
	"hier": -1, "yesterday": -1, "demain": 1, "tomorrow": 1,
}

func dayOf(year int, month time.Month, day int) (date.Date, error) {
	made, err := date.New(year, month, day)
	if err != nil {
		return date.Date{}, errors.Join(ErrNotADate, err)
	}
	return made, nil
}

func atoiAll(parts []string) (numbers []int, all bool) {
	for _, part := range parts {
		number, err := strconv.Atoi(part)
		if err != nil || number < 0 {
			return nil, false
		}
		numbers = append(numbers, number)
	}
	return numbers, len(numbers) > 0
}

// isWhole tells a text that says its date without more to come: "+30" and "auj" are followed at each
// key, "12" waits for Enter because "12/3" may be meant.
func isWhole(text string, read date.Date) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return false
	}
	if _, isWord := dayWords[text]; isWord || text[0] == '+' || text[0] == '-' {
		return true
	}
	year, _, _ := read.YMD()
	return strings.Contains(text, strconv.Itoa(year))
}
