package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"dument/app/date"
	"dument/app/identity"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/letter"
	"dument/app/money"
)

// LetterDraft asks for a letter about invoices of one client.
type LetterDraft struct {
	Numbers  []string
	Kind     ledger.LetterKind // empty for the formal notice
	Deadline date.Date         // zero for DefaultDeadline
}

// PreparedLetter is a letter that could be made now.
type PreparedLetter struct {
	Content  letter.Letter
	Warnings []law.Warning
	Client   ledger.Client
}

// deadlineDays leaves about fifteen clear days, the prudent delay, after a usual first presentation.
const deadlineDays = 18

// DefaultDeadline is the day by which a notice made on a day asks for payment; it falls on a weekday.
func DefaultDeadline(on date.Date) date.Date {
	deadline := on.AddDays(deadlineDays)
	for deadline.Weekday() == time.Saturday || deadline.Weekday() == time.Sunday {
		deadline = deadline.AddDays(1)
	}
	return deadline
}

// PrepareLetter composes a letter without recording anything: the preview is the letter to come, with
// the number that it would have.
func (a *App) PrepareLetter(ctx context.Context, on date.Date, draft LetterDraft) (prepared PreparedLetter, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		plan, err := a.planLetter(r, on, draft)
		if err != nil {
			return err
		}
		prepared.Warnings, prepared.Client = plan.warnings, plan.client
		prepared.Content, err = a.composeLetter(plan)
		return err
	})
	return prepared, wrap("prepare letter", err)
}

// MadeLetter is a letter of the ledger with its bytes. Repeated is true when the very same letter had
// been made before: the same facts on the same day give the same letter.
type MadeLetter struct {
	Letter   ledger.Letter
	PDF      []byte
	Warnings []law.Warning
	Repeated bool
}

// MakeLetter makes a letter: its number, its bytes, their hash and the frozen copy of what it says
// are on disk together, or not at all.
func (a *App) MakeLetter(ctx context.Context, on date.Date, draft LetterDraft) (made MadeLetter, err error) {
	err = a.update(ctx, "make letter", func(w Writer) error {
		made = MadeLetter{}
		plan, err := a.planLetter(w, on, draft)
		if err != nil {
			return err
		}
		made.Warnings = plan.warnings
		known, found, err := w.LetterByFacts(plan.facts)
		if err != nil {
			return err
		}
		if found {
			doc, err := w.Document(known.SHA256)
			made.Letter, made.PDF, made.Repeated = known, doc.Bytes, true
			return err
		}
		content, err := a.composeLetter(plan)
		if err != nil {
			return err
		}
		pdf, pages, err := a.Printer.PDF(content)
		if err != nil {
			return fieldProblem(err)
		}
		frozen, err := json.Marshal(content)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(pdf)
		made.PDF = pdf
		made.Letter = ledger.Letter{Number: content.Number, Kind: plan.kind, Client: plan.client.ID, On: on,
			Deadline: content.Deadline, Total: content.Total, Pages: pages, SHA256: hex.EncodeToString(sum[:]),
			Facts: plan.facts, Content: frozen, Invoices: plan.ids}
		return recordLetter(w, on, &made)
	})
	return made, err
}

func recordLetter(w Writer, on date.Date, made *MadeLetter) error {
	return w.Record(ledger.EntryLetter, on, func(int64) (any, error) {
		if err := w.AddLetter(&made.Letter); err != nil {
			return nil, err
		}
		doc := Document{DocumentInfo: DocumentInfo{SHA256: made.Letter.SHA256, MediaType: "application/pdf",
			Name: made.Letter.Number + ".pdf"}, Bytes: made.PDF}
		if err := w.AddDocument(doc, Attachment{Kind: "letter", ID: int64(made.Letter.ID)}); err != nil {
			return nil, err
		}
		return map[string]any{"letter": made.Letter.Number, "sha256": made.Letter.SHA256,
			"total": made.Letter.Total}, nil
	})
}

// letterPlan is a letter before it is written: everything that it will say, and the digest of it.
type letterPlan struct {
	kind     ledger.LetterKind
	client   ledger.Client
	ids      []ledger.InvoiceID
	request  letter.Request
	facts    string
	warnings []law.Warning
}

