package gui

import (
	"context"

	"fyne.io/fyne/v2"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/gui/field"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// clientTask is what the panel of a client is used for.
type clientTask int

const (
	clientShown clientTask = iota
	clientForm             // changed, or made
	clientMerging
	clientErasing
)

// clientPanel shows a client, or the form to change it.
type clientPanel struct {
	screen *clientsScreen
	shell  *Shell
	all    *kit.Panel
	task   clientTask
	key    string // of the client shown
	wanted string // of the client to select once the list has come
	edited ledger.Client
	form   *form[ledger.Client]
	read   int // generation
}

func newClientPanel(v *clientsScreen) *clientPanel {
	p := &clientPanel{screen: v, shell: v.shell}
	p.all = kit.NewPanel(v.shell.T("shell.close"), p.leave)
	return p
}

// free reports whether another client may be shown: a form that was changed is not left by a click.
func (p *clientPanel) free() bool {
	if p.task == clientForm && p.form.dirty() {
		p.shell.Say(p.shell.T("clients.unsaved"), "", nil)
		return false
	}
	p.task = clientShown
	return true
}

// leave ends what the panel is used for, or closes it.
func (p *clientPanel) leave() {
	if p.task != clientShown && p.key != "" {
		p.task = clientShown
		p.refresh()
	} else {
		p.task = clientShown
		p.screen.setOpen(false)
	}
	p.screen.focus()
}

// refresh loads the client shown; a form under way is left alone.
func (p *clientPanel) refresh() {
	if p.task != clientShown || p.key == "" {
		return
	}
	row, known := p.screen.table.Get(p.key)
	if !known {
		p.key = ""
		p.screen.setOpen(false)
		return
	}
	Load(p.shell, &p.read, func(ctx context.Context) (from model.ClientSources, err error) {
		from.Row = row
		if from.Invoices, err = p.shell.App.Invoices(ctx, app.InvoiceFilter{Client: row.Client.ID}); err != nil {
			return from, err
		}
		if from.Payments, err = p.shell.App.Payments(ctx, app.PaymentFilter{Client: row.Client.ID}); err != nil {
			return from, err
		}
		from.Settings, err = p.shell.App.Settings(ctx)
		return from, err
	}, p.show)
}

func (p *clientPanel) show(from model.ClientSources, err error) {
	if p.task != clientShown || model.ClientKey(from.Row.Client.ID) != p.key {
		return
	}
	if err != nil {
		p.all.SetTitle(from.Row.Client.Name, "")
		p.all.SetContent(kit.NewNotice(kit.ToneLate, "", app.Text(err, p.shell.Words.Language)))
		return
	}
	page := model.NewClientPage(p.shell.Words, p.shell.Today(), from)
	p.all.SetTitle(page.Title, page.Subtitle)
	p.all.SetContent(p.body(page, from.Row.Client))
	p.all.SetFoot(kit.NewPrimaryButton(theme.IconPencil, p.shell.T("clients.edit"), p.edit).Tall(),
		kit.NewPlainButton("", p.shell.T("clients.merge"), p.merge).Tall(),
		kit.NewPlainButton("", p.shell.T("clients.erase"), p.erase).Tall())
}

// body is what stands in the panel, block by block; empty blocks are left out.
func (p *clientPanel) body(page model.ClientPage, client ledger.Client) fyne.CanvasObject {
	s := p.shell
	body := kit.Stack(14)
	if page.Erased != "" {
		body.Add(kit.NewNotice(kit.ToneSoft, theme.IconInfo, page.Erased))
	}
	if page.Insolvency != "" {
		body.Add(kit.NewNotice(kit.ToneLate, theme.IconWarn, page.Insolvency))
	}
	if page.Guess != "" {
		body.Add(kit.Stack(6, kit.NewNotice(kit.ToneWarn, theme.IconWarn, page.Guess),
			kit.Row(8, kit.NewPlainButton(theme.IconCheck, s.T("clients.guess.confirm"), func() { p.confirm(client) }),
				kit.NewLinkButton("", s.T("clients.guess.change"), func() { p.edit(); p.form.inputs["type"].focus() }))))
	}
	body.Add(p.pairs("", page.Figures))
	address := kit.Stack(8, kit.NewHeading(s.T("clients.window"), ""))
	if page.AddressMissing != "" {
		address.Add(kit.Row(8, kit.NewIcon(theme.IconWarn, theme.Warn, theme.IconSmall),
			kit.NewCutLabel(page.AddressMissing, kit.Small),
			kit.NewLinkButton("", s.T("clients.complete"), func() { p.edit(); p.form.inputs["address"].focus() })))
	} else {
		lines := kit.Stack(1)
		for _, line := range page.Window {
			lines.Add(kit.NewCutLabel(line, kit.Style{Color: theme.PageInk}))
		}
		address.Add(kit.NewCard(theme.Page, 12, lines))
	}
	body.Add(address)
	for _, block := range []struct {
		key   string
		pairs []model.ClientPair
	}{{"clients.contacts", page.Contacts}, {"clients.numbers", page.Identity}, {"clients.terms", page.Terms},
		{"clients.learnt", page.Learnt}} {
		if len(block.pairs) > 0 {
			body.Add(p.pairs(s.T(block.key), block.pairs))
		}
	}
	if page.Notes != "" {
		body.Add(kit.Stack(8, kit.NewHeading(s.T("clients.notes"), ""), kit.NewParagraph(page.Notes, kit.Plain)))
	}
	p.lists(body, page)
	return body
}

// pairs is a block of labels with their values.
func (p *clientPanel) pairs(title string, pairs []model.ClientPair) fyne.CanvasObject {
	block := kit.Stack(6)
	if title != "" {
		block.Add(kit.NewHeading(title, ""))
	}
	for _, pair := range pairs {
		value := kit.Style{Color: toneColor(pair.Tone), Bold: title == "", Align: fyne.TextAlignTrailing}
		block.Add(kit.Columns(8, kit.Column{Share: 2, Object: kit.NewCutLabel(pair.Label, kit.Small)},
			kit.Column{Share: 3, Object: kit.NewCutLabel(pair.Value, value)}))
	}
	return block
}

// lists are the invoices and the payments of the client.
func (p *clientPanel) lists(body *fyne.Container, page model.ClientPage) {
	s := p.shell
	if len(page.Invoices) > 0 {
		block := kit.Stack(7, kit.NewHeading(s.T("clients.invoices"), page.InvoicesMore))
		for _, invoice := range page.Invoices {
			style := kit.Plain
			if invoice.Soft {
				style = kit.Soft
			}
			block.Add(kit.Stack(1, kit.Row(6, kit.NewCutLabel(invoice.Number, style), kit.NewLabel(invoice.Open, style),
				kit.NewIconButton(theme.IconRight, s.T("clients.invoice.open", invoice.Number), func() {
					find[*invoicesScreen](s).open(invoice.Number)
				})), statusLine(invoice.State)))
		}
		body.Add(block)
	}
	if len(page.Payments) > 0 {
		block := kit.Stack(7, kit.NewHeading(s.T("clients.payments"), page.PaymentsMore))
		for _, payment := range page.Payments {
			block.Add(kit.Columns(8, kit.Column{Width: 78, Object: kit.NewCutLabel(payment.Date, kit.Small)},
				kit.Column{Share: 1, Object: kit.NewEvidence(payment.Level, payment.Word)},
				kit.Column{Width: 96, Object: kit.NewLabel(payment.Amount, kit.Plain.Right())}))
		}
		body.Add(block)
	}
}

// confirm turns a guessed type into a stated one.
func (p *clientPanel) confirm(client ledger.Client) {
	on := p.shell.Today()
	client.KindOrigin = ledger.OriginStated
	p.shell.Do(func(ctx context.Context) error {
		_, err := p.shell.App.SaveClient(ctx, on, client)
		return err
	}, func() { p.shell.Say(p.shell.T("clients.confirmed", client.Name), "", nil) })
}

// create opens an empty form.
func (p *clientPanel) create() {
	if !p.free() {
		return
	}
	p.openForm(ledger.Client{})
}

// edit opens the form of the client shown.
func (p *clientPanel) edit() {
	if row, known := p.screen.table.Get(p.key); known && p.task != clientForm {
		p.openForm(row.Client)
	}
}

func (p *clientPanel) openForm(client ledger.Client) {
	s := p.shell
	p.task, p.edited = clientForm, client
	p.form = newForm(s, model.ClientFields())
	p.form.submit = p.save
	title := s.T("clients.edit.title", client.Name)
	if client.ID == 0 {
		title = s.T("clients.new")
	}
	p.all.SetTitle(title, "")
	p.form.show(client)
	p.all.SetContent(p.form.all)
	p.form.resized = func() { p.all.Refresh() }
	p.all.SetFoot(kit.NewPrimaryButton("", s.T("form.save"), p.save).Tall(),
		kit.NewPlainButton("", s.T("form.cancel"), p.leave).Tall())
	p.screen.setOpen(true)
	p.form.begin()
}

func (p *clientPanel) save() {
	client, ok := p.form.read(p.edited)
	if !ok {
		return
	}
	on := p.shell.Today()
	var saved ledger.Client
	var refused error
	p.shell.Do(func(ctx context.Context) error {
		saved, refused = p.shell.App.SaveClient(ctx, on, client)
		return nil
	}, func() {
		if refused != nil {
			p.form.refuse(refused)
			return
		}
		p.task = clientShown
		p.shell.Say(p.shell.T("clients.saved", saved.Name), "", nil)
		p.screen.open(saved.ID)
		p.screen.focus()
	})
}

// merge asks into which client the one shown goes.
func (p *clientPanel) merge() {
	row, known := p.screen.table.Get(p.key)
	if !known {
		return
	}
	s := p.shell
	p.task = clientMerging
	var options []field.Option
	for _, target := range p.screen.table.MergeTargets(row.Client) {
		options = append(options, field.Option{Key: model.ClientKey(target.Client.ID), Text: target.Client.Name})
	}
	p.all.SetTitle(s.T("clients.merge.title", row.Client.Name), "")
	if len(options) == 0 {
		p.all.SetContent(kit.NewParagraph(s.T("clients.merge.none"), kit.Soft))
		p.all.SetFoot(kit.NewPlainButton("", s.T("form.cancel"), p.leave).Tall())
		return
	}
	into := field.NewChoiceField(s.T("clients.merge.into"), options, nil)
	into.SetPlaceHolder(s.T("form.choose"))
	p.all.SetContent(kit.Stack(14, kit.NewParagraph(s.T("clients.merge.text"), kit.Soft), into))
	p.all.SetFoot(kit.NewPrimaryButton("", s.T("clients.merge.do"), func() {
		if into.Key() == "" {
			into.SetError(s.T("clients.merge.choose"))
			p.all.Refresh()
			return
		}
		p.mergeInto(row.Client, into.Key())
	}).Tall(), kit.NewPlainButton("", s.T("form.cancel"), p.leave).Tall())
	s.Window.Canvas().Focus(into)
}

func (p *clientPanel) mergeInto(from ledger.Client, into string) {
	on := p.shell.Today()
	target, known := p.screen.table.Get(into)
	if !known {
		return
	}
	var kept ledger.Client
	p.shell.Do(func(ctx context.Context) (err error) {
		kept, err = p.shell.App.MergeClients(ctx, on, from.Name, target.Client.Name)
		return err
	}, func() {
		p.task = clientShown
		p.shell.Say(p.shell.T("clients.merged", from.Name, kept.Name), "", nil)
		p.screen.open(kept.ID)
	})
}

// erase says what goes and what stays before it is done.
func (p *clientPanel) erase() {
	row, known := p.screen.table.Get(p.key)
	if !known {
		return
	}
	s := p.shell
	p.task = clientErasing
	p.all.SetTitle(s.T("clients.erase.title", row.Client.Name), "")
	body := kit.Stack(14, kit.NewParagraph(s.T("clients.erase.goes"), kit.Plain),
		kit.NewParagraph(s.T("clients.erase.stays"), kit.Plain), kit.NewParagraph(s.T("clients.erase.open"), kit.Soft))
	p.all.SetContent(body)
	p.all.SetFoot(kit.NewPrimaryButton("", s.T("clients.erase.do"), func() { p.eraseNow(row.Client) }).Tall(),
		kit.NewPlainButton("", s.T("form.cancel"), p.leave).Tall())
}

func (p *clientPanel) eraseNow(client ledger.Client) {
	on := p.shell.Today()
	var until date.Date
	p.shell.Do(func(ctx context.Context) (err error) {
		until, err = p.shell.App.EraseClient(ctx, on, client.Name)
		return err
	}, func() {
		p.task = clientShown
		text := p.shell.T("clients.erased.all")
		if until.After(on) {
			text = p.shell.T("clients.erased.until", model.Day(until))
		}
		p.shell.Say(text, "", nil)
		p.refresh()
	})
}
