package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/dunning"
	"dument/app/identity"
	"dument/app/law"
	"dument/app/ledger"
	"dument/gui/words"
)

// Pages of the settings, in the order of the list.
const (
	PageIdentity   = "identity"
	PageTerms      = "terms"
	PageScenario   = "scenario"
	PageMailbox    = "mailbox"
	PageRates      = "rates"
	PageBackup     = "backup"
	PageAppearance = "appearance"
)

// SettingsPage is an entry of the list of pages.
type SettingsPage struct {
	ID   string
	Icon Icon
}

// SettingsPages lists the pages.
func SettingsPages() []SettingsPage {
	return []SettingsPage{{PageIdentity, "person"}, {PageTerms, "invoice"}, {PageScenario, "todo"},
		{PageMailbox, "mail"}, {PageRates, "chart"}, {PageBackup, "box"}, {PageAppearance, "eye"}}
}

// SettingField is a field of a settings form.
type SettingField = FormField[ledger.Settings]

// SettingsFields are the fields of a page that is a form; other pages have none.
func SettingsFields(page string) []SettingField {
	switch page {
	case PageIdentity:
		return identityFields()
	case PageTerms:
		return termsFields()
	case PageScenario:
		return scenarioFields()
	case PageMailbox:
		return mailboxFields()
	}
	return nil
}

// TakeOver puts the sections of settings that a page edits into others: what was changed elsewhere in
// the meantime stays.
func TakeOver(page string, into, from ledger.Settings) ledger.Settings {
	switch page {
	case PageIdentity:
		into.Creditor = from.Creditor
	case PageTerms:
		into.Terms, into.Numbering = from.Terms, from.Numbering
	case PageScenario:
		into.Reminders = from.Reminders
	case PageMailbox:
		into.Mailbox, into.Accounts = from.Mailbox, from.Accounts
	}
	return into
}

func setting(row, share int, id string, at func(*ledger.Settings) *string) SettingField {
	return textField(row, share, id, "settings."+id, at)
}

func identityFields() []SettingField {
	type settings = ledger.Settings
	return []SettingField{
		setting(1, 1, "creditor.name", func(s *settings) *string { return &s.Creditor.Name }).
			hinted("settings.creditor.name.hint"),
		setting(2, 1, "creditor.trade_name", func(s *settings) *string { return &s.Creditor.TradeName }),
		setting(2, 1, "creditor.activity", func(s *settings) *string { return &s.Creditor.Activity }),
		{ID: "creditor.status", Label: "settings.creditor.status", Kind: FieldChoice, Row: 3,
			Options: []FormOption{{"commercant", "settings.status.commercant"}, {"artisan", "settings.status.artisan"},
				{"liberal", "settings.status.liberal"}},
			Get: func(s settings) string { return s.Creditor.Status },
			Set: func(s *settings, value string) string { s.Creditor.Status = value; return "" }},
		{ID: "creditor.siret", Label: "settings.creditor.siret", Row: 3,
			Get: func(s settings) string { return identity.FormatSIRET(s.Creditor.Siret) }, Set: setOwnSiret},
		{ID: "creditor.address", Label: "settings.creditor.address", Kind: FieldArea, Lines: 3, Row: 4,
			Get: func(s settings) string { return joined(s.Creditor.Address) },
			Set: func(s *settings, text string) string { s.Creditor.Address = textLines(text); return "" }},
		setting(5, 1, "creditor.city", func(s *settings) *string { return &s.Creditor.City }).
			hinted("settings.creditor.city.hint"),
		setting(5, 1, "creditor.registration", func(s *settings) *string { return &s.Creditor.Registration }),
		setting(6, 3, "creditor.email", func(s *settings) *string { return &s.Creditor.Email }),
		setting(6, 2, "creditor.phone", func(s *settings) *string { return &s.Creditor.Phone }),
		setting(7, 1, "creditor.vat", func(s *settings) *string { return &s.Creditor.VAT }).
			placed("settings.creditor.vat.place"),
		{ID: "creditor.iban", Label: "settings.creditor.iban", Row: 8, Share: 3, Hint: "settings.creditor.iban.hint",
			Get: func(s settings) string { return identity.FormatIBAN(s.Creditor.IBAN) }, Set: setOwnIBAN},
		setting(8, 1, "creditor.bic", func(s *settings) *string { return &s.Creditor.BIC }),
		{ID: "creditor.mediator", Label: "settings.creditor.mediator", Kind: FieldArea, Lines: 2, Row: 9,
			Hint: "settings.creditor.mediator.hint",
			Get:  func(s settings) string { return s.Creditor.Mediator },
			Set: func(s *settings, text string) string {
				s.Creditor.Mediator = strings.Join(textLines(text), ", ")
				return ""
			}},
	}
}

func setOwnSiret(s *ledger.Settings, text string) string {
	if text == "" {
		s.Creditor.Siret = ""
		return ""
	}
	siret, err := identity.ParseSIRET(text)
	if err != nil {
		return "form.siret"
	}
	s.Creditor.Siret = siret
	return ""
}

