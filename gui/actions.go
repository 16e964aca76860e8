package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"dument/gui/action"
	"dument/gui/theme"
)

// Shortcuts use Control, and Command on a Mac.
func control(key fyne.KeyName) *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

func controlShift(key fyne.KeyName) *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
}

// newActions is everything the user can do, in the order of the menus.
func newActions(s *Shell) *action.Table {
	menus := []action.Menu{{ID: "file", TitleKey: "menu.file"}, {ID: "view", TitleKey: "menu.view"},
		{ID: "invoice", TitleKey: "menu.invoice"}, {ID: "payment", TitleKey: "menu.payment"},
		{ID: "letter", TitleKey: "menu.letter"}, {ID: "help", TitleKey: "menu.help"}}
	actions := []action.Action{
		{ID: "import", MenuID: "file", TitleKey: "action.import", Icon: theme.IconImport,
			Shortcut: controlShift(fyne.KeyI), Run: s.importFile},
		{ID: "backup", MenuID: "file", TitleKey: "action.backup", Run: s.backup, Separated: true},
		{ID: "verify", MenuID: "file", TitleKey: "action.verify", Run: s.verify},
		{ID: "quit", MenuID: "file", TitleKey: "action.quit", Shortcut: control(fyne.KeyQ),
			Run: func() { s.Window.Close() }, Quit: true, Anywhere: true, Separated: true},
	}
	for i, place := range []string{placeToDo, placeInvoices, placeClients, placeLetters, placePayments} {
		digit := fyne.KeyName([]fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5}[i])
		actions = append(actions, action.Action{ID: "go." + place, MenuID: "view", TitleKey: "place." + place,
			Shortcut: control(digit), Run: func() { s.Go(place) }})
	}
	actions = append(actions,
		action.Action{ID: "go.settings", MenuID: "view", TitleKey: "place.settings", Shortcut: control(fyne.KeyComma),
			Run: func() { s.Go(placeSettings) }},
		action.Action{ID: "refresh", MenuID: "view", TitleKey: "action.refresh", Key: fyne.KeyF5,
			Shortcut: control(fyne.KeyR), Run: s.refreshAll, Separated: true},
		action.Action{ID: "search", MenuID: "view", TitleKey: "action.search", Icon: theme.IconSearch,
			Shortcut: control(fyne.KeyF), Run: s.search},
		action.Action{ID: "close", MenuID: "view", TitleKey: "action.close", Key: fyne.KeyEscape, Run: s.closePanel,
			Enabled: func() bool { _, closes := s.current.(closer); return closes }},
		action.Action{ID: "dark", MenuID: "view", TitleKey: "action.dark", Run: s.switchMode, Separated: true},
	)
	actions = append(actions, invoiceActions(s)...)
	actions = append(actions, paymentActions(s)...)
	actions = append(actions, letterActions(s)...)
	actions = append(actions,
		action.Action{ID: "shortcuts", MenuID: "help", TitleKey: "action.shortcuts", Key: fyne.KeyF1,
			Run: s.showShortcuts, Anywhere: true},
		action.Action{ID: "first", MenuID: "help", TitleKey: "action.first", Run: func() { s.Go(placeFirst) }},
		action.Action{ID: "about", MenuID: "help", TitleKey: "action.about", Run: s.showAbout, Separated: true},
	)
	return action.New(menus, actions)
}

// searcher is a screen with a search field.
type searcher interface{ search() }

func (s *Shell) search() {
	if screen, searches := s.current.(searcher); searches {
		screen.search()
	}
}

// closer is a screen with a panel, or a page, that Escape closes.
type closer interface{ close() }

func (s *Shell) closePanel() {
	if screen, closes := s.current.(closer); closes {
		screen.close()
	}
}

// switchMode changes between light and dark.
func (s *Shell) switchMode() {
	mode := theme.Dark
	if theme.IsDark() {
		mode = theme.Light
	}
	s.SetMode(mode)
}

// SetMode shows the window in a theme, and remembers it.
func (s *Shell) SetMode(mode theme.Mode) {
	s.mode = mode
	s.Fyne.Preferences().SetString(preferenceMode, modeKey(mode))
	s.Fyne.Settings().SetTheme(theme.New(mode))
}
