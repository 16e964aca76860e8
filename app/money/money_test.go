package money

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want Cents
		err  error
	}{
		{"1850.00", 1850_00, nil},
		{"-1850.00", -1850_00, nil},
		{"+12.5", 12_50, nil},
		{"12", 12_00, nil},
		{"0.01", 1, nil},
		{"-0.00", 0, nil},
		{"0000000000000012.00", 12_00, nil},
		{"10000000000.00", MaxCents, nil},
		{"-10000000000.00", -MaxCents, nil},
		{"10000000000.01", 0, ErrRange},
		{"99999999999", 0, ErrRange},
		{"123456789012345678901234567890", 0, ErrRange},
		{"", 0, ErrSyntax},
		{"-", 0, ErrSyntax},
		{"--1", 0, ErrSyntax},
		{"+-1", 0, ErrSyntax},
		{".5", 0, ErrSyntax},
		{"5.", 0, ErrSyntax},
		{"1.234", 0, ErrSyntax},
		{"1,23", 0, ErrSyntax},
		{"1 234.00", 0, ErrSyntax},
		{" 12.00", 0, ErrSyntax},
		{"12.00 €", 0, ErrSyntax},
		{"1e3", 0, ErrSyntax},
		{"٣", 0, ErrSyntax},
		{"NaN", 0, ErrSyntax},
	}
	for _, test := range tests {
		got, err := Parse(test.text)
		if got != test.want || !errors.Is(err, test.err) {
			t.Errorf("%q is %d, %v; want %d, %v", test.text, got, err, test.want, test.err)
		}
	}
}

