package dunning_test

import (
	"testing"

	"pgregory.net/rapid"

	"dument/app/date"
	"dument/app/dunning"
	"dument/app/law"
	"dument/app/ledger"
)

var due = date.Must("2026-01-31")

// situation is an invoice of 1 000 €, late by a number of days, with what was done about it.
func situation(daysLate int, done ...ledger.Contact) dunning.Situation {
	return dunning.Situation{
		Account: ledger.Account{Invoice: ledger.Invoice{Due: due, Amount: 1000_00},
			Client:   ledger.Client{Kind: law.Business, Address: []string{"1 rue Haute", "44000 Nantes"}},
			Contacts: done},
		Claim: law.Claim{Principal: 1000_00, Total: 1040_00, DaysLate: daysLate},
	}
}

func done(step string, daysAfterDue int) ledger.Contact {
	return ledger.Contact{Step: step, On: due.AddDays(daysAfterDue)}
}

func TestTheStepFollowsFromFactsAndDate(t *testing.T) {
	tests := []struct {
		rule     string
		daysLate int
		done     []ledger.Contact
		step     string
		day      int // after the due date
	}{
		{"before the first offset, the first step is to come", 1, nil, "reminder-1", 3},
		{"on its day, the step is due", 3, nil, "reminder-1", 3},
		{"days that were missed do not queue up", 15, nil, "call", 10},
		{"a step that was done is not repeated", 15, []ledger.Contact{done("call", 12)}, "reminder-2", 20},
		{"a later step that was done settles the earlier ones", 15,
			[]ledger.Contact{done("reminder-2", 11)}, dunning.StepFormalNotice, 30},
		{"two contacts keep their distance", 21, []ledger.Contact{done("call", 19)}, "reminder-2", 24},
		{"after thirty days, the notice", 40, nil, dunning.StepFormalNotice, 30},
		{"no hand-over without a notice", 200, nil, dunning.StepFormalNotice, 30},
	}
	for _, test := range tests {
		t.Run(test.rule, func(t *testing.T) {
			action, found := dunning.Next(dunning.Preset("pme-5"), situation(test.daysLate, test.done...), 5,
				due.AddDays(test.daysLate))
			if !found || action.Step.ID != test.step || action.Date != due.AddDays(test.day) {
				t.Errorf("step %q from %v, want %q from %v", action.Step.ID, action.Date, test.step,
					due.AddDays(test.day))
			}
		})
	}
}

func TestANoticeRunsBeforeTheHandOver(t *testing.T) {
	noticed := situation(60)
	deadline := due.AddDays(70)
	noticed.Account.Letters = []ledger.LetterMade{{ID: 1, Kind: ledger.LetterFormalNotice, On: due.AddDays(52),
		Deadline: deadline}}
	action, _ := dunning.Next(dunning.Preset("pme-5"), noticed, 5, due.AddDays(60))
	if action.Step.ID != dunning.StepHandover || action.Date != deadline.AddDays(1) {
		t.Errorf("while the deadline runs: %+v", action)
	}
	noticed.Account.Letters[0].Invalid = true
	action, _ = dunning.Next(dunning.Preset("pme-5"), noticed, 5, due.AddDays(60))
	if action.Step.ID != dunning.StepFormalNotice {
		t.Errorf("after a notice that found nobody: %q", action.Step.ID)
	}
}

func TestWhatHoldsBack(t *testing.T) {
	on := due.AddDays(40)
	tests := []struct {
		code   string
		change func(*dunning.Situation)
	}{
		{"insolvency", func(s *dunning.Situation) { s.Account.Client.Insolvency = on }},
		{"payment_to_match", func(s *dunning.Situation) { s.PendingPayment = true }},
		{"announced", func(s *dunning.Situation) { s.Account.Announced = []ledger.Announcement{{On: on}} }},
		{"address_missing", func(s *dunning.Situation) { s.Account.Client.Address = nil }},
		{"mediator_missing", func(s *dunning.Situation) {
			s.Account.Client.Kind, s.MediatorMissing = law.Consumer, true
		}},
		{"not_yet", func(s *dunning.Situation) { s.Account.Contacts = []ledger.Contact{{Step: "reminder-2", On: on}} }},
	}
	free := situation(40)
	if action, _ := dunning.Next(dunning.Preset("pme-5"), free, 5, on); len(action.Blockers) != 0 {
		t.Errorf("nothing holds it back, but %+v", action.Blockers)
	}
	for _, test := range tests {
		held := situation(40)
		test.change(&held)
		action, _ := dunning.Next(dunning.Preset("pme-5"), held, 5, on)
		if len(action.Blockers) != 1 || action.Blockers[0].Code != test.code {
			t.Errorf("%s: %+v", test.code, action.Blockers)
		}
	}
}

func TestNothingIsDueForWhatIsSettledOrNotLate(t *testing.T) {
	settled, early := situation(40), situation(0)
	settled.Claim.Principal = 0
	for name, case_ := range map[string]dunning.Situation{"settled": settled, "not late": early} {
		if action, found := dunning.Next(dunning.Preset("pme-5"), case_, 5, due.AddDays(40)); found {
			t.Errorf("%s: %+v", name, action)
		}
	}
}

func TestUnknownScenariosFallBackOnTheFirst(t *testing.T) {
	if got := dunning.Preset("no such").Name; got != dunning.PresetNames()[0] {
		t.Errorf("got %q", got)
	}
}

// TestStepsNeverGoBack: whatever was done and whenever it is asked, the next step comes after every
// step that was done, and never sooner than the least distance after the last contact.
func TestStepsNeverGoBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scenario := dunning.Preset(rapid.SampledFrom(dunning.PresetNames()).Draw(t, "scenario"))
		place := map[string]int{}
		for i, step := range scenario.Steps {
			place[step.ID] = i
		}
		late := rapid.IntRange(1, 400).Draw(t, "days late")
		var contacts []ledger.Contact
		highest := -1
		for range rapid.IntRange(0, 3).Draw(t, "contacts") {
			step := scenario.Steps[rapid.IntRange(0, len(scenario.Steps)-3).Draw(t, "step")]
			contacts = append(contacts, done(step.ID, rapid.IntRange(0, late).Draw(t, "day")))
			highest = max(highest, place[step.ID])
		}
		minDays := rapid.IntRange(0, 30).Draw(t, "least distance")
		on := due.AddDays(late)
		action, found := dunning.Next(scenario, situation(late, contacts...), minDays, on)
		if !found {
			t.Fatal("an overdue invoice asks for nothing")
		}
		if place[action.Step.ID] <= highest {
			t.Errorf("step %q comes again", action.Step.ID)
		}
		for _, contact := range contacts {
			if action.Date.Sub(contact.On) < minDays && action.Date.Sub(contact.On) >= 0 {
				t.Errorf("%d days after a contact, at least %d", action.Date.Sub(contact.On), minDays)
			}
		}
	})
}
