package gui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/gui/model"
	"dument/gui/theme"
)

func paymentsOf(ts *testShell) *paymentsScreen { return find[*paymentsScreen](ts.Shell) }

// receiptsOf are the payments of November.
func receiptsOf(ts *testShell) []app.Receipt {
	ts.t.Helper()
	list, err := ts.App.Receipts(context.Background(), date.Must("2026-11-19"), testToday)
	if err != nil {
		ts.t.Fatal(err)
	}
	return list
}

// pick selects the message of the payment that two invoices explain.
func pick(ts *testShell, payer string) *paymentsScreen {
	ts.t.Helper()
	ts.goTo(placePayments)
	v := paymentsOf(ts)
	for _, proposal := range v.pending {
		if proposal.Message.Payer == payer {
			v.open(proposal.Message.ID)
			ts.settle()
			return v
		}
	}
	ts.t.Fatalf("no message of %s", payer)
	return nil
}

// What a choice says it would do is what is booked, to the cent; Ctrl+Z takes it back.
func TestAcceptingBooksWhatWasShown(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := pick(ts, "CABINET AUBRAC")
	if len(v.decision.view.Choices) != 2 || !ts.shows("CABINET AUBRAC") {
		t.Fatalf("%+v", v.decision.view)
	}
	plan, err := ts.App.PlanMatch(context.Background(), v.decision.view.Choices[0].Draft)
	if err != nil {
		t.Fatal(err)
	}
	ts.press(fyne.KeyReturn)
	booked := receiptsOf(ts)
	if len(booked) != 1 || booked[0].Payment.Evidence != ledger.EvidenceConfirmed {
		t.Fatalf("booked %+v", booked)
	}
	for i, line := range plan.Lines {
		part := booked[0].Invoices[i]
		if part.Invoice != line.Invoice || part.Amount != line.Amount || part.Part != ledger.PartPrincipal {
			t.Errorf("shown %+v, booked %+v", line, part)
		}
	}
	ts.actions.Run("payment.undo")
	ts.settle()
	if left := receiptsOf(ts); len(left) != 0 || !contains(v.pending, v.decision.proposal.Message.ID) {
		t.Errorf("after the undo: %+v", left)
	}
	if v.decision.proposal.Message.Payer != "CABINET AUBRAC" {
		t.Errorf("selected %q", v.decision.proposal.Message.Payer)
	}
}

// A digit chooses, on a French keyboard without Shift too; the credit settles no invoice.
func TestADigitChooses(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := pick(ts, "CABINET AUBRAC")
	ts.write("é")
	if v.decision.chosen != 1 || !v.decision.cards[1].Selected() {
		t.Fatalf("chosen %d", v.decision.chosen)
	}
	ts.write("1")
	ts.write("2")
	ts.press(fyne.KeyReturn)
	booked := receiptsOf(ts)
	if len(booked) != 1 || len(booked[0].Invoices) != 0 || booked[0].Client != "Cabinet Aubrac & Associés" {
		t.Fatalf("booked %+v", booked)
	}
}

// R refuses without booking; the toast takes it back.
func TestRefusing(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := pick(ts, "CABINET AUBRAC")
	before := len(v.pending)
	ts.write("r")
	if len(v.pending) != before-1 || len(receiptsOf(ts)) != 0 {
		t.Fatalf("%d pending of %d", len(v.pending), before)
	}
	ts.tap(ts.T("payments.undo"))
	if len(v.pending) != before {
		t.Errorf("%d pending of %d after the undo", len(v.pending), before)
	}
}

// J goes round the queue.
func TestNext(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.goTo(placePayments)
	v := paymentsOf(ts)
	first := v.queue.Selected()
	for range v.lines {
		ts.write("j")
	}
	if len(v.lines) < 2 || v.queue.Selected() != first {
		t.Errorf("%d messages, %q then %q", len(v.lines), first, v.queue.Selected())
	}
}

// What a client announces is booked only by the user's word, and says so.
func TestAWordIsNotMoney(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := pick(ts, "Garage Lestang")
	if v.decision.view.Notice == nil || v.decision.view.Level != 1 {
		t.Fatalf("%+v", v.decision.view)
	}
}

// A correction names the invoices: typed by amount, taken with Enter, booked with Enter.
func TestCorrecting(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := pick(ts, "CABINET AUBRAC")
	ts.write("c")
	if !v.correct.active() || len(v.correct.list) == 0 {
		t.Fatal("the correction does not open")
	}
	ts.write("0139")
	ts.press(fyne.KeyReturn)
	if len(v.correct.chosen) != 1 || v.correct.chosen[0] != "F2026-0139" || !v.correct.allowed {
		t.Fatalf("chosen %v", v.correct.chosen)
	}
	ts.press(fyne.KeyReturn)
	booked := receiptsOf(ts)
	if len(booked) != 1 || booked[0].Invoices[0].Invoice != "F2026-0139" {
		t.Fatalf("booked %+v", booked)
	}
	if v.correct.active() {
		t.Error("the correction stays open")
	}
}

