package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"dument/app"
)

// checkHead is the check that a copy of an earlier day may fail.
const checkHead = "journal-head"

// Verify implements app.Store. Every check runs, also after one that failed; only a file that SQLite
// cannot read at all ends in an error. What it does not look at is what is no fact: the places in the
// mailbox and the leases.
func (s *Store) Verify(ctx context.Context) ([]app.Check, error) {
	tx, err := s.readers.BeginTx(ctx, nil)
	if err != nil {
		return nil, s.located(classify("verify ledger", err))
	}
	defer tx.Rollback()
	v := &verifier{reader: reader{ctx: ctx, tx: tx}, store: s, entries: map[int64]map[string]json.RawMessage{}}
	checks := []struct {
		name string
		run  func() (detail string, err error)
	}{
		{"integrity", v.integrity}, {"schema", v.schema}, {"foreign-keys", v.foreignKeys},
		{"journal", v.journal}, {checkHead, v.outsideHead}, {"facts", v.facts}, {"clients", v.clients},
		{"imports", v.imports}, {"balances", v.balances}, {"payments", v.payments}, {"letters", v.letters},
		{"documents", v.documents},
	}
	results := make([]app.Check, 0, len(checks))
	for _, check := range checks {
		detail, err := check.run()
		if err := ctx.Err(); err != nil {
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
	clientStates
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
	head, err := v.Head()
	if err != nil {
		return "", err
	}
	if kept.Seq > head.Seq {
		return "", fmt.Errorf("%d entries are missing since entry %d", kept.Seq-head.Seq, head.Seq)
	}
	var hash string
	err = v.tx.QueryRowContext(v.ctx, `SELECT hash FROM journal WHERE seq = ?`, kept.Seq).Scan(&hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", err
	}
	if hash != kept.Hash {
		return "", fmt.Errorf("entry %d is not the one that was noted outside the ledger", kept.Seq)
	}
	return fmt.Sprintf("entry %d agrees with the outside copy", kept.Seq), nil
}
