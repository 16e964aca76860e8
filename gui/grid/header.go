package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"dument/gui/kit"
	"dument/gui/theme"
)

// header is the line of titles; a press sorts.
type header struct {
	widget.BaseWidget
	grid        *Grid
	box         *canvas.Rectangle
	upper, edge *canvas.Rectangle
	titles      []*kit.Label
	arrow       *kit.Icon
	columns     *kit.Button
}

func newHeader(g *Grid) *header {
	h := &header{grid: g, box: &canvas.Rectangle{}, upper: &canvas.Rectangle{}, edge: &canvas.Rectangle{}}
	for _, column := range g.columns {
		h.titles = append(h.titles, kit.NewCutLabel(column.Title, kit.Small))
	}
	h.arrow = kit.NewIcon(theme.IconDown, theme.Ink, 12)
	h.columns = kit.NewIconButton(theme.IconColumns, "", func() {
		if g.OnColumns != nil {
			g.OnColumns()
		}
	})
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer implements fyne.Widget.
func (h *header) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{h.box, h.upper, h.edge, h.arrow}
	for _, title := range h.titles {
		parts = append(parts, title)
	}
	parts = append(parts, h.columns)
	return &kit.Renderer{Parts: parts, Place: func(fyne.Size) { h.paint() }, Paint: h.paint,
		Min: func() fyne.Size { return fyne.NewSize(100, theme.RowHeight) }}
}

func (h *header) paint() {
	size := h.Size()
	h.box.FillColor = theme.Color(theme.Rail)
	h.upper.FillColor = theme.Color(theme.Edge)
	h.edge.FillColor = theme.Color(theme.Edge)
	place(h.box, 0, 0, size.Width, size.Height)
	place(h.upper, 0, 0, size.Width, 1)
	place(h.edge, 0, size.Height-1, size.Width, 1)
	for _, title := range h.titles {
		title.Hidden = true
	}
	h.arrow.Hidden = true
	for _, at := range h.grid.placed {
		h.paintTitle(at)
	}
	h.columns.Hidden = h.grid.OnColumns == nil
	place(h.columns, size.Width-28, 1, 26, theme.RowHeight-2)
}

// paintTitle writes the title of one column, bold with its arrow when rows are sorted by it.
func (h *header) paintTitle(at placedColumn) {
	title := h.titles[at.index]
	title.Hidden = false
	style := kit.Small
	if at.column.Kind == Figure {
		style = style.Right()
	}
	width := at.width
	if at.column.ID == h.grid.sortID {
		style = style.In(theme.Ink).Strong()
		h.arrow.Hidden = false
		name := theme.IconUp
		if h.grid.descending {
			name = theme.IconDown
		}
		h.arrow.Set(name, theme.Ink)
		// The arrow stands in the gap behind a figure's title, and behind the word of any other.
		x := at.x + at.width + 1
		if at.column.Kind != Figure {
			words := fyne.MeasureText(at.column.Title, theme.SizeSmall, fyne.TextStyle{Bold: true}).Width
			x = at.x + min(words+4, width-4)
		}
		place(h.arrow, x, 0, 12, theme.RowHeight)
	}
	title.SetStyle(style)
	place(title, at.x, 0, width, theme.RowHeight)
}

// Tapped implements fyne.Tappable.
func (h *header) Tapped(event *fyne.PointEvent) {
	for _, at := range h.grid.placed {
		if event.Position.X >= at.x-columnGap/2 && event.Position.X < at.x+at.width+columnGap/2 {
			h.grid.sortBy(at.column)
			return
		}
	}
}

// footer is the line of sums.
type footer struct {
	widget.BaseWidget
	grid  *Grid
	used  bool
	cells map[string]Cell
	box   *canvas.Rectangle
	edge  *canvas.Rectangle
	left  *kit.Label
	sums  []*kit.Label
}

func newFooter(g *Grid) *footer {
	f := &footer{grid: g, box: &canvas.Rectangle{}, edge: &canvas.Rectangle{}, left: kit.NewLabel("",
		kit.Small)}
	for range g.columns {
		f.sums = append(f.sums, kit.NewLabel("", kit.Small))
	}
	f.ExtendBaseWidget(f)
	return f
}

func (f *footer) set(left string, cells map[string]Cell) {
	wasUsed := f.used
	f.used, f.cells = true, cells
	f.left.SetText(left)
	if !wasUsed {
		f.grid.place(f.grid.Size())
	}
	f.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (f *footer) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{f.box, f.edge, f.left}
	for _, sum := range f.sums {
		parts = append(parts, sum)
	}
	return &kit.Renderer{Parts: parts, Place: func(fyne.Size) { f.paint() }, Paint: f.paint}
}

func (f *footer) paint() {
	size := f.Size()
	f.box.FillColor = theme.Color(theme.Rail)
	f.edge.FillColor = theme.Color(theme.Edge)
	place(f.box, 0, 0, size.Width, size.Height)
	place(f.edge, 0, 0, size.Width, 1)
	place(f.left, theme.ListMargin, 0, f.left.MinSize().Width, size.Height)
	for _, sum := range f.sums {
		sum.Hidden = true
	}
	for _, at := range f.grid.placed {
		cell, written := f.cells[at.column.ID]
		if !written {
			continue
		}
		sum := f.sums[at.index]
		sum.Hidden = false
		style := kit.Style{Size: theme.SizeText, Color: cell.Tone.Color(), Bold: cell.Bold}
		if at.column.Kind != Figure {
			style.Size = theme.SizeSmall
		}
		sum.SetStyle(style)
		sum.SetText(cell.Text)
		// A sum may be wider than its column: a figure then reaches to the left, a word to the right.
		width := max(at.width, sum.MinSize().Width)
		x := at.x
		if at.column.Kind == Figure {
			x = at.x + at.width - sum.MinSize().Width
			width = sum.MinSize().Width
		}
		place(sum, x, 0, width, size.Height)
	}
}
