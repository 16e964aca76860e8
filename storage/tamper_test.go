package storage_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"dument/app"
	"dument/app/ledger"
	"dument/storage"
)

// intruder opens a ledger as any SQLite tool does: no triggers, no keys, no checks.
func intruder(tb testing.TB, path string, act func(tx *sql.Tx) error) {
	tb.Helper()
	database, err := sql.Open("sqlite", "file://"+path+
		"?_pragma=ignore_check_constraints(1)&_pragma=foreign_keys(0)&_pragma=busy_timeout(2000)")
	if err != nil {
		tb.Fatal(err)
	}
	defer database.Close()
	tx, err := database.Begin()
	if err != nil {
		tb.Fatal(err)
	}
	defer tx.Rollback()
	triggers := map[string]string{}
	rows, err := tx.Query(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
	if err != nil {
		tb.Fatal(err)
	}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			tb.Fatal(err)
		}
		triggers[name] = text
	}
	if err := rows.Close(); err != nil {
		tb.Fatal(err)
	}
	for name := range triggers {
		if _, err := tx.Exec(`DROP TRIGGER ` + name); err != nil {
			tb.Fatal(err)
		}
	}
	if err := act(tx); err != nil {
		tb.Fatal(err)
	}
	for _, text := range triggers { // no trace but the deed itself
		if _, err := tx.Exec(text); err != nil {
			tb.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		tb.Fatal(err)
	}
}

func statements(list ...string) func(*sql.Tx) error {
	return func(tx *sql.Tx) error {
		for _, statement := range list {
			result, err := tx.Exec(statement)
			if err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
			if changed, err := result.RowsAffected(); err != nil || changed == 0 {
				return fmt.Errorf("%s: nothing changed, %w", statement, err)
			}
		}
		return nil
	}
}

