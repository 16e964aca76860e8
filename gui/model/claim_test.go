package model

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dument/app/date"
	"dument/app/law"
	"dument/app/money"
	assetslaw "dument/assets/law"
)

func rates(t testing.TB) *law.Rates {
	t.Helper()
	table, err := law.ParseRates(assetslaw.ECB, assetslaw.Legal)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestClaimAsWritten(t *testing.T) {
	w := french(t)
	claim, err := rates(t).Claim(law.Debt{Debtor: law.Business, Amount: 3480_00, Issued: date.Must("2026-04-15"),
		Due: date.Must("2026-05-15")}, today)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Décompte de la facture F1, Brasserie, au 21/11/2026",
		"Période\tJours\tTaux\tMontant",
		"Principal TTC\t\t\t3 480,00",
		"16/05 au 30/06/2026\t46\t12,15 %\t53,29",
		"01/07 au 21/11/2026\t144\t12,40 %\t170,24",
		"Indemnité forfaitaire\t\t\t40,00",
		"Total au 21/11/2026\t\t\t3 743,53",
		"puis 1,18 € par jour · C. com. L441-10, D441-5",
	}
	got := strings.Split(strings.TrimSpace(plainSpaces(ClaimText(w, "F1", "Brasserie", claim, money.EUR))), "\n")
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("line %d: %q, want %q", i+1, got, want[i])
		}
	}
}

func TestClaimOfAConsumerSaysWhyThereIsNoInterest(t *testing.T) {
	claim, err := rates(t).Claim(law.Debt{Debtor: law.Consumer, Amount: 620_00, Issued: date.Must("2026-10-09"),
		Due: date.Must("2026-11-09")}, today)
	if err != nil {
		t.Fatal(err)
	}
	view := ClaimOf(french(t), claim, money.EUR)
	if len(view.Rows) != 1 || !strings.HasPrefix(plainSpaces(view.Caption), "particulier : pas d’intérêts") {
		t.Errorf("%+v", view)
	}
}

// What is printed adds up, whatever was paid or credited and in whichever order it was imputed.
func TestRowsAddUpToTheTotal(t *testing.T) {
	w, table := french(t), rates(t)
	rapid.Check(t, func(r *rapid.T) {
		amount := money.Cents(rapid.Int64Range(1, 5_000_00).Draw(r, "amount"))
		debt := law.Debt{Debtor: rapid.SampledFrom([]law.Debtor{law.Business, law.Consumer, law.Public}).Draw(r, "who"),
			Amount: amount, Issued: date.Must("2026-01-10"), Due: date.Must("2026-02-10"),
			Imputation: rapid.SampledFrom([]law.Imputation{law.InterestFirst, law.PrincipalFirst}).Draw(r, "order")}
		if rapid.Bool().Draw(r, "credited") {
			debt.Credits = []law.Credit{{Date: date.Must("2026-03-01"), Amount: max(1, amount/3)}}
		}
		for range rapid.IntRange(0, 3).Draw(r, "payments") {
			debt.Payments = append(debt.Payments, law.Payment{
				Date:   date.Must("2026-01-20").AddDays(rapid.IntRange(0, 300).Draw(r, "day")),
				Amount: money.Cents(rapid.Int64Range(1, int64(amount)+10_00).Draw(r, "paid"))})
		}
		claim, err := table.Claim(debt, today)
		if err != nil {
			r.Fatal(err)
		}
		var sum money.Cents
		for _, row := range ClaimOf(w, claim, money.EUR).Rows {
			read, err := money.Read(row.Amount)
			if err != nil {
				r.Fatal(err)
			}
			sum += read.Cents
		}
		if sum != claim.Total {
			r.Fatalf("the rows add up to %s, the total is %s", sum, claim.Total)
		}
	})
}
