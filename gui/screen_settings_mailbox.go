package gui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"dument/app"
	"dument/app/ledger"
	"dument/gui/field"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// mailboxPage is the page of the inbox: its settings, the accounts whose notices are believed, and its
// test.
type mailboxPage struct {
	screen   *settingsScreen
	shell    *Shell
	form     *form[ledger.Settings]
	password *field.PasswordField
	accounts *accountList
	probe    *probePanel
	made     *settingsPage
}

func newMailboxPage(v *settingsScreen) *mailboxPage {
	s := v.shell
	m := &mailboxPage{screen: v, shell: s, form: newForm(s, model.SettingsFields(model.PageMailbox)),
		accounts: newAccountList(s, v.mark, v.resized)}
	m.password = field.NewPasswordField(s.T("settings.mailbox.password"), s.T("settings.mailbox.password.show"))
	m.password.SetPlaceHolder(s.T("settings.mailbox.password.place"))
	m.password.OnChanged = func(string) { v.mark() }
	m.form.changed = v.mark
	m.form.resized = v.resized
	m.probe = newProbePanel(s, m.draft, func(field, value string) {
		m.form.inputs[field].set(value)
		v.mark()
	})
	return m
}

// page lays the page out.
func (m *mailboxPage) page() *settingsPage {
	s, v := m.shell, m.screen
	lock := kit.Row(6, kit.NewIcon(theme.IconLock, theme.Soft, 13),
		kit.NewParagraph(s.T("settings.mailbox.password.hint"), kit.Caption))
	secret := kit.Stack(4, m.password, lock)
	m.form.all.Objects = slices.Insert(m.form.all.Objects, 3, fyne.CanvasObject(secret))
	body := kit.Stack(18, v.pageHead(model.PageMailbox), m.form.all, m.accounts.all)
	m.made = &settingsPage{id: model.PageMailbox, body: body, aside: m.probe.all, show: m.show, dirty: m.dirty,
		save: m.save, cancel: func() { m.show(v.facts) }}
	m.form.submit = m.save
	return m.made
}

func (m *mailboxPage) show(facts settingsFacts) {
	m.form.show(facts.settings)
	m.accounts.show(facts.settings.Accounts)
	m.password.SetText("")
	m.probe.show()
}

func (m *mailboxPage) dirty() bool {
	return m.form.dirty() || m.accounts.differ(m.screen.facts.settings.Accounts) || m.password.Text() != ""
}

// draft is what is typed, for a test that keeps nothing.
func (m *mailboxPage) draft() (ledger.Mailbox, string, bool) {
	settings, ok := m.form.read(m.screen.facts.settings)
	return settings.Mailbox, m.password.Text(), ok
}

func (m *mailboxPage) save() {
	draft, ok := m.form.read(m.screen.facts.settings)
	if !ok {
		return
	}
	draft.Accounts = m.accounts.accounts
	saveMailbox(m.shell, draft, m.password.Text(), m.form.refuse, func() {
		m.screen.facts.settings = model.TakeOver(model.PageMailbox, m.screen.facts.settings, draft)
		m.show(m.screen.facts)
		m.screen.mark()
		m.shell.Say(m.shell.T("settings.saved"), "", nil)
	})
}

// saveMailbox keeps the settings of the inbox in the ledger and its password in the keyring, and lets the
// watcher begin anew.
func saveMailbox(s *Shell, draft ledger.Settings, password string, refuse func(error), saved func()) {
	on := s.Today()
	var refused, secret error
	s.Do(func(ctx context.Context) error {
		_, refused = s.App.ChangeSettings(ctx, on, func(current ledger.Settings) (ledger.Settings, error) {
			return model.TakeOver(model.PageMailbox, current, draft), nil
		})
		if refused == nil && password != "" {
			secret = s.Inbox.SetPassword(draft.Mailbox, password)
		}
		if refused == nil {
			s.Inbox.Retry()
		}
		return nil
	}, func() {
		if refused != nil {
			refuse(refused)
			return
		}
		saved()
		if secret != nil {
			s.Say(app.Text(secret, s.Words.Language), "", nil)
		}
	})
}

// probePanel is the test of an inbox.
type probePanel struct {
	shell   *Shell
	all     *fyne.Container
	steps   []app.ProbeStep
	tested  ledger.Mailbox
	running bool
	stop    context.CancelFunc
	turn    int // generation of the reading
	again   *kit.Button
	bar     *kit.Progress
	summary *fyne.Container
	list    *kit.Steps
	found   *fyne.Container
	copied  *kit.Button
	draft   func() (ledger.Mailbox, string, bool)
	take    func(field, value string)
}

