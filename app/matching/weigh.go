package matching

import (
	"cmp"
	"slices"
	"strings"

	"dument/app/money"
)

// How well an explanation names its invoices, explains the amount, and fits the payer. A better name
// outweighs every amount, a better amount every payer: a debtor's own words about what he pays rule.
const (
	namesNone      = 1
	namesDoubtful  = 2
	namesAmbiguous = 3
	namesExact     = 4

	amountUnused  = 0
	amountRest    = 1 // partial or over
	amountLittle  = 2 // short by a fee or a discount
	amountSubset  = 3
	amountNetted  = 4
	amountWithDue = 5
	amountEqual   = 6

	payerContradicts = 0
	payerUnknown     = 1
	payerLikely      = 2
	payerExact       = 3
)

// weighed is an explanation with its rank.
type weighed struct {
	Explanation
	names, amount, payer int
	order                []int32 // the invoices of the lines
}

func (e *weighed) score() int { return e.names*100 + e.amount*10 + e.payer }

// weighing is the work on one movement.
type weighing struct {
	index     *Index
	said      *Said
	payer     payerFound
	truncated bool
	// named are the invoices named beyond doubt, in legal order.
	named []int32
	// vague are the mentions that may mean something else.
	vague []mention
	// unknown are complete numbers that the ledger does not have.
	unknown []string
	found   []weighed
}

func (x *Index) weigh(s *Said) *weighing {
	w := &weighing{index: x, said: s, payer: x.payers.recognise(s)}
	mentions, truncated := x.mentions(s)
	w.truncated = truncated
	for _, m := range mentions {
		if m.strength == strengthExact && len(m.candidates) == 1 && !slices.Contains(w.named, m.candidates[0]) {
			w.named = append(w.named, m.candidates[0])
		}
	}
	w.inLegalOrder(w.named)
	for _, m := range mentions {
		switch {
		case m.strength == strengthExact && len(m.candidates) == 1:
		case slices.ContainsFunc(m.candidates, func(i int32) bool { return slices.Contains(w.named, i) }):
			// "F2026-0041 (facture 41)": the short form says nothing new.
		case len(m.candidates) > 0:
			w.vague = append(w.vague, m)
		default:
			if m.strength == strengthExact {
				w.unknown = append(w.unknown, m.printed)
			}
			if near := w.oneSlipAway(m.printed); len(near) > 0 {
				w.vague = append(w.vague, mention{m.printed, strengthNear, near})
			}
		}
	}
	return w
}

// oneSlipAway looks for a misprinted number among the invoices of exactly the right amount.
func (w *weighing) oneSlipAway(printed string) []int32 {
	const mostCompared = 200
	if w.said.Amount <= 0 {
		return nil
	}
	compact := compactOf(printed)
	var near []int32
	for _, use := range []amountUse{amountOpen, amountDue} {
		same, _ := w.index.bucket(w.index.byAmount[amountKey{w.said.Amount, 0, use}], mostCompared)
		for _, i := range same {
			number := compactOf(w.index.invoices[i].Number)
			if len(near) < maxCandidates && !slices.Contains(near, i) && isOneSlipAway(compact, number) {
				near = append(near, i)
			}
		}
	}
	return near
}

// inLegalOrder sorts as payments are laid when nobody says otherwise: the earliest due first (Code
// civil art. 1342-10), then the earliest issued.
func (w *weighing) inLegalOrder(list []int32) {
	slices.SortFunc(list, func(i, j int32) int {
		a, b := &w.index.invoices[i], &w.index.invoices[j]
		return cmp.Or(a.Due.Compare(b.Due), a.Issued.Compare(b.Issued), cmp.Compare(i, j))
	})
}

func (w *weighing) numbers(list []int32) string {
	var out strings.Builder
	for n, i := range list {
		if n > 0 {
			out.WriteString(", ")
		}
		out.WriteString(w.index.invoices[i].Number)
	}
	return out.String()
}

func (w *weighing) reasonAmount(code Code, amount money.Cents) Reason {
	return Reason{Code: code, Amount: amount, Currency: w.said.Currency}
}

// isPayable reports whether a credit of this currency can be laid on the invoice.
func (w *weighing) isPayable(i int32) bool {
	invoice := &w.index.invoices[i]
	return !invoice.CreditNote && invoice.Open > 0 && !w.otherCurrency(i)
}

func (w *weighing) otherCurrency(i int32) bool {
	return w.said.Currency != "" && w.index.invoices[i].Currency != w.said.Currency
}

