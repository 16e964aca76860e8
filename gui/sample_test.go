package gui

import (
	"bytes"
	"context"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"dument/app"
	"dument/app/date"
	"dument/app/exchange"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/letter"
	"dument/app/money"
	"dument/app/notice"
	assetslaw "dument/assets/law"
	assetsletter "dument/assets/letter"
	assetsnotice "dument/assets/notice"
	"dument/pdf"
	"dument/storage"
)

// testNow is the instant of every test.
var testNow = time.Date(2026, 11, 21, 14, 30, 0, 0, time.UTC)

// newTestApp makes an App over an empty ledger in a temporary folder.
func newTestApp(t testing.TB) *app.App {
	t.Helper()
	store, err := storage.Create(context.Background(), filepath.Join(t.TempDir(), "essai.dument"),
		storage.Options{StateDir: t.TempDir(), Clock: testClock}, sampleSettings())
	if err != nil {
		t.Fatal(err)
	}
	return furnish(t, store)
}

func testClock() time.Time { return testNow }

// sampleLedger is the file of the sample, made by the first test that needs it.
var sampleLedger []byte

// newSampleApp opens a copy of the sample of its own.
func newSampleApp(t testing.TB) *app.App {
	t.Helper()
	if sampleLedger == nil {
		made := newTestApp(t)
		fillSample(t, made)
		path := made.Store.Path()
		err := made.Store.Close()
		if err == nil {
			sampleLedger, err = os.ReadFile(path)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "essai.dument")
	if err := os.WriteFile(path, sampleLedger, 0o600); err != nil {
		t.Fatal(err)
	}
	store, err := storage.Open(context.Background(), path, storage.Options{StateDir: t.TempDir(), Clock: testClock})
	if err != nil {
		t.Fatal(err)
	}
	return furnish(t, store)
}

// furnish puts the use cases on top of a ledger, which the end of the test closes.
func furnish(t testing.TB, store *storage.Store) *app.App {
	t.Helper()
	t.Cleanup(func() { _ = store.Close() })
	rates, err := law.ParseRates(assetslaw.ECB, assetslaw.Legal)
	if err != nil {
		t.Fatal(err)
	}
	wording, err := letter.ParseWording(assetsletter.French)
	if err != nil {
		t.Fatal(err)
	}
	senders, err := notice.ParseRegistry(assetsnotice.Senders)
	if err != nil {
		t.Fatal(err)
	}
	return app.New(app.Params{Store: store, Clock: testClock, Rates: rates, Wording: wording, Senders: senders,
		Printer: &testPrinter{}, Tables: testTables{}, Exporter: testExporter{}})
}

// sampleSettings is a complete craftswoman; only the consumer mediator is missing.
func sampleSettings() ledger.Settings {
	settings := ledger.Settings{Creditor: ledger.Creditor{Name: "Claire Vasseur", TradeName: "Atelier Vasseur",
		Status: "artisan", Siret: "73282932000074", Address: []string{"12 rue des Lilas", "31000 Toulouse"},
		City: "Toulouse", Email: "claire@atelier-vasseur.example", Phone: "05 00 00 00 00", VAT: "franchise",
		IBAN: "FR7630006000011234567890189"}}
	return settings.WithDefaults()
}

// testPrinter prints as the program does; the fonts are parsed at the first letter.
type testPrinter struct {
	once  sync.Once
	fonts *pdf.Fonts
	err   error
}

func (p *testPrinter) pages(content letter.Letter) ([]pdf.Page, error) {
	p.once.Do(func() { p.fonts, p.err = pdf.LoadFonts() })
	if p.err != nil {
		return nil, p.err
	}
	return pdf.Layout(content, p.fonts)
}

func (p *testPrinter) PDF(content letter.Letter) ([]byte, int, error) {
	pages, err := p.pages(content)
	if err != nil {
		return nil, 0, err
	}
	file, err := pdf.Render(pages, pdf.MetaOf(content), p.fonts)
	return file, len(pages), err
}

func (p *testPrinter) Pictures(content letter.Letter, dotsPerInch int, marks app.Marks) (pictures [][]byte, err error) {
	pages, err := p.pages(content)
	if err != nil {
		return nil, err
	}
	for i, page := range pages {
		drawn, err := pdf.Picture(page, p.fonts, dotsPerInch)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			pdf.Overlay(drawn, dotsPerInch, marks.Window, marks.Folds)
		}
		var file bytes.Buffer
		if err := png.Encode(&file, drawn); err != nil {
			return nil, err
		}
		pictures = append(pictures, file.Bytes())
	}
	return pictures, nil
}

