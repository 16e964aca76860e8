package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
	"dument/gui/words"
)

// DecisionSources is what a decision is made of: the message, the invoices that it may concern, and,
// for each draft of Drafts, what it would book or why it cannot.
type DecisionSources struct {
	Proposal app.Proposal
	Pending  bool
	Invoices []app.InvoiceRow
	Plans    []PlannedMatch
	// Receipt is what was booked, for a message that was accepted.
	Receipt *app.Receipt
	On      date.Date
}

// PlannedMatch is a decision that the user could take, with its consequences.
type PlannedMatch struct {
	Draft app.AcceptDraft
	Plan  app.MatchPlan
	Err   error
}

// DecisionView is the panel of a message: the amount, what is known of it, and the choices.
type DecisionView struct {
	Amount string
	Level  int
	Word   string
	Day    string
	Lead   string
	// Choices are numbered from 1.
	Choices []ChoiceView
	// Notice warns before a decision: a word is not money.
	Notice *Line
	// Alert is set for a message that only has to be seen.
	Alert *AlertView
	// Outcome is set for a message that was decided, CanUndo when that can be taken back.
	Outcome *OutcomeView
}

// ChoiceView is one way to book the payment.
type ChoiceView struct {
	Key          string
	Title        string
	Lines        []ChoiceLine
	For, Against []string
	Notes        []Line
	Draft        app.AcceptDraft
	// Accept is what the main button says. Why a choice cannot be taken stands in Notes, or in the
	// Notice of the decision when it holds for all of them.
	Accept  string
	Allowed bool
}

// ChoiceLine is an invoice in a choice, with what becomes of it.
type ChoiceLine struct {
	Number, When, Amount string
	Becomes              string
	Tone                 Tone
}

// AlertView says what happened, what it means, and what would be owed again.
type AlertView struct {
	Title, Meaning, Advice string
	Reopened               []ChoiceLine
	Reasons                []string
}

// OutcomeView says what was decided.
type OutcomeView struct {
	Line    Line
	Lines   []ChoiceLine
	CanUndo bool
	// Reasons say why nothing was counted.
	Reasons []string
}

// Concerned lists the invoices that a proposal speaks of, whose rows a decision needs.
func Concerned(proposal app.Proposal) (numbers []string) {
	numbers = append(numbers, proposal.Concerns...)
	for _, explanation := range proposal.Reading.Explanations {
		for _, line := range explanation.Lines {
			if !slices.Contains(numbers, line.Invoice) {
				numbers = append(numbers, line.Invoice)
			}
		}
	}
	return numbers
}

// Drafts are the decisions that can be taken about a message, in the order shown: its explanations,
// then the credit of the client when exactly one client is known.
func Drafts(proposal app.Proposal, invoices []app.InvoiceRow) (drafts []app.AcceptDraft) {
	message := proposal.Message
	if message.Decision == "alert" || message.Amount <= 0 || len(proposal.Reading.Payments) == 0 {
		return nil
	}
	for _, choice := range payable(proposal.Reading.Explanations) {
		drafts = append(drafts, app.AcceptDraft{Message: message.ID, Choice: choice})
	}
	if client := oneClient(invoices); client != "" {
		drafts = append(drafts, app.AcceptDraft{Message: message.ID, Choice: -1, Client: client})
	}
	return drafts
}

func oneClient(invoices []app.InvoiceRow) (name string) {
	for _, row := range invoices {
		if name != "" && row.ClientName != name {
			return ""
		}
		name = row.ClientName
	}
	return name
}

// NewDecision writes the panel of a message.
func NewDecision(w *words.Words, sources DecisionSources) DecisionView {
	message := sources.Proposal.Message
	view := DecisionView{Level: EvidenceLevel(message.Evidence), Word: evidenceWord(w, message.Evidence),
		Amount: w.T("payments.amount.none"), Day: w.T("payments.day", Day(cmp.Or(message.PaidOn, message.On)))}
	if message.Amount != 0 {
		view.Amount = Amount(w, message.Amount, cmp.Or(message.Currency, money.EUR))
	}
	switch {
	case !sources.Pending:
		view.Lead = payerOf(message)
		view.Outcome = outcomeOf(w, sources)
	case message.Decision == "alert":
		view.Lead = payerOf(message)
		view.Alert = alertView(w, sources)
	default:
		for i, planned := range sources.Plans {
			view.Choices = append(view.Choices, choiceView(w, sources, planned, i+1))
		}
		view.Lead = decisionLead(w, view.Choices)
		view.Notice = decisionNotice(w, sources)
	}
	return view
}

