package gui

import (
	"slices"

	"fyne.io/fyne/v2"

	"dument/app/date"
	"dument/gui/field"
	"dument/gui/kit"
	"dument/gui/model"
)

// formInput is a field of a form, whatever its kind.
type formInput struct {
	object fyne.CanvasObject
	value  func() string
	set    func(string)
	fail   func(string)
	focus  func()
}

// form shows the fields of a model's form, one row under the other, with what is wrong beneath each.
type form[T any] struct {
	shell  *Shell
	fields []model.FormField[T]
	inputs map[string]formInput
	shown  map[string]string // as last shown: what differs from it is a change
	all    *fyne.Container
	// changed is called when the user has changed a value, submit by Enter in a field, resized when the
	// form became higher or lower.
	changed, submit, resized func()
}

func newForm[T any](s *Shell, fields []model.FormField[T]) *form[T] {
	f := &form[T]{shell: s, fields: fields, inputs: map[string]formInput{}, shown: map[string]string{},
		all: kit.Stack(12), changed: func() {}, submit: func() {}, resized: func() {}}
	for start := 0; start < len(fields); {
		end := start + 1
		for end < len(fields) && fields[end].Row == fields[start].Row {
			end++
		}
		var columns []kit.Column
		for _, one := range fields[start:end] {
			columns = append(columns, kit.Column{Share: float32(max(1, one.Share)), Object: f.build(one)})
		}
		f.all.Add(kit.Columns(10, columns...))
		start = end
	}
	return f
}

// build makes a field with its hint beneath.
func (f *form[T]) build(one model.FormField[T]) fyne.CanvasObject {
	input := f.input(one)
	f.inputs[one.ID] = input
	if one.Hint == "" {
		return kit.Stack(0, input.object)
	}
	return kit.Stack(3, input.object, kit.NewParagraph(f.shell.T(one.Hint), kit.Caption))
}

func (f *form[T]) input(one model.FormField[T]) formInput {
	label := f.shell.T(one.Label)
	touched := func() { f.changed() }
	switch one.Kind {
	case model.FieldChoice:
		var options []field.Option
		for _, option := range one.Options {
			options = append(options, field.Option{Key: option.Key, Text: f.shell.T(option.Text)})
		}
		made := field.NewChoiceField(label, options, func(string) { touched() })
		made.SetPlaceHolder(f.shell.T("form.choose"))
		return formInput{made, made.Key, made.Select, made.SetError, f.focus(made)}
	case model.FieldDay:
		made := field.NewDateField(label, f.shell.Today(), f.shell.Words.Language, f.shell.T("form.calendar"),
			func(string) string { return f.shell.T("form.day") })
		made.Optional = true
		made.OnChanged = func(date.Date) { touched() }
		return formInput{made, func() string { return isoDay(made.Date()) },
			func(text string) { day, _ := date.Parse(text); made.SetDate(day) }, made.SetError,
			f.focus(made.Focusable())}
	case model.FieldArea:
		made := field.NewAreaField(label, one.Lines)
		made.OnChanged = func(string) { touched() }
		return formInput{made, made.Text, made.SetText, made.SetError, f.focus(made.Focusable())}
	}
	made := field.NewTextField(label)
	made.OnChanged = func(string) { touched() }
	made.OnSubmitted = func(string) { f.submit() }
	if one.Place != "" {
		made.SetPlaceHolder(f.shell.T(one.Place))
	}
	return formInput{made, made.Text, made.SetText, made.SetError, f.focus(made.Focusable())}
}

// focus gives the keyboard to a field through the window: a field that was never drawn does not know its
// canvas yet.
func (f *form[T]) focus(field fyne.Focusable) func() {
	return func() { f.shell.Window.Canvas().Focus(field) }
}

func isoDay(day date.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.String()
}

// show writes the values of a T and forgets what was typed.
func (f *form[T]) show(of T) {
	f.shown = model.FormValues(f.fields, of)
	for id, value := range f.shown {
		f.inputs[id].set(value)
		f.inputs[id].fail("")
	}
	f.fit()
}

// dirty reports whether the user changed a value.
func (f *form[T]) dirty() bool {
	for id, value := range f.shown {
		if f.inputs[id].value() != value {
			return true
		}
	}
	return false
}

// values is what stands in the fields.
func (f *form[T]) values() map[string]string {
	values := make(map[string]string, len(f.inputs))
	for id, input := range f.inputs {
		values[id] = input.value()
	}
	return values
}

// read puts what was typed into base; what cannot be read is said beneath its field, and ok is false.
func (f *form[T]) read(base T) (result T, ok bool) {
	result, wrong := model.FormResult(f.shell.Words, f.fields, base, f.values())
	for id, input := range f.inputs {
		input.fail(wrong[id])
	}
	f.focusFirst(func(id string) bool { return wrong[id] != "" })
	f.fit()
	return result, len(wrong) == 0
}

// refuse shows an error of a use case beneath the field that it names, or at the foot of the window.
func (f *form[T]) refuse(err error) {
	id, text, known := model.FieldError(f.shell.Words, f.fields, err)
	if !known {
		f.shell.Say(text, "", nil)
		return
	}
	f.inputs[id].fail(text)
	f.focusFirst(func(at string) bool { return at == id })
	f.fit()
}

// focusFirst gives the keyboard to the first of the fields that are chosen.
func (f *form[T]) focusFirst(chosen func(id string) bool) {
	at := slices.IndexFunc(f.fields, func(one model.FormField[T]) bool { return chosen(one.ID) })
	if at >= 0 {
		f.inputs[f.fields[at].ID].focus()
	}
}

// begin gives the keyboard to the first field.
func (f *form[T]) begin() { f.focusFirst(func(string) bool { return true }) }

func (f *form[T]) fit() {
	f.all.Refresh()
	f.resized()
}

// pageTitle is the line at the head of a screen.
func pageTitle(text string) *kit.Label { return kit.NewLabel(text, kit.Title) }

// paged puts a page's title line over its body.
func paged(head, body fyne.CanvasObject) fyne.CanvasObject {
	return kit.Frame(kit.Inset(head, 15, 18, 12, 18), nil, nil, nil, body)
}
