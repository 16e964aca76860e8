package exchange

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
)

var exportDay = date.Must("2026-07-15")

// TestExportRefusesAFullFolder: nothing is mixed with what is there, and what is there stays.
func TestExportRefusesAFullFolder(t *testing.T) {
	dir := t.TempDir()
	kept := filepath.Join(dir, "letter.txt")
	if err := os.WriteFile(kept, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Folder{}.Export(context.Background(), dir, exportDay, app.ExportData{})
	var refused *FolderError
	if !errors.As(err, &refused) || !app.HasCode(err, app.CodeConflict) {
		t.Fatalf("error %v", err)
	}
	for _, language := range []string{"fr", "en"} {
		if text := refused.Text(language); !strings.Contains(text, dir) || strings.Count(text, ": ") < 2 {
			t.Errorf("%s: %q", language, text)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%v %v", entries, err)
	}
}

// TestExportIsWholeOrAbsent: a document that cannot be read leaves no folder, and nothing beside it.
func TestExportIsWholeOrAbsent(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "out")
	missing := errors.New("document missing")
	data := app.ExportData{Letters: []app.LetterRow{{Letter: ledger.Letter{Number: "C-2026-0001", SHA256: "ab",
		Content: []byte("{}")}}},
		Document: func(string) (app.Document, error) { return app.Document{}, missing }}
	if _, err := (Folder{}).Export(context.Background(), dir, exportDay, data); !errors.Is(err, missing) {
		t.Errorf("error %v", err)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := (Folder{}).Export(stopped, dir, exportDay, data); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if entries, err := os.ReadDir(parent); err != nil || len(entries) != 0 {
		t.Errorf("left behind: %v %v", entries, err)
	}
	data.Document = func(string) (app.Document, error) { return app.Document{Bytes: []byte("%PDF-")}, nil }
	files, err := Folder{}.Export(context.Background(), dir, exportDay, data)
	if err != nil || len(files) < 15 {
		t.Errorf("%v %v", files, err)
	}
}

// TestExportNamesAreSafe: no name of the data becomes a path.
func TestExportNamesAreSafe(t *testing.T) {
	for text, want := range map[string]string{"C-2026-0001": "C-2026-0001", "../../etc/x": "______etc_x", "": "_",
		"a b\x00é": "a_b__", strings.Repeat("x", 300): strings.Repeat("x", 120)} {
		if got := fileName(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// TestNotesRoundTrip: the notes of a row survive the ledger.
func TestNotesRoundTrip(t *testing.T) {
	headings := map[string]Role{"Jours Retard": RoleDaysLate, "Statut": RoleStatus,
		"Dernière Action": RoleLastAction, "Prochaine Action": RoleNextAction}
	rapid.Check(t, func(t *rapid.T) {
		var notes []Note
		for _, heading := range []string{"Jours Retard", "Statut", "Dernière Action", "Prochaine Action"} {
			if value := rapid.StringMatching(`[!-~é€][ -~é€:]{0,20}`).Draw(t, heading); rapid.Bool().Draw(t, "has") {
				notes = append(notes, Note{Role: headings[heading], Heading: heading, Value: value})
			}
		}
		read := parseNotes(NotesText(notes))
		if len(read) != len(notes) {
			t.Fatalf("%v became %v", notes, read)
		}
		for n := range notes {
			if read[n] != notes[n] {
				t.Fatalf("%v became %v", notes[n], read[n])
			}
		}
	})
}

// TestMiniDSORow recomputes days late and status on a day.
func TestMiniDSORow(t *testing.T) {
	row := func(paid bool) app.InvoiceRow {
		made := app.InvoiceRow{Invoice: ledger.Invoice{Number: "F-1", Amount: 10000, Issued: date.Must("2026-06-01"),
			Due: date.Must("2026-07-01"), Notes: "Derniere Action: Appel\nProchaine Action: Mail"}, ClientName: "A",
			Balance: ledger.Balance{Amount: 10000}}
		if paid {
			made.Balance.Principal, made.LastPaid = 10000, date.Must("2026-06-30")
		}
		return made
	}
	for _, test := range []struct {
		name         string
		paid         bool
		on, letter   string
		late, status string
		last         string
	}{
		{"before the due date", false, "2026-06-20", "", "", MiniDSOWatch, "Appel"},
		{"on the due date", false, "2026-07-01", "", "", MiniDSOWatch, "Appel"},
		{"three days late", false, "2026-07-04", "", "3", MiniDSOWatch, "Appel"},
		{"four days late", false, "2026-07-05", "", "4", MiniDSOLate, "Appel"},
		{"paid in time", true, "2026-07-15", "", "", MiniDSOPaid, "Appel"},
		{"with a letter", false, "2026-07-15", "Mise en demeure C-1", "14", MiniDSOLate, "Mise en demeure C-1"},
	} {
		made := miniDSORow(row(test.paid), test.letter, date.Must(test.on))
		if made.DaysLate != test.late || made.Status != test.status || made.LastAction != test.last {
			t.Errorf("%s: %+v", test.name, made)
		}
	}
}
