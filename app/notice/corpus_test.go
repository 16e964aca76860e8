package notice

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// expectation is what a person reads in a message of testdata. Payments are written "amount currency
// date payer", parted by ";", "-" standing for "none printed".
type expectation struct {
	file       string
	class      Class
	evidence   Evidence
	payments   string
	references string
	// reason is the code that must be among the reasons.
	reason string
}

var corpus = []expectation{
	// The user's own bank says that money came in.
	{"bank-plain-fr", BankCredit, Notified,
		"1248.00 EUR 2026-03-03 BOULANGERIE MOREL SARL", "F2026-0003", "account_fits"},
	{"bank-html-table", BankCredit, Notified,
		"1850.00 EUR 2026-03-02 Garage Petit & Fils", "F2026-0011 F2026-0012", "auth_dmarc_pass"},
	{"bank-sentence", BankCredit, Notified, "640.50 EUR 2026-03-02 MENUISERIE LAURENT", "F2026-0021", ""},
	{"bank-one-sentence", BankCredit, Notified,
		"1248.00 EUR 2026-03-02 BOULANGERIE MOREL SARL", "F2026-0003", ""},
	{"bank-slash-label", BankCredit, Notified,
		"432.00 EUR 2026-03-03 HOTEL DES VOYAGEURS", "F2026-0007", ""},
	{"bank-german", BankCredit, Notified, "1248.00 EUR 2026-03-02 Weber Möbel GmbH", "F2026-0003", ""},
	{"bank-spanish", BankCredit, Notified, "300.00 EUR 2026-03-03 Bodegas Ruiz SL", "F2026-0015", ""},
	{"bank-italian", BankCredit, Notified, "1120.40 EUR 2026-03-03 Falegnameria Conti", "F2026-0016", ""},
	{"bank-motif-wrapped", BankCredit, Notified,
		"2400.00 EUR 2026-03-03 SCI DES TILLEULS", "F2026-0031 F2026-0032", ""},
	{"bank-iso-8859-1", BankCredit, Notified, "99.90 EUR 2026-03-03 Librairie Écume", "F2026-0044", ""},
	{"bank-quoted-printable", BankCredit, Notified,
		"512.30 EUR 2026-03-03 Théâtre du Pont", "F2026-0045", ""},
	{"bank-base64", BankCredit, Notified, "77.00 EUR 2026-03-03 Anaïs Roux", "F2026-0046", ""},
	{"bank-subdomain", BankCredit, Notified, "55.00 EUR 2026-03-03 Paul Roy", "", ""},
	{"bank-internal-hop", BankCredit, Notified, "56.00 EUR 2026-03-03 Paul Roy", "", ""},
	{"bank-stacked-html", BankCredit, Notified,
		"720.00 EUR 2026-03-03 MR OU MME ROUX", "RF18_5390_0754_7034", ""},
	{"bank-nested-layout", BankCredit, Notified, "88.20 EUR 2026-03-03 Nadia Benali", "2026-41", ""},
	{"bank-payer-iban", BankCredit, Notified, "300.00 EUR 2026-03-03 SARL Le Fournil", "F_2026_0041", ""},
	{"bank-payer-iban-inline", BankCredit, Notified, "45.00 EUR 2026-03-03 Paul Roy", "", ""},
	{"bank-hidden-text", BankCredit, Notified, "100.00 EUR 2026-03-03 -", "", ""},
	{"bank-payout-by-provider", BankCredit, Notified,
		"913.20 EUR 2026-03-03 STRIPE PAYMENTS EUROPE", "X1Y2Z3", "payer_is_provider"},
	{"torture-zip", BankCredit, Notified, "12.00 EUR 2026-03-03 Paul Roy", "", ""},

	{"bank-payer-sent-words", BankCredit, Notified,
		"1850.00 EUR 2026-03-03 MENUISERIE LAURENT", "F2026-0012", ""},
	{"bank-notice-of-received", BankCredit, Notified, "1850.00 EUR 2026-03-03 LAURENT SARL", "F2026-0012", ""},
	{"forwarded-by-relay-intact", BankCredit, Notified, "1248.00 EUR 2026-03-03 MOREL SARL", "F2026-0003", ""},

	// The user's own payment providers.
	{"psp-fr-received", PSPCredit, Notified, "120.00 EUR 2026-03-03 Jean Dupont", "F2026-0050", ""},
	{"psp-en-received", PSPCredit, Notified, "1250.00 USD 2026-03-02 Oak & Elm LLC", "F2026-0051", ""},
	{"psp-gross-fee-net", PSPCredit, Notified, "500.00 EUR 2026-03-03 Studio Nord", "F2026-0052", ""},
	{"wise-fr", PSPCredit, Notified, "2150.00 EUR 2026-03-03 Marta Kovacs", "F2026-0053", ""},
	{"wise-en", PSPCredit, Notified, "4250.00 USD 2026-03-03 Harbor Studio Inc", "F2026-0054", ""},
	{"card-payment-en", PSPCredit, Notified, "349.00 EUR 2026-03-03 Léa Leroy", "F2026-0055", ""},

	// Money that goes back.
	{"dd-failed", Failure, Notified,
		"-180.00 EUR 2026-03-03 Café Bertrand", "F2026-0060", "direction_failure"},
	{"dd-chargeback", Failure, Notified, "-180.00 EUR 2026-03-03 Café Bertrand", "", ""},
	{"bank-return", Failure, Notified, "-240.00 EUR 2026-03-03 PRESSING DU MARCHE", "F2026-0061", ""},
	{"cheque-unpaid", Failure, Notified, "-310.00 EUR 2026-03-03 -", "n°_1234567", ""},
	{"client-says-rejected", Failure, Announced,
		"-1248.00 EUR 2026-03-03 Comptabilité Morel", "F2026-0003", ""},
	{"psp-refund-received", Refund, Notified, "21.99 EUR 2026-03-03 -", "", "direction_refund_received"},
	{"psp-refund-sent", Refund, Notified, "-40.00 EUR 2026-03-03 -", "", "direction_refund_sent"},

	{"bank-recall", Failure, Notified, "-1850.00 EUR 2026-03-01 -", "F2026-0012", "direction_failure"},
	{"psp-dispute", Failure, Notified, "-120.00 EUR 2026-03-03 -", "", "direction_failure"},

	// Somebody says that he pays.
	{"client-said-gone", Remittance, Announced, "", "F2026-0012", "amount_missing"},
	{"sap-remittance", Remittance, Announced,
		"2940.00 EUR 2026-03-03 SAP Ardoise", "F2026-0070 F2026-0071", ""},
	{"text-remittance", Remittance, Announced,
		"2000.00 EUR 2026-03-03 Treasury", "F2026-0072 F2026-0073", ""},
	{"client-prose", Remittance, Announced,
		"1248.00 EUR 2026-03-03 Luc Morel", "F2026-0003", "announced_by"},
	{"client-prose-en", Remittance, Announced, "4250.00 USD 2026-03-03 Anna Reed", "F2026-0054", ""},
	{"client-german", Remittance, Announced, "1248.00 EUR 2026-03-03 Kanzlei Weber", "F2026-0003", ""},
	{"client-after-reminder", Remittance, Announced,
		"1248.00 EUR 2026-03-03 Luc Morel", "F2026-0003", ""},
	{"client-reply-quoting", Remittance, Announced, "", "F2026-0003", "amount_missing"},
	{"client-outlook-reply", Remittance, Announced, "", "F2026-0003", "amount_missing"},
	{"client-html-quote", Remittance, Announced, "600.00 EUR 2026-03-03 Luc Morel", "F2026-0003", ""},
	{"client-forwarded-proof", Remittance, Announced,
		"1248.00 EUR 2026-03-03 Luc Morel", "F2026-0003", ""},
	{"client-attached-proof", Remittance, Announced,
		"1248.00 EUR 2026-03-03 Luc Morel", "F2026-0003", ""},
	{"self-forward", Remittance, Announced, "88.00 EUR 2026-03-03 Paul Roy", "", "forwarded_by_self"},
	{"payer-bank-proof", Remittance, Announced, "1248.00 EUR 2026-03-03 MOREL SARL", "F2026-0003", ""},
	{"own-bank-relays-proof", Remittance, Announced,
		"1248.00 EUR 2026-03-03 Morel SARL", "F2026-0003", "direction_proof"},
	{"known-family-not-declared", Remittance, Announced,
		"75.00 EUR 2026-03-03 Paul Roy", "", "sender_not_declared"},
	{"portal-status", Remittance, Announced, "1500.00 EUR 2026-03-03 Portail public", "F2026-0080", ""},

	// A real notice with a doubt: never booked by itself.
	{"bank-several-rows", BankCredit, Announced,
		"100.00 EUR 2026-03-02 MOREL;200.00 EUR 2026-03-03 LAURENT", "F2026-0003 F2026-0004",
		"amount_several"},
	{"doubt-text-html-disagree", BankCredit, Announced,
		"12000.00 EUR 2026-03-03 -", "", "alternatives_disagree"},
	{"doubt-ambiguous-amount", BankCredit, Announced,
		"1234.00 EUR 2026-03-03 Paul Roy", "", "amount_ambiguous"},
	{"doubt-two-amounts", BankCredit, Announced, "", "", "amount_several"},
	{"psp-note-unlabelled-amount", PSPCredit, Announced, "", "", "amount_several"},
	{"doubt-unknown-charset", BankCredit, Announced, "1248.00 EUR 2026-03-03 -", "", "encoding_doubt"},
	{"doubt-truncated", BankCredit, Announced, "1248.00 EUR 2026-03-03 MOREL", "", "broken_structure"},
	{"doubt-bidi", BankCredit, Announced, "1248.00 EUR 2026-03-03 -", "", "bidi_controls"},
	{"doubt-arc-forwarder", BankCredit, Announced,
		"1248.00 EUR 2026-03-03 MOREL SARL", "F2026-0003", "auth_arc_forwarder"},
	{"doubt-alias-recipient", BankCredit, Announced,
		"1248.00 EUR 2026-03-03 MOREL SARL", "F2026-0003", "addressee_unsure"},
	{"doubt-no-currency", BankCredit, Announced, "1248.00 - 2026-03-03 Paul Roy", "", "currency_unknown"},
	{"doubt-says-pending", BankCredit, Announced,
		"1248.00 EUR 2026-03-03 Paul Roy", "", "direction_doubt"},
	{"doubt-greets-other", BankCredit, Announced,
		"1248.00 EUR 2026-03-03 Paul Roy", "", "greeting_other"},
	{"torture-bad-header", BankCredit, Announced, "13.00 EUR 2026-03-03 -", "", "broken_structure"},
	{"torture-depth", BankCredit, Announced, "", "", "limit_reached"},
	{"torture-parts", BankCredit, Announced, "", "", "limit_reached"},

	// Not a received payment.
	{"bank-pending", NotPayment, Rejected, "", "", "direction_pending"},
	{"bank-outgoing", NotPayment, Rejected, "", "", "direction_outgoing"},
	{"psp-outgoing", NotPayment, Rejected, "", "", "direction_outgoing"},
	{"psp-request-with-note", NotPayment, Rejected, "", "F2026-0003", "direction_request"},
	{"psp-invoice-with-note", NotPayment, Rejected, "", "Facture_n°_12", "direction_request"},
	{"psp-receipt-named-paid", NotPayment, Rejected, "", "n°_1234-5678", "direction_receipt"},
	{"psp-payout", NotPayment, Rejected, "", "", "direction_payout"},
	{"bank-statement", NotPayment, Rejected, "", "", "direction_statement"},
	{"bank-otp", NotPayment, Rejected, "", "", "direction_statement"},
	{"newsletter", NotPayment, Rejected, "", "", "direction_offer"},
	{"supplier-reminder", NotPayment, Rejected, "", "C-2026-99", "direction_reverse"},
	{"supplier-thanks", NotPayment, Rejected, "", "", "direction_receipt"},
	{"supplier-invoice", NotPayment, Rejected, "", "SL-2026-14", "direction_reverse"},
	{"client-promise", NotPayment, Rejected, "", "F2026-0003", "direction_promise"},
	{"client-not-done", NotPayment, Rejected, "", "F2026-0003", "direction_promise"},
	{"client-question", NotPayment, Rejected, "", "F2026-0003", ""},
	{"own-reminder", NotPayment, Rejected, "", "F2026-0003", "own_message"},
	{"bounce", NotPayment, Rejected, "", "F2026-0003", "automatic_reply"},
	{"auto-reply", NotPayment, Rejected, "", "F2026-0003", "automatic_reply"},
	{"torture-empty", NotPayment, Rejected, "", "", "empty"},
	{"torture-noise", NotPayment, Rejected, "", "", "broken_structure"},
	{"torture-header-only", NotPayment, Rejected, "", "", ""},

	// Spoofs.
	{"spoof-dmarc-fail", Spoof, Rejected, "", "", "auth_failed"},
	{"spoof-no-stamp", Spoof, Rejected, "", "", "auth_absent"},
	{"spoof-foreign-stamp", Spoof, Rejected, "", "", "auth_absent"},
	{"spoof-own-stamp-below", Spoof, Rejected, "", "", "auth_forged"},
	{"spoof-stamp-both", Spoof, Rejected, "", "", "auth_forged"},
	{"spoof-inject-quoted", Spoof, Rejected, "", "", "auth_failed"},
	{"spoof-inject-comment", Spoof, Rejected, "", "", "auth_failed"},
	{"spoof-inject-escaped", Spoof, Rejected, "", "", "auth_failed"},
	{"spoof-inject-raw", Spoof, Rejected, "", "", "auth_forged"},
	{"spoof-inject-unbalanced", Spoof, Rejected, "", "", "auth_forged"},
	{"spoof-unaligned-dkim", Spoof, Rejected, "", "", "auth_no_verdict"},
	{"spoof-arc-stranger", Spoof, Rejected, "", "", "auth_failed"},
	{"spoof-suffix-domain", Spoof, Rejected, "", "", "look_alike"},
	{"spoof-look-alike", Spoof, Rejected, "", "", "look_alike"},
	{"spoof-punycode", Spoof, Rejected, "", "", "look_alike"},
	{"spoof-hyphen-domain", Spoof, Rejected, "", "", "look_alike"},
	{"spoof-display-address", Spoof, Rejected, "", "", "poses_as"},
	{"spoof-display-name", Spoof, Rejected, "", "", "poses_as"},
	{"spoof-subject-only-quoted-name", Spoof, Rejected, "", "", "poses_as"},
	{"spoof-two-from", Spoof, Rejected, "", "", "from_several"},
	{"spoof-from-group", Spoof, Rejected, "", "", "from_malformed"},
	{"spoof-no-from", Spoof, Rejected, "", "", "from_missing"},
	{"spoof-replay-other-account", Spoof, Rejected, "", "", "account_other"},
	{"spoof-replay-account-in-note", Spoof, Rejected, "", "", "account_other"},
	{"spoof-replay-prose", Spoof, Rejected, "", "", "account_other"},
	{"spoof-replay-other-recipient", Spoof, Rejected, "", "", "addressed_to_other"},
	{"spoof-client-name", Spoof, Rejected, "", "", "poses_as"},
	{"spoof-known-family", Spoof, Rejected, "", "", "poses_as"},
	{"spoof-unknown-bank", Spoof, Rejected, "", "", "claims_without_proof"},
	{"torture-bare-cr", Spoof, Rejected, "", "", "auth_absent"},
}

