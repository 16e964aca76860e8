package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"dument/app"
)

// classify gives an error its class, once. Errors that have one keep it, and so does the end of a
// context, which is the caller's own.
func classify(op string, err error) error {
	var known *app.Error
	if err == nil || errors.As(err, &known) || ended(err) {
		return err
	}
	return &app.Error{Code: codeOf(err), Op: op, Err: err}
}

func ended(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

func codeOf(err error) app.Code {
	if code := sqliteCode(err); code != 0 {
		return classOf(code)
	}
	var system syscall.Errno
	var path *fs.PathError
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return app.CodeNotFound
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return app.CodeDiskFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return app.CodeLedgerReadOnly
	case errors.As(err, &system), errors.As(err, &path):
		return app.CodeFile
	}
	return app.CodeInternal
}

// sqliteCode is the extended result code of a failure of SQLite, 0 for every other error.
func sqliteCode(err error) int {
	var failure *sqlite.Error
	if errors.As(err, &failure) {
		return failure.Code()
	}
	return 0
}

func classOf(code int) app.Code {
	switch code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE:
		return app.CodeConflict
	case sqlite3.SQLITE_READONLY_DBMOVED: // deleted, renamed or replaced while it is open
		return app.CodeLedgerMissing
	}
	switch code & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return app.CodeLedgerLocked
	case sqlite3.SQLITE_FULL:
		return app.CodeDiskFull
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return app.CodeLedgerReadOnly
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return app.CodeLedgerDamaged
	case sqlite3.SQLITE_IOERR:
		return app.CodeFile
	}
	return app.CodeInternal
}

// breaks reports whether an error leaves in doubt what the disk holds. After a failed write or
// synchronisation the system may forget what it could not write, and say yes the next time.
func breaks(err error) bool {
	switch sqliteCode(err) & 0xff {
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return true
	}
	return false
}

// located names the ledger in errors whose wording needs it.
func (s *Store) located(err error) error {
	var known *app.Error
	if errors.As(err, &known) && known.Op != "" && len(known.Params) == 0 {
		switch known.Code {
		case app.CodeLedgerMissing, app.CodeLedgerDamaged, app.CodeFile:
			known.Params = []string{s.path}
		}
	}
	return err
}

// syncUnsupported recognises systems on which a folder cannot be synchronised and need not be.
func syncUnsupported(err error) bool {
	return runtime.GOOS == "windows" || errors.Is(err, syscall.EINVAL)
}

func unexpected(format string, values ...any) error {
	return &app.Error{Code: app.CodeInternal, Err: fmt.Errorf(format, values...)}
}
