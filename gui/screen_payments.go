package gui

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// Widths of the columns of the payments.
const (
	paymentQueueWidth float32 = 276
	paymentSideWidth  float32 = 392
	receiptSideWidth  float32 = 340
)

// paymentsView is what the screen lists.
type paymentsView int

const (
	viewPending paymentsView = iota
	viewTreated
	viewBook
)

// paymentsScreen shows what the inbox says of payments: a queue of messages, the message as text, and
// the ways to book it; and the book of the payments that were received.
type paymentsScreen struct {
	shell      *Shell
	generation int

	all      *fyne.Container
	layout   *sideBySide
	page     *fyne.Container // the messages, or the book
	work     fyne.CanvasObject
	left     *fyne.Container // the queue, or a message in its place
	chips    [2][3]*kit.Chip // over the queue, and over the book
	chipRows [2]*fyne.Container
	queue    *kit.Queue
	booked   *fyne.Container
	message  *messagePane
	side     *fyne.Container
	decision *decisionPanel
	correct  *correctPanel
	book     *receiptBook

	everything []app.Proposal
	pending    []app.Proposal
	lines      []model.PaymentLine
	view       paymentsView
	wanted     ledger.MessageID
	place      int // of the selected row, kept when the row goes
	decided    []ledger.MessageID
	loaded     bool
	focused    bool
	closed     bool
}

func newPaymentsScreen(s *Shell) *paymentsScreen {
	v := &paymentsScreen{shell: s, left: container.NewStack(), side: container.NewStack(), booked: kit.Stack(0)}
	v.queue = kit.NewQueue(theme.None, theme.ListMargin)
	v.queue.OnSelected = func(key string) { v.choose(key, true) }
	v.queue.OnOpen = func(string) { v.act() }
	v.queue.OnRune = v.typed
	v.queue.OnKey = func(event *fyne.KeyEvent) {
		if event.Name == fyne.KeyEscape {
			v.close()
		}
	}
	v.message = newMessagePane(s)
	v.decision, v.correct, v.book = newDecisionPanel(v), newCorrectPanel(v), newReceiptBook(v)
	v.side.Objects = []fyne.CanvasObject{v.decision.panel}
	v.side.Hide()
	list := kit.On(theme.Paper, kit.Frame(kit.Stack(0, v.head(0), kit.NewDivider(theme.Edge)), nil, v.booked,
		nil, v.left))
	v.work = kit.Columns(1, kit.Column{Width: paymentQueueWidth, Object: list, RuleAfter: true},
		kit.Column{Share: 1, Object: kit.On(theme.Paper, v.message.all)})
	v.page = container.NewStack(v.work)
	v.all, v.layout = newSideBySide(v.page, v.side, paymentSideWidth)
	s.Window.Canvas().AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) { s.actions.Run("payment.undo") })
	return v
}

// head is the title with the three lists; it stands over the queue and over the book.
func (v *paymentsScreen) head(place int) fyne.CanvasObject {
	s := v.shell
	row := kit.Row(4)
	for i, key := range []string{"payments.pending", "payments.treated", "payments.book"} {
		v.chips[place][i] = kit.NewChip(s.T(key), "", func(bool) { v.turn(paymentsView(i)) })
		v.chips[place][i].SetOn(i == 0)
		row.Add(v.chips[place][i])
	}
	v.chipRows[place] = row
	return kit.Inset(kit.Stack(12, kit.NewLabel(s.T("place.payments"), kit.Title), row), 14, 10, 10,
		theme.ListMargin)
}

func (v *paymentsScreen) id() string                 { return placePayments }
func (v *paymentsScreen) content() fyne.CanvasObject { return v.all }

func (v *paymentsScreen) focus() {
	v.focused = true
	switch {
	case !v.loaded:
	case v.view == viewBook:
		v.book.focus()
	case len(v.lines) > 0:
		v.shell.Window.Canvas().Focus(v.queue)
	}
}

func (v *paymentsScreen) narrow(isNarrow bool) {
	if v.layout.isNarrow != isNarrow {
		v.layout.isNarrow = isNarrow
		shown := v.queue.Selected()
		if v.view == viewBook {
			shown = v.book.grid.Selected()
		}
		v.showSide(!isNarrow && !v.closed && shown != "")
	}
}

// open shows one message, whether it still asks for a decision or not.
func (v *paymentsScreen) open(id ledger.MessageID) {
	v.wanted, v.closed = id, false
	v.arrange(viewPending)
	if v.shell.current != screen(v) {
		v.shell.Go(placePayments)
		return
	}
	v.refresh()
}

// paymentsRead is what the screen is made of.
type paymentsRead struct {
	everything, pending []app.Proposal
	receipts            []app.Receipt
}

func (v *paymentsScreen) refresh() {
	s := v.shell
	cancel := func() {}
	if !v.loaded {
		cancel = s.Clock(loadingDelay, func() { s.Dispatch(v.showLoading) })
	}
	Load(s, &v.generation, func(ctx context.Context) (read paymentsRead, err error) {
		if read.everything, err = s.App.Proposals(ctx, false, model.PaymentsRead); err != nil {
			return read, err
		}
		if read.pending, err = s.App.Proposals(ctx, true, 0); err != nil {
			return read, err
		}
		read.receipts, err = s.App.Receipts(ctx, date.Date{}, date.Date{})
		return read, err
	}, func(read paymentsRead, err error) {
		cancel()
		if err != nil {
			v.say(message(theme.IconWarn, kit.ToneLate, s.T("payments.failed"), app.Text(err, s.Words.Language),
				kit.NewPlainButton("", s.T("payments.retry"), v.refresh)))
			return
		}
		v.everything, v.pending = read.everything, read.pending
		v.book.show(read.receipts, read.everything)
		v.show()
	})
}

