package gui

import (
	"fyne.io/fyne/v2"

	"dument/gui/action"
	"dument/gui/theme"
)

// paymentActions are what can be decided about the message shown. Single keys (Enter, C, R, J, digits)
// are those of the queue.
func paymentActions(s *Shell) []action.Action {
	payments := func() *paymentsScreen { return find[*paymentsScreen](s) }
	here := func() bool { return s.current == screen(payments()) && payments().view != viewBook }
	return []action.Action{
		{ID: "payment.accept", MenuID: "payment", TitleKey: "action.payment.accept", Icon: theme.IconCheck,
			Shortcut: control(fyne.KeyReturn),
			Enabled:  func() bool { return here() && payments().decision.canAccept() },
			Run:      func() { payments().decision.submit() }},
		{ID: "payment.correct", MenuID: "payment", TitleKey: "action.payment.correct", Icon: theme.IconPencil,
			Shortcut: controlShift(fyne.KeyE), Enabled: func() bool { return here() && payments().decision.canDecide() },
			Run: func() { payments().correct.begin() }},
		{ID: "payment.refuse", MenuID: "payment", TitleKey: "action.payment.refuse", Icon: theme.IconClose,
			Enabled: func() bool { return here() && payments().decision.canDecide() },
			Run:     func() { payments().decision.refuse() }},
		{ID: "payment.seen", MenuID: "payment", TitleKey: "action.payment.seen", Icon: theme.IconEye,
			Enabled: func() bool { return here() && payments().decision.canSee() },
			Run:     func() { payments().decision.see() }},
		{ID: "payment.next", MenuID: "payment", TitleKey: "action.payment.next", Icon: theme.IconDown,
			Shortcut: control(fyne.KeyJ), Enabled: func() bool { return here() && len(payments().lines) > 1 },
			Run: func() { payments().next() }, Separated: true},
		{ID: "payment.undo", MenuID: "payment", TitleKey: "action.payment.undo", Icon: theme.IconUndo,
			Shortcut: control(fyne.KeyZ),
			Enabled:  func() bool { return s.current == screen(payments()) && len(payments().decided) > 0 },
			Run:      func() { payments().undoLast() }, Separated: true},
	}
}
