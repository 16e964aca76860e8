package storage_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dument/app"
	"dument/storage"
)

// secondMigration stands for one that a later version brings. It is slow enough to be killed.
const secondMigration = `CREATE TABLE remark (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
	INSERT INTO remark (text) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
	SELECT hex(randomblob(300)) FROM n;`

// closedFilled is a filled ledger, closed, with its bytes.
func closedFilled(tb testing.TB) (path string, options storage.Options, bytes []byte) {
	tb.Helper()
	store, options := filledStore(tb)
	if err := store.Close(); err != nil {
		tb.Fatal(err)
	}
	return store.Path(), options, readFile(tb, store.Path())
}

func TestAMigrationCopiesFirst(t *testing.T) {
	ctx := context.Background()
	path, options, _ := closedFilled(t)
	before, err := content(path)
	if err != nil {
		t.Fatal(err)
	}
	restore := storage.AddMigrations(`CREATE TABLE remark (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;`)
	defer restore()
	store, err := storage.Open(ctx, path, options)
	if err != nil {
		t.Fatal(err)
	}
	mustVerify(t, store)
	if got := number(t, store, `PRAGMA user_version`); got != 2 {
		t.Errorf("version %d", got)
	}
	addClient(t, store, "Après la migration")
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if store, err = storage.Open(ctx, path, options); err != nil { // migrated once
		t.Fatal(err)
	}
	defer store.Close()
	checkFolder(t, filepath.Dir(path), "filled.dument", "filled.dument-journal", "filled.avant-v2.dument")
	restore()
	copied := filepath.Join(filepath.Dir(path), "filled.avant-v2.dument")
	if _, err := storage.Inspect(ctx, copied, options); err != nil {
		t.Errorf("the copy: %v", err)
	}
	if after, err := content(copied); err != nil || after != before {
		t.Errorf("the copy is not what was there: %v", err)
	}
	if _, err := storage.Open(ctx, path, options); codeOf(err) != app.CodeLedgerNewer {
		t.Errorf("the older program opened it: %v", err)
	}
}

func TestAMigrationThatFailsLeavesTheLedgerAsItWas(t *testing.T) {
	path, options, before := closedFilled(t)
	for name, script := range map[string]string{
		"wrong":        `CREATE TABLE remark (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE remark (id INTEGER);`,
		"loses facts":  `DROP TRIGGER allocation_kept; DELETE FROM allocation WHERE id = 1;`,
		"loses a file": `DROP TRIGGER document_kept; DELETE FROM document_link; DELETE FROM document;`,
	} {
		t.Run(name, func(t *testing.T) {
			defer storage.AddMigrations(`CREATE TABLE good (id INTEGER PRIMARY KEY) STRICT;`, script)()
			_, err := storage.Open(context.Background(), path, options)
			if err == nil || !strings.Contains(err.Error(), "migrate ledger to version 3") {
				t.Fatalf("opened with %v", err)
			}
		})
		// The first step was a transaction of its own and stays; the program that made it goes on there.
		restore := storage.AddMigrations(`CREATE TABLE good (id INTEGER PRIMARY KEY) STRICT;`)
		if _, err := storage.Inspect(context.Background(), path, options); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		restore()
		writeFile(t, path, before)
		restore = storage.AddMigrations(script)
		if _, err := storage.Open(context.Background(), path, options); err == nil {
			t.Errorf("%s: opened", name)
		}
		restore()
		if !bytes.Equal(readFile(t, path), before) {
			t.Errorf("%s: the bytes changed", name)
		}
	}
}

func TestAMigrationWaitsForNobody(t *testing.T) {
	path, options, before := closedFilled(t)
	other := startChild(t, "hold", path, options)
	other.line(t)
	defer storage.AddMigrations(secondMigration)()
	if _, err := storage.Open(context.Background(), path, options); codeOf(err) != app.CodeLedgerLocked {
		t.Errorf("migrated under an older program: %v", err)
	}
	other.end(t)
	if !bytes.Equal(readFile(t, path), before) {
		t.Error("the bytes changed")
	}
}

