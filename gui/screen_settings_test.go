package gui

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"dument/app"
	"dument/app/ledger"
	"dument/gui/model"
	"dument/gui/theme"
)

func settingsOf(ts *testShell) *settingsScreen { return find[*settingsScreen](ts.Shell) }

func (ts *testShell) settings() ledger.Settings {
	ts.t.Helper()
	settings, err := ts.App.Settings(context.Background())
	if err != nil {
		ts.t.Fatal(err)
	}
	return settings
}

func TestEveryPageOfTheSettingsOpens(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	for _, page := range model.SettingsPages() {
		settingsOf(ts).openPage(page.ID)
		ts.settle()
		if !ts.shows(ts.T("settings.page." + page.ID)) {
			t.Errorf("%s is not shown", page.ID)
		}
		ts.capture("settings-" + page.ID)
	}
	ts.Window.Resize(fyne.NewSize(900, 600))
	settingsOf(ts).openPage(model.PageMailbox)
	ts.settle()
	ts.capture("settings-narrow")
}

func TestTheRightPageSavesItsSection(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := settingsOf(ts)
	v.openPage(model.PageTerms)
	ts.settle()
	if !v.changed.Hidden {
		t.Error("nothing was changed yet")
	}
	fill(v.page.body, ts.T("settings.terms.payment_days"), "45")
	ts.settle()
	if v.changed.Hidden {
		t.Error("a change is not said")
	}
	// Meanwhile another page's section changes.
	other := ts.settings()
	other.Creditor.City = "Albi"
	if err := ts.App.ApplySettings(context.Background(), testToday, other); err != nil {
		t.Fatal(err)
	}
	ts.settle()
	ts.tap(ts.T("form.save"))
	if got := ts.settings(); got.Terms.PaymentDays != 45 || got.Creditor.City != "Albi" {
		t.Errorf("%+v %+v", got.Terms, got.Creditor)
	}
	if !v.changed.Hidden {
		t.Error("what was saved still counts as changed")
	}
}

// fill types into the field that bears a label.
func fill(root fyne.CanvasObject, label, text string) {
	walk(root, func(at fyne.CanvasObject) bool {
		if named, is := at.(interface {
			Label() string
			Focusable() fyne.Focusable
		}); is && named.Label() == label {
			entry := named.Focusable()
			entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
			for range 60 {
				entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
			}
			for _, letter := range text {
				entry.TypedRune(letter)
			}
			return false
		}
		return true
	})
}

func TestTheMailboxKeepsItsPasswordInTheKeyring(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := settingsOf(ts)
	v.openPage(model.PageMailbox)
	ts.settle()
	fill(v.page.body, ts.T("settings.mailbox.host"), "imap.monfai.example")
	fill(v.page.body, ts.T("settings.mailbox.user"), "claire")
	fill(v.page.body, ts.T("settings.mailbox.password"), "secret-de-claire")
	ts.settle()
	ts.inbox.steps = []app.ProbeStep{{Name: "resolve", State: app.ProbeDone, Detail: []string{"1"}},
		{Name: "authenticity", State: app.ProbeDone, Detail: []string{"mx.monfai.example", "9", "10"},
			Choices: []string{"mx.monfai.example"}, Duration: time.Millisecond}}
	ts.tap(ts.T("settings.probe.start"))
	if len(ts.inbox.probed) != 1 || ts.inbox.probed[0].Host != "imap.monfai.example" {
		t.Fatalf("tested: %+v", ts.inbox.probed)
	}
	if ts.settings().Mailbox.Host != "" {
		t.Error("a test must keep nothing")
	}
	ts.capture("settings-mailbox-tested")
	ts.tap(ts.T("settings.probe.take"))
	ts.tap(ts.T("settings.accounts.add"))
	fill(v.mailbox.accounts.all, ts.T("settings.accounts.domains"), "avis@banque.example")
	ts.tap(ts.T("settings.accounts.add.do"))
	ts.tap(ts.T("form.save"))
	got := ts.settings()
	if got.Mailbox.Host != "imap.monfai.example" || got.Mailbox.AuthservID != "mx.monfai.example" ||
		len(got.Accounts) != 1 || got.Accounts[0].Domains[0] != "banque.example" {
		t.Errorf("%+v %+v", got.Mailbox, got.Accounts)
	}
	if ts.inbox.password != "secret-de-claire" || ts.inbox.retries != 1 || v.mailbox.password.Text() != "" {
		t.Errorf("password %q, %d retries, field %q", ts.inbox.password, ts.inbox.retries, v.mailbox.password.Text())
	}
	v.mailbox.probe.copy()
	copied := ts.Fyne.Clipboard().Content()
	if strings.Contains(copied, "secret") || !strings.Contains(copied, "imap.monfai") {
		t.Errorf("copied %q", copied)
	}
}

