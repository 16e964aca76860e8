package main

import (
	"path/filepath"
	"strconv"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
	"dument/cmd/internal/wire"
)

var importCommands = []command{
	{name: "import undo", arguments: "BATCH", least: 1, most: 1, run: undoImport,
		text: words{"reprend tout un import", "takes a whole import back"}},
	{name: "import list", run: listImports, text: words{"liste les fichiers importés", "lists the files imported"}},
	{name: "import", arguments: "FILE...", least: 1, most: -1, run: importFiles, flags: []flagSpec{
		{"as", single, "KIND", words{"invoices-csv", "invoices-csv"}},
		{"dry-run", toggle, "", words{"dire ce qui serait fait, sans rien écrire", "say what would be done, write nothing"}}},
		text: words{"importe des factures", "imports invoices"}},
}

// importKinds are those of the contract; this version reads the first one.
var importKinds = []string{"invoices-csv", "invoices-xlsx", "einvoice", "bank"}

type jsonRejection struct {
	Line   int    `json:"line"`
	Field  string `json:"field"`
	Reason string `json:"reason"`
}

type jsonFinding struct {
	Class string `json:"class"`
	Code  string `json:"code"`
	Text  string `json:"text"`
}

type jsonImported struct {
	Status        string         `json:"status"`
	Number        string         `json:"number"`
	TypeCode      string         `json:"type_code"`
	IssueDate     date.Date      `json:"issue_date"`
	DueDate       date.Date      `json:"due_date"`
	DueDateUsed   date.Date      `json:"due_date_used"`
	DueDateOrigin ledger.Origin  `json:"due_date_origin"`
	Currency      money.Currency `json:"currency"`
	TaxBasis      string         `json:"tax_basis"` // empty: a table of invoices does not say it
	TaxTotal      string         `json:"tax_total"`
	GrandTotal    money.Cents    `json:"grand_total"`
	Prepaid       money.Cents    `json:"prepaid"`
	Payable       money.Cents    `json:"payable"`
	SellerName    string         `json:"seller_name"`
	SellerVAT     string         `json:"seller_vat"`
	BuyerName     string         `json:"buyer_name"`
	BuyerVAT      string         `json:"buyer_vat"`
	IBAN          string         `json:"iban"`
	PaymentRef    string         `json:"payment_ref"`
	Preceding     string         `json:"preceding"`
	Findings      []jsonFinding  `json:"findings"`
}

type jsonImport struct {
	File       string          `json:"file"`
	Kind       string          `json:"kind"`
	Added      int             `json:"added"`
	Duplicates int             `json:"duplicates"`
	Rejected   []jsonRejection `json:"rejected"`
	Documents  []jsonImported  `json:"documents"`
}

// maxImportBytes is what an import reads of a file; a larger one is refused unread.
const maxImportBytes = 50 << 20

