package gui

import (
	"fyne.io/fyne/v2"

	"dument/gui/action"
	"dument/gui/theme"
)

// invoiceActions is what can be done with the invoice that is selected on the screen Factures, and the
// entering of a new one, from anywhere.
func invoiceActions(s *Shell) []action.Action {
	of := func() *invoicesScreen { return find[*invoicesScreen](s) }
	number := func() string {
		if s.current == nil || s.current.id() != placeInvoices {
			return ""
		}
		return of().grid.Selected()
	}
	when := func(can func(number string) bool) func() bool {
		return func() bool { return number() != "" && can(number()) }
	}
	return []action.Action{
		{ID: "invoice.new", MenuID: "invoice", TitleKey: "invoices.action.new", Icon: theme.IconPlus,
			Shortcut: control(fyne.KeyN), Run: func() { of().create.open() }},
		{ID: "invoice.letter", MenuID: "invoice", TitleKey: "invoices.action.letter", Icon: theme.IconLetter,
			Shortcut: control(fyne.KeyM), Separated: true,
			Enabled: when(func(n string) bool { return of().table.CanClaim(n) }),
			Run:     func() { prepareLetter(s, []string{number()}) }},
		{ID: "invoice.pay", MenuID: "invoice", TitleKey: "invoices.action.pay", Icon: theme.IconPay,
			Shortcut: control(fyne.KeyE), Enabled: when(func(n string) bool { return of().table.CanPay(n) }),
			Run: func() { of().payment.open(number()) }},
		{ID: "invoice.credit", MenuID: "invoice", TitleKey: "invoices.action.credit", Icon: theme.IconUndo,
			Enabled: when(func(n string) bool { return of().table.CanCredit(n) }),
			Run:     func() { of().credit.open(number()) }},
		{ID: "invoice.copy", MenuID: "invoice", TitleKey: "invoices.action.copy", Shortcut: controlShift(fyne.KeyC),
			Enabled: when(func(n string) bool { return of().detail.shown == n && of().detail.claimable() }),
			Run:     func() { of().detail.copy() }, Separated: true},
		{ID: "invoice.attach", MenuID: "invoice", TitleKey: "invoices.action.attach", Icon: theme.IconClip,
			Enabled: when(func(n string) bool { return of().detail.shown == n }),
			Run:     func() { of().detail.attach() }},
	}
}
