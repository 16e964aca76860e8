package grid

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"dument/gui/theme"
)

// FocusGained implements fyne.Focusable. With nothing selected the first row is, so that the keyboard
// has a place to start from.
func (g *Grid) FocusGained() {
	g.focused = true
	if g.selectedIndex < 0 {
		g.choose(0)
		return
	}
	g.body.fill()
}

// FocusLost implements fyne.Focusable.
func (g *Grid) FocusLost() {
	g.focused = false
	g.forgetTyped()
	g.body.fill()
}

// TypedKey implements fyne.Focusable: arrows, Page, Home and End move, Enter opens.
func (g *Grid) TypedKey(event *fyne.KeyEvent) {
	length := g.source.Len()
	if length == 0 {
		return
	}
	page := max(1, int(g.scroll.Size().Height/theme.RowHeight)-1)
	target := g.selectedIndex
	switch event.Name {
	case fyne.KeyUp:
		target--
	case fyne.KeyDown:
		target++
	case fyne.KeyPageUp:
		target -= page
	case fyne.KeyPageDown:
		target += page
	case fyne.KeyHome:
		target = 0
	case fyne.KeyEnd:
		target = length - 1
	case fyne.KeyReturn, fyne.KeyEnter:
		g.open()
		return
	case fyne.KeyEscape:
		g.forgetTyped()
		g.otherKey(event)
		return
	default:
		g.otherKey(event)
		return
	}
	g.forgetTyped()
	g.choose(min(length-1, max(0, target)))
}

func (g *Grid) otherKey(event *fyne.KeyEvent) {
	if g.OnKey != nil {
		g.OnKey(event)
	}
}

func (g *Grid) open() {
	if g.OnOpen != nil && g.selected != "" {
		g.OnOpen(g.selected)
	}
}

// TypedRune implements fyne.Focusable: letters go to the first row that begins with them.
func (g *Grid) TypedRune(typed rune) {
	g.typed += Fold(string(typed))
	g.remember()
	from := max(0, g.selectedIndex)
	if len([]rune(g.typed)) == 1 {
		from++ // the same letter again goes on to the next row
	}
	g.choose(g.find(g.typed, from))
}

// find asks the source, or walks through the sorted column's words (the first column's by default).
func (g *Grid) find(prefix string, from int) int {
	if finder, has := g.source.(Finder); has {
		return finder.Find(prefix, from)
	}
	column := 0
	for i, c := range g.columns {
		if c.ID == g.sortID && c.Kind == Text {
			column = i
		}
	}
	length := g.source.Len()
	for step := range length {
		i := (from + step) % length
		cells := g.source.Row(i).Cells
		if column < len(cells) && strings.HasPrefix(Fold(cells[column].Text), prefix) {
			return i
		}
	}
	return -1
}

func (g *Grid) remember() {
	if g.Clock == nil || g.Dispatch == nil {
		return
	}
	if g.stopAge != nil {
		g.stopAge()
	}
	g.stopAge = g.Clock(typeAheadMemory, func() { g.Dispatch(func() { g.typed = "" }) })
}

func (g *Grid) forgetTyped() {
	g.typed = ""
	if g.stopAge != nil {
		g.stopAge()
		g.stopAge = nil
	}
}

// Fold puts a text in lower case without the accents of French, as type-ahead compares it.
func Fold(text string) string {
	return folds.Replace(strings.Map(unicode.ToLower, text))
}

var folds = strings.NewReplacer("à", "a", "â", "a", "ä", "a", "ç", "c", "é", "e", "è", "e", "ê", "e",
	"ë", "e", "î", "i", "ï", "i", "ô", "o", "ö", "o", "ù", "u", "û", "u", "ü", "u", "ÿ", "y", "œ", "oe",
	"æ", "ae")

// MouseDown implements desktop.Mouseable: the selection follows the press, so that waiting for a
// double click does not delay it.
func (r *rowView) MouseDown(event *desktop.MouseEvent) {
	g := r.grid
	g.choose(r.index) // first: the focus alone would choose the first row
	if surface := fyne.CurrentApp().Driver().CanvasForObject(g); surface != nil {
		surface.Focus(g)
	}
}

// MouseUp implements desktop.Mouseable.
func (r *rowView) MouseUp(*desktop.MouseEvent) {}

// Tapped implements fyne.Tappable, for the places where no mouse tells MouseDown.
func (r *rowView) Tapped(*fyne.PointEvent) { r.grid.choose(r.index) }

// DoubleTapped implements fyne.DoubleTappable.
func (r *rowView) DoubleTapped(*fyne.PointEvent) {
	r.grid.choose(r.index)
	r.grid.open()
}

// TappedSecondary implements fyne.SecondaryTappable.
func (r *rowView) TappedSecondary(event *fyne.PointEvent) {
	r.grid.choose(r.index)
	if r.grid.OnMenu != nil {
		r.grid.OnMenu(r.grid.selected, event.AbsolutePosition)
	}
}

// MouseIn implements desktop.Hoverable.
func (r *rowView) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.ground() }

// MouseMoved implements desktop.Hoverable.
func (r *rowView) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (r *rowView) MouseOut() { r.hovered = false; r.ground() }
