package law

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"dument/app/date"
	"dument/app/money"
)

// drawDebt draws a debt whose rates are all known up to the end of 2026.
func drawDebt(t *rapid.T) Debt {
	amount := rapid.Int64Range(1, 5_000_000).Draw(t, "amount")
	debt := Debt{
		Debtor: rapid.SampledFrom([]Debtor{Business, Consumer, Public}).Draw(t, "debtor"),
		Amount: money.Cents(amount),
		Due:    drawDay(t, "due"),
		Imputation: rapid.SampledFrom([]Imputation{InterestFirst, PrincipalFirst}).
			Draw(t, "imputation"),
	}
	if rapid.Bool().Draw(t, "is presented") {
		debt.Presented = drawDay(t, "presented")
	}
	for range rapid.IntRange(0, 3).Draw(t, "payments") {
		part := rapid.Int64Range(1, amount).Draw(t, "part")
		debt.Payments = append(debt.Payments, Payment{Date: drawDay(t, "paid"), Amount: money.Cents(part)})
	}
	return debt
}

func drawDay(t *rapid.T, label string) date.Date {
	return day("2024-01-01").AddDays(rapid.IntRange(0, 1000).Draw(t, label))
}

func TestClaimsHoldTogether(t *testing.T) {
	rates := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		debt, on := drawDebt(t), drawDay(t, "on")
		claim := claimOf(t, rates, debt, on.String())
		if claim.Total != claim.Principal+claim.Interest+claim.Indemnity+claim.Costs {
			t.Fatalf("the total is not the sum: %+v", claim)
		}
		var accrued, paid, taken, excess money.Cents
		for i, line := range claim.Segments {
			accrued += line.Interest
			if line.Days != line.To.Sub(line.From)+1 || line.Days < 1 || line.Interest < 0 || line.Base <= 0 ||
				i > 0 && line.From != claim.Segments[i-1].To.AddDays(1) {
				t.Fatalf("line %d: %+v", i, claim.Segments)
			}
		}
		for _, row := range claim.Imputed {
			paid += row.Amount
			taken += row.Interest + row.Principal + row.Indemnity
			excess += row.Excess
		}
		if accrued != claim.Accrued || paid != claim.Paid || excess != claim.Excess || taken+excess != paid {
			t.Fatalf("lines %s, payments %s = %s + %s: %+v", accrued, paid, taken, excess, claim)
		}
		if owed := claim.Amount + claim.Accrued + indemnityOnce(claim); claim.Total != owed-taken {
			t.Fatalf("owed %s, taken %s: %+v", owed, taken, claim)
		}
		least := min(claim.Principal, claim.Interest, claim.Indemnity, claim.Daily, claim.Excess)
		if least < 0 || claim.DaysLate < 0 {
			t.Fatalf("something is negative: %+v", claim)
		}
		late := claim.Accrued != 0 || claim.Indemnity != 0 || claim.DaysLate != 0 || claim.Daily != 0
		if late && !on.After(debt.Due) {
			t.Fatalf("not late, yet %+v", claim)
		}
		if debt.Debtor == Consumer && indemnityOnce(claim) != 0 {
			t.Fatalf("a consumer owes an indemnity: %+v", claim)
		}
	})
}

// indemnityOnce is the indemnity that ever arose: what is left of it and what payments took.
func indemnityOnce(claim Claim) money.Cents {
	sum := claim.Indemnity
	for _, row := range claim.Imputed {
		sum += row.Indemnity
	}
	return sum
}

func TestInterestNeverFallsAsDaysPass(t *testing.T) {
	rates := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		debt, on := drawDebt(t), drawDay(t, "on")
		today, tomorrow := claimOf(t, rates, debt, on.String()), claimOf(t, rates, debt, on.AddDays(1).String())
		if tomorrow.Accrued < today.Accrued {
			t.Fatalf("accrued %s, then %s", today.Accrued, tomorrow.Accrued)
		}
		if tomorrow.Paid == today.Paid && tomorrow.Total < today.Total {
			t.Fatalf("owed %s, then %s without payment", today.Total, tomorrow.Total)
		}
	})
}

