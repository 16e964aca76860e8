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

// letterPanel is the life of a letter: its steps, the deadlines that follow, its proofs, and the form
// that notes the next step.
type letterPanel struct {
	screen     *lettersScreen
	panel      *kit.Panel
	generation int
	number     string
	detail     model.LetterDetail

	event      ledger.LetterEventKind // being noted, "" for none
	day        *field.DateField
	registered *field.TextField
	reason     *field.ChoiceField
	proof      []byte
	proofName  string
	fault      fieldFault
}

// proofFiles are the documents that prove: photos, scans.
var proofFiles = []string{".pdf", ".jpg", ".jpeg", ".png"}

func newLetterPanel(v *lettersScreen) *letterPanel {
	s := v.shell
	p := &letterPanel{screen: v, panel: kit.NewPanel(s.T("letters.panel.close"), v.close)}
	p.day = dateField(s, s.T("letters.note.date"))
	p.registered = field.NewTextField(s.T("letters.note.number"))
	p.registered.SetPlaceHolder(s.T("letters.note.number.hint"))
	var options []field.Option
	for _, reason := range model.ReturnReasons(s.Words) {
		options = append(options, field.Option{Key: reason.Label, Text: reason.Value})
	}
	p.reason = field.NewChoiceField(s.T("letters.note.reason"), options, func(string) { p.reason.SetError("") })
	p.reason.SetPlaceHolder(s.T("letters.note.reason.hint"))
	p.day.OnSubmitted = func(date.Date) { p.submit() }
	p.registered.OnSubmitted = func(string) { p.submit() }
	p.day.OnEscapeKey(v.close)
	p.registered.OnEscapeKey(v.close)
	return p
}

func (p *letterPanel) noting() bool { return p.event != "" }

// show reads and shows a letter; a form that is open for it stays.
func (p *letterPanel) show(row app.LetterRow) {
	s := p.screen.shell
	if p.number != row.Letter.Number {
		p.event = ""
	}
	p.number = row.Letter.Number
	sources := model.LetterSources{Row: row, On: s.Today()}
	if !p.noting() {
		p.write(sources)
	}
	Load(s, &p.generation, func(ctx context.Context) (model.LetterSources, error) {
		var err error
		if sources.Documents, err = s.App.LetterDocuments(ctx, row.Letter.Number); err != nil {
			return sources, err
		}
		sources.Claims, err = s.App.Claims(ctx, sources.On, row.Numbers, "")
		return sources, err
	}, func(read model.LetterSources, err error) {
		if err != nil {
			s.Say(app.Text(err, s.Words.Language), "", nil)
		}
		if !p.noting() {
			p.write(read)
		}
	})
}

func (p *letterPanel) write(sources model.LetterSources) {
	s := p.screen.shell
	detail := model.NewLetterDetail(s.Words, sources)
	p.detail = detail
	p.panel.SetTitle(detail.Number, detail.Subtitle, kit.NewLabel(detail.Frozen, kit.Small))
	registered := detail.Registered
	if registered == "" {
		registered = s.T("letters.registered.none")
	}
	blocks := []fyne.CanvasObject{kit.Stack(10, p.buttons(), factLines(detail.Facts)),
		kit.Stack(10, kit.NewHeading(s.T("letters.registered"), registered), letterSteps(detail.Steps))}
	if len(detail.Deadlines) > 0 {
		blocks = append(blocks, kit.Stack(6, kit.NewHeading(s.T("letters.deadlines"), ""),
			factLines(detail.Deadlines)))
	}
	blocks = append(blocks, p.proofs(detail))
	p.panel.SetContent(kit.Stack(18, blocks...))
	var foot []fyne.CanvasObject
	for i, kind := range detail.Events {
		text, note := s.T("letters.event."+string(kind)), func() { p.screen.track(kind) }
		if i == 0 {
			foot = append(foot, kit.NewPrimaryButton("", text, note).Tall())
		} else {
			foot = append(foot, kit.NewPlainButton("", text, note).Tall())
		}
	}
	p.panel.SetFoot(foot...)
	s.actions.Refresh()
}

func (p *letterPanel) buttons() fyne.CanvasObject {
	s := p.screen.shell
	return kit.Columns(8,
		kit.Column{Share: 1, Object: kit.NewPlainButton(theme.IconPrint, s.T("letters.print"),
			func() { s.actions.Run("letter.print") })},
		kit.Column{Share: 1, Object: kit.NewPlainButton(theme.IconFile, s.T("letters.save"),
			func() { s.actions.Run("letter.save") })})
}

// factLines are labels with their values at the right.
func factLines(facts []model.Fact) fyne.CanvasObject {
	stack := kit.Stack(4)
	for _, fact := range facts {
		value := kit.Plain.In(toneColor(fact.Tone))
		stack.Add(kit.Row(8, kit.NewLabel(fact.Label, kit.Soft), kit.NewCutLabel(fact.Value, value.Right())))
	}
	return stack
}

var stepStates = map[model.StepMark]kit.StepState{model.StepNext: kit.StepNext,
	model.StepPresent: kit.StepPresent,
	model.StepDone:    kit.StepDone, model.StepStopped: kit.StepStopped}

