package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"dument/app"
)

// Backup implements app.Store: a consistent copy, checked from end to end before it gets its name.
// The copy's file must not exist.
func (s *Store) Backup(ctx context.Context, path string) (info app.BackupInfo, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return info, classify("back up ledger", err)
	}
	if _, err := os.Lstat(path); err == nil {
		return info, &app.Error{Code: app.CodeLedgerExists, Op: "back up ledger", Params: []string{path}}
	}
	folder, err := os.MkdirTemp(filepath.Dir(path), ".copy-*")
	if err != nil {
		return info, classify("back up ledger", err)
	}
	defer os.RemoveAll(folder)
	temporary := filepath.Join(folder, "copy.dument")
	// A writer's connection: VACUUM is refused to readers, although it only reads this file.
	if _, err := s.writer.ExecContext(ctx, `VACUUM INTO ?`, temporary); err != nil {
		return info, classify("back up ledger", err)
	}
	if err := os.Chmod(temporary, 0o600); err != nil {
		return info, classify("back up ledger", err)
	}
	if info, err = Inspect(ctx, temporary, s.options); err != nil {
		return app.BackupInfo{}, fmt.Errorf("back up ledger: read back: %w", err)
	}
	if err := syncFile(temporary); err != nil {
		return info, classify("back up ledger", err)
	}
	if err := publish(temporary, path); err != nil {
		if errors.Is(err, os.ErrExist) {
			return info, &app.Error{Code: app.CodeLedgerExists, Op: "back up ledger", Params: []string{path}}
		}
		return info, classify("back up ledger", err)
	}
	info.Path = path
	return info, nil
}

// Inspect opens a ledger, verifies it whole and says what it holds. A damaged one is CodeLedgerDamaged
// with the first failed check. It needs no lock: SQLite's own let it see one state.
func Inspect(ctx context.Context, path string, options Options) (info app.BackupInfo, err error) {
	info, _, err = examine(ctx, path, options)
	return info, err
}

// examine is Inspect, and gives the ledger's identity too.
func examine(ctx context.Context, path string, options Options) (info app.BackupInfo, id string, err error) {
	if path, err = resolve(path); err != nil {
		return info, "", classify("open ledger", err)
	}
	if err := inspect(path); err != nil {
		return info, "", err
	}
	// Nothing is written beside or into a copy, unless a crash left a transaction to take back.
	store, err := connect(ctx, path, options, !hasJournal(path))
	if err != nil {
		return info, "", err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if _, err := store.identify(ctx); err != nil {
		return info, "", store.located(err)
	}
	checks, err := store.Verify(ctx)
	if err != nil {
		return info, "", err
	}
	for _, check := range checks {
		// A copy of an earlier day lags behind the head kept outside, and is sound all the same.
		if !check.OK && check.Name != checkHead {
			return info, "", &app.Error{Code: app.CodeLedgerDamaged, Detail: "check_failed",
				Params: []string{path, check.Name, check.Detail}}
		}
	}
	info.Path = path
	err = store.View(ctx, func(r app.Reader) error {
		count, err := r.CountInvoices()
		if err != nil {
			return err
		}
		head, err := r.Head()
		info.Invoices, info.Entries, info.Head = int64(count), head.Seq, head.Hash
		return err
	})
	if err == nil {
		info.SHA256, info.Size, err = digestFile(path)
	}
	return info, store.id, classify("read copy", err)
}

func syncFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

func digestFile(path string) (digest string, size int64, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer file.Close()
	sum := sha256.New()
	if size, err = io.Copy(sum, file); err != nil {
		return "", 0, err
	}
	return hex.EncodeToString(sum.Sum(nil)), size, nil
}
