package exchange

import (
	"strconv"
	"strings"
)

// Finding is what a reader has to say about one row. Code and Field are stable; Text is for people.
type Finding struct {
	Line   int      // of the file, from 1
	Field  string   // the code of a Role, or empty when the whole row is meant
	Code   string   // a key of the wording table
	Value  string   // what the file says there, shortened and on one line
	Params []string // further values for the wording
}

// Rejection is a finding because of which a row was not taken.
type Rejection = Finding

// Text says what is wrong, why, and what to do, in "fr" or "en"; the line is left to the caller.
func (f Finding) Text(language string) string {
	return spell(rowWording, f.Code, language, f.Field, f.Value, f.Params)
}

// FileError says why a whole file cannot be read as a table of invoices.
type FileError struct {
	Code   string // a key of the wording table
	Params []string
}

func (e *FileError) Error() string {
	return "exchange: " + strings.Join(append([]string{e.Code}, e.Params...), ": ")
}

// Text says what is wrong, why, and what to do, in "fr" or "en".
func (e *FileError) Text(language string) string {
	params := e.Params
	field := ""
	if len(params) > 0 && (e.Code == "column_missing" || e.Code == "column_twice") {
		field, params = params[0], params[1:]
	}
	return spell(fileWording, e.Code, language, field, "", params)
}

// wording is one sentence in the two languages. {field}, {value}, {1}, {2} … are replaced.
type wording struct{ french, english string }

func spell(table map[string]wording, code, language, field, value string, params []string) string {
	said, known := table[code]
	if !known {
		return code
	}
	text, name := said.english, fieldNames[field].english
	if language == "fr" {
		text, name = said.french, fieldNames[field].french
	}
	replace := []string{"{field}", name, "{value}", value}
	for i, param := range params {
		replace = append(replace, "{"+strconv.Itoa(i+1)+"}", param)
	}
	return strings.NewReplacer(replace...).Replace(text)
}
