// Package model turns what the use cases return into what the screens show: rows, texts, tones,
// counts, and which actions make sense. It knows no Fyne, so that its rules are tested without a
// window.
package model

import (
	"time"

	"dument/app"
	"dument/app/date"
	"dument/app/money"
	"dument/gui/words"
)

// Tone is the meaning of a colour. Nothing is said by a tone alone: a word or an icon stands with it.
type Tone int

// Tones.
const (
	Plain Tone = iota
	Soft
	Faint
	Late
	Warn
	OK
	Accent
)

// Icon names one of the program's icons, by its file name.
type Icon string

// Line is a short text with its icon and tone.
type Line struct {
	Icon Icon
	Text string
	Tone Tone
}

// Amount writes an amount with its unit.
func Amount(w *words.Words, cents money.Cents, currency money.Currency) string {
	return cents.Format(currency, w.Language)
}

// Euros writes an amount in euros with the sign.
func Euros(w *words.Words, cents money.Cents) string { return cents.Format(money.EUR, w.Language) }

// Figure writes an amount for a column whose head says the unit.
func Figure(w *words.Words, cents money.Cents) string { return cents.Figure(w.Language) }

// Day writes a date for a column.
func Day(day date.Date) string { return day.Short() }

// Ago says how long ago an instant was, in minutes, hours or days.
func Ago(w *words.Words, then, now time.Time) string {
	elapsed := now.Sub(then)
	switch {
	case elapsed < 2*time.Minute:
		return w.T("time.now")
	case elapsed < 2*time.Hour:
		return w.N("time.minutes", int(elapsed.Minutes()))
	case elapsed < 48*time.Hour:
		return w.N("time.hours", int(elapsed.Hours()))
	}
	return w.N("time.days", int(elapsed.Hours()/24))
}

// InboxLine words the state of the watcher for the status line.
func InboxLine(w *words.Words, state app.InboxState, now time.Time) Line {
	read := ""
	if !state.LastRead.IsZero() {
		read = w.T("inbox.read", Ago(w, state.LastRead, now))
	}
	switch state.Phase {
	case app.InboxOff, app.InboxStopped, "":
		return Line{"mail", w.T("inbox.off"), Soft}
	case app.InboxElsewhere:
		return Line{"mail", w.T("inbox.elsewhere"), Soft}
	case app.InboxConnecting:
		return Line{"refresh", w.T("inbox.connecting"), Soft}
	case app.InboxReading:
		return Line{"refresh", w.T("inbox.reading"), Soft}
	case app.InboxWatching, app.InboxPolling:
		if read == "" {
			read = w.T("inbox.watching")
		}
		return Line{"mail", read, Soft}
	case app.InboxWaiting:
		return Line{"warn", w.T("inbox.waiting", app.Text(state.Err, w.Language)), Warn}
	}
	return Line{"warn", w.T("inbox.failed", app.Text(state.Err, w.Language)), Late}
}
