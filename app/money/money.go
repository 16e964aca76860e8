// Package money holds amounts as integer cents, reads them from French and English text, and writes
// them in the house's two typographies.
//
// A float never touches an amount. Arithmetic is plain integer arithmetic; every place where a
// fraction of a cent arises (interest, shares) rounds once, half up, and says so at that place.
package money

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Cents is an amount in hundredths of its currency. It may be negative (a credit note, a refund).
type Cents int64

// Currency is an ISO 4217 code in capitals.
type Currency string

// EUR is the currency of every legal computation; other currencies are kept and never mixed in.
const EUR Currency = "EUR"

// MaxCents bounds every amount that enters the ledger: ten billion euros. Sums of a million such
// amounts still fit in an int64, so additions inside the program need no overflow check.
const MaxCents Cents = 1_000_000_000_000

// ErrSyntax is wrapped by every parsing error of this package.
var ErrSyntax = errors.New("not an amount")

// ErrRange is wrapped when an amount is larger than MaxCents.
var ErrRange = errors.New("amount out of range")

// String writes the machine form: a dot and exactly two decimals, as in "-1850.00".
func (c Cents) String() string {
	negative := c < 0
	units, hundredths := c/100, c%100
	if negative {
		units, hundredths = -units, -hundredths
	}
	text := strconv.FormatInt(int64(units), 10) + "." + twoDigits(int64(hundredths))
	if negative {
		return "-" + text
	}
	return text
}

// MarshalJSON writes the machine form as a JSON string, the companion's contract for money.
func (c Cents) MarshalJSON() ([]byte, error) {
	return []byte(`"` + c.String() + `"`), nil
}

// UnmarshalJSON reads the machine form back.
func (c *Cents) UnmarshalJSON(text []byte) error {
	unquoted, err := strconv.Unquote(string(text))
	if err != nil {
		return fmt.Errorf("money: %s: %w", text, ErrSyntax)
	}
	*c, err = Parse(unquoted)
	return err
}

// Abs is the amount without its sign.
func (c Cents) Abs() Cents {
	if c < 0 {
		return -c
	}
	return c
}

// Valid reports whether c is within ±MaxCents.
func (c Cents) Valid() bool { return -MaxCents <= c && c <= MaxCents }

// Parse reads the machine form: an optional sign, digits, and at most two decimals after a dot.
// Human text goes through Read. The error wraps ErrSyntax or ErrRange.
func Parse(text string) (Cents, error) {
	body, negative := text, false
	if strings.HasPrefix(body, "-") {
		body, negative = body[1:], true
	} else if strings.HasPrefix(body, "+") {
		body = body[1:]
	}
	units, decimals, hasDot := strings.Cut(body, ".")
	if !allDigits(units) || hasDot && (!allDigits(decimals) || len(decimals) > 2) {
		return 0, fmt.Errorf("money: %q: %w", text, ErrSyntax)
	}
	return assemble(text, units, decimals, negative)
}

// assemble joins digits that were already checked. decimals has at most two digits.
func assemble(text, units, decimals string, negative bool) (Cents, error) {
	for len(decimals) < 2 {
		decimals += "0"
	}
	units = strings.TrimLeft(units, "0")
	if len(units) > 11 {
		return 0, fmt.Errorf("money: %q: %w", text, ErrRange)
	}
	value, err := strconv.ParseInt(units+decimals, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("money: %q: %w", text, ErrSyntax)
	}
	cents := Cents(value)
	if negative {
		cents = -cents
	}
	if !cents.Valid() {
		return 0, fmt.Errorf("money: %q: %w", text, ErrRange)
	}
	return cents, nil
}

func allDigits(text string) bool {
	if text == "" {
		return false
	}
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

func twoDigits(n int64) string {
	if n < 10 {
		return "0" + strconv.FormatInt(n, 10)
	}
	return strconv.FormatInt(n, 10)
}
