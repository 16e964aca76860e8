package model

import (
	"strings"
	"testing"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

func clientRows() []app.ClientRow {
	row := func(id ledger.ClientID, name string, kind law.Debtor, origin ledger.Origin,
		open, overdue money.Cents) app.ClientRow {
		return app.ClientRow{Client: ledger.Client{ID: id, Name: name, Kind: kind, KindOrigin: origin}, Invoices: int(id),
			Open: open, Overdue: overdue}
	}
	rows := []app.ClientRow{
		row(1, "Élan SARL", law.Business, ledger.OriginLegalForm, 500_00, 0),
		row(2, "Brasserie du Mascaret", law.Business, ledger.OriginSiren, 3480_00, 3480_00),
		row(3, "Mme Garnier", law.Consumer, ledger.OriginAssumed, 620_00, 620_00),
		row(4, "Commune de Valsonne", law.Public, ledger.OriginStated, 0, 0),
	}
	rows[1].Client.Address = []string{"4 quai des Docks", "33000 Bordeaux"}
	return rows
}

func shownNames(t *ClientTable) string {
	var names []string
	for i := range t.Len() {
		names = append(names, t.Row(i).Cells[0].Text)
	}
	return strings.Join(names, ", ")
}

func TestClientsAreSearchedAndSorted(t *testing.T) {
	cases := []struct {
		name, query, column string
		down                bool
		want                string
	}{
		{"overdue first", "", ClientOverdue, true, "Brasserie du Mascaret, Mme Garnier, Élan SARL, Commune de Valsonne"},
		{"by name without accents", "", ClientName, false,
			"Brasserie du Mascaret, Commune de Valsonne, Élan SARL, Mme Garnier"},
		{"accents do not matter", "elan", ClientName, false, "Élan SARL"},
		{"by place", "BORDEAUX docks", ClientName, false, "Brasserie du Mascaret"},
		{"by invoices", "", ClientInvoices, true, "Commune de Valsonne, Mme Garnier, Brasserie du Mascaret, Élan SARL"},
		{"nothing", "introuvable", ClientName, false, ""},
	}
	for _, c := range cases {
		table := NewClientTable(french(t), clientRows())
		table.Search(c.query)
		table.Sort(c.column, c.down)
		if got := shownNames(table); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestGuessedTypesAskToBeConfirmed(t *testing.T) {
	table := NewClientTable(french(t), clientRows())
	table.Sort(ClientName, false)
	want := []string{"professionnel", "personne publique", "professionnel, à confirmer", "particulier, à confirmer"}
	for i, text := range want {
		if got := table.Row(i).Cells[1].Text; got != text {
			t.Errorf("row %d: %q, want %q", i, got, text)
		}
	}
}

func TestTotalsFollowTheSearch(t *testing.T) {
	table := NewClientTable(french(t), clientRows())
	if totals := table.Totals(); totals.Count != "4 clients" || totals.Overdue != "4\u202f100,00" || totals.Credit != "" {
		t.Errorf("%+v", totals)
	}
	table.Search("garnier")
	if totals := table.Totals(); totals.Count != "1 client sur 4" || totals.Open != "620,00" {
		t.Errorf("%+v", totals)
	}
}

func TestOnlyClientsOfOneRegimeMerge(t *testing.T) {
	table := NewClientTable(french(t), clientRows())
	targets := table.MergeTargets(clientRows()[0].Client)
	if len(targets) != 1 || targets[0].Client.Name != "Brasserie du Mascaret" {
		t.Errorf("%v", targets)
	}
}

func TestClientFormRoundTrip(t *testing.T) {
	rate := law.Rate(130_000)
	client := ledger.Client{ID: 7, Name: "Élan SARL", Kind: law.Business, KindOrigin: ledger.OriginLegalForm,
		Email: "a@elan.example", Phone: "05 00 00 00 00", Siret: "73282932000074", Address: []string{"1 rue A", "31000 Toulouse"},
		PaymentDays: 45, ContractRate: &rate, Insolvency: date.Must("2026-03-02"), Notes: "deux\nlignes"}
	fields := ClientFields()
	got, wrong := FormResult(french(t), fields, client, FormValues(fields, client))
	if len(wrong) != 0 {
		t.Fatalf("%v", wrong)
	}
	if got.KindOrigin != ledger.OriginLegalForm {
		t.Error("saving without touching the type confirmed a guess")
	}
	if got.Siret != client.Siret || got.PaymentDays != 45 || *got.ContractRate != rate ||
		got.Insolvency != client.Insolvency || got.Notes != client.Notes || len(got.Address) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestClientFormTakesWhatIsTyped(t *testing.T) {
	fields := ClientFields()
	got, wrong := FormResult(french(t), fields, ledger.Client{}, map[string]string{"name": " Yann Roche ",
		"type": "consumer", "siret": "732 829 320", "address": "\n 3 impasse \n\n 31000 Toulouse", "insolvency": ""})
	if len(wrong) > 0 || got.Name != "Yann Roche" || got.Kind != law.Consumer || got.KindOrigin != ledger.OriginStated ||
		got.Siren != "732829320" || got.Siret != "" || strings.Join(got.Address, "|") != "3 impasse|31000 Toulouse" {
		t.Errorf("%+v %v", got, wrong)
	}
	_, wrong = FormResult(french(t), fields, ledger.Client{}, map[string]string{"payment_days": "trente", "rate": "12,15,0",
		"insolvency": "hier"})
	if len(wrong) != 3 {
		t.Errorf("%v", wrong)
	}
}

func TestClientPage(t *testing.T) {
	w := french(t)
	client := ledger.Client{ID: 3, Name: "Mme Garnier", Kind: law.Consumer, KindOrigin: ledger.OriginAssumed,
		Insolvency: date.Must("2026-03-02")}
	page := NewClientPage(w, date.Must("2026-11-21"), ClientSources{
		Row: app.ClientRow{Client: client, Open: 620_00, Overdue: 620_00},
		Invoices: []app.InvoiceRow{
			{Invoice: ledger.Invoice{Number: "F1", Amount: 100_00, Currency: money.EUR, Issued: date.Must("2026-01-02"),
				Due: date.Must("2026-02-01")}, Balance: ledger.Balance{Amount: 100_00, Principal: 100_00}},
			{Invoice: ledger.Invoice{Number: "F2", Amount: 620_00, Currency: money.EUR, Issued: date.Must("2026-10-09"),
				Due: date.Must("2026-11-09")}, Balance: ledger.Balance{Amount: 620_00}}},
		Payments: []ledger.Payment{{Date: date.Must("2026-02-01"), Amount: 100_00, Currency: money.EUR,
			Evidence: ledger.EvidenceConfirmed}},
		Settings: ledger.Settings{Terms: ledger.Terms{PaymentDays: 30}},
	})
	if !strings.Contains(page.Guess, "particulier") || page.AddressMissing == "" || page.Insolvency == "" {
		t.Errorf("%+v", page)
	}
	if len(page.Invoices) != 2 || page.Invoices[0].Number != "F2" || !page.Invoices[1].Soft {
		t.Errorf("open invoices come first: %+v", page.Invoices)
	}
	if page.Terms[0].Value != "30 jours, vos conditions" || page.Payments[0].Level != 3 {
		t.Errorf("%+v %+v", page.Terms, page.Payments)
	}
}
