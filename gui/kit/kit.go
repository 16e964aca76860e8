// Package kit is the small furniture of the screens: labels, buttons, chips, the rail, figures,
// panels, strips, timelines, layouts. It knows nothing of invoices: every string, date and amount is
// given by the caller, already written. Nothing here animates or keeps the event loop busy.
//
// Colours are tokens of gui/theme, looked up when a widget is refreshed, so that a change of theme
// needs no rebuilding.
package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"dument/gui/theme"
)

// Renderer is a fyne.WidgetRenderer made of functions. Any of them may be nil.
type Renderer struct {
	// Parts are drawn in order; the last is on top.
	Parts []fyne.CanvasObject
	// Place lays the parts out in the widget's size.
	Place func(size fyne.Size)
	// Min is the widget's least size.
	Min func() fyne.Size
	// Paint brings colours, texts and pictures up to date.
	Paint func()
}

// Objects implements fyne.WidgetRenderer.
func (r *Renderer) Objects() []fyne.CanvasObject { return r.Parts }

// Destroy implements fyne.WidgetRenderer.
func (r *Renderer) Destroy() {}

// Layout implements fyne.WidgetRenderer.
func (r *Renderer) Layout(size fyne.Size) {
	if r.Place != nil {
		r.Place(size)
	}
}

// MinSize implements fyne.WidgetRenderer.
func (r *Renderer) MinSize() fyne.Size {
	if r.Min == nil {
		return fyne.Size{}
	}
	return r.Min()
}

// Refresh implements fyne.WidgetRenderer.
func (r *Renderer) Refresh() {
	if r.Paint != nil {
		r.Paint()
	}
	for _, part := range r.Parts {
		part.Refresh()
	}
}

// PaintBox gives a rectangle its ground, its edge and its radius. Token theme.None draws nothing.
func PaintBox(box *canvas.Rectangle, ground, edge fyne.ThemeColorName, width, radius float32) {
	box.FillColor = theme.Color(ground)
	box.StrokeColor = theme.Color(edge)
	box.StrokeWidth = width
	if edge == theme.None {
		box.StrokeWidth = 0
	}
	box.CornerRadius = radius
	if ground == theme.None && edge != theme.None {
		// The painter mixes edge and ground by their colours: a ground of black, though it lets
		// everything through, would darken the edge. Wholly clear colours lose their hue on the way
		// to it, hence the faintest veil.
		hollow := color.NRGBAModel.Convert(box.StrokeColor).(color.NRGBA)
		hollow.A = 1
		box.FillColor = hollow
	}
}

// put moves and resizes an object in one go.
func put(object fyne.CanvasObject, x, y, width, height float32) {
	object.Resize(fyne.NewSize(width, height))
	object.Move(fyne.NewPos(x, y))
}

// putMiddle places an object of its least size at x, in the middle of a band of the given height.
func putMiddle(object fyne.CanvasObject, x, y, height float32) (right float32) {
	least := object.MinSize()
	put(object, x, y+(height-least.Height)/2, least.Width, least.Height)
	return x + least.Width
}

// shown reports whether an object takes part in a layout.
func shown(object fyne.CanvasObject) bool { return object != nil && object.Visible() }
