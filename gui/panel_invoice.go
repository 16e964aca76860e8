package gui

import (
	"context"

	"fyne.io/fyne/v2"

	"dument/app"
	"dument/app/date"
	"dument/app/dunning"
	"dument/app/law"
	"dument/gui/field"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// invoicePanel is the detail of an invoice: what is owed on any day, what happened, its documents.
type invoicePanel struct {
	screen          *invoicesScreen
	panel           *kit.Panel
	generation      int
	claimGeneration int
	day             *field.DateField
	today           *kit.Button
	claim           *kit.ClaimTable
	timeline        *kit.Timeline

	number string // what is asked for
	shown  string // what is written
	detail app.InvoiceDetail
	stated law.Claim // as shown, on the day of the field
	closed bool      // by the user
}

func newInvoicePanel(v *invoicesScreen) *invoicePanel {
	s := v.shell
	p := &invoicePanel{screen: v, claim: kit.NewClaimTable(), timeline: kit.NewTimeline()}
	p.panel = kit.NewPanel(s.T("invoices.panel.close"), v.closeSide)
	p.day = dateField(s, "")
	p.day.SetDate(s.Today())
	p.day.OnChanged = func(date.Date) { p.restate() }
	p.day.OnEscapeKey(v.closeSide)
	p.today = kit.NewLinkButton("", s.T("invoices.claim.today"), func() {
		p.day.SetDate(s.Today())
		p.restate()
	})
	return p
}

// show reads an invoice and writes it; "" empties the panel.
func (p *invoicePanel) show(number string) {
	p.number = number
	if number == "" {
		p.generation++
		p.shown = ""
		return
	}
	s := p.screen.shell
	on := s.Today()
	p.day.SetToday(on)
	if number != p.shown {
		p.day.SetDate(on)
	}
	Load(s, &p.generation, func(ctx context.Context) (app.InvoiceDetail, error) {
		return s.App.Invoice(ctx, on, number)
	}, func(detail app.InvoiceDetail, err error) {
		if err != nil {
			p.shown = ""
			p.panel.SetTitle(number, "")
			p.panel.SetContent(kit.NewNotice(kit.ToneLate, "", app.Text(err, s.Words.Language)))
			p.panel.SetFoot()
			return
		}
		p.detail, p.shown = detail, number
		p.write(on)
		p.restate()
	})
}

// refresh writes the invoice again, with what became known of its next step.
func (p *invoicePanel) refresh() {
	if p.shown != "" && p.shown == p.number {
		p.write(p.screen.shell.Today())
	}
}

// restate computes the claim on the day of the field.
func (p *invoicePanel) restate() {
	s := p.screen.shell
	on, number := p.day.Date(), p.shown
	if number == "" || on.IsZero() {
		return
	}
	p.today.Hidden = on == s.Today()
	p.today.Refresh()
	Load(s, &p.claimGeneration, func(ctx context.Context) ([]app.InvoiceClaim, error) {
		return s.App.Claims(ctx, on, []string{number}, "")
	}, func(claims []app.InvoiceClaim, err error) {
		if err == nil && len(claims) == 1 {
			p.state(claims[0].Claim)
			return
		}
		p.claim.Set(kit.ClaimHeads{}, nil, "", "", app.Text(err, s.Words.Language))
	})
}

func (p *invoicePanel) state(claim law.Claim) {
	p.stated = claim
	claimRows(p.claim, model.ClaimOf(p.screen.shell.Words, claim, p.detail.Account.Invoice.Currency))
	p.panel.Relayout()
}

func (p *invoicePanel) write(on date.Date) {
	s, v := p.screen.shell, p.screen
	row, _ := v.table.Get(p.shown)
	var next *dunning.Action
	if action, planned := v.next[p.shown]; planned {
		next = &action
	}
	view := model.NewInvoiceDetail(s.Words, on, row, p.detail, next)
	color := lineTones[view.State.Tone].Color()
	p.panel.SetTitle(view.Title, "", kit.Row(5, kit.NewIcon(iconOf(view.State.Icon), color, theme.IconSmall),
		kit.NewLabel(view.State.Text, kit.Small.Strong().In(color))))
	client := kit.NewLinkButton("", view.Client, func() { openClient(s, p.detail.Account.Client.ID) })
	column := kit.Stack(0, kit.Row(8, client, kit.NewCutLabel(view.Kind, kit.Caption)),
		kit.NewParagraph(view.Subtitle, kit.Small))
	if view.ClaimError != "" {
		column.Add(kit.Inset(kit.NewNotice(kit.ToneWarn, "", view.ClaimError), 10, 0, 0, 0))
	}
	if p.claimable() {
		column.Add(kit.Inset(p.claimBlock(), 14, 0, 0, 0))
	}
	p.timeline.SetFacts(factRows(view.Facts))
	column.Add(kit.Inset(kit.Stack(4, kit.NewHeading(s.T("invoices.history"), view.FactsMore), p.timeline),
		18, 0, 0, 0))
	column.Add(kit.Inset(p.documents(view.Documents), 18, 0, 0, 0))
	p.panel.SetContent(column)
	p.foot()
}

// claimable is false for credit notes, which claim nothing.
func (p *invoicePanel) claimable() bool {
	return p.detail.ClaimErr == nil && p.screen.table.Claimable(p.shown)
}

func (p *invoicePanel) claimBlock() fyne.CanvasObject {
	s := p.screen.shell
	head := kit.Row(8, kit.NewLabel(s.T("invoices.claim.on"), kit.Small.Strong()),
		kit.Fixed(126, 0, p.day), p.today, kit.Spring())
	buttons := kit.Row(8, kit.NewPlainButton(theme.IconFile, s.T("invoices.copy"), p.copy))
	if p.screen.table.CanCredit(p.shown) {
		buttons.Add(kit.NewPlainButton("", s.T("invoices.more"), func() { p.screen.credit.open(p.shown) }))
	}
	buttons.Add(kit.Spring())
	return kit.Stack(8, head, p.claim, buttons)
}

// documents lists the files of the invoice and the letters about it; each opens with a click.
func (p *invoicePanel) documents(list []app.DocumentInfo) fyne.CanvasObject {
	s := p.screen.shell
	attach := kit.NewLinkButton(theme.IconClip, s.T("invoices.attach"), p.attach)
	column := kit.Stack(2, kit.NewHeading(s.T("invoices.documents"), "").WithAction(attach))
	line := func(icon theme.Icon, name string, read func(context.Context) (app.Document, error)) {
		column.Add(kit.Row(0, kit.NewLinkButton(icon, name, func() { p.openDocument(read) }), kit.Spring()))
	}
	for _, info := range list {
		line(theme.IconFile, info.Name, func(ctx context.Context) (doc app.Document, err error) {
			err = s.App.Store.View(ctx, func(r app.Reader) error {
				doc, err = r.Document(info.SHA256)
				return err
			})
			return doc, err
		})
	}
	for _, made := range p.detail.Account.Letters {
		line(theme.IconLetter, made.Number+".pdf", func(ctx context.Context) (app.Document, error) {
			return s.App.LetterPDF(ctx, made.Number)
		})
	}
	if len(column.Objects) == 1 {
		column.Add(kit.NewLabel(s.T("invoices.documents.none"), kit.Caption))
	}
	return column
}

func (p *invoicePanel) openDocument(read func(context.Context) (app.Document, error)) {
	s := p.screen.shell
	var doc app.Document
	s.Do(func(ctx context.Context) (err error) {
		doc, err = read(ctx)
		return err
	}, func() { s.openDocument(doc) })
}

// attach keeps a file that the user chooses with the invoice.
func (p *invoicePanel) attach() {
	s, number := p.screen.shell, p.shown
	s.ChooseFile([]string{".pdf", ".png", ".jpg", ".jpeg", ".xml"}, func(name string, content []byte, err error) {
		switch {
		case err != nil:
			s.Say(app.Text(err, s.Words.Language), "", nil)
		case name != "":
			s.Do(func(ctx context.Context) error {
				_, err := s.App.AttachDocument(ctx, s.Today(), number, name, content)
				return err
			}, func() { s.Say(s.T("invoices.attached", name, number), "", nil) })
		}
	})
}

// foot puts the acts that make sense, the main one first.
func (p *invoicePanel) foot() {
	s, table := p.screen.shell, p.screen.table
	letter := func() { prepareLetter(s, []string{p.shown}) }
	pay := func() { p.screen.payment.open(p.shown) }
	switch {
	case table.CanClaim(p.shown):
		p.panel.SetFoot(kit.NewPrimaryButton("", s.T("invoices.letter"), letter).Tall(),
			kit.NewPlainButton("", s.T("invoices.pay"), pay).Tall())
	case table.CanPay(p.shown):
		p.panel.SetFoot(kit.NewPrimaryButton("", s.T("invoices.pay"), pay).Tall())
	default:
		p.panel.SetFoot()
	}
}

// main is Enter on the selected row: the main button of the panel.
func (p *invoicePanel) main() {
	switch table := p.screen.table; {
	case table.CanClaim(p.number):
		prepareLetter(p.screen.shell, []string{p.number})
	case table.CanPay(p.number):
		p.screen.payment.open(p.number)
	}
}

// copy puts the claim on the clipboard, as a text that a spreadsheet takes too.
func (p *invoicePanel) copy() {
	s, account := p.screen.shell, p.detail.Account
	s.Fyne.Clipboard().SetContent(model.ClaimText(s.Words, account.Invoice.Number, account.Client.Name, p.stated,
		account.Invoice.Currency))
	s.Say(s.T("invoices.claim.copied"), "", nil)
}
