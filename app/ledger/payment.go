package ledger

import (
	"dument/app/date"
	"dument/app/money"
)

// PaymentID identifies a payment; AllocationID one line of its spread.
type (
	PaymentID    int64
	AllocationID int64
)

// Evidence is what is known of a payment. It decides what the program may do with it.
type Evidence string

// Degrees of evidence, from the weakest. Only the last two make a payment of the ledger.
const (
	EvidenceRejected  Evidence = "rejected"  // not authentic, or hostile
	EvidenceAnnounced Evidence = "announced" // somebody says so; the invoice stays due
	EvidenceNotified  Evidence = "notified"  // the user's own bank or provider says so, authenticated
	EvidenceConfirmed Evidence = "confirmed" // a bank statement, or the user
)

// Source is the way by which a payment came in.
type Source string

// Sources of payments.
const (
	SourceManual Source = "manual"
	SourceMail   Source = "mail"
	SourceImport Source = "import"
)

// Payment is money received (Amount > 0), or its reversal (Amount < 0 and Reverses set). It is never
// edited.
type Payment struct {
	ID            PaymentID
	Key           string // given by the caller to make a repeated command harmless; unique when set
	Date          date.Date
	Amount        money.Cents
	Currency      money.Currency
	Client        ClientID // 0 when unknown
	Payer         string
	Reference     string
	TransactionID string
	Evidence      Evidence
	Source        Source
	Message       MessageID
	Reverses      PaymentID
	Batch         BatchID
	Entry         int64
}

// Part is what an allocation extinguishes.
type Part string

// Parts of a debt.
const (
	PartPrincipal Part = "principal"
	PartInterest  Part = "interest"
	PartIndemnity Part = "indemnity"
)

// Allocation spreads a payment over an invoice (lettrage). It is an entry of its own; its reversal is
// another with the opposite Amount and Reverses set.
type Allocation struct {
	ID       AllocationID
	Payment  PaymentID
	Invoice  InvoiceID
	Part     Part
	Amount   money.Cents
	Reverses AllocationID
	Entry    int64
}

// Validate checks what the ledger requires of a payment. Errors are *FieldError.
func (p Payment) Validate() error {
	switch {
	case p.Date.IsZero():
		return fieldError("date", "empty")
	case !p.Amount.Valid() || p.Amount == 0:
		return fieldError("amount", "out_of_range", "0.01", money.MaxCents.String())
	case p.Amount < 0 && p.Reverses == 0:
		return fieldError("amount", "negative")
	case !isCurrency(p.Currency):
		return fieldError("currency", "unknown_currency", string(p.Currency))
	case p.Evidence != EvidenceNotified && p.Evidence != EvidenceConfirmed:
		return fieldError("evidence", "too_weak", string(p.Evidence))
	case hasControl(p.Key) || len(p.Key) > 200:
		return fieldError("id", "control_character")
	}
	return nil
}
