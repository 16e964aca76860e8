package exchange

import (
	"strings"

	"golang.org/x/text/currency"

	"dument/app/money"
)

// figure is an amount taken apart, before it is known which mark is the decimal one.
type figure struct {
	body     string // digits with the marks . , ' and blanks
	negative bool
	currency money.Currency // empty when none stands beside the figure
}

// blanks turns the spaces, minus signs and apostrophes of print into those of a typewriter.
var blanks = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u2007", " ", "\u2002", " ",
	"\u2003", " ", "\t", " ", "\u2212", "-", "\u2013", "-", "\u2019", "'")

// cutFigure takes sign, accounting parentheses and currency off an amount; ok is false when what is
// left is not made of digits and marks. A leading apostrophe is a spreadsheet's text mark.
func cutFigure(text string) (f figure, ok bool) {
	if isPlainFigure(text) {
		return figure{body: text}, true
	}
	if !isASCII(text) {
		text = blanks.Replace(text)
	}
	text = strings.TrimSpace(strings.TrimPrefix(text, "'"))
	signs, units := 0, 0
	for text != "" {
		rest, isSign := cutSign(text, &f)
		if isSign {
			signs++
			text = strings.TrimSpace(rest)
			continue
		}
		rest, unit, known := cutUnit(text)
		if !known {
			break
		}
		units++
		f.currency, text = unit, strings.TrimSpace(rest)
	}
	if signs > 1 || units > 1 {
		return figure{}, false
	}
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && c != '.' && c != ',' && c != ' ' && c != '\'' {
			return figure{}, false
		}
	}
	f.body = text
	return f, text != ""
}

func isPlainFigure(text string) bool {
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && c != '.' && c != ',' {
			return false
		}
	}
	return text != ""
}

func cutSign(text string, f *figure) (rest string, found bool) {
	last := len(text) - 1
	switch {
	case text[0] == '(' && text[last] == ')' && last > 0:
		f.negative = true
		return text[1:last], true
	case text[0] == '-':
		f.negative = true
		return text[1:], true
	case text[last] == '-':
		f.negative = true
		return text[:last], true
	case text[0] == '+':
		return text[1:], true
	}
	return text, false
}

// cutUnit takes one currency off either end.
func cutUnit(text string) (rest string, unit money.Currency, found bool) {
	isUnit := func(r rune) bool { return (r < '0' || r > '9') && !strings.ContainsRune(".,' ()-+", r) }
	tail := strings.TrimRightFunc(text, isUnit)
	if unit, found = currencyOf(text[len(tail):]); found {
		return tail, unit, true
	}
	head := strings.TrimLeftFunc(text, isUnit)
	if unit, found = currencyOf(text[:len(text)-len(head)]); found {
		return head, unit, true
	}
	return text, "", false
}

// currencyOf understands a currency's sign, its ISO 4217 code, and the word euro.
func currencyOf(word string) (money.Currency, bool) {
	switch upper := strings.ToUpper(word); upper {
	case "€", "EUR", "EURO", "EUROS":
		return money.EUR, true
	case "$", "USD":
		return "USD", true
	case "£", "GBP":
		return "GBP", true
	case "":
		return "", false
	default:
		unit, err := currency.ParseISO(upper)
		if err != nil {
			return "", false
		}
		return money.Currency(unit.String()), true
	}
}

// decimalMark says which mark the figure proves to be its decimal one: '.' or ',', or 0 when it
// proves nothing. ambiguous: a single mark with exactly three digits behind it, which may part
// thousands or decimals.
func (f figure) decimalMark() (mark byte, ambiguous bool) {
	dots, commas := strings.Count(f.body, "."), strings.Count(f.body, ",")
	last := strings.LastIndexAny(f.body, ".,")
	switch {
	case last < 0:
		return 0, false
	case dots > 0 && commas > 0:
		if mark = f.body[last]; strings.Count(f.body, f.body[last:last+1]) > 1 {
			return 0, false
		}
		return mark, false
	case dots > 1:
		return ',', false
	case commas > 1:
		return '.', false
	}
	head, tail := f.body[:last], f.body[last+1:]
	if len(tail) != 3 || head == "" || len(head) > 3 || head[0] == '0' || strings.ContainsAny(head, " '") {
		return f.body[last], false
	}
	return 0, true
}

// cents reads the figure with its decimal mark known, 0 when the column has no mark at all. The code
// is empty, or says why it cannot be read.
func (f figure) cents(mark byte) (amount money.Cents, code string) {
	units, decimals := f.body, ""
	if mark != 0 {
		if at := strings.LastIndexByte(f.body, mark); at >= 0 {
			units, decimals = f.body[:at], f.body[at+1:]
			if decimals == "" || !isDigits(decimals) {
				return 0, "amount_unreadable"
			}
		}
	}
	value, ok := groupedUnits(units, mark)
	if !ok {
		return 0, "amount_unreadable"
	}
	if strings.Trim(decimals[min(2, len(decimals)):], "0") != "" {
		return 0, "amount_precision"
	}
	if value < 0 || value > int64(money.MaxCents/100) {
		return 0, "amount_range"
	}
	value *= 100
	if len(decimals) > 0 {
		value += 10 * int64(decimals[0]-'0')
	}
	if len(decimals) > 1 {
		value += int64(decimals[1] - '0')
	}
	if money.Cents(value) > money.MaxCents {
		return 0, "amount_range"
	}
	if f.negative {
		value = -value
	}
	return money.Cents(value), ""
}

// groupedUnits reads digits parted by one kind of mark in groups of three. A value that is too large
// comes back negative.
func groupedUnits(text string, decimalMark byte) (value int64, ok bool) {
	group, run, groups := byte(0), 0, 0
	for i := range len(text) {
		c := text[i]
		if c >= '0' && c <= '9' {
			run++
			if value >= 0 {
				if value = value*10 + int64(c-'0'); value > int64(money.MaxCents) {
					value = -1
				}
			}
			continue
		}
		if c == decimalMark || group != 0 && c != group || run == 0 || run > 3 || groups > 0 && run != 3 {
			return 0, false
		}
		group, run = c, 0
		groups++
	}
	if groups > 0 && run != 3 || text == "" && decimalMark == 0 {
		return 0, false
	}
	return value, true
}

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}
