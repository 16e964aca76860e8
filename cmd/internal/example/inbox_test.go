package example

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dument/app"
	"dument/app/ledger"
	"dument/app/matching"
	"dument/app/notice"

	assets "dument/assets/example"
)

// messageWant is one message of the inbox and what must become of it. Messages that say nothing of a
// payment are not kept: their decision is empty.
type messageWant struct {
	name     string
	class    notice.Class
	evidence notice.Evidence
	decision matching.Decision
	books    string // the parts of the invoices that were paid
	why      string // the reason that a reader must find, in its code
}

// The inbox from 29 October to 21 November, in the order of arrival.
var inboxWant = []messageWant{
	{name: "01-banque-offre"},        // her bank's, signed, with an amount: an advertisement
	{name: "02-copie-de-ma-relance"}, // her own reminder
	{name: "03-brasserie-absence"},   // an absence notice that quotes it
	{"04-virement-creche", notice.BankCredit, notice.Notified, matching.Auto,
		"F2026-0067 principal 1860.00", "everything_agrees"},
	{name: "05-banque-code"},
	{"06-carte-camille-esteve", notice.PSPCredit, notice.Notified, matching.Auto, // gross, not net of the fee
		"F2026-0072 principal 420.00", "everything_agrees"},
	{"07-prelevement-rejete", notice.Failure, notice.Notified, matching.Alert, "", "reopens"},
	{name: "08-demande-de-paiement"}, // whose note says that money was received
	{"09-virement-brasserie-deux-factures", notice.BankCredit, notice.Notified, matching.Auto, // a reason of two lines
		"F2026-0070 principal 1044.00, F2026-0073 principal 516.00", "everything_agrees"},
	{"10-virement-delorme-sans-reference", notice.BankCredit, notice.Notified, matching.Suggest, "", "several_equal"},
	{name: "11-virement-emis"},
	{"12-virement-creche-partiel", notice.BankCredit, notice.Notified, matching.Suggest, "", "partial"},
	{name: "13-facture-fournisseur"}, // with a number and an amount of hers
	{"14-avis-de-paiement-hotel", notice.Remittance, notice.Announced, matching.Announce, "", "amount_sum"},
	{"15-faux-avis-de-la-banque", notice.Spoof, notice.Rejected, matching.Alert, "", "auth_failed"},
	{"16-avis-d-un-autre-compte", notice.Spoof, notice.Rejected, matching.Alert, "", "account_other"},
	{"17-remise-de-cheque", notice.BankCredit, notice.Notified, matching.Suggest, "", "reference_missing"},
	{"18-domaine-qui-imite", notice.Spoof, notice.Rejected, matching.Alert, "", "look_alike"},
	{"19-virement-instantane-yanis", notice.BankCredit, notice.Notified, matching.Auto, // "facture 2026-0082", not due yet
		"F2026-0082 principal 188.00", "everything_agrees"},
	{name: "20-virement-a-venir"},
	{"21-carte-camille-esteve-coussins", notice.PSPCredit, notice.Notified, matching.Auto,
		"F2026-0085 principal 96.00", "everything_agrees"},
	{"22-virement-hotel-deja-paye", notice.BankCredit, notice.Notified, matching.Suggest, "", "already_settled"},
	{"23-remboursement-effectue", notice.Refund, notice.Notified, matching.Alert, "", "money_refunded"},
	{"24-virement-tresor-public", notice.BankCredit, notice.Notified, matching.Auto, // paid by the hospital's accountant
		"F2026-0074 principal 3180.00", "everything_agrees"},
	{"25-yanis-annonce-un-virement", notice.Remittance, notice.Announced, matching.Announce, "", "announced_only"},
	{name: "26-versement-du-solde"},
	{name: "27-librairie-promesse"},
	{"28-virement-castan-frais-deduits", notice.BankCredit, notice.Notified, matching.Suggest, "", "short_by_little"},
	{"29-portail-mise-en-paiement", notice.Remittance, notice.Announced, matching.Announce, "", "announced_only"},
	{name: "30-lettre-d-information"},
	{name: "31-releve-disponible"},
	{"32-carte-camille-esteve-second-avis", notice.PSPCredit, notice.Notified, matching.Ignore, "", "transaction_known"},
}

func TestEachMessageIsTakenForWhatItIs(t *testing.T) {
	made, house := open(t)
	names, err := messages()
	if err != nil || len(names) != len(inboxWant) {
		t.Fatalf("%d messages, %v", len(names), err)
	}
	proposals, err := house.App.Proposals(t.Context(), false, 0)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[uint32]app.Proposal{} // the server numbers messages from 1
	for _, proposal := range proposals {
		kept[proposal.Message.UID] = proposal
	}
	booked := bookedBy(t, house.App)
	for i, want := range inboxWant {
		if name := "mail/" + want.name + ".eml"; names[i] != name {
			t.Errorf("message %d is %s, wanted %s", i+1, names[i], name)
		}
		proposal, found := kept[uint32(i+1)]
		message := proposal.Message
		got := messageWant{name: want.name, class: notice.Class(message.Class),
			evidence: notice.Evidence(message.Evidence), decision: matching.Decision(message.Decision),
			books: booked[message.ID], why: want.why}
		if got != want || found != (want.decision != "") {
			t.Errorf("got\n%+v\nwanted\n%+v", got, want)
		}
		given := func(why app.Why) bool { return why.Code == want.why }
		if want.why != "" && !slices.ContainsFunc(proposal.Reading.Reasons, given) {
			t.Errorf("%s: no %s among %+v", want.name, want.why, proposal.Reading.Reasons)
		}
	}
	if made.Messages != 32 || made.Booked != 6 || made.Waiting != 5 || made.Announced != 3 || made.Alerts != 5 {
		t.Errorf("counted: %+v", made)
	}
}

