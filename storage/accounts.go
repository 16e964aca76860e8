package storage

import (
	"database/sql"
	"encoding/json"
	"strings"

	"dument/app"
	"dument/app/ledger"
	"dument/app/money"
)

// Accounts implements app.Reader: seven queries whatever the number of invoices, and one for each client
// and each letter, in order of due date and number. Credit notes have no account of their own.
func (r *reader) Accounts(filter app.InvoiceFilter) ([]ledger.Account, error) {
	where, arguments, err := condition(filter)
	if err != nil {
		return nil, classify("read accounts", err)
	}
	loader := &accountLoader{reader: r, place: map[ledger.InvoiceID]int{}}
	if err := loader.invoices(where, arguments); err != nil {
		return nil, classify("read accounts", err)
	}
	if len(loader.accounts) == 0 {
		return nil, nil
	}
	if err := loader.choose(); err != nil {
		return nil, classify("read accounts", err)
	}
	for _, step := range []func() error{loader.credits, loader.receipts, loader.letters,
		loader.announcements, loader.contacts} {
		if err := step(); err != nil {
			return nil, classify("read accounts", err)
		}
	}
	return loader.accounts, nil
}

type accountLoader struct {
	*reader
	accounts []ledger.Account
	place    map[ledger.InvoiceID]int
	ids      any // JSON list of the invoices, nil when they are too many to look up one by one
}

// lookUpMax is up to how many invoices it pays to look each up in the other tables; beyond, those are
// read whole.
const lookUpMax = 2000

func (l *accountLoader) choose() error {
	if len(l.accounts) > lookUpMax {
		return nil
	}
	ids := make([]ledger.InvoiceID, len(l.accounts))
	for i := range l.accounts {
		ids[i] = l.accounts[i].Invoice.ID
	}
	list, err := json.Marshal(ids)
	l.ids = string(list)
	return err
}

