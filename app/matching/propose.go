package matching

import (
	"slices"

	"dument/app/money"
)

// Propose explains one movement. It never books; Auto means that booking Best needs nobody.
func (x *Index) Propose(s Said) Proposal {
	w := x.weigh(&s)
	switch {
	case s.Evidence == EvidenceAnnounced && s.Kind != KindFailure && s.Kind != KindRefund && s.Amount >= 0:
		return w.proposeAnnounced()
	case s.Evidence != EvidenceAnnounced && s.Evidence != EvidenceNotified && s.Evidence != EvidenceConfirmed:
		return w.proposeRejected()
	case s.Kind == KindFailure || s.Kind == KindRefund || s.Amount < 0:
		return w.proposeReversal()
	case s.Kind != "" && s.Kind != KindCredit:
		s.NoAuto = true // a kind that this package does not know
	}
	if s.Amount == 0 || !s.Amount.Valid() {
		return w.proposeWithoutAmount()
	}
	w.explainCredit()
	proposal := w.proposal(Suggest)
	if blockers := w.blockers(proposal.Best); len(blockers) > 0 {
		proposal.Reasons = append(proposal.Reasons, blockers...)
		return w.clean(proposal)
	}
	proposal.Decision = Auto
	proposal.Reasons = append(proposal.Reasons, Reason{Code: EverythingAgrees})
	return w.clean(proposal)
}

// proposal ranks what was found. Its reasons are those of the best explanation.
func (w *weighing) proposal(decision Decision) Proposal {
	proposal := Proposal{Decision: decision, Concerns: w.concerns()}
	tied := w.ranked()
	for _, e := range w.found[:min(len(w.found), maxExplanations)] {
		proposal.Explanations = append(proposal.Explanations, e.Explanation)
	}
	switch {
	case len(w.found) == 0:
		proposal.Reasons = append(proposal.Reasons, Reason{Code: NothingMatches})
	case tied:
		proposal.Reasons = append(proposal.Reasons, Reason{Code: SeveralEqual})
	default:
		proposal.Best = &proposal.Explanations[0]
		proposal.Reasons = append(proposal.Reasons, proposal.Best.For...)
		proposal.Reasons = append(proposal.Reasons, proposal.Best.Against...)
	}
	return proposal
}

// clean drops reasons that were given twice.
func (w *weighing) clean(p Proposal) Proposal {
	var once []Reason
	for _, reason := range p.Reasons {
		if !slices.Contains(once, reason) {
			once = append(once, reason)
		}
	}
	p.Reasons = once
	return p
}

