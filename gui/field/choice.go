package field

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"dument/gui/kit"
	"dument/gui/theme"
)

// Option is one of the values of a ChoiceField.
type Option struct{ Key, Text string }

// ChoiceField takes one of a few values. Enter and Space open the list, Up and Down take the
// neighbour, a letter takes the next value that begins with it.
type ChoiceField struct {
	widget.BaseWidget
	// OnChanged is called when the user takes another value.
	OnChanged func(key string)

	options  []Option
	chosen   int // -1 for none
	focused  bool
	hovered  bool
	disabled bool

	label, value *kit.Label
	box          *canvas.Rectangle
	chevron      *kit.Icon
	mark         *kit.Icon
	message      *kit.Label
	failed       bool
	placeHolder  string
}

// NewChoiceField makes a field with nothing chosen.
func NewChoiceField(label string, options []Option, changed func(key string)) *ChoiceField {
	f := &ChoiceField{OnChanged: changed, options: options, chosen: -1,
		label: kit.NewCutLabel(label, kit.Small), value: kit.NewCutLabel("", kit.Plain),
		box: &canvas.Rectangle{}, chevron: kit.NewIcon(theme.IconDown, theme.Soft, theme.IconSmall),
		mark:    kit.NewIcon(theme.IconWarn, theme.Late, 12),
		message: kit.NewParagraph("", kit.Style{Size: theme.SizeCaption, Color: theme.Late})}
	f.label.Hidden = label == ""
	f.mark.Hidden, f.message.Hidden = true, true
	f.ExtendBaseWidget(f)
	return f
}

// Key is that of the chosen value, "" for none.
func (f *ChoiceField) Key() string {
	if f.chosen < 0 {
		return ""
	}
	return f.options[f.chosen].Key
}

// Select chooses a value without a call to OnChanged; an unknown key chooses none.
func (f *ChoiceField) Select(key string) {
	f.chosen = -1
	for i, option := range f.options {
		if option.Key == key {
			f.chosen = i
		}
	}
	f.Refresh()
}

// SetOptions replaces the values and keeps the choice when its key is still there.
func (f *ChoiceField) SetOptions(options []Option) {
	key := f.Key()
	f.options = options
	f.Select(key)
}

// SetPlaceHolder is what the field says while nothing is chosen.
func (f *ChoiceField) SetPlaceHolder(text string) { f.placeHolder = text; f.Refresh() }

// SetError shows what is wrong beneath the field; "" takes it away.
func (f *ChoiceField) SetError(text string) {
	f.failed = text != ""
	f.message.SetText(text)
	f.mark.Hidden, f.message.Hidden = !f.failed, !f.failed
	f.Refresh()
}

// Error is the text of SetError.
func (f *ChoiceField) Error() string { return f.message.Text() }

// Enable lets the choice be changed.
func (f *ChoiceField) Enable() { f.disabled = false; f.Refresh() }

// Disable keeps the choice as it is.
func (f *ChoiceField) Disable() { f.disabled = true; f.Refresh() }

// CreateRenderer implements fyne.Widget.
func (f *ChoiceField) CreateRenderer() fyne.WidgetRenderer {
	f.paint()
	return &kit.Renderer{
		Parts: []fyne.CanvasObject{f.label, f.box, f.value, f.chevron, f.mark, f.message},
		Place: func(size fyne.Size) {
			top := f.top()
			put(f.label, 0, 0, size.Width, labelHeight-2)
			put(f.box, 0, top, size.Width, theme.FieldHeight)
			put(f.value, boxPadding+1, top, max(0, size.Width-2*boxPadding-20), theme.FieldHeight)
			put(f.chevron, size.Width-22, top, theme.IconSmall, theme.FieldHeight)
			put(f.mark, 0, top+theme.FieldHeight+messageGap, 12, 15)
			put(f.message, 17, top+theme.FieldHeight+messageGap, size.Width-17, f.message.MinSize().Height)
		},
		Min: func() fyne.Size {
			height := f.top() + theme.FieldHeight
			if f.failed {
				height += f.message.MinSize().Height + messageGap
			}
			return fyne.NewSize(80, height)
		},
		Paint: f.paint,
	}
}

func (f *ChoiceField) top() float32 {
	if f.label.Hidden {
		return 0
	}
	return labelHeight
}

func (f *ChoiceField) paint() {
	ground, edge, width, style := theme.Field, theme.Edge, theme.EdgeWidth, kit.Plain
	text := f.placeHolder
	if f.chosen >= 0 {
		text = f.options[f.chosen].Text
	} else {
		style = kit.Plain.In(theme.Faint)
	}
	switch {
	case f.disabled:
		ground, style = theme.Paper, kit.Soft
	case f.focused:
		edge, width = theme.Accent, theme.FocusWidth
	case f.failed:
		edge = theme.Late
	case f.hovered:
		ground = theme.Hover
	}
	kit.PaintBox(f.box, ground, edge, width, theme.Radius)
	f.value.SetStyle(style)
	f.value.SetText(text)
}

// take is a choice by the user.
func (f *ChoiceField) take(index int) {
	if index < 0 || index >= len(f.options) || index == f.chosen || f.disabled {
		return
	}
	f.chosen = index
	f.Refresh()
	if f.OnChanged != nil {
		f.OnChanged(f.options[index].Key)
	}
}

// Tapped implements fyne.Tappable: it opens the list under the field.
func (f *ChoiceField) Tapped(*fyne.PointEvent) {
	surface := fyne.CurrentApp().Driver().CanvasForObject(f)
	if surface == nil || f.disabled || len(f.options) == 0 {
		return
	}
	surface.Focus(f)
	var items []*fyne.MenuItem
	for i, option := range f.options {
		item := fyne.NewMenuItem(option.Text, func() { f.take(i) })
		item.Checked = i == f.chosen
		items = append(items, item)
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), surface)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(f.box)
	menu.ShowAtPosition(at.AddXY(0, theme.FieldHeight+2))
	menu.Resize(fyne.NewSize(max(f.Size().Width, menu.MinSize().Width), menu.MinSize().Height))
}

// FocusGained implements fyne.Focusable.
func (f *ChoiceField) FocusGained() { f.focused = true; f.Refresh() }

// FocusLost implements fyne.Focusable.
func (f *ChoiceField) FocusLost() { f.focused = false; f.Refresh() }

// TypedKey implements fyne.Focusable.
func (f *ChoiceField) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		f.Tapped(nil)
	case fyne.KeyDown:
		f.take(f.chosen + 1)
	case fyne.KeyUp:
		f.take(f.chosen - 1)
	case fyne.KeyHome:
		f.take(0)
	case fyne.KeyEnd:
		f.take(len(f.options) - 1)
	}
}

// TypedRune implements fyne.Focusable.
func (f *ChoiceField) TypedRune(typed rune) {
	letter := string(unicode.ToLower(typed))
	for step := 1; step <= len(f.options); step++ {
		i := (max(0, f.chosen) + step) % len(f.options)
		if strings.HasPrefix(strings.ToLower(f.options[i].Text), letter) {
			f.take(i)
			return
		}
	}
}

// MouseIn implements desktop.Hoverable.
func (f *ChoiceField) MouseIn(*desktop.MouseEvent) { f.hovered = true; f.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (f *ChoiceField) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (f *ChoiceField) MouseOut() { f.hovered = false; f.Refresh() }
