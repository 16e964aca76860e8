package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"dument/gui/kit"
	"dument/gui/theme"
)

// body is the content of the scroller: as high as all rows, with views for those in sight.
type body struct {
	widget.BaseWidget
	grid  *Grid
	views []*rowView // row i is shown by views[i % len(views)]
	parts []fyne.CanvasObject
}

func newBody(g *Grid) *body {
	b := &body{grid: g}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *body) CreateRenderer() fyne.WidgetRenderer { return &bodyRenderer{b} }

type bodyRenderer struct{ body *body }

func (r *bodyRenderer) Destroy()                     {}
func (r *bodyRenderer) Objects() []fyne.CanvasObject { return r.body.parts }
func (r *bodyRenderer) Layout(fyne.Size)             { r.body.fill() }
func (r *bodyRenderer) Refresh()                     { r.body.fill(); canvas.Refresh(r.body) }
func (r *bodyRenderer) MinSize() fyne.Size {
	return fyne.NewSize(200, float32(r.body.grid.source.Len())*theme.RowHeight)
}

// fill gives each row in sight its view. What a view shows already is left alone.
func (b *body) fill() {
	g := b.grid
	height := g.scroll.Size().Height
	length := g.source.Len()
	if height <= 0 || len(g.placed) == 0 {
		return
	}
	first := max(0, int(g.scroll.Offset.Y/theme.RowHeight))
	count := int(height/theme.RowHeight) + 2
	if count > len(b.views) {
		for len(b.views) < count {
			b.views = append(b.views, newRowView(g))
		}
	}
	width := g.Size().Width
	var parts []fyne.CanvasObject
	for i := first; i < min(length, first+len(b.views)); i++ {
		view := b.views[i%len(b.views)]
		view.show(i, g.source.Row(i), width)
		parts = append(parts, view)
	}
	if len(parts) != len(b.parts) {
		b.parts = parts
		canvas.Refresh(b)
	}
	b.parts = parts
}

// look is everything that decides how a row is drawn beside its cells.
type look struct {
	selected, focused, hovered, soft, dark bool
	width                                  float32
}

// rowView draws one row.
type rowView struct {
	widget.BaseWidget
	grid    *Grid
	index   int
	row     Row
	hovered bool
	drawn   look

	box, bar, rule *canvas.Rectangle
	cells          []*cellView
	parts          []fyne.CanvasObject
}

func newRowView(g *Grid) *rowView {
	r := &rowView{grid: g, index: -1, box: &canvas.Rectangle{}, bar: &canvas.Rectangle{},
		rule: &canvas.Rectangle{}}
	r.parts = []fyne.CanvasObject{r.box, r.rule, r.bar}
	for _, column := range g.columns {
		cell := newCellView(column.Kind)
		r.cells = append(r.cells, cell)
		r.parts = append(r.parts, cell.text)
		if cell.icon != nil {
			r.parts = append(r.parts, cell.icon)
		}
	}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements fyne.Widget.
func (r *rowView) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		Parts: r.parts,
		Min:   func() fyne.Size { return fyne.NewSize(0, theme.RowHeight) },
		Paint: func() { r.draw(true) },
	}
}

// show puts a row in the view.
func (r *rowView) show(index int, row Row, width float32) {
	if index != r.index {
		r.index = index
		r.Move(fyne.NewPos(0, float32(index)*theme.RowHeight))
	}
	if size := fyne.NewSize(width, theme.RowHeight); size != r.Size() {
		r.Resize(size)
	}
	r.row = row
	r.draw(false)
}

func (r *rowView) look() look {
	return look{selected: r.index == r.grid.selectedIndex, focused: r.grid.focused, hovered: r.hovered,
		soft: r.row.Soft, dark: theme.IsDark(), width: r.Size().Width}
}

