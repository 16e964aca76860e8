package wire

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"dument/app"
	"dument/app/exchange"
	"dument/app/ledger"
)

// tables implements app.TableReader over package exchange.
type tables struct{}

// Invoices implements app.TableReader.
func (tables) Invoices(name string, data []byte) (app.ImportTable, error) {
	head := data[:min(len(data), exchange.DetectLength)]
	kind, err := exchange.Detect(name, head)
	if err != nil {
		return app.ImportTable{}, tableProblem(name, err)
	}
	read, err := exchange.ReadInvoices(bytes.NewReader(data))
	if err != nil {
		return app.ImportTable{}, tableProblem(name, err)
	}
	table := app.ImportTable{Kind: string(kind), Encoding: read.Encoding, Separator: read.Separator,
		Duplicates: len(read.Duplicates)}
	for _, column := range read.Columns {
		table.Columns = append(table.Columns, app.ImportColumn{Heading: column.Heading, Meaning: column.Role.String()})
	}
	table.Rows = make([]app.ImportRow, 0, len(read.Invoices))
	for _, invoice := range read.Invoices {
		table.Rows = append(table.Rows, importRow(&invoice))
	}
	for _, rejection := range read.Rejected {
		table.Rejected = append(table.Rejected, app.ImportRejection{Line: rejection.Line, Field: rejection.Field,
			Code: rejection.Code, Texts: map[string]string{"fr": rejection.Text("fr"), "en": rejection.Text("en")}})
	}
	for _, warning := range read.Warnings {
		table.Warnings = append(table.Warnings, app.ImportRejection{Line: warning.Line, Field: warning.Field,
			Code: warning.Code, Texts: map[string]string{"fr": warning.Text("fr"), "en": warning.Text("en")}})
	}
	return table, nil
}

// importRow copies a row out of the file's memory.
func importRow(invoice *exchange.Invoice) app.ImportRow {
	return app.ImportRow{Line: invoice.Line, Number: strings.Clone(invoice.Number),
		ClientName: strings.Clone(invoice.ClientName), ClientEmail: strings.Clone(invoice.ClientEmail),
		Siren: strings.Clone(invoice.Siren), Siret: strings.Clone(invoice.Siret), ClientKind: invoice.DebtorKind,
		Amount: invoice.Amount, Currency: invoice.Currency, Issued: invoice.Issued,
		Due: invoice.Due, Subject: strings.Clone(invoice.Subject),
		AlreadyPaid: invoice.AlreadyPaid, PaidOn: invoice.PaidOn, Notes: exchange.NotesText(invoice.Notes)}
}

func tableProblem(name string, err error) error {
	var file *exchange.FileError
	if errors.As(err, &file) {
		return &app.Error{Code: app.CodeFormat, Detail: file.Code, Params: append([]string{name}, file.Params...),
			Err: file}
	}
	return &app.Error{Code: app.CodeFile, Params: []string{name}, Err: err}
}

// The cells of a CSV file, for the reports of the programs.
type (
	// Cell is a value of a row.
	Cell = exchange.Cell
)

// Cells of a CSV file: words, money, days, whole numbers.
var (
	Text   = exchange.Text
	Amount = exchange.Amount
	Day    = exchange.Day
	Count  = exchange.Count
)

// WriteCSV writes a table as the language's spreadsheets open it.
func WriteCSV(w io.Writer, language string, headings []string, rows [][]Cell) error {
	style := exchange.Plain
	if language == "fr" {
		style = exchange.French
	}
	file := exchange.NewCSVWriter(w, style)
	file.Header(headings...)
	for _, row := range rows {
		file.Row(row...)
	}
	return file.Flush()
}

// ReadSettings reads a whole settings file; MergeSettings replaces the sections that the file has.
func ReadSettings(data []byte) (ledger.Settings, error) { return exchange.SettingsTOML{}.Read(data) }

// MergeSettings replaces the sections of settings that the file has and keeps the others.
func MergeSettings(settings ledger.Settings, data []byte) (ledger.Settings, error) {
	return exchange.SettingsTOML{}.Merge(settings, data)
}

// WriteSettings writes settings as a settings file.
func WriteSettings(settings ledger.Settings) ([]byte, error) {
	return exchange.SettingsTOML{}.Write(settings)
}
