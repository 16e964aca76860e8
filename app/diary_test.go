package app_test

import (
	"bytes"
	"context"
	"testing"

	"dument/app"
	"dument/app/dunning"
	"dument/app/law"
	"dument/app/ledger"
)

// TestALateClientIsReminded follows one invoice from its issue to the formal notice, day by day.
func TestALateClientIsReminded(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	h.client("Éditions du Gué SAS", law.Business)

	// 1 January: the invoice, due on the 31st.
	h.invoice("F2026-0007", "Éditions du Gué SAS", 3000_00, "2026-01-01", "2026-01-31")

	// 31 January: not late on its due date.
	if actions, err := h.Due(ctx, day("2026-01-31")); err != nil || len(actions) != 0 {
		t.Fatalf("on the due date: %v, %v", actions, err)
	}

	// 3 February: three days late, the first reminder.
	actions, err := h.Due(ctx, day("2026-02-03"))
	check(t, err)
	if len(actions) != 1 || actions[0].Action.Step.ID != "reminder-1" || len(actions[0].Action.Blockers) != 0 {
		t.Fatalf("three days late: %+v", actions)
	}
	check(t, h.NoteContact(ctx, day("2026-02-03"), "F2026-0007", ledger.Contact{Step: "reminder-1", Channel: "email"}))

	// 4 February: the same step is not proposed twice; the call comes on the tenth day.
	actions, err = h.Due(ctx, day("2026-02-04"))
	check(t, err)
	next := actions[0].Action
	if next.Step.ID != "call" || next.Date != day("2026-02-10") || len(next.Blockers) != 1 ||
		next.Blockers[0].Code != "not_yet" {
		t.Fatalf("the day after a reminder: %+v", next)
	}

	// 2 March, after a month with the lid closed: one step, the most advanced, and not four at once.
	actions, err = h.Due(ctx, day("2026-03-02"))
	check(t, err)
	if len(actions) != 1 || actions[0].Action.Step.ID != dunning.StepFormalNotice {
		t.Fatalf("after a month away: %+v", actions)
	}

	// The notice of 2 March: 30 days of 12.15 % on 3 000 €, 29.96 €, and 40 €.
	made, err := h.MakeLetter(ctx, day("2026-03-02"), app.LetterDraft{Numbers: []string{"F2026-0007"}})
	check(t, err)
	if made.Letter.Total != 3069_96 || made.Letter.Number != "C-2026-0001" || made.Repeated {
		t.Fatalf("the notice: %+v", made.Letter)
	}
	again, err := h.MakeLetter(ctx, day("2026-03-02"), app.LetterDraft{Numbers: []string{"F2026-0007"}})
	check(t, err)
	if !again.Repeated || !bytes.Equal(again.PDF, made.PDF) {
		t.Error("the same letter asked for again is another one")
	}

	// 3 March: its deadline runs; nothing else is due before.
	actions, err = h.Due(ctx, day("2026-03-03"))
	check(t, err)
	next = actions[0].Action
	if next.Step.ID != dunning.StepHandover || !next.Date.After(made.Letter.Deadline) {
		t.Fatalf("while the deadline runs: %+v", next)
	}

	h.sound()
}

