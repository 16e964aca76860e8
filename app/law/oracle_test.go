package law

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"reflect"
	"sort"
	"testing"
	"time"

	"dument/app/date"
	"dument/app/money"
)

// The oracle computes a claim a second time, in another way: it lives through every calendar day
// with time.Time and math/big, and looks rates up in the guide's table of half-years typed below,
// not in the shipped files.

// oracleRates holds "ECB anchor, legal rate" in hundredths of a percent from 2007-S2 on; -1 unknown.
var oracleRates = func() map[string][2]int64 {
	anchors := []int64{400, 400, 400, 250, 100, 100, 100, 100, 125, 100, 100, 75, 50, 25, 15, 5, 5, 5, 0, 0,
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 250, 400, 450, 425, 315, 215, 215, 240}
	legal := []int64{93, 99, 101, 93, 90, 90, 89, 88, 86, 87, 87, 84, 79, 76, 76, 77, 206, 422, 507, 492, 371,
		276, 262, 275}
	table := map[string][2]int64{}
	year, half := 2007, 2
	for i, anchor := range anchors {
		known := int64(-1)
		if j := i - (len(anchors) - len(legal)); j >= 0 {
			known = legal[j]
		}
		table[fmt.Sprintf("%d-S%d", year, half)] = [2]int64{anchor, known}
		if half++; half == 3 {
			year, half = year+1, 1
		}
	}
	return table
}()

func halfYear(t time.Time) string {
	if t.Month() < time.July {
		return fmt.Sprintf("%d-S1", t.Year())
	}
	return fmt.Sprintf("%d-S2", t.Year())
}

// oracleLine gathers the days of one line of the statement.
type oracleLine struct {
	from, to time.Time
	key      string
	base     int64
	hundreds int64    // rate in hundredths of a percent
	sum      *big.Int // Σ base × rate, day by day
	cents    int64
}

type oracle struct {
	debt                           Debt
	principal, interest, indemnity int64
	accrued, excess                int64
	lines                          []oracleLine // closed
	open                           []oracleLine // of the running period
	imputed                        [][6]int64
	daysLate                       int
	daily                          int64
}

// centDivisor turns Σ cents × hundredths of a percent into cents.
var centDivisor = big.NewInt(365 * 100 * 100)

// roundHalfUp divides and rounds once.
func roundHalfUp(n *big.Int) int64 {
	twice := new(big.Int).Lsh(n, 1)
	twice.Add(twice, centDivisor)
	return twice.Div(twice, new(big.Int).Lsh(centDivisor, 1)).Int64()
}

// rate returns the rate of a day, what tells its line from its neighbours, and the missing half-year.
func (o *oracle) rate(t, first time.Time) (hundreds int64, key, missing string) {
	switch {
	case o.debt.Debtor == Public:
		key = halfYear(first)
		if known, ok := oracleRates[key]; ok {
			return known[0] + 800, "locked", ""
		}
		return 0, "", key
	case o.debt.Debtor == Business && o.debt.ContractRate != nil:
		return int64(*o.debt.ContractRate) / 100, "contract", ""
	case o.debt.Debtor == Business:
		key = halfYear(t)
		if known, ok := oracleRates[key]; ok {
			return known[0] + 1000, key, ""
		}
		return 0, "", key
	}
	key = halfYear(t)
	known, ok := oracleRates[key]
	if !ok || known[1] < 0 {
		return 0, "", key
	}
	if decided := o.debt.Enforceable; !decided.IsZero() && t.After(decided.Time().AddDate(0, 2, 0)) {
		return known[1] + 500, key + "+5", ""
	}
	return known[1], key, ""
}

// closePeriod rounds the running period once and gives the cents to its largest fractions.
func (o *oracle) closePeriod() {
	total, whole := new(big.Int), int64(0)
	fractions := make([]*big.Int, len(o.open))
	order := make([]int, len(o.open))
	for i := range o.open {
		total.Add(total, o.open[i].sum)
		quotient, fraction := new(big.Int).QuoRem(o.open[i].sum, centDivisor, new(big.Int))
		o.open[i].cents, fractions[i], order[i] = quotient.Int64(), fraction, i
		whole += o.open[i].cents
	}
	rounded := roundHalfUp(total)
	sort.SliceStable(order, func(a, b int) bool { return fractions[order[a]].Cmp(fractions[order[b]]) > 0 })
	for i := int64(0); i < rounded-whole; i++ {
		o.open[order[i]].cents++
	}
	o.interest += rounded
	o.accrued += rounded
	o.lines = append(o.lines, o.open...)
	o.open = nil
}

