package gui

import (
	"context"

	"fyne.io/fyne/v2"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
	"dument/gui/field"
	"dument/gui/kit"
	"dument/gui/model"
)

// payPanel is the form for a payment of an invoice; once it is recorded it shows how it was spread.
type payPanel struct {
	screen     *invoicesScreen
	panel      *kit.Panel
	generation int

	amount    *field.MoneyField
	day       *field.DateField
	reference *field.TextField
	owed      *kit.Label
	form      *fyne.Container
	save      *kit.Button
	cancel    *kit.Button

	number string
	typed  bool // the amount is the user's, not ours any more
	fault  fieldFault
}

func newPayPanel(v *invoicesScreen) *payPanel {
	s := v.shell
	p := &payPanel{screen: v, amount: moneyField(s, s.T("invoices.pay.amount")),
		day: dateField(s, s.T("invoices.pay.date")), reference: field.NewTextField(s.T("invoices.pay.reference")),
		owed: kit.NewParagraph("", kit.Soft)}
	p.panel = kit.NewPanel(s.T("invoices.panel.close"), v.back)
	p.reference.SetPlaceHolder(s.T("invoices.pay.reference.hint"))
	p.form = kit.Stack(12, p.owed,
		kit.Columns(12, kit.Column{Share: 1, Object: p.amount}, kit.Column{Share: 1, Object: p.day}),
		p.reference, kit.NewParagraph(s.T("invoices.pay.order"), kit.Caption))
	p.save = kit.NewPrimaryButton("", s.T("invoices.pay.record"), p.submit)
	p.cancel = kit.NewPlainButton("", s.T("invoices.panel.close"), v.back)
	p.amount.OnChanged = func(money.Cents) { p.typed = true }
	p.day.OnChanged = func(date.Date) { p.prefill() }
	p.amount.OnEscapeKey(v.back)
	p.day.OnEscapeKey(v.back)
	p.reference.OnEscapeKey(v.back)
	p.amount.OnSubmitted = func(money.Cents) { p.submit() }
	p.day.OnSubmitted = func(date.Date) { p.submit() }
	p.reference.OnSubmitted = func(string) { p.submit() }
	return p
}

// open shows the form for an invoice, with all that is owed today as the amount.
func (p *payPanel) open(number string) {
	s := p.screen.shell
	p.number, p.typed = number, false
	p.day.SetToday(s.Today())
	p.day.SetDate(s.Today())
	p.amount.Clear()
	p.reference.SetText("")
	p.owed.SetText("")
	p.panel.SetTitle(s.T("invoices.pay.title", number), "")
	p.panel.SetContent(p.form)
	formFoot(p.panel, p.save, p.cancel)
	p.screen.put(p.panel)
	p.amount.Focus()
	p.prefill()
}

// prefill computes what is owed on the day of the credit: interest stops there. The amount follows
// until the user has typed her own.
func (p *payPanel) prefill() {
	s := p.screen.shell
	on, number := p.day.Date(), p.number
	if on.IsZero() {
		return
	}
	Load(s, &p.generation, func(ctx context.Context) ([]app.InvoiceClaim, error) {
		return s.App.Claims(ctx, on, []string{number}, "")
	}, func(claims []app.InvoiceClaim, err error) {
		if err != nil || len(claims) != 1 {
			p.owed.SetText(app.Text(err, s.Words.Language))
			return
		}
		claim, currency := claims[0].Claim, claims[0].Account.Invoice.Currency
		p.owed.SetText(s.T("invoices.pay.owed", model.Amount(s.Words, claim.Total, currency),
			model.Amount(s.Words, claim.Principal, currency)))
		if !p.typed {
			p.amount.SetAmount(claim.Total)
			selectAll(s, p.amount.Focusable())
		}
		p.panel.Relayout()
	})
}

func (p *payPanel) submit() {
	fine := p.amount.Validate()
	if !p.day.Validate() || !fine {
		p.panel.Relayout()
		return
	}
	s := p.screen.shell
	row, _ := p.screen.table.Get(p.number)
	draft := app.PaymentDraft{Amount: p.amount.Amount(), Currency: row.Invoice.Currency, Date: p.day.Date(),
		Invoices: []string{p.number}, Reference: p.reference.Text()}
	on := s.Today()
	var result app.PaymentResult
	s.Do(func(ctx context.Context) (err error) {
		result, err = s.App.Pay(ctx, on, draft)
		return p.fault.keep(err)
	}, func() {
		if p.fault.say(s, map[string]failing{"amount": p.amount, "date": p.day}, p.amount) {
			p.panel.Relayout()
			return
		}
		p.showResult(result)
	})
}

// showResult shows how a payment was spread, and says so with its undo.
func (p *payPanel) showResult(result app.PaymentResult) {
	s := p.screen.shell
	amount := model.Amount(s.Words, result.Payment.Amount, result.Payment.Currency)
	table := kit.NewClaimTable()
	var rows []kit.ClaimRow
	for _, row := range model.Spread(s.Words, result) {
		rows = append(rows, kit.ClaimRow(row))
	}
	table.Set(kit.ClaimHeads{}, rows, s.T("invoices.pay.amount"), amount, "")
	undo := func() { p.reverse(result.Payment.ID) }
	p.panel.SetContent(kit.Stack(12, wholeLine(model.Line{Icon: "check", Text: s.T("invoices.pay.saved", amount),
		Tone: model.OK}), kit.Stack(4, kit.NewHeading(s.T("invoices.pay.spread"), ""), table)))
	p.panel.SetFoot(kit.NewPrimaryButton("", s.T("invoices.done"), p.screen.back).Tall(),
		kit.NewPlainButton("", s.T("invoices.pay.undo"), undo).Tall())
	s.Say(s.T("invoices.pay.saved", amount), s.T("invoices.undo"), undo)
}

// reverse takes a payment back by its opposite.
func (p *payPanel) reverse(id ledger.PaymentID) {
	s := p.screen.shell
	on := s.Today()
	s.Do(func(ctx context.Context) error { return s.App.ReversePayment(ctx, on, id) }, func() {
		p.screen.back()
		s.Say(s.T("invoices.pay.reversed"), "", nil)
	})
}
