package model

import (
	"strings"

	"dument/app"
	"dument/app/law"
	"dument/app/money"
	"dument/gui/words"
)

// LetterCure is where what keeps a letter from being made can be put right.
type LetterCure string

// Cures of a refusal.
const (
	CureNone     LetterCure = ""
	CureClient   LetterCure = "client"
	CureSettings LetterCure = "settings"
	CurePayments LetterCure = "payments"
	CureDeadline LetterCure = "deadline"
)

// PreparedView is the panel of a letter to come: what it claims and what is to be known before it is
// made, or why it cannot be.
type PreparedView struct {
	Title, Subtitle string
	Facts           []Fact
	TotalLabel      string
	Total           string
	Notes           []Line
	// Ready is true when the letter can be made.
	Ready    bool
	Refusal  string
	Cure     LetterCure
	CureText string
	// Client is the debtor's name, empty when it is not known.
	Client string
}

// NewPrepared writes the panel of a letter that could be made now.
func NewPrepared(w *words.Words, prepared app.PreparedLetter) PreparedView {
	content := prepared.Content
	view := PreparedView{Title: w.T("letters.prepare.title", content.Number), Client: prepared.Client.Name,
		Subtitle:   w.T("letters.subtitle", w.T("letters.kind."+string(content.Kind)), prepared.Client.Name),
		TotalLabel: w.T("letters.prepare.total", Day(content.On)), Total: Euros(w, content.Total), Ready: true}
	for _, part := range []struct {
		key   string
		cents money.Cents
	}{{"letters.prepare.principal", content.Principal}, {"letters.prepare.interest", content.Interest},
		{"letters.prepare.indemnity", content.Indemnity}, {"letters.prepare.costs", content.Costs}} {
		if part.cents != 0 {
			view.Facts = append(view.Facts, Fact{w.T(part.key), Figure(w, part.cents), Plain})
		}
	}
	for _, warning := range prepared.Warnings {
		view.Notes = append(view.Notes, warningLine(w, warning))
	}
	view.Notes = distinct(view.Notes)
	if prepared.Client.Kind == law.Consumer {
		view.Notes = append(view.Notes, Line{"info", w.T("letters.prepare.consumer"), Soft})
	}
	view.Notes = append(view.Notes, Line{"lock", w.T("letters.prepare.frozen"), Soft})
	return view
}

func warningLine(w *words.Words, warning law.Warning) Line {
	if warning.Code == law.WarningBelowFloor {
		return Line{"warn", w.T("letters.warning.floor", warning.Rate.Percent(w.Language),
			warning.Limit.Percent(w.Language), warning.Semester.String()), Warn}
	}
	return Line{"warn", warning.Code, Warn}
}

func distinct(lines []Line) (kept []Line) {
	seen := map[Line]bool{}
	for _, line := range lines {
		if !seen[line] {
			seen[line] = true
			kept = append(kept, line)
		}
	}
	return kept
}

// RefusedLetter says why a letter cannot be made and where that is put right.
func RefusedLetter(w *words.Words, numbers []string, err error) PreparedView {
	view := PreparedView{Title: w.T("letters.prepare.refused"), Subtitle: strings.Join(numbers, ", "),
		Refusal: capital(app.Text(err, w.Language)), Cure: cureOf(app.AsError(err))}
	if view.Cure != CureNone {
		view.CureText = w.T("letters.cure." + string(view.Cure))
	}
	return view
}

func cureOf(err *app.Error) LetterCure {
	switch {
	case err.Code == app.CodeRateMissing:
		return CureSettings
	case err.Code == app.CodeInvalid && err.Field == "deadline":
		return CureDeadline
	case err.Code != app.CodeRefused:
		return CureNone
	}
	switch err.Detail {
	case "payment_to_match":
		return CurePayments
	case "insolvency", "consumer_fee":
		return CureClient
	case "deadline_not_after":
		return CureDeadline
	case "iban_invalid", "status_unknown", "mediator_missing", "legal_rate_missing", "payment_code_too_long":
		return CureSettings
	}
	switch {
	case strings.HasPrefix(err.Field, "debtor"):
		return CureClient
	case strings.HasPrefix(err.Field, "creditor"):
		return CureSettings
	}
	return CureNone
}
