package storage

import (
	"database/sql"
	"errors"
	"time"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
)

// agingToday reads the derived balances: right for every day on or after the last known fact.
const agingToday = `SELECT b.client, b.currency, count(*),
	sum(iif(b.due >= ?1, b.amount_cents - b.credited_cents - b.principal_cents, 0)),
	sum(iif(b.due < ?1 AND b.due >= ?2, b.amount_cents - b.credited_cents - b.principal_cents, 0)),
	sum(iif(b.due < ?2 AND b.due >= ?3, b.amount_cents - b.credited_cents - b.principal_cents, 0)),
	sum(iif(b.due < ?3 AND b.due >= ?4, b.amount_cents - b.credited_cents - b.principal_cents, 0)),
	sum(iif(b.due < ?4, b.amount_cents - b.credited_cents - b.principal_cents, 0))
	FROM balance b WHERE b.amount_cents > b.credited_cents + b.principal_cents
	GROUP BY b.client, b.currency`

// agingThen recomputes the balances from the facts dated up to the day.
const agingThen = `SELECT f.client, f.currency, count(*),
	sum(iif(f.due >= ?1, f.open, 0)),
	sum(iif(f.due < ?1 AND f.due >= ?2, f.open, 0)),
	sum(iif(f.due < ?2 AND f.due >= ?3, f.open, 0)),
	sum(iif(f.due < ?3 AND f.due >= ?4, f.open, 0)),
	sum(iif(f.due < ?4, f.open, 0))
	FROM (SELECT b.client, b.currency, b.due, b.amount_cents
	    - coalesce((SELECT sum(n.amount_cents) FROM invoice n
	        WHERE n.corrects = b.invoice AND n.withdrawn IS NULL AND n.issued <= ?1), 0)
	    - coalesce((SELECT sum(a.amount_cents) FROM allocation a JOIN payment p ON p.id = a.payment
	        WHERE a.invoice = b.invoice AND a.part = 'principal' AND p.paid_on <= ?1), 0) AS open
	  FROM balance b JOIN invoice i ON i.id = b.invoice WHERE i.issued <= ?1) f
	WHERE f.open > 0 GROUP BY f.client, f.currency`

// Aging implements app.Reader: outstanding principal by client and currency, by days past the due
// date (not due, 1-30, 31-60, 61-90, 91 and more).
func (r *reader) Aging(on date.Date) ([]app.AgingRow, error) {
	last, err := r.lastFact()
	if err != nil {
		return nil, err
	}
	query := agingThen
	if last <= on.String() {
		query = agingToday
	}
	rows, err := r.tx.QueryContext(r.ctx, `SELECT c.id, c.name, t.* FROM (`+query+`) t
		JOIN client c ON c.id = t.client ORDER BY c.name, c.id, t.currency`,
		on.String(), on.AddDays(-30).String(), on.AddDays(-60).String(), on.AddDays(-90).String())
	if err != nil {
		return nil, classify("report ageing", err)
	}
	defer rows.Close()
	var list []app.AgingRow
	for rows.Next() {
		var row app.AgingRow
		var cents [5]int64
		var client int64
		err := rows.Scan(&row.Client, &row.Name, &client, &row.Currency, &row.Invoices,
			&cents[0], &cents[1], &cents[2], &cents[3], &cents[4])
		if err != nil {
			return nil, classify("report ageing", err)
		}
		for i := range cents {
			row.Cents[i] = money.Cents(cents[i])
		}
		list = append(list, row)
	}
	return list, classify("report ageing", rows.Err())
}

// balancesOn names what holds the balances of a day: the derived table when no fact is dated later, else
// the same columns recomputed from the facts dated up to the day. No date is now.
func (r *reader) balancesOn(on date.Date) (string, error) {
	if on.IsZero() {
		return `balance`, nil
	}
	last, err := r.lastFact()
	if err != nil || last <= on.String() {
		return `balance`, err
	}
	day := `'` + on.String() + `'` // digits and hyphens alone: safe as text
	allocated := `coalesce((SELECT sum(a.amount_cents) FROM allocation a JOIN payment p ON p.id = a.payment
		WHERE a.invoice = b.invoice AND p.paid_on <= ` + day + ` AND a.part `
	return `(SELECT b.invoice, b.client, b.due, b.currency, b.amount_cents,
		coalesce((SELECT sum(n.amount_cents) FROM invoice n WHERE n.corrects = b.invoice
		  AND n.withdrawn IS NULL AND n.issued <= ` + day + `), 0) AS credited_cents,
		` + allocated + `= 'principal'), 0) AS principal_cents,
		` + allocated + `<> 'principal'), 0) AS extras_cents
		FROM balance b)`, nil
}

// lastFact is the latest day on which an invoice, a credit note or a payment is dated.
func (r *reader) lastFact() (day string, err error) {
	err = r.tx.QueryRowContext(r.ctx, `SELECT day FROM latest`).Scan(&day)
	return day, classify("report ageing", err)
}

// MeanDaysLate implements app.Reader.
func (r *reader) MeanDaysLate(from, to date.Date) (days int, err error) {
	// Integers throughout: julianday counts whole days between two dates, and 2S + N over 2N rounds.
	err = r.tx.QueryRowContext(r.ctx, `SELECT coalesce((2 * s + n) / (2 * n), -1) FROM (
		SELECT sum(a.amount_cents * max(0, cast(julianday(p.paid_on) - julianday(i.due) AS INTEGER))) AS s,
		  nullif(sum(a.amount_cents), 0) AS n
		FROM allocation a JOIN payment p ON p.id = a.payment JOIN invoice i ON i.id = a.invoice
		WHERE a.part = 'principal' AND p.paid_on BETWEEN ? AND ?)`, from.String(), to.String()).Scan(&days)
	return days, classify("report delay", err)
}

const entrySelect = `SELECT seq, at, on_date, kind, body, facts, prev, hash FROM journal`

func scanEntry(scan func(...any) error) (ledger.Entry, error) {
	var entry ledger.Entry
	var at, on string
	err := scan(&entry.Seq, &at, &on, &entry.Kind, &entry.Body, &entry.Facts, &entry.Prev, &entry.Hash)
	if err != nil {
		return entry, err
	}
	if entry.At, err = time.Parse(time.RFC3339, at); err != nil {
		return entry, &app.Error{Code: app.CodeLedgerDamaged, Detail: "bad_instant", Err: err}
	}
	entry.On, err = dayOf(on)
	return entry, err
}

// Journal implements app.Reader: entries from a sequence number on; a limit of 0 is none.
func (r *reader) Journal(fromSeq int64, limit int) ([]ledger.Entry, error) {
	if limit == 0 {
		limit = -1
	}
	list, err := collect(r, scanEntry, entrySelect+` WHERE seq >= ? ORDER BY seq LIMIT ?`, fromSeq, limit)
	return list, classify("read journal", err)
}

// Head implements app.Reader; a ledger without entries has the zero head.
func (r *reader) Head() (head ledger.Head, err error) {
	err = r.tx.QueryRowContext(r.ctx, `SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1`).
		Scan(&head.Seq, &head.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		return ledger.Head{}, nil
	}
	return head, classify("read journal", err)
}