func (v *paymentsScreen) showLoading() {
	if !v.loaded {
		v.say(kit.Inset(kit.NewLabel(v.shell.T("payments.loading"), kit.Small), 12, 0, 0, theme.ListMargin))
	}
}

func (v *paymentsScreen) say(object fyne.CanvasObject) {
	v.left.Objects = []fyne.CanvasObject{object}
	v.left.Refresh()
}

// turn goes to another list.
func (v *paymentsScreen) turn(view paymentsView) {
	v.arrange(view)
	if v.loaded {
		v.show()
		v.focus()
	}
}

// arrange makes room for a list without writing it.
func (v *paymentsScreen) arrange(view paymentsView) {
	if v.view != view {
		v.place = 0
		v.correct.leave()
	}
	v.turnTo(view)
	v.page.Objects, v.layout.width = []fyne.CanvasObject{v.work}, paymentSideWidth
	if view == viewBook {
		v.page.Objects, v.layout.width = []fyne.CanvasObject{v.book.all}, receiptSideWidth
	}
	v.all.Refresh()
}

// show writes the list in view and keeps the selection, or its place.
func (v *paymentsScreen) show() {
	s := v.shell
	first := !v.loaded
	v.loaded = true
	if v.wanted != 0 && v.view == viewPending && !contains(v.pending, v.wanted) {
		v.turnTo(viewTreated)
	}
	view := model.NewPayments(s.Words, v.everything, v.pending, s.Today(), v.view == viewTreated)
	v.lines = view.Lines
	for _, row := range v.chips {
		row[0].SetCount(view.PendingCount)
		row[1].SetCount(view.TreatedCount)
	}
	for _, row := range v.chipRows {
		row.Refresh() // the counts change the width of the chips
	}
	items := make([]kit.QueueItem, len(view.Lines))
	for i, line := range view.Lines {
		items[i] = kit.QueueItem{Key: messageKey(line.ID), Content: paymentLine(line)}
	}
	v.queue.SetItems(items)
	v.showList(view)
	v.showBooked(view)
	v.chooseAgain()
	if first && v.focused && s.current == screen(v) {
		v.focus()
	}
	s.actions.Refresh()
}

// turnTo marks another list without drawing it.
func (v *paymentsScreen) turnTo(view paymentsView) {
	v.view = view
	for _, row := range v.chips {
		for i, chip := range row {
			chip.SetOn(paymentsView(i) == view)
		}
	}
}

func contains(list []app.Proposal, id ledger.MessageID) bool {
	for _, proposal := range list {
		if proposal.Message.ID == id {
			return true
		}
	}
	return false
}

func messageKey(id ledger.MessageID) string { return strconv.FormatInt(int64(id), 10) }

func (v *paymentsScreen) showList(view model.PaymentsView) {
	if len(view.Lines) > 0 {
		v.say(v.queue)
		return
	}
	var cure []fyne.CanvasObject
	if len(v.everything) == 0 {
		cure = append(cure, kit.NewPlainButton("", v.shell.T("payments.empty.settings"),
			func() { v.shell.Go(placeSettings) }))
	}
	v.say(message(theme.IconPay, kit.ToneFaint, view.Empty, view.EmptyMore, cure...))
}

// chooseAgain selects what was wanted, what was selected, or what came to its place.
func (v *paymentsScreen) chooseAgain() {
	if v.view == viewBook {
		v.book.choose(v.book.grid.Selected())
		return
	}
	key := v.queue.Selected()
	if v.wanted != 0 {
		key, v.wanted = messageKey(v.wanted), 0
	}
	if _, found := v.find(key); !found && len(v.lines) > 0 {
		key = messageKey(v.lines[max(0, min(v.place, len(v.lines)-1))].ID)
	}
	v.queue.Select(key)
	v.choose(key, false)
}

func (v *paymentsScreen) find(key string) (app.Proposal, bool) {
	for i, line := range v.lines {
		if messageKey(line.ID) != key {
			continue
		}
		v.place = i
		for _, list := range [][]app.Proposal{v.pending, v.everything} {
			for _, proposal := range list {
				if proposal.Message.ID == line.ID {
					return proposal, true
				}
			}
		}
	}
	return app.Proposal{}, false
}

// choose shows a message with its decision.
func (v *paymentsScreen) choose(key string, asked bool) {
	if asked {
		v.closed = false
	}
	proposal, found := v.find(key)
	if !found {
		v.message.clear()
		v.decision.clear()
		v.correct.leave()
		v.showSide(false)
		v.shell.actions.Refresh()
		return
	}
	v.message.show(model.NewMessage(v.shell.Words, proposal, v.shell.Today()), key)
	v.decision.show(proposal, contains(v.pending, proposal.Message.ID))
	if v.correct.active() && v.correct.proposal.Message.ID == proposal.Message.ID {
		v.correct.refresh()
	} else {
		v.correct.leave()
		v.put(v.decision.panel)
	}
	v.showSide(!v.closed && (!v.layout.isNarrow || v.side.Visible() && !asked))
	v.shell.actions.Refresh()
}

func (v *paymentsScreen) put(panel fyne.CanvasObject) {
	if len(v.side.Objects) != 1 || v.side.Objects[0] != panel {
		v.side.Objects = []fyne.CanvasObject{panel}
		v.side.Refresh()
	}
}

func (v *paymentsScreen) showSide(visible bool) {
	if v.side.Hidden == visible {
		v.side.Hidden = !visible
		v.all.Refresh()
	}
}

// close is what Escape and the cross do: the correction, then the panel.
func (v *paymentsScreen) close() {
	if v.correct.active() {
		v.correct.cancel()
		return
	}
	v.closed = true
	v.showSide(false)
	v.focus()
}