// testExporter writes nothing and says what it would have written.
type testExporter struct{}

func (testExporter) Export(context.Context, string, date.Date, app.ExportData) ([]string, error) {
	return []string{"factures.csv"}, nil
}

// testTables reads files of invoices with the program's own reader.
type testTables struct{}

func (testTables) Invoices(name string, data []byte) (table app.ImportTable, err error) {
	read, err := exchange.ReadInvoices(bytes.NewReader(data))
	if err != nil {
		return table, &app.Error{Code: app.CodeFormat, Params: []string{name}, Err: err}
	}
	for _, column := range read.Columns {
		table.Columns = append(table.Columns,
			app.ImportColumn{Heading: column.Heading, Meaning: column.Role.String()})
	}
	for _, row := range read.Invoices {
		table.Rows = append(table.Rows, app.ImportRow{Line: row.Line, Number: row.Number,
			ClientName: row.ClientName, ClientEmail: row.ClientEmail, ClientKind: row.DebtorKind,
			Amount: row.Amount, Currency: row.Currency, Issued: row.Issued, Due: row.Due,
			AlreadyPaid: row.AlreadyPaid, PaidOn: row.PaidOn})
	}
	for _, row := range read.Rejected {
		table.Rejected = append(table.Rejected, app.ImportRejection{Line: row.Line, Field: row.Field,
			Code: row.Code, Texts: map[string]string{"fr": row.Text("fr"), "en": row.Text("en")}})
	}
	return table, nil
}

// sampleClients are the debtors of the sample, over the three regimes.
var sampleClients = []ledger.Client{
	{Name: "Brasserie du Mascaret SAS", Kind: law.Business,
		Address: []string{"4 quai des Docks", "33000 Bordeaux"}, Email: "compta@mascaret.example"},
	{Name: "Cabinet Aubrac & Associés", Kind: law.Business, Address: []string{"9 place Verte", "12000 Rodez"}},
	{Name: "Garage Lestang EURL", Kind: law.Business, Address: []string{"2 route d’Albi", "81000 Albi"}},
	{Name: "Mme Lucie Garnier", Kind: law.Consumer, Address: []string{"17 rue Basse", "31200 Toulouse"},
		Salutation: "Madame"},
	{Name: "Menuiserie Fabre SARL", Kind: law.Business, Address: []string{"ZA du Moulin", "09000 Foix"}},
	{Name: "Transports Delmas SARL", Kind: law.Business},
	{Name: "M. Yann Roche", Kind: law.Consumer, Address: []string{"3 impasse du Puits", "31000 Toulouse"},
		Salutation: "Monsieur"},
	{Name: "Commune de Valsonne", Kind: law.Public, Address: []string{"1 place de la Mairie", "81100 Castres"}},
}

// sampleInvoice is an invoice of the sample; paid is what its client paid on paidOn.
type sampleInvoice struct {
	number      string
	client      int
	amount      money.Cents
	issued, due string
	subject     string
	paid        money.Cents
	paidOn      string
}