// decisionNotice warns before a decision: a payment to come cannot be booked, and a word is not money.
func decisionNotice(w *words.Words, sources DecisionSources) *Line {
	if payments := sources.Proposal.Reading.Payments; len(payments) > 0 && payments[0].Date.After(sources.On) {
		return &Line{"clock", w.T("payments.note.future", Day(payments[0].Date)), Warn}
	}
	if sources.Proposal.Message.Evidence == ledger.EvidenceAnnounced {
		return &Line{"speech", w.T("payments.notice.announced"), Warn}
	}
	return nil
}

// decisionLead counts the explanations that pay something.
func decisionLead(w *words.Words, choices []ChoiceView) string {
	ways := 0
	for _, choice := range choices {
		if choice.Draft.Choice >= 0 {
			ways++
		}
	}
	if ways == 0 && len(choices) == 0 {
		return w.T("payments.lead.unknown")
	}
	if ways == 0 {
		return w.T("payments.lead.none")
	}
	return w.N("payments.lead", ways)
}

func choiceView(w *words.Words, sources DecisionSources, planned PlannedMatch, number int) ChoiceView {
	choice := ChoiceView{Key: strconv.Itoa(number), Draft: planned.Draft, Allowed: planned.Err == nil,
		Accept: w.T("payments.accept")}
	if len(sources.Plans) > 1 {
		choice.Accept = w.T("payments.accept.choice", choice.Key)
	}
	if sources.Proposal.Message.Evidence == ledger.EvidenceAnnounced {
		choice.Accept = w.T("payments.accept.announced")
	}
	if planned.Draft.Choice >= 0 {
		explanation := sources.Proposal.Reading.Explanations[planned.Draft.Choice]
		choice.For, choice.Against = whys(w, explanation.For), whys(w, explanation.Against)
	}
	choice.fill(w, sources, planned)
	if sources.Proposal.Reading.Payments[0].Date.After(sources.On) {
		choice.Allowed = false
	}
	return choice
}

// fill writes the lines of a choice and what is to be known of them.
func (c *ChoiceView) fill(w *words.Words, sources DecisionSources, planned PlannedMatch) {
	plan := planned.Plan
	if planned.Err != nil {
		c.Title = w.T("payments.choice.refused")
		c.Notes = append(c.Notes, Line{"warn", app.Text(planned.Err, w.Language), Late})
		return
	}
	c.Title = choiceTitle(w, plan)
	paid := sources.Proposal.Reading.Payments[0].Date
	var claimed money.Cents
	for _, line := range plan.Lines {
		c.Lines = append(c.Lines, plannedLine(w, plan, line, paid))
		if line.Left == 0 {
			claimed += line.TotalLeft
		}
	}
	if plan.Credit > 0 {
		c.Lines = append(c.Lines, ChoiceLine{w.T("payments.line.credit"), "",
			Amount(w, plan.Credit, plan.Currency), w.T("payments.becomes.credit"), Warn})
	}
	if claimed > 0 {
		c.Notes = append(c.Notes, Line{"info", w.T("payments.note.claimed", Euros(w, claimed)), Soft})
	}
	matters := func(line app.PlannedLine) bool { return line.TotalLeft > 0 || line.Principal < line.Amount }
	if slices.ContainsFunc(plan.Lines, matters) {
		c.Notes = append(c.Notes, Line{"info", w.T("payments.note.order." + string(cmp.Or(plan.Imputation,
			law.PrincipalFirst))), Soft})
	}
}

func choiceTitle(w *words.Words, plan app.MatchPlan) string {
	switch len(plan.Lines) {
	case 0:
		return w.T("payments.choice.credit", plan.Client.Name)
	case 1:
		return w.T("payments.choice.one", plan.Lines[0].Invoice)
	}
	return w.N("payments.choice", len(plan.Lines))
}

