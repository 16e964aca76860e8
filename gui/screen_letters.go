package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"dument/app"
	"dument/app/ledger"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// Widths of the columns of the letters.
const (
	letterQueueWidth float32 = 258
	letterSideWidth  float32 = 328
)

// lettersScreen shows the letters that were made: a queue, the page as it prints, and the life of the
// registered letter beside it. The same preview shows a letter to come.
type lettersScreen struct {
	shell      *Shell
	generation int

	all     *fyne.Container
	layout  *sideBySide
	left    *fyne.Container // the queue, or a message in its place
	open    *kit.Chip
	every   *kit.Chip
	chips   *fyne.Container
	queue   *kit.Queue
	preview *letterPreview
	side    *fyne.Container // the panel shown: a letter, a step to note, a letter to come
	panel   *letterPanel
	coming  *preparePanel

	rows       []app.LetterRow
	everything bool // every letter, not only those on their way
	wanted     string
	loaded     bool
	focused    bool
	closed     bool
}

func newLettersScreen(s *Shell) *lettersScreen {
	v := &lettersScreen{shell: s, left: container.NewStack(), side: container.NewStack()}
	v.open = kit.NewChip(s.T("letters.open"), "", func(bool) { v.filter(false) })
	v.every = kit.NewChip(s.T("letters.all"), "", func(bool) { v.filter(true) })
	v.open.SetOn(true)
	v.queue = kit.NewQueue(theme.None, theme.ListMargin)
	v.queue.OnSelected = func(key string) { v.choose(key, true) }
	v.queue.OnOpen = func(string) { v.act() }
	v.queue.OnKey = func(event *fyne.KeyEvent) {
		if event.Name == fyne.KeyEscape {
			v.close()
		}
	}
	v.preview = newLetterPreview(s)
	v.panel, v.coming = newLetterPanel(v), newPreparePanel(v)
	v.side.Objects = []fyne.CanvasObject{v.panel.panel}
	v.side.Hide()
	v.chips = kit.Row(6, v.open, v.every)
	head := kit.Inset(kit.Stack(12, kit.NewLabel(s.T("place.letters"), kit.Title), v.chips),
		14, theme.ListMargin, 10, theme.ListMargin)
	foot := kit.Inset(kit.NewLabel(s.T("letters.foot"), kit.Caption), 8, theme.ListMargin, 10, theme.ListMargin)
	list := kit.On(theme.Paper, kit.Frame(kit.Stack(0, head, kit.NewDivider(theme.Edge)), nil, foot, nil,
		v.left))
	work := kit.Columns(1, kit.Column{Width: letterQueueWidth, Object: list, RuleAfter: true},
		kit.Column{Share: 1, Object: kit.On(theme.Rail, v.preview.all)})
	v.all, v.layout = newSideBySide(work, v.side, letterSideWidth)
	return v
}

func (v *lettersScreen) id() string                 { return placeLetters }
func (v *lettersScreen) content() fyne.CanvasObject { return v.all }

func (v *lettersScreen) focus() {
	v.focused = true
	if v.loaded && len(v.rows) > 0 && !v.coming.active() {
		v.shell.Window.Canvas().Focus(v.queue)
	}
}

func (v *lettersScreen) narrow(isNarrow bool) {
	if v.layout.isNarrow != isNarrow {
		v.layout.isNarrow = isNarrow
		v.showSide(!isNarrow && !v.closed && v.queue.Selected() != "" || v.coming.active())
	}
}

func (v *lettersScreen) refresh() {
	s := v.shell
	cancel := func() {}
	if !v.loaded {
		cancel = s.Clock(loadingDelay, func() { s.Dispatch(v.showLoading) })
	}
	Load(s, &v.generation, s.App.Letters, func(rows []app.LetterRow, err error) {
		cancel()
		if err != nil {
			v.say(message(theme.IconWarn, kit.ToneLate, s.T("letters.list.failed"), app.Text(err, s.Words.Language),
				kit.NewPlainButton("", s.T("letters.retry"), v.refresh)))
			return
		}
		v.show(rows)
	})
	if v.coming.active() {
		v.coming.load()
	}
}

func (v *lettersScreen) showLoading() {
	if !v.loaded {
		v.say(kit.Inset(kit.NewLabel(v.shell.T("letters.loading"), kit.Small), 12, 0, 0, theme.ListMargin))
	}
}

func (v *lettersScreen) say(object fyne.CanvasObject) {
	v.left.Objects = []fyne.CanvasObject{object}
	v.left.Refresh()
}

func (v *lettersScreen) filter(all bool) {
	v.everything = all
	v.show(v.rows)
	v.focus()
}