func letterSteps(steps []model.LetterStep) fyne.CanvasObject {
	items := make([]kit.StepItem, len(steps))
	for i, step := range steps {
		items[i] = kit.StepItem{State: stepStates[step.Mark], Title: step.Title, Detail: step.Detail,
			Right: step.Right}
	}
	return kit.NewSteps(items...)
}

func (p *letterPanel) proofs(detail model.LetterDetail) fyne.CanvasObject {
	s := p.screen.shell
	stack := kit.Stack(6, kit.NewHeading(s.T("letters.proofs"), ""))
	for _, proof := range detail.Proofs {
		line := kit.Row(8, kit.NewIcon(iconOf(proof.Icon), theme.Soft, theme.IconSmall),
			kit.NewCutLabel(proof.Name, kit.Plain), kit.NewLabel(proof.Digest, kit.Caption))
		stack.Add(kit.NewChoiceCard(theme.Paper, 8, line, func() { p.openProof(proof.SHA256) }))
	}
	stack.Add(kit.NewPlainButton(theme.IconPlus, s.T("letters.proof.add"),
		func() { s.actions.Run("letter.proof") }))
	return stack
}

func (p *letterPanel) openProof(digest string) {
	s := p.screen.shell
	var doc app.Document
	s.Do(func(ctx context.Context) (err error) {
		doc, err = s.App.Document(ctx, digest)
		return err
	}, func() { s.openDocument(doc) })
}

// attach keeps a proof that came after its step was noted.
func (p *letterPanel) attach() {
	s := p.screen.shell
	number, on := p.number, s.Today()
	s.ChooseFile(proofFiles, func(name string, content []byte, err error) {
		switch {
		case err != nil:
			s.Say(app.Text(err, s.Words.Language), "", nil)
		case name != "":
			s.Do(func(ctx context.Context) error {
				_, err := s.App.AttachProof(ctx, on, number, name, content)
				return err
			}, func() { s.Say(s.T("letters.proof.added", name, number), "", nil) })
		}
	})
}

// note opens the form for a step.
func (p *letterPanel) note(row app.LetterRow, kind ledger.LetterEventKind) {
	s := p.screen.shell
	p.number, p.event, p.proof, p.proofName = row.Letter.Number, kind, nil, ""
	p.day.SetToday(s.Today())
	p.day.SetDate(s.Today())
	p.day.SetError("")
	p.registered.SetText("")
	p.registered.SetError("")
	p.reason.Select("")
	p.reason.SetError("")
	p.screen.put(p.panel)
	p.writeForm()
	p.day.Focus()
}

func (p *letterPanel) writeForm() {
	s := p.screen.shell
	p.panel.SetTitle(s.T("letters.note."+string(p.event)), p.number)
	form := kit.Stack(12, kit.NewParagraph(s.T("letters.note.why."+string(p.event)), kit.Soft), p.day)
	if p.event == ledger.EventReturned {
		form.Add(p.reason)
	}
	if p.detail.Registered == "" {
		form.Add(p.registered)
	}
	form.Add(kit.NewPlainButton(theme.IconClip, s.T("letters.note.proof"), p.chooseProof))
	if p.proofName != "" {
		form.Add(wholeLine(model.Line{Icon: "check", Text: s.T("letters.note.proof.chosen", p.proofName),
			Tone: model.OK}))
	}
	p.panel.SetContent(form)
	p.panel.SetFoot(kit.NewPrimaryButton("", s.T("letters.note.save"), p.submit).Tall(),
		kit.NewPlainButton("", s.T("letters.note.cancel"), p.leaveForm).Tall())
}

func (p *letterPanel) chooseProof() {
	s := p.screen.shell
	s.ChooseFile(proofFiles, func(name string, content []byte, err error) {
		if err != nil {
			s.Say(app.Text(err, s.Words.Language), "", nil)
			return
		}
		if name != "" {
			p.proof, p.proofName = content, name
			p.writeForm()
			p.day.Focus() // the button pressed is no longer there
		}
	})
}

func (p *letterPanel) submit() {
	if !p.noting() || !p.day.Validate() {
		p.panel.Relayout()
		return
	}
	s := p.screen.shell
	draft := app.TrackDraft{Letter: p.number, Kind: p.event, Date: p.day.Date(), Number: p.registered.Text(),
		Proof: p.proof, ProofName: p.proofName}
	if p.event == ledger.EventReturned {
		if draft.Reason = p.reason.Key(); draft.Reason == "" {
			p.reason.SetError(s.T("letters.note.reason.missing"))
			p.panel.Relayout()
			return
		}
	}
	on := s.Today()
	s.Do(func(ctx context.Context) error {
		_, err := s.App.TrackLetter(ctx, on, draft)
		return p.fault.keep(err)
	}, func() {
		if p.fault.say(s, map[string]failing{"number": p.registered, "date": p.day, "reason": p.reason}, p.day) {
			p.panel.Relayout()
			return
		}
		s.Say(s.T("letters.noted", draft.Letter), "", nil)
		p.event = ""
		p.screen.wanted = draft.Letter
		p.screen.refresh()
		p.screen.focus()
	})
}

// leaveForm goes back to the letter.
func (p *letterPanel) leaveForm() {
	p.event = ""
	if row, found := p.screen.find(p.number); found {
		p.show(row)
	}
	p.screen.focus()
}