// plannedLine says what becomes of an invoice: nothing is called settled while something is claimed.
func plannedLine(w *words.Words, plan app.MatchPlan, line app.PlannedLine, paid date.Date) ChoiceLine {
	made := ChoiceLine{Number: line.Invoice, Amount: Amount(w, line.Amount, plan.Currency)}
	if late := paid.Sub(line.Due); late > 0 {
		made.When = w.N("payments.line.late", late)
	} else {
		made.When = w.T("payments.line.due", Day(line.Due))
	}
	switch {
	case line.Amount == 0:
		made.Becomes, made.Tone = w.T("payments.becomes.nothing"), Faint
	case line.Left > 0:
		made.Becomes, made.Tone = w.T("payments.becomes.left", Amount(w, line.Left, plan.Currency)), Warn
	case line.TotalLeft > 0:
		made.Becomes, made.Tone = w.T("payments.becomes.principal"), OK
	default:
		made.Becomes, made.Tone = w.T("payments.becomes.settled"), OK
	}
	return made
}

func whys(w *words.Words, list []app.Why) (texts []string) {
	for _, why := range list {
		texts = append(texts, why.Text(w.Language))
	}
	return texts
}

func alertView(w *words.Words, sources DecisionSources) *AlertView {
	message := sources.Proposal.Message
	kind := alertOf(message)
	view := &AlertView{Title: w.T("payments.alert." + kind), Meaning: w.T("payments.meaning." + kind),
		Advice: w.T("payments.advice." + kind)}
	for _, explanation := range sources.Proposal.Reading.Explanations {
		for _, line := range explanation.Lines {
			if line.Amount < 0 {
				view.Reopened = append(view.Reopened, ChoiceLine{Number: line.Invoice,
					When: clientOf(sources.Invoices, line.Invoice), Amount: Euros(w, line.Amount.Abs()),
					Becomes: w.T("payments.becomes.reopened"), Tone: Late})
			}
		}
	}
	view.Reasons = noticed(w, sources.Proposal)
	return view
}

// noticed lists what was noticed about a message, each once.
func noticed(w *words.Words, proposal app.Proposal) (texts []string) {
	for _, text := range whys(w, proposal.Reading.Reasons) {
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}

func clientOf(invoices []app.InvoiceRow, number string) string {
	for _, row := range invoices {
		if row.Invoice.Number == number {
			return row.ClientName
		}
	}
	return ""
}

// outcomeOf says what was decided and what was booked.
func outcomeOf(w *words.Words, sources DecisionSources) *OutcomeView {
	message := sources.Proposal.Message
	action := message.Settlement.Action
	outcome := &OutcomeView{Line: treatedLine(w, message), CanUndo: action == "accepted" || action == "rejected"}
	if action == "" {
		outcome.Reasons = noticed(w, sources.Proposal)
	}
	if sources.Receipt != nil {
		outcome.Lines = receiptLines(w, *sources.Receipt)
	}
	return outcome
}

// receiptLines lists what a payment extinguished, part by part, and what stayed with the client.
func receiptLines(w *words.Words, receipt app.Receipt) (lines []ChoiceLine) {
	credit := receipt.Payment.Amount
	for _, part := range receipt.Invoices {
		credit -= part.Amount
		lines = append(lines, ChoiceLine{Number: part.Invoice,
			Amount:  Amount(w, part.Amount, receipt.Payment.Currency),
			Becomes: w.T("payments.part." + string(part.Part)), Tone: Soft})
	}
	if credit > 0 {
		lines = append(lines, ChoiceLine{Number: w.T("payments.line.credit"),
			Amount: Amount(w, credit, receipt.Payment.Currency), Becomes: w.T("payments.becomes.credit"), Tone: Warn})
	}
	return lines
}

// joinNumbers writes the invoices of a payment, each once.
func joinNumbers(parts []app.AllocatedPart) string {
	var numbers []string
	for _, part := range parts {
		if !slices.Contains(numbers, part.Invoice) {
			numbers = append(numbers, part.Invoice)
		}
	}
	return strings.Join(numbers, ", ")
}
