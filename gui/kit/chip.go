package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// Chip is a filter that is on or off, with the count of what it would show.
type Chip struct {
	widget.BaseWidget
	press
	// OnChanged is called when the user turns the chip on or off, not by SetOn.
	OnChanged func(on bool)

	text, count  string
	on           bool
	box          *canvas.Rectangle
	label, badge *Label
}

// NewChip makes a chip. count is written as given; "" shows none.
func NewChip(text, count string, changed func(on bool)) *Chip {
	c := &Chip{text: text, count: count, OnChanged: changed}
	c.act = func() {
		c.SetOn(!c.on)
		if c.OnChanged != nil {
			c.OnChanged(c.on)
		}
	}
	c.repaint = c.Refresh
	c.ExtendBaseWidget(c)
	return c
}

// On reports whether the filter is on.
func (c *Chip) On() bool { return c.on }

// SetOn turns the filter on or off without a call to OnChanged.
func (c *Chip) SetOn(on bool) {
	if on != c.on {
		c.on = on
		c.Refresh()
	}
}

// SetCount changes the count; the same again costs nothing.
func (c *Chip) SetCount(count string) {
	if count != c.count {
		c.count = count
		c.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	c.box = &canvas.Rectangle{}
	c.label, c.badge = NewLabel(c.text, Small), NewLabel(c.count, Small)
	c.paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{c.box, c.label, c.badge},
		Place: func(size fyne.Size) {
			put(c.box, 0, 0, size.Width, size.Height)
			c.place(size)
		},
		Min: func() fyne.Size {
			// Room for the bold face, so that a row of chips does not move when one is turned on.
			width := 18 + measure(c.text, Small.Strong())
			if c.count != "" {
				width += 7 + measure(c.count, Small)
			}
			return fyne.NewSize(width, theme.ChipHeight)
		},
		Paint: c.paint,
	}
}

func (c *Chip) paint() {
	ground, edge, width := theme.Sheet, theme.Edge, theme.EdgeWidth
	text, count := Small.In(theme.Ink), Small.In(theme.Faint)
	if c.hovered {
		ground = theme.Hover
	}
	if c.on {
		ground, edge = theme.Wash, theme.Accent
		text, count = Small.In(theme.Accent).Strong(), Small.In(theme.Accent)
	}
	if c.focused {
		edge, width = theme.Accent, theme.FocusWidth
	}
	PaintBox(c.box, ground, edge, width, theme.Radius)
	c.label.SetStyle(text)
	c.badge.SetStyle(count)
	c.badge.SetText(c.count)
	c.place(c.Size())
}

func (c *Chip) place(size fyne.Size) {
	width := c.label.MinSize().Width
	if c.count != "" {
		width += 7 + c.badge.MinSize().Width
	}
	x := putMiddle(c.label, (size.Width-width)/2, 0, size.Height)
	putMiddle(c.badge, x+7, 0, size.Height)
}

// Tabs is a line of words, one of them underlined: the parts of a panel.
type Tabs struct {
	widget.BaseWidget
	// OnChanged is called with the index that the user chose.
	OnChanged func(index int)

	items []*tab
	row   *fyne.Container
}

type tab struct {
	widget.BaseWidget
	press
	label *Label
	line  *canvas.Rectangle
	on    bool
}

// NewTabs makes the line with the first word chosen.
func NewTabs(changed func(index int), words ...string) *Tabs {
	t := &Tabs{OnChanged: changed}
	var objects []fyne.CanvasObject
	for i, word := range words {
		item := &tab{label: NewLabel(word, Small), line: &canvas.Rectangle{}, on: i == 0}
		item.repaint = item.Refresh
		item.act = func() {
			t.Select(i)
			if t.OnChanged != nil {
				t.OnChanged(i)
			}
		}
		item.ExtendBaseWidget(item)
		t.items = append(t.items, item)
		objects = append(objects, item)
	}
	t.row = Row(18, objects...)
	t.ExtendBaseWidget(t)
	return t
}

// Select shows a part as chosen without a call to OnChanged.
func (t *Tabs) Select(index int) {
	for i, item := range t.items {
		item.on = i == index
		item.Refresh()
	}
}

// SetText changes the word of a part, for instance its count.
func (t *Tabs) SetText(index int, word string) {
	t.items[index].label.SetText(word)
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.row) }

// CreateRenderer implements fyne.Widget.
func (t *tab) CreateRenderer() fyne.WidgetRenderer {
	t.paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{t.label, t.line},
		Place: func(size fyne.Size) {
			putMiddle(t.label, 0, 0, size.Height-2)
			put(t.line, 0, size.Height-2, size.Width, 2)
		},
		Min: func() fyne.Size {
			return fyne.NewSize(measure(t.label.text, Small.Strong()), 26)
		},
		Paint: t.paint,
	}
}

func (t *tab) paint() {
	style, line := Small, theme.None
	if t.hovered {
		style = style.In(theme.Ink)
	}
	if t.on {
		style, line = style.In(theme.Accent).Strong(), theme.Accent
	}
	if t.focused {
		line = theme.Ink
	}
	t.label.SetStyle(style)
	t.line.FillColor = theme.Color(line)
	putMiddle(t.label, 0, 0, t.Size().Height-2)
}
