package ledger

import (
	"dument/app/date"
	"dument/app/money"
)

// MessageID identifies a message that said something about a payment.
type MessageID int64

// Message is what the ledger keeps of an e-mail that concerns payments: what it said, what it was
// worth, and what was decided. Of other messages only the digest is remembered, so that none is read
// twice.
type Message struct {
	ID         MessageID
	SHA256     string // of the raw bytes
	HeaderID   string // Message-ID
	File       string // the file it was read from, for mail scan
	UID        uint32
	Validity   uint32
	On         date.Date
	Sender     string
	Subject    string
	Class      string
	Evidence   Evidence
	Decision   string
	Amount     money.Cents
	Currency   money.Currency
	Payer      string
	PaidOn     date.Date
	Reference  string // the provider's transaction id
	Excerpt    string
	Reading    []byte // what was read and proposed, JSON
	Concerns   []InvoiceID
	Entry      int64
	Settlement Settlement
}

// Settlement is what became of a message that asked for a decision.
type Settlement struct {
	Action  string    // "", accepted, rejected, undone
	Payment PaymentID // the payment that was booked
	On      date.Date
}

// Cursor is the place in the mailbox up to which every message was read (RFC 9051: UIDVALIDITY, UID).
type Cursor struct {
	Validity uint32
	LastUID  uint32
}
