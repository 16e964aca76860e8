package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"dument/app/date"
	"dument/app/ledger"
	"dument/app/matching"
	"dument/app/money"
	"dument/app/notice"
)

// Incoming is a message as it arrived.
type Incoming struct {
	File     string // where it was read from, for people
	Raw      []byte
	UID      uint32
	Validity uint32
}

// MessageOutcome is what a message said and what was done about it.
type MessageOutcome struct {
	File        string
	Notice      notice.Notice
	Decision    matching.Decision
	Allocations []matching.Line // booked, or the best proposal; negative: what would be reopened
	Concerns    []string        // invoice numbers
	Reasons     []Why
	Message     ledger.MessageID // 0 when nothing had to be kept
	Payments    []ledger.PaymentID
	Repeated    bool // the same bytes were read before
}

// Why is a reason in a stable code, with its wording by language.
type Why struct {
	Code   string            `json:"code"`
	Params []string          `json:"params,omitempty"`
	Texts  map[string]string `json:"texts,omitempty"`
}

// Reading is what the ledger keeps of a message that may need a decision.
type Reading struct {
	Payments     []ReadPayment `json:"payments"`
	Explanations []Explanation `json:"explanations"`
	Reasons      []Why         `json:"reasons"`
	References   []string      `json:"references,omitempty"`
	Account      string        `json:"account,omitempty"`
	Text         string        `json:"text"`
}

// ReadPayment is a payment that a message speaks of.
type ReadPayment struct {
	Amount        money.Cents    `json:"amount"`
	Currency      money.Currency `json:"currency"`
	Date          date.Date      `json:"date"`
	Payer         string         `json:"payer"`
	TransactionID string         `json:"transaction_id,omitempty"`
}

// Explanation is one way to allocate a payment, with why and why not.
type Explanation struct {
	Lines   []ExplainedLine `json:"lines"`
	Rest    money.Cents     `json:"rest"`
	For     []Why           `json:"for"`
	Against []Why           `json:"against"`
}

// ExplainedLine is an invoice's share of an explanation.
type ExplainedLine struct {
	Invoice string      `json:"invoice"`
	Amount  money.Cents `json:"amount"`
}

// ReceiveMessages reads messages in the order given, books what is safe, and moves the cursor of the
// folder, all in one transaction: a message is read once, whatever happens. An empty folder leaves
// the cursors alone.
func (a *App) ReceiveMessages(
	ctx context.Context, on date.Date, batch []Incoming, folder string, cursor ledger.Cursor,
) (outcomes []MessageOutcome, err error) {
	err = a.update(ctx, "read mail", func(w Writer) error {
		outcomes = outcomes[:0]
		settings, err := w.Settings()
		if err != nil {
			return err
		}
		intake := &intake{app: a, w: w, on: on, trust: TrustOf(settings)}
		fresh, err := intake.fresh(batch)
		if err != nil {
			return err
		}
		if folder != "" {
			if err := w.SaveCursor(folder, cursor); err != nil {
				return err
			}
		}
		if len(fresh) == 0 {
			outcomes = intake.outcomes(batch, nil)
			return nil
		}
		return w.Record(ledger.EntryMail, on, func(int64) (any, error) {
			done := map[int]MessageOutcome{}
			booked := 0
			for _, i := range fresh {
				outcome, err := intake.receive(batch[i])
				if err != nil {
					return nil, wrap(batch[i].File, err)
				}
				booked += len(outcome.Payments)
				done[i] = outcome
			}
			outcomes = intake.outcomes(batch, done)
			return map[string]any{"messages": len(fresh), "booked": booked}, nil
		})
	})
	return outcomes, err
}

// TrustOf is what the user declared about mailbox, provider and accounts.
func TrustOf(settings ledger.Settings) notice.Trust {
	trust := notice.Trust{OwnAddresses: settings.Mailbox.OwnAddresses, AuthservID: settings.Mailbox.AuthservID,
		Forwarders: settings.Mailbox.Forwarders, OwnIBAN: settings.Creditor.IBAN}
	for _, name := range []string{settings.Creditor.Name, settings.Creditor.TradeName} {
		if name != "" {
			trust.HolderNames = append(trust.HolderNames, name)
		}
	}
	for _, account := range settings.Accounts {
		trust.Accounts = append(trust.Accounts, notice.Account{Name: account.Name, Kind: account.Kind,
			Domains: account.Domains, Hint: account.Hint})
	}
	return trust
}

