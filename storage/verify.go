package storage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"dument/app"
	"dument/app/ledger"
)

// Verify implements app.Store. Every check runs, also after one that failed; only a file that SQLite
// cannot read at all ends in an error.
func (s *Store) Verify(ctx context.Context) ([]app.Check, error) {
	tx, err := s.readers.BeginTx(ctx, nil)
	if err != nil {
		return nil, classify("verify ledger", err)
	}
	defer tx.Rollback()
	v := &verifier{reader: reader{ctx: ctx, tx: tx}, store: s, entries: map[int64]map[string]json.RawMessage{}}
	checks := []struct {
		name string
		run  func() (detail string, err error)
	}{
		{"integrity", v.integrity}, {"foreign-keys", v.foreignKeys}, {"journal", v.journal},
		{"journal-head", v.outsideHead}, {"facts", v.facts}, {"clients", v.clients},
		{"balances", v.balances}, {"payments", v.payments}, {"letters", v.letters},
		{"documents", v.documents},
	}
	results := make([]app.Check, 0, len(checks))
	for _, check := range checks {
		detail, err := check.run()
		if errors.Is(err, context.Canceled) {
			return nil, err
		}
		result := app.Check{Name: check.name, OK: err == nil, Detail: detail}
		if err != nil {
			result.Detail = err.Error()
		}
		results = append(results, result)
	}
	return results, nil
}

type verifier struct {
	reader
	store   *Store
	entries map[int64]map[string]json.RawMessage // the facts that each entry says it wrote
	head    ledger.Head
}

func (v *verifier) integrity() (string, error) {
	rows, err := v.tx.QueryContext(v.ctx, `PRAGMA integrity_check(20)`)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var problems []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return "", err
		}
		if line != "ok" {
			problems = append(problems, line)
		}
	}
	if len(problems) > 0 {
		return "", errors.New(strings.Join(problems, "; "))
	}
	return "SQLite integrity_check: ok", rows.Err()
}

func (v *verifier) foreignKeys() (string, error) {
	rows, err := v.tx.QueryContext(v.ctx, `PRAGMA foreign_key_check`)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	broken := 0
	var first string
	for rows.Next() {
		var table, parent string
		var row, key sql.NullInt64
		if err := rows.Scan(&table, &row, &parent, &key); err != nil {
			return "", err
		}
		if broken++; first == "" {
			first = fmt.Sprintf("%s row %d refers to a missing %s", table, row.Int64, parent)
		}
	}
	if broken > 0 {
		return "", fmt.Errorf("%d broken references, first: %s", broken, first)
	}
	return "every reference has its target", rows.Err()
}

// journal follows the chain from the first entry to the last.
func (v *verifier) journal() (string, error) {
	rows, err := v.tx.QueryContext(v.ctx, entrySelect+` ORDER BY seq`)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	prev, seq := v.store.id, int64(0)
	for rows.Next() {
		entry, err := scanEntry(rows.Scan)
		if err != nil {
			return "", fmt.Errorf("entry after %d is unreadable: %w", seq, err)
		}
		if entry.Seq != seq+1 {
			return "", fmt.Errorf("entry %d is missing", seq+1)
		}
		if entry.Prev != prev || entryHash(entry) != entry.Hash {
			return "", fmt.Errorf("entry %d was changed", entry.Seq)
		}
		var facts map[string]json.RawMessage
		if err := json.Unmarshal(entry.Facts, &facts); err != nil {
			return "", fmt.Errorf("entry %d: facts: %w", entry.Seq, err)
		}
		v.entries[entry.Seq] = facts
		prev, seq = entry.Hash, entry.Seq
	}
	v.head = ledger.Head{Ledger: v.store.id, Seq: seq, Hash: prev}
	return fmt.Sprintf("%d entries, head %s", seq, prev[:min(8, len(prev))]), rows.Err()
}

