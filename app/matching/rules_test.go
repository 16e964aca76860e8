package matching

import (
	"testing"

	"dument/app/date"
	"dument/app/money"
)

type rule struct {
	name string
	said Said
	want string
	code Code // a reason that must be given
}

func checkRules(t *testing.T, rules []rule) {
	t.Helper()
	invoices, index := exampleInvoices(), exampleIndex()
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			got := index.Propose(r.said)
			checkSums(t, invoices, r.said, got)
			if show(got) != r.want {
				t.Errorf("got  %s\nwant %s\nreasons %v\nall %+v", show(got), r.want, got.Reasons, got.Explanations)
			}
			if r.code != "" && !hasReason(got.Reasons, r.code) {
				t.Errorf("reason %s missing in %v", r.code, got.Reasons)
			}
		})
	}
}

func TestBookedByItself(t *testing.T) {
	confirmed := credit(352_00, "F2026-0042")
	confirmed.Evidence = EvidenceConfirmed
	checkRules(t, []rule{
		{"named and exact", credit(1248_00, "F2026-0041"), "auto F2026-0041=1248.00", EverythingAgrees},
		{"the payer agrees", withPayer(credit(1248_00, "F2026-0041"), "BOULANGERIE MOREL"),
			"auto F2026-0041=1248.00", PayerName},
		{"an unknown payer does not contradict", withPayer(credit(352_00, "F2026-0042"), "TRESOR PUBLIC 31"),
			"auto F2026-0042=352.00", ""},
		{"several, all named", credit(1600_00, "F2026-0041", "F2026-0042"),
			"auto F2026-0041=1248.00 F2026-0042=352.00", AmountSum},
		{"a list in one text", withText(credit(1600_00), "VIR SEPA RECU /MOTIF FACT F2026-0041, F2026-0042"),
			"auto F2026-0041=1248.00 F2026-0042=352.00", ""},
		{"a tight list", withText(credit(1600_00), "F2026-0041/0042"),
			"auto F2026-0041=1248.00 F2026-0042=352.00", ""},
		{"with interest and indemnity", credit(2052_37, "F2026-0060"), "auto F2026-0060=2052.37", AmountTotalDue},
		{"what is left of a part payment", credit(2000_00, "F2026-0060"), "auto F2026-0060=2000.00", ""},
		{"statement line", confirmed, "auto F2026-0042=352.00", ""},
		{"year and number", withText(credit(352_00), "facture 2026-42 merci"), "auto F2026-0042=352.00", ""},
		{"number alone, unique in all years", withText(credit(352_00), "Règlement facture n° 42"),
			"auto F2026-0042=352.00", ""},
	})
}

