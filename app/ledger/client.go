package ledger

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"dument/app/date"
	"dument/app/law"
)

// ErrInvalid is wrapped by every *FieldError.
var ErrInvalid = errors.New("invalid")

// FieldError says which field of a thing is wrong and why. Code is stable, for wording; Params are
// what the wording needs.
type FieldError struct {
	Field  string
	Code   string
	Params []string
}

func (e *FieldError) Error() string {
	return fmt.Sprintf("ledger: %s: %s %s", e.Field, e.Code, strings.Join(e.Params, " "))
}

func (e *FieldError) Unwrap() error { return ErrInvalid }

func fieldError(field, code string, params ...string) error {
	return &FieldError{Field: field, Code: code, Params: params}
}

// ClientID identifies a client for ever, also after a merge.
type ClientID int64

// Origin says where a fact about a client or an invoice comes from, so that a guess is shown as one.
type Origin string

// Origins of a client's regime and of a due date.
const (
	OriginStated       Origin = "stated"        // a file or the user says so
	OriginSiren        Origin = "siren"         // a valid SIREN: a professional
	OriginLegalForm    Origin = "legal-form"    // the name carries SARL, SAS, ...
	OriginPublicName   Origin = "public-name"   // the name begins with Commune, Mairie, ...
	OriginAssumed      Origin = "assumed"       // nothing known: the regime least severe for the debtor
	OriginClientTerms  Origin = "client-terms"  // the client's or the creditor's payment days
	OriginLegalDefault Origin = "legal-default" // thirty days (C. com. L441-10 I)
)

// Client is who owes. Kind decides the whole legal regime and is never left empty.
type Client struct {
	ID         ClientID
	Name       string
	Kind       law.Debtor
	KindOrigin Origin
	Email      string
	Phone      string
	Siren      string
	Siret      string
	VATNumber  string
	Address    []string // as it goes into the window, without the name
	Salutation string   // "Madame", "Monsieur", "Madame la Maire"; empty for a company
	Service    string   // code of the paying service of a public body (CCP D2192-2)
	Engagement string   // its commitment number
	// PaymentDays is the client's own payment term in days, 0 for the creditor's.
	PaymentDays int
	// ContractRate is the penalty rate agreed with this client, nil for the creditor's terms.
	ContractRate *law.Rate
	// Insolvency is the day of the judgment opening collective proceedings, zero when there is none.
	Insolvency date.Date
	Language   string
	Notes      string
	// Aliases and IBANs are learnt from matches that the user confirmed.
	Aliases    []string
	IBANs      []string
	MergedInto ClientID
	ErasedOn   date.Date
}

// Validate checks what the ledger requires of a client. Errors are *FieldError.
func (c Client) Validate() error {
	switch {
	case strings.TrimSpace(c.Name) == "":
		return fieldError("name", "empty")
	case hasControl(c.Name):
		return fieldError("name", "control_character")
	case len(c.Name) > 200:
		return fieldError("name", "too_long", "200")
	case c.Kind != law.Business && c.Kind != law.Consumer && c.Kind != law.Public:
		return fieldError("type", "unknown_type", string(c.Kind))
	case len(c.Address) > 6:
		return fieldError("address", "too_many_lines", "6")
	case c.PaymentDays < 0 || c.PaymentDays > 365:
		return fieldError("payment_days", "out_of_range", "0", "365")
	}
	for _, line := range c.Address {
		if hasControl(line) {
			return fieldError("address", "control_character")
		}
	}
	return nil
}

func hasControl(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) })
}

// legalForms are the words that only a legal person bears in its name.
var legalForms = map[string]bool{
	"sarl": true, "sas": true, "sasu": true, "eurl": true, "sa": true, "sci": true, "snc": true,
	"scop": true, "scp": true, "selarl": true, "selas": true, "earl": true, "gaec": true, "gie": true,
	"scm": true, "sca": true, "gmbh": true, "ltd": true, "srl": true, "bv": true, "spa": true,
}

var publicNames = []string{
	"commune ", "mairie ", "ville de ", "département ", "conseil départemental", "conseil régional",
	"communauté de communes", "communauté d'agglomération", "centre hospitalier", "métropole ",
	"région ", "préfecture ", "ministère ", "université ",
}

// GuessKind chooses the regime of a client about whom a file says nothing more than a name and
// perhaps a SIREN. A SIREN or a legal form proves a professional, and a few beginnings of names a
// public body; in doubt the answer is the regime least severe for the debtor, a consumer, because a
// fee asked of a consumer is an offence (C. conso L121-21, L132-23). The origin lets the screens ask.
func GuessKind(name, siren string) (law.Debtor, Origin) {
	lower := strings.ToLower(strings.ReplaceAll(name, "’", "'"))
	for _, beginning := range publicNames {
		if strings.HasPrefix(lower, beginning) {
			return law.Public, OriginPublicName
		}
	}
	if siren != "" {
		return law.Business, OriginSiren
	}
	words := strings.FieldsFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })
	for _, word := range words {
		if legalForms[strings.ReplaceAll(word, ".", "")] {
			return law.Business, OriginLegalForm
		}
	}
	return law.Consumer, OriginAssumed
}
