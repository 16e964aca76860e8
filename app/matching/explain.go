package matching

import (
	"slices"

	"dument/app/money"
)

// A payment that is short by at most this much, in cents and in percent, is taken for one from
// which a bank fee or a discount was deducted; it stays a suggestion.
const (
	littleCents   money.Cents = 30_00
	littlePercent money.Cents = 5
)

// explainCredit finds the explanations of money received.
func (w *weighing) explainCredit() {
	if len(w.named) > 0 {
		w.explainNamed()
	}
	if len(w.vague) > 0 {
		w.explainVague()
	}
	for _, e := range w.found {
		if e.names == namesExact && e.amount >= amountWithDue {
			return
		}
	}
	switch {
	case w.payer.client != 0:
		w.explainPayer(w.payer.client)
	case w.payer.likely != 0:
		w.explainPayer(w.payer.likely)
	}
	if len(w.found) == 0 && w.payer.client == 0 {
		w.explainAmount()
	}
}

// namedKinds parts the named invoices by what can be done with them.
type namedKinds struct {
	payable, settled, credits, foreign []int32
}

func (w *weighing) namedKinds() (kinds namedKinds) {
	for _, i := range w.named {
		invoice := &w.index.invoices[i]
		switch {
		case w.otherCurrency(i):
			kinds.foreign = append(kinds.foreign, i)
		case invoice.CreditNote:
			kinds.credits = append(kinds.credits, i)
		case invoice.Open > 0:
			kinds.payable = append(kinds.payable, i)
		default:
			kinds.settled = append(kinds.settled, i)
		}
	}
	return kinds
}

func (w *weighing) explainNamed() {
	kinds, amount := w.namedKinds(), w.said.Amount
	exact := Reason{Code: ReferenceExact, Numbers: w.numbers(w.named)}
	base := weighed{names: namesExact, order: kinds.payable}
	base.For = []Reason{exact}
	base.Against = w.namedDoubts(kinds)
	if len(kinds.foreign) > 0 {
		base.order = nil
		w.add(base)
		return
	}
	w.explainNetted(base, kinds)
	open := w.total(kinds.payable, w.openOf)
	switch due := w.total(kinds.payable, w.dueOf); {
	case open > 0 && amount == open:
		base.amount, base.Lines = amountEqual, w.lay(kinds.payable, amount, w.openOf)
		base.For = append(base.For, w.sumReason(len(kinds.payable)))
	case due > open && amount == due:
		base.amount, base.Lines = amountWithDue, w.lay(kinds.payable, amount, w.dueOf)
		base.For = append(base.For, w.reasonAmount(AmountTotalDue, amount))
	case open == 0:
		base.amount = amountUnused
		base.Against = append(base.Against, w.reasonAmount(Overpaid, amount))
		if len(kinds.settled) > 0 {
			base.Client = w.index.invoices[kinds.settled[0]].Client
		}
	case w.explainSubsets(base, kinds.payable):
		return
	default:
		w.fill(&base, kinds.payable, open, due)
	}
	w.add(base)
}

func (w *weighing) sumReason(count int) Reason {
	if count == 1 {
		return w.reasonAmount(AmountExact, w.said.Amount)
	}
	reason := w.reasonAmount(AmountSum, w.said.Amount)
	reason.Count = count
	return reason
}

// namedDoubts are the reasons against that lie in what is named.
func (w *weighing) namedDoubts(kinds namedKinds) (against []Reason) {
	note := func(code Code, list []int32, name string) {
		if len(list) > 0 {
			against = append(against, Reason{Code: code, Numbers: w.numbers(list), Name: name})
		}
	}
	note(CurrencyDiffers, kinds.foreign, string(w.said.Currency))
	note(CreditNoteNamed, kinds.credits, "")
	note(AlreadySettled, kinds.settled, "")
	return against
}

