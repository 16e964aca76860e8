package letter

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"dument/app/law"
)

// ErrWording is wrapped by every complaint about a wording file.
var ErrWording = errors.New("wording not usable")

// textBytesMax bounds a text of a wording: two pages of prose.
const textBytesMax = 8000

// Wording is the sentences of the letters in one language, checked: every text that a letter needs is
// there, and every variable in it exists.
type Wording struct {
	Language  string
	templates map[string]template
}

// template is a text cut at its variables.
type template []piece

// piece is either fixed text or a variable. An optional variable may be empty.
type piece struct {
	fixed    string
	variable string
	optional bool
	bold     bool
}

// ParseWording reads a wording file: JSON with a "language" and its "texts". A text named "demand.public"
// takes the place of "demand" in a letter to a public body. In a text, {name} stands for a variable that
// must not be empty, {name?} for one that may be, and **…** sets bold type. Ordinary spaces and straight
// apostrophes become those of French print. The error wraps ErrWording and names the text.
func ParseWording(data []byte) (*Wording, error) {
	var file struct {
		Language string            `json:"language"`
		Texts    map[string]string `json:"texts"`
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWording, err)
	}
	if file.Language != "fr" {
		return nil, fmt.Errorf("%w: language %q", ErrWording, file.Language)
	}
	wording := &Wording{Language: file.Language, templates: make(map[string]template, len(file.Texts))}
	for name, text := range file.Texts {
		variables, known := declaration(name)
		if !known {
			return nil, fmt.Errorf("%w: unknown text %q", ErrWording, name)
		}
		parsed, err := parseTemplate(text, variables)
		if err != nil {
			return nil, fmt.Errorf("%w: text %q: %w", ErrWording, name, err)
		}
		wording.templates[name] = parsed
	}
	for _, text := range declared {
		for _, regime := range text.regimes() {
			if _, found := wording.find(text.name, regime); !found {
				return nil, fmt.Errorf("%w: missing text %q for %s", ErrWording, text.name, regime)
			}
		}
	}
	return wording, nil
}

// find looks for the regime's own text, then for the common one.
func (w *Wording) find(name string, regime law.Debtor) (template, bool) {
	if own, found := w.templates[name+"."+string(regime)]; found {
		return own, true
	}
	common, found := w.templates[name]
	return common, found
}

// declaration finds the variables of a text by its name in a file, with or without a regime behind it.
func declaration(name string) (variables []string, known bool) {
	for _, text := range declared {
		if name == text.name {
			return text.variables, true
		}
		for _, regime := range text.regimes() {
			if name == text.name+"."+string(regime) {
				return text.variables, true
			}
		}
	}
	return nil, false
}

// parseTemplate cuts a text at its variables and its bold marks.
func parseTemplate(text string, variables []string) (template, error) {
	if strings.TrimSpace(text) == "" {
		return nil, errors.New("empty")
	}
	if len(text) > textBytesMax || !utf8.ValidString(text) {
		return nil, errors.New("too long, or not UTF-8")
	}
	var parsed template
	bold := false
	for i, stretch := range strings.Split(typeset(text), "**") {
		if i > 0 {
			bold = !bold
		}
		pieces, err := parseStretch(stretch, variables, bold)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, pieces...)
	}
	if bold {
		return nil, errors.New("bold type is not closed")
	}
	return parsed, nil
}

func parseStretch(stretch string, variables []string, bold bool) ([]piece, error) {
	var pieces []piece
	for stretch != "" {
		fixed, rest, opened := strings.Cut(stretch, "{")
		if strings.Contains(fixed, "}") {
			return nil, errors.New("} without {")
		}
		for _, r := range fixed {
			if !Printable(r) {
				return nil, fmt.Errorf("character %U cannot be printed", r)
			}
		}
		if fixed != "" {
			pieces = append(pieces, piece{fixed: fixed, bold: bold})
		}
		if !opened {
			break
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			return nil, errors.New("{ without }")
		}
		name, optional := strings.CutSuffix(strings.TrimSuffix(name, narrow+"?"), "?")
		if !slices.Contains(variables, name) {
			return nil, fmt.Errorf("unknown variable %q", name)
		}
		pieces = append(pieces, piece{variable: name, optional: optional, bold: bold})
		stretch = after
	}
	return pieces, nil
}

// values are the variables of one text.
type values map[string]string

// fill writes a text with its variables. A variable that must not be empty and is refuses the letter.
func (w *Wording) fill(name string, regime law.Debtor, given values) (Text, error) {
	found, ok := w.find(name, regime)
	if !ok {
		return nil, fmt.Errorf("%w: missing text %q for %s", ErrWording, name, regime)
	}
	var text Text
	stretch, bold := "", false
	for _, piece := range found {
		if piece.bold != bold {
			text, stretch, bold = raise(text, stretch, bold), "", piece.bold
		}
		if piece.variable == "" {
			stretch += piece.fixed
			continue
		}
		value := given[piece.variable]
		if value == "" && !piece.optional {
			return nil, refuse(VariableEmpty, piece.variable, "empty in text %q", name)
		}
		stretch += value
	}
	return raise(text, stretch, bold), nil
}
