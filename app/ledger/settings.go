package ledger

import (
	"strings"

	"dument/app/identity"
	"dument/app/law"
)

// Settings is everything the user decides. Its TOML form is the companion's settings file; secrets
// are no part of it.
type Settings struct {
	Creditor  Creditor       `toml:"creditor" json:"creditor"`
	Terms     Terms          `toml:"terms" json:"terms"`
	Numbering Numbering      `toml:"numbering" json:"numbering"`
	Reminders Reminders      `toml:"reminders" json:"reminders"`
	Mailbox   Mailbox        `toml:"mailbox" json:"mailbox"`
	Accounts  []MoneyAccount `toml:"accounts" json:"accounts"`
}

// Creditor is the user.
type Creditor struct {
	Name         string   `toml:"name" json:"name"`
	TradeName    string   `toml:"trade_name" json:"trade_name"`
	Activity     string   `toml:"activity" json:"activity"`
	Status       string   `toml:"status" json:"status"` // commercant, artisan, liberal
	Siret        string   `toml:"siret" json:"siret"`
	Registration string   `toml:"registration" json:"registration"`
	Address      []string `toml:"address" json:"address"`
	City         string   `toml:"city" json:"city"`
	Email        string   `toml:"email" json:"email"`
	Phone        string   `toml:"phone" json:"phone"`
	VAT          string   `toml:"vat" json:"vat"`
	IBAN         string   `toml:"iban" json:"iban"`
	BIC          string   `toml:"bic" json:"bic"`
	Mediator     string   `toml:"mediator" json:"mediator"`
}

// Terms are the conditions printed on the invoices.
type Terms struct {
	PaymentDays int    `toml:"payment_days" json:"payment_days"`
	PenaltyRate string `toml:"penalty_rate" json:"penalty_rate"` // "statutory" or a yearly percentage
	Imputation  string `toml:"imputation" json:"imputation"`
}

// Numbering holds the patterns of the user's own numbers.
type Numbering struct {
	Invoice    string `toml:"invoice" json:"invoice"`
	CreditNote string `toml:"credit_note" json:"credit_note"`
	Quote      string `toml:"quote" json:"quote"`
}

// Reminders says which scenario is followed.
type Reminders struct {
	Scenario               string `toml:"scenario" json:"scenario"`
	MinDaysBetweenContacts int    `toml:"min_days_between_contacts" json:"min_days_between_contacts"`
}

// Mailbox is the inbox to read. The password is kept by the system keyring.
type Mailbox struct {
	Host         string   `toml:"host" json:"host"`
	Port         int      `toml:"port" json:"port"`
	Security     string   `toml:"security" json:"security"` // tls, starttls, none (loopback only)
	User         string   `toml:"user" json:"user"`
	Folder       string   `toml:"folder" json:"folder"`
	Auth         string   `toml:"auth" json:"auth"` // password, xoauth2
	OwnAddresses []string `toml:"own_addresses" json:"own_addresses"`
	AuthservID   string   `toml:"authserv_id" json:"authserv_id"`
	Forwarders   []string `toml:"forwarders" json:"forwarders"`
	// CAFile names a PEM file with the only authorities trusted for this server, for a server of
	// one's own.
	CAFile string `toml:"ca_file,omitempty" json:"ca_file,omitempty"`
}

// MoneyAccount is a place where money arrives: the only senders that can give a notified payment.
type MoneyAccount struct {
	Name    string   `toml:"name" json:"name"`
	Kind    string   `toml:"kind" json:"kind"` // bank, psp
	Domains []string `toml:"domains" json:"domains"`
	Hint    string   `toml:"hint" json:"hint"`
}

// WithDefaults fills what the user may leave out.
func (s Settings) WithDefaults() Settings {
	if s.Terms.PaymentDays == 0 {
		s.Terms.PaymentDays = 30
	}
	setDefault(&s.Terms.PenaltyRate, "statutory")
	setDefault(&s.Terms.Imputation, string(law.PrincipalFirst))
	setDefault(&s.Numbering.Invoice, "F{year}-{number:04}")
	setDefault(&s.Numbering.CreditNote, "A{year}-{number:04}")
	setDefault(&s.Numbering.Quote, "D{year}-{number:03}")
	setDefault(&s.Reminders.Scenario, "pme-5")
	if s.Reminders.MinDaysBetweenContacts == 0 {
		s.Reminders.MinDaysBetweenContacts = 5
	}
	setDefault(&s.Mailbox.Security, "tls")
	setDefault(&s.Mailbox.Folder, "INBOX")
	setDefault(&s.Mailbox.Auth, "password")
	if s.Mailbox.Port == 0 {
		s.Mailbox.Port = 993
	}
	return s
}

