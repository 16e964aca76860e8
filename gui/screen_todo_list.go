package gui

import (
	"context"

	"fyne.io/fyne/v2"

	"dument/app"
	"dument/app/ledger"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

const (
	todoAmountWidth float32 = 112
	todoButtonWidth float32 = 152
)

// block draws a debtor: who and which regime, the reason, what holds or allows it, the sums, the one
// button, and a line for each of several invoices.
func (v *todoScreen) block(block model.ToDoBlock) fyne.CanvasObject {
	button := kit.NewPlainButton("", block.Verb, func() {
		v.queue.Select(block.Key)
		v.choose(block.Key)
		v.act(block)
	})
	button.SetPrimary(v.queue.Selected() == block.Key)
	v.buttons[block.Key] = button
	text := kit.Stack(1,
		kit.Row(9, kit.NewLabel(block.Name, kit.Bold), kit.NewCutLabel(block.Kind, kit.Caption)),
		kit.NewCutLabel(block.Reason, kit.Plain), statusLine(block.Line))
	sums := kit.Stack(1, kit.NewLabel(block.Total, kit.Amount), kit.NewLabel(block.Under, kit.Caption.Right()))
	main := kit.Columns(14,
		kit.Column{Width: 16, Object: kit.Stack(0, kit.Gap(2),
			kit.NewIcon(iconOf(block.Icon), theme.Soft, theme.IconText))},
		kit.Column{Share: 1, Object: text},
		kit.Column{Width: todoAmountWidth, Object: sums},
		kit.Column{Width: todoButtonWidth, Object: kit.Stack(0, kit.Gap(11), button)})
	rows := kit.Stack(0, main)
	lines := block.Lines[:min(len(block.Lines), todoLinesShown)]
	for _, line := range lines {
		rows.Add(kit.Columns(14,
			kit.Column{Width: 16, Object: kit.Gap(0)},
			kit.Column{Share: 1, Object: kit.Fixed(0, 21, kit.Columns(10,
				kit.Column{Width: 104, Object: kit.NewCutLabel(line.Number, kit.Small.In(theme.Ink))},
				kit.Column{Share: 1, Object: kit.NewCutLabel(line.Reason, kit.Small)}))},
			kit.Column{Width: todoAmountWidth, Object: kit.NewLabel(line.Amount, kit.Small.In(theme.Ink).Right())},
			kit.Column{Width: todoButtonWidth, Object: kit.Gap(0)}))
	}
	if rest := len(block.Lines) - len(lines); rest > 0 {
		rows.Add(kit.Inset(kit.NewLabel(v.shell.N("todo.more.lines", rest), kit.Small), 2, 0, 4, 30))
	}
	return rows
}

// A day holds a handful of debtors. Where there are hundreds, the gravest come first and the rest on
// demand, so that the window opens at once.
const (
	todoBlocksShown = 40
	todoLinesShown  = 8
)

// items draws the blocks that are shown, and the way to the others.
func (v *todoScreen) items() []kit.QueueItem {
	shown := v.list.Blocks[:min(len(v.list.Blocks), todoBlocksShown+v.more)]
	items := make([]kit.QueueItem, 0, len(shown)+1)
	for _, block := range shown {
		items = append(items, kit.QueueItem{Key: block.Key, Content: v.block(block)})
	}
	if rest := len(v.list.Blocks) - len(shown); rest > 0 {
		button := kit.NewLinkButton(theme.IconDown, v.shell.N("todo.more", rest), func() {
			v.more += todoBlocksShown
			v.queue.SetItems(v.items())
			v.all.Refresh()
		})
		items = append(items, kit.QueueItem{Key: "more", Content: kit.Row(0, button)})
	}
	return items
}

// waitingLinesMax is how many waiting lines stand under the list before they scroll.
const waitingLinesMax = 5

// showWaiting writes what comes back by itself, under a title that folds it.
func (v *todoScreen) showWaiting() {
	v.waiting.Hidden = len(v.list.Waiting) == 0
	icon := theme.IconRight
	if v.unfolded {
		icon = theme.IconDown
	}
	fold := kit.NewIconButton(icon, v.shell.T("todo.held.title"), func() {
		v.unfolded = !v.unfolded
		v.showWaiting()
		v.all.Refresh()
	})
	title := kit.Row(4, fold, kit.NewLabel(v.shell.T("todo.held.title"), kit.Small.Strong()), kit.Gap(4),
		kit.NewCutLabel(v.list.Held, kit.Small))
	v.waiting.Objects = []fyne.CanvasObject{kit.NewDivider(theme.Edge),
		kit.Inset(title, 4, theme.ListMargin, 2, 8)}
	if v.unfolded {
		lines := kit.Stack(0)
		for _, waiting := range v.list.Waiting[:min(len(v.list.Waiting), todoBlocksShown)] {
			lines.Add(v.waitingLine(waiting))
		}
		height := float32(min(len(v.list.Waiting), waitingLinesMax)) * 22
		v.waiting.Add(kit.Inset(kit.Fixed(0, height, kit.NewScrollPanel(lines)), 0, theme.ListMargin-2, 8,
			theme.ListMargin-2))
	}
	v.waiting.Refresh()
}

func (v *todoScreen) waitingLine(waiting model.ToDoWaiting) fyne.CanvasObject {
	name := kit.NewLinkButton("", waiting.Name, func() { find[*invoicesScreen](v.shell).open(waiting.Number) })
	return kit.Fixed(0, 22, kit.Columns(14,
		kit.Column{Width: 16, Object: kit.NewIcon(theme.IconClock, theme.Soft, 13)},
		kit.Column{Share: 1, Object: kit.Row(10, name, kit.NewCutLabel(waiting.What, kit.Small))},
		kit.Column{Width: todoAmountWidth, Object: kit.NewLabel(waiting.Amount, kit.Small.In(theme.Ink).Right())},
		kit.Column{Width: todoButtonWidth, Object: kit.NewLabel(waiting.Returns, kit.Small.Right())}))
}

// showNews writes how old the news of the inbox is, with the cure when it is stopped.
func (v *todoScreen) showNews() {
	s := v.shell
	state := s.Inbox.State()
	line := model.InboxLine(s.Words, state, s.Now())
	color := toneColor(line.Tone)
	v.news.Objects = []fyne.CanvasObject{kit.NewIcon(iconOf(line.Icon), color, theme.IconSmall),
		kit.NewCutLabel(line.Text, kit.Small.In(color))}
	switch state.Phase {
	case app.InboxWaiting:
		v.news.Add(kit.NewLinkButton(theme.IconRefresh, s.T("todo.inbox.retry"), func() {
			s.Do(func(context.Context) error { s.Inbox.Retry(); return nil }, nil)
		}))
	case app.InboxOff, app.InboxAuthFailed, app.InboxFailed, app.InboxStopped, "":
		v.news.Add(kit.NewLinkButton("", s.T("todo.inbox.set"), func() {
			find[*settingsScreen](s).openPage(model.PageMailbox)
		}))
	}
	v.news.Refresh()
}

// showNothing fills the list's place when there is nothing to decide.
func (v *todoScreen) showNothing() {
	s := v.shell
	v.showPanel(false)
	button := kit.NewPlainButton("", s.T("todo.see.invoices"), func() { find[*invoicesScreen](s).filter(0) })
	if v.list.NoInvoice {
		button = kit.NewPrimaryButton(theme.IconImport, s.T("invoices.import.file"), func() { s.actions.Run("import") })
	}
	icon, tone := theme.IconCheck, kit.ToneOk
	if v.list.NoInvoice {
		icon, tone = theme.IconInvoice, kit.ToneAccent
	}
	v.replace(message(icon, tone, v.list.Nothing, v.list.NothingMore, button))
}

func (v *todoScreen) showLoading() {
	if !v.loaded {
		v.replace(message(theme.IconRefresh, kit.ToneSoft, v.shell.T("todo.loading"), ""))
	}
}

func (v *todoScreen) showError(err error) {
	s := v.shell
	v.showPanel(false)
	v.loaded = false
	v.replace(message(theme.IconWarn, kit.ToneLate, s.T("todo.failed"), app.Text(err, s.Words.Language),
		kit.NewPlainButton(theme.IconRefresh, s.T("todo.retry"), v.refresh)))
}

func (v *todoScreen) replace(content fyne.CanvasObject) {
	v.body.Objects = []fyne.CanvasObject{content}
	v.all.Refresh()
}

// act does what the main button of a block says.
func (v *todoScreen) act(block model.ToDoBlock) {
	s := v.shell
	switch block.Act {
	case model.ActMatch:
		v.openMessage(block)
	case model.ActLetter:
		prepareLetter(s, block.Numbers)
	case model.ActPay:
		find[*invoicesScreen](s).pay(block.Numbers[0])
	case model.ActAddress, model.ActClient:
		openClient(s, block.Client)
	case model.ActMediator:
		find[*settingsScreen](s).openPage(model.PageIdentity)
	case model.ActNote:
		v.note(block)
	}
}

// openMessage shows where a payment is decided: the message that speaks of it, when there is one.
func (v *todoScreen) openMessage(block model.ToDoBlock) {
	if block.Message == 0 {
		v.shell.Go(placePayments)
		return
	}
	find[*paymentsScreen](v.shell).open(block.Message)
}

// note records that the user made a reminder by her own means. It cannot be taken back, so it says
// what was noted.
func (v *todoScreen) note(block model.ToDoBlock) {
	s := v.shell
	on := s.Today()
	contact := ledger.Contact{Step: block.Step.ID, Channel: string(block.Step.Channel), On: on}
	s.Do(func(ctx context.Context) error {
		for _, number := range block.Numbers {
			if err := s.App.NoteContact(ctx, on, number, contact); err != nil {
				return err
			}
		}
		return nil
	}, func() {
		s.Say(s.T("todo.noted", model.StepName(s.Words, block.Step.ID), block.Name, on.Short()), "", nil)
	})
}
