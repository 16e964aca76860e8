package ledger

import (
	"strings"

	"dument/app/date"
	"dument/app/law"
	"dument/app/money"
)

// InvoiceID identifies an invoice or a credit note.
type InvoiceID int64

// InvoiceType tells invoices from their reductions.
type InvoiceType string

// Types of documents that make or reduce a receivable.
const (
	TypeInvoice    InvoiceType = "invoice"
	TypeDeposit    InvoiceType = "deposit"
	TypeCreditNote InvoiceType = "credit_note"
)

// Invoice is a receivable, or its reduction when Type is TypeCreditNote. Amount includes tax and is
// always positive; a credit note reduces the invoice that it Corrects, and is a free credit of the
// client when it corrects none.
type Invoice struct {
	ID        InvoiceID
	Number    string
	Client    ClientID
	Type      InvoiceType
	Amount    money.Cents
	Currency  money.Currency
	Issued    date.Date
	Due       date.Date
	DueOrigin Origin
	Subject   string
	OrderRef  string
	Corrects  InvoiceID
	// ContractRate is the penalty rate printed on the invoice, nil for the statutory one.
	ContractRate *law.Rate
	Notes        string
	Batch        BatchID
	Entry        int64 // the journal entry that made it
}

// BatchID identifies an import.
type BatchID int64

// MaxNumberBytes bounds an invoice number.
const MaxNumberBytes = 64

// Validate checks what the ledger requires of an invoice. Errors are *FieldError.
func (i Invoice) Validate() error {
	switch {
	case strings.TrimSpace(i.Number) == "":
		return fieldError("number", "empty")
	case i.Number != strings.TrimSpace(i.Number) || hasControl(i.Number):
		return fieldError("number", "control_character")
	case len(i.Number) > MaxNumberBytes:
		return fieldError("number", "too_long", "64")
	case i.Client == 0:
		return fieldError("client", "empty")
	case i.Type != TypeInvoice && i.Type != TypeDeposit && i.Type != TypeCreditNote:
		return fieldError("type", "unknown_type", string(i.Type))
	case i.Amount <= 0 || !i.Amount.Valid():
		return fieldError("amount", "out_of_range", "0.01", money.MaxCents.String())
	case !isCurrency(i.Currency):
		return fieldError("currency", "unknown_currency", string(i.Currency))
	case i.Issued.IsZero():
		return fieldError("issued", "empty")
	case i.Issued.Year() < 2000:
		return fieldError("issued", "too_old", "2000")
	case i.Due.IsZero():
		return fieldError("due", "empty")
	case i.Due.Before(i.Issued):
		return fieldError("due", "before_issued", i.Due.String(), i.Issued.String())
	case i.Corrects != 0 && i.Type != TypeCreditNote:
		return fieldError("corrects", "not_a_credit_note")
	}
	return nil
}

// isCurrency reports whether a code has the form of ISO 4217.
func isCurrency(code money.Currency) bool {
	if len(code) != 3 {
		return false
	}
	for i := range len(code) {
		if code[i] < 'A' || code[i] > 'Z' {
			return false
		}
	}
	return true
}

// DueDate derives the due date of an invoice that states none: the client's payment days, else the
// creditor's, else the thirty days of C. com. L441-10 I. The legal term of thirty days runs from
// performance, for which the issue date stands here.
func DueDate(issued date.Date, client Client, terms Terms) (date.Date, Origin) {
	switch {
	case client.PaymentDays > 0:
		return issued.AddDays(client.PaymentDays), OriginClientTerms
	case terms.PaymentDays > 0:
		return issued.AddDays(terms.PaymentDays), OriginClientTerms
	}
	return issued.AddDays(30), OriginLegalDefault
}

// Account is one invoice with everything that bears on what is owed for it. It is the input of every
// computation: claims, states, letters, matching.
type Account struct {
	Invoice  Invoice
	Client   Client
	Credits  []Invoice // credit notes that correct it
	Receipts []Receipt
	Letters  []LetterMade // formal notices and other letters that claim it
	// Announced are the messages in which somebody says to have paid it; the invoice stays due.
	Announced []Announcement
	Contacts  []Contact // reminders and calls that were noted
}

// Contact is a reminder that was made: a step of the scenario, by whatever channel.
type Contact struct {
	Step    string
	Channel string
	On      date.Date
	Note    string
}

// Receipt is what one payment brought to one invoice, all parts together, reversals taken off.
type Receipt struct {
	Payment PaymentID
	Date    date.Date
	Amount  money.Cents
	// Principal is the part of Amount that went to the principal when it was booked.
	Principal money.Cents
	Evidence  Evidence
	Payer     string
}

// Announcement is a payment that somebody announced for an invoice. Amount is zero when it was announced
// for several together.
type Announcement struct {
	Message MessageID
	On      date.Date
	Amount  money.Cents
}

// Debt hands the account to the law.
func (a Account) Debt(imputation law.Imputation) law.Debt {
	debt := law.Debt{
		Debtor: a.Client.Kind, Amount: a.Invoice.Amount, Issued: a.Invoice.Issued, Due: a.Invoice.Due,
		ContractRate: a.Invoice.ContractRate, Insolvency: a.Client.Insolvency, Imputation: imputation,
		Presented: a.presented(),
	}
	for _, note := range a.Credits {
		debt.Credits = append(debt.Credits, law.Credit{Date: note.Issued, Amount: note.Amount})
	}
	for _, receipt := range a.Receipts {
		debt.Payments = append(debt.Payments, law.Payment{Date: receipt.Date, Amount: receipt.Amount})
	}
	return debt
}

// presented is the first presentation of a formal notice, which starts a consumer's interest.
func (a Account) presented() date.Date {
	var first date.Date
	for _, made := range a.Letters {
		if made.Kind != LetterFormalNotice || made.Presented.IsZero() || made.Invalid {
			continue
		}
		if first.IsZero() || made.Presented.Before(first) {
			first = made.Presented
		}
	}
	return first
}

// Open is what is left of the principal in the books on a day: the amount less its credit notes and
// what payments brought to the principal. It is never negative.
func (b Balance) Open() money.Cents { return max(0, b.Amount-b.Credited-b.Principal) }

// Balance is the book value of an invoice on a day.
type Balance struct {
	Amount    money.Cents
	Credited  money.Cents
	Principal money.Cents // allocated to the principal
	Extras    money.Cents // allocated to interest and indemnity
}
