package law

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"dument/app/date"
	"dument/app/money"
)

// vector is a published or hand-computed case. Lines are "days rate interest".
type vector struct {
	name      string
	debtor    Debtor
	amount    string
	due       string
	presented string
	contract  string
	on        string
	interest  string
	indemnity string
	lines     []string
}

var interestVectors = []vector{
	{name: "V1 published, contractual 15 %", debtor: Business, amount: "15000.00", due: "2026-01-31",
		contract: "15", on: "2026-03-02", interest: "184.93", indemnity: "40.00",
		lines: []string{"30 15.00 184.93"}},
	{name: "V2", debtor: Business, amount: "1000.00", due: "2026-07-31", on: "2026-08-30",
		interest: "10.19", indemnity: "40.00", lines: []string{"30 12.40 10.19"}},
	{name: "V3 crosses 1 July", debtor: Business, amount: "2400.00", due: "2026-05-31", on: "2026-08-15",
		interest: "61.47", indemnity: "40.00", lines: []string{"30 12.15 23.97", "46 12.40 37.50"}},
	{name: "V4 crosses New Year and July", debtor: Business, amount: "5000.00", due: "2025-12-10",
		on: "2026-11-21", interest: "580.81", indemnity: "40.00",
		lines: []string{"21 12.15 34.95", "181 12.15 301.26", "144 12.40 244.60"}},
	{name: "V5 the only day is 1 July", debtor: Business, amount: "1000.00", due: "2026-06-30",
		on: "2026-07-01", interest: "0.34", indemnity: "40.00", lines: []string{"1 12.40 0.34"}},
	{name: "V6 five half-years", debtor: Business, amount: "8450.50", due: "2022-12-15", on: "2024-08-20",
		interest: "1936.50", indemnity: "40.00", lines: []string{"16 10.00 37.04", "181 12.50 523.82",
			"184 14.00 596.40", "182 14.50 610.98", "51 14.25 168.26"}},
	{name: "V7 no change within a half-year", debtor: Business, amount: "10000.00", due: "2024-09-30",
		on: "2024-11-15", interest: "179.59", indemnity: "40.00", lines: []string{"46 14.25 179.59"}},
	{name: "V8 read on the due date", debtor: Business, amount: "1000.00", due: "2026-03-31",
		on: "2026-03-31", interest: "0.00", indemnity: "0.00"},
	{name: "V9 29 February is a day", debtor: Business, amount: "1000000.00", due: "2024-02-28",
		on: "2024-02-29", interest: "397.26", indemnity: "40.00", lines: []string{"1 14.50 397.26"}},
	{name: "C1", debtor: Consumer, amount: "1200.00", due: "2026-07-01", presented: "2026-08-05",
		on: "2026-10-02", interest: "5.24", indemnity: "0.00", lines: []string{"58 2.75 5.24"}},
	{name: "C2 the sending date instead", debtor: Consumer, amount: "1200.00", due: "2026-07-01",
		presented: "2026-08-03", on: "2026-10-02", interest: "5.42", indemnity: "0.00",
		lines: []string{"60 2.75 5.42"}},
	{name: "C3 crosses July", debtor: Consumer, amount: "900.00", due: "2026-04-30",
		presented: "2026-05-20", on: "2026-09-30", interest: "8.89", indemnity: "0.00",
		lines: []string{"41 2.62 2.65", "92 2.75 6.24"}},
	{name: "C5 consumer without notice", debtor: Consumer, amount: "1200.00", due: "2024-07-01",
		on: "2026-10-02", interest: "0.00", indemnity: "0.00"},
	{name: "consumer notified before the due date", debtor: Consumer, amount: "1200.00",
		due: "2026-08-05", presented: "2026-07-01", on: "2026-10-02", interest: "5.24", indemnity: "0.00",
		lines: []string{"58 2.75 5.24"}},
	{name: "consumer on the day of presentation", debtor: Consumer, amount: "1200.00", due: "2026-07-01",
		presented: "2026-08-05", on: "2026-08-05", interest: "0.00", indemnity: "0.00"},
	{name: "consumer with a penalty rate agreed", debtor: Consumer, amount: "1200.00", contract: "15",
		due: "2026-07-01", presented: "2026-08-05", on: "2026-10-02", interest: "5.24", indemnity: "0.00",
		lines: []string{"58 2.75 5.24"}},
	{name: "P1 locked", debtor: Public, amount: "20000.00", due: "2026-06-11", on: "2026-07-20",
		interest: "216.90", indemnity: "40.00", lines: []string{"39 10.15 216.90"}},
	{name: "public, begins on 1 July", debtor: Public, amount: "20000.00", due: "2026-06-30",
		on: "2026-07-20", interest: "113.97", indemnity: "40.00", lines: []string{"20 10.40 113.97"}},
	{name: "public over five half-years, one line", debtor: Public, amount: "1000.00", due: "2024-06-30",
		on: "2026-07-31", interest: "255.40", indemnity: "40.00", lines: []string{"761 12.25 255.40"}},
	{name: "contract over two half-years, one line", debtor: Business, amount: "2400.00", contract: "12",
		due: "2026-05-31", on: "2026-08-15", interest: "59.97", indemnity: "40.00",
		lines: []string{"76 12.00 59.97"}},
}

