package model

import (
	"strconv"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/gui/words"
)

// KeepingDays is how long the post office keeps a registered letter after the notice of its
// presentation (La Poste, specific terms of the registered letter).
const KeepingDays = 15

// LetterLine is a letter in the queue.
type LetterLine struct {
	Number string
	Client string
	Kind   string
	Total  string
	State  Line
}

// LettersView is the queue of letters. Counts are those of the two filters, whichever is on.
type LettersView struct {
	Lines     []LetterLine
	OpenCount string
	AllCount  string
	// Empty is what is said when no letter is shown, EmptyMore what to do about it.
	Empty, EmptyMore string
}

// NewLetters writes the queue: every letter, or those whose way has not ended.
func NewLetters(w *words.Words, rows []app.LetterRow, on date.Date, all bool) LettersView {
	view := LettersView{AllCount: strconv.Itoa(len(rows))}
	open := 0
	for _, row := range rows {
		way := !arrivedLetter(row.State)
		if way {
			open++
		}
		if all || way {
			view.Lines = append(view.Lines, LetterLine{Number: row.Letter.Number, Client: row.Client.Name,
				Kind: letterKind(w, row.Letter.Kind), Total: Euros(w, row.Letter.Total),
				State: letterState(w, row.State, on)})
		}
	}
	view.OpenCount = strconv.Itoa(open)
	switch {
	case len(view.Lines) > 0:
	case len(rows) == 0:
		view.Empty, view.EmptyMore = w.T("letters.empty"), w.T("letters.empty.more")
	default:
		view.Empty, view.EmptyMore = w.T("letters.empty.open"), w.T("letters.empty.open.more")
	}
	return view
}

func letterKind(w *words.Words, kind ledger.LetterKind) string {
	return w.T("letters.kind." + string(kind))
}

// arrivedLetter says whether a letter's way has ended, one way or the other.
func arrivedLetter(state ledger.LetterMade) bool {
	return !state.Delivered.IsZero() || !state.Returned.IsZero()
}

// letterState is where a letter is, in one line.
func letterState(w *words.Words, state ledger.LetterMade, on date.Date) Line {
	keptUntil := state.Presented.AddDays(KeepingDays)
	switch {
	case state.Invalid:
		return Line{"warn", w.T("letters.state.invalid", dayInYear(state.Returned, on)), Late}
	case !state.Returned.IsZero():
		return Line{"check", w.T("letters.state.returned", dayInYear(state.Returned, on)), OK}
	case !state.Delivered.IsZero():
		return Line{"check", w.T("letters.state.delivered", dayInYear(state.Delivered, on)), OK}
	case !state.Presented.IsZero() && on.After(keptUntil):
		return Line{"warn", w.T("letters.state.overdue"), Warn}
	case !state.Presented.IsZero():
		return Line{"clock", w.T("letters.state.presented", dayInYear(state.Presented, on)), Warn}
	case !state.Posted.IsZero():
		return Line{"stamp", w.T("letters.state.posted", dayInYear(state.Posted, on)), Soft}
	}
	return Line{"pencil", w.T("letters.state.made"), Warn}
}

// dayInYear writes a date of the present year without its year, where there is little room.
func dayInYear(day, on date.Date) string {
	if day.Year() == on.Year() {
		return Day(day)[:5]
	}
	return Day(day)
}
