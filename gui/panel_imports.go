package gui

import (
	"context"

	"fyne.io/fyne/v2"

	"dument/app"
	"dument/app/ledger"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// importScreen is the page of the imports: a file to read, and what was read before.
type importScreen struct {
	shell  *Shell
	all    *fyne.Container
	pane   *importPane
	enter  *kit.Button
	past   *fyne.Container
	side   fyne.CanvasObject
	from   string // the place to go back to
	turn   int    // generation
	layout *sideBySide
}

func newImportScreen(s *Shell) *importScreen {
	v := &importScreen{shell: s, pane: newImportPane(s), past: kit.Stack(8)}
	v.enter = kit.NewPrimaryButton("", s.T("imports.enter.none"), v.pane.enter).Tall()
	v.pane.changed = v.mark
	v.pane.entered = func(app.ImportResult) { s.Go(placeInvoices) }
	head := kit.Row(12, pageTitle(s.T("imports.title")), kit.Spring(),
		kit.NewIconButton(theme.IconClose, s.T("shell.close"), v.close))
	foot := kit.Stack(0, kit.NewDivider(theme.Edge), kit.Inset(kit.Row(10, kit.Spring(),
		kit.NewPlainButton("", s.T("form.cancel"), v.close).Tall(), v.enter), 12, 24, 12, 24))
	body := kit.Frame(kit.Inset(head, 15, 18, 12, 18), nil, foot, nil, kit.Inset(v.pane.all, 0, 18, 14, 18))
	v.side = kit.On(theme.Sheet, kit.Frame(nil, nil, nil, kit.NewVerticalDivider(theme.Edge), kit.NewScrollPanel(
		kit.Inset(kit.Stack(12, kit.NewHeading(s.T("imports.past.title"), ""), v.past), 18, 18, 18, 18))))
	v.all, v.layout = newSideBySide(kit.On(theme.Sheet, body), v.side, sideWidth)
	v.mark()
	return v
}

func (v *importScreen) id() string                 { return placeImport }
func (v *importScreen) content() fyne.CanvasObject { return v.all }
func (v *importScreen) focus()                     { v.shell.Window.Canvas().Unfocus() }

func (v *importScreen) narrow(isNarrow bool) {
	if isNarrow == v.side.Visible() {
		v.layout.isNarrow = isNarrow
		if isNarrow {
			v.side.Hide()
		} else {
			v.side.Show()
		}
		v.all.Refresh()
	}
}

// close goes to the invoices; the preview is forgotten, nothing was entered.
func (v *importScreen) close() {
	v.pane.empty()
	v.shell.Go(placeInvoices)
}

// take implements what a file dropped on this page does.
func (v *importScreen) take(name string, content []byte) bool {
	v.pane.preview(name, content)
	return true
}

func (v *importScreen) mark() {
	if v.pane.view.Button == "" {
		v.enter.SetText(v.shell.T("imports.enter.none"))
		v.enter.Disable()
		return
	}
	v.enter.SetText(v.pane.view.Button)
	v.enter.Enable()
}

func (v *importScreen) refresh() {
	s := v.shell
	Load(s, &v.turn, s.App.Imports, func(batches []app.Batch, err error) {
		v.past.Objects = nil
		if err != nil {
			v.past.Add(kit.NewParagraph(app.Text(err, s.Words.Language), kit.Soft))
		}
		if err == nil && len(batches) == 0 {
			v.past.Add(kit.NewParagraph(s.T("imports.past.none"), kit.Soft))
		}
		for _, past := range model.PastImports(s.Words, batches) {
			lines := kit.Stack(2, kit.NewCutLabel(past.File, kit.Plain), kit.NewParagraph(past.What, kit.Small))
			if past.Undoable {
				lines.Add(kit.Row(0, kit.NewLinkButton(theme.IconUndo, s.T("imports.undo"), func() { s.undoImport(past.ID) }),
					kit.Spring()))
			}
			v.past.Add(lines)
			v.past.Add(kit.NewDivider(theme.Rule))
		}
		v.all.Refresh()
	})
}

// undoImport takes a file back.
func (s *Shell) undoImport(id ledger.BatchID) {
	on := s.Today()
	s.Do(func(ctx context.Context) error { return s.App.UndoImport(ctx, on, id) },
		func() { s.Say(s.T("imports.undone"), "", nil) })
}
