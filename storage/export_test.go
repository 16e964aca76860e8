package storage

import (
	"database/sql"
	"fmt"
	"strings"

	"dument/app/date"
)

// FactTableNames lists the tables of facts, as verification walks them.
func FactTableNames() []string {
	names := make([]string, len(factTables))
	for i, table := range factTables {
		names[i] = table.name
	}
	return names
}

// Raw is the writing connection, for tests that do what the program never does.
func (s *Store) Raw() *sql.DB { return s.writer }

// AddMigrations adds scripts to the schema's history, until restore is called.
func AddMigrations(more ...string) (restore func()) {
	before := migrations
	migrations = append(append([]string{}, before...), more...)
	return func() { migrations = before }
}

// Columns lists the columns that a table's digests cover.
func Columns(table string) []string { return factTableByName[table].columns }

// EntryHash is the hash of a journal entry.
var EntryHash = entryHash

// AgingSQL is the query that the ageing report of a day after every fact runs, with its dates written out.
func AgingSQL(on date.Date) string {
	query := agingToday
	for i, days := range []int{0, -30, -60, -90} {
		query = strings.ReplaceAll(query, fmt.Sprintf("?%d", i+1), "'"+on.AddDays(days).String()+"'")
	}
	return query
}
