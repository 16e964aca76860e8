package letter

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of NF Z10-011 for an address in France.
const (
	addressLinesMax      = 6
	addressCharactersMax = 38
	addressCapitalLines  = 3 // the last ones: street, place, postcode and town
)

// foldings are the letters that do not decompose into a base letter and marks.
var foldings = strings.NewReplacer("Œ", "OE", "œ", "oe", "Æ", "AE", "æ", "ae", "ß", "ss", "Ø", "O", "ø", "o",
	"Ł", "L", "ł", "l", "Đ", "D", "đ", "d", "Ð", "D", "ð", "d", "Þ", "TH", "þ", "th", "ı", "i", "ŋ", "n",
	"Ŋ", "N",
	"ħ", "h", "Ħ", "H", "ŧ", "t", "Ŧ", "T", "ĸ", "k", "ſ", "s", "Ŀ", "L", "ŀ", "l", "Ĳ", "IJ", "ĳ", "ij")

// withoutAccents writes a text in unaccented letters.
func withoutAccents(text string) string {
	decomposed := norm.NFD.String(foldings.Replace(text))
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, decomposed)
}

// ascii is the text in plain ASCII letters, as banking codes want it; what has no equivalent becomes a
// space.
func ascii(text string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case r == '’':
			return '\''
		case r == '–' || r == '—':
			return '-'
		case r > unicode.MaxASCII || r < ' ':
			return ' '
		}
		return r
	}, withoutAccents(text))
	return strings.Join(strings.Fields(plain), " ")
}

// postal writes one of the last lines: capitals, no accent, no punctuation.
func postal(line string) string {
	upper := strings.ToUpper(withoutAccents(line))
	plain := strings.Map(func(r rune) rune {
		switch {
		case r == '.':
			return -1
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
			return r
		}
		return ' '
	}, upper)
	return strings.Join(strings.Fields(plain), " ")
}

// addressBlock lays the lines of the window by NF Z10-011. The refusal names the line.
func addressBlock(debtor Debtor) ([]string, *Refusal) {
	if len(debtor.AddressLines) < 2 {
		return nil, refuse(Missing, "debtor.address", "a street and a town are needed")
	}
	if len(debtor.AddressLines) > addressLinesMax-1 {
		return nil, refuse(TooManyLines, "debtor.address", "%d lines with the name, at most %d",
			len(debtor.AddressLines)+1, addressLinesMax)
	}
	block := []string{debtor.Name}
	for i, line := range debtor.AddressLines {
		if len(debtor.AddressLines)-i <= addressCapitalLines {
			line = postal(line)
		}
		if line == "" {
			return nil, refuse(Missing, "debtor.address["+strconv.Itoa(i)+"]", "a line of an address cannot be blank")
		}
		block = append(block, line)
	}
	for i, line := range block {
		if length := utf8.RuneCountInString(line); length > addressCharactersMax {
			field := "debtor.name"
			if i > 0 {
				field = "debtor.address[" + strconv.Itoa(i-1) + "]"
			}
			return nil, refuse(TooLong, field, "%d characters, at most %d", length, addressCharactersMax)
		}
	}
	return block, nil
}
