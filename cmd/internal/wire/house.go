package wire

import (
	"context"
	"errors"
	"fmt"

	"dument/app"
	"dument/app/exchange"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/letter"
	"dument/app/notice"
	assetslaw "dument/assets/law"
	assetsletter "dument/assets/letter"
	assetsnotice "dument/assets/notice"
	"dument/storage"
)

// Options are what a program hands to the wiring.
type Options struct {
	Paths Paths
	// Clock gives the instant; the programs hand time.Now.
	Clock app.Clock
	// Getenv reads the environment, for DUMENT_IMAP_PASSWORD.
	Getenv func(string) string
	// BusyMillisecondsMax is how long to wait for another process; 0 for the store's own five seconds.
	BusyMillisecondsMax int
}

func (o Options) storage() storage.Options {
	return storage.Options{StateDir: o.Paths.State, Clock: o.Clock, BusyMillisecondsMax: o.BusyMillisecondsMax}
}

// House is an open ledger with everything around it.
type House struct {
	App     *app.App
	Store   *storage.Store
	Secrets app.Secrets
	options Options
}

// Open opens the ledger of options.Paths. Errors are classified as the ones of storage.Open.
func Open(ctx context.Context, options Options) (*House, error) {
	store, err := storage.Open(ctx, options.Paths.Ledger, options.storage())
	if err != nil {
		return nil, err
	}
	return furnish(store, options)
}

// Create makes the ledger of options.Paths with its first settings; it never overwrites.
func Create(ctx context.Context, options Options, settings ledger.Settings) (*House, error) {
	settings = settings.WithDefaults()
	if err := checkSettings(settings); err != nil {
		return nil, err
	}
	store, err := storage.Create(ctx, options.Paths.Ledger, options.storage(), settings)
	if err != nil {
		return nil, err
	}
	return furnish(store, options)
}

func checkSettings(settings ledger.Settings) error {
	err := settings.Validate()
	var field *ledger.FieldError
	if errors.As(err, &field) {
		return &app.Error{Code: app.CodeInvalid, Field: field.Field, Detail: field.Code, Params: field.Params, Err: err}
	}
	return err
}

// Restore puts a verified copy in the place of the ledger of options.Paths, which nobody may have open.
// What was there is kept under the returned name.
func Restore(ctx context.Context, options Options, from string) (info app.BackupInfo, kept string, err error) {
	return storage.Restore(ctx, from, options.Paths.Ledger, options.storage())
}

// furnish puts the use cases on top of a store. The embedded data is part of the binary: when it is not
// sound, the program is not.
func furnish(store *storage.Store, options Options) (*House, error) {
	params, err := parts()
	if err != nil {
		return nil, errors.Join(&app.Error{Code: app.CodeInternal, Err: err}, store.Close())
	}
	params.Store, params.Clock = store, options.Clock
	return &House{App: app.New(params), Store: store, Secrets: NewKeyring(), options: options}, nil
}

// parts makes all of an App that does not depend on a ledger.
func parts() (params app.Params, err error) {
	if params.Rates, err = law.ParseRates(assetslaw.ECB, assetslaw.Legal); err != nil {
		return params, fmt.Errorf("rates: %w", err)
	}
	if params.Senders, err = notice.ParseRegistry(assetsnotice.Senders); err != nil {
		return params, fmt.Errorf("senders: %w", err)
	}
	if params.Wording, err = letter.ParseWording(assetsletter.French); err != nil {
		return params, fmt.Errorf("wording: %w", err)
	}
	params.Printer, params.Tables, params.Exporter = &printer{}, tables{}, exchange.Folder{Program: Version}
	return params, nil
}

// Close gives the ledger back.
func (h *House) Close() error { return h.Store.Close() }