func TestReadAmounts(t *testing.T) {
	tests := []struct {
		text      string
		cents     Cents
		currency  Currency
		ambiguous bool
	}{
		{"1 234,56 €", 1234_56, EUR, false},
		{"1\u00a0234,56\u00a0€", 1234_56, EUR, false},
		{"1\u202f234,56\u202f€", 1234_56, EUR, false},
		{"1\u2009234\u2009567,89", 1234567_89, "", false},
		{"1.234,56", 1234_56, "", false},
		{"1,234.56", 1234_56, "", false},
		{"1.234.567,89", 1234567_89, "", false},
		{"1,234,567.89", 1234567_89, "", false},
		{"1'234.56", 1234_56, "", false},
		{"1’234.56 CHF", 1234_56, "CHF", false},
		{"1234.56", 1234_56, "", false},
		{"1234,5", 1234_50, "", false},
		{"1.234.567", 1234567_00, "", false},
		{"1 234", 1234_00, "", false},
		{"1.234", 1234_00, "", true},
		{"1,234", 1234_00, "", true},
		{"12,345 €", 12345_00, EUR, true},
		{"0,50", 50, "", false},
		{"+ 1 234,56 EUR", 1234_56, EUR, false},
		{"-12,00", -12_00, "", false},
		{"\u221212,00 €", -12_00, EUR, false},
		{"\u201312,00 €", -12_00, EUR, false},
		{"12,00-", -12_00, "", false},
		{"12,00 -", -12_00, "", false},
		{"(12,00)", -12_00, "", false},
		{"(12,00 €)", -12_00, EUR, false},
		{"€12", 12_00, EUR, false},
		{"-€12", -12_00, EUR, false},
		{"€-12", -12_00, EUR, false},
		{"EUR 12,00", 12_00, EUR, false},
		{"EUR12.00", 12_00, EUR, false},
		{"12,00 eur", 12_00, EUR, false},
		{"12,00 Euros", 12_00, EUR, false},
		{"120,00 € EUR", 120_00, EUR, false},
		{"$1,234.50", 1234_50, "USD", false},
		{"£12", 12_00, "GBP", false},
		{"12.00 XPF", 12_00, "XPF", false},
		{"  12,00\t", 12_00, "", false},
		{"10 000 000 000,00", MaxCents, "", false},
	}
	for _, test := range tests {
		got, err := Read(test.text)
		if want := (Reading{test.cents, test.currency, test.ambiguous}); err != nil || got != want {
			t.Errorf("%q is read as %+v, %v; want %+v", test.text, got, err, want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, text := range []string{
		"", " ", "€", "EUR", "-", "()", "abc", "Rendez-vous 12", "12 rue des Lilas", "n° 12", "12 %",
		"1.2.3", "12.34.56", "1,23,456.78", "1.234.56", "1,234,56", "1 23", "12 34", "06 12 34 56 78",
		"1234.567", "1.2345", "0.123", "0,123", "0 123", "012.345", "0.123.456", "1.234 567", "1 234.567",
		"1'234 567", "1,234.567", "12,", ",50", ".", ",", "--5", "-(5)", "(5", "5)", "-5-", "1e3", "0x12",
		"12,00 €€ USD", "€12 USD", "12 EUR CHF", "FAC 12", "REF12", "12 HTV", "12 lot", "cad 12", "top 12", "٣",
		"1\n234,00", "1  234,00", "21/11/2026", "2026-11-21", "12:30", "1_000",
	} {
		if got, err := Read(text); !errors.Is(err, ErrSyntax) {
			t.Errorf("%q is read as %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"10 000 000 000,01", "99 999 999 999 999 €", "-12345678901234567890"} {
		if got, err := Read(text); !errors.Is(err, ErrRange) {
			t.Errorf("%q is read as %+v, %v", text, got, err)
		}
	}
}

func TestWrite(t *testing.T) {
	tests := []struct {
		cents                                           Cents
		machine, figureFR, figureEN, formatFR, formatEN string
	}{
		{0, "0.00", "0,00", "0.00", "0,00_€", "€0.00"},
		{5, "0.05", "0,05", "0.05", "0,05_€", "€0.05"},
		{-5, "-0.05", "-0,05", "-0.05", "-0,05_€", "-€0.05"},
		{999_99, "999.99", "999,99", "999.99", "999,99_€", "€999.99"},
		{1000_00, "1000.00", "1~000,00", "1,000.00", "1~000,00_€", "€1,000.00"},
		{3743_53, "3743.53", "3~743,53", "3,743.53", "3~743,53_€", "€3,743.53"},
		{-123456_70, "-123456.70", "-123~456,70", "-123,456.70", "-123~456,70_€", "-€123,456.70"},
		{MaxCents, "10000000000.00", "10~000~000~000,00", "10,000,000,000.00", "10~000~000~000,00_€",
			"€10,000,000,000.00"},
	}
	spaces := strings.NewReplacer("~", "\u202f", "_", "\u00a0")
	for _, test := range tests {
		got := []string{test.cents.String(), test.cents.Figure("fr"), test.cents.Figure("en"),
			test.cents.Format(EUR, "fr"), test.cents.Format(EUR, "en")}
		want := []string{test.machine, test.figureFR, test.figureEN, test.formatFR, test.formatEN}
		for i := range want {
			if got[i] != spaces.Replace(want[i]) {
				t.Errorf("%d is written %q, want %q", int64(test.cents), got[i], want[i])
			}
		}
	}
	if got := Cents(-12_00).Format("CHF", "en"); got != "-CHF\u00a012.00" {
		t.Errorf("francs in English: %q", got)
	}
	if got := Cents(12_00).Format("CHF", "fr"); got != "12,00\u00a0CHF" {
		t.Errorf("francs in French: %q", got)
	}
}

func TestWrittenAmountsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := Cents(rapid.Int64Range(-int64(MaxCents), int64(MaxCents)).Draw(t, "cents"))
		if got, err := Parse(cents.String()); err != nil || got != cents {
			t.Fatalf("%s is parsed as %s, %v", cents, got, err)
		}
		currency := rapid.SampledFrom([]Currency{EUR, "CHF", "USD"}).Draw(t, "currency")
		for _, language := range []string{"fr", "en"} {
			text := cents.Format(currency, language)
			if got, err := Read(text); err != nil || got != (Reading{Cents: cents, Currency: currency}) {
				t.Fatalf("%q is read as %+v, %v", text, got, err)
			}
		}
	})
}

func TestJSON(t *testing.T) {
	type row struct {
		Amount Cents `json:"amount"`
	}
	text, err := json.Marshal(row{-1850_00})
	if err != nil || string(text) != `{"amount":"-1850.00"}` {
		t.Fatalf("%s, %v", text, err)
	}
	var back row
	if err := json.Unmarshal(text, &back); err != nil || back.Amount != -1850_00 {
		t.Errorf("%+v, %v", back, err)
	}
	for _, bad := range []string{`{"amount":12.5}`, `{"amount":"12,50"}`, `{"amount":""}`, `{"amount":true}`} {
		if err := json.Unmarshal([]byte(bad), &back); !errors.Is(err, ErrSyntax) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestSmallThings(t *testing.T) {
	if Cents(-3).Abs() != 3 || Cents(3).Abs() != 3 {
		t.Error("Abs")
	}
	if !MaxCents.Valid() || !(-MaxCents).Valid() || (MaxCents + 1).Valid() || (-MaxCents - 1).Valid() {
		t.Error("Valid")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"1850.00", "-0.5", "+12", "10000000000.01", ".", "1.234"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		cents, err := Parse(text)
		if err != nil {
			if cents != 0 || !errors.Is(err, ErrSyntax) && !errors.Is(err, ErrRange) {
				t.Fatalf("%q: %d, %v", text, cents, err)
			}
			return
		}
		if again, err := Parse(cents.String()); err != nil || again != cents || !cents.Valid() {
			t.Fatalf("%q is %s, then %s, %v", text, cents, again, err)
		}
		// What a machine writes, a person's reader understands alike.
		if read, err := Read(text); err != nil || read.Cents != cents || read.Ambiguous {
			t.Fatalf("%q is parsed as %s and read as %+v, %v", text, cents, read, err)
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"1 234,56 €", "1.234.567,89", "(12,00)", "12,00-", "€12", "1'234.56 CHF",
		"Rendez-vous 12",
		"0.123", "€ 12 $", "\u22125"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		reading, err := Read(text)
		if err != nil {
			if reading != (Reading{}) || !errors.Is(err, ErrSyntax) && !errors.Is(err, ErrRange) {
				t.Fatalf("%q: %+v, %v", text, reading, err)
			}
			return
		}
		// The digits of the text, without marks, are those of the amount.
		want := strings.TrimLeft(digitsOf(text), "0")
		got := strings.TrimLeft(digitsOf(reading.Cents.String()), "0")
		if !strings.HasPrefix(got, want) || strings.Trim(got[len(want):], "0") != "" || len(got) > len(want)+2 {
			t.Fatalf("%q is read as %s", text, reading.Cents)
		}
	})
}

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}