func TestARateOfTheUserShowsInTheTable(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := settingsOf(ts)
	v.openPage(model.PageRates)
	ts.settle()
	fill(v.page.aside, ts.T("settings.rates.ecb"), "2,15")
	fill(v.page.aside, ts.T("settings.rates.legal"), "2,60")
	ts.tap(ts.T("form.save"))
	if !ts.shows("1er semestre 2027") || !ts.shows("12,15\u00a0%") {
		t.Errorf("the new half-year is not in the table; %q", ts.toasts.Message())
	}
}

func TestVerifyTellsEveryCheck(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.actions.Run("verify")
	ts.settle()
	if !ts.shows(ts.T("settings.verify.ok")) || !ts.shows(ts.T("settings.check.journal")) {
		t.Error("the checks are not shown")
	}
}

func TestBackupSavesACopyThatWasReadBack(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.actions.Run("backup")
	ts.settle()
	if len(ts.saved) != 1 || !strings.HasPrefix(string(ts.saved[0].content), "SQLite format 3") {
		t.Fatalf("%d saved", len(ts.saved))
	}
	if want := ts.N("settings.backup.done", len(sampleInvoices), ts.saved[0].name); ts.toasts.Message() != want {
		t.Errorf("%q, want %q", ts.toasts.Message(), want)
	}
}

func TestTheModeIsRemembered(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.SetMode(theme.Dark)
	if PreferredMode(ts.Fyne) != theme.Dark || !theme.IsDark() {
		t.Error("dark is forgotten")
	}
	if PreferredLanguage(ts.Fyne) != "" {
		t.Error("no language was chosen")
	}
}

func TestTheHelpPagesOpenAndClose(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	for _, page := range []struct{ action, text string }{{"shortcuts", ts.T("action.refresh")},
		{"about", ts.T("help.about.what")}} {
		ts.actions.Run(page.action)
		ts.settle()
		if !ts.shows(page.text) {
			t.Errorf("%s does not show %q", page.action, page.text)
		}
		ts.press(fyne.KeyEscape)
		if ts.current.id() != placeToDo {
			t.Errorf("Escape stays on %s", ts.current.id())
		}
	}
}

const someTable = "Numéro;Client;Montant TTC;Date facture;Échéance\n" +
	"F2026-0901;Reliure Castel SARL;1 200,00;02/11/2026;02/12/2026\n" +
	"F2026-0902;Odile Marchand;80,00;03/11/2026;31/11/2026\n" +
	"F2026-0903;Odile Marchand;95,50;05/11/2026;05/12/2026\n"

func TestAnImportIsPreviewedThenEnteredThenUndone(t *testing.T) {
	ts := newTestShell(t, testOptions{files: []testFile{{"novembre.csv", []byte(someTable)}}})
	ts.actions.Run("import")
	ts.settle()
	if ts.current.id() != placeImport || !ts.shows("F2026-0901") {
		t.Fatal("no preview")
	}
	ts.capture("import")
	before, _ := ts.App.Invoices(context.Background(), app.InvoiceFilter{})
	if len(before) != len(sampleInvoices) {
		t.Fatal("a preview must enter nothing")
	}
	ts.tap("Entrer 2 factures")
	after, _ := ts.App.Invoices(context.Background(), app.InvoiceFilter{})
	if len(after) != len(before)+2 || ts.current.id() != placeInvoices {
		t.Fatalf("%d invoices on %s", len(after), ts.current.id())
	}
	ts.tap(ts.T("imports.undo"))
	undone, _ := ts.App.Invoices(context.Background(), app.InvoiceFilter{})
	if len(undone) != len(before) {
		t.Errorf("%d invoices after the undoing", len(undone))
	}
}

