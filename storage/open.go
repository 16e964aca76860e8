package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/gofrs/flock"
	"modernc.org/sqlite"

	"dument/app"
	"dument/app/ledger"
)

// applicationID marks our files ("DUME").
const applicationID = 0x44554d45

// Options are what a ledger needs from its surroundings.
type Options struct {
	// StateDir holds the lock files and the outside copies of the journal's head. It is not the
	// ledger's folder.
	StateDir string
	Clock    app.Clock
	// BusyMillisecondsMax is how long to wait for another process; 0 means five seconds.
	BusyMillisecondsMax int
}

// Store is an open ledger. It implements app.Store.
type Store struct {
	path     string
	options  Options
	writer   *sql.DB // one connection, immediate transactions
	readers  *sql.DB
	lock     *flock.Flock
	heads    *Heads
	id       string
	readOnly bool

	mu      sync.Mutex // serialises Update, so that a waiting Update does not time out on our own
	broken  error      // set by a failed commit; no more writes
	version *sql.Conn  // its data_version tells foreign changes
	changes int64      // our own commits
}

var _ app.Store = (*Store)(nil)

// Open opens a ledger, migrating it when it is older than the program. Errors are classified:
// CodeLedgerMissing, CodeLedgerDamaged, CodeLedgerNewer, CodeLedgerLocked.
func Open(ctx context.Context, path string, options Options) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, classify("open ledger", err)
	}
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		path = resolved
	}
	version, err := inspect(path)
	if err != nil {
		return nil, err
	}
	store, err := connect(ctx, path, options)
	if err != nil {
		return nil, err
	}
	if err := store.prepare(ctx, version); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// prepare migrates an older ledger and reads its identity.
func (s *Store) prepare(ctx context.Context, version int) error {
	if version < len(migrations) && !s.readOnly {
		if err := s.migrate(ctx, version); err != nil {
			return err
		}
	}
	row := s.readers.QueryRowContext(ctx, `SELECT ledger_id FROM meta`)
	if err := row.Scan(&s.id); err != nil {
		return classify("open ledger", err)
	}
	return nil
}

// Create makes a new ledger with its first settings. It never overwrites: CodeLedgerExists.
func Create(ctx context.Context, path string, options Options, settings ledger.Settings) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, classify("create ledger", err)
	}
	if _, err := os.Lstat(path); err == nil {
		return nil, &app.Error{Code: app.CodeLedgerExists, Op: "create ledger", Params: []string{path}}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, classify("create ledger", err)
	}
	temporary, err := buildEmpty(ctx, path, options, settings)
	if err != nil {
		return nil, err
	}
	defer removeLedger(temporary)
	if err := publish(temporary, path); err != nil {
		if errors.Is(err, os.ErrExist) {
			return nil, &app.Error{Code: app.CodeLedgerExists, Op: "create ledger", Params: []string{path}}
		}
		return nil, classify("create ledger", err)
	}
	return Open(ctx, path, options)
}

// buildEmpty makes the whole ledger beside its final place, so that a killed Create leaves nothing
// that looks like a ledger.
func buildEmpty(ctx context.Context, path string, options Options, settings ledger.Settings) (string, error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".new-*")
	if err != nil {
		return "", classify("create ledger", err)
	}
	temporary := file.Name()
	if err := file.Close(); err != nil {
		return "", classify("create ledger", err)
	}
	store, err := connect(ctx, temporary, options)
	if err == nil {
		err = store.found(ctx, settings)
		err = errors.Join(err, store.Close())
	}
	if err != nil {
		removeLedger(temporary)
		return "", err
	}
	return temporary, nil
}

// publish gives a complete file its final name, never over another file, and makes the name durable.
func publish(temporary, path string) error {
	err := os.Link(temporary, path)
	if errors.Is(err, os.ErrExist) {
		return err
	}
	if err != nil { // no hard links on this file system
		if _, statErr := os.Lstat(path); statErr == nil {
			return os.ErrExist
		}
		if err := os.Rename(temporary, path); err != nil {
			return err
		}
	}
	return syncDir(filepath.Dir(path))
}

func removeLedger(path string) {
	for _, suffix := range []string{"", "-journal"} {
		_ = os.Remove(path + suffix)
	}
}