// rewrite changes an entry and computes every later hash anew, as somebody who knows the format would.
func rewrite(seq int64) func(*sql.Tx) error {
	return func(tx *sql.Tx) error {
		if _, err := tx.Exec(`UPDATE journal SET body = '{"rewritten":true}' WHERE seq = ?`, seq); err != nil {
			return err
		}
		var last int64
		if err := tx.QueryRow(`SELECT max(seq) FROM journal`).Scan(&last); err != nil {
			return err
		}
		for ; seq <= last; seq++ {
			var entry ledger.Entry
			var at, on string
			err := tx.QueryRow(`SELECT j.at, j.on_date, j.kind, j.body, j.facts, p.hash FROM journal j
				JOIN journal p ON p.seq = j.seq - 1 WHERE j.seq = ?`, seq).
				Scan(&at, &on, &entry.Kind, &entry.Body, &entry.Facts, &entry.Prev)
			if err != nil {
				return err
			}
			entry.Seq, entry.At, entry.On = seq, fixedClock(), testDay
			if _, err := tx.Exec(`UPDATE journal SET prev = ?, hash = ? WHERE seq = ?`, entry.Prev,
				storage.EntryHash(entry), seq); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestTheJournalShowsWhatWasDoneToIt(t *testing.T) {
	t.Parallel()
	store, options := filledStore(t)
	last := number(t, store, `SELECT max(seq) FROM journal`)
	path := store.Path()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	good := readFile(t, path)
	swap := `UPDATE journal SET seq = CASE seq WHEN 5 THEN -6 WHEN 6 THEN -5 END WHERE seq IN (5, 6)`
	cases := []struct {
		name        string
		act         func(*sql.Tx) error
		check, says string
	}{
		{"body changed", statements(`UPDATE journal SET body = '{"n":2}' WHERE seq = 5`), "journal", "entry 5 was changed"},
		{"day changed", statements(`UPDATE journal SET on_date = '2026-11-20' WHERE seq = 5`), "journal", "entry 5 was changed"},
		{"instant changed", statements(`UPDATE journal SET at = '2026-11-21T09:00:01Z' WHERE seq = 5`), "journal", "entry 5"},
		{"kind changed", statements(`UPDATE journal SET kind = 'other' WHERE seq = 5`), "journal", "entry 5 was changed"},
		{"facts changed", statements(`UPDATE journal SET facts = '{}' WHERE seq = 5`), "journal", "entry 5 was changed"},
		{"hash changed", statements(`UPDATE journal SET hash = prev WHERE seq = 5`), "journal", "entry 5 was changed"},
		{"link changed", statements(`UPDATE journal SET prev = hash WHERE seq = 5`), "journal", "entry 5 was changed"},
		{"removed", statements(`DELETE FROM journal WHERE seq = 5`), "journal", "entry 5 is missing"},
		{"removed and closed up", statements(`DELETE FROM journal WHERE seq = 5`,
			`UPDATE journal SET seq = -seq WHERE seq > 5`, `UPDATE journal SET seq = -seq - 1 WHERE seq < 0`),
			"journal", "entry 5 was changed"},
		{"first removed", statements(`DELETE FROM journal WHERE seq = 1`), "journal", "entry 1 is missing"},
		{"inserted at the end", statements(`INSERT INTO journal SELECT seq + 1, at, on_date, kind, body, facts, hash, prev
			FROM journal ORDER BY seq DESC LIMIT 1`), "journal", fmt.Sprintf("entry %d was changed", last+1)},
		{"inserted between", statements(`UPDATE journal SET seq = -seq WHERE seq >= 5`,
			`INSERT INTO journal SELECT 5, at, on_date, kind, body, facts, prev, hash FROM journal WHERE seq = 4`,
			`UPDATE journal SET seq = -seq + 1 WHERE seq < 0`), "journal", "entry 5 was changed"},
		{"swapped", statements(swap, `UPDATE journal SET seq = -seq WHERE seq < 0`), "journal", "entry 5 was changed"},
		{"tail cut", statements(fmt.Sprintf(`DELETE FROM journal WHERE seq > %d`, last-2)), "journal-head",
			fmt.Sprintf("2 entries are missing since entry %d", last-2)},
		{"emptied", statements(`DELETE FROM journal`), "journal-head", fmt.Sprintf("%d entries are missing", last)},
		{"written anew", rewrite(5), "journal-head", fmt.Sprintf("entry %d is not the one", last)},
		{"identity changed", statements(`UPDATE meta SET ledger_id = 'f' || substr(ledger_id, 2) || 'x'`), "journal",
			"entry 1 was changed"},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			writeFile(t, path, good)
			intruder(t, path, test.act)
			store, err := storage.Open(context.Background(), path, options)
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			if failed := failures(t, store); !strings.Contains(failed[test.check], test.says) {
				t.Errorf("%v, want %s: %s", failed, test.check, test.says)
			}
		})
	}
}

// TestEveryColumnOfEveryFactIsCovered changes, removes and adds rows in each table in turn.
func TestEveryColumnOfEveryFactIsCovered(t *testing.T) {
	t.Parallel()
	store, options := filledStore(t)
	path := store.Path()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	good := readFile(t, path)
	found := func(name, says string, act func(*sql.Tx) error) {
		t.Helper()
		writeFile(t, path, good)
		intruder(t, path, act)
		_, err := storage.Inspect(context.Background(), path, options)
		if codeOf(err) != app.CodeLedgerDamaged || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %s", name, err, says)
		}
	}
	for _, table := range storage.FactTableNames() {
		for _, column := range append(storage.Columns(table), "entry", "id") {
			found(table+"."+column, table, statements(fmt.Sprintf(`UPDATE %s SET %s = CASE typeof(%[2]s) WHEN 'text'
				THEN %[2]s || 'x' ELSE coalesce(%[2]s, 0) + 1 END WHERE id = (SELECT max(id) FROM %[1]s)`, table, column)))
		}
		found(table+" emptied", table, statements(`DELETE FROM `+table))
		found(table+" shortened", table, statements(fmt.Sprintf(`DELETE FROM %s WHERE id = (SELECT max(id) FROM %[1]s)`,
			table)))
	}
	found("document's bytes", "documents", statements(`UPDATE document SET bytes = zeroblob(size) WHERE id = 1`))
	found("client's name", "clients", statements(`UPDATE client SET name = 'Autre' WHERE id = 2`))
	found("client's entry", "clients", statements(`UPDATE client SET entry = entry - 1 WHERE id = 2`))
	found("client removed", "client", statements(`DELETE FROM client WHERE id = 2`))
	found("balance", "balances", statements(`UPDATE balance SET credited_cents = 1 WHERE invoice = 8`))
	found("balance removed", "balances", statements(`DELETE FROM balance WHERE invoice = 8`))
	found("balance's client", "balances", statements(`UPDATE balance SET client = 2 WHERE invoice = 1`))
	found("balance of a credit note", "balances", statements(`INSERT INTO balance SELECT (SELECT max(id) FROM invoice
		WHERE type = 'credit_note'), client, due, currency, 5, 0, 0, 0 FROM balance LIMIT 1`))
	found("latest day", "balances", statements(`UPDATE latest SET day = '2020-01-01'`))
	found("latest day removed", "balances", statements(`DELETE FROM latest`))
	found("trigger", "schema", func(tx *sql.Tx) error {
		_, err := tx.Exec(`CREATE TRIGGER helper AFTER INSERT ON payment BEGIN DELETE FROM lease; END`)
		return err
	})
	found("index", "schema", func(tx *sql.Tx) error {
		_, err := tx.Exec(`DROP INDEX invoice_number`)
		return err
	})
}

