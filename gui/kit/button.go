package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// buttonKind is the weight of a button.
type buttonKind int

const (
	primaryButton buttonKind = iota // filled with the accent: at most one in sight
	plainButton                     // on the sheet, with an edge
	linkButton                      // text in the accent
	bareButton                      // an icon alone
)

// Button is pressed by a click, or by Enter and Space once Tab has reached it.
type Button struct {
	widget.DisableableWidget
	// OnTapped is called when the button is pressed.
	OnTapped func()

	kind   buttonKind
	icon   theme.Icon
	text   string
	key    string
	height float32

	focused, hovered bool
	box              *canvas.Rectangle
	ring             *canvas.Rectangle
	glyph            *Icon
	label, hint      *Label
}

// NewPrimaryButton makes the one main button of a screen: accent ground, bold text. icon may be "".
func NewPrimaryButton(icon theme.Icon, text string, tapped func()) *Button {
	return newButton(primaryButton, icon, text, tapped)
}

// NewPlainButton makes an ordinary button: sheet ground, an edge. icon may be "".
func NewPlainButton(icon theme.Icon, text string, tapped func()) *Button {
	return newButton(plainButton, icon, text, tapped)
}

// NewLinkButton makes a quiet button: text of 12 in the accent. icon may be "".
func NewLinkButton(icon theme.Icon, text string, tapped func()) *Button {
	return newButton(linkButton, icon, text, tapped)
}

// NewIconButton makes a button of an icon alone. name says what it does, for those who cannot see it.
func NewIconButton(icon theme.Icon, name string, tapped func()) *Button {
	b := newButton(bareButton, icon, "", tapped)
	b.key = name
	return b
}

func newButton(kind buttonKind, icon theme.Icon, text string, tapped func()) *Button {
	b := &Button{OnTapped: tapped, kind: kind, icon: icon, text: text, height: theme.ButtonHeight}
	b.ExtendBaseWidget(b)
	return b
}

// WithKey shows the key that does the same, at the right of the text ("Ctrl N"), and returns b.
func (b *Button) WithKey(key string) *Button { b.key = key; return b }

// Tall makes the button as high as those at the foot of a panel, and returns b.
func (b *Button) Tall() *Button { b.height = theme.ActionHeight; return b }

// Text is the text on the button.
func (b *Button) Text() string { return b.text }

// SetText changes the text; the same again costs nothing.
func (b *Button) SetText(text string) {
	if text != b.text {
		b.text = text
		b.Refresh()
	}
}

// SetPrimary makes a plain button the main one, or the reverse: in a list, only the selected line has
// a filled button.
func (b *Button) SetPrimary(primary bool) {
	kind := plainButton
	if primary {
		kind = primaryButton
	}
	if kind != b.kind {
		b.kind = kind
		b.Refresh()
	}
}

// AccessibilityLabel is what a screen reader says.
func (b *Button) AccessibilityLabel() string {
	if b.kind == bareButton {
		return b.key
	}
	return b.text
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.box, b.ring = &canvas.Rectangle{}, &canvas.Rectangle{}
	size := theme.IconSmall
	b.glyph = NewIcon(b.icon, theme.Ink, size)
	b.label = NewCutLabel(b.text, Plain)
	b.hint = NewLabel("", Caption)
	b.paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{b.box, b.glyph, b.label, b.hint, b.ring},
		Place: b.place,
		Min:   b.least,
		Paint: b.paint,
	}
}

func (b *Button) padding() float32 {
	switch b.kind {
	case linkButton:
		return 0
	case bareButton:
		return 6
	default:
		return 10
	}
}

// contentWidths are those of the icon with its gap, of the text, of the key with its gap.
func (b *Button) contentWidths() (icon, text, key float32) {
	if b.icon != "" {
		icon = theme.IconSmall
		if b.text != "" {
			icon += 6
		}
	}
	text = measure(b.text, b.textStyle())
	if b.key != "" && b.kind != bareButton {
		key = measure(b.key, Caption) + 10
	}
	return icon, text, key
}

func (b *Button) least() fyne.Size {
	icon, text, key := b.contentWidths()
	height := b.height
	if b.kind == linkButton {
		height = 20
	}
	return fyne.NewSize(icon+text+key+2*b.padding(), height)
}

func (b *Button) place(size fyne.Size) {
	put(b.box, 0, 0, size.Width, size.Height)
	put(b.ring, 0, 0, size.Width, size.Height)
	if b.kind == linkButton {
		put(b.box, -3, 0, size.Width+6, size.Height)
		put(b.ring, -3, 0, size.Width+6, size.Height)
	}
	icon, text, key := b.contentWidths()
	text = min(text, max(0, size.Width-icon-key-2*b.padding()))
	x := (size.Width - icon - text - key) / 2
	put(b.glyph, x, (size.Height-theme.IconSmall)/2, theme.IconSmall, theme.IconSmall)
	put(b.label, x+icon, 0, text+1, size.Height)
	put(b.hint, x+icon+text+10, 0, max(0, key-10), size.Height)
}

func (b *Button) textStyle() Style {
	style := Style{Color: b.textColor(), Bold: b.kind == primaryButton}
	if b.kind == linkButton {
		style.Size = theme.SizeSmall
	}
	return style
}

func (b *Button) textColor() fyne.ThemeColorName {
	switch {
	case b.Disabled():
		return theme.Faint
	case b.kind == primaryButton:
		return theme.OnAccent
	case b.kind == linkButton:
		return theme.Accent
	case b.kind == bareButton:
		return theme.Soft
	default:
		return theme.Ink
	}
}

func (b *Button) paint() {
	ground, edge := theme.None, theme.None
	switch b.kind {
	case primaryButton:
		ground = theme.Accent
	case plainButton:
		ground, edge = theme.Sheet, theme.Edge
	}
	if b.Disabled() && b.kind <= plainButton {
		ground, edge = theme.Paper, theme.Rule
	} else if b.hovered && b.kind != primaryButton {
		ground = theme.Hover
	}
	PaintBox(b.box, ground, edge, theme.EdgeWidth, theme.Radius)
	ring := theme.Accent
	if b.kind == primaryButton {
		ring = theme.Ink // the accent would not show on itself
	}
	PaintBox(b.ring, theme.None, ring, theme.FocusWidth, theme.Radius)
	b.ring.Hidden = !b.focused || b.Disabled()
	b.glyph.Set(b.icon, b.textColor())
	b.label.SetStyle(b.textStyle())
	b.label.SetText(b.text)
	hint := Caption
	if b.kind == primaryButton {
		hint = hint.In(b.textColor())
	}
	b.hint.SetStyle(hint)
	if b.kind != bareButton {
		b.hint.SetText(b.key)
	}
	b.place(b.Size())
}

// Tapped implements fyne.Tappable.
func (b *Button) Tapped(*fyne.PointEvent) {
	if b.OnTapped != nil && !b.Disabled() {
		b.OnTapped()
	}
}

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() { b.focused = true; b.Refresh() }

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() { b.focused = false; b.Refresh() }

// TypedRune implements fyne.Focusable.
func (b *Button) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (b *Button) TypedKey(event *fyne.KeyEvent) {
	if isActivation(event) {
		b.Tapped(nil)
	}
}

// MouseIn implements desktop.Hoverable.
func (b *Button) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *Button) MouseOut() { b.hovered = false; b.Refresh() }

// Cursor implements desktop.Cursorable.
func (b *Button) Cursor() desktop.Cursor {
	if b.kind == linkButton && !b.Disabled() {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
