package model

import (
	"bytes"
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

// searchTexts holds what is searched of all rows in one text, so that a key press reads it in one go:
// for each row the number, the client and the subject without accents, then the number without its
// marks and the amounts, and a zero.
type searchTexts struct {
	all    []byte
	starts []int32 // of each row, in order
}

// add appends the text of the next row; open is written when it differs from the amount.
func (s *searchTexts) add(number, client, subject string, amount, open money.Cents) {
	s.starts = append(s.starts, int32(len(s.all)))
	s.all = appendFolded(s.all, number)
	s.all = appendFolded(append(s.all, ' '), client)
	s.all = appendFolded(append(s.all, ' '), subject)
	s.all = append(s.all, '\n')
	for _, letter := range []byte(number) {
		if isLetterOrDigit(letter) {
			s.all = append(s.all, lower(letter))
		}
	}
	s.all = appendAmount(s.all, amount)
	if open != amount {
		s.all = appendAmount(s.all, open)
	}
	s.all = append(s.all, 0)
}

// row is the text of a row.
func (s *searchTexts) row(i int) []byte {
	if i+1 < len(s.starts) {
		return s.all[s.starts[i]:s.starts[i+1]]
	}
	return s.all[s.starts[i]:]
}

// each calls hit for the rows that hold a word, in order.
func (s *searchTexts) each(word []byte, hit func(i int)) {
	at, i := 0, 0
	for i < len(s.starts) {
		found := bytes.Index(s.all[at:], word)
		if found < 0 {
			return
		}
		found += at
		for i+1 < len(s.starts) && int(s.starts[i+1]) <= found {
			i++
		}
		hit(i)
		at = int(s.starts[i]) + len(s.row(i))
		i++
	}
}

// find marks the rows that a query finds: by its amount, or by all of its words.
func (s *searchTexts) find(query invoiceQuery, found []bool) {
	clear(found)
	if query.amount != "" {
		s.each([]byte(query.amount), func(i int) { found[i] = true })
	}
	if len(query.words) == 0 {
		return
	}
	s.each([]byte(query.words[0]), func(i int) {
		for _, word := range query.words[1:] {
			if !bytes.Contains(s.row(i), []byte(word)) {
				return
			}
		}
		found[i] = true
	})
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
// parts the cents. "1234,5" begins 1234.50; "12" begins 12.00 and 1250.00 alike; "0012" is a number.
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
	const figures = "0123456789"
	isFigure := units != "" && strings.Trim(units, figures) == "" && strings.Trim(cents, figures+".") == ""
	if !isFigure || len(units) > 1 && units[0] == '0' {
		return "", false
	}
	return units + cents, true
}
