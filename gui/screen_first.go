package gui

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"dument/app"
	"dument/app/ledger"
	"dument/gui/field"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// firstScreen is the four steps of the first start. Each can be skipped, left and taken up again.
type firstScreen struct {
	shell    *Shell
	all      *fyne.Container
	steps    *fyne.Container
	stage    *fyne.Container
	foot     *fyne.Container
	back     *kit.Button
	skip     *kit.Button
	next     *kit.Button
	step     int
	facts    model.FirstFacts
	forms    map[int]*form[ledger.Settings]
	pages    [model.FirstSteps]fyne.CanvasObject
	pane     *importPane
	password *field.PasswordField
	accounts *accountList
	probe    *probePanel
	timeline *kit.Timeline
	turn     int // generation
	layout   *firstLayout
}

func newFirstScreen(s *Shell) *firstScreen {
	v := &firstScreen{shell: s, steps: kit.Stack(4), stage: container.NewStack(), timeline: kit.NewTimeline(),
		forms: map[int]*form[ledger.Settings]{}}
	for _, step := range []int{model.FirstWho, model.FirstMoney, model.FirstReminders} {
		made := newForm(s, model.FirstFields(step))
		made.changed, made.submit = v.mark, v.forward
		made.resized = func() { v.stage.Refresh() }
		v.forms[step] = made
	}
	v.pane = newImportPane(s)
	v.pane.changed = v.mark
	v.pane.entered = func(app.ImportResult) { v.goTo(model.FirstMoney) }
	v.password = field.NewPasswordField(s.T("settings.mailbox.password"), s.T("settings.mailbox.password.show"))
	v.password.OnChanged = func(string) { v.mark() }
	v.accounts = newAccountList(s, v.mark, func() { v.stage.Refresh() })
	v.probe = newProbePanel(s, v.mailbox, func(at, value string) {
		if input, there := v.forms[model.FirstMoney].inputs[at]; there {
			input.set(value)
		} else if at == "mailbox.authserv_id" {
			v.facts.Settings.Mailbox.AuthservID = value
		} else if at == "mailbox.folder" {
			v.facts.Settings.Mailbox.Folder = value
		}
		s.Say(s.T("first.taken", value), "", nil)
	})
	v.back = kit.NewPlainButton(theme.IconLeft, s.T("first.back"), func() { v.goTo(v.step - 1) }).Tall()
	v.skip = kit.NewLinkButton("", s.T("first.skip"), func() { v.goTo(v.step + 1) })
	v.next = kit.NewPrimaryButton("", s.T("first.next"), v.forward).Tall()
	v.foot = kit.Stack(0, kit.NewDivider(theme.Rule), kit.Inset(kit.Row(18, v.back, v.skip, kit.Spring(), v.next),
		13, 40, 13, 40))
	v.build()
	v.layout = &firstLayout{}
	v.all = container.New(v.layout, kit.NewSurface(theme.Paper), kit.NewBox(theme.Sheet, theme.Edge, theme.Radius),
		v.left(), v.right(), kit.NewLabel(s.T("first.later"), kit.Style{Size: theme.SizeSmall, Color: theme.Faint,
			Align: fyne.TextAlignCenter}))
	v.goTo(model.FirstWho)
	return v
}

func (v *firstScreen) id() string                 { return placeFirst }
func (v *firstScreen) content() fyne.CanvasObject { return v.all }
func (v *firstScreen) narrow(isNarrow bool)       { v.layout.isNarrow = isNarrow }
func (v *firstScreen) close()                     { v.leave() }

func (v *firstScreen) focus() {
	if made := v.forms[v.step]; made != nil {
		made.begin()
	}
}

// take reads a file that was dropped, on whatever step: it can only be the invoices.
func (v *firstScreen) take(name string, content []byte) bool {
	v.goTo(model.FirstInvoices)
	v.pane.preview(name, content)
	return true
}

// left is the list of the steps, and the way to the example.
func (v *firstScreen) left() fyne.CanvasObject {
	s := v.shell
	name := kit.Row(0, kit.NewLabel("D", kit.Style{Size: theme.SizeName, Bold: true}),
		kit.NewLabel("û", kit.Style{Size: theme.SizeName, Bold: true, Color: theme.Accent}),
		kit.NewLabel("ment", kit.Style{Size: theme.SizeName, Bold: true}))
	head := kit.Stack(4, name, kit.NewParagraph(s.T("first.motto"), kit.Small))
	foot := kit.Stack(10, kit.NewDivider(theme.Edge), kit.NewLabel(s.T("first.example.question"), kit.Small),
		kit.NewPlainButton(theme.IconFolder, s.T("first.example"), v.example),
		kit.NewParagraph(s.T("first.private"), kit.Caption))
	return kit.On(theme.Rail, kit.Frame(kit.Inset(head, 30, 20, 22, 28), nil, kit.Inset(foot, 0, 26, 18, 28), nil,
		kit.Inset(v.steps, 0, 12, 0, 12)))
}