func TestInterestVectors(t *testing.T) {
	rates := shipped(t)
	for _, v := range interestVectors {
		t.Run(v.name, func(t *testing.T) {
			debt := Debt{Debtor: v.debtor, Amount: cents(t, v.amount), Due: day(v.due),
				Presented: day(v.presented)}
			if v.contract != "" {
				agreed := percent(t, v.contract)
				debt.ContractRate = &agreed
			}
			claim := claimOf(t, rates, debt, v.on)
			wantCents(t, "interest", claim.Interest, v.interest)
			wantCents(t, "accrued", claim.Accrued, v.interest)
			wantCents(t, "indemnity", claim.Indemnity, v.indemnity)
			wantCents(t, "principal", claim.Principal, v.amount)
			wantCents(t, "total", claim.Total,
				(cents(t, v.amount) + cents(t, v.interest) + cents(t, v.indemnity)).String())
			wantLines(t, claim, v.lines)
		})
	}
}

// wantLines compares the segments, written as "days rate interest".
func wantLines(t *testing.T, claim Claim, want []string) {
	t.Helper()
	var got []string
	for _, line := range claim.Segments {
		got = append(got, fmt.Sprintf("%d %s %s", line.Days, line.Rate, line.Interest))
	}
	if !slices.Equal(got, want) {
		t.Errorf("lines are %q, want %q", got, want)
	}
}

func TestPaidOnTheDueDate(t *testing.T) {
	debt := Debt{Debtor: Business, Amount: 1_000_00, Due: day("2026-03-31"),
		Payments: []Payment{{Date: day("2026-03-31"), Amount: 1_000_00}}}
	claim := claimOf(t, shipped(t), debt, "2026-11-21") // V8
	if claim.Total != 0 || claim.Indemnity != 0 || claim.Accrued != 0 || claim.DaysLate != 0 ||
		claim.Paid != 1_000_00 || claim.Excess != 0 || len(claim.Segments) != 0 {
		t.Errorf("paid on the due date, yet %+v", claim)
	}
}

func TestFloorOfContractRates(t *testing.T) {
	rates, half := shipped(t), semester(t, "2026-S2")
	below, err := rates.CheckContractRate(percent(t, "8"), half) // V10
	if err != nil || below == nil || below.Code != WarningBelowFloor || below.Limit != percent(t, "8.25") ||
		below.Rate != percent(t, "8.00") || below.Semester != half {
		t.Errorf("8 %%: %+v, %v", below, err)
	}
	if equal, err := rates.CheckContractRate(percent(t, "8.25"), half); err != nil || equal != nil { // V11
		t.Errorf("8.25 %%: %+v, %v", equal, err)
	}
	var missing *MissingRateError
	_, err = rates.CheckContractRate(percent(t, "8"), semester(t, "2027-S1"))
	if !errors.As(err, &missing) ||
		missing.Table != LegalTable || missing.Semester != semester(t, "2027-S1") {
		t.Errorf("2027-S1: %v", err)
	}
	agreed := percent(t, "14.80")
	claim := claimOf(t, rates, Debt{Debtor: Business, Amount: 100_00, Due: day("2023-12-15"),
		ContractRate: &agreed,
		Payments:     []Payment{{Date: day("2024-02-01"), Amount: 10_00}}}, "2024-12-31")
	// The floor is 12.66 in 2023-S2, 15.21 in 2024-S1 and 14.76 in 2024-S2.
	want := []Warning{{Code: "rate_below_floor", Semester: semester(t, "2024-S1"), Rate: agreed, Limit: 152_100}}
	if !slices.Equal(claim.Warnings, want) {
		t.Errorf("warnings %+v, want %+v", claim.Warnings, want)
	}
	beyond := claimOf(t, rates, Debt{Debtor: Business, Amount: 100_00, Due: day("2026-12-31"),
		ContractRate: &agreed}, "2027-01-05")
	if beyond.Interest != 20 || len(beyond.Warnings) != 0 { // 100 × 14.80 % × 5 / 365 = 0.2027
		t.Errorf("a contract needs no table, yet %+v", beyond)
	}
}

