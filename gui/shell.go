// Package gui is the window: a rail of places, one screen at a time, a status line.
//
// A screen is a thin view over a model of package gui/model, which knows no Fyne: the model turns what
// the use cases return into rows, texts and tones, and the view shows them. Work that reads the ledger
// or the network runs on a worker (Shell.Load, Shell.Do) and comes back through one dispatcher; what
// the user can do stands in one table of actions, from which menus, shortcuts and buttons are made.
package gui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"dument/app"
	"dument/app/date"
	"dument/gui/action"
	"dument/gui/kit"
	"dument/gui/theme"
	"dument/gui/words"
)

// Params is what a window needs. Everything is required but Tour.
type Params struct {
	App    *app.App
	Inbox  app.Inbox
	Fyne   fyne.App
	Window fyne.Window
	Words  *words.Words
	// Today gives the civil day; it is asked again whenever the window refreshes.
	Today func() date.Date
	Now   func() time.Time
	// Dispatch runs a function on the goroutine of the interface; Clock calls one later.
	Dispatch kit.Dispatch
	Clock    kit.Clock
	// OpenFile shows a document with the system's viewer, under a name that tells what it is.
	OpenFile func(name string, content []byte) error
	// SaveFile asks where to save a document and writes it; the returned path is empty when the user
	// changed her mind.
	SaveFile func(name string, content []byte, done func(path string, err error))
	// ChooseFile asks for a file and hands its name and content over.
	ChooseFile func(extensions []string, done func(name string, content []byte, err error))
	// About is the text of the licences, Version the program's.
	About   string
	Version string
	// Places are sentences that say where the program keeps its files, for the page About.
	Places []string
	// Example makes or opens the example ledger; the program starts again with it.
	Example func() error
	// First is true when the ledger was just made: the window begins with the first steps.
	First bool
}

// Shell is the window around the screens.
type Shell struct {
	Params

	ctx     context.Context
	stop    context.CancelFunc
	rail    *kit.Rail
	status  *kit.StatusBar
	toasts  *kit.Toasts
	actions *action.Table
	stage   *fyne.Container
	screens []screen
	current screen
	mode    theme.Mode
	folded  bool  // the user's choice for the rail; a small window folds it by itself
	version int64 // of the ledger, as last shown
	working int   // writes under way
	loading int   // readings under way
}

// screen is one place of the window. Its methods run on the goroutine of the interface.
type screen interface {
	// id names the place: todo, invoices, clients, letters, payments, settings.
	id() string
	// content is built once.
	content() fyne.CanvasObject
	// refresh loads what the screen shows, in the background, and shows it when it has come. It is
	// called when the screen is shown and when the ledger changed.
	refresh()
	// focus gives the keyboard to the screen's main list.
	focus()
	// narrow tells the screen whether the window is too narrow for a panel at the right.
	narrow(isNarrow bool)
}

// Load runs read on a worker and show on the interface's goroutine with what came of it, unless a
// later Load of the same generation counter was started meanwhile.
func Load[T any](s *Shell, generation *int, read func(ctx context.Context) (T, error), show func(T, error)) {
	*generation++
	s.loading++
	mine := *generation
	go func() {
		result, err := read(s.ctx)
		s.Dispatch(func() {
			s.loading--
			if mine == *generation {
				show(result, err)
			}
		})
	}()
}

// Do runs a change on a worker; done runs on the interface's goroutine. An error is shown as a toast
// and done is not called. While it runs, Busy is true and the same button does nothing.
func (s *Shell) Do(change func(ctx context.Context) error, done func()) {
	if s.working > 0 {
		return
	}
	s.working++
	go func() {
		err := change(s.ctx)
		s.Dispatch(func() {
			s.working--
			if s.ctx.Err() != nil {
				return
			}
			if err != nil {
				s.Say(app.Text(err, s.Words.Language), "", nil)
				return
			}
			if done != nil {
				done()
			}
		})
	}()
}

// Say shows a message at the foot of the window, with at most one action (an undo, most of the time).
func (s *Shell) Say(text, actionText string, run func()) { s.toasts.Say(text, actionText, run) }

// T and N are the window's texts.
func (s *Shell) T(key string, params ...string) string { return s.Words.T(key, params...) }

// N is a text with a number.
func (s *Shell) N(key string, n int, params ...string) string { return s.Words.N(key, n, params...) }
