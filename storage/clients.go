package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

// reader implements app.Reader on one transaction.
type reader struct {
	ctx context.Context
	tx  *sql.Tx
}

var clientSelect = `SELECT c.id, c.` + strings.Join(clientColumns, ", c.")

func scanClient(scan func(...any) error, more ...any) (ledger.Client, error) {
	var client ledger.Client
	var address, aliases, ibans, insolvency, erased string
	var rate, merged sql.NullInt64
	targets := []any{&client.ID, &client.Name, &client.Kind, &client.KindOrigin, &client.Email, &client.Phone,
		&client.Siren, &client.Siret, &client.VATNumber, &address, &client.Salutation, &client.Service,
		&client.Engagement, &client.PaymentDays, &rate, &insolvency, &client.Language, &client.Notes,
		&aliases, &ibans, &merged, &erased}
	if err := scan(append(targets, more...)...); err != nil {
		return client, err
	}
	client.Address, client.Aliases, client.IBANs = splitLines(address), splitLines(aliases), splitLines(ibans)
	client.ContractRate = rateOf(rate)
	client.MergedInto = ledger.ClientID(merged.Int64)
	var err error
	if client.Insolvency, err = dayOf(insolvency); err != nil {
		return client, err
	}
	client.ErasedOn, err = dayOf(erased)
	return client, err
}

func rateOf(column sql.NullInt64) *law.Rate {
	if !column.Valid {
		return nil
	}
	rate := law.Rate(column.Int64)
	return &rate
}

func rateColumn(rate *law.Rate) any {
	if rate == nil {
		return nil
	}
	return int64(*rate)
}

// dayOf decodes a stored date; a text that is none is damage, not an error of the user.
func dayOf(text string) (date.Date, error) {
	if text == "" {
		return date.Date{}, nil
	}
	day, err := date.Parse(text)
	if err != nil {
		return day, &app.Error{Code: app.CodeLedgerDamaged, Detail: "bad_date", Params: []string{text}, Err: err}
	}
	return day, nil
}

// Client implements app.Reader.
func (r *reader) Client(id ledger.ClientID) (ledger.Client, error) {
	row := r.tx.QueryRowContext(r.ctx, clientSelect+` FROM client c WHERE c.id = ?`, int64(id))
	client, err := scanClient(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return client, &app.Error{Code: app.CodeNotFound, Field: "client", Params: []string{fmt.Sprint(id)}}
	}
	return client, classify("read client", err)
}

// ClientByName implements app.Reader: the name as written, else in other capitals, of a client that was
// not merged away.
func (r *reader) ClientByName(name string) (ledger.Client, bool, error) {
	row := r.tx.QueryRowContext(r.ctx,
		clientSelect+` FROM client c WHERE c.name = ?1 COLLATE NOCASE
		ORDER BY c.name <> ?1, c.merged_into IS NOT NULL, c.id LIMIT 1`, name)
	client, err := scanClient(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return client, false, nil
	}
	if err == nil && client.MergedInto != 0 {
		client, err = r.Client(client.MergedInto)
	}
	return client, err == nil, classify("read client", err)
}

// Clients implements app.Reader: clients that were not merged away, with their sums in euros on a day.
// What a credit note took off an invoice that was paid already is the client's credit again.
func (r *reader) Clients(on date.Date) ([]app.ClientRow, error) {
	balances, err := r.balancesOn(on)
	if err != nil {
		return nil, err
	}
	day := on.String()
	if on.IsZero() {
		day = lastDay
	}
	rows, err := r.tx.QueryContext(r.ctx, clientSelect+`,
		coalesce(b.invoices, 0), coalesce(b.open, 0), coalesce(b.overdue, 0),
		coalesce(p.unspread, 0) + coalesce(n.free, 0) + coalesce(b.overpaid, 0)
		FROM client c
		LEFT JOIN (SELECT client, count(*) AS invoices,
		    sum(max(0, amount_cents - credited_cents - principal_cents)) AS open,
		    sum(iif(due < ?1, max(0, amount_cents - credited_cents - principal_cents), 0)) AS overdue,
		    sum(max(0, credited_cents + principal_cents - amount_cents)) AS overpaid
		  FROM `+balances+` WHERE currency = 'EUR' GROUP BY client) b ON b.client = c.id
		LEFT JOIN (SELECT coalesce(m.merged_into, m.id) AS owner, sum(p.amount_cents
		    - coalesce((SELECT sum(a.amount_cents) FROM allocation a WHERE a.payment = p.id), 0)) AS unspread
		  FROM payment p JOIN client m ON m.id = p.client WHERE p.currency = 'EUR' AND p.paid_on <= ?1
		  GROUP BY owner) p ON p.owner = c.id
		LEFT JOIN (SELECT coalesce(m.merged_into, m.id) AS owner, sum(n.amount_cents) AS free
		  FROM invoice n JOIN client m ON m.id = n.client WHERE n.type = 'credit_note'
		  AND n.corrects IS NULL AND n.withdrawn IS NULL AND n.currency = 'EUR' AND n.issued <= ?1
		  GROUP BY owner) n ON n.owner = c.id
		WHERE c.merged_into IS NULL ORDER BY c.name, c.id`, day)
	if err != nil {
		return nil, classify("list clients", err)
	}
	defer rows.Close()
	var list []app.ClientRow
	for rows.Next() {
		var row app.ClientRow
		var open, overdue, credit int64
		if row.Client, err = scanClient(rows.Scan, &row.Invoices, &open, &overdue, &credit); err != nil {
			return nil, classify("list clients", err)
		}
		row.Open, row.Overdue, row.Credit = money.Cents(open), money.Cents(overdue), money.Cents(credit)
		list = append(list, row)
	}
	return list, classify("list clients", rows.Err())
}