// TestALateClientPays goes on from the notice to the last cent.
func TestALateClientPays(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	h.client("Éditions du Gué SAS", law.Business)
	h.invoice("F2026-0007", "Éditions du Gué SAS", 3000_00, "2026-01-01", "2026-01-31")

	// 31 March: 1 000 € come in. The settings impute the principal first.
	result := h.pay("2026-03-31", app.PaymentDraft{Amount: 1000_00, Invoices: []string{"F2026-0007"}, Key: "k1"})
	if len(result.Allocations) != 1 || result.Allocations[0].Part != ledger.PartPrincipal || result.Credit != 0 {
		t.Fatalf("the part payment: %+v", result)
	}
	// 15 July, by hand: 3000 × 59 j × 12.15 % = 58.92; 2000 × 91 j × 12.15 % + 2000 × 15 j × 12.40 % = 70.78.
	claim := h.claim("F2026-0007", "2026-07-15")
	if claim.Principal != 2000_00 || claim.Interest != 129_70 || claim.Indemnity != 40_00 || claim.Total != 2169_70 {
		t.Fatalf("on 15 July: %+v", claim)
	}

	// 16 July: she pays all that is owed that day, to the cent.
	total := h.claim("F2026-0007", "2026-07-16").Total
	h.pay("2026-07-16", app.PaymentDraft{Amount: total, Invoices: []string{"F2026-0007"}})
	claim = h.claim("F2026-0007", "2026-12-31")
	if claim.Total != 0 || claim.Excess != 0 || claim.DaysLate != 166 {
		t.Fatalf("after the last payment: %+v", claim)
	}
	if actions, err := h.Due(ctx, day("2026-12-31")); err != nil || len(actions) != 0 {
		t.Errorf("a settled invoice asks for work: %v, %v", actions, err)
	}
	h.sound()
}

// TestAConsumerOwesNothingMore holds the gravest rule: no fee, no interest before the presentation.
func TestAConsumerOwesNothingMore(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	h.client("Odile Perrin", law.Consumer)
	h.invoice("F2026-0012", "Odile Perrin", 1200_00, "2026-06-01", "2026-07-01")

	made, err := h.MakeLetter(ctx, day("2026-08-03"), app.LetterDraft{Numbers: []string{"F2026-0012"}})
	check(t, err)
	if made.Letter.Total != 1200_00 {
		t.Fatalf("a consumer's notice asks for %s", made.Letter.Total)
	}
	for _, event := range []app.TrackDraft{
		{Kind: ledger.EventPosted, Date: day("2026-08-03"), Number: "1A 123 456 7890 1"},
		{Kind: ledger.EventPresented, Date: day("2026-08-05")},
	} {
		event.Letter = made.Letter.Number
		_, err := h.TrackLetter(ctx, day("2026-08-06"), event)
		check(t, err)
	}
	// Vector C1 of the law's chapter: 58 days of 2.75 % from the first presentation.
	if claim := h.claim("F2026-0012", "2026-10-02"); claim.Interest != 5_24 || claim.Indemnity != 0 {
		t.Errorf("on 2 October: %+v", claim)
	}
	h.sound()
}

// TestALetterFindsNobody: a notice that came back from an unknown addressee starts no interest.
func TestALetterFindsNobody(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	h.client("Odile Perrin", law.Consumer)
	h.invoice("F2026-0012", "Odile Perrin", 1200_00, "2026-06-01", "2026-07-01")
	made, err := h.MakeLetter(ctx, day("2026-08-03"), app.LetterDraft{Numbers: []string{"F2026-0012"}})
	check(t, err)
	for _, event := range []app.TrackDraft{
		{Kind: ledger.EventPresented, Date: day("2026-08-05")},
		{Kind: ledger.EventReturned, Date: day("2026-08-10"), Reason: ledger.ReturnUnknown},
	} {
		event.Letter = made.Letter.Number
		_, err := h.TrackLetter(ctx, day("2026-08-20"), event)
		check(t, err)
	}
	if claim := h.claim("F2026-0012", "2026-10-02"); claim.Interest != 0 {
		t.Errorf("interest of %s from a notice that found nobody", claim.Interest)
	}
	actions, err := h.Due(ctx, day("2026-10-02"))
	check(t, err)
	if actions[0].Action.Step.ID != dunning.StepFormalNotice {
		t.Errorf("next step %q: the notice must be made again", actions[0].Action.Step.ID)
	}
}

