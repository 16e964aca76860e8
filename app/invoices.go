package app

import (
	"context"
	"errors"
	"strings"

	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

// Invoices lists invoices and credit notes, in order of issue, with their book values.
func (a *App) Invoices(ctx context.Context, filter InvoiceFilter) (rows []InvoiceRow, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		return r.Invoices(filter, func(row InvoiceRow) error {
			rows = append(rows, row)
			return nil
		})
	})
	return rows, wrap("list invoices", err)
}

// InvoiceDetail is everything about one invoice on a day.
type InvoiceDetail struct {
	Account   ledger.Account
	Claim     law.Claim
	ClaimErr  error // why no claim can be computed, classified; the rest of the detail stands
	Timeline  []Fact
	Documents []DocumentInfo
}

// Invoice shows one invoice on a day.
func (a *App) Invoice(ctx context.Context, on date.Date, number string) (detail InvoiceDetail, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		if note, found, err := r.InvoiceByNumber(number); err != nil || found && note.Type == ledger.TypeCreditNote {
			return errors.Join(err, detail.creditNote(r, note))
		}
		accounts, err := namedAccounts(r, []string{number})
		if err != nil {
			return err
		}
		detail.Account = accounts[0]
		rates, err := a.rates(r)
		if err != nil {
			return err
		}
		settings, err := r.Settings()
		if err != nil {
			return err
		}
		detail.Claim, err = rates.Claim(detail.Account.Debt(law.Imputation(settings.Terms.Imputation)), on)
		detail.ClaimErr = fieldProblem(err)
		if detail.Timeline, err = timeline(r, detail.Account, on); err != nil {
			return err
		}
		detail.Documents, err = r.Documents(Attachment{Kind: "invoice", ID: int64(detail.Account.Invoice.ID)})
		return err
	})
	return detail, wrap("show invoice", err)
}

// creditNote is the detail of a credit note, which owes nothing.
func (d *InvoiceDetail) creditNote(r Reader, note ledger.Invoice) (err error) {
	d.Account.Invoice = note
	if d.Account.Client, err = r.Client(note.Client); err != nil {
		return err
	}
	d.Claim = law.Claim{Debtor: d.Account.Client.Kind}
	d.Timeline = []Fact{{note.Issued, "issued", []string{note.Number}}}
	d.Documents, err = r.Documents(Attachment{Kind: "invoice", ID: int64(note.ID)})
	return err
}

// InvoiceDraft is an invoice to enter. An empty Number takes the next one of the series; a zero Due
// is derived from the terms.
type InvoiceDraft struct {
	Number   string
	Client   string
	Amount   money.Cents
	Currency money.Currency
	Issued   date.Date
	Due      date.Date
	Subject  string
	OrderRef string
	Type     ledger.InvoiceType // empty for an ordinary invoice
}

// AddInvoice enters an invoice.
func (a *App) AddInvoice(ctx context.Context, on date.Date, draft InvoiceDraft) (invoice ledger.Invoice, err error) {
	err = a.update(ctx, "add invoice", func(w Writer) error {
		settings, err := w.Settings()
		if err != nil {
			return err
		}
		client, err := findClient(w, draft.Client)
		if err != nil {
			return err
		}
		invoice = ledger.Invoice{Number: strings.TrimSpace(draft.Number), Client: client.ID, Type: draft.Type,
			Amount: draft.Amount, Currency: draft.Currency, Issued: draft.Issued, Due: draft.Due,
			DueOrigin: ledger.OriginStated, Subject: draft.Subject, OrderRef: draft.OrderRef}
		if invoice.Type == "" {
			invoice.Type = ledger.TypeInvoice
		}
		invoice.Currency = money.Currency(strings.ToUpper(string(invoice.Currency)))
		if invoice.Currency == "" {
			invoice.Currency = money.EUR
		}
		if invoice.Issued.IsZero() {
			invoice.Issued = on
		}
		if invoice.Due.IsZero() {
			invoice.Due, invoice.DueOrigin = ledger.DueDate(invoice.Issued, client, settings.Terms)
		}
		if client.Kind == law.Business {
			invoice.ContractRate = contractRate(client, settings)
		}
		known, err := w.InvoiceNumbers()
		if err != nil {
			return err
		}
		if invoice.Number == "" {
			if invoice.Number, err = nextNumber(known, settings.Numbering.Invoice, invoice.Issued.Year()); err != nil {
				return err
			}
		}
		if err := freeNumber(known, invoice.Number); err != nil {
			return err
		}
		return w.Record(ledger.EntryInvoice, on, func(int64) (any, error) {
			if err := w.AddInvoice(&invoice); err != nil {
				return nil, fieldProblem(err)
			}
			return map[string]any{"invoice": invoice.Number, "amount": invoice.Amount}, nil
		})
	})
	return invoice, err
}

// freeNumber refuses a number that the ledger has in other capitals: the same debt would be claimed twice.
func freeNumber(known map[string]InvoiceKey, number string) error {
	if _, same := known[number]; same {
		return nil // the ledger itself refuses it, with its own words
	}
	for other := range known {
		if strings.EqualFold(other, number) {
			return invalid("number", "number_case", number, other)
		}
	}
	return nil
}

func nextNumber(known map[string]InvoiceKey, pattern string, year int) (string, error) {
	number, err := ledger.NextNumber(pattern, year, func(each func(string)) {
		for number := range known {
			each(number)
		}
	})
	return number, fieldProblem(err)
}

