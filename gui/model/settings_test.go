package model

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	assetslaw "dument/assets/law"
)

func shippedRates(t testing.TB) *law.Rates {
	t.Helper()
	rates, err := law.ParseRates(assetslaw.ECB, assetslaw.Legal)
	if err != nil {
		t.Fatal(err)
	}
	return rates
}

func someSettings() ledger.Settings {
	return ledger.Settings{Creditor: ledger.Creditor{Name: "Claire Vasseur", Status: "artisan", Siret: "73282932000074",
		Address: []string{"12 rue des Lilas", "31000 Toulouse"}, IBAN: "FR7630006000011234567890189"},
		Mailbox:  ledger.Mailbox{Host: "imap.monfai.example", User: "claire", OwnAddresses: []string{"claire@a.example"}},
		Accounts: []ledger.MoneyAccount{{Name: "Banque", Kind: "bank", Domains: []string{"banque.example"}}},
	}.WithDefaults()
}

func TestSettingsFormsGiveBackWhatTheyShow(t *testing.T) {
	for _, page := range SettingsPages() {
		fields := SettingsFields(page.ID)
		before := someSettings()
		after, wrong := FormResult(french(t), fields, before, FormValues(fields, before))
		if len(wrong) > 0 {
			t.Errorf("%s: %v", page.ID, wrong)
		}
		if len(fields) > 0 && !slices.Equal(textsOfFields(fields, before), textsOfFields(fields, after)) {
			t.Errorf("%s: %+v became %+v", page.ID, before, after)
		}
	}
}

func textsOfFields(fields []SettingField, s ledger.Settings) (texts []string) {
	for _, field := range fields {
		texts = append(texts, field.Get(s))
	}
	return texts
}

func TestSettingsFieldsRefuseWhatCannotBe(t *testing.T) {
	cases := []struct{ page, id, value string }{
		{PageIdentity, "creditor.siret", "73282932000075"},
		{PageIdentity, "creditor.iban", "FR7630006000011234567890188"},
		{PageTerms, "terms.payment_days", "trente"},
		{PageTerms, "terms.penalty_rate", "beaucoup"},
		{PageTerms, "numbering.invoice", "F2026-"},
		{PageScenario, "reminders.min_days_between_contacts", "x"},
		{PageMailbox, "mailbox.port", "imap"},
	}
	for _, c := range cases {
		fields := SettingsFields(c.page)
		_, wrong := FormResult(french(t), fields, someSettings(), map[string]string{c.id: c.value})
		if text := wrong[c.id]; text == "" || strings.HasPrefix(text, "form.") {
			t.Errorf("%s %q: %q", c.id, c.value, text)
		}
	}
}

func TestAPageTakesOverItsOwnSectionOnly(t *testing.T) {
	typed := someSettings()
	typed.Creditor.Name, typed.Terms.PaymentDays, typed.Mailbox.Host = "Autre", 60, "imap.autre.example"
	got := TakeOver(PageIdentity, someSettings(), typed)
	if got.Creditor.Name != "Autre" || got.Terms.PaymentDays != 30 || got.Mailbox.Host != "imap.monfai.example" {
		t.Errorf("%+v", got)
	}
}

func TestFloorOfTheOwnRate(t *testing.T) {
	on := date.Must("2026-11-21")
	cases := []struct {
		rate string
		tone Tone
		says string
	}{{"", OK, "taux de la loi"}, {"5", Late, "sous le plancher"}, {"12", OK, "Au-dessus"}}
	for _, c := range cases {
		settings := someSettings()
		if key := setPenaltyRate(&settings, c.rate); key != "" {
			t.Fatal(key)
		}
		line := FloorLine(french(t), settings, shippedRates(t), on)
		if line.Tone != c.tone || !strings.Contains(line.Text, c.says) {
			t.Errorf("%s: %+v", c.rate, line)
		}
	}
	line := FloorLine(french(t), someSettings(), shippedRates(t), date.Must("2049-01-01"))
	if line.Tone != Warn || !strings.Contains(line.Text, "2049") {
		t.Errorf("a rate that is not known must be said: %+v", line)
	}
}

// TestRateLines compares with the guide: 12,15 % to 30 June 2026, 12,40 % from 1 July.
func TestRateLines(t *testing.T) {
	lines := RateLines(french(t), shippedRates(t), date.Must("2026-11-21"))
	if !lines[0].Current || lines[0].Statutory != "12,40\u00a0%" || lines[1].Statutory != "12,15\u00a0%" {
		t.Errorf("%+v %+v", lines[0], lines[1])
	}
	if next := NextRate(shippedRates(t)); next.Semester.String() != "2027-S1" {
		t.Errorf("%v", next.Semester)
	}
	entry, wrong := FormResult(french(t), RateFields(), law.RateEntry{}, map[string]string{"semester": "2027-s1",
		"ecb": "2,40", "legal": "", "source": "BCE"})
	if len(wrong) > 0 || entry.Semester.String() != "2027-S1" || *entry.ECB != 24_000 || entry.Professional != nil {
		t.Errorf("%+v %v", entry, wrong)
	}
}

func TestMissingIdentity(t *testing.T) {
	lines := Missing(french(t), someSettings())
	missing := 0
	for _, line := range lines {
		if line.Tone == Warn {
			missing++
		}
	}
	if missing != 2 { // the town and the mediator
		t.Errorf("%v", lines)
	}
}