var sampleInvoices = []sampleInvoice{
	{number: "F2026-0061", client: 0, amount: 3480_00, issued: "2026-04-15", due: "2026-05-15", subject: "Étiquettes et menus"},
	{number: "F2026-0098", client: 4, amount: 2400_00, issued: "2026-06-10", due: "2026-07-10", subject: "Catalogue d’atelier"},
	{number: "F2026-0104", client: 0, amount: 1152_00, issued: "2026-09-01", due: "2026-10-01", subject: "Cartes de visite", paid: 1152_00, paidOn: "2026-11-04"},
	{number: "F2026-0112", client: 5, amount: 1590_00, issued: "2026-08-20", due: "2026-09-20", subject: "Marquage de deux fourgons"},
	{number: "F2026-0115", client: 6, amount: 290_00, issued: "2026-08-31", due: "2026-09-30", subject: "Faire-part"},
	{number: "F2026-0121", client: 2, amount: 1944_00, issued: "2026-09-15", due: "2026-10-15", subject: "Enseigne"},
	{number: "F2026-0127", client: 1, amount: 1260_00, issued: "2026-08-31", due: "2026-09-30", subject: "Plaquette"},
	{number: "F2026-0130", client: 4, amount: 900_00, issued: "2026-10-02", due: "2026-11-02", subject: "Affiches", paid: 400_00, paidOn: "2026-11-10"},
	{number: "F2026-0133", client: 3, amount: 620_00, issued: "2026-10-09", due: "2026-11-09", subject: "Livre de famille"},
	{number: "F2026-0139", client: 1, amount: 840_00, issued: "2026-10-01", due: "2026-10-31", subject: "Papier à en-tête"},
	{number: "F2026-0149", client: 7, amount: 4150_00, issued: "2026-11-05", due: "2026-12-05", subject: "Bulletin municipal"},
	{number: "F2026-0152", client: 2, amount: 486_00, issued: "2026-11-18", due: "2026-12-18", subject: "Autocollants"},
}

// fillSample enters the sample: invoices to come, late, part paid, announced, under notice and paid,
// and one payment that waits for a decision.
func fillSample(t testing.TB, a *app.App) {
	t.Helper()
	ctx := context.Background()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, client := range sampleClients {
		_, err := a.SaveClient(ctx, date.Must("2026-01-05"), client)
		must(err)
	}
	for _, row := range sampleInvoices {
		_, err := a.AddInvoice(ctx, date.Must(row.issued), app.InvoiceDraft{Number: row.number,
			Client: sampleClients[row.client].Name, Amount: row.amount, Issued: date.Must(row.issued),
			Due: date.Must(row.due), Subject: row.subject})
		must(err)
		if row.paid > 0 {
			_, err := a.Pay(ctx, date.Must(row.paidOn), app.PaymentDraft{Amount: row.paid,
				Date: date.Must(row.paidOn), Invoices: []string{row.number}, Reference: "VIR " + row.number})
			must(err)
		}
	}
	for _, contact := range []ledger.Contact{
		{Step: "reminder-1", Channel: "email", On: date.Must("2026-05-20")},
		{Step: "reminder-2", Channel: "email", On: date.Must("2026-06-04")},
	} {
		must(a.NoteContact(ctx, contact.On, "F2026-0061", contact))
	}
	must(a.NoteContact(ctx, date.Must("2026-11-19"), "F2026-0130",
		ledger.Contact{Step: "call", Channel: "phone", Note: "Mme Fabre, solde promis"}))
	made, err := a.MakeLetter(ctx, date.Must("2026-11-12"), app.LetterDraft{Numbers: []string{"F2026-0098"}})
	must(err)
	for _, event := range []app.TrackDraft{
		{Kind: ledger.EventPosted, Date: date.Must("2026-11-12")},
		{Kind: ledger.EventPresented, Date: date.Must("2026-11-14")},
	} {
		event.Letter = made.Letter.Number
		_, err := a.TrackLetter(ctx, event.Date, event)
		must(err)
	}
	fillMessages(t, a)
}