func TestCorpus(t *testing.T) {
	for _, want := range corpus {
		t.Run(want.file, func(t *testing.T) {
			got := testRegistry(t).Read(corpusFile(t, want.file), testTrust)
			if got.Class != want.class || got.Evidence != want.evidence {
				t.Errorf("class and evidence: %s %s, want %s %s (%v)", got.Class, got.Evidence, want.class,
					want.evidence, got.Reasons)
			}
			if printed := printPayments(got.Payments); printed != want.payments {
				t.Errorf("payments: %q, want %q", printed, want.payments)
			}
			if printed := printReferences(got.References); printed != want.references {
				t.Errorf("references: %q, want %q", printed, want.references)
			}
			if want.reason != "" && !hasReason(got, want.reason) {
				t.Errorf("reasons: %v, want %s", got.Reasons, want.reason)
			}
		})
	}
}

// TestCorpusIsComplete holds table and folder together.
func TestCorpusIsComplete(t *testing.T) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) < 60 {
		t.Fatalf("%d messages, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".eml")
		if !slices.ContainsFunc(corpus, func(e expectation) bool { return e.file == name }) {
			t.Errorf("%s has no expectation", name)
		}
	}
}

// TestNothingIsNotifiedWithoutProof takes away, one at a time, what a notified message rests on.
func TestNothingIsNotifiedWithoutProof(t *testing.T) {
	weaken := map[string]func(raw string, trust *Trust) string{
		"no provider pinned": func(raw string, trust *Trust) string { trust.AuthservID = ""; return raw },
		"another provider": func(raw string,
			trust *Trust) string {
			trust.AuthservID = "mx.autre.example"
			return raw
		},
		"accounts not declared": func(raw string, trust *Trust) string { trust.Accounts = nil; return raw },
		"not our address": func(raw string,
			trust *Trust) string {
			trust.OwnAddresses = []string{"x@y.example"}
			return raw
		},
		"stamp says fail": func(raw string, _ *Trust) string {
			return strings.ReplaceAll(raw, "=pass",
				"=fail")
		},
		"stamp is gone": func(raw string, _ *Trust) string {
			return strings.ReplaceAll(raw, "Authentication-Results:", "X-Gone:")
		},
		"stamp below Received": func(raw string, _ *Trust) string {
			return "Received: from pirate.example ([192.0.2.9]) by mx.monfai.example with ESMTP id q\r\n" + raw
		},
		"stamp for another domain": func(raw string, _ *Trust) string {
			return strings.NewReplacer("header.from=", "header.from=x", "header.d=",
				"header.d=x").Replace(raw)
		},
		"second From": func(raw string, _ *Trust) string {
			return strings.Replace(raw, "\r\nFrom:", "\r\nFrom : x@pirate.example\r\nFrom:", 1)
		},
	}
	for _, want := range corpus {
		raw := string(corpusFile(t, want.file))
		for name, change := range weaken {
			trust := testTrust
			got := testRegistry(t).Read([]byte(change(raw, &trust)), trust)
			hinted := name == "not our address" && hasReason(got, "account_fits")
			if got.Evidence == Notified && !hinted || got.Evidence == Confirmed {
				t.Errorf("%s, %s: %s %s", want.file, name, got.Class, got.Evidence)
			}
		}
	}
}

