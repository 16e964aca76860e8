package law

import (
	"slices"

	"dument/app/date"
	"dument/app/money"
)

// The articles that found each regime's claim.
var (
	businessBasis = []string{"C. com. L441-10", "C. com. D441-5"}
	consumerBasis = []string{"C. civ. 1231-6", "C. civ. 1344", "C. civ. 1344-1"}
	publicBasis   = []string{"CCP L2192-13", "CCP R2192-31", "CCP D2192-35"}
)

// Claim computes what is owed for d on a day, which is included. Payments and interruptions dated
// later are left out, and so are later credit notes; earlier credit notes count from the beginning.
// A payment's own day still bears interest on what was owed before it.
//
// Errors: *InputError for a debt that cannot be computed with, *MissingRateError when a day that
// bears interest lies in a half-year without rate.
func (r *Rates) Claim(d Debt, on date.Date) (Claim, error) {
	if err := checkDay("on", on); err != nil {
		return Claim{}, err
	}
	if err := d.check(); err != nil {
		return Claim{}, err
	}
	run := statement{rates: r, debt: &d}
	run.open(on)
	payments := paymentsUpTo(d.Payments, on)
	run.reserve(len(payments))
	for _, payment := range payments {
		if err := run.accrueTo(payment.Date); err != nil {
			return Claim{}, err
		}
		run.impute(payment)
	}
	if err := run.accrueTo(on); err != nil {
		return Claim{}, err
	}
	if err := run.close(); err != nil {
		return Claim{}, err
	}
	return run.Claim, nil
}

// statement is a claim in the making: it walks through the debt's life once, payment by payment.
type statement struct {
	Claim
	rates *Rates
	debt  *Debt
	// next is the first day whose interest is not yet counted and last the last day that may bear
	// any; next is zero when nothing can.
	next, last date.Date
	// first is the first day that bears interest: it fixes the rate of a public body.
	first date.Date
	// raised is the first day of the legal rate's increase by five points; zero when there is none.
	raised date.Date
	// indemnityDecided is set once the day after the due date was reached.
	indemnityDecided bool
	// paidOff is the day on which a payment extinguished the principal.
	paidOff date.Date
	// remainders are those of the segments of the period being closed, see apportion.
	remainders []uint64
	scratch    [8]uint64
}

// open fills in what does not depend on time passing.
func (s *statement) open(on date.Date) {
	d := s.debt
	s.On, s.Debtor, s.Amount = on, d.Debtor, d.Amount
	for _, credit := range d.Credits {
		if !credit.Date.After(on) {
			s.Credited += credit.Amount
		}
	}
	s.Principal = max(0, d.Amount-s.Credited)
	s.LateFrom = d.Due.AddDays(1)
	s.Limitation = d.limitation(on)
	s.Basis = slices.Clone(basis(d.Debtor))
	s.first, s.last = d.interestSpan(on)
	s.next = s.first
	if d.Debtor == Consumer && !d.Enforceable.IsZero() {
		s.raised = d.Enforceable.AddMonths(2).AddDays(1)
	}
	s.remainders = s.scratch[:0]
}

func basis(debtor Debtor) []string {
	switch debtor {
	case Consumer:
		return consumerBasis
	case Public:
		return publicBasis
	}
	return businessBasis
}

// interestSpan gives the first day that may bear interest, zero when none may, and the last one up
// to on.
func (d *Debt) interestSpan(on date.Date) (first, last date.Date) {
	first, last = d.Due.AddDays(1), on
	if d.Debtor == Consumer && d.Presented.IsZero() {
		first = date.Date{}
	} else if d.Debtor == Consumer && d.Presented.After(d.Due) {
		first = d.Presented.AddDays(1)
	}
	if !d.Insolvency.IsZero() && !last.Before(d.Insolvency) {
		last = d.Insolvency.AddDays(-1)
	}
	return first, last
}

// paymentsUpTo returns the payments of a day or before, in order of date; those of one day keep
// their order. It copies only when it must.
func paymentsUpTo(all []Payment, on date.Date) []Payment {
	byDate := func(a, b Payment) int { return a.Date.Compare(b.Date) }
	if !slices.IsSortedFunc(all, byDate) {
		all = slices.Clone(all)
		slices.SortStableFunc(all, byDate)
	}
	n := len(all)
	for n > 0 && all[n-1].Date.After(on) {
		n--
	}
	return all[:n]
}

// reserve makes room once for the lines to come: a period for each payment, a line for each
// half-year.
func (s *statement) reserve(payments int) {
	if payments > 0 {
		s.Imputed = make([]Imputed, 0, payments)
	}
	if !s.first.IsZero() && !s.first.After(s.last) {
		halves := tableIndex(s.last.Semester()) - tableIndex(s.first.Semester()) + 1
		s.Segments = make([]Segment, 0, payments+min(halves, lastTableYear-firstTableYear))
	}
}

// impute lets a payment extinguish what is owed, in the debt's order; the indemnity comes last.
func (s *statement) impute(payment Payment) {
	s.decideIndemnity(payment.Date)
	done := Imputed{Date: payment.Date, Amount: payment.Amount}
	left := payment.Amount
	take := func(owed, share *money.Cents) {
		*share = min(*owed, left)
		*owed -= *share
		left -= *share
	}
	if s.debt.Imputation == InterestFirst {
		take(&s.Interest, &done.Interest)
		take(&s.Principal, &done.Principal)
	} else {
		take(&s.Principal, &done.Principal)
		take(&s.Interest, &done.Interest)
	}
	take(&s.Indemnity, &done.Indemnity)
	done.Excess = left
	s.Paid += payment.Amount
	s.Excess += left
	if done.Principal > 0 && s.Principal == 0 {
		s.paidOff = payment.Date
	}
	s.Imputed = append(s.Imputed, done)
}

// decideIndemnity brings in the fixed indemnity once the statement has passed the due date with
// principal unpaid. An invoice that falls due in collective proceedings owes none, since its payment
// was forbidden (last sentence of C. com. L441-10 II).
func (s *statement) decideIndemnity(day date.Date) {
	if s.indemnityDecided || !day.After(s.debt.Due) {
		return
	}
	s.indemnityDecided = true
	forbidden := !s.debt.Insolvency.IsZero() && !s.debt.Due.Before(s.debt.Insolvency)
	if s.Principal > 0 && s.debt.Debtor != Consumer && !forbidden {
		s.Indemnity = FixedIndemnity
	}
}

// close draws the sums of the day.
func (s *statement) close() error {
	s.decideIndemnity(s.On)
	s.Total = s.Principal + s.Interest + s.Indemnity + s.Costs
	until := s.On
	if s.Principal == 0 {
		until = s.paidOff
	}
	s.DaysLate = max(0, until.Sub(s.debt.Due))
	if s.Principal > 0 && !s.first.IsZero() && !s.On.Before(s.first) && s.last == s.On {
		rate, _, err := s.line(s.On)
		if err != nil {
			return err
		}
		s.Daily = dailyInterest(s.Principal, rate)
	}
	return nil
}
