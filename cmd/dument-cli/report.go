package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
	"dument/cmd/internal/wire"
)

var outFlag = flagSpec{"out", single, "FILE.csv", words{"(-o) écrire le tableau en CSV", "(-o) write the table as CSV"}}

var periodFlags = []flagSpec{
	{"from", single, "DATE", words{"premier jour", "first day"}},
	{"to", single, "DATE", words{"dernier jour", "last day"}}, outFlag}

var reportCommands = []command{
	{name: "report aging", run: reportAging, flags: []flagSpec{outFlag},
		text: words{"balance âgée à la date", "ageing report on the date"}},
	{name: "report clients", run: reportClients, flags: []flagSpec{outFlag},
		text: words{"encours par client", "outstanding by client"}},
	{name: "report journal", run: reportJournal, flags: periodFlags, text: words{"journal", "journal"}},
	{name: "report receipts", run: reportReceipts, flags: periodFlags,
		text: words{"livre des recettes", "book of receipts"}},
	{name: "report kpi", run: reportLater, flags: periodFlags,
		text: words{"indicateurs (version suivante)", "indicators (a later version)"}},
	{name: "report forecast", run: reportLater, flags: periodFlags,
		text: words{"prévision (version suivante)", "forecast (a later version)"}},
}

func reportLater(c *call) error {
	return notBuilt("report", strings.TrimPrefix(c.command.name, "report "), words{
		"cette version fait aging, clients, journal et receipts",
		"this version makes aging, clients, journal and receipts"})
}

// checkOut refuses the formats that this version does not write, before anything is computed.
func (c *call) checkOut() error {
	out := c.given.value("out")
	if out == "" || strings.EqualFold(filepath.Ext(out), ".csv") {
		return nil
	}
	return notBuilt("out", filepath.Ext(out), words{"cette version écrit .csv", "this version writes .csv"})
}

// writeOut writes the table of a report to the file of -o.
func (c *call) writeOut(headings []string, rows [][]wire.Cell) error {
	out := c.given.value("out")
	if out == "" {
		return nil
	}
	var text bytes.Buffer
	if err := wire.WriteCSV(&text, c.lang, headings, rows); err != nil {
		return err
	}
	return wire.WriteFile(out, text.Bytes())
}

type jsonAging struct {
	Client   string         `json:"client,omitempty"`
	Currency money.Currency `json:"currency"`
	Invoices int            `json:"invoices"`
	NotDue   money.Cents    `json:"not_due"`
	To30     money.Cents    `json:"1-30"`
	To60     money.Cents    `json:"31-60"`
	To90     money.Cents    `json:"61-90"`
	Over90   money.Cents    `json:"91+"`
	Total    money.Cents    `json:"total"`
}

func agingRow(row app.AgingRow) jsonAging {
	return jsonAging{row.Name, row.Currency, row.Invoices, row.Cents[0], row.Cents[1], row.Cents[2], row.Cents[3],
		row.Cents[4], row.Total()}
}

