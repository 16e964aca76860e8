package exchange

import (
	"errors"
	"os"
	"strings"
	"testing"

	"dument/app/date"
	"dument/app/law"
	"dument/app/money"
)

// mustRead reads a text that is a table, and checks that no row got lost.
func mustRead(t *testing.T, text string) *Table {
	t.Helper()
	table, err := ReadInvoices(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%q: %v", clip(text), err)
	}
	checkCount(t, table)
	return table
}

func checkCount(t testing.TB, table *Table) {
	t.Helper()
	sum := len(table.Invoices) + len(table.Rejected) + len(table.Duplicates) + len(table.Ignored)
	if table.Rows != sum {
		t.Fatalf("%d rows, but %d invoices, %d rejected, %d duplicates, %d ignored", table.Rows,
			len(table.Invoices), len(table.Rejected), len(table.Duplicates), len(table.Ignored))
	}
}

func TestMiniDSOFileIsReadAndWrittenToTheByte(t *testing.T) {
	original, err := os.ReadFile("testdata/dso-mini.csv")
	if err != nil {
		t.Fatal(err)
	}
	table := mustRead(t, string(original))
	if len(table.Invoices) != 3 || len(table.Unknown) != 0 || len(table.Warnings) != 0 {
		t.Fatalf("got %+v", table)
	}
	if table.Separator != "," || table.DecimalMark != "." || table.DateOrder != YearFirst ||
		table.Encoding != UTF8 || table.HeaderLine != 1 {
		t.Errorf("habits: %q %q %q %q", table.Separator, table.DecimalMark, table.DateOrder, table.Encoding)
	}
	first, second := table.Invoices[0], table.Invoices[1]
	if first.Number != "F2025-0012" || first.ClientName != "Client A" || first.Amount != 185000 ||
		first.Issued != date.Must("2025-08-20") || first.Due != date.Must("2025-09-10") ||
		first.PaidOn != date.Must("2025-09-14") || first.AlreadyPaid != 185000 || first.Line != 2 ||
		first.Currency != money.EUR || first.DebtorKind != "" {
		t.Errorf("first: %+v", first)
	}
	if second.AlreadyPaid != 0 || !second.PaidOn.IsZero() || noteOf(&second, RoleStatus) != "En retard" ||
		noteOf(&second, RoleNextAction) != "Mail J+20 (22/09)" {
		t.Errorf("second: %+v", second)
	}
	var rows []MiniDSORow
	for i := range table.Invoices {
		rows = append(rows, MiniDSORowOf(&table.Invoices[i]))
	}
	var written strings.Builder
	if err := WriteMiniDSO(&written, rows); err != nil {
		t.Fatal(err)
	}
	if written.String() != string(original) {
		t.Errorf("written:\n%s\nwant:\n%s", written.String(), original)
	}
}

