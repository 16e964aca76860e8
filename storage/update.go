package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	sqlite3 "modernc.org/sqlite/lib"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
)

// View implements app.Store: read sees one state of the ledger. What read returns comes back as it is.
func (s *Store) View(ctx context.Context, read func(app.Reader) error) error {
	tx, err := s.readers.BeginTx(ctx, nil)
	if err != nil {
		return s.located(classify("read ledger", err))
	}
	defer tx.Rollback()
	return s.located(read(&reader{ctx: ctx, tx: tx}))
}

// Update implements app.Store: one transaction, on disk when it returns nil. What write returns comes
// back as it is. After a write that the disk refused, the ledger takes no more writes until it is
// opened again, because what the disk then holds is not known.
func (s *Store) Update(ctx context.Context, write func(app.Writer) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.readOnly {
		return &app.Error{Code: app.CodeLedgerReadOnly, Op: "write ledger", Params: []string{s.path}}
	}
	if s.broken != nil {
		return s.broken
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return s.located(classify("write ledger", err))
	}
	defer tx.Rollback()
	w := &writer{reader: reader{ctx: ctx, tx: tx}, store: s, statements: map[string]*sql.Stmt{},
		steady: context.WithoutCancel(ctx)}
	if err := write(w); err != nil {
		if breaks(err) {
			s.broken = err
		}
		return s.located(err)
	}
	if w.failed != nil {
		return s.located(w.failed)
	}
	if err := s.commit(ctx, tx); err != nil {
		return err
	}
	if w.head.Seq > 0 {
		// The outside head may lag; it is written again by the next commit.
		_ = s.heads.Save(ledger.Head{Ledger: s.id, Seq: w.head.Seq, Hash: w.head.Hash})
	}
	return nil
}

// commit makes a transaction durable. Whoever waits in vain, breaks a rule or gives up has changed
// nothing and may try again; so has a full disk, which refuses a write before it is done.
func (s *Store) commit(ctx context.Context, tx *sql.Tx) error {
	err := tx.Commit()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil && (ended(err) || errors.Is(err, sql.ErrTxDone)) {
		return ctx.Err()
	}
	failure := s.located(classify("commit ledger", err))
	switch sqliteCode(err) & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_FULL:
	default:
		s.broken = failure
	}
	return failure
}

// writer implements app.Writer.
type writer struct {
	reader
	store      *Store
	statements map[string]*sql.Stmt
	entry      *pendingEntry   // nil outside of Record
	failed     error           // of a Record: its facts have no entry and must not stay
	head       ledger.Head     // of this transaction's last entry
	steady     context.Context // ctx without its end
	arguments  []any           // of the statement that runs
}

// pendingEntry gathers the digests of what one entry writes.
type pendingEntry struct {
	seq     int64
	digests map[string]*factDigest
	states  map[string]string
	latest  date.Date // of the invoices and payments that it writes
}

// Record implements app.Writer.
func (w *writer) Record(kind ledger.EntryKind, on date.Date, write func(seq int64) (any, error)) error {
	if w.entry != nil {
		panic("storage: Record inside Record")
	}
	head, err := w.Head()
	if err != nil {
		return err
	}
	if head.Seq == 0 {
		head.Hash = w.store.id
	} else if err := w.continues(head); err != nil {
		return err
	}
	w.entry = &pendingEntry{seq: head.Seq + 1, digests: map[string]*factDigest{}, states: map[string]string{}}
	defer func() { w.entry = nil }()
	body, err := write(w.entry.seq)
	if err == nil {
		err = w.appendEntry(kind, on, body, head.Hash)
	}
	if err != nil && w.failed == nil {
		w.failed = err
	}
	return err
}

// continues refuses to write on after a loss: when the head that is kept outside is not part of this
// journal, entries that were acknowledged are missing, and a new entry would hide it.
func (w *writer) continues(head ledger.Head) error {
	kept, found, err := w.store.heads.Load(w.store.id)
	if err != nil || !found || kept.Seq == head.Seq && kept.Hash == head.Hash {
		return err
	}
	if kept.Seq <= head.Seq {
		var hash string
		err := w.tx.QueryRowContext(w.ctx, `SELECT hash FROM journal WHERE seq = ?`, kept.Seq).Scan(&hash)
		if err != nil {
			return classify("read journal", err)
		}
		if hash == kept.Hash {
			return nil
		}
	}
	return &app.Error{Code: app.CodeLedgerDamaged, Detail: "entries_missing", Op: "write ledger",
		Params: []string{w.store.path, strconv.FormatInt(max(0, kept.Seq-head.Seq), 10)}}
}

func (w *writer) appendEntry(kind ledger.EntryKind, on date.Date, body any, prev string) error {
	bodyText, err := marshal(body)
	if err != nil {
		return unexpected("journal body: %w", err)
	}
	facts, err := w.entry.summary()
	if err != nil {
		return unexpected("journal facts: %w", err)
	}
	entry := ledger.Entry{Seq: w.entry.seq, At: w.store.options.Clock().UTC().Truncate(time.Second), On: on,
		Kind: kind, Body: bodyText, Facts: facts, Prev: prev}
	entry.Hash = entryHash(entry)
	_, err = w.tx.ExecContext(w.ctx, `INSERT INTO journal (seq, at, on_date, kind, body, facts, prev, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, entry.Seq, entry.At.Format(time.RFC3339), on.String(), string(kind),
		string(entry.Body), string(entry.Facts), entry.Prev, entry.Hash)
	if err != nil {
		return classify("write journal", err)
	}
	w.head = ledger.Head{Ledger: w.store.id, Seq: entry.Seq, Hash: entry.Hash}
	if w.entry.latest.IsZero() {
		return nil
	}
	_, err = w.tx.ExecContext(w.ctx, `UPDATE latest SET day = ?1 WHERE day < ?1`, w.entry.latest.String())
	return classify("write journal", err)
}

// dated notes the day of a fact on which balances hang.
func (p *pendingEntry) dated(day date.Date) {
	if day.After(p.latest) {
		p.latest = day
	}
}

// entryHash covers every field of an entry and the hash before it; line feeds part the fields, of
// which none but the last two can hold one.
func entryHash(entry ledger.Entry) string {
	sum := sha256.New()
	for _, field := range []string{entry.Prev, strconv.FormatInt(entry.Seq, 10),
		entry.At.Format(time.RFC3339), entry.On.String(), string(entry.Kind),
		strconv.Itoa(len(entry.Body)), string(entry.Body), string(entry.Facts)} {
		fmt.Fprintf(sum, "%s\n", field)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// marshal writes JSON without escaping, so that numbers with & or < stay readable.
func marshal(value any) ([]byte, error) {
	if value == nil {
		return []byte("{}"), nil
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimRight(text.Bytes(), "\n"), nil
}
