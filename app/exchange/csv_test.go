package exchange

import (
	stdcsv "encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"dument/app/date"
	"dument/app/law"
	"dument/app/money"
)

func TestStyles(t *testing.T) {
	write := func(style Style) string {
		var out strings.Builder
		file := NewCSVWriter(&out, style)
		file.Header("Numéro", "Nom; prénom", "Montant")
		file.Row(Text("F1"), Text("dit \"Zoé\""), Amount(-123456),
			Day(date.Must("2026-11-21")), Count(-4), Day(date.Date{}))
		if err := file.Flush(); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if got, want := write(French), "\ufeffNuméro;\"Nom; prénom\";Montant\r\n"+
		"F1;\"dit \"\"Zoé\"\"\";-1234,56;21/11/2026;-4;\r\n"; got != want {
		t.Errorf("French:\n%q\n%q", got, want)
	}
	if got, want := write(Plain), "Numéro,\"Nom; prénom\",Montant\n"+
		"F1,\"dit \"\"Zoé\"\"\",-1234.56,2026-11-21,-4,\n"; got != want {
		t.Errorf("plain:\n%q\n%q", got, want)
	}
}

// What a spreadsheet would run begins with an apostrophe; numbers stay numbers (reliability C-1).
func TestFormulasAreGuarded(t *testing.T) {
	const folded = "\t\r\n" // they also part cells, so a second apostrophe follows them
	run := []string{"=1+1", "=cmd|' /C calc'!A0", "+33 5 00 00 00 00", "-2+3", "@SUM(A1)", "\t=1", "\r=1",
		"＝1+1", "＋1",
		"－1", "＠x", " =1+1", "\n=1", "'=1", "''=1", "=HYPERLINK(\"http://a.invalid\";\"x\")",
		"-", "+", "-1e5", "--1", "+x,5", "-5,"}
	for _, text := range run {
		got := guard(text)
		if got != "'"+text && (!strings.ContainsAny(text, folded) || got[0] != '\'') {
			t.Errorf("%q: guarded as %q", text, got)
		}
	}
	for _, text := range []string{"", "A", "12", "-12,50", "+12.5", "a=b", "'t Hof", "Client A", "1-2",
		"12@x.example"} {
		if got := guard(text); got != text {
			t.Errorf("%q: guarded as %q", text, got)
		}
	}
	var out strings.Builder
	file := NewCSVWriter(&out, French)
	for _, text := range run {
		file.Row(Text("x"), Text(text+";=1,=2\t=3|\"=4"), Text(text))
	}
	if err := file.Flush(); err != nil {
		t.Fatal(err)
	}
	// Whatever separator and quotes a program believes in, no cell of the file begins a formula.
	text := strings.TrimPrefix(out.String(), "\ufeff")
	for _, separators := range []string{",\r\n", ";\r\n", "\t\r\n", "|\r\n", ",;|\t\r\n\""} {
		separates := func(r rune) bool { return strings.ContainsRune(separators, r) }
		for _, cell := range strings.FieldsFunc(text, separates) {
			cell = strings.TrimLeft(cell, "\"")
			first, _ := utf8.DecodeRuneInString(cell)
			if strings.ContainsRune("=+-@＝＋－＠", first) && !isNumber(cell) {
				t.Errorf("separated by %q: %q", separators, cell)
			}
		}
	}
	// And a proper reader finds the three cells of each row.
	reader := stdcsv.NewReader(strings.NewReader(text))
	reader.Comma = ';'
	records, err := reader.ReadAll()
	if err != nil || len(records) != len(run) {
		t.Fatalf("%d rows of %d: %v", len(records), len(run), err)
	}
}

func TestGuardIsUndone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("'=+-@＝＋ a1,.\t\r\n\"é"))).Draw(t, "text")
		if got := unguard(guard(text)); got != text {
			t.Fatalf("%q became %q, then %q", text, guard(text), got)
		}
	})
}

type failing struct{ after int }

var errFull = errors.New("disk full")

