package law

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ErrRate is wrapped by every error of ParseRate.
var ErrRate = errors.New("not a yearly rate in percent")

// onePercent is 1 % as a Rate.
const onePercent Rate = 10_000

// maxContractRate bounds what ParseRate and Claim take for a rate: 100 % a year.
const maxContractRate = 100 * onePercent

// ParseRate reads a yearly rate in percent: "12.15", "12,15", with a percent sign or without, with
// four decimals at most, from 0 to 100. The error wraps ErrRate.
func ParseRate(text string) (Rate, error) {
	body := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%"))
	units, decimals, hasMark := strings.Cut(strings.Replace(body, ",", ".", 1), ".")
	if !isDigits(units) || len(units) > 3 || hasMark && (!isDigits(decimals) || len(decimals) > 4) {
		return 0, fmt.Errorf("law: %q: %w", text, ErrRate)
	}
	value, err := strconv.ParseInt(units+(decimals + "0000")[:4], 10, 64)
	if err != nil || Rate(value) > maxContractRate {
		return 0, fmt.Errorf("law: %q: %w", text, ErrRate)
	}
	return Rate(value), nil
}

// String writes the rate in percent without its sign: "12.15", two decimals, or up to four when it
// needs them.
func (r Rate) String() string {
	sign := ""
	if r < 0 {
		sign, r = "-", -r
	}
	decimals := strconv.FormatInt(int64(onePercent+r%onePercent), 10)[1:]
	decimals = decimals[:2] + strings.TrimRight(decimals[2:], "0")
	return sign + strconv.FormatInt(int64(r/onePercent), 10) + "." + decimals
}

// Percent writes the rate for people: "12,15 %" in French with a no-break space before the sign,
// "12.15%" otherwise.
func (r Rate) Percent(language string) string {
	if language == "fr" {
		return strings.Replace(r.String(), ".", ",", 1) + "\u00a0%"
	}
	return r.String() + "%"
}

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}
