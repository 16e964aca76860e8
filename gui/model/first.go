package model

import (
	"strings"

	"dument/app/ledger"
	"dument/gui/words"
)

// Steps of the first start.
const (
	FirstWho = iota
	FirstInvoices
	FirstMoney
	FirstReminders
	FirstSteps // how many there are
)

// FirstStep is a step of the first start as the list at the left shows it.
type FirstStep struct {
	Title, Detail string
	Done          bool
}

// FirstFacts are what the steps already brought.
type FirstFacts struct {
	Settings ledger.Settings
	Invoices int
}

// NewFirstSteps writes the four steps with what is known of each.
func NewFirstSteps(w *words.Words, facts FirstFacts) [FirstSteps]FirstStep {
	var steps [FirstSteps]FirstStep
	for i, key := range []string{"who", "invoices", "money", "reminders"} {
		steps[i] = FirstStep{Title: w.T("first." + key), Detail: w.T("first." + key + ".what")}
	}
	creditor := facts.Settings.Creditor
	if creditor.Name != "" {
		parts := []string{creditor.Name}
		if creditor.City != "" {
			parts = append(parts, creditor.City)
		}
		steps[FirstWho] = FirstStep{steps[FirstWho].Title, strings.Join(parts, ", "), true}
	}
	if facts.Invoices > 0 {
		steps[FirstInvoices] = FirstStep{steps[FirstInvoices].Title, w.N("first.invoices.have", facts.Invoices), true}
	}
	if facts.Settings.Mailbox.Host != "" {
		steps[FirstMoney] = FirstStep{steps[FirstMoney].Title, facts.Settings.Mailbox.Host, true}
	}
	return steps
}

// FirstFields are the fields of a step: the few without which nothing useful can be done. The other
// ones are in the settings.
func FirstFields(step int) []SettingField {
	wanted := map[int][]string{
		FirstWho: {"creditor.name", "creditor.trade_name", "creditor.status", "creditor.siret", "creditor.address",
			"creditor.city", "creditor.iban"},
		FirstMoney:     {"mailbox.own_addresses", "mailbox.host", "mailbox.port", "mailbox.security", "mailbox.user"},
		FirstReminders: {"reminders.scenario", "terms.payment_days", "terms.penalty_rate"},
	}[step]
	pages := map[int][]string{FirstWho: {PageIdentity}, FirstMoney: {PageMailbox},
		FirstReminders: {PageScenario, PageTerms}}[step]
	var fields []SettingField
	for _, id := range wanted {
		for p, page := range pages {
			for _, field := range SettingsFields(page) {
				if field.ID == id {
					field.Row += 100 * p
					fields = append(fields, field)
				}
			}
		}
	}
	return fields
}

// FirstTakeOver puts what a step edits into the settings of the ledger.
func FirstTakeOver(step int, into, from ledger.Settings) ledger.Settings {
	switch step {
	case FirstWho:
		return TakeOver(PageIdentity, into, from)
	case FirstMoney:
		return TakeOver(PageMailbox, into, from)
	case FirstReminders:
		return TakeOver(PageScenario, TakeOver(PageTerms, into, from), from)
	}
	return into
}
