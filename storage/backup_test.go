package storage_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"dument/app"
	"dument/app/ledger"
	"dument/storage"
)

func TestBackupsWhileWriting(t *testing.T) {
	t.Parallel()
	store, options := filledStore(t)
	folder := t.TempDir()
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			invoice := sampleInvoice(1, fmt.Sprintf("W%d", n), 1_000)
			if err := tryRecord(store, func(w app.Writer) error { return w.AddInvoice(&invoice) }); err != nil {
				stopped <- err
				return
			}
		}
	}()
	entries := int64(0)
	for n := range 20 {
		path := filepath.Join(folder, fmt.Sprintf("copie %d.dument", n))
		made, err := store.Backup(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		if made.Entries < entries || made.Path != path || made.SHA256 != digestOf(readFile(t, path)) ||
			made.Size != int64(len(readFile(t, path))) {
			t.Errorf("copy %d: %+v after one of %d entries", n, made, entries)
		}
		entries = made.Entries
		read, err := storage.Inspect(context.Background(), path, options)
		if err != nil || read != made {
			t.Errorf("copy %d read back: %+v, %v, want %+v", n, read, err, made)
		}
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
	mustVerify(t, store)
	entriesLeft, err := os.ReadDir(folder)
	if err != nil || len(entriesLeft) != 20 {
		t.Errorf("%d files in the folder of copies, %v", len(entriesLeft), err)
	}
}

func TestABackupOverwritesNothingAndCopiesNoDamage(t *testing.T) {
	store, _ := filledStore(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "copie.dument")
	writeFile(t, path, []byte("précieux"))
	if _, err := store.Backup(context.Background(), path); codeOf(err) != app.CodeLedgerExists {
		t.Errorf("backed up over a file: %v", err)
	}
	if string(readFile(t, path)) != "précieux" {
		t.Error("the file was replaced")
	}
	if _, err := store.Backup(context.Background(), filepath.Join(folder, "nowhere", "x")); codeOf(err) != app.CodeFile {
		t.Errorf("backed up into no folder: %v", err)
	}
	intruder(t, store.Path(), statements(`UPDATE payment SET payer = 'x'`))
	info, err := store.Backup(context.Background(), filepath.Join(folder, "damaged.dument"))
	if codeOf(err) != app.CodeLedgerDamaged || info != (app.BackupInfo{}) {
		t.Errorf("backed a damaged ledger up: %+v, %v", info, err)
	}
	checkFolder(t, folder, "copie.dument")
}

func TestRestoreKeepsWhatWasThere(t *testing.T) {
	ctx := context.Background()
	store, options := filledStore(t)
	folder := filepath.Dir(store.Path())
	copied := filepath.Join(t.TempDir(), "copie.dument")
	made, err := store.Backup(ctx, copied)
	if err != nil {
		t.Fatal(err)
	}
	later := addClient(t, store, "Après la copie")
	if _, _, err := storage.Restore(ctx, copied, store.Path(), options); codeOf(err) != app.CodeLedgerLocked {
		t.Fatalf("restored over an open ledger: %v", err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	before := digestOf(readFile(t, store.Path()))
	for _, name := range []string{"filled.avant-restauration.dument", "filled.avant-restauration-2.dument"} {
		info, kept, err := storage.Restore(ctx, copied, store.Path(), options)
		if err != nil {
			t.Fatal(err)
		}
		made.Path = store.Path()
		if info != made || kept != filepath.Join(folder, name) {
			t.Errorf("restored %+v, kept %s, want %+v, %s", info, kept, made, name)
		}
		if got := digestOf(readFile(t, kept)); got != before {
			t.Errorf("%s is not what was there", name)
		}
		before = made.SHA256
	}
	checkFolder(t, folder, "filled.dument", "filled.dument-journal", "filled.avant-restauration.dument",
		"filled.avant-restauration-2.dument")
	restored, err := storage.Open(ctx, store.Path(), options)
	if err != nil {
		t.Fatal(err)
	}
	mustVerify(t, restored) // the outside head too, although the entries after the copy are gone
	err = restored.View(ctx, func(r app.Reader) error {
		_, found, err := r.ClientByName(later.Name)
		if found {
			t.Error("a client of after the copy")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	addClient(t, restored, "Après la restauration")
	mustVerify(t, restored)
	if err := restored.Close(); err != nil {
		t.Fatal(err)
	}
	// And back to what was there first, whose journal took another way.
	if _, _, err := storage.Restore(ctx, filepath.Join(folder, "filled.avant-restauration.dument"), store.Path(),
		options); err != nil {
		t.Fatal(err)
	}
	if restored, err = storage.Open(ctx, store.Path(), options); err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	mustVerify(t, restored)
}

func TestRestoreRefusesDamageAndChangesNothing(t *testing.T) {
	ctx := context.Background()
	store, options := filledStore(t)
	folder := t.TempDir()
	copied := filepath.Join(folder, "copie.dument")
	if _, err := store.Backup(ctx, copied); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	before := digestOf(readFile(t, store.Path()))
	intruder(t, copied, statements(`UPDATE payment SET payer = 'x'`))
	writeFile(t, filepath.Join(folder, "random.dument"), []byte("autre chose"))
	for name, want := range map[string]app.Code{"copie.dument": app.CodeLedgerDamaged,
		"random.dument": app.CodeLedgerDamaged, "missing.dument": app.CodeLedgerMissing} {
		_, kept, err := storage.Restore(ctx, filepath.Join(folder, name), store.Path(), options)
		if codeOf(err) != want || kept != "" {
			t.Errorf("%s: %v, kept %q", name, err, kept)
		}
	}
	if digestOf(readFile(t, store.Path())) != before {
		t.Error("the ledger was changed")
	}
	checkFolder(t, filepath.Dir(store.Path()), "filled.dument", "filled.dument-journal")
}

// TestRestoreOverAnInterruptedLedger restores where a crash left a journal: played back into the
// restored file it would ruin it, and without it the kept file would be ruined.
func TestRestoreOverAnInterruptedLedger(t *testing.T) {
	ctx := context.Background()
	store, options := filledStore(t)
	copied := filepath.Join(t.TempDir(), "copie.dument")
	if _, err := store.Backup(ctx, copied); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	interrupt(t, store.Path(), options)
	_, kept, err := storage.Restore(ctx, copied, store.Path(), options)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{store.Path(), kept} {
		opened, err := storage.Open(ctx, path, options)
		if err != nil {
			t.Fatal(err)
		}
		mustVerify(t, opened)
		if _, err := os.Stat(path + "-journal"); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Error(err)
		}
		if err := opened.Close(); err != nil {
			t.Error(err)
		}
	}
}

// interrupt leaves a ledger as a crash in the middle of a commit does: pages of an unfinished
// transaction in the file, their earlier bytes in the journal.
func interrupt(tb testing.TB, path string, options storage.Options) {
	tb.Helper()
	folder := tb.TempDir()
	copied := filepath.Join(folder, "x.dument")
	store, err := storage.Open(context.Background(), path, options)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := store.Raw().Exec(`PRAGMA cache_size = 1; PRAGMA cache_spill = 1`); err != nil {
		tb.Fatal(err)
	}
	stop := errors.New("stop")
	err = store.Update(context.Background(), func(w app.Writer) error {
		err := w.Record(ledger.EntryInvoice, testDay, func(int64) (any, error) {
			for n := range 300 {
				invoice := sampleInvoice(1, fmt.Sprintf("Z%d", n), 1_000)
				if err := w.AddInvoice(&invoice); err != nil {
					return nil, err
				}
			}
			return nil, nil
		})
		writeFile(tb, copied, readFile(tb, path))
		writeFile(tb, copied+"-journal", readFile(tb, path+"-journal"))
		return errors.Join(err, stop)
	})
	if !errors.Is(err, stop) {
		tb.Fatal(err)
	}
	if err := store.Close(); err != nil {
		tb.Fatal(err)
	}
	if len(readFile(tb, copied+"-journal")) < 4096 || digestOf(readFile(tb, copied)) == digestOf(readFile(tb, path)) {
		tb.Fatal("nothing was interrupted")
	}
	writeFile(tb, path, readFile(tb, copied))
	writeFile(tb, path+"-journal", readFile(tb, copied+"-journal"))
}
