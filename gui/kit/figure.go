package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// Figure is a tile with a title, a large figure and a caption. A press opens the list behind it.
type Figure struct {
	widget.BaseWidget
	press
	box                   *canvas.Rectangle
	title, value, caption *Label
	chevron               *Icon
	tone                  Tone
}

// NewFigure makes a tile with no figure yet.
func NewFigure(title string, tapped func()) *Figure {
	f := &Figure{box: &canvas.Rectangle{}, title: NewCutLabel(title, Small),
		value:   NewLabel("", Style{Size: theme.SizeFigure, Bold: true}),
		caption: NewCutLabel("", Caption), chevron: NewIcon(theme.IconRight, theme.Soft, theme.IconSmall)}
	f.act, f.repaint = tapped, f.Refresh
	f.ExtendBaseWidget(f)
	return f
}

// Set writes the figure and the caption beneath it. tone is ToneUsual or a status that the caption
// says in words.
func (f *Figure) Set(value, caption string, tone Tone) {
	f.tone = tone
	f.value.SetText(value)
	f.value.SetStyle(Style{Size: theme.SizeFigure, Bold: true, Color: tone.Color()})
	f.caption.SetText(caption)
}

// Value is the figure as written.
func (f *Figure) Value() string { return f.value.Text() }

// AccessibilityLabel is what a screen reader says.
func (f *Figure) AccessibilityLabel() string {
	return f.title.Text() + ": " + f.value.Text() + ", " + f.caption.Text()
}

// CreateRenderer implements fyne.Widget.
func (f *Figure) CreateRenderer() fyne.WidgetRenderer {
	f.paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{f.box, f.title, f.value, f.caption, f.chevron},
		Place: func(size fyne.Size) {
			put(f.box, 0, 0, size.Width, size.Height)
			put(f.title, 12, 7, size.Width-44, 18)
			put(f.chevron, size.Width-24, 9, theme.IconSmall, theme.IconSmall)
			put(f.value, 12, 25, size.Width-24, 25)
			put(f.caption, 12, 50, size.Width-24, 16)
		},
		Min: func() fyne.Size {
			return fyne.NewSize(max(130, f.value.MinSize().Width+24), 72)
		},
		Paint: f.paint,
	}
}

func (f *Figure) paint() {
	ground, edge, width := theme.Sheet, theme.Edge, theme.EdgeWidth
	if f.hovered {
		ground = theme.Hover
	}
	if f.focused {
		edge, width = theme.Accent, theme.FocusWidth
	}
	PaintBox(f.box, ground, edge, width, theme.Radius)
}

// KeyHint is a key cap with what the key does beside it.
type KeyHint struct {
	widget.BaseWidget
	key, action *Label
	cap         *canvas.Rectangle
}

// NewKeyHint makes a key cap; action "" shows the cap alone.
func NewKeyHint(key, action string) *KeyHint {
	style := Style{Size: theme.SizeCaption, Color: theme.Soft}
	k := &KeyHint{key: NewLabel(key, style), action: NewLabel(action, style), cap: &canvas.Rectangle{}}
	k.ExtendBaseWidget(k)
	return k
}

// CreateRenderer implements fyne.Widget.
func (k *KeyHint) CreateRenderer() fyne.WidgetRenderer {
	paint := func() { PaintBox(k.cap, theme.Paper, theme.Edge, theme.EdgeWidth, 3) }
	paint()
	capWidth := func() float32 { return max(18, k.key.MinSize().Width+10) }
	return &Renderer{
		Parts: []fyne.CanvasObject{k.cap, k.key, k.action},
		Place: func(size fyne.Size) {
			width := capWidth()
			put(k.cap, 0, (size.Height-18)/2, width, 18)
			putMiddle(k.key, (width-k.key.MinSize().Width)/2, 0, size.Height)
			putMiddle(k.action, width+5, 0, size.Height)
		},
		Min: func() fyne.Size {
			width := capWidth()
			if k.action.text != "" {
				width += 5 + k.action.MinSize().Width
			}
			return fyne.NewSize(width, 18)
		},
		Paint: paint,
	}
}

// Evidence says how a payment is known: one bar, two or three, always with the word.
type Evidence struct {
	widget.BaseWidget
	level int
	bars  [3]*canvas.Rectangle
	word  *Label
}

// NewEvidence makes the bars. level 1 is announced (ochre), 2 notified (blue), 3 confirmed (green).
func NewEvidence(level int, word string) *Evidence {
	e := &Evidence{word: NewLabel(word, Small.Strong())}
	for i := range e.bars {
		e.bars[i] = &canvas.Rectangle{}
	}
	e.ExtendBaseWidget(e)
	e.Set(level, word)
	return e
}

// Set changes level and word.
func (e *Evidence) Set(level int, word string) {
	e.level = min(3, max(1, level))
	e.word.SetText(word)
	e.word.SetStyle(Small.Strong().In(e.color()))
	e.Refresh()
}

func (e *Evidence) color() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{theme.Warn, theme.Accent, theme.Ok}[e.level-1]
}

// CreateRenderer implements fyne.Widget.
func (e *Evidence) CreateRenderer() fyne.WidgetRenderer {
	paint := func() {
		for i, bar := range e.bars {
			if i < e.level {
				PaintBox(bar, e.color(), theme.None, 0, 1)
			} else {
				PaintBox(bar, theme.None, e.color(), 1, 1)
			}
		}
	}
	paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{e.bars[0], e.bars[1], e.bars[2], e.word},
		Place: func(size fyne.Size) {
			for i, bar := range e.bars {
				put(bar, float32(i)*7, float32(int((size.Height-9)/2)), 5, 9)
			}
			putMiddle(e.word, 26, 0, size.Height)
		},
		Min:   func() fyne.Size { return e.word.MinSize().AddWidthHeight(26, 0) },
		Paint: paint,
	}
}

// Progress is a thin bar that fills from the left. It does not move by itself.
type Progress struct {
	widget.BaseWidget
	done         float32
	ground, full *canvas.Rectangle
}

// NewProgress makes an empty bar.
func NewProgress() *Progress {
	p := &Progress{ground: &canvas.Rectangle{}, full: &canvas.Rectangle{}}
	p.ExtendBaseWidget(p)
	return p
}

// Set fills the bar up to done of total.
func (p *Progress) Set(done, total int) {
	p.done = 0
	if total > 0 {
		p.done = min(1, float32(done)/float32(total))
	}
	p.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	place := func(size fyne.Size) {
		put(p.ground, 0, 0, size.Width, size.Height)
		put(p.full, 0, 0, size.Width*p.done, size.Height)
	}
	paint := func() {
		PaintBox(p.ground, theme.Rule, theme.None, 0, theme.RadiusSmall)
		PaintBox(p.full, theme.Accent, theme.None, 0, theme.RadiusSmall)
		place(p.Size())
	}
	paint()
	return &Renderer{Parts: []fyne.CanvasObject{p.ground, p.full}, Place: place,
		Min: func() fyne.Size { return fyne.NewSize(40, 5) }, Paint: paint}
}
