package gui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"dument/app"
	"dument/app/date"
	"dument/gui/theme"
)

func (ts *testShell) todo() *todoScreen { return find[*todoScreen](ts.Shell) }

// names lists the debtors of the day's work.
func (v *todoScreen) names() (names []string) {
	for _, block := range v.list.Blocks {
		names = append(names, block.Name)
	}
	return names
}

func TestToDoIsTheHome(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	for _, text := range []string{"17 560,00 €", "12 924,00 €", "samedi 21\u00a0novembre 2026",
		"Cabinet Aubrac & Associés", "Boîte lue il y a 60 min", "En attente"} {
		if !ts.shows(frenchSpaces(text)) {
			t.Errorf("%q is not in sight", text)
		}
	}
	if ts.Window.Canvas().Focused() != fyne.Focusable(ts.todo().queue) {
		t.Error("the list has not the keyboard")
	}
}

// frenchSpaces writes the spaces of French print into a text typed plainly.
func frenchSpaces(text string) string {
	text = strings.ReplaceAll(text, " €", "\u00a0€")
	for i := 1; i < len(text)-1; i++ {
		if text[i] == ' ' && text[i-1] >= '0' && text[i-1] <= '9' && text[i+1] >= '0' && text[i+1] <= '9' {
			text = text[:i] + "\u202f" + text[i+1:]
		}
	}
	return text
}

func TestToDoByKeyboard(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := ts.todo()
	first := v.queue.Selected()
	ts.press(fyne.KeyDown)
	if v.queue.Selected() == first || !v.detail.panel.Visible() {
		t.Fatal("the arrow did not move on, or the panel is away")
	}
	ts.press(fyne.KeyEscape)
	if v.detail.panel.Visible() {
		t.Error("Escape leaves the panel")
	}
	ts.press(fyne.KeyUp)
	if !v.detail.panel.Visible() {
		t.Error("a new selection does not bring the panel back")
	}
	ts.press(fyne.KeyReturn)
	if ts.current.id() != placePayments {
		t.Errorf("Enter on a payment to match leads to %s", ts.current.id())
	}
}

func TestFiguresOpenTheListBehind(t *testing.T) {
	for text, shown := range map[string]int{"Encours": 11, "Échu": 9, "Délai moyen": 1} {
		ts := newTestShell(t, testOptions{})
		ts.tap(text)
		if ts.current.id() != placeInvoices {
			t.Fatalf("%s leads to %s", text, ts.current.id())
		}
		if got := find[*invoicesScreen](ts.Shell).table.Len(); got != shown {
			t.Errorf("%s shows %d invoices, want %d", text, got, shown)
		}
	}
	ts := newTestShell(t, testOptions{})
	ts.tap("Reçu ce mois")
	if ts.current.id() != placePayments {
		t.Errorf("what was received leads to %s", ts.current.id())
	}
}

func TestNotingACallTakesItOffTheList(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.tap("Noter l’appel")
	if slices.Contains(ts.todo().names(), "Mme Lucie Garnier") {
		t.Error("the call is still to be made")
	}
	if want := "Noté\u00a0: appel, Mme Lucie Garnier, le 21/11/2026"; ts.toasts.Message() != want {
		t.Errorf("said %q, want %q", ts.toasts.Message(), want)
	}
	detail, err := ts.App.Invoice(context.Background(), testToday, "F2026-0133")
	if err != nil {
		t.Fatal(err)
	}
	if contacts := detail.Account.Contacts; len(contacts) != 1 || contacts[0].Step != "call" ||
		contacts[0].Channel != "phone" || contacts[0].On != testToday {
		t.Errorf("noted %+v", contacts)
	}
}

func TestTheSelectionStaysOnItsDebtor(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := ts.todo()
	ts.press(fyne.KeyEnd)
	selected := v.queue.Selected()
	_, err := ts.App.Pay(context.Background(), testToday, app.PaymentDraft{Amount: 3743_53, Date: testToday,
		Invoices: []string{"F2026-0061"}})
	if err != nil {
		t.Fatal(err)
	}
	ts.settle()
	if slices.Contains(v.names(), "Brasserie du Mascaret SAS") {
		t.Error("a debtor who has paid is still on the list")
	}
	if v.queue.Selected() != selected {
		t.Errorf("the selection went from %s to %s", selected, v.queue.Selected())
	}
}

func TestToDoWithoutWork(t *testing.T) {
	empty := newTestShell(t, testOptions{empty: true})
	if !empty.shows("Aucune facture pour l’instant") || !empty.shows("Importer un fichier…") {
		t.Error("an empty ledger does not say how to begin")
	}
	calm := newTestShell(t, testOptions{fill: func(t testing.TB, a *app.App) {
		ctx := context.Background()
		if _, err := a.SaveClient(ctx, testToday, sampleClients[0]); err != nil {
			t.Fatal(err)
		}
		_, err := a.AddInvoice(ctx, testToday, app.InvoiceDraft{Client: sampleClients[0].Name, Amount: 100_00,
			Issued: testToday, Due: date.Must("2026-11-24")})
		if err != nil {
			t.Fatal(err)
		}
	}})
	if !calm.shows("Rien à faire aujourd’hui") {
		t.Error("a day without work does not say so")
	}
	if calm.todo().detail.panel.Visible() {
		t.Error("a panel stands beside nothing")
	}
}

