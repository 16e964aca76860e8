package gui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/gui/theme"
)

func clientsOf(ts *testShell) *clientsScreen { return find[*clientsScreen](ts.Shell) }

func (ts *testShell) client(name string) ledger.Client {
	ts.t.Helper()
	client, err := ts.App.Client(context.Background(), name)
	if err != nil {
		ts.t.Fatal(err)
	}
	return client
}

func TestAClientOpensWithEverythingKnown(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	clientsOf(ts).open(ts.client("Brasserie du Mascaret SAS").ID)
	ts.settle()
	for _, text := range []string{"Brasserie du Mascaret SAS", "4 quai des Docks", "compta@mascaret.example", "F2026-0061",
		"30 jours, vos conditions"} {
		if !ts.shows(text) {
			t.Errorf("%q is not shown", text)
		}
	}
	ts.press(fyne.KeyEscape)
	if clientsOf(ts).panel.all.Visible() {
		t.Error("Escape leaves the panel open")
	}
}

func TestSearchKeepsTheSelectionAndOpenGoesThroughIt(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.goTo(placeClients)
	v := clientsOf(ts)
	ts.search()
	ts.write("bordeaux")
	if v.table.Len() != 1 {
		t.Fatalf("%d clients", v.table.Len())
	}
	v.open(ts.client("Garage Lestang EURL").ID)
	ts.settle()
	if v.table.Len() != len(sampleClients) || !ts.shows("2 route d’Albi") {
		t.Errorf("a client that the search hides was not opened: %d shown", v.table.Len())
	}
}

func TestWrongFieldsAreSaidBesideThem(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.goTo(placeClients)
	v := clientsOf(ts)
	ts.tap(ts.T("clients.new"))
	form := v.panel.form
	form.inputs["siret"].set("73282932000075")
	form.inputs["payment_days"].set("trente")
	ts.tap(ts.T("form.save"))
	if problemOf(form.inputs["payment_days"]) != ts.T("form.number") {
		t.Error("a number that is none is not said")
	}
	form.inputs["payment_days"].set("45")
	form.inputs["name"].set("Reliure Castel SARL")
	ts.tap(ts.T("form.save"))
	if v.panel.task != clientForm || ts.toasts.Message() != "" ||
		!strings.Contains(problemOf(form.inputs["siret"]), "73282932000075") {
		t.Errorf("the ledger's refusal must stand beside the field, not at the foot: %q", ts.toasts.Message())
	}
	form.inputs["siret"].set("732 829 320 00074")
	ts.tap(ts.T("form.save"))
	saved := ts.client("Reliure Castel SARL")
	if saved.Siret != "73282932000074" || saved.Kind != law.Business || saved.PaymentDays != 45 || !ts.shows(saved.Name) {
		t.Errorf("%+v", saved)
	}
}

func TestAnotherClientDoesNotThrowAFormAway(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.goTo(placeClients)
	v := clientsOf(ts)
	v.open(ts.client("M. Yann Roche").ID)
	ts.settle()
	ts.tap(ts.T("clients.edit"))
	v.panel.form.inputs["phone"].set("06 00 00 00 00")
	ts.focusOn(v.grid)
	ts.press(fyne.KeyUp)
	if v.panel.task != clientForm || ts.toasts.Message() != ts.T("clients.unsaved") {
		t.Errorf("the form is gone, %q", ts.toasts.Message())
	}
	v.panel.save()
	ts.settle()
	if ts.client("M. Yann Roche").Phone != "06 00 00 00 00" {
		t.Error("not saved")
	}
}

// problemOf is what stands beneath a field.
func problemOf(input formInput) string { return input.object.(interface{ Error() string }).Error() }

func (ts *testShell) focusOn(object fyne.Focusable) { ts.Window.Canvas().Focus(object) }

func TestAGuessIsConfirmedByOneButton(t *testing.T) {
	ts := newTestShell(t, testOptions{fill: func(t testing.TB, a *app.App) {
		if _, err := a.SaveClient(context.Background(), testToday, ledger.Client{Name: "Atelier Nord"}); err != nil {
			t.Fatal(err)
		}
	}})
	clientsOf(ts).open(ts.client("Atelier Nord").ID)
	ts.settle()
	ts.tap(ts.T("clients.guess.confirm"))
	if client := ts.client("Atelier Nord"); client.KindOrigin != ledger.OriginStated || client.Kind != law.Consumer {
		t.Errorf("%+v", client)
	}
	if ts.shows(ts.T("clients.guess.confirm")) {
		t.Error("the question is still there")
	}
}

func TestClientsMergeAndErase(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := clientsOf(ts)
	v.open(ts.client("Transports Delmas SARL").ID)
	ts.settle()
	ts.tap(ts.T("clients.merge"))
	v.panel.mergeInto(ts.client("Transports Delmas SARL"), "1")
	ts.settle()
	rows, err := ts.App.Clients(context.Background(), testToday)
	if err != nil || len(rows) != len(sampleClients)-1 {
		t.Fatalf("%d clients, %v", len(rows), err)
	}
	v.panel.erase()
	ts.settle()
	ts.tap(ts.T("clients.erase.do"))
	if !strings.Contains(ts.toasts.Message(), "doit encore de l’argent") {
		t.Errorf("a debtor was erased: %q", ts.toasts.Message())
	}
}

func TestAnEmptyLedgerInvitesToImport(t *testing.T) {
	ts := newTestShell(t, testOptions{empty: true})
	ts.goTo(placeClients)
	if !ts.shows(ts.T("clients.empty.title")) || !ts.shows(ts.T("clients.empty.import")) {
		t.Error("an empty list says nothing")
	}
}

func TestClientsFitANarrowWindow(t *testing.T) {
	ts := newTestShell(t, testOptions{width: 900, height: 600, language: "en", mode: theme.Dark})
	ts.goTo(placeClients)
	v := clientsOf(ts)
	ts.press(fyne.KeyDown)
	if v.panel.all.Visible() {
		t.Error("the panel hides the list before it was asked for")
	}
	ts.press(fyne.KeyReturn)
	if !v.panel.all.Visible() {
		t.Error("Enter does not open the panel")
	}
	ts.capture("clients-narrow")
}

// TestRefreshKeepsWhatIsTyped changes the ledger under a form.
func TestRefreshKeepsWhatIsTyped(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := clientsOf(ts)
	v.open(ts.client("M. Yann Roche").ID)
	ts.settle()
	ts.tap(ts.T("clients.edit"))
	v.panel.form.inputs["notes"].set("à rappeler")
	if _, err := ts.App.SaveClient(context.Background(), date.Must("2026-11-20"), ledger.Client{Name: "Autre"}); err != nil {
		t.Fatal(err)
	}
	ts.settle()
	if v.panel.task != clientForm || v.panel.form.inputs["notes"].value() != "à rappeler" {
		t.Error("what was typed is lost")
	}
}