// each hands the rows of a query to scan. The query has one place for the condition that a column is
// one of the invoices.
func (l *accountLoader) each(query, column string, scan func(*sql.Rows) error) error {
	condition, arguments := `1`, []any(nil)
	if l.ids != nil {
		condition, arguments = column+` IN (SELECT value FROM json_each(?))`, []any{l.ids}
	}
	rows, err := l.tx.QueryContext(l.ctx, strings.Replace(query, "{chosen}", condition, 1), arguments...)
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

// with changes the account of an invoice, if it was asked for.
func (l *accountLoader) with(id ledger.InvoiceID, change func(*ledger.Account)) {
	if place, chosen := l.place[id]; chosen {
		change(&l.accounts[place])
	}
}

func (l *accountLoader) invoices(where string, arguments []any) error {
	from := ` FROM invoice i JOIN balance b ON b.invoice = i.id WHERE ` + where
	var count int
	if err := l.tx.QueryRowContext(l.ctx, `SELECT count(*)`+from, arguments...).Scan(&count); err != nil {
		return err
	}
	l.accounts = make([]ledger.Account, 0, count)
	rows, err := l.tx.QueryContext(l.ctx, invoiceSelect+`, b.client`+from+` ORDER BY i.due, i.number`,
		arguments...)
	if err != nil {
		return err
	}
	defer rows.Close()
	clients := map[ledger.ClientID]ledger.Client{}
	for read := newColumns(invoiceColumns + 1); rows.Next(); {
		if err := read.scan(rows.Scan); err != nil {
			return err
		}
		invoice := read.invoice()
		invoice.Client = ledger.ClientID(read.integer())
		if read.err != nil {
			return read.err
		}
		l.place[invoice.ID] = len(l.accounts)
		l.accounts = append(l.accounts, ledger.Account{Invoice: invoice})
		clients[invoice.Client] = ledger.Client{}
	}
	if err := rows.Err(); err != nil {
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
	read := newColumns(invoiceColumns)
	return l.each(invoiceSelect+` FROM invoice i WHERE i.withdrawn IS NULL AND i.corrects IS NOT NULL
		AND {chosen} ORDER BY i.issued, i.id`, `i.corrects`, func(rows *sql.Rows) error {
		if err := read.scan(rows.Scan); err != nil {
			return err
		}
		note := read.invoice()
		l.with(note.Corrects, func(account *ledger.Account) { account.Credits = append(account.Credits, note) })
		return read.err
	})
}

func (l *accountLoader) receipts() error {
	read := newColumns(7)
	return l.each(`SELECT a.invoice, p.id, p.paid_on, sum(a.amount_cents),
		sum(iif(a.part = 'principal', a.amount_cents, 0)), p.evidence, p.payer
		FROM allocation a JOIN payment p ON p.id = a.payment WHERE {chosen}
		GROUP BY a.invoice, p.id HAVING sum(a.amount_cents) <> 0 ORDER BY p.paid_on, p.id`, `a.invoice`,
		func(rows *sql.Rows) error {
			if err := read.scan(rows.Scan); err != nil {
				return err
			}
			id := ledger.InvoiceID(read.integer())
			receipt := ledger.Receipt{Payment: ledger.PaymentID(read.integer()), Date: read.day(),
				Amount: money.Cents(read.integer()), Principal: money.Cents(read.integer()),
				Evidence: ledger.Evidence(read.text()), Payer: read.text()}
			l.with(id, func(account *ledger.Account) { account.Receipts = append(account.Receipts, receipt) })
			return read.err
		})
}

func (l *accountLoader) letters() error {
	type made struct {
		invoice ledger.InvoiceID
		letter  ledger.LetterMade
	}
	var found []made
	read := newColumns(6)
	err := l.each(`SELECT li.invoice, t.id, t.number, t.kind, t.on_date, t.deadline FROM letter_invoice li
		JOIN letter t ON t.id = li.letter WHERE {chosen} ORDER BY t.id`, `li.invoice`,
		func(rows *sql.Rows) error {
			if err := read.scan(rows.Scan); err != nil {
				return err
			}
			m := made{invoice: ledger.InvoiceID(read.integer())}
			m.letter = ledger.LetterMade{ID: ledger.LetterID(read.integer()), Number: read.text(),
				Kind: ledger.LetterKind(read.text()), On: read.day(), Deadline: read.day()}
			if _, chosen := l.place[m.invoice]; chosen {
				found = append(found, m)
			}
			return read.err
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
		l.with(m.invoice, func(account *ledger.Account) { account.Letters = append(account.Letters, m.letter) })
	}
	return nil
}

func (l *accountLoader) announcements() error {
	read := newColumns(4)
	// An amount announced for several invoices says nothing of each of them.
	return l.each(`SELECT mc.invoice, m.id, m.on_date,
		iif((SELECT count(*) FROM message_concern k WHERE k.message = m.id) = 1, m.amount_cents, 0)
		FROM message_concern mc
		JOIN message m ON m.id = mc.message WHERE m.decision = 'announce' AND {chosen}
		AND NOT EXISTS (SELECT 1 FROM message_settlement s WHERE s.message = m.id) ORDER BY m.id`, `mc.invoice`,
		func(rows *sql.Rows) error {
			if err := read.scan(rows.Scan); err != nil {
				return err
			}
			id := ledger.InvoiceID(read.integer())
			said := ledger.Announcement{Message: ledger.MessageID(read.integer()), On: read.day(),
				Amount: money.Cents(read.integer())}
			l.with(id, func(account *ledger.Account) { account.Announced = append(account.Announced, said) })
			return read.err
		})
}

func (l *accountLoader) contacts() error {
	read := newColumns(5)
	return l.each(`SELECT invoice, step, channel, on_date, note FROM contact WHERE {chosen}
		ORDER BY on_date, id`, `invoice`, func(rows *sql.Rows) error {
		if err := read.scan(rows.Scan); err != nil {
			return err
		}
		id := ledger.InvoiceID(read.integer())
		contact := ledger.Contact{Step: read.text(), Channel: read.text(), On: read.day(), Note: read.text()}
		l.with(id, func(account *ledger.Account) { account.Contacts = append(account.Contacts, contact) })
		return read.err
	})
}

// AddContact implements app.Writer.
func (w *writer) AddContact(invoice ledger.InvoiceID, contact ledger.Contact) error {
	_, err := w.insert("contact", int64(invoice), contact.Step, contact.Channel, contact.On.String(),
		contact.Note)
	return err
}
