// Package app holds the use cases: one method is one intention of the user. The window and the
// companion call the same methods, so that what one does the other does too.
//
// Every method takes the day as a parameter. Methods that change something write their facts and one
// journal entry in one transaction, and return once it is on disk. Errors are *Error, classified
// once; their wording is in Text.
package app

import (
	"context"
	"sync"

	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/letter"
	"dument/app/notice"
)

// Params is what an App is made of. Everything is required but Secrets.
type Params struct {
	Store    Store
	Clock    Clock
	Rates    *law.Rates       // the shipped table; the user's own entries are in the ledger
	Wording  *letter.Wording  // the text of the letters
	Senders  *notice.Registry // what is known of banks and payment providers
	Printer  Printer
	Tables   TableReader
	Exporter Exporter
}

// App is the program without its faces. Its methods may be called from any goroutine.
type App struct {
	Params

	mu        sync.Mutex
	listeners map[int]func()
	nextID    int
	index     keptIndex
}

// New makes an App; a missing part is a defect of the wiring and panics.
func New(params Params) *App {
	if params.Store == nil || params.Clock == nil || params.Rates == nil || params.Wording == nil ||
		params.Senders == nil || params.Printer == nil || params.Tables == nil || params.Exporter == nil {
		panic("app: a part is missing")
	}
	return &App{Params: params, listeners: map[int]func(){}}
}

// OnChange calls listen after every change that this process makes, on the goroutine that made it.
// The returned function ends it. Changes of other processes show in Store.Version.
func (a *App) OnChange(listen func()) (stop func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	id := a.nextID
	a.nextID++
	a.listeners[id] = listen
	return func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		delete(a.listeners, id)
	}
}

// update runs one transaction and announces it.
func (a *App) update(ctx context.Context, op string, write func(Writer) error) error {
	if err := a.Store.Update(ctx, write); err != nil {
		return wrap(op, err)
	}
	a.mu.Lock()
	listeners := make([]func(), 0, len(a.listeners))
	for _, listen := range a.listeners {
		listeners = append(listeners, listen)
	}
	a.mu.Unlock()
	for _, listen := range listeners {
		listen()
	}
	return nil
}

// rates is the shipped table with what the user entered.
func (a *App) rates(r Reader) (*law.Rates, error) {
	entries, err := r.Rates()
	if err != nil {
		return nil, err
	}
	rates := a.Params.Rates
	for _, entry := range entries {
		if rates, err = rates.With(entry); err != nil {
			return nil, &Error{Code: CodeLedgerDamaged, Detail: "bad_rate", Err: err}
		}
	}
	return rates, nil
}

// Settings returns the settings in force.
func (a *App) Settings(ctx context.Context) (settings ledger.Settings, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		settings, err = r.Settings()
		return err
	})
	return settings, wrap("read settings", err)
}

// ApplySettings replaces the settings. Every version stays in the ledger.
func (a *App) ApplySettings(ctx context.Context, on date.Date, settings ledger.Settings) error {
	_, err := a.ChangeSettings(ctx, on, func(ledger.Settings) (ledger.Settings, error) { return settings, nil })
	return err
}

// ChangeSettings puts in force what change makes of the settings, and returns it. They are read and written
// in one transaction: what another program changed in the meantime is never put back. An error of change,
// or settings that are not valid, change nothing.
func (a *App) ChangeSettings(ctx context.Context, on date.Date,
	change func(current ledger.Settings) (ledger.Settings, error)) (settings ledger.Settings, err error) {
	err = a.update(ctx, "apply settings", func(w Writer) error {
		current, err := w.Settings()
		if err != nil {
			return err
		}
		if settings, err = change(current); err != nil {
			return err
		}
		settings = settings.WithDefaults()
		if err := settings.Validate(); err != nil {
			return fieldProblem(err)
		}
		return w.Record(ledger.EntrySettings, on, func(int64) (any, error) {
			return nil, w.SaveSettings(settings)
		})
	})
	return settings, err
}

// Rates returns the table of rates in force, the user's entries over the shipped ones.
func (a *App) Rates(ctx context.Context) (rates *law.Rates, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		rates, err = a.rates(r)
		return err
	})
	return rates, wrap("read rates", err)
}

// SetRate enters the rates of a half-year.
func (a *App) SetRate(ctx context.Context, on date.Date, entry law.RateEntry) error {
	if entry.ECB == nil && entry.Professional == nil && entry.Individual == nil {
		return invalid("rate", "empty")
	}
	return a.update(ctx, "set rate", func(w Writer) error {
		rates, err := a.rates(w)
		if err != nil {
			return err
		}
		if _, err := rates.With(entry); err != nil {
			return &Error{Code: CodeInvalid, Field: "rate", Detail: "not_a_rate", Err: err}
		}
		return w.Record(ledger.EntryRate, on, func(int64) (any, error) {
			return map[string]string{"semester": entry.Semester.String()}, w.SaveRate(entry)
		})
	})
}

// Verify checks the whole ledger; ok is false as soon as one check failed.
func (a *App) Verify(ctx context.Context) (checks []Check, ok bool, err error) {
	checks, err = a.Store.Verify(ctx)
	ok = err == nil
	for _, check := range checks {
		ok = ok && check.OK
	}
	return checks, ok, wrap("verify", err)
}

// Backup writes a verified copy.
func (a *App) Backup(ctx context.Context, path string) (BackupInfo, error) {
	info, err := a.Store.Backup(ctx, path)
	return info, wrap("back up", err)
}
