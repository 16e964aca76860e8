package model

import (
	"strconv"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/gui/words"
)

// FieldKind is how a value is entered.
type FieldKind int

// Kinds of fields. A day is exchanged in the form 2026-11-21, lines of a text with line feeds.
const (
	FieldText FieldKind = iota
	FieldArea
	FieldChoice
	FieldDay
)

// FormField is one value of a form over a T. Fields with the same Row stand side by side and share its
// width.
type FormField[T any] struct {
	// ID is the name of the field in the errors of the use cases.
	ID    string
	Label string // key
	Hint  string // key of the sentence beneath, "" for none
	Place string // key of what the empty field says, "" for none
	Kind  FieldKind
	Lines int
	Row   int
	Share int // of the row's width; 0 counts as 1
	// Options are the values of a choice, each with the key of its text.
	Options []FormOption
	Get     func(T) string
	// Set takes a value over and returns the key of what is wrong with it, "" when nothing is.
	Set func(*T, string) string
}

// FormOption is one of the values of a choice. Text is a key.
type FormOption struct{ Key, Text string }

// FormErrors are the sentences to show beneath the fields, by their IDs.
type FormErrors map[string]string

// FormValues reads the values that the fields show.
func FormValues[T any](fields []FormField[T], of T) map[string]string {
	values := make(map[string]string, len(fields))
	for _, field := range fields {
		values[field.ID] = field.Get(of)
	}
	return values
}

// FormResult puts what was typed into base. The fields that could not be read are in wrong.
func FormResult[T any](w *words.Words, fields []FormField[T], base T, values map[string]string) (T, FormErrors) {
	wrong := FormErrors{}
	for _, field := range fields {
		value, given := values[field.ID]
		if !given {
			continue
		}
		if key := field.Set(&base, strings.TrimSpace(value)); key != "" {
			wrong[field.ID] = w.T(key)
		}
	}
	return base, wrong
}

// FieldError puts an error of a use case beneath the field that it names. known is false when the
// form has no such field: then the sentence stands for the whole form.
func FieldError[T any](w *words.Words, fields []FormField[T], err error) (id, text string, known bool) {
	problem := app.AsError(err)
	text = capital(app.Text(err, w.Language))
	for _, field := range fields {
		if field.ID == problem.Field {
			return field.ID, text, true
		}
	}
	return "", text, false
}

// textLines cuts what was typed in an area into its lines; empty lines are left out.
func textLines(text string) []string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// listed cuts a list with commas, semicolons or spaces into its words.
func listed(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' })
}

// textField is a field that is taken over as it is typed.
func textField[T any](row, share int, id, label string, at func(*T) *string) FormField[T] {
	return FormField[T]{ID: id, Label: label, Row: row, Share: share,
		Get: func(of T) string { return *at(&of) },
		Set: func(of *T, value string) string { *at(of) = value; return "" }}
}

// optionalRate writes a rate that may be missing; setOptionalRate reads it back. It returns the key of what
// is wrong, or "".
func optionalRate(rate *law.Rate) string {
	if rate == nil {
		return ""
	}
	return rate.String()
}

func setOptionalRate(rate **law.Rate, text string) string {
	*rate = nil
	if text == "" {
		return ""
	}
	parsed, err := law.ParseRate(text)
	if err != nil {
		return "form.rate"
	}
	*rate = &parsed
	return ""
}

// hinted is the field with a sentence beneath.
func (f FormField[T]) hinted(key string) FormField[T] {
	f.Hint = key
	return f
}

// placed is the field with what it says while it is empty.
func (f FormField[T]) placed(key string) FormField[T] {
	f.Place = key
	return f
}

func joined(lines []string) string { return strings.Join(lines, "\n") }

// positive writes a number, nothing for zero.
func positive(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func dayText(day date.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.String()
}

func setDay(day *date.Date, text string) string {
	if text == "" {
		*day = date.Date{}
		return ""
	}
	read, err := date.Parse(text)
	if err != nil {
		return "form.day"
	}
	*day = read
	return ""
}

// Sentence is a text that begins with a capital letter.
func Sentence(text string) string { return capital(text) }