// fillMessages puts what the inbox said into the ledger: a payment of the bank that two invoices
// explain, and the word of a client.
func fillMessages(t testing.TB, a *app.App) {
	t.Helper()
	reading, err := json.Marshal(app.Reading{
		Payments: []app.ReadPayment{{Amount: 2100_00, Currency: money.EUR, Date: date.Must("2026-11-20"),
			Payer: "CABINET AUBRAC"}},
		Explanations: []app.Explanation{{Lines: []app.ExplainedLine{{Invoice: "F2026-0127", Amount: 1260_00},
			{Invoice: "F2026-0139", Amount: 840_00}}, For: []app.Why{{Code: "sum"}}}},
		Text: "Virement reçu : 2 100,00 EUR de CABINET AUBRAC",
	})
	if err != nil {
		t.Fatal(err)
	}
	messages := []ledger.Message{
		{SHA256: "1111111111111111111111111111111111111111111111111111111111111111",
			HeaderID: "<1@qonto.example>", On: date.Must("2026-11-20"), Sender: "avis@qonto.example",
			Subject: "Virement reçu", Class: "bank_credit", Evidence: ledger.EvidenceNotified, Decision: "suggest",
			Amount: 2100_00, Currency: money.EUR, Payer: "CABINET AUBRAC", PaidOn: date.Must("2026-11-20"),
			Excerpt: "Virement reçu : 2 100,00 EUR", Reading: reading},
		{SHA256: "2222222222222222222222222222222222222222222222222222222222222222",
			HeaderID: "<2@lestang.example>", On: date.Must("2026-11-19"), Sender: "accueil@lestang.example",
			Subject: "Votre facture", Class: "remittance", Evidence: ledger.EvidenceAnnounced,
			Decision: "announce", Amount: 1944_00, Currency: money.EUR, Payer: "Garage Lestang",
			PaidOn: date.Must("2026-11-19"), Excerpt: "nous avons fait le virement ce jour",
			Reading: []byte(`{"payments":null,"explanations":null,"reasons":null,"text":""}`)},
	}
	concerns := [][]string{{"F2026-0127", "F2026-0139"}, {"F2026-0121"}}
	err = a.Store.Update(context.Background(), func(w app.Writer) error {
		return w.Record(ledger.EntryMail, testToday, func(int64) (any, error) {
			for i, message := range messages {
				for _, number := range concerns[i] {
					invoice, _, err := w.InvoiceByNumber(number)
					if err != nil {
						return nil, err
					}
					message.Concerns = append(message.Concerns, invoice.ID)
				}
				if err := w.AddMessage(&message); err != nil {
					return nil, err
				}
			}
			return nil, nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheSampleLedgerIsSound(t *testing.T) {
	a := newTestApp(t)
	fillSample(t, a)
	checks, ok, err := a.Verify(context.Background())
	if err != nil || !ok {
		t.Fatalf("%v %v", checks, err)
	}
	actions, err := a.Due(context.Background(), testToday)
	if err != nil {
		t.Fatal(err)
	}
	steps := map[string]string{}
	for _, action := range actions {
		codes := action.Action.Step.ID
		for _, blocker := range action.Action.Blockers {
			codes += " " + blocker.Code
		}
		steps[action.Account.Invoice.Number] = codes
	}
	want := map[string]string{
		"F2026-0061": "formal-notice",
		"F2026-0098": "handover not_yet",
		"F2026-0112": "formal-notice address_missing",
		"F2026-0115": "formal-notice mediator_missing",
		"F2026-0121": "formal-notice announced",
		"F2026-0127": "formal-notice payment_to_match",
		"F2026-0130": "reminder-2 not_yet",
		"F2026-0133": "call",
		"F2026-0139": "reminder-2 payment_to_match",
	}
	for number, codes := range want {
		if steps[number] != codes {
			t.Errorf("%s: %q, want %q", number, steps[number], codes)
		}
	}
	if len(steps) != len(want) {
		t.Errorf("%d invoices are due, want %d: %v", len(steps), len(want), steps)
	}
}