// CreditDraft is a credit note to enter. An empty Number takes the next one of the series; a zero
// Amount credits all that is not credited yet.
type CreditDraft struct {
	Invoice string
	Number  string
	Amount  money.Cents
	Issued  date.Date
	Subject string
}

// AddCreditNote enters a credit note that corrects an invoice: its part of the invoice was never owed.
func (a *App) AddCreditNote(ctx context.Context, on date.Date, draft CreditDraft) (ledger.Invoice, error) {
	return a.credit(ctx, on, draft, ledger.EntryCreditNote)
}

// CancelInvoice credits the whole rest of an invoice. Its number is not used again (CGI ann. II 242
// nonies A).
func (a *App) CancelInvoice(ctx context.Context, on date.Date, number, reason string) (ledger.Invoice, error) {
	return a.credit(ctx, on, CreditDraft{Invoice: number, Subject: reason}, ledger.EntryCancelled)
}

func (a *App) credit(
	ctx context.Context, on date.Date, draft CreditDraft, kind ledger.EntryKind,
) (note ledger.Invoice, err error) {
	err = a.update(ctx, "add credit note", func(w Writer) error {
		accounts, err := namedAccounts(w, []string{draft.Invoice})
		if err != nil {
			return err
		}
		invoice := accounts[0].Invoice
		left := invoice.Amount
		for _, earlier := range accounts[0].Credits {
			left -= earlier.Amount
		}
		note = ledger.Invoice{Number: strings.TrimSpace(draft.Number), Client: invoice.Client,
			Type: ledger.TypeCreditNote, Amount: draft.Amount, Currency: invoice.Currency, Issued: draft.Issued,
			DueOrigin: ledger.OriginStated, Subject: draft.Subject, Corrects: invoice.ID}
		if note.Amount == 0 {
			note.Amount = left
		}
		if note.Issued.IsZero() {
			note.Issued = on
		}
		note.Due = note.Issued
		switch {
		case left == 0:
			return refused("credited_already", invoice.Number)
		case note.Amount > left:
			return invalid("amount", "more_than_left", note.Amount.String(), left.String())
		case note.Issued.Before(invoice.Issued):
			return invalid("issued", "before_invoice", note.Issued.String(), invoice.Issued.String())
		}
		if note.Number == "" {
			settings, err := w.Settings()
			if err != nil {
				return err
			}
			known, err := w.InvoiceNumbers()
			if err != nil {
				return err
			}
			if note.Number, err = nextNumber(known, settings.Numbering.CreditNote, note.Issued.Year()); err != nil {
				return err
			}
		}
		return w.Record(kind, on, func(int64) (any, error) {
			if err := w.AddInvoice(&note); err != nil {
				return nil, fieldProblem(err)
			}
			return map[string]any{"credit_note": note.Number, "corrects": invoice.Number, "amount": note.Amount}, nil
		})
	})
	return note, err
}

// maxDocumentBytes bounds a document that is kept in the ledger.
const maxDocumentBytes = 25 << 20

// AttachDocument keeps a document of an invoice: the invoice itself, an order, a delivery note.
func (a *App) AttachDocument(
	ctx context.Context, on date.Date, number, name string, data []byte,
) (info DocumentInfo, err error) {
	if len(data) == 0 || len(data) > maxDocumentBytes {
		return info, invalid("file", "document_size", name, "25")
	}
	err = a.update(ctx, "attach document", func(w Writer) error {
		invoice, found, err := w.InvoiceByNumber(number)
		if err != nil {
			return err
		}
		if !found {
			return notFound("invoice", number)
		}
		doc := Document{DocumentInfo: DocumentInfo{MediaType: mediaType(data), Name: name}, Bytes: data}
		return w.Record(ledger.EntryDocument, on, func(int64) (any, error) {
			of := Attachment{Kind: "invoice", ID: int64(invoice.ID)}
			if err := w.AddDocument(doc, of); err != nil {
				return nil, err
			}
			list, err := w.Documents(of)
			if err != nil {
				return nil, err
			}
			info = list[len(list)-1]
			return map[string]string{"invoice": number, "sha256": info.SHA256}, nil
		})
	})
	return info, err
}

// mediaType tells a document by its first bytes; what it does not know is opaque.
func mediaType(data []byte) string {
	for _, known := range []struct{ magic, kind string }{
		{"%PDF-", "application/pdf"}, {"\x89PNG", "image/png"}, {"\xff\xd8\xff", "image/jpeg"},
		{"<?xml", "application/xml"},
	} {
		if strings.HasPrefix(string(data[:min(len(data), 8)]), known.magic) {
			return known.kind
		}
	}
	return "application/octet-stream"
}

// NoteContact records that a step of the scenario was carried out by the user's own means.
func (a *App) NoteContact(ctx context.Context, on date.Date, number string, contact ledger.Contact) error {
	if contact.On.IsZero() {
		contact.On = on
	}
	if contact.On.After(on) {
		return invalid("date", "in_future", contact.On.String(), on.String())
	}
	return a.update(ctx, "note reminder", func(w Writer) error {
		invoice, found, err := w.InvoiceByNumber(number)
		if err != nil {
			return err
		}
		if !found {
			return notFound("invoice", number)
		}
		return w.Record(ledger.EntryContact, on, func(int64) (any, error) {
			return map[string]string{"invoice": number, "step": contact.Step}, w.AddContact(invoice.ID, contact)
		})
	})
}
