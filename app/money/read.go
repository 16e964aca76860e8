package money

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
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
// a mark followed by exactly three digits is reported as Ambiguous. Two different currencies, words
// that are no ISO 4217 code, and figures with more than two decimals are refused. The error wraps
// ErrSyntax or ErrRange.
func Read(text string) (Reading, error) {
	body, outer, okOuter := cutCurrency(foldSpaces(text))
	body, negative := cutSign(body)
	body, inner, okInner := cutCurrency(body)
	currency := cmp.Or(outer, inner)
	oneCurrency := okOuter && okInner && (outer == "" || inner == "" || outer == inner)
	units, decimals, ambiguous, ok := splitFigure(body)
	if !ok || !oneCurrency {
		return Reading{}, fmt.Errorf("money: %q: %w", text, ErrSyntax)
	}
	cents, err := assemble(text, units, decimals, negative)
	if err != nil {
		return Reading{}, err
	}
	return Reading{Cents: cents, Currency: currency, Ambiguous: ambiguous}, nil
}

// foldSpaces turns every kind of blank into a plain space, every dash into a hyphen, and trims the
// ends.
func foldSpaces(text string) string {
	fold := func(r rune) rune {
		switch r {
		case '\u2010', '\u2011', '\u2012', '\u2013', '\u2212':
			return '-'
		case '\u2019', '\u02bc':
			return '\''
		case '\n', '\r':
			return r
		}
		if unicode.IsSpace(r) {
			return ' '
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

// cutCurrency takes currency words off both ends: "€", "EUR", "EUROS", "CHF", and "120,00 € EUR". It
// is not ok when they name two currencies.
func cutCurrency(text string) (body string, currency Currency, ok bool) {
	for ok = true; ; {
		text = strings.TrimSpace(text)
		rest, found := cutOneCurrency(text)
		if found == "" {
			return text, currency, ok
		}
		ok = ok && (currency == "" || currency == found)
		currency, text = found, rest
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
	for _, word := range []string{"EUROS", "EURO", "EUR"} {
		if n := len(text) - len(word); n > 0 && strings.EqualFold(text[n:], word) && !isLetter(text[n-1]) {
			return text[:n], EUR
		}
	}
	if n := len(text) - 3; n > 0 {
		if isCode(text[n:]) && !isLetter(text[n-1]) {
			return text[:n], Currency(text[n:])
		}
		if isCode(text[:3]) && !isLetter(text[3]) {
			return text[3:], Currency(text[:3])
		}
		if strings.EqualFold(text[:3], "EUR") && !isLetter(text[3]) {
			return text[3:], EUR
		}
	}
	return text, ""
}

// isoCodes are the currencies of ISO 4217 that trade is done in; other capitals beside a figure are a
// reference or a word.
const isoCodes = " AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN " +
	"BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD " +
	"FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY " +
	"KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP " +
	"MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR " +
	"RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT " +
	"TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW " +
	"ZWG "

func isCode(word string) bool {
	return isLetter(word[0]) && isLetter(word[1]) && isLetter(word[2]) &&
		strings.Contains(isoCodes, " "+word+" ")
}

func isLetter(b byte) bool { return 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z' || b >= 0x80 }

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
		ambiguous = onlyOne && len(tail) == 3 && !otherMark
	}
	units, ok = joinGroups(text, "")
	return units, "", ambiguous, ok
}

// joinGroups removes one kind of thousands mark, different from the decimal mark, and checks that
// it parts groups of three digits, the first of which does not begin with a zero: "0.123" is a
// fraction.
func joinGroups(text, decimalMark string) (string, bool) {
	if allDigits(text) {
		return text, true
	}
	for _, mark := range []string{" ", ".", ",", "'"} {
		if mark == decimalMark || !strings.Contains(text, mark) {
			continue
		}
		groups := strings.Split(text, mark)
		if strings.HasPrefix(text, "0") {
			return "", false
		}
		for i, group := range groups {
			if !allDigits(group) || i > 0 && len(group) != 3 || len(group) > 3 {
				return "", false
			}
		}
		return strings.Join(groups, ""), true
	}
	return "", false
}
