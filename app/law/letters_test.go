package law

import (
	"testing"

	"dument/app/money"
)

// The three model letters, stopped at 20 November 2026; each figure was computed apart, exactly.
func TestModelLetters(t *testing.T) {
	rates := shipped(t)
	const stop = "2026-11-20"
	debt := func(debtor Debtor, amount money.Cents, due string, payments ...Payment) Debt {
		return Debt{Debtor: debtor, Amount: amount, Due: day(due), Imputation: InterestFirst, Payments: payments}
	}
	tests := []struct {
		name                                  string
		debts                                 []Debt
		lines                                 [][]string
		principal, interest, indemnity, total string
	}{
		{
			"professional",
			[]Debt{debt(Business, 2_400_00, "2026-05-28"),
				debt(Business, 1_860_00, "2026-06-28", Payment{day("2026-08-17"), 600_00}),
				debt(Business, 1_150_50, "2026-09-30")},
			[][]string{{"33 12.15 26.36", "143 12.40 116.60"}, {"2 12.15 1.24", "48 12.40 30.33", "95 12.40 41.68"},
				{"51 12.40 19.93"}},
			"4842.07", "204.57", "120.00", "5166.64",
		},
		{
			"consumer",
			[]Debt{debt(Consumer, 1_380_00, "2026-08-05", Payment{day("2026-04-14"), 414_00})},
			[][]string{nil},
			"966.00", "0.00", "0.00", "966.00",
		},
		{
			"public body",
			[]Debt{debt(Public, 6_480_00, "2026-06-11"), debt(Public, 3_240_00, "2026-08-14")},
			[][]string{{"162 10.15 291.92"}, {"98 10.40 90.47"}},
			"9720.00", "382.39", "80.00", "10182.39",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var sum Claim
			for i, debt := range test.debts {
				claim := claimOf(t, rates, debt, stop)
				wantLines(t, claim, test.lines[i])
				sum.Principal += claim.Principal
				sum.Interest += claim.Interest
				sum.Indemnity += claim.Indemnity
				sum.Total += claim.Total
			}
			wantCents(t, "principal", sum.Principal, test.principal)
			wantCents(t, "interest", sum.Interest, test.interest)
			wantCents(t, "indemnity", sum.Indemnity, test.indemnity)
			wantCents(t, "total", sum.Total, test.total)
		})
	}
	later := claimOf(t, rates, debt(Business, 4_842_07, "2026-11-20"), "2026-12-08")
	wantCents(t, "18 more days on the whole principal", later.Interest, "29.61")
	whole := claimOf(t, rates, debt(Business, 4_842_07, "2026-11-19"), stop)
	wantCents(t, "one more day", whole.Daily, "1.64")
}