// bookedBy lists what the payments of each message extinguished.
func bookedBy(t *testing.T, use *app.App) map[ledger.MessageID]string {
	t.Helper()
	receipts, err := use.Receipts(t.Context(), opening, today)
	if err != nil {
		t.Fatal(err)
	}
	booked := map[ledger.MessageID]string{}
	for _, receipt := range receipts {
		var parts []string
		for _, part := range receipt.Invoices {
			parts = append(parts, part.Invoice+" "+string(part.Part)+" "+part.Amount.String())
		}
		if receipt.Payment.Evidence != ledger.EvidenceNotified || receipt.Payment.Source != ledger.SourceMail {
			t.Errorf("payment %+v", receipt.Payment)
		}
		booked[receipt.Payment.Message] = strings.Join(parts, ", ")
	}
	return booked
}

// The architects wrote no number: 1 272.00 is one invoice, or two others (792.00 + 480.00). The program
// shows both and chooses neither; the trader chooses the two, and can take it back.
func TestTheTraderChoosesBetweenTwoExplanations(t *testing.T) {
	_, house := open(t)
	ctx := t.Context()
	proposals, err := house.App.Proposals(ctx, true, 0)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(proposals, func(p app.Proposal) bool { return p.Message.UID == 10 })
	if at < 0 {
		t.Fatal("the architects' payment does not wait")
	}
	message := proposals[at].Message.ID
	var shown []string
	choice := -1
	for i, explanation := range proposals[at].Reading.Explanations {
		var numbers []string
		for _, line := range explanation.Lines {
			numbers = append(numbers, line.Invoice+" "+line.Amount.String())
		}
		if len(numbers) == 2 {
			choice = i
		}
		shown = append(shown, strings.Join(numbers, " + "))
	}
	slices.Sort(shown)
	if !slices.Equal(shown, []string{"F2026-0062 1272.00", "F2026-0063 792.00 + F2026-0064 480.00"}) {
		t.Fatalf("explanations: %q", shown)
	}
	result, err := house.App.AcceptMatch(ctx, today, app.AcceptDraft{Message: message, Choice: choice})
	if err != nil || result.Credit != 0 || result.Payment.Evidence != ledger.EvidenceConfirmed {
		t.Fatalf("accepted: %+v, %v", result, err)
	}
	if err := house.App.UndoMatch(ctx, today, message); err != nil {
		t.Fatal(err)
	}
	list, err := house.App.Claims(ctx, today, []string{"F2026-0063"}, "")
	if err != nil || list[0].Claim.Principal != 792_00 {
		t.Errorf("after the undo: %+v, %v", list, err)
	}
	if _, ok, err := house.App.Verify(ctx); err != nil || !ok {
		t.Errorf("verify: %v, %v", ok, err)
	}
}

// The messages beside the ledger are those of the server, byte for byte: reading them again adds nothing.
func TestTheKeptMessagesAddNothing(t *testing.T) {
	made, house := open(t)
	names, err := filepath.Glob(filepath.Join(made.Mailbox, "*.eml"))
	if err != nil || len(names) != len(inboxWant) {
		t.Fatalf("%d files, %v", len(names), err)
	}
	var batch []app.Incoming
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		batch = append(batch, app.Incoming{File: filepath.Base(name), Raw: raw})
	}
	outcomes, err := house.App.ReceiveMessages(t.Context(), today, batch, "", ledger.Cursor{})
	if err != nil {
		t.Fatal(err)
	}
	for _, outcome := range outcomes {
		if !outcome.Repeated || len(outcome.Payments) > 0 {
			t.Errorf("%s was new: %+v", outcome.File, outcome.Decision)
		}
	}
}

// Reserved names (RFC 2606) and documentation addresses (RFC 5737) only: nothing in the example can reach
// anybody.
func TestTheExampleNamesNobodyReal(t *testing.T) {
	names, err := messages()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{"settings": string(assets.Settings), "invoices": string(assets.Invoices)}
	for _, name := range names {
		raw, err := assets.Mail.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = strings.ReplaceAll(string(raw), "=\n", "") // soft line breaks of quoted-printable
	}
	address := regexp.MustCompile(`@([\w.-]+)`)
	link := regexp.MustCompile(`https?://([\w.-]+)`)
	number := regexp.MustCompile(`\[(\d+\.\d+\.\d+\.\d+)\]`)
	for name, text := range texts {
		hosts := append(address.FindAllStringSubmatch(text, -1), link.FindAllStringSubmatch(text, -1)...)
		for _, found := range hosts {
			if !strings.HasSuffix(found[1], ".example") {
				t.Errorf("%s: %s", name, found[0])
			}
		}
		for _, found := range number.FindAllStringSubmatch(text, -1) {
			if !strings.HasPrefix(found[1], "192.0.2.") && !strings.HasPrefix(found[1], "10.") {
				t.Errorf("%s: %s", name, found[0])
			}
		}
	}
}

func TestLineEndsOnTheWire(t *testing.T) {
	for _, raw := range []string{"a\n\nb\n", "a\r\n\r\nb\r\n"} {
		if got := string(onTheWire([]byte(raw))); got != "a\r\n\r\nb\r\n" {
			t.Errorf("%q became %q", raw, got)
		}
	}
}
