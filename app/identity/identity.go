// Package identity checks and normalises the numbers that identify businesses, accounts, references
// and registered letters: SIREN, SIRET, VAT number, IBAN, BIC, creditor reference, tracking number.
//
// Every Parse function accepts the number as people write it, with blanks, dots and small letters,
// and returns the one form that is stored: capitals and digits without blanks. Its error wraps
// ErrSyntax when the text has not the shape of such a number, ErrChecksum when it has but its check
// digits do not agree, which means a slip of the pen. A number that passes is well formed; that it
// exists is another matter.
package identity

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// ErrSyntax says that a text has not the length or the characters of the number it should be.
var ErrSyntax = errors.New("wrong form")

// ErrChecksum says that the check digits do not agree with the others.
var ErrChecksum = errors.New("check digits do not agree")

func failure(kind, text string, err error) error {
	return fmt.Errorf("identity: %s %q: %w", kind, text, err)
}

// compact drops blanks, dots and hyphens, and writes letters as capitals. What is neither a letter
// nor a digit of ASCII stays, so that the checks refuse it.
func compact(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '.', r == '-', r == '\u2011':
			return -1
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, text)
}

func isDigit(b byte) bool  { return '0' <= b && b <= '9' }
func isLetter(b byte) bool { return 'A' <= b && b <= 'Z' }

// matches reports whether every byte of text belongs, and that there is one.
func matches(text string, belongs func(byte) bool) bool {
	for i := range len(text) {
		if !belongs(text[i]) {
			return false
		}
	}
	return text != ""
}

func isDigits(text string) bool { return matches(text, isDigit) }

func isAlphanumeric(text string) bool {
	return matches(text, func(b byte) bool { return isDigit(b) || isLetter(b) })
}

// mod97 is the remainder of ISO 7064 mod 97: letters count as 10 to 35.
func mod97(text string) int {
	remainder := 0
	for i := range len(text) {
		if isDigit(text[i]) {
			remainder = (remainder*10 + int(text[i]-'0')) % 97
		} else {
			remainder = (remainder*100 + int(text[i]-'A') + 10) % 97
		}
	}
	return remainder
}

// luhn reports whether the digits pass the Luhn check.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		value := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			value *= 2
			if value > 9 {
				value -= 9
			}
		}
		sum += value
	}
	return sum%10 == 0
}

// grouped writes text in groups of the given sizes, the last size repeated, parted by no-break
// spaces.
func grouped(text string, sizes ...int) string {
	var made strings.Builder
	for i := 0; text != ""; i++ {
		if i > 0 {
			made.WriteString("\u00a0")
		}
		size := min(sizes[min(i, len(sizes)-1)], len(text))
		made.WriteString(text[:size])
		text = text[size:]
	}
	return made.String()
}