func newProbePanel(s *Shell, draft func() (ledger.Mailbox, string, bool), take func(field, value string)) *probePanel {
	p := &probePanel{shell: s, draft: draft, take: take, bar: kit.NewProgress(), summary: kit.Stack(0),
		list: kit.NewSteps(), found: kit.Stack(0)}
	p.again = kit.NewPlainButton(theme.IconRefresh, s.T("settings.probe.start"), p.run)
	p.copied = kit.NewLinkButton("", s.T("settings.probe.copy"), p.copy)
	p.all = kit.Stack(14, kit.Row(8, kit.NewLabel(s.T("settings.probe"), kit.Style{Size: theme.SizePanel, Bold: true}),
		kit.Spring(), p.again), kit.Stack(6, p.bar, p.summary), p.list, p.found, kit.Row(0, p.copied, kit.Spring()))
	p.show()
	return p
}

// run starts the test with what is typed, or stops the one that runs.
func (p *probePanel) run() {
	if p.running {
		p.stop()
		return
	}
	box, password, ok := p.draft()
	if !ok {
		return
	}
	s := p.shell
	ctx, stop := context.WithCancel(s.ctx)
	p.running, p.stop, p.steps, p.tested = true, stop, nil, box
	p.show()
	mine := p.turn + 1
	Load(s, &p.turn, func(context.Context) ([]app.ProbeStep, error) {
		defer stop()
		return s.Inbox.Probe(ctx, box, password, func(step app.ProbeStep) {
			s.Dispatch(func() {
				if p.turn == mine && p.running {
					p.steps = append(p.steps, step)
					p.show()
				}
			})
		}), nil
	}, func(steps []app.ProbeStep, _ error) {
		p.running, p.steps = false, steps
		p.show()
	})
}

func (p *probePanel) copy() {
	probe := model.NewProbe(p.shell.Words, p.steps, p.running, p.tested)
	p.shell.Fyne.Clipboard().SetContent(model.ProbeReport(p.shell.Words, probe, p.tested))
	p.shell.Say(p.shell.T("settings.probe.copied"), "", nil)
}

// probeStates are the circles of the steps.
var probeStates = map[app.ProbeState]kit.StepState{app.ProbeRunning: kit.StepPresent, app.ProbeDone: kit.StepDone,
	app.ProbeWarning: kit.StepStopped, app.ProbeFailed: kit.StepStopped, app.ProbeSkipped: kit.StepNext}

func (p *probePanel) show() {
	s := p.shell
	probe := model.NewProbe(s.Words, p.steps, p.running, p.tested)
	p.again.SetText(s.T("settings.probe.start"))
	if p.running {
		p.again.SetText(s.T("settings.probe.stop"))
	} else if len(p.steps) > 0 {
		p.again.SetText(s.T("settings.probe.again"))
	}
	p.bar.Set(probe.Done, len(probe.Lines))
	p.summary.Objects = []fyne.CanvasObject{wholeLine(probe.Summary)}
	var items []kit.StepItem
	for _, line := range probe.Lines {
		item := kit.StepItem{State: probeStates[line.State], Title: line.Title, Detail: line.Detail, Right: line.Right}
		if len(line.Choices) > 0 && !p.running {
			item.Extra = p.choices(line)
		}
		items = append(items, item)
	}
	p.list.SetItems(items)
	p.found.Objects = nil
	if len(probe.Recognised) > 0 {
		counts := kit.Stack(7, kit.NewLabel(probe.RecognisedTitle, kit.Small.Strong()))
		for _, count := range probe.Recognised {
			counts.Add(kit.Columns(10, kit.Column{Width: 30, Object: kit.NewLabel(count.Count, kit.Plain.Strong().Right())},
				kit.Column{Share: 1, Object: kit.NewParagraph(count.Text, kit.Small)}))
		}
		p.found.Add(kit.NewCard(theme.Sheet, 14, counts))
	}
	p.copied.Hidden = len(p.steps) == 0
	p.all.Refresh()
}

// choices lets the user take a value over that the test found.
func (p *probePanel) choices(line model.ProbeLine) fyne.CanvasObject {
	var options []field.Option
	for _, choice := range line.Choices {
		options = append(options, field.Option{Key: choice, Text: choice})
	}
	chosen := field.NewChoiceField("", options, nil)
	chosen.Select(line.Choices[0])
	if line.Field == "mailbox.folder" {
		chosen.Select(p.tested.Folder)
	}
	return kit.Columns(8, kit.Column{Share: 3, Object: chosen}, kit.Column{Share: 2,
		Object: kit.NewPlainButton("", p.shell.T("settings.probe.take"), func() {
			if chosen.Key() != "" {
				p.take(line.Field, chosen.Key())
			}
		}).Tall()})
}
