package storage_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/storage"
)

var errStop = errors.New("stop")

// usable proves that a store still writes and is sound.
func usable(tb testing.TB, store *storage.Store) {
	tb.Helper()
	addClient(tb, store, "Toujours là")
	mustVerify(tb, store)
}

func TestAnUpdateIsAllOrNothing(t *testing.T) {
	ctx := context.Background()
	client := func(w app.Writer) error {
		return w.SaveClient(&ledger.Client{Name: "Passager", Kind: "business"})
	}
	inRecord := func(w app.Writer, write func() error) error {
		return w.Record(ledger.EntryClient, testDay, func(int64) (any, error) { return nil, write() })
	}
	cases := []struct {
		name string
		run  func(store *storage.Store) error
		want error // nil for any
	}{
		{"error", func(store *storage.Store) error {
			return store.Update(ctx, func(w app.Writer) error {
				return errors.Join(inRecord(w, func() error { return client(w) }), errStop)
			})
		}, errStop},
		{"a failed Record that nobody looked at", func(store *storage.Store) error {
			return store.Update(ctx, func(w app.Writer) error {
				_ = inRecord(w, func() error { return errors.Join(client(w), errStop) })
				return nil
			})
		}, errStop},
		{"cancelled before", func(store *storage.Store) error {
			cancelled, cancel := context.WithCancel(ctx)
			cancel()
			return store.Update(cancelled, client)
		}, context.Canceled},
		{"cancelled within", func(store *storage.Store) error {
			cancelled, cancel := context.WithCancel(ctx)
			return store.Update(cancelled, func(w app.Writer) error {
				return inRecord(w, func() error {
					cancel()
					return client(w)
				})
			})
		}, context.Canceled},
		{"cancelled before the commit", func(store *storage.Store) error {
			cancelled, cancel := context.WithCancel(ctx)
			return store.Update(cancelled, func(w app.Writer) error {
				defer cancel()
				return inRecord(w, func() error { return client(w) })
			})
		}, context.Canceled},
		{"too late", func(store *storage.Store) error {
			short, cancel := context.WithTimeout(ctx, time.Millisecond)
			defer cancel()
			return store.Update(short, func(w app.Writer) error {
				defer time.Sleep(5 * time.Millisecond)
				return inRecord(w, func() error { return client(w) })
			})
		}, context.DeadlineExceeded},
		{"letter without its bytes", func(store *storage.Store) error {
			return store.Update(ctx, func(w app.Writer) error {
				return inRecord(w, func() error {
					return errors.Join(client(w), w.AddLetter(&ledger.Letter{Number: "C-1", Client: 1, On: testDay,
						SHA256: "none"}))
				})
			})
		}, nil},
		{"panic", func(store *storage.Store) (err error) {
			defer func() { err = fmt.Errorf("%w: %v", errStop, recover()) }()
			return store.Update(ctx, func(w app.Writer) error {
				return inRecord(w, func() error { panic(client(w)) })
			})
		}, errStop},
		{"fact outside of Record", func(store *storage.Store) (err error) {
			defer func() { err = fmt.Errorf("%w: %v", errStop, recover()) }()
			return store.Update(ctx, client)
		}, errStop},
		{"unknown client", func(store *storage.Store) error {
			return tryRecord(store, func(w app.Writer) error {
				return errors.Join(client(w), w.SaveClient(&ledger.Client{ID: 77, Name: "X", Kind: "business"}))
			})
		}, nil},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			store, _ := newStore(t)
			addClient(t, store, "Premier")
			if err := test.run(store); err == nil || test.want != nil && !errors.Is(err, test.want) {
				t.Errorf("ended with %v, want %v", err, test.want)
			}
			if count := number(t, store, `SELECT count(*) FROM client`); count != 1 {
				t.Errorf("%d clients", count)
			}
			usable(t, store)
		})
	}
}

func TestAFullDiskRefusesAndIsForgiven(t *testing.T) {
	store, _ := newStore(t)
	pages := number(t, store, `PRAGMA page_count`)
	limit := fmt.Sprintf(`PRAGMA max_page_count = %d`, pages+2)
	if _, err := store.Raw().Exec(limit); err != nil {
		t.Fatal(err)
	}
	big := app.Document{Bytes: make([]byte, 100_000)}
	err := tryRecord(store, func(w app.Writer) error { return w.AddDocument(big, app.Attachment{Kind: "client", ID: 1}) })
	if codeOf(err) != app.CodeDiskFull {
		t.Errorf("written with %v", err)
	}
	if _, err := store.Raw().Exec(`PRAGMA max_page_count = 1000000`); err != nil {
		t.Fatal(err)
	}
	usable(t, store)
}