// TestWhatALetterRefuses: each refusal that the ledger itself decides.
func TestWhatALetterRefuses(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	on := day("2026-08-03")
	business := h.client("Éditions du Gué SAS", law.Business)
	h.client("Garage Tanguy EURL", law.Business)
	h.invoice("F1", "Éditions du Gué SAS", 100_00, "2026-01-01", "2026-01-31")
	h.invoice("F2", "Garage Tanguy EURL", 100_00, "2026-01-01", "2026-01-31")
	h.invoice("F3", "Éditions du Gué SAS", 100_00, "2026-07-30", "2026-08-30")

	_, err := h.MakeLetter(ctx, on, app.LetterDraft{Numbers: []string{"F1", "F2"}})
	refusedWith(t, err, app.CodeRefused, "several_clients")
	_, err = h.MakeLetter(ctx, on, app.LetterDraft{Numbers: []string{"F3"}})
	refusedWith(t, err, app.CodeRefused, "not_overdue")
	_, err = h.MakeLetter(ctx, on, app.LetterDraft{Numbers: []string{"F9"}})
	refusedWith(t, err, app.CodeNotFound, "")
	_, err = h.MakeLetter(ctx, day("2027-01-05"), app.LetterDraft{Numbers: []string{"F1"}})
	refusedWith(t, err, app.CodeRateMissing, "")
	if params := app.AsError(err).Params; len(params) != 1 || params[0] != "2027-S1" {
		t.Errorf("the missing half-year is not named: %v", params)
	}

	business.Insolvency = day("2026-07-01")
	_, err = h.SaveClient(ctx, on, business)
	check(t, err)
	_, err = h.MakeLetter(ctx, on, app.LetterDraft{Numbers: []string{"F1"}})
	refusedWith(t, err, app.CodeRefused, "insolvency")

	letters, err := h.Letters(ctx)
	check(t, err)
	if len(letters) != 0 {
		t.Errorf("refused letters left %d records", len(letters))
	}
	h.sound()
}

// TestTheLegalOrder spreads payments without a reference (vectors M1, M2 and M4).
func TestTheLegalOrder(t *testing.T) {
	h := newHouse(t)
	h.client("Client M1", law.Consumer)
	h.invoice("F1", "Client M1", 500_00, "2026-02-01", "2026-03-01")
	h.invoice("F2", "Client M1", 800_00, "2026-03-01", "2026-04-01")
	h.invoice("F3", "Client M1", 300_00, "2026-05-01", "2026-12-31")
	result := h.pay("2026-05-01", app.PaymentDraft{Amount: 700_00, Client: "Client M1"})
	want := []app.AllocatedPart{{Invoice: "F1", Amount: 500_00, Part: ledger.PartPrincipal},
		{Invoice: "F2", Amount: 200_00, Part: ledger.PartPrincipal}}
	if len(result.Allocations) != 2 || result.Allocations[0] != want[0] || result.Allocations[1] != want[1] {
		t.Errorf("M1: %+v", result)
	}
	// Taken back, the whole 1 700 € of M4 settle everything, and 100 € stay with the client.
	check(t, h.ReversePayment(context.Background(), day("2026-05-01"), result.Payment.ID))
	result = h.pay("2026-05-01", app.PaymentDraft{Amount: 1700_00, Client: "Client M1"})
	if result.Credit != 100_00 || len(result.Allocations) != 3 {
		t.Errorf("M4: %+v", result)
	}
	h.client("Client M2", law.Consumer)
	h.invoice("A", "Client M2", 600_00, "2026-02-01", "2026-03-01")
	h.invoice("B", "Client M2", 400_00, "2026-02-01", "2026-03-01")
	result = h.pay("2026-05-02", app.PaymentDraft{Amount: 500_00, Client: "Client M2"})
	if len(result.Allocations) != 2 || result.Allocations[0].Amount+result.Allocations[1].Amount != 500_00 ||
		max(result.Allocations[0].Amount, result.Allocations[1].Amount) != 300_00 {
		t.Errorf("M2: %+v", result)
	}
	h.sound()
}

