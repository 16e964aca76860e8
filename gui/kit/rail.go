package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// Place is an entry of the rail.
type Place struct {
	ID    string
	Icon  theme.Icon
	Label string
	// Foot puts the place at the foot of the rail.
	Foot bool
}

// Brand is the program's name at the head of the rail, with one letter in the accent, and its short
// form for the folded rail.
type Brand struct {
	Before, Accent, After, Short string
}

// Rail is the navigation at the left: places with an icon, a word and a count. Folded it keeps the
// icons and the counts. A press on the name folds and unfolds it.
type Rail struct {
	widget.BaseWidget
	// OnChosen is called with the ID of the place that the user chose.
	OnChosen func(id string)
	// OnFolded is called when the user folded or unfolded the rail; the choice is the caller's to
	// remember.
	OnFolded func(folded bool)

	ground  *canvas.Rectangle
	edge    *canvas.Rectangle
	brand   *brandMark
	entries []*railEntry
	chosen  string
	folded  bool
}

// NewRail makes a rail with no place chosen.
func NewRail(brand Brand, places []Place, chosen func(id string)) *Rail {
	r := &Rail{OnChosen: chosen, ground: &canvas.Rectangle{}, edge: &canvas.Rectangle{}}
	r.brand = newBrandMark(brand, func() {
		r.SetFolded(!r.folded)
		if r.OnFolded != nil {
			r.OnFolded(r.folded)
		}
	})
	for _, place := range places {
		entry := &railEntry{place: place, rail: r}
		entry.repaint = entry.Refresh
		entry.act = func() {
			r.Select(place.ID)
			if r.OnChosen != nil {
				r.OnChosen(place.ID)
			}
		}
		entry.ExtendBaseWidget(entry)
		r.entries = append(r.entries, entry)
	}
	r.ExtendBaseWidget(r)
	return r
}

// Select shows a place as the present one without a call to OnChosen.
func (r *Rail) Select(id string) {
	if id == r.chosen {
		return
	}
	r.chosen = id
	for _, entry := range r.entries {
		entry.Refresh()
	}
}

// Chosen is the ID of the present place, "" before the first choice.
func (r *Rail) Chosen() string { return r.chosen }

// SetCount writes the count of a place; "" hides it. work puts it on the accent: that is for the place
// that holds the day's work alone.
func (r *Rail) SetCount(id, count string, work bool) {
	for _, entry := range r.entries {
		if entry.place.ID == id && (entry.count != count || entry.work != work) {
			entry.count, entry.work = count, work
			entry.Refresh()
		}
	}
}

// SetFolded folds or unfolds the rail without a call to OnFolded.
func (r *Rail) SetFolded(folded bool) {
	if folded == r.folded {
		return
	}
	r.folded = folded
	r.Refresh()
	r.place(r.Size())
}

// Folded reports whether only the icons show.
func (r *Rail) Folded() bool { return r.folded }

// CreateRenderer implements fyne.Widget.
func (r *Rail) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{r.ground, r.edge, r.brand}
	for _, entry := range r.entries {
		parts = append(parts, entry)
	}
	r.paint()
	return &Renderer{Parts: parts, Place: r.place, Min: r.least, Paint: r.paint}
}

func (r *Rail) paint() {
	r.ground.FillColor = theme.Color(theme.Rail)
	r.edge.FillColor = theme.Color(theme.Edge)
	r.brand.folded = r.folded
}

func (r *Rail) least() fyne.Size {
	width := theme.RailWidth
	if r.folded {
		width = theme.RailFolded
	}
	return fyne.NewSize(width, 58+float32(len(r.entries))*theme.RailEntry+11)
}

func (r *Rail) place(size fyne.Size) {
	put(r.ground, 0, 0, size.Width, size.Height)
	put(r.edge, size.Width-1, 0, 1, size.Height)
	put(r.brand, 0, 8, size.Width-1, 40)
	top, foot := float32(56), size.Height-11
	for _, entry := range r.entries {
		if entry.place.Foot {
			foot -= theme.RailEntry
		}
	}
	for _, entry := range r.entries {
		y := &top
		if entry.place.Foot {
			y = &foot
		}
		put(entry, 0, *y, size.Width-1, theme.RailEntry)
		*y += theme.RailEntry
	}
}

type railEntry struct {
	widget.BaseWidget
	press
	place Place
	rail  *Rail
	count string
	work  bool

	box, bar, badge *canvas.Rectangle
	icon            *Icon
	label, number   *Label
}

