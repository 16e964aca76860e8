package letter_test

import (
	"strings"
	"testing"

	"dument/app/date"
	"dument/app/law"
	"dument/app/letter"
	"dument/app/letter/sample"
)

var long = strings.Repeat("a", 39)

// refusals lists every reason for which a letter is not made, with the field that must be named.
var refusals = []struct {
	name   string
	from   func() letter.Request
	change func(*letter.Request)
	code   letter.Code
	field  string
}{
	{"kind", sample.Business, func(r *letter.Request) { r.Kind = "poem" }, letter.KindUnknown, "kind"},
	{"language", sample.Business, func(r *letter.Request) { r.Language = "de" }, letter.LanguageUnknown,
		"language"},
	{"regime", sample.Business, func(r *letter.Request) { r.Debtor.Kind = "friend" }, letter.RegimeUnknown,
		"debtor.kind"},
	{"number", sample.Business, func(r *letter.Request) { r.Number = " " }, letter.Missing, "number"},
	{"creditor", sample.Business, func(r *letter.Request) { r.Creditor.Name = "" }, letter.Missing,
		"creditor.name"},
	{"seat", sample.Business, func(r *letter.Request) { r.Creditor.AddressLines = nil }, letter.Missing,
		"creditor.address"},
	{"siren", sample.Business, func(r *letter.Request) { r.Creditor.Siren, r.Creditor.Siret = "", "" },
		letter.Missing, "creditor.siren"},
	{"iban", sample.Business, func(r *letter.Request) { r.Creditor.IBAN = "FR7630006000011234567890188" },
		letter.IBANInvalid, "creditor.iban"},
	{"status", sample.Business, func(r *letter.Request) { r.Creditor.Status = "" }, letter.StatusUnknown,
		"creditor.status"},
	{"debtor", sample.Business, func(r *letter.Request) { r.Debtor.Name = "" }, letter.Missing, "debtor.name"},
	{"no address", sample.Business, func(r *letter.Request) { r.Debtor.AddressLines = nil }, letter.Missing,
		"debtor.address"},
	{"blank line", sample.Business, func(r *letter.Request) { r.Debtor.AddressLines[1] = "" }, letter.Missing,
		"debtor.address[1]"},
	{"punctuation alone", sample.Business, func(r *letter.Request) { r.Debtor.AddressLines[3] = "---" },
		letter.Missing, "debtor.address[3]"},
	{"seven lines", sample.Business, func(r *letter.Request) {
		r.Debtor.AddressLines = append(r.Debtor.AddressLines, "FRANCE")
	}, letter.TooManyLines, "debtor.address"},
	{"39 characters", sample.Business, func(r *letter.Request) { r.Debtor.AddressLines[0] = long },
		letter.TooLong,
		"debtor.address[0]"},
	{"39 after Œ", sample.Business, func(r *letter.Request) { r.Debtor.AddressLines[3] = long[:37] + "Œ" },
		letter.TooLong, "debtor.address[3]"},
	{"long name", sample.Business, func(r *letter.Request) { r.Debtor.Name = long }, letter.TooLong,
		"debtor.name"},
	{"deadline", sample.Business, func(r *letter.Request) { r.Deadline = r.On }, letter.DeadlineNotAfter,
		"deadline"},
	{"no day", sample.Business, func(r *letter.Request) { r.On = date.Date{} }, letter.Missing, "date"},
	{"no invoice", sample.Business, func(r *letter.Request) { r.Items = nil }, letter.NothingDue, "items"},
	{"nothing due", sample.Business, func(r *letter.Request) {
		r.Items[1].Claim = law.Claim{On: r.On, Debtor: law.Business}
	}, letter.NothingDue, "items[1].claim"},
	{"not yet late", sample.Business, func(r *letter.Request) { r.Items[0].Due = r.On }, letter.NotOverdue,
		"items[0].due"},
	{"two clients", sample.Business, func(r *letter.Request) { r.Items[2].Client = "C-7" },
		letter.SeveralClients,
		"items[2].client"},
	{"pounds", sample.Business, func(r *letter.Request) { r.Items[0].Currency = "GBP" }, letter.OtherCurrency,
		"items[0].currency"},
	{"other day", sample.Business, func(r *letter.Request) { r.Items[0].Claim.On = r.On.AddDays(-1) },
		letter.ClaimMismatch, "items[0].claim"},
	{"other regime", sample.Business, func(r *letter.Request) { r.Items[0].Claim.Debtor = law.Public },
		letter.ClaimMismatch, "items[0].claim"},
	{"a cent too much", sample.Business, func(r *letter.Request) { r.Items[0].Claim.Total++ },
		letter.AmountsInconsistent, "items[0].claim"},
	{"a line too much", sample.Business, func(r *letter.Request) { r.Items[0].Claim.Segments[0].Interest++ },
		letter.AmountsInconsistent, "items[0].claim"},
	{"fee of a consumer", sample.Consumer, func(r *letter.Request) {
		r.Items[0].Claim.Indemnity += 4000
		r.Items[0].Claim.Total += 4000
	}, letter.ConsumerFee, "items[0].claim"},
	{"costs of a consumer", sample.Consumer, func(r *letter.Request) {
		r.Items[0].Claim.Costs += 611
		r.Items[0].Claim.Total += 611
	}, letter.ConsumerFee, "items[0].claim"},
	{"early interest of a consumer", sample.Consumer, func(r *letter.Request) {
		claim := &r.Items[0].Claim
		claim.Segments = []law.Segment{{From: date.Must("2026-08-06"), To: r.On, Interest: 100}}
		claim.Interest, claim.Accrued, claim.Total = 100, 100, claim.Total+100
	}, letter.ConsumerInterest, "items[0].claim"},
	{"interest on the day of presentation", sample.Consumer, func(r *letter.Request) {
		r.Items[0].Presented = date.Must("2026-09-01")
		claim := &r.Items[0].Claim
		claim.Segments = []law.Segment{{From: date.Must("2026-09-01"), To: r.On, Interest: 100}}
		claim.Interest, claim.Accrued, claim.Total = 100, 100, claim.Total+100
	}, letter.ConsumerInterest, "items[0].claim"},
	{"no mediator", sample.Consumer, func(r *letter.Request) { r.Creditor.Mediator = "\n" },
		letter.MediatorMissing, "creditor.mediator"},
	{"no legal rate", sample.Consumer, func(r *letter.Request) { r.LegalRateNow = 0 }, letter.LegalRateMissing,
		"legal_rate"},
	{"control character", sample.Business, func(r *letter.Request) { r.Debtor.Name = "Abers\x07" },
		letter.Unprintable, "debtor.name"},
	{"missing glyph", sample.Business, func(r *letter.Request) { r.Items[1].Subject = "Комптуар" },
		letter.GlyphMissing, "items[1].subject"},
	{"emoji", sample.Business, func(r *letter.Request) { r.Enclosures[2] = "Photo 📷" }, letter.GlyphMissing,
		"enclosures[2]"},
	{"long subject", sample.Business, func(r *letter.Request) {
		r.Items[0].Subject = strings.Repeat("mot ",
			100)
	},
		letter.TooLong, "items[0].subject"},
	{"code too long", sample.Business, func(r *letter.Request) { r.Creditor.Name = strings.Repeat("Œ", 69) },
		letter.TooLong, "creditor.name"},
	{"501 invoices", func() letter.Request { return sample.Long(501) }, func(*letter.Request) {},
		letter.TooManyLines, "items"},
}

func TestRefusals(t *testing.T) {
	parsed := wording(t)
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			r := c.from()
			c.change(&r)
			_, err := letter.Compose(parsed, r)
			refusal, ok := letter.AsRefusal(err)
			if !ok {
				t.Fatalf("got %v, want a refusal", err)
			}
			if refusal.Code != c.code || refusal.Field != c.field {
				t.Errorf("got %v, want %s of %s", refusal, c.code, c.field)
			}
		})
	}
}

// A wording may use a variable that a request leaves empty: the letter is refused and the variable named.
func TestEmptyVariable(t *testing.T) {
	data := strings.Replace(string(wordingData(t)), "{order?}", "{order}", 1)
	parsed, err := letter.ParseWording([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	r := sample.Consumer()
	r.Items[0].OrderRef = ""
	_, err = letter.Compose(parsed, r)
	if refusal, ok := letter.AsRefusal(err); !ok || refusal.Code != letter.VariableEmpty ||
		refusal.Field != "order" {
		t.Errorf("got %v", err)
	}
}