// inspect looks at the file's first bytes without SQLite, which would create or repair something.
func inspect(path string) (version int, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return 0, &app.Error{Code: app.CodeLedgerMissing, Op: "open ledger", Params: []string{path}}
	}
	if err != nil {
		return 0, classify("open ledger", err)
	}
	if !info.Mode().IsRegular() {
		return 0, damaged(path, "not_a_file")
	}
	file, err := os.Open(path)
	if err != nil {
		return 0, classify("open ledger", err)
	}
	defer file.Close()
	header := make([]byte, 100)
	if _, err := io.ReadFull(file, header); err != nil {
		return 0, damaged(path, "too_short")
	}
	if !strings.HasPrefix(string(header), "SQLite format 3\x00") {
		return 0, damaged(path, "not_a_ledger")
	}
	if binary.BigEndian.Uint32(header[68:]) != applicationID {
		return 0, damaged(path, "not_a_ledger")
	}
	version = int(binary.BigEndian.Uint32(header[60:]))
	if version > len(migrations) {
		return 0, &app.Error{Code: app.CodeLedgerNewer, Op: "open ledger",
			Params: []string{path, fmt.Sprint(version), fmt.Sprint(len(migrations))}}
	}
	return version, nil
}

func damaged(path, detail string) error {
	return &app.Error{Code: app.CodeLedgerDamaged, Detail: detail, Op: "open ledger", Params: []string{path}}
}

// lockOnce turns on locks that belong to the open file rather than to the process, where the system
// has them; elsewhere SQLite's ordinary locks serve.
var lockOnce = sync.OnceFunc(func() {
	if err := sqlite.OFDLocking(true); err != nil {
		return // unavailable here: ordinary locks
	}
})

// connect opens the connections and takes the shared lock.
func connect(ctx context.Context, path string, options Options) (*Store, error) {
	lockOnce()
	if options.BusyMillisecondsMax == 0 {
		options.BusyMillisecondsMax = 5000
	}
	store := &Store{path: path, options: options, heads: NewHeads(options.StateDir)}
	lock, err := takeLock(options.StateDir, path, false)
	if err != nil {
		return nil, err
	}
	store.lock = lock
	store.readOnly = !writable(path)
	store.writer, err = sql.Open("sqlite", dsn(path, options, true, store.readOnly))
	if err == nil {
		store.readers, err = sql.Open("sqlite", dsn(path, options, false, store.readOnly))
	}
	if err != nil {
		return nil, errors.Join(classify("open ledger", err), store.Close())
	}
	store.writer.SetMaxOpenConns(1)
	store.readers.SetMaxOpenConns(4)
	if store.version, err = store.readers.Conn(ctx); err != nil {
		return nil, errors.Join(classify("open ledger", err), store.Close())
	}
	return store, nil
}

func writable(path string) bool {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false
	}
	return file.Close() == nil
}

// dsn names the file and its pragmas. Every connection is defensive; a reader cannot write.
func dsn(path string, options Options, write, readOnly bool) string {
	query := url.Values{}
	pragmas := []string{
		fmt.Sprintf("busy_timeout(%d)", options.BusyMillisecondsMax),
		"foreign_keys(1)", "journal_mode(TRUNCATE)", "synchronous(FULL)", "cache_size(-16384)",
		"trusted_schema(0)", "cell_size_check(1)", "mmap_size(0)", "secure_delete(1)",
	}
	if readOnly {
		pragmas = pragmas[:2]
		query.Set("mode", "ro")
	} else {
		query.Set("mode", "rw")
	}
	if !write {
		pragmas = append(pragmas, "query_only(1)")
	} else {
		query.Set("_txlock", "immediate")
	}
	for _, pragma := range pragmas {
		query.Add("_pragma", pragma)
	}
	query.Set("_defensive", "1")
	query.Set("_dqs", "0")
	location := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	return "file:" + location.EscapedPath() + "?" + query.Encode()
}

// Path is where the ledger is.
func (s *Store) Path() string { return s.path }

// ReadOnly reports whether the file could not be opened for writing.
func (s *Store) ReadOnly() bool { return s.readOnly }

// Close ends the connections and gives the lock back. It may be called twice.
func (s *Store) Close() error {
	var problems []error
	if s.version != nil {
		problems = append(problems, s.version.Close())
		s.version = nil
	}
	for _, pool := range []*sql.DB{s.readers, s.writer} {
		if pool != nil {
			problems = append(problems, pool.Close())
		}
	}
	if s.lock != nil {
		problems = append(problems, s.lock.Close())
		s.lock = nil
	}
	return errors.Join(problems...)
}

// Version implements app.Store with PRAGMA data_version, which counts the commits of others, and a
// count of our own.
func (s *Store) Version(ctx context.Context) (int64, error) {
	var foreign int64
	if err := s.version.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&foreign); err != nil {
		return 0, classify("watch ledger", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return foreign + s.changes, nil
}
