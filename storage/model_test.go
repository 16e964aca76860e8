package storage_test

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
	"dument/storage"
)

// model is the ledger as plain Go values, without SQL, triggers or indexes.
type model struct {
	store    *storage.Store
	clients  []ledger.Client
	owner    map[ledger.ClientID]ledger.ClientID
	invoices []*modelInvoice // credit notes too
	payments []*modelPayment
	batches  []ledger.BatchID
	undone   map[ledger.BatchID]bool
	next     int
}

type modelInvoice struct {
	ledger.Invoice
	withdrawn bool
}

type modelPayment struct {
	ledger.Payment
	lines    []ledger.Allocation
	reversed bool
}

var modelStart = date.Must("2026-01-01")

func newModel(t *rapid.T, folder string, n int, options storage.Options) *model {
	store, err := storage.Create(context.Background(), filepath.Join(folder, fmt.Sprintf("%d.dument", n)), options,
		ledger.Settings{}.WithDefaults())
	if err != nil {
		t.Fatal(err)
	}
	m := &model{store: store, owner: map[ledger.ClientID]ledger.ClientID{}, undone: map[ledger.BatchID]bool{}}
	m.addClient(t)
	m.addClient(t)
	return m
}

func (m *model) do(t *rapid.T, write func(w app.Writer) error) {
	if err := tryRecord(m.store, write); err != nil {
		t.Fatal(err)
	}
}

func (m *model) addClient(t *rapid.T) {
	client := ledger.Client{Name: fmt.Sprintf("Client %02d", len(m.clients)), Kind: law.Business}
	m.do(t, func(w app.Writer) error { return w.SaveClient(&client) })
	m.clients = append(m.clients, client)
	m.owner[client.ID] = client.ID
}

func (m *model) drawInvoice(t *rapid.T, batch ledger.BatchID) ledger.Invoice {
	m.next++
	issued := modelStart.AddDays(rapid.IntRange(0, 200).Draw(t, "issued"))
	invoice := sampleInvoice(rapid.SampledFrom(m.clients).Draw(t, "client").ID, fmt.Sprintf("F%d", m.next),
		money.Cents(rapid.IntRange(1, 500).Draw(t, "amount")))
	invoice.Issued, invoice.Due = issued, issued.AddDays(rapid.IntRange(0, 60).Draw(t, "days"))
	invoice.Currency = rapid.SampledFrom([]money.Currency{money.EUR, money.EUR, "CHF"}).Draw(t, "currency")
	invoice.Batch = batch
	return invoice
}

func (m *model) addInvoice(t *rapid.T) {
	invoice := m.drawInvoice(t, 0)
	m.do(t, func(w app.Writer) error { return w.AddInvoice(&invoice) })
	m.invoices = append(m.invoices, &modelInvoice{Invoice: invoice})
}

// owed are the invoices that something can still be booked on.
func (m *model) owed() []*modelInvoice {
	return slices.DeleteFunc(slices.Clone(m.invoices), func(i *modelInvoice) bool {
		return i.withdrawn || i.Type == ledger.TypeCreditNote || m.open(i, date.Must("9999-12-31")) <= 0
	})
}

func (m *model) anOwed(t *rapid.T) *modelInvoice {
	owed := m.owed()
	if len(owed) == 0 {
		t.Skip("nothing is owed")
	}
	return rapid.SampledFrom(owed).Draw(t, "invoice")
}

func (m *model) addCreditNote(t *rapid.T) {
	note := m.creditNote(t, m.anOwed(t), 0)
	m.do(t, func(w app.Writer) error { return w.AddInvoice(&note) })
	m.invoices = append(m.invoices, &modelInvoice{Invoice: note})
}

func (m *model) creditNote(t *rapid.T, of *modelInvoice, batch ledger.BatchID) ledger.Invoice {
	note := m.drawInvoice(t, batch)
	note.Type, note.Client, note.Currency, note.Corrects = ledger.TypeCreditNote, of.Client, of.Currency, of.ID
	return note
}

func (m *model) pay(t *rapid.T) {
	of := m.anOwed(t)
	open := m.open(of, date.Must("9999-12-31"))
	principal := money.Cents(rapid.IntRange(1, int(open)).Draw(t, "principal"))
	interest := money.Cents(rapid.IntRange(0, 20).Draw(t, "interest"))
	payment := &modelPayment{Payment: ledger.Payment{Date: modelStart.AddDays(rapid.IntRange(0, 250).Draw(t, "day")),
		Amount: principal + interest + money.Cents(rapid.IntRange(0, 5).Draw(t, "rest")), Currency: of.Currency,
		Client: of.Client, Evidence: ledger.EvidenceConfirmed, Source: ledger.SourceManual}}
	payment.lines = []ledger.Allocation{{Invoice: of.ID, Part: ledger.PartPrincipal, Amount: principal}}
	if interest > 0 {
		payment.lines = append(payment.lines, ledger.Allocation{Invoice: of.ID, Part: ledger.PartInterest, Amount: interest})
	}
	m.do(t, func(w app.Writer) error { return m.enter(w, payment) })
	m.payments = append(m.payments, payment)
}

func (m *model) enter(w app.Writer, payment *modelPayment) error {
	if err := w.AddPayment(&payment.Payment); err != nil {
		return err
	}
	for i := range payment.lines {
		payment.lines[i].Payment = payment.ID
		if err := w.AddAllocation(&payment.lines[i]); err != nil {
			return err
		}
	}
	return nil
}

func (m *model) reverse(t *rapid.T) {
	kept := slices.DeleteFunc(slices.Clone(m.payments), func(p *modelPayment) bool { return p.reversed })
	if len(kept) == 0 {
		t.Skip("no payment")
	}
	payment := rapid.SampledFrom(kept).Draw(t, "payment")
	m.do(t, func(w app.Writer) error { return m.takeBack(w, payment) })
}

func (m *model) takeBack(w app.Writer, payment *modelPayment) error {
	lines, err := w.Allocations(payment.ID)
	if err != nil || len(lines) != len(payment.lines) {
		return fmt.Errorf("%d allocations, %d were made: %w", len(lines), len(payment.lines), err)
	}
	for _, line := range lines {
		line.ID, line.Amount, line.Reverses = 0, -line.Amount, line.ID
		if err := w.AddAllocation(&line); err != nil {
			return err
		}
	}
	reversal := payment.Payment
	reversal.ID, reversal.Amount, reversal.Reverses = 0, -payment.Amount, payment.ID
	payment.reversed = true
	return w.AddPayment(&reversal)
}

func (m *model) importFile(t *rapid.T) {
	batch := app.Batch{File: "f.csv", Kind: "invoices-csv", On: testDay}
	count := rapid.IntRange(1, 3).Draw(t, "rows")
	m.do(t, func(w app.Writer) error {
		if err := w.AddBatch(&batch); err != nil {
			return err
		}
		for range count {
			invoice := m.drawInvoice(t, batch.ID)
			if err := w.AddInvoice(&invoice); err != nil {
				return err
			}
			m.invoices = append(m.invoices, &modelInvoice{Invoice: invoice})
			if rapid.Bool().Draw(t, "paid") {
				payment := &modelPayment{Payment: ledger.Payment{Date: invoice.Due, Amount: invoice.Amount,
					Currency: invoice.Currency, Client: invoice.Client, Evidence: ledger.EvidenceConfirmed,
					Source: ledger.SourceImport, Batch: batch.ID}}
				payment.lines = []ledger.Allocation{{Invoice: invoice.ID, Part: ledger.PartPrincipal, Amount: invoice.Amount}}
				if err := m.enter(w, payment); err != nil {
					return err
				}
				m.payments = append(m.payments, payment)
			}
		}
		if owed := m.owed(); len(owed) > 0 && rapid.Bool().Draw(t, "credited") {
			note := m.creditNote(t, rapid.SampledFrom(owed).Draw(t, "of"), batch.ID)
			if err := w.AddInvoice(&note); err != nil {
				return err
			}
			m.invoices = append(m.invoices, &modelInvoice{Invoice: note})
		}
		return nil
	})
	m.batches = append(m.batches, batch.ID)
}

// uses says what hangs on a batch, by the model.
func (m *model) uses(batch ledger.BatchID) (numbers []string) {
	for _, invoice := range m.invoices {
		if invoice.Batch != batch {
			continue
		}
		used := slices.ContainsFunc(m.invoices, func(n *modelInvoice) bool {
			return n.Corrects == invoice.ID && n.Batch != batch && !n.withdrawn
		})
		for _, payment := range m.payments {
			used = used || !payment.reversed && payment.Batch != batch && payment.lines[0].Invoice == invoice.ID
		}
		if used {
			numbers = append(numbers, invoice.Number)
		}
	}
	slices.Sort(numbers)
	return numbers
}

