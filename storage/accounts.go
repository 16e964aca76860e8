package storage

import (
	"database/sql"
	"errors"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
)

// Accounts implements app.Reader: six queries whatever the number of invoices, in order of due date
// and number. Credit notes have no account of their own.
func (r *reader) Accounts(filter app.InvoiceFilter) ([]ledger.Account, error) {
	where, arguments, err := condition(filter)
	if err != nil {
		return nil, classify("read accounts", err)
	}
	loader := &accountLoader{reader: r, arguments: arguments, place: map[ledger.InvoiceID]int{},
		chosen: `(SELECT i.id FROM invoice i JOIN balance b ON b.invoice = i.id WHERE ` + where + `)`}
	for _, step := range []func() error{loader.invoices, loader.credits, loader.receipts, loader.letters,
		loader.announcements, loader.contacts} {
		if err := step(); err != nil {
			return nil, classify("read accounts", err)
		}
	}
	return loader.accounts, nil
}

type accountLoader struct {
	*reader
	chosen    string // a subquery of invoice ids
	arguments []any
	accounts  []ledger.Account
	place     map[ledger.InvoiceID]int
}

// each runs a query over the chosen invoices and hands every row to scan.
func (l *accountLoader) each(query string, scan func(*sql.Rows) error) error {
	rows, err := l.tx.QueryContext(l.ctx, query, l.arguments...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (l *accountLoader) invoices() error {
	clients := map[ledger.ClientID]ledger.Client{}
	err := l.each(invoiceSelect+`, b.client FROM invoice i JOIN balance b ON b.invoice = i.id
		WHERE i.id IN `+l.chosen+` ORDER BY i.due, i.number`, func(rows *sql.Rows) error {
		var owner int64
		invoice, err := scanInvoice(rows.Scan, &owner)
		if err != nil {
			return err
		}
		invoice.Client = ledger.ClientID(owner)
		l.place[invoice.ID] = len(l.accounts)
		l.accounts = append(l.accounts, ledger.Account{Invoice: invoice})
		clients[invoice.Client] = ledger.Client{}
		return nil
	})
	if err != nil {
		return err
	}
	for id := range clients {
		if clients[id], err = l.Client(id); err != nil {
			return err
		}
	}
	for i := range l.accounts {
		l.accounts[i].Client = clients[l.accounts[i].Invoice.Client]
	}
	return nil
}

func (l *accountLoader) credits() error {
	return l.each(invoiceSelect+` FROM invoice i WHERE i.withdrawn IS NULL AND i.corrects IN `+l.chosen+
		` ORDER BY i.issued, i.id`, func(rows *sql.Rows) error {
		note, err := scanInvoice(rows.Scan)
		if err != nil {
			return err
		}
		account := &l.accounts[l.place[note.Corrects]]
		account.Credits = append(account.Credits, note)
		return nil
	})
}

func (l *accountLoader) receipts() error {
	return l.each(`SELECT a.invoice, p.id, p.paid_on, sum(a.amount_cents),
		sum(iif(a.part = 'principal', a.amount_cents, 0)), p.evidence, p.payer
		FROM allocation a JOIN payment p ON p.id = a.payment WHERE a.invoice IN `+l.chosen+`
		GROUP BY a.invoice, p.id HAVING sum(a.amount_cents) <> 0 ORDER BY p.paid_on, p.id`,
		func(rows *sql.Rows) error {
			var receipt ledger.Receipt
			var id ledger.InvoiceID
			var day string
			var amount, principal int64
			err := rows.Scan(&id, &receipt.Payment, &day, &amount, &principal, &receipt.Evidence, &receipt.Payer)
			if err != nil {
				return err
			}
			receipt.Amount, receipt.Principal = money.Cents(amount), money.Cents(principal)
			if receipt.Date, err = dayOf(day); err != nil {
				return err
			}
			account := &l.accounts[l.place[id]]
			account.Receipts = append(account.Receipts, receipt)
			return nil
		})
}

func (l *accountLoader) letters() error {
	type made struct {
		invoice ledger.InvoiceID
		letter  ledger.LetterMade
	}
	var found []made
	err := l.each(`SELECT li.invoice, t.id, t.number, t.kind, t.on_date, t.deadline FROM letter_invoice li
		JOIN letter t ON t.id = li.letter WHERE li.invoice IN `+l.chosen+` ORDER BY t.id`,
		func(rows *sql.Rows) error {
			var m made
			var on, deadline string
			err := rows.Scan(&m.invoice, &m.letter.ID, &m.letter.Number, &m.letter.Kind, &on, &deadline)
			if err != nil {
				return err
			}
			if m.letter.On, err = dayOf(on); err != nil {
				return err
			}
			if m.letter.Deadline, err = dayOf(deadline); err != nil {
				return err
			}
			found = append(found, m)
			return nil
		})
	if err != nil {
		return err
	}
	events := map[ledger.LetterID][]ledger.LetterEvent{}
	for _, m := range found {
		if _, known := events[m.letter.ID]; !known {
			if events[m.letter.ID], err = l.LetterEvents(m.letter.ID); err != nil {
				return err
			}
		}
		for _, event := range events[m.letter.ID] {
			m.letter.Apply(event)
		}
		account := &l.accounts[l.place[m.invoice]]
		account.Letters = append(account.Letters, m.letter)
	}
	return nil
}

func (l *accountLoader) announcements() error {
	return l.each(`SELECT mc.invoice, m.id, m.on_date, m.amount_cents FROM message_concern mc
		JOIN message m ON m.id = mc.message WHERE m.decision = 'announce' AND mc.invoice IN `+l.chosen+`
		AND NOT EXISTS (SELECT 1 FROM message_settlement s WHERE s.message = m.id) ORDER BY m.id`,
		func(rows *sql.Rows) error {
			var id ledger.InvoiceID
			var said ledger.Announcement
			var on string
			var amount int64
			err := rows.Scan(&id, &said.Message, &on, &amount)
			if err != nil {
				return err
			}
			said.Amount = money.Cents(amount)
			if said.On, err = dayOf(on); err != nil {
				return err
			}
			account := &l.accounts[l.place[id]]
			account.Announced = append(account.Announced, said)
			return nil
		})
}

func (l *accountLoader) contacts() error {
	return l.each(`SELECT invoice, step, channel, on_date, note FROM contact WHERE invoice IN `+l.chosen+
		` ORDER BY on_date, id`, func(rows *sql.Rows) error {
		var id ledger.InvoiceID
		var contact ledger.Contact
		var on string
		err := rows.Scan(&id, &contact.Step, &contact.Channel, &on, &contact.Note)
		if err != nil {
			return err
		}
		if contact.On, err = dayOf(on); err != nil {
			return err
		}
		account := &l.accounts[l.place[id]]
		account.Contacts = append(account.Contacts, contact)
		return nil
	})
}

// AddContact implements app.Writer.
func (w *writer) AddContact(invoice ledger.InvoiceID, contact ledger.Contact) error {
	_, err := w.insert("contact", int64(invoice), contact.Step, contact.Channel, contact.On.String(), contact.Note)
	return err
}

const paymentSelect = `SELECT p.id, p.key, p.paid_on, p.amount_cents, p.currency, p.client, p.payer, p.reference,
	p.transaction_id, p.evidence, p.source, p.message, p.reverses, p.batch, p.entry FROM payment p`

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
		where, arguments = where+` AND p.client = ?`, append(arguments, int64(filter.Client))
	}
	if filter.Batch != 0 {
		where, arguments = where+` AND p.batch = ?`, append(arguments, int64(filter.Batch))
	}
	rows, err := r.tx.QueryContext(r.ctx, paymentSelect+` WHERE `+where+` ORDER BY p.paid_on, p.id`, arguments...)
	if err != nil {
		return nil, classify("list payments", err)
	}
	defer rows.Close()
	var list []ledger.Payment
	for rows.Next() {
		payment, err := scanPayment(rows.Scan)
		if err != nil {
			return nil, classify("list payments", err)
		}
		list = append(list, payment)
	}
	return list, classify("list payments", rows.Err())
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
	return err
}

// AddAllocation implements app.Writer.
func (w *writer) AddAllocation(allocation *ledger.Allocation) error {
	id, err := w.insert("allocation", int64(allocation.Payment), int64(allocation.Invoice),
		string(allocation.Part), int64(allocation.Amount), reference(allocation.Reverses))
	allocation.ID, allocation.Entry = ledger.AllocationID(id), w.entry.seq
	return err
}
