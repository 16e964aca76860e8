package storage_test

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"dument/app"
	"dument/app/ledger"
	"dument/storage"
)

// createdLedger is a small ledger, closed.
func createdLedger(tb testing.TB, path string, options storage.Options) {
	tb.Helper()
	store, err := storage.Create(context.Background(), path, options, ledger.Settings{}.WithDefaults())
	if err != nil {
		tb.Fatal(err)
	}
	addInvoice(tb, store, sampleInvoice(addClient(tb, store, "Atelier Exemple").ID, "F1", 100_000))
	if err := store.Close(); err != nil {
		tb.Fatal(err)
	}
}

func writeFile(tb testing.TB, path string, content []byte) {
	tb.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		tb.Fatal(err)
	}
}

func readFile(tb testing.TB, path string) []byte {
	tb.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return content
}

func TestWhatIsNoLedgerIsRefusedAndLeftAlone(t *testing.T) {
	options := testOptions(t)
	good := filepath.Join(t.TempDir(), "good.dument")
	createdLedger(t, good, options)
	withVersion := func(version uint32) func(string) {
		return func(path string) {
			content := readFile(t, good)
			binary.BigEndian.PutUint32(content[60:], version)
			writeFile(t, path, content)
		}
	}
	random := make([]byte, 8192)
	for i := range random {
		random[i] = byte(i*i>>3 + i)
	}
	cases := []struct {
		name   string
		make   func(path string)
		code   app.Code
		detail string
	}{
		{"nothing", func(string) {}, app.CodeLedgerMissing, ""},
		{"empty", func(path string) { writeFile(t, path, nil) }, app.CodeLedgerDamaged, "too_short"},
		{"random bytes", func(path string) { writeFile(t, path, random) }, app.CodeLedgerDamaged, "not_a_ledger"},
		{"text", func(path string) { writeFile(t, path, []byte("number;amount\n")) }, app.CodeLedgerDamaged, "too_short"},
		{"header alone", func(path string) { writeFile(t, path, readFile(t, good)[:100]) }, app.CodeLedgerDamaged, ""},
		{"cut in half", func(path string) {
			content := readFile(t, good)
			writeFile(t, path, content[:len(content)/2])
		}, app.CodeLedgerDamaged, ""},
		{"another program's", func(path string) { foreignDatabase(t, path) }, app.CodeLedgerDamaged, "not_a_ledger"},
		{"another program's with our mark", func(path string) {
			foreignDatabase(t, path)
			content := readFile(t, path)
			copy(content[68:72], readFile(t, good)[68:72])
			binary.BigEndian.PutUint32(content[60:], 1)
			writeFile(t, path, content)
		}, app.CodeLedgerDamaged, "not_a_ledger"},
		{"version 0", withVersion(0), app.CodeLedgerDamaged, "not_a_ledger"},
		{"next version", withVersion(2), app.CodeLedgerNewer, ""},
		{"version 1000", withVersion(1000), app.CodeLedgerNewer, ""},
		{"version beyond an int32", withVersion(1 << 31), app.CodeLedgerNewer, ""},
		{"directory", func(path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, app.CodeLedgerDamaged, "not_a_file"},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.dument")
			test.make(path)
			before := snapshot(t, path)
			store, err := storage.Open(context.Background(), path, options)
			if err == nil {
				_ = store.Close()
			}
			if codeOf(err) != test.code || test.detail != "" && app.AsError(err).Detail != test.detail {
				t.Errorf("opened with %v, want %s %s", err, test.code, test.detail)
			}
			if after := snapshot(t, path); after != before {
				t.Errorf("%s before, %s after", before, after)
			}
		})
	}
}

// snapshot is what must not change: kind, size, time and bytes.
func snapshot(tb testing.TB, path string) string {
	tb.Helper()
	info, err := os.Lstat(path)
	if errors.Is(err, os.ErrNotExist) {
		return "nothing"
	}
	if err != nil {
		tb.Fatal(err)
	}
	text := info.Mode().String() + info.ModTime().Format(time.RFC3339Nano)
	if info.Mode().IsRegular() {
		text += digestOf(readFile(tb, path))
	}
	return text
}

func foreignDatabase(tb testing.TB, path string) {
	tb.Helper()
	database, err := sql.Open("sqlite", path)
	if err != nil {
		tb.Fatal(err)
	}
	defer database.Close()
	if _, err := database.Exec(`CREATE TABLE bookmark (url TEXT)`); err != nil {
		tb.Fatal(err)
	}
}

func TestAFIFOIsRefusedWithoutWaiting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe.dument")
	if err := makeFIFO(path); err != nil {
		t.Skipf("no named pipes here: %v", err)
	}
	_, err := storage.Open(context.Background(), path, testOptions(t))
	if codeOf(err) != app.CodeLedgerDamaged {
		t.Errorf("opened with %v", err)
	}
}

func TestNamesOfFiles(t *testing.T) {
	t.Parallel()
	names := []string{"avec espaces.dument", "Éditions du Gué.dument", "100%.dument", "a%20b.dument", "c#d.dument",
		"e&f=g+h;i.dument", "'quote'.dument", "sans extension"}
	if runtime.GOOS != "windows" {
		names = append(names, "why?.dument", "back\\slash:colon.dument", "new\nline.dument")
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), name+" dossier")
			options := testOptions(t)
			createdLedger(t, filepath.Join(folder, name), options)
			store, err := storage.Open(context.Background(), filepath.Join(folder, name), options)
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			if _, err := store.Backup(context.Background(), filepath.Join(folder, "copie "+name)); err != nil {
				t.Error(err)
			}
			mustVerify(t, store)
			checkFolder(t, folder, name, name+"-journal", "copie "+name)
		})
	}
}