func (v *firstScreen) right() fyne.CanvasObject {
	return kit.On(theme.Sheet, kit.Frame(nil, nil, v.foot, nil, v.stage))
}

// build makes the four pages.
func (v *firstScreen) build() {
	s := v.shell
	head := func(key string, step int) fyne.CanvasObject {
		return kit.Stack(5, kit.NewLabel(s.T("first.step", strconv.Itoa(step+1), strconv.Itoa(model.FirstSteps)), kit.Small),
			kit.NewLabel(s.T("first."+key+".title"), kit.Title), kit.NewParagraph(s.T("first."+key+".text"), kit.Soft))
	}
	scrolled := func(objects ...fyne.CanvasObject) fyne.CanvasObject {
		return kit.NewScrollPanel(kit.Inset(kit.Stack(20, objects...), 28, 40, 24, 40))
	}
	v.pages[model.FirstWho] = scrolled(head("who", model.FirstWho), v.forms[model.FirstWho].all)
	v.pages[model.FirstInvoices] = kit.Inset(kit.Frame(kit.Inset(head("invoices", model.FirstInvoices), 0, 0, 14, 0),
		nil, nil, nil, v.pane.all), 28, 40, 14, 40)
	lock := kit.Row(6, kit.NewIcon(theme.IconLock, theme.Soft, 13),
		kit.NewParagraph(s.T("settings.mailbox.password.hint"), kit.Caption))
	v.pages[model.FirstMoney] = scrolled(head("money", model.FirstMoney), kit.Stack(12, v.forms[model.FirstMoney].all,
		v.password, lock), v.accounts.all, v.probe.all)
	v.pages[model.FirstReminders] = scrolled(head("reminders", model.FirstReminders), v.forms[model.FirstReminders].all,
		kit.Stack(10, kit.NewHeading(s.T("settings.scenario.steps"), s.T("settings.scenario.from")), v.timeline))
}

func (v *firstScreen) refresh() {
	s := v.shell
	Load(s, &v.turn, func(ctx context.Context) (facts model.FirstFacts, err error) {
		if facts.Settings, err = s.App.Settings(ctx); err != nil {
			return facts, err
		}
		err = s.App.Store.View(ctx, func(r app.Reader) (err error) {
			facts.Invoices, err = r.CountInvoices()
			return err
		})
		return facts, err
	}, func(facts model.FirstFacts, err error) {
		if err != nil {
			s.Say(app.Text(err, s.Words.Language), "", nil)
			return
		}
		if !v.accounts.differ(v.facts.Settings.Accounts) {
			v.accounts.show(facts.Settings.Accounts)
		}
		v.facts = facts
		for _, made := range v.forms {
			if !made.dirty() {
				made.show(facts.Settings)
			}
		}
		v.mark()
	})
}

// goTo shows a step; after the last one comes the day's work.
func (v *firstScreen) goTo(step int) {
	if step >= model.FirstSteps {
		v.leave()
		return
	}
	v.step = max(0, step)
	v.stage.Objects = []fyne.CanvasObject{v.pages[v.step]}
	v.stage.Refresh()
	v.mark()
	if v.shell.current == screen(v) {
		v.focus()
	}
}

// leave goes to the day's work.
func (v *firstScreen) leave() { v.shell.Go(placeToDo) }

// example opens the example ledger in the place of this one.
func (v *firstScreen) example() {
	v.shell.Say(v.shell.T("first.example.making"), "", nil)
	v.shell.Do(func(context.Context) error { return v.shell.Example() }, nil)
}

// mark writes the steps and the buttons.
func (v *firstScreen) mark() {
	s := v.shell
	steps := model.NewFirstSteps(s.Words, v.facts)
	v.steps.Objects = nil
	for i, step := range steps {
		v.steps.Add(v.stepCard(i, step))
	}
	v.back.Hidden = v.step == 0
	last := v.step == model.FirstSteps-1
	v.next.SetText(s.T("first.next"))
	if last {
		v.next.SetText(s.T("first.finish"))
	}
	if made := v.forms[model.FirstReminders]; made.inputs["reminders.scenario"].value() != "" {
		v.timeline.SetFacts(scenarioFacts(s, made.inputs["reminders.scenario"].value()))
	}
	v.next.Enable()
	if v.step == model.FirstInvoices && v.pane.view.Button != "" {
		v.next.SetText(v.pane.view.Button)
	}
	v.skip.Hidden = last
	v.steps.Refresh()
	v.foot.Refresh()
}

