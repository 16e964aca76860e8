package gui

import (
	"fyne.io/fyne/v2"

	"dument/app"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
	"dument/gui/words"
)

// Ways are what the user can do about a ledger that does not open. Create is nil unless nothing is there.
type Ways struct {
	Again, Choose, Restore, Create, Example func()
}

// ShowTrouble says in the window why a ledger could not be opened, and what to do. The file was not
// touched.
func ShowTrouble(window fyne.Window, w *words.Words, path string, err error, ways Ways) {
	main, others := kit.NewPrimaryButton(theme.IconRefresh, w.T("opening.again"), ways.Again), []fyne.CanvasObject{}
	if ways.Create != nil {
		main = kit.NewPrimaryButton(theme.IconPlus, w.T("opening.create"), ways.Create)
	}
	others = append(others, kit.NewPlainButton(theme.IconFolder, w.T("opening.choose"), ways.Choose).Tall())
	if ways.Create == nil {
		others = append(others, kit.NewPlainButton(theme.IconUndo, w.T("opening.restore"), ways.Restore).Tall())
	}
	others = append(others, kit.NewPlainButton("", w.T("opening.example"), ways.Example).Tall())
	problem := app.AsError(err)
	text := model.Sentence(app.Text(err, w.Language))
	if key := "opening." + string(problem.Code); w.Known(key) {
		text = w.T(key)
	}
	body := kit.Stack(12, kit.Row(10, kit.NewIcon(theme.IconWarn, theme.Late, 22),
		kit.NewCutLabel(w.T("opening.title"), kit.Title)),
		kit.NewParagraph(text, kit.Plain), kit.NewParagraph(w.T("opening.file", path), kit.Small), kit.Gap(6),
		kit.Row(0, main.Tall(), kit.Spring()), newFlow(10, others...))
	card := kit.NewCard(theme.Sheet, 28, body)
	window.SetContent(kit.On(theme.Paper, kit.Stack(0, kit.Spring(),
		kit.Row(0, kit.Spring(), kit.Fixed(620, 0, card), kit.Spring()), kit.Spring(), kit.Spring())))
	window.Canvas().Focus(main)
}
