package storage

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

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
	for _, seq := range slices.Sorted(maps.Keys(v.entries)) {
		for _, table := range factTables {
			if _, unseen := v.entries[seq][table.name]; unseen {
				return "", fmt.Errorf("%s: the rows of entry %d are missing", table.name, seq)
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

// clientStates gathers, from the journal, how each client was left.
type clientStates struct {
	seq    map[int64]int64  // by client: the last entry that wrote it
	digest map[int64]string // by client: what that entry says
}

func (v *verifier) gatherClients() error {
	v.clientStates = clientStates{seq: map[int64]int64{}, digest: map[int64]string{}}
	for seq, facts := range v.entries {
		for name, said := range facts {
			text, isClient := strings.CutPrefix(name, "client#")
			if !isClient {
				continue
			}
			id, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return fmt.Errorf("entry %d: %w", seq, err)
			}
			if seq > v.seq[id] {
				v.seq[id], v.digest[id] = seq, string(said)
			}
		}
	}
	return nil
}

// clients compares each client with the entry that last changed it.
func (v *verifier) clients() (string, error) {
	if err := v.gatherClients(); err != nil {
		return "", err
	}
	rows, err := v.tx.QueryContext(v.ctx,
		`SELECT entry, id, `+strings.Join(clientColumns, ", ")+` FROM client ORDER BY id`)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	values := make([]any, len(clientColumns))
	var seq, id int64
	targets := []any{&seq, &id}
	for i := range values {
		targets = append(targets, &values[i])
	}
	count := 0
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return "", err
		}
		digest := newFactDigest()
		if err := addScanned(digest, id, values); err != nil {
			return "", err
		}
		digest.close()
		if v.seq[id] != seq || v.digest[id] != `"`+digest.SHA+`"` {
			return "", fmt.Errorf("client %d is not as entry %d left it", id, max(seq, v.seq[id]))
		}
		delete(v.seq, id)
		count++
	}
	if err := rows.Err(); err != nil {
		return "", err
	}
	for id, seq := range v.seq {
		return "", fmt.Errorf("client %d, which entry %d wrote, is missing", id, seq)
	}
	return fmt.Sprintf("%d clients agree with the journal", count), nil
}

// imports checks the one column of a fact that may change: an invoice is withdrawn by the entry that
// undid its import, and only so.
func (v *verifier) imports() (string, error) {
	var count, wrong int
	err := v.tx.QueryRowContext(v.ctx, `SELECT count(i.withdrawn), coalesce(sum(i.withdrawn IS NOT u.entry), 0)
		FROM invoice i LEFT JOIN batch_undo u ON u.batch = i.batch`).Scan(&count, &wrong)
	if err != nil {
		return "", err
	}
	if wrong > 0 {
		return "", fmt.Errorf("%d invoices are withdrawn, or not, against the journal", wrong)
	}
	return fmt.Sprintf("%d withdrawn invoices agree with the imports undone", count), nil
}

// balances recomputes the derived table from the facts.
func (v *verifier) balances() (string, error) {
	var wrong, count, present int
	err := v.tx.QueryRowContext(v.ctx, `SELECT count(*), coalesce(sum(b.invoice IS NULL
		OR b.client <> coalesce(c.merged_into, i.client)
		OR b.amount_cents <> i.amount_cents OR b.due <> i.due OR b.currency <> i.currency
		OR b.credited_cents <> coalesce(n.total, 0) OR b.principal_cents <> coalesce(a.principal, 0)
		OR b.extras_cents <> coalesce(a.extras, 0)), 0), (SELECT count(*) FROM balance)
		FROM invoice i LEFT JOIN balance b ON b.invoice = i.id LEFT JOIN client c ON c.id = i.client
		LEFT JOIN (SELECT corrects, sum(amount_cents) AS total FROM invoice
		  WHERE corrects IS NOT NULL AND withdrawn IS NULL GROUP BY corrects) n ON n.corrects = i.id
		LEFT JOIN (SELECT invoice, sum(iif(part = 'principal', amount_cents, 0)) AS principal,
		    sum(iif(part = 'principal', 0, amount_cents)) AS extras FROM allocation GROUP BY invoice) a
		  ON a.invoice = i.id
		WHERE i.type <> 'credit_note' AND i.withdrawn IS NULL`).Scan(&count, &wrong, &present)
	if err != nil {
		return "", err
	}
	if wrong > 0 || present != count {
		return "", fmt.Errorf("%d of %d balances are wrong, %d too many", wrong, count, max(0, present-count))
	}
	var known, latest string
	err = v.tx.QueryRowContext(v.ctx, `SELECT coalesce((SELECT day FROM latest), '?'), max(
		coalesce((SELECT max(issued) FROM invoice), ''), coalesce((SELECT max(paid_on) FROM payment), ''))`).
		Scan(&known, &latest)
	if err != nil {
		return "", err
	}
	if known != latest {
		return "", fmt.Errorf("the latest fact is of %q, noted is %q", latest, known)
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
		return "", fmt.Errorf("%d payments are spread beyond their amount, %d invoices beyond theirs",
			over, overpaid)
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
