package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"dument/app"
)

// takeLock takes the kernel's lock on a ledger: shared by every program that has it open, exclusive
// for what replaces the file. The kernel frees it when its holder dies, so it is never stale. The
// lock file lives in the state folder, because at rest a ledger is one file.
func takeLock(stateDir, path string, exclusive bool) (*flock.Flock, error) {
	folder := filepath.Join(stateDir, "locks")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, classify("lock ledger", err)
	}
	name := sha256.Sum256([]byte(path))
	lock := flock.New(filepath.Join(folder, hex.EncodeToString(name[:16])+".lock"), flock.SetPermissions(0o600))
	take := lock.TryRLock
	if exclusive {
		take = lock.TryLock
	}
	taken, err := take()
	if err != nil {
		return nil, classify("lock ledger", err)
	}
	if !taken {
		return nil, &app.Error{Code: app.CodeLedgerLocked, Op: "lock ledger", Params: []string{path}}
	}
	return lock, nil
}

func syncDir(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := folder.Sync(); err != nil && !syncUnsupported(err) {
		return err
	}
	return nil
}