func TestADroppedFileThatIsNoneIsSaid(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.dropped([]fyne.URI{storage.NewFileURI(t.TempDir())})
	ts.settle()
	if !strings.Contains(ts.toasts.Message(), "inaccessible") {
		t.Errorf("%q", ts.toasts.Message())
	}
	ts.receive("photo.jpg", []byte("\xff\xd8\xff\xe0 not a table"))
	ts.settle()
	if find[*importScreen](ts.Shell).pane.view.Button != "" {
		t.Error("a picture was taken for invoices")
	}
}

func TestFirstStepsEnterWhatTheyAsk(t *testing.T) {
	ts := newTestShell(t, testOptions{empty: true, first: true})
	v := find[*firstScreen](ts.Shell)
	if ts.current.id() != placeFirst || v.step != model.FirstWho {
		t.Fatal("the window does not begin with the first steps")
	}
	if ts.Window.Canvas().Focused() == nil {
		t.Error("the first field does not have the keyboard")
	}
	ts.capture("first-who")
	fill(v.pages[model.FirstWho], ts.T("settings.creditor.name"), "Odile Marchand")
	ts.tap(ts.T("first.next"))
	if ts.settings().Creditor.Name != "Odile Marchand" || v.step != model.FirstInvoices {
		t.Fatalf("%q, step %d", ts.settings().Creditor.Name, v.step)
	}
	ts.receive("novembre.csv", []byte(someTable))
	ts.settle()
	ts.capture("first-invoices")
	ts.tap("Entrer 2 factures")
	if v.step != model.FirstMoney {
		t.Fatalf("step %d", v.step)
	}
	ts.tap(ts.T("first.skip"))
	fill(v.pages[model.FirstReminders], ts.T("settings.terms.payment_days"), "21")
	ts.tap(ts.T("first.finish"))
	if ts.current.id() != placeToDo || ts.settings().Terms.PaymentDays != 21 {
		t.Errorf("%s, %d days", ts.current.id(), ts.settings().Terms.PaymentDays)
	}
}

func TestFirstStepsSayWhatIsWrongBesideTheField(t *testing.T) {
	ts := newTestShell(t, testOptions{empty: true, first: true})
	v := find[*firstScreen](ts.Shell)
	fill(v.pages[model.FirstWho], ts.T("settings.creditor.siret"), "123")
	ts.tap(ts.T("first.next"))
	if v.step != model.FirstWho || problemOf(v.forms[model.FirstWho].inputs["creditor.siret"]) != ts.T("form.siret") {
		t.Errorf("step %d", v.step)
	}
}

func TestALedgerThatDoesNotOpenSaysWhyAndOffersWaysOut(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	pressed := ""
	press := func(what string) func() { return func() { pressed = what } }
	ShowTrouble(ts.Window, ts.Words, "registre.dument", &app.Error{Code: app.CodeLedgerDamaged, Detail: "not_a_ledger"},
		Ways{Again: press("again"), Choose: press("choose"), Restore: press("restore"), Example: press("example")})
	for key, want := range map[string]string{"opening.again": "again", "opening.choose": "choose",
		"opening.restore": "restore", "opening.example": "example"} {
		if ts.tap(ts.T(key)); pressed != want {
			t.Errorf("%s did %q", key, pressed)
		}
	}
	if findPressable(ts.Window.Content(), ts.T("opening.create")) != nil {
		t.Error("a ledger must not be begun over a damaged one")
	}
	ShowTrouble(ts.Window, ts.Words, "registre.dument", &app.Error{Code: app.CodeLedgerMissing},
		Ways{Create: press("create")})
	if ts.tap(ts.T("opening.create")); pressed != "create" {
		t.Errorf("create did %q", pressed)
	}
}
