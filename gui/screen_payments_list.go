package gui

import (
	"context"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"dument/app/ledger"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// legendRows is the longest queue under which there is room for the legend of the evidence.
const legendRows = 3

// lowWindow is the height below which only the latest payment booked without a question is listed.
const lowWindow = 700

func paymentLine(line model.PaymentLine) fyne.CanvasObject {
	var known fyne.CanvasObject = kit.NewEvidence(line.Level, line.Word)
	if line.Level == 0 {
		known = kit.Row(6, kit.NewIcon(theme.IconWarn, theme.Late, theme.IconSmall),
			kit.NewLabel(line.Word, kit.Small.Strong().In(theme.Late)))
	}
	under := fyne.CanvasObject(kit.NewCutLabel(line.Under.Text, kit.Caption.In(toneColor(line.Under.Tone))))
	return kit.Stack(2, kit.NewCutLabel(line.Name, kit.Bold),
		kit.Row(8, known, kit.Spring(), kit.NewLabel(line.Amount, kit.Bold.Right())),
		kit.NewCutLabel(line.Source, kit.Small), under)
}

// showBooked writes what was booked without a question, and the legend of the evidence where there
// is room for it.
func (v *paymentsScreen) showBooked(view model.PaymentsView) {
	s := v.shell
	v.booked.Objects = nil
	if v.view == viewPending && len(view.Booked) > 0 {
		rows := kit.Stack(6, kit.NewHeading(s.T("payments.booked"), view.BookedCount))
		for i, line := range view.Booked {
			if i > 0 && s.Window.Canvas().Size().Height < lowWindow {
				break
			}
			rows.Add(v.bookedLine(line))
		}
		rows.Add(kit.Row(0, kit.NewLinkButton("", s.T("payments.booked.all"), func() { v.turn(viewTreated) }),
			kit.Spring()))
		v.booked.Add(kit.NewDivider(theme.Edge))
		v.booked.Add(kit.Inset(rows, 10, theme.ListMargin, 6, theme.ListMargin))
	}
	if v.view == viewPending && len(view.Lines) <= legendRows {
		v.booked.Add(kit.NewDivider(theme.Rule))
		v.booked.Add(kit.Inset(legend(s), 10, theme.ListMargin, 12, theme.ListMargin))
	}
	if len(view.Lines) > 0 {
		v.booked.Add(kit.NewDivider(theme.Rule))
		v.booked.Add(kit.Inset(kit.Row(12, kit.NewKeyHint("J", s.T("payments.key.next")),
			kit.NewKeyHint("Ctrl Z", s.T("payments.key.undo"))), 8, theme.ListMargin, 8, theme.ListMargin))
	}
	v.booked.Refresh()
	v.page.Refresh()
}

func (v *paymentsScreen) bookedLine(line model.BookedLine) fyne.CanvasObject {
	undo := kit.NewIconButton(theme.IconUndo, v.shell.T("payments.booked.undo", line.Name),
		func() { v.undo(line.ID) })
	return kit.Row(6, kit.NewIcon(theme.IconCheck, theme.Ok, theme.IconSmall),
		kit.Fixed(196, 0, kit.Stack(0, kit.NewCutLabel(line.Name, kit.Small.In(theme.Ink)),
			kit.Row(6, kit.NewCutLabel(line.When, kit.Caption),
				kit.NewLabel(line.Amount, kit.Small.Right())))), kit.Spring(), undo)
}

// legend says what the three degrees of evidence mean.
func legend(s *Shell) fyne.CanvasObject {
	stack := kit.Stack(6, kit.NewLabel(s.T("payments.known"), kit.Small.Strong()))
	for i, evidence := range []ledger.Evidence{ledger.EvidenceAnnounced, ledger.EvidenceNotified,
		ledger.EvidenceConfirmed} {
		stack.Add(kit.Columns(8,
			kit.Column{Width: 92, Object: kit.NewEvidence(i+1, s.T("payments.evidence."+string(evidence)))},
			kit.Column{Share: 1, Object: kit.NewCutLabel(s.T("payments.known."+string(rune('1'+i))), kit.Small)}))
	}
	stack.Add(kit.NewParagraph(s.T("payments.known.more"), kit.Caption))
	return stack
}

// digitKeys are the characters of the digits without Shift on a French keyboard, from 1 on.
const digitKeys = `&é"'(-è_ç`

// typed answers to the letters and digits that are shown as keys.
func (v *paymentsScreen) typed(typed rune) {
	if place := strings.IndexRune("123456789", typed); place >= 0 {
		v.decision.take(place)
		return
	}
	for place, key := range []rune(digitKeys) {
		if key == typed {
			v.decision.take(place)
			return
		}
	}
	switch unicode.ToLower(typed) {
	case 'r':
		v.shell.actions.Run("payment.refuse")
	case 'c':
		v.shell.actions.Run("payment.correct")
	case 'j':
		v.shell.actions.Run("payment.next")
	}
}

// act is Enter on a message: the panel where there is no room for it beside, else its main button.
func (v *paymentsScreen) act() {
	if v.side.Hidden {
		v.closed = false
		v.showSide(true)
		return
	}
	if !v.shell.actions.Run("payment.accept") {
		v.shell.actions.Run("payment.seen")
	}
}

// next goes to the message after the selected one, and round.
func (v *paymentsScreen) next() {
	if len(v.lines) == 0 {
		return
	}
	key := messageKey(v.lines[(v.place+1)%len(v.lines)].ID)
	v.queue.Select(key)
	v.choose(key, true)
	v.focus()
}

// settled remembers a decision for its undo, and says it.
func (v *paymentsScreen) settled(id ledger.MessageID, text string) {
	v.decided = append(v.decided, id)
	v.shell.Say(text, v.shell.T("payments.undo"), func() { v.undo(id) })
	v.refresh()
	v.focus()
}

// reject settles a message without booking anything.
func (v *paymentsScreen) reject(id ledger.MessageID, text string) {
	s := v.shell
	on := s.Today()
	s.Do(func(ctx context.Context) error { return s.App.RejectMatch(ctx, on, id) },
		func() { v.settled(id, text) })
}

// undo takes a decision back: the message asks again.
func (v *paymentsScreen) undo(id ledger.MessageID) {
	s := v.shell
	on := s.Today()
	s.Do(func(ctx context.Context) error { return s.App.UndoMatch(ctx, on, id) }, func() {
		for i, decided := range v.decided {
			if decided == id {
				v.decided = append(v.decided[:i:i], v.decided[i+1:]...)
				break
			}
		}
		s.Say(s.T("payments.undone"), "", nil)
		v.wanted = id
		v.arrange(viewPending)
		v.refresh()
		v.focus()
	})
}

// undoLast takes back the last decision of this session.
func (v *paymentsScreen) undoLast() {
	if len(v.decided) > 0 {
		v.undo(v.decided[len(v.decided)-1])
	}
}
