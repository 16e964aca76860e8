package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The mini-DSO table of a published article (Luniv KPI, "Gestion des impayés"), as its page offers it.
const miniDSO = `Numero Facture,Client,Montant,Date Facture,Echeance,Date Paiement,Jours Retard,Statut,Derniere Action,Prochaine Action
F2025-0012,Client A,1850.00,2025-08-20,2025-09-10,2025-09-14,4,Payee,Relance J+3,
F2025-0041,Client B,3200.00,2025-08-28,2025-09-12,,5,En retard,Appel J+10 (15/09),Mail J+20 (22/09)
F2025-0057,Client C,980.00,2025-09-01,2025-09-16,,1,A surveiller,Pre-rappel J-7,Relance J+3 (20/09)
`

func added(t *testing.T, out string) (added, duplicates string) {
	t.Helper()
	made := shaped(t, out, importShape)
	return at(t, made[0], "added").(json.Number).String(), at(t, made[0], "duplicates").(json.Number).String()
}

// TestImportRoundTrip imports the table, imports it again, exports it to the byte, takes it back, and
// imports what was exported into another ledger.
func TestImportRoundTrip(t *testing.T) {
	d := opened(t)
	table := d.file("dso-mini.csv", miniDSO)
	if n, twice := added(t, d.ok("import", "--dry-run", table, "--on", "2025-09-17", "--json")); n != "3" || twice != "0" {
		t.Errorf("a dry run finds %s new and %s known", n, twice)
	}
	if out := d.ok("invoice", "list", "--json"); out != "" {
		t.Errorf("a dry run wrote %s", out)
	}
	if n, twice := added(t, d.ok("import", table, "--on", "2025-09-17", "--json")); n != "3" || twice != "0" {
		t.Errorf("%s added, %s known", n, twice)
	}
	before := d.read(d.ledger)
	if n, twice := added(t, d.ok("import", table, "--on", "2025-09-18", "--json")); n != "0" || twice != "3" {
		t.Errorf("the same file again: %s added, %s known", n, twice)
	}
	if d.read(d.ledger) != before {
		t.Error("the same file again changed the ledger")
	}
	d.ok("export", d.path("out"), "--on", "2025-09-17")
	if exported := d.read(d.path("out/mini-dso.csv")); exported != miniDSO {
		t.Errorf("the table comes back as\n%s", exported)
	}
	d.ok("import", "undo", "1")
	if out := d.ok("invoice", "list", "--json"); out != "" {
		t.Errorf("after the undo there is %s", out)
	}
	d.fails(exitUsage, "import", "undo", "1")
	if n, _ := added(t, d.ok("import", table, "--on", "2025-09-17", "--json")); n != "3" {
		t.Errorf("after the undo %s are added", n)
	}
	d.ok("verify")
	other := opened(t)
	other.ok("import", d.path("out/invoices.csv"), "--on", "2025-09-17")
	other.ok("export", other.path("out"), "--on", "2025-09-17")
	for _, name := range []string{"mini-dso.csv", "invoices.csv"} {
		if first, second := d.read(d.path("out/"+name)), other.read(other.path("out/"+name)); first != second {
			t.Errorf("%s becomes\n%s, was\n%s", name, second, first)
		}
	}
}

// TestImportGoesOn: a bad row stops no other row, a bad file no other file.
func TestImportGoesOn(t *testing.T) {
	d := opened(t)
	good := d.file("good.csv", "numero,client,montant,date,echeance\nG-1,Alpha SARL,10.00,2026-01-01,2026-02-01\n")
	bad := d.file("bad.csv", "numero,client,montant,date,echeance\nB-1,Alpha SARL,1.2.3,2026-01-01,2026-02-01\n"+
		"B-2,Alpha SARL,20.00,2026-01-01,2026-02-01\nB-3,Alpha SARL,5.00,2026-02-31,2026-03-31\n")
	picture := d.file("picture.csv", "\x89PNG\r\n\x1a\n"+strings.Repeat("x", 200))
	p := d.fails(exitPartial, "import", bad, picture, good, "--json")
	lines := strings.Split(strings.TrimSpace(p.out), "\n")
	if len(lines) != 3 {
		t.Fatalf("want a line for each file: %s", p.out)
	}
	first := shaped(t, lines[0], importShape)
	added, rejected := at(t, first[0], "added"), at(t, first[0], "rejected")
	if fmt.Sprint(added) != "1" || fmt.Sprint(at(t, rejected, "0.line"), " ", at(t, rejected, "1.line")) != "2 4" {
		t.Errorf("%s", lines[0])
	}
	shaped(t, lines[1], errorShape)
	if third := shaped(t, lines[2], importShape); fmt.Sprint(at(t, third[0], "added")) != "1" {
		t.Errorf("%s", lines[2])
	}
	single := d.fails(exitUsage, "import", picture, "--json")
	if made := shaped(t, single.out, errorShape); at(t, made[0], "error.code") != "format" {
		t.Errorf("%s", single.out)
	}
	d.fails(exitUsage, "import", picture, picture)
}