func TestNeverBookedByItself(t *testing.T) {
	doubt := credit(1248_00, "F2026-0041")
	doubt.NoAuto = true
	early := credit(1248_00, "F2026-0041")
	early.Date = date.Must("2026-01-31")
	undated := credit(1248_00, "F2026-0041")
	undated.Date = date.Date{}
	francs := credit(1248_00, "F2026-0041")
	francs.Currency = "CHF"
	unit := credit(1248_00, "F2026-0041")
	unit.Currency = ""
	otherAccount := credit(120_00, "F2026-0050")
	otherAccount.PayerIBAN = "FR7630006000011234567890189"
	clash := withPayer(otherAccount, "Aminata Diallo")
	otherKind := credit(1248_00, "F2026-0041")
	otherKind.Kind = "payout"
	checkRules(t, []rule{
		{"the reader had doubts", doubt, "suggest F2026-0041=1248.00", ReaderDoubt},
		{"paid before it was issued", early, "suggest F2026-0041=1248.00", DateBeforeIssue},
		{"no date", undated, "suggest F2026-0041=1248.00", DateUnknown},
		{"other currency", francs, "suggest rest 1248.00", CurrencyDiffers},
		{"no currency", unit, "suggest F2026-0041=1248.00", CurrencyUnknown},
		{"unknown kind", otherKind, "suggest F2026-0041=1248.00", ReaderDoubt},
		{"part payment", credit(1000_00, "F2026-0041"), "suggest F2026-0041=1000.00", Partial},
		{"short by a bank fee", credit(1233_00, "F2026-0041"), "suggest F2026-0041=1233.00", ShortByLittle},
		{"too much", credit(1300_00, "F2026-0041"), "suggest F2026-0041=1248.00 rest 52.00", Overpaid},
		{"a part of the interest", credit(2020_00, "F2026-0060"), "suggest F2026-0060=2000.00 rest 20.00",
			PartOfInterest},
		{"already settled", credit(640_00, "F2026-0070"), "suggest rest 640.00", AlreadySettled},
		{"named with a settled one", credit(352_00, "F2026-0042", "F2026-0070"), "suggest F2026-0042=352.00",
			AlreadySettled},
		{"two named, one paid", credit(352_00, "F2026-0041", "F2026-0042"), "suggest F2026-0042=352.00",
			NamedNotCovered},
		{"two named, neither covered", credit(1300_00, "F2026-0042", "F2026-0041"),
			"suggest F2026-0041=1248.00 F2026-0042=52.00", Partial},
		{"a number that we never gave", credit(1248_00, "F2026-0041", "F2026-0999"),
			"suggest F2026-0041=1248.00", ReferenceUnknown},
		{"the payer is another client", withPayer(credit(1248_00, "F2026-0041"), "Aminata Diallo"),
			"suggest F2026-0041=1248.00", PayerDiffers},
		{"the account is another client's", otherAccount, "suggest F2026-0050=120.00", PayerDiffers},
		{"name and account of two clients", clash, "suggest F2026-0050=120.00", PayerAmbiguous},
		{"invoices of two clients", credit(1338_00, "F2026-0041", "F2026-2041"),
			"suggest F2026-0041=1248.00 F2026-2041=90.00", SeveralClients},
		{"credit note deducted", credit(1200_00, "F2026-0041", "A2026-0041"),
			"suggest F2026-0041=1248.00 A2026-0041=-48.00", CreditNoteNamed},
		{"credit note named beside an exact invoice", credit(1248_00, "F2026-0041", "A2026-0041"),
			"suggest F2026-0041=1248.00", CreditNoteNamed},
		{"number alone in two years", withText(credit(1248_00), "facture 41"), "suggest F2026-0041=1248.00",
			ReferenceAmbiguous},
		{"an exact name beside an ambiguous one", withText(credit(352_00, "F2026-0042"), "et facture 41"),
			"suggest F2026-0042=352.00", ReferenceAmbiguous},
		{"an exact name beside a misprint", credit(352_00, "F2026-0042", "F2O26-0041"),
			"suggest F2026-0042=352.00", ReferenceNear},
		{"O for 0", credit(1248_00, "F2O26-OO41"), "suggest F2026-0041=1248.00", ReferenceNear},
		{"l for 1", credit(1248_00, "F2026-004l"), "suggest F2026-0041=1248.00", ReferenceNear},
		{"one wrong digit", credit(1248_00, "F2026-0141"), "suggest F2026-0041=1248.00", ReferenceNear},
		{"two digits exchanged", credit(1248_00, "F2026-0014"), "suggest F2026-0041=1248.00", ReferenceNear},
		{"a number that looks like a year", withText(credit(90_00), "facture 2041"),
			"suggest F2026-2041=90.00", ReferenceBare},
		{"a bare number", withText(credit(352_00), "VIR 0042 MERCI"), "suggest F2026-0042=352.00", ReferenceBare},
		{"nobody named, known payer, only sum", withPayer(credit(1600_00), "JM Morel Holding"),
			"suggest F2026-0041=1248.00 F2026-0042=352.00", OnlySum},
		{"nobody named, one of that amount", credit(700_00), "suggest F2026-0061=700.00", ReferenceMissing},
		{"known payer, amount of nothing", withPayer(credit(1000_00), "Boulangerie Morel"),
			"suggest F2026-0041=1000.00", Partial},
		{"known payer, paid twice", withPayer(credit(640_00), "Commune de Saint-Exemple"),
			"suggest F2026-0060=640.00", PaidTwice},
		{"nothing at all", credit(4_321_00), "suggest", NothingMatches},
	})
}

// The mistakes of other matchers.
func TestAntiPatterns(t *testing.T) {
	wise := withText(credit(352_00), "Numéro de transfert : #20260042")
	wise.TransactionID = "20260042"
	checkRules(t, []rule{
		{"41 is not found inside 2041", withText(credit(1248_00), "ref 2041"), "suggest F2026-0041=1248.00",
			ReferenceMissing},
		{"a number inside a longer one", withText(credit(352_00), "X9F2026-00427"), "suggest F2026-0042=352.00",
			ReferenceMissing},
		{"three Diallo, one transfer", withPayer(credit(120_00), "M. OU MME DIALLO"), "suggest", SeveralEqual},
		{"one Diallo by full name", withPayer(credit(120_00), "DIALLO MOUSSA"), "suggest F2026-0051=120.00",
			PayerName},
		{"phone number", withText(credit(352_00), "Tél. 05 61 00 00 42"), "suggest F2026-0042=352.00",
			ReferenceMissing},
		{"a year", withText(credit(352_00), "prestation de mars 2026"), "suggest F2026-0042=352.00",
			ReferenceMissing},
		{"a month is not number 3", withText(credit(77_00), "loyer 2026-03"), "suggest F2026-0003=77.00",
			ReferenceBare},
		{"a day is not number 312", withText(credit(31_00), "VIR DU 20260312"), "suggest F2026-0312=31.00",
			ReferenceBare},
		{"a date with dashes", withText(credit(77_00), "le 2026-03-12"), "suggest F2026-0003=77.00",
			ReferenceMissing},
		{"a credit note is not the invoice", credit(1248_00, "A2026-0041"), "suggest rest 1248.00",
			CreditNoteNamed},
		{"a quote's number", withText(credit(352_00), "acompte devis D2026-0042"), "suggest F2026-0042=352.00",
			ReferenceMissing},
		{"a quote without letter", withText(credit(352_00), "devis 2026-042"), "suggest F2026-0042=352.00",
			ReferenceMissing},
		{"the client's order", withText(credit(352_00), "votre commande n° 42"), "suggest F2026-0042=352.00",
			ReferenceMissing},
		{"an amount", withText(credit(352_00), "facture 42 EUR"), "suggest F2026-0042=352.00", ReferenceMissing},
		{"the provider's own number", wise, "suggest F2026-0042=352.00", ReferenceMissing},
	})
}