func TestOrderOfEntryDoesNotMatter(t *testing.T) {
	rates := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		debt, on := drawDebt(t), drawDay(t, "on")
		if len(debt.Payments) > 1 && rapid.Bool().Draw(t, "same day") {
			debt.Payments[1].Date = debt.Payments[0].Date
		}
		shuffled := debt
		shuffled.Payments = rapid.Permutation(debt.Payments).Draw(t, "order")
		entered := slices.Clone(shuffled.Payments)
		a, b := claimOf(t, rates, debt, on.String()), claimOf(t, rates, shuffled, on.String())
		if a.Total != b.Total || a.Principal != b.Principal || a.Interest != b.Interest || a.Excess != b.Excess ||
			a.Accrued != b.Accrued {
			t.Fatalf("%+v\n%+v", a, b)
		}
		if !slices.Equal(entered, shuffled.Payments) {
			t.Fatal("the caller's payments were reordered")
		}
	})
}

// TestPaymentsOnlySplitRounding holds additivity: a payment of interest alone cuts a period in two
// without changing its base, so that only a cent of rounding may appear.
func TestPaymentsOnlySplitRounding(t *testing.T) {
	rates := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		amount := money.Cents(rapid.Int64Range(1_000_00, 50_000_00).Draw(t, "amount"))
		debt := Debt{Debtor: Business, Amount: amount, Due: drawDay(t, "due"), Imputation: InterestFirst}
		days := rapid.IntRange(1, 40).Draw(t, "first")
		whole := claimOf(t, rates, debt, debt.Due.AddDays(2*days).String())
		debt.Payments = []Payment{{Date: debt.Due.AddDays(days), Amount: 1}}
		split := claimOf(t, rates, debt, debt.Due.AddDays(2*days).String())
		if difference := (whole.Accrued - split.Accrued).Abs(); difference > 1 {
			t.Fatalf("%s in one period, %s in two", whole.Accrued, split.Accrued)
		}
	})
}

func TestSharesAreWhatClaimImputes(t *testing.T) {
	rates := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		var debts []Debt
		for range rapid.IntRange(1, 4).Draw(t, "debts") {
			debt := drawDebt(t)
			debt.Payments = nil
			if len(debts) > 0 && rapid.Bool().Draw(t, "same due date") {
				debt.Due = debts[0].Due
			}
			debts = append(debts, debt)
		}
		amount := money.Cents(rapid.Int64Range(1, 12_000_000).Draw(t, "payment"))
		paidOn, isNamed := drawDay(t, "paid on"), rapid.Bool().Draw(t, "named")
		spread := rates.Spread
		if isNamed {
			spread = rates.SpreadNamed
		}
		shares, rest, err := spread(debts, amount, paidOn)
		if err != nil {
			t.Fatal(err)
		}
		sum, seen := rest, map[int]bool{}
		for _, share := range shares {
			sum += share.Amount()
			least := min(share.Interest, share.Principal, share.Indemnity)
			if share.Amount() <= 0 || seen[share.Index] || least < 0 || !isNamed && share.Indemnity != 0 {
				t.Fatalf("share %+v", share)
			}
			seen[share.Index] = true
			debt := debts[share.Index]
			debt.Payments = []Payment{{Date: paidOn, Amount: share.Amount()}}
			row := claimOf(t, rates, debt, paidOn.String()).Imputed[0]
			if row.Interest != share.Interest || row.Principal != share.Principal ||
				row.Indemnity != share.Indemnity || row.Excess != 0 {
				t.Fatalf("share %+v, imputed %+v", share, row)
			}
		}
		if sum != amount || rest < 0 {
			t.Fatalf("shares and rest make %s of %s", sum, amount)
		}
	})
}
