package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"

	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

// ImportTable is a file of invoices as a TableReader understood it.
type ImportTable struct {
	Kind       string
	Encoding   string
	Separator  string
	Columns    []ImportColumn
	Rows       []ImportRow
	Rejected   []ImportRejection
	Warnings   []ImportRejection // about rows that were taken, and about the whole file
	Duplicates int               // rows of the file that repeat another of its rows
}

// ImportColumn is a column of the file: its heading and the meaning it was given, empty when none.
type ImportColumn struct {
	Heading string
	Meaning string
}

// ImportRow is one readable row. Amount is negative for a credit note.
type ImportRow struct {
	Line        int
	Number      string
	ClientName  string
	ClientEmail string
	Siren       string
	Siret       string
	ClientKind  law.Debtor // empty when not stated
	Amount      money.Cents
	Currency    money.Currency
	Issued      date.Date // zero when not stated
	Due         date.Date // zero when not stated
	Subject     string
	AlreadyPaid money.Cents
	PaidOn      date.Date
	Notes       string
}

// ImportRejection says why a row was not taken, or what is to be known of one that was. Texts are the
// wording by language.
type ImportRejection struct {
	Line  int
	Field string
	Code  string
	Texts map[string]string
}

// ImportResult is what became of a file.
type ImportResult struct {
	File       string
	Kind       string
	Batch      ledger.BatchID // 0 when nothing was added
	Added      int
	Duplicates int
	Rejected   []ImportRejection
	Table      ImportTable
	Documents  []ImportedDocument
}

// ImportedDocument is an invoice as it was, or would be, entered.
type ImportedDocument struct {
	Line     int
	Invoice  ledger.Invoice
	Client   string
	Kind     law.Debtor
	Status   string // ok or warn
	Findings []Finding
}

// Finding is something about a row that was taken which the user should know.
type Finding struct {
	Code  string
	Texts map[string]string // the wording by language
}

// Import reads a file of invoices and enters what is new in one transaction: rows that are already in
// the ledger are counted as duplicates, rows that contradict it are rejected with their line. With
// dryRun nothing is written and the result says what would be.
func (a *App) Import(ctx context.Context, on date.Date, file string, data []byte, dryRun bool) (ImportResult, error) {
	table, err := a.Tables.Invoices(file, data)
	if err != nil {
		return ImportResult{File: file}, wrap("import", err)
	}
	result := ImportResult{File: file, Kind: table.Kind, Table: table, Duplicates: table.Duplicates,
		Rejected: table.Rejected}
	sum := sha256.Sum256(data)
	batch := Batch{File: file, SHA256: hex.EncodeToString(sum[:]), Kind: table.Kind, On: on}
	err = a.update(ctx, "import", func(w Writer) error {
		return a.enterTable(w, on, batch, table, &result, dryRun)
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return result, err
}

// errDryRun rolls a rehearsed import back.
var errDryRun = errors.New("dry run")

func (a *App) enterTable(
	w Writer, on date.Date, batch Batch, table ImportTable, result *ImportResult, dryRun bool,
) error {
	importer := &importer{w: w, on: on, result: result, clients: map[string]ledger.Client{},
		findings: map[string][]Finding{}, folded: map[string]string{}, stated: map[string]law.Debtor{},
		checked: map[clientFacts]ledger.Client{}, warned: warningsByLine(table.Warnings)}
	var err error
	if importer.settings, err = w.Settings(); err != nil {
		return err
	}
	if importer.known, err = w.InvoiceNumbers(); err != nil {
		return err
	}
	importer.fold()
	rows, err := importer.fresh(table.Rows)
	if err != nil {
		return err
	}
	slices.SortStableFunc(result.Rejected, func(x, y ImportRejection) int { return cmp.Compare(x.Line, y.Line) })
	if len(rows) == 0 && len(importer.settled) == 0 {
		return errDryRun
	}
	err = w.Record(ledger.EntryImport, on, func(int64) (any, error) {
		batch.Added = len(rows)
		if err := w.AddBatch(&batch); err != nil {
			return nil, err
		}
		importer.batch = batch.ID
		body := map[string]any{"batch": batch.ID, "sha256": batch.SHA256, "added": batch.Added,
			"settled": len(importer.settled)}
		return body, importer.enterAll(rows)
	})
	if err != nil {
		return err
	}
	result.Added = len(rows)
	if dryRun {
		return errDryRun
	}
	result.Batch = batch.ID
	return nil
}