func importFiles(c *call) error {
	if kind := c.given.value("as"); kind != "" {
		if err := oneOf("as", kind, importKinds...); err != nil {
			return err
		}
		if kind != importKinds[0] {
			return notBuilt("as", kind, words{"cette version lit invoices-csv", "this version reads invoices-csv"})
		}
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	rejected, failed := 0, 0
	var first error
	for _, path := range c.given.arguments {
		result, err := c.importOne(house, path)
		if err != nil && (c.ctx.Err() != nil || statusOf(err) == exitLedger || len(c.given.arguments) == 1) {
			return err
		}
		if err != nil {
			if failed++; first == nil {
				first = err
			}
			text := filepath.Base(path) + " : " + textOf(err, c.lang)
			c.note("error: " + text)
			if c.json {
				c.emitError(err, text)
			}
			continue
		}
		rejected += len(result.Rejected)
		c.emitImport(result)
	}
	switch {
	case failed == len(c.given.arguments):
		return &outcome{statusOf(first), words{
			"aucun fichier importé : chacun a été refusé : corrigez-les et recommencez",
			"no file imported: each was refused: correct them and start again"}, nil}
	case rejected+failed > 0:
		return &outcome{exitPartial, words{
			"import incomplet : " + strconv.Itoa(rejected) + " ligne(s) et " + strconv.Itoa(failed) +
				" fichier(s) refusés : corrigez-les et importez de nouveau, rien ne sera compté deux fois",
			"import incomplete: " + strconv.Itoa(rejected) + " row(s) and " + strconv.Itoa(failed) +
				" file(s) refused: correct them and import again, nothing is counted twice"}, nil}
	}
	return nil
}

func (c *call) importOne(house *app.App, path string) (app.ImportResult, error) {
	data, err := wire.ReadFile(path, maxImportBytes)
	if err != nil {
		return app.ImportResult{}, err
	}
	return house.Import(c.ctx, c.on, filepath.Base(path), data, c.given.isSet("dry-run"))
}

func (c *call) emitImport(result app.ImportResult) {
	made := jsonImport{File: result.File, Kind: result.Kind, Added: result.Added, Duplicates: result.Duplicates,
		Rejected: []jsonRejection{}, Documents: []jsonImported{}}
	for _, rejection := range result.Rejected {
		made.Rejected = append(made.Rejected, jsonRejection{rejection.Line, rejection.Field, rejection.Texts[c.lang]})
	}
	prepaid := map[int]money.Cents{}
	for _, row := range result.Table.Rows {
		if prepaid[row.Line] = row.AlreadyPaid; row.AlreadyPaid == 0 && !row.PaidOn.IsZero() {
			prepaid[row.Line] = row.Amount
		}
	}
	for _, document := range result.Documents {
		made.Documents = append(made.Documents, c.imported(document, prepaid[document.Line]))
	}
	c.emit(made, func() {
		verb := c.say("%s : %d ajoutée(s), %d déjà connue(s), %d refusée(s)\n",
			"%s: %d added, %d known already, %d refused\n")
		if c.given.isSet("dry-run") {
			verb = c.say("%s : %d à ajouter, %d déjà connue(s), %d à refuser\n",
				"%s: %d to add, %d known already, %d to refuse\n")
		}
		c.printf(verb, oneLine(made.File), made.Added, made.Duplicates, len(made.Rejected))
		for _, rejection := range made.Rejected {
			c.printf(c.say("  ligne %d : %s\n", "  line %d: %s\n"), rejection.Line, oneLine(rejection.Reason))
		}
		for _, document := range made.Documents {
			for _, finding := range document.Findings {
				c.printf("  %s : %s\n", oneLine(document.Number), oneLine(finding.Text))
			}
		}
		if result.Batch != 0 {
			c.printf(c.say("  pour tout reprendre : dument-cli import undo %d\n",
				"  to take it all back: dument-cli import undo %d\n"), result.Batch)
		}
	})
}

// Type codes of UNTDID 1001.
var typeCodes = map[ledger.InvoiceType]string{ledger.TypeInvoice: "380", ledger.TypeDeposit: "386",
	ledger.TypeCreditNote: "381"}

func (c *call) imported(document app.ImportedDocument, prepaid money.Cents) jsonImported {
	invoice := document.Invoice
	made := jsonImported{Status: document.Status, Number: invoice.Number, TypeCode: typeCodes[invoice.Type],
		IssueDate: invoice.Issued, DueDateUsed: invoice.Due, DueDateOrigin: invoice.DueOrigin,
		Currency: invoice.Currency, GrandTotal: signed(invoice), Prepaid: prepaid,
		Payable: signed(invoice) - prepaid, BuyerName: document.Client, Findings: []jsonFinding{}}
	if invoice.DueOrigin == ledger.OriginStated {
		made.DueDate = invoice.Due
	}
	for _, finding := range document.Findings {
		made.Findings = append(made.Findings, jsonFinding{"warn", finding.Code, finding.Texts[c.lang]})
	}
	return made
}

type jsonBatch struct {
	Batch  ledger.BatchID `json:"batch"`
	File   string         `json:"file"`
	Kind   string         `json:"kind"`
	Added  int            `json:"added"`
	On     date.Date      `json:"on"`
	Undone date.Date      `json:"undone"`
	SHA256 string         `json:"sha256"`
}

func listImports(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	batches, err := house.Imports(c.ctx)
	if err != nil {
		return err
	}
	table := newGrid(">"+c.say("import", "import"), c.say("fichier", "file"), ">"+c.say("factures", "invoices"),
		c.say("le", "on"), c.say("annulé le", "undone on"))
	for _, batch := range batches {
		c.emit(jsonBatch{batch.ID, batch.File, batch.Kind, batch.Added, batch.On, batch.Undone, batch.SHA256}, func() {
			table.add(strconv.FormatInt(int64(batch.ID), 10), batch.File, strconv.Itoa(batch.Added), shown(batch.On),
				shown(batch.Undone))
		})
	}
	if !c.json {
		table.print(c, c.say("Aucun import.", "No import."))
	}
	return nil
}

// identifier reads an argument as a number of the ledger's own.
func identifier(field, text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 1 {
		return 0, usage(field, words{
			"numéro illisible : «\u00a0" + text + "\u00a0» n’est pas un numéro de liste : reprenez celui que la liste affiche",
			"number unreadable: \"" + text + "\" is no number of a list: take the one that the list shows"})
	}
	return id, nil
}

func undoImport(c *call) error {
	id, err := identifier("batch", c.given.arguments[0])
	if err != nil {
		return err
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	if err := house.UndoImport(c.ctx, c.on, ledger.BatchID(id)); err != nil {
		return err
	}
	result := struct {
		Batch  int64     `json:"batch"`
		Undone date.Date `json:"undone"`
	}{id, c.on}
	c.emit(result, func() { c.printf(c.say("Import %d repris.\n", "Import %d taken back.\n"), id) })
	return nil
}
