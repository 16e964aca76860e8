package exchange

import (
	"strconv"
	"strings"

	"dument/app/law"
)

// What is longer than these is not what its heading says. The ledger takes numbers of as many bytes.
const maxNumberBytes, maxNameBytes = 64, 300

// rowReader turns rows into invoices and findings.
type rowReader struct {
	*layout
	decoder
	habits
	table *Table
	// first holds the index in table.Invoices of each number.
	first map[string]int
	// conflicts holds, for a number that stands for different invoices, the line of the second.
	conflicts map[string]int
	header    []string
	noteRoles []Role
	notes     []Note // the free part of a block, so that a row costs no allocation
	words     map[string]statusWord
	warnings  []Finding // of the row at hand
}

func newRowReader(found *layout, dec decoder, learned habits) *rowReader {
	mark := ""
	if b := learned.marks[RoleAmount]; b != 0 {
		mark = string(rune(b))
	}
	order := learned.order
	if order == undecided {
		order = ""
	}
	table := &Table{Encoding: dec.encoding, Separator: string(rune(found.separator)), DecimalMark: mark,
		DateOrder: order, HeaderLine: found.headerLine, Columns: found.columns,
		Invoices: make([]Invoice, 0, learned.rows)}
	r := &rowReader{layout: found, decoder: dec, habits: learned, table: table,
		first: make(map[string]int, learned.rows), conflicts: map[string]int{},
		words: map[string]statusWord{}}
	for _, column := range found.columns {
		r.header = append(r.header, fold(column.Heading))
		switch {
		case column.Role.isNote():
			r.noteRoles = append(r.noteRoles, column.Role)
		case column.Role == RoleNone && column.Heading != "":
			table.Unknown = append(table.Unknown, column.Heading)
		}
	}
	if learned.assumed {
		table.Warnings = append(table.Warnings, Finding{Line: found.headerLine, Code: "day_first_assumed"})
	}
	return r
}

// read puts one row where it belongs.
func (r *rowReader) read(row *splitter) {
	table := r.table
	table.Rows++
	code := r.check(row.raw)
	if code == "" {
		code = r.fit(row)
	}
	if code != "" {
		table.Rejected = append(table.Rejected, Finding{Line: row.line, Code: code,
			Value:  clip(strings.ToValidUTF8(row.raw, "?")),
			Params: []string{strconv.Itoa(len(r.columns)), strconv.Itoa(row.count), r.encoding}})
		return
	}
	if ignored := r.ignored(row); ignored != "" {
		table.Ignored = append(table.Ignored, Finding{Line: row.line, Code: ignored, Value: clip(row.raw)})
		return
	}
	r.warnings = r.warnings[:0]
	invoice, rejection := r.invoice(row)
	if rejection != nil {
		rejection.Line = row.line
		table.Rejected = append(table.Rejected, *rejection)
		return
	}
	if at, again := r.first[invoice.Number]; again {
		r.repeated(invoice, &table.Invoices[at])
		return
	}
	r.first[invoice.Number] = len(table.Invoices)
	table.Invoices = append(table.Invoices, invoice)
	table.Warnings = append(table.Warnings, r.warnings...)
}

// repeated files a row whose number was seen: the same invoice again, or a contradiction.
func (r *rowReader) repeated(invoice Invoice, earlier *Invoice) {
	if sameInvoice(invoice, *earlier) {
		r.table.Duplicates = append(r.table.Duplicates, Finding{Line: invoice.Line,
			Field: RoleNumber.String(), Code: "row_twice", Value: clip(invoice.Number),
			Params: []string{strconv.Itoa(earlier.Line)}})
		return
	}
	if _, known := r.conflicts[invoice.Number]; !known {
		r.conflicts[invoice.Number] = invoice.Line
	}
	r.table.Rejected = append(r.table.Rejected, numberTwice(invoice.Line, invoice.Number, earlier.Line))
}

func numberTwice(line int, number string, otherLine int) Finding {
	return Finding{Line: line, Field: RoleNumber.String(), Code: "number_twice", Value: clip(number),
		Params: []string{strconv.Itoa(otherLine)}}
}

// sameInvoice compares all that will be booked; notes are recomputed and do not count.
func sameInvoice(a, b Invoice) bool {
	return a.ClientName == b.ClientName && a.ClientEmail == b.ClientEmail && a.Siren == b.Siren &&
		a.Siret == b.Siret && a.DebtorKind == b.DebtorKind && a.Amount == b.Amount &&
		a.Currency == b.Currency && a.Issued == b.Issued && a.Due == b.Due &&
		a.Subject == b.Subject && a.AlreadyPaid == b.AlreadyPaid && a.PaidOn == b.PaidOn
}

var totalWords = map[string]bool{"total": true, "totaux": true, "totalgeneral": true, "grandtotal": true,
	"soustotal": true, "subtotal": true, "totalttc": true, "totalht": true, "somme": true, "sum": true}

// ignored recognises a total line (no number, no dates, and the word) and a repeated header.
func (r *rowReader) ignored(row *splitter) string {
	number := r.cell(row, r.decoder, RoleNumber)
	if number != "" && !totalWords[fold(number)] {
		if len(number) == len(r.columns[r.place[RoleNumber]].Heading) && r.isHeader(row) {
			return "header_again"
		}
		return ""
	}
	for _, role := range dayRoles {
		if r.cell(row, r.decoder, role) != "" {
			return ""
		}
	}
	for _, cell := range row.cells {
		if totalWords[fold(r.text(cell))] {
			return "total_line"
		}
	}
	return ""
}