// intake is one batch of messages on its way into the ledger.
type intake struct {
	app   *App
	w     Writer
	on    date.Date
	trust notice.Trust
	index *matching.Index
	names map[matching.InvoiceID]string
	// booked is set by the first booking: from then on the index is made of this transaction's own
	// view, which nobody else may see before it is committed.
	booked bool
}

// fresh finds the places of the messages that were never seen, in this ledger or in this batch.
func (i *intake) fresh(batch []Incoming) ([]int, error) {
	var fresh []int
	here := map[string]bool{}
	for place, message := range batch {
		digest := digestOf(message.Raw)
		seen, err := i.w.MessageSeen(digest)
		if err != nil {
			return nil, err
		}
		if !seen && !here[digest] {
			fresh = append(fresh, place)
		}
		here[digest] = true
	}
	return fresh, nil
}

// digestOf tells messages apart by their bytes, whatever their line ends: a file keeps LF where the
// network has CRLF.
func digestOf(raw []byte) string {
	sum := sha256.Sum256(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")))
	return hex.EncodeToString(sum[:])
}

// outcomes puts what was done in the order of the batch; a message seen before says so.
func (i *intake) outcomes(batch []Incoming, done map[int]MessageOutcome) []MessageOutcome {
	list := make([]MessageOutcome, 0, len(batch))
	for place, message := range batch {
		outcome, isNew := done[place]
		if !isNew {
			outcome = MessageOutcome{Notice: i.app.Senders.Read(message.Raw, i.trust), Repeated: true,
				Decision: matching.Ignore, Reasons: []Why{why("already_read")}}
		}
		outcome.File = message.File
		list = append(list, outcome)
	}
	return list
}

// receive reads one message, decides, and writes what is to be kept.
func (i *intake) receive(message Incoming) (MessageOutcome, error) {
	digest := digestOf(message.Raw)
	if err := i.w.Remember(digest, message.UID, message.Validity); err != nil {
		return MessageOutcome{}, err
	}
	said := i.app.Senders.Read(message.Raw, i.trust)
	outcome := MessageOutcome{Notice: said, Decision: matching.Ignore}
	for _, reason := range said.Reasons {
		outcome.Reasons = append(outcome.Reasons, whyOfNotice(reason))
	}
	proposals, err := i.propose(said, &outcome)
	if err != nil {
		return outcome, err
	}
	i.collect(proposals, &outcome)
	if outcome.Decision == matching.Ignore && said.Class == notice.NotPayment {
		return outcome, nil
	}
	if err := i.keep(message, digest, proposals, &outcome); err != nil {
		return outcome, err
	}
	if outcome.Decision == matching.Auto {
		return outcome, i.book(proposals, &outcome)
	}
	return outcome, nil
}

// propose asks the matching about each payment of a message, and lowers the decision for what only
// the ledger can know: a transaction booked before, a date to come.
func (i *intake) propose(said notice.Notice, outcome *MessageOutcome) ([]matching.Proposal, error) {
	if said.Class == notice.NotPayment {
		return nil, nil
	}
	if said.Class == notice.Spoof {
		outcome.Decision = matching.Alert
		return nil, nil
	}
	if err := i.buildIndex(); err != nil {
		return nil, err
	}
	payments := said.Payments
	if len(payments) == 0 {
		payments = []notice.Payment{{}}
	}
	var proposals []matching.Proposal
	for _, payment := range payments {
		proposal := i.index.Propose(matchable(said, payment))
		if payment.TransactionID != "" {
			known, found, err := i.w.PaymentByTransaction(payment.TransactionID)
			if err != nil {
				return nil, err
			}
			if found && said.Class != notice.Failure && said.Class != notice.Refund {
				proposal = matching.Proposal{Decision: matching.Ignore}
				outcome.Reasons = append(outcome.Reasons, why("transaction_known", payment.TransactionID, known.Date.String()))
			}
		}
		if proposal.Decision == matching.Auto && payment.Date.After(i.on.AddDays(1)) {
			proposal.Decision = matching.Suggest
			outcome.Reasons = append(outcome.Reasons, why("date_to_come", payment.Date.String()))
		}
		if err := i.respectUndo(payment, &proposal, outcome); err != nil {
			return nil, err
		}
		proposals = append(proposals, proposal)
	}
	return proposals, nil
}

// respectUndo leaves to the user what she once took back.
func (i *intake) respectUndo(payment notice.Payment, proposal *matching.Proposal, outcome *MessageOutcome) error {
	if proposal.Decision != matching.Auto {
		return nil
	}
	undone, err := i.w.PaymentUndone(payment.TransactionID, payment.Amount, payment.Date)
	if err == nil && undone {
		proposal.Decision = matching.Suggest
		outcome.Reasons = append(outcome.Reasons, why("undone_before"))
	}
	return err
}

// matchable hands a payment to the matching.
func matchable(said notice.Notice, payment notice.Payment) matching.Said {
	references := append(slices.Clone(payment.References), said.References...)
	kind := matching.KindCredit
	switch said.Class {
	case notice.Failure:
		kind = matching.KindFailure
	case notice.Refund:
		kind = matching.KindRefund
	}
	return matching.Said{Amount: payment.Amount, Currency: payment.Currency, Date: payment.Date,
		Payer: payment.Payer, PayerEmail: payerEmail(said), References: references,
		Evidence: string(said.Evidence), TransactionID: payment.TransactionID, Kind: kind,
		NoAuto: len(said.Payments) == 0 || said.Flags.PayerIsProvider}
}

// payerEmail is the sender of an announcement; a bank's address says nothing of the payer.
func payerEmail(said notice.Notice) string {
	if said.Class == notice.Remittance {
		return said.From
	}
	return ""
}

// collect makes one decision of the proposals of a message: automatic only when all of them are.
func (i *intake) collect(proposals []matching.Proposal, outcome *MessageOutcome) {
	if len(proposals) == 0 {
		return
	}
	outcome.Decision = proposals[0].Decision
	concerned := map[string]bool{}
	for _, proposal := range proposals {
		outcome.Decision = graver(outcome.Decision, proposal.Decision)
		for _, reason := range proposal.Reasons {
			outcome.because(whyOfMatch(reason))
		}
		for _, id := range proposal.Concerns {
			concerned[i.names[id]] = true
		}
		// Every invoice that the money may be for is held back, also when several explanations are
		// equally good: a reminder to somebody who has paid must not leave.
		for _, explanation := range proposal.Explanations {
			for _, line := range explanation.Lines {
				concerned[line.Number] = true
			}
		}
		if proposal.Best == nil {
			continue
		}
		outcome.Allocations = append(outcome.Allocations, proposal.Best.Lines...)
		for _, reason := range append(slices.Clone(proposal.Best.For), proposal.Best.Against...) {
			outcome.because(whyOfMatch(reason))
		}
	}
	for number := range concerned {
		outcome.Concerns = append(outcome.Concerns, number)
	}
	slices.Sort(outcome.Concerns)
}

// because adds a reason that is not there yet.
func (o *MessageOutcome) because(reason Why) {
	for _, known := range o.Reasons {
		if known.Code == reason.Code && known.Texts["fr"] == reason.Texts["fr"] {
			return
		}
	}
	o.Reasons = append(o.Reasons, reason)
}

// graver is the decision that asks more of the user.
func graver(x, y matching.Decision) matching.Decision {
	order := []matching.Decision{matching.Ignore, matching.Auto, matching.Announce, matching.Suggest, matching.Alert}
	if slices.Index(order, x) > slices.Index(order, y) {
		return x
	}
	return y
}

// keep writes the message with what was read and proposed.
func (i *intake) keep(message Incoming, digest string, proposals []matching.Proposal, outcome *MessageOutcome) error {
	said := outcome.Notice
	reading, err := json.Marshal(readingOf(said, proposals, outcome.Reasons))
	if err != nil {
		return err
	}
	kept := ledger.Message{SHA256: digest, HeaderID: said.MessageID, File: message.File, UID: message.UID,
		Validity: message.Validity, On: said.Date, Sender: said.From, Subject: said.Subject,
		Class: string(said.Class), Evidence: ledger.Evidence(said.Evidence), Decision: string(outcome.Decision),
		Excerpt: clip(said.Excerpt, 500), Reading: reading}
	if kept.On.IsZero() {
		kept.On = i.on
	}
	if len(said.Payments) > 0 {
		first := said.Payments[0]
		kept.Amount, kept.Currency, kept.Payer = first.Amount, first.Currency, first.Payer
		kept.PaidOn, kept.Reference = first.Date, first.TransactionID
	}
	for _, number := range outcome.Concerns {
		invoice, found, err := i.w.InvoiceByNumber(number)
		if err != nil {
			return err
		}
		if found {
			kept.Concerns = append(kept.Concerns, invoice.ID)
		}
	}
	if err := i.w.AddMessage(&kept); err != nil {
		return err
	}
	outcome.Message = kept.ID
	return nil
}

// book enters the payments of an automatic decision and forgets the index, which they outdate.
func (i *intake) book(proposals []matching.Proposal, outcome *MessageOutcome) error {
	for n, proposal := range proposals {
		said := outcome.Notice.Payments[n]
		draft := PaymentDraft{Amount: said.Amount, Currency: said.Currency, Date: said.Date, Payer: said.Payer,
			Reference: clip(outcome.Notice.Subject, 140), TransactionID: said.TransactionID}
		for _, line := range proposal.Best.Lines {
			draft.Invoices = append(draft.Invoices, line.Number)
		}
		result, err := i.app.enterPayment(i.w, draft, ledger.Payment{Evidence: ledger.EvidenceNotified,
			Source: ledger.SourceMail, Message: outcome.Message})
		if err != nil {
			return err
		}
		outcome.Payments = append(outcome.Payments, result.Payment.ID)
		settlement := ledger.Settlement{Action: "accepted", Payment: result.Payment.ID, On: i.on}
		if err := i.w.SettleMessage(outcome.Message, settlement); err != nil {
			return err
		}
	}
	i.index, i.booked = nil, true
	return nil
}

// buildIndex loads what is open, and what was, for the matching.
func (i *intake) buildIndex() (err error) {
	if i.index != nil {
		return nil
	}
	if i.booked {
		i.index, i.names, err = buildIndex(i.w)
		return err
	}
	i.index, i.names, err = i.app.matchIndex(i.w)
	return err
}

func readingOf(said notice.Notice, proposals []matching.Proposal, reasons []Why) Reading {
	reading := Reading{References: said.References, Account: said.AccountName, Reasons: reasons,
		Text: clip(said.Text, 8000)}
	for _, payment := range said.Payments {
		reading.Payments = append(reading.Payments, ReadPayment{Amount: payment.Amount,
			Currency: payment.Currency, Date: payment.Date, Payer: payment.Payer,
			TransactionID: payment.TransactionID})
	}
	for _, proposal := range proposals {
		for _, explanation := range proposal.Explanations {
			if len(explanation.Lines) > 0 {
				reading.Explanations = append(reading.Explanations, explained(explanation))
			}
		}
	}
	return reading
}

func explained(explanation matching.Explanation) Explanation {
	made := Explanation{Rest: explanation.Rest}
	for _, line := range explanation.Lines {
		made.Lines = append(made.Lines, ExplainedLine{Invoice: line.Number, Amount: line.Amount})
	}
	for _, reason := range explanation.For {
		made.For = append(made.For, whyOfMatch(reason))
	}
	for _, reason := range explanation.Against {
		made.Against = append(made.Against, whyOfMatch(reason))
	}
	return made
}

// clip shortens a text to a number of bytes without cutting a character.
func clip(text string, bytesMax int) string {
	if len(text) <= bytesMax {
		return text
	}
	end := bytesMax
	for end > 0 && text[end]&0xc0 == 0x80 {
		end--
	}
	return text[:end]
}