func TestMissingRateIsNamed(t *testing.T) {
	rates := shipped(t)
	tests := []struct {
		name, due, presented, on, semester string
		debtor                             Debtor
		table                              Table
	}{
		{"V12", "2026-12-31", "", "2027-01-05", "2027-S1", Business, ECBTable},
		{"begins before", "2026-06-30", "", "2027-01-01", "2027-S1", Business, ECBTable},
		{"public locked later", "2026-12-31", "", "2027-01-05", "2027-S1", Public, ECBTable},
		{"consumer", "2026-08-31", "2026-12-31", "2027-01-01", "2027-S1", Consumer, LegalTable},
		{"consumer of old", "2014-06-30", "2014-12-30", "2026-01-01", "2014-S2", Consumer, LegalTable},
		{"before the ECB table", "2006-12-31", "", "2026-01-01", "2007-S1", Business, ECBTable},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := rates.Claim(Debt{Debtor: test.debtor, Amount: 100_00, Due: day(test.due),
				Presented: day(test.presented)}, day(test.on))
			var missing *MissingRateError
			if !errors.As(err, &missing) || missing.Semester != semester(t, test.semester) ||
				missing.Table != test.table {
				t.Fatalf("error %v, want %s of %s", err, test.semester, test.table)
			}
		})
	}
	// A rate is needed only for days that bear interest.
	paid := Debt{Debtor: Business, Amount: 100_00, Due: day("2026-12-31"),
		Payments: []Payment{{Date: day("2026-12-31"), Amount: 100_00}}}
	if claim := claimOf(t, rates, paid, "2027-03-01"); claim.Total != 0 {
		t.Errorf("paid in time, yet %+v", claim)
	}
	locked := Debt{Debtor: Public, Amount: 100_00, Due: day("2026-12-30")}
	if claim := claimOf(t, rates, locked, "2027-03-01"); claim.Segments[0].Rate != 104_000 {
		t.Errorf("locked at 10.40 %%, yet %+v", claim)
	}
}

func TestImputationVectors(t *testing.T) {
	rates := shipped(t)
	debt := Debt{Debtor: Business, Amount: 3_000_00, Due: day("2026-01-31"), Imputation: InterestFirst,
		Payments: []Payment{{Date: day("2026-03-31"), Amount: 1_000_00}}}

	claim := claimOf(t, rates, debt, "2026-07-15") // I1, and the companion's example
	wantCents(t, "principal", claim.Principal, "2058.92")
	wantCents(t, "interest", claim.Interest, "72.86")
	wantCents(t, "total", claim.Total, "2171.78")
	wantCents(t, "daily", claim.Daily, "0.70")
	wantCents(t, "accrued", claim.Accrued, "131.78")
	wantLines(t, claim, []string{"59 12.15 58.92", "91 12.15 62.37", "15 12.40 10.49"})
	first := Segment{From: day("2026-02-01"), To: day("2026-03-31"), Days: 59, Base: 3_000_00, Rate: 121_500,
		Interest: 58_92}
	if claim.Segments[0] != first || claim.Segments[1].From != day("2026-04-01") {
		t.Errorf("segments %+v", claim.Segments)
	}
	row := Imputed{Date: day("2026-03-31"), Amount: 1_000_00, Interest: 58_92, Principal: 941_08}
	if !slices.Equal(claim.Imputed, []Imputed{row}) {
		t.Errorf("imputed %+v", claim.Imputed)
	}
	if claim.DaysLate != 165 || claim.LateFrom != day("2026-02-01") || claim.Limitation != day("2031-01-31") ||
		!slices.Equal(claim.Basis, []string{"C. com. L441-10", "C. com. D441-5"}) || claim.Paid != 1_000_00 {
		t.Errorf("claim %+v", claim)
	}

	debt.Payments[0].Amount = 30_00 // I2
	claim = claimOf(t, rates, debt, "2026-03-31")
	wantCents(t, "principal", claim.Principal, "3000.00")
	wantCents(t, "interest", claim.Interest, "28.92")
	claim = claimOf(t, rates, debt, "2026-04-01")
	wantCents(t, "interest with one more day", claim.Interest, "29.92") // 28.92 + 3000 × 12.15 % / 365 = 0.9986

	debt.Payments[0].Amount, debt.Imputation = 1_000_00, PrincipalFirst
	claim = claimOf(t, rates, debt, "2026-03-31")
	wantCents(t, "principal", claim.Principal, "2000.00")
	wantCents(t, "interest", claim.Interest, "58.92")
	debt.Imputation = ""
	if unset := claimOf(t, rates, debt, "2026-03-31"); unset.Principal != claim.Principal {
		t.Error("no order named is not principal-first")
	}
}