func setDefault(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// Validate checks the settings; the first wrong field is named by its path, as in "terms.imputation".
// An unfinished identity is allowed: the letters refuse to be made without it.
func (s Settings) Validate() error {
	checks := []struct {
		field, value string
		allowed      []string
	}{
		{"creditor.status", s.Creditor.Status, []string{"", "commercant", "artisan", "liberal"}},
		{"terms.imputation", s.Terms.Imputation,
			[]string{string(law.InterestFirst), string(law.PrincipalFirst)}},
		{"mailbox.security", s.Mailbox.Security, []string{"tls", "starttls", "none"}},
		{"mailbox.auth", s.Mailbox.Auth, []string{"password", "xoauth2"}},
	}
	for _, check := range checks {
		if !contains(check.allowed, check.value) {
			return fieldError(check.field, "not_allowed", check.value, strings.Join(check.allowed, " | "))
		}
	}
	if s.Terms.PaymentDays < 0 || s.Terms.PaymentDays > 365 {
		return fieldError("terms.payment_days", "out_of_range", "0", "365")
	}
	if s.Mailbox.Port < 0 || s.Mailbox.Port > 65535 {
		return fieldError("mailbox.port", "out_of_range", "1", "65535")
	}
	if s.Terms.PenaltyRate != "statutory" {
		if _, err := law.ParseRate(s.Terms.PenaltyRate); err != nil {
			return fieldError("terms.penalty_rate", "not_a_rate", s.Terms.PenaltyRate)
		}
	}
	if err := s.Creditor.validate(); err != nil {
		return err
	}
	if s.Mailbox.Security == "none" && s.Mailbox.Host != "" && !isLoopback(s.Mailbox.Host) {
		return fieldError("mailbox.security", "not_allowed", "none", "tls | starttls")
	}
	if err := s.Numbering.validate(); err != nil {
		return err
	}
	for _, account := range s.Accounts {
		if account.Kind != "bank" && account.Kind != "psp" {
			return fieldError("accounts.kind", "not_allowed", account.Kind, "bank | psp")
		}
		if len(account.Domains) == 0 {
			return fieldError("accounts.domains", "empty")
		}
		for _, domain := range account.Domains {
			if !strings.Contains(strings.Trim(domain, "."), ".") || strings.ContainsAny(domain, "@/ ") {
				return fieldError("accounts.domains", "not_a_domain", domain)
			}
		}
	}
	return nil
}

// validate checks the numbers that a letter prints: a wrong one would send the money elsewhere.
func (c Creditor) validate() error {
	if c.Siret != "" {
		if _, err := identity.ParseSIRET(c.Siret); err != nil {
			return fieldError("creditor.siret", "check_failed", c.Siret)
		}
	}
	if c.IBAN != "" {
		if _, err := identity.ParseIBAN(c.IBAN); err != nil {
			return fieldError("creditor.iban", "check_failed", c.IBAN)
		}
	}
	return nil
}

// validate checks the patterns and that no two series share one.
func (n Numbering) validate() error {
	for _, pattern := range []string{n.Invoice, n.CreditNote, n.Quote} {
		if _, _, _, err := splitPattern(strings.ReplaceAll(pattern, "{year}", "2026")); err != nil {
			return err
		}
	}
	if n.Invoice == n.CreditNote {
		return fieldError("numbering", "same_pattern", n.Invoice)
	}
	return nil
}

// isLoopback reports whether a host is this computer: only there may a mailbox be read in clear.
func isLoopback(host string) bool {
	return host == "localhost" || host == "::1" || strings.HasPrefix(host, "127.")
}

// ContractRate is the creditor's own penalty rate, nil for the statutory one. Settings that pass
// Validate always give one of the two.
func (s Settings) ContractRate() *law.Rate {
	if s.Terms.PenaltyRate == "" || s.Terms.PenaltyRate == "statutory" {
		return nil
	}
	rate, err := law.ParseRate(s.Terms.PenaltyRate)
	if err != nil {
		return nil
	}
	return &rate
}

func contains(list []string, value string) bool {
	for _, item := range list {
		if item == value {
			return true
		}
	}
	return false
}
