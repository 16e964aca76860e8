package app

import (
	"errors"

	"dument/app/law"
	"dument/app/ledger"
	"dument/app/letter"
)

// fieldProblem classifies the errors of the value packages.
func fieldProblem(err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	var field *ledger.FieldError
	if errors.As(err, &field) {
		return &Error{Code: CodeInvalid, Field: field.Field, Detail: field.Code, Params: field.Params, Err: err}
	}
	var missing *law.MissingRateError
	if errors.As(err, &missing) {
		return &Error{Code: CodeRateMissing, Params: []string{missing.Semester.String()}, Err: err}
	}
	var refusal *letter.Refusal
	if errors.As(err, &refusal) {
		return &Error{Code: CodeRefused, Detail: string(refusal.Code), Field: refusal.Field,
			Params: []string{refusal.Detail}, Err: err}
	}
	return err
}