func (f *failing) Write(p []byte) (int, error) {
	if f.after -= len(p); f.after < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWriteErrorsComeBack(t *testing.T) {
	invoices := make([]Invoice, 5000)
	for _, after := range []int{0, 40 << 10} {
		if err := WriteInvoices(&failing{after}, Plain, invoices); !errors.Is(err, errFull) {
			t.Errorf("after %d bytes: %v", after, err)
		}
	}
	if err := WriteMiniDSO(&failing{}, nil); !errors.Is(err, errFull) {
		t.Errorf("mini-DSO: %v", err)
	}
}

// drawText draws a text that a reader keeps as it is: no control, nothing to trim at the ends, and
// not one of the words with a meaning of their own.
func drawText(t *rapid.T, name string, most int) string {
	runes := []rune("abcdefgzAZ0159éÉœ€ -_/.,;|\"'=+@＝()&’")
	text := strings.TrimSpace(rapid.StringOfN(rapid.RuneFrom(runes), 1, most, -1).Draw(t, name))
	if text == "" || text == "-" || totalWords[fold(text)] ||
		strings.HasPrefix(text, "=\"") && len(text) < 4 {
		return "X" + text
	}
	return text
}

func drawInvoice(t *rapid.T, number string) Invoice {
	drawDay := func(name string) date.Date {
		return date.Must("2000-01-01").AddDays(rapid.IntRange(0, 36800).Draw(t, name))
	}
	amounts := rapid.Int64Range(1, int64(money.MaxCents))
	invoice := Invoice{Number: number, ClientName: drawText(t, "client", 20),
		Amount: money.Cents(amounts.Draw(t, "amount")), Issued: drawDay("issued"),
		Currency: rapid.SampledFrom([]money.Currency{"EUR", "CHF", "USD"}).Draw(t, "currency"),
		DebtorKind: rapid.SampledFrom([]law.Debtor{"", law.Business, law.Consumer,
			law.Public}).Draw(t, "debtor"),
		Siren: rapid.SampledFrom([]string{"", "732829320", "000000000"}).Draw(t, "siren"),
		Siret: rapid.SampledFrom([]string{"", "73282932000074"}).Draw(t, "siret"),
		ClientEmail: rapid.SampledFrom([]string{"", "a@client.example",
			"=a+b@client.example"}).Draw(t, "email"),
	}
	if rapid.Bool().Draw(t, "has subject") {
		invoice.Subject = drawText(t, "subject", 20)
	}
	if rapid.Bool().Draw(t, "has due") {
		invoice.Due = drawDay("due")
	}
	switch rapid.IntRange(0, 3).Draw(t, "paid") {
	case 1:
		invoice.AlreadyPaid = invoice.Amount
	case 2:
		invoice.AlreadyPaid = (invoice.Amount + 1) / 2
	}
	if invoice.AlreadyPaid != 0 && rapid.Bool().Draw(t, "has paid on") {
		invoice.PaidOn = drawDay("paid on")
	}
	if rapid.Bool().Draw(t, "credit") {
		invoice.Amount, invoice.AlreadyPaid = -invoice.Amount, -invoice.AlreadyPaid
	}
	for _, role := range []Role{RoleDaysLate, RoleLastAction, RoleNextAction} {
		if rapid.Bool().Draw(t, "note") {
			heading := map[Role]string{RoleDaysLate: "Jours Retard", RoleLastAction: "Dernière Action",
				RoleNextAction: "Prochaine Action"}[role]
			invoice.Notes = append(invoice.Notes, Note{role, heading, drawText(t, "note text", 12)})
		}
	}
	return invoice
}

// What WriteInvoices writes, ReadInvoices reads back: the same invoices, in every style.
func TestOwnExportIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var invoices []Invoice
		numbers := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) string {
			return drawText(t, "number", 12)
		}), 1, 8, rapid.ID[string]).Draw(t, "numbers")
		for _, number := range numbers {
			invoices = append(invoices, drawInvoice(t, number))
		}
		style := rapid.SampledFrom([]Style{French, Plain}).Draw(t, "style")
		var out strings.Builder
		if err := WriteInvoices(&out, style, invoices); err != nil {
			t.Fatal(err)
		}
		table, err := ReadInvoices(strings.NewReader(out.String()))
		if err != nil {
			t.Fatalf("%v in\n%s", err, out.String())
		}
		if len(table.Invoices) != len(invoices) || len(table.Unknown) != 0 {
			t.Fatalf("%d of %d invoices; %+v\n%s", len(table.Invoices), len(invoices),
				table.Rejected, out.String())
		}
		for i, want := range invoices {
			got := table.Invoices[i]
			slices.SortFunc(got.Notes, func(a, b Note) int { return int(a.Role) - int(b.Role) })
			if got.Number != want.Number || !sameInvoice(got, want) || !slices.Equal(got.Notes, want.Notes) {
				t.Fatalf("got  %+v\nwant %+v\n%s", got, want, out.String())
			}
		}
	})
}