func TestTheNewsSaysWhenTheInboxFails(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.inbox.become(app.InboxState{Phase: app.InboxWaiting,
		Err: &app.Error{Code: app.CodeMailbox, Detail: "unreachable", Err: errors.New("no route")}})
	ts.settle()
	ts.tap("Réessayer")
	if ts.inbox.retries != 1 {
		t.Error("the cure beside the news does nothing")
	}
	ts.inbox.become(app.InboxState{Phase: app.InboxOff})
	ts.settle()
	ts.tap("Régler la boîte")
	if ts.current.id() != placeSettings {
		t.Errorf("the cure leads to %s", ts.current.id())
	}
}

func TestANarrowWindowOpensThePanelOverTheList(t *testing.T) {
	ts := newTestShell(t, testOptions{width: 900, height: 600})
	v := ts.todo()
	if v.detail.panel.Visible() {
		t.Fatal("the panel takes the room of the list")
	}
	ts.press(fyne.KeyReturn)
	if !v.detail.panel.Visible() || ts.current.id() != placeToDo {
		t.Error("Enter does not open the panel")
	}
	ts.press(fyne.KeyEscape)
	if v.detail.panel.Visible() {
		t.Error("Escape leaves the panel over the list")
	}
}

func TestALongLoadSaysSo(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := ts.todo()
	v.loaded = false
	v.refresh()
	armed := ts.clock.take(func(timer *handTimer) bool { return timer.delay == loadingDelay })
	if len(armed) != 1 {
		t.Fatalf("%d timers wait for a first load", len(armed))
	}
	v.showLoading() // what the timer dispatches
	if !ts.shows("Lecture du registre…") {
		t.Error("a list that does not come says nothing")
	}
	ts.settle()
	if ts.shows("Lecture du registre…") || !ts.shows("Cabinet Aubrac & Associés") {
		t.Error("the list came and is not shown")
	}
	v.showLoading()
	if ts.shows("Lecture du registre…") {
		t.Error("a late timer hides a list that has come")
	}
}

func TestWaitingLinesFoldAndLeadToTheirInvoice(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.tap("En attente")
	if ts.shows("F2026-0130 · relance 2") {
		t.Error("the waiting ones do not fold")
	}
	ts.tap("En attente")
	ts.tap("Menuiserie Fabre SARL")
	if ts.current.id() != placeInvoices || ts.invoices().grid.Selected() != "F2026-0098" {
		t.Errorf("a waiting line leads to %s, %s", ts.current.id(), ts.invoices().grid.Selected())
	}
}

func TestToDoInADamagedLedger(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.todo().showError(&app.Error{Code: app.CodeLedgerLocked})
	ts.settle()
	if !ts.shows("La liste n’a pas pu être lue") || ts.todo().detail.panel.Visible() {
		t.Error("an error does not stand in the list’s place")
	}
	ts.tap("Recommencer")
	if !ts.shows("Cabinet Aubrac & Associés") {
		t.Error("trying again does not bring the list back")
	}
}

func TestACompleteScreenLeavesNothingUnsaid(t *testing.T) {
	for _, language := range []string{"fr", "en"} {
		ts := newTestShell(t, testOptions{language: language})
		ts.goTo(placeInvoices)
		for _, text := range append(textsOf(ts.Window.Content()), textsOf(ts.todo().content())...) {
			if strings.HasPrefix(text, "todo.") || strings.HasPrefix(text, "invoices.") || strings.Contains(text, "%s") {
				t.Errorf("%s: %q has no text", language, text)
			}
		}
	}
}

func TestPictureOfToDo(t *testing.T) {
	test.AssertImageMatches(t, "todo-fr-light.png", newTestShell(t, testOptions{}).captureScreen("todo-fr-light"))
	dark := newTestShell(t, testOptions{language: "en", mode: theme.Dark})
	test.AssertImageMatches(t, "todo-en-dark.png", dark.captureScreen("todo-en-dark"))
}

func TestAnAnnouncementLeadsToItsMessage(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	ts.tap("Voir l’annonce")
	if ts.current.id() != placePayments || !ts.shows("accueil@lestang.example") && !ts.shows("Garage Lestang") {
		t.Errorf("the announcement leads to %s", ts.current.id())
	}
	ts.goTo(placeToDo)
	ts.press(fyne.KeyReturn)
	if ts.current.id() != placeInvoices || !ts.shows("Règlement de F2026-0121") {
		t.Error("Enter on an announced payment does not open the form for it")
	}
}

func TestTheLetterConcernsTheInvoicesOfTheBlock(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.press(fyne.KeyDown)
	ts.tap("Préparer la lettre")
	if ts.current.id() != placeLetters {
		t.Errorf("the formal notice leads to %s", ts.current.id())
	}
}

func TestWhatIsMissingLeadsToWhereItIsGiven(t *testing.T) {
	for verb, place := range map[string]string{"Compléter la fiche": placeClients, "Régler le médiateur": placeSettings} {
		ts := newTestShell(t, testOptions{})
		ts.tap(verb)
		if ts.current.id() != place {
			t.Errorf("%s leads to %s", verb, ts.current.id())
		}
	}
}
