package storage_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
	"dument/storage"
)

// fillEveryTable writes at least two rows into every table of facts.
func fillEveryTable(tb testing.TB, store *storage.Store) {
	tb.Helper()
	var clients []ledger.Client
	for _, name := range []string{"Éditions du Gué SAS", "Mme Orane Vidal", "Commune de Valmont"} {
		clients = append(clients, addClient(tb, store, name))
	}
	invoices := make([]ledger.Invoice, 8)
	for i := range invoices {
		invoices[i] = addInvoice(tb, store, sampleInvoice(clients[i%3].ID, fmt.Sprintf("F2026-%04d", i+1), 300_000))
	}
	for i := range 2 {
		addPayment(tb, store, invoices[i], 100_000, "2026-03-31")
		note := sampleInvoice(clients[i].ID, fmt.Sprintf("A2026-%04d", i+1), 5_000)
		note.Type, note.Corrects = ledger.TypeCreditNote, invoices[i].ID
		addInvoice(tb, store, note)
		rate := law.Rate(120_000)
		record(tb, store, func(w app.Writer) error {
			return w.SaveRate(law.RateEntry{Semester: testDay.Semester(), ECB: &rate, ECBSource: "JO"})
		})
		record(tb, store, func(w app.Writer) error { return w.SaveSettings(ledger.Settings{}.WithDefaults()) })
		fillBatch(tb, store, clients[i].ID, i)
		fillLetter(tb, store, invoices[2+i], i)
		fillMessage(tb, store, invoices[4+i], i)
		record(tb, store, func(w app.Writer) error {
			return w.AddContact(invoices[i].ID, ledger.Contact{Step: "J+10", Channel: "phone", On: testDay, Note: "rappel"})
		})
	}
	record(tb, store, func(w app.Writer) error { return w.MergeClients(clients[2].ID, clients[0].ID) })
}

// fillBatch imports a file and takes it back.
func fillBatch(tb testing.TB, store *storage.Store, client ledger.ClientID, n int) {
	tb.Helper()
	batch := app.Batch{File: "factures.csv", SHA256: digestOf([]byte{byte(n)}), Kind: "invoices-csv", Added: 1, On: testDay}
	record(tb, store, func(w app.Writer) error {
		if err := w.AddBatch(&batch); err != nil {
			return err
		}
		invoice := sampleInvoice(client, "F-import", 1_000)
		invoice.Batch = batch.ID
		return w.AddInvoice(&invoice)
	})
	record(tb, store, func(w app.Writer) error { return w.UndoBatch(batch.ID, testDay) })
}

func fillLetter(tb testing.TB, store *storage.Store, invoice ledger.Invoice, n int) {
	tb.Helper()
	record(tb, store, func(w app.Writer) error {
		if err := addLetter(w, invoice, n); err != nil {
			return err
		}
		letter, _, err := w.LetterByFacts(fmt.Sprint(n))
		if err != nil {
			return err
		}
		return w.AddLetterEvent(&ledger.LetterEvent{Letter: letter.ID, Kind: ledger.EventPosted, Date: testDay,
			Number: "RK123456785FR"})
	})
}

func fillMessage(tb testing.TB, store *storage.Store, invoice ledger.Invoice, n int) {
	tb.Helper()
	digest := digestOf(fmt.Appendf(nil, "message %d", n))
	record(tb, store, func(w app.Writer) error {
		message := ledger.Message{SHA256: digest, HeaderID: fmt.Sprintf("<%d@banque.example>", n), UID: uint32(n),
			Validity: 7, On: testDay, Sender: "alertes@banque.example", Subject: "Virement reçu", Class: "payment",
			Evidence: ledger.EvidenceAnnounced, Decision: "announce", Amount: 300_000, Currency: money.EUR,
			Payer: "Gué", PaidOn: date.Must("2026-04-01"), Excerpt: "virement de 3 000 €", Reading: []byte(`{"n":1}`),
			Concerns: []ledger.InvoiceID{invoice.ID}}
		if err := w.AddMessage(&message); err != nil {
			return err
		}
		if err := w.Remember(digest, uint32(n), 7); err != nil {
			return err
		}
		if err := w.SaveCursor("INBOX", ledger.Cursor{Validity: 7, LastUID: uint32(n)}); err != nil {
			return err
		}
		return w.SettleMessage(message.ID, ledger.Settlement{Action: "rejected", On: testDay})
	})
}

// filledStore is a ledger with something in every table.
func filledStore(tb testing.TB) (*storage.Store, storage.Options) {
	tb.Helper()
	options := testOptions(tb)
	store, err := storage.Create(context.Background(), filepath.Join(tb.TempDir(), "filled.dument"), options,
		ledger.Settings{}.WithDefaults())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = store.Close() })
	fillEveryTable(tb, store)
	return store, options
}