// CreateRenderer implements fyne.Widget.
func (e *railEntry) CreateRenderer() fyne.WidgetRenderer {
	e.box, e.bar, e.badge = &canvas.Rectangle{}, &canvas.Rectangle{}, &canvas.Rectangle{}
	e.icon = NewIcon(e.place.Icon, theme.Soft, theme.IconText)
	e.label, e.number = NewCutLabel(e.place.Label, Plain), NewLabel("", Small)
	e.paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{e.box, e.bar, e.icon, e.label, e.badge, e.number},
		Place: e.layout,
		Min:   func() fyne.Size { return fyne.NewSize(theme.RailFolded, theme.RailEntry) },
		Paint: e.paint,
	}
}

func (e *railEntry) paint() {
	present := e.rail.chosen == e.place.ID
	ground, edge, width := theme.None, theme.None, theme.EdgeWidth
	iconColor, style := theme.Soft, Plain
	if e.hovered {
		ground = theme.Hover
	}
	if present {
		ground, edge, iconColor, style = theme.Sheet, theme.Edge, theme.Accent, Bold
	}
	if e.focused {
		edge, width = theme.Accent, theme.FocusWidth
	}
	PaintBox(e.box, ground, edge, width, theme.Radius)
	e.bar.FillColor = theme.Color(theme.Accent)
	e.bar.Hidden = !present
	e.icon.Set(e.place.Icon, iconColor)
	e.label.SetStyle(style)
	e.label.Hidden = e.rail.folded
	number := Small
	switch {
	case e.work && !e.rail.folded:
		number = Style{Size: theme.SizeCaption, Color: theme.OnAccent, Bold: true}
	case e.work && present || e.rail.folded && present:
		number = Style{Size: theme.SizeSmall, Color: theme.Accent, Bold: true}
	case e.rail.folded:
		number = Style{Size: theme.SizeCaption, Color: theme.Soft}
	}
	e.number.SetStyle(number)
	e.number.SetText(e.count)
	e.number.Hidden = e.count == ""
	PaintBox(e.badge, theme.Accent, theme.None, 0, theme.Radius)
	e.badge.Hidden = !e.work || e.count == "" || e.rail.folded
	e.layout(e.Size())
}

func (e *railEntry) layout(size fyne.Size) {
	put(e.box, 6, 2, size.Width-12, size.Height-3)
	put(e.bar, 6, 2, theme.SelectionBar, size.Height-3)
	number := e.number.MinSize().Width
	if e.rail.folded {
		left := (size.Width - theme.IconText) / 2
		if e.count != "" {
			left = 13
		}
		put(e.icon, left, 0, theme.IconText, size.Height)
		put(e.number, size.Width-9-number, 0, number, size.Height)
		return
	}
	put(e.icon, 19, 0, theme.IconText, size.Height)
	right := size.Width - 19
	if number > 0 {
		put(e.number, right-number, 0, number, size.Height)
		put(e.badge, right-number-9, 9.5, number+18, 18)
		if e.work {
			e.number.Move(fyne.NewPos(right-number-3, 0))
			put(e.badge, right-number-12, 10, number+18, 18)
		}
		right -= number + 15
	}
	put(e.label, 45, 0, max(0, right-45), size.Height)
}

// brandMark is the name at the head of the rail.
type brandMark struct {
	widget.BaseWidget
	press
	brand  Brand
	folded bool
	words  [3]*Label
	short  *Label
	line   *canvas.Rectangle
}

func newBrandMark(brand Brand, act func()) *brandMark {
	b := &brandMark{brand: brand, line: &canvas.Rectangle{}}
	b.act, b.repaint = act, b.Refresh
	b.words = [3]*Label{NewLabel(brand.Before, Title), NewLabel(brand.Accent, Title.In(theme.Accent)),
		NewLabel(brand.After, Title)}
	b.short = NewLabel(brand.Short, Title)
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *brandMark) CreateRenderer() fyne.WidgetRenderer {
	b.paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{b.words[0], b.words[1], b.words[2], b.short, b.line},
		Place: b.place,
		Min:   func() fyne.Size { return fyne.NewSize(40, 40) },
		Paint: b.paint,
	}
}

func (b *brandMark) paint() {
	for _, word := range b.words {
		word.Hidden = b.folded
	}
	b.short.Hidden = !b.folded
	b.line.FillColor = theme.Color(theme.Accent)
	b.line.Hidden = !b.folded && !b.focused
	b.place(b.Size())
}

func (b *brandMark) place(size fyne.Size) {
	x, width := float32(18), float32(0)
	for _, word := range b.words {
		x = putMiddle(word, x, 0, size.Height)
	}
	width = x - 18
	x = 18
	if b.folded {
		width = b.short.MinSize().Width
		x = (size.Width - width) / 2
		putMiddle(b.short, x, 0, size.Height)
	}
	put(b.line, x-1, size.Height-7, width+2, 2)
}