func setOwnIBAN(s *ledger.Settings, text string) string {
	if text == "" {
		s.Creditor.IBAN = ""
		return ""
	}
	iban, err := identity.ParseIBAN(text)
	if err != nil {
		return "form.iban"
	}
	s.Creditor.IBAN = iban
	return ""
}

func termsFields() []SettingField {
	type settings = ledger.Settings
	number := func(id string, at func(*settings) *string) SettingField {
		field := setting(4, 1, id, at)
		field.Set = func(s *settings, text string) string {
			if _, err := ledger.NextNumber(text, 2000, func(func(string)) {}); err != nil {
				return "form.pattern"
			}
			*at(s) = text
			return ""
		}
		return field
	}
	return []SettingField{
		{ID: "terms.payment_days", Label: "settings.terms.payment_days", Row: 1,
			Get: func(s settings) string { return strconv.Itoa(s.Terms.PaymentDays) },
			Set: func(s *settings, text string) string { return setDays(&s.Terms.PaymentDays, text) }},
		{ID: "terms.penalty_rate", Label: "settings.terms.penalty_rate", Row: 1, Place: "settings.terms.penalty_rate.place",
			Get: func(s settings) string { return strings.TrimSuffix(s.Terms.PenaltyRate, statutoryRate) },
			Set: setPenaltyRate},
		{ID: "terms.imputation", Label: "settings.terms.imputation", Kind: FieldChoice, Row: 2,
			Hint: "settings.terms.imputation.hint",
			Options: []FormOption{{string(law.PrincipalFirst), "settings.imputation.principal"},
				{string(law.InterestFirst), "settings.imputation.interest"}},
			Get: func(s settings) string { return s.Terms.Imputation },
			Set: func(s *settings, value string) string { s.Terms.Imputation = value; return "" }},
		number("numbering.invoice", func(s *settings) *string { return &s.Numbering.Invoice }),
		number("numbering.credit_note", func(s *settings) *string { return &s.Numbering.CreditNote }),
		number("numbering.quote", func(s *settings) *string { return &s.Numbering.Quote }),
	}
}

const statutoryRate = "statutory"

func setPenaltyRate(s *ledger.Settings, text string) string {
	if text == "" {
		s.Terms.PenaltyRate = statutoryRate
		return ""
	}
	rate, err := law.ParseRate(text)
	if err != nil {
		return "form.rate"
	}
	s.Terms.PenaltyRate = rate.String()
	return ""
}

// NumberExample is the next number of each pattern, as it would be printed.
func NumberExample(pattern string, on date.Date) string {
	number, err := ledger.NextNumber(pattern, on.Year(), func(func(string)) {})
	if err != nil {
		return ""
	}
	return number
}

func scenarioFields() []SettingField {
	type settings = ledger.Settings
	var options []FormOption
	for _, name := range dunning.PresetNames() {
		options = append(options, FormOption{name, "settings.scenario." + name})
	}
	return []SettingField{
		{ID: "reminders.scenario", Label: "settings.reminders.scenario", Kind: FieldChoice, Row: 1, Options: options,
			Get: func(s settings) string { return s.Reminders.Scenario },
			Set: func(s *settings, value string) string { s.Reminders.Scenario = value; return "" }},
		{ID: "reminders.min_days_between_contacts", Label: "settings.reminders.min_days", Row: 2,
			Hint: "settings.reminders.min_days.hint",
			Get:  func(s settings) string { return strconv.Itoa(s.Reminders.MinDaysBetweenContacts) },
			Set:  func(s *settings, text string) string { return setDays(&s.Reminders.MinDaysBetweenContacts, text) }},
	}
}

// ScenarioStep is a line of the scenario's timeline.
type ScenarioStep struct {
	Day, Text string
	Icon      Icon
}

// ScenarioSteps writes the steps of a scenario with the days from the due date.
func ScenarioSteps(w *words.Words, name string) []ScenarioStep {
	var steps []ScenarioStep
	for _, step := range dunning.Preset(name).Steps {
		day := w.T("settings.scenario.day", strconv.Itoa(step.OffsetDays))
		if step.OffsetDays >= 0 {
			day = w.T("settings.scenario.day", "+"+strconv.Itoa(step.OffsetDays))
		}
		steps = append(steps, ScenarioStep{Day: day, Icon: channelIcon(step.Channel),
			Text: capital(StepName(w, step.ID)) + w.T("settings.channel."+string(step.Channel))})
	}
	return steps
}

// Missing lists what the letters need and the identity does not say yet.
func Missing(w *words.Words, s ledger.Settings) []Line {
	needs := []struct {
		key  string
		have bool
	}{{"name", s.Creditor.Name != ""}, {"status", s.Creditor.Status != ""}, {"siret", s.Creditor.Siret != ""},
		{"address", len(s.Creditor.Address) > 0}, {"city", s.Creditor.City != ""}, {"iban", s.Creditor.IBAN != ""},
		{"mediator", s.Creditor.Mediator != ""}}
	var lines []Line
	for _, need := range needs {
		line := Line{"check", w.T("settings.need." + need.key), OK}
		if !need.have {
			line = Line{"warn", w.T("settings.need." + need.key), Warn}
		}
		lines = append(lines, line)
	}
	return lines
}