// TestWithoutPinnedProviderGenuineNoticesAreProposed: no pin makes nothing hostile either.
func TestWithoutPinnedProviderGenuineNoticesAreProposed(t *testing.T) {
	trust := testTrust
	trust.AuthservID = ""
	got := testRegistry(t).Read(corpusFile(t, "bank-plain-fr"), trust)
	if got.Class != BankCredit || got.Evidence != Announced || !hasReason(got, "auth_no_provider_pinned") {
		t.Errorf("%s %s %v", got.Class, got.Evidence, got.Reasons)
	}
}

func TestTransactionIdentifiers(t *testing.T) {
	for file, want := range map[string]string{
		"psp-fr-received": "7AB12345CD678901E", "psp-en-received": "1XY98765ZW432109Q",
		"wise-fr": "1234567890",
		"wise-en": "987654321", "card-payment-en": "pi_3OabcDEF1234567890", "dd-failed": "PM000ABC123",
	} {
		got := testRegistry(t).Read(corpusFile(t, file), testTrust)
		if len(got.Payments) != 1 || got.Payments[0].TransactionID != want {
			t.Errorf("%s: %+v, want %s", file, got.Payments, want)
		}
	}
}

// TestEveryReasonHasBothWordings reads the codes the corpus gives.
func TestEveryReasonHasBothWordings(t *testing.T) {
	for _, want := range corpus {
		for _, given := range testRegistry(t).Read(corpusFile(t, want.file), testTrust).Reasons {
			for _, language := range []string{"fr", "en"} {
				text := given.Text(language)
				if text == given.Code || strings.ContainsAny(text, "{}") {
					t.Errorf("%s: %q", given.Code, text)
				}
			}
		}
	}
}

func TestTextHasNoControls(t *testing.T) {
	for _, want := range corpus {
		got := testRegistry(t).Read(corpusFile(t, want.file), testTrust)
		for _, text := range []string{got.Text, got.Subject, got.From, got.Excerpt} {
			if strings.ContainsFunc(text, isControl) {
				t.Errorf("%s: control character in %q", want.file, text)
			}
		}
	}
}

func isControl(r rune) bool { return r != '\n' && r != '\t' && (isInvisible(r) || isBidiControl(r)) }

func corpusFile(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name + ".eml")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func printPayments(payments []Payment) string {
	var lines []string
	for _, p := range payments {
		lines = append(lines, strings.Join([]string{p.Amount.String(), orDash(string(p.Currency)),
			p.Date.String(), orDash(p.Payer)}, " "))
	}
	return strings.Join(lines, ";")
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// printReferences writes a list with the blanks inside a reference as "_".
func printReferences(references []string) string {
	var words []string
	for _, one := range references {
		words = append(words, strings.ReplaceAll(one, " ", "_"))
	}
	return strings.Join(words, " ")
}

func hasReason(n Notice, code string) bool {
	return slices.ContainsFunc(n.Reasons, func(r Reason) bool { return r.Code == code })
}
