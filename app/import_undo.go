package app

import (
	"context"
	"slices"

	"dument/app/date"
	"dument/app/ledger"
)

// Imports lists the files that were imported, the newest first.
func (a *App) Imports(ctx context.Context) (batches []Batch, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		batches, err = r.Batches()
		return err
	})
	return batches, wrap("list imports", err)
}

// UndoImport takes a whole file back: its invoices are withdrawn, its payments reversed. It is refused
// while a later payment, letter or credit note depends on one of the invoices.
func (a *App) UndoImport(ctx context.Context, on date.Date, id ledger.BatchID) error {
	return a.update(ctx, "undo import", func(w Writer) error {
		batch, err := w.Batch(id)
		if err != nil {
			return err
		}
		if !batch.Undone.IsZero() {
			return &Error{Code: CodeConflict, Detail: "import_undone_already", Params: []string{batch.File}}
		}
		uses, err := w.BatchUses(id)
		if err != nil {
			return err
		}
		if len(uses) > 0 {
			return &Error{Code: CodeRefused, Detail: "import_in_use", Params: uses}
		}
		owners, err := batchOwners(w, id)
		if err != nil {
			return err
		}
		payments, err := w.Payments(PaymentFilter{Batch: id})
		if err != nil {
			return err
		}
		return w.Record(ledger.EntryImportUndone, on, func(int64) (any, error) {
			for _, payment := range payments {
				if err := reversePayment(w, payment); err != nil {
					return nil, err
				}
			}
			if err := w.UndoBatch(id, on); err != nil {
				return nil, err
			}
			return map[string]any{"batch": id}, forgetKinds(w, owners)
		})
	})
}

// batchOwners are the clients of the invoices of an import.
func batchOwners(r Reader, id ledger.BatchID) (owners []ledger.ClientID, err error) {
	err = r.Invoices(InvoiceFilter{Batch: id}, func(row InvoiceRow) error {
		if !slices.Contains(owners, row.Invoice.Client) {
			owners = append(owners, row.Invoice.Client)
		}
		return nil
	})
	return owners, err
}

// forgetKinds takes back what an undone file said of the regime of clients that have nothing else: the
// corrected file must be able to say otherwise.
func forgetKinds(w Writer, owners []ledger.ClientID) error {
	for _, id := range owners {
		used := false
		err := w.Invoices(InvoiceFilter{Client: id}, func(InvoiceRow) error {
			used = true
			return nil
		})
		if err != nil || used {
			if err != nil {
				return err
			}
			continue
		}
		client, err := w.Client(id)
		if err != nil {
			return err
		}
		client.Kind, client.KindOrigin = ledger.GuessKind(client.Name, client.Siren)
		if err := w.SaveClient(&client); err != nil {
			return err
		}
	}
	return nil
}
