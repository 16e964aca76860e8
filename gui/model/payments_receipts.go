package model

import (
	"cmp"
	"slices"
	"strconv"

	"dument/app"
	"dument/app/ledger"
	"dument/app/money"
	"dument/gui/words"
)

// ReceiptLine is a payment in the book.
type ReceiptLine struct {
	ID                               ledger.PaymentID
	Date, Client, Reference, Numbers string
	Amount                           string
	Word                             string
	Level                            int
}

// ReceiptsView is the book of payments, the newest first.
type ReceiptsView struct {
	Lines     []ReceiptLine
	Count     string
	Total     string
	receipts  map[ledger.PaymentID]app.Receipt
	undoes    map[ledger.PaymentID]ledger.MessageID
	languages *words.Words
}

// ReceiptDetail is the panel of a payment.
type ReceiptDetail struct {
	Title, Subtitle, Amount string
	Level                   int
	Word                    string
	Facts                   []Fact
	Lines                   []ChoiceLine
	// Message is set when the payment is the decision about a message, which then asks again.
	Message ledger.MessageID
	// Undo is what taking it back means.
	Undo string
	// Redo enters the payment again, when it came from no message.
	Redo app.PaymentDraft
}

// NewReceipts writes the book. all are the messages of the ledger.
func NewReceipts(w *words.Words, receipts []app.Receipt, all []app.Proposal) ReceiptsView {
	view := ReceiptsView{receipts: map[ledger.PaymentID]app.Receipt{}, languages: w,
		undoes: map[ledger.PaymentID]ledger.MessageID{}}
	for _, proposal := range all {
		if settlement := proposal.Message.Settlement; settlement.Action == "accepted" {
			view.undoes[settlement.Payment] = proposal.Message.ID
		}
	}
	ordered := slices.Clone(receipts)
	slices.SortStableFunc(ordered, func(x, y app.Receipt) int {
		return cmp.Or(y.Payment.Date.Compare(x.Payment.Date), cmp.Compare(y.Payment.ID, x.Payment.ID))
	})
	var total money.Cents
	for _, receipt := range ordered {
		payment := receipt.Payment
		view.receipts[payment.ID] = receipt
		if payment.Currency == money.EUR {
			total += payment.Amount
		}
		line := ReceiptLine{ID: payment.ID, Date: Day(payment.Date), Client: cmp.Or(receipt.Client, payment.Payer),
			Reference: payment.Reference, Numbers: joinNumbers(receipt.Invoices), Amount: Figure(w, payment.Amount),
			Word: evidenceWord(w, payment.Evidence), Level: EvidenceLevel(payment.Evidence)}
		if payment.Currency != money.EUR {
			line.Amount = Amount(w, payment.Amount, payment.Currency)
		}
		if line.Numbers == "" {
			line.Numbers = w.T("payments.book.credit")
		}
		view.Lines = append(view.Lines, line)
	}
	view.Count = w.N("payments.book.count", len(view.Lines))
	view.Total = Figure(w, total)
	return view
}

// Key tells a line of the book again.
func (l ReceiptLine) Key() string { return strconv.FormatInt(int64(l.ID), 10) }

// ID is the payment of a key, 0 when it is not in the book.
func (v ReceiptsView) ID(key string) ledger.PaymentID {
	id, err := strconv.ParseInt(key, 10, 64)
	if _, known := v.receipts[ledger.PaymentID(id)]; err != nil || !known {
		return 0
	}
	return ledger.PaymentID(id)
}

// Detail writes the panel of a payment; ok is false when it is not in the book.
func (v ReceiptsView) Detail(key string) (detail ReceiptDetail, ok bool) {
	receipt, known := v.receipts[v.ID(key)]
	if !known {
		return detail, false
	}
	w, payment := v.languages, receipt.Payment
	detail = ReceiptDetail{Title: cmp.Or(receipt.Client, payment.Payer),
		Amount: Amount(w, payment.Amount, payment.Currency),
		Subtitle: w.T("payments.book.subtitle", Day(payment.Date),
			w.T("payments.book.source."+string(payment.Source))),
		Level: EvidenceLevel(payment.Evidence), Word: evidenceWord(w, payment.Evidence),
		Lines: receiptLines(w, receipt), Message: v.undoes[payment.ID], Undo: w.T("payments.book.undo.manual")}
	for _, fact := range []Fact{{w.T("payments.fact.payer"), payment.Payer, Plain},
		{w.T("payments.book.reference"), payment.Reference, Plain},
		{w.T("payments.fact.operation"), payment.TransactionID, Plain}} {
		if fact.Value != "" {
			detail.Facts = append(detail.Facts, fact)
		}
	}
	if detail.Message != 0 {
		detail.Undo = w.T("payments.book.undo.message")
		return detail, true
	}
	detail.Redo = app.PaymentDraft{Amount: payment.Amount, Currency: payment.Currency, Date: payment.Date,
		Client: receipt.Client, Reference: payment.Reference, Payer: payment.Payer,
		TransactionID: payment.TransactionID, Unallocated: len(receipt.Invoices) == 0}
	for _, part := range receipt.Invoices {
		if !slices.Contains(detail.Redo.Invoices, part.Invoice) {
			detail.Redo.Invoices = append(detail.Redo.Invoices, part.Invoice)
		}
	}
	return detail, true
}
