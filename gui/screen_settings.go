package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"dument/app"
	"dument/app/law"
	"dument/app/ledger"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// Widths of the settings: the list of pages, a form, what stands beside it.
const (
	settingsListWidth  = 190
	settingsAsideWidth = 392
)

// settingsFacts are what the pages show.
type settingsFacts struct {
	settings ledger.Settings
	rates    *law.Rates
}

// settingsPage is one page of the settings. Its objects are built once; funcs may be nil.
type settingsPage struct {
	id     string
	body   fyne.CanvasObject
	aside  fyne.CanvasObject
	fills  bool // the body scrolls by itself
	show   func(settingsFacts)
	opened func()
	dirty  func() bool
	save   func()
	cancel func()
}

// settingsScreen shows the pages of the settings; each keeps what was typed until it is saved.
type settingsScreen struct {
	shell    *Shell
	all      *fyne.Container
	list     *kit.Queue
	stage    *fyne.Container
	bar      *fyne.Container
	changed  *fyne.Container
	saveIt   *kit.Button
	undoIt   *kit.Button
	pages    []*settingsPage
	page     *settingsPage
	facts    settingsFacts
	isNarrow bool
	read     int // generation
	checks   *verifyPanel
	mailbox  *mailboxPage
}

func newSettingsScreen(s *Shell) *settingsScreen {
	v := &settingsScreen{shell: s, stage: container.NewStack()}
	v.saveIt = kit.NewPrimaryButton("", s.T("form.save"), func() { v.page.save() }).Tall()
	v.undoIt = kit.NewPlainButton("", s.T("form.cancel"), func() { v.page.cancel(); v.mark() }).Tall()
	v.changed = kit.Row(6, kit.NewIcon(theme.IconPencil, theme.Warn, theme.IconSmall),
		kit.NewLabel(s.T("settings.unsaved"), kit.Small.In(theme.Warn)))
	v.bar = kit.Stack(0, kit.NewDivider(theme.Edge),
		kit.Inset(kit.Row(10, v.saveIt, v.undoIt, kit.Spring(), v.changed), 12, 28, 12, 28))
	v.checks, v.mailbox = newVerifyPanel(v), newMailboxPage(v)
	v.pages = []*settingsPage{v.identityPage(), v.termsPage(), v.scenarioPage(), v.mailbox.page(), v.ratesPage(),
		v.backupPage(), v.appearancePage()}
	v.list = kit.NewQueue(theme.Paper, 8)
	v.list.OnSelected = func(id string) { v.turn(id) }
	v.list.OnOpen = func(string) { v.focusForm() }
	var items []kit.QueueItem
	for _, page := range model.SettingsPages() {
		items = append(items, kit.QueueItem{Key: page.ID, Content: kit.Inset(kit.Row(10,
			kit.NewIcon(iconOf(page.Icon), theme.Soft, theme.IconText),
			kit.NewCutLabel(s.T("settings.page."+page.ID), kit.Plain)), 1, 4, 1, 6)})
	}
	v.list.SetItems(items)
	side := kit.On(theme.Paper, kit.Frame(kit.Inset(pageTitle(s.T("place.settings")), 15, 8, 10, 18), nil, nil, nil,
		v.list))
	v.all = kit.Columns(1, kit.Column{Width: settingsListWidth, Object: side, RuleAfter: true},
		kit.Column{Share: 1, Object: v.stage})
	v.turn(model.PageIdentity)
	return v
}

func (v *settingsScreen) id() string                 { return placeSettings }
func (v *settingsScreen) content() fyne.CanvasObject { return v.all }
func (v *settingsScreen) focus()                     { v.shell.Window.Canvas().Focus(v.list) }

func (v *settingsScreen) narrow(isNarrow bool) {
	if v.isNarrow != isNarrow {
		v.isNarrow = isNarrow
		v.arrange()
	}
}

// openPage shows a page of the settings: "identity", "terms", "scenario", "mailbox", "rates", "backup",
// "appearance".
func (v *settingsScreen) openPage(page string) {
	v.turn(page)
	if v.shell.current != screen(v) {
		v.shell.Go(placeSettings)
	}
}

func (v *settingsScreen) refresh() {
	Load(v.shell, &v.read, func(ctx context.Context) (facts settingsFacts, err error) {
		if facts.settings, err = v.shell.App.Settings(ctx); err != nil {
			return facts, err
		}
		facts.rates, err = v.shell.App.Rates(ctx)
		return facts, err
	}, func(facts settingsFacts, err error) {
		if err != nil {
			v.shell.Say(app.Text(err, v.shell.Words.Language), "", nil)
			return
		}
		// What was typed and not saved stays; its saving takes over only its own section.
		kept := map[*settingsPage]bool{}
		for _, page := range v.pages {
			kept[page] = page.dirty != nil && page.dirty()
		}
		v.facts = facts
		for _, page := range v.pages {
			if page.show != nil && !kept[page] {
				page.show(facts)
			}
		}
		v.mark()
	})
}

