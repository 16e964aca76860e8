package storage

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"strings"
)

// factTable is a table of facts: rows that are written once, by one journal entry. Its columns are
// those that the entry's digest covers, in this order, between the id and the entry.
type factTable struct {
	name    string
	columns []string
	// unhashed columns are written and not covered; each is covered in another way.
	unhashed []string
}

// factTables lists every table of facts. Verification walks the same list as insertion.
var factTables = []factTable{
	{name: "settings", columns: []string{"body"}},
	{name: "rate", columns: []string{"semester", "ecb", "legal_professional", "legal_individual", "source"}},
	{name: "batch", columns: []string{"file", "sha256", "kind", "added", "on_date"}},
	{name: "batch_undo", columns: []string{"batch", "on_date"}},
	{name: "invoice", columns: []string{"number", "client", "type", "amount_cents", "currency", "issued",
		"due", "due_origin", "subject", "order_ref", "corrects", "contract_rate", "notes", "batch"}},
	{name: "payment", columns: []string{"key", "paid_on", "amount_cents", "currency", "client", "payer",
		"reference", "transaction_id", "evidence", "source", "message", "reverses", "batch"}},
	{name: "allocation", columns: []string{"payment", "invoice", "part", "amount_cents", "reverses"}},
	// The bytes are covered by their own SHA-256.
	{name: "document", columns: []string{"sha256", "media_type", "size"}, unhashed: []string{"bytes"}},
	{name: "document_link", columns: []string{"sha256", "kind", "target", "name"}},
	{name: "letter", columns: []string{"number", "year", "ordinal", "kind", "client", "on_date", "deadline",
		"total_cents", "pages", "sha256", "facts", "content"}},
	{name: "letter_invoice", columns: []string{"letter", "invoice"}},
	{name: "letter_event", columns: []string{"letter", "kind", "on_date", "number", "reason", "proof"}},
	{name: "contact", columns: []string{"invoice", "step", "channel", "on_date", "note"}},
	{name: "message", columns: []string{"sha256", "header_id", "file", "uid", "validity", "on_date", "sender",
		"subject", "class", "evidence", "decision", "amount_cents", "currency", "payer", "paid_on",
		"reference", "excerpt", "reading"}},
	{name: "message_concern", columns: []string{"message", "invoice"}},
	{name: "message_settlement", columns: []string{"message", "action", "payment", "on_date"}},
	{name: "seen", columns: []string{"sha256", "uid", "validity"}},
}

// clientColumns are the columns of a client. A client changes; each journal entry that changes one
// holds the digest of the row as it left it.
var clientColumns = []string{"name", "kind", "kind_origin", "email", "phone", "siren", "siret", "vat_number",
	"address", "salutation", "service", "engagement", "payment_days", "contract_rate", "insolvency",
	"language", "notes", "aliases", "ibans", "merged_into", "erased_on"}

var factTableByName = indexFactTables()

func indexFactTables() map[string]factTable {
	index := make(map[string]factTable, len(factTables))
	for _, table := range factTables {
		index[table.name] = table
	}
	return index
}

func (t factTable) insertSQL() string {
	names := append(append(append([]string{}, t.columns...), "entry"), t.unhashed...)
	return fmt.Sprintf(`INSERT INTO %s (%s) VALUES (?%s)`, t.name, strings.Join(names, ", "),
		strings.Repeat(", ?", len(names)-1))
}

func (t factTable) selectSQL() string {
	return fmt.Sprintf(`SELECT entry, id, %s FROM %s ORDER BY id`, strings.Join(t.columns, ", "), t.name)
}

// factDigest sums up the rows that one entry wrote into one table, in order of their ids.
type factDigest struct {
	Rows int    `json:"rows"`
	SHA  string `json:"sha256"`
	sum  hash.Hash
	row  []byte
}

func newFactDigest() *factDigest { return &factDigest{sum: sha256.New()} }

func (d *factDigest) add(id int64, values []any) {
	d.Rows++
	d.row = appendValue(d.row[:0], id)
	for _, value := range values {
		d.row = appendValue(d.row, value)
	}
	d.sum.Write(d.row)
}

func (d *factDigest) close() { d.SHA = hex.EncodeToString(d.sum.Sum(nil)) }

// appendValue encodes a value with its kind and length, so that no two rows have the same encoding.
func appendValue(row []byte, value any) []byte {
	switch typed := value.(type) {
	case nil:
		return append(row, 'n')
	case int64:
		return binary.BigEndian.AppendUint64(append(row, 'i'), uint64(typed))
	case string:
		row = binary.BigEndian.AppendUint64(append(row, 't'), uint64(len(typed)))
		return append(row, typed...)
	default:
		panic(fmt.Sprintf("storage: a fact holds a %T", value))
	}
}

// summary is the journal's account of what an entry wrote.
func (p *pendingEntry) summary() ([]byte, error) {
	all := make(map[string]any, len(p.digests)+len(p.states))
	for table, digest := range p.digests {
		digest.close()
		all[table] = digest
	}
	for state, digest := range p.states {
		all[state] = digest
	}
	return json.Marshal(all)
}

// insert writes one fact: values in the order of the table's columns, then the unhashed ones.
func (w *writer) insert(name string, values ...any) (id int64, err error) {
	if w.entry == nil {
		panic("storage: a fact outside of Record: " + name)
	}
	table := factTableByName[name]
	if len(values) != len(table.columns)+len(table.unhashed) {
		panic(fmt.Sprintf("storage: %s has %d columns, not %d", name, len(table.columns), len(values)))
	}
	hashed, rest := values[:len(table.columns)], values[len(table.columns):]
	w.arguments = append(append(append(w.arguments[:0], hashed...), w.entry.seq), rest...)
	statement, err := w.statement(name, table.insertSQL)
	if err != nil {
		return 0, err
	}
	result, err := w.run(statement, w.arguments)
	if err != nil {
		return 0, classify("write "+name, err)
	}
	if id, err = result.LastInsertId(); err != nil {
		return 0, classify("write "+name, err)
	}
	digest := w.entry.digests[name]
	if digest == nil {
		digest = newFactDigest()
		w.entry.digests[name] = digest
	}
	digest.add(id, hashed)
	return id, nil
}

// statement prepares a statement once for a transaction.
func (w *writer) statement(key string, query func() string) (*sql.Stmt, error) {
	if known := w.statements[key]; known != nil {
		return known, nil
	}
	made, err := w.tx.PrepareContext(w.ctx, query())
	if err != nil {
		return nil, classify("prepare "+key, err)
	}
	w.statements[key] = made
	return made, nil
}

// run executes a prepared statement that is quickly done. It looks at the context once before: the
// driver's goroutine that watches it meanwhile costs as much as an insertion.
func (w *writer) run(statement *sql.Stmt, arguments []any) (sql.Result, error) {
	if err := w.ctx.Err(); err != nil {
		return nil, err
	}
	return statement.ExecContext(w.steady, arguments...)
}

// stateDigest is the digest of a row that may change.
func stateDigest(id int64, values []any) string {
	digest := newFactDigest()
	digest.add(id, values)
	digest.close()
	return digest.SHA
}

// Conversions between the ledger's types and SQLite's. A zero reference is NULL.

func reference[T ~int64](id T) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}

func optionalText(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func lines(list []string) string { return strings.Join(list, "\n") }

func splitLines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
