//go:build unix

package storage_test

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"dument/app"
	"dument/storage"
)

// The sqlite3 shell is the measure: the same file, the same query, in C. Ratios are of processor time,
// which a busy machine and its disk do not change.

// importScript is what an import comes to in the shell: read, normalise, index; the same invoices with the
// same columns, without balances, journal and digests.
const importScript = `PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL;
CREATE TABLE raw (number, client, amount, issued, due);
.mode csv
.separator ;
.import '%s' raw
BEGIN;
CREATE TABLE client (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
INSERT INTO client (name) SELECT DISTINCT client FROM raw;
CREATE TABLE invoice (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, client INTEGER NOT NULL
  REFERENCES client (id), type TEXT NOT NULL, amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
  currency TEXT NOT NULL, issued TEXT NOT NULL, due TEXT NOT NULL, due_origin TEXT NOT NULL,
  subject TEXT NOT NULL, order_ref TEXT NOT NULL, corrects INTEGER, contract_rate INTEGER, notes TEXT NOT NULL,
  batch INTEGER, entry INTEGER NOT NULL, withdrawn INTEGER, CHECK (due >= issued)) STRICT;
INSERT INTO invoice (number, client, type, amount_cents, currency, issued, due, due_origin, subject, order_ref,
    notes, batch, entry)
  SELECT r.number, c.id, 'invoice', CAST(round(r.amount * 100) AS INTEGER), 'EUR', r.issued, r.due, 'stated',
    '', '', '', 1, 2
  FROM raw r JOIN client c ON c.name = r.client;
CREATE INDEX invoice_open ON invoice (client, currency, due, amount_cents);
CREATE INDEX invoice_issued ON invoice (issued);
DROP TABLE raw;
COMMIT;
`

func shell(b *testing.B, database, script string) (output string, processor time.Duration) {
	b.Helper()
	command := exec.Command("sqlite3", database)
	command.Stdin = strings.NewReader(script)
	text, err := command.CombinedOutput()
	if err != nil || strings.Contains(string(text), "rror") {
		b.Fatalf("sqlite3: %v\n%s", err, text)
	}
	return string(text), command.ProcessState.UserTime() + command.ProcessState.SystemTime()
}

func needShell(b *testing.B) {
	b.Helper()
	if _, err := exec.LookPath("sqlite3"); err != nil {
		b.Skip("the sqlite3 shell is not installed")
	}
}

// processorTime is what this process has used.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func BenchmarkImportAgainstShell(b *testing.B) {
	needShell(b)
	benchEach(b, func(b *testing.B, size int) {
		var csv strings.Builder
		for n := range size {
			invoice := benchInvoice(n, size, 1)
			fmt.Fprintf(&csv, "%s;Atelier Exemple %05d SARL;%s;%s;%s\n", invoice.Number, n*31%max(1, size/100),
				invoice.Amount, invoice.Issued, invoice.Due)
		}
		file := filepath.Join(b.TempDir(), "factures.csv")
		writeFile(b, file, []byte(csv.String()))
		var ours, theirs time.Duration
		for n := 0; b.Loop(); n++ {
			_, used := shell(b, filepath.Join(b.TempDir(), fmt.Sprintf("%d.db", n)), fmt.Sprintf(importScript, file))
			theirs += used
			store := newBenchStore(b)
			before := processorTime(b)
			fill(b, store, size)
			ours += processorTime(b) - before
		}
		b.ReportMetric(milliseconds(ours)/float64(b.N), "cpu-ms/op")
		b.ReportMetric(milliseconds(theirs)/float64(b.N), "shell-cpu-ms/op")
		b.ReportMetric(float64(ours)/float64(theirs), "x-shell")
	})
}

func BenchmarkAgeingAgainstShell(b *testing.B) {
	needShell(b)
	benchEach(b, func(b *testing.B, size int) {
		store := filledBenchStore(b, size)
		query := `SELECT c.id, c.name, t.* FROM (` + storage.AgingSQL(testDay) + `) t JOIN client c ON c.id = t.client ORDER BY c.name;`
		const repeats = 5
		var ours, theirs time.Duration
		for b.Loop() {
			output, _ := shell(b, store.Path(), ".timer on\n"+strings.Repeat(query+"\n", repeats))
			theirs += shellTime(b, output) / repeats
			before := processorTime(b)
			for range repeats {
				err := store.View(context.Background(), func(r app.Reader) error {
					_, err := r.Aging(testDay)
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			ours += (processorTime(b) - before) / repeats
		}
		b.ReportMetric(milliseconds(ours)/float64(b.N), "cpu-ms/op")
		b.ReportMetric(milliseconds(theirs)/float64(b.N), "shell-cpu-ms/op")
		b.ReportMetric(float64(ours)/float64(theirs), "x-shell")
	})
}

// shellTime adds up the lines "Run Time: real 0.010 user 0.009 sys 0.001".
func shellTime(b *testing.B, output string) (total time.Duration) {
	b.Helper()
	for line := range strings.Lines(output) {
		fields := strings.Fields(line)
		if len(fields) != 8 || fields[0] != "Run" {
			continue
		}
		for _, field := range []string{fields[5], fields[7]} {
			seconds, err := strconv.ParseFloat(field, 64)
			if err != nil {
				b.Fatal(err)
			}
			total += time.Duration(seconds * float64(time.Second))
		}
	}
	return total
}
