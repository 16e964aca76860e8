package app

import (
	"errors"
	"fmt"
	"strings"
)

// Code classifies an error once, for every face of the program: the wording (see Text), the exit
// status of the companion and the reaction of the window hang on it. Codes are stable.
type Code string

// Codes of errors.
const (
	CodeInvalid        Code = "invalid"          // a field is wrong; Field names it
	CodeNotFound       Code = "not_found"        // no such client, invoice, letter, message
	CodeConflict       Code = "conflict"         // it exists already, or facts changed meanwhile
	CodeLedgerMissing  Code = "ledger_missing"   // no file there
	CodeLedgerExists   Code = "ledger_exists"    // a file is there already
	CodeLedgerLocked   Code = "ledger_locked"    // another program holds it
	CodeLedgerNewer    Code = "ledger_newer"     // written by a later version of the program
	CodeLedgerDamaged  Code = "ledger_damaged"   // not sound, or not a ledger
	CodeLedgerReadOnly Code = "ledger_read_only" // the file or its folder can't be written
	CodeDiskFull       Code = "disk_full"        // no room left
	CodeFile           Code = "file"             // a file of the user can't be read or written
	CodeFormat         Code = "format"           // a file of the user is not what it should be
	CodeRefused        Code = "refused"          // the law or a safety rule says no
	CodeRateMissing    Code = "rate_missing"     // a half-year has no known rate
	CodeMailbox        Code = "mailbox"          // the network or the mailbox; Detail has the fault
	CodeInternal       Code = "internal"         // a defect of the program
)

// Error is an error that a user may see. Detail refines Code (for instance "amount_ambiguous" or
// "mediator_missing"); Params are the values that its wording needs.
type Error struct {
	Code   Code
	Detail string
	Field  string
	Params []string
	Op     string // what was being done, in English, for the log
	Err    error
}

func (e *Error) Error() string {
	var text strings.Builder
	if e.Op != "" {
		text.WriteString(e.Op + ": ")
	}
	text.WriteString(string(e.Code))
	for _, part := range append([]string{e.Detail, e.Field}, e.Params...) {
		if part != "" {
			text.WriteString(" " + part)
		}
	}
	if e.Err != nil {
		text.WriteString(": " + e.Err.Error())
	}
	return text.String()
}

func (e *Error) Unwrap() error { return e.Err }

// AsError finds the classified error in err. An error that nobody classified is a defect of the
// program and comes back as CodeInternal.
func AsError(err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	return &Error{Code: CodeInternal, Err: err}
}

// HasCode reports whether err is classified as code.
func HasCode(err error, code Code) bool {
	var known *Error
	return errors.As(err, &known) && known.Code == code
}

func notFound(field, value string) error {
	return &Error{Code: CodeNotFound, Field: field, Params: []string{value}}
}

func invalid(field, detail string, params ...string) error {
	return &Error{Code: CodeInvalid, Field: field, Detail: detail, Params: params}
}

func refused(detail string, params ...string) error {
	return &Error{Code: CodeRefused, Detail: detail, Params: params}
}

// wrap adds the operation to an error and keeps its class.
func wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", op, err)
}
