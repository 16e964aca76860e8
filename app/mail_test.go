package app_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"dument/app"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/matching"
)

// bankNotice is an authentic credit notice of the user's own bank.
func bankNotice(id, amount, payer, motif, operation string) app.Incoming {
	return message("banque-iroise.example", "avis@banque-iroise.example", id, fmt.Sprintf(`Bonjour Claire Vasseur,

Votre compte FR76 **** **** 0189 a été crédité.

Montant : %s €
Émetteur : %s
Date de l'opération : %s
Motif : %s
`, amount, payer, operation, motif), "Virement reçu")
}

// message is a message that the provider of the mailbox authenticated for its sender's domain.
func message(domain, from, id, body, subject string) app.Incoming {
	head := []string{
		"Authentication-Results: mx.monfai.example; dkim=pass header.d=" + domain + " header.s=s1; " +
			"spf=pass smtp.mailfrom=bounce@" + domain + "; dmarc=pass header.from=" + domain,
		"Received: from out." + domain + " (out." + domain + " [192.0.2.7]) by mx.monfai.example with ESMTPS id a1; " +
			"Tue, 3 Mar 2026 10:02:11 +0100",
		"From: <" + from + ">", "To: claire@atelier-vasseur.example", "Subject: " + subject,
		"Date: Tue, 3 Mar 2026 10:02:10 +0100", "Message-ID: <" + id + "@" + domain + ">",
		"MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
	}
	return app.Incoming{File: id + ".eml", Raw: []byte(strings.Join(head, "\r\n") + "\r\n\r\n" + body)}
}

func (h *house) receive(on string, messages ...app.Incoming) []app.MessageOutcome {
	h.t.Helper()
	outcomes, err := h.ReceiveMessages(context.Background(), day(on), messages, "", ledger.Cursor{})
	check(h.t, err)
	return outcomes
}

func mailHouse(t *testing.T) *house {
	h := newHouse(t)
	h.client("Boulangerie Morel SARL", law.Business)
	h.invoice("F2026-0003", "Boulangerie Morel SARL", 1248_00, "2026-01-15", "2026-02-14")
	h.invoice("F2026-0004", "Boulangerie Morel SARL", 300_00, "2026-01-20", "2026-02-19")
	return h
}

func TestANotifiedPaymentBooksItselfOnce(t *testing.T) {
	h := mailHouse(t)
	notice := bankNotice("a", "1 248,00", "BOULANGERIE MOREL SARL", "FACTURE F2026-0003", "03/03/2026")
	outcome := h.receive("2026-03-03", notice)[0]
	if outcome.Decision != matching.Auto || len(outcome.Payments) != 1 {
		t.Fatalf("decision %s, reasons %+v", outcome.Decision, outcome.Reasons)
	}
	if claim := h.claim("F2026-0003", "2026-03-04"); claim.Principal != 0 {
		t.Errorf("principal left %s", claim.Principal)
	}
	if again := h.receive("2026-03-04", notice)[0]; !again.Repeated || again.Decision != matching.Ignore {
		t.Errorf("read again: %+v", again)
	}
	// The same transfer told by another message settles nothing twice.
	other := bankNotice("b", "1 248,00", "BOULANGERIE MOREL SARL", "FACTURE F2026-0003", "03/03/2026")
	if outcome := h.receive("2026-03-04", other)[0]; outcome.Decision == matching.Auto {
		t.Error("a second notice for a settled invoice was booked")
	}
	payments, err := h.Payments(context.Background(), app.PaymentFilter{})
	check(t, err)
	if len(payments) != 1 || payments[0].Evidence != ledger.EvidenceNotified {
		t.Errorf("payments: %+v", payments)
	}
	h.sound()
}

