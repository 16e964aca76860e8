package money

import (
	"fmt"
	"strings"
)

// Reading is what Read understood of an amount written by a person or a program.
type Reading struct {
	Cents Cents
	// Currency is the code or sign found beside the figure; empty when there was none.
	Currency Currency
	// Ambiguous is true when a single mark is followed by exactly three digits ("1.234", "1,234"):
	// thousands or thousandths. Cents is then the reading with thousands.
	Ambiguous bool
}

// Read reads an amount as people write it: "1 234,56 €" with any kind of space, "1.234,56",
// "1,234.56", "1'234.56", "+ 1 234,56 EUR", "(12,00)", "12,00-", "€12". It never guesses silently:
// a mark followed by exactly three digits is reported as Ambiguous. The error wraps ErrSyntax or
// ErrRange.
func Read(text string) (Reading, error) {
	body, currency := cutCurrency(foldSpaces(text))
	body, negative := cutSign(body)
	body, inner := cutCurrency(body)
	if currency == "" {
		currency = inner
	}
	units, decimals, ambiguous, ok := splitFigure(body)
	if !ok {
		return Reading{}, fmt.Errorf("money: %q: %w", text, ErrSyntax)
	}
	cents, err := assemble(text, units, decimals, negative)
	if err != nil {
		return Reading{}, err
	}
	return Reading{Cents: cents, Currency: currency, Ambiguous: ambiguous}, nil
}

// foldSpaces turns every kind of blank into a plain space and trims the ends.
func foldSpaces(text string) string {
	fold := func(r rune) rune {
		switch r {
		case '\t', '\u00a0', '\u202f', '\u2009', '\u2007', '\u2002', '\u2003':
			return ' '
		case '\u2212', '\u2013':
			return '-'
		case '\u2019':
			return '\''
		}
		return r
	}
	return strings.TrimSpace(strings.Map(fold, text))
}

var currencySigns = []struct {
	sign     string
	currency Currency
}{
	{"€", EUR}, {"$", "USD"}, {"£", "GBP"},
}

// cutCurrency takes currency words off both ends: "€", "EUR", "EUROS", "CHF", and "120,00 € EUR".
func cutCurrency(text string) (body string, currency Currency) {
	for {
		text = strings.TrimSpace(text)
		rest, found := cutOneCurrency(text)
		if found == "" {
			return text, currency
		}
		if currency == "" {
			currency = found
		}
		text = rest
	}
}

func cutOneCurrency(text string) (rest string, currency Currency) {
	for _, known := range currencySigns {
		if after, ok := strings.CutPrefix(text, known.sign); ok {
			return after, known.currency
		}
		if before, ok := strings.CutSuffix(text, known.sign); ok {
			return before, known.currency
		}
	}
	upper := strings.ToUpper(text)
	if len(upper) != len(text) {
		return text, ""
	}
	for _, word := range []string{"EUROS", "EURO"} {
		if strings.HasSuffix(upper, word) {
			return text[:len(text)-len(word)], EUR
		}
	}
	if n := len(upper); n > 3 && isCode(upper[n-3:]) && !isLetter(upper[n-4]) {
		return text[:n-3], Currency(upper[n-3:])
	}
	if len(upper) > 3 && isCode(upper[:3]) && !isLetter(upper[3]) {
		return text[3:], Currency(upper[:3])
	}
	return text, ""
}

func isCode(word string) bool {
	return isLetter(word[0]) && isLetter(word[1]) && isLetter(word[2])
}

func isLetter(b byte) bool { return 'A' <= b && b <= 'Z' }

// cutSign understands a leading or trailing sign and accounting parentheses.
func cutSign(text string) (body string, negative bool) {
	switch {
	case strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")"):
		text, negative = text[1:len(text)-1], true
	case strings.HasPrefix(text, "-"):
		text, negative = text[1:], true
	case strings.HasSuffix(text, "-"):
		text, negative = text[:len(text)-1], true
	case strings.HasPrefix(text, "+"):
		text = text[1:]
	}
	return strings.TrimSpace(text), negative
}

// splitFigure parts the digits from their marks. The last mark is the decimal one when it is the
// only one of its kind and one or two digits follow; every other mark must part groups of three.
func splitFigure(text string) (units, decimals string, ambiguous, ok bool) {
	last := strings.LastIndexAny(text, ".,")
	if last >= 0 {
		mark, tail := text[last:last+1], text[last+1:]
		onlyOne := strings.Count(text, mark) == 1
		if onlyOne && len(tail) <= 2 && allDigits(tail) {
			units, ok = joinGroups(text[:last], mark)
			return units, tail, false, ok
		}
		otherMark := strings.ContainsAny(text[:last], " ',.")
		if onlyOne && len(tail) == 3 && !otherMark {
			ambiguous = text[:last] != "0"
		}
	}
	units, ok = joinGroups(text, "")
	return units, "", ambiguous, ok
}

// joinGroups removes one kind of thousands mark, different from the decimal mark, and checks that
// it parts groups of three digits.
func joinGroups(text, decimalMark string) (string, bool) {
	if allDigits(text) {
		return text, true
	}
	for _, mark := range []string{" ", ".", ",", "'"} {
		if mark == decimalMark || !strings.Contains(text, mark) {
			continue
		}
		groups := strings.Split(text, mark)
		for i, group := range groups {
			if !allDigits(group) || i > 0 && len(group) != 3 || len(group) > 3 {
				return "", false
			}
		}
		return strings.Join(groups, ""), true
	}
	return "", false
}