// firstCircle is the size of the circle with the number of a step.
const firstCircle = 23

func (v *firstScreen) stepCard(i int, step model.FirstStep) fyne.CanvasObject {
	circle := kit.NewBox(theme.Sheet, theme.Edge, firstCircle/2)
	number := kit.Style{Size: theme.SizeSmall, Bold: true, Align: fyne.TextAlignCenter}
	inside := fyne.CanvasObject(kit.NewLabel(strconv.Itoa(i+1), number))
	switch {
	case i == v.step:
		circle.Set(theme.Accent, theme.None, 0)
		inside = kit.NewLabel(strconv.Itoa(i+1), number.In(theme.OnAccent))
	case step.Done:
		circle.Set(theme.Ok, theme.None, 0)
		inside = container.NewCenter(kit.NewIcon(theme.IconCheck, theme.OnAccent, theme.IconSmall))
	}
	title := kit.Style{Bold: i == v.step}
	card := kit.NewChoiceCard(theme.Rail, 9, kit.Columns(12, kit.Column{Width: firstCircle, Object: container.NewCenter(
		kit.Fixed(firstCircle, firstCircle, container.NewStack(circle, inside)))}, kit.Column{Share: 1, Object: kit.Stack(2,
		kit.NewCutLabel(step.Title, title), kit.NewCutLabel(step.Detail, kit.Small))}),
		func() { v.goTo(i) })
	card.SetSelected(i == v.step)
	return card
}

// mailbox is what is typed, for the test.
func (v *firstScreen) mailbox() (ledger.Mailbox, string, bool) {
	draft, ok := v.forms[model.FirstMoney].read(v.facts.Settings)
	return draft.Mailbox, v.password.Text(), ok
}

// forward keeps what the step holds and goes on.
func (v *firstScreen) forward() {
	if v.step == model.FirstInvoices {
		if v.pane.view.Ready > 0 {
			v.pane.enter()
		} else {
			v.goTo(v.step + 1)
		}
		return
	}
	made, step := v.forms[v.step], v.step
	draft, ok := made.read(v.facts.Settings)
	switch {
	case !ok:
	case step == model.FirstMoney && (made.dirty() || v.password.Text() != "" ||
		v.accounts.differ(v.facts.Settings.Accounts)):
		draft.Accounts = v.accounts.accounts
		saveMailbox(v.shell, draft, v.password.Text(), made.refuse, func() {
			v.password.SetText("")
			v.kept(made, draft, step)
		})
	case !made.dirty():
		v.goTo(step + 1)
	default:
		v.keep(made, draft, step)
	}
}

func (v *firstScreen) keep(made *form[ledger.Settings], draft ledger.Settings, step int) {
	s := v.shell
	on := s.Today()
	var refused error
	s.Do(func(ctx context.Context) error {
		_, refused = s.App.ChangeSettings(ctx, on, func(current ledger.Settings) (ledger.Settings, error) {
			return model.FirstTakeOver(step, current, draft), nil
		})
		return nil
	}, func() {
		if refused != nil {
			made.refuse(refused)
			return
		}
		v.kept(made, draft, step)
	})
}

func (v *firstScreen) kept(made *form[ledger.Settings], draft ledger.Settings, step int) {
	made.show(draft)
	v.facts.Settings = draft
	v.goTo(step + 1)
	v.refresh()
}

// firstLayout puts the card of the first start in the middle: the steps at its left, the step at its
// right, a sentence beneath.
type firstLayout struct{ isNarrow bool }

// Layout implements fyne.Layout.
func (l *firstLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	ground, box, left, right, later := objects[0], objects[1], objects[2], objects[3], objects[4]
	width, height := min(size.Width-24, 1060), min(size.Height-48, 700)
	x, y := (size.Width-width)/2, max(12, (size.Height-height-30)/2)
	side := float32(282)
	if l.isNarrow {
		side = 236
	}
	place := func(object fyne.CanvasObject, x, y, width, height float32) {
		object.Resize(fyne.NewSize(width, height))
		object.Move(fyne.NewPos(x, y))
	}
	place(ground, 0, 0, size.Width, size.Height)
	place(box, x, y, width, height)
	place(left, x+1, y+1, side, height-2)
	place(right, x+1+side, y+1, width-side-2, height-2)
	place(later, x, y+height+6, width, 20)
}

// MinSize implements fyne.Layout.
func (l *firstLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 380) }
