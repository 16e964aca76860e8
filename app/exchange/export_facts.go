package exchange

import (
	"bytes"
	"encoding/json"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

// jsonFile writes a value as indented JSON.
func (e *exporter) jsonFile(name string, value any) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(value); err != nil {
		return err
	}
	return e.write(name, text.Bytes())
}

// csvFile writes a table for programs: comma, decimal point, ISO dates.
func (e *exporter) csvFile(name string, headings []string, rows [][]Cell) error {
	var text bytes.Buffer
	file := NewCSVWriter(&text, Plain)
	file.Header(headings...)
	for _, row := range rows {
		file.Row(row...)
	}
	if err := file.Flush(); err != nil {
		return err
	}
	return e.write(name, text.Bytes())
}

func (e *exporter) settings() error {
	text, err := SettingsTOML{}.Write(e.data.Settings)
	if err != nil {
		return err
	}
	if err := e.write("settings.toml", text); err != nil {
		return err
	}
	return e.jsonFile("settings.json", e.data.Settings)
}

// exportedClient is a client in clients.json.
type exportedClient struct {
	ID          ledger.ClientID `json:"id"`
	Name        string          `json:"name"`
	Type        law.Debtor      `json:"type"`
	TypeOrigin  ledger.Origin   `json:"type_origin"`
	Email       string          `json:"email"`
	Phone       string          `json:"phone"`
	Siren       string          `json:"siren"`
	Siret       string          `json:"siret"`
	VATNumber   string          `json:"vat_number"`
	Address     []string        `json:"address"`
	Salutation  string          `json:"salutation"`
	Service     string          `json:"service"`
	Engagement  string          `json:"engagement"`
	PaymentDays int             `json:"payment_days"`
	PenaltyRate string          `json:"penalty_rate"`
	Insolvency  date.Date       `json:"insolvency"`
	Notes       string          `json:"notes"`
	Aliases     []string        `json:"aliases"`
	IBANs       []string        `json:"ibans"`
	ErasedOn    date.Date       `json:"erased_on"`
	Open        money.Cents     `json:"open"`
	Overdue     money.Cents     `json:"overdue"`
	Credit      money.Cents     `json:"credit"`
}

func (e *exporter) clients() error {
	list := make([]exportedClient, 0, len(e.data.Clients))
	rows := make([][]Cell, 0, len(e.data.Clients))
	for _, row := range e.data.Clients {
		c := row.Client
		list = append(list, exportedClient{c.ID, c.Name, c.Kind, c.KindOrigin, c.Email, c.Phone, c.Siren, c.Siret,
			c.VATNumber, some(c.Address), c.Salutation, c.Service, c.Engagement, c.PaymentDays, rateText(c.ContractRate),
			c.Insolvency, c.Notes, some(c.Aliases), some(c.IBANs), c.ErasedOn, row.Open, row.Overdue, row.Credit})
		rows = append(rows, []Cell{Count(int(c.ID)), Text(c.Name), Text(string(c.Kind)), Text(string(c.KindOrigin)),
			Text(c.Email), Text(c.Phone), Text(c.Siren), Text(c.Siret), Text(c.VATNumber),
			Text(strings.Join(c.Address, " / ")), Count(c.PaymentDays), Text(rateText(c.ContractRate)), Day(c.Insolvency),
			Amount(row.Open), Amount(row.Overdue), Amount(row.Credit), Text(c.Notes)})
	}
	err := e.csvFile("clients.csv", []string{"id", "name", "type", "type_origin", "email", "phone", "siren", "siret",
		"vat_number", "address", "payment_days", "penalty_rate", "insolvency", "open", "overdue", "credit", "notes"}, rows)
	if err != nil {
		return err
	}
	return e.jsonFile("clients.json", list)
}

// some is a list that JSON shows as an array, also when it is empty.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func rateText(rate *law.Rate) string {
	if rate == nil {
		return ""
	}
	return rate.String()
}