func TestAViewSeesOneState(t *testing.T) {
	store, options := newStore(t)
	options.BusyMillisecondsMax = 10_000
	other, err := storage.Open(context.Background(), store.Path(), options)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	written := make(chan error, 1)
	entries := func(r app.Reader) int64 {
		head, err := r.Head()
		if err != nil {
			t.Error(err)
		}
		return head.Seq
	}
	err = store.View(context.Background(), func(r app.Reader) error {
		before := entries(r)
		go func() {
			client := ledger.Client{Name: "Entre-temps", Kind: "business"}
			written <- tryRecord(other, func(w app.Writer) error { return w.SaveClient(&client) })
		}()
		for range 20 {
			time.Sleep(5 * time.Millisecond)
			if now := entries(r); now != before {
				t.Errorf("entry %d, then %d", before, now)
			}
		}
		return nil
	})
	if err := errors.Join(err, <-written); err != nil {
		t.Fatal(err)
	}
	err = store.View(context.Background(), func(r app.Reader) error {
		if got := entries(r); got != 2 {
			t.Errorf("%d entries", got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestVersionChangesWithEveryCommitOfAnybody(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	store, options := newStore(t)
	version := func() int64 {
		t.Helper()
		version, err := store.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return version
	}
	seen := map[int64]string{version(): "at first"}
	fresh := func(who string) {
		t.Helper()
		now := version()
		if before, known := seen[now]; known {
			t.Errorf("%s: the version of %s", who, before)
		}
		seen[now] = who
	}
	addClient(t, store, "A")
	fresh("own write")
	other, err := storage.Open(ctx, store.Path(), options)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	addClient(t, other, "B")
	fresh("second store")
	startChild(t, "write", store.Path(), options, "x").waitFor(t)
	fresh("second process")
	record(t, store, func(w app.Writer) error { return w.SaveCursor("INBOX", ledger.Cursor{Validity: 1, LastUID: 2}) })
	fresh("cursor")
	before := version()
	if err := store.Update(ctx, func(app.Writer) error { return nil }); err != nil {
		t.Fatal(err)
	}
	_ = tryRecord(store, func(app.Writer) error { return errStop })
	mustVerify(t, store)
	if version() != before {
		t.Error("the version changed without a change")
	}
}

// waitFor reads a child's output to its end.
func (c *child) waitFor(tb testing.TB) {
	tb.Helper()
	for c.out.Scan() {
	}
	c.end(tb)
}

func TestALeaseHasOneHolder(t *testing.T) {
	store, _ := newStore(t)
	addClient(t, store, "A")
	noon := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	elsewhere := time.FixedZone("", 7200)
	for _, step := range []struct {
		holder     string
		at, until  time.Time
		want       bool
		whatItSays string
	}{
		{"window", noon, noon.Add(time.Minute), true, "free"},
		{"companion", noon.Add(time.Second), noon.Add(time.Hour), false, "held"},
		{"window", noon.Add(30 * time.Second), noon.Add(2 * time.Minute), true, "renewed by its holder"},
		{"companion", noon.Add(90 * time.Second), noon.Add(time.Hour), false, "the renewal counts"},
		{"companion", noon.Add(2 * time.Minute).In(elsewhere), noon.Add(3 * time.Minute).In(elsewhere), true, "run out"},
		{"window", noon.Add(150 * time.Second), noon.Add(time.Hour), false, "held by the other"},
		{"companion", noon.Add(150 * time.Second), noon, true, "given back"},
		{"window", noon.Add(151 * time.Second), noon.Add(time.Hour), true, "free again"},
	} {
		err := store.Update(context.Background(), func(w app.Writer) error {
			got, err := w.TakeLease("mailbox", step.holder, step.at, step.until)
			if got != step.want {
				t.Errorf("%s, %s: %v", step.whatItSays, step.holder, got)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	mustVerify(t, store)
}

func TestTheOutsideHeadMayLag(t *testing.T) {
	store, options := newStore(t)
	addClient(t, store, "A")
	var head ledger.Head
	err := store.View(context.Background(), func(r app.Reader) (err error) {
		head, err = r.Head()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(options.StateDir, "heads", "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	behind := readFile(t, files[0])
	addClient(t, store, "B")
	writeFile(t, files[0], behind) // as after a crash between commit and note
	mustVerify(t, store)
	for name, text := range map[string]string{"unreadable": "{", "of another": `{"ledger":"x","seq":9,"hash":"y"}`} {
		writeFile(t, files[0], []byte(text))
		if failed := failures(t, store); len(failed) > 0 {
			t.Errorf("%s: %v", name, failed)
		}
	}
	heads := storage.NewHeads(options.StateDir)
	head.Ledger = filepath.Base(files[0][:len(files[0])-len(".json")])
	head.Seq += 5
	if err := heads.Save(head); err != nil {
		t.Fatal(err)
	}
	if got := failures(t, store)["journal-head"]; got != "4 entries are missing since entry 3" {
		t.Errorf("%q", got)
	}
}

func TestTheLatestRateAndSettingsCount(t *testing.T) {
	store, _ := filledStore(t)
	settings := ledger.Settings{}.WithDefaults()
	settings.Creditor.Name = "Odile & Fils <EI>"
	record(t, store, func(w app.Writer) error { return w.SaveSettings(settings) })
	err := store.View(context.Background(), func(r app.Reader) error {
		got, err := r.Settings()
		if err != nil || got.Creditor.Name != settings.Creditor.Name {
			t.Errorf("%+v, %v", got, err)
		}
		rates, err := r.Rates()
		if err != nil || len(rates) != 1 || rates[0].Semester != date.Must("2026-11-21").Semester() {
			t.Errorf("%+v, %v", rates, err)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
