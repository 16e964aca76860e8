package gui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
	"dument/gui/model"
	"dument/gui/theme"
)

func (ts *testShell) invoices() *invoicesScreen { return find[*invoicesScreen](ts.Shell) }

// onInvoices opens the window on the ledger.
func onInvoices(t *testing.T, options testOptions) *testShell {
	t.Helper()
	ts := newTestShell(t, options)
	ts.goTo(placeInvoices)
	return ts
}

func TestTheLedgerShowsEveryInvoiceWithItsSums(t *testing.T) {
	ts := onInvoices(t, testOptions{})
	v := ts.invoices()
	if v.table.Len() != 12 || !ts.shows("12 factures") || !ts.shows(frenchSpaces("17 560,00")) {
		t.Errorf("%d invoices, %v", v.table.Len(), textsOf(v.grid))
	}
	if v.grid.Selected() != "F2026-0152" || !v.side.Visible() {
		t.Error("the first invoice is not selected, with its detail beside")
	}
	ts.press(fyne.KeyEnd)
	if v.grid.Selected() != "F2026-0061" || !ts.shows(frenchSpaces("3 743,53 €")) {
		t.Error("the detail does not follow the selection")
	}
}

func TestChipsAndSearchNarrowTheLedger(t *testing.T) {
	ts := onInvoices(t, testOptions{})
	v := ts.invoices()
	ts.tap("Échues")
	if v.table.Len() != 9 || !ts.shows("9 affichées sur 12") {
		t.Errorf("%d overdue", v.table.Len())
	}
	ts.search()
	ts.write("fabre")
	if v.table.Len() != 2 {
		t.Errorf("%d of that client", v.table.Len())
	}
	ts.write(" rien")
	if !ts.shows("Aucune facture avec ces filtres") || !ts.shows("Filtres en cours\u00a0: Échues, «\u00a0fabre rien\u00a0».") {
		t.Errorf("an empty list does not name its filters: %v", textsOf(v.grid))
	}
	if v.side.Visible() {
		t.Error("the detail of an invoice that is not shown stays")
	}
	ts.tap("Effacer les filtres")
	if v.table.Len() != 12 || v.searched.Text() != "" || !v.every.On() {
		t.Error("the filters are not cleared")
	}
	ts.search()
	ts.write("1944")
	if v.table.Len() != 1 || v.table.Row(0).Key != "F2026-0121" {
		t.Error("an amount is not found")
	}
	ts.press(fyne.KeyEscape)
	if v.table.Len() != 12 {
		t.Error("Escape does not empty the search")
	}
}

func TestAHeaderSorts(t *testing.T) {
	ts := onInvoices(t, testOptions{})
	v := ts.invoices()
	v.grid.OnSort(model.ColumnAmount, true)
	if v.table.Row(0).Key != "F2026-0149" {
		t.Errorf("the largest is %s", v.table.Row(0).Key)
	}
	ts.refreshAll()
	ts.settle()
	if v.table.Row(0).Key != "F2026-0149" {
		t.Error("a refresh forgets the order")
	}
}

func TestTheClaimFollowsTheDate(t *testing.T) {
	ts := onInvoices(t, testOptions{})
	v := ts.invoices()
	v.open("F2026-0061")
	ts.settle()
	v.detail.day.Focus()
	ts.press(fyne.KeyDown)
	if v.detail.day.Date() != testToday.AddDays(-1) || !ts.shows("Total au 20/11/2026") {
		t.Fatal("the date did not move")
	}
	if !ts.shows(frenchSpaces("3 742,35 €")) { // 143 days at 12.40 %: 169.06 in place of 170.24
		t.Errorf("the claim of the day before: %v", textsOf(v.detail.panel))
	}
	ts.tap("aujourd’hui")
	if !ts.shows(frenchSpaces("3 743,53 €")) {
		t.Error("today’s claim does not come back")
	}
	ts.tap("Copier")
	copied := ts.Fyne.Clipboard().Content()
	if !strings.HasPrefix(copied, "Décompte de la facture F2026-0061, Brasserie du Mascaret SAS, au 21/11/2026\n") {
		t.Errorf("copied %q", copied)
	}
}

