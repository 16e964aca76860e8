package app_test

import (
	"context"
	"testing"

	"dument/app"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

// importRows enters rows as a file would, on 1 June 2026.
func (h *house) importRows(rows ...app.ImportRow) app.ImportResult {
	h.t.Helper()
	for i := range rows {
		rows[i].Line = i + 2
		if rows[i].Issued.IsZero() {
			rows[i].Issued, rows[i].Due = day("2026-01-01"), day("2026-01-31")
		}
	}
	h.table = app.ImportTable{Kind: "invoices-csv", Rows: rows}
	result, err := h.Import(context.Background(), day("2026-06-01"), "f.csv", nil, false)
	check(h.t, err)
	return result
}

func row(number, client string, amount money.Cents) app.ImportRow {
	return app.ImportRow{Number: number, ClientName: client, Amount: amount}
}

func rejectedWith(t *testing.T, result app.ImportResult, line int, code string) {
	t.Helper()
	if len(result.Rejected) != 1 || result.Rejected[0].Line != line || result.Rejected[0].Code != code {
		t.Fatalf("rejected %+v, want line %d: %s", result.Rejected, line, code)
	}
	for _, language := range []string{"fr", "en"} {
		if result.Rejected[0].Texts[language] == app.Text(&app.Error{Code: app.CodeInvalid}, language) {
			t.Errorf("%s has no wording of its own in %s", code, language)
		}
	}
}

func TestTheSameFileAddsNothing(t *testing.T) {
	h := newHouse(t)
	first := h.importRows(row("F1", "Client A", 100_00), row("F2", "Client B", 200_00))
	again := h.importRows(row("F1", "Client A", 100_00), row("F2", "Client B", 200_00))
	if first.Added != 2 || again.Added != 0 || again.Duplicates != 2 || again.Batch != 0 || len(again.Rejected) != 0 {
		t.Errorf("first %+v, again %+v", first, again)
	}
	h.sound()
}

func TestARegimeThatContradictsTheLedgerIsRefused(t *testing.T) {
	h := newHouse(t)
	h.client("Mme Petit", law.Business)
	consumer := row("F1", "Mme Petit", 10_00)
	consumer.ClientKind = law.Consumer
	rejectedWith(t, h.importRows(consumer), 2, "type_contradicts")

	business := row("F2", "M. Grand", 10_00)
	business.ClientKind = law.Business
	other := row("F3", "M. Grand", 10_00)
	other.ClientKind = law.Consumer
	rejectedWith(t, h.importRows(business, other), 3, "type_contradicts")
}

func TestAnUndoneFileLeavesNoRegimeBehind(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	wrong := row("F1", "Odile Perrin", 10_00)
	wrong.ClientKind = law.Business
	batch := h.importRows(wrong).Batch
	check(t, h.UndoImport(ctx, day("2026-06-01"), batch))
	right := row("F1", "Odile Perrin", 10_00)
	right.ClientKind = law.Consumer
	if result := h.importRows(right); result.Added != 1 || len(result.Rejected) != 0 {
		t.Fatalf("the corrected file: %+v", result.Rejected)
	}
	if claim := h.claim("F1", "2026-06-01"); claim.Debtor != law.Consumer || claim.Indemnity != 0 {
		t.Errorf("claim %+v", claim)
	}
	refusedWith(t, h.UndoImport(ctx, day("2026-06-01"), batch), app.CodeConflict, "import_undone_already")
	h.sound()
}

func TestAKnownInvoiceThatWasPaidSinceIsPaid(t *testing.T) {
	h := newHouse(t)
	h.importRows(row("F1", "Client A", 100_00))
	paid := row("F1", "Client A", 100_00)
	paid.PaidOn = day("2026-03-01")
	result := h.importRows(paid)
	if result.Duplicates != 1 || result.Added != 0 || len(result.Documents) != 1 || result.Documents[0].Status != "warn" {
		t.Fatalf("result %+v", result)
	}
	if claim := h.claim("F1", "2026-06-01"); claim.Principal != 0 {
		t.Errorf("principal %s", claim.Principal)
	}
	if again := h.importRows(paid); len(again.Documents) != 0 || again.Batch != 0 {
		t.Errorf("the payment is taken again: %+v", again)
	}
	check(t, h.UndoImport(context.Background(), day("2026-06-01"), result.Batch))
	if claim := h.claim("F1", "2026-06-01"); claim.Principal != 100_00 {
		t.Errorf("after the undo %s", claim.Principal)
	}
	h.sound()
}

func TestWhatAnImportRefuses(t *testing.T) {
	h := newHouse(t)
	h.importRows(row("F1", "Client A", 100_00))
	rejectedWith(t, h.importRows(row("F1", "Client A", 120_00)), 2, "number_known_differs")
	rejectedWith(t, h.importRows(row("f1", "Client A", 100_00)), 2, "number_case")
	later := row("F2", "Client A", 100_00)
	later.PaidOn = day("2027-03-01")
	rejectedWith(t, h.importRows(later), 2, "paid_in_future")
	early := row("F3", "Client A", 100_00)
	early.Issued, early.Due = day("2026-02-01"), day("2026-01-01")
	rejectedWith(t, h.importRows(early), 2, "before_issued")
	h.sound()
}

func TestAnImportInUseIsNotUndone(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	batch := h.importRows(row("F1", "Client A", 100_00)).Batch
	paid := h.pay("2026-06-02", app.PaymentDraft{Amount: 40_00, Invoices: []string{"F1"}})
	refusedWith(t, h.UndoImport(ctx, day("2026-06-02"), batch), app.CodeRefused, "import_in_use")
	check(t, h.ReversePayment(ctx, day("2026-06-02"), paid.Payment.ID))
	check(t, h.UndoImport(ctx, day("2026-06-02"), batch))
	rows, err := h.Invoices(ctx, app.InvoiceFilter{})
	check(t, err)
	if len(rows) != 0 {
		t.Errorf("%d invoices after the undo", len(rows))
	}
	h.sound()
}

func TestADryRunWritesNothing(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	h.table = app.ImportTable{Rows: []app.ImportRow{{Line: 2, Number: "F1", ClientName: "A", Amount: 1_00,
		Issued: day("2026-01-01")}}}
	result, err := h.Import(ctx, day("2026-06-01"), "f.csv", nil, true)
	check(t, err)
	rows, err := h.Invoices(ctx, app.InvoiceFilter{})
	check(t, err)
	if result.Added != 1 || len(result.Documents) != 1 || len(rows) != 0 {
		t.Errorf("added %d, documents %d, %d rows in the ledger", result.Added, len(result.Documents), len(rows))
	}
	if due := result.Documents[0].Invoice; due.DueOrigin != ledger.OriginClientTerms || due.Due != day("2026-01-31") {
		t.Errorf("due %v (%s)", due.Due, due.DueOrigin)
	}
}

// TestBalancesAreThoseOfTheDay: a list asked for a past day does not know what came later.
func TestBalancesAreThoseOfTheDay(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	h.client("Client", law.Business)
	h.invoice("F1", "Client", 100_00, "2026-01-01", "2026-02-01")
	h.pay("2026-10-01", app.PaymentDraft{Amount: 100_00, Invoices: []string{"F1"}})
	rows, err := h.Invoices(ctx, app.InvoiceFilter{On: day("2026-03-01")})
	check(t, err)
	clients, err := h.Clients(ctx, day("2026-03-01"))
	check(t, err)
	if rows[0].Balance.Open() != 100_00 || clients[0].Open != 100_00 || clients[0].Overdue != 100_00 {
		t.Errorf("in March: %+v, %+v", rows[0].Balance, clients[0])
	}
	_, err = h.CancelInvoice(ctx, day("2026-10-02"), "F1", "")
	check(t, err)
	if clients, err = h.Clients(ctx, day("2026-10-02")); err != nil || clients[0].Credit != 100_00 {
		t.Errorf("a cancelled invoice that was paid leaves a credit of %s, %v", clients[0].Credit, err)
	}
}
