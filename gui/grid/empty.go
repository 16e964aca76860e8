package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"dument/gui/kit"
	"dument/gui/theme"
)

// Empty is what stands on the ruled sheet when there is no row: a ledger not yet begun, or filters
// that leave nothing.
type Empty struct {
	Title string
	// Text is a sentence or two; Caption is in the third voice under the buttons.
	Text, Caption string
	// Main is the main button; Others stand side by side under it. Any may be nil.
	Main   *kit.Button
	Others []*kit.Button
}

// emptySheet is ruled as an unused account book.
type emptySheet struct {
	widget.BaseWidget
	box   *canvas.Rectangle
	rules []*canvas.Rectangle
	card  *kit.Card
	parts []fyne.CanvasObject
}

const emptyWidth float32 = 560

func newEmptySheet() *emptySheet {
	e := &emptySheet{box: &canvas.Rectangle{}}
	e.ExtendBaseWidget(e)
	e.arrange(fyne.Size{})
	return e
}

func (e *emptySheet) set(empty Empty) {
	centred := func(text string, style kit.Style) *kit.Label {
		style.Align = fyne.TextAlignCenter
		return kit.NewParagraph(text, style)
	}
	column := kit.Stack(10, kit.Row(0, kit.Spring(), newBlankSheets(), kit.Spring()),
		centred(empty.Title, kit.Style{Size: theme.SizePanel, Bold: true}), centred(empty.Text, kit.Soft))
	if empty.Main != nil {
		column.Add(kit.Inset(kit.Row(0, kit.Spring(), empty.Main, kit.Spring()), 6, 0, 0, 0))
	}
	if len(empty.Others) > 0 {
		row := kit.Row(12, kit.Spring())
		for _, button := range empty.Others {
			row.Add(button)
		}
		row.Add(kit.Spring())
		column.Add(row)
	}
	if empty.Caption != "" {
		column.Add(centred(empty.Caption, kit.Small.In(theme.Faint)))
	}
	e.card = kit.NewCard(theme.Sheet, 24, column)
	e.arrange(e.Size())
	e.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (e *emptySheet) CreateRenderer() fyne.WidgetRenderer { return &emptyRenderer{e} }

type emptyRenderer struct{ sheet *emptySheet }

func (r *emptyRenderer) Destroy()                     {}
func (r *emptyRenderer) Objects() []fyne.CanvasObject { return r.sheet.parts }
func (r *emptyRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *emptyRenderer) Layout(size fyne.Size)        { r.sheet.arrange(size) }
func (r *emptyRenderer) Refresh() {
	r.sheet.arrange(r.sheet.Size())
	for _, part := range r.sheet.parts {
		part.Refresh()
	}
	canvas.Refresh(r.sheet)
}

func (e *emptySheet) arrange(size fyne.Size) {
	e.box.FillColor = theme.Color(theme.Sheet)
	place(e.box, 0, 0, size.Width, size.Height)
	count := int(size.Height / theme.RowHeight)
	for len(e.rules) < count {
		e.rules = append(e.rules, &canvas.Rectangle{})
	}
	e.parts = []fyne.CanvasObject{e.box}
	for i, rule := range e.rules[:count] {
		rule.FillColor = theme.Color(theme.Rule)
		place(rule, 0, float32(i+1)*theme.RowHeight-1, size.Width, 1)
		e.parts = append(e.parts, rule)
	}
	if e.card == nil {
		return
	}
	width := min(emptyWidth, size.Width-2*theme.ListMargin)
	e.card.Resize(fyne.NewSize(width, e.card.Size().Height))
	height := e.card.MinSize().Height
	place(e.card, float32(int((size.Width-width)/2)), float32(int(max(8, (size.Height-height)/2.4))),
		width, height)
	e.parts = append(e.parts, e.card)
}

// blankSheets is the picture of two sheets of paper, one before the other.
type blankSheets struct{ widget.BaseWidget }

func newBlankSheets() *blankSheets {
	b := &blankSheets{}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *blankSheets) CreateRenderer() fyne.WidgetRenderer {
	back, front, total := &canvas.Rectangle{}, &canvas.Rectangle{}, &canvas.Rectangle{}
	lines := []*canvas.Rectangle{{}, {}, {}, {}}
	parts := []fyne.CanvasObject{back, front, total}
	for _, line := range lines {
		parts = append(parts, line)
	}
	paint := func() {
		kit.PaintBox(back, theme.Paper, theme.Edge, 1, theme.RadiusSmall)
		kit.PaintBox(front, theme.Sheet, theme.Accent, 2, theme.RadiusSmall)
		total.FillColor = theme.Color(theme.Accent)
		for _, line := range lines {
			line.FillColor = theme.Color(theme.Edge)
		}
	}
	paint()
	return &kit.Renderer{
		Parts: parts,
		Place: func(fyne.Size) {
			place(back, 8, 0, 48, 62)
			place(front, 0, 6, 48, 62)
			place(total, 28, 53, 12, 5)
			for i, width := range []float32{22, 32, 32, 18} {
				place(lines[i], 8, 20+float32(i)*9, width, 2)
			}
		},
		Min:   func() fyne.Size { return fyne.NewSize(56, 70) },
		Paint: paint,
	}
}
