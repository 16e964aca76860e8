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

// classify gives an error its class, once. Errors that have one keep it.
func classify(op string, err error) error {
	var known *app.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) {
		return err
	}
	return &app.Error{Code: codeOf(err), Op: op, Err: err}
}

func codeOf(err error) app.Code {
	var failure *sqlite.Error
	if errors.As(err, &failure) {
		return sqliteCode(failure.Code())
	}
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return app.CodeNotFound
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return app.CodeDiskFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return app.CodeLedgerReadOnly
	}
	return app.CodeFile
}

func sqliteCode(code int) app.Code {
	if code == sqlite3.SQLITE_CONSTRAINT_UNIQUE {
		return app.CodeConflict
	}
	switch code & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return app.CodeLedgerLocked
	case sqlite3.SQLITE_FULL:
		return app.CodeDiskFull
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return app.CodeLedgerReadOnly
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR:
		return app.CodeLedgerDamaged
	}
	return app.CodeInternal
}

// syncUnsupported recognises systems on which a folder cannot be synchronised and need not be.
func syncUnsupported(err error) bool {
	return runtime.GOOS == "windows" || errors.Is(err, syscall.EINVAL)
}

func unexpected(format string, values ...any) error {
	return &app.Error{Code: app.CodeInternal, Err: fmt.Errorf(format, values...)}
}
