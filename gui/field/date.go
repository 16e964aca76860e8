package field

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"dument/app/date"
	"dument/gui/kit"
	"dument/gui/theme"
)

// DateField takes a date as ReadDate reads it. Up and Down change it by a day, Page Up and Page Down
// by a month, the icon opens a calendar.
type DateField struct {
	base
	// OnChanged is called when the user has entered another date: at once for a whole date, "+30" or
	// a word, at Enter or when the focus leaves for a shortened one. The zero date is an empty field.
	OnChanged func(day date.Date)
	// OnSubmitted is called by Enter once the date is taken.
	OnSubmitted func(day date.Date)
	// Explain writes the sentence for a text that is no date; for "" when a date is needed.
	Explain func(text string) string
	// Optional lets the field be empty.
	Optional bool

	today    date.Date
	language string
	day      date.Date
	quiet    bool
	popup    *widget.PopUp
}

// NewDateField makes an empty field. today is what short forms count from; language is that of the
// calendar; calendarName says what the icon does, for a screen reader.
func NewDateField(label string, today date.Date, language, calendarName string,
	explain func(text string) string) *DateField {
	f := &DateField{today: today, language: language, Explain: explain}
	f.setup(label, "", kit.NewIconButton(theme.IconCalendar, calendarName, f.openCalendar))
	f.input.OnChanged = func(text string) {
		if f.quiet {
			return
		}
		f.setMessage("")
		if day, err := ReadDate(text, f.today); err == nil && isWhole(text, day) {
			f.take(day)
		}
	}
	f.input.OnSubmitted = func(string) {
		if f.Validate() && f.OnSubmitted != nil {
			f.OnSubmitted(f.day)
		}
	}
	f.input.typedKey = f.typedKey
	f.lost = func() { f.Validate() }
	f.ExtendBaseWidget(f)
	return f
}

// typedKey moves the date; an unreadable text is left to be corrected.
func (f *DateField) typedKey(event *fyne.KeyEvent) bool {
	var move func(date.Date) date.Date
	switch event.Name {
	case fyne.KeyUp:
		move = func(d date.Date) date.Date { return d.AddDays(1) }
	case fyne.KeyDown:
		move = func(d date.Date) date.Date { return d.AddDays(-1) }
	case fyne.KeyPageUp:
		move = func(d date.Date) date.Date { return d.AddMonths(1) }
	case fyne.KeyPageDown:
		move = func(d date.Date) date.Date { return d.AddMonths(-1) }
	default:
		return false
	}
	from, err := ReadDate(f.input.Text, f.today)
	if strings.TrimSpace(f.input.Text) == "" {
		from, err = f.today, nil
	}
	if err == nil {
		f.enter(move(from))
	}
	return true
}

// enter takes a date and prints it.
func (f *DateField) enter(day date.Date) {
	f.setMessage("")
	f.take(day)
	f.print()
}

func (f *DateField) take(day date.Date) {
	if day == f.day {
		return
	}
	f.day = day
	if f.OnChanged != nil {
		f.OnChanged(day)
	}
}

func (f *DateField) print() {
	if text := f.day.Short(); text != f.input.Text {
		f.quiet = true
		f.input.SetText(text)
		f.input.CursorColumn = len([]rune(text))
		f.input.Refresh()
		f.quiet = false
	}
}

// Validate takes what is typed, prints it whole, and reports whether it is a date; otherwise the
// reason shows beneath. It runs by itself when the focus leaves and at Enter.
func (f *DateField) Validate() bool {
	text := f.input.Text
	if strings.TrimSpace(text) == "" && f.Optional {
		f.enter(date.Date{})
		return true
	}
	day, err := ReadDate(text, f.today)
	if err != nil {
		if f.Explain != nil {
			f.setMessage(f.Explain(text))
		}
		return false
	}
	f.enter(day)
	return true
}

// Date is the last date that could be read, the zero date for none.
func (f *DateField) Date() date.Date { return f.day }

// SetDate writes a date without a call to OnChanged; the zero date empties the field.
func (f *DateField) SetDate(day date.Date) {
	f.day = day
	f.setMessage("")
	f.print()
}

// SetToday changes what short forms count from, once a day has passed.
func (f *DateField) SetToday(today date.Date) { f.today = today }

// openCalendar shows the month of the date under the field.
func (f *DateField) openCalendar() {
	surface := fyne.CurrentApp().Driver().CanvasForObject(f.input)
	if surface == nil || f.input.Disabled() {
		return
	}
	shown := f.day
	if shown.IsZero() {
		shown = f.today
	}
	month := newCalendar(shown, f.today, f.language, func(day date.Date) {
		f.closeCalendar()
		f.enter(day)
		f.Focus()
	})
	f.popup = widget.NewPopUp(month, surface)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(f.box)
	f.popup.ShowAtPosition(at.AddXY(0, theme.FieldHeight+2))
}

func (f *DateField) closeCalendar() {
	if f.popup != nil {
		f.popup.Hide()
		f.popup = nil
	}
}
