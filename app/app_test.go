package app_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/letter"
	"dument/app/money"
	"dument/app/notice"
	lawdata "dument/assets/law"
	letterdata "dument/assets/letter"
	noticedata "dument/assets/notice"
	"dument/pdf"
	"dument/storage"
)

// house is an App over a real ledger file, with the real law, wording, sender knowledge and pages.
type house struct {
	*app.App
	t     *testing.T
	table app.ImportTable // what the next imported file holds
}

func newHouse(t *testing.T) *house {
	t.Helper()
	rates, err := law.ParseRates(lawdata.ECB, lawdata.Legal)
	check(t, err)
	wording, err := letter.ParseWording(letterdata.French)
	check(t, err)
	senders, err := notice.ParseRegistry(noticedata.Senders)
	check(t, err)
	fonts, err := pdf.LoadFonts()
	check(t, err)
	clock := func() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) }
	store, err := storage.Create(context.Background(), filepath.Join(t.TempDir(), "t.dument"),
		storage.Options{StateDir: t.TempDir(), Clock: clock}, settings())
	check(t, err)
	t.Cleanup(func() { _ = store.Close() })
	h := &house{t: t}
	h.App = app.New(app.Params{Store: store, Clock: clock, Rates: rates, Wording: wording, Senders: senders,
		Printer: printer{fonts}, Tables: prepared{h}, Exporter: noExport{}})
	return h
}

func settings() ledger.Settings {
	return ledger.Settings{
		Creditor: ledger.Creditor{Name: "Claire Vasseur", TradeName: "Atelier Vasseur", Status: "artisan",
			Siret: "73282932000074", Address: []string{"12 rue des Lilas", "31000 Toulouse"}, City: "Toulouse",
			Email: "claire@atelier-vasseur.example", VAT: "franchise", IBAN: "FR7630006000011234567890189",
			Mediator: "Médiation Exemple\n1 place du Marché, 75000 Paris\nwww.mediation.example"},
		Mailbox: ledger.Mailbox{OwnAddresses: []string{"claire@atelier-vasseur.example"},
			AuthservID: "mx.monfai.example"},
		Accounts: []ledger.MoneyAccount{{Name: "Banque Iroise", Kind: "bank",
			Domains: []string{"banque-iroise.example"}, Hint: "FR76 **** **** 0189"}},
	}.WithDefaults()
}

// printer is the adapter of package pdf.
type printer struct{ fonts *pdf.Fonts }

func (p printer) PDF(content letter.Letter) ([]byte, int, error) {
	pages, err := pdf.Layout(content, p.fonts)
	if err != nil {
		return nil, 0, err
	}
	made, err := pdf.Render(pages, pdf.MetaOf(content), p.fonts)
	return made, len(pages), err
}

func (p printer) Pictures(letter.Letter, int, app.Marks) ([][]byte, error) {
	return nil, errors.ErrUnsupported
}

// prepared is a TableReader that gives the table that the test prepared.
type prepared struct{ house *house }

func (p prepared) Invoices(string, []byte) (app.ImportTable, error) { return p.house.table, nil }

type noExport struct{}

func (noExport) Export(context.Context, string, date.Date, app.ExportData) ([]string, error) {
	return nil, errors.ErrUnsupported
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func day(text string) date.Date { return date.Must(text) }

// client enters a client of a regime with a complete address.
func (h *house) client(name string, kind law.Debtor) ledger.Client {
	h.t.Helper()
	client, err := h.SaveClient(context.Background(), day("2026-01-02"), ledger.Client{Name: name, Kind: kind,
		Address: []string{"27 quai des Tanneurs", "44000 Nantes"}})
	check(h.t, err)
	return client
}

func (h *house) invoice(number, client string, amount money.Cents, issued, due string) {
	h.t.Helper()
	_, err := h.AddInvoice(context.Background(), day(issued), app.InvoiceDraft{Number: number, Client: client,
		Amount: amount, Issued: day(issued), Due: day(due), Subject: "Reliure"})
	check(h.t, err)
}

func (h *house) pay(on string, draft app.PaymentDraft) app.PaymentResult {
	h.t.Helper()
	draft.Date = day(on)
	result, err := h.Pay(context.Background(), day(on), draft)
	check(h.t, err)
	return result
}

// claim is what is owed for one invoice on a day.
func (h *house) claim(number, on string) law.Claim {
	h.t.Helper()
	list, err := h.Claims(context.Background(), day(on), []string{number}, "")
	check(h.t, err)
	return list[0].Claim
}

// sound holds every check of the ledger.
func (h *house) sound() {
	h.t.Helper()
	checks, ok, err := h.Verify(context.Background())
	check(h.t, err)
	for _, line := range checks {
		if !line.OK {
			h.t.Errorf("verify: %s: %s", line.Name, line.Detail)
		}
	}
	if !ok {
		h.t.Error("the ledger is not sound")
	}
}

// refusedWith asserts the class and the detail of an error, and that both languages word it.
func refusedWith(t *testing.T, err error, code app.Code, detail string) {
	t.Helper()
	known := app.AsError(err)
	if err == nil || known.Code != code || known.Detail != detail {
		t.Fatalf("error %v, want %s/%s", err, code, detail)
	}
	for _, language := range []string{"fr", "en"} {
		if app.Text(err, language) == app.Text(&app.Error{Code: app.CodeInternal}, language) {
			t.Errorf("%s/%s has no wording in %s", code, detail, language)
		}
	}
}

// Two programs save settings at once, each its own section: neither puts back what the other replaced.
func TestChangeSettingsLosesNoOther(t *testing.T) {
	h, ctx, on := newHouse(t), context.Background(), date.Must("2026-11-21")
	changes := []func(*ledger.Settings){
		func(s *ledger.Settings) { s.Creditor.City += "+" },
		func(s *ledger.Settings) { s.Accounts[0].Name += "+" },
	}
	const times = 20
	errs := make(chan error, len(changes)*times)
	for _, change := range changes {
		go func() {
			for range times {
				_, err := h.ChangeSettings(ctx, on, func(s ledger.Settings) (ledger.Settings, error) {
					change(&s)
					return s, nil
				})
				errs <- err
			}
		}()
	}
	for range cap(errs) {
		check(t, <-errs)
	}
	got, err := h.Settings(ctx)
	check(t, err)
	all := strings.Repeat("+", times)
	if got.Creditor.City != "Toulouse"+all || got.Accounts[0].Name != "Banque Iroise"+all {
		t.Errorf("city %q, account %q: a change was lost", got.Creditor.City, got.Accounts[0].Name)
	}
}

// What the change refuses, or makes invalid, leaves the settings and the journal as they were.
func TestChangeSettingsRefused(t *testing.T) {
	h, ctx, on := newHouse(t), context.Background(), date.Must("2026-11-21")
	before, err := h.Journal(ctx, 0, 100)
	check(t, err)
	own := errors.New("not this")
	for name, change := range map[string]func(ledger.Settings) (ledger.Settings, error){
		"its own error": func(s ledger.Settings) (ledger.Settings, error) { return s, own },
		"invalid":       func(s ledger.Settings) (ledger.Settings, error) { s.Creditor.IBAN = "FR00"; return s, nil },
	} {
		if _, err := h.ChangeSettings(ctx, on, change); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	got, err := h.Settings(ctx)
	check(t, err)
	after, err := h.Journal(ctx, 0, 100)
	check(t, err)
	if got.Creditor.IBAN != settings().Creditor.IBAN || len(after) != len(before) {
		t.Errorf("IBAN %q, %d entries of the journal instead of %d", got.Creditor.IBAN, len(after), len(before))
	}
}