// outsideHead compares the end of the chain with the copy kept outside: a tail that was cut off, or
// a chain that was written anew, is seen here alone.
func (v *verifier) outsideHead() (string, error) {
	kept, found, err := v.store.heads.Load(v.store.id)
	if err != nil {
		return "", err
	}
	if !found {
		return "no outside copy of the head on this computer", nil
	}
	if kept.Seq > v.head.Seq {
		return "", fmt.Errorf("%d entries are missing since entry %d", kept.Seq-v.head.Seq, v.head.Seq)
	}
	var hash string
	err = v.tx.QueryRowContext(v.ctx, `SELECT hash FROM journal WHERE seq = ?`, kept.Seq).Scan(&hash)
	if err != nil {
		return "", err
	}
	if hash != kept.Hash {
		return "", fmt.Errorf("entry %d is not the one that was noted outside the ledger", kept.Seq)
	}
	return fmt.Sprintf("entry %d agrees with the outside copy", kept.Seq), nil
}

// facts recomputes the digests of every table of facts, entry by entry.
func (v *verifier) facts() (string, error) {
	total := 0
	for _, table := range factTables {
		rows, err := v.factTable(table)
		if err != nil {
			return "", fmt.Errorf("%s: %w", table.name, err)
		}
		total += rows
	}
	for seq, facts := range v.entries {
		for name := range facts {
			if _, isTable := factTableByName[name]; isTable {
				return "", fmt.Errorf("%s: the rows of entry %d are missing", name, seq)
			}
		}
	}
	return fmt.Sprintf("%d rows agree with the journal", total), nil
}

// factTable walks a table in order of ids, closes a digest whenever the entry changes, and takes what
// it checked out of v.entries.
func (v *verifier) factTable(table factTable) (total int, err error) {
	rows, err := v.tx.QueryContext(v.ctx, table.selectSQL())
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var seq, id, current int64
	values := make([]any, len(table.columns))
	targets := []any{&seq, &id}
	for i := range values {
		targets = append(targets, &values[i])
	}
	digest := newFactDigest()
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return total, err
		}
		if seq != current && total > 0 {
			if err := v.compare(table.name, current, digest); err != nil {
				return total, err
			}
			digest = newFactDigest()
		}
		current = seq
		if err := addScanned(digest, id, values); err != nil {
			return total, err
		}
		total++
	}
	if err := rows.Err(); err != nil || total == 0 {
		return total, err
	}
	return total, v.compare(table.name, current, digest)
}

// addScanned guards against a column whose type was damaged.
func addScanned(digest *factDigest, id int64, values []any) error {
	for _, value := range values {
		switch value.(type) {
		case nil, int64, string:
		default:
			return fmt.Errorf("row %d holds a %T", id, value)
		}
	}
	digest.add(id, values)
	return nil
}

func (v *verifier) compare(table string, seq int64, digest *factDigest) error {
	said, known := v.entries[seq][table]
	if !known {
		return fmt.Errorf("rows that entry %d did not write", seq)
	}
	var expected factDigest
	if err := json.Unmarshal(said, &expected); err != nil {
		return err
	}
	digest.close()
	if expected.Rows != digest.Rows || expected.SHA != digest.SHA {
		return fmt.Errorf("rows of entry %d were changed", seq)
	}
	delete(v.entries[seq], table)
	return nil
}

// clients compares each client with the entry that last changed it.
func (v *verifier) clients() (string, error) {
	rows, err := v.tx.QueryContext(v.ctx,
		`SELECT entry, id, `+strings.Join(clientColumns, ", ")+` FROM client ORDER BY id`)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	count := 0
	values := make([]any, len(clientColumns))
	var seq, id int64
	targets := []any{&seq, &id}
	for i := range values {
		targets = append(targets, &values[i])
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return "", err
		}
		digest := newFactDigest()
		if err := addScanned(digest, id, values); err != nil {
			return "", err
		}
		digest.close()
		said := string(v.entries[seq][fmt.Sprintf("client#%d", id)])
		if said != `"`+digest.SHA+`"` {
			return "", fmt.Errorf("client %d is not as entry %d left it", id, seq)
		}
		count++
	}
	return fmt.Sprintf("%d clients agree with the journal", count), rows.Err()
}