// TestImportInUse: an import on which a payment depends is not taken back.
func TestImportInUse(t *testing.T) {
	d := opened(t)
	d.ok("import", d.file("a.csv", miniDSO), "--on", "2025-09-17")
	d.ok("pay", "--amount", "10", "--date", "2025-09-20", "--invoice", "F2025-0041")
	d.fails(exitRefused, "import", "undo", "1")
}

// TestExportCanBeCheckedByOthers recomputes every digest and the chain from the export alone, by SCHEMA.md.
func TestExportCanBeCheckedByOthers(t *testing.T) {
	d := opened(t)
	letterDesk(d)
	d.ok("client", "edit", "Alpha SARL", "--notes", `=HYPERLINK("http://evil.example")`)
	d.ok("letter", "F2026-0001", "-o", d.path("a.pdf"), "--on", "2026-07-15")
	d.ok("letter", "track", "C-2026-0001", "posted", "--date", "2026-07-16", "--proof", d.file("p.png", "\x89PNGproof"))
	d.ok("pay", "--amount", "100", "--date", "2026-08-01", "--invoice", "F2026-0001")
	d.ok("export", d.path("out"))
	listed := map[string]bool{"SHA256SUMS": true}
	for line := range strings.SplitSeq(strings.TrimSpace(d.read(d.path("out/SHA256SUMS"))), "\n") {
		digest, name, _ := strings.Cut(line, "  ")
		sum := sha256.Sum256([]byte(d.read(d.path("out/" + name))))
		if hex.EncodeToString(sum[:]) != digest {
			t.Errorf("%s has another digest", name)
		}
		listed[name] = true
	}
	err := filepath.WalkDir(d.path("out"), func(path string, entry os.DirEntry, err error) error {
		name, relErr := filepath.Rel(d.path("out"), path)
		if err == nil && relErr == nil && !entry.IsDir() && !listed[filepath.ToSlash(name)] {
			t.Errorf("%s is not in SHA256SUMS", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if d.read(d.path("out/letters/C-2026-0001.pdf")) != d.read(d.path("a.pdf")) {
		t.Error("the letter differs from the one that was made")
	}
	if !strings.Contains(d.read(d.path("out/clients.csv")), `"'=HYPERLINK`) {
		t.Error("a formula was not guarded")
	}
	followChain(t, d.read(d.path("out/journal.jsonl")))
	p := d.fails(exitUsage, "export", d.path("out"))
	if !strings.Contains(p.err, "vide") {
		t.Errorf("%s", p.err)
	}
}

// followChain verifies the journal as SCHEMA.md says.
func followChain(t *testing.T, lines string) {
	t.Helper()
	prev, count := "", 0
	for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
		var entry struct {
			Seq                                   int
			At, On, Kind, Body, Facts, Prev, Hash string
		}
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatal(err)
		}
		text := strings.Join([]string{entry.Prev, strconv.Itoa(entry.Seq), entry.At, entry.On, entry.Kind,
			strconv.Itoa(len(entry.Body)), entry.Body, entry.Facts}, "\n") + "\n"
		sum := sha256.Sum256([]byte(text))
		if hex.EncodeToString(sum[:]) != entry.Hash || count > 0 && entry.Prev != prev || entry.Seq != count+1 {
			t.Errorf("the chain breaks at %d", entry.Seq)
		}
		prev, count = entry.Hash, count+1
	}
	if count < 5 {
		t.Errorf("only %d entries", count)
	}
}
