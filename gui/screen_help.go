package gui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"dument/gui/action"
	"dument/gui/grid"
	"dument/gui/kit"
	"dument/gui/theme"
)

// Pages of the help; they have no entry in the rail.
const (
	placeShortcuts = "shortcuts"
	placeAbout     = "about"
)

// helpScreen is a page that is only read.
type helpScreen struct {
	shell *Shell
	place string
	all   fyne.CanvasObject
	build func() fyne.CanvasObject
}

func newShortcutsScreen(s *Shell) *helpScreen {
	v := &helpScreen{shell: s, place: placeShortcuts}
	v.build = v.shortcuts
	return v
}

func newAboutScreen(s *Shell) *helpScreen {
	v := &helpScreen{shell: s, place: placeAbout}
	v.build = v.about
	return v
}

func (v *helpScreen) id() string { return v.place }

// content is built at its first showing: the actions must be there.
func (v *helpScreen) content() fyne.CanvasObject {
	if v.all == nil {
		v.all = v.build()
	}
	return v.all
}

func (v *helpScreen) refresh()    {}
func (v *helpScreen) focus()      { v.shell.Window.Canvas().Unfocus() }
func (v *helpScreen) narrow(bool) {}
func (v *helpScreen) close()      { v.shell.Go(placeToDo) }

func (v *helpScreen) page(title string, body fyne.CanvasObject) fyne.CanvasObject {
	head := kit.Row(12, pageTitle(title), kit.Spring(),
		kit.NewIconButton(theme.IconClose, v.shell.T("shell.close"), v.close))
	return kit.On(theme.Sheet, paged(head, body))
}

// keyNames are the words for the keys in the language of the window.
func keyNames(s *Shell) action.Keys {
	return action.Keys{Control: s.T("key.control"), Shift: s.T("key.shift"), Alt: s.T("key.alt"),
		Super: s.T("key.super"), Names: map[fyne.KeyName]string{fyne.KeyReturn: s.T("key.return"),
			fyne.KeyEscape: s.T("key.escape"), fyne.KeyDelete: s.T("key.delete"), fyne.KeyComma: ","}}
}

// shortcuts lists every key, menu by menu.
func (v *helpScreen) shortcuts() fyne.CanvasObject {
	s := v.shell
	body := kit.Stack(8)
	menu := ""
	for _, line := range s.actions.Help(func(key string) string { return s.T(key) }, keyNames(s)) {
		if line.Menu != menu {
			menu = line.Menu
			body.Add(kit.Inset(kit.NewHeading(menu, ""), 12, 0, 2, 0))
		}
		body.Add(kit.Row(10, kit.NewCutLabel(line.Title, kit.Plain), kit.NewKeyHint(line.Shortcut, "")))
	}
	body.Add(kit.Inset(kit.NewHeading(s.T("help.lists"), ""), 12, 0, 2, 0))
	for _, hint := range []string{"arrows", "return", "escape", "tab"} {
		body.Add(kit.Row(10, kit.NewCutLabel(s.T("help.lists."+hint), kit.Plain),
			kit.NewKeyHint(s.T("help.key."+hint), "")))
	}
	column := kit.Row(0, kit.Fixed(460, 0, body), kit.Spring())
	return v.page(s.T("action.shortcuts"), kit.NewScrollPanel(kit.Inset(column, 0, 18, 24, 18)))
}

// licenceLines is the text of the licences as a grid reads it: five thousand lines, of which only those in
// sight are drawn.
type licenceLines []string

// Len implements grid.Source.
func (l licenceLines) Len() int { return len(l) }

// Row implements grid.Source.
func (l licenceLines) Row(i int) grid.Row {
	return grid.Row{Key: strconv.Itoa(i), Cells: []grid.Cell{{Text: l[i], Tone: kit.ToneSoft}}}
}

// about tells the version, where the files are, and the licences of the parts.
func (v *helpScreen) about() fyne.CanvasObject {
	s := v.shell
	top := kit.Stack(8,
		kit.NewLabel(s.T("help.about.name", s.Version), kit.Style{Size: theme.SizePanel, Bold: true}),
		kit.NewParagraph(s.T("help.about.what"), kit.Plain), kit.NewParagraph(s.T("help.about.licence"), kit.Soft),
		kit.Gap(6), kit.NewHeading(s.T("help.about.files"), ""),
		kit.NewParagraph(s.T("help.about.ledger", s.App.Store.Path()), kit.Plain))
	for _, place := range s.Places {
		top.Add(kit.NewParagraph(place, kit.Plain))
	}
	licences := grid.New([]grid.Column{{ID: "licence", Title: s.T("help.about.licences"), Width: 400, Stretch: 1,
		Fixed: true}})
	text := strings.ReplaceAll(strings.TrimSpace(s.About), "\t", "    ")
	licences.SetSource(licenceLines(strings.Split(text, "\n")))
	return v.page(s.T("action.about"), kit.Frame(kit.Inset(top, 0, 18, 16, 18), nil, nil, nil, licences))
}
