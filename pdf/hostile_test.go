package pdf_test

import (
	"fmt"
	"strings"
	"testing"

	"dument/app/letter"
	"dument/app/letter/sample"
	"dument/pdf"
)

// hostile are texts that break layouts, encodings and readers.
var hostile = []string{
	"", " ", "\u00a0", "\t", "\n", "a\nb", "a\r\nb", "\x00", "a\x00b", "\x07", "\x1b[31m", "\x7f",
	"\u0080", "\u0085",
	"\u00ad", "so\u00adft", "\u200b", "\u200d", "\u200e", "\u202a", "\u202e", "abc\u202edef", "\u2066", "\u2069",
	"\ufeff", "\ufffd", "\ufffe", "\U0010ffff", "\xff\xfe", "\xc3\x28", "\xed\xa0\x80", "e\u0301",
	"Z\u0351\u0320\u0349",
	"a" + strings.Repeat("\u0301", 1000), "😀", "👩‍👩‍👧", "田中さん", "Ω≈ç√", "مرحبا", "שלום", "Привет", "ﷺ",
	strings.Repeat("a", 10000), strings.Repeat("W", 300), strings.Repeat("Œ", 38), strings.Repeat("i", 38),
	strings.Repeat("a b ",
		60), "%PDF-1.4", "endobj", "endstream", ")", "(", "\\", "\\)", "(((", "%%EOF", "<script>",
	"&amp;", "]]>", "<!--", "{total}", "{{", "}", "**gras**", "'; DROP TABLE", "../../etc/passwd", "=1+1",
	"1er", "1er1er",
	"NaN", "-0", "1e309", "€€€", "«»", "’’’", "« a »", "\u202f\u202f", "-", "–", ".", "...", "/", "n°",
	"§", "\"", "nul",
	"Łódź Žižka", "ÀÉÎÕÜ", "æœßþ", "\u2011", "\u2028", "\u2029", "\uf8ff", "ﬁ",
}

// targets are the fields that hostile texts go into, with the name that a refusal must give.
var targets = map[string]func(*letter.Request, string){
	"number":                func(r *letter.Request, s string) { r.Number = s },
	"tracking":              func(r *letter.Request, s string) { r.TrackingNumber = s },
	"creditor.name":         func(r *letter.Request, s string) { r.Creditor.Name = s },
	"creditor.activity":     func(r *letter.Request, s string) { r.Creditor.Activity = s },
	"creditor.trade_name":   func(r *letter.Request, s string) { r.Creditor.TradeName = s },
	"creditor.address":      func(r *letter.Request, s string) { r.Creditor.AddressLines = []string{s} },
	"creditor.email":        func(r *letter.Request, s string) { r.Creditor.Email = s },
	"creditor.phone":        func(r *letter.Request, s string) { r.Creditor.Phone = s },
	"creditor.siren":        func(r *letter.Request, s string) { r.Creditor.Siren = s },
	"creditor.siret":        func(r *letter.Request, s string) { r.Creditor.Siret = s },
	"creditor.registration": func(r *letter.Request, s string) { r.Creditor.Registration = s },
	"creditor.vat_mention":  func(r *letter.Request, s string) { r.Creditor.VATMention = s },
	"creditor.city":         func(r *letter.Request, s string) { r.Creditor.City = s },
	"creditor.iban":         func(r *letter.Request, s string) { r.Creditor.IBAN = s },
	"creditor.bic":          func(r *letter.Request, s string) { r.Creditor.BIC = s },
	"creditor.mediator":     func(r *letter.Request, s string) { r.Creditor.Mediator = s },
	"debtor.name":           func(r *letter.Request, s string) { r.Debtor.Name = s },
	"debtor.address":        func(r *letter.Request, s string) { r.Debtor.AddressLines[0] = s },
	"debtor.salutation":     func(r *letter.Request, s string) { r.Debtor.Salutation = s },
	"debtor.account":        func(r *letter.Request, s string) { r.Debtor.AccountRef = s },
	"debtor.service":        func(r *letter.Request, s string) { r.Debtor.Service = s },
	"debtor.engagement":     func(r *letter.Request, s string) { r.Debtor.Engagement = s },
	"items[0].number":       func(r *letter.Request, s string) { r.Items[0].Number = s },
	"items[0].subject":      func(r *letter.Request, s string) { r.Items[0].Subject = s },
	"items[0].order":        func(r *letter.Request, s string) { r.Items[0].OrderRef = s },
	"enclosures":            func(r *letter.Request, s string) { r.Enclosures = []string{s} },
	"journal.hash":          func(r *letter.Request, s string) { r.JournalHash = s },
}

// A hostile text is refused with its field named, or printed within the margins, in glyphs that exist,
// without touching its neighbours.
func TestHostileTexts(t *testing.T) {
	wording, fonts := readWording(t), loadFonts(t)
	refused, printed := 0, 0
	for field, set := range targets {
		for i, text := range hostile {
			request := sample.Public()
			if field == "creditor.mediator" {
				request = sample.Consumer()
			}
			set(&request, text)
			l, err := letter.Compose(wording, request)
			var pages []pdf.Page
			if err == nil {
				pages, err = pdf.Layout(l, fonts)
			}
			if err != nil {
				refusal, ok := letter.AsRefusal(err)
				if !ok || !strings.HasPrefix(refusal.Field, strings.Split(field, ".")[0]) &&
					!strings.HasPrefix(refusal.Field, field) {
					t.Errorf("%s = hostile[%d] %.20q: %v", field, i, text, err)
				}
				refused++
				continue
			}
			printed++
			name := fmt.Sprintf("%s = hostile[%d] %.20q", field, i, text)
			checkGeometry(t, fonts, name, pages, len(l.Address))
			for _, page := range pages {
				checkApart(t, fonts, name, page)
			}
			if printed%7 == 0 {
				if _, err := pdf.Render(pages, pdf.MetaOf(l), fonts); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
	if refused < 500 || printed < 500 {
		t.Errorf("%d refused, %d printed: the list has lost its teeth", refused, printed)
	}
}
