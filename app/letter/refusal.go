package letter

import "fmt"

// Code says why a letter is refused. Codes are stable: the screens word them for the user.
type Code string

// The reasons for a refusal.
const (
	KindUnknown         Code = "kind_unknown"
	LanguageUnknown     Code = "language_unknown"
	RegimeUnknown       Code = "regime_unknown"
	Missing             Code = "missing"          // a mention without which the letter does not do its work
	TooLong             Code = "too_long"         // more characters than the place allows
	TooManyLines        Code = "too_many_lines"   // NF Z10-011: six lines
	Unprintable         Code = "unprintable"      // a control, invisible or broken character
	GlyphMissing        Code = "glyph_missing"    // the letters' fonts lack the character
	TooWide             Code = "too_wide"         // does not fit between the margins at the least size
	IBANInvalid         Code = "iban_invalid"     // ISO 13616 check
	StatusUnknown       Code = "status_unknown"   // which court depends on the creditor's status
	MediatorMissing     Code = "mediator_missing" // C. conso L612-1, L616-1
	NothingDue          Code = "nothing_due"
	NotOverdue          Code = "not_overdue"        // a formal notice before the day after the due date
	SeveralClients      Code = "several_clients"    // one letter, one debtor
	OtherCurrency       Code = "other_currency"     // the law's sums are in euros
	DeadlineNotAfter    Code = "deadline_not_after" // the deadline must follow the letter's day
	ClaimMismatch       Code = "claim_mismatch"     // computed for another day or another regime
	AmountsInconsistent Code = "amounts_inconsistent"
	ConsumerFee         Code = "consumer_fee"      // C. conso L121-21, L132-23; CPCE L111-8
	ConsumerInterest    Code = "consumer_interest" // C. civ. 1231-6: none before the first presentation
	LegalRateMissing    Code = "legal_rate_missing"
	VariableEmpty       Code = "variable_empty" // the wording uses a fact that the request lacks
	TooManyCharacters   Code = "too_many_characters"
	PaymentCodeTooLong  Code = "payment_code_too_long" // EPC069-12: 331 bytes
)

// Refusal is the error of a letter that must not be made. Field names the datum in the request, such
// as "debtor.address[2]"; Detail says in English what was found.
type Refusal struct {
	Code   Code
	Field  string
	Detail string
}

// Error describes the refusal for a log; the screens word Code and Field.
func (r *Refusal) Error() string {
	return fmt.Sprintf("letter refused: %s: %s: %s", r.Code, r.Field, r.Detail)
}

func refuse(code Code, field, format string, values ...any) *Refusal {
	return &Refusal{Code: code, Field: field, Detail: fmt.Sprintf(format, values...)}
}
