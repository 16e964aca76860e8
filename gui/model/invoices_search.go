package model

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dument/app/money"
)

// Folded is a text in lower case without the accents of French, as searches compare it.
func Folded(text string) string { return string(appendFolded(make([]byte, 0, len(text)), text)) }

var accents = map[rune]string{'à': "a", 'â': "a", 'ä': "a", 'á': "a", 'ç': "c", 'é': "e", 'è': "e", 'ê': "e",
	'ë': "e", 'î': "i", 'ï': "i", 'í': "i", 'ñ': "n", 'ô': "o", 'ö': "o", 'ó': "o", 'ù': "u", 'û': "u", 'ü': "u",
	'ú': "u", 'ÿ': "y", 'œ': "oe", 'æ': "ae", '’': "'", '\u00a0': " ", '\u202f': " "}

func appendFolded(folded []byte, text string) []byte {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			folded = append(folded, lower(text[i]))
			i++
			continue
		}
		letter, size := utf8.DecodeRuneInString(text[i:])
		i += size
		letter = unicode.ToLower(letter)
		if plain, accented := accents[letter]; accented {
			folded = append(folded, plain...)
		} else {
			folded = utf8.AppendRune(folded, letter)
		}
	}
	return folded
}

func lower(letter byte) byte {
	if 'A' <= letter && letter <= 'Z' {
		return letter + 'a' - 'A'
	}
	return letter
}

func isLetterOrDigit(b byte) bool {
	b = lower(b)
	return 'a' <= b && b <= 'z' || '0' <= b && b <= '9' || b >= utf8.RuneSelf
}

// amountMark stands before each amount of a searched text, so that what is typed of an amount is
// looked for from its first figure on.
const amountMark = '='

func appendAmount(text []byte, cents money.Cents) []byte {
	return append(append(text, '\n', amountMark), cents.String()...)
}

// invoiceQuery is a search as read once for all rows.
type invoiceQuery struct {
	words []string
	// amount is the beginning of an amount with its mark, "" when the text is none.
	amount string
}

func (q invoiceQuery) empty() bool { return len(q.words) == 0 && q.amount == "" }

func (q invoiceQuery) matches(folded string) bool {
	if q.amount != "" && strings.Contains(folded, q.amount) {
		return true
	}
	for _, word := range q.words {
		if !strings.Contains(folded, word) {
			return false
		}
	}
	return len(q.words) > 0 || q.amount == ""
}

// readQuery parts a text into words; a text of figures may be an amount as well.
func readQuery(text string) invoiceQuery {
	folded := strings.TrimSpace(Folded(text))
	if folded == "" {
		return invoiceQuery{}
	}
	query := invoiceQuery{words: strings.Fields(folded)}
	if amount, is := beginningOfAmount(folded); is {
		query.amount = string(amountMark) + amount
	}
	return query
}

// beginningOfAmount reads what is typed of an amount: spaces part thousands, the last comma or point
// parts the cents. "1234,5" begins 1234.50; "12" begins 12.00 and 1250.00 alike.
func beginningOfAmount(text string) (amount string, is bool) {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(text, "€"), "eur"))
	text = strings.ReplaceAll(text, " ", "")
	mark := strings.LastIndexAny(text, ",.")
	units, cents := text, ""
	if mark >= 0 {
		units, cents = text[:mark], "."+text[mark+1:]
	}
	if len(cents) > 3 { // "1.234": the mark parts thousands
		units, cents = units+cents[1:], ""
	}
	units = strings.NewReplacer(",", "", ".", "").Replace(units)
	if units == "" || strings.Trim(units, "0123456789") != "" || strings.Trim(cents, "0123456789.") != "" {
		return "", false
	}
	return strings.TrimLeft(units[:len(units)-1], "0") + units[len(units)-1:] + cents, true
}
