package gui

import (
	"context"

	"fyne.io/fyne/v2"

	"dument/app"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// decisionPanel is what can be done about a message: the choices with why and why not, or what an
// alert means, or what was decided.
type decisionPanel struct {
	screen     *paymentsScreen
	panel      *kit.Panel
	generation int

	proposal app.Proposal
	known    bool // a message is shown
	ready    bool // its choices were computed
	view     model.DecisionView
	cards    []*kit.ChoiceCard
	chosen   int
	accept   *kit.Button
}

func newDecisionPanel(v *paymentsScreen) *decisionPanel {
	return &decisionPanel{screen: v, panel: kit.NewPanel(v.shell.T("payments.panel.close"), v.close)}
}

func (p *decisionPanel) clear() {
	p.generation++
	p.known, p.ready, p.view, p.proposal = false, false, model.DecisionView{}, app.Proposal{}
}

// show computes what each choice would book, and shows it.
func (p *decisionPanel) show(proposal app.Proposal, pending bool) {
	s := p.screen.shell
	if !p.known || p.proposal.Message.ID != proposal.Message.ID {
		p.chosen, p.ready = 0, false
	}
	p.proposal, p.known = proposal, true
	sources := model.DecisionSources{Proposal: proposal, Pending: pending, On: s.Today()}
	Load(s, &p.generation, func(ctx context.Context) (model.DecisionSources, error) {
		err := readDecision(ctx, s.App, &sources)
		return sources, err
	}, func(read model.DecisionSources, err error) {
		if err != nil {
			s.Say(app.Text(err, s.Words.Language), "", nil)
			return
		}
		p.view, p.ready = model.NewDecision(s.Words, read), true
		p.write()
		s.actions.Refresh()
	})
}

func readDecision(ctx context.Context, a *app.App, sources *model.DecisionSources) (err error) {
	proposal := sources.Proposal
	if numbers := model.Concerned(proposal); len(numbers) > 0 {
		if sources.Invoices, err = a.Invoices(ctx, app.InvoiceFilter{Numbers: numbers}); err != nil {
			return err
		}
	}
	if sources.Pending {
		for _, draft := range model.Drafts(proposal, sources.Invoices) {
			plan, err := a.PlanMatch(ctx, draft)
			sources.Plans = append(sources.Plans, model.PlannedMatch{Draft: draft, Plan: plan, Err: err})
		}
		return nil
	}
	settlement := proposal.Message.Settlement
	if settlement.Action != "accepted" {
		return nil
	}
	receipts, err := a.Receipts(ctx, proposal.Message.PaidOn, proposal.Message.PaidOn)
	for i, receipt := range receipts {
		if receipt.Payment.ID == settlement.Payment {
			sources.Receipt = &receipts[i]
		}
	}
	return err
}

func (p *decisionPanel) write() {
	view := p.view
	var known fyne.CanvasObject = kit.NewEvidence(max(1, view.Level), view.Word)
	if view.Level == 0 {
		known = kit.Row(6, kit.NewIcon(theme.IconWarn, theme.Late, theme.IconSmall),
			kit.NewLabel(view.Word, kit.Small.Strong().In(theme.Late)))
	}
	p.panel.SetTitle(view.Amount, view.Lead, known, kit.NewLabel(view.Day, kit.Small))
	p.cards, p.accept = nil, nil
	switch {
	case view.Alert != nil:
		p.writeAlert(*view.Alert)
	case view.Outcome != nil:
		p.writeOutcome(*view.Outcome)
	default:
		p.writeChoices()
	}
}

func (p *decisionPanel) writeChoices() {
	s := p.screen.shell
	stack := kit.Stack(10)
	if p.view.Notice != nil {
		stack.Add(kit.NewNotice(lineTones[p.view.Notice.Tone], iconOf(p.view.Notice.Icon), p.view.Notice.Text))
	}
	for i, choice := range p.view.Choices {
		card := kit.NewChoiceCard(theme.Sheet, 12, choiceContent(s, choice), func() { p.take(i); p.screen.focus() })
		p.cards = append(p.cards, card)
		stack.Add(card)
	}
	p.panel.SetContent(stack)
	correct := kit.NewPlainButton("", s.T("payments.correct"),
		func() { s.actions.Run("payment.correct") }).Tall()
	refuse := kit.NewPlainButton("", s.T("payments.refuse"), func() { s.actions.Run("payment.refuse") }).Tall()
	hints := newFlow(10, kit.NewKeyHint("C", s.T("payments.key.correct")),
		kit.NewKeyHint("R", s.T("payments.key.refuse")))
	if len(p.view.Choices) > 0 {
		enter := kit.NewKeyHint(s.T("payments.key.enter"), s.T("payments.key.accept"))
		hints.Objects = append([]fyne.CanvasObject{enter}, hints.Objects...)
	}
	if len(p.view.Choices) > 1 {
		last := p.view.Choices[len(p.view.Choices)-1].Key
		hints.Objects = append([]fyne.CanvasObject{kit.NewKeyHint("1-"+last, s.T("payments.key.choose"))},
			hints.Objects...)
	}
	buttons := kit.Columns(8, kit.Column{Share: 2, Object: correct}, kit.Column{Share: 2, Object: refuse})
	if len(p.view.Choices) > 0 {
		p.accept = kit.NewPrimaryButton("", "", func() { s.actions.Run("payment.accept") }).Tall()
		buttons = kit.Columns(8, kit.Column{Share: 4, Object: p.accept}, kit.Column{Share: 2, Object: correct},
			kit.Column{Share: 2, Object: refuse})
	}
	p.panel.SetFoot(kit.Stack(10, hints, buttons))
	p.take(min(p.chosen, len(p.view.Choices)-1))
}

// choiceContent is a way to book the payment: its lines, why and why not.
func choiceContent(s *Shell, choice model.ChoiceView) fyne.CanvasObject {
	stack := kit.Stack(6, kit.Row(8, kit.NewCutLabel(choice.Title, kit.Bold), kit.NewKeyHint(choice.Key, "")))
	if len(choice.Lines) > 0 {
		stack.Add(choiceLines(choice.Lines))
	}
	for _, side := range []struct {
		key   string
		texts []string
		icon  theme.Icon
		tone  fyne.ThemeColorName
	}{{"payments.why", choice.For, theme.IconCheck, theme.Ok},
		{"payments.whynot", choice.Against, theme.IconClose, theme.Late}} {
		if len(side.texts) == 0 {
			continue
		}
		reasons := kit.Stack(3)
		for _, text := range side.texts {
			reasons.Add(kit.Row(6, kit.NewIcon(side.icon, side.tone, 12), kit.NewParagraph(text, kit.Small)))
		}
		stack.Add(kit.Columns(6, kit.Column{Width: 82,
			Object: kit.Stack(0, kit.NewLabel(s.T(side.key), kit.Small.Strong()))},
			kit.Column{Share: 1, Object: reasons}))
	}
	for _, note := range choice.Notes {
		stack.Add(wholeLine(note))
	}
	return stack
}

// choiceLines are invoices with an amount and what becomes of each.
func choiceLines(lines []model.ChoiceLine) fyne.CanvasObject {
	stack := kit.Stack(3)
	for _, line := range lines {
		becomes := kit.Small.In(toneColor(line.Tone)).Right()
		number, when := kit.Column{Width: 70}, kit.Column{Share: 1, Object: kit.NewCutLabel(line.When, kit.Small)}
		number.Object = kit.NewCutLabel(line.Number, kit.Small.In(theme.Ink))
		if line.When == "" {
			number.Width, number.Share, when.Object = 0, 1, hidden()
		}
		stack.Add(kit.Columns(8, number, when, kit.Column{Width: 78,
			Object: kit.NewLabel(line.Amount, kit.Small.In(theme.Ink).Right())},
			kit.Column{Width: 90, Object: kit.NewCutLabel(line.Becomes, becomes)}))
	}
	return stack
}

// hidden takes no place in a row of columns.
func hidden() fyne.CanvasObject {
	nothing := kit.Gap(0)
	nothing.Hide()
	return nothing
}

// take marks a choice, by its place.
func (p *decisionPanel) take(place int) {
	if place < 0 || place >= len(p.cards) {
		return
	}
	p.chosen = place
	for i, card := range p.cards {
		card.SetSelected(i == place)
	}
	choice := p.view.Choices[place]
	p.accept.SetText(choice.Accept)
	enable(p.accept, choice.Allowed)
	p.screen.shell.actions.Refresh()
}

func (p *decisionPanel) writeAlert(alert model.AlertView) {
	s := p.screen.shell
	stack := kit.Stack(16, kit.NewNotice(kit.ToneLate, theme.IconWarn, alert.Title),
		kit.Stack(8, kit.NewParagraph(alert.Meaning, kit.Plain), kit.NewParagraph(alert.Advice, kit.Soft)))
	if len(alert.Reopened) > 0 {
		stack.Add(kit.Stack(6, kit.NewHeading(s.T("payments.reopened"), ""), choiceLines(alert.Reopened)))
	}
	addReasons(s, stack, alert.Reasons)
	p.panel.SetContent(stack)
	foot := []fyne.CanvasObject{kit.NewPrimaryButton("", s.T("payments.seen"),
		func() { s.actions.Run("payment.seen") }).Tall()}
	if len(alert.Reopened) > 0 {
		foot = append(foot, kit.NewPlainButton("", s.T("payments.show.book"),
			func() { p.screen.turn(viewBook) }).Tall())
	}
	columns := make([]kit.Column, len(foot))
	for i, button := range foot {
		columns[i] = kit.Column{Share: 1, Object: button}
	}
	hints := newFlow(10, kit.NewKeyHint(s.T("payments.key.enter"), s.T("payments.key.seen")))
	p.panel.SetFoot(kit.Stack(10, hints, kit.Columns(8, columns...)))
}

// addReasons lists what was noticed about a message.
func addReasons(s *Shell, stack *fyne.Container, texts []string) {
	if len(texts) == 0 {
		return
	}
	reasons := kit.Stack(5, kit.NewHeading(s.T("payments.reasons"), ""))
	for _, text := range texts {
		reasons.Add(wholeLine(model.Line{Icon: "info", Text: text, Tone: model.Soft}))
	}
	stack.Add(reasons)
}

func (p *decisionPanel) writeOutcome(outcome model.OutcomeView) {
	s := p.screen.shell
	stack := kit.Stack(16, kit.Stack(6, kit.NewHeading(s.T("payments.outcome"), ""), wholeLine(outcome.Line)))
	if len(outcome.Lines) > 0 {
		stack.Add(kit.Stack(6, kit.NewHeading(s.T("payments.outcome.lines"), ""), choiceLines(outcome.Lines)))
	}
	addReasons(s, stack, outcome.Reasons)
	p.panel.SetContent(stack)
	if !outcome.CanUndo {
		p.panel.SetFoot()
		return
	}
	id := p.proposal.Message.ID
	p.panel.SetFoot(kit.NewPlainButton(theme.IconUndo, s.T("payments.undo.decision"),
		func() { p.screen.undo(id) }).Tall())
}

// canAccept reports whether a choice is marked that can be taken.
func (p *decisionPanel) canAccept() bool {
	return p.ready && p.chosen < len(p.view.Choices) && p.view.Choices[p.chosen].Allowed
}

// canSee reports whether an alert is shown.
func (p *decisionPanel) canSee() bool { return p.ready && p.view.Alert != nil }

// canDecide reports whether the message asks for a decision.
func (p *decisionPanel) canDecide() bool {
	return p.ready && p.view.Alert == nil && p.view.Outcome == nil
}

// submit books the payment as the marked choice says.
func (p *decisionPanel) submit() { p.screen.acceptAs(p.view.Choices[p.chosen].Draft) }

// refuse settles the message without booking anything.
func (p *decisionPanel) refuse() {
	p.screen.reject(p.proposal.Message.ID, p.screen.shell.T("payments.rejected"))
}

// see notes that an alert was read.
func (p *decisionPanel) see() {
	p.screen.reject(p.proposal.Message.ID, p.screen.shell.T("payments.noticed"))
}

// acceptAs accepts a message as drafted.
func (v *paymentsScreen) acceptAs(draft app.AcceptDraft) {
	s := v.shell
	on := s.Today()
	var result app.PaymentResult
	s.Do(func(ctx context.Context) (err error) {
		result, err = s.App.AcceptMatch(ctx, on, draft)
		return err
	}, func() {
		v.correct.leave()
		amount := model.Amount(s.Words, result.Payment.Amount, result.Payment.Currency)
		v.settled(draft.Message, s.T("payments.accepted", amount))
	})
}
