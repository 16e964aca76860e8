package main

import (
	"path/filepath"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
	"dument/cmd/internal/wire"
)

var invoiceCommands = []command{
	{name: "invoice list", run: listInvoices, flags: []flagSpec{
		{"client", single, "CLIENT", words{"d’un client", "of one client"}},
		{"open", toggle, "", words{"non soldées seulement", "open ones only"}},
		{"overdue", toggle, "", words{"échues seulement", "overdue ones only"}}},
		text: words{"liste les factures et les avoirs", "lists invoices and credit notes"}},
	{name: "invoice show", arguments: "NUMBER", least: 1, most: 1, run: showInvoice,
		text: words{"tout sur une facture", "everything about an invoice"}},
	{name: "invoice add", run: addInvoice, flags: []flagSpec{
		{"client", single, "CLIENT", words{"le client (nom ou numéro)", "the client (name or number)"}},
		{"amount", single, "A", words{"montant TTC", "amount with tax"}},
		{"number", single, "N", words{"numéro ; sinon le suivant", "number; else the next one"}},
		{"issued", single, "DATE", words{"date de facture ; sinon aujourd’hui", "issue date; else today"}},
		{"due", single, "DATE", words{"échéance ; sinon le délai des réglages", "due date; else the usual term"}},
		{"currency", single, "CODE", words{"devise ; EUR par défaut", "currency; EUR by default"}},
		{"subject", single, "TEXT", words{"objet", "subject"}},
		{"order", single, "TEXT", words{"commande", "order"}},
		{"type", single, "TYPE", words{"invoice ou deposit", "invoice or deposit"}}},
		text: words{"ajoute une facture", "adds an invoice"}},
	{name: "invoice credit", arguments: "NUMBER", least: 1, most: 1, run: creditInvoice, flags: []flagSpec{
		{"amount", single, "A", words{"montant ; sinon tout ce qui reste", "amount; else all that is left"}},
		{"number", single, "N", words{"numéro de l’avoir", "number of the credit note"}},
		{"issued", single, "DATE", words{"date de l’avoir", "date of the credit note"}},
		{"subject", single, "TEXT", words{"motif", "reason"}}},
		text: words{"fait un avoir sur une facture", "makes a credit note for an invoice"}},
	{name: "invoice cancel", arguments: "NUMBER", least: 1, most: 1, run: cancelInvoice, flags: []flagSpec{
		{"reason", single, "TEXT", words{"motif", "reason"}}},
		text: words{"annule une facture par un avoir", "cancels an invoice by a credit note"}},
	{name: "invoice attach", arguments: "NUMBER FILE", least: 2, most: 2, run: attachDocument,
		text: words{"garde un document d’une facture", "keeps a document of an invoice"}},
}

type jsonInvoice struct {
	Number    string             `json:"number"`
	Client    string             `json:"client"`
	Type      ledger.InvoiceType `json:"type"`
	Amount    money.Cents        `json:"amount"`
	Currency  money.Currency     `json:"currency"`
	Issued    date.Date          `json:"issued"`
	Due       date.Date          `json:"due"`
	DueOrigin ledger.Origin      `json:"due_origin"`
	Subject   string             `json:"subject"`
	Order     string             `json:"order"`
}

type jsonInvoiceRow struct {
	jsonInvoice
	Credited  money.Cents `json:"credited"`
	Paid      money.Cents `json:"paid"`
	Open      money.Cents `json:"open"`
	LastPaid  date.Date   `json:"last_paid"`
	Announced date.Date   `json:"announced"`
	Noticed   date.Date   `json:"noticed"`
	Deadline  date.Date   `json:"deadline"`
}

func invoiceResult(invoice ledger.Invoice, client string) jsonInvoice {
	return jsonInvoice{invoice.Number, client, invoice.Type, invoice.Amount, invoice.Currency, invoice.Issued,
		invoice.Due, invoice.DueOrigin, invoice.Subject, invoice.OrderRef}
}

