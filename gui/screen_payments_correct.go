package gui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"dument/app"
	"dument/gui/field"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// correctPanel lets the user name the invoices that a payment settles, when no explanation is right.
type correctPanel struct {
	screen     *paymentsScreen
	panel      *kit.Panel
	generation int
	plans      int
	typed      *field.TextField
	picked     *fyne.Container
	offered    *fyne.Container
	outcome    *fyne.Container
	accept     *kit.Button

	open     bool
	proposal app.Proposal
	invoices []app.InvoiceRow
	chosen   []string
	list     []model.Suggestion
	allowed  bool
}

func newCorrectPanel(v *paymentsScreen) *correctPanel {
	s := v.shell
	p := &correctPanel{screen: v, panel: kit.NewPanel(s.T("payments.panel.close"), v.close),
		picked:  kit.Stack(6),
		offered: kit.Stack(6), outcome: kit.Stack(6)}
	p.typed = field.NewTextField(s.T("payments.correct.field"))
	p.typed.SetPlaceHolder(s.T("payments.correct.hint"))
	p.typed.OnChanged = func(string) { p.suggest() }
	p.typed.OnSubmitted = func(text string) { p.enter(text) }
	p.typed.OnEscapeKey(v.close)
	p.accept = kit.NewPrimaryButton("", s.T("payments.correct.accept"), p.submit).Tall()
	return p
}

func (p *correctPanel) active() bool { return p.open }

func (p *correctPanel) leave() { p.open = false }

func (p *correctPanel) cancel() {
	p.leave()
	p.screen.put(p.screen.decision.panel)
	p.screen.focus()
}

// begin opens the panel for the selected message.
func (p *correctPanel) begin() {
	s := p.screen.shell
	p.open, p.proposal, p.chosen, p.invoices = true, p.screen.decision.proposal, nil, nil
	p.typed.SetText("")
	p.panel.SetTitle(s.T("payments.correct.title"), p.screen.decision.view.Amount)
	p.panel.SetContent(kit.Stack(14, kit.NewParagraph(s.T("payments.correct.why"), kit.Soft), p.picked,
		p.outcome,
		p.typed, kit.Stack(6, kit.NewHeading(s.T("payments.correct.open"), ""), p.offered)))
	p.panel.SetFoot(p.accept, kit.NewPlainButton("", s.T("payments.correct.back"), p.cancel).Tall())
	p.screen.put(p.panel)
	p.screen.showSide(true)
	p.typed.Focus()
	p.refresh()
}

// refresh reads the open invoices again.
func (p *correctPanel) refresh() {
	s := p.screen.shell
	Load(s, &p.generation, func(ctx context.Context) ([]app.InvoiceRow, error) {
		return s.App.Invoices(ctx, app.InvoiceFilter{OpenOnly: true})
	}, func(rows []app.InvoiceRow, err error) {
		if err != nil {
			s.Say(app.Text(err, s.Words.Language), "", nil)
			return
		}
		p.invoices = rows
		p.write()
	})
}

// write shows what is chosen, what it would do, and what else could be.
func (p *correctPanel) write() {
	p.picked.Objects = nil
	for _, number := range p.chosen {
		remove := kit.NewIconButton(theme.IconClose, p.screen.shell.T("payments.correct.remove", number), func() {
			p.chosen = slices.DeleteFunc(p.chosen, func(other string) bool { return other == number })
			p.write()
		})
		p.picked.Add(kit.NewCard(theme.Paper, 6, kit.Row(8, kit.NewCutLabel(number, kit.Bold), remove)))
	}
	p.picked.Hidden = len(p.chosen) == 0
	p.plan()
	p.suggest()
}

func (p *correctPanel) suggest() {
	s := p.screen.shell
	p.list = model.SuggestInvoices(s.Words, p.invoices, p.proposal, p.chosen, p.typed.Text())
	p.offered.Objects = nil
	for _, one := range p.list {
		line := kit.Stack(1, kit.Row(8, kit.NewLabel(one.Number, kit.Bold), kit.NewCutLabel(one.Client, kit.Small),
			kit.NewLabel(one.Open, kit.Plain.Right())), kit.NewLabel(one.When, kit.Caption))
		p.offered.Add(kit.NewChoiceCard(theme.Sheet, 8, line, func() { p.pick(one.Number) }))
	}
	if len(p.list) == 0 && p.invoices != nil {
		p.offered.Add(kit.NewLabel(s.T("payments.correct.none"), kit.Small))
	}
	p.panel.Relayout()
}

func (p *correctPanel) pick(number string) {
	p.chosen = append(p.chosen, number)
	p.typed.SetText("")
	p.write()
	p.typed.Focus()
}

// enter takes the first invoice offered for what was typed; with nothing typed it books.
func (p *correctPanel) enter(text string) {
	switch {
	case text != "" && len(p.list) > 0:
		p.pick(p.list[0].Number)
	case text == "" && p.allowed:
		p.submit()
	}
}

func (p *correctPanel) draft() app.AcceptDraft {
	return app.AcceptDraft{Message: p.proposal.Message.ID, Choice: -1, Invoices: slices.Clone(p.chosen)}
}

// plan shows what the invoices chosen would be paid.
func (p *correctPanel) plan() {
	s := p.screen.shell
	p.allowed = false
	enable(p.accept, false)
	p.outcome.Objects, p.outcome.Hidden = nil, true
	if len(p.chosen) == 0 {
		p.plans++
		return
	}
	draft := p.draft()
	sources := model.DecisionSources{Proposal: p.proposal, Pending: true, On: s.Today()}
	Load(s, &p.plans, func(ctx context.Context) (model.PlannedMatch, error) {
		plan, err := s.App.PlanMatch(ctx, draft)
		return model.PlannedMatch{Draft: draft, Plan: plan, Err: err}, nil
	}, func(planned model.PlannedMatch, _ error) {
		sources.Plans = []model.PlannedMatch{planned}
		choice := model.NewDecision(s.Words, sources).Choices[0]
		p.outcome.Objects, p.outcome.Hidden = nil, false
		if len(choice.Lines) > 0 {
			p.outcome.Add(choiceLines(choice.Lines))
		}
		for _, note := range choice.Notes {
			p.outcome.Add(wholeLine(note))
		}
		p.allowed = choice.Allowed
		enable(p.accept, choice.Allowed)
		p.panel.Relayout()
	})
}

func (p *correctPanel) submit() {
	if p.allowed {
		p.screen.acceptAs(p.draft())
	}
}
