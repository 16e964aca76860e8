// Package field is the entries of the forms: a label above, the box, what is wrong beneath. Dates and
// amounts are read as people write them. Every text shown is given by the caller.
package field

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"dument/gui/kit"
	"dument/gui/theme"
)

// entry is Fyne's entry with the hooks that it lacks.
type entry struct {
	widget.Entry
	focusChanged func(focused bool)
	// typedKey returns true when it used the key.
	typedKey func(event *fyne.KeyEvent) bool
	escaped  func()
}

func newEntry() *entry {
	e := &entry{}
	e.ExtendBaseWidget(e)
	return e
}

// FocusGained implements fyne.Focusable.
func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	e.focusChanged(true)
}

// FocusLost implements fyne.Focusable.
func (e *entry) FocusLost() {
	e.Entry.FocusLost()
	e.focusChanged(false)
}

// TypedKey implements fyne.Focusable.
func (e *entry) TypedKey(event *fyne.KeyEvent) {
	if e.typedKey != nil && e.typedKey(event) {
		return
	}
	if event.Name == fyne.KeyEscape && e.escaped != nil {
		e.escaped()
		return
	}
	e.Entry.TypedKey(event)
}

// boxless is the theme in use without the box that the toolkit draws around an entry.
type boxless struct{}

// Color implements fyne.Theme.
func (boxless) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if name == fynetheme.ColorNameInputBorder || name == fynetheme.ColorNameInputBackground {
		return theme.Color(theme.None)
	}
	return fyne.CurrentApp().Settings().Theme().Color(name, variant)
}

// Font implements fyne.Theme.
func (boxless) Font(style fyne.TextStyle) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Font(style)
}

// Icon implements fyne.Theme.
func (boxless) Icon(name fyne.ThemeIconName) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Icon(name)
}

// Size implements fyne.Theme.
func (boxless) Size(name fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(name)
}

// base is what all typed fields share: it draws the box and keeps the entry inside.
type base struct {
	widget.BaseWidget
	label   *kit.Label
	input   *entry
	inner   *container.ThemeOverride // holds input
	box     *canvas.Rectangle        // the ground
	ring    *canvas.Rectangle        // the border, over everything
	masks   [4]*canvas.Rectangle
	leading *kit.Icon
	// trailing is a unit, an icon button or a key hint; it may be nil.
	trailing fyne.CanvasObject
	mark     *kit.Icon
	message  *kit.Label
	failed   bool
	focused  bool
	// lift raises the trailing object: a unit stands on the line of the figure.
	lift float32

	// lost is called when the focus leaves, before the box is redrawn.
	lost func()
}

const (
	labelHeight float32 = 20
	messageGap  float32 = 2
	boxPadding  float32 = 9
)

func (b *base) setup(label string, leading theme.Icon, trailing fyne.CanvasObject) {
	b.label = kit.NewCutLabel(label, kit.Small)
	b.label.Hidden = label == ""
	b.input = newEntry()
	b.inner = container.NewThemeOverride(b.input, boxless{})
	b.box, b.ring = &canvas.Rectangle{}, &canvas.Rectangle{}
	for i := range b.masks {
		b.masks[i] = &canvas.Rectangle{}
	}
	b.leading = kit.NewIcon(leading, theme.Faint, theme.IconSmall)
	b.leading.Hidden = leading == ""
	b.trailing = trailing
	b.mark = kit.NewIcon(theme.IconWarn, theme.Late, 12)
	b.message = kit.NewParagraph("", kit.Style{Size: theme.SizeCaption, Color: theme.Late})
	b.input.focusChanged = b.setFocus
	b.setMessage("")
}

// CreateRenderer implements fyne.Widget.
func (b *base) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{b.label, b.box, b.leading, b.inner}
	for _, mask := range b.masks {
		parts = append(parts, mask)
	}
	if b.trailing != nil {
		parts = append(parts, b.trailing)
	}
	parts = append(parts, b.ring, b.mark, b.message)
	b.paint()
	return &kit.Renderer{Parts: parts, Place: b.place, Min: b.least, Paint: b.paint}
}

func (b *base) top() float32 {
	if b.label.Hidden {
		return 0
	}
	return labelHeight
}

func (b *base) least() fyne.Size {
	height := b.top() + theme.FieldHeight
	if b.failed {
		height += b.message.MinSize().Height + messageGap
	}
	return fyne.NewSize(70, height)
}