// planLetter gathers the facts of a letter and refuses what must not be sent.
func (a *App) planLetter(r Reader, on date.Date, draft LetterDraft) (plan letterPlan, err error) {
	plan.kind = draft.Kind
	if plan.kind == "" {
		plan.kind = ledger.LetterFormalNotice
	}
	if plan.kind != ledger.LetterFormalNotice {
		return plan, invalid("kind", "unknown_kind", string(plan.kind))
	}
	if len(draft.Numbers) == 0 {
		return plan, invalid("invoice", "empty")
	}
	accounts, err := namedAccounts(r, draft.Numbers)
	if err != nil {
		return plan, err
	}
	if err := mayWrite(r, accounts); err != nil {
		return plan, err
	}
	rates, settings, err := a.lawAndSettings(r)
	if err != nil {
		return plan, err
	}
	plan.client = accounts[0].Client
	imputation := law.Imputation(settings.Terms.Imputation)
	list, err := claims(rates, accounts, imputation, on, true)
	if err != nil {
		return plan, err
	}
	plan.request = letter.Request{Kind: letter.Kind(plan.kind), On: on, Deadline: draft.Deadline,
		Registered: true, Creditor: letterCreditor(settings.Creditor, on), Debtor: letterDebtor(plan.client),
		Language: "fr", Imputation: imputation}
	if plan.request.Deadline.IsZero() {
		plan.request.Deadline = DefaultDeadline(on)
	}
	for _, item := range list {
		plan.add(item)
	}
	plan.enclose()
	if plan.client.Kind == law.Consumer {
		if err := plan.consumerInterest(rates, accounts, on); err != nil {
			return plan, err
		}
	}
	return plan, plan.number(r, on)
}

// mayWrite refuses letters to a debtor in collective proceedings (C. com. L622-7), and letters about
// an invoice for which a payment waits to be matched.
func mayWrite(r Reader, accounts []ledger.Account) error {
	waiting, err := invoicesWaiting(r)
	if err != nil {
		return err
	}
	for _, account := range accounts {
		if !account.Client.Insolvency.IsZero() {
			return refused("insolvency", account.Client.Name, account.Client.Insolvency.String())
		}
		if waiting[account.Invoice.ID] {
			return refused("payment_to_match", account.Invoice.Number)
		}
		if account.Client.ID != accounts[0].Client.ID {
			return refused(string(letter.SeveralClients), account.Invoice.Number)
		}
	}
	return nil
}

func (p *letterPlan) add(item InvoiceClaim) {
	invoice := item.Account.Invoice
	p.ids = append(p.ids, invoice.ID)
	p.warnings = append(p.warnings, item.Claim.Warnings...)
	p.request.Items = append(p.request.Items, letter.Item{Number: invoice.Number, Subject: invoice.Subject,
		Issued: invoice.Issued, Due: invoice.Due, Claim: item.Claim, OrderRef: invoice.OrderRef,
		Client: p.client.Name, Currency: invoice.Currency, ContractRate: invoice.ContractRate,
		Presented: presentedOn(item.Account)})
	for _, contact := range item.Account.Contacts {
		p.remind(contact.On)
	}
}

// enclosuresListed is how many invoices are enclosed by name; more of them are the ones of the statement.
const enclosuresListed = 12

// enclose lists the copies of the invoices that go with the letter.
func (p *letterPlan) enclose() {
	items := p.request.Items
	if len(items) > enclosuresListed {
		p.request.Enclosures = []string{fmt.Sprintf("Copies des %d factures énumérées au décompte", len(items))}
		return
	}
	for _, item := range items {
		p.request.Enclosures = append(p.request.Enclosures, "Facture "+item.Number+" du "+item.Issued.Long("fr"))
	}
}

func presentedOn(account ledger.Account) date.Date {
	return account.Debt("").Presented
}

// remind adds the day of an earlier reminder, once, in order.
func (p *letterPlan) remind(on date.Date) {
	days := p.request.EarlierReminders
	place := 0
	for place < len(days) && days[place].Before(on) {
		place++
	}
	if place < len(days) && days[place] == on {
		return
	}
	p.request.EarlierReminders = append(days[:place:place], append([]date.Date{on}, days[place:]...)...)
}

// consumerInterest is what a consumer is told of the interest that the presentation will start.
func (p *letterPlan) consumerInterest(rates *law.Rates, accounts []ledger.Account, on date.Date) error {
	for _, account := range accounts {
		daily, rate, err := rates.DailyIfPresented(account.Debt(p.request.Imputation), on)
		if err != nil {
			return fieldProblem(err)
		}
		p.request.DailyIfPresented += daily
		p.request.LegalRateNow = rate
	}
	return nil
}

// number gives the letter its place in the series and in the journal, and digests its facts.
func (p *letterPlan) number(r Reader, on date.Date) error {
	facts, err := json.Marshal(p.request)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(facts)
	p.facts = hex.EncodeToString(sum[:])
	ordinal, err := r.NextLetterNumber(on.Year())
	if err != nil {
		return err
	}
	head, err := r.Head()
	if err != nil {
		return err
	}
	p.request.Number = fmt.Sprintf("C-%04d-%04d", on.Year(), ordinal)
	p.request.JournalPosition = head.Seq + 1
	p.request.JournalHash = p.facts
	return nil
}