func TestExcessAndIndemnityComeLast(t *testing.T) {
	rates := shipped(t)
	for _, order := range []Imputation{InterestFirst, PrincipalFirst} {
		debt := Debt{Debtor: Business, Amount: 1_000_00, Due: day("2026-07-31"), Imputation: order,
			Payments: []Payment{{day("2026-08-30"), 1_045_00}, {day("2026-09-10"), 10_00}}}
		claim := claimOf(t, rates, debt, "2026-10-01")
		// 1 000.00 + 10.19 + 40.00 = 1 050.19; 34.81 of the indemnity, then 5.19, and 4.81 too much.
		want := []Imputed{
			{Date: day("2026-08-30"), Amount: 1_045_00, Principal: 1_000_00, Interest: 10_19, Indemnity: 34_81},
			{Date: day("2026-09-10"), Amount: 10_00, Indemnity: 5_19, Excess: 4_81},
		}
		if !slices.Equal(claim.Imputed, want) || claim.Excess != 4_81 || claim.Total != 0 || claim.DaysLate != 30 ||
			claim.Daily != 0 || claim.Accrued != 10_19 {
			t.Errorf("%s: %+v", order, claim)
		}
	}
}

func TestCreditNotesAreRetroactive(t *testing.T) {
	rates := shipped(t)
	debt := Debt{Debtor: Business, Amount: 1_400_00, Due: day("2026-07-31"),
		Credits: []Credit{{Date: day("2026-08-20"), Amount: 400_00}}}
	if claim := claimOf(t, rates, debt, "2026-08-19"); claim.Credited != 0 || claim.Principal != 1_400_00 {
		t.Errorf("the day before: %+v", claim)
	}
	claim := claimOf(t, rates, debt, "2026-08-30")
	if claim.Interest != 10_19 || claim.Credited != 400_00 || claim.Segments[0].Base != 1_000_00 ||
		claim.Amount != 1_400_00 {
		t.Errorf("from the beginning: %+v", claim)
	}
	debt.Credits = append(debt.Credits, Credit{Date: day("2026-08-25"), Amount: 1_000_00})
	debt.Payments = []Payment{{Date: day("2026-08-10"), Amount: 50_00}}
	claim = claimOf(t, rates, debt, "2026-08-30")
	if claim.Total != 0 || claim.Accrued != 0 || claim.Indemnity != 0 || claim.DaysLate != 0 ||
		claim.Excess != 50_00 || len(claim.Segments) != 0 || claim.Daily != 0 {
		t.Errorf("wiped out: %+v", claim)
	}
	debt.Credits = append(debt.Credits, Credit{Date: day("2026-08-26"), Amount: 1_00})
	if over := claimOf(t, rates, debt, "2026-08-30"); over.Principal != 0 || over.Total != 0 || over.Accrued != 0 {
		t.Errorf("credited beyond its amount: %+v", over)
	}
}

