package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// Surface is a ground of a token's colour, with an edge or none.
type Surface struct {
	widget.BaseWidget
	ground, edge  fyne.ThemeColorName
	width, radius float32
}

// NewSurface makes a ground without an edge.
func NewSurface(ground fyne.ThemeColorName) *Surface {
	return NewBox(ground, theme.None, 0)
}

// NewBox makes a ground with an edge of one pixel and rounded corners.
func NewBox(ground, edge fyne.ThemeColorName, radius float32) *Surface {
	s := &Surface{ground: ground, edge: edge, width: theme.EdgeWidth, radius: radius}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes ground, edge and the width of the edge; the same again costs nothing.
func (s *Surface) Set(ground, edge fyne.ThemeColorName, width float32) {
	if s.ground == ground && s.edge == edge && s.width == width {
		return
	}
	s.ground, s.edge, s.width = ground, edge, width
	s.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer {
	box := &canvas.Rectangle{}
	paint := func() { PaintBox(box, s.ground, s.edge, s.width, s.radius) }
	paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{box},
		Place: func(size fyne.Size) { put(box, 0, 0, size.Width, size.Height) },
		Paint: paint,
	}
}

// On lays content over a ground of a token's colour.
func On(ground fyne.ThemeColorName, content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(NewSurface(ground), content)
}

// Card is a box with an edge of one pixel, a radius of 4 and a margin around its content.
type Card struct {
	widget.BaseWidget
	ground  fyne.ThemeColorName
	content fyne.CanvasObject
	margin  float32
	box     *canvas.Rectangle

	choice   bool
	selected bool
	focused  bool
	hovered  bool
}

// NewCard makes a card on a ground (theme.Sheet, or theme.Paper for a quiet one).
func NewCard(ground fyne.ThemeColorName, margin float32, content fyne.CanvasObject) *Card {
	c := &Card{ground: ground, content: content, margin: margin}
	c.ExtendBaseWidget(c)
	return c
}

// SetSelected marks the card as the choice made: wash and a border of the accent.
func (c *Card) SetSelected(selected bool) {
	if c.selected != selected {
		c.selected = selected
		c.repaint()
	}
}

// Selected reports whether the card is the choice made.
func (c *Card) Selected() bool { return c.selected }

// CreateRenderer implements fyne.Widget.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	c.box = &canvas.Rectangle{}
	c.paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{c.box, c.content},
		Place: func(size fyne.Size) {
			put(c.box, 0, 0, size.Width, size.Height)
			put(c.content, c.margin, c.margin, size.Width-2*c.margin, size.Height-2*c.margin)
		},
		Min: func() fyne.Size {
			return c.content.MinSize().AddWidthHeight(2*c.margin, 2*c.margin)
		},
		Paint: c.paint,
	}
}

func (c *Card) paint() {
	ground, edge, width := c.ground, theme.Edge, theme.EdgeWidth
	if c.hovered && c.choice {
		ground = theme.Hover
	}
	if c.selected {
		ground, edge, width = theme.Wash, theme.Accent, theme.FocusWidth
	}
	if c.focused {
		edge, width = theme.Accent, theme.FocusWidth
	}
	PaintBox(c.box, ground, edge, width, theme.Radius)
}

// repaint leaves the content alone: only the box changes with the pointer and the focus.
func (c *Card) repaint() {
	if c.box != nil {
		c.paint()
		c.box.Refresh()
	}
}

// ChoiceCard is a card that can be taken: by a click, or by Enter and Space once Tab has reached it.
type ChoiceCard struct {
	Card
	// OnTapped is called when the card is taken.
	OnTapped func()
}

// NewChoiceCard makes a card that calls tapped when it is taken.
func NewChoiceCard(ground fyne.ThemeColorName, margin float32, content fyne.CanvasObject,
	tapped func()) *ChoiceCard {
	c := &ChoiceCard{OnTapped: tapped}
	c.ground, c.content, c.margin, c.choice = ground, content, margin, true
	c.ExtendBaseWidget(c)
	return c
}

// Tapped implements fyne.Tappable.
func (c *ChoiceCard) Tapped(*fyne.PointEvent) {
	if c.OnTapped != nil {
		c.OnTapped()
	}
}

// FocusGained implements fyne.Focusable.
func (c *ChoiceCard) FocusGained() { c.focused = true; c.repaint() }

// FocusLost implements fyne.Focusable.
func (c *ChoiceCard) FocusLost() { c.focused = false; c.repaint() }

// TypedRune implements fyne.Focusable.
func (c *ChoiceCard) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (c *ChoiceCard) TypedKey(event *fyne.KeyEvent) {
	if isActivation(event) {
		c.Tapped(nil)
	}
}

// MouseIn implements desktop.Hoverable.
func (c *ChoiceCard) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.repaint() }

// MouseMoved implements desktop.Hoverable.
func (c *ChoiceCard) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *ChoiceCard) MouseOut() { c.hovered = false; c.repaint() }

// isActivation tells the keys that press what has the focus.
func isActivation(event *fyne.KeyEvent) bool {
	return event.Name == fyne.KeyReturn || event.Name == fyne.KeyEnter || event.Name == fyne.KeySpace
}
