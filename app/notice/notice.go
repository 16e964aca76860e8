// Package notice reads one e-mail message and says what it tells about a payment and what that is
// worth: its class, the evidence it gives, the amounts, dates, payers and references in it, and the
// reasons in codes.
//
// Evidence decides, not words. Only a message that the user's own mail provider has authenticated as
// coming from an account the user declared, that is addressed to the user, is about the user's own
// account, and says in the sender's own template that one amount has arrived for good, is
// "notified". Nothing a debtor writes goes further than "announced". Every doubt (a limit reached, an
// encoding guessed, two readings of an amount) keeps a message below "notified".
//
// The package reads bytes and returns values: no network, no clock, no file, no attachment opened.
package notice

import (
	"dument/app/date"
	"dument/app/money"
)

// Class says what kind of message it is.
type Class string

// The classes, as printed by the companion.
const (
	// BankCredit: one of the user's own banks says money came in.
	BankCredit Class = "bank_credit"
	// PSPCredit: one of the user's own payment providers says a client paid.
	PSPCredit Class = "psp_credit"
	// Remittance: somebody announces a payment (client, client's ERP, payer's bank, public portal).
	Remittance Class = "remittance"
	// Failure: a payment was rejected, returned, disputed or recalled.
	Failure Class = "failure"
	// Refund: money given back, by us or to us.
	Refund Class = "refund"
	// Spoof: claims a payment or poses as a bank, provider or client and is not authentic, or is
	// authentic and about somebody else's account.
	Spoof Class = "spoof"
	// NotPayment: everything else.
	NotPayment Class = "not_payment"
)

// Evidence says what the message is worth. This package never gives "confirmed": that takes a bank
// statement or the user.
type Evidence string

// The evidences, weakest first. Rejected is also given to messages that say nothing of a payment.
const (
	Rejected  Evidence = "rejected"
	Announced Evidence = "announced"
	Notified  Evidence = "notified"
	Confirmed Evidence = "confirmed"
)

// The kinds of a declared account.
const (
	KindBank = "bank"
	KindPSP  = "psp"
)

// Account is a place where the user's money arrives, as declared in the settings.
type Account struct {
	Name string
	// Kind is KindBank or KindPSP.
	Kind string
	// Domains are the sender domains of its notices; their subdomains count too.
	Domains []string
	// Hint is how the account is printed in its notices: a masked IBAN, an address, an identifier.
	Hint string
}

// Trust is what the user declared about mailbox, provider and accounts.
type Trust struct {
	OwnAddresses []string
	// AuthservID is the provider's name in Authentication-Results (RFC 8601). Empty: nothing is ever
	// notified.
	AuthservID string
	// Forwarders are hosts whose ARC seal may lift a broken message to "announced", never higher.
	Forwarders []string
	Accounts   []Account
	// HolderNames are the user's own names: never a payer.
	HolderNames []string
	// OwnIBAN recognises the user's account where an account has no hint.
	OwnIBAN string
}

// Payment is one movement the message speaks of.
type Payment struct {
	// Amount is positive for money received or announced, negative for money taken back. It is what
	// the client paid, before a provider's fee.
	Amount money.Cents
	// Currency is empty when the message does not say it.
	Currency money.Currency
	// Date is the operation's; the message's when none is printed.
	Date date.Date
	// Payer is the name as printed, empty when absent.
	Payer string
	// TransactionID is the bank's or provider's own identifier, empty when absent.
	TransactionID string
	// References are what this payment's own text zone says.
	References []string
}

// Flags are doubts and traits found while reading. Each doubt keeps the message below "notified".
type Flags struct {
	// AmountsDisagree: the plain text and the HTML of the message credit different amounts.
	AmountsDisagree bool
	// AmountAmbiguous: an amount can be read two ways ("1.234 €") or several stand in the credit's place.
	AmountAmbiguous bool
	// EncodingDoubt: a charset is unknown or the bytes do not fit it.
	EncodingDoubt bool
	// LimitReached: a size, depth or count limit stopped the reading.
	LimitReached bool
	// BrokenMIME: the structure is malformed or cut.
	BrokenMIME bool
	// BidiControls: characters that reorder the visible text were removed.
	BidiControls bool
	// Forwarded: the message carries another message as its content.
	Forwarded bool
	// PayerIsProvider: the payer is a payment provider, so this is a payout, not a client's payment.
	PayerIsProvider bool
}

// doubtful reports whether any flag forbids an automatic act.
func (f Flags) doubtful() bool {
	return f.AmountsDisagree || f.AmountAmbiguous || f.EncodingDoubt || f.LimitReached ||
		f.BrokenMIME || f.BidiControls
}

// Notice is what a message says and what it is worth.
type Notice struct {
	// MessageID is the Message-ID field as printed, with its angle brackets; empty when absent.
	MessageID string
	// Date is the civil day of the Date field in the sender's own zone; zero when unreadable.
	Date date.Date
	// From is the sender's address (never the display name); the raw field when it is malformed.
	From    string
	Subject string
	Class   Class
	// Evidence is at most Notified.
	Evidence Evidence
	Payments []Payment
	// References are candidate invoice numbers and reference tokens of the visible text, as printed.
	References []string
	Reasons    []Reason
	// AccountName is the declared account the message speaks of, empty for other senders.
	AccountName string
	// Text is the visible text, safe to display. Excerpt is the line that decided.
	Text, Excerpt string
	Flags         Flags
}

// Read reads a whole message (RFC 5322 bytes). It never fails: what cannot be read is not_payment
// with the reason. The result depends on its arguments only.
func (r *Registry) Read(raw []byte, trust Trust) Notice {
	reader := reading{registry: r, trust: normaliseTrust(trust)}
	reader.message = parseMessage(raw)
	reader.open()
	reader.decide()
	return reader.notice
}
