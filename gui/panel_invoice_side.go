package gui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// sideWidth is the width of a panel beside a list: a period of a claim is written whole in it.
const sideWidth float32 = 350

// sideBySide puts a panel at the right of a list, or over it in a narrow window. A hidden panel leaves
// all the room to the list.
type sideBySide struct {
	width    float32
	isNarrow bool
}

func newSideBySide(list, panel fyne.CanvasObject, width float32) (*fyne.Container, *sideBySide) {
	layout := &sideBySide{width: width}
	return container.New(layout, list, panel), layout
}

// Layout implements fyne.Layout.
func (b *sideBySide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	list, panel := objects[0], objects[1]
	width := min(b.width, size.Width)
	left := size.Width
	if panel.Visible() && !b.isNarrow {
		left -= width
	}
	list.Resize(fyne.NewSize(left, size.Height))
	list.Move(fyne.NewPos(0, 0))
	panel.Resize(fyne.NewSize(width, size.Height))
	panel.Move(fyne.NewPos(size.Width-width, 0))
}

// MinSize implements fyne.Layout: the window decides.
func (b *sideBySide) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 200) }

// flow puts objects side by side and goes on in the next line when there is no more room.
type flow struct {
	gap, width float32
}

func newFlow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap}, objects...)
}

// Layout implements fyne.Layout.
func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.each(objects, func(object fyne.CanvasObject, at fyne.Position, least fyne.Size) {
		object.Resize(least)
		object.Move(at)
	})
}

// MinSize implements fyne.Layout: its height follows the width that it was given.
func (f *flow) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	f.each(objects, func(_ fyne.CanvasObject, at fyne.Position, least fyne.Size) {
		size = size.Max(fyne.NewSize(least.Width, at.Y+least.Height))
	})
	return size
}

func (f *flow) each(objects []fyne.CanvasObject, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) {
	var at fyne.Position
	var line float32
	for _, object := range objects {
		if !object.Visible() {
			continue
		}
		least := object.MinSize()
		if at.X > 0 && at.X+least.Width > f.width {
			at, line = fyne.NewPos(0, at.Y+line+f.gap), 0
		}
		put(object, at, least)
		at.X += least.Width + f.gap
		line = max(line, least.Height)
	}
}

// lineTones are the tones of the furniture.
var lineTones = map[model.Tone]kit.Tone{model.Plain: kit.ToneUsual, model.Soft: kit.ToneSoft,
	model.Faint: kit.ToneFaint, model.Late: kit.ToneLate, model.Warn: kit.ToneWarn, model.OK: kit.ToneOk,
	model.Accent: kit.ToneAccent}

// statusLine shows a line of the model, cut when there is no room.
func statusLine(line model.Line) fyne.CanvasObject {
	return kit.StatusLine(lineTones[line.Tone], iconOf(line.Icon), line.Text)
}

// wholeLine shows a line of the model on as many lines as it needs.
func wholeLine(line model.Line) fyne.CanvasObject {
	color := lineTones[line.Tone].Color()
	text := kit.Small.In(color)
	if line.Tone == model.OK {
		text = kit.Small // what is in order is said quietly
	}
	return kit.Row(6, kit.NewIcon(iconOf(line.Icon), color, theme.IconSmall), kit.NewParagraph(line.Text, text))
}

// claimRows hands a claim to the table that shows it.
func claimRows(table *kit.ClaimTable, view model.ClaimView) {
	rows := make([]kit.ClaimRow, len(view.Rows))
	for i, row := range view.Rows {
		rows[i] = kit.ClaimRow(row)
	}
	table.Set(kit.ClaimHeads(view.Heads), rows, view.TotalLabel, view.Total, view.Caption)
}

// factRows hands a history to the timeline that shows it.
func factRows(facts []model.FactLine) []kit.Fact {
	rows := make([]kit.Fact, len(facts))
	for i, fact := range facts {
		rows[i] = kit.Fact{Date: fact.Date, Icon: iconOf(fact.Line.Icon), Text: fact.Line.Text,
			Tone: lineTones[fact.Line.Tone], Current: fact.Current}
	}
	return rows
}

// message is a sheet that says one thing in its middle: nothing to do, an error.
func message(icon theme.Icon, tone kit.Tone, title, text string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	centred := func(text string, style kit.Style) *kit.Label {
		style.Align = fyne.TextAlignCenter
		return kit.NewParagraph(text, style)
	}
	column := kit.Stack(8, kit.Spring(), kit.Row(0, kit.Spring(), kit.NewIcon(icon, tone.Color(), 32), kit.Spring()),
		centred(title, kit.Style{Size: theme.SizePanel, Bold: true}), centred(text, kit.Soft))
	if len(buttons) > 0 {
		row := kit.Row(10, kit.Spring())
		for _, button := range buttons {
			row.Add(button)
		}
		row.Add(kit.Spring())
		column.Add(kit.Inset(row, 8, 0, 0, 0))
	}
	column.Add(kit.Spring())
	column.Add(kit.Spring())
	return kit.Inset(column, 12, 40, 12, 40)
}

// loadingDelay is how long a list may load before it says so.
const loadingDelay = 150 * time.Millisecond
