package gui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
	"dument/gui/field"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// createPanel is the form for a new invoice. It keeps what was typed until it is saved, also when it
// was closed meanwhile.
type createPanel struct {
	screen     *invoicesScreen
	panel      *kit.Panel
	generation int

	client      *field.TextField
	suggestions *fyne.Container
	kind        *field.ChoiceField
	kindBlock   *fyne.Container
	amount      *field.MoneyField
	issued, due *field.DateField
	subject     *field.TextField
	number      *field.TextField
	save        *kit.Button
	form        *fyne.Container

	clients []app.ClientRow
	known   *ledger.Client // the client whose name stands in the field
	fault   fieldFault
}

func newCreatePanel(v *invoicesScreen) *createPanel {
	s := v.shell
	p := &createPanel{screen: v, client: field.NewTextField(s.T("invoices.new.client")),
		suggestions: kit.Stack(0), amount: moneyField(s, s.T("invoices.new.amount")),
		issued: dateField(s, s.T("invoices.new.issued")), due: dateField(s, s.T("invoices.new.due")),
		subject: field.NewTextField(s.T("invoices.new.subject")), number: field.NewTextField(s.T("invoices.new.number"))}
	p.panel = kit.NewPanel(s.T("invoices.panel.close"), v.back)
	p.panel.SetTitle(s.T("invoices.new"), "")
	p.client.SetPlaceHolder(s.T("invoices.new.client.hint"))
	p.client.OnChanged = func(string) { p.suggest() }
	p.client.OnSubmitted = p.takeFirst
	p.kind = field.NewChoiceField(s.T("invoices.new.kind"), kindOptions(s), func(string) { p.kind.SetError("") })
	p.kind.SetPlaceHolder(s.T("invoices.new.kind.hint"))
	p.kindBlock = kit.Stack(4, p.kind, kit.NewParagraph(s.T("invoices.new.kind.why"), kit.Caption))
	p.due.Optional = true
	p.due.SetPlaceHolder(s.T("invoices.new.due.hint"))
	p.number.SetPlaceHolder(s.T("invoices.new.number.hint"))
	p.form = kit.Stack(12, kit.Stack(4, p.client, p.suggestions), p.kindBlock,
		kit.Columns(12, kit.Column{Share: 1, Object: p.amount}, kit.Column{Share: 1, Object: p.issued}), p.due,
		p.subject, p.number)
	p.panel.SetContent(p.form)
	p.save = kit.NewPrimaryButton("", s.T("invoices.save"), p.submit)
	formFoot(p.panel, p.save, kit.NewPlainButton("", s.T("invoices.panel.close"), v.back))
	p.wireKeys(v.back)
	p.empty()
	return p
}

func kindOptions(s *Shell) []field.Option {
	var options []field.Option
	for _, kind := range []law.Debtor{law.Business, law.Consumer, law.Public} {
		options = append(options, field.Option{Key: string(kind), Text: model.KindName(s.Words, kind)})
	}
	return options
}

// wireKeys lets Escape close the form and Enter save it.
func (p *createPanel) wireKeys(back func()) {
	for _, text := range []*field.TextField{p.subject, p.number} {
		text.OnEscapeKey(back)
		text.OnSubmitted = func(string) { p.submit() }
	}
	p.client.OnEscapeKey(back)
	p.amount.OnEscapeKey(back)
	p.amount.OnSubmitted = func(money.Cents) { p.submit() }
	for _, day := range []*field.DateField{p.issued, p.due} {
		day.OnEscapeKey(back)
		day.OnSubmitted = func(date.Date) { p.submit() }
	}
}

// empty makes the form ready for another invoice.
func (p *createPanel) empty() {
	p.client.SetText("")
	p.amount.Clear()
	p.issued.SetDate(p.screen.shell.Today())
	p.due.SetDate(date.Date{})
	p.subject.SetText("")
	p.number.SetText("")
	p.kind.Select("")
	p.suggest()
}

// open shows the form and reads the clients for the suggestions.
func (p *createPanel) open() {
	s := p.screen.shell
	p.issued.SetToday(s.Today())
	p.due.SetToday(s.Today())
	s.Go(placeInvoices)
	p.screen.put(p.panel)
	p.client.Focus()
	p.readClients(p.suggest)
}

