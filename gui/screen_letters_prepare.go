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

// preparePanel is a letter to come: what it would claim, until when, and the button that makes it. A
// letter that cannot be made says why, and where that is put right.
type preparePanel struct {
	screen     *lettersScreen
	panel      *kit.Panel
	generation int
	deadline   *field.DateField
	why        *kit.Label
	confirm    *kit.Button
	cancelled  *kit.Button

	numbers []string // none when no letter is being prepared
	client  ledger.ClientID
	view    model.PreparedView
	offered bool // the keyboard was once given to the main button
}

func newPreparePanel(v *lettersScreen) *preparePanel {
	s := v.shell
	p := &preparePanel{screen: v, panel: kit.NewPanel(s.T("letters.panel.close"), v.close)}
	p.deadline = dateField(s, s.T("letters.prepare.deadline"))
	p.deadline.OnChanged = func(date.Date) { p.load() }
	p.deadline.OnSubmitted = func(date.Date) { s.actions.Run("letter.make") }
	p.deadline.OnEscapeKey(v.close)
	p.why = kit.NewParagraph(s.T("letters.prepare.deadline.why"), kit.Caption)
	p.confirm = kit.NewPrimaryButton("", s.T("letters.prepare.make"),
		func() { s.actions.Run("letter.make") }).Tall()
	p.cancelled = kit.NewPlainButton("", s.T("letters.prepare.cancel"), p.cancel).Tall()
	return p
}

func (p *preparePanel) active() bool { return len(p.numbers) > 0 }

// ready reports whether the letter can be made as it is shown.
func (p *preparePanel) ready() bool { return p.active() && p.view.Ready }

// leave forgets the letter to come.
func (p *preparePanel) leave() {
	p.generation++
	p.numbers, p.view = nil, model.PreparedView{}
}

// cancel goes back to the letters made.
func (p *preparePanel) cancel() {
	p.leave()
	p.screen.show(p.screen.rows)
	p.screen.focus()
}

func (p *preparePanel) begin(numbers []string) {
	s := p.screen.shell
	p.leave()
	p.numbers, p.offered = numbers, false
	p.deadline.SetToday(s.Today())
	p.deadline.SetDate(app.DefaultDeadline(s.Today()))
	p.panel.SetTitle(s.T("letters.prepare"), s.T("letters.prepare.working"))
	p.panel.SetContent(kit.Stack(0))
	p.panel.SetFoot()
	p.screen.preview.clear(s.T("letters.prepare.working"))
	p.screen.put(p.panel)
	p.screen.showSide(true)
	p.load()
}

// preparation is what was read for the panel.
type preparation struct {
	prepared app.PreparedLetter
	refused  error
	client   ledger.ClientID
}

// load composes the letter to come with the deadline typed.
func (p *preparePanel) load() {
	s := p.screen.shell
	on := s.Today()
	draft := app.LetterDraft{Numbers: p.numbers, Deadline: p.deadline.Date()}
	Load(s, &p.generation, func(ctx context.Context) (read preparation, err error) {
		read.prepared, read.refused = s.App.PrepareLetter(ctx, on, draft)
		rows, err := s.App.Invoices(ctx, app.InvoiceFilter{Numbers: draft.Numbers})
		if len(rows) > 0 {
			read.client = rows[0].Invoice.Client
		}
		return read, err
	}, func(read preparation, err error) {
		if read.refused == nil {
			read.refused = err
		}
		p.client = read.client
		p.show(read)
	})
}

func (p *preparePanel) show(read preparation) {
	s := p.screen.shell
	if read.refused != nil {
		p.view = model.RefusedLetter(s.Words, p.numbers, read.refused)
		p.screen.preview.clear(s.T("letters.prepare.blocked"))
		p.showRefusal()
	} else {
		p.view = model.NewPrepared(s.Words, read.prepared)
		p.screen.preview.show(read.prepared.Content)
		p.showReady()
	}
	s.actions.Refresh()
}

func (p *preparePanel) showReady() {
	view := p.view
	table := kit.NewClaimTable()
	rows := make([]kit.ClaimRow, len(view.Facts))
	for i, fact := range view.Facts {
		rows[i] = kit.ClaimRow{Label: fact.Label, Amount: fact.Value}
	}
	table.Set(kit.ClaimHeads{}, rows, view.TotalLabel, view.Total, "")
	notes := kit.Stack(8)
	for _, note := range view.Notes {
		notes.Add(wholeLine(note))
	}
	p.panel.SetTitle(view.Title, view.Subtitle)
	p.panel.SetContent(kit.Stack(16, table, kit.Stack(4, p.deadline, p.why), notes))
	p.panel.SetFoot(p.confirm, p.cancelled)
	if !p.offered {
		p.offered = true
		p.screen.shell.Window.Canvas().Focus(p.confirm)
	}
}

func (p *preparePanel) showRefusal() {
	view := p.view
	p.panel.SetTitle(view.Title, view.Subtitle)
	content := kit.Stack(16, kit.NewNotice(kit.ToneLate, theme.IconWarn, view.Refusal))
	if view.Cure == model.CureDeadline {
		content.Add(kit.Stack(4, p.deadline, p.why))
	}
	p.panel.SetContent(content)
	foot := []fyne.CanvasObject{p.cancelled}
	if view.Cure != model.CureNone {
		foot = []fyne.CanvasObject{kit.NewPrimaryButton("", view.CureText, p.cure).Tall(), p.cancelled}
	}
	p.panel.SetFoot(foot...)
}

// cure goes where what keeps the letter from being made is put right. The letter to come stays, and
// is composed again when the user comes back.
func (p *preparePanel) cure() {
	s := p.screen.shell
	switch p.view.Cure {
	case model.CureClient:
		openClient(s, p.client)
	case model.CureSettings:
		s.Go(placeSettings)
	case model.CurePayments:
		s.Go(placePayments)
	case model.CureDeadline:
		p.deadline.Focus()
	}
}

// submit makes the letter as it is shown, and selects it.
func (p *preparePanel) submit() {
	if !p.deadline.Validate() {
		p.panel.Relayout()
		return
	}
	s := p.screen.shell
	on := s.Today()
	draft := app.LetterDraft{Numbers: p.numbers, Deadline: p.deadline.Date()}
	var made app.MadeLetter
	s.Do(func(ctx context.Context) (err error) {
		made, err = s.App.MakeLetter(ctx, on, draft)
		return err
	}, func() {
		key := "letters.prepare.made"
		if made.Repeated {
			key = "letters.prepare.known"
		}
		s.Say(s.T(key, made.Letter.Number), "", nil)
		p.leave()
		p.screen.wanted, p.screen.closed = made.Letter.Number, false
		p.screen.refresh()
		p.screen.focus()
	})
}
