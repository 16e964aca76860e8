package model

import (
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/gui/words"
)

// StepMark says where a step of a letter's life stands.
type StepMark int

// A step is to come, present, done, or stopped and asking for help.
const (
	StepNext StepMark = iota
	StepPresent
	StepDone
	StepStopped
)

// LetterStep is one step of a registered letter's life as written.
type LetterStep struct {
	Mark                 StepMark
	Title, Detail, Right string
}

// Fact is a label with its value.
type Fact struct {
	Label, Value string
	Tone         Tone
}

// LetterProof is a document kept with a letter.
type LetterProof struct {
	Icon   Icon
	Name   string
	Digest string // its head, to be read aloud
	SHA256 string
}

// LetterSources is what the panel of a letter is made of.
type LetterSources struct {
	Row       app.LetterRow
	Documents []app.DocumentInfo
	Claims    []app.InvoiceClaim
	On        date.Date
}

// LetterDetail is the panel of a letter.
type LetterDetail struct {
	Number, Frozen, Subtitle string
	Facts                    []Fact
	Registered               string
	Steps                    []LetterStep
	// Events are the steps that can be noted now, the likeliest first.
	Events    []ledger.LetterEventKind
	Deadlines []Fact
	Proofs    []LetterProof
}

// NewLetterDetail writes the panel of a letter.
func NewLetterDetail(w *words.Words, sources LetterSources) LetterDetail {
	row := sources.Row
	detail := LetterDetail{Number: row.Letter.Number, Frozen: w.T("letters.frozen", Day(row.Letter.On)),
		Subtitle: w.T("letters.subtitle", letterKind(w, row.Letter.Kind), row.Client.Name),
		Facts: []Fact{{w.N("letters.invoices", len(row.Numbers)), strings.Join(row.Numbers, ", "), Plain},
			{w.T("letters.total"), Euros(w, row.Letter.Total), Plain}},
		Registered: registeredNumber(row.Events), Steps: letterSteps(w, row, sources.On),
		Events: letterEvents(row.State)}
	detail.Deadlines = letterDeadlines(w, sources)
	for _, doc := range sources.Documents {
		detail.Proofs = append(detail.Proofs, letterProof(w, row, doc))
	}
	return detail
}

// registeredNumber is the latest number that was noted, in groups as the receipt prints it.
func registeredNumber(events []ledger.LetterEvent) (number string) {
	for _, event := range events {
		if event.Number != "" {
			number = event.Number
		}
	}
	if len(number) != 13 {
		return number
	}
	return number[:2] + " " + number[2:5] + " " + number[5:8] + " " + number[8:12] + " " + number[12:]
}

// Digest is the head and the tail of a SHA-256, enough to compare two by eye.
func Digest(sha256 string) string {
	if len(sha256) < 12 {
		return sha256
	}
	return sha256[:4] + " " + sha256[4:8] + " … " + sha256[len(sha256)-4:]
}

// letterEvents are the steps that make sense now. A letter may be handed over at its first
// presentation, and may come back without one.
func letterEvents(state ledger.LetterMade) []ledger.LetterEventKind {
	switch {
	case arrivedLetter(state):
		return nil
	case !state.Presented.IsZero():
		return []ledger.LetterEventKind{ledger.EventDelivered, ledger.EventReturned}
	case !state.Posted.IsZero():
		return []ledger.LetterEventKind{ledger.EventPresented, ledger.EventDelivered, ledger.EventReturned}
	}
	return []ledger.LetterEventKind{ledger.EventPosted}
}

// letterSteps is the way of a letter: what is done, what comes next, how it ended.
func letterSteps(w *words.Words, row app.LetterRow, on date.Date) []LetterStep {
	state := row.State
	steps := []LetterStep{{StepDone, w.T("letters.step.made"), w.N("letters.pages", row.Letter.Pages),
		Day(row.Letter.On)}}
	next := StepPresent // the first step that is missing is the one to do
	for _, step := range []struct {
		key string
		day date.Date
	}{{"letters.step.posted", state.Posted}, {"letters.step.presented", state.Presented}} {
		switch {
		case !step.day.IsZero():
			steps = append(steps, LetterStep{StepDone, w.T(step.key), "", Day(step.day)})
		case !arrivedLetter(state):
			steps = append(steps, LetterStep{next, w.T(step.key), w.T(step.key + ".next"), ""})
			next = StepNext
		}
	}
	switch {
	case state.Invalid:
		return append(steps, LetterStep{StepStopped, w.T("letters.step.returned"), w.T("letters.step.invalid",
			returnReason(w, row.Events)), Day(state.Returned)})
	case !state.Returned.IsZero():
		return append(steps, LetterStep{StepDone, w.T("letters.step.returned"), w.T("letters.step.valid",
			returnReason(w, row.Events)), Day(state.Returned)})
	case !state.Delivered.IsZero():
		return append(steps, LetterStep{StepDone, w.T("letters.step.delivered"), "", Day(state.Delivered)})
	}
	return append(steps, waitingSteps(w, state, on)...)
}

