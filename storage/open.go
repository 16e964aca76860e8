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
	"strconv"
	"strings"
	"sync"
	"syscall"

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
	watch    *sql.Conn    // a reader of its own, whose data_version counts the commits of all others
	lock     *flock.Flock // nil for a file that has no name yet
	heads    *Heads
	id       string
	readOnly bool

	mu     sync.Mutex // serialises Update, so that a waiting Update does not time out on our own
	broken error      // set when the disk failed a write; no more writes

	closing   sync.Once
	closeFail error
}

var _ app.Store = (*Store)(nil)

// Open opens a ledger, migrating it when it is older than the program. Errors are classified:
// CodeLedgerMissing, CodeLedgerDamaged, CodeLedgerNewer, CodeLedgerLocked, and CodeLedgerReadOnly for
// an older ledger that cannot be migrated because it cannot be written.
func Open(ctx context.Context, path string, options Options) (*Store, error) {
	path, err := resolve(path)
	if err != nil {
		return nil, classify("open ledger", err)
	}
	store, version, err := openShared(ctx, path, options)
	if err != nil {
		return nil, err
	}
	if version == len(migrations) {
		return store, nil
	}
	readOnly := store.readOnly
	if err := store.Close(); err != nil {
		return nil, classify("open ledger", err)
	}
	if readOnly {
		return nil, &app.Error{Code: app.CodeLedgerReadOnly, Detail: "needs_migration", Op: "open ledger",
			Params: []string{path}}
	}
	if err := upgrade(ctx, path, options); err != nil {
		return nil, err
	}
	store, _, err = openShared(ctx, path, options)
	return store, err
}

// openShared opens a ledger as it is, under the lock that its other users share, and reads its
// version, which is at most the program's.
func openShared(ctx context.Context, path string, options Options) (*Store, int, error) {
	if err := inspect(path); err != nil {
		return nil, 0, err
	}
	lock, err := takeLock(options.StateDir, path, false)
	if err != nil {
		return nil, 0, err
	}
	store, err := connect(ctx, path, options, !writable(path))
	if err != nil {
		return nil, 0, errors.Join(err, lock.Close())
	}
	store.lock = lock
	version, err := store.identify(ctx)
	if err != nil {
		return nil, 0, errors.Join(store.located(err), store.Close())
	}
	return store, version, nil
}

// identify reads the identity and the version of the schema. The version in the file's first bytes is
// no proof: a migration that was killed is taken back when SQLite reads the file for the first time.
func (s *Store) identify(ctx context.Context) (version int, err error) {
	tx, err := s.readers.BeginTx(ctx, nil)
	if err != nil {
		return 0, classify("open ledger", err)
	}
	defer tx.Rollback()
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return 0, classify("open ledger", err)
	}
	if err := knownVersion(s.path, version); err != nil {
		return 0, err
	}
	if err := tx.QueryRowContext(ctx, `SELECT ledger_id FROM meta`).Scan(&s.id); err != nil {
		if classOf(sqliteCode(err)) == app.CodeInternal { // no such table, or no row in it
			return 0, damaged(s.path, "not_a_ledger")
		}
		return 0, classify("open ledger", err)
	}
	return version, nil
}

func knownVersion(path string, version int) error {
	switch {
	case version < 1:
		return damaged(path, "not_a_ledger")
	case version > len(migrations):
		return &app.Error{Code: app.CodeLedgerNewer, Op: "open ledger",
			Params: []string{path, strconv.Itoa(version), strconv.Itoa(len(migrations))}}
	}
	return nil
}

// resolve gives the one name by which a ledger is locked: absolute, without symbolic links.
func resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		return resolved, nil
	}
	// A file that does not exist yet, in a folder that may be linked.
	if folder, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(folder, filepath.Base(path)), nil
	}
	return path, nil
}

// Create makes a new ledger with its first settings. It never overwrites: CodeLedgerExists.
func Create(ctx context.Context, path string, options Options, settings ledger.Settings) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, classify("create ledger", err)
	}
	if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
		if err != nil {
			return nil, classify("create ledger", err)
		}
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
	store, err := connect(ctx, temporary, options, false)
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
func inspect(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return &app.Error{Code: app.CodeLedgerMissing, Op: "open ledger", Params: []string{path}}
	}
	if err != nil {
		return classify("open ledger", err)
	}
	if !info.Mode().IsRegular() {
		return damaged(path, "not_a_file")
	}
	file, err := os.Open(path)
	if err != nil {
		return classify("open ledger", err)
	}
	defer file.Close()
	header := make([]byte, 100)
	if _, err := io.ReadFull(file, header); err != nil {
		return damaged(path, "too_short")
	}
	if !strings.HasPrefix(string(header), "SQLite format 3\x00") ||
		binary.BigEndian.Uint32(header[68:]) != applicationID {
		return damaged(path, "not_a_ledger")
	}
	return knownVersion(path, int(binary.BigEndian.Uint32(header[60:])))
}

