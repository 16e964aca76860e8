package storage

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
)

// Settings implements app.Reader: the latest version.
func (r *reader) Settings() (settings ledger.Settings, err error) {
	var body []byte
	err = r.tx.QueryRowContext(r.ctx, `SELECT body FROM settings ORDER BY id DESC LIMIT 1`).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return ledger.Settings{}.WithDefaults(), nil
	}
	if err == nil {
		err = json.Unmarshal(body, &settings)
	}
	return settings, classify("read settings", err)
}

// SaveSettings implements app.Writer. Every version stays.
func (w *writer) SaveSettings(settings ledger.Settings) error {
	if err := settings.Validate(); err != nil {
		return err
	}
	body, err := marshal(settings)
	if err != nil {
		return unexpected("settings: %w", err)
	}
	_, err = w.insert("settings", string(body))
	return err
}

// Rates implements app.Reader: the latest entry for each half-year.
func (r *reader) Rates() ([]law.RateEntry, error) {
	rows, err := r.tx.QueryContext(r.ctx, `SELECT semester, ecb, legal_professional, legal_individual, source
		FROM rate WHERE id IN (SELECT max(id) FROM rate GROUP BY semester) ORDER BY semester`)
	if err != nil {
		return nil, classify("list rates", err)
	}
	defer rows.Close()
	var list []law.RateEntry
	for rows.Next() {
		var entry law.RateEntry
		var semester, source string
		var ecb, professional, individual sql.NullInt64
		if err := rows.Scan(&semester, &ecb, &professional, &individual, &source); err != nil {
			return nil, classify("list rates", err)
		}
		if entry.Semester, err = date.ParseSemester(semester); err != nil {
			return nil, &app.Error{Code: app.CodeLedgerDamaged, Detail: "bad_semester", Err: err}
		}
		entry.ECB, entry.Professional, entry.Individual = rateOf(ecb), rateOf(professional), rateOf(individual)
		entry.ECBSource, entry.LegalSource = source, source
		list = append(list, entry)
	}
	return list, classify("list rates", rows.Err())
}

// SaveRate implements app.Writer.
func (w *writer) SaveRate(entry law.RateEntry) error {
	source := entry.ECBSource
	if source == "" {
		source = entry.LegalSource
	}
	_, err := w.insert("rate", entry.Semester.String(), rateColumn(entry.ECB), rateColumn(entry.Professional),
		rateColumn(entry.Individual), source)
	return err
}

const batchSelect = `SELECT b.id, b.file, b.sha256, b.kind, b.added, b.on_date, coalesce(u.on_date, '')
	FROM batch b LEFT JOIN batch_undo u ON u.batch = b.id`

func scanBatch(scan func(...any) error) (app.Batch, error) {
	var batch app.Batch
	var on, undone string
	err := scan(&batch.ID, &batch.File, &batch.SHA256, &batch.Kind, &batch.Added, &on, &undone)
	if err != nil {
		return batch, err
	}
	if batch.On, err = dayOf(on); err != nil {
		return batch, err
	}
	batch.Undone, err = dayOf(undone)
	return batch, err
}

// Batches implements app.Reader, the newest first.
func (r *reader) Batches() ([]app.Batch, error) {
	list, err := collect(r, scanBatch, batchSelect+` ORDER BY b.id DESC`)
	return list, classify("list imports", err)
}

// Batch implements app.Reader.
func (r *reader) Batch(id ledger.BatchID) (app.Batch, error) {
	batch, err := scanBatch(r.tx.QueryRowContext(r.ctx, batchSelect+` WHERE b.id = ?`, int64(id)).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return batch, &app.Error{Code: app.CodeNotFound, Field: "import", Params: []string{fmt.Sprint(id)}}
	}
	return batch, classify("read import", err)
}

// BatchUses implements app.Reader: the numbers of the invoices of a batch on which something else
// than the batch itself depends.
func (r *reader) BatchUses(id ledger.BatchID) ([]string, error) {
	rows, err := r.tx.QueryContext(r.ctx, `SELECT i.number FROM invoice i
		WHERE i.batch = ?1 AND i.withdrawn IS NULL AND (
		  EXISTS (SELECT 1 FROM allocation a JOIN payment p ON p.id = a.payment WHERE a.invoice = i.id
		    AND p.batch IS NOT ?1 GROUP BY a.invoice HAVING sum(a.amount_cents) <> 0)
		  OR EXISTS (SELECT 1 FROM letter_invoice l WHERE l.invoice = i.id)
		  OR EXISTS (SELECT 1 FROM invoice n WHERE n.corrects = i.id AND n.batch IS NOT ?1
		    AND n.withdrawn IS NULL))
		ORDER BY i.number LIMIT 20`, int64(id))
	if err != nil {
		return nil, classify("read import", err)
	}
	defer rows.Close()
	var numbers []string
	for rows.Next() {
		var number string
		if err := rows.Scan(&number); err != nil {
			return nil, classify("read import", err)
		}
		numbers = append(numbers, number)
	}
	return numbers, classify("read import", rows.Err())
}

// AddBatch implements app.Writer.
func (w *writer) AddBatch(batch *app.Batch) error {
	id, err := w.insert("batch", batch.File, batch.SHA256, batch.Kind, int64(batch.Added), batch.On.String())
	batch.ID = ledger.BatchID(id)
	return err
}

// UndoBatch implements app.Writer: it withdraws the invoices of a batch. Payments of the batch are
// the caller's to reverse.
func (w *writer) UndoBatch(id ledger.BatchID, on date.Date) error {
	if _, err := w.insert("batch_undo", int64(id), on.String()); err != nil {
		return err
	}
	_, err := w.tx.ExecContext(w.ctx, `UPDATE invoice SET withdrawn = ? WHERE batch = ? AND withdrawn IS NULL`,
		w.entry.seq, int64(id))
	return classify("undo import", err)
}
