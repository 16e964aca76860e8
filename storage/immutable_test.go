package storage_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dument/app"
	"dument/app/ledger"
	"dument/storage"
)

// keptTables are all tables whose rows stay for ever: the facts, the journal, and the ledger's identity.
func keptTables() []string { return append(storage.FactTableNames(), "journal", "meta") }

// mayChange are the tables that are no facts: what is derived from facts, and what is merely a place.
var mayChange = []string{"balance", "latest", "cursor", "lease", "client"}

func TestEveryTableIsKeptOrKnownToChange(t *testing.T) {
	store, _ := newStore(t)
	for _, table := range texts(t, store.Raw(), `SELECT name FROM sqlite_schema WHERE type = 'table'`) {
		if slices.Contains(keptTables(), table) == slices.Contains(mayChange, table) {
			t.Errorf("table %s is neither kept nor known to change", table)
		}
	}
}

func texts(tb testing.TB, database *sql.DB, query string) (list []string) {
	tb.Helper()
	rows, err := database.Query(query)
	if err != nil {
		tb.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			tb.Fatal(err)
		}
		list = append(list, text)
	}
	if err := rows.Err(); err != nil {
		tb.Fatal(err)
	}
	return list
}

func number(tb testing.TB, store *storage.Store, query string, arguments ...any) (value int) {
	tb.Helper()
	if err := store.Raw().QueryRow(query, arguments...).Scan(&value); err != nil {
		tb.Fatal(err)
	}
	return value
}

func TestFactsAreNeitherChangedNorDeleted(t *testing.T) {
	t.Parallel()
	store, _ := filledStore(t)
	refused := func(table, statement string) {
		t.Helper()
		_, err := store.Raw().Exec(statement)
		if err == nil || !strings.Contains(err.Error(), "immutable: "+table) {
			t.Errorf("%s: %v", statement, err)
		}
	}
	for _, table := range append(keptTables(), "client") {
		if table != "meta" && number(t, store, `SELECT count(*) FROM `+table) < 2 {
			t.Errorf("%s: nothing to test with", table)
		}
		refused(table, `DELETE FROM `+table)
		if table == "client" {
			continue // a client changes, with a journal entry
		}
		for _, column := range texts(t, store.Raw(), fmt.Sprintf(`SELECT name FROM pragma_table_info('%s')`, table)) {
			if column == "withdrawn" {
				continue // has its own test
			}
			refused(table, fmt.Sprintf(`UPDATE %s SET %s = %[2]s`, table, column))
		}
		// REPLACE deletes without saying so.
		refused(table, fmt.Sprintf(`INSERT OR REPLACE INTO %s SELECT * FROM %[1]s`, table))
	}
	mustVerify(t, store)
}

