package storage

import (
	"database/sql"
	"errors"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
)

const paymentSelect = `SELECT p.id, p.key, p.paid_on, p.amount_cents, p.currency, p.client, p.payer,
	p.reference, p.transaction_id, p.evidence, p.source, p.message, p.reverses, p.batch, p.entry FROM payment p`

func scanPayment(scan func(...any) error) (ledger.Payment, error) {
	var payment ledger.Payment
	var key sql.NullString
	var day string
	var amount int64
	var client, message, reverses, batch sql.NullInt64
	err := scan(&payment.ID, &key, &day, &amount, &payment.Currency, &client, &payment.Payer,
		&payment.Reference, &payment.TransactionID, &payment.Evidence, &payment.Source, &message, &reverses,
		&batch, &payment.Entry)
	if err != nil {
		return payment, err
	}
	payment.Key, payment.Amount = key.String, money.Cents(amount)
	payment.Client, payment.Message = ledger.ClientID(client.Int64), ledger.MessageID(message.Int64)
	payment.Reverses, payment.Batch = ledger.PaymentID(reverses.Int64), ledger.BatchID(batch.Int64)
	payment.Date, err = dayOf(day)
	return payment, err
}

func (r *reader) onePayment(where string, argument any) (ledger.Payment, bool, error) {
	row := r.tx.QueryRowContext(r.ctx, paymentSelect+` WHERE `+where, argument)
	payment, err := scanPayment(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return payment, false, nil
	}
	return payment, err == nil, classify("read payment", err)
}

// Payment implements app.Reader.
func (r *reader) Payment(id ledger.PaymentID) (ledger.Payment, error) {
	payment, found, err := r.onePayment(`p.id = ?`, int64(id))
	if err == nil && !found {
		err = &app.Error{Code: app.CodeNotFound, Field: "payment"}
	}
	return payment, err
}

// PaymentByKey implements app.Reader.
func (r *reader) PaymentByKey(key string) (ledger.Payment, bool, error) {
	return r.onePayment(`p.key = ?`, key)
}

const notReversed = `p.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM payment r WHERE r.reverses = p.id)`

// PaymentByTransaction implements app.Reader: a payment that was not reversed.
func (r *reader) PaymentByTransaction(transactionID string) (ledger.Payment, bool, error) {
	return r.onePayment(`p.transaction_id = ? AND `+notReversed, transactionID)
}

// PaymentUndone implements app.Reader.
func (r *reader) PaymentUndone(
	transactionID string, amount money.Cents, on date.Date,
) (undone bool, err error) {
	err = r.tx.QueryRowContext(r.ctx, `SELECT EXISTS (SELECT 1 FROM payment p JOIN payment r ON r.reverses = p.id
		WHERE p.transaction_id = ?1 AND ?1 <> '' OR p.paid_on = ?2 AND p.amount_cents = ?3)`,
		transactionID, on.String(), int64(amount)).Scan(&undone)
	return undone, classify("read payment", err)
}

// Payments implements app.Reader, in order of date.
func (r *reader) Payments(filter app.PaymentFilter) ([]ledger.Payment, error) {
	where, arguments := `1`, []any{}
	if !filter.WithReversed {
		where = notReversed
	}
	for _, bound := range []struct {
		clause string
		day    date.Date
	}{{` AND p.paid_on >= ?`, filter.From}, {` AND p.paid_on <= ?`, filter.To}} {
		if !bound.day.IsZero() {
			where, arguments = where+bound.clause, append(arguments, bound.day.String())
		}
	}
	if filter.Client != 0 {
		where += ` AND p.client IN (SELECT id FROM client WHERE ? IN (id, merged_into))`
		arguments = append(arguments, int64(filter.Client))
	}
	if filter.Message != 0 {
		where, arguments = where+` AND p.message = ?`, append(arguments, int64(filter.Message))
	}
	if filter.Batch != 0 {
		where, arguments = where+` AND p.batch = ?`, append(arguments, int64(filter.Batch))
	}
	list, err := collect(r, scanPayment, paymentSelect+` WHERE `+where+` ORDER BY p.paid_on, p.id`,
		arguments...)
	return list, classify("list payments", err)
}

// Allocations implements app.Reader: those of a payment that were not reversed.
func (r *reader) Allocations(id ledger.PaymentID) ([]ledger.Allocation, error) {
	rows, err := r.tx.QueryContext(r.ctx, `SELECT a.id, a.payment, a.invoice, a.part, a.amount_cents, a.entry
		FROM allocation a WHERE a.payment = ? AND a.reverses IS NULL
		AND NOT EXISTS (SELECT 1 FROM allocation r WHERE r.reverses = a.id) ORDER BY a.id`, int64(id))
	if err != nil {
		return nil, classify("list allocations", err)
	}
	defer rows.Close()
	var list []ledger.Allocation
	for rows.Next() {
		var a ledger.Allocation
		var amount int64
		if err := rows.Scan(&a.ID, &a.Payment, &a.Invoice, &a.Part, &amount, &a.Entry); err != nil {
			return nil, classify("list allocations", err)
		}
		a.Amount = money.Cents(amount)
		list = append(list, a)
	}
	return list, classify("list allocations", rows.Err())
}

// AddPayment implements app.Writer.
func (w *writer) AddPayment(payment *ledger.Payment) error {
	if err := payment.Validate(); err != nil {
		return err
	}
	id, err := w.insert("payment", optionalText(payment.Key), payment.Date.String(), int64(payment.Amount),
		string(payment.Currency), reference(payment.Client), payment.Payer, payment.Reference,
		payment.TransactionID, string(payment.Evidence), string(payment.Source), reference(payment.Message),
		reference(payment.Reverses), reference(payment.Batch))
	payment.ID, payment.Entry = ledger.PaymentID(id), w.entry.seq
	w.entry.dated(payment.Date)
	return err
}

// AddAllocation implements app.Writer.
func (w *writer) AddAllocation(allocation *ledger.Allocation) error {
	id, err := w.insert("allocation", int64(allocation.Payment), int64(allocation.Invoice),
		string(allocation.Part), int64(allocation.Amount), reference(allocation.Reverses))
	allocation.ID, allocation.Entry = ledger.AllocationID(id), w.entry.seq
	return err
}
