package gui

import (
	"fyne.io/fyne/v2"

	"dument/app"
	"dument/app/ledger"
	"dument/gui/field"
	"dument/gui/kit"
)

// dateField makes a field for a date in the words of the window.
func dateField(s *Shell, label string) *field.DateField {
	return field.NewDateField(label, s.Today(), s.Words.Language, s.T("invoices.calendar"), func(text string) string {
		if text == "" {
			return s.T("invoices.date.missing")
		}
		return s.T("invoices.date.wrong", text)
	})
}

// moneyField makes a field for an amount in euros in the words of the window.
func moneyField(s *Shell, label string) *field.MoneyField {
	return field.NewMoneyField(label, s.Words.Language, "€", func(problem field.MoneyProblem, text string) string {
		switch problem {
		case field.MoneyMissing:
			return s.T("invoices.money.missing")
		case field.MoneyAmbiguous:
			return s.T("invoices.money.ambiguous", text)
		case field.MoneyTooLarge:
			return s.T("invoices.money.large")
		case field.MoneyNegative:
			return s.T("invoices.money.negative")
		}
		return s.T("invoices.money.wrong", text)
	})
}

// failing is a field that says what is wrong with it.
type failing interface{ SetError(text string) }

// fieldFault keeps an error that belongs to a field of a form, so that it is said there and not at
// the foot of the window; other errors pass.
type fieldFault struct{ err error }

// keep takes an error of a use case: what the user typed is wrong, or contradicts the ledger.
func (f *fieldFault) keep(err error) error {
	f.err = nil
	if app.HasCode(err, app.CodeInvalid) || app.HasCode(err, app.CodeConflict) || app.HasCode(err, app.CodeNotFound) {
		f.err = err
		return nil
	}
	return err
}

// say shows the kept error at its field, at fallback when the form has no such field, and reports
// whether there was one.
func (f *fieldFault) say(s *Shell, fields map[string]failing, fallback failing) bool {
	if f.err == nil {
		return false
	}
	place, known := fields[app.AsError(f.err).Field]
	if !known {
		place = fallback
	}
	place.SetError(app.Text(f.err, s.Words.Language))
	return true
}

// prepareLetter opens the letters in preparation with these invoices.
func prepareLetter(s *Shell, numbers []string) {
	find[*lettersScreen](s).prepare(numbers)
}

// openClient shows a client's page.
func openClient(s *Shell, id ledger.ClientID) {
	find[*clientsScreen](s).open(id)
}

// selectAll marks what a field holds, so that typing replaces it, when the field has the keyboard.
func selectAll(s *Shell, input fyne.Focusable) {
	if entry, can := input.(fyne.Shortcutable); can && s.Window.Canvas().Focused() == input {
		entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// formFoot puts the two buttons of a form at its foot.
func formFoot(panel *kit.Panel, save, cancel *kit.Button) { panel.SetFoot(save.Tall(), cancel.Tall()) }
