package ledger_test

import (
	"errors"
	"testing"

	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

func TestGuessKindIsNeverSevererThanProved(t *testing.T) {
	tests := []struct {
		name, siren string
		kind        law.Debtor
		origin      ledger.Origin
	}{
		{"Client A", "", law.Consumer, ledger.OriginAssumed},
		{"Mme Odile Perrin", "", law.Consumer, ledger.OriginAssumed},
		{"Boulangerie Morel SARL", "", law.Business, ledger.OriginLegalForm},
		{"S.A.R.L. Morel", "", law.Business, ledger.OriginLegalForm},
		{"Sarah Lannes", "", law.Consumer, ledger.OriginAssumed},     // not every "SA"
		{"Isabelle Sassone", "", law.Consumer, ledger.OriginAssumed}, // nor every "SAS"
		{"Martin Dupuis", "732829320", law.Business, ledger.OriginSiren},
		{"Commune de Valcombe", "", law.Public, ledger.OriginPublicName},
		{"Commune de Valcombe", "213400000", law.Public, ledger.OriginPublicName},
		{"Mairie de Saint-Aubin", "", law.Public, ledger.OriginPublicName},
		{"Hôtel de la Mairie", "", law.Consumer, ledger.OriginAssumed},
	}
	for _, test := range tests {
		kind, origin := ledger.GuessKind(test.name, test.siren)
		if kind != test.kind || origin != test.origin {
			t.Errorf("%s: %s (%s), want %s (%s)", test.name, kind, origin, test.kind, test.origin)
		}
	}
}

func TestNextNumber(t *testing.T) {
	known := func(numbers ...string) func(func(string)) {
		return func(each func(string)) {
			for _, number := range numbers {
				each(number)
			}
		}
	}
	tests := []struct {
		pattern string
		known   []string
		want    string
	}{
		{"F{year}-{number:04}", nil, "F2026-0001"},
		{"F{year}-{number:04}", []string{"F2026-0007", "F2026-0003"}, "F2026-0008"},
		{"F{year}-{number:04}", []string{"F2025-0099", "A2026-0050", "F2026-12a"}, "F2026-0001"},
		{"F{year}-{number:04}", []string{"F2026-9999"}, "F2026-10000"},
		{"{number}/{year}", []string{"41/2026"}, "42/2026"},
	}
	for _, test := range tests {
		got, err := ledger.NextNumber(test.pattern, 2026, known(test.known...))
		if err != nil || got != test.want {
			t.Errorf("%s after %v: %q, %v, want %q", test.pattern, test.known, got, err, test.want)
		}
	}
	for _, wrong := range []string{"", "F{year}", "F{number", "F{number:x}", "F{number:99}", "F{month}{number}"} {
		if got, err := ledger.NextNumber(wrong, 2026, known()); !errors.Is(err, ledger.ErrInvalid) {
			t.Errorf("%q: %q, %v", wrong, got, err)
		}
	}
}

func TestDueDate(t *testing.T) {
	issued := date.Must("2026-01-15")
	tests := []struct {
		client, creditor int
		want             string
		origin           ledger.Origin
	}{
		{45, 30, "2026-03-01", ledger.OriginClientTerms},
		{0, 15, "2026-01-30", ledger.OriginClientTerms},
		{0, 0, "2026-02-14", ledger.OriginLegalDefault},
	}
	for _, test := range tests {
		due, origin := ledger.DueDate(issued, ledger.Client{PaymentDays: test.client},
			ledger.Terms{PaymentDays: test.creditor})
		if due != date.Must(test.want) || origin != test.origin {
			t.Errorf("%+v: %v (%s)", test, due, origin)
		}
	}
}

func valid() ledger.Invoice {
	return ledger.Invoice{Number: "F1", Client: 1, Type: ledger.TypeInvoice, Amount: 100, Currency: money.EUR,
		Issued: date.Must("2026-01-15"), Due: date.Must("2026-02-14")}
}

func TestInvoiceRules(t *testing.T) {
	if err := valid().Validate(); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		field, code string
		change      func(*ledger.Invoice)
	}{
		{"number", "empty", func(i *ledger.Invoice) { i.Number = "  " }},
		{"number", "control_character", func(i *ledger.Invoice) { i.Number = "F\n1" }},
		{"client", "empty", func(i *ledger.Invoice) { i.Client = 0 }},
		{"amount", "out_of_range", func(i *ledger.Invoice) { i.Amount = 0 }},
		{"amount", "out_of_range", func(i *ledger.Invoice) { i.Amount = money.MaxCents + 1 }},
		{"currency", "unknown_currency", func(i *ledger.Invoice) { i.Currency = "" }},
		{"issued", "too_old", func(i *ledger.Invoice) { i.Issued = date.Must("1999-12-31") }},
		{"due", "before_issued", func(i *ledger.Invoice) { i.Due = date.Must("2026-01-14") }},
		{"corrects", "not_a_credit_note", func(i *ledger.Invoice) { i.Corrects = 2 }},
	}
	for _, test := range tests {
		invoice := valid()
		test.change(&invoice)
		var field *ledger.FieldError
		if err := invoice.Validate(); !errors.As(err, &field) || field.Field != test.field || field.Code != test.code {
			t.Errorf("%s %s: %v", test.field, test.code, err)
		}
	}
}

func TestSettingsRules(t *testing.T) {
	if err := (ledger.Settings{}).WithDefaults().Validate(); err != nil {
		t.Fatalf("the defaults: %v", err)
	}
	tests := []struct {
		field  string
		change func(*ledger.Settings)
	}{
		{"creditor.status", func(s *ledger.Settings) { s.Creditor.Status = "roi" }},
		{"terms.imputation", func(s *ledger.Settings) { s.Terms.Imputation = "costs-first" }},
		{"terms.penalty_rate", func(s *ledger.Settings) { s.Terms.PenaltyRate = "beaucoup" }},
		{"terms.payment_days", func(s *ledger.Settings) { s.Terms.PaymentDays = 400 }},
		{"mailbox.security", func(s *ledger.Settings) { s.Mailbox.Security = "ssl" }},
		{"accounts.kind", func(s *ledger.Settings) { s.Accounts = []ledger.MoneyAccount{{Kind: "shop"}} }},
		{"accounts.domains", func(s *ledger.Settings) { s.Accounts = []ledger.MoneyAccount{{Kind: "bank"}} }},
	}
	for _, test := range tests {
		settings := (ledger.Settings{}).WithDefaults()
		test.change(&settings)
		var field *ledger.FieldError
		if err := settings.Validate(); !errors.As(err, &field) || field.Field != test.field {
			t.Errorf("%s: %v", test.field, err)
		}
	}
}

func TestALetterThatFoundNobodyStartsNothing(t *testing.T) {
	account := ledger.Account{Letters: []ledger.LetterMade{
		{Kind: ledger.LetterFormalNotice, Presented: date.Must("2026-08-05"), Invalid: true},
		{Kind: ledger.LetterFormalNotice, Presented: date.Must("2026-09-10")},
		{Kind: ledger.LetterFormalNotice, Presented: date.Must("2026-09-02")},
	}}
	if got := account.Debt("").Presented; got != date.Must("2026-09-02") {
		t.Errorf("interest would start after %v", got)
	}
}