func TestAKilledMigrationIsDoneOrNotDone(t *testing.T) {
	path, options, before := closedFilled(t)
	random := rand.New(rand.NewPCG(7, 7))
	done := 0
	for cycle := range 8 {
		writeFile(t, path, before)
		if err := os.Remove(path + "-journal"); err != nil {
			t.Fatal(err)
		}
		other := startChild(t, "migrate", path, options, secondMigration)
		other.line(t)
		time.Sleep(time.Duration(random.IntN(120)) * time.Millisecond)
		_ = other.Process.Kill()
		_ = other.Wait()
		if migratedUnlessKilled(t, path, options) {
			done++
		}
		if t.Failed() {
			t.Fatalf("cycle %d", cycle)
		}
	}
	t.Logf("%d of 8 migrations were done when they were killed", done)
}

// migratedUnlessKilled opens a ledger with the older program, or else with the newer one.
func migratedUnlessKilled(t *testing.T, path string, options storage.Options) (done bool) {
	t.Helper()
	store, err := storage.Open(context.Background(), path, options)
	if codeOf(err) == app.CodeLedgerNewer {
		done = true
		defer storage.AddMigrations(secondMigration)()
		store, err = storage.Open(context.Background(), path, options)
	}
	if err != nil {
		t.Error(err)
		return done
	}
	mustVerify(t, store)
	if err := store.Close(); err != nil {
		t.Error(err)
	}
	return done
}

// TestAVersionThatIsTakenBack is a crash after the pages of a migration were written and before its
// journal ended: the first bytes say 2, and SQLite takes them back.
func TestAVersionThatIsTakenBack(t *testing.T) {
	ctx := context.Background()
	path, options, _ := closedFilled(t)
	store, err := storage.Open(ctx, path, options)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Raw().Exec(`PRAGMA cache_size = 1; PRAGMA cache_spill = 1`); err != nil {
		t.Fatal(err)
	}
	tx, err := store.Raw().Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(secondMigration + `PRAGMA user_version = 2`); err != nil {
		t.Fatal(err)
	}
	journal := readFile(t, path+"-journal")
	if err := errors.Join(tx.Commit(), store.Close()); err != nil {
		t.Fatal(err)
	}
	writeFile(t, path+"-journal", journal)
	if readFile(t, path)[63] != 2 || len(journal) < 4096 {
		t.Fatal("no interrupted migration was made")
	}
	defer storage.AddMigrations(secondMigration)()
	if store, err = storage.Open(ctx, path, options); err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	mustVerify(t, store)
	if got := number(t, store, `SELECT count(*) FROM remark`); got != 6000 {
		t.Errorf("%d rows, the migration was not done", got)
	}
}

// frozen are ledgers as each past version of the schema wrote them. They are never written anew.
var frozen = map[string]struct{ invoices, entries int64 }{"testdata/v1.dument.gz": {10, 31}}

func TestPastLedgersOpenForEver(t *testing.T) {
	for name, want := range frozen {
		path := filepath.Join(t.TempDir(), "old.dument")
		packed, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		unpacked, err := gzip.NewReader(packed)
		if err != nil {
			t.Fatal(err)
		}
		bytes, err := io.ReadAll(unpacked)
		if err := errors.Join(err, packed.Close()); err != nil {
			t.Fatal(err)
		}
		writeFile(t, path, bytes)
		options := testOptions(t)
		store, err := storage.Open(context.Background(), path, options)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		mustVerify(t, store)
		info, err := store.Backup(context.Background(), path+".copy")
		if err != nil || info.Invoices != want.invoices || info.Entries != want.entries {
			t.Errorf("%s: %+v, %v, want %+v", name, info, err, want)
		}
		addInvoice(t, store, sampleInvoice(1, "F2027-0001", 100))
		mustVerify(t, store)
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}
}
