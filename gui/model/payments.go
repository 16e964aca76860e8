package model

import (
	"cmp"
	"strconv"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
	"dument/gui/words"
)

// PaymentLine is a message in the queue. Level is the number of evidence bars; 0 shows Word as a
// warning, for what is not authentic.
type PaymentLine struct {
	ID     ledger.MessageID
	Name   string
	Amount string
	Level  int
	Word   string
	Source string
	Under  Line
}

// BookedLine is a payment that was booked without a question.
type BookedLine struct {
	ID                 ledger.MessageID
	Name, When, Amount string
}

// PaymentsView is the queue of messages about payments.
type PaymentsView struct {
	Lines        []PaymentLine
	PendingCount string
	TreatedCount string
	// Booked are those of the month, the newest first.
	Booked      []BookedLine
	BookedCount string
	// Empty is what is said when no message is shown.
	Empty, EmptyMore string
}

// bookedShown bounds the list of what was booked without a question; the rest is under "treated".
const bookedShown = 3

// PaymentsRead is how many messages are read for the list of what was decided, the newest.
const PaymentsRead = 400

// NewPayments writes the queue: what asks for a decision, or what was decided. all are the messages of
// the ledger, pending those that still ask.
func NewPayments(w *words.Words, all, pending []app.Proposal, on date.Date, treated bool) PaymentsView {
	asking := map[ledger.MessageID]bool{}
	for _, proposal := range pending {
		asking[proposal.Message.ID] = true
	}
	view := PaymentsView{PendingCount: strconv.Itoa(len(pending))}
	if !treated {
		for _, proposal := range pending {
			view.Lines = append(view.Lines, paymentLine(w, proposal, true))
		}
	}
	booked, decided := 0, 0
	for _, proposal := range all {
		message := proposal.Message
		if !asking[message.ID] {
			decided++
		}
		if treated && !asking[message.ID] {
			view.Lines = append(view.Lines, paymentLine(w, proposal, false))
		}
		if !bookedAlone(message) || !sameMonth(message.Settlement.On, on) {
			continue
		}
		if booked++; booked <= bookedShown {
			view.Booked = append(view.Booked, BookedLine{message.ID, payerOf(message),
				Day(message.PaidOn), Amount(w, message.Amount, message.Currency)})
		}
	}
	view.TreatedCount = strconv.Itoa(decided)
	if len(all) >= PaymentsRead {
		view.TreatedCount += "+"
	}
	view.BookedCount = w.N("payments.booked.count", booked)
	switch {
	case len(view.Lines) > 0:
	case treated:
		view.Empty, view.EmptyMore = w.T("payments.empty.treated"), w.T("payments.empty.treated.more")
	case len(all) == 0:
		view.Empty, view.EmptyMore = w.T("payments.empty.none"), w.T("payments.empty.none.more")
	default:
		view.Empty, view.EmptyMore = w.T("payments.empty"), w.T("payments.empty.more")
	}
	return view
}

// bookedAlone tells the payments that were booked without a question and still stand.
func bookedAlone(message ledger.Message) bool {
	return message.Decision == "auto" && message.Settlement.Action == "accepted"
}

func sameMonth(x, y date.Date) bool {
	yearX, monthX, _ := x.YMD()
	yearY, monthY, _ := y.YMD()
	return !x.IsZero() && yearX == yearY && monthX == monthY
}

// payerOf is the best name that a message gives. What an impostor writes is no name.
func payerOf(message ledger.Message) string {
	if message.Class == "spoof" {
		return message.Sender
	}
	return cmp.Or(message.Payer, message.Subject, message.Sender)
}

// EvidenceLevel is the number of bars of an evidence.
func EvidenceLevel(evidence ledger.Evidence) int {
	switch evidence {
	case ledger.EvidenceAnnounced:
		return 1
	case ledger.EvidenceNotified:
		return 2
	case ledger.EvidenceConfirmed:
		return 3
	}
	return 0
}

func evidenceWord(w *words.Words, evidence ledger.Evidence) string {
	return w.T("payments.evidence." + string(evidence))
}

func paymentLine(w *words.Words, proposal app.Proposal, asks bool) PaymentLine {
	message := proposal.Message
	line := PaymentLine{ID: message.ID, Name: payerOf(message), Level: EvidenceLevel(message.Evidence),
		Word: evidenceWord(w, message.Evidence)}
	if message.Amount != 0 {
		line.Amount = Amount(w, message.Amount, cmp.Or(message.Currency, money.EUR))
	}
	line.Source = w.T("payments.source", sourceOf(w, proposal), Day(cmp.Or(message.PaidOn, message.On)))
	if asks {
		line.Under = askingLine(w, proposal)
	} else {
		line.Under = treatedLine(w, message)
	}
	return line
}

// sourceOf says who speaks, in two words.
func sourceOf(w *words.Words, proposal app.Proposal) string {
	switch {
	case proposal.Message.Class == "spoof":
		return w.T("payments.source.unknown")
	case proposal.Reading.Account != "":
		return proposal.Reading.Account
	}
	return w.T("payments.source.other")
}

// askingLine says what a message asks for.
func askingLine(w *words.Words, proposal app.Proposal) Line {
	message := proposal.Message
	switch message.Decision {
	case "alert":
		return Line{"warn", w.T("payments.alert." + alertOf(message)), Late}
	case "announce":
		return Line{"speech", w.T("payments.ask.announced"), Faint}
	}
	if ways := len(payable(proposal.Reading.Explanations)); ways > 0 {
		return Line{"", w.N("payments.ask.ways", ways), Faint}
	}
	return Line{"", w.T("payments.ask.none"), Warn}
}

// alertOf names the alert of a message: failure, refund, spoof, other.
func alertOf(message ledger.Message) string {
	switch message.Class {
	case "failure", "refund", "spoof":
		return message.Class
	}
	return "other"
}

// payable are the explanations that pay something.
func payable(list []app.Explanation) (kept []int) {
	for i, explanation := range list {
		for _, line := range explanation.Lines {
			if line.Amount > 0 {
				kept = append(kept, i)
				break
			}
		}
	}
	return kept
}

// treatedLine says what became of a message.
func treatedLine(w *words.Words, message ledger.Message) Line {
	settlement := message.Settlement
	switch {
	case bookedAlone(message):
		return Line{"check", w.T("payments.done.auto", Day(settlement.On)), OK}
	case settlement.Action == "accepted":
		return Line{"check", w.T("payments.done.accepted", Day(settlement.On)), OK}
	case settlement.Action == "rejected" && message.Decision == "alert":
		return Line{"eye", w.T("payments.done.seen", Day(settlement.On)), Soft}
	case settlement.Action == "rejected":
		return Line{"close", w.T("payments.done.rejected", Day(settlement.On)), Soft}
	case settlement.Action == "undone":
		return Line{"undo", w.T("payments.done.undone", Day(settlement.On)), Soft}
	}
	return Line{"info", w.T("payments.done.ignored"), Soft}
}
