package model

import (
	"unicode"

	"dument/app"
	"dument/app/date"
	"dument/app/dunning"
	"dument/app/money"
	"dument/gui/words"
)

// FactLine is one line of an invoice's history as written. Current marks what is proposed today.
type FactLine struct {
	Date    string
	Line    Line
	Current bool
}

// factIcons are the icons of the facts that have one look whatever they say.
var factIcons = map[string]Icon{
	"issued": "send", "fell_due": "calendar", "credited": "undo", "letter": "letter", "letter_posted": "stamp",
	"letter_presented": "box", "letter_delivered": "check", "letter_returned": "warn",
}

// FactsOf writes the history of an invoice, the newest last.
func FactsOf(w *words.Words, facts []app.Fact, currency money.Currency) []FactLine {
	lines := make([]FactLine, 0, len(facts)+1)
	for _, fact := range facts {
		lines = append(lines, FactLine{Date: Day(fact.On), Line: factLine(w, fact, currency)})
	}
	return lines
}

// NextFact is the line after the history: the step proposed on the day, or planned for a later one.
func NextFact(w *words.Words, next dunning.Action, on date.Date) FactLine {
	step := StepName(w, next.Step.ID)
	if next.Date.After(on) {
		return FactLine{Date: Day(next.Date), Current: true,
			Line: Line{"clock", w.T("todo.planned", step), Soft}}
	}
	line := Line{stepIcon(next.Step), w.T("todo.proposed", step), Plain}
	if len(next.Blockers) > 0 {
		line = Line{"pause", w.T("todo.held.back", step), Warn}
	}
	return FactLine{Date: Day(on), Current: true, Line: line}
}

func factLine(w *words.Words, fact app.Fact, currency money.Currency) Line {
	param := func(i int) string {
		if i < len(fact.Params) {
			return fact.Params[i]
		}
		return ""
	}
	amount := func(i int) string {
		cents, err := money.Parse(param(i))
		if err != nil {
			return param(i)
		}
		return Amount(w, cents, currency)
	}
	key := "invoices.fact." + fact.Code
	switch fact.Code {
	case "credited":
		return Line{"undo", w.T(key, param(0), amount(1)), Soft}
	case "paid":
		return Line{"pay", w.T(key, amount(0)), OK}
	case "announced":
		if param(0) == money.Cents(0).String() {
			return Line{"speech", w.T(key + ".unknown"), Warn}
		}
		return Line{"speech", w.T(key, amount(0)), Warn}
	case "contact":
		text := w.T(key, capital(StepName(w, param(0))))
		if note := param(2); note != "" {
			text = w.T("invoices.fact.contact.note", capital(StepName(w, param(0))), note)
		}
		return Line{channelIcon(dunning.Channel(param(1))), text, Plain}
	case "letter_returned":
		return Line{"warn", w.T(key, param(0), w.T("invoices.returned."+param(1))), Warn}
	case "letter_delivered":
		return Line{"check", w.T(key, param(0)), OK}
	}
	return Line{factIcons[fact.Code], w.T(key, param(0)), Plain}
}

// StepName is a step of a scenario in words, in lower case; a step of the user's own shows its name.
func StepName(w *words.Words, id string) string {
	if key := "todo.step." + id; w.Known(key) {
		return w.T(key)
	}
	return id
}

func stepIcon(step dunning.Step) Icon {
	if step.ID == dunning.StepFormalNotice {
		return "letter"
	}
	return channelIcon(step.Channel)
}

func channelIcon(channel dunning.Channel) Icon {
	switch channel {
	case dunning.Phone:
		return "phone"
	case dunning.Letter, dunning.Registered:
		return "letter"
	case dunning.Handover:
		return "case"
	}
	return "mail"
}

// capital writes the first letter of a sentence.
func capital(text string) string {
	for i, letter := range text {
		return string(unicode.ToUpper(letter)) + text[i+len(string(letter)):]
	}
	return text
}
