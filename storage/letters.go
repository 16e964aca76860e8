package storage

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"dument/app"
	"dument/app/ledger"
	"dument/app/money"
)

const letterSelect = `SELECT t.id, t.number, t.kind, t.client, t.on_date, t.deadline, t.total_cents, t.pages,
	t.sha256, t.facts, t.content, t.entry FROM letter t`

func scanLetter(scan func(...any) error) (ledger.Letter, error) {
	var letter ledger.Letter
	var on, deadline string
	var total int64
	err := scan(&letter.ID, &letter.Number, &letter.Kind, &letter.Client, &on, &deadline, &total, &letter.Pages,
		&letter.SHA256, &letter.Facts, &letter.Content, &letter.Entry)
	if err != nil {
		return letter, err
	}
	letter.Total = money.Cents(total)
	if letter.On, err = dayOf(on); err != nil {
		return letter, err
	}
	letter.Deadline, err = dayOf(deadline)
	return letter, err
}

func (r *reader) oneLetter(where string, argument any) (ledger.Letter, bool, error) {
	row := r.tx.QueryRowContext(r.ctx, letterSelect+` WHERE `+where+` ORDER BY t.id DESC LIMIT 1`, argument)
	letter, err := scanLetter(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return letter, false, nil
	}
	if err == nil {
		letter.Invoices, err = r.invoicesOf(letterInvoices, int64(letter.ID))
	}
	return letter, err == nil, classify("read letter", err)
}

// Letter implements app.Reader.
func (r *reader) Letter(id ledger.LetterID) (ledger.Letter, error) {
	letter, found, err := r.oneLetter(`t.id = ?`, int64(id))
	if err == nil && !found {
		err = &app.Error{Code: app.CodeNotFound, Field: "letter", Params: []string{fmt.Sprint(id)}}
	}
	return letter, err
}

// LetterByNumber implements app.Reader.
func (r *reader) LetterByNumber(number string) (ledger.Letter, bool, error) {
	return r.oneLetter(`t.number = ?`, number)
}

// LetterByFacts implements app.Reader.
func (r *reader) LetterByFacts(facts string) (ledger.Letter, bool, error) {
	return r.oneLetter(`t.facts = ?`, facts)
}

// Letters implements app.Reader, the newest first.
func (r *reader) Letters() ([]ledger.Letter, error) {
	list, err := collect(r, scanLetter, letterSelect+` ORDER BY t.id DESC`)
	for i := range list {
		if err == nil {
			list[i].Invoices, err = r.invoicesOf(letterInvoices, int64(list[i].ID))
		}
	}
	return list, classify("list letters", err)
}

// LetterEvents implements app.Reader, in the order in which they were noted.
func (r *reader) LetterEvents(id ledger.LetterID) ([]ledger.LetterEvent, error) {
	rows, err := r.tx.QueryContext(r.ctx, `SELECT id, letter, kind, on_date, number, reason, proof, entry
		FROM letter_event WHERE letter = ? ORDER BY id`, int64(id))
	if err != nil {
		return nil, classify("list letter events", err)
	}
	defer rows.Close()
	var list []ledger.LetterEvent
	for rows.Next() {
		var event ledger.LetterEvent
		var day string
		err := rows.Scan(&event.ID, &event.Letter, &event.Kind, &day, &event.Number, &event.Reason,
			&event.Proof, &event.Entry)
		if err != nil {
			return nil, classify("list letter events", err)
		}
		if event.Date, err = dayOf(day); err != nil {
			return nil, err
		}
		list = append(list, event)
	}
	return list, classify("list letter events", rows.Err())
}

// NextLetterNumber implements app.Reader: the first free place of a year's series. It is only
// meaningful inside the Update that uses it.
func (r *reader) NextLetterNumber(year int) (next int, err error) {
	err = r.tx.QueryRowContext(r.ctx, `SELECT coalesce(max(ordinal), 0) + 1 FROM letter WHERE year = ?`,
		int64(year)).Scan(&next)
	return next, classify("number letter", err)
}

// AddLetter implements app.Writer. Its document must be added before the transaction ends.
func (w *writer) AddLetter(letter *ledger.Letter) error {
	year := letter.On.Year()
	ordinal, err := w.NextLetterNumber(year)
	if err != nil {
		return err
	}
	id, err := w.insert("letter", letter.Number, int64(year), int64(ordinal), string(letter.Kind),
		int64(letter.Client), letter.On.String(), letter.Deadline.String(), int64(letter.Total),
		int64(letter.Pages), letter.SHA256, letter.Facts, string(letter.Content))
	if err != nil {
		return err
	}
	letter.ID, letter.Entry = ledger.LetterID(id), w.entry.seq
	for _, invoice := range letter.Invoices {
		if _, err := w.insert("letter_invoice", id, int64(invoice)); err != nil {
			return err
		}
	}
	return nil
}

// AddLetterEvent implements app.Writer.
func (w *writer) AddLetterEvent(event *ledger.LetterEvent) error {
	id, err := w.insert("letter_event", int64(event.Letter), string(event.Kind), event.Date.String(),
		event.Number, event.Reason, event.Proof)
	event.ID = id
	return err
}

// Document implements app.Reader.
func (r *reader) Document(digest string) (app.Document, error) {
	var doc app.Document
	err := r.tx.QueryRowContext(r.ctx, `SELECT d.sha256, d.media_type, d.size, d.bytes,
		coalesce((SELECT name FROM document_link l WHERE l.sha256 = d.sha256 ORDER BY id LIMIT 1), '')
		FROM document d WHERE d.sha256 = ?`, digest).
		Scan(&doc.SHA256, &doc.MediaType, &doc.Size, &doc.Bytes, &doc.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return doc, &app.Error{Code: app.CodeNotFound, Field: "document", Params: []string{digest}}
	}
	return doc, classify("read document", err)
}

// Documents implements app.Reader.
func (r *reader) Documents(of app.Attachment) ([]app.DocumentInfo, error) {
	rows, err := r.tx.QueryContext(r.ctx, `SELECT l.sha256, d.media_type, l.name, d.size FROM document_link l
		JOIN document d ON d.sha256 = l.sha256 WHERE l.kind = ? AND l.target = ? ORDER BY l.id`, of.Kind, of.ID)
	if err != nil {
		return nil, classify("list documents", err)
	}
	defer rows.Close()
	var list []app.DocumentInfo
	for rows.Next() {
		var info app.DocumentInfo
		if err := rows.Scan(&info.SHA256, &info.MediaType, &info.Name, &info.Size); err != nil {
			return nil, classify("list documents", err)
		}
		list = append(list, info)
	}
	return list, classify("list documents", rows.Err())
}

// AddDocument implements app.Writer: bytes are stored once, whatever they are attached to.
func (w *writer) AddDocument(doc app.Document, of app.Attachment) error {
	sum := sha256.Sum256(doc.Bytes)
	digest := hex.EncodeToString(sum[:])
	if doc.SHA256 != "" && !strings.EqualFold(doc.SHA256, digest) {
		return unexpected("document %s has the digest %s", doc.SHA256, digest)
	}
	var known int
	err := w.tx.QueryRowContext(w.ctx, `SELECT count(*) FROM document WHERE sha256 = ?`, digest).Scan(&known)
	if err != nil {
		return classify("write document", err)
	}
	if known == 0 {
		if _, err := w.insert("document", digest, doc.MediaType, int64(len(doc.Bytes)), doc.Bytes); err != nil {
			return err
		}
	}
	_, err = w.insert("document_link", digest, of.Kind, of.ID, doc.Name)
	return err
}
