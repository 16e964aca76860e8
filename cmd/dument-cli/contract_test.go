package main

import (
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func slicesSorted(names iter.Seq[string]) []string { return slices.Sorted(names) }

const (
	clientShape = `"id":"int","name":"name","type":"word","type_origin":"word","email":"text","phone":"text",
		"siren":"text","siret":"text","vat_number":"text","address":["text"],"salutation":"text","service":"text",
		"engagement":"text","payment_days":"int","penalty_rate":"rate","insolvency":"date?","notes":"text",
		"aliases":["text"],"erased_on":"date?"`
	clientRowShape = `{` + clientShape + `,"invoices":"int","open":"money","overdue":"money","credit":"money"}`
	invoiceShape   = `"number":"name","client":"name","type":"word","amount":"money","currency":"name","issued":"date",
		"due":"date","due_origin":"word","subject":"text","order":"text"`
	invoiceRowShape = `{` + invoiceShape + `,"credited":"money","paid":"money","open":"money","last_paid":"date?",
		"announced":"date?","noticed":"date?","deadline":"date?"}`
	// From here on: the contract's own words.
	claimShape = `{"invoice":"name","client":"name","client_type":"word","on":"date","currency":"name",
		"amount":"money","credited":"money","paid":"money",
		"principal":"money","interest":"money","indemnity":"money","costs":"money","total":"money",
		"daily":"money","late_from":"date","days_late":"int",
		"segments":[{"from":"date","to":"date","days":"int","base":"money","rate":"rate","interest":"money"}],
		"limitation":"date","basis":["name"]}`
	dueShape = `{"invoice":"name","client":"name","step":"word","channel":"word","date":"date",
		"amount":"money","reasons":["name"],"blockers":[{"code":"word","until":"date?","text":"name"}]}`
	payShape  = `{"payment":"int","allocations":[{"invoice":"name","amount":"money","to":"word"}],"credit":"money"}`
	mailShape = `{"file":"name","message_id":"text","class":"word","evidence":"word",
		"payments":[{"amount":"money","currency":"text","date":"date?","payer":"text"}],
		"allocations":[{"invoice":"name","amount":"money"}],
		"decision":"word","reasons":["name"],"concerns":["name"]}`
	importShape = `{"file":"name","kind":"word","added":"int","duplicates":"int",
		"rejected":[{"line":"int","field":"text","reason":"name"}],
		"documents":[{"status":"word","number":"name","type_code":"name","issue_date":"date","due_date":"date?",
		"due_date_used":"date","due_date_origin":"word","currency":"name","tax_basis":"money?","tax_total":"money?",
		"grand_total":"money","prepaid":"money","payable":"money","seller_name":"text","seller_vat":"text",
		"buyer_name":"name","buyer_vat":"text","iban":"text","payment_ref":"text","preceding":"text",
		"findings":[{"class":"word","code":"word","text":"name"}]}]}`
	letterShape = `{"letter":"name","file":"name","sha256":"hash","pages":"int","total":"money"}`
	verifyShape = `{"ok":"bool","checks":[{"name":"word","ok":"bool","detail":"text"}]}`
	errorShape  = `{"error":{"code":"word","message":"name","field":"text"}}`
	trackShape  = `{"letter":"name","kind":"word","client":"name","on":"date","deadline":"date","invoices":["name"],
		"posted":"date?","presented":"date?","delivered":"date?","returned":"date?",
		"events":[{"event":"word","date":"date","number":"text","reason":"text","proof":"text"}]}`
	matchShape = `{"message":"int","date":"date","sender":"text","subject":"text","class":"word","evidence":"word",
		"decision":"word","state":"word","payments":[{"amount":"money","currency":"text","date":"date?","payer":"text"}],
		"proposals":[{"lines":[{"invoice":"name","amount":"money"}],"rest":"money","for":["name"],"against":["name"]}],
		"reasons":["name"],"concerns":["name"]}`
	agingRowShape = `"currency":"name","invoices":"int","not_due":"money","1-30":"money","31-60":"money",
		"61-90":"money","91+":"money","total":"money"}`
	settingsShape = `{"creditor":"any","terms":"any","numbering":"any","reminders":"any","mailbox":"any",
		"accounts":[{"name":"name","kind":"word","domains":["name"],"hint":"text"}]}`
	rateShape = `{"semester":"name","ecb":"rate","legal":"rate","individual":"rate","ecb_origin":"text",
		"legal_origin":"text","ecb_source":"text","legal_source":"text"}`
)

// TestShapes walks one ledger through every command and holds each result to its shape.
func TestShapes(t *testing.T) {
	d := newDesk(t)
	table := d.file("factures.csv", "numero;client;type;montant_ttc;date_facture;echeance\n"+
		"T-1;Beta SAS;b2b;100,00;2026-01-10;2026-02-10\nT-2;Beta SAS;b2b;abc;2026-01-10;2026-02-10\n")
	d.file("extra.toml", "[terms]\npayment_days = 45\n")
	d.file("scan.pdf", "%PDF-1.4 proof")
	messages := d.file("mail/1.eml", bankNotice("500.00", "F2026-0001", "claire-1"))
	d.file("mail/2.eml", "From: x@other.example\r\nSubject: hello\r\n\r\nhello\r\n")
	steps := []struct {
		line   string
		shape  string
		lines  int
		status int
	}{
		{"init --settings " + d.path("settings.toml"), `{"ledger":"name","creditor":"name"}`, 1, 0},
		{"settings show", settingsShape, 1, 0},
		{"settings apply " + d.path("extra.toml"), settingsShape, 1, 0},
		{"client add Alpha_SARL --type b2b --address 1_rue_A --address 31000_Toulouse", `{` + clientShape + `}`, 1, 0},
		{"client add Dupont --type consumer --email d@dupont.example", `{` + clientShape + `}`, 1, 0},
		{"client add Alpha_2 --type business", `{` + clientShape + `}`, 1, 0},
		{"client edit Dupont --phone 0500000000 --payment-days 15", `{` + clientShape + `}`, 1, 0},
		{"client show Dupont", `{` + clientShape + `}`, 1, 0},
		{"client merge Alpha_2 Alpha_SARL", `{` + clientShape + `}`, 1, 0},
		{"client list", clientRowShape, 2, 0},
		{"invoice add --client Alpha_SARL --amount 500 --issued 2026-01-01 --due 2026-01-31 --subject Pose", invoiceRowShape, 1, 0},
		{"invoice add --client Alpha_SARL --amount 300 --issued 2026-01-05 --due 2026-02-05", invoiceRowShape, 1, 0},
		{"invoice add --client Dupont --amount 80,00 --issued 2026-01-05 --number D-1", invoiceRowShape, 1, 0},
		{"invoice credit F2026-0002 --amount 100 --subject geste", invoiceRowShape, 1, 0},
		{"invoice cancel D-1 --reason erreur", invoiceRowShape, 1, 0},
		{"invoice attach F2026-0001 " + d.path("scan.pdf"), `{"sha256":"hash","media_type":"name","name":"name","size":"int"}`, 1, 0},
		{"invoice list", invoiceRowShape, 5, 0},
		{"invoice list --overdue --client Alpha_SARL", invoiceRowShape, 2, 0},
		{"invoice show F2026-0001", `{` + invoiceShape + `,"claim":` + claimShape + `,"timeline":[{"on":"date","code":"word",
			"params":["text"]}],"documents":[{"sha256":"hash","media_type":"name","name":"name","size":"int"}]}`, 1, 0},
		{"import --dry-run " + table, importShape, 1, 1},
		{"import " + table, importShape, 1, 1},
		{"import list", `{"batch":"int","file":"name","kind":"word","added":"int","on":"date","undone":"date?","sha256":"hash"}`, 1, 0},
		{"import undo 1", `{"batch":"int","undone":"date"}`, 1, 0},
		{"due --on 2026-03-25", dueShape, 2, 0},
		{"claim --all", claimShape, 2, 0},
		{"letter F2026-0001 -o " + d.path("a.pdf") + " --on 2026-07-15", letterShape, 1, 0},
		{"letter track C-2026-0001 posted --date 2026-07-16 --number NOPE", trackShape, 0, 2},
		{"letter track C-2026-0001 posted --date 2026-07-16 --proof " + d.path("scan.pdf"), trackShape, 1, 0},
		{"mail scan " + filepath.Dir(messages), mailShape, 2, 0},
		{"match list", matchShape, 1, 0},
		{"match reject 1", `{"message":"int","action":"word"}`, 1, 0},
		{"match undo 1", `{"message":"int","action":"word"}`, 1, 0},
		{"match accept 1 --invoice F2026-0001", `{"message":"int",` + payShape[1:], 1, 0},
		{"pay --amount 50 --date 2026-05-01 --client Alpha_SARL --id k1 --ref virement", payShape, 1, 0},
		{"report aging", `{"report":"word","on":"date","rows":[{"client":"name",` + agingRowShape + `],"totals":[{` + agingRowShape + `],"file":"text"}`, 1, 0},
		{"report clients -o " + d.path("c.csv"), `{"report":"word","on":"date","rows":[` + clientRowShape + `],"file":"name"}`, 1, 0},
		{"report journal --from 2026-01-01", `{"report":"word","from":"date","to":"date?","entries":[{"seq":"int","at":"instant",
			"on":"date","kind":"word","body":"any","prev":"text","hash":"hash"}],"file":"text"}`, 1, 0},
		{"report receipts", `{"report":"word","from":"date?","to":"date?","rows":[{"payment":"int","date":"date","amount":"money",
			"currency":"name","client":"name","payer":"text","reference":"text","evidence":"word","source":"word",
			"invoices":[{"invoice":"name","amount":"money","to":"word"}]}],"file":"text"}`, 1, 0},
		{"rates set 2027-S1 --ecb 2,40 --legal 2.62 --source avis", rateShape, 1, 0},
		{"rates list", rateShape, -1, 0},
		{"client erase Dupont", `{"client":"name","kept":"bool","until":"date"}`, 1, 0},
		{"verify", verifyShape, 1, 0},
		{"backup " + d.path("copy.dument"), `{"path":"name","sha256":"hash","size":"int","invoices":"int","entries":"int","head":"hash"}`, 1, 0},
		{"restore " + d.path("copy.dument"), `{"ledger":"name","kept":"name","sha256":"hash","size":"int","invoices":"int","entries":"int","head":"hash"}`, 1, 0},
		{"export " + d.path("out"), `{"dir":"name","files":["name"]}`, 1, 0},
		{"version", `{"program":"name","version":"name","system":"name"}`, 1, 0},
		{"help", `{"command":"name","arguments":"text","flags":["name"],"text":"name"}`, len(commands), 0},
	}
	tried := map[string]bool{"mail watch": true, "demo": true} // have tests of their own
	for _, step := range steps {
		arguments := strings.Fields(step.line)
		for n := range arguments {
			if !strings.Contains(arguments[n], string(filepath.Separator)) {
				arguments[n] = strings.ReplaceAll(arguments[n], "_", " ")
			}
		}
		p := d.run(append([]string{"--json"}, arguments...)...)
		if p.status != step.status {
			t.Fatalf("%s ended with %d, want %d: %s%s", step.line, p.status, step.status, p.out, p.err)
		}
		if step.status == exitUsage {
			shaped(t, p.out, errorShape)
			continue
		}
		made := shaped(t, p.out, step.shape)
		if step.lines >= 0 && len(made) != step.lines {
			t.Errorf("%s gave %d lines, want %d: %s", step.line, len(made), step.lines, p.out)
		}
		if given, err := parse(arguments); err == nil {
			tried[given.command.name] = true
		}
	}
	for _, known := range commands {
		if !tried[known.name] && !strings.Contains(known.text.en, "later version") {
			t.Errorf("no shape is checked for %q", known.name)
		}
	}
}

// TestTextForPeople runs the listing commands without --json in both languages.
func TestTextForPeople(t *testing.T) {
	d := opened(t)
	d.ok("client", "add", "Alpha SARL", "--type", "business")
	d.ok("invoice", "add", "--client", "Alpha SARL", "--amount", "1234.50", "--issued", "2026-01-01",
		"--due", "2026-02-01")
	for _, test := range []struct{ language, line, want string }{
		{"fr", "invoice list", "1\u202f234,50\u00a0€"}, {"en", "invoice list", "€1,234.50"},
		{"fr", "due --on 2026-03-10", "mise en demeure"}, {"en", "due --on 2026-03-10", "formal notice"},
		{"fr", "claim --all --on 2026-03-10", "indemnité forfaitaire"}, {"en", "claim --all --on 2026-03-10", "fixed indemnity"},
		{"fr", "report aging", "non échu"}, {"en", "report aging", "not due"},
		{"fr", "verify", "Le registre est sain"}, {"en", "verify", "The ledger is sound"},
		{"fr", "match list", "Aucune proposition"}, {"en", "match list", "No proposal"},
	} {
		out := d.ok(append(strings.Fields(test.line), "--lang", test.language)...)
		if !strings.Contains(out, test.want) {
			t.Errorf("%s in %s lacks %q:\n%s", test.line, test.language, test.want, out)
		}
	}
}

// TestClaimOfTheContract reproduces the example that the contract prints, to the cent.
func TestClaimOfTheContract(t *testing.T) {
	d := opened(t)
	d.ok("client", "add", "Alpha SARL", "--type", "business")
	d.ok("invoice", "add", "--client", "Alpha SARL", "--amount", "3000.00", "--number", "F2026-0007", "--issued",
		"2026-01-01", "--due", "2026-01-31")
	d.ok("pay", "--amount", "1000.00", "--date", "2026-03-31", "--invoice", "F2026-0007")
	const want = `{"invoice":"F2026-0007","client":"Alpha SARL","client_type":"business","on":"2026-07-15",` +
		`"currency":"EUR","amount":"3000.00","credited":"0.00","paid":"1000.00","principal":"2058.92",` +
		`"interest":"72.86","indemnity":"40.00","costs":"0.00","total":"2171.78","daily":"0.70",` +
		`"late_from":"2026-02-01","days_late":165,"segments":[{"from":"2026-02-01","to":"2026-03-31","days":59,` +
		`"base":"3000.00","rate":"12.15","interest":"58.92"}`
	const end = `"limitation":"2031-01-31","basis":["C. com. L441-10","C. com. D441-5"]}` + "\n"
	out := d.ok("claim", "F2026-0007", "--on", "2026-07-15", "--imputation", "interest-first", "--json")
	if !strings.HasPrefix(out, want) || !strings.HasSuffix(out, end) {
		t.Errorf("claim is\n%s, want\n%s…%s", out, want, end)
	}
}

// TestGlobalFlags may stand anywhere, joined or not.
func TestGlobalFlags(t *testing.T) {
	d := opened(t)
	other := d.path("elsewhere.dument")
	for _, line := range [][]string{
		{"--json", "version"}, {"version", "--json"}, {"--lang=en", "version", "--json=true"},
		{"--ledger", d.ledger, "client", "list"}, {"client", "--json", "list"}, {"client", "list", "--ledger=" + d.ledger},
		{"--on=2026-01-01", "due"}, {"due", "--on", "2026-01-01"}, {"--help"}, {"pay", "-h"}, {"client", "list", "--json=false"},
	} {
		if p := d.run(line...); p.status != exitDone {
			t.Errorf("%v ended with %d: %s", line, p.status, p.err)
		}
	}
	d.fails(exitLedger, "client", "list", "--ledger", other)
	if _, err := os.Stat(other); err == nil {
		t.Error("a reading command made a ledger")
	}
	// A name that looks like a flag goes behind "--".
	d.ok("client", "add", "--type", "business", "--", "--odd name")
	d.ok("client", "show", "--", "--odd name")
}

// TestLocale: French unless the locale says English.
func TestLocale(t *testing.T) {
	for _, test := range []struct{ all, messages, lang, want string }{
		{"", "", "", "fr"}, {"", "", "en_GB.UTF-8", "en"}, {"", "", "fr_FR.UTF-8", "fr"}, {"C", "", "en_GB", "fr"},
		{"", "en_US", "fr_FR", "en"}, {"ja_JP", "", "", "fr"}, {"en", "", "", "en"}, {"eng_X", "", "", "fr"},
	} {
		env := map[string]string{"LC_ALL": test.all, "LC_MESSAGES": test.messages, "LANG": test.lang}
		if got := languageOf(func(name string) string { return env[name] }); got != test.want {
			t.Errorf("%+v gives %s", test, got)
		}
	}
}