// The book reverses a payment entered by hand, and enters it again.
func TestTheBookReverses(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.goTo(placePayments)
	ts.tap(ts.T("payments.book"))
	v := paymentsOf(ts)
	count := len(v.book.view.Lines)
	if v.view != viewBook || count == 0 {
		t.Fatalf("view %v, %d payments", v.view, count)
	}
	key := v.book.view.Lines[0].Key()
	v.book.grid.Select(key)
	v.book.choose(key)
	ts.tap(ts.T("payments.book.undo"))
	if len(v.book.view.Lines) != count-1 {
		t.Fatalf("%d payments of %d", len(v.book.view.Lines), count)
	}
	ts.tap(ts.T("payments.undo"))
	if len(v.book.view.Lines) != count {
		t.Errorf("%d payments of %d after the undo", len(v.book.view.Lines), count)
	}
}

func TestPaymentsInANarrowWindow(t *testing.T) {
	ts := newTestShell(t, testOptions{width: 900, height: 600})
	v := pick(ts, "CABINET AUBRAC")
	v.showSide(false)
	ts.press(fyne.KeyReturn)
	if !v.side.Visible() || len(receiptsOf(ts)) != 0 {
		t.Fatalf("Enter books before the choices are in sight: %v", v.side.Visible())
	}
	ts.press(fyne.KeyEscape)
	if v.side.Visible() {
		t.Error("Escape does not close the panel")
	}
}

func TestPaymentsOfAnEmptyLedger(t *testing.T) {
	ts := newTestShell(t, testOptions{empty: true})
	ts.goTo(placePayments)
	if !ts.shows(ts.T("payments.empty.none")) || ts.actions.CanRun("payment.accept") {
		t.Errorf("%v", textsOf(ts.Window.Content()))
	}
	ts.tap(ts.T("payments.empty.settings"))
	if ts.current.id() != placeSettings {
		t.Errorf("at %s", ts.current.id())
	}
}

func TestTheSampleMessagesAreMarked(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := pick(ts, "CABINET AUBRAC")
	view := model.NewMessage(ts.Words, v.decision.proposal, testToday)
	if len(view.Facts) < 3 || view.Facts[0].Mark != 1 {
		t.Errorf("%+v", view.Facts)
	}
}

// An alert only has to be seen: Enter does that, nothing is booked, and the undo brings it back.
func TestAnAlertIsSeen(t *testing.T) {
	fill := func(t testing.TB, a *app.App) {
		fillSample(t, a)
		alert := ledger.Message{SHA256: strings.Repeat("3", 64), HeaderID: "<3@fausse.example>", On: testToday,
			Sender: "avis@fausse.example", Subject: "Virement", Class: "spoof", Evidence: ledger.EvidenceRejected,
			Decision: "alert", Reading: []byte(`{"text":"Cliquez ici","reasons":[{"code":"look_alike"}]}`)}
		err := a.Store.Update(context.Background(), func(w app.Writer) error {
			return w.Record(ledger.EntryMail, testToday, func(int64) (any, error) { return nil, w.AddMessage(&alert) })
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	ts := newTestShell(t, testOptions{fill: fill})
	ts.goTo(placePayments)
	v := paymentsOf(ts)
	id := v.decision.proposal.Message.ID
	if v.decision.view.Alert == nil || ts.actions.CanRun("payment.accept") {
		t.Fatalf("%+v", v.decision.view)
	}
	booked := len(receiptsOf(ts))
	ts.press(fyne.KeyReturn)
	if contains(v.pending, id) || len(receiptsOf(ts)) != booked {
		t.Fatal("the alert is still there, or something was booked")
	}
	ts.actions.Run("payment.undo")
	ts.settle()
	if !contains(v.pending, id) || v.decision.proposal.Message.ID != id {
		t.Error("the undo does not bring the alert back")
	}
}

func TestPaymentsAsDrawn(t *testing.T) {
	for file, options := range map[string]testOptions{"payments-fr-light": {},
		"payments-en-dark": {language: "en", mode: theme.Dark}} {
		ts := newTestShell(t, options)
		pick(ts, "CABINET AUBRAC")
		test.AssertImageMatches(t, file+".png", ts.captureScreen(file))
	}
}
