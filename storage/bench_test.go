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

// benchSizes are the numbers of invoices that the goals of speed are stated for.
var benchSizes = []int{1_000, 10_000, 100_000}

// benchInvoice is the n-th invoice of a made-up ledger: five years of issue dates in order, due after
// thirty days, one client for a hundred invoices.
func benchInvoice(n int, total int, client ledger.ClientID) ledger.Invoice {
	issued := date.Must("2021-11-01").AddDays(n * 1800 / total)
	return ledger.Invoice{Number: fmt.Sprintf("F%04d-%06d", issued.Year(), n), Client: client,
		Type: ledger.TypeInvoice, Amount: money.Cents(10_000 + n*7919%900_000), Currency: money.EUR, Issued: issued,
		Due: issued.AddDays(30), DueOrigin: ledger.OriginStated}
}

// fill enters invoices as an import does: one transaction, one journal entry.
func fill(tb testing.TB, store *storage.Store, total int) {
	tb.Helper()
	record(tb, store, func(w app.Writer) error {
		batch := app.Batch{File: "factures.csv", Kind: "invoices-csv", Added: total, On: testDay}
		if err := w.AddBatch(&batch); err != nil {
			return err
		}
		var clients []ledger.ClientID
		for n := range total {
			if n%100 == 0 {
				client := ledger.Client{Name: fmt.Sprintf("Atelier Exemple %05d SARL", n/100), Kind: law.Business,
					KindOrigin: ledger.OriginLegalForm}
				if err := w.SaveClient(&client); err != nil {
					return err
				}
				clients = append(clients, client.ID)
			}
			invoice := benchInvoice(n, total, clients[n*31%len(clients)])
			invoice.Batch = batch.ID
			if err := w.AddInvoice(&invoice); err != nil {
				return err
			}
		}
		return nil
	})
}

func benchEach(b *testing.B, run func(b *testing.B, size int)) {
	for _, size := range benchSizes {
		b.Run(fmt.Sprint(size), func(b *testing.B) { run(b, size) })
	}
}

func newBenchStore(b *testing.B) *storage.Store {
	b.Helper()
	store, err := storage.Create(context.Background(), filepath.Join(b.TempDir(), "t.dument"), testOptions(b),
		ledger.Settings{}.WithDefaults())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	return store
}

func filledBenchStore(b *testing.B, size int) *storage.Store {
	b.Helper()
	store := newBenchStore(b)
	fill(b, store, size)
	return store
}

func BenchmarkImport(b *testing.B) {
	benchEach(b, func(b *testing.B, size int) {
		for b.Loop() {
			fill(b, newBenchStore(b), size)
		}
	})
}

func benchView(b *testing.B, read func(r app.Reader) error) {
	benchEach(b, func(b *testing.B, size int) {
		store := filledBenchStore(b, size)
		for b.Loop() {
			if err := store.View(context.Background(), read); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkInvoices(b *testing.B) {
	benchView(b, func(r app.Reader) error {
		return r.Invoices(app.InvoiceFilter{}, func(app.InvoiceRow) error { return nil })
	})
}

func BenchmarkInvoiceNumbers(b *testing.B) {
	benchView(b, func(r app.Reader) error {
		_, err := r.InvoiceNumbers()
		return err
	})
}

func BenchmarkAccountsOpen(b *testing.B) {
	benchView(b, func(r app.Reader) error {
		_, err := r.Accounts(app.InvoiceFilter{OpenOnly: true})
		return err
	})
}

func BenchmarkClients(b *testing.B) {
	benchView(b, func(r app.Reader) error {
		_, err := r.Clients(testDay)
		return err
	})
}

func BenchmarkAgingToday(b *testing.B) {
	benchView(b, func(r app.Reader) error {
		_, err := r.Aging(testDay)
		return err
	})
}

func BenchmarkAgingPast(b *testing.B) {
	benchView(b, func(r app.Reader) error {
		_, err := r.Aging(date.Must("2025-01-01"))
		return err
	})
}

func BenchmarkOpen(b *testing.B) {
	benchEach(b, func(b *testing.B, size int) {
		options := testOptions(b)
		store := filledBenchStore(b, size)
		for b.Loop() {
			again, err := storage.Open(context.Background(), store.Path(), options)
			if err != nil {
				b.Fatal(err)
			}
			if err := again.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	benchEach(b, func(b *testing.B, size int) {
		store := filledBenchStore(b, size)
		for b.Loop() {
			if _, err := store.Verify(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