func TestAnAnnouncementLeavesTheInvoiceDue(t *testing.T) {
	ctx := context.Background()
	h := mailHouse(t)
	said := message("boulangerie-morel.example", "compta@boulangerie-morel.example", "c",
		"Bonjour,\n\nNous avons viré ce jour 1 248,00 € pour la facture F2026-0003.\n\nCordialement", "Règlement")
	outcome := h.receive("2026-03-03", said)[0]
	if outcome.Decision != matching.Announce || len(outcome.Payments) != 0 {
		t.Fatalf("decision %s, class %s", outcome.Decision, outcome.Notice.Class)
	}
	if claim := h.claim("F2026-0003", "2026-03-04"); claim.Principal != 1248_00 {
		t.Errorf("principal %s: an e-mail paid an invoice", claim.Principal)
	}
	actions, err := h.Due(ctx, day("2026-03-04"))
	check(t, err)
	if len(actions) == 0 || len(actions[0].Action.Blockers) == 0 || actions[0].Action.Blockers[0].Code != "announced" {
		t.Errorf("the announcement holds nothing back: %+v", actions)
	}
	rows, err := h.Invoices(ctx, app.InvoiceFilter{Numbers: []string{"F2026-0003"}})
	check(t, err)
	if rows[0].Announced != day("2026-03-03") {
		t.Errorf("announced on %v", rows[0].Announced)
	}
}

func TestASuggestionWaitsForTheUser(t *testing.T) {
	ctx := context.Background()
	h := mailHouse(t)
	outcome := h.receive("2026-03-03",
		bankNotice("d", "1 000,00", "MOREL PERE ET FILS", "FACTURE F2026-0003", "03/03/2026"))[0]
	if outcome.Decision != matching.Suggest || len(outcome.Payments) != 0 {
		t.Fatalf("decision %s", outcome.Decision)
	}
	// No letter leaves while a payment waits.
	_, err := h.MakeLetter(ctx, day("2026-03-04"), app.LetterDraft{Numbers: []string{"F2026-0003"}})
	refusedWith(t, err, app.CodeRefused, "payment_to_match")

	pending, err := h.Proposals(ctx, true, 0)
	check(t, err)
	if len(pending) != 1 || len(pending[0].Reading.Explanations) == 0 {
		t.Fatalf("pending: %+v", pending)
	}
	id := pending[0].Message.ID
	result, err := h.AcceptMatch(ctx, day("2026-03-04"), app.AcceptDraft{Message: id, Choice: -1,
		Invoices: []string{"F2026-0003"}})
	check(t, err)
	if result.Payment.Evidence != ledger.EvidenceConfirmed || result.Payment.Amount != 1000_00 {
		t.Errorf("accepted: %+v", result)
	}
	_, err = h.AcceptMatch(ctx, day("2026-03-04"), app.AcceptDraft{Message: id, Choice: 0})
	refusedWith(t, err, app.CodeConflict, "decided_already")
	client, err := h.Client(ctx, "Boulangerie Morel SARL")
	check(t, err)
	if len(client.Aliases) != 1 || client.Aliases[0] != "MOREL PERE ET FILS" {
		t.Errorf("the payer's name was not learnt: %v", client.Aliases)
	}
	// Undone, it asks again and the money is owed again.
	check(t, h.UndoMatch(ctx, day("2026-03-05"), id))
	if claim := h.claim("F2026-0003", "2026-03-05"); claim.Principal != 1248_00 {
		t.Errorf("after the undo: %s", claim.Principal)
	}
	pending, err = h.Proposals(ctx, true, 0)
	check(t, err)
	if len(pending) != 1 {
		t.Errorf("%d proposals after the undo", len(pending))
	}
	check(t, h.RejectMatch(ctx, day("2026-03-05"), id))
	if _, err = h.MakeLetter(ctx, day("2026-03-05"), app.LetterDraft{Numbers: []string{"F2026-0003"}}); err != nil {
		t.Errorf("after the refusal the letter may be made: %v", err)
	}
	h.sound()
}

