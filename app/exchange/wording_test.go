package exchange

import (
	"errors"
	"strings"
	"testing"
)

// Each message has an example that provokes it, under its own header or this one.
const exampleHeader = "numero;client;montant;date_facture;echeance;deja_paye;date_paiement\n"

type example struct {
	header, rows string
	line         int
	field        string
	value        string
}

var rowExamples = map[string]example{
	"nul": {
		rows: "F1;A\x00B;1,00;2026-01-02;;;\n",
		line: 2, value: "F1;AB;1,00;2026-01-02;;;",
	},
	"encoding": {
		rows: "F1;É;1,00;2026-01-02;;;\nF2;\xc9;1,00;2026-01-02;;;\n",
		line: 3, value: "F2;?;1,00;2026-01-02;;;",
	},
	"quote_open": {rows: "F1;\"A;1,00;2026-01-02;;;\n", line: 2, value: "F1;\"A;1,00;2026-01-02;;;"},
	"row_too_long": {
		rows: "F1;" + strings.Repeat("A", maxRowBytes) + ";1,00;2026-01-02;;;\n",
		line: 2, value: "F1;" + strings.Repeat("A", 77) + "…",
	},
	"row_short":      {rows: "F1;A;1,00\n", line: 2, value: "F1;A;1,00"},
	"row_long":       {rows: "F1;A;1,00;2026-01-02;;;;x\n", line: 2, value: "F1;A;1,00;2026-01-02;;;;x"},
	"number_missing": {rows: ";A;1,00;2026-01-02;;;\n", line: 2, field: "number"},
	"client_missing": {rows: "F1; ;1,00;2026-01-02;;;\n", line: 2, field: "client"},
	"text_too_long": {
		rows: strings.Repeat("9", 65) + ";A;1,00;2026-01-02;;;\n",
		line: 2, field: "number", value: strings.Repeat("9", 65),
	},
	"unprintable":       {rows: "F1;A\u202eB;1,00;2026-01-02;;;\n", line: 2, field: "client", value: "AB"},
	"amount_missing":    {rows: "F1;A;;2026-01-02;;;\n", line: 2, field: "amount"},
	"amount_zero":       {rows: "F1;A;0,00;2026-01-02;;;\n", line: 2, field: "amount", value: "0,00"},
	"amount_unreadable": {rows: "F1;A;dix;2026-01-02;;;\n", line: 2, field: "amount", value: "dix"},
	"amount_ambiguous":  {rows: "F1;A;1.234;2026-01-02;;;\n", line: 2, field: "amount", value: "1.234"},
	"amount_mark": {
		rows: "F1;A;1,20;2026-01-02;;;\nF2;A;1,30;2026-01-02;;;\nF3;A;1.40;2026-01-02;;;\n",
		line: 4, field: "amount", value: "1.40",
	},
	"amount_precision": {
		rows: "F1;A;1,205;2026-01-02;;;\nF2;A;1,30;2026-01-02;;;\n",
		line: 2, field: "amount", value: "1,205",
	},
	"amount_range": {
		rows: "F1;A;10000000001,00;2026-01-02;;;\n",
		line: 2, field: "amount", value: "10000000001,00",
	},
	"currency_unknown": {
		header: "numero;client;montant;devise;date\n",
		rows:   "F1;A;1,00;florin;2026-01-02\n",
		line:   2, field: "currency", value: "florin",
	},
	"currency_conflict": {
		header: "numero;client;montant;devise;date\n",
		rows:   "F1;A;1,00 $;EUR;2026-01-02\n",
		line:   2, field: "amount", value: "1,00 $",
	},
	"date_unreadable": {rows: "F1;A;1,00;hier;;;\n", line: 2, field: "issue_date", value: "hier"},
	"date_impossible": {
		rows: "F1;A;1,00;2026-01-02;31/04/2026;;\n",
		line: 2, field: "due_date", value: "31/04/2026",
	},
	"date_out_of_range": {
		rows: "F1;A;1,00;2026-01-02;2206-01-02;;\n",
		line: 2, field: "due_date", value: "2206-01-02",
	},
	"date_ambiguous": {
		rows: "F1;A;1,00;03/04/2026;;;\nF2;A;1,00;04/30/2026;;;\n",
		line: 2, field: "issue_date", value: "03/04/2026",
	},
	"issue_date_missing": {rows: "F1;A;1,00;;2026-01-02;;\n", line: 2, field: "issue_date"},
	"client_type_unknown": {
		header: "numero;client;montant;type;date\n",
		rows:   "F1;A;1,00;association;2026-01-02\n",
		line:   2, field: "client_type", value: "association"},
	"paid_contradiction": {
		rows: "F1;A;1,00;2026-01-02;;0,00;2026-02-03\n",
		line: 2, field: "paid_on", value: "2026-02-03",
	},
	"paid_sign": {rows: "F1;A;1,00;2026-01-02;;-0,50;\n", line: 2, field: "paid", value: "-0.50"},
	"paid_more": {rows: "F1;A;1,00;2026-01-02;;1,50;\n", line: 2, field: "paid", value: "1.50"},
	"left_range": {
		header: "numero;client;montant;date;reste du\n",
		rows:   "F1;A;1,00;2026-01-02;2,00\n",
		line:   2, field: "left_to_pay", value: "2,00",
	},
	"draft_or_cancelled": {
		header: "numero;client;montant;date;statut\n",
		rows:   "F1;A;1,00;2026-01-02;Annulée\n",
		line:   2, field: "status", value: "Annulée",
	},
	"number_twice": {
		rows: "F1;A;1,00;2026-01-02;;;\nF1;A;2,00;2026-01-02;;;\n",
		line: 2, field: "number", value: "F1",
	},
	"row_twice": {
		rows: "F1;A;1,00;2026-01-02;;;\nF1;A;1.00;2026-01-02;;;\nF1;A;1,00;02/01/2026;;;\n",
		line: 4, field: "number", value: "F1",
	},
	"total_line": {
		rows: "F1;A;1,00;2026-01-02;;;\n;Total;1,00;;;;\n",
		line: 3, value: ";Total;1,00;;;;",
	},
	"header_again": {
		rows: "F1;A;1,00;2026-01-02;;;\n" + exampleHeader,
		line: 3, value: strings.TrimSpace(exampleHeader),
	},
	"day_first_assumed": {rows: "F1;A;1,00;03/04/2026;;;\n", line: 1},
	"due_before_issue": {
		rows: "F1;A;1,00;2026-01-02;2026-01-01;;\n",
		line: 2, field: "due_date", value: "2026-01-01",
	},
	"paid_before_issue": {
		rows: "F1;A;1,00;2026-01-02;;;2026-01-01\n",
		line: 2, field: "paid_on", value: "2026-01-01",
	},
	"email_unreadable": {
		header: "numero;client;montant;date;email\n",
		rows:   "F1;A;1,00;2026-01-02;a@b\n",
		line:   2, field: "client_email", value: "a@b",
	},
	"identifier_unreadable": {
		header: "numero;client;montant;date;siret\n",
		rows:   "F1;A;1,00;2026-01-02;7,3282E+13\n",
		line:   2, field: "siret", value: "7,3282E+13"},
	"identifier_check": {
		header: "numero;client;montant;date;siren\n",
		rows:   "F1;A;1,00;2026-01-02;732 829 321\n",
		line:   2, field: "siren", value: "732 829 321"},
	"siret_of_another": {
		header: "numero;client;montant;date;siren;siret\n",
		rows:   "F1;A;1,00;2026-01-02;356000000;73282932000074\n",
		line:   2, field: "siret", value: "73282932000074"},
	"status_says_paid": {header: "numero;client;montant;date;statut\n",
		rows: "F1;A;1,00;2026-01-02;Réglée\n",
		line: 2, field: "status", value: "Réglée"},
	"left_differs": {
		header: "numero;client;montant;date;paye;reste du\n",
		rows:   "F1;A;1,00;2026-01-02;0,40;0,50\n",
		line:   2, field: "left_to_pay", value: "0,50"},
}