// waitingSteps are the post office that keeps the letter, once it was presented, and the two ends.
func waitingSteps(w *words.Words, state ledger.LetterMade, on date.Date) []LetterStep {
	end := LetterStep{StepNext, w.T("letters.step.end"), w.T("letters.step.end.next"), ""}
	if state.Presented.IsZero() {
		return []LetterStep{end}
	}
	until := state.Presented.AddDays(KeepingDays)
	kept := LetterStep{StepPresent, w.T("letters.step.kept"), w.N("letters.step.kept.days", KeepingDays),
		w.T("letters.until", Day(until))}
	if on.After(until) {
		kept.Mark, kept.Detail = StepStopped, w.T("letters.step.kept.over")
	}
	return []LetterStep{kept, end}
}

func returnReason(w *words.Words, events []ledger.LetterEvent) string {
	for _, event := range events {
		if event.Kind == ledger.EventReturned {
			return w.T("letters.reason." + event.Reason)
		}
	}
	return ""
}

// letterDeadlines are counted from the steps noted, and from the invoices claimed.
func letterDeadlines(w *words.Words, sources LetterSources) (list []Fact) {
	state, on := sources.Row.State, sources.On
	fact := func(key string, day date.Date, passed Tone) {
		tone := Plain
		if on.After(day) {
			tone = passed
		}
		list = append(list, Fact{w.T(key), Day(day), tone})
	}
	if !state.Presented.IsZero() && !arrivedLetter(state) {
		fact("letters.deadline.keeping", state.Presented.AddDays(KeepingDays), Warn)
	}
	if sources.Row.Client.Kind == law.Consumer && !state.Presented.IsZero() && !state.Invalid {
		fact("letters.deadline.interest", state.Presented.AddDays(1), Plain)
	}
	if !sources.Row.Letter.Deadline.IsZero() {
		fact("letters.deadline.payment", sources.Row.Letter.Deadline, Late)
	}
	var limitation date.Date
	for _, item := range sources.Claims {
		day := item.Claim.Limitation
		if item.Claim.Total > 0 && !day.IsZero() && (limitation.IsZero() || day.Before(limitation)) {
			limitation = day
		}
	}
	if !limitation.IsZero() {
		fact("letters.deadline.limitation", limitation, Late)
	} else if len(sources.Claims) > 0 {
		list = append(list, Fact{w.T("letters.deadline.limitation"), w.T("letters.settled"), OK})
	}
	return list
}

// letterProof names a document: the letter itself, the proof of a step, or what its file is called.
func letterProof(w *words.Words, row app.LetterRow, doc app.DocumentInfo) LetterProof {
	proof := LetterProof{Icon: "clip", Name: doc.Name, Digest: Digest(doc.SHA256), SHA256: doc.SHA256}
	if doc.SHA256 == row.Letter.SHA256 {
		proof.Icon, proof.Name = "file", w.T("letters.proof.letter", w.N("letters.pages.short", row.Letter.Pages))
		return proof
	}
	for _, event := range row.Events {
		if event.Proof == doc.SHA256 {
			proof.Icon, proof.Name = eventIcon(event.Kind), w.T("letters.proof."+string(event.Kind), Day(event.Date))
			return proof
		}
	}
	if proof.Name == "" {
		proof.Name = w.T("letters.proof.other")
	}
	return proof
}

func eventIcon(kind ledger.LetterEventKind) Icon {
	switch kind {
	case ledger.EventPosted:
		return "stamp"
	case ledger.EventPresented:
		return "box"
	case ledger.EventDelivered:
		return "check"
	}
	return "undo"
}

// ReturnReasons are the reasons for which a registered letter comes back, in the order of their
// frequency, with their words.
func ReturnReasons(w *words.Words) (reasons []Fact) {
	for _, reason := range []string{ledger.ReturnUnclaimed, ledger.ReturnRefused, ledger.ReturnUnknown,
		ledger.ReturnIncompleteAddress} {
		reasons = append(reasons, Fact{Label: reason, Value: w.T("letters.reason." + reason)})
	}
	return reasons
}