func TestAnInvoiceIsWithdrawnOnceAndNothingElse(t *testing.T) {
	store, _ := filledStore(t)
	for _, statement := range []string{
		`UPDATE invoice SET withdrawn = 3, amount_cents = 1 WHERE number = 'F2026-0001'`,
		`UPDATE invoice SET withdrawn = 3, id = 1000 WHERE number = 'F2026-0001'`,
		`UPDATE invoice SET withdrawn = 3 WHERE withdrawn IS NOT NULL`,
		`UPDATE invoice SET withdrawn = NULL WHERE withdrawn IS NOT NULL`,
		`UPDATE invoice SET withdrawn = NULL`,
	} {
		if _, err := store.Raw().Exec(statement); err == nil || !strings.Contains(err.Error(), "immutable: invoice") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	// The trigger cannot know the journal; verification does.
	if _, err := store.Raw().Exec(`UPDATE invoice SET withdrawn = 3 WHERE number = 'F2026-0008'`); err != nil {
		t.Fatal(err)
	}
	if failed := failures(t, store); failed["imports"] == "" {
		t.Errorf("a withdrawal without an import undone: %v", failed)
	}
}

func TestNumbersAreUniqueUntilTheirImportIsUndone(t *testing.T) {
	store, _ := newStore(t)
	client := addClient(t, store, "Atelier")
	batch := app.Batch{File: "f.csv", Kind: "invoices-csv", On: testDay}
	record(t, store, func(w app.Writer) error {
		if err := w.AddBatch(&batch); err != nil {
			return err
		}
		invoice := sampleInvoice(client.ID, "F1", 1_000)
		invoice.Batch = batch.ID
		return w.AddInvoice(&invoice)
	})
	again := sampleInvoice(client.ID, "F1", 2_000)
	err := tryRecord(store, func(w app.Writer) error { return w.AddInvoice(&again) })
	if codeOf(err) != app.CodeConflict || app.AsError(err).Detail != "number_exists" ||
		app.AsError(err).Field != "number" {
		t.Errorf("the same number: %v", err)
	}
	undo := func(w app.Writer) error { return w.UndoBatch(batch.ID, testDay) }
	record(t, store, undo)
	if err := tryRecord(store, undo); codeOf(err) != app.CodeConflict {
		t.Errorf("undone twice: %v", err)
	}
	if got := addInvoice(t, store, again); got.ID == 0 {
		t.Error("no identity")
	}
	mustVerify(t, store)
	if count := number(t, store, `SELECT count(*) FROM invoice WHERE number = 'F1'`); count != 2 {
		t.Errorf("%d rows, want the withdrawn one and the new one", count)
	}
}

func TestUndoingAnImportTakesItsCreditNotesBack(t *testing.T) {
	store, _ := newStore(t)
	invoice := addInvoice(t, store, sampleInvoice(addClient(t, store, "Atelier").ID, "F1", 1_000))
	batch := app.Batch{File: "f.csv", Kind: "invoices-csv", On: testDay}
	record(t, store, func(w app.Writer) error {
		if err := w.AddBatch(&batch); err != nil {
			return err
		}
		note := sampleInvoice(invoice.Client, "A1", 300)
		note.Type, note.Corrects, note.Batch = ledger.TypeCreditNote, invoice.ID, batch.ID
		return w.AddInvoice(&note)
	})
	credited := func() int { return number(t, store, `SELECT credited_cents FROM balance`) }
	if got := credited(); got != 300 {
		t.Errorf("%d cents credited", got)
	}
	record(t, store, func(w app.Writer) error { return w.UndoBatch(batch.ID, testDay) })
	if got := credited(); got != 0 {
		t.Errorf("%d cents credited after the import was undone", got)
	}
	mustVerify(t, store)
}

func TestNothingIsBookedOnWhatIsNotOwed(t *testing.T) {
	store, _ := filledStore(t)
	withdrawn := ledger.InvoiceID(number(t, store, `SELECT max(id) FROM invoice WHERE withdrawn IS NOT NULL`))
	note := ledger.InvoiceID(number(t, store, `SELECT max(id) FROM invoice WHERE type = 'credit_note'`))
	for name, target := range map[string]ledger.InvoiceID{"withdrawn": withdrawn, "credit note": note, "none": 12345} {
		err := tryRecord(store, func(w app.Writer) error {
			return w.AddAllocation(&ledger.Allocation{Payment: 1, Invoice: target, Part: ledger.PartPrincipal, Amount: 1})
		})
		if err == nil {
			t.Errorf("allocated to %s", name)
		}
		err = tryRecord(store, func(w app.Writer) error {
			credit := sampleInvoice(1, "A9", 100)
			credit.Type, credit.Corrects = ledger.TypeCreditNote, target
			return w.AddInvoice(&credit)
		})
		if err == nil {
			t.Errorf("credited %s", name)
		}
	}
	mustVerify(t, store)
}

func TestAMergedClientsPapersAreTheOthers(t *testing.T) {
	store, _ := newStore(t)
	old, kept, earlier := addClient(t, store, "Ancien"), addClient(t, store, "Gardé"), addClient(t, store, "Plus ancien")
	invoice := addInvoice(t, store, sampleInvoice(old.ID, "F1", 10_000))
	addPayment(t, store, invoice, 4_000, "2026-03-01")
	free := sampleInvoice(old.ID, "A1", 700)
	free.Type = ledger.TypeCreditNote
	addInvoice(t, store, free)
	record(t, store, func(w app.Writer) error {
		payment := ledger.Payment{Date: testDay, Amount: 50, Currency: "EUR", Client: old.ID,
			Evidence: ledger.EvidenceConfirmed, Source: ledger.SourceManual}
		return w.AddPayment(&payment)
	})
	record(t, store, func(w app.Writer) error { return w.MergeClients(earlier.ID, old.ID) })
	record(t, store, func(w app.Writer) error { return w.MergeClients(old.ID, kept.ID) })
	addInvoice(t, store, sampleInvoice(earlier.ID, "F2", 900)) // a late paper in an old name
	for _, pair := range [][2]ledger.ClientID{{kept.ID, kept.ID}, {kept.ID, old.ID}, {old.ID, old.ID}} {
		err := tryRecord(store, func(w app.Writer) error { return w.MergeClients(pair[0], pair[1]) })
		if codeOf(err) != app.CodeConflict {
			t.Errorf("merge %v: %v", pair, err)
		}
	}
	mustVerify(t, store)
	err := store.View(context.Background(), func(r app.Reader) error {
		clients, err := r.Clients(testDay)
		if err != nil {
			return err
		}
		if len(clients) != 1 || clients[0].Client.ID != kept.ID || clients[0].Invoices != 2 ||
			clients[0].Open != 6_900 || clients[0].Overdue != 6_900 || clients[0].Credit != 750 {
			t.Errorf("clients: %+v", clients)
		}
		var numbers []string
		err = r.Invoices(app.InvoiceFilter{Client: kept.ID}, func(row app.InvoiceRow) error {
			numbers = append(numbers, row.Invoice.Number+" "+row.ClientName)
			return nil
		})
		if slices.Sort(numbers); !slices.Equal(numbers, []string{"A1 Gardé", "F1 Gardé", "F2 Gardé"}) {
			t.Errorf("invoices: %v", numbers)
		}
		payments, err2 := r.Payments(app.PaymentFilter{Client: kept.ID})
		if err2 != nil || len(payments) != 2 {
			t.Errorf("payments: %v, %v", payments, err2)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