// show writes the queue and keeps the selection by its number.
func (v *lettersScreen) show(rows []app.LetterRow) {
	s := v.shell
	first := !v.loaded
	v.rows, v.loaded = rows, true
	if v.wanted != "" && !v.everything && !v.onItsWay(v.wanted) {
		v.everything = true
	}
	view := model.NewLetters(s.Words, rows, s.Today(), v.everything)
	v.open.SetOn(!v.everything)
	v.every.SetOn(v.everything)
	v.open.SetCount(view.OpenCount)
	v.every.SetCount(view.AllCount)
	v.chips.Refresh() // the counts change the width of the chips
	items := make([]kit.QueueItem, len(view.Lines))
	for i, line := range view.Lines {
		items[i] = kit.QueueItem{Key: line.Number, Content: letterLine(line)}
	}
	v.queue.SetItems(items)
	if len(items) == 0 {
		v.say(message(theme.IconLetter, kit.ToneFaint, view.Empty, view.EmptyMore))
	} else {
		v.say(v.queue)
	}
	if v.coming.active() {
		return
	}
	key := v.wanted
	v.wanted = ""
	if key == "" {
		key = v.queue.Selected()
	}
	if key == "" && len(items) > 0 {
		key = items[0].Key
	}
	v.queue.Select(key)
	v.choose(key, false)
	if first && v.focused && s.current == screen(v) {
		v.focus()
	}
}

func (v *lettersScreen) onItsWay(number string) bool {
	for _, line := range model.NewLetters(v.shell.Words, v.rows, v.shell.Today(), false).Lines {
		if line.Number == number {
			return true
		}
	}
	return false
}

func letterLine(line model.LetterLine) fyne.CanvasObject {
	return kit.Stack(3, kit.NewCutLabel(line.Client, kit.Bold),
		kit.Row(8, kit.NewCutLabel(line.Kind, kit.Small), kit.NewLabel(line.Total, kit.Plain.Right())),
		kit.Columns(8, kit.Column{Share: 1, Object: statusLine(line.State)},
			kit.Column{Width: 78, Object: kit.NewLabel(line.Number, kit.Caption.Right())}))
}

// choose shows a letter. asked is true when the user chose it, which leaves a letter to come.
func (v *lettersScreen) choose(number string, asked bool) {
	if asked {
		v.coming.leave()
		v.closed = false
	}
	row, found := v.find(number)
	if !found {
		v.preview.clear(v.shell.T("letters.empty.more"))
		v.showSide(false)
		v.shell.actions.Refresh()
		return
	}
	v.panel.show(row)
	if content, err := app.LetterContent(row.Letter); err != nil {
		v.preview.clear(app.Text(err, v.shell.Words.Language))
	} else {
		v.preview.show(content)
	}
	v.put(v.panel.panel)
	v.showSide(!v.closed && (!v.layout.isNarrow || v.side.Visible() && !asked))
	v.shell.actions.Refresh()
}

func (v *lettersScreen) find(number string) (app.LetterRow, bool) {
	for _, row := range v.rows {
		if row.Letter.Number == number {
			return row, true
		}
	}
	return app.LetterRow{}, false
}

// selected is the letter shown, when one is and no letter to come lies over it.
func (v *lettersScreen) selected() (app.LetterRow, bool) {
	if v.coming.active() {
		return app.LetterRow{}, false
	}
	return v.find(v.queue.Selected())
}

// act is Enter on a letter: the panel where there is no room for it beside, else the next step.
func (v *lettersScreen) act() {
	if v.side.Hidden {
		v.closed = false
		v.showSide(true)
		return
	}
	if !v.shell.actions.Run("letter.track") {
		v.shell.actions.Run("letter.print")
	}
}

func (v *lettersScreen) put(panel fyne.CanvasObject) {
	if len(v.side.Objects) != 1 || v.side.Objects[0] != panel {
		v.side.Objects = []fyne.CanvasObject{panel}
		v.side.Refresh()
	}
}

func (v *lettersScreen) showSide(visible bool) {
	if v.side.Hidden == visible {
		v.side.Hidden = !visible
		v.all.Refresh()
	}
}

// close is what Escape and the cross do: a form, then a letter to come, then the panel.
func (v *lettersScreen) close() {
	switch {
	case v.coming.active():
		v.coming.cancel()
		return
	case v.panel.noting():
		v.panel.leaveForm()
		return
	}
	v.closed = true
	v.showSide(false)
	v.focus()
}

// prepare shows the letter to come about invoices of one client.
func (v *lettersScreen) prepare(numbers []string) {
	if v.shell.current != screen(v) {
		v.shell.Go(placeLetters)
	}
	v.queue.Select("")
	v.coming.begin(numbers)
}

// print opens the bytes that were made in the system's viewer, which prints them.
func (v *lettersScreen) print() { v.withPDF(v.shell.openDocument) }

func (v *lettersScreen) save() {
	s := v.shell
	v.withPDF(func(doc app.Document) {
		s.SaveFile(doc.Name, doc.Bytes, func(path string, err error) {
			switch {
			case err != nil:
				s.Say(app.Text(err, s.Words.Language), "", nil)
			case path != "":
				s.Say(s.T("letters.saved", path), "", nil)
			}
		})
	})
}

func (v *lettersScreen) withPDF(use func(app.Document)) {
	row, found := v.selected()
	if !found {
		return
	}
	var doc app.Document
	number := row.Letter.Number
	v.shell.Do(func(ctx context.Context) (err error) {
		doc, err = v.shell.App.LetterPDF(ctx, number)
		return err
	}, func() { use(doc) })
}

// track notes a step of the selected letter.
func (v *lettersScreen) track(kind ledger.LetterEventKind) {
	if row, found := v.selected(); found {
		v.closed = false
		v.panel.note(row, kind)
		v.showSide(true)
	}
}