// One plain invoice, written in many ways, is always the same invoice.
func TestSameInvoiceHoweverItIsWritten(t *testing.T) {
	const nbsp, narrow = "\u00a0", "\u202f"
	files := map[string]string{
		"French": "Numéro;Client;Montant TTC;Date facture;Échéance\n" +
			"F1;Café Zoé;1 234,56;21/11/2026;21/12/2026\n",
		"mark": "\ufeffNumero,Client,Montant,Date,Echeance\n" +
			"F1,Café Zoé,1234.56,2026-11-21,2026-12-21\n",
		"tabs": "N°\tNom\tTTC\tdate_facture\techeance\n" +
			"F1\tCafé Zoé\t1.234,56 €\t21-11-2026\t21.12.2026",
		"bars": "Invoice Number|Customer|Amount|Issue Date|Due Date\n" +
			"F1|Café Zoé|1,234.56|2026-11-21|2026-12-21",
		"no-break": "FACTURE;RAISON SOCIALE;TOTAL;DATE;ECHEANCE\n" +
			"F1;Café Zoé;1" + nbsp + "234,56" + nbsp + "€;21/11/26;21/12/26\n",
		"narrow": "n_facture;client;montant_ttc;date_facture;echeance\n" +
			"F1;Café Zoé;1" + narrow + "234,56;20261121;20261221\n",
		"other order": "Échéance;Montant;Client;Date Facture;Numero Facture\n" +
			"21/12/2026;1234,56;Café Zoé;21/11/2026;F1\n",
		"CR": "Numero;Client;Montant;Date;Echeance\rF1;Café Zoé;1234,56;21/11/2026;21/12/2026\r",
		"mixed line ends": "Numero;Client;Montant;Date;Echeance\r\r\n\n" +
			"F1;Café Zoé;1234,56;21/11/2026;21/12/2026\r\n\r;;;;\n",
		"Windows-1252": "Num\xe9ro;Client;Montant;Date;\xc9ch\xe9ance\n" +
			"F1;Caf\xe9 Zo\xe9;1234,56 \x80;21/11/2026;21/12/2026\n",
		"preamble": "Export du 01/12/2026\nDate ;28/08/2026\n\nNumero;Client;Montant;Date;Echeance\n" +
			"F1;Café Zoé;1234,56;21/11/2026;21/12/2026\n",
		"sep line": "sep=;\nNumero;Client;Montant;Date;Echeance\n" +
			"F1;Café Zoé;1234,56;21/11/2026;21/12/2026\n",
		"quotes": "\"Numero\",\"Client\",\"Montant\",\"Date\",\"Echeance\"\n" +
			"\"F1\",\"Café Zoé\",\"1 234,56\",\"21/11/2026\",\"21/12/2026\" \n",
		"text marks": "Numero;Client;Montant;Date;Echeance\n" +
			"=\"F1\";Café Zoé;=\"1234,56\";'21/11/2026;21/12/2026\n",
		"final separator": "Numero;Client;Montant;Date;Echeance;\n" +
			"F1;Café Zoé;1234,56;21/11/2026;21/12/2026;\n",
		"words": "Numero;Client;Montant EUR;Date;Echeance\n" +
			"F1; Café Zoé ;EUR 1234,56;21 novembre 2026;21 déc. 2026\n",
		"hours": "Numero;Client;Montant;Date;Echeance\n" +
			"F1;Café Zoé;+1'234.56;2026-11-21 10:00:00;2026-12-21T00:00:00Z\n",
	}
	files["UTF-16"] = utf16(files["French"], false)
	files["UTF-16 big end"] = utf16(files["French"], true)
	want := Invoice{Number: "F1", ClientName: "Café Zoé", Amount: 123456, Currency: money.EUR,
		Issued: date.Must("2026-11-21"), Due: date.Must("2026-12-21")}
	for name, text := range files {
		t.Run(name, func(t *testing.T) {
			table := mustRead(t, text)
			if len(table.Invoices) != 1 || table.Rows != 1 {
				t.Fatalf("%d invoices, rejected %v", len(table.Invoices), table.Rejected)
			}
			got := table.Invoices[0]
			if !sameInvoice(got, want) || got.Number != want.Number {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
			if kind, err := Detect("x.csv", []byte(text)); kind != KindInvoicesCSV || err != nil {
				t.Errorf("Detect: %q %v", kind, err)
			}
		})
	}
}

func utf16(text string, bigEnd bool) string {
	var out strings.Builder
	for _, r := range "\ufeff" + text {
		if bigEnd {
			out.Write([]byte{byte(r >> 8), byte(r)})
		} else {
			out.Write([]byte{byte(r), byte(r >> 8)})
		}
	}
	return out.String()
}

func TestPaidCurrencyAndDebtor(t *testing.T) {
	const header = "numero;client;type;montant_ttc;devise;date_facture;deja_paye;date_paiement;reste du\n"
	cases := []struct {
		row      string
		amount   money.Cents
		paid     money.Cents
		paidOn   string
		currency money.Currency
		debtor   law.Debtor
	}{
		{"F1;A;b2b;100,00;;01/02/2026;;;", 10000, 0, "", "EUR", law.Business},
		{"F1;A;B2C;100,00;chf;01/02/2026;40,00;;", 10000, 4000, "", "CHF", law.Consumer},
		{"F1;A;Public;100,00 €;;01/02/2026;;15/03/2026;", 10000, 10000, "2026-03-15", "EUR", law.Public},
		{"F1;A;Professionnel;100,00 $;;01/02/2026;40,00;15/03/2026;60,00", 10000, 4000, "2026-03-15", "USD",
			law.Business},
		{"F1;A;particulier;100,00;EUR;01/02/2026;;;25,50", 10000, 7450, "", "EUR", law.Consumer},
		{"A1;A;;-100,00;;01/02/2026;;;", -10000, 0, "", "EUR", ""},
		{"A1;A;;(100,00);;01/02/2026;;15/03/2026;", -10000, -10000, "2026-03-15", "EUR", ""},
		{"A1;A;;100,00-;;01/02/2026;-;–;-", -10000, 0, "", "EUR", ""},
		{"A1;A;;−100,00;;01/02/2026;non;;", -10000, 0, "", "EUR", ""},
		{"F1;A;;100,00;;01/02/2026;oui;;", 10000, 10000, "", "EUR", ""},
	}
	for _, c := range cases {
		table := mustRead(t, header+c.row)
		if len(table.Invoices) != 1 {
			t.Errorf("%s: %v", c.row, table.Rejected)
			continue
		}
		got := table.Invoices[0]
		if got.Amount != c.amount || got.AlreadyPaid != c.paid || got.PaidOn.String() != c.paidOn ||
			got.Currency != c.currency || got.DebtorKind != c.debtor {
			t.Errorf("%s: %+v", c.row, got)
		}
	}
}

// The column decides the mark; a figure that reads in two ways never becomes an amount on its own.
func TestDecimalMarkIsDecidedByTheColumn(t *testing.T) {
	const unread = money.Cents(0)
	cases := []struct {
		amounts string // parted by blanks
		want    []money.Cents
		mark    string
	}{
		{"1.234 2.500", []money.Cents{unread, unread}, ""},
		{"1,234", []money.Cents{unread}, ""},
		{"1.234 12,50", []money.Cents{123400, 1250}, ","},
		{"1,234 12.50", []money.Cents{123400, 1250}, "."},
		{"1.234 12.50", []money.Cents{unread, 1250}, "."}, // a thousandth of a euro is no amount
		{"1.234.567 1.234", []money.Cents{123456700, 123400}, ","},
		{"12.50 13.50 14,50", []money.Cents{1250, 1350, unread}, "."},
		{"12.50 14,50", []money.Cents{unread, unread}, ""},
		{"1234 500", []money.Cents{123400, 50000}, ""},
		{"0,500 1.234", []money.Cents{50, 123400}, ","},
		{"1234.500 1,234", []money.Cents{123450, 123400}, "."},
		{"12.3400 1", []money.Cents{1234, 100}, "."},
		{"1'234.5 1'000", []money.Cents{123450, 100000}, "."},
		{",50 3", []money.Cents{50, 300}, ","},
		{"10000000000,00 10000000000,01 99999999999999999999,00",
			[]money.Cents{money.MaxCents, unread, unread}, ","},
		{"1.23.456,00 1..5 12,34,5 1,", []money.Cents{unread, unread, unread, unread}, ""},
		{"--5 5€€ 1e3 #REF! 12abc ,",
			[]money.Cents{unread, unread, unread, unread, unread, unread}, ""},
	}
	for _, c := range cases {
		var text strings.Builder
		text.WriteString("numero;client;montant;date\n")
		for i, amount := range strings.Fields(c.amounts) {
			text.WriteString("F" + string(rune('a'+i)) + ";A;" + amount + ";2026-01-02\n")
		}
		table := mustRead(t, text.String())
		got := make([]money.Cents, len(c.want))
		for _, invoice := range table.Invoices {
			got[invoice.Line-2] = invoice.Amount
		}
		if table.Rows != len(c.want) || table.DecimalMark != c.mark {
			t.Errorf("%s: %d rows, mark %q, want %q", c.amounts, table.Rows, table.DecimalMark, c.mark)
		}
		for i, want := range c.want {
			if got[i] != want {
				t.Errorf("%s: amount %d: got %v, want %v", c.amounts, i, got[i], want)
			}
		}
	}
}

func TestOrderOfDayAndMonth(t *testing.T) {
	cases := []struct {
		dates string
		order string
		want  []string // empty: rejected
	}{
		{"03/04/2026 05/06/2026", DayFirst, []string{"2026-04-03", "2026-06-05"}},
		{"03/04/2026 25/12/2026", DayFirst, []string{"2026-04-03", "2026-12-25"}},
		{"03/04/2026 25/12/2026 12/25/2026", DayFirst, []string{"2026-04-03", "2026-12-25", ""}},
		// Only month-first is proven: nothing that reads in two ways is taken.
		{"03/04/2026 12/25/2026 25/12/2026 12/26/2026 05/05/2026", "",
			[]string{"", "", "2026-12-25", "", "2026-05-05"}},
		{"31/02/2026 2026-02-30 29/02/2024 1/2/2026", DayFirst, []string{"", "", "2024-02-29", "2026-02-01"}},
		{"2026-11-21 2026-13-01", YearFirst, []string{"2026-11-21", ""}},
		{"21/11/0026 21/11/1999 21/11/2101 21/11/26", DayFirst, []string{"", "", "", "2026-11-21"}},
		{"46000 21/11 21/11/2026/1 demain 21-11/2026", "", []string{"", "", "", "", ""}},
	}
	for _, c := range cases {
		var text strings.Builder
		text.WriteString("numero;client;montant;date\n")
		for i, day := range strings.Fields(c.dates) {
			text.WriteString("F" + string(rune('a'+i)) + ";A;10,00;" + day + "\n")
		}
		table := mustRead(t, text.String())
		got := make([]string, len(c.want))
		for _, invoice := range table.Invoices {
			got[invoice.Line-2] = invoice.Issued.String()
		}
		for i, want := range c.want {
			if got[i] != want {
				t.Errorf("%s: date %d: got %q, want %q", c.dates, i, got[i], want)
			}
		}
		if table.DateOrder != c.order {
			t.Errorf("%s: order %q, want %q", c.dates, table.DateOrder, c.order)
		}
	}
}

func TestChoiceOverrulesWhatIsFound(t *testing.T) {
	const text = "Numero;Client;Montant;Prix;Date\nF1;A;1.234;7,00;03/04/2026\nF2;A;5.678;8,00;04/13/2026\n"
	read := func(choice Choice) *Table {
		table, err := ReadInvoicesAs(strings.NewReader(text), choice)
		if err != nil {
			t.Fatal(err)
		}
		checkCount(t, table)
		return table
	}
	if table := read(Choice{}); len(table.Invoices) != 0 || len(table.Rejected) != 2 {
		t.Errorf("nothing chosen: %+v", table)
	}
	table := read(Choice{DecimalMark: ",", DateOrder: MonthFirst})
	if len(table.Invoices) != 2 || table.Invoices[0].Amount != 123400 ||
		table.Invoices[0].Issued != date.Must("2026-03-04") || table.DateOrder != MonthFirst {
		t.Errorf("comma, month first: %+v", table)
	}
	table = read(Choice{DateOrder: MonthFirst, Roles: map[int]Role{2: RoleNone, 3: RoleAmount}})
	if len(table.Invoices) != 2 || table.Invoices[1].Amount != 800 || table.Unknown[0] != "Montant" {
		t.Errorf("another column: %+v", table)
	}
	if _, err := ReadInvoicesAs(strings.NewReader(text), Choice{Separator: ","}); err == nil {
		t.Error("a comma splits nothing here, and no header can be found")
	}
	latin := "Numero;Client;Montant;Date\nF1;\xc3\xa9;7,00;2026-04-03\n"
	table, err := ReadInvoicesAs(strings.NewReader(latin), Choice{Encoding: Windows1252})
	if err != nil || table.Encoding != Windows1252 || len(table.Rejected) != 1 {
		t.Errorf("forced encoding: %+v %v", table, err)
	}
}

// A number that stands for two different invoices is not half imported: neither is taken.
func TestNumbersTwice(t *testing.T) {
	table := mustRead(t, "numero;client;montant;date;statut\n"+
		"F1;A;10,00;2026-01-02;a\nF2;A;10,00;2026-01-02;\n"+
		"F1;A;10,00;2026-01-02;b\nF2;A;11,00;2026-01-02;\nF3;A;12,00;2026-01-02;\nF2;A;10,00;2026-01-02;\n")
	if len(table.Invoices) != 2 || table.Invoices[0].Number != "F1" || table.Invoices[1].Number != "F3" {
		t.Errorf("taken: %+v", table.Invoices)
	}
	if len(table.Duplicates) != 2 || table.Duplicates[0].Line != 4 || table.Duplicates[0].Params[0] != "2" {
		t.Errorf("duplicates: %+v", table.Duplicates)
	}
	if len(table.Rejected) != 2 || table.Rejected[0].Line != 3 || table.Rejected[0].Params[0] != "5" ||
		table.Rejected[1].Line != 5 || table.Rejected[1].Params[0] != "3" {
		t.Errorf("rejected: %+v", table.Rejected)
	}
}

func TestMixedEncodingsRejectTheMinority(t *testing.T) {
	const header = "numero;client;montant;date\n"
	utf8Row, latinRow := "F1;Zoé;10,00;2026-01-02\n", "F2;L\xe9a;10,00;2026-01-02\n"
	table := mustRead(t, header+utf8Row+"F3;Éva;1,00;2026-01-02\n"+latinRow+"F4;Max;1,00;2026-01-02\n")
	if len(table.Invoices) != 3 || len(table.Rejected) != 1 || table.Rejected[0].Line != 4 ||
		table.Encoding != UTF8 {
		t.Errorf("UTF-8 file: %+v", table)
	}
	table = mustRead(t, header+utf8Row+latinRow+"F3;\xc9va;1,00;2026-01-02\n")
	if len(table.Invoices) != 2 || len(table.Rejected) != 1 || table.Rejected[0].Line != 2 ||
		table.Encoding != Windows1252 || table.Invoices[1].ClientName != "Éva" {
		t.Errorf("Windows-1252 file: %+v", table)
	}
}

// Five bytes have no character in Windows-1252; and a client may be called Total.
func TestRowsThatLookLikeSomethingElse(t *testing.T) {
	table := mustRead(t, "numero;client;montant;date\nF1;\xc9va;1,00;2026-01-02\nF2;\x81va;1,00;2026-01-02\n")
	if len(table.Invoices) != 1 || len(table.Rejected) != 1 || table.Rejected[0].Code != "encoding" {
		t.Errorf("byte without a character: %+v", table)
	}
	table = mustRead(t, "numero;client;montant;date\nF1;Total;1,00;2026-01-02\n;Total;1,00;2026-01-02\n")
	if len(table.Invoices) != 1 || len(table.Rejected) != 1 || table.Rejected[0].Code != "number_missing" {
		t.Errorf("client called Total: %+v", table)
	}
}

// A forgotten quote costs its own row and no other, also when the next quote would close it.
func TestForgottenQuotesDoNotSwallowRows(t *testing.T) {
	const header = "numero;client;montant;date\n"
	cases := map[string]int{ // rows that must still be read
		"F1;\"Du;10,00;2026-01-02\nF2;B;10,00;2026-01-02\nF3;C;10,00;2026-01-02\n":         2,
		"F1;\"Du;10,00;2026-01-02\nF2;\"B\";10,00;2026-01-02\nF3;C;10,00;2026-01-02\n":     2,
		"F1;\"Du;10,00;2026-01-02\nF2;B;10,00;2026-01-02\nF3;C\";10,00;2026-01-02\n":       2,
		"F1;A;10,00;2026-01-02\n\"F2;B;10,00;2026-01-02\nF3;C;10,00;2026-01-02":            2,
		"F1;\"tube 5\" long\";10,00;2026-01-02\nF2;B;10,00;2026-01-02\n":                   2,
		"F1;\"A\nSARL\";10,00;2026-01-02\nF2;\"dit \"\"B\"\"\";10,00;2026-01-02\n":         2,
		"F1;\"A\";10,00;\"2026-01-02\n" + strings.Repeat("F2;\"B\";10,00;2026-01-02\n", 1): 1,
	}
	for rows, want := range cases {
		table := mustRead(t, header+rows)
		if len(table.Invoices) != want {
			t.Errorf("%q: %d invoices, want %d; rejected %v", rows, len(table.Invoices), want, table.Rejected)
		}
	}
	table := mustRead(t, header+"F1;A;\"10\nF2;B;\"10,00\";2026-01-02\n")
	if len(table.Invoices) != 1 || table.Invoices[0].Number != "F2" || table.Rejected[0].Code != "quote_open" {
		t.Errorf("short row with a forgotten quote: %+v", table)
	}
	table = mustRead(t, header+"F1;\"A\r\nSARL\";10,00;2026-01-02\nF2;\"dit \"\"B\"\"\";10,00;x\n")
	if table.Invoices[0].ClientName != "A SARL" || table.Rejected[0].Line != 4 {
		t.Errorf("line break in a cell: %+v", table)
	}
}

// Quotes that never close cost a bounded look ahead each, not the rest of the file.
func TestHostileQuotesAreReadInLinearTime(t *testing.T) {
	table := mustRead(t, "numero;client;montant;date\n"+strings.Repeat("\"\"a\n", 20_000))
	if len(table.Rejected) != 20_000 {
		t.Errorf("%d rejected of %d", len(table.Rejected), table.Rows)
	}
	table = mustRead(t, "numero;client;montant;date\r"+strings.Repeat("\"\"a\r", 20_000))
	if len(table.Rejected) != 20_000 {
		t.Errorf("CR: %d rejected of %d", len(table.Rejected), table.Rows)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

type broken struct{}

var errBroken = errors.New("disk gone")

func (broken) Read([]byte) (int, error) { return 0, errBroken }

func TestLimits(t *testing.T) {
	fileCode := func(err error) string {
		var fault *FileError
		if errors.As(err, &fault) {
			return fault.Code
		}
		return ""
	}
	if _, err := ReadInvoices(zeros{}); fileCode(err) != "binary" {
		t.Errorf("endless zeros: %v", err)
	}
	if _, err := ReadInvoices(broken{}); !errors.Is(err, errBroken) || fileCode(err) != "" {
		t.Errorf("broken disk: %v", err)
	}
	large := strings.Repeat("numero;client;montant;date\n", MaxBytes/27+2)
	if _, err := ReadInvoices(strings.NewReader(large)); fileCode(err) != "too_large" {
		t.Errorf("known size: %v", err)
	}
	hidden := struct{ *countingReader }{&countingReader{text: large}}
	if _, err := ReadInvoices(hidden); fileCode(err) != "too_large" || hidden.read > MaxBytes+DetectLength {
		t.Errorf("unknown size: %v after %d bytes", err, hidden.read)
	}
	header := "numero;client;montant;date\n"
	many := header + strings.Repeat("F;A;1;2026-01-02\n", MaxRows+1)
	if _, err := ReadInvoices(strings.NewReader(many)); fileCode(err) != "too_many_rows" {
		t.Errorf("too many rows: %v", err)
	}
	wide := mustRead(t, header+strings.Repeat(";x", 1<<20)+"\nF1;A;1;2026-01-02\n")
	if len(wide.Invoices) != 1 || wide.Rejected[0].Code != "row_too_long" {
		t.Errorf("two megabytes in a row: %+v", wide)
	}
	if table := mustRead(t, header); table.Rows != 0 {
		t.Errorf("a header alone is an empty table: %+v", table)
	}
}

type countingReader struct {
	text string
	read int
}

func (c *countingReader) Read(p []byte) (int, error) {
	n := copy(p, c.text[c.read:])
	c.read += n
	return n, nil
}
