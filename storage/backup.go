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
	if info, err = s.checkCopy(ctx, temporary); err != nil {
		return info, fmt.Errorf("back up ledger: read back: %w", err)
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

// checkCopy opens a copy by itself, verifies it whole, and describes it.
func (s *Store) checkCopy(ctx context.Context, path string) (info app.BackupInfo, err error) {
	info, err = Inspect(ctx, path, s.options)
	if err != nil {
		return info, err
	}
	if info.SHA256, info.Size, err = digestFile(path); err != nil {
		return info, classify("read copy", err)
	}
	return info, nil
}

// Inspect opens a ledger, verifies it whole and says what it holds. A damaged one is CodeLedgerDamaged
// with the first failed check.
func Inspect(ctx context.Context, path string, options Options) (info app.BackupInfo, err error) {
	if _, err := inspect(path); err != nil {
		return info, err
	}
	store, err := connect(ctx, path, options)
	if err != nil {
		return info, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := store.readers.QueryRowContext(ctx, `SELECT ledger_id FROM meta`).Scan(&store.id); err != nil {
		return info, classify("open ledger", err)
	}
	checks, err := store.Verify(ctx)
	if err != nil {
		return info, err
	}
	for _, check := range checks {
		// A copy of an earlier day lags behind the head kept outside, and is sound all the same.
		if !check.OK && check.Name != "journal-head" {
			return info, &app.Error{Code: app.CodeLedgerDamaged, Detail: "check_failed",
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
	return info, err
}

// Restore puts a verified copy in the place of a ledger that nobody has open. The ledger that was
// there is kept beside it under the returned name.
func Restore(ctx context.Context, from, path string, options Options) (info app.BackupInfo, kept string, err error) {
	if path, err = filepath.Abs(path); err != nil {
		return info, "", classify("restore ledger", err)
	}
	if info, err = Inspect(ctx, from, options); err != nil {
		return info, "", err
	}
	lock, err := takeLock(options.StateDir, path, true)
	if err != nil {
		return info, "", err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	temporary, err := copyFile(from, filepath.Dir(path))
	if err != nil {
		return info, "", classify("restore ledger", err)
	}
	defer removeLedger(temporary)
	// What was restored is what was checked: the copy beside the ledger is read back before it counts.
	if info, err = Inspect(ctx, temporary, options); err != nil {
		return info, "", err
	}
	if info.SHA256, info.Size, err = digestFile(temporary); err != nil {
		return info, "", classify("restore ledger", err)
	}
	if kept, err = setAside(path); err != nil {
		return info, "", classify("restore ledger", err)
	}
	if err := os.Rename(temporary, path); err != nil {
		return info, kept, classify("restore ledger", err)
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return info, kept, classify("restore ledger", err)
	}
	info.Path = path
	return info, kept, adoptHead(ctx, path, options)
}

// setAside renames the present ledger, with a journal that a crash may have left, to a free name.
func setAside(path string) (kept string, err error) {
	if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	extension := filepath.Ext(path)
	kept = freeName(path[:len(path)-len(extension)]+".avant-restauration", extension)
	if _, err := os.Lstat(path + "-journal"); err == nil {
		if err := os.Rename(path+"-journal", kept+"-journal"); err != nil {
			return "", err
		}
	}
	return kept, os.Rename(path, kept)
}

// adoptHead makes the restored journal's end the one kept outside.
func adoptHead(ctx context.Context, path string, options Options) error {
	store, err := Open(ctx, path, options)
	if err != nil {
		return err
	}
	err = store.View(ctx, func(r app.Reader) error {
		head, err := r.Head()
		if err != nil {
			return err
		}
		head.Ledger = store.id
		return store.heads.Save(head)
	})
	return errors.Join(err, store.Close())
}

func copyFile(from, folder string) (string, error) {
	source, err := os.Open(from)
	if err != nil {
		return "", err
	}
	defer source.Close()
	target, err := os.CreateTemp(folder, ".restore-*")
	if err != nil {
		return "", err
	}
	_, err = io.Copy(target, source)
	if err := errors.Join(err, target.Sync(), target.Close()); err != nil {
		_ = os.Remove(target.Name())
		return "", err
	}
	return target.Name(), nil
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
