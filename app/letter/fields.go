package letter

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bounds of the texts of a request, in characters. They leave room for every honest value and keep
// what nobody would write in a letter out of it.
const (
	nameMax         = 70
	lineMax         = 80
	identifierMax   = 40
	sentenceMax     = 300
	itemsMax        = 500
	enclosuresMax   = 40
	mediatorMax     = 8
	remindersMax    = 12
	letterNumberMax = 24
)

// field is one text of a request with its name and its bound.
type field struct {
	name string
	text *string
	max  int
}

// fields lists every text of a request that can reach the page.
func (r *Request) fields() []field {
	c, d := &r.Creditor, &r.Debtor
	all := []field{
		{"number", &r.Number, letterNumberMax}, {"tracking", &r.TrackingNumber, identifierMax},
		{"journal.hash", &r.JournalHash, 2 * nameMax},
		{"creditor.name", &c.Name, nameMax}, {"creditor.trade_name", &c.TradeName, nameMax},
		{"creditor.activity", &c.Activity, lineMax}, {"creditor.email", &c.Email, lineMax},
		{"creditor.phone", &c.Phone, identifierMax}, {"creditor.siren", &c.Siren, identifierMax},
		{"creditor.siret", &c.Siret, identifierMax}, {"creditor.registration", &c.Registration, lineMax},
		{"creditor.vat_mention", &c.VATMention, lineMax}, {"creditor.city", &c.City, identifierMax},
		{"creditor.iban", &c.IBAN, 2 * identifierMax}, {"creditor.bic", &c.BIC, identifierMax},
		{"creditor.status", &c.Status, identifierMax},
		{"debtor.name", &d.Name, nameMax}, {"debtor.salutation", &d.Salutation, lineMax},
		{"debtor.account", &d.AccountRef, identifierMax}, {"debtor.siret", &d.Siret, identifierMax},
		{"debtor.service", &d.Service, lineMax}, {"debtor.engagement", &d.Engagement, lineMax},
	}
	all = append(all, lines("creditor.address", c.AddressLines, lineMax)...)
	all = append(all, lines("debtor.address", d.AddressLines, lineMax)...)
	all = append(all, lines("enclosures", r.Enclosures, sentenceMax)...)
	for i := range r.Items {
		item, prefix := &r.Items[i], "items["+strconv.Itoa(i)+"]."
		all = append(all, field{prefix + "number", &item.Number, identifierMax},
			field{prefix + "subject", &item.Subject, sentenceMax},
			field{prefix + "order", &item.OrderRef, lineMax})
	}
	return all
}

func lines(name string, texts []string, limit int) []field {
	all := make([]field, len(texts))
	for i := range texts {
		all[i] = field{name + "[" + strconv.Itoa(i) + "]", &texts[i], limit}
	}
	return all
}

// normalised copies a request, so that composing changes nothing of the caller's, and writes its texts
// in composed characters (NFC) without blanks at the ends. A character that cannot be printed refuses it.
func normalised(r Request) (Request, *Refusal) {
	r.Creditor.AddressLines = slices.Clone(r.Creditor.AddressLines)
	r.Debtor.AddressLines = slices.Clone(r.Debtor.AddressLines)
	r.Enclosures = slices.Clone(r.Enclosures)
	r.Items = slices.Clone(r.Items)
	for _, field := range r.fields() {
		clean, refusal := cleanText(field.name, *field.text, field.max)
		if refusal != nil {
			return r, refusal
		}
		*field.text = clean
	}
	r.Creditor.IBAN, r.Creditor.BIC = compact(r.Creditor.IBAN), compact(r.Creditor.BIC)
	return r, nil
}

func cleanText(name, text string, limit int) (string, *Refusal) {
	if !utf8.ValidString(text) {
		return "", refuse(Unprintable, name, "not UTF-8")
	}
	text = strings.Trim(norm.NFC.String(text), " \u00a0\u202f")
	for _, r := range text {
		if Printable(r) {
			continue
		}
		if !unicode.IsGraphic(r) || unicode.IsMark(r) || unicode.IsSpace(r) || r == utf8.RuneError {
			return "", refuse(Unprintable, name, "character %U", r)
		}
		return "", refuse(GlyphMissing, name, "no glyph for %U", r)
	}
	if length := utf8.RuneCountInString(text); length > limit {
		return "", refuse(TooLong, name, "%d characters, at most %d", length, limit)
	}
	return text, nil
}

// mediatorLines parts the mediator's name, address and site: at new lines, or else at commas.
func mediatorLines(mediator string) ([]string, *Refusal) {
	mediator = strings.TrimSpace(mediator)
	mark := ","
	if strings.Contains(mediator, "\n") {
		mark = "\n"
	}
	var cleaned []string
	for part := range strings.SplitSeq(mediator, mark) {
		part = strings.TrimSuffix(part, "\r")
		clean, refusal := cleanText("creditor.mediator", part, lineMax)
		if refusal != nil {
			return nil, refusal
		}
		if clean != "" {
			cleaned = append(cleaned, clean)
		}
	}
	if len(cleaned) > mediatorMax {
		return nil, refuse(TooManyLines, "creditor.mediator", "%d lines, at most %d", len(cleaned), mediatorMax)
	}
	return cleaned, nil
}
