// Package matching weighs what a message says against what is open, and answers with proposals and
// their reasons.
//
// It books nothing and decides nothing about trust: the evidence of a message is given to it. A
// proposal is automatic only when the evidence allows it, every invoice is named beyond doubt, and
// the amount is theirs to the cent; everything else is shown to a person, ranked, with why and why
// not. Nothing here reads the clock, and the answer does not depend on the order of the input.
package matching

import (
	"dument/app/date"
	"dument/app/money"
)

// InvoiceID identifies an invoice or a credit note in the caller's ledger.
type InvoiceID int64

// ClientID identifies a client in the caller's ledger; 0 means unknown or several.
type ClientID int64

// Open is one invoice or credit note of the ledger, settled or not.
type Open struct {
	ID     InvoiceID
	Number string
	Client ClientID
	// Open is what is left to pay of the principal, 0 when settled. For a credit note it is the
	// credit not yet used, whatever its sign.
	Open money.Cents
	// TotalDue is Open with interest and fixed indemnity on the day of the payment; 0 when unknown.
	TotalDue money.Cents
	// Amount is the invoice's total with tax.
	Amount      money.Cents
	Currency    money.Currency
	Issued, Due date.Date
	CreditNote  bool
}

// Payer is what is known of a client as a payer. Aliases and IBANs are those that a person
// confirmed. A client may have several entries.
type Payer struct {
	Client  ClientID
	Name    string
	Aliases []string
	IBANs   []string
	Emails  []string
}

// The evidence of a message, as the notice reader found it.
const (
	EvidenceRejected  = "rejected"
	EvidenceAnnounced = "announced"
	EvidenceNotified  = "notified"
	EvidenceConfirmed = "confirmed"
)

// The kinds of movement that a message tells of. An empty kind is a credit.
const (
	KindCredit  = "credit"
	KindFailure = "failure"
	KindRefund  = "refund"
)

// Said is one movement of money as a message or a bank line tells it.
type Said struct {
	// Amount is what the client paid, before any provider's fee; failures and refunds may be given
	// with either sign.
	Amount   money.Cents
	Currency money.Currency
	// Date is the operation's, else the message's.
	Date                         date.Date
	Payer, PayerEmail, PayerIBAN string
	// References are the tokens that the reader took for references, as printed.
	References []string
	// Text is free text in which invoice numbers may occur; it never gives an amount.
	Text string
	// Evidence is one of the Evidence constants; anything else counts as rejected.
	Evidence string
	// TransactionID is the provider's own number: it is no invoice number, even when it looks like one.
	TransactionID string
	// NoAuto is set by a reader that had doubts.
	NoAuto bool
	Kind   string
}

// Line is a part of the movement laid on one invoice: positive when it pays, negative for a credit
// note that is netted and for what a failure or a refund would reopen.
type Line struct {
	Invoice InvoiceID
	Number  string
	Amount  money.Cents
}

// Explanation is one way to understand a movement. The lines and Rest add up to the amount of the
// movement (negative for failures and refunds). A line never exceeds what is open on its invoice,
// or its total due when the movement is exactly the total due.
type Explanation struct {
	Lines []Line
	// Rest is what no line explains: an overpayment, or all of it.
	Rest money.Cents
	// Client is the one client of all lines, or the identified payer; 0 when several or unknown.
	Client       ClientID
	For, Against []Reason
}

// Decision says what the caller should do with a movement.
type Decision string

// The decisions, with the meaning that the companion's contract gives them.
const (
	Auto     Decision = "auto"     // book it: one explanation to the cent, all invoices named
	Suggest  Decision = "suggest"  // real money, a person must decide
	Announce Decision = "announce" // note it on the invoice, which stays unpaid
	Ignore   Decision = "ignore"   // nothing to do
	Alert    Decision = "alert"    // the user must see it: failure, refund, fraud
)

// maxExplanations bounds what a person is shown.
const maxExplanations = 5

// Proposal is the answer to one movement.
type Proposal struct {
	Decision Decision
	// Best is the first explanation; nil when there is none, or when several are equally good.
	Best *Explanation
	// Explanations are at most five, best first.
	Explanations []Explanation
	// Concerns are the invoices and credit notes that the message names beyond doubt; when there is
	// none, those that it names with a likely slip of the pen.
	Concerns []InvoiceID
	// Reasons say in words why this decision and no other.
	Reasons []Reason
}
