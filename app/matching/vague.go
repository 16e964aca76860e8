package matching

import (
	"slices"

	"dument/app/money"
)

const (
	maxVague      = 6
	maxVagueSteps = 2000
)

// choice picks one candidate for every vague mention, or none where the mention may be nothing.
type choice struct {
	work     *weighing
	mentions []mention
	base     []int32
	picked   []int32
	steps    int
	solved   int
}

// explainVague looks for readings of the vague mentions that, with the invoices named beyond doubt,
// add up exactly; failing that, it proposes each candidate by itself.
func (w *weighing) explainVague() {
	c := choice{work: w, mentions: w.vague[:min(len(w.vague), maxVague)]}
	for _, i := range w.named {
		if w.isPayable(i) {
			c.base = append(c.base, i)
		}
	}
	c.pick(0, w.said.Amount-w.total(c.base, w.openOf))
	if c.solved == 0 && len(w.named) == 0 {
		w.explainCandidates()
	}
}

func (c *choice) pick(at int, left money.Cents) {
	if c.steps++; c.steps > maxVagueSteps || c.solved >= maxSums {
		return
	}
	if at == len(c.mentions) {
		if left == 0 && len(c.picked) > 0 {
			c.solved++
			c.record()
		}
		return
	}
	m, open := c.mentions[at], false
	for _, i := range m.candidates {
		if !c.work.isPayable(i) || slices.Contains(c.picked, i) || slices.Contains(c.base, i) {
			continue
		}
		open = true
		if part := c.work.openOf(i); part <= left {
			c.picked = append(c.picked, i)
			c.pick(at+1, left-part)
			c.picked = c.picked[:len(c.picked)-1]
		}
	}
	if m.strength < strengthExact || !open {
		c.pick(at+1, left)
	}
}

func (c *choice) record() {
	w := c.work
	all := append(slices.Clone(c.base), c.picked...)
	w.inLegalOrder(all)
	e := weighed{amount: amountEqual, order: all, Explanation: Explanation{
		Lines: w.lay(all, w.said.Amount, w.openOf), For: []Reason{w.sumReason(len(all))}}}
	if len(w.named) > 0 {
		e.For = append(e.For, Reason{Code: ReferenceExact, Numbers: w.numbers(w.named)})
	}
	e.names, e.Against = w.doubts(c.picked)
	w.add(e)
}

// doubts says how the picked invoices are named: their rank, and the reasons against.
func (w *weighing) doubts(picked []int32) (names int, against []Reason) {
	names = namesAmbiguous
	for _, m := range w.vague {
		at := slices.IndexFunc(m.candidates, func(i int32) bool { return slices.Contains(picked, i) })
		if at < 0 {
			continue
		}
		if m.strength != strengthExact {
			names = namesDoubtful
		}
		against = append(against, w.doubt(m))
	}
	return names, against
}

func (w *weighing) doubt(m mention) Reason {
	code := ReferenceAmbiguous
	switch {
	case m.strength == strengthNear:
		code = ReferenceNear
	case m.strength == strengthBare && len(m.candidates) == 1:
		code = ReferenceBare
	}
	return Reason{Code: code, Name: m.printed, Numbers: w.numbers(m.candidates)}
}

// explainCandidates proposes every candidate alone when no reading is exact. A bare number is too
// little for that, unless the payer is the invoice's client.
func (w *weighing) explainCandidates() {
	for _, m := range w.vague {
		for _, i := range m.candidates {
			agrees := w.agreement(w.index.invoices[i].Client) >= payerLikely
			if !w.isPayable(i) || m.strength == strengthBare && !agrees {
				continue
			}
			var e weighed
			e.names, e.Against = w.doubts([]int32{i})
			if w.dueOf(i) == w.said.Amount {
				e.amount, e.order = amountWithDue, []int32{i}
				e.Lines = w.lay(e.order, w.said.Amount, w.dueOf)
				e.For = []Reason{w.reasonAmount(AmountTotalDue, w.said.Amount)}
			} else {
				w.fill(&e, []int32{i}, w.openOf(i), w.dueOf(i))
			}
			w.add(e)
		}
	}
}