func TestInsolvencyStopsInterest(t *testing.T) {
	rates := shipped(t)
	debt := Debt{Debtor: Business, Amount: 1_000_00, Due: day("2026-07-31"), Insolvency: day("2026-08-31")}
	claim := claimOf(t, rates, debt, "2026-11-21")
	if claim.Interest != 10_19 || claim.Indemnity != FixedIndemnity || claim.Daily != 0 ||
		claim.Segments[0].To != day("2026-08-30") || claim.DaysLate != 113 {
		t.Errorf("judgment after the due date: %+v", claim)
	}
	if before := claimOf(t, rates, debt, "2026-08-30"); before.Daily != 34 || before.Interest != 10_19 {
		t.Errorf("the day before the judgment: %+v", before)
	}
	debt.Insolvency = debt.Due
	claim = claimOf(t, rates, debt, "2026-11-21")
	if claim.Interest != 0 || claim.Indemnity != 0 || claim.Total != 1_000_00 {
		t.Errorf("falls due on the judgment's day: %+v", claim)
	}
	debt.Insolvency = debt.Due.AddDays(1)
	if claim = claimOf(t, rates, debt, "2026-11-21"); claim.Interest != 0 || claim.Indemnity != FixedIndemnity {
		t.Errorf("falls due the day before: %+v", claim)
	}
}

func TestLegalRateRisesAfterJudgment(t *testing.T) {
	rates := shipped(t)
	debt := Debt{Debtor: Consumer, Amount: 900_00, Due: day("2026-04-30"), Presented: day("2026-09-01"),
		Enforceable: day("2026-07-01")}
	claim := claimOf(t, rates, debt, "2026-11-21") // C4
	wantLines(t, claim, []string{"81 7.75 15.48"})
	debt.Presented = day("2026-08-05")
	claim = claimOf(t, rates, debt, "2026-11-21")
	// 27 days at 2.75 % = 1.830822 and 81 at 7.75 % = 15.478767: 17.31.
	wantLines(t, claim, []string{"27 2.75 1.83", "81 7.75 15.48"})
	// The increase begins on 30 June, the last day of its half-year.
	debt = Debt{Debtor: Consumer, Amount: 90_000_00, Due: day("2026-04-30"), Presented: day("2026-06-27"),
		Enforceable: day("2026-04-29")}
	// 2 × 2.62 % = 12.920548, 1 × 7.62 % = 18.789041, 1 × 7.75 % = 19.109589: 50.82.
	wantLines(t, claimOf(t, rates, debt, "2026-07-01"), []string{"2 2.62 12.92", "1 7.62 18.79", "1 7.75 19.11"})
}

func TestLimitation(t *testing.T) {
	tests := []struct {
		name, issued, due string
		debtor            Debtor
		interruptions     []string
		on, want          string
	}{
		{"business", "2026-03-01", "2026-03-31", Business, nil, "2026-11-21", "2031-03-31"},
		{"consumer", "2026-03-01", "2026-03-31", Consumer, nil, "2026-11-21", "2028-03-31"},
		{"public", "2026-05-12", "2026-06-11", Public, nil, "2026-11-21", "2030-12-31"},
		{"public, year of the invoice", "2025-12-20", "2026-01-20", Public, nil, "2026-11-21", "2029-12-31"},
		{"public, issue unknown", "", "2026-06-11", Public, nil, "2026-11-21", "2030-12-31"},
		{"public, written claim", "2026-05-12", "2026-06-11", Public, []string{"2028-02-10"},
			"2028-03-01", "2032-12-31"},
		{"business, acknowledged", "2026-03-01", "2026-03-31", Business, []string{"2027-09-10"},
			"2027-10-01", "2032-09-10"},
		{"not yet known", "2026-03-01", "2026-03-31", Business, []string{"2027-09-10"}, "2027-09-09", "2031-03-31"},
		{"two, unordered", "2026-03-01", "2026-03-31", Consumer, []string{"2029-01-10", "2027-09-10"},
			"2030-01-01", "2031-01-10"},
		{"too late", "2020-03-01", "2020-03-31", Consumer, []string{"2022-04-01"}, "2026-01-01", "2022-03-31"},
		{"last day", "2020-03-01", "2020-03-31", Consumer, []string{"2022-03-31"}, "2023-01-01", "2024-03-31"},
		{"29 February", "2024-02-01", "2024-02-29", Business, nil, "2024-03-01", "2029-02-28"},
	}
	rates := shipped(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			debt := Debt{Debtor: test.debtor, Amount: 1, Issued: day(test.issued), Due: day(test.due),
				Insolvency: day(test.due)}
			for _, text := range test.interruptions {
				debt.Interruptions = append(debt.Interruptions, day(text))
			}
			if got := claimOf(t, rates, debt, test.on).Limitation; got != day(test.want) {
				t.Errorf("last useful day %s, want %s", got, test.want)
			}
		})
	}
	noticed := Debt{Debtor: Business, Amount: 1, Due: day("2026-03-31"), Presented: day("2026-09-10")}
	if got := claimOf(t, rates, noticed, "2026-11-21").Limitation; got != day("2031-03-31") {
		t.Errorf("a registered notice moved limitation to %s", got)
	}
}