// turn shows a page.
func (v *settingsScreen) turn(id string) {
	for _, page := range v.pages {
		if page.id == id {
			v.page = page
			v.list.Select(id)
			v.arrange()
			v.mark()
			if page.opened != nil {
				page.opened()
			}
		}
	}
}

// focusForm goes from the list into the page.
func (v *settingsScreen) focusForm() { v.shell.Window.Canvas().FocusNext() }

// arrange puts the page on the stage; what stands beside it goes beneath in a narrow window.
func (v *settingsScreen) arrange() {
	page := v.page
	var foot fyne.CanvasObject
	if page.save != nil {
		foot = v.bar
	}
	aside := page.aside
	body := page.body
	switch {
	case page.fills && v.isNarrow && aside != nil:
		body = kit.Frame(nil, nil, kit.Inset(aside, 12, 28, 16, 28), nil, body)
		aside = nil
	case !page.fills:
		inside := kit.Stack(24, body)
		if v.isNarrow && aside != nil {
			inside.Add(aside)
			aside = nil
		}
		body = kit.NewScrollPanel(kit.Inset(inside, 18, 28, 28, 28))
	}
	middle := kit.On(theme.Sheet, kit.Frame(nil, nil, foot, nil, body))
	v.stage.Objects = []fyne.CanvasObject{middle}
	if aside != nil {
		panel := kit.On(theme.Paper, kit.NewScrollPanel(kit.Inset(aside, 18, 22, 24, 22)))
		v.stage.Objects = []fyne.CanvasObject{kit.Columns(1, kit.Column{Share: 1, Object: middle, RuleAfter: true},
			kit.Column{Width: settingsAsideWidth, Object: panel})}
	}
	v.stage.Refresh()
}

// mark says whether the page has changes that are not saved.
func (v *settingsScreen) mark() {
	dirty := v.page.dirty != nil && v.page.dirty()
	v.changed.Hidden = !dirty
	for _, button := range []*kit.Button{v.saveIt, v.undoIt} {
		if dirty {
			button.Enable()
		} else {
			button.Disable()
		}
	}
	v.bar.Refresh()
}

// resized lays the page out anew once a field has said what is wrong with it.
func (v *settingsScreen) resized() { v.stage.Refresh() }

// pageHead is the title of a page with a sentence.
func (v *settingsScreen) pageHead(id string) fyne.CanvasObject {
	return kit.Stack(5, kit.NewLabel(v.shell.T("settings.page."+id), kit.Style{Size: theme.SizePanel, Bold: true}),
		kit.NewParagraph(v.shell.T("settings.page."+id+".what"), kit.Soft))
}

// formPage is a page with a form of one section. extra, when set, stands under the fields; shown is
// called with the facts and at every change with what is typed.
func (v *settingsScreen) formPage(id string, aside fyne.CanvasObject, shown func(settingsFacts)) *settingsPage {
	made := newForm(v.shell, model.SettingsFields(id))
	page := &settingsPage{id: id, body: kit.Stack(18, v.pageHead(id), made.all), aside: aside, dirty: made.dirty}
	made.changed = func() {
		if shown != nil {
			draft, _ := model.FormResult(v.shell.Words, made.fields, v.facts.settings, made.values())
			shown(settingsFacts{draft, v.facts.rates})
		}
		v.mark()
	}
	made.resized = v.resized
	page.show = func(facts settingsFacts) {
		made.show(facts.settings)
		if shown != nil {
			shown(facts)
		}
	}
	page.cancel = func() { page.show(v.facts) }
	page.save = func() {
		if draft, ok := made.read(v.facts.settings); ok {
			v.apply(id, draft, made.refuse, func() { made.show(draft) })
		}
	}
	made.submit = page.save
	return page
}

// apply saves the section of a page. saved is called before the ledger tells the change.
func (v *settingsScreen) apply(id string, draft ledger.Settings, refuse func(error), saved func()) {
	s := v.shell
	on := s.Today()
	var refused error
	s.Do(func(ctx context.Context) error {
		_, refused = s.App.ChangeSettings(ctx, on, func(current ledger.Settings) (ledger.Settings, error) {
			return model.TakeOver(id, current, draft), nil
		})
		return nil
	}, func() {
		if refused != nil {
			refuse(refused)
			return
		}
		saved()
		v.mark()
		s.Say(s.T("settings.saved"), "", nil)
		v.refresh()
	})
}