func (a *App) composeLetter(plan letterPlan) (letter.Letter, error) {
	content, err := letter.Compose(a.Wording, plan.request)
	return content, fieldProblem(err)
}

func letterCreditor(creditor ledger.Creditor, on date.Date) letter.Creditor {
	siren := ""
	if siret, err := identity.ParseSIRET(creditor.Siret); err == nil {
		siren = siret[:9]
	}
	return letter.Creditor{Party: letter.Party{Name: creditor.Name, EI: true, TradeName: creditor.TradeName,
		Activity: creditor.Activity, AddressLines: creditor.Address, Email: creditor.Email,
		Phone: creditor.Phone, Siren: siren, Siret: creditor.Siret, Registration: creditor.Registration,
		VATMention: vatMention(creditor.VAT, on)}, City: creditor.City, IBAN: creditor.IBAN,
		BIC: creditor.BIC, Mediator: creditor.Mediator, Status: creditor.Status}
}

// vatMention is the mention of a trader outside VAT: CGI art. 293 B, renumbered from 1 January 2027
// (ordinance n° 2025-1247, postponed by n° 2026-671). Others print their VAT number.
func vatMention(vat string, on date.Date) string {
	switch {
	case vat == "":
		return ""
	case vat != "franchise":
		return "TVA " + vat
	case on.Year() < 2027:
		return "TVA non applicable, art." + money.NoBreakSpace + "293" + money.NoBreakSpace + "B du CGI"
	}
	return "TVA non applicable, art." + money.NoBreakSpace + "L." + money.NoBreakSpace + "223-3 du CIBS"
}

func letterDebtor(client ledger.Client) letter.Debtor {
	return letter.Debtor{Kind: client.Kind, Name: client.Name, AddressLines: client.Address,
		Salutation: client.Salutation, AccountRef: fmt.Sprintf("CL-%04d", client.ID), Siret: client.Siret,
		Service: client.Service, Engagement: client.Engagement}
}

// LetterRow is a letter with what became of it.
type LetterRow struct {
	Letter  ledger.Letter
	Client  ledger.Client
	Numbers []string
	Events  []ledger.LetterEvent
	State   ledger.LetterMade
}

// Letters lists the letters that were made, the newest first.
func (a *App) Letters(ctx context.Context) (rows []LetterRow, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		letters, err := r.Letters()
		if err != nil {
			return err
		}
		for _, made := range letters {
			row, err := letterRow(r, made)
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		return nil
	})
	return rows, wrap("list letters", err)
}

func letterRow(r Reader, made ledger.Letter) (row LetterRow, err error) {
	row = LetterRow{Letter: made, State: ledger.LetterMade{ID: made.ID, Number: made.Number, Kind: made.Kind,
		On: made.On, Deadline: made.Deadline}}
	if row.Client, err = r.Client(made.Client); err != nil {
		return row, err
	}
	if row.Events, err = r.LetterEvents(made.ID); err != nil {
		return row, err
	}
	for _, event := range row.Events {
		row.State.Apply(event)
	}
	err = r.Invoices(InvoiceFilter{IDs: made.Invoices}, func(invoice InvoiceRow) error {
		row.Numbers = append(row.Numbers, invoice.Invoice.Number)
		return nil
	})
	return row, err
}

// LetterContent is the frozen copy of what a letter says.
func LetterContent(made ledger.Letter) (content letter.Letter, err error) {
	if err := json.Unmarshal(made.Content, &content); err != nil {
		return content, &Error{Code: CodeLedgerDamaged, Detail: "bad_letter", Params: []string{made.Number}, Err: err}
	}
	return content, nil
}

// LetterPDF returns the bytes of a letter as they were made.
func (a *App) LetterPDF(ctx context.Context, number string) (doc Document, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		made, err := findLetter(r, number)
		if err != nil {
			return err
		}
		doc, err = r.Document(made.SHA256)
		return err
	})
	return doc, wrap("read letter", err)
}

func findLetter(r Reader, which string) (ledger.Letter, error) {
	made, found, err := r.LetterByNumber(which)
	if err != nil || found {
		return made, err
	}
	var id int64
	if _, scanErr := fmt.Sscanf(which, "%d", &id); scanErr == nil && fmt.Sprint(id) == which {
		return r.Letter(ledger.LetterID(id))
	}
	return made, notFound("letter", which)
}