// draw brings the row up to date; force repaints what did not change too.
func (r *rowView) draw(force bool) {
	now := r.look()
	same := now == r.drawn && !force
	if !same {
		r.ground()
	}
	visible := map[int]bool{}
	for _, place := range r.grid.placed {
		visible[place.index] = true
		cell := Cell{}
		if place.index < len(r.row.Cells) {
			cell = r.row.Cells[place.index]
		}
		r.cells[place.index].set(cell, place, now, !same)
	}
	if len(visible) != len(r.cells) || !same {
		for i, cell := range r.cells {
			cell.hide(!visible[i])
		}
	}
	r.drawn = now
}

// ground paints what lies under the cells: it is all that the pointer changes.
func (r *rowView) ground() {
	now := r.look()
	width := now.width
	token := theme.Sheet
	switch {
	case now.selected:
		token = theme.Wash
	case now.hovered:
		token = theme.Hover
	}
	r.box.FillColor = theme.Color(token)
	r.rule.FillColor = theme.Color(theme.Rule)
	if now.selected && now.focused {
		r.rule.FillColor = theme.Color(theme.Accent) // the keyboard is here
	}
	r.bar.FillColor = theme.Color(theme.Accent)
	r.bar.Hidden = !now.selected
	place(r.box, 0, 0, width, theme.RowHeight)
	place(r.rule, 0, theme.RowHeight-1, width, 1)
	place(r.bar, 0, 0, theme.SelectionBar, theme.RowHeight-1)
	r.box.Refresh()
	r.rule.Refresh()
	r.bar.Refresh()
	r.drawn.hovered = now.hovered
}

func place(object fyne.CanvasObject, x, y, width, height float32) {
	object.Resize(fyne.NewSize(width, height))
	object.Move(fyne.NewPos(x, y))
}

// cellView draws one cell.
type cellView struct {
	kind  Kind
	text  *canvas.Text
	icon  *kit.Icon
	shown Cell
	at    placedColumn
	fresh bool // true once something has been drawn
}

func newCellView(kind Kind) *cellView {
	c := &cellView{kind: kind, text: &canvas.Text{TextSize: theme.SizeText}}
	if kind == Figure {
		c.text.Alignment = fyne.TextAlignTrailing
	}
	if kind == Status {
		c.icon = kit.NewIcon("", theme.Soft, statusIcon)
	}
	return c
}

// set writes the cell; the same value in the same place costs a comparison.
func (c *cellView) set(cell Cell, at placedColumn, now look, changed bool) {
	if c.fresh && !changed && cell == c.shown && at.x == c.at.x && at.width == c.at.width {
		return
	}
	c.fresh, c.shown, c.at = true, cell, at
	style := cellStyle(cell, at.column, now)
	x, width := at.x, at.width
	if c.icon != nil {
		c.icon.Set(cell.Icon, style.Color)
		place(c.icon, x, 0, statusIcon, theme.RowHeight-1)
		x, width = x+statusWords, width-statusWords
	}
	words := cell.Text
	if c.kind != Figure {
		words = kit.Ellipsis(words, width, style)
	}
	c.text.Text = words
	c.text.Color = theme.Color(style.Color)
	c.text.TextSize = style.Size
	c.text.TextStyle = fyne.TextStyle{Bold: style.Bold}
	least := c.text.MinSize()
	place(c.text, x, (theme.RowHeight-1-least.Height)/2, width, least.Height)
	c.text.Refresh()
}

func (c *cellView) hide(hidden bool) {
	c.text.Hidden = hidden
	if c.icon != nil {
		c.icon.Hidden = hidden
	}
}

// cellStyle is the voice of a cell: a status keeps its colour, the rest follows the column and the row.
func cellStyle(cell Cell, column Column, now look) kit.Style {
	style := kit.Style{Size: theme.SizeText, Color: cell.Tone.Color(),
		Bold: cell.Bold || column.Lead && now.selected}
	switch {
	case cell.Tone != kit.ToneUsual:
	case now.soft || column.Kind == Date:
		style.Color = theme.Soft
	}
	if column.Kind == Status {
		style.Size = theme.SizeSmall
	}
	return style
}
