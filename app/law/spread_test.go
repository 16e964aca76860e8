package law

import (
	"errors"
	"slices"
	"testing"

	"dument/app/date"
	"dument/app/money"
)

// plain is a debt without interest: a consumer's, without notice.
func plain(amount money.Cents, due string) Debt {
	return Debt{Debtor: Consumer, Amount: amount, Due: day(due)}
}

func TestSpreadVectors(t *testing.T) {
	rates := shipped(t)
	three := []Debt{plain(500_00, "2026-03-01"), plain(800_00, "2026-04-01"), plain(300_00, "2026-12-31")}
	equal := []Debt{plain(600_00, "2026-03-01"), plain(400_00, "2026-03-01")}
	tests := []struct {
		name   string
		debts  []Debt
		amount money.Cents
		want   []Share
		rest   money.Cents
	}{
		{"M1 oldest first", three, 700_00,
			[]Share{{Index: 0, Principal: 500_00}, {Index: 1, Principal: 200_00}}, 0},
		{"M2 in proportion", equal, 500_00,
			[]Share{{Index: 0, Principal: 300_00}, {Index: 1, Principal: 200_00}}, 0},
		{"M4 the debt not due last, then a rest", three, 1_700_00, []Share{{Index: 0, Principal: 500_00},
			{Index: 1, Principal: 800_00}, {Index: 2, Principal: 300_00}}, 100_00},
		{"listed in another order", []Debt{three[2], three[1], three[0]}, 700_00,
			[]Share{{Index: 2, Principal: 500_00}, {Index: 1, Principal: 200_00}}, 0},
		{"cents by largest remainder, then the earlier", []Debt{plain(10, "2026-03-01"), plain(10, "2026-03-01"),
			plain(10, "2026-03-01")}, 20,
			[]Share{{Index: 0, Principal: 7}, {Index: 1, Principal: 7}, {Index: 2, Principal: 6}}, 0},
		{"no debt", nil, 5_00, nil, 5_00},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			shares, rest, err := rates.Spread(test.debts, test.amount, day("2026-05-01"))
			if err != nil || rest != test.rest || !slices.Equal(shares, test.want) {
				t.Errorf("%+v, rest %s, %v; want %+v, rest %s", shares, rest, err, test.want, test.rest)
			}
		})
	}
	named, rest, err := rates.SpreadNamed(three[1:2], 700_00, day("2026-05-01")) // M3
	if err != nil || rest != 0 || !slices.Equal(named, []Share{{Index: 0, Principal: 700_00}}) {
		t.Errorf("M3: %+v, rest %s, %v", named, rest, err)
	}
}

func TestSpreadByImputation(t *testing.T) {
	rates := shipped(t)
	late := Debt{Debtor: Business, Amount: 1_000_00, Due: day("2026-07-31"), Imputation: InterestFirst}
	open := Debt{Debtor: Business, Amount: 500_00, Due: day("2026-12-31"), Imputation: InterestFirst}
	// On 30 August the first owes 10.19 of interest and 40.00 of indemnity, which stays.
	shares, rest, err := rates.Spread([]Debt{open, late}, 1_600_00, day("2026-08-30"))
	want := []Share{{Index: 1, Interest: 10_19, Principal: 1_000_00}, {Index: 0, Principal: 500_00}}
	if err != nil || rest != 89_81 || !slices.Equal(shares, want) {
		t.Errorf("interest first: %+v, rest %s, %v", shares, rest, err)
	}
	late.Imputation, open.Imputation = PrincipalFirst, PrincipalFirst
	shares, rest, err = rates.Spread([]Debt{open, late}, 1_600_00, day("2026-08-30"))
	want = []Share{{Index: 1, Principal: 1_000_00}, {Index: 0, Principal: 500_00}}
	if err != nil || rest != 100_00 || !slices.Equal(shares, want) {
		t.Errorf("principal first: %+v, rest %s, %v", shares, rest, err)
	}
	// Named, principals are served before what comes after them, then the first invoice's rest.
	shares, rest, err = rates.SpreadNamed([]Debt{late, open}, 1_530_00, day("2026-08-30"))
	want = []Share{{Index: 0, Principal: 1_000_00, Interest: 10_19, Indemnity: 19_81},
		{Index: 1, Principal: 500_00}}
	if err != nil || rest != 0 || !slices.Equal(shares, want) {
		t.Errorf("named: %+v, rest %s, %v", shares, rest, err)
	}
	shares, rest, err = rates.SpreadNamed([]Debt{late, open}, 1_600_00, day("2026-08-30"))
	want[0].Indemnity = FixedIndemnity
	if err != nil || rest != 49_81 || !slices.Equal(shares, want) {
		t.Errorf("named, too much: %+v, rest %s, %v", shares, rest, err)
	}
}

