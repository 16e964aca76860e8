package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"dument/app"
	"dument/gui/grid"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// placeImport is the page of the imports; it has no entry in the rail.
const placeImport = "import"

// importPane reads a file, shows what would be entered, and enters it.
type importPane struct {
	shell   *Shell
	all     *fyne.Container
	grid    *grid.Grid
	about   *fyne.Container
	counts  *fyne.Container
	table   *fyne.Container
	name    string
	data    []byte
	view    model.ImportView
	turn    int // generation
	changed func()
	entered func(app.ImportResult)
}

func newImportPane(s *Shell) *importPane {
	p := &importPane{shell: s, about: kit.Stack(4), counts: kit.Stack(6), changed: func() {},
		entered: func(app.ImportResult) {}}
	p.grid = grid.New([]grid.Column{
		{ID: "line", Title: s.T("imports.line"), Width: 48, Kind: grid.Figure, Fixed: true, Priority: 4},
		{ID: "number", Title: s.T("imports.column.number"), Width: 96, Fixed: true, Lead: true},
		{ID: "client", Title: s.T("imports.column.client"), Width: 130, Stretch: 2, Fixed: true},
		{ID: "issued", Title: s.T("imports.column.issue_date"), Width: 82, Kind: grid.Date, Fixed: true, Priority: 3},
		{ID: "due", Title: s.T("imports.column.due_date"), Width: 82, Kind: grid.Date, Fixed: true, Priority: 2},
		{ID: "amount", Title: s.T("imports.column.amount"), Width: 88, Kind: grid.Figure, Fixed: true},
		{ID: "state", Title: s.T("imports.state"), Width: 150, Stretch: 3, Kind: grid.Status, Fixed: true},
	})
	drop := kit.NewCard(theme.Paper, 16, kit.Columns(16,
		kit.Column{Width: 28, Object: container.NewCenter(kit.NewIcon(theme.IconImport, theme.Accent, 28))},
		kit.Column{Share: 1, Object: kit.Stack(3, kit.NewCutLabel(s.T("imports.drop"),
			kit.Style{Size: theme.SizeAmount, Bold: true}), kit.NewCutLabel(s.T("imports.drop.what"), kit.Small))},
		kit.Column{Width: 116, Object: kit.Stack(0, kit.Spring(),
			kit.NewPlainButton(theme.IconFolder, s.T("imports.browse"), s.importFile), kit.Spring())}))
	p.table = container.NewStack()
	p.all = kit.Frame(kit.Stack(12, drop, p.about), nil, kit.Inset(p.counts, 10, 0, 0, 0), nil, p.table)
	return p
}

// preview reads a file without entering anything.
func (p *importPane) preview(name string, data []byte) {
	s := p.shell
	p.name, p.data = name, data
	on := s.Today()
	Load(s, &p.turn, func(ctx context.Context) (app.ImportResult, error) {
		return s.App.Import(ctx, on, name, data, true)
	}, func(result app.ImportResult, err error) {
		if err != nil {
			p.empty()
			p.about.Objects = []fyne.CanvasObject{kit.NewNotice(kit.ToneLate, "", app.Text(err, s.Words.Language))}
			p.all.Refresh()
			return
		}
		p.show(model.NewImportView(s.Words, result))
	})
}

func (p *importPane) show(view model.ImportView) {
	s := p.shell
	p.view = view
	p.about.Objects = []fyne.CanvasObject{kit.Row(10, kit.NewIcon(theme.IconFile, theme.Soft, theme.IconText),
		kit.NewLabel(view.File, kit.Plain.Strong()), kit.NewCutLabel(view.About, kit.Small), kit.Spring(),
		kit.NewLinkButton("", s.T("imports.remove"), p.empty)),
		kit.Inset(kit.NewParagraph(view.Understood, kit.Small), 0, 0, 10, 0)}
	p.grid.SetSource(importSource(view.Lines))
	p.grid.SetEmpty(grid.Empty{Title: s.T("imports.nothing"), Text: s.T("imports.nothing.text")})
	p.table.Objects = []fyne.CanvasObject{p.grid}
	p.counts.Objects = nil
	for _, line := range view.Counts {
		p.counts.Add(wholeLine(line))
	}
	for _, reason := range view.Reasons {
		p.counts.Add(kit.Inset(kit.NewParagraph(reason, kit.Small), 0, 0, 0, 20))
	}
	p.all.Refresh()
	p.changed()
}

// empty forgets the file.
func (p *importPane) empty() {
	p.view, p.name, p.data = model.ImportView{}, "", nil
	p.about.Objects, p.counts.Objects, p.table.Objects = nil, nil, nil
	p.all.Refresh()
	p.changed()
}

// enter makes the import that is shown, and offers to take it back.
func (p *importPane) enter() {
	if p.view.Ready == 0 {
		return
	}
	s := p.shell
	on, name, data := s.Today(), p.name, p.data
	var result app.ImportResult
	s.Do(func(ctx context.Context) (err error) {
		result, err = s.App.Import(ctx, on, name, data, false)
		return err
	}, func() {
		p.empty()
		s.Say(s.N("imports.entered", result.Added), s.T("imports.undo"), func() { s.undoImport(result.Batch) })
		p.entered(result)
	})
}

// importSource is the preview as the grid reads it.
type importSource []model.ImportLine

// Len implements grid.Source.
func (i importSource) Len() int { return len(i) }

// Row implements grid.Source.
func (i importSource) Row(at int) grid.Row {
	line := i[at]
	row := grid.Row{Key: line.Key, Cells: []grid.Cell{{Text: line.Line, Tone: kit.ToneFaint}, {Text: line.Number},
		{Text: line.Client}, {Text: line.Issued}, {Text: line.Due}, {Text: line.Amount},
		{Text: line.State.Text, Icon: iconOf(line.State.Icon), Tone: lineTones[line.State.Tone]}}}
	return row
}
