package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations is the schema's history; a ledger's user_version is how many of them it has seen.
var migrations = loadMigrations()

func loadMigrations() []string {
	entries, err := migrationFiles.ReadDir("migrations")
	if err != nil {
		panic(err) // the files are part of the binary
	}
	scripts := make([]string, len(entries))
	for i, entry := range entries {
		script, err := migrationFiles.ReadFile("migrations/" + entry.Name())
		if err != nil || !strings.HasPrefix(entry.Name(), fmt.Sprintf("%04d_", i+1)) {
			panic(fmt.Sprintf("storage: migration %s: %v", entry.Name(), err))
		}
		scripts[i] = string(script)
	}
	return scripts
}

// found turns an empty file into a ledger: schema, identity, settings, first journal entry.
func (s *Store) found(ctx context.Context, settings ledger.Settings) error {
	mark := fmt.Sprintf(`PRAGMA application_id = %d`, applicationID)
	if _, err := s.writer.ExecContext(ctx, mark); err != nil {
		return classify("create ledger", err)
	}
	for version := range migrations {
		if err := s.applyMigration(ctx, version, nil); err != nil {
			return err
		}
	}
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		return classify("create ledger", err)
	}
	s.id = hex.EncodeToString(random)
	return s.Update(ctx, func(w app.Writer) error {
		insert := `INSERT INTO meta (id, ledger_id) VALUES (1, ?)`
		if _, err := w.(*writer).tx.ExecContext(ctx, insert, s.id); err != nil {
			return classify("create ledger", err)
		}
		return w.Record(ledger.EntryCreated, date.Date{}, func(int64) (any, error) {
			return map[string]string{"ledger": s.id}, w.SaveSettings(settings)
		})
	})
}

// upgrade brings an older ledger up to date while nobody else has it open.
func upgrade(ctx context.Context, path string, options Options) (err error) {
	lock, err := takeLock(options.StateDir, path, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	store, err := connect(ctx, path, options, !writable(path))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	version, err := store.identify(ctx)
	if err != nil || version == len(migrations) {
		return err
	}
	return store.located(store.migrate(ctx, version))
}

// migrate applies what an older ledger has not seen. A verified copy stands beside it before the first
// step.
func (s *Store) migrate(ctx context.Context, from int) error {
	extension := filepath.Ext(s.path)
	stem := fmt.Sprintf("%s.avant-v%d", strings.TrimSuffix(s.path, extension), len(migrations))
	if _, err := s.Backup(ctx, freeName(stem, extension)); err != nil {
		return fmt.Errorf("migrate ledger: copy: %w", err)
	}
	for version := from; version < len(migrations); version++ {
		if err := s.applyMigration(ctx, version, countRows); err != nil {
			return fmt.Errorf("migrate ledger to version %d: %w", version+1, err)
		}
	}
	return nil
}

// freeName finds a name that no file has.
func freeName(stem, extension string) string {
	name := stem + extension
	for n := 2; ; n++ {
		if _, err := os.Lstat(name); err != nil {
			return name
		}
		name = fmt.Sprintf("%s-%d%s", stem, n, extension)
	}
}

// applyMigration runs one script and its version in one transaction, unless somebody was faster. check
// compares what must not change before and after.
func (s *Store) applyMigration(ctx context.Context, version int, check func(*sql.Tx) (string, error)) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return classify("migrate ledger", err)
	}
	defer tx.Rollback()
	var present int
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&present); err != nil || present > version {
		return classify("migrate ledger", err)
	}
	before, err := checked(tx, check)
	if err != nil {
		return classify("migrate ledger", err)
	}
	script := migrations[version] + fmt.Sprintf("\n;PRAGMA user_version = %d;", version+1)
	if _, err := tx.ExecContext(ctx, script); err != nil {
		return classify("migrate ledger", err)
	}
	after, err := checked(tx, check)
	if err != nil {
		return classify("migrate ledger", err)
	}
	if before != after {
		return unexpected("migration %d changed the facts: %s, then %s", version+1, before, after)
	}
	return classify("migrate ledger", tx.Commit())
}

func checked(tx *sql.Tx, check func(*sql.Tx) (string, error)) (string, error) {
	if check == nil {
		return "", nil
	}
	return check(tx)
}

// countRows sums up what a migration must carry over.
func countRows(tx *sql.Tx) (string, error) {
	var summary string
	err := tx.QueryRow(`SELECT printf(
		'%d invoices %d, %d payments %d, %d allocations %d, %d letters, %d documents, %d entries',
		(SELECT count(*) FROM invoice), (SELECT coalesce(sum(amount_cents), 0) FROM invoice),
		(SELECT count(*) FROM payment), (SELECT coalesce(sum(amount_cents), 0) FROM payment),
		(SELECT count(*) FROM allocation), (SELECT coalesce(sum(amount_cents), 0) FROM allocation),
		(SELECT count(*) FROM letter), (SELECT count(*) FROM document),
		(SELECT count(*) FROM journal))`).Scan(&summary)
	return summary, err
}