// FloorLine compares the user's own penalty rate with the lowest one that the law allows between
// professionals (C. com. L441-10 II).
func FloorLine(w *words.Words, settings ledger.Settings, rates *law.Rates, on date.Date) Line {
	floor, err := rates.Floor(on.Semester())
	if err != nil {
		return Line{"warn", w.T("settings.floor.unknown", SemesterName(w, on.Semester())), Warn}
	}
	own := settings.ContractRate()
	switch {
	case own == nil:
		return Line{"check", w.T("settings.floor.statutory"), OK}
	case *own < floor:
		return Line{"warn", w.T("settings.floor.below", own.Percent(w.Language), floor.Percent(w.Language)), Late}
	}
	return Line{"check", w.T("settings.floor.above", floor.Percent(w.Language)), OK}
}

// SemesterName writes a half-year for people.
func SemesterName(w *words.Words, semester date.Semester) string {
	return w.T("settings.semester."+strconv.Itoa(semester.Half), strconv.Itoa(semester.Year))
}

// RateLine is a row of the table of rates.
type RateLine struct {
	Key, Semester, ECB, Legal, Statutory, Floor, Source string
	// Current marks the half-year of today, Own what the user entered.
	Current, Own bool
}

// tenPoints is what the law adds to the refinancing rate (C. com. L441-10 II).
const tenPoints law.Rate = 100_000

// RateLines writes the table of rates, the newest half-year first.
func RateLines(w *words.Words, rates *law.Rates, on date.Date) []RateLine {
	var lines []RateLine
	for _, entry := range slices.Backward(rates.Semesters()) {
		line := RateLine{Key: entry.Semester.String(), Semester: SemesterName(w, entry.Semester),
			Current: entry.Semester == on.Semester(),
			Own:     entry.ECBOrigin == law.User || entry.LegalOrigin == law.User}
		if entry.ECB != nil {
			line.ECB = entry.ECB.Percent(w.Language)
			line.Statutory = (*entry.ECB + tenPoints).Percent(w.Language)
		}
		if entry.Professional != nil {
			line.Legal = entry.Professional.Percent(w.Language)
			line.Floor = (3 * *entry.Professional).Percent(w.Language)
		}
		line.Source = strings.TrimPrefix(cmp.Or(entry.LegalSource, entry.ECBSource), "https://")
		lines = append(lines, line)
	}
	return lines
}

// RateFields are the fields of the entry of a half-year. Its values start from what is known.
func RateFields() []FormField[law.RateEntry] {
	type entry = law.RateEntry
	percent := func(row int, id string, at func(*entry) **law.Rate) FormField[entry] {
		return FormField[entry]{ID: id, Label: "settings.rates." + id, Row: row, Place: "settings.rates.place",
			Get: func(of entry) string { return optionalRate(*at(&of)) },
			Set: func(of *entry, text string) string { return setOptionalRate(at(of), text) }}
	}
	return []FormField[entry]{
		{ID: "semester", Label: "settings.rates.semester", Row: 1, Hint: "settings.rates.semester.hint",
			Get: func(of entry) string { return of.Semester.String() },
			Set: func(of *entry, text string) string {
				semester, err := date.ParseSemester(strings.ToUpper(text))
				if err != nil {
					return "form.semester"
				}
				of.Semester = semester
				return ""
			}},
		percent(2, "ecb", func(of *entry) **law.Rate { return &of.ECB }),
		percent(2, "legal", func(of *entry) **law.Rate { return &of.Professional }),
		textField(3, 1, "source", "settings.rates.source", func(of *entry) *string { return &of.LegalSource }).
			placed("settings.rates.source.place"),
	}
}

// NextRate is the entry that the form starts from: the first half-year that the table lacks.
func NextRate(rates *law.Rates) law.RateEntry {
	known := rates.Semesters()
	if len(known) == 0 {
		return law.RateEntry{}
	}
	last := known[len(known)-1]
	if last.ECB == nil || last.Professional == nil {
		return last
	}
	return law.RateEntry{Semester: last.Semester.Next()}
}

// RateEntry gives both rates of an entry the source that the form has one field for.
func RateEntry(entry law.RateEntry) law.RateEntry {
	entry.ECBSource = entry.LegalSource
	return entry
}

// CheckLines writes the checks of the ledger, the failed ones with what was found.
func CheckLines(w *words.Words, checks []app.Check) []Line {
	lines := make([]Line, 0, len(checks))
	for _, check := range checks {
		name := check.Name
		if key := "settings.check." + name; w.Known(key) {
			name = w.T(key)
		}
		line := Line{"check", name, OK}
		if !check.OK {
			line = Line{"warn", name + ". " + check.Detail, Late}
		}
		lines = append(lines, line)
	}
	return lines
}
