package letter_test

import (
	"os"
	"testing"

	"pgregory.net/rapid"

	"dument/app/date"
	"dument/app/law"
	"dument/app/letter"
	"dument/app/letter/sample"
	"dument/app/money"
)

func shippedRates(t *testing.T) *law.Rates {
	t.Helper()
	ecb, err := os.ReadFile("../../assets/law/ecb_refi.csv")
	if err != nil {
		t.Fatal(err)
	}
	legal, err := os.ReadFile("../../assets/law/legal_rates.csv")
	if err != nil {
		t.Fatal(err)
	}
	rates, err := law.ParseRates(ecb, legal)
	if err != nil {
		t.Fatal(err)
	}
	return rates
}

// Whatever the engine computes for a late invoice, with any payments and credit notes, in either order of
// imputation, can be written as a letter whose figures add up.
func TestEveryClaimOfTheEngineMakesALetter(t *testing.T) {
	rates, parsed := shippedRates(t), wording(t)
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.SampledFrom([]func() letter.Request{sample.Business, sample.Consumer, sample.Public}).
			Draw(t, "letter")()
		r.Imputation = rapid.SampledFrom([]law.Imputation{law.InterestFirst, law.PrincipalFirst}).Draw(t, "order")
		first := r.Items[0]
		r.Items = nil
		total := money.Cents(0)
		for range rapid.IntRange(1, 4).Draw(t, "invoices") {
			debt := anyDebt(t, r)
			claim, err := rates.Claim(debt, r.On)
			if err != nil {
				t.Fatal(err)
			}
			if claim.Total <= 0 {
				continue
			}
			item := first
			item.Claim, item.Issued, item.Due, item.Presented = claim, debt.Issued, debt.Due, debt.Presented
			r.Items = append(r.Items, item)
			total += claim.Total
		}
		if len(r.Items) == 0 {
			return
		}
		l, err := letter.Compose(parsed, r)
		if err != nil {
			t.Fatal(err)
		}
		if l.Total != total {
			t.Fatalf("letter asks %s, claims add up to %s", l.Total, total)
		}
		if l.Regime == law.Consumer && l.Indemnity+l.Costs != 0 {
			t.Fatalf("a consumer is asked %s of indemnity", l.Indemnity)
		}
		last := l.Statement.Tables[len(l.Statement.Tables)-1]
		columnSum(t, last)
	})
}

func anyDebt(t *rapid.T, r letter.Request) law.Debt {
	due := r.On.AddDays(-rapid.IntRange(1, 900).Draw(t, "days late"))
	debt := law.Debt{
		Debtor: r.Debtor.Kind, Amount: money.Cents(rapid.Int64Range(1, 20_000_00).Draw(t, "amount")),
		Issued: due.AddDays(-30), Due: due, Imputation: r.Imputation,
	}
	if r.Debtor.Kind == law.Consumer && rapid.Bool().Draw(t, "noticed") {
		debt.Presented = anyDay(t, due, r.On)
	}
	for range rapid.IntRange(0, 3).Draw(t, "payments") {
		debt.Payments = append(debt.Payments, law.Payment{Date: anyDay(t, debt.Issued, r.On),
			Amount: money.Cents(rapid.Int64Range(1, 12_000_00).Draw(t, "paid"))})
	}
	if rapid.Bool().Draw(t, "credited") {
		debt.Credits = []law.Credit{{Date: anyDay(t, debt.Issued, r.On),
			Amount: money.Cents(rapid.Int64Range(1, int64(debt.Amount)).Draw(t, "credit"))}}
	}
	return debt
}

func anyDay(t *rapid.T, from, to date.Date) date.Date {
	return from.AddDays(rapid.IntRange(0, to.Sub(from)).Draw(t, "day"))
}

// The engine's own claims give the figures of the model letter.
func TestEngineGivesTheModelLetter(t *testing.T) {
	rates, r := shippedRates(t), sample.Business()
	for i := range r.Items {
		item := &r.Items[i]
		debt := law.Debt{Debtor: law.Business, Amount: item.Claim.Amount, Issued: item.Issued, Due: item.Due,
			Imputation: law.InterestFirst}
		for _, payment := range item.Claim.Imputed {
			debt.Payments = append(debt.Payments, law.Payment{Date: payment.Date, Amount: payment.Amount})
		}
		claim, err := rates.Claim(debt, r.On)
		if err != nil {
			t.Fatal(err)
		}
		item.Claim = claim
	}
	if want, got := words(compose(t, sample.Business())), words(compose(t, r)); want != got {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