// dueOf is what settles the invoice with interest and indemnity, when that is known.
func (w *weighing) dueOf(i int32) money.Cents {
	return max(w.index.invoices[i].Open, w.index.invoices[i].TotalDue)
}

func (w *weighing) openOf(i int32) money.Cents { return w.index.invoices[i].Open }

func (w *weighing) total(list []int32, of func(int32) money.Cents) money.Cents {
	var total money.Cents
	for _, i := range list {
		total += of(i)
	}
	return total
}

// lay spends what is left of amount on the invoices in their order, each up to of.
func (w *weighing) lay(list []int32, amount money.Cents, of func(int32) money.Cents) []Line {
	lines := make([]Line, 0, len(list))
	for _, i := range list {
		part := min(amount, of(i))
		if part <= 0 {
			break
		}
		amount -= part
		invoice := &w.index.invoices[i]
		lines = append(lines, Line{invoice.ID, invoice.Number, part})
	}
	return lines
}

// add completes an explanation (rest, client, payer and their reasons) and keeps it, once.
func (w *weighing) add(e weighed) {
	e.Rest = w.said.Amount
	for _, line := range e.Lines {
		e.Rest -= line.Amount
	}
	e.order = e.order[:min(len(e.order), len(e.Lines))]
	w.weighPayer(&e)
	w.addDates(&e)
	same := func(other weighed) bool { return slices.Equal(e.Lines, other.Lines) }
	if at := slices.IndexFunc(w.found, same); at >= 0 {
		if w.found[at].score() < e.score() {
			w.found[at] = e
		}
		return
	}
	w.found = append(w.found, e)
}

// weighPayer says whose invoices these are and whether the payer agrees.
func (w *weighing) weighPayer(e *weighed) {
	invoices := e.order
	if len(invoices) == 0 {
		if e.Client == 0 {
			e.Client = w.payer.client
		}
		e.payer = payerUnknown
		return
	}
	e.Client = w.index.invoices[invoices[0]].Client
	e.payer = payerExact
	for _, i := range invoices {
		client := w.index.invoices[i].Client
		if client != e.Client {
			e.Against = append(e.Against, Reason{Code: SeveralClients})
			e.Client, e.payer = 0, min(e.payer, payerUnknown)
			break
		}
	}
	for _, i := range invoices {
		e.payer = min(e.payer, w.agreement(w.index.invoices[i].Client))
	}
	name := w.index.payers.display[e.Client]
	switch {
	case e.payer == payerExact:
		e.For = append(e.For, Reason{Code: w.payer.code, Name: name})
	case e.payer == payerLikely:
		e.For = append(e.For, Reason{Code: PayerLikely, Name: name})
	case e.payer == payerContradicts && w.payer.client != 0:
		e.Against = append(e.Against, Reason{Code: PayerDiffers,
			Name: w.index.payers.display[w.payer.client]})
	case w.payer.ambiguous:
		e.Against = append(e.Against, Reason{Code: PayerAmbiguous})
	case e.payer == payerContradicts:
		e.Against = append(e.Against, Reason{Code: PayerDiffers, Name: w.said.Payer})
	case w.said.Payer != "":
		e.Against = append(e.Against, Reason{Code: PayerUnknown, Name: w.said.Payer})
	}
}

func (w *weighing) agreement(client ClientID) int {
	switch {
	case w.payer.contradicts(client):
		return payerContradicts
	case w.payer.client == client && client != 0:
		return payerExact
	case w.payer.likely == client && client != 0:
		return payerLikely
	}
	return payerUnknown
}

func (w *weighing) addDates(e *weighed) {
	for _, i := range e.order {
		if !w.said.Date.IsZero() && w.said.Date.Before(w.index.invoices[i].Issued) {
			e.Against = append(e.Against, Reason{Code: DateBeforeIssue, Date: w.said.Date,
				Numbers: w.numbers([]int32{i})})
		}
	}
}

// ranked sorts the explanations, best first, and reports whether the first two are equally good.
func (w *weighing) ranked() (tied bool) {
	slices.SortStableFunc(w.found, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(b.score(), a.score()), w.compareOrder(a.order, b.order))
	})
	return len(w.found) > 1 && w.found[0].score() == w.found[1].score()
}

// compareOrder puts the explanation with the earlier due invoices first, then the lower IDs.
func (w *weighing) compareOrder(a, b []int32) int {
	for n := range min(len(a), len(b)) {
		if a[n] == b[n] {
			continue
		}
		left, right := &w.index.invoices[a[n]], &w.index.invoices[b[n]]
		return cmp.Or(left.Due.Compare(right.Due), cmp.Compare(a[n], b[n]))
	}
	return cmp.Compare(len(a), len(b))
}
