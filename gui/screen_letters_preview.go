package gui

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"dument/app"
	"dument/app/letter"
	"dument/gui/kit"
	"dument/gui/theme"
)

// pageInches is the width of A4, by which a width in dots becomes a resolution.
const pageInches = 210 / 25.4

// Resolutions of the preview, in dots per inch.
const (
	leastDots = 60
	mostDots  = 300
)

// letterPreview shows the pages of a letter as they print. The pages are drawn on a worker, at twice
// the dots of the place that they fill, so that small type stays clear.
type letterPreview struct {
	shell      *Shell
	generation int

	all          *fyne.Container
	page         *kit.PagePreview
	body         *fyne.Container // the page, whole or as wide as there is room, or a message
	wide, whole  fyne.CanvasObject
	count        *kit.Label
	before, next *kit.Button
	width        *kit.Chip
	tools        *fyne.Container
	redraw       func()

	letter letter.Letter
	shown  bool // a letter is shown
	marks  app.Marks
	dots   int // of the pages at hand
	pages  []image.Image
	at     int
}

func newLetterPreview(s *Shell) *letterPreview {
	p := &letterPreview{shell: s, page: kit.NewPagePreview(), body: container.NewStack(),
		count: kit.NewLabel("", kit.Small),
		marks: app.Marks{Window: true, Folds: true}}
	p.redraw = kit.Coalesce(s.Dispatch, loadingDelay, s.Clock, p.draw)
	p.before = kit.NewIconButton(theme.IconLeft, s.T("letters.previous"), func() { p.turn(-1) })
	p.next = kit.NewIconButton(theme.IconRight, s.T("letters.next"), func() { p.turn(1) })
	window := kit.NewChip(s.T("letters.window"), "", func(on bool) { p.marks.Window = on; p.draw() })
	folds := kit.NewChip(s.T("letters.folds"), "", func(on bool) { p.marks.Folds = on; p.draw() })
	p.width = kit.NewChip(s.T("letters.width"), "", func(on bool) { p.fit(on) })
	for _, chip := range []*kit.Chip{window, folds} {
		chip.SetOn(true)
	}
	p.whole = container.New(&watched{p.resized}, p.page)
	p.wide = kit.NewScrollPanel(kit.Inset(container.New(&watched{p.resized}, p.page), 0, 0, 20, 0))
	p.tools = kit.Row(4, kit.NewLabel(s.T("letters.preview"), kit.Bold), kit.Gap(6), p.count, p.before, p.next,
		kit.Spring(),
		window, folds, p.width)
	p.tools.Hide()
	p.all = kit.Inset(kit.Frame(kit.Inset(p.tools, 0, 0, 10, 0), nil, nil, nil, p.body), 12, 24, 20, 24)
	return p
}

// fit shows the page as wide as there is room, or whole.
func (p *letterPreview) fit(wide bool) {
	p.width.SetOn(wide)
	p.body.Objects = []fyne.CanvasObject{p.whole}
	if wide {
		p.body.Objects = []fyne.CanvasObject{p.wide}
	}
	p.body.Refresh()
}

// show draws a letter, from its first page on; the same letter again stays where it is.
func (p *letterPreview) show(content letter.Letter) {
	if p.shown && p.letter.Number == content.Number && p.letter.On == content.On &&
		p.letter.Deadline == content.Deadline && p.letter.Total == content.Total && p.pages != nil {
		return
	}
	if p.letter.Number != content.Number {
		p.at = 0
	}
	p.letter, p.shown = content, true
	p.tools.Show()
	p.fit(p.width.On())
	p.draw()
}

// clear shows a sentence in place of a letter.
func (p *letterPreview) clear(text string) {
	p.generation++
	p.shown, p.pages, p.at = false, nil, 0
	p.page.SetPage(nil)
	p.tools.Hide()
	label := kit.NewParagraph(text, kit.Style{Color: theme.Soft, Align: fyne.TextAlignCenter})
	p.body.Objects = []fyne.CanvasObject{kit.Stack(0, kit.Spring(), label, kit.Spring())}
	p.body.Refresh()
}

func (p *letterPreview) resized() {
	if p.shown && p.dotsWanted() != p.dots {
		p.redraw()
	}
}

func (p *letterPreview) dotsWanted() int {
	width := p.page.Size().Width * p.shell.Window.Canvas().Scale()
	if p.body.Objects[0] == p.whole {
		width = min(width, p.page.Size().Height*p.shell.Window.Canvas().Scale()*210/297)
	}
	return max(leastDots, min(mostDots, 2*int(width/pageInches+.5)))
}

// draw draws all pages again: another letter, other marks, another width.
func (p *letterPreview) draw() {
	if !p.shown {
		return
	}
	s := p.shell
	content, marks, dots := p.letter, p.marks, p.dotsWanted()
	Load(s, &p.generation, func(context.Context) (pages []image.Image, err error) {
		files, err := s.App.Printer.Pictures(content, dots, marks)
		for _, file := range files {
			drawn, err := png.Decode(bytes.NewReader(file))
			if err != nil {
				return nil, err
			}
			pages = append(pages, drawn)
		}
		return pages, err
	}, func(pages []image.Image, err error) {
		if err != nil {
			p.clear(app.Text(err, s.Words.Language))
			return
		}
		p.pages, p.dots = pages, dots
		p.turn(0)
	})
}

// turn goes some pages on.
func (p *letterPreview) turn(by int) {
	if len(p.pages) == 0 {
		return
	}
	p.at = max(0, min(len(p.pages)-1, p.at+by))
	p.page.SetPage(p.pages[p.at])
	p.count.SetText(p.shell.T("letters.page", strconv.Itoa(p.at+1), strconv.Itoa(len(p.pages))))
	p.before.Hidden, p.next.Hidden = len(p.pages) < 2, len(p.pages) < 2
	enable(p.before, p.at > 0)
	enable(p.next, p.at < len(p.pages)-1)
	p.tools.Refresh()
	p.body.Refresh()
}

func enable(button *kit.Button, able bool) {
	if able {
		button.Enable()
	} else {
		button.Disable()
	}
}

// watched lays one object out and tells when its size has changed.
type watched struct{ resized func() }

// Layout implements fyne.Layout.
func (w *watched) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, object := range objects {
		changed := object.Size() != size
		object.Resize(size)
		object.Move(fyne.Position{})
		if changed {
			w.resized()
		}
	}
}

// MinSize implements fyne.Layout.
func (w *watched) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }
