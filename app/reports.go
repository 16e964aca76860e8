package app

import (
	"context"
	"slices"
	"strings"

	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
)

// AgingBuckets names the columns of an ageing report, by days past the due date.
var AgingBuckets = [5]string{"not_due", "1-30", "31-60", "61-90", "91+"}

// AgingReport is the outstanding on a day, by client; Totals add up the clients, by currency.
type AgingReport struct {
	On     date.Date
	Rows   []AgingRow
	Totals []AgingRow
}

// Total is the sum of the buckets.
func (r AgingRow) Total() (total money.Cents) {
	for _, cents := range r.Cents {
		total += cents
	}
	return total
}

// Aging reports what is owed on a day, past or present, by client and by days past the due date. It
// counts principal alone: interest and indemnities are claims, not invoices.
func (a *App) Aging(ctx context.Context, on date.Date) (report AgingReport, err error) {
	report.On = on
	err = a.Store.View(ctx, func(r Reader) error {
		report.Rows, err = r.Aging(on)
		return err
	})
	places := map[money.Currency]int{}
	for _, row := range report.Rows {
		place, known := places[row.Currency]
		if !known {
			place = len(report.Totals)
			places[row.Currency] = place
			report.Totals = append(report.Totals, AgingRow{Currency: row.Currency})
		}
		total := &report.Totals[place]
		total.Invoices += row.Invoices
		for i := range row.Cents {
			total.Cents[i] += row.Cents[i]
		}
	}
	return report, wrap("report ageing", err)
}

// Journal lists journal entries from a sequence number on.
func (a *App) Journal(ctx context.Context, fromSeq int64, limit int) (entries []ledger.Entry, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		entries, err = r.Journal(fromSeq, limit)
		return err
	})
	return entries, wrap("journal", err)
}

// Receipt is a line of the book of receipts (livre des recettes).
type Receipt struct {
	Payment  ledger.Payment
	Client   string
	Invoices []AllocatedPart
}

// InvoiceNumbers writes the invoices that the receipt paid, each once, in one cell: "F2026-0101 F2026-0102".
func (r Receipt) InvoiceNumbers() string {
	var numbers []string
	for _, part := range r.Invoices {
		if !slices.Contains(numbers, part.Invoice) {
			numbers = append(numbers, part.Invoice)
		}
	}
	return strings.Join(numbers, " ")
}

// Receipts lists what was received between two days, included. Only confirmed receipts are declared;
// notified ones are listed with their evidence.
func (a *App) Receipts(ctx context.Context, from, to date.Date) (list []Receipt, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		payments, err := r.Payments(PaymentFilter{From: from, To: to})
		if err != nil {
			return err
		}
		for _, payment := range payments {
			receipt, err := receiptOf(r, payment)
			if err != nil {
				return err
			}
			list = append(list, receipt)
		}
		return nil
	})
	return list, wrap("receipts", err)
}

func receiptOf(r Reader, payment ledger.Payment) (receipt Receipt, err error) {
	receipt.Payment = payment
	if payment.Client != 0 {
		client, err := r.Client(payment.Client)
		if err != nil {
			return receipt, err
		}
		receipt.Client = client.Name
	}
	allocations, err := r.Allocations(payment.ID)
	if err != nil || len(allocations) == 0 {
		return receipt, err
	}
	ids := make([]ledger.InvoiceID, len(allocations))
	for i, allocation := range allocations {
		ids[i] = allocation.Invoice
	}
	numbers := map[ledger.InvoiceID]string{}
	err = r.Invoices(InvoiceFilter{IDs: ids}, func(row InvoiceRow) error {
		numbers[row.Invoice.ID] = row.Invoice.Number
		return nil
	})
	for _, allocation := range allocations {
		receipt.Invoices = append(receipt.Invoices, AllocatedPart{Invoice: numbers[allocation.Invoice],
			Amount: allocation.Amount, Part: allocation.Part})
	}
	return receipt, err
}

// ExportData is the whole ledger for an Exporter.
type ExportData struct {
	On       date.Date
	Settings ledger.Settings
	Clients  []ClientRow
	Invoices []InvoiceRow
	Receipts []Receipt
	Letters  []LetterRow
	Messages []Proposal
	Journal  []ledger.Entry
	Attached []Attached // documents of invoices
	// Document hands out the bytes of a document.
	Document func(sha256 string) (Document, error)
}

// Attached is a document of an invoice.
type Attached struct {
	Invoice string
	DocumentInfo
}

// attached lists the documents of the invoices.
func (a *App) attached(ctx context.Context, rows []InvoiceRow) (list []Attached, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		for _, row := range rows {
			documents, err := r.Documents(Attachment{Kind: "invoice", ID: int64(row.Invoice.ID)})
			if err != nil {
				return err
			}
			for _, info := range documents {
				list = append(list, Attached{Invoice: row.Invoice.Number, DocumentInfo: info})
			}
		}
		return nil
	})
	return list, err
}

// Export writes everything in open formats into a folder and returns the files made.
func (a *App) Export(ctx context.Context, on date.Date, dir string) (files []string, err error) {
	data := ExportData{On: on}
	steps := []func() error{
		func() (err error) { data.Settings, err = a.Settings(ctx); return err },
		func() (err error) { data.Clients, err = a.Clients(ctx, on); return err },
		func() (err error) { data.Invoices, err = a.Invoices(ctx, InvoiceFilter{}); return err },
		func() (err error) { data.Attached, err = a.attached(ctx, data.Invoices); return err },
		func() (err error) { data.Receipts, err = a.Receipts(ctx, date.Date{}, date.Date{}); return err },
		func() (err error) { data.Letters, err = a.Letters(ctx); return err },
		func() (err error) { data.Messages, err = a.Proposals(ctx, false, 0); return err },
		func() (err error) { data.Journal, err = a.Journal(ctx, 1, 0); return err },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, wrap("export", err)
		}
	}
	data.Document = func(digest string) (doc Document, err error) {
		err = a.Store.View(ctx, func(r Reader) error {
			doc, err = r.Document(digest)
			return err
		})
		return doc, err
	}
	files, err = a.Exporter.Export(ctx, dir, on, data)
	return files, wrap("export", err)
}