// SaveClient implements app.Writer.
func (w *writer) SaveClient(client *ledger.Client) error {
	if w.entry == nil {
		panic("storage: SaveClient outside of Record")
	}
	if err := client.Validate(); err != nil {
		return err
	}
	values := []any{client.Name, string(client.Kind), string(client.KindOrigin), client.Email, client.Phone,
		client.Siren, client.Siret, client.VATNumber, lines(client.Address), client.Salutation, client.Service,
		client.Engagement, int64(client.PaymentDays), rateColumn(client.ContractRate),
		client.Insolvency.String(), client.Language, client.Notes, lines(client.Aliases), lines(client.IBANs),
		reference(client.MergedInto), client.ErasedOn.String()}
	arguments := append(append([]any{}, values...), w.entry.seq)
	if client.ID == 0 {
		statement, err := w.statement("client", func() string {
			return `INSERT INTO client (` + strings.Join(clientColumns, ", ") +
				`, entry) VALUES (?` + strings.Repeat(", ?", len(clientColumns)) + `)`
		})
		if err != nil {
			return err
		}
		result, err := w.run(statement, arguments)
		if err != nil {
			return classify("write client", err)
		}
		id, err := result.LastInsertId()
		if err != nil {
			return classify("write client", err)
		}
		client.ID = ledger.ClientID(id)
	} else if err := w.updateClient(client.ID, arguments); err != nil {
		return err
	}
	w.entry.states[fmt.Sprintf("client#%d", client.ID)] = stateDigest(int64(client.ID), values)
	return nil
}

func (w *writer) updateClient(id ledger.ClientID, arguments []any) error {
	result, err := w.tx.ExecContext(w.ctx, `UPDATE client SET `+strings.Join(clientColumns, " = ?, ")+
		` = ?, entry = ? WHERE id = ?`, append(arguments, int64(id))...)
	if err != nil {
		return classify("write client", err)
	}
	if changed, err := result.RowsAffected(); err != nil || changed != 1 {
		return &app.Error{Code: app.CodeNotFound, Field: "client", Params: []string{fmt.Sprint(id)}, Err: err}
	}
	return nil
}

// MergeClients implements app.Writer. Clients merged earlier into the first follow it. A client that
// was merged away itself takes nothing more.
func (w *writer) MergeClients(from, to ledger.ClientID) error {
	kept, err := w.Client(to)
	if err != nil {
		return err
	}
	if from == to || kept.MergedInto != 0 {
		return &app.Error{Code: app.CodeConflict, Detail: "merged_already", Field: "client",
			Params: []string{kept.Name}}
	}
	rows, err := w.tx.QueryContext(w.ctx, `SELECT id FROM client WHERE id = ? OR merged_into = ?`,
		int64(from), int64(from))
	if err != nil {
		return classify("merge clients", err)
	}
	var ids []ledger.ClientID
	for rows.Next() {
		var id ledger.ClientID
		if err := rows.Scan(&id); err != nil {
			return errors.Join(classify("merge clients", err), rows.Close())
		}
		ids = append(ids, id)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return classify("merge clients", err)
	}
	for _, id := range ids {
		client, err := w.Client(id)
		if err != nil {
			return err
		}
		client.MergedInto = to
		if err := w.SaveClient(&client); err != nil {
			return err
		}
	}
	_, err = w.tx.ExecContext(w.ctx, `UPDATE balance SET client = ? WHERE client = ?`, int64(to), int64(from))
	return classify("merge clients", err)
}

// lastDay stands for "whenever" in comparisons of dates.
const lastDay = "9999-12-31"
