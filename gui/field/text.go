package field

import (
	"fyne.io/fyne/v2"

	"dument/gui/kit"
	"dument/gui/theme"
)

// TextField takes one line of text.
type TextField struct {
	base
	// OnChanged is called at every change by the user.
	OnChanged func(text string)
	// OnSubmitted is called by Enter.
	OnSubmitted func(text string)
	quiet       bool
}

// NewTextField makes an empty field; label "" leaves no room for one.
func NewTextField(label string) *TextField {
	f := &TextField{}
	f.wire(label, "", nil)
	f.ExtendBaseWidget(f)
	return f
}

// NewAreaField makes a field of several lines, lines rows high.
func NewAreaField(label string, lines int) *AreaField {
	f := &AreaField{lines: lines}
	f.wire(label, "", nil)
	f.input.MultiLine = true
	f.input.Wrapping = fyne.TextWrapWord
	f.ExtendBaseWidget(f)
	return f
}

func (f *TextField) wire(label string, leading theme.Icon, trailing fyne.CanvasObject) {
	f.setup(label, leading, trailing)
	f.input.OnChanged = func(text string) {
		f.setMessage("")
		if f.OnChanged != nil && !f.quiet {
			f.OnChanged(text)
		}
	}
	f.input.OnSubmitted = func(text string) {
		if f.OnSubmitted != nil {
			f.OnSubmitted(text)
		}
	}
}

// Text is what the field holds.
func (f *TextField) Text() string { return f.input.Text }

// SetText writes a text without a call to OnChanged; the same again costs nothing.
func (f *TextField) SetText(text string) {
	if text == f.input.Text {
		return
	}
	f.quiet = true
	f.input.SetText(text)
	f.quiet = false
}

// AreaField takes several lines of text.
type AreaField struct {
	TextField
	lines int
}

// CreateRenderer implements fyne.Widget.
func (f *AreaField) CreateRenderer() fyne.WidgetRenderer {
	renderer := f.base.CreateRenderer().(*kit.Renderer)
	renderer.Min = func() fyne.Size {
		return f.least().AddWidthHeight(0, f.extra())
	}
	renderer.Place = func(size fyne.Size) {
		f.place(size)
		f.box.Resize(f.box.Size().AddWidthHeight(0, f.extra()))
		f.ring.Resize(f.box.Size())
		at, input := f.inner.Position(), f.inner.Size()
		f.putInput(at.X, at.Y, input.Width, input.Height+f.extra())
		f.mark.Move(f.mark.Position().AddXY(0, f.extra()))
		f.message.Move(f.message.Position().AddXY(0, f.extra()))
	}
	return renderer
}

// extra is the height of the lines after the first.
func (f *AreaField) extra() float32 { return float32(max(0, f.lines-1)) * 18 }

// SearchField is the search box of a list: an icon, and the key that leads to it while it is empty.
// Escape empties it, and leaves it once it is empty.
type SearchField struct {
	TextField
	// OnEscape is called by Escape in an empty field, for instance to give the focus to the list.
	OnEscape func()
}

// NewSearchField makes an empty search box. key is shown at the right ("Ctrl F"); "" shows none.
func NewSearchField(placeHolder, key string) *SearchField {
	f := &SearchField{}
	var hint fyne.CanvasObject
	if key != "" {
		hint = kit.NewKeyHint(key, "")
	}
	f.wire("", theme.IconSearch, hint)
	f.SetPlaceHolder(placeHolder)
	changed := f.input.OnChanged
	f.input.OnChanged = func(text string) {
		f.showHint()
		changed(text)
	}
	f.input.focusChanged = func(focused bool) {
		f.setFocus(focused)
		f.showHint()
	}
	f.input.typedKey = func(event *fyne.KeyEvent) bool {
		switch {
		case event.Name != fyne.KeyEscape:
			return false
		case f.input.Text != "":
			f.input.SetText("")
		case f.OnEscape != nil:
			f.OnEscape()
		}
		return true
	}
	f.ExtendBaseWidget(f)
	return f
}

func (f *SearchField) showHint() {
	if f.trailing == nil {
		return
	}
	if f.focused || f.input.Text != "" {
		f.trailing.Hide()
	} else {
		f.trailing.Show()
	}
	f.place(f.Size())
}

// PasswordField hides what is typed until the eye is pressed.
type PasswordField struct {
	TextField
}

// NewPasswordField makes an empty field. eyeName says what the eye does, for a screen reader.
func NewPasswordField(label, eyeName string) *PasswordField {
	f := &PasswordField{}
	eye := kit.NewIconButton(theme.IconEye, eyeName, func() {
		f.input.Password = !f.input.Password
		f.input.Refresh()
	})
	f.wire(label, "", eye)
	f.input.Password = true
	f.input.ActionItem = kit.Gap(0) // otherwise the toolkit adds an eye of its own
	f.ExtendBaseWidget(f)
	return f
}

// Shown reports whether the password can be read on the screen.
func (f *PasswordField) Shown() bool { return !f.input.Password }