func TestOtherEvidence(t *testing.T) {
	with := func(s Said, evidence, kind string) Said { s.Evidence, s.Kind = evidence, kind; return s }
	exact := credit(1248_00, "F2026-0041")
	none := credit(0)
	checkRules(t, []rule{
		{"announced stays announced", with(exact, EvidenceAnnounced, ""), "announce F2026-0041=1248.00",
			AnnouncedOnly},
		{"announced without a name", with(withPayer(credit(352_00), "Boulangerie Morel"), EvidenceAnnounced, ""),
			"announce F2026-0042=352.00", AnnouncedOnly},
		{"nothing announced", with(none, EvidenceAnnounced, ""), "ignore", NothingClaimed},
		{"rejected and claims a payment", with(exact, EvidenceRejected, ""), "alert", RejectedClaim},
		{"rejected and names an invoice", with(credit(0, "F2026-0041"), EvidenceRejected, ""), "alert", ""},
		{"rejected and says nothing", with(none, EvidenceRejected, ""), "ignore", ""},
		{"unknown evidence is rejected", with(exact, "certain", ""), "alert", RejectedClaim},
		{"no evidence is rejected", with(exact, "", ""), "alert", RejectedClaim},
		{"failure of a settled invoice", with(credit(640_00, "F2026-0070"), EvidenceNotified, KindFailure),
			"alert F2026-0070=-640.00", Reopens},
		{"failure given as negative", with(credit(-640_00, "F2026-0070"), EvidenceNotified, KindCredit),
			"alert F2026-0070=-640.00", MoneyTakenBack},
		{"failure of a part payment", with(credit(1500_00, "F2026-0060"), EvidenceNotified, KindFailure),
			"alert F2026-0060=-1000.00 rest -500.00", Reopens},
		{"failure of an unpaid invoice", with(credit(352_00, "F2026-0042"), EvidenceNotified, KindFailure),
			"alert rest -352.00", NothingToReopen},
		{"failure without a name, known payer",
			with(withPayer(credit(640_00), "Commune de Saint-Exemple"), EvidenceNotified, KindFailure),
			"alert F2026-0070=-640.00", ReferenceMissing},
		{"refund", with(credit(100_00, "F2026-0070"), EvidenceNotified, KindRefund),
			"alert F2026-0070=-100.00", MoneyRefunded},
		{"announced failure", with(credit(640_00, "F2026-0070"), EvidenceAnnounced, KindFailure),
			"alert F2026-0070=-640.00", ""},
		{"notice without amount", with(credit(0, "F2026-0041"), EvidenceNotified, ""), "suggest", AmountUnknown},
		{"amount beyond the ledger's bounds", credit(money.MaxCents+1, "F2026-0041"), "suggest", AmountUnknown},
	})
}

func TestConcernsAreWhatIsNamed(t *testing.T) {
	got := exampleIndex().Propose(credit(1600_00, "F2026-0042", "F2026-0041", "F2026-0042"))
	if len(got.Concerns) != 2 || got.Concerns[0] != 2 || got.Concerns[1] != 3 {
		t.Errorf("concerns %v, want the two invoices in legal order", got.Concerns)
	}
	rejected := credit(1248_00, "F2026-0041")
	rejected.Evidence = EvidenceRejected
	if got := exampleIndex().Propose(rejected); len(got.Concerns) != 1 || len(got.Explanations) != 0 {
		t.Errorf("a spoof concerns what it names and is never explained: %+v", got)
	}
}

func TestSeveralSumsChooseNone(t *testing.T) {
	index := NewIndex([]Open{
		invoice(1, "F2026-0001", morel, 100_00, 100_00, "2026-01-01"),
		invoice(2, "F2026-0002", morel, 60_00, 60_00, "2026-01-01"),
		invoice(3, "F2026-0003", morel, 40_00, 40_00, "2026-01-01"),
	}, examplePayers())
	got := index.Propose(withPayer(credit(100_00), "Boulangerie Morel"))
	if got.Best != nil || len(got.Explanations) != 2 || !hasReason(got.Reasons, SeveralEqual) {
		t.Errorf("two sums: %+v", got)
	}
}
