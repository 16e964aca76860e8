package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/storage"
)

// TestLedgerStates: whatever is wrong with the file, the status is 3 and the bytes are as they were.
func TestLedgerStates(t *testing.T) {
	source := opened(t)
	source.ok("client", "add", "Alpha SARL", "--type", "business")
	sound := []byte(source.read(source.ledger))
	changed := func(at int, value byte) []byte {
		copied := bytes.Clone(sound)
		copied[at] = value
		return copied
	}
	newer := bytes.Clone(sound)
	binary.BigEndian.PutUint32(newer[60:], 1000)
	noise := bytes.Repeat([]byte{0x5a, 0x17, 0xc3}, 3000)
	broken := bytes.Clone(sound)
	copy(broken[100:4096], bytes.Repeat([]byte{0xff}, 3996))
	for _, test := range []struct {
		name    string
		content []byte
		code    string
	}{
		{"newer", newer, "ledger_newer"}, {"empty", []byte{}, "ledger_damaged"}, {"noise", noise, "ledger_damaged"},
		{"another program's", changed(68, 0x11), "ledger_damaged"}, {"cut", sound[:80], "ledger_damaged"},
		{"broken page", broken, "ledger_damaged"}, {"text", []byte(strings.Repeat("facture;client\n", 50)), "ledger_damaged"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDesk(t)
			if err := os.WriteFile(d.ledger, test.content, 0o600); err != nil {
				t.Fatal(err)
			}
			old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
			if err := os.Chtimes(d.ledger, old, old); err != nil {
				t.Fatal(err)
			}
			for _, line := range [][]string{{"client", "list"}, {"verify"}, {"client", "add", "X", "--type", "business"}} {
				p := d.fails(exitLedger, append(line, "--json")...)
				made := shaped(t, p.out, errorShape)
				if code := at(t, made[0], "error.code"); code != test.code {
					t.Errorf("%v: code %v, want %s", line, code, test.code)
				}
			}
			if info, err := os.Stat(d.ledger); err != nil || !info.ModTime().Equal(old) {
				t.Errorf("the file was touched: %v %v", info, err)
			}
			if d.read(d.ledger) != string(test.content) {
				t.Error("the bytes changed")
			}
		})
	}
}

func TestLedgerMissing(t *testing.T) {
	d := newDesk(t)
	made := shaped(t, d.fails(exitLedger, "due", "--json").out, errorShape)
	if code := at(t, made[0], "error.code"); code != "ledger_missing" {
		t.Errorf("code %v", code)
	}
	if err := os.Mkdir(d.ledger, 0o700); err != nil {
		t.Fatal(err)
	}
	d.fails(exitLedger, "due")
}

// TestLedgerLocked: another process writes for a long time. Readers go on, a writer waits, then says so.
func TestLedgerLocked(t *testing.T) {
	d := opened(t)
	before := d.read(d.ledger)
	store, err := storage.Open(context.Background(), d.ledger, storage.Options{StateDir: d.path("state/dument"),
		Clock: func() time.Time { return d.now }})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	enough := errors.New("enough")
	err = store.Update(context.Background(), func(w app.Writer) error {
		return w.Record(ledger.EntryContact, date.Must("2026-01-01"), func(int64) (any, error) {
			made := shaped(t, d.fails(exitLedger, "client", "add", "X", "--type", "business", "--json").out, errorShape)
			if code := at(t, made[0], "error.code"); code != "ledger_locked" {
				t.Errorf("code %v", code)
			}
			d.ok("client", "list")
			return nil, enough
		})
	})
	if !errors.Is(err, enough) {
		t.Fatal(err)
	}
	if d.read(d.ledger) != before {
		t.Error("the bytes changed")
	}
	// What replaces the file wants it for itself.
	copied := d.path("copy.dument")
	d.ok("backup", copied)
	d.fails(exitLedger, "restore", copied)
}