func (r *rowReader) isHeader(row *splitter) bool {
	for i, cell := range row.cells {
		if i < len(r.header) && fold(r.text(cell)) != r.header[i] {
			return false
		}
	}
	return true
}

func reject(role Role, code, value string, params ...string) *Rejection {
	return &Rejection{Field: role.String(), Code: code, Value: clip(value), Params: params}
}

func (r *rowReader) warn(line int, role Role, code, value string, params ...string) {
	r.warnings = append(r.warnings, Finding{Line: line, Field: role.String(), Code: code,
		Value: clip(value), Params: params})
}

// invoice reads the cells of a row that fits the header.
func (r *rowReader) invoice(row *splitter) (invoice Invoice, no *Rejection) {
	invoice.Line = row.line
	status := r.statusOf(r.cell(row, r.decoder, RoleStatus))
	if status == statusVoid {
		return invoice, reject(RoleStatus, "draft_or_cancelled", r.cell(row, r.decoder, RoleStatus))
	}
	if invoice.Number, no = r.required(row, RoleNumber, "number_missing", maxNumberBytes); no != nil {
		return invoice, no
	}
	if invoice.ClientName, no = r.required(row, RoleClient, "client_missing", maxNameBytes); no != nil {
		return invoice, no
	}
	if no = r.readAmount(row, &invoice); no != nil {
		return invoice, no
	}
	if no = r.readDays(row, &invoice); no != nil {
		return invoice, no
	}
	if no = r.readPaid(row, &invoice); no != nil {
		return invoice, no
	}
	if invoice.DebtorKind, no = readDebtor(r.cell(row, r.decoder, RoleDebtor)); no != nil {
		return invoice, no
	}
	r.readIdentity(row, &invoice)
	invoice.Subject = clip(unguard(r.cell(row, r.decoder, RoleSubject)))
	if status == statusPaid && invoice.AlreadyPaid == 0 {
		r.warn(row.line, RoleStatus, "status_says_paid", r.cell(row, r.decoder, RoleStatus))
	}
	invoice.Notes = r.readNotes(row)
	return invoice, nil
}

// required reads a text that an invoice must have, of at most so many bytes.
func (r *rowReader) required(row *splitter, role Role, missing string, most int) (string, *Rejection) {
	text := unguard(r.cell(row, r.decoder, role))
	if text == "" {
		return "", reject(role, missing, "")
	}
	if !isSimple(text) {
		text = oneLine(text)
	}
	switch {
	case len(text) > most:
		return "", reject(role, "text_too_long", text, strconv.Itoa(most))
	case !isSimple(text) && strings.ContainsFunc(text, isUnprintable):
		return "", reject(role, "unprintable", text)
	}
	return text, nil
}

func (r *rowReader) readDays(row *splitter, invoice *Invoice) (no *Rejection) {
	for _, role := range dayRoles {
		cell := r.cell(row, r.decoder, role)
		if cell == "" {
			continue
		}
		day, code := readDay(strings.TrimPrefix(cell, "'"), r.order)
		if code != "" {
			return reject(role, code, cell)
		}
		switch role {
		case RoleIssued:
			invoice.Issued = day
		case RoleDue:
			invoice.Due = day
		default:
			invoice.PaidOn = day
		}
	}
	if invoice.Issued.IsZero() {
		return reject(RoleIssued, "issue_date_missing", "")
	}
	if !invoice.Due.IsZero() && invoice.Due.Before(invoice.Issued) {
		r.warn(row.line, RoleDue, "due_before_issue", r.cell(row, r.decoder, RoleDue))
	}
	if !invoice.PaidOn.IsZero() && invoice.PaidOn.Before(invoice.Issued) {
		r.warn(row.line, RolePaidOn, "paid_before_issue", r.cell(row, r.decoder, RolePaidOn))
	}
	return nil
}

func readDebtor(cell string) (law.Debtor, *Rejection) {
	if cell == "" {
		return "", nil
	}
	switch fold(cell) {
	case "b2b", "professionnel", "professionnels", "pro", "entreprise", "business":
		return law.Business, nil
	case "b2c", "particulier", "particuliers", "consommateur", "consumer":
		return law.Consumer, nil
	case "public", "b2g", "secteurpublic", "organismepublic":
		return law.Public, nil
	}
	return "", reject(RoleDebtor, "client_type_unknown", cell)
}

func (r *rowReader) readNotes(row *splitter) []Note {
	if len(r.noteRoles) == 0 {
		return nil
	}
	if len(r.notes) < len(r.noteRoles) {
		r.notes = make([]Note, max(1024, len(r.noteRoles)))
	}
	n := 0
	for _, role := range r.noteRoles {
		value := unguard(r.cell(row, r.decoder, role))
		if value == "" {
			continue
		}
		if !isSimple(value) {
			value = printable(value)
		}
		r.notes[n] = Note{Role: role, Heading: r.columns[r.place[role]].Heading, Value: value}
		n++
	}
	notes := r.notes[:n:n]
	r.notes = r.notes[n:]
	if n == 0 {
		return nil
	}
	return notes
}
