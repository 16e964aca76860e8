package law

import (
	"fmt"

	"dument/app/date"
	"dument/app/money"
)

// maxEntries bounds the payments, and the credit notes, of one debt, and the debts of one payment:
// far above any real case, low enough that no sum can overflow.
const maxEntries = 10_000

// InputError says which field of a debt or of a payment cannot be computed with, and why.
type InputError struct {
	Field  string // such as "amount", "due", "payments[2].date"
	Reason string
}

// Error names the field.
func (e *InputError) Error() string { return "law: " + e.Field + ": " + e.Reason }

// check refuses what no claim can be computed from.
func (d *Debt) check() error {
	switch {
	case d.Debtor != Business && d.Debtor != Consumer && d.Debtor != Public:
		return &InputError{Field: "debtor", Reason: fmt.Sprintf("unknown regime %q", string(d.Debtor))}
	case d.Imputation != "" && d.Imputation != InterestFirst && d.Imputation != PrincipalFirst:
		return &InputError{Field: "imputation", Reason: fmt.Sprintf("unknown order %q", string(d.Imputation))}
	case d.Due.IsZero():
		return &InputError{Field: "due", Reason: "no date"}
	case d.ContractRate != nil && (*d.ContractRate < 0 || *d.ContractRate > maxContractRate):
		return &InputError{Field: "contract rate", Reason: d.ContractRate.String() + " % is outside 0 to 100 %"}
	case len(d.Payments) > maxEntries:
		return &InputError{Field: "payments", Reason: fmt.Sprintf("more than %d", maxEntries)}
	case len(d.Credits) > maxEntries:
		return &InputError{Field: "credits", Reason: fmt.Sprintf("more than %d", maxEntries)}
	}
	if err := checkAmount("amount", d.Amount); err != nil {
		return err
	}
	for i, payment := range d.Payments {
		if err := checkEntry("payments", i, payment.Date, payment.Amount); err != nil {
			return err
		}
	}
	for i, credit := range d.Credits {
		if err := checkEntry("credits", i, credit.Date, credit.Amount); err != nil {
			return err
		}
	}
	return nil
}

func checkEntry(list string, index int, on date.Date, amount money.Cents) error {
	if on.IsZero() {
		return &InputError{Field: fmt.Sprintf("%s[%d].date", list, index), Reason: "no date"}
	}
	if amount <= 0 || !amount.Valid() {
		return checkAmount(fmt.Sprintf("%s[%d].amount", list, index), amount)
	}
	return nil
}

func checkAmount(field string, amount money.Cents) error {
	if amount <= 0 {
		return &InputError{Field: field, Reason: amount.String() + " is not above zero"}
	}
	if !amount.Valid() {
		return &InputError{Field: field, Reason: amount.String() + " is too large"}
	}
	return nil
}

func checkDay(field string, day date.Date) error {
	if day.IsZero() {
		return &InputError{Field: field, Reason: "no date"}
	}
	return nil
}
