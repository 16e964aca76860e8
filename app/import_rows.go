package app

import (
	"fmt"
	"slices"
	"strings"

	"dument/app/date"
	"dument/app/identity"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

type importer struct {
	w        Writer
	on       date.Date
	batch    ledger.BatchID
	settings ledger.Settings
	known    map[string]InvoiceKey
	folded   map[string]string // numbers in capitals, as they are written
	clients  map[string]ledger.Client
	checked  map[clientFacts]ledger.Client
	stated   map[string]law.Debtor // regimes that the ledger or an earlier row states, by client
	warned   map[int][]Finding     // what the reader says of a line
	findings map[string][]Finding
	settled  []ImportRow // rows that are known, and now say that more was paid
	result   *ImportResult
}

// fold indexes the known numbers without regard to capitals.
func (i *importer) fold() {
	for number := range i.known {
		i.folded[strings.ToUpper(number)] = number
	}
}

// fresh leaves out rows that the ledger knows, and rejects those that contradict it or that the
// ledger could not hold.
func (i *importer) fresh(rows []ImportRow) ([]ImportRow, error) {
	fresh := make([]ImportRow, 0, len(rows))
	for _, row := range rows {
		if row.Issued.IsZero() {
			row.Issued = issuedFrom(row, i.on)
		}
		findings := slices.Concat(i.warned[row.Line], dropWrongIdentifiers(&row))
		problem, err := i.check(row)
		if err != nil {
			return nil, err
		}
		if problem != nil {
			i.reject(row, problem)
			continue
		}
		if key, known := i.known[row.Number]; known {
			if err := i.duplicate(row, key, findings); err != nil {
				return nil, err
			}
			continue
		}
		i.folded[strings.ToUpper(row.Number)] = row.Number
		i.findings[row.Number] = findings
		fresh = append(fresh, row)
	}
	return fresh, nil
}

// duplicate counts a row that the ledger has. What it says beyond that is taken (a payment) or shown
// (another client, another due date), never passed over in silence.
func (i *importer) duplicate(row ImportRow, key InvoiceKey, findings []Finding) error {
	i.result.Duplicates++
	client, err := i.w.Client(key.Client)
	if err != nil {
		return err
	}
	if !strings.EqualFold(client.Name, row.ClientName) && !slices.Contains(client.Aliases, row.ClientName) {
		findings = append(findings, finding("client_differs", client.Name))
	}
	if !row.Due.IsZero() && row.Due != key.Due {
		findings = append(findings, finding("due_differs", key.Due.Short()))
	}
	if more := paidIn(row) - key.Paid; more > 0 {
		row.AlreadyPaid, row.ClientName = more, client.Name
		i.settled = append(i.settled, row)
		findings = append(findings, finding("payment_taken", row.Number))
	}
	if len(findings) > 0 {
		i.result.Documents = append(i.result.Documents, ImportedDocument{Line: row.Line, Client: client.Name,
			Kind: client.Kind, Status: "warn", Findings: findings, Invoice: ledger.Invoice{ID: key.ID,
				Number: row.Number, Client: key.Client, Type: key.Type, Amount: key.Amount, Currency: row.Currency,
				Issued: key.Issued, Due: key.Due, DueOrigin: ledger.OriginStated}})
	}
	return nil
}

// paidIn is what a row says was paid: a payment date without an amount means all of it.
func paidIn(row ImportRow) money.Cents {
	if row.Amount < 0 {
		return 0
	}
	if row.AlreadyPaid == 0 && !row.PaidOn.IsZero() {
		return row.Amount
	}
	return row.AlreadyPaid
}

// warningsByLine are the reader's warnings. A file may have one in each of its lines.
func warningsByLine(warnings []ImportRejection) map[int][]Finding {
	byLine := map[int][]Finding{}
	for _, warning := range warnings {
		byLine[warning.Line] = append(byLine[warning.Line], Finding{Code: warning.Code, Texts: warning.Texts})
	}
	return byLine
}

// findingTexts words the findings of the use case itself: what: why: what to do.
var findingTexts = map[string]map[string]string{
	"type_assumed": {
		"fr": "type de client supposé : rien ne dit que %s est un professionnel, il est traité en particulier : précisez-le",
		"en": "client type assumed: nothing says that %s is a business, it is treated as a consumer: state it",
	},
	"payment_taken": {
		"fr": "facture %s déjà connue, et payée depuis d’après le fichier : le règlement est enregistré",
		"en": "invoice %s known before, and paid since according to the file: the payment is recorded",
	},
	"client_differs": {
		"fr": "facture déjà connue, au nom de %s : le client du fichier n’est pas repris",
		"en": "invoice known before, in the name of %s: the client of the file is not taken",
	},
	"due_differs": {
		"fr": "facture déjà connue, échue le %s : l’échéance du fichier n’est pas reprise",
		"en": "invoice known before, due on %s: the due date of the file is not taken",
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
		texts[language] = fill(typeset(format, language), []string{about})
	}
	return Finding{Code: code, Texts: texts}
}

// dropWrongIdentifiers leaves out a SIREN or SIRET whose check digit is wrong: the invoice is real all
// the same, and a number that proves nothing must not decide the client's regime.
func dropWrongIdentifiers(row *ImportRow) (findings []Finding) {
	if row.Siren != "" {
		if _, err := identity.ParseSIREN(row.Siren); err != nil {
			findings = append(findings, finding("siren_check", row.Siren))
			row.Siren = ""
		}
	}
	if row.Siret != "" {
		if _, err := identity.ParseSIRET(row.Siret); err != nil {
			findings = append(findings, finding("siret_check", row.Siret))
			row.Siret = ""
		}
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
func (i *importer) check(row ImportRow) (*Error, error) {
	client, problem := i.checkClient(row)
	if problem != nil {
		return problem, nil
	}
	invoice := i.invoice(row, client)
	if err := invoice.Validate(); err != nil {
		return AsError(fieldProblem(err)), nil
	}
	if row.PaidOn.After(i.on) {
		return &Error{Code: CodeInvalid, Field: "paid_on", Detail: "paid_in_future",
			Params: []string{row.PaidOn.String(), i.on.String()}}, nil
	}
	key, known := i.known[row.Number]
	if known && (key.Amount != row.Amount.Abs() || key.Issued != row.Issued ||
		(key.Type == ledger.TypeCreditNote) != (row.Amount < 0)) {
		return &Error{Code: CodeInvalid, Field: "number", Detail: "number_known_differs",
			Params: []string{row.Number}}, nil
	}
	if other := i.folded[strings.ToUpper(row.Number)]; !known && other != "" && other != row.Number {
		return &Error{Code: CodeInvalid, Field: "number", Detail: "number_case",
			Params: []string{row.Number, other}}, nil
	}
	return i.checkKind(row)
}

// clientFacts are what a row says of its client.
type clientFacts struct {
	name, siren, siret string
	kind               law.Debtor
}

// checkClient rehearses the rules on a row's client, once for all the rows that say the same of it.
func (i *importer) checkClient(row ImportRow) (ledger.Client, *Error) {
	facts := clientFacts{row.ClientName, row.Siren, row.Siret, row.ClientKind}
	if client, checked := i.checked[facts]; checked {
		return client, nil
	}
	client := ledger.Client{Name: row.ClientName, Siren: row.Siren, Siret: row.Siret, Kind: row.ClientKind}
	if err := completeClient(&client); err != nil {
		return client, AsError(err)
	}
	client.ID = 1 // only its rules count here
	i.checked[facts] = client
	return client, nil
}

// checkKind refuses a row whose regime contradicts the one that the ledger, or an earlier row, states:
// a wrong regime is a wrong sum.
func (i *importer) checkKind(row ImportRow) (*Error, error) {
	if row.ClientKind == "" {
		return nil, nil
	}
	name := strings.ToLower(row.ClientName)
	stated, asked := i.stated[name]
	if !asked {
		client, found, err := i.w.ClientByName(row.ClientName)
		if err != nil {
			return nil, err
		}
		if found && client.KindOrigin == ledger.OriginStated {
			stated = client.Kind
		}
	}
	if stated == "" {
		stated = row.ClientKind
	}
	i.stated[name] = stated
	if stated != row.ClientKind {
		return &Error{Code: CodeInvalid, Field: "type", Detail: "type_contradicts",
			Params: []string{row.ClientName, string(stated), string(row.ClientKind)}}, nil
	}
	return nil, nil
}

// importFields are the names of the ledger's fields in the files.
var importFields = map[string]string{"due": "due_date", "issued": "issue_date", "name": "client",
	"type": "client_type"}

func (i *importer) reject(row ImportRow, problem *Error) {
	field := problem.Field
	if name, known := importFields[field]; known {
		field = name
	}
	i.result.Rejected = append(i.result.Rejected, ImportRejection{Line: row.Line, Field: field,
		Code: problem.Detail, Texts: map[string]string{"fr": Text(problem, "fr"), "en": Text(problem, "en")}})
}

// enterAll writes the rows that are new, and the payments that known rows tell of.
func (i *importer) enterAll(rows []ImportRow) error {
	for _, row := range rows {
		if err := i.enter(row); err != nil {
			return fmt.Errorf("line %d: %w", row.Line, err)
		}
	}
	for _, row := range i.settled {
		key := i.known[row.Number]
		client, err := i.w.Client(key.Client)
		if err != nil {
			return err
		}
		invoice := ledger.Invoice{ID: key.ID, Number: row.Number, Amount: key.Amount - key.Paid,
			Currency: row.Currency, Due: key.Due}
		if invoice.Currency == "" {
			invoice.Currency = money.EUR
		}
		if err := i.pay(row, invoice, client, row.AlreadyPaid); err != nil {
			return fmt.Errorf("line %d: %w", row.Line, err)
		}
	}
	return nil
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
	if paid := paidIn(row); paid > 0 {
		return i.pay(row, invoice, client, paid)
	}
	return nil
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