func invoiceRow(row app.InvoiceRow) jsonInvoiceRow {
	made := jsonInvoiceRow{jsonInvoice: invoiceResult(row.Invoice, row.ClientName), Credited: row.Balance.Credited,
		Paid: row.Balance.Principal + row.Balance.Extras, Open: row.Balance.Open(), LastPaid: row.LastPaid,
		Announced: row.Announced, Noticed: row.Noticed, Deadline: row.Deadline}
	if row.Invoice.Type == ledger.TypeCreditNote {
		made.Open = 0
	}
	return made
}

func listInvoices(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	filter := app.InvoiceFilter{On: c.on, OpenOnly: c.given.isSet("open") || c.given.isSet("overdue")}
	if c.given.isSet("overdue") {
		filter.OverdueOn = c.on
	}
	if c.given.isSet("client") {
		client, err := house.Client(c.ctx, c.given.value("client"))
		if err != nil {
			return err
		}
		filter.Client = client.ID
	}
	rows, err := house.Invoices(c.ctx, filter)
	if err != nil {
		return err
	}
	table := newGrid(c.say("numéro", "number"), "client", ">"+c.say("montant", "amount"), c.say("émise", "issued"),
		c.say("échéance", "due"), ">"+c.say("reste dû", "open"), c.say("état", "state"))
	for _, row := range rows {
		made := invoiceRow(row)
		c.emit(made, func() {
			table.add(made.Number, made.Client, c.euros(signed(row.Invoice), made.Currency), shown(made.Issued),
				shown(made.Due), made.Open.Figure(c.lang), c.stateOf(made))
		})
	}
	if !c.json {
		table.print(c, c.say("Aucune facture.", "No invoice."))
	}
	return nil
}

// signed is the amount as it weighs on the client: a credit note is negative.
func signed(invoice ledger.Invoice) money.Cents {
	if invoice.Type == ledger.TypeCreditNote {
		return -invoice.Amount
	}
	return invoice.Amount
}

func (c *call) stateOf(row jsonInvoiceRow) string {
	switch {
	case row.Type == ledger.TypeCreditNote:
		return c.say("avoir", "credit note")
	case row.Open == 0 && row.Credited == row.Amount:
		return c.say("annulée", "cancelled")
	case row.Open == 0:
		return c.say("soldée", "settled")
	case !row.Announced.IsZero():
		return c.say("paiement annoncé", "payment announced")
	case row.Due.Before(c.on):
		return c.say("échue", "overdue")
	}
	return c.say("à échoir", "not due")
}

type jsonFact struct {
	On     date.Date `json:"on"`
	Code   string    `json:"code"`
	Params []string  `json:"params"`
}

type jsonDocument struct {
	SHA256    string `json:"sha256"`
	MediaType string `json:"media_type"`
	Name      string `json:"name"`
	Size      int64  `json:"size"`
}

func showInvoice(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	detail, err := house.Invoice(c.ctx, c.on, c.given.arguments[0])
	if err != nil {
		return err
	}
	result := struct {
		jsonInvoice
		Claim     *jsonClaim     `json:"claim"`
		Timeline  []jsonFact     `json:"timeline"`
		Documents []jsonDocument `json:"documents"`
	}{invoiceResult(detail.Account.Invoice, detail.Account.Client.Name), nil, []jsonFact{}, []jsonDocument{}}
	if detail.ClaimErr == nil {
		claim := claimResult(app.InvoiceClaim{Account: detail.Account, Claim: detail.Claim})
		result.Claim = &claim
	} else {
		c.note(textOf(detail.ClaimErr, c.lang))
	}
	for _, fact := range detail.Timeline {
		result.Timeline = append(result.Timeline, jsonFact{fact.On, fact.Code, some(fact.Params)})
	}
	for _, document := range detail.Documents {
		result.Documents = append(result.Documents, jsonDocument{document.SHA256, document.MediaType, document.Name,
			document.Size})
	}
	c.emit(result, func() {
		c.printf("%s  %s  %s  %s → %s\n", result.Number, result.Client, c.euros(result.Amount, result.Currency),
			shown(result.Issued), shown(result.Due))
		for _, fact := range detail.Timeline {
			c.printf("  %s  %s\n", shown(fact.On), oneLine(c.fact(fact)))
		}
		for _, document := range result.Documents {
			c.printf("  %s  %s (%d)\n", c.say("document", "document"), oneLine(document.Name), document.Size)
		}
		if result.Claim != nil {
			c.printClaim(*result.Claim)
		}
	})
	return nil
}