// checkFolder finds what should not be there, and modes that others could read.
func checkFolder(tb testing.TB, folder string, allowed ...string) {
	tb.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		tb.Fatal(err)
	}
	known := map[string]bool{}
	for _, name := range allowed {
		known[name] = true
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			tb.Fatal(err)
		}
		if !known[entry.Name()] {
			tb.Errorf("%q was left behind", entry.Name())
		}
		if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
			tb.Errorf("%q has mode %v", entry.Name(), info.Mode())
		}
	}
}

func TestASymbolicLinkIsTheLedgerItNames(t *testing.T) {
	options := testOptions(t)
	folder := t.TempDir()
	path, link := filepath.Join(folder, "real.dument"), filepath.Join(t.TempDir(), "link.dument")
	createdLedger(t, path, options)
	if err := os.Symlink(path, link); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	store, err := storage.Open(context.Background(), link, options)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	addClient(t, store, "Par le lien")
	if _, err := os.Lstat(link + "-journal"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the journal stands beside the link: %v", err)
	}
	// Both names are one ledger: neither can be replaced while it is open.
	for _, name := range []string{path, link} {
		if _, _, err := storage.Restore(context.Background(), path, name, options); codeOf(err) != app.CodeLedgerLocked {
			t.Errorf("restore over %s: %v", name, err)
		}
	}
	if _, err := storage.Create(context.Background(), link, options, ledger.Settings{}.WithDefaults()); codeOf(err) !=
		app.CodeLedgerExists {
		t.Errorf("created over a link: %v", err)
	}
}

func TestCreateNeverOverwrites(t *testing.T) {
	for name, content := range map[string][]byte{"a file": []byte("précieux"), "an empty file": {}} {
		path := filepath.Join(t.TempDir(), "x.dument")
		writeFile(t, path, content)
		_, err := storage.Create(context.Background(), path, testOptions(t), ledger.Settings{}.WithDefaults())
		if codeOf(err) != app.CodeLedgerExists || string(readFile(t, path)) != string(content) {
			t.Errorf("%s: %v", name, err)
		}
		checkFolder(t, filepath.Dir(path), "x.dument")
	}
}

func TestCreateRefusesWrongSettingsAndLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.dument")
	settings := ledger.Settings{}.WithDefaults()
	settings.Terms.Imputation = "wish"
	_, err := storage.Create(context.Background(), path, testOptions(t), settings)
	if !errors.Is(err, ledger.ErrInvalid) {
		t.Errorf("created with %v", err)
	}
	checkFolder(t, filepath.Dir(path))
}

func TestALockedLedgerIsSaidToBe(t *testing.T) {
	t.Parallel()
	options := testOptions(t)
	path := filepath.Join(t.TempDir(), "x.dument")
	createdLedger(t, path, options)
	store, err := storage.Open(context.Background(), path, options)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	other := startChild(t, "lock", path, options)
	other.line(t)
	calls := map[string]func() error{
		"open": func() error {
			_, err := storage.Open(context.Background(), path, options)
			return err
		},
		"read": func() error {
			return store.View(context.Background(), func(r app.Reader) error {
				_, err := r.CountInvoices()
				return err
			})
		},
		"write": func() error {
			client := ledger.Client{Name: "X", Kind: "business"}
			return tryRecord(store, func(w app.Writer) error { return w.SaveClient(&client) })
		},
	}
	for name, call := range calls {
		start := time.Now()
		if err := call(); codeOf(err) != app.CodeLedgerLocked {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%s took %v, the busy time is 0.3 s", name, took)
		}
	}
	_ = other.Process.Kill()
	_ = other.Wait()
	for name, call := range calls {
		if err := call(); err != nil {
			t.Errorf("%s after the other's end: %v", name, err)
		}
	}
}

func TestALedgerThatWasDeletedOrReplacedTakesNoMoreWrites(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows deletes no open file")
	}
	for name, take := range map[string]func(path string) error{
		"deleted": os.Remove,
		"renamed": func(path string) error { return os.Rename(path, path+".elsewhere") },
		"replaced": func(path string) error {
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return errors.Join(os.WriteFile(path+".new", content, 0o600), os.Rename(path+".new", path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			store, _ := newStore(t)
			addClient(t, store, "Avant")
			if err := take(store.Path()); err != nil {
				t.Fatal(err)
			}
			client := ledger.Client{Name: "Après", Kind: "business"}
			err := tryRecord(store, func(w app.Writer) error { return w.SaveClient(&client) })
			if codeOf(err) != app.CodeLedgerMissing || len(app.AsError(err).Params) != 1 {
				t.Errorf("written with %v", err)
			}
		})
	}
}

func TestCloseMayBeCalledTwiceAndUsesAfterItFail(t *testing.T) {
	store, _ := newStore(t)
	for range 2 {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := store.Version(context.Background()); err == nil {
		t.Error("Version after Close")
	}
	if err := store.View(context.Background(), func(app.Reader) error { return nil }); err == nil {
		t.Error("View after Close")
	}
}