// explainNetted tries the named invoices less the named credit notes.
func (w *weighing) explainNetted(base weighed, kinds namedKinds) {
	credit := w.total(kinds.credits, func(i int32) money.Cents { return w.openOf(i).Abs() })
	if credit == 0 || w.said.Amount != w.total(kinds.payable, w.openOf)-credit {
		return
	}
	base.amount, base.Lines = amountNetted, w.lay(kinds.payable, w.said.Amount+credit, w.openOf)
	base.For = append(slices.Clone(base.For), w.reasonAmount(AmountNetted, w.said.Amount))
	base.Against = slices.Clone(base.Against)
	base.order = slices.Clone(kinds.payable)
	for _, i := range kinds.credits {
		note := &w.index.invoices[i]
		if part := note.Open.Abs(); part > 0 {
			base.Lines = append(base.Lines, Line{note.ID, note.Number, -part})
			base.order = append(base.order, i)
		}
	}
	w.add(base)
}

// explainSubsets tries to pay some of the named invoices exactly.
func (w *weighing) explainSubsets(base weighed, payable []int32) bool {
	if len(payable) < 2 || len(payable) > maxSumItems {
		return false
	}
	solutions, _ := w.subsets(payable, len(payable))
	for _, chosen := range solutions {
		e := base
		e.order, e.amount = chosen, amountSubset
		e.Lines = w.lay(chosen, w.said.Amount, w.openOf)
		left := slices.DeleteFunc(slices.Clone(payable), func(i int32) bool {
			return slices.Contains(chosen, i)
		})
		e.For = append(slices.Clone(base.For), w.reasonAmount(AmountSubset, w.said.Amount))
		e.Against = append(slices.Clone(base.Against), Reason{Code: NamedNotCovered, Numbers: w.numbers(left)})
		w.add(e)
	}
	return len(solutions) > 0
}

// subsets lists the sets of invoices whose open balances are exactly the amount, each in legal order.
func (w *weighing) subsets(items []int32, members int) (solutions [][]int32, proven bool) {
	items = slices.Clone(items)
	slices.SortFunc(items, func(i, j int32) int {
		if a, b := w.openOf(i), w.openOf(j); a != b {
			return int(min(max(b-a, -1), 1))
		}
		return int(i - j)
	})
	amounts := make([]money.Cents, len(items))
	for n, i := range items {
		amounts[n] = w.openOf(i)
	}
	found, proven := sums(amounts, w.said.Amount, members)
	for _, positions := range found {
		chosen := make([]int32, len(positions))
		for n, position := range positions {
			chosen[n] = items[position]
		}
		w.inLegalOrder(chosen)
		solutions = append(solutions, chosen)
	}
	return solutions, proven
}

// fill lays an amount that is not exact: too little, or too much.
func (w *weighing) fill(e *weighed, payable []int32, open, due money.Cents) {
	amount := w.said.Amount
	e.order, e.amount = payable, amountRest
	e.Lines = w.lay(payable, amount, w.openOf)
	missing := open - amount
	switch {
	case missing > 0 && missing <= littleCents && missing*100 <= open*littlePercent:
		e.amount = amountLittle
		e.Against = append(e.Against, w.reasonAmount(ShortByLittle, missing))
	case missing > 0:
		e.Against = append(e.Against, w.reasonAmount(Partial, missing))
		if left := payable[len(e.Lines):]; len(left) > 0 {
			e.Against = append(e.Against, Reason{Code: NamedNotCovered, Numbers: w.numbers(left)})
		}
	case amount < due:
		e.Against = append(e.Against, w.reasonAmount(PartOfInterest, -missing))
	default:
		e.Against = append(e.Against, w.reasonAmount(Overpaid, -missing))
	}
}

