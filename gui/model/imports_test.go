package model

import (
	"strings"
	"testing"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
)

func TestImportView(t *testing.T) {
	result := app.ImportResult{File: "dossier/factures.csv", Added: 2, Duplicates: 1,
		Table: app.ImportTable{Separator: ";", Columns: []app.ImportColumn{{Heading: "num_fact", Meaning: "number"},
			{Heading: "Client", Meaning: "client"}, {Heading: "couleur"}}, Rows: []app.ImportRow{{Line: 2, Number: "F1"}, {Line: 3, Number: "F2"},
			{Line: 5, Number: "F4", ClientName: "Atelier", Amount: 510_00, Issued: date.Must("2026-11-04"),
				Due: date.Must("2026-11-03")}}},
		Rejected: []app.ImportRejection{{Line: 6, Code: "amount_unreadable", Texts: map[string]string{"fr": "montant illisible"}},
			{Line: 5, Code: "before_issued", Texts: map[string]string{"fr": "échéance avant la facture"}}},
		Documents: []app.ImportedDocument{
			{Line: 2, Client: "Élan SARL", Kind: law.Business, Invoice: ledger.Invoice{Number: "F1", Amount: 100_00}},
			{Line: 3, Client: "Yann", Kind: law.Consumer, Invoice: ledger.Invoice{Number: "F2", Amount: 50_00,
				Type: ledger.TypeCreditNote}, Findings: []app.Finding{{Code: "type_assumed"}}}}}
	view := NewImportView(french(t), result)
	if view.File != "factures.csv" || view.Button != "Entrer 2 factures" {
		t.Errorf("%q %q", view.File, view.Button)
	}
	if view.Understood != "Colonnes comprises\u00a0: Numéro (num_fact), Client" {
		t.Errorf("%q", view.Understood)
	}
	if len(view.Reasons) != 2 || view.Reasons[0] != "Ligne 5\u00a0: Échéance avant la facture" {
		t.Errorf("%q", view.Reasons)
	}
	if len(view.Lines) != 4 || view.Lines[0].Line != "5" || view.Lines[0].Number != "F4" || view.Lines[1].Line != "6" ||
		view.Lines[0].State.Text != "Échéance avant la facture" {
		t.Errorf("what is to correct comes first, in the order of the file: %+v", view.Lines)
	}
	if view.Lines[3].Amount != "-50,00" || view.Lines[3].State.Tone != Warn {
		t.Errorf("%+v", view.Lines[3])
	}
	var counts []string
	for _, line := range view.Counts {
		counts = append(counts, line.Text)
	}
	all := strings.Join(counts, "|")
	for _, count := range []string{"2 factures prêtes", "1 doublon", "2 lignes à corriger", "1 client dont"} {
		if !strings.Contains(all, count) {
			t.Errorf("%q does not say %q", all, count)
		}
	}
}

func TestAnImportOfNothingHasNoButton(t *testing.T) {
	view := NewImportView(french(t), app.ImportResult{Duplicates: 12})
	if view.Button != "" || view.Ready != 0 {
		t.Errorf("%+v", view)
	}
}

func TestPastImports(t *testing.T) {
	past := PastImports(french(t), []app.Batch{{ID: 2, File: "b.csv", Added: 3, On: date.Must("2026-11-20")},
		{ID: 1, File: "a.csv", Added: 1, On: date.Must("2026-11-01"), Undone: date.Must("2026-11-02")}})
	if past[0].What != "3 factures, le 20/11/2026" || !past[0].Undoable || past[1].Undoable ||
		past[1].What != "annulé le 02/11/2026" {
		t.Errorf("%+v", past)
	}
}
