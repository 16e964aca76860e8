package storage

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"dument/app"
	"dument/app/ledger"
)

// Restore puts a verified copy in the place of a ledger that nobody has open. The ledger that was
// there is kept beside it under the returned name, with the journal that a crash may have left.
// Whenever it stops, the place holds the old ledger or the new one, or nothing while the kept name
// holds the old one whole.
func Restore(ctx context.Context, from, path string, options Options) (
	info app.BackupInfo, kept string, err error,
) {
	if path, err = resolve(path); err != nil {
		return info, "", classify("restore ledger", err)
	}
	lock, err := takeLock(options.StateDir, path, true)
	if err != nil {
		return info, "", err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	if _, err := Inspect(ctx, from, options); err != nil {
		return info, "", err
	}
	temporary, err := copyFile(from, filepath.Join(filepath.Dir(path), ".restore-*"))
	if err != nil {
		return info, "", classify("restore ledger", err)
	}
	defer removeLedger(temporary)
	// What was restored is what was checked: the copy beside the ledger is read back before it counts.
	info, id, err := examine(ctx, temporary, options)
	if err != nil {
		return info, "", err
	}
	// The restored journal's end is the one to compare with from now on. Noted before the exchange, it is
	// at worst behind the ledger; noted after, a crash in between would accuse a sound ledger.
	heads := NewHeads(options.StateDir)
	before, noted, err := heads.Load(id)
	if err == nil {
		err = heads.Save(ledger.Head{Ledger: id, Seq: info.Entries, Hash: info.Head})
	}
	if err != nil {
		return info, "", classify("restore ledger", err)
	}
	if kept, err = replace(temporary, path); err != nil {
		if noted {
			err = errors.Join(err, heads.Save(before))
		}
		return info, kept, classify("restore ledger", err)
	}
	info.Path = path
	return info, kept, nil
}

// replace gives a complete file the name of a ledger, after the ledger got a second name.
func replace(temporary, path string) (kept string, err error) {
	if _, err := os.Lstat(path); err == nil {
		extension := filepath.Ext(path)
		kept = freeName(path[:len(path)-len(extension)]+".avant-restauration", extension)
		// The journal first: without it, a ledger that a crash interrupted is damaged.
		if hasJournal(path) {
			if err := duplicate(path+"-journal", kept+"-journal"); err != nil {
				return "", err
			}
		}
		if err := duplicate(path, kept); err != nil {
			return "", err
		}
		if err := syncDir(filepath.Dir(path)); err != nil {
			return "", err
		}
	}
	// A journal left here would be played back into the restored ledger.
	if err := os.Remove(path + "-journal"); err != nil && !errors.Is(err, os.ErrNotExist) {
		return kept, err
	}
	if err := os.Rename(temporary, path); err != nil {
		return kept, err
	}
	return kept, syncDir(filepath.Dir(path))
}

// hasJournal reports whether a crash left a transaction to take back.
func hasJournal(path string) bool {
	info, err := os.Stat(path + "-journal")
	return err == nil && info.Size() > 0
}

// duplicate gives a file a second name, or copies it where the file system knows no second names.
func duplicate(from, to string) error {
	if err := os.Link(from, to); err == nil || errors.Is(err, os.ErrExist) {
		return err
	}
	copied, err := copyFile(from, to+".*")
	if err != nil {
		return err
	}
	return os.Rename(copied, to)
}

// copyFile copies a file durably to a new name of a pattern.
func copyFile(from, pattern string) (string, error) {
	source, err := os.Open(from)
	if err != nil {
		return "", err
	}
	defer source.Close()
	target, err := os.CreateTemp(filepath.Dir(pattern), filepath.Base(pattern))
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