func (b *base) place(size fyne.Size) {
	top, height := b.top(), theme.FieldHeight
	put(b.label, 0, 0, size.Width, labelHeight-2)
	put(b.box, 0, top, size.Width, height)
	put(b.ring, 0, top, size.Width, height)
	left, right := boxPadding, boxPadding
	if !b.leading.Hidden {
		put(b.leading, boxPadding, top, theme.IconSmall, height)
		left += theme.IconSmall + 6
	}
	if b.trailing != nil && b.trailing.Visible() {
		least := b.trailing.MinSize()
		width := least.Width
		put(b.trailing, size.Width-width-5, top+(height-least.Height)/2-b.lift, width, least.Height)
		right = width + 8
	}
	// Four pixels of padding inside the entry are part of the distance to the edge.
	b.putInput(left-4, top+1, max(20, size.Width-left-right+8), height-2)
	put(b.mark, 0, top+height+messageGap, 12, 15)
	put(b.message, 17, top+height+messageGap, size.Width-17, b.message.MinSize().Height)
}

// putInput places the entry and hides the border that the toolkit draws around it with the focus: the
// field's own box is the only one to be seen.
func (b *base) putInput(x, y, width, height float32) {
	// Edges are soft on scaled screens: the bands reach over the border on both sides of it.
	put(b.inner, x, y, width, height)
	put(b.masks[0], x-2, y-1, width+4, 4)
	put(b.masks[1], x-2, y+height-3, width+4, 4)
	put(b.masks[2], x-2, y-1, 5, height+2)
	put(b.masks[3], x+width-5, y-1, 7, height+2)
}

func put(object fyne.CanvasObject, x, y, width, height float32) {
	object.Resize(fyne.NewSize(width, height))
	object.Move(fyne.NewPos(x, y))
}

func (b *base) paint() {
	edge, width := theme.Edge, theme.EdgeWidth
	if b.failed {
		edge = theme.Late
	}
	if b.focused {
		width = theme.FocusWidth
		if !b.failed {
			edge = theme.Accent
		}
	}
	ground := theme.Field
	if b.input.Disabled() {
		ground = theme.Paper
	}
	kit.PaintBox(b.box, ground, theme.None, 0, theme.Radius)
	kit.PaintBox(b.ring, theme.None, edge, width, theme.Radius)
	for _, mask := range b.masks {
		mask.FillColor = theme.Color(ground)
	}
}

func (b *base) setFocus(focused bool) {
	b.focused = focused
	if !focused && b.lost != nil {
		b.lost()
	}
	b.paint()
	b.ring.Refresh()
}

func (b *base) setMessage(text string) {
	failed := text != ""
	b.message.SetText(text)
	b.mark.Hidden, b.message.Hidden = !failed, !failed
	if failed != b.failed {
		b.failed = failed
		b.Refresh()
	}
}

// SetError shows what is wrong beneath the field, with an icon; "" takes it away. The field's least
// height changes: forms put their fields in a kit.Stack and refresh it.
func (b *base) SetError(text string) { b.setMessage(text) }

// Error is the text of SetError.
func (b *base) Error() string { return b.message.Text() }

// SetPlaceHolder is what an empty field says.
func (b *base) SetPlaceHolder(text string) { b.input.SetPlaceHolder(text) }

// Focus gives the field the keyboard, if it is on a canvas.
func (b *base) Focus() {
	if surface := fyne.CurrentApp().Driver().CanvasForObject(b.input); surface != nil {
		surface.Focus(b.input)
	}
}

// OnEscapeKey calls run by Escape, unless the field has a use for it: a panel closes.
func (b *base) OnEscapeKey(run func()) { b.input.escaped = run }

// Focusable is what takes the keyboard, for a test or for a form that walks its fields.
func (b *base) Focusable() fyne.Focusable { return b.input }

// Tapped implements fyne.Tappable: the whole box takes the focus, not only its text.
func (b *base) Tapped(*fyne.PointEvent) { b.Focus() }

// Enable lets the field be changed.
func (b *base) Enable() { b.input.Enable(); b.Refresh() }

// Disable leaves the field to be read and copied only.
func (b *base) Disable() { b.input.Disable(); b.Refresh() }

// Label is the text above the field.
func (b *base) Label() string { return b.label.Text() }