// TestAPaymentTwice: the same key is one payment; another payment under it is refused.
func TestAPaymentTwice(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	h.client("Client", law.Business)
	h.invoice("F1", "Client", 500_00, "2026-02-01", "2026-03-01")
	first := h.pay("2026-02-10", app.PaymentDraft{Amount: 100_00, Invoices: []string{"F1"}, Key: "bank-1"})
	second := h.pay("2026-02-10", app.PaymentDraft{Amount: 100_00, Invoices: []string{"F1"}, Key: "bank-1"})
	if !second.Repeated || second.Payment.ID != first.Payment.ID || len(second.Allocations) != 1 {
		t.Errorf("repeated: %+v", second)
	}
	_, err := h.Pay(ctx, day("2026-02-10"), app.PaymentDraft{Amount: 90_00, Invoices: []string{"F1"}, Key: "bank-1",
		Date: day("2026-02-10")})
	refusedWith(t, err, app.CodeConflict, "key_used")
	if claim := h.claim("F1", "2026-02-11"); claim.Principal != 400_00 {
		t.Errorf("principal %s", claim.Principal)
	}
	check(t, h.ReversePayment(ctx, day("2026-02-11"), first.Payment.ID))
	refusedWith(t, h.ReversePayment(ctx, day("2026-02-11"), first.Payment.ID), app.CodeConflict, "reversed_already")
	if claim := h.claim("F1", "2026-02-11"); claim.Principal != 500_00 {
		t.Errorf("principal after the reversal %s", claim.Principal)
	}
	h.sound()
}

// TestACancelledInvoiceOwesNothing: a credit note says that its part was never owed.
func TestACancelledInvoiceOwesNothing(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	h.client("Client", law.Business)
	h.invoice("F1", "Client", 500_00, "2026-02-01", "2026-03-01")
	note, err := h.AddCreditNote(ctx, day("2026-05-01"), app.CreditDraft{Invoice: "F1", Amount: 100_00})
	check(t, err)
	if note.Number != "A2026-0001" {
		t.Errorf("credit note number %s", note.Number)
	}
	if claim := h.claim("F1", "2026-05-02"); claim.Principal != 400_00 || claim.Credited != 100_00 {
		t.Errorf("after a credit note: %+v", claim)
	}
	_, err = h.CancelInvoice(ctx, day("2026-05-03"), "F1", "Commande annulée")
	check(t, err)
	if claim := h.claim("F1", "2026-06-01"); claim.Total != 0 {
		t.Errorf("a cancelled invoice owes %s", claim.Total)
	}
	_, err = h.CancelInvoice(ctx, day("2026-05-03"), "F1", "")
	refusedWith(t, err, app.CodeRefused, "credited_already")
	h.sound()
}

// TestAMissingRateHidesNothingElse: in January 2027 the consumer's debt is still listed and claimed.
func TestAMissingRateHidesNothingElse(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	h.client("Éditions du Gué SAS", law.Business)
	h.client("Odile Perrin", law.Consumer)
	h.invoice("F1", "Éditions du Gué SAS", 100_00, "2026-10-01", "2026-10-31")
	h.invoice("F2", "Odile Perrin", 50_00, "2026-10-01", "2026-10-31")
	on := day("2027-01-02")
	list, err := h.Claims(ctx, on, nil, "")
	refusedWith(t, err, app.CodeRateMissing, "")
	if len(list) != 1 || list[0].Account.Invoice.Number != "F2" || list[0].Claim.Total != 50_00 {
		t.Errorf("claims: %+v", list)
	}
	actions, err := h.Due(ctx, on)
	check(t, err)
	if len(actions) != 2 {
		t.Fatalf("%d actions", len(actions))
	}
	for _, action := range actions {
		blocked := len(action.Action.Blockers) > 0 && action.Action.Blockers[0].Code == "rate_missing"
		if blocked != (action.Account.Invoice.Number == "F1") || action.Action.Amount <= 0 {
			t.Errorf("%s: %+v", action.Account.Invoice.Number, action.Action)
		}
	}
}