func (o *oracle) pay(p Payment) {
	o.closePeriod()
	left := int64(p.Amount)
	row := [6]int64{int64(p.Amount)}
	pots := []*int64{&o.principal, &o.interest, &o.indemnity}
	column := []int{2, 1, 3}
	if o.debt.Imputation == InterestFirst {
		pots[0], pots[1], column[0], column[1] = pots[1], pots[0], 1, 2
	}
	for i, pot := range pots {
		part := left
		if *pot < part {
			part = *pot
		}
		*pot -= part
		left -= part
		row[column[i]] = part
	}
	row[4] = left
	o.excess += left
	o.imputed = append(o.imputed, row)
}

// live goes through the debt day by day; it returns the half-year whose rate is missing.
func (o *oracle) live(on date.Date) (missing string) {
	debt, end := o.debt, on.Time()
	o.principal = int64(debt.Amount)
	for _, credit := range debt.Credits {
		if !credit.Date.After(on) {
			o.principal -= int64(credit.Amount)
		}
	}
	if o.principal < 0 {
		o.principal = 0
	}
	due := debt.Due.Time()
	today := due
	for _, p := range debt.Payments {
		if p.Date.Time().Before(today) {
			today = p.Date.Time()
		}
	}
	var first time.Time
	for ; !today.After(end); today = today.AddDate(0, 0, 1) {
		unpaid := o.principal > 0
		if unpaid && today.Sub(due) == 24*time.Hour && debt.Debtor != Consumer &&
			(debt.Insolvency.IsZero() || due.Before(debt.Insolvency.Time())) {
			o.indemnity = 4000
		}
		runs := today.After(due) && (debt.Insolvency.IsZero() || today.Before(debt.Insolvency.Time()))
		if debt.Debtor == Consumer {
			runs = runs && !debt.Presented.IsZero() && today.After(debt.Presented.Time())
		}
		var hundreds int64
		if runs {
			if first.IsZero() {
				first = today
			}
			if unpaid {
				var key string
				if hundreds, key, missing = o.rate(today, first); missing != "" {
					return missing
				}
				o.addDay(today, key, hundreds)
			}
		}
		for _, p := range debt.Payments {
			if p.Date.Time().Equal(today) {
				o.pay(p)
			}
		}
		if unpaid && today.After(due) {
			o.daysLate++
		}
		if today.Equal(end) && runs {
			o.daily = roundHalfUp(big.NewInt(o.principal * hundreds))
		}
	}
	o.closePeriod()
	return ""
}

func (o *oracle) addDay(today time.Time, key string, hundreds int64) {
	if n := len(o.open); n == 0 || o.open[n-1].key != key {
		o.open = append(o.open, oracleLine{from: today, key: key, base: o.principal, hundreds: hundreds,
			sum: new(big.Int)})
	}
	line := &o.open[len(o.open)-1]
	line.to = today
	line.sum.Add(line.sum, big.NewInt(o.principal*hundreds))
}

// compare reports the first difference between the oracle and a claim, empty when there is none.
func (o *oracle) compare(claim Claim) string {
	type sums struct{ principal, interest, indemnity, accrued, excess, daily, daysLate int64 }
	want := sums{o.principal, o.interest, o.indemnity, o.accrued, o.excess, o.daily, int64(o.daysLate)}
	got := sums{int64(claim.Principal), int64(claim.Interest), int64(claim.Indemnity), int64(claim.Accrued),
		int64(claim.Excess), int64(claim.Daily), int64(claim.DaysLate)}
	if want != got || int64(claim.Total) != o.principal+o.interest+o.indemnity {
		return fmt.Sprintf("sums %+v (total %s), oracle %+v", got, claim.Total, want)
	}
	if len(claim.Segments) != len(o.lines) || len(claim.Imputed) != len(o.imputed) {
		return fmt.Sprintf("%d segments and %d payments, oracle %d and %d", len(claim.Segments), len(claim.Imputed),
			len(o.lines), len(o.imputed))
	}
	for i, line := range o.lines {
		segment := Segment{From: date.Of(line.from), To: date.Of(line.to), Base: money.Cents(line.base),
			Days:     int(line.to.Sub(line.from)/(24*time.Hour)) + 1,
			Interest: money.Cents(line.cents), Rate: Rate(line.hundreds * 100)}
		if claim.Segments[i] != segment {
			return fmt.Sprintf("segment %d %+v, oracle %+v", i, claim.Segments[i], segment)
		}
	}
	for i, row := range o.imputed {
		got := claim.Imputed[i]
		if [6]int64{int64(got.Amount), int64(got.Interest), int64(got.Principal), int64(got.Indemnity),
			int64(got.Excess)} != row {
			return fmt.Sprintf("imputed %d %+v, oracle %v", i, got, row)
		}
	}
	return ""
}

