package law

import "testing"

func benchmarkClaim(b *testing.B, debt Debt, on string) {
	rates, until := shipped(b), day(on)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rates.Claim(debt, until); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkClaimOneYear(b *testing.B) {
	benchmarkClaim(b, Debt{Debtor: Business, Amount: 5_000_00, Due: day("2025-12-10")}, "2026-11-21")
}

func BenchmarkClaimFiveYearsAndPayments(b *testing.B) {
	benchmarkClaim(b, Debt{Debtor: Business, Amount: 5_000_00, Due: day("2021-12-10"), Imputation: InterestFirst,
		Payments: []Payment{{day("2023-01-31"), 500_00}, {day("2024-06-30"), 500_00}, {day("2025-12-31"), 500_00}},
	}, "2026-11-21")
}

func BenchmarkClaimContract(b *testing.B) {
	agreed := Rate(100_000)
	benchmarkClaim(b, Debt{Debtor: Business, Amount: 5_000_00, Due: day("2023-12-10"), ContractRate: &agreed},
		"2026-11-21")
}

func BenchmarkClaimPublic(b *testing.B) {
	benchmarkClaim(b, Debt{Debtor: Public, Amount: 5_000_00, Due: day("2025-12-10")}, "2026-11-21")
}

func BenchmarkClaimConsumer(b *testing.B) {
	benchmarkClaim(b, Debt{Debtor: Consumer, Amount: 5_000_00, Due: day("2025-12-10"),
		Presented: day("2026-03-10")}, "2026-11-21")
}

func BenchmarkSpread(b *testing.B) {
	rates, due, paidOn := shipped(b), day("2026-01-31"), day("2026-11-21")
	var debts []Debt
	for i := range 20 {
		debts = append(debts, Debt{Debtor: Business, Amount: 1_000_00, Imputation: InterestFirst,
			Due: due.AddDays(30 * (i / 2))})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := rates.Spread(debts, 7_777_77, paidOn); err != nil {
			b.Fatal(err)
		}
	}
}
