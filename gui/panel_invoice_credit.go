package gui

import (
	"context"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
	"dument/gui/field"
	"dument/gui/kit"
	"dument/gui/model"
)

// creditPanel is the form for a credit note on an invoice: a part of it, or the whole rest, which
// cancels it.
type creditPanel struct {
	screen *invoicesScreen
	panel  *kit.Panel

	amount *field.MoneyField
	day    *field.DateField
	reason *field.TextField
	left   *kit.Label
	save   *kit.Button

	number string
	fault  fieldFault
}

func newCreditPanel(v *invoicesScreen) *creditPanel {
	s := v.shell
	p := &creditPanel{screen: v, amount: moneyField(s, s.T("invoices.credit.amount")),
		day: dateField(s, s.T("invoices.credit.date")), reason: field.NewTextField(s.T("invoices.credit.reason")),
		left: kit.NewParagraph("", kit.Soft)}
	p.panel = kit.NewPanel(s.T("invoices.panel.close"), v.back)
	p.amount.Optional = true
	p.reason.SetPlaceHolder(s.T("invoices.credit.reason.hint"))
	p.save = kit.NewPrimaryButton("", s.T("invoices.credit.all"), p.submit)
	p.panel.SetContent(kit.Stack(12, kit.NewParagraph(s.T("invoices.credit.why"), kit.Soft), p.left,
		kit.Columns(12, kit.Column{Share: 1, Object: p.amount}, kit.Column{Share: 1, Object: p.day}), p.reason,
		kit.NewParagraph(s.T("invoices.credit.final"), kit.Caption)))
	formFoot(p.panel, p.save, kit.NewPlainButton("", s.T("invoices.panel.close"), v.back))
	p.amount.OnChanged = func(money.Cents) { p.name() }
	p.amount.OnSubmitted = func(money.Cents) { p.submit() }
	p.day.OnSubmitted = func(date.Date) { p.submit() }
	p.reason.OnSubmitted = func(string) { p.submit() }
	p.amount.OnEscapeKey(v.back)
	p.day.OnEscapeKey(v.back)
	p.reason.OnEscapeKey(v.back)
	return p
}

// open shows the form for an invoice.
func (p *creditPanel) open(number string) {
	s := p.screen.shell
	row, _ := p.screen.table.Get(number)
	p.number = number
	p.amount.Clear()
	p.day.SetToday(s.Today())
	p.day.SetDate(s.Today())
	p.reason.SetText("")
	p.left.SetText(s.T("invoices.credit.left",
		model.Amount(s.Words, row.Invoice.Amount-row.Balance.Credited, row.Invoice.Currency)))
	p.name()
	p.panel.SetTitle(s.T("invoices.credit.title", number), "")
	p.screen.put(p.panel)
	p.amount.Focus()
}

// name writes on the button what it will do.
func (p *creditPanel) name() {
	key := "invoices.credit.all"
	if p.amount.Amount() > 0 {
		key = "invoices.credit.some"
	}
	p.save.SetText(p.screen.shell.T(key))
}

func (p *creditPanel) submit() {
	fine := p.amount.Validate()
	if !p.day.Validate() || !fine {
		p.panel.Relayout()
		return
	}
	s := p.screen.shell
	on := s.Today()
	draft := app.CreditDraft{Invoice: p.number, Amount: p.amount.Amount(), Issued: p.day.Date(),
		Subject: strings.TrimSpace(p.reason.Text())}
	var note ledger.Invoice
	s.Do(func(ctx context.Context) (err error) {
		note, err = s.App.AddCreditNote(ctx, on, draft)
		return p.fault.keep(err)
	}, func() {
		if p.fault.say(s, map[string]failing{"amount": p.amount, "issued": p.day}, p.amount) {
			p.panel.Relayout()
			return
		}
		p.screen.back()
		s.Say(s.T("invoices.credit.saved", note.Number, model.Amount(s.Words, note.Amount, note.Currency), p.number),
			"", nil)
	})
}