func TestBasis(t *testing.T) {
	want := map[Debtor][]string{
		Business: {"C. com. L441-10", "C. com. D441-5"},
		Consumer: {"C. civ. 1231-6", "C. civ. 1344", "C. civ. 1344-1"},
		Public:   {"CCP L2192-13", "CCP R2192-31", "CCP D2192-35"},
	}
	rates := shipped(t)
	for debtor, articles := range want {
		claim := claimOf(t, rates, Debt{Debtor: debtor, Amount: 1, Due: day("2026-03-31")}, "2026-04-01")
		if !slices.Equal(claim.Basis, articles) {
			t.Errorf("%s: %q", debtor, claim.Basis)
		}
		claim.Basis[0] = "changed"
	}
	again := claimOf(t, rates, Debt{Debtor: Business, Amount: 1, Due: day("2026-03-31")}, "2026-04-01")
	if again.Basis[0] != "C. com. L441-10" {
		t.Error("a caller can change the articles of later claims")
	}
}

func TestBadDebtsAreRefused(t *testing.T) {
	good := Debt{Debtor: Business, Amount: 100_00, Due: day("2026-03-31")}
	tooHigh, negative := 101*onePercent, Rate(-1)
	tests := map[string]func(*Debt){
		"debtor":             func(d *Debt) { d.Debtor = "company" },
		"amount":             func(d *Debt) { d.Amount = 0 },
		"imputation":         func(d *Debt) { d.Imputation = "costs-first" },
		"due":                func(d *Debt) { d.Due = date.Date{} },
		"contract rate":      func(d *Debt) { d.ContractRate = &tooHigh },
		"payments[1].amount": func(d *Debt) { d.Payments = []Payment{{d.Due, 1}, {d.Due, 0}} },
		"payments[0].date":   func(d *Debt) { d.Payments = []Payment{{date.Date{}, 1}} },
		"credits[0].amount":  func(d *Debt) { d.Credits = []Credit{{day("2026-01-01"), -5}} },
		"credits[0].date":    func(d *Debt) { d.Credits = []Credit{{date.Date{}, 5}} },
		"payments":           func(d *Debt) { d.Payments = make([]Payment, maxEntries+1) },
		"credits":            func(d *Debt) { d.Credits = make([]Credit, maxEntries+1) },
	}
	rates := shipped(t)
	for field, spoil := range tests {
		debt := good
		spoil(&debt)
		_, err := rates.Claim(debt, day("2026-11-21"))
		var input *InputError
		if !errors.As(err, &input) || input.Field != field {
			t.Errorf("%s: error %v", field, err)
		}
	}
	for _, spoil := range []func(*Debt){
		func(d *Debt) { d.Amount = money.MaxCents + 1 },
		func(d *Debt) { d.Amount = -1 },
		func(d *Debt) { d.ContractRate = &negative },
	} {
		debt := good
		spoil(&debt)
		var input *InputError
		if _, err := rates.Claim(debt, day("2026-11-21")); !errors.As(err, &input) {
			t.Errorf("%+v: error %v", debt, err)
		}
	}
	var input *InputError
	if _, err := rates.Claim(good, date.Date{}); !errors.As(err, &input) || input.Field != "on" {
		t.Errorf("no day: error %v", err)
	}
}

func TestLargestDebtDoesNotOverflow(t *testing.T) {
	agreed := maxContractRate
	debt := Debt{Debtor: Business, Amount: money.MaxCents, Due: day("1901-12-31"), ContractRate: &agreed}
	claim := claimOf(t, shipped(t), debt, "2901-12-31")
	// 10 000 000 000.00 × 365 243 / 365.
	wantCents(t, "interest", claim.Interest, "10006657534246.58")
}