// exportedInvoice is an invoice in invoices.json.
type exportedInvoice struct {
	Number      string             `json:"number"`
	Client      string             `json:"client"`
	ClientID    ledger.ClientID    `json:"client_id"`
	Type        ledger.InvoiceType `json:"type"`
	Amount      money.Cents        `json:"amount"`
	Currency    money.Currency     `json:"currency"`
	Issued      date.Date          `json:"issued"`
	Due         date.Date          `json:"due"`
	DueOrigin   ledger.Origin      `json:"due_origin"`
	Subject     string             `json:"subject"`
	OrderRef    string             `json:"order"`
	Corrects    string             `json:"corrects"`
	PenaltyRate string             `json:"penalty_rate"`
	Credited    money.Cents        `json:"credited"`
	Principal   money.Cents        `json:"principal_paid"`
	Extras      money.Cents        `json:"interest_and_indemnity_paid"`
	Open        money.Cents        `json:"open"`
	Notes       string             `json:"notes"`
}

func (e *exporter) invoices() error {
	numbers := map[ledger.InvoiceID]string{}
	for _, row := range e.data.Invoices {
		numbers[row.Invoice.ID] = row.Invoice.Number
	}
	list := make([]exportedInvoice, 0, len(e.data.Invoices))
	again := make([]Invoice, 0, len(e.data.Invoices))
	clients := map[ledger.ClientID]ledger.Client{}
	for _, row := range e.data.Clients {
		clients[row.Client.ID] = row.Client
	}
	for _, row := range e.data.Invoices {
		i, b := row.Invoice, row.Balance
		item := exportedInvoice{i.Number, row.ClientName, i.Client, i.Type, i.Amount, i.Currency, i.Issued, i.Due,
			i.DueOrigin, i.Subject, i.OrderRef, numbers[i.Corrects], rateText(i.ContractRate), b.Credited, b.Principal,
			b.Extras, b.Open(), i.Notes}
		if i.Type == ledger.TypeCreditNote {
			item.Open = 0
		}
		list = append(list, item)
		again = append(again, importable(row, clients[i.Client]))
	}
	var text bytes.Buffer
	if err := WriteInvoices(&text, Plain, again); err != nil {
		return err
	}
	if err := e.write("invoices.csv", text.Bytes()); err != nil {
		return err
	}
	return e.jsonFile("invoices.json", list)
}

// importable is an invoice in the form that our own import reads back. A regime that was only assumed is
// left out, so that it stays an assumption.
func importable(row app.InvoiceRow, client ledger.Client) Invoice {
	i := row.Invoice
	made := Invoice{Number: i.Number, ClientName: row.ClientName, ClientEmail: client.Email, Siren: client.Siren,
		Siret: client.Siret, DebtorKind: client.Kind, Amount: i.Amount, Currency: i.Currency, Issued: i.Issued,
		Due: i.Due, Subject: i.Subject, AlreadyPaid: row.Balance.Principal, PaidOn: row.LastPaid, Notes: parseNotes(i.Notes)}
	if client.KindOrigin == ledger.OriginAssumed {
		made.DebtorKind = ""
	}
	if i.Type == ledger.TypeCreditNote {
		made.Amount, made.AlreadyPaid, made.PaidOn = -i.Amount, 0, date.Date{}
	}
	if made.AlreadyPaid == 0 {
		made.PaidOn = date.Date{}
	}
	return made
}

// NotesText keeps the notes of an imported invoice as one text, a line for each.
func NotesText(notes []Note) string {
	var text strings.Builder
	for i, note := range notes {
		if i > 0 {
			text.WriteByte('\n')
		}
		text.WriteString(oneLine(note.Heading) + ": " + oneLine(note.Value))
	}
	return text.String()
}

// parseNotes reads NotesText back; lines of the user's own are left out.
func parseNotes(text string) []Note {
	if text == "" {
		return nil
	}
	var notes []Note
	for line := range strings.SplitSeq(text, "\n") {
		heading, value, found := strings.Cut(line, ": ")
		if !found || value == "" {
			continue
		}
		if known, ok := claimOf(heading); ok && known.role.isNote() {
			notes = append(notes, Note{Role: known.role, Heading: strings.Clone(heading), Value: value})
		}
	}
	return notes
}