// readClients learns the clients for the suggestions.
func (p *createPanel) readClients(done func()) {
	s := p.screen.shell
	on := s.Today()
	Load(s, &p.generation, func(ctx context.Context) ([]app.ClientRow, error) { return s.App.Clients(ctx, on) },
		func(clients []app.ClientRow, err error) {
			if err == nil {
				p.clients = clients
				done()
			}
		})
}

// suggest lists the clients that answer what is typed; a name that none bears asks for its regime.
func (p *createPanel) suggest() {
	s := p.screen.shell
	typed := strings.TrimSpace(p.client.Text())
	names, exact := model.Suggest(p.clients, typed)
	p.known = exact
	p.suggestions.Objects = nil
	for _, name := range names {
		p.suggestions.Add(kit.Row(0, kit.NewLinkButton(theme.IconPerson, name, func() { p.take(name) }), kit.Spring()))
	}
	switch {
	case exact != nil:
		p.suggestions.Add(statusLine(model.Line{Icon: "check",
			Text: s.T("invoices.new.client.known", model.KindName(s.Words, exact.Kind)), Tone: model.OK}))
	case typed != "":
		p.suggestions.Add(statusLine(model.Line{Icon: "plus", Text: s.T("invoices.new.client.new"), Tone: model.Soft}))
	}
	p.kindBlock.Hidden = exact != nil || typed == ""
	p.relayout()
}

// relayout gives the form its new height: what stands under the client's name comes and goes.
func (p *createPanel) relayout() {
	p.form.Refresh()
	p.panel.Relayout()
}

func (p *createPanel) take(name string) {
	p.client.SetText(name)
	p.suggest()
	p.amount.Focus()
}

// takeFirst is Enter in the client's field: the first suggestion, or on to the next field.
func (p *createPanel) takeFirst(typed string) {
	names, exact := model.Suggest(p.clients, typed)
	if exact == nil && len(names) > 0 {
		p.take(names[0])
		return
	}
	p.amount.Focus()
}

// check says what is missing at its field.
func (p *createPanel) check() bool {
	s := p.screen.shell
	fine := p.amount.Validate()
	fine = p.issued.Validate() && fine
	fine = p.due.Validate() && fine
	if strings.TrimSpace(p.client.Text()) == "" {
		p.client.SetError(s.T("invoices.new.client.missing"))
		fine = false
	} else if p.known == nil && p.kind.Key() == "" {
		p.kind.SetError(s.T("invoices.new.kind.missing"))
		fine = false
	}
	p.relayout()
	return fine
}

func (p *createPanel) submit() {
	if !p.check() {
		return
	}
	s := p.screen.shell
	on := s.Today()
	client := ledger.Client{Name: strings.TrimSpace(p.client.Text()), Kind: law.Debtor(p.kind.Key())}
	isNew := p.known == nil
	draft := app.InvoiceDraft{Number: p.number.Text(), Client: client.Name, Amount: p.amount.Amount(),
		Issued: p.issued.Date(), Due: p.due.Date(), Subject: strings.TrimSpace(p.subject.Text())}
	var made ledger.Invoice
	s.Do(func(ctx context.Context) (err error) {
		if isNew {
			if _, err = s.App.SaveClient(ctx, on, client); err != nil {
				return p.fault.keep(err)
			}
		}
		made, err = s.App.AddInvoice(ctx, on, draft)
		return p.fault.keep(err)
	}, func() {
		fields := map[string]failing{"client": p.client, "name": p.client, "type": p.kind, "amount": p.amount,
			"issued": p.issued, "due": p.due, "number": p.number}
		if p.fault.say(s, fields, p.number) {
			p.relayout()
			// The client may have been made although the invoice was refused.
			p.readClients(func() { _, p.known = model.Suggest(p.clients, p.client.Text()) })
			return
		}
		p.empty()
		p.screen.wanted = made.Number
		p.screen.back()
		p.screen.refresh()
		s.Say(s.T("invoices.new.saved", made.Number, made.Due.Short()), "", nil)
	})
}
