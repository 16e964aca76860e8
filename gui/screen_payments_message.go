package gui

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// Columns of a message: the labels of its head, and the first cell of a table in its text.
const (
	messageLabelWidth float32 = 56
	messageCellWidth  float32 = 150
	messageFactWidth  float32 = 84
)

// messagePane shows a message as plain text that the program draws itself: nothing of the message's
// own layout, no link, no picture.
type messagePane struct {
	shell *Shell
	all   *fyne.Container
	body  *kit.ScrollPanel
	key   string
}

func newMessagePane(s *Shell) *messagePane {
	p := &messagePane{shell: s, all: container.NewStack()}
	p.body = kit.NewScrollPanel(kit.Stack(0))
	return p
}

func (p *messagePane) clear() {
	p.key = ""
	p.all.Objects = nil
	p.all.Refresh()
}

// show writes a message; another one is shown from its top.
func (p *messagePane) show(view model.MessageView, key string) {
	if p.key == key {
		return
	}
	p.key = key
	s := p.shell
	heads := kit.Stack(3)
	for _, head := range view.Heads {
		heads.Add(kit.Columns(8, kit.Column{Width: messageLabelWidth, Object: kit.NewLabel(head.Label, kit.Small)},
			kit.Column{Share: 1, Object: kit.NewParagraph(head.Value, kit.Small.In(theme.Ink))}))
	}
	title := kit.Row(8, kit.NewCutLabel(s.T("payments.message"), kit.Style{Size: theme.SizePanel, Bold: true}),
		kit.NewIcon(theme.IconShield, theme.Ok, theme.IconSmall), kit.NewLabel(view.Safe, kit.Small.In(theme.Ok)))
	text := kit.Stack(5)
	for _, line := range view.Text {
		text.Add(messageLine(line))
	}
	facts := kit.Stack(6, kit.NewHeading(s.T("payments.read"), ""))
	for _, fact := range view.Facts {
		facts.Add(messageFact(fact))
	}
	p.body.SetContent(kit.Inset(kit.Stack(12, title, heads,
		kit.NewNotice(lineTones[view.Authentic.Tone], iconOf(view.Authentic.Icon), view.Authentic.Text),
		kit.NewCard(theme.Page, 18, text), kit.NewLabel(s.T("payments.links"),
			kit.Caption), kit.Gap(2), facts), 14, 20, 20, 20))
	p.all.Objects = []fyne.CanvasObject{p.body}
	p.all.Refresh()
}

func messageFact(fact model.ReadFact) fyne.CanvasObject {
	mark := ""
	if fact.Mark > 0 {
		mark = strconv.Itoa(fact.Mark)
	}
	tone := theme.Ink
	if fact.Check.Tone == model.Warn || fact.Check.Tone == model.Late {
		tone = toneColor(fact.Check.Tone)
	}
	return kit.Columns(8, kit.Column{Width: 12, Object: kit.NewLabel(mark, kit.Caption.Strong().In(theme.Warn))},
		kit.Column{Width: messageFactWidth, Object: kit.NewLabel(fact.Label, kit.Small)},
		kit.Column{Width: theme.IconSmall, Object: kit.NewIcon(iconOf(fact.Check.Icon), toneColor(fact.Check.Tone),
			theme.IconSmall)},
		kit.Column{Share: 1, Object: kit.NewParagraph(fact.Check.Text, kit.Small.In(tone))})
}

var pageText = kit.Style{Color: theme.PageInk}

// messageLine shows a line of the message, its cells side by side when it is a line of a table.
func messageLine(line model.TextLine) fyne.CanvasObject {
	columns := make([]kit.Column, len(line.Cells))
	for i, cell := range line.Cells {
		columns[i] = kit.Column{Share: 1, Object: messageCell(cell)}
		if i < len(line.Cells)-1 {
			columns[i] = kit.Column{Width: messageCellWidth, Object: messageCell(cell)}
		}
	}
	if len(columns) == 1 {
		return columns[0].Object
	}
	if len(columns) > 2 {
		for i := range columns {
			columns[i].Width, columns[i].Share = 0, 1
		}
	}
	return kit.Columns(10, columns...)
}

// messageCell shows a text; with a fact marked in it, word by word, so that the mark has its ground.
func messageCell(spans []model.Span) fyne.CanvasObject {
	if len(spans) == 1 && spans[0].Mark == 0 {
		if spans[0].Text == "" {
			return kit.Gap(6)
		}
		return kit.NewParagraph(spans[0].Text, pageText)
	}
	words := newFlow(0)
	for _, span := range spans {
		if span.Mark > 0 {
			addMarked(words, span)
			continue
		}
		for word := range strings.FieldsSeq(span.Text) {
			words.Add(kit.Inset(kit.NewLabel(word, pageText), 0, wordGap, 0, 0))
		}
	}
	return words
}

// wholeMark is the longest fact, in characters, that is marked in one piece; a longer one is marked
// word by word, so that it can go on in the next line.
const wholeMark = 24

// wordGap is the space between two words, in pixels: the ground of a mark runs through it.
const wordGap float32 = 4

func addMarked(words *fyne.Container, span model.Span) {
	parts := []string{span.Text}
	if utf8.RuneCountInString(span.Text) > wholeMark {
		parts = strings.Fields(span.Text)
	}
	for i, part := range parts {
		marked := kit.On(theme.Mark, kit.Inset(kit.NewLabel(part, pageText), 0, wordGap, 0,
			wordGap*float32(max(0, 1-i))))
		if i < len(parts)-1 {
			words.Add(marked)
			continue
		}
		number := kit.NewLabel(strconv.Itoa(span.Mark), kit.Caption.Strong().In(theme.PageInk))
		words.Add(kit.Inset(kit.Row(2, marked, number), 0, wordGap, 0, 0))
	}
}
