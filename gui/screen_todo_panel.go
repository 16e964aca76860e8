package gui

import (
	"context"

	"dument/app"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// detailInvoicesMax bounds the histories that are read for one debtor.
const detailInvoicesMax = 12

// todoPanel is what stands beside the day's work: the step of a block with its checks, what is owed,
// what happened.
type todoPanel struct {
	screen     *todoScreen
	panel      *kit.Panel
	generation int
	claim      *kit.ClaimTable
	timeline   *kit.Timeline
}

func newToDoPanel(v *todoScreen) *todoPanel {
	p := &todoPanel{screen: v, claim: kit.NewClaimTable(), timeline: kit.NewTimeline()}
	p.panel = kit.NewPanel(v.shell.T("todo.panel.close"), v.closePanel)
	p.panel.Hide()
	return p
}

// show reads the histories of the block's invoices and writes everything when they have come.
func (p *todoPanel) show(block model.ToDoBlock) {
	s := p.screen.shell
	on := s.Today()
	if len(block.Actions) == 0 {
		p.generation++ // what is under way concerns another block
		p.showMessage(block)
		return
	}
	numbers := block.All[:min(len(block.All), detailInvoicesMax)]
	Load(s, &p.generation, func(ctx context.Context) (model.ToDoDetail, error) {
		details := make([]app.InvoiceDetail, 0, len(numbers))
		for _, number := range numbers {
			detail, err := s.App.Invoice(ctx, on, number)
			if err != nil {
				return model.ToDoDetail{}, err
			}
			details = append(details, detail)
		}
		return model.NewToDoDetail(s.Words, block, details), nil
	}, func(detail model.ToDoDetail, err error) {
		if err != nil {
			p.panel.SetTitle(block.Name, "")
			p.panel.SetContent(kit.NewNotice(kit.ToneLate, "", app.Text(err, s.Words.Language)))
			return
		}
		p.write(block, detail)
	})
}

func (p *todoPanel) write(block model.ToDoBlock, detail model.ToDoDetail) {
	s := p.screen.shell
	p.panel.SetTitle(detail.Title, detail.Subtitle)
	step := kit.Stack(6, kit.NewLabel(s.T("todo.next"), kit.Small.Strong()),
		kit.Row(8, kit.NewIcon(iconOf(detail.Step.Icon), theme.Accent, theme.IconText),
			kit.NewParagraph(detail.Step.Text, kit.Bold)))
	for _, check := range detail.Checks {
		step.Add(wholeLine(check))
	}
	main := kit.NewPrimaryButton("", block.Verb, func() { p.screen.act(block) })
	see := kit.NewPlainButton("", s.T("todo.open.invoice"), func() {
		find[*invoicesScreen](s).open(block.All[0])
	})
	step.Add(kit.Inset(kit.Columns(8, kit.Column{Share: main.MinSize().Width, Object: main},
		kit.Column{Share: see.MinSize().Width, Object: see}), 6, 0, 0, 0))
	if block.Act == model.ActPay && block.Message != 0 {
		step.Add(kit.Row(0, kit.NewLinkButton(theme.IconSpeech, s.T("todo.open.announcement"),
			func() { p.screen.openMessage(block) }), kit.Spring()))
	}
	claimRows(p.claim, detail.Claim)
	p.timeline.SetFacts(factRows(detail.Facts))
	p.panel.SetContent(kit.Stack(16, kit.NewCard(theme.Paper, 13, step),
		kit.Stack(4, kit.NewHeading(s.T("todo.owed"), ""), p.claim),
		kit.Stack(4, kit.NewHeading(detail.FactsTitle, detail.FactsMore), p.timeline)))
}

// showMessage says where a payment without a debtor is decided.
func (p *todoPanel) showMessage(block model.ToDoBlock) {
	s := p.screen.shell
	p.panel.SetTitle(block.Name, block.Reason)
	main := kit.NewPrimaryButton("", block.Verb, func() { p.screen.act(block) })
	p.panel.SetContent(kit.Stack(14,
		kit.Row(8, kit.NewCutLabel(block.Under, kit.Soft), kit.NewLabel(block.Total, kit.Amount)),
		wholeLine(block.Line), kit.NewParagraph(s.T("todo.panel.message"), kit.Soft),
		kit.Row(0, main, kit.Spring())))
}
