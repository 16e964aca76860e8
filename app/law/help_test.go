package law

import (
	"os"
	"testing"

	"dument/app/date"
	"dument/app/money"
)

// shipped is the table that the program ships.
func shipped(tb testing.TB) *Rates {
	tb.Helper()
	ecb, err := os.ReadFile("../../assets/law/ecb_refi.csv")
	if err != nil {
		tb.Fatal(err)
	}
	legal, err := os.ReadFile("../../assets/law/legal_rates.csv")
	if err != nil {
		tb.Fatal(err)
	}
	rates, err := ParseRates(ecb, legal)
	if err != nil {
		tb.Fatal(err)
	}
	return rates
}

func cents(tb testing.TB, text string) money.Cents {
	tb.Helper()
	amount, err := money.Parse(text)
	if err != nil {
		tb.Fatal(err)
	}
	return amount
}

func percent(tb testing.TB, text string) Rate {
	tb.Helper()
	rate, err := ParseRate(text)
	if err != nil {
		tb.Fatal(err)
	}
	return rate
}

func semester(tb testing.TB, text string) date.Semester {
	tb.Helper()
	parsed, err := date.ParseSemester(text)
	if err != nil {
		tb.Fatal(err)
	}
	return parsed
}

// day is a date of a table; empty is no date.
func day(text string) date.Date {
	if text == "" {
		return date.Date{}
	}
	return date.Must(text)
}

// failer is what testing.TB and rapid.T have in common.
type failer interface {
	Helper()
	Fatal(args ...any)
}

// claimOf computes a claim that must succeed.
func claimOf(tb failer, rates *Rates, debt Debt, on string) Claim {
	tb.Helper()
	claim, err := rates.Claim(debt, day(on))
	if err != nil {
		tb.Fatal(err)
	}
	return claim
}

// wantCents compares amounts given as text.
func wantCents(tb testing.TB, what string, got money.Cents, want string) {
	tb.Helper()
	if got.String() != want {
		tb.Errorf("%s is %s, want %s", what, got, want)
	}
}
