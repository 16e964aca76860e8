package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"dument/app"
	"dument/app/ledger"
	"dument/app/money"
)

const messageSelect = `SELECT m.id, m.sha256, m.header_id, m.file, m.uid, m.validity, m.on_date, m.sender,
	m.subject, m.class, m.evidence, m.decision, m.amount_cents, m.currency, m.payer, m.paid_on, m.reference,
	m.excerpt, m.reading, m.entry, coalesce(s.action, ''), coalesce(s.payment, 0), coalesce(s.on_date, '')
	FROM message m LEFT JOIN message_settlement s
	ON s.id = (SELECT max(id) FROM message_settlement WHERE message = m.id)`

func scanMessage(scan func(...any) error) (ledger.Message, error) {
	var message ledger.Message
	var on, paidOn, settledOn string
	var amount, uid, validity int64
	err := scan(&message.ID, &message.SHA256, &message.HeaderID, &message.File, &uid, &validity, &on,
		&message.Sender, &message.Subject, &message.Class, &message.Evidence, &message.Decision, &amount,
		&message.Currency, &message.Payer, &paidOn, &message.Reference, &message.Excerpt, &message.Reading,
		&message.Entry, &message.Settlement.Action, &message.Settlement.Payment, &settledOn)
	if err != nil {
		return message, err
	}
	message.Amount, message.UID, message.Validity = money.Cents(amount), uint32(uid), uint32(validity)
	if message.On, err = dayOf(on); err != nil {
		return message, err
	}
	if message.PaidOn, err = dayOf(paidOn); err != nil {
		return message, err
	}
	message.Settlement.On, err = dayOf(settledOn)
	return message, err
}

// Message implements app.Reader.
func (r *reader) Message(id ledger.MessageID) (ledger.Message, error) {
	message, err := scanMessage(r.tx.QueryRowContext(r.ctx, messageSelect+` WHERE m.id = ?`, int64(id)).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return message, &app.Error{Code: app.CodeNotFound, Field: "message", Params: []string{fmt.Sprint(id)}}
	}
	if err == nil {
		message.Concerns, err = r.invoicesOf(messageConcerns, int64(id))
	}
	return message, classify("read message", err)
}

// Messages implements app.Reader, the newest first.
func (r *reader) Messages(filter app.MessageFilter) ([]ledger.Message, error) {
	query := messageSelect
	if filter.Pending {
		query += ` WHERE m.decision IN ('suggest', 'announce', 'alert') AND s.id IS NULL
			OR s.action = 'undone' AND m.decision <> 'ignore'`
	}
	query += ` ORDER BY m.id DESC`
	if filter.Limit > 0 {
		query += fmt.Sprintf(` LIMIT %d`, filter.Limit)
	}
	list, err := collect(r, scanMessage, query)
	for i := range list {
		if err == nil {
			list[i].Concerns, err = r.invoicesOf(messageConcerns, int64(list[i].ID))
		}
	}
	return list, classify("list messages", err)
}

// MessageSeen implements app.Reader.
func (r *reader) MessageSeen(digest string) (seen bool, err error) {
	err = r.tx.QueryRowContext(r.ctx, `SELECT count(*) > 0 FROM seen WHERE sha256 = ?`, digest).Scan(&seen)
	return seen, classify("read seen", err)
}

// AddMessage implements app.Writer.
func (w *writer) AddMessage(message *ledger.Message) error {
	id, err := w.insert("message", message.SHA256, message.HeaderID, message.File, int64(message.UID),
		int64(message.Validity), message.On.String(), message.Sender, message.Subject, message.Class,
		string(message.Evidence), message.Decision, int64(message.Amount), string(message.Currency),
		message.Payer, message.PaidOn.String(), message.Reference, message.Excerpt, string(message.Reading))
	if err != nil {
		return err
	}
	message.ID, message.Entry = ledger.MessageID(id), w.entry.seq
	for _, invoice := range message.Concerns {
		if _, err := w.insert("message_concern", id, int64(invoice)); err != nil {
			return err
		}
	}
	return nil
}

// SettleMessage implements app.Writer.
func (w *writer) SettleMessage(id ledger.MessageID, settlement ledger.Settlement) error {
	_, err := w.insert("message_settlement", int64(id), settlement.Action, reference(settlement.Payment),
		settlement.On.String())
	return err
}

// Remember implements app.Writer.
func (w *writer) Remember(digest string, uid, validity uint32) error {
	_, err := w.insert("seen", digest, int64(uid), int64(validity))
	return err
}

// Cursor implements app.Reader; a folder never read has the zero cursor.
func (r *reader) Cursor(folder string) (cursor ledger.Cursor, err error) {
	err = r.tx.QueryRowContext(r.ctx, `SELECT validity, last_uid FROM cursor WHERE folder = ?`, folder).
		Scan(&cursor.Validity, &cursor.LastUID)
	if errors.Is(err, sql.ErrNoRows) {
		return ledger.Cursor{}, nil
	}
	return cursor, classify("read cursor", err)
}

// SaveCursor implements app.Writer.
func (w *writer) SaveCursor(folder string, cursor ledger.Cursor) error {
	_, err := w.tx.ExecContext(w.ctx, `INSERT INTO cursor (folder, validity, last_uid) VALUES (?, ?, ?)
		ON CONFLICT (folder) DO UPDATE SET validity = excluded.validity, last_uid = excluded.last_uid`,
		folder, int64(cursor.Validity), int64(cursor.LastUID))
	return classify("write cursor", err)
}

// TakeLease implements app.Writer.
func (w *writer) TakeLease(name, holder string, now, until time.Time) (bool, error) {
	result, err := w.tx.ExecContext(w.ctx, `INSERT INTO lease (name, holder, until) VALUES (?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
		WHERE lease.holder = excluded.holder OR lease.until <= ?`,
		name, holder, until.UTC().Format(time.RFC3339), now.UTC().Format(time.RFC3339))
	if err != nil {
		return false, classify("take lease", err)
	}
	changed, err := result.RowsAffected()
	return changed > 0, classify("take lease", err)
}
