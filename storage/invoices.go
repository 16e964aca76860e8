package storage

import (
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"dument/app"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

// invoiceSelect reads what is mostly empty as NULL, which costs less.
const invoiceSelect = `SELECT i.id, i.number, i.client, i.type, i.amount_cents, i.currency, i.issued, i.due,
	i.due_origin, nullif(i.subject, ''), nullif(i.order_ref, ''), i.corrects, i.contract_rate,
	nullif(i.notes, ''), i.batch, i.entry`

// invoiceColumns is how many columns invoiceSelect has.
const invoiceColumns = 16

// invoice takes the columns of invoiceSelect.
func (c *columns) invoice() ledger.Invoice {
	var invoice ledger.Invoice
	invoice.ID = ledger.InvoiceID(c.integer())
	invoice.Number = c.text()
	invoice.Client = ledger.ClientID(c.integer())
	invoice.Type = ledger.InvoiceType(c.text())
	invoice.Amount = money.Cents(c.integer())
	invoice.Currency = money.Currency(c.text())
	invoice.Issued, invoice.Due = c.day(), c.day()
	invoice.DueOrigin = ledger.Origin(c.text())
	invoice.Subject, invoice.OrderRef = c.text(), c.text()
	invoice.Corrects = ledger.InvoiceID(c.integer())
	if c.isNull() {
		c.take()
	} else {
		rate := law.Rate(c.integer())
		invoice.ContractRate = &rate
	}
	invoice.Notes = c.text()
	invoice.Batch, invoice.Entry = ledger.BatchID(c.integer()), c.integer()
	return invoice
}

// condition turns a filter into SQL over invoice i and balance b (NULL for a credit note).
func condition(filter app.InvoiceFilter) (where string, arguments []any, err error) {
	clauses := []string{`i.withdrawn IS NULL`}
	add := func(clause string, argument any) {
		clauses, arguments = append(clauses, clause), append(arguments, argument)
	}
	if filter.Client != 0 {
		add(owner+` = ?`, int64(filter.Client))
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

// owner is the client who owes invoice i today: the one into which its own was merged.
const owner = `coalesce(b.client, (SELECT coalesce(m.merged_into, m.id) FROM client m WHERE m.id = i.client))`

// Invoices implements app.Reader, in order of issue and number.
func (r *reader) Invoices(filter app.InvoiceFilter, each func(app.InvoiceRow) error) error {
	where, arguments, err := condition(filter)
	if err != nil {
		return classify("list invoices", err)
	}
	clients, err := r.clientNames()
	if err != nil {
		return classify("list invoices", err)
	}
	balances, err := r.balancesOn(filter.On)
	if err != nil {
		return classify("list invoices", err)
	}
	rows, err := r.tx.QueryContext(r.ctx, invoiceSelect+`, `+owner+`,
		b.credited_cents, b.principal_cents, b.extras_cents, s.announced, l.noticed, l.deadline, p.last_paid
		FROM invoice i LEFT JOIN `+balances+` b ON b.invoice = i.id
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
	for read := newColumns(invoiceColumns + 8); rows.Next(); {
		if err := read.scan(rows.Scan); err != nil {
			return classify("list invoices", err)
		}
		row := read.invoiceRow()
		if read.err != nil {
			return read.err
		}
		row.ClientName, row.ClientKind = clients[row.Invoice.Client].name, clients[row.Invoice.Client].kind
		if err := each(row); err != nil {
			return err
		}
	}
	return classify("list invoices", rows.Err())
}

func (c *columns) invoiceRow() (row app.InvoiceRow) {
	row.Invoice = c.invoice()
	row.Invoice.Client = ledger.ClientID(c.integer())
	row.Balance = ledger.Balance{Amount: row.Invoice.Amount, Credited: money.Cents(c.integer()),
		Principal: money.Cents(c.integer()), Extras: money.Cents(c.integer())}
	row.Announced, row.Noticed, row.Deadline, row.LastPaid = c.day(), c.day(), c.day(), c.day()
	return row
}

type clientName struct {
	name string
	kind law.Debtor
}

// clientNames reads every client once: there are a hundred times fewer of them than invoices.
func (r *reader) clientNames() (map[ledger.ClientID]clientName, error) {
	rows, err := r.tx.QueryContext(r.ctx, `SELECT id, name, kind FROM client`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names := map[ledger.ClientID]clientName{}
	for read := newColumns(3); rows.Next(); {
		if err := read.scan(rows.Scan); err != nil {
			return nil, err
		}
		id := ledger.ClientID(read.integer())
		names[id] = clientName{name: read.text(), kind: law.Debtor(read.text())}
		if read.err != nil {
			return nil, read.err
		}
	}
	return names, rows.Err()
}

// InvoiceByNumber implements app.Reader.
func (r *reader) InvoiceByNumber(number string) (ledger.Invoice, bool, error) {
	row := r.tx.QueryRowContext(r.ctx, invoiceSelect+`, `+owner+` FROM invoice i
		LEFT JOIN balance b ON b.invoice = i.id WHERE i.number = ? AND i.withdrawn IS NULL`, number)
	read := newColumns(invoiceColumns + 1)
	err := read.scan(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return ledger.Invoice{}, false, nil
	}
	if err != nil {
		return ledger.Invoice{}, false, classify("read invoice", err)
	}
	invoice := read.invoice()
	invoice.Client = ledger.ClientID(read.integer())
	return invoice, read.err == nil, read.err
}

// InvoiceNumbers implements app.Reader.
func (r *reader) InvoiceNumbers() (map[string]app.InvoiceKey, error) {
	count, err := r.CountInvoices()
	if err != nil {
		return nil, err
	}
	rows, err := r.tx.QueryContext(r.ctx,
		`SELECT i.number, i.id, i.amount_cents, i.issued, i.type, i.due,
		`+owner+`, coalesce(b.principal_cents, 0) FROM invoice i LEFT JOIN balance b ON b.invoice = i.id
		WHERE i.withdrawn IS NULL`)
	if err != nil {
		return nil, classify("list numbers", err)
	}
	defer rows.Close()
	numbers := make(map[string]app.InvoiceKey, count)
	for read := newColumns(8); rows.Next(); {
		if err := read.scan(rows.Scan); err != nil {
			return nil, classify("list numbers", err)
		}
		number := read.text()
		numbers[number] = app.InvoiceKey{ID: ledger.InvoiceID(read.integer()), Amount: money.Cents(read.integer()),
			Issued: read.day(), Type: ledger.InvoiceType(read.text()), Due: read.day(),
			Client: ledger.ClientID(read.integer()), Paid: money.Cents(read.integer())}
		if read.err != nil {
			return nil, read.err
		}
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
	w.entry.dated(invoice.Issued)
	return nil
}