func (m *model) undoImport(t *rapid.T) {
	left := slices.DeleteFunc(slices.Clone(m.batches), func(id ledger.BatchID) bool { return m.undone[id] })
	if len(left) == 0 {
		t.Skip("no import")
	}
	batch := rapid.SampledFrom(left).Draw(t, "batch")
	want := m.uses(batch)
	m.do(t, func(w app.Writer) error {
		uses, err := w.BatchUses(batch)
		if err != nil || !slices.Equal(uses, want) {
			return fmt.Errorf("uses %v, want %v: %w", uses, want, err)
		}
		if len(uses) > 0 {
			return nil
		}
		for _, payment := range m.payments {
			if payment.Batch == batch && !payment.reversed {
				if err := m.takeBack(w, payment); err != nil {
					return err
				}
			}
		}
		return w.UndoBatch(batch, testDay)
	})
	if len(want) > 0 {
		return
	}
	m.undone[batch] = true
	for _, invoice := range m.invoices {
		invoice.withdrawn = invoice.withdrawn || invoice.Batch == batch
	}
}

func (m *model) merge(t *rapid.T) {
	alive := slices.DeleteFunc(slices.Clone(m.clients), func(c ledger.Client) bool { return m.owner[c.ID] != c.ID })
	if len(alive) < 2 {
		m.addClient(t)
		return
	}
	from := rapid.IntRange(0, len(alive)-1).Draw(t, "from")
	to := (from + rapid.IntRange(1, len(alive)-1).Draw(t, "step")) % len(alive)
	m.do(t, func(w app.Writer) error { return w.MergeClients(alive[from].ID, alive[to].ID) })
	for client, owner := range m.owner {
		if owner == alive[from].ID {
			m.owner[client] = alive[to].ID
		}
	}
}

// open is what is owed of an invoice by the facts dated up to a day.
func (m *model) open(invoice *modelInvoice, on date.Date) money.Cents {
	balance := m.balance(invoice, on)
	return balance.Amount - balance.Credited - balance.Principal
}

func (m *model) balance(invoice *modelInvoice, on date.Date) ledger.Balance {
	balance := ledger.Balance{Amount: invoice.Amount}
	for _, note := range m.invoices {
		if note.Corrects == invoice.ID && !note.withdrawn && !note.Issued.After(on) {
			balance.Credited += note.Amount
		}
	}
	for _, payment := range m.payments {
		for _, line := range payment.lines {
			switch {
			case payment.reversed || line.Invoice != invoice.ID || payment.Date.After(on):
			case line.Part == ledger.PartPrincipal:
				balance.Principal += line.Amount
			default:
				balance.Extras += line.Amount
			}
		}
	}
	return balance
}

func (m *model) aging(on date.Date) []app.AgingRow {
	type key struct {
		client   ledger.ClientID
		currency money.Currency
	}
	rows := map[key]app.AgingRow{}
	for _, invoice := range m.invoices {
		open := m.open(invoice, on)
		if invoice.withdrawn || invoice.Type == ledger.TypeCreditNote || invoice.Issued.After(on) || open <= 0 {
			continue
		}
		at := key{m.owner[invoice.Client], invoice.Currency}
		row := rows[at]
		row.Client, row.Name, row.Currency = at.client, m.clients[at.client-1].Name, at.currency
		row.Invoices++
		bucket := 0
		for _, late := range []int{1, 31, 61, 91} {
			if on.Sub(invoice.Due) >= late {
				bucket++
			}
		}
		row.Cents[bucket] += open
		rows[at] = row
	}
	list := slices.Collect(maps.Values(rows))
	slices.SortFunc(list, func(a, b app.AgingRow) int {
		if a.Client != b.Client {
			return int(a.Client - b.Client) // names are in order of ids
		}
		if a.Currency < b.Currency {
			return -1
		}
		return 1
	})
	return list
}