func damaged(path, detail string) error {
	return &app.Error{Code: app.CodeLedgerDamaged, Detail: detail, Op: "open ledger", Params: []string{path}}
}

// lockOnce turns on locks that belong to the open file rather than to the process, where the system
// has them; elsewhere SQLite's ordinary locks serve.
var lockOnce = sync.OnceFunc(func() {
	if _, err := sqlite.OFDLocking(true); err != nil {
		return // unavailable here: ordinary locks
	}
})

// connect opens the connections to a file that has been looked at.
func connect(ctx context.Context, path string, options Options, readOnly bool) (store *Store, err error) {
	lockOnce()
	if options.BusyMillisecondsMax == 0 {
		options.BusyMillisecondsMax = 5000
	}
	store = &Store{path: path, options: options, heads: NewHeads(options.StateDir), readOnly: readOnly}
	defer func() {
		if err != nil {
			err = errors.Join(store.located(classify("open ledger", err)), store.Close())
		}
	}()
	if store.writer, err = sql.Open("sqlite", dsn(path, options, true, readOnly)); err != nil {
		return nil, err
	}
	if store.readers, err = sql.Open("sqlite", dsn(path, options, false, readOnly)); err != nil {
		return nil, err
	}
	store.writer.SetMaxOpenConns(1)
	store.readers.SetMaxOpenConns(readersMax)
	store.readers.SetMaxIdleConns(readersMax)
	store.watch, err = store.readers.Conn(ctx)
	return store, err
}

// readersMax counts the watching connection too.
const readersMax = 5

// writable reports whether the file may be written, and the journal that each transaction needs
// beside it: SQLite would find out about a read-only folder at the first write alone. The empty
// journal that this leaves is the one that SQLite leaves too.
func writable(path string) bool {
	for name, create := range map[string]int{path: 0, path + "-journal": os.O_CREATE} {
		file, err := os.OpenFile(name, os.O_RDWR|create, 0o600)
		if errors.Is(err, os.ErrPermission) || errors.Is(err, syscall.EROFS) {
			return false
		}
		if err == nil {
			_ = file.Close() // nothing was written
		}
	}
	return true
}

// dsn names the file and its pragmas. Every connection is defensive; a reader cannot write. The
// triggers that keep facts also stand against INSERT OR REPLACE, which needs recursive_triggers.
func dsn(path string, options Options, write, readOnly bool) string {
	query := url.Values{"mode": {"ro"}, "_defensive": {"1"}, "_dqs": {"0"}}
	pragmas := []string{
		fmt.Sprintf("busy_timeout(%d)", options.BusyMillisecondsMax), "foreign_keys(1)",
		"recursive_triggers(1)", "trusted_schema(0)", "cell_size_check(1)", "mmap_size(0)",
	}
	if !readOnly {
		query.Set("mode", "rw")
		// fullfsync is for macOS, whose fsync leaves the data in the drive's own memory.
		pragmas = append(pragmas, "journal_mode(TRUNCATE)", "synchronous(FULL)", "fullfsync(1)", "secure_delete(1)")
	}
	if write {
		query.Set("_txlock", "immediate")
		// Room for an import of a hundred thousand invoices: what does not fit is written before the
		// commit, and shuts readers out from then on.
		pragmas = append(pragmas, "cache_size(-32768)")
	} else {
		pragmas = append(pragmas, "cache_size(-8192)", "query_only(1)")
	}
	for _, pragma := range pragmas {
		query.Add("_pragma", pragma)
	}
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/... of Windows
	}
	location := url.URL{Scheme: "file", Path: slashed}
	return "file://" + location.EscapedPath() + "?" + query.Encode()
}

// Path is where the ledger is.
func (s *Store) Path() string { return s.path }

// ReadOnly reports whether the file could not be opened for writing.
func (s *Store) ReadOnly() bool { return s.readOnly }

// Close ends the connections and gives the lock back. It may be called twice.
func (s *Store) Close() error {
	s.closing.Do(func() {
		var problems []error
		if s.watch != nil {
			problems = append(problems, s.watch.Close())
		}
		for _, pool := range []*sql.DB{s.readers, s.writer} {
			if pool != nil {
				problems = append(problems, pool.Close())
			}
		}
		if s.lock != nil {
			problems = append(problems, s.lock.Close())
		}
		s.closeFail = errors.Join(problems...)
	})
	return s.closeFail
}

// Version implements app.Store with PRAGMA data_version of a connection that never writes: it counts
// the commits of every other one, ours included.
func (s *Store) Version(ctx context.Context) (version int64, err error) {
	err = s.watch.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&version)
	return version, classify("watch ledger", err)
}
