package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"dument/app/date"
	"dument/app/identity"
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
		findings: map[string][]Finding{}}
	var err error
	if importer.settings, err = w.Settings(); err != nil {
		return err
	}
	if importer.known, err = w.InvoiceNumbers(); err != nil {
		return err
	}
	rows := importer.fresh(table.Rows)
	if len(rows) == 0 {
		return errDryRun
	}
	err = w.Record(ledger.EntryImport, on, func(int64) (any, error) {
		batch.Added = len(rows)
		if err := w.AddBatch(&batch); err != nil {
			return nil, err
		}
		importer.batch = batch.ID
		for _, row := range rows {
			if err := importer.enter(row); err != nil {
				return nil, fmt.Errorf("line %d: %w", row.Line, err)
			}
		}
		return map[string]any{"batch": batch.ID, "sha256": batch.SHA256, "added": batch.Added}, nil
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

type importer struct {
	w        Writer
	on       date.Date
	batch    ledger.BatchID
	settings ledger.Settings
	known    map[string]InvoiceKey
	clients  map[string]ledger.Client
	findings map[string][]Finding
	result   *ImportResult
}

// fresh leaves out rows that the ledger knows, and rejects those that contradict it or that the
// ledger could not hold.
func (i *importer) fresh(rows []ImportRow) []ImportRow {
	fresh := make([]ImportRow, 0, len(rows))
	for _, row := range rows {
		if row.Issued.IsZero() {
			row.Issued = issuedFrom(row, i.on)
		}
		findings := append(i.warned(row.Line), dropWrongIdentifiers(&row)...)
		key, known := i.known[row.Number]
		switch {
		case known && key.Amount == row.Amount.Abs() && key.Issued == row.Issued &&
			(key.Type == ledger.TypeCreditNote) == (row.Amount < 0):
			i.result.Duplicates++
			continue
		case known:
			i.reject(row, "number", "number_known_differs")
			continue
		}
		if problem := i.check(row); problem != nil {
			i.reject(row, problem.Field, problem.Detail, problem.Params...)
			continue
		}
		fresh = append(fresh, row)
		i.findings[row.Number] = findings
	}
	return fresh
}

// warned are the reader's warnings about a line.
func (i *importer) warned(line int) (findings []Finding) {
	for _, warning := range i.result.Table.Warnings {
		if warning.Line == line {
			findings = append(findings, Finding{Code: warning.Code, Texts: warning.Texts})
		}
	}
	return findings
}

// findingTexts words the findings of the use case itself: what: why: what to do.
var findingTexts = map[string]map[string]string{
	"type_assumed": {
		"fr": "type de client supposé : rien ne dit que %s est un professionnel, il est traité en particulier : précisez-le",
		"en": "client type assumed: nothing says that %s is a business, it is treated as a consumer: state it",
	},
	"siren_check": {
		"fr": "SIREN laissé de côté : « %s » ne passe pas son contrôle : corrigez la fiche du client",
		"en": "SIREN left out: \"%s\" does not pass its check: correct the client",
	},
	"siret_check": {
		"fr": "SIRET laissé de côté : « %s » ne passe pas son contrôle : corrigez la fiche du client",
		"en": "SIRET left out: \"%s\" does not pass its check: correct the client",
	},
}

func finding(code, about string) Finding {
	texts := map[string]string{}
	for language, format := range findingTexts[code] {
		texts[language] = fill(format, []string{about})
	}
	return Finding{Code: code, Texts: texts}
}

// dropWrongIdentifiers leaves out a SIREN or SIRET whose check digit is wrong: the invoice is real all
// the same, and a number that proves nothing must not decide the client's regime.
func dropWrongIdentifiers(row *ImportRow) (findings []Finding) {
	if _, err := identity.ParseSIREN(row.Siren); row.Siren != "" && err != nil {
		findings = append(findings, finding("siren_check", row.Siren))
		row.Siren = ""
	}
	if _, err := identity.ParseSIRET(row.Siret); row.Siret != "" && err != nil {
		findings = append(findings, finding("siret_check", row.Siret))
		row.Siret = ""
	}
	return findings
}

// issuedFrom stands in for an issue date that the file does not state: the due date, else today.
func issuedFrom(row ImportRow, on date.Date) date.Date {
	if !row.Due.IsZero() {
		return row.Due
	}
	return on
}

// check rehearses the rules of the ledger on a row.
func (i *importer) check(row ImportRow) *Error {
	client := ledger.Client{Name: row.ClientName, Siren: row.Siren, Siret: row.Siret, Kind: row.ClientKind}
	if err := completeClient(&client); err != nil {
		return AsError(err)
	}
	client.ID = 1
	invoice := i.invoice(row, client)
	if err := invoice.Validate(); err != nil {
		return AsError(fieldProblem(err))
	}
	return nil
}

func (i *importer) reject(row ImportRow, field, code string, params ...string) {
	problem := &Error{Code: CodeInvalid, Field: field, Detail: code, Params: append([]string{row.Number}, params...)}
	if code != "number_known_differs" {
		problem.Params = params
	}
	i.result.Rejected = append(i.result.Rejected, ImportRejection{Line: row.Line, Field: field, Code: code,
		Texts: map[string]string{"fr": Text(problem, "fr"), "en": Text(problem, "en")}})
}

func (i *importer) invoice(row ImportRow, client ledger.Client) ledger.Invoice {
	invoice := ledger.Invoice{Number: row.Number, Client: client.ID, Type: ledger.TypeInvoice, Batch: i.batch,
		Amount: row.Amount.Abs(), Currency: row.Currency, Issued: row.Issued, Due: row.Due,
		DueOrigin: ledger.OriginStated, Subject: row.Subject, Notes: row.Notes}
	if row.Amount < 0 {
		invoice.Type = ledger.TypeCreditNote
	}
	if invoice.Currency == "" {
		invoice.Currency = money.EUR
	}
	if invoice.Due.IsZero() {
		invoice.Due, invoice.DueOrigin = ledger.DueDate(row.Issued, client, i.settings.Terms)
	}
	if client.Kind == law.Business {
		invoice.ContractRate = contractRate(client, i.settings)
	}
	return invoice
}

// contractRate is the penalty rate that an invoice to this client bears.
func contractRate(client ledger.Client, settings ledger.Settings) *law.Rate {
	if client.ContractRate != nil {
		return client.ContractRate
	}
	return settings.ContractRate()
}

// enter writes one row: client, invoice, and the payment that the file says was received.
func (i *importer) enter(row ImportRow) error {
	client, err := clientForImport(i.w, i.clients, row)
	if err != nil {
		return err
	}
	invoice := i.invoice(row, client)
	if err := i.w.AddInvoice(&invoice); err != nil {
		return fieldProblem(err)
	}
	document := ImportedDocument{Line: row.Line, Invoice: invoice, Client: client.Name, Kind: client.Kind,
		Status: "ok", Findings: i.findings[row.Number]}
	if client.KindOrigin == ledger.OriginAssumed {
		document.Findings = append(document.Findings, finding("type_assumed", client.Name))
	}
	if len(document.Findings) > 0 {
		document.Status = "warn"
	}
	i.result.Documents = append(i.result.Documents, document)
	paid := row.AlreadyPaid
	if paid == 0 && !row.PaidOn.IsZero() {
		paid = row.Amount
	}
	if paid <= 0 || row.Amount < 0 {
		return nil
	}
	return i.pay(row, invoice, client, paid)
}

// pay enters what the file says was paid. A payment without a date is dated like the invoice's due
// date when that is past, so that no interest arises from a day that nobody stated.
func (i *importer) pay(row ImportRow, invoice ledger.Invoice, client ledger.Client, paid money.Cents) error {
	day := row.PaidOn
	if day.IsZero() {
		day = invoice.Due
		if day.After(i.on) {
			day = i.on
		}
	}
	payment := ledger.Payment{Date: day, Amount: paid, Currency: invoice.Currency, Client: client.ID,
		Payer: client.Name, Reference: invoice.Number, Evidence: ledger.EvidenceConfirmed,
		Source: ledger.SourceImport, Batch: i.batch}
	if err := i.w.AddPayment(&payment); err != nil {
		return fieldProblem(err)
	}
	return i.w.AddAllocation(&ledger.Allocation{Payment: payment.ID, Invoice: invoice.ID,
		Part: ledger.PartPrincipal, Amount: min(paid, invoice.Amount)})
}

// Imports lists the files that were imported, the newest first.
func (a *App) Imports(ctx context.Context) (batches []Batch, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		batches, err = r.Batches()
		return err
	})
	return batches, wrap("list imports", err)
}

// UndoImport takes a whole file back: its invoices are withdrawn, its payments reversed. It is refused
// while a later payment, letter or credit note depends on one of the invoices.
func (a *App) UndoImport(ctx context.Context, on date.Date, id ledger.BatchID) error {
	return a.update(ctx, "undo import", func(w Writer) error {
		batch, err := w.Batch(id)
		if err != nil {
			return err
		}
		if !batch.Undone.IsZero() {
			return &Error{Code: CodeConflict, Detail: "import_undone_already", Params: []string{batch.File}}
		}
		uses, err := w.BatchUses(id)
		if err != nil {
			return err
		}
		if len(uses) > 0 {
			return &Error{Code: CodeRefused, Detail: "import_in_use", Params: uses}
		}
		payments, err := w.Payments(PaymentFilter{Batch: id})
		if err != nil {
			return err
		}
		return w.Record(ledger.EntryImportUndone, on, func(int64) (any, error) {
			for _, payment := range payments {
				if err := reversePayment(w, payment); err != nil {
					return nil, err
				}
			}
			return map[string]any{"batch": id}, w.UndoBatch(id, on)
		})
	})
}