// check compares everything that the ledger derives with the model.
func (m *model) check(t *rapid.T) {
	checks, err := m.store.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range checks {
		if !check.OK {
			t.Fatalf("%s: %s", check.Name, check.Detail)
		}
	}
	on := modelStart.AddDays(rapid.IntRange(-10, 400).Draw(t, "on"))
	err = m.store.View(context.Background(), func(r app.Reader) error {
		got := map[string]app.InvoiceRow{}
		if err := r.Invoices(app.InvoiceFilter{}, func(row app.InvoiceRow) error {
			got[row.Invoice.Number] = row
			return nil
		}); err != nil {
			return err
		}
		m.checkInvoices(t, got)
		rows, err := r.Aging(on)
		if want := m.aging(on); len(rows)+len(want) > 0 && !reflect.DeepEqual(rows, want) {
			t.Fatalf("ageing on %v: %v, want %v", on, rows, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (m *model) checkInvoices(t *rapid.T, got map[string]app.InvoiceRow) {
	count := 0
	for _, invoice := range m.invoices {
		if invoice.withdrawn {
			continue
		}
		count++
		want := ledger.Balance{Amount: invoice.Amount}
		if invoice.Type != ledger.TypeCreditNote {
			want = m.balance(invoice, date.Must("9999-12-31"))
		}
		row := got[invoice.Number]
		if row.Balance != want || row.Invoice.Client != m.owner[invoice.Client] {
			t.Fatalf("%s: %+v of client %d, want %+v of client %d", invoice.Number, row.Balance, row.Invoice.Client,
				want, m.owner[invoice.Client])
		}
	}
	if len(got) != count {
		t.Fatalf("%d invoices, want %d", len(got), count)
	}
}

func TestBalancesAndAgeingAgreeWithAModel(t *testing.T) {
	t.Parallel()
	folder, options, n := t.TempDir(), testOptions(t), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		m := newModel(t, folder, n, options)
		defer m.store.Close()
		t.Repeat(map[string]func(*rapid.T){
			"": m.check, "invoice": m.addInvoice, "credit note": m.addCreditNote, "pay": m.pay, "reverse": m.reverse,
			"import": m.importFile, "undo import": m.undoImport, "merge": m.merge, "client": m.addClient,
		})
	})
}

// TestAgeingOfTheReferenceLedger holds the five invoices of the reference: one settled, one on the
// boundary of thirty days, one of ninety-one.
func TestAgeingOfTheReferenceLedger(t *testing.T) {
	store, _ := newStore(t)
	clients := map[string]ledger.Client{}
	for _, name := range []string{"Alpha", "Beta", "Gamma", "Delta"} {
		clients[name] = addClient(t, store, name)
	}
	for _, row := range []struct {
		number, client, issued, due string
		amount, paid                money.Cents
		paidOn                      string
	}{
		{"F1", "Alpha", "2025-07-05", "2025-08-04", 120_000, 40_000, "2025-08-20"},
		{"F2", "Beta", "2025-08-01", "2025-08-31", 300_000, 0, ""},
		{"F3", "Gamma", "2025-08-15", "2025-09-14", 50_000, 50_000, "2025-09-24"},
		{"F4", "Alpha", "2025-09-10", "2025-10-10", 200_000, 0, ""},
		{"F5", "Delta", "2025-06-01", "2025-07-01", 70_000, 0, ""},
	} {
		invoice := sampleInvoice(clients[row.client].ID, row.number, row.amount)
		invoice.Issued, invoice.Due = date.Must(row.issued), date.Must(row.due)
		invoice = addInvoice(t, store, invoice)
		if row.paid > 0 {
			addPayment(t, store, invoice, row.paid, row.paidOn)
		}
	}
	want := [5]money.Cents{200_000, 300_000, 80_000, 0, 70_000}
	later := sampleInvoice(clients["Beta"].ID, "F6", 999)
	later.Issued, later.Due = date.Must("2025-10-01"), date.Must("2025-10-31")
	for _, path := range []string{"from balances", "from facts"} {
		if got := totals(t, store, date.Must("2025-09-30")); got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
		addInvoice(t, store, later) // a later fact: the balances of today no longer answer
		later.Number = "F7"
	}
	if got := totals(t, store, date.Must("2025-05-31")); got != [5]money.Cents{} {
		t.Errorf("before the first invoice: %v", got)
	}
	days := 0
	err := store.View(context.Background(), func(r app.Reader) (err error) {
		days, err = r.MeanDaysLate(date.Must("2025-07-01"), date.Must("2025-09-30"))
		return err
	})
	if err != nil || days != 13 { // (500 x 10 + 400 x 16) / 900 = 12.67
		t.Errorf("mean days late %d, %v", days, err)
	}
}

func totals(tb testing.TB, store *storage.Store, on date.Date) (total [5]money.Cents) {
	tb.Helper()
	err := store.View(context.Background(), func(r app.Reader) error {
		rows, err := r.Aging(on)
		for _, row := range rows {
			for i, cents := range row.Cents {
				total[i] += cents
			}
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return total
}
