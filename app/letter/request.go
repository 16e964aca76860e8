package letter

import (
	"dument/app/date"
	"dument/app/law"
	"dument/app/money"
)

// Kind is what a letter is for.
type Kind string

// FormalNotice is the mise en demeure de payer (C. civ. 1344).
const FormalNotice Kind = "formal-notice"

// The creditor's status; it decides which court can order payment (C. com. L721-3).
const (
	Merchant   = "commercant"
	Craftsman  = "artisan"
	Profession = "liberal"
)

// Party is who writes.
type Party struct {
	Name         string
	EI           bool // entrepreneur individuel: "EI" stands beside the name (C. com. R526-27)
	TradeName    string
	Activity     string
	AddressLines []string
	Email        string
	Phone        string
	Siren        string
	Siret        string
	Registration string // such as "artisan immatriculé au RNE" or "RCS Angers"
	VATMention   string // the mention of the day, such as "TVA non applicable, art. 293 B du CGI"
}

// Creditor is the party that is owed.
type Creditor struct {
	Party
	City     string // where the letter is dated
	IBAN     string
	BIC      string
	Mediator string // consumer mediator: name, then address and site, parted by new lines or commas
	Status   string // Merchant, Craftsman or Profession
}

// Debtor is who owes. AddressLines are the lines below the name: service or flat, building, street,
// place, postcode and town.
type Debtor struct {
	Kind         law.Debtor
	Name         string
	AddressLines []string
	Salutation   string // without comma; empty for the wording's own
	AccountRef   string
	Siret        string // public bodies: with Service and Engagement, what Chorus Pro asks for
	Service      string
	Engagement   string
}

// Item is one invoice with its claim on the letter's day.
type Item struct {
	Number   string
	Subject  string
	Issued   date.Date
	Due      date.Date
	Received date.Date // public bodies: day on which it was made available on Chorus Pro, if known
	Claim    law.Claim
	OrderRef string         // "bon de commande n° 1187 du 2 mars 2026", or the bare number of an order
	Client   string         // the ledger's client; all the items of a letter have the same
	Currency money.Currency // empty for euros
	// ContractRate is the penalty rate agreed for this invoice, nil for the statutory one.
	ContractRate *law.Rate
	// Presented is the day on which an earlier formal notice was first presented to a consumer.
	Presented date.Date
}

// Request is all that a letter is made of. Every date is given: the package knows no clock.
type Request struct {
	Kind             Kind
	Number           string
	On               date.Date // the letter's day, on which every claim is computed
	Deadline         date.Date
	Registered       bool
	TrackingNumber   string // of the registered letter, empty while unknown
	Creditor         Creditor
	Debtor           Debtor
	Items            []Item
	EarlierReminders []date.Date
	Enclosures       []string
	Language         string // "fr"
	JournalPosition  int64  // the journal's head before this letter's own entry, zero to leave it out
	JournalHash      string // in hexadecimal; the letter prints the first eight digits
	Imputation       law.Imputation
	LegalRateNow     law.Rate    // consumers: the legal rate of the letter's half-year
	DailyIfPresented money.Cents // consumers: interest of one day once the letter is presented
}