func TestAccountsTakeTheDomainOfAPastedAddress(t *testing.T) {
	account, wrong := FormResult(french(t), AccountFields(), ledger.MoneyAccount{}, map[string]string{
		"accounts.domains": "Avis <avis@Banque.example>, encaissia.example", "accounts.kind": "bank"})
	if len(wrong) > 0 || len(account.Domains) != 2 || account.Domains[1] != "encaissia.example" {
		t.Errorf("%+v %v", account, wrong)
	}
	if _, wrong := FormResult(french(t), AccountFields(), ledger.MoneyAccount{}, map[string]string{
		"accounts.domains": "banque"}); wrong["accounts.domains"] == "" {
		t.Error("a word without a dot is no domain")
	}
}

func TestProbe(t *testing.T) {
	box := ledger.Mailbox{Host: "imap.monfai.example", Port: 993, Folder: "INBOX", Security: "tls"}
	steps := []app.ProbeStep{
		{Name: "resolve", State: app.ProbeDone, Detail: []string{"2"}, Duration: 18 * time.Millisecond},
		{Name: "connect", State: app.ProbeDone, Detail: []string{"993"}},
		{Name: "tls", State: app.ProbeDone, Detail: []string{"TLS 1.3", "2027-03-02"}},
		{Name: "login", State: app.ProbeDone},
		{Name: "folders", State: app.ProbeWarning, Detail: []string{"2"}, Choices: []string{"INBOX", "Factures"}},
		{Name: "read", State: app.ProbeDone, Detail: []string{"37", "50"},
			Recognised: map[string]int{"bank_credit": 2, "not_payment": 35}},
		{Name: "authenticity", State: app.ProbeDone, Detail: []string{"mx.monfai.example", "30", "37"},
			Choices: []string{"mx.monfai.example"}},
	}
	probe := NewProbe(french(t), steps, true, box)
	want := map[int]string{0: "2 adresses pour imap.monfai.example", 2: "TLS 1.3, certificat valable jusqu’au 02/03/2027",
		3: "accepté", 5: "37 messages sur 50, aucun marqué comme lu", 6: "mx.monfai.example signe 30 messages sur 37"}
	for i, text := range want {
		if probe.Lines[i].Detail != text {
			t.Errorf("step %d: %q, want %q", i, probe.Lines[i].Detail, text)
		}
	}
	if probe.Lines[0].Right != "18\u00a0ms" || probe.Done != 7 || probe.Lines[7].State != "" {
		t.Errorf("%+v", probe)
	}
	if probe.Lines[4].Field != "mailbox.folder" || probe.Lines[6].Field != "mailbox.authserv_id" {
		t.Errorf("choices: %+v", probe.Lines)
	}
	if len(probe.Recognised) != 2 || probe.Recognised[0].Count != "2" ||
		probe.RecognisedTitle != "Reconnu dans ces 37 messages" {
		t.Errorf("%+v", probe.Recognised)
	}
}

func TestAFailedProbeSaysWhatAndLeavesTheRestOpen(t *testing.T) {
	failure := &app.Error{Code: app.CodeMailbox, Params: []string{"imap.monfai.example"}, Err: errors.New("refused")}
	probe := NewProbe(french(t), []app.ProbeStep{{Name: "resolve", State: app.ProbeDone},
		{Name: "connect", State: app.ProbeFailed, Err: failure}}, false, ledger.Mailbox{})
	if probe.Summary.Tone != Late || !strings.Contains(probe.Lines[1].Detail, "imap.monfai.example") ||
		probe.Lines[2].State != "" {
		t.Errorf("%+v", probe)
	}
	report := ProbeReport(french(t), probe, ledger.Mailbox{Host: "imap.monfai.example"})
	if strings.Count(report, "\n") != 9 {
		t.Errorf("%q", report)
	}
}

func TestScenarioStepsNameTheirDays(t *testing.T) {
	steps := ScenarioSteps(french(t), "pme-5")
	if len(steps) != 6 || steps[0].Day != "J-7" || steps[4].Day != "J+30" ||
		!strings.Contains(steps[4].Text, "recommandé") {
		t.Errorf("%+v", steps)
	}
}

func TestChecksAreNamed(t *testing.T) {
	lines := CheckLines(french(t), []app.Check{{Name: "journal", OK: true}, {Name: "documents", Detail: "2 gone"}})
	if lines[0].Tone != OK || lines[1].Tone != Late || !strings.HasSuffix(lines[1].Text, "2 gone") {
		t.Errorf("%+v", lines)
	}
}

func TestFirstSteps(t *testing.T) {
	steps := NewFirstSteps(french(t), FirstFacts{Settings: someSettings(), Invoices: 3})
	if !steps[FirstWho].Done || !steps[FirstInvoices].Done || !steps[FirstMoney].Done || steps[FirstReminders].Done {
		t.Errorf("%+v", steps)
	}
	if steps[FirstInvoices].Detail != "3 factures dans le registre" {
		t.Errorf("%q", steps[FirstInvoices].Detail)
	}
	for _, step := range []int{FirstWho, FirstMoney, FirstReminders} {
		if len(FirstFields(step)) < 3 {
			t.Errorf("step %d has %d fields", step, len(FirstFields(step)))
		}
	}
	typed := someSettings()
	typed.Terms.PaymentDays, typed.Reminders.Scenario, typed.Creditor.Name = 45, "rapp", "Autre"
	got := FirstTakeOver(FirstReminders, someSettings(), typed)
	if got.Terms.PaymentDays != 45 || got.Reminders.Scenario != "rapp" || got.Creditor.Name != "Claire Vasseur" {
		t.Errorf("%+v", got)
	}
}