// TestVerifyFindsDamage: a flipped bit in the facts ends with 3 and says where.
func TestVerifyFindsDamage(t *testing.T) {
	d := opened(t)
	d.ok("client", "add", "Zebulon SARL", "--type", "business")
	text := d.read(d.ledger)
	if err := os.WriteFile(d.ledger, []byte(strings.Replace(text, "Zebulon SARL", "Zebulon SARM", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	p := d.fails(exitLedger, "verify", "--json")
	made := shaped(t, p.out, verifyShape)
	if len(made) != 1 || at(t, made[0], "ok") != false {
		t.Errorf("verify says %s", p.out)
	}
}

func TestExitStatuses(t *testing.T) {
	d := opened(t)
	d.ok("client", "add", "Alpha SARL", "--type", "business", "--address", "1 rue A", "--address", "31000 Toulouse")
	d.ok("client", "add", "Jean Dupont", "--type", "consumer")
	d.ok("client", "add", "Faillite SARL", "--type", "business", "--insolvency", "2026-03-01", "--address", "1 rue A")
	for _, line := range []string{"Alpha_SARL --number A-1 --due 2026-02-01", "Jean_Dupont --number J-1 --due 2026-02-01",
		"Faillite_SARL --number I-1 --due 2026-02-01", "Alpha_SARL --number A-2 --due 2026-12-31"} {
		arguments := strings.Fields("invoice add --amount 100 --issued 2026-01-01 --subject Pose --client " + line)
		for n := range arguments {
			arguments[n] = strings.ReplaceAll(arguments[n], "_", " ")
		}
		d.ok(arguments...)
	}
	for _, test := range []struct {
		status int
		code   string
		line   string
	}{
		{exitUsage, "usage", "nothing"}, {exitUsage, "usage", ""}, {exitUsage, "usage", "client"},
		{exitUsage, "usage", "pay --amount 1"}, {exitUsage, "usage", "pay --amount 1.234 --date 2026-01-01 --client 1"},
		{exitUsage, "usage", "pay --amount 1 --date 2026-02-30 --client 1"}, {exitUsage, "usage", "claim"},
		{exitUsage, "usage", "claim A-1 --all"}, {exitUsage, "usage", "claim A-1 --imputation first"},
		{exitUsage, "usage", "due --on yesterday"}, {exitUsage, "usage", "due extra"}, {exitUsage, "usage", "due --lang de"},
		{exitUsage, "usage", "import x.csv --as bank"}, {exitUsage, "usage", "import x.csv --as tea"},
		{exitUsage, "usage", "letter A-1 -o a.pdf --kind reminder"}, {exitUsage, "usage", "report kpi"},
		{exitUsage, "usage", "report aging -o a.xlsx"}, {exitUsage, "usage", "backup x --encrypt"},
		{exitUsage, "usage", "remind"}, {exitUsage, "usage", "case A-1 -o x"}, {exitUsage, "usage", "import undo x"},
		{exitUsage, "usage", "rates set 2026-1 --ecb 2"}, {exitUsage, "usage", "report journal --from 2026-02-01 --to 2026-01-01"},
		{exitUsage, "not_found", "claim NONE"}, {exitUsage, "not_found", "client show Nobody"},
		{exitUsage, "file", "import absent.csv"}, {exitUsage, "file", "mail scan absent"},
		{exitUsage, "invalid", "pay --amount -5 --date 2026-01-01 --client 1"},
		{exitUsage, "invalid", "pay --amount 5 --date 2030-01-01 --client 1"},
		{exitUsage, "conflict", "client add Alpha_SARL --type business"},
		{exitUsage, "ledger_exists", "init --settings SETTINGS"}, {exitUsage, "ledger_exists", "backup LEDGER"},
		{exitMailbox, "mailbox", "mail watch --once"},
		{exitRefused, "rate_missing", "claim A-1 --on 2028-01-01"}, {exitRefused, "refused", "letter I-1 -o X"},
		{exitRefused, "refused", "letter A-2 -o X"}, {exitRefused, "refused", "letter A-1 J-1 -o X"},
		{exitRefused, "refused", "client merge Jean_Dupont Alpha_SARL"}, {exitRefused, "refused", "client erase Alpha_SARL"},
		{exitUsage, "conflict", "export FULL"},
	} {
		t.Run(test.line, func(t *testing.T) {
			arguments := strings.Fields(test.line)
			for n, argument := range arguments {
				argument = strings.NewReplacer("SETTINGS", d.path("settings.toml"), "LEDGER", d.ledger, "FULL", d.dir,
					"_", " ").Replace(argument)
				if argument == "X" {
					argument = d.path("never.pdf")
				}
				if !strings.HasPrefix(argument, "--") {
					arguments[n] = argument
				}
			}
			p := d.fails(test.status, append(arguments, "--json")...)
			made := shaped(t, p.out, errorShape)
			if len(made) != 1 || at(t, made[0], "error.code") != test.code {
				t.Errorf("%s, want the code %s", p.out, test.code)
			}
			text := at(t, made[0], "error.message").(string)
			if !strings.Contains(p.err, "error: "+text+"\n") {
				t.Errorf("stderr says %q, stdout %q", p.err, text)
			}
			english := d.run(append(arguments, "--json", "--lang=en")...)
			if !strings.Contains(test.line, "--lang") && english.out == p.out {
				t.Errorf("the same text in both languages: %s", p.out)
			}
			checkErrorLine(t, english.err)
		})
	}
	semester := d.run("claim", "A-1", "--on", "2028-01-01")
	if !strings.Contains(semester.err, "2027-S1") {
		t.Errorf("the missing half-year is not named: %s", semester.err)
	}
	if _, err := os.Stat(d.path("never.pdf")); err == nil {
		t.Error("a refused letter left a file")
	}
}

// TestLetterThatCannotBeWritten is recorded, says so with 1, and comes back by the same command.
func TestLetterThatCannotBeWritten(t *testing.T) {
	d := opened(t)
	letterDesk(d)
	p := d.fails(exitPartial, "letter", "F2026-0001", "-o", d.path("absent/a.pdf"), "--on", "2026-07-15", "--json")
	shaped(t, p.out, errorShape)
	if !strings.Contains(p.err, "C-2026-0001") {
		t.Errorf("the number is not said: %s", p.err)
	}
	made := shaped(t, d.ok("letter", "F2026-0001", "-o", d.path("a.pdf"), "--on", "2026-07-15", "--json"), letterShape)
	if at(t, made[0], "letter") != "C-2026-0001" {
		t.Errorf("%v is not the same letter", made[0])
	}
}

// letterDesk enters a client and an overdue invoice.
func letterDesk(d *desk) {
	d.t.Helper()
	d.ok("client", "add", "Alpha SARL", "--type", "business", "--address", "1 rue A", "--address", "31000 Toulouse")
	d.ok("invoice", "add", "--client", "Alpha SARL", "--amount", "500.00", "--issued", "2026-01-01", "--due",
		"2026-01-31", "--subject", "Pose de volets")
}

// TestStopped: a signal ends a command without a result, and the watching cleanly.
func TestStopped(t *testing.T) {
	d := opened(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := d.runUntil(ctx, "client", "add", "X", "--type", "business", "--json")
	if p.status == exitDone || strings.Contains(p.out, `"id"`) {
		t.Errorf("a stopped command ended with %d: %s", p.status, p.out)
	}
	checkErrorLine(t, p.err)
	if out := d.ok("client", "list", "--json"); out != "" {
		t.Errorf("it left %s", out)
	}
}

// TestPrivateFiles: nothing that a command makes can be read by others.
func TestPrivateFiles(t *testing.T) {
	d := opened(t)
	letterDesk(d)
	d.ok("letter", "F2026-0001", "-o", d.path("a.pdf"), "--on", "2026-07-15")
	d.ok("backup", d.path("copy.dument"))
	d.ok("export", d.path("out"))
	d.ok("report", "aging", "-o", d.path("r.csv"))
	err := filepath.WalkDir(d.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || path == d.dir {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