func TestEachRowMessageHasAnExample(t *testing.T) {
	for code := range rowWording {
		given, known := rowExamples[code]
		if !known {
			t.Errorf("%s: no example provokes it", code)
			continue
		}
		header := given.header
		if header == "" {
			header = exampleHeader
		}
		table := mustRead(t, header+given.rows)
		var found *Finding
		for _, list := range [][]Finding{table.Rejected, table.Duplicates, table.Ignored, table.Warnings} {
			for i := range list {
				if list[i].Code == code && found == nil {
					found = &list[i]
				}
			}
		}
		if found == nil {
			t.Errorf("%s: not provoked: %+v", code, table)
			continue
		}
		if found.Line != given.line || found.Field != given.field || found.Value != given.value {
			t.Errorf("%s: got line %d, field %q, value %q", code, found.Line, found.Field, found.Value)
		}
		checkText(t, code, found.Value, found.Text("fr"), found.Text("en"))
	}
	for code := range rowExamples {
		if _, known := rowWording[code]; !known {
			t.Errorf("%s: an example without a message", code)
		}
	}
}

var fileExamples = map[string]string{
	"empty":          " \r\n",
	"pdf":            "%PDF-1.7\n",
	"xlsx":           "PK\x03\x04\x14\x00\x06\x00\x08\x00[Content_Types].xml",
	"xls":            "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00",
	"ods":            "PK\x03\x04\x14\x00mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
	"archive":        "\x1f\x8b\x08\x00",
	"picture":        "\x89PNG\r\n\x1a\n",
	"ledger":         "SQLite format 3\x00",
	"binary":         strings.Repeat("\x01\x02abc", 20),
	"xml":            "<?xml version=\"1.0\"?><Invoice/>",
	"json":           "{\"invoices\":[]}",
	"web_page":       "<!DOCTYPE html><title>Connexion</title>",
	"bank_file":      "OFXHEADER:100\nDATA:OFXSGML\n",
	"message":        "Return-Path: <a@b.example>\nSubject: facture\n",
	"no_header":      "une;deux;trois\n1;2;3\n",
	"column_missing": "Date;Libellé;Montant\n2026-01-02;Virement;1,00\n",
	"column_twice":   "Numero;Client;Montant;TVA;Total;Date\nF1;A;1,00;0,20;1,20;2026-01-02\n",
	"net_only":       "Numero;Client;Montant HT;Date\nF1;A;1,00;2026-01-02\n",
}

