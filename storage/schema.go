package storage

import (
	"context"
	"database/sql"
	"fmt"
	"sort"
	"strings"
)

// A table that a foreign program's ANALYZE makes is no change of the ledger. quote tells texts from blobs
// of the same bytes.
const schemaSelect = `SELECT type || ' ' || name,
	quote(type) || quote(name) || quote(tbl_name) || quote(sql) FROM sqlite_schema
	WHERE name NOT LIKE 'sqlite\_stat%' ESCAPE '\'`

// schema compares the tables, indexes and triggers with those that the migrations make: a trigger that
// was dropped or bent no longer keeps the facts.
func (v *verifier) schema() (string, error) {
	var version int
	if err := v.tx.QueryRowContext(v.ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return "", err
	}
	if version > len(migrations) {
		return "", fmt.Errorf("version %d is unknown", version)
	}
	expected, err := schemaOf(v.ctx, migrations[:version])
	if err != nil {
		return "", err
	}
	present, err := readSchema(v.ctx, v.tx)
	if err != nil {
		return "", err
	}
	var wrong []string
	for name, text := range expected {
		if present[name] != text {
			wrong = append(wrong, name)
		}
		delete(present, name)
	}
	for name := range present {
		wrong = append(wrong, name)
	}
	if len(wrong) > 0 {
		sort.Strings(wrong)
		return "", fmt.Errorf("not as version %d made it: %s", version, strings.Join(wrong, ", "))
	}
	return fmt.Sprintf("%d objects as version %d made them", len(expected), version), nil
}

// schemaOf runs migrations in memory.
func schemaOf(ctx context.Context, scripts []string) (map[string]string, error) {
	memory, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer memory.Close()
	connection, err := memory.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	for _, script := range scripts {
		if _, err := connection.ExecContext(ctx, script); err != nil {
			return nil, err
		}
	}
	return readSchema(ctx, connection)
}

func readSchema(ctx context.Context, from interface {
	QueryContext(ctx context.Context, query string, arguments ...any) (*sql.Rows, error)
}) (map[string]string, error) {
	rows, err := from.QueryContext(ctx, schemaSelect)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	objects := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		objects[name] = text
	}
	return objects, rows.Err()
}