// explainPayer looks among everything that is open for one client.
func (w *weighing) explainPayer(client ClientID) {
	items, more := w.index.bucket(w.index.openOf[client], maxSumItems)
	items = slices.DeleteFunc(items, func(i int32) bool { return !w.isPayable(i) })
	base := weighed{names: namesNone}
	base.Client = client
	base.Against = []Reason{{Code: ReferenceMissing}}
	if len(w.named) > 0 {
		base.Against = []Reason{{Code: NamedNotCovered, Numbers: w.numbers(w.named)}}
	}
	if more {
		w.explainSingles(base, client)
		return
	}
	w.inLegalOrder(items)
	solutions, proven := w.subsets(items, maxSumMembers)
	for _, chosen := range solutions {
		e := base
		e.order, e.amount, e.Lines = chosen, amountEqual, w.lay(chosen, w.said.Amount, w.openOf)
		e.For = []Reason{w.sumReason(len(chosen))}
		if proven && len(solutions) == 1 {
			e.For = append(e.For, Reason{Code: OnlySum})
		} else {
			e.Against = append(slices.Clone(base.Against), Reason{Code: SeveralSums})
		}
		w.add(e)
	}
	w.explainDue(base, items)
	if len(w.found) == 0 && w.payer.client != 0 {
		w.explainRemainder(base, items, client)
	}
}

// explainDue adds the invoices whose balance with interest and indemnity is the amount.
func (w *weighing) explainDue(base weighed, items []int32) {
	for _, i := range items {
		if w.dueOf(i) == w.said.Amount && w.openOf(i) != w.said.Amount {
			e := base
			e.Against = slices.Clone(base.Against)
			e.order, e.amount = []int32{i}, amountWithDue
			e.Lines = w.lay(e.order, w.said.Amount, w.dueOf)
			e.For = []Reason{w.reasonAmount(AmountTotalDue, w.said.Amount)}
			w.add(e)
		}
	}
}

// explainSingles serves a client with too many open invoices for a proof about sums.
func (w *weighing) explainSingles(base weighed, client ClientID) {
	const mostLookedAt = 2000
	base.Against = append(base.Against, Reason{Code: TooManyOpen})
	items, _ := w.index.bucket(w.index.openOf[client], mostLookedAt)
	shown := 0
	for _, i := range items {
		if w.openOf(i) == w.said.Amount && w.isPayable(i) && shown <= maxExplanations {
			shown++
			e := base
			e.Against = slices.Clone(base.Against)
			e.order, e.amount = []int32{i}, amountEqual
			e.Lines = w.lay(e.order, w.said.Amount, w.openOf)
			e.For = []Reason{w.sumReason(1)}
			w.add(e)
		}
	}
	if len(w.found) == 0 {
		w.add(base)
	}
}

// explainRemainder proposes the legal order for a known payer whose amount fits nothing exactly.
func (w *weighing) explainRemainder(base weighed, items []int32, client ClientID) {
	paid, _ := w.index.bucket(w.index.byAmount[amountKey{w.said.Amount, client, amountPaid}], maxCandidates)
	if len(paid) > 0 {
		base.Against = append(base.Against, Reason{Code: PaidTwice, Numbers: w.numbers(paid)})
	}
	if len(items) == 0 {
		name := w.index.payers.display[client]
		base.Against = append(base.Against, Reason{Code: NothingOpen, Name: name})
		w.add(base)
		return
	}
	w.fill(&base, items, w.total(items, w.openOf), w.total(items, w.dueOf))
	w.add(base)
}

// explainAmount is the last resort: the invoices, of whomever, that have exactly this balance.
func (w *weighing) explainAmount() {
	for _, use := range []amountUse{amountOpen, amountDue} {
		same, _ := w.index.bucket(w.index.byAmount[amountKey{w.said.Amount, 0, use}], 2*maxExplanations)
		for _, i := range same {
			if !w.isPayable(i) {
				continue
			}
			e := weighed{names: namesNone, amount: amountEqual, order: []int32{i}}
			e.For, e.Lines = []Reason{w.sumReason(1)}, w.lay(e.order, w.said.Amount, w.openOf)
			if use == amountDue {
				e.amount, e.Lines = amountWithDue, w.lay(e.order, w.said.Amount, w.dueOf)
				e.For = []Reason{w.reasonAmount(AmountTotalDue, w.said.Amount)}
			}
			e.Against = []Reason{{Code: ReferenceMissing}}
			w.add(e)
		}
	}
}