func addInvoice(c *call) (err error) {
	currency := money.Currency(strings.ToUpper(c.given.value("currency")))
	draft := app.InvoiceDraft{Number: c.given.value("number"), Currency: currency,
		Subject: c.given.value("subject"), OrderRef: c.given.value("order"),
		Type: ledger.InvoiceType(c.given.value("type"))}
	if draft.Client, err = c.need("client"); err != nil {
		return err
	}
	if _, err = c.need("amount"); err != nil {
		return err
	}
	if draft.Amount, err = c.amount("amount"); err != nil {
		return err
	}
	if draft.Type != "" {
		if err := oneOf("type", string(draft.Type), "invoice", "deposit"); err != nil {
			return err
		}
	}
	if draft.Issued, err = c.day("issued"); err != nil {
		return err
	}
	if draft.Due, err = c.day("due"); err != nil {
		return err
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	invoice, err := house.AddInvoice(c.ctx, c.on, draft)
	if err != nil {
		return err
	}
	return c.emitInvoice(house, invoice)
}

// emitInvoice prints an invoice or a credit note that was just entered.
func (c *call) emitInvoice(house *app.App, invoice ledger.Invoice) error {
	rows, err := house.Invoices(c.ctx, app.InvoiceFilter{Numbers: []string{invoice.Number}})
	if err != nil {
		return err
	}
	for _, row := range rows {
		made := invoiceRow(row)
		c.emit(made, func() {
			c.printf("%s  %s  %s  %s → %s\n", made.Number, made.Client, c.euros(signed(row.Invoice), made.Currency),
				shown(made.Issued), shown(made.Due))
		})
	}
	return nil
}

func creditInvoice(c *call) (err error) {
	draft := app.CreditDraft{Invoice: c.given.arguments[0], Number: c.given.value("number"),
		Subject: c.given.value("subject")}
	if draft.Amount, err = c.amount("amount"); err != nil {
		return err
	}
	if draft.Amount < 0 || c.given.isSet("amount") && draft.Amount == 0 {
		return usage("amount", words{
			"montant refusé : celui d’un avoir s’écrit positif : corrigez --amount",
			"amount refused: the one of a credit note is written positive: correct --amount"})
	}
	if draft.Issued, err = c.day("issued"); err != nil {
		return err
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	note, err := house.AddCreditNote(c.ctx, c.on, draft)
	if err != nil {
		return err
	}
	return c.emitInvoice(house, note)
}

func cancelInvoice(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	note, err := house.CancelInvoice(c.ctx, c.on, c.given.arguments[0], c.given.value("reason"))
	if err != nil {
		return err
	}
	return c.emitInvoice(house, note)
}

// maxDocumentBytes is what the ledger takes of a document, and one byte more so that it says no itself.
const maxDocumentBytes = 25<<20 + 1

func attachDocument(c *call) error {
	file := c.given.arguments[1]
	data, err := wire.ReadFile(file, maxDocumentBytes)
	if err != nil {
		return err
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	info, err := house.AttachDocument(c.ctx, c.on, c.given.arguments[0], filepath.Base(file), data)
	if err != nil {
		return err
	}
	c.emit(jsonDocument{info.SHA256, info.MediaType, info.Name, info.Size}, func() {
		c.printf(c.say("Document gardé : %s (%d octets, SHA-256 %s)\n", "Document kept: %s (%d bytes, SHA-256 %s)\n"),
			oneLine(info.Name), info.Size, info.SHA256)
	})
	return nil
}
