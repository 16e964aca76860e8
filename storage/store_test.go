package storage_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
	"dument/storage"
)

var testDay = date.Must("2026-11-21")

func testOptions(tb testing.TB) storage.Options {
	tb.Helper()
	return storage.Options{StateDir: tb.TempDir(), BusyMillisecondsMax: 300, Clock: fixedClock}
}

func newStore(tb testing.TB) (*storage.Store, storage.Options) {
	tb.Helper()
	options := testOptions(tb)
	store, err := storage.Create(context.Background(), filepath.Join(tb.TempDir(), "t.dument"), options,
		ledger.Settings{}.WithDefaults())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = store.Close() })
	return store, options
}

// record runs one use case.
func record(tb testing.TB, store *storage.Store, write func(w app.Writer) error) {
	tb.Helper()
	if err := tryRecord(store, write); err != nil {
		tb.Fatal(err)
	}
}

func tryRecord(store *storage.Store, write func(w app.Writer) error) error {
	return store.Update(context.Background(), func(w app.Writer) error {
		return w.Record(ledger.EntryDemonstration, testDay, func(int64) (any, error) { return nil, write(w) })
	})
}

func addClient(tb testing.TB, store *storage.Store, name string) ledger.Client {
	tb.Helper()
	client := ledger.Client{Name: name, Kind: law.Business, KindOrigin: ledger.OriginStated}
	record(tb, store, func(w app.Writer) error { return w.SaveClient(&client) })
	return client
}

func sampleInvoice(client ledger.ClientID, number string, amount money.Cents) ledger.Invoice {
	return ledger.Invoice{Number: number, Client: client, Type: ledger.TypeInvoice, Amount: amount,
		Currency: money.EUR, Issued: date.Must("2026-01-01"), Due: date.Must("2026-01-31"),
		DueOrigin: ledger.OriginStated}
}

func addInvoice(tb testing.TB, store *storage.Store, invoice ledger.Invoice) ledger.Invoice {
	tb.Helper()
	record(tb, store, func(w app.Writer) error { return w.AddInvoice(&invoice) })
	return invoice
}

// addPayment enters a payment and gives it all to the principal of one invoice.
func addPayment(tb testing.TB, store *storage.Store, invoice ledger.Invoice, amount money.Cents, day string) {
	tb.Helper()
	record(tb, store, func(w app.Writer) error {
		payment := ledger.Payment{Date: date.Must(day), Amount: amount, Currency: money.EUR, Client: invoice.Client,
			Evidence: ledger.EvidenceConfirmed, Source: ledger.SourceManual}
		if err := w.AddPayment(&payment); err != nil {
			return err
		}
		return w.AddAllocation(&ledger.Allocation{Payment: payment.ID, Invoice: invoice.ID,
			Part: ledger.PartPrincipal, Amount: amount})
	})
}

func digestOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

func codeOf(err error) app.Code {
	if err == nil {
		return ""
	}
	return app.AsError(err).Code
}

// failures names the checks that fail.
func failures(tb testing.TB, store *storage.Store) map[string]string {
	tb.Helper()
	checks, err := store.Verify(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	failed := map[string]string{}
	for _, check := range checks {
		if !check.OK {
			failed[check.Name] = check.Detail
		}
	}
	return failed
}

func mustVerify(tb testing.TB, store *storage.Store) {
	tb.Helper()
	checks, err := store.Verify(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	for _, check := range checks {
		if !check.OK {
			tb.Errorf("check %s: %s", check.Name, check.Detail)
		}
	}
}

func TestALedgerKeepsWhatItWasGiven(t *testing.T) {
	ctx := context.Background()
	store, options := newStore(t)
	client := addClient(t, store, "Éditions du Gué SAS")
	invoice := addInvoice(t, store, sampleInvoice(client.ID, "F2026-0001", 300000))
	addPayment(t, store, invoice, 100000, "2026-03-31")
	mustVerify(t, store)
	path := store.Path()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	store, err := storage.Open(ctx, path, options)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	mustVerify(t, store)
	err = store.View(ctx, func(r app.Reader) error {
		accounts, err := r.Accounts(app.InvoiceFilter{Numbers: []string{"F2026-0001"}})
		if err != nil {
			return err
		}
		if len(accounts) != 1 || len(accounts[0].Receipts) != 1 || accounts[0].Receipts[0].Amount != 100000 ||
			accounts[0].Client.Name != "Éditions du Gué SAS" {
			t.Errorf("read back: %+v", accounts)
		}
		rows, err := r.Aging(testDay)
		if err != nil {
			return err
		}
		if len(rows) != 1 || rows[0].Cents != [5]money.Cents{0, 0, 0, 0, 200000} {
			t.Errorf("ageing: %+v", rows)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
