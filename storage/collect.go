package storage

import "dument/app/ledger"

// collect reads every row of a query.
func collect[T any](r *reader, scan func(func(...any) error) (T, error), query string, arguments ...any) ([]T, error) {
	rows, err := r.tx.QueryContext(r.ctx, query, arguments...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		item, err := scan(rows.Scan)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, rows.Err()
}

// Queries for the invoices that a letter claims and that a message concerns.
const (
	letterInvoices  = `SELECT invoice FROM letter_invoice WHERE letter = ? ORDER BY id`
	messageConcerns = `SELECT invoice FROM message_concern WHERE message = ? ORDER BY id`
)

func (r *reader) invoicesOf(query string, id int64) ([]ledger.InvoiceID, error) {
	return collect(r, func(scan func(...any) error) (invoice ledger.InvoiceID, err error) {
		err = scan(&invoice)
		return invoice, err
	}, query, id)
}