func TestEnteringAPaymentAndUndoingIt(t *testing.T) {
	ts := onInvoices(t, testOptions{})
	v := ts.invoices()
	v.pay("F2026-0061")
	ts.settle()
	if v.payment.amount.Amount() != 3743_53 {
		t.Fatalf("the amount begins with %s", v.payment.amount.Amount())
	}
	ts.write("500")
	ts.press(fyne.KeyReturn)
	if !ts.shows("Réparti ainsi") || !ts.shows("F2026-0061 · principal") {
		t.Fatalf("the spread is not shown: %v", textsOf(v.payment.panel))
	}
	row, _ := v.table.Get("F2026-0061")
	if row.Balance.Open() != 2980_00 {
		t.Errorf("%s is left in the list", row.Balance.Open())
	}
	ts.tap("Annuler le règlement")
	row, _ = v.table.Get("F2026-0061")
	if row.Balance.Open() != 3480_00 || ts.toasts.Message() != "Règlement annulé" {
		t.Errorf("after the undo %s is left, said %q", row.Balance.Open(), ts.toasts.Message())
	}
}

func TestAPaymentOfTomorrowIsRefusedAtItsField(t *testing.T) {
	ts := onInvoices(t, testOptions{})
	v := ts.invoices()
	v.pay("F2026-0061")
	ts.settle()
	v.payment.day.Focus()
	ts.press(fyne.KeyUp)
	v.payment.submit()
	ts.settle()
	if !strings.Contains(v.payment.day.Error(), "22") || ts.toasts.Message() != "" {
		t.Errorf("said %q at the date, %q at the foot", v.payment.day.Error(), ts.toasts.Message())
	}
}

func TestANewInvoiceForAKnownAndForANewClient(t *testing.T) {
	ts := onInvoices(t, testOptions{})
	v := ts.invoices()
	ts.actions.Run("invoice.new")
	ts.settle()
	ts.write("mascaret")
	ts.press(fyne.KeyReturn) // takes the suggestion
	if v.create.client.Text() != "Brasserie du Mascaret SAS" || v.create.kindBlock.Visible() {
		t.Fatalf("the client is %q", v.create.client.Text())
	}
	ts.write("1 250,5")
	ts.press(fyne.KeyReturn)
	made := v.grid.Selected()
	row, _ := v.table.Get(made)
	if row.Invoice.Amount != 1250_50 || row.ClientName != "Brasserie du Mascaret SAS" ||
		row.Invoice.Due != testToday.AddDays(30) {
		t.Fatalf("made %s: %+v", made, row.Invoice)
	}
	ts.actions.Run("invoice.new")
	ts.settle()
	ts.write("Mme Inès Vidal")
	v.create.amount.SetAmount(80_00)
	v.create.submit()
	if v.create.kind.Error() == "" {
		t.Fatal("the regime of a new client is guessed")
	}
	v.create.kind.Select(string(law.Consumer))
	v.create.submit()
	ts.settle()
	client, err := ts.App.Client(context.Background(), "Mme Inès Vidal")
	if err != nil || client.Kind != law.Consumer || client.KindOrigin != ledger.OriginStated {
		t.Errorf("%+v %v", client, err)
	}
	if v.create.client.Text() != "" {
		t.Error("the form keeps what was saved")
	}
}

func TestAFormKeepsWhatWasTyped(t *testing.T) {
	ts := onInvoices(t, testOptions{})
	v := ts.invoices()
	ts.actions.Run("invoice.new")
	ts.write("Maison Roy")
	ts.press(fyne.KeyEscape)
	if !v.showsDetail() {
		t.Fatal("Escape does not close the form")
	}
	ts.actions.Run("invoice.new")
	ts.settle()
	if v.create.client.Text() != "Maison Roy" {
		t.Errorf("the form forgot %q", v.create.client.Text())
	}
	v.create.number.SetText("F2026-0061")
	v.create.kind.Select(string(law.Business))
	v.create.amount.SetAmount(10_00)
	v.create.submit()
	ts.settle()
	if !strings.Contains(v.create.number.Error(), "F2026-0061") {
		t.Errorf("a number that is taken: %q", v.create.number.Error())
	}
}