func TestEachFileMessageHasAnExample(t *testing.T) {
	for code := range fileWording {
		if code == "too_large" || code == "too_many_rows" {
			fault := &FileError{Code: code} // provoked by TestLimits
			checkText(t, code, "", fault.Text("fr"), fault.Text("en"))
			continue
		}
		for way, read := range map[string]func(string) error{
			"Detect": func(text string) error {
				_, err := Detect("x.csv", []byte(text))
				return err
			},
			"ReadInvoices": func(text string) error {
				_, err := ReadInvoices(strings.NewReader(text))
				return err
			},
		} {
			var fault *FileError
			if err := read(fileExamples[code]); !errors.As(err, &fault) || fault.Code != code {
				t.Errorf("%s by %s: got %v", code, way, err)
				continue
			}
			checkText(t, code, "", fault.Text("fr"), fault.Text("en"))
		}
	}
}

// checkText: three parts (what, why, what to do), the value in it, every hole filled, two languages.
func checkText(t *testing.T, code, value, french, english string) {
	t.Helper()
	if parts := strings.Split(french, "\u00a0: "); len(parts) < 3 {
		t.Errorf("%s: %q has not what, why and what to do", code, french)
	}
	if parts := strings.Split(english, ": "); len(parts) < 3 {
		t.Errorf("%s: %q has not what, why and what to do", code, english)
	}
	if french == english || strings.ContainsAny(french+english, "{}") {
		t.Errorf("%s: %q, %q", code, french, english)
	}
	mentions := strings.Contains(rowWording[code].french, "{value}")
	if mentions && (!strings.Contains(french, value) || !strings.Contains(english, value)) {
		t.Errorf("%s: the value %q is not told: %q, %q", code, value, french, english)
	}
}

func TestWordingOfTheContract(t *testing.T) {
	finding := Finding{Line: 3, Field: "amount", Code: "amount_ambiguous", Value: "1.234",
		Params: []string{"1234,00", "1,234"}}
	const want = "montant TTC «\u00a01.234\u00a0»\u00a0: se lit 1234,00 ou 1,234, et rien dans la colonne " +
		"ne tranche\u00a0: écrivez les montants avec deux décimales, ou choisissez le signe décimal"
	if got := finding.Text("fr"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	missing := &FileError{Code: "column_missing", Params: []string{"client"}}
	if got := missing.Text("en"); got != `column missing: every invoice needs "client": `+
		`add it or rename the column that holds it` {
		t.Error(got)
	}
}