func reportAging(c *call) error {
	if err := c.checkOut(); err != nil {
		return err
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	report, err := house.Aging(c.ctx, c.on)
	if err != nil {
		return err
	}
	result := struct {
		Report string      `json:"report"`
		On     date.Date   `json:"on"`
		Rows   []jsonAging `json:"rows"`
		Totals []jsonAging `json:"totals"`
		File   string      `json:"file"`
	}{"aging", report.On, []jsonAging{}, []jsonAging{}, c.given.value("out")}
	headings := []string{"client", c.say("devise", "currency"), c.say("factures", "invoices"),
		c.say("non échu", "not due"), "1-30", "31-60", "61-90", "91+", "total"}
	var cells [][]wire.Cell
	table := newGrid(headings[0], headings[1], ">"+headings[2], ">"+headings[3], ">1-30", ">31-60", ">61-90", ">91+",
		">total")
	for n, row := range append(append([]app.AgingRow{}, report.Rows...), report.Totals...) {
		made := agingRow(row)
		if n < len(report.Rows) {
			result.Rows = append(result.Rows, made)
		} else {
			result.Totals = append(result.Totals, made)
			made.Client = c.say("Total", "Total")
		}
		line := []wire.Cell{wire.Text(made.Client), wire.Text(string(made.Currency)), wire.Count(made.Invoices)}
		shownRow := []string{made.Client, string(made.Currency), strconv.Itoa(made.Invoices)}
		for _, cents := range []money.Cents{made.NotDue, made.To30, made.To60, made.To90, made.Over90, made.Total} {
			line, shownRow = append(line, wire.Amount(cents)), append(shownRow, cents.Figure(c.lang))
		}
		cells = append(cells, line)
		table.add(shownRow...)
	}
	if err := c.writeOut(headings, cells); err != nil {
		return err
	}
	c.emit(result, func() { table.print(c, c.say("Rien n’est dû à cette date.", "Nothing is owed on that date.")) })
	return nil
}

func reportClients(c *call) error {
	if err := c.checkOut(); err != nil {
		return err
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	rows, err := house.Clients(c.ctx, c.on)
	if err != nil {
		return err
	}
	result := struct {
		Report string          `json:"report"`
		On     date.Date       `json:"on"`
		Rows   []jsonClientRow `json:"rows"`
		File   string          `json:"file"`
	}{"clients", c.on, []jsonClientRow{}, c.given.value("out")}
	headings := []string{"client", "type", c.say("factures", "invoices"), c.say("encours", "open"),
		c.say("échu", "overdue"), c.say("crédit", "credit")}
	var cells [][]wire.Cell
	table := newGrid(headings[0], headings[1], ">"+headings[2], ">"+headings[3], ">"+headings[4], ">"+headings[5])
	for _, row := range rows {
		result.Rows = append(result.Rows, jsonClientRow{clientResult(row.Client), row.Invoices, row.Open, row.Overdue,
			row.Credit})
		cells = append(cells, []wire.Cell{wire.Text(row.Client.Name), wire.Text(string(row.Client.Kind)),
			wire.Count(row.Invoices), wire.Amount(row.Open), wire.Amount(row.Overdue), wire.Amount(row.Credit)})
		table.add(row.Client.Name, c.debtor(row.Client.Kind), strconv.Itoa(row.Invoices), row.Open.Figure(c.lang),
			row.Overdue.Figure(c.lang), row.Credit.Figure(c.lang))
	}
	if err := c.writeOut(headings, cells); err != nil {
		return err
	}
	c.emit(result, func() { table.print(c, c.say("Aucun client.", "No client.")) })
	return nil
}

// period reads --from and --to.
func (c *call) period() (from, to date.Date, err error) {
	if from, err = c.day("from"); err != nil {
		return from, to, err
	}
	if to, err = c.day("to"); err != nil {
		return from, to, err
	}
	if !to.IsZero() && from.After(to) {
		return from, to, usage("to", words{
			"période à l’envers : --to précède --from : échangez-les",
			"period the wrong way round: --to is before --from: exchange them"})
	}
	return from, to, c.checkOut()
}

type jsonEntry struct {
	Seq  int64            `json:"seq"`
	At   string           `json:"at"`
	On   date.Date        `json:"on"`
	Kind ledger.EntryKind `json:"kind"`
	Body json.RawMessage  `json:"body"`
	Prev string           `json:"prev"`
	Hash string           `json:"hash"`
}

func reportJournal(c *call) error {
	from, to, err := c.period()
	if err != nil {
		return err
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	entries, err := house.Journal(c.ctx, 1, 0)
	if err != nil {
		return err
	}
	result := struct {
		Report  string      `json:"report"`
		From    date.Date   `json:"from"`
		To      date.Date   `json:"to"`
		Entries []jsonEntry `json:"entries"`
		File    string      `json:"file"`
	}{"journal", from, to, []jsonEntry{}, c.given.value("out")}
	headings := []string{c.say("n°", "no"), c.say("instant", "instant"), c.say("date", "date"), c.say("acte", "act"),
		c.say("contenu", "content"), "hash"}
	var cells [][]wire.Cell
	table := newGrid(">"+headings[0], headings[1], headings[2], headings[3], headings[4])
	for _, entry := range entries {
		if entry.On.Before(from) || !to.IsZero() && entry.On.After(to) {
			continue
		}
		at := entry.At.UTC().Format(time.RFC3339)
		result.Entries = append(result.Entries, jsonEntry{entry.Seq, at, entry.On, entry.Kind, entry.Body, entry.Prev,
			entry.Hash})
		cells = append(cells, []wire.Cell{wire.Count(int(entry.Seq)), wire.Text(at), wire.Day(entry.On),
			wire.Text(string(entry.Kind)), wire.Text(string(entry.Body)), wire.Text(entry.Hash)})
		table.add(strconv.FormatInt(entry.Seq, 10), at, shown(entry.On), string(entry.Kind), string(entry.Body))
	}
	if err := c.writeOut(headings, cells); err != nil {
		return err
	}
	c.emit(result, func() { table.print(c, c.say("Rien dans cette période.", "Nothing in that period.")) })
	return nil
}

type jsonReceipt struct {
	Payment   ledger.PaymentID `json:"payment"`
	Date      date.Date        `json:"date"`
	Amount    money.Cents      `json:"amount"`
	Currency  money.Currency   `json:"currency"`
	Client    string           `json:"client"`
	Payer     string           `json:"payer"`
	Reference string           `json:"reference"`
	Evidence  ledger.Evidence  `json:"evidence"`
	Source    ledger.Source    `json:"source"`
	Invoices  []jsonPart       `json:"invoices"`
}

func receiptResult(receipt app.Receipt) jsonReceipt {
	payment := receipt.Payment
	made := jsonReceipt{payment.ID, payment.Date, payment.Amount, payment.Currency, receipt.Client, payment.Payer,
		payment.Reference, payment.Evidence, payment.Source, []jsonPart{}}
	for _, part := range receipt.Invoices {
		made.Invoices = append(made.Invoices, jsonPart{part.Invoice, part.Amount, part.Part})
	}
	return made
}

func reportReceipts(c *call) error {
	from, to, err := c.period()
	if err != nil {
		return err
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	receipts, err := house.Receipts(c.ctx, from, to)
	if err != nil {
		return err
	}
	result := struct {
		Report string        `json:"report"`
		From   date.Date     `json:"from"`
		To     date.Date     `json:"to"`
		Rows   []jsonReceipt `json:"rows"`
		File   string        `json:"file"`
	}{"receipts", from, to, []jsonReceipt{}, c.given.value("out")}
	headings := []string{c.say("date", "date"), "client", c.say("factures", "invoices"), c.say("montant", "amount"),
		c.say("devise", "currency"), c.say("payeur", "payer"), c.say("référence", "reference"),
		c.say("preuve", "evidence")}
	var cells [][]wire.Cell
	table := newGrid(headings[0], headings[1], headings[2], ">"+headings[3], headings[4], headings[5])
	for _, receipt := range receipts {
		made, numbers := receiptResult(receipt), receipt.InvoiceNumbers()
		result.Rows = append(result.Rows, made)
		cells = append(cells, []wire.Cell{wire.Day(made.Date), wire.Text(made.Client), wire.Text(numbers),
			wire.Amount(made.Amount), wire.Text(string(made.Currency)), wire.Text(made.Payer), wire.Text(made.Reference),
			wire.Text(string(made.Evidence))})
		table.add(shown(made.Date), made.Client, numbers, made.Amount.Figure(c.lang), string(made.Currency), made.Payer)
	}
	if err := c.writeOut(headings, cells); err != nil {
		return err
	}
	c.emit(result, func() { table.print(c, c.say("Rien reçu dans cette période.", "Nothing received in that period.")) })
	return nil
}