func TestACreditNoteAndACancellation(t *testing.T) {
	ts := onInvoices(t, testOptions{})
	v := ts.invoices()
	v.open("F2026-0133")
	ts.settle()
	ts.tap("Avoir…")
	ts.write("20")
	if v.credit.save.Text() != "Enregistrer l’avoir" {
		t.Errorf("the button says %q", v.credit.save.Text())
	}
	ts.press(fyne.KeyReturn)
	row, _ := v.table.Get("F2026-0133")
	if row.Balance.Credited != 20_00 {
		t.Fatalf("credited %s", row.Balance.Credited)
	}
	ts.tap("Avoir…")
	ts.tap("Annuler la facture")
	row, _ = v.table.Get("F2026-0133")
	if row.Balance.Open() != 0 || model.InvoiceState(ts.Words, testToday, row).Text != "Annulée" {
		t.Errorf("%s is left", row.Balance.Open())
	}
	if ts.actions.CanRun("invoice.credit") {
		t.Error("nothing is left to be credited, and the menu offers it")
	}
}

func TestDocumentsOfAnInvoice(t *testing.T) {
	ts := onInvoices(t, testOptions{files: []testFile{{"bon.pdf", []byte("%PDF-1.7 bon")}}})
	v := ts.invoices()
	v.open("F2026-0098")
	ts.settle()
	ts.tap("Joindre…")
	ts.tap("bon.pdf")
	if len(ts.opened) != 1 || string(ts.opened[0].content) != "%PDF-1.7 bon" {
		t.Fatalf("opened %v", ts.opened)
	}
	ts.tap("C-2026-0001.pdf")
	if len(ts.opened) != 2 || !strings.HasPrefix(string(ts.opened[1].content), "%PDF-") {
		t.Error("the letter does not open")
	}
}

func TestTheMenuFollowsTheSelection(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	if ts.actions.CanRun("invoice.pay") || !ts.actions.CanRun("invoice.new") {
		t.Error("on another place there is no invoice to pay, and one can be entered")
	}
	v := ts.invoices()
	for number, want := range map[string]string{"F2026-0152": "pay credit copy", "F2026-0061": "letter pay credit copy",
		"F2026-0104": "credit copy"} {
		v.open(number)
		ts.settle()
		var can []string
		for _, act := range []string{"letter", "pay", "credit", "copy"} {
			if ts.actions.CanRun("invoice." + act) {
				can = append(can, act)
			}
		}
		if got := strings.Join(can, " "); got != want {
			t.Errorf("%s: %q, want %q", number, got, want)
		}
	}
}

func TestAnotherProgramsChangeShows(t *testing.T) {
	ts := onInvoices(t, testOptions{})
	_, err := ts.App.AddInvoice(context.Background(), testToday, app.InvoiceDraft{Client: "Garage Lestang EURL",
		Amount: money.Cents(77_00), Issued: testToday, Due: date.Must("2026-12-31")})
	if err != nil {
		t.Fatal(err)
	}
	ts.settle()
	if ts.invoices().table.All() != 13 || ts.invoices().grid.Selected() != "F2026-0152" {
		t.Error("a change does not show, or moves the selection")
	}
}

func TestPictureOfInvoices(t *testing.T) {
	light := onInvoices(t, testOptions{})
	light.invoices().open("F2026-0061")
	light.settle()
	test.AssertImageMatches(t, "invoices-fr-light.png", light.captureScreen("invoices-fr-light"))
	dark := onInvoices(t, testOptions{language: "en", mode: theme.Dark})
	test.AssertImageMatches(t, "invoices-en-dark.png", dark.captureScreen("invoices-en-dark"))
}
