package law

import (
	"math/bits"
	"slices"

	"dument/app/date"
	"dument/app/money"
)

// Share is the part of one payment that goes to one debt, and what it extinguishes there.
type Share struct {
	Index     int // of the debt, in the list that was given
	Interest  money.Cents
	Principal money.Cents
	Indemnity money.Cents
}

// Amount is the sum of the share.
func (s Share) Amount() money.Cents { return s.Interest + s.Principal + s.Indemnity }

// Spread allocates a payment that names no invoice over the debts of one client, in the legal order
// (C. civ. 1342-10): the oldest due date first, hence debts already due before the others; debts of
// one due date in proportion to what they can take, their cents by largest remainder. A debt whose
// imputation is principal-first takes its principal; one whose imputation is interest-first takes
// its interest accrued up to paidOn and its principal. The fixed indemnity takes nothing here. What
// no debt can take is returned as rest. Shares come in the order of allocation, none is empty.
//
// Errors: *InputError; *MissingRateError when interest that comes first cannot be known.
func (r *Rates) Spread(debts []Debt, amount money.Cents, paidOn date.Date) (
	shares []Share, rest money.Cents, err error,
) {
	if err := checkSpread(debts, amount, paidOn); err != nil {
		return nil, 0, err
	}
	rooms := make([]Share, len(debts))
	for i := range debts {
		if rooms[i], err = r.room(&debts[i], paidOn); err != nil {
			return nil, 0, err
		}
		rooms[i].Index = i
	}
	slices.SortStableFunc(rooms, func(a, b Share) int {
		return debts[a.Index].Due.Compare(debts[b.Index].Due)
	})
	rest = amount
	for len(rooms) > 0 && rest > 0 {
		due, n := debts[rooms[0].Index].Due, 1
		for n < len(rooms) && debts[rooms[n].Index].Due == due {
			n++
		}
		rest -= fill(rooms[:n], rest, debts)
		shares = append(shares, rooms[:n]...)
		rooms = rooms[n:]
	}
	return withoutEmpty(shares), rest, nil
}

// SpreadNamed allocates a payment whose debtor named the invoices (C. civ. 1342-10, first sentence):
// in the order given, each up to its full claim on paidOn. What names several invoices means their
// principals first: interest that comes after the principal, and the indemnity, take only what all
// the principals leave, in the same order. Rest and errors are those of Spread.
func (r *Rates) SpreadNamed(debts []Debt, amount money.Cents, paidOn date.Date) (
	shares []Share, rest money.Cents, err error,
) {
	if err := checkSpread(debts, amount, paidOn); err != nil {
		return nil, 0, err
	}
	rest = amount
	shares = make([]Share, len(debts))
	for i := range debts {
		if shares[i], err = r.room(&debts[i], paidOn); err != nil {
			return nil, 0, err
		}
		shares[i].Index = i
		rest -= fill(shares[i:i+1], rest, debts)
	}
	for i := range debts {
		if rest == 0 {
			break
		}
		owed, err := r.standing(&debts[i], paidOn)
		if err != nil {
			return nil, 0, err
		}
		if debts[i].Imputation != InterestFirst {
			shares[i].Interest = min(owed.Interest, rest)
			rest -= shares[i].Interest
		}
		shares[i].Indemnity = min(owed.Indemnity, rest)
		rest -= shares[i].Indemnity
	}
	return withoutEmpty(shares), rest, nil
}

func checkSpread(debts []Debt, amount money.Cents, paidOn date.Date) error {
	if len(debts) > maxEntries {
		return &InputError{Field: "debts", Reason: "too many"}
	}
	for i := range debts {
		if err := debts[i].check(); err != nil {
			return err
		}
	}
	if err := checkAmount("payment", amount); err != nil {
		return err
	}
	return checkDay("paid on", paidOn)
}