// balances recomputes the derived table from the facts.
func (v *verifier) balances() (string, error) {
	var wrong, count int
	err := v.tx.QueryRowContext(v.ctx, `SELECT count(*), coalesce(sum(
		b.invoice IS NULL OR b.amount_cents <> i.amount_cents OR b.due <> i.due OR b.currency <> i.currency
		OR b.credited_cents <> coalesce(n.total, 0) OR b.principal_cents <> coalesce(a.principal, 0)
		OR b.extras_cents <> coalesce(a.extras, 0)), 0)
		FROM invoice i LEFT JOIN balance b ON b.invoice = i.id
		LEFT JOIN (SELECT corrects, sum(amount_cents) AS total FROM invoice
		  WHERE corrects IS NOT NULL AND withdrawn IS NULL GROUP BY corrects) n ON n.corrects = i.id
		LEFT JOIN (SELECT invoice, sum(iif(part = 'principal', amount_cents, 0)) AS principal,
		    sum(iif(part = 'principal', 0, amount_cents)) AS extras FROM allocation GROUP BY invoice) a
		  ON a.invoice = i.id
		WHERE i.type <> 'credit_note' AND i.withdrawn IS NULL`).Scan(&count, &wrong)
	if err != nil {
		return "", err
	}
	if wrong > 0 {
		return "", fmt.Errorf("%d of %d balances are wrong", wrong, count)
	}
	return fmt.Sprintf("%d balances recomputed", count), nil
}

// payments checks that no payment is spread beyond its amount, nor a principal beyond the invoice.
func (v *verifier) payments() (string, error) {
	var over, count, overpaid int
	err := v.tx.QueryRowContext(v.ctx, `SELECT
		(SELECT count(*) FROM payment),
		(SELECT count(*) FROM payment p WHERE p.amount_cents > 0 AND p.amount_cents <
		  (SELECT coalesce(sum(amount_cents), 0) FROM allocation WHERE payment = p.id)),
		(SELECT count(*) FROM balance WHERE principal_cents < 0 OR principal_cents > amount_cents)`).
		Scan(&count, &over, &overpaid)
	if err != nil {
		return "", err
	}
	if over > 0 || overpaid > 0 {
		return "", fmt.Errorf("%d payments are spread beyond their amount, %d invoices beyond theirs", over, overpaid)
	}
	return fmt.Sprintf("%d payments, none spread beyond its amount", count), nil
}

// letters checks that the series of each year has no hole and that every letter has its bytes.
func (v *verifier) letters() (string, error) {
	var count, holes, without int
	err := v.tx.QueryRowContext(v.ctx, `SELECT (SELECT count(*) FROM letter),
		(SELECT count(*) FROM (SELECT year FROM letter GROUP BY year HAVING count(*) <> max(ordinal))),
		(SELECT count(*) FROM letter t LEFT JOIN document d ON d.sha256 = t.sha256 WHERE d.id IS NULL)`).
		Scan(&count, &holes, &without)
	if err != nil {
		return "", err
	}
	if holes > 0 || without > 0 {
		return "", fmt.Errorf("%d years with a hole in the numbers, %d letters without their bytes", holes, without)
	}
	return fmt.Sprintf("%d letters, numbers without a hole", count), nil
}

// documents recomputes the SHA-256 of every document.
func (v *verifier) documents() (string, error) {
	rows, err := v.tx.QueryContext(v.ctx, `SELECT sha256, size, bytes FROM document ORDER BY id`)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	count := 0
	for rows.Next() {
		var digest string
		var size int64
		var content sql.RawBytes
		if err := rows.Scan(&digest, &size, &content); err != nil {
			return "", err
		}
		sum := sha256.Sum256(content)
		if hex.EncodeToString(sum[:]) != digest || int64(len(content)) != size {
			return "", fmt.Errorf("document %s was changed", digest[:min(12, len(digest))])
		}
		count++
	}
	return fmt.Sprintf("%d documents agree with their digests", count), rows.Err()
}
