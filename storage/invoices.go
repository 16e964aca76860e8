package storage

import (
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
)

const invoiceSelect = `SELECT i.id, i.number, i.client, i.type, i.amount_cents, i.currency, i.issued, i.due,
	i.due_origin, i.subject, i.order_ref, i.corrects, i.contract_rate, i.notes, i.batch, i.entry`

func scanInvoice(scan func(...any) error, more ...any) (ledger.Invoice, error) {
	var invoice ledger.Invoice
	var amount int64
	var issued, due string
	var corrects, rate, batch sql.NullInt64
	targets := []any{&invoice.ID, &invoice.Number, &invoice.Client, &invoice.Type, &amount, &invoice.Currency,
		&issued, &due, &invoice.DueOrigin, &invoice.Subject, &invoice.OrderRef, &corrects, &rate,
		&invoice.Notes, &batch, &invoice.Entry}
	if err := scan(append(targets, more...)...); err != nil {
		return invoice, err
	}
	invoice.Amount = money.Cents(amount)
	invoice.Corrects, invoice.Batch = ledger.InvoiceID(corrects.Int64), ledger.BatchID(batch.Int64)
	invoice.ContractRate = rateOf(rate)
	var err error
	if invoice.Issued, err = dayOf(issued); err != nil {
		return invoice, err
	}
	invoice.Due, err = dayOf(due)
	return invoice, err
}

// condition turns a filter into SQL over invoice i and balance b (NULL for a credit note).
func condition(filter app.InvoiceFilter) (where string, arguments []any, err error) {
	clauses := []string{`i.withdrawn IS NULL`}
	add := func(clause string, argument any) {
		clauses, arguments = append(clauses, clause), append(arguments, argument)
	}
	if filter.Client != 0 {
		add(`coalesce(b.client, i.client) = ?`, int64(filter.Client))
	}
	if filter.Numbers != nil {
		list, err := json.Marshal(filter.Numbers)
		if err != nil {
			return "", nil, err
		}
		add(`i.number IN (SELECT value FROM json_each(?))`, string(list))
	}
	if filter.IDs != nil {
		list, err := json.Marshal(filter.IDs)
		if err != nil {
			return "", nil, err
		}
		add(`i.id IN (SELECT value FROM json_each(?))`, string(list))
	}
	if filter.Batch != 0 {
		add(`i.batch = ?`, int64(filter.Batch))
	}
	if filter.Type != "" {
		add(`i.type = ?`, string(filter.Type))
	}
	if filter.OpenOnly {
		clauses = append(clauses, `b.amount_cents > b.credited_cents + b.principal_cents`)
	}
	if !filter.OverdueOn.IsZero() {
		add(`i.due < ? AND i.type <> 'credit_note'`, filter.OverdueOn.String())
	}
	return strings.Join(clauses, " AND "), arguments, nil
}

// Invoices implements app.Reader, in order of issue and number.
func (r *reader) Invoices(filter app.InvoiceFilter, each func(app.InvoiceRow) error) error {
	where, arguments, err := condition(filter)
	if err != nil {
		return classify("list invoices", err)
	}
	rows, err := r.tx.QueryContext(r.ctx, invoiceSelect+`, c.id, c.name, c.kind,
		coalesce(b.credited_cents, 0), coalesce(b.principal_cents, 0), coalesce(b.extras_cents, 0),
		coalesce(s.announced, ''), coalesce(l.noticed, ''), coalesce(l.deadline, ''), coalesce(p.last_paid, '')
		FROM invoice i LEFT JOIN balance b ON b.invoice = i.id
		JOIN client c ON c.id = coalesce(b.client, i.client)
		LEFT JOIN (SELECT mc.invoice, max(m.on_date) AS announced FROM message_concern mc
		  JOIN message m ON m.id = mc.message WHERE m.decision = 'announce'
		  AND NOT EXISTS (SELECT 1 FROM message_settlement s WHERE s.message = m.id)
		  GROUP BY mc.invoice) s ON s.invoice = i.id
		LEFT JOIN (SELECT li.invoice, max(t.on_date) AS noticed, max(t.deadline) AS deadline
		  FROM letter_invoice li JOIN letter t ON t.id = li.letter WHERE t.kind = 'formal-notice'
		  GROUP BY li.invoice) l ON l.invoice = i.id
		LEFT JOIN (SELECT a.invoice, max(p.paid_on) AS last_paid FROM allocation a
		  JOIN payment p ON p.id = a.payment GROUP BY a.invoice) p ON p.invoice = i.id
		WHERE `+where+` ORDER BY i.issued, i.number`, arguments...)
	if err != nil {
		return classify("list invoices", err)
	}
	defer rows.Close()
	for rows.Next() {
		row, err := scanInvoiceRow(rows.Scan)
		if err != nil {
			return classify("list invoices", err)
		}
		if err := each(row); err != nil {
			return err
		}
	}
	return classify("list invoices", rows.Err())
}

