package field

import (
	"errors"
	"strings"

	"dument/app/money"
	"dument/gui/kit"
)

// MoneyProblem says why an amount was not taken.
type MoneyProblem int

// An amount is missing where one is needed, unreadable, readable in two ways ("1.234"), larger than a
// ledger holds, or negative where that makes no sense.
const (
	MoneyMissing MoneyProblem = iota + 1
	MoneyUnreadable
	MoneyAmbiguous
	MoneyTooLarge
	MoneyNegative
)

// MoneyField takes an amount as people write it and shows it as the language prints it.
type MoneyField struct {
	base
	// OnChanged is called when the user has entered another amount: at every key that leaves a
	// readable amount, and not while what is typed cannot be read.
	OnChanged func(amount money.Cents)
	// OnSubmitted is called by Enter once the amount is taken.
	OnSubmitted func(amount money.Cents)
	// Explain writes the sentence for a problem with the text typed.
	Explain func(problem MoneyProblem, text string) string
	// Optional lets the field be empty: the amount is then zero and Filled is false.
	Optional bool
	// Negative lets an amount below zero in.
	Negative bool

	language string
	amount   money.Cents
	filled   bool
	quiet    bool
}

// NewMoneyField makes an empty field. language is that of the print, unit what stands at the right.
func NewMoneyField(label, language, unit string, explain func(MoneyProblem, string) string) *MoneyField {
	f := &MoneyField{language: language, Explain: explain}
	f.setup(label, "", kit.NewLabel(unit+" ", kit.Soft))
	f.lift = 1
	f.input.OnChanged = func(text string) {
		if f.quiet {
			return
		}
		f.setMessage("")
		if amount, problem := f.read(text); problem == 0 {
			f.take(amount, strings.TrimSpace(text) != "")
		}
	}
	f.input.OnSubmitted = func(string) {
		if f.Validate() && f.OnSubmitted != nil {
			f.OnSubmitted(f.amount)
		}
	}
	f.lost = func() { f.Validate() }
	f.ExtendBaseWidget(f)
	return f
}

// read understands a text; the problem is 0 when there is none.
func (f *MoneyField) read(text string) (money.Cents, MoneyProblem) {
	if strings.TrimSpace(text) == "" {
		if f.Optional {
			return 0, 0
		}
		return 0, MoneyMissing
	}
	reading, err := money.Read(text)
	switch {
	case errors.Is(err, money.ErrRange):
		return 0, MoneyTooLarge
	case err != nil:
		return 0, MoneyUnreadable
	case reading.Ambiguous:
		return 0, MoneyAmbiguous
	case reading.Cents < 0 && !f.Negative:
		return 0, MoneyNegative
	}
	return reading.Cents, 0
}

func (f *MoneyField) take(amount money.Cents, filled bool) {
	changed := amount != f.amount || filled != f.filled
	f.amount, f.filled = amount, filled
	if changed && f.OnChanged != nil {
		f.OnChanged(amount)
	}
}

// Validate takes what is typed, prints it in the language's way, and reports whether it could be
// read; otherwise the reason shows beneath. It runs by itself when the focus leaves and at Enter.
func (f *MoneyField) Validate() bool {
	text := f.input.Text
	amount, problem := f.read(text)
	if problem != 0 {
		if f.Explain != nil {
			f.setMessage(f.Explain(problem, text))
		}
		return false
	}
	f.setMessage("")
	f.take(amount, strings.TrimSpace(text) != "")
	f.print()
	return true
}

func (f *MoneyField) print() {
	text := ""
	if f.filled {
		text = f.amount.Figure(f.language)
	}
	if text != f.input.Text {
		f.quiet = true
		f.input.SetText(text)
		f.quiet = false
	}
}

// Amount is the last amount that could be read.
func (f *MoneyField) Amount() money.Cents { return f.amount }

// Filled reports whether an amount is there.
func (f *MoneyField) Filled() bool { return f.filled }

// SetAmount writes an amount without a call to OnChanged.
func (f *MoneyField) SetAmount(amount money.Cents) {
	f.amount, f.filled = amount, true
	f.setMessage("")
	f.print()
}

// Clear empties the field without a call to OnChanged.
func (f *MoneyField) Clear() {
	f.amount, f.filled = 0, false
	f.setMessage("")
	f.print()
}

// Text is what the field shows: as typed while it is typed, as printed afterwards.
func (f *MoneyField) Text() string { return f.input.Text }