// TestAClientSetBackIsFound brings back an earlier state of a client, with the entry that wrote it.
func TestAClientSetBackIsFound(t *testing.T) {
	store, options := newStore(t)
	client := addClient(t, store, "Avant")
	client.Name = "Après"
	record(t, store, func(w app.Writer) error { return w.SaveClient(&client) })
	mustVerify(t, store)
	intruder(t, store.Path(), statements(`UPDATE client SET name = 'Avant', entry = entry - 1`))
	if _, err := storage.Inspect(context.Background(), store.Path(), options); !strings.Contains(fmt.Sprint(err),
		"client 1 is not as entry 3 left it") {
		t.Error(err)
	}
}

// TestFlippedBits turns single bits of the file. Whatever changes what the ledger says is found; SQLite
// alone would find one in five.
func TestFlippedBits(t *testing.T) {
	t.Parallel()
	store, options := filledStore(t)
	path := store.Path()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	good := readFile(t, path)
	before, err := content(path)
	if err != nil {
		t.Fatal(err)
	}
	const seed = 20261121
	random := rand.New(rand.NewPCG(seed, 0))
	wanted := 200
	if testing.Short() {
		wanted = 50
	}
	flips, changed, alone, flipped := 0, 0, 0, filepath.Join(t.TempDir(), "flipped.dument")
	for changed < wanted {
		at, bit := random.IntN(len(good)), random.IntN(8)
		if good[at] == 0 && random.IntN(10) > 0 {
			continue // mostly room that nothing uses
		}
		bytes := append([]byte{}, good...)
		bytes[at] ^= 1 << bit
		writeFile(t, flipped, bytes)
		flips++
		after, err := content(flipped)
		if err == nil && after == before {
			continue
		}
		changed++
		if _, err := storage.Inspect(context.Background(), flipped, options); err == nil {
			t.Errorf("seed %d: bit %d of byte %d changed the ledger and nothing noticed", seed, bit, at)
		} else if strings.Contains(err.Error(), "check_failed") && !strings.Contains(err.Error(), " integrity ") {
			alone++
		}
	}
	if alone < wanted/3 {
		t.Errorf("SQLite found all but %d: the test sees too little", alone)
	}
	t.Logf("%d of %d flips changed the content, all were found; SQLite alone saw %d", changed, flips, changed-alone)
}

// content digests what the tables say, without the places that are no facts.
func content(path string) (digest [32]byte, err error) {
	database, err := sql.Open("sqlite", "file://"+path+"?mode=ro")
	if err != nil {
		return digest, err
	}
	defer database.Close()
	sum := sha256.New()
	for _, table := range append(keptTables(), "client", "balance", "latest", "sqlite_schema") {
		order := `rowid`
		if table == "sqlite_schema" {
			order = `name`
		}
		rows, err := database.Query(`SELECT * FROM ` + table + ` ORDER BY ` + order)
		if err != nil {
			return digest, err
		}
		names, err := rows.Columns()
		if err != nil {
			return digest, err
		}
		values, targets := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			targets[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(targets...); err != nil {
				return digest, err
			}
			if table == "sqlite_schema" {
				values[3] = nil // the root page is no content
			}
			fmt.Fprintf(sum, "%s %q\n", table, values)
		}
		if err := rows.Err(); err != nil {
			return digest, err
		}
	}
	copy(digest[:], sum.Sum(nil))
	return digest, nil
}