// concerns are the invoices named; when none is beyond doubt, those named with a slip or alone.
func (w *weighing) concerns() (ids []InvoiceID) {
	for _, i := range w.named {
		ids = append(ids, w.index.invoices[i].ID)
	}
	if len(ids) > 0 {
		return ids
	}
	for _, m := range w.vague {
		if m.strength == strengthNear && len(m.candidates) == 1 {
			if id := w.index.invoices[m.candidates[0]].ID; !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// blockers are the reasons why the best explanation must not be booked without a person. This is
// the only way to Auto, and it starts from the facts, not from the ranks.
func (w *weighing) blockers(best *Explanation) (blockers []Reason) {
	s := w.said
	block := func(reason Reason) { blockers = append(blockers, reason) }
	if s.Evidence != EvidenceNotified && s.Evidence != EvidenceConfirmed {
		block(Reason{Code: EvidenceNotEnough})
	}
	if s.NoAuto {
		block(Reason{Code: ReaderDoubt})
	}
	if s.Currency == "" {
		block(Reason{Code: CurrencyUnknown})
	}
	if s.Date.IsZero() {
		block(Reason{Code: DateUnknown})
	}
	if w.truncated {
		block(Reason{Code: TooManyReferences})
	}
	for _, printed := range w.unknown {
		block(Reason{Code: ReferenceUnknown, Name: printed})
	}
	for _, m := range w.vague {
		if m.strength != strengthBare {
			block(w.doubt(m))
		}
	}
	if len(w.named) == 0 {
		block(Reason{Code: ReferenceMissing})
	}
	if best == nil {
		block(Reason{Code: NothingMatches})
		if len(w.found) > 0 {
			blockers[len(blockers)-1].Code = SeveralEqual
		}
		return blockers
	}
	return append(blockers, w.contradictions(best)...)
}

// contradictions checks the best explanation against the facts of every invoice named.
func (w *weighing) contradictions(best *Explanation) (found []Reason) {
	s := w.said
	client := ClientID(0)
	for _, i := range w.named {
		invoice := &w.index.invoices[i]
		one := Reason{Numbers: invoice.Number}
		at := slices.IndexFunc(best.Lines, func(l Line) bool { return l.Invoice == invoice.ID })
		switch {
		case invoice.CreditNote:
			one.Code = CreditNoteNamed
		case invoice.Open <= 0:
			one.Code = AlreadySettled
		case invoice.Currency != s.Currency:
			one.Code, one.Name = CurrencyDiffers, string(s.Currency)
		case s.Date.Before(invoice.Issued):
			one.Code, one.Date = DateBeforeIssue, s.Date
		case at < 0 || best.Lines[at].Amount < invoice.Open:
			one.Code = NamedNotCovered
		case w.payer.contradicts(invoice.Client):
			// Worded as the explanation words it, so that it is not said twice.
			one = Reason{Code: PayerDiffers, Name: w.index.payers.display[w.payer.client]}
			if w.payer.client == 0 {
				one = Reason{Code: PayerAmbiguous}
			}
		case client != 0 && client != invoice.Client:
			one = Reason{Code: SeveralClients}
		default:
			client = invoice.Client
			continue
		}
		found = append(found, one)
	}
	if best.Rest != 0 {
		found = append(found, w.reasonAmount(Overpaid, best.Rest))
	}
	if len(best.Lines) != len(w.named) {
		found = append(found, Reason{Code: ReferenceMissing})
	}
	open, due := w.total(w.named, w.openOf), w.total(w.named, w.dueOf)
	if s.Amount != open && s.Amount != due && len(found) == 0 {
		found = append(found, w.reasonAmount(Partial, open-s.Amount))
	}
	return found
}

func (w *weighing) proposeAnnounced() Proposal {
	if w.said.Amount > 0 && w.said.Amount.Valid() {
		w.explainCredit()
	}
	proposal := w.proposal(Announce)
	if w.said.Amount == 0 && len(proposal.Concerns) == 0 {
		return Proposal{Decision: Ignore, Reasons: []Reason{{Code: NothingClaimed}}}
	}
	proposal.Reasons = append([]Reason{{Code: AnnouncedOnly}}, proposal.Reasons...)
	return w.clean(proposal)
}

// proposeRejected gives no explanation on purpose: nothing that is not authentic should tempt
// anybody to book it.
func (w *weighing) proposeRejected() Proposal {
	concerns := w.concerns()
	if w.said.Amount == 0 && len(concerns) == 0 {
		return Proposal{Decision: Ignore, Reasons: []Reason{{Code: NothingClaimed}}}
	}
	return Proposal{Decision: Alert, Concerns: concerns, Reasons: []Reason{{Code: RejectedClaim}}}
}

func (w *weighing) proposeWithoutAmount() Proposal {
	proposal := Proposal{Decision: Suggest, Concerns: w.concerns(), Reasons: []Reason{{Code: AmountUnknown}}}
	if len(proposal.Concerns) == 0 && w.payer.client == 0 && w.said.Amount == 0 {
		proposal.Decision = Ignore
	}
	return proposal
}

// proposeReversal shows what a failure or a refund would reopen: of the named invoices what was
// paid, up to the amount; else the one settled invoice of the payer that has this amount.
func (w *weighing) proposeReversal() Proposal {
	amount := w.said.Amount.Abs()
	code := MoneyTakenBack
	if w.said.Kind == KindRefund {
		code = MoneyRefunded
	}
	head := w.reasonAmount(code, amount)
	e := weighed{names: namesExact}
	e.For = []Reason{{Code: ReferenceExact, Numbers: w.numbers(w.named)}}
	reopened := slices.Clone(w.named)
	if len(reopened) == 0 {
		e.names, e.For = namesNone, nil
		e.Against = []Reason{{Code: ReferenceMissing}}
		key := amountKey{amount, w.payer.client, amountPaid}
		if w.payer.client != 0 && amount > 0 {
			reopened, _ = w.index.bucket(w.index.byAmount[key], 2)
		}
		if len(reopened) != 1 {
			return Proposal{Decision: Alert, Concerns: w.concerns(), Reasons: []Reason{head, e.Against[0]}}
		}
	}
	w.reopen(&e, reopened, amount)
	proposal := w.proposal(Alert)
	proposal.Reasons = append([]Reason{head}, proposal.Reasons...)
	return w.clean(proposal)
}

// reopen lays the reversal, latest due first, on what was paid of the invoices. An unknown amount
// would reopen all of it.
func (w *weighing) reopen(e *weighed, invoices []int32, amount money.Cents) {
	slices.Reverse(invoices)
	left, unlimited := amount, amount == 0
	var total money.Cents
	for _, i := range invoices {
		invoice := &w.index.invoices[i]
		paid := invoice.Amount - invoice.Open
		if invoice.CreditNote || w.otherCurrency(i) {
			paid = 0
		}
		if paid <= 0 {
			e.Against = append(e.Against, Reason{Code: NothingToReopen, Numbers: invoice.Number})
			continue
		}
		if !unlimited {
			paid = min(paid, left)
		}
		if paid > 0 {
			left, total = left-paid, total+paid
			e.order = append(e.order, i)
			e.Lines = append(e.Lines, Line{invoice.ID, invoice.Number, -paid})
		}
	}
	if total > 0 {
		reason := w.reasonAmount(Reopens, total)
		reason.Numbers = w.numbers(e.order)
		e.For = append(e.For, reason)
	}
	signed := *w.said
	signed.Amount = -amount
	if unlimited {
		signed.Amount = -total
	}
	w.said = &signed
	w.add(*e)
}