func TestSpreadKnowsLaterFacts(t *testing.T) {
	rates := shipped(t)
	for _, order := range []Imputation{InterestFirst, PrincipalFirst} {
		settled := Debt{Debtor: Business, Amount: 1_000_00, Due: day("2026-07-31"), Imputation: order,
			Payments: []Payment{{Date: day("2026-09-30"), Amount: 1_100_00}}}
		credited := Debt{Debtor: Business, Amount: 800_00, Due: day("2026-09-30"), Imputation: order,
			Credits: []Credit{{Date: day("2026-10-15"), Amount: 300_00}}}
		shares, rest, err := rates.Spread([]Debt{settled, credited}, 900_00, day("2026-08-30"))
		if err != nil || rest != 400_00 || !slices.Equal(shares, []Share{{Index: 1, Principal: 500_00}}) {
			t.Errorf("%s: %+v, rest %s, %v", order, shares, rest, err)
		}
		if shares, rest, err = rates.SpreadNamed([]Debt{settled}, 50_00, day("2026-08-30")); err != nil ||
			rest != 50_00 || len(shares) != 0 {
			t.Errorf("%s, named: %+v, rest %s, %v", order, shares, rest, err)
		}
	}
}

func TestSpreadWithoutRate(t *testing.T) {
	rates := shipped(t)
	late := Debt{Debtor: Business, Amount: 1_000_00, Due: day("2026-12-15"), Imputation: PrincipalFirst}
	paidOn := day("2027-01-10")
	for name, spread := range map[string]func([]Debt, money.Cents, date.Date) ([]Share, money.Cents, error){
		"legal order": rates.Spread, "named": rates.SpreadNamed,
	} {
		shares, rest, err := spread([]Debt{late}, 1_000_00, paidOn)
		if err != nil || rest != 0 || !slices.Equal(shares, []Share{{Principal: 1_000_00}}) {
			t.Errorf("%s: a principal needs no rate, yet %+v, %s, %v", name, shares, rest, err)
		}
		first := late
		first.Imputation = InterestFirst
		var missing *MissingRateError
		if _, _, err = spread([]Debt{first}, 1_000_00, paidOn); !errors.As(err, &missing) {
			t.Errorf("%s: interest first without rate: %v", name, err)
		}
	}
}

func TestSpreadRefusesBadInput(t *testing.T) {
	rates, good := shipped(t), plain(1_00, "2026-03-01")
	tests := []struct {
		field  string
		debts  []Debt
		amount money.Cents
		paidOn date.Date
	}{
		{"payment", []Debt{good}, 0, day("2026-05-01")},
		{"payment", []Debt{good}, money.MaxCents + 1, day("2026-05-01")},
		{"paid on", []Debt{good}, 1, date.Date{}},
		{"amount", []Debt{good, {Debtor: Business, Due: day("2026-03-01")}}, 1, day("2026-05-01")},
		{"debts", make([]Debt, maxEntries+1), 1, day("2026-05-01")},
	}
	for _, test := range tests {
		var input *InputError
		_, _, err := rates.Spread(test.debts, test.amount, test.paidOn)
		if !errors.As(err, &input) || input.Field != test.field {
			t.Errorf("%s: %v", test.field, err)
		}
		if _, _, err := rates.SpreadNamed(test.debts, test.amount, test.paidOn); !errors.As(err, &input) {
			t.Errorf("%s, named: %v", test.field, err)
		}
	}
}

func TestDailyIfPresented(t *testing.T) {
	rates := shipped(t)
	debt := Debt{Debtor: Consumer, Amount: 1_380_00, Due: day("2026-08-05"),
		Payments: []Payment{{Date: day("2026-04-14"), Amount: 414_00}}}
	daily, rate, err := rates.DailyIfPresented(debt, day("2026-11-20"))
	if err != nil || daily != 7 || rate != 27_500 {
		t.Errorf("%s at %s, %v", daily, rate, err)
	}
	debt.Insolvency = day("2026-11-20")
	if daily, _, err = rates.DailyIfPresented(debt, day("2026-11-20")); err != nil || daily != 0 {
		t.Errorf("in collective proceedings %s, %v", daily, err)
	}
	var missing *MissingRateError
	if _, _, err = rates.DailyIfPresented(debt, day("2027-01-02")); !errors.As(err, &missing) {
		t.Errorf("without rate: %v", err)
	}
	var input *InputError
	debt.Debtor = Business
	if _, _, err = rates.DailyIfPresented(debt, day("2026-11-20")); !errors.As(err, &input) {
		t.Errorf("a professional's interest waits for nothing: %v", err)
	}
}
