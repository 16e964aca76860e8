package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// ToastTime is how long a toast stays.
const ToastTime = 8 * time.Second

// Toasts shows one message at a time at the foot of a screen, with the gesture that takes the act
// back. Lay it over the screen (container.NewStack); empty, it takes no click.
type Toasts struct {
	widget.BaseWidget
	dispatch Dispatch
	clock    Clock

	box     *canvas.Rectangle
	text    *Label
	action  *Button
	close   *Button
	row     *fyne.Container
	cancel  func()
	serial  int
	visible bool
}

// NewToasts makes an empty place for messages. closeName names the cross for a screen reader.
func NewToasts(dispatch Dispatch, clock Clock, closeName string) *Toasts {
	t := &Toasts{dispatch: dispatch, clock: clock, box: &canvas.Rectangle{}}
	t.text = NewLabel("", Plain)
	t.action = NewLinkButton("", "", nil)
	t.close = NewIconButton(theme.IconClose, closeName, t.Dismiss)
	t.row = Row(14, t.text, t.action, t.close)
	t.row.Hide()
	t.box.Hide()
	t.ExtendBaseWidget(t)
	return t
}

// Say shows a message in place of the one before. actionText "" shows no gesture; otherwise run is
// called by it and the message goes.
func (t *Toasts) Say(text, actionText string, run func()) {
	if t.cancel != nil {
		t.cancel()
	}
	t.serial++
	serial := t.serial
	t.text.SetText(text)
	t.action.SetText(actionText)
	t.action.Hidden = actionText == ""
	t.action.OnTapped = func() {
		t.Dismiss()
		if run != nil {
			run()
		}
	}
	t.show(true)
	t.cancel = t.clock(ToastTime, func() {
		t.dispatch(func() {
			if t.serial == serial {
				t.Dismiss()
			}
		})
	})
}

// Dismiss takes the message away.
func (t *Toasts) Dismiss() {
	if t.cancel != nil {
		t.cancel()
		t.cancel = nil
	}
	t.show(false)
}

// Message is the text shown, "" when there is none.
func (t *Toasts) Message() string {
	if !t.visible {
		return ""
	}
	return t.text.Text()
}

func (t *Toasts) show(visible bool) {
	t.visible = visible
	t.row.Hidden, t.box.Hidden = !visible, !visible
	t.place(t.Size())
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *Toasts) CreateRenderer() fyne.WidgetRenderer {
	paint := func() { PaintBox(t.box, theme.Sheet, theme.Accent, theme.EdgeWidth, theme.Radius) }
	paint()
	return &Renderer{Parts: []fyne.CanvasObject{t.box, t.row}, Place: t.place, Paint: paint}
}

func (t *Toasts) place(size fyne.Size) {
	if !t.visible {
		return
	}
	width := min(t.row.MinSize().Width+26, max(0, size.Width-24))
	x, y := float32(int((size.Width-width)/2)), size.Height-40-16
	put(t.box, x, y, width, 40)
	put(t.row, x+16, y, width-22, 40)
}
