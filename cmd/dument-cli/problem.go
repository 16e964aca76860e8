package main

import (
	"context"
	"encoding/json"
	"errors"

	"dument/app"
)

// Exit statuses of the contract.
const (
	exitDone    = 0
	exitPartial = 1 // ran but could not do all of it, or found damage
	exitUsage   = 2
	exitLedger  = 3 // missing, locked, newer than the program, damaged
	exitMailbox = 4
	exitRefused = 5 // by a legal or safety rule
)

// usageError is a wrong use of the companion itself.
type usageError struct {
	field string
	text  words
}

func usage(field string, text words) error { return &usageError{field: field, text: text} }

func (e *usageError) Error() string { return "usage: " + e.field + ": " + e.text.en }

// Text words the error.
func (e *usageError) Text(language string) string { return e.text.in(language) }

// outcome is the end of a command that did a part of what was asked. Without a cause, its result was
// printed already and says why.
type outcome struct {
	status int
	text   words
	cause  error
}

func (o *outcome) Error() string { return "outcome: " + o.text.en }

func (o *outcome) Unwrap() error { return o.cause }

// Text words the outcome.
func (o *outcome) Text(language string) string { return o.text.in(language) }

// interrupted is what a command that was stopped says.
var interrupted = words{
	"commande interrompue : un signal l’a arrêtée : rien de plus n’a été enregistré, recommencez-la",
	"command interrupted: a signal stopped it: nothing more was recorded, run it again"}

// textOf words any error, on one line: what: why: what to do.
func textOf(err error, language string) string {
	var worded interface{ Text(language string) string }
	switch {
	case errors.As(err, &worded):
		return oneLine(worded.Text(language))
	case errors.Is(err, context.Canceled):
		return interrupted.in(language)
	}
	return oneLine(app.Text(err, language))
}

// codeOf is the stable code and field of an error.
func codeOf(err error) (code, field string) {
	var wrong *usageError
	switch {
	case errors.As(err, &wrong):
		return "usage", wrong.field
	case errors.Is(err, context.Canceled):
		return "interrupted", ""
	}
	known := app.AsError(err)
	return string(known.Code), known.Field
}

// statusOf maps an error to the contract's exit statuses.
func statusOf(err error) int {
	var known *app.Error
	var wrong *usageError
	var ended *outcome
	switch {
	case errors.As(err, &ended):
		return ended.status
	case errors.As(err, &wrong):
		return exitUsage
	case !errors.As(err, &known):
		return exitPartial
	}
	switch known.Code {
	case app.CodeInvalid, app.CodeNotFound, app.CodeConflict, app.CodeLedgerExists, app.CodeFile, app.CodeFormat:
		return exitUsage
	case app.CodeLedgerMissing, app.CodeLedgerLocked, app.CodeLedgerNewer, app.CodeLedgerDamaged,
		app.CodeLedgerReadOnly:
		return exitLedger
	case app.CodeMailbox:
		return exitMailbox
	case app.CodeRefused, app.CodeRateMissing:
		return exitRefused
	}
	return exitPartial
}

type jsonError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Field   string `json:"field"`
}

// fail reports an error and returns the exit status.
func (c *call) fail(err error) int {
	text := textOf(err, c.lang)
	c.note("error: " + text)
	var ended *outcome
	if c.json && (!errors.As(err, &ended) || ended.cause != nil) {
		c.emitError(err, text)
	}
	return statusOf(err)
}

func (c *call) emitError(err error, text string) {
	code, field := codeOf(err)
	line, marshalErr := json.Marshal(map[string]jsonError{"error": {Code: code, Message: text, Field: field}})
	if marshalErr == nil {
		c.write(string(line) + "\n")
	}
}
