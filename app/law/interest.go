package law

import (
	"math/bits"

	"dument/app/date"
	"dument/app/money"
)

// The additions to the ECB's refinancing rate and to the legal rate.
const (
	businessPoints = 10 * onePercent // C. com. L441-10 II
	publicPoints   = 8 * onePercent  // CCP R2192-31
	judgmentPoints = 5 * onePercent  // CMF L313-3
)

// interestDenominator turns cents × millionths × days into cents: a year of 365 days, whatever the
// calendar says.
const interestDenominator = 365 * 1_000_000

// accrueTo counts the interest up to a day, included, and closes the accrual period there: its sum
// is rounded once, half up, and its lines share the cents.
func (s *statement) accrueTo(until date.Date) error {
	if until.After(s.last) {
		until = s.last
	}
	if s.next.IsZero() || s.next.After(until) {
		return nil
	}
	if s.Principal == 0 {
		s.next = until.AddDays(1)
		return nil
	}
	opened := len(s.Segments)
	s.remainders = s.remainders[:0]
	for !s.next.After(until) {
		rate, end, err := s.line(s.next)
		if err != nil {
			return err
		}
		if end.After(until) {
			end = until
		}
		days := end.Sub(s.next) + 1
		whole, remainder := interest(s.Principal, rate, days)
		s.Segments = append(s.Segments, Segment{
			From: s.next, To: end, Days: days, Base: s.Principal, Rate: rate, Interest: whole,
		})
		s.remainders = append(s.remainders, remainder)
		s.warnBelowFloor(s.next, end)
		s.next = end.AddDays(1)
	}
	period := s.Segments[opened:]
	apportion(period, s.remainders)
	for i := range period {
		s.Accrued += period[i].Interest
		s.Interest += period[i].Interest
	}
	return nil
}

// line gives the rate of a day that bears interest, and the last day of its line: a contract's rate
// and a public body's never change; the others have a line for each half-year, even when two
// half-years have the same rate. The error is a *MissingRateError.
func (s *statement) line(day date.Date) (rate Rate, end date.Date, err error) {
	switch {
	case s.debt.Debtor == Public:
		rate, err = s.rates.ecb(s.first.Semester())
		return rate + publicPoints, s.last, err
	case s.debt.Debtor == Business && s.debt.ContractRate != nil:
		return *s.debt.ContractRate, s.last, nil
	case s.debt.Debtor == Business:
		semester := day.Semester()
		rate, err = s.rates.ecb(semester)
		return rate + businessPoints, semester.Last(), err
	}
	semester := day.Semester()
	rate, err = s.rates.legal(semester)
	end = semester.Last()
	if s.raised.IsZero() {
		return rate, end, err
	}
	if !day.Before(s.raised) {
		return rate + judgmentPoints, end, err
	}
	if !end.Before(s.raised) {
		end = s.raised.AddDays(-1)
	}
	return rate, end, err
}

// warnBelowFloor notes each half-year in which a contractual rate runs below the legal floor. A
// half-year without legal rate says nothing: the claim itself does not need it.
func (s *statement) warnBelowFloor(from, to date.Date) {
	if s.debt.Debtor != Business || s.debt.ContractRate == nil {
		return
	}
	semester, last := from.Semester(), to.Semester()
	if n := len(s.Warnings); n > 0 && s.Warnings[n-1].Semester == semester {
		semester = semester.Next()
	}
	for ; semester.Compare(last) <= 0; semester = semester.Next() {
		warning, err := s.rates.CheckContractRate(*s.debt.ContractRate, semester)
		if err == nil && warning != nil {
			s.Warnings = append(s.Warnings, *warning)
		}
	}
}

// interest is base × rate × days / 365, as whole cents and what remains of it over
// interestDenominator. The product needs 128 bits.
func interest(base money.Cents, rate Rate, days int) (whole money.Cents, remainder uint64) {
	// 10^12 cents at 10^6 millionths make 10^18 at most, which 64 bits hold.
	high, low := bits.Mul64(uint64(base)*uint64(rate), uint64(days))
	quotient, remainder := bits.Div64(high, low, interestDenominator)
	return money.Cents(quotient), remainder
}

// dailyInterest is the interest of one day, rounded half up.
func dailyInterest(base money.Cents, rate Rate) money.Cents {
	whole, remainder := interest(base, rate, 1)
	if 2*remainder >= interestDenominator {
		whole++
	}
	return whole
}

// apportion adds to the lines of a period the cents that their whole parts leave of its sum,
// rounded half up: one cent each, the largest remainders first, the earlier line when two are equal.
func apportion(period []Segment, remainders []uint64) {
	var sum uint64
	for _, remainder := range remainders {
		sum += remainder
	}
	for cents := (2*sum + interestDenominator) / (2 * interestDenominator); cents > 0; cents-- {
		largest := 0
		for i, remainder := range remainders {
			if remainder > remainders[largest] {
				largest = i
			}
		}
		period[largest].Interest++
		remainders[largest] = 0
	}
}