// room is what a spread payment may extinguish of a debt. Facts booked with a later date count too,
// so that a payment entered late gives nothing to a debt that was settled meanwhile.
func (r *Rates) room(d *Debt, paidOn date.Date) (Share, error) {
	if d.Imputation == InterestFirst {
		owed, err := r.standing(d, paidOn)
		return Share{Interest: owed.Interest, Principal: owed.Principal}, err
	}
	// Principal comes first: no rate is needed, so a payment of a half-year whose rate is still
	// unknown can be booked.
	principal := d.Amount
	for _, credit := range d.Credits {
		principal -= credit.Amount
	}
	for _, payment := range d.Payments {
		principal -= payment.Amount
	}
	return Share{Principal: max(0, principal)}, nil
}

// standing is what is owed of a debt on a day, less what is already booked with later dates: later
// credit notes were never owed, and later payments leave no more than what they left.
func (r *Rates) standing(d *Debt, on date.Date) (Share, error) {
	known, last := *d, on
	known.Credits = slices.Clone(d.Credits)
	for i := range known.Credits {
		known.Credits[i].Date = on
	}
	claim, err := r.Claim(known, on)
	if err != nil {
		return Share{}, err
	}
	owed := Share{Interest: claim.Interest, Principal: claim.Principal, Indemnity: claim.Indemnity}
	for _, payment := range d.Payments {
		last = later(last, payment.Date)
	}
	if last == on {
		return owed, nil
	}
	if claim, err = r.Claim(known, last); err != nil {
		return Share{}, err
	}
	limit := claim.Interest + claim.Principal
	owed.Interest = min(owed.Interest, limit)
	owed.Principal = min(owed.Principal, limit-owed.Interest)
	owed.Indemnity = min(owed.Indemnity, claim.Indemnity)
	return owed, nil
}

func later(a, b date.Date) date.Date {
	if b.After(a) {
		return b
	}
	return a
}

// fill turns the rooms of debts of equal rank into shares of an amount, in proportion when it is too
// small for all, and returns what they take together.
func fill(rooms []Share, amount money.Cents, debts []Debt) (taken money.Cents) {
	var capacity money.Cents
	for _, room := range rooms {
		capacity += room.Amount()
	}
	if capacity <= amount {
		return capacity
	}
	parts, remainders := make([]money.Cents, len(rooms)), make([]uint64, len(rooms))
	left := amount
	for i, room := range rooms {
		high, low := bits.Mul64(uint64(amount), uint64(room.Amount()))
		quotient, remainder := bits.Div64(high, low, uint64(capacity))
		parts[i], remainders[i] = money.Cents(quotient), remainder
		left -= parts[i]
	}
	for ; left > 0; left-- {
		largest := slices.Index(remainders, slices.Max(remainders))
		parts[largest]++
		remainders[largest] = 0
	}
	for i := range rooms {
		rooms[i] = cut(rooms[i], parts[i], debts[rooms[i].Index].Imputation)
	}
	return amount
}

// cut reduces a room to a smaller amount, by the debt's imputation.
func cut(room Share, amount money.Cents, imputation Imputation) Share {
	made := Share{Index: room.Index}
	if imputation == InterestFirst {
		made.Interest = min(room.Interest, amount)
	}
	made.Principal = amount - made.Interest
	return made
}

func withoutEmpty(shares []Share) []Share {
	return slices.DeleteFunc(shares, func(s Share) bool { return s.Amount() == 0 })
}

// DailyIfPresented is the interest of one more day that a consumer's debt will bear once its formal
// notice is presented, at the legal rate of the day on, with that rate. It is zero when nothing is
// owed or when collective proceedings are open. It informs: it must never be multiplied.
//
// Errors: *InputError, also for a debtor who is no consumer; *MissingRateError.
func (r *Rates) DailyIfPresented(d Debt, on date.Date) (daily money.Cents, rate Rate, err error) {
	if d.Debtor != Consumer {
		return 0, 0, &InputError{Field: "debtor", Reason: "interest waits for a notice with consumers alone"}
	}
	claim, err := r.Claim(d, on)
	if err != nil {
		return 0, 0, err
	}
	run := statement{rates: r, debt: &d}
	run.open(on)
	if rate, _, err = run.line(on); err != nil {
		return 0, 0, err
	}
	if run.last == on {
		daily = dailyInterest(claim.Principal, rate)
	}
	return daily, rate, nil
}
