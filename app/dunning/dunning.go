// Package dunning decides what to do about a late invoice on a day.
//
// What is due follows from facts and the date, never from a schedule that a closed lid could miss:
// the same call serves the list of the day, the dry run and the last check before a letter is made.
package dunning

import (
	"strconv"

	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

// Channel is how a step reaches the debtor.
type Channel string

// Channels; their values are the companion's.
const (
	Email      Channel = "email"
	Phone      Channel = "phone"
	Letter     Channel = "letter"
	Registered Channel = "registered"
	Handover   Channel = "handover"
)

// Identifiers of the steps that carry a meaning beyond their place in a scenario.
const (
	StepFormalNotice = "formal-notice"
	StepHandover     = "handover"
)

// Step is one act of a scenario. OffsetDays counts from the due date; it may be negative.
type Step struct {
	ID         string
	OffsetDays int
	Channel    Channel
}

// Scenario is an ordered list of steps, each later than the one before.
type Scenario struct {
	Name  string
	Steps []Step
}

// presets are the scenarios offered; the days are the user's habits, not law.
var presets = []Scenario{
	{"pme-5", []Step{{"pre-reminder", -7, Email}, {"reminder-1", 3, Email}, {"call", 10, Phone},
		{"reminder-2", 20, Email}, {StepFormalNotice, 30, Registered}, {StepHandover, 55, Handover}}},
	{"classique-3", []Step{{"reminder-1", 10, Email}, {StepFormalNotice, 25, Registered},
		{StepHandover, 55, Handover}}},
	{"rapp", []Step{{"reminder-1", 1, Email}, {"call", 7, Phone}, {"reminder-2", 15, Letter},
		{StepFormalNotice, 30, Registered}, {StepHandover, 45, Handover}}},
}

// Preset finds a scenario by its name; an unknown name gives the first one.
func Preset(name string) Scenario {
	for _, scenario := range presets {
		if scenario.Name == name {
			return scenario
		}
	}
	return presets[0]
}

// PresetNames lists the scenarios offered.
func PresetNames() []string {
	names := make([]string, len(presets))
	for i, scenario := range presets {
		names[i] = scenario.Name
	}
	return names
}

// Reason and Blocker say in stable codes why an action is proposed and what holds it back. Until is
// the day on which a blocker ends by itself, zero when only the user ends it.
type (
	Reason struct {
		Code   string
		Params []string
	}
	Blocker struct {
		Code   string
		Until  date.Date
		Params []string
	}
)

// Action is what to do about one invoice.
type Action struct {
	Step     Step
	Date     date.Date   // from which day on
	Amount   money.Cents // what would be claimed on the day
	Reasons  []Reason
	Blockers []Blocker
}

// Situation is one invoice, what the law lets the creditor claim for it, and what is being waited for.
type Situation struct {
	Account ledger.Account
	Claim   law.Claim
	// PendingPayment is a notified payment that waits for the user's decision and may settle it.
	PendingPayment  bool
	MediatorMissing bool
	// RateMissing names the half-year without which nothing can be claimed; empty when none is missing.
	RateMissing string
}

// Next is the next act about an invoice; none is due for one that is settled or not yet late.
// minDays is the least number of days between two contacts.
func Next(scenario Scenario, situation Situation, minDays int, on date.Date) (Action, bool) {
	claim := situation.Claim
	if claim.Principal <= 0 || claim.DaysLate <= 0 {
		return Action{}, false
	}
	step, from := nextStep(scenario, situation.Account, minDays, on)
	action := Action{Step: step, Date: from, Amount: claim.Total}
	action.Reasons = append(action.Reasons, Reason{"overdue", []string{strconv.Itoa(claim.DaysLate)}},
		Reason{"step", []string{step.ID, strconv.Itoa(step.OffsetDays)}})
	action.Blockers = blockers(situation, action, on)
	return action, true
}

// nextStep is the most advanced step that the delay has reached, unless it or a later one was done:
// then it is the one after, from its own day, and never sooner than minDays after the last contact.
// A step is never repeated and never taken back.
func nextStep(scenario Scenario, account ledger.Account, minDays int, on date.Date) (Step, date.Date) {
	last, done := lastDone(scenario, account)
	reached := 0
	for i, step := range scenario.Steps {
		if !account.Invoice.Due.AddDays(step.OffsetDays).After(on) {
			reached = i
		}
	}
	if step := scenario.Steps[reached]; step.OffsetDays < 0 || step.ID == StepHandover && !noticed(account) {
		reached = adjust(scenario, reached)
	}
	if reached <= done {
		reached = min(done+1, len(scenario.Steps)-1)
	}
	step := scenario.Steps[reached]
	from := account.Invoice.Due.AddDays(step.OffsetDays)
	if !last.IsZero() && from.Before(last.AddDays(minDays)) {
		from = last.AddDays(minDays)
	}
	if notice := latestNotice(account); step.ID == StepHandover && from.Before(notice.Deadline.AddDays(1)) {
		from = notice.Deadline.AddDays(1)
	}
	return step, from
}

// adjust moves away from steps that make no sense: a warning before the due date once it has passed,
// and a hand-over that no formal notice came before.
func adjust(scenario Scenario, reached int) int {
	for i, step := range scenario.Steps {
		if scenario.Steps[reached].ID == StepHandover && step.ID == StepFormalNotice {
			return i
		}
		if scenario.Steps[reached].OffsetDays < 0 && step.OffsetDays >= 0 {
			return i
		}
	}
	return reached
}

// lastDone is the day of the last contact and the place of the most advanced step that was done, -1
// when none was.
func lastDone(scenario Scenario, account ledger.Account) (last date.Date, place int) {
	place = -1
	note := func(id string, on date.Date) {
		if on.After(last) {
			last = on
		}
		for i, step := range scenario.Steps {
			if step.ID == id && i > place {
				place = i
			}
		}
	}
	for _, contact := range account.Contacts {
		note(contact.Step, contact.On)
	}
	for _, made := range account.Letters {
		if made.Kind == ledger.LetterFormalNotice && !made.Invalid {
			note(StepFormalNotice, made.On)
		}
	}
	return last, place
}

func noticed(account ledger.Account) bool { return latestNotice(account).ID != 0 }

func latestNotice(account ledger.Account) ledger.LetterMade {
	var latest ledger.LetterMade
	for _, made := range account.Letters {
		if made.Kind == ledger.LetterFormalNotice && !made.Invalid {
			latest = made
		}
	}
	return latest
}

// blockers lists what holds an action back, the gravest first.
func blockers(situation Situation, action Action, on date.Date) []Blocker {
	var found []Blocker
	account := situation.Account
	if !account.Client.Insolvency.IsZero() {
		found = append(found, Blocker{Code: "insolvency", Params: []string{account.Client.Insolvency.String()}})
	}
	if situation.PendingPayment {
		found = append(found, Blocker{Code: "payment_to_match"})
	}
	for _, said := range account.Announced {
		found = append(found, Blocker{Code: "announced", Params: []string{said.On.String(), said.Amount.String()}})
	}
	if situation.RateMissing != "" {
		found = append(found, Blocker{Code: "rate_missing", Params: []string{situation.RateMissing}})
	}
	if action.Step.Channel == Registered || action.Step.Channel == Letter {
		if len(account.Client.Address) == 0 {
			found = append(found, Blocker{Code: "address_missing"})
		}
		if account.Client.Kind == law.Consumer && situation.MediatorMissing {
			found = append(found, Blocker{Code: "mediator_missing"})
		}
	}
	if action.Date.After(on) {
		found = append(found, Blocker{Code: "not_yet", Until: action.Date})
	}
	return found
}