// randomDebt draws a debt around a due date from 2015 to 2027, with a few cases where rates end.
func randomDebt(random *rand.Rand) (debt Debt, on date.Date) {
	pick := func(n int) int { return random.IntN(n) }
	debt.Debtor = []Debtor{Business, Business, Consumer, Public}[pick(4)]
	debt.Imputation = []Imputation{"", InterestFirst, InterestFirst, PrincipalFirst}[pick(4)]
	debt.Amount = money.Cents(1 + random.Int64N([]int64{1_000, 500_00, 10_000_00, 2_000_000_00}[pick(4)]))
	debt.Due = day("2015-01-01").AddDays(pick(4390))
	span := 1 + pick([]int{3, 60, 250, 900}[pick(4)])
	on = debt.Due.AddDays(pick(span+8) - 7)
	around := func() date.Date { return debt.Due.AddDays(pick(span+20) - 15) }
	if debt.Debtor == Business && pick(4) == 0 {
		agreed := Rate(pick(3000)) * 100
		debt.ContractRate = &agreed
	}
	if pick(4) > 0 {
		debt.Presented = around()
	}
	if pick(12) == 0 {
		debt.Insolvency = around()
	}
	if pick(5) == 0 {
		// A day that every month has: the two libraries differ on 31 December + 2 months.
		debt.Enforceable, _ = date.New(debt.Due.Year(), time.Month(1+pick(12)), 1+pick(28))
	}
	for range pick(4) {
		part := 1 + random.Int64N(int64(debt.Amount)/int64(1+pick(4))+50)
		debt.Payments = append(debt.Payments, Payment{Date: around(), Amount: money.Cents(part)})
	}
	for pick(5) == 0 {
		part := 1 + random.Int64N(int64(debt.Amount))
		debt.Credits = append(debt.Credits, Credit{Date: around(), Amount: money.Cents(part)})
	}
	return debt, on
}

// TestOracleAgrees compares the engine with the oracle on 100,000 debts. Payments are given to the
// oracle in any order, since it picks those of each day.
func TestOracleAgrees(t *testing.T) {
	rates := shipped(t)
	const cases = 100_000
	random := rand.New(rand.NewPCG(1343, 441))
	missed, late := 0, 0
	for i := range cases {
		debt, on := randomDebt(random)
		second := oracle{debt: debt}
		missing := second.live(on)
		claim, err := rates.Claim(debt, on)
		if missing != "" {
			var unknown *MissingRateError
			if !errors.As(err, &unknown) || unknown.Semester.String() != missing {
				t.Fatalf("case %d: %+v on %s: error %v, oracle misses %s", i, debt, on, err, missing)
			}
			missed++
			continue
		}
		if err != nil {
			t.Fatalf("case %d: %+v on %s: %v", i, debt, on, err)
		}
		if difference := second.compare(claim); difference != "" {
			t.Fatalf("case %d: %+v on %s: %s", i, debt, on, difference)
		}
		if claim.Accrued > 0 {
			late++
		}
	}
	if missed < cases/1000 || late < cases/3 {
		t.Errorf("the draw is dull: %d late, %d without rate", late, missed)
	}
}

func TestOracleTableIsTheShippedOne(t *testing.T) {
	got := map[string][2]int64{}
	for _, entry := range shipped(t).Semesters() {
		row := [2]int64{-1, -1}
		if entry.ECB != nil {
			row[0] = int64(*entry.ECB) / 100
		}
		if entry.Professional != nil {
			row[1] = int64(*entry.Professional) / 100
		}
		got[entry.Semester.String()] = row
	}
	if !reflect.DeepEqual(got, oracleRates) {
		t.Errorf("shipped %v\ntyped   %v", got, oracleRates)
	}
}