func scanInvoiceRow(scan func(...any) error) (row app.InvoiceRow, err error) {
	var client, credited, principal, extras int64
	var days [4]string
	row.Invoice, err = scanInvoice(scan, &client, &row.ClientName, &row.ClientKind, &credited, &principal,
		&extras, &days[0], &days[1], &days[2], &days[3])
	if err != nil {
		return row, err
	}
	row.Invoice.Client = ledger.ClientID(client)
	row.Balance = ledger.Balance{Amount: row.Invoice.Amount, Credited: money.Cents(credited),
		Principal: money.Cents(principal), Extras: money.Cents(extras)}
	for i, target := range []*date.Date{&row.Announced, &row.Noticed, &row.Deadline, &row.LastPaid} {
		if *target, err = dayOf(days[i]); err != nil {
			return row, err
		}
	}
	return row, nil
}

// InvoiceByNumber implements app.Reader.
func (r *reader) InvoiceByNumber(number string) (ledger.Invoice, bool, error) {
	row := r.tx.QueryRowContext(r.ctx, invoiceSelect+`, coalesce(b.client, i.client) FROM invoice i
		LEFT JOIN balance b ON b.invoice = i.id WHERE i.number = ? AND i.withdrawn IS NULL`, number)
	var client int64
	invoice, err := scanInvoice(row.Scan, &client)
	if errors.Is(err, sql.ErrNoRows) {
		return invoice, false, nil
	}
	invoice.Client = ledger.ClientID(client)
	return invoice, err == nil, classify("read invoice", err)
}

// InvoiceNumbers implements app.Reader.
func (r *reader) InvoiceNumbers() (map[string]app.InvoiceKey, error) {
	rows, err := r.tx.QueryContext(r.ctx,
		`SELECT number, id, amount_cents, issued, type FROM invoice WHERE withdrawn IS NULL`)
	if err != nil {
		return nil, classify("list numbers", err)
	}
	defer rows.Close()
	numbers := map[string]app.InvoiceKey{}
	for rows.Next() {
		var number, issued string
		var key app.InvoiceKey
		var amount int64
		if err := rows.Scan(&number, &key.ID, &amount, &issued, &key.Type); err != nil {
			return nil, classify("list numbers", err)
		}
		key.Amount = money.Cents(amount)
		if key.Issued, err = dayOf(issued); err != nil {
			return nil, err
		}
		numbers[number] = key
	}
	return numbers, classify("list numbers", rows.Err())
}

// CountInvoices implements app.Reader.
func (r *reader) CountInvoices() (count int, err error) {
	err = r.tx.QueryRowContext(r.ctx, `SELECT count(*) FROM invoice WHERE withdrawn IS NULL`).Scan(&count)
	return count, classify("count invoices", err)
}

// AddInvoice implements app.Writer.
func (w *writer) AddInvoice(invoice *ledger.Invoice) error {
	if err := invoice.Validate(); err != nil {
		return err
	}
	id, err := w.insert("invoice", invoice.Number, int64(invoice.Client), string(invoice.Type),
		int64(invoice.Amount), string(invoice.Currency), invoice.Issued.String(), invoice.Due.String(),
		string(invoice.DueOrigin), invoice.Subject, invoice.OrderRef, reference(invoice.Corrects),
		rateColumn(invoice.ContractRate), invoice.Notes, reference(invoice.Batch))
	if app.HasCode(err, app.CodeConflict) {
		return &app.Error{Code: app.CodeConflict, Detail: "number_exists", Field: "number",
			Params: []string{invoice.Number}, Err: err}
	}
	if err != nil {
		return err
	}
	invoice.ID, invoice.Entry = ledger.InvoiceID(id), w.entry.seq
	return nil
}
