package ledger

import (
	"dument/app/date"
	"dument/app/money"
)

// LetterID identifies a letter that was made.
type LetterID int64

// LetterKind is the act that a letter is.
type LetterKind string

// LetterFormalNotice is the mise en demeure (C. civ. 1344).
const LetterFormalNotice LetterKind = "formal-notice"

// Letter is a letter as it was made. It never changes: its life after the printer is events.
type Letter struct {
	ID       LetterID
	Number   string // C-2026-0007
	Kind     LetterKind
	Client   ClientID
	On       date.Date // the day at which its statement is stopped
	Deadline date.Date
	Total    money.Cents
	Pages    int
	SHA256   string // of the PDF, which is a document of the ledger
	// Facts is the digest of everything the letter was made from: the same facts give the same letter.
	Facts    string
	Content  []byte // frozen copy of what it says, JSON
	Invoices []InvoiceID
	Entry    int64
}

// LetterEventKind is a step of a letter's life.
type LetterEventKind string

// Steps of a registered letter.
const (
	EventPosted    LetterEventKind = "posted"
	EventPresented LetterEventKind = "presented"
	EventDelivered LetterEventKind = "delivered"
	EventReturned  LetterEventKind = "returned"
)

// LetterEvent is a dated fact about a letter, with its proof.
type LetterEvent struct {
	ID     int64
	Letter LetterID
	Kind   LetterEventKind
	Date   date.Date
	Number string // registered number, upper case without spaces
	Reason string // why it came back: unclaimed, refused, unknown, incomplete-address
	Proof  string // SHA-256 of a document
	Entry  int64
}

// Reasons for which a registered letter comes back. An unclaimed or refused letter is a valid notice
// (Cass. 1re civ., 20 January 2021, n° 19-20.680); one that found nobody is not.
const (
	ReturnUnclaimed         = "unclaimed"
	ReturnRefused           = "refused"
	ReturnUnknown           = "unknown"
	ReturnIncompleteAddress = "incomplete-address"
)

// LetterMade is a letter as one of its invoices sees it.
type LetterMade struct {
	ID        LetterID
	Number    string
	Kind      LetterKind
	On        date.Date
	Deadline  date.Date
	Posted    date.Date
	Presented date.Date
	Delivered date.Date
	Returned  date.Date
	// Invalid is true when it came back because the addressee was not found there.
	Invalid bool
}

// Apply adds an event to the letter's state.
func (m *LetterMade) Apply(event LetterEvent) {
	switch event.Kind {
	case EventPosted:
		m.Posted = event.Date
	case EventPresented:
		m.Presented = event.Date
	case EventDelivered:
		m.Delivered = event.Date
		if m.Presented.IsZero() {
			m.Presented = event.Date
		}
	case EventReturned:
		m.Returned = event.Date
		m.Invalid = event.Reason == ReturnUnknown || event.Reason == ReturnIncompleteAddress
	}
}