func TestAnUndoneBookingIsNotRedone(t *testing.T) {
	ctx := context.Background()
	h := mailHouse(t)
	first := bankNotice("e", "300,00", "BOULANGERIE MOREL SARL", "F2026-0004", "03/03/2026")
	outcome := h.receive("2026-03-03", first)[0]
	if outcome.Decision != matching.Auto {
		t.Fatalf("decision %s", outcome.Decision)
	}
	check(t, h.UndoMatch(ctx, day("2026-03-04"), outcome.Message))
	if again := h.receive("2026-03-05", first)[0]; len(again.Payments) != 0 {
		t.Error("what the user undid was done again")
	}
	second := bankNotice("g", "300,00", "BOULANGERIE MOREL SARL", "F2026-0004", "03/03/2026")
	if other := h.receive("2026-03-05", second)[0]; other.Decision != matching.Suggest {
		t.Errorf("another notice of what the user undid: %s", other.Decision)
	}
	if claim := h.claim("F2026-0004", "2026-03-05"); claim.Principal != 300_00 {
		t.Errorf("principal %s", claim.Principal)
	}
	h.sound()
}

func TestASpoofChangesNothing(t *testing.T) {
	h := mailHouse(t)
	forged := bankNotice("f", "1 248,00", "BOULANGERIE MOREL SARL", "FACTURE F2026-0003", "03/03/2026")
	forged.Raw = []byte(strings.Replace(string(forged.Raw), "dkim=pass", "dkim=fail", 1))
	forged.Raw = []byte(strings.Replace(string(forged.Raw), "dmarc=pass", "dmarc=fail", 1))
	outcome := h.receive("2026-03-03", forged)[0]
	if outcome.Decision == matching.Auto || outcome.Decision == matching.Suggest {
		t.Fatalf("a forged notice: %s", outcome.Decision)
	}
	if claim := h.claim("F2026-0003", "2026-03-04"); claim.Principal != 1248_00 {
		t.Errorf("principal %s", claim.Principal)
	}
	_, err := h.AcceptMatch(context.Background(), day("2026-03-04"), app.AcceptDraft{Message: outcome.Message, Choice: -1,
		Invoices: []string{"F2026-0003"}})
	if err == nil {
		t.Error("a forged notice can be accepted as a payment")
	}
}

// TestTwoNoticesOfOneTransferInOneBatch: what the first one settled is settled for the second.
func TestTwoNoticesOfOneTransferInOneBatch(t *testing.T) {
	h := mailHouse(t)
	outcomes := h.receive("2026-03-03",
		bankNotice("h", "1 248,00", "BOULANGERIE MOREL SARL", "FACTURE F2026-0003", "03/03/2026"),
		bankNotice("i", "1 248,00", "BOULANGERIE MOREL SARL", "FACTURE F2026-0003", "03/03/2026"))
	if outcomes[0].Decision != matching.Auto || outcomes[1].Decision == matching.Auto {
		t.Errorf("decisions %s and %s", outcomes[0].Decision, outcomes[1].Decision)
	}
	payments, err := h.Payments(context.Background(), app.PaymentFilter{})
	check(t, err)
	if len(payments) != 1 {
		t.Errorf("%d payments booked", len(payments))
	}
	h.sound()
}

// TestMoneyThatFitsTwoInvoicesHoldsBothBack: no notice leaves for either before the user has chosen.
func TestMoneyThatFitsTwoInvoicesHoldsBothBack(t *testing.T) {
	ctx := context.Background()
	h := mailHouse(t)
	h.invoice("F2026-0005", "Boulangerie Morel SARL", 300_00, "2026-01-21", "2026-02-20")
	outcome := h.receive("2026-03-03", bankNotice("j", "300,00", "BOULANGERIE MOREL SARL", "Merci", "03/03/2026"))[0]
	if outcome.Decision != matching.Suggest {
		t.Fatalf("decision %s", outcome.Decision)
	}
	for _, number := range []string{"F2026-0004", "F2026-0005"} {
		_, err := h.MakeLetter(ctx, day("2026-03-20"), app.LetterDraft{Numbers: []string{number}})
		refusedWith(t, err, app.CodeRefused, "payment_to_match")
	}
}
