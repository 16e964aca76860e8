package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// Column is a column of Columns. Width is fixed; with Width 0 it takes Share of what is left over.
type Column struct {
	Width  float32
	Share  float32
	Object fyne.CanvasObject
	// RuleAfter draws a line of one pixel between this column and the next, in the gap.
	RuleAfter bool
}

// Columns puts objects side by side at their full height, fixed or proportional, gap pixels apart. A
// hidden object gives its place to the others.
func Columns(gap float32, columns ...Column) *fyne.Container {
	layout := &columnsLayout{gap: gap, columns: columns}
	var objects []fyne.CanvasObject
	for _, column := range columns {
		objects = append(objects, column.Object)
	}
	for _, column := range columns {
		if column.RuleAfter {
			objects = append(objects, NewVerticalDivider(theme.Edge))
		}
	}
	return container.New(layout, objects...)
}

type columnsLayout struct {
	gap     float32
	columns []Column
}

func (c *columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var fixed, shares float32
	count := 0
	for _, column := range c.columns {
		if !shown(column.Object) {
			continue
		}
		count++
		fixed += column.Width
		if column.Width == 0 {
			shares += column.Share
		}
	}
	rest := max(0, size.Width-fixed-c.gap*float32(max(0, count-1)))
	x := float32(0)
	rule := len(c.columns)
	for _, column := range c.columns {
		visible := shown(column.Object)
		width := column.Width
		if width == 0 && shares > 0 {
			width = rest * column.Share / shares
		}
		if visible {
			put(column.Object, x, 0, width, size.Height)
			x += width + c.gap
		}
		if column.RuleAfter {
			put(objects[rule], x-c.gap/2, 0, 1, size.Height)
			objects[rule].(*Divider).Hidden = !visible || x >= size.Width
			rule++
		}
	}
}

func (c *columnsLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	count := 0
	for _, column := range c.columns {
		if !shown(column.Object) {
			continue
		}
		count++
		least := column.Object.MinSize()
		if column.Width > 0 {
			least.Width = column.Width
		}
		size.Width += least.Width
		size.Height = max(size.Height, least.Height)
	}
	size.Width += c.gap * float32(max(0, count-1))
	return size
}

// PagePreview shows a page as it prints, scaled to the width, on a sheet that stays white in the dark
// theme; an overlay of the same proportions (the window of the envelope, the folds) can lie over it.
type PagePreview struct {
	widget.BaseWidget
	sheet, edge   *canvas.Rectangle
	page, overlay *canvas.Image
}

// NewPagePreview makes an empty sheet of A4.
func NewPagePreview() *PagePreview {
	p := &PagePreview{sheet: &canvas.Rectangle{}, edge: &canvas.Rectangle{}}
	p.page = &canvas.Image{FillMode: canvas.ImageFillStretch}
	p.overlay = &canvas.Image{FillMode: canvas.ImageFillStretch}
	p.ExtendBaseWidget(p)
	return p
}

// SetPage shows a page; nil shows the empty sheet.
func (p *PagePreview) SetPage(page image.Image) { p.page.Image = page; p.Refresh() }

// SetOverlay lays a picture over the page; nil takes it away.
func (p *PagePreview) SetOverlay(overlay image.Image) { p.overlay.Image = overlay; p.Refresh() }

// ratio is height over width, that of A4 while there is no page.
func (p *PagePreview) ratio() float32 {
	if p.page.Image == nil {
		return 297. / 210.
	}
	size := p.page.Image.Bounds().Size()
	return float32(size.Y) / float32(max(1, size.X))
}

// CreateRenderer implements fyne.Widget.
func (p *PagePreview) CreateRenderer() fyne.WidgetRenderer {
	paint := func() {
		PaintBox(p.sheet, theme.Page, theme.None, 0, 0)
		PaintBox(p.edge, theme.Edge, theme.None, 0, 0)
		p.page.Hidden = p.page.Image == nil
		p.overlay.Hidden = p.overlay.Image == nil
	}
	paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{p.edge, p.sheet, p.page, p.overlay},
		Place: func(size fyne.Size) {
			width := min(size.Width, size.Height/p.ratio())
			if size.Height < 1 {
				width = size.Width
			}
			height := width * p.ratio()
			x := (size.Width - width) / 2
			put(p.edge, x, 0, width, height)
			for _, part := range []fyne.CanvasObject{p.sheet, p.page, p.overlay} {
				put(part, x+1, 1, width-2, height-2)
			}
		},
		Min: func() fyne.Size {
			return fyne.NewSize(200, max(200, p.Size().Width)*p.ratio())
		},
		Paint: paint,
	}
}
