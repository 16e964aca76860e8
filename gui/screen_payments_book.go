package gui

import (
	"context"

	"fyne.io/fyne/v2"

	"dument/app"
	"dument/gui/grid"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// receiptBook lists the payments received, and shows what one of them settled.
type receiptBook struct {
	screen *paymentsScreen
	all    fyne.CanvasObject
	grid   *grid.Grid
	panel  *kit.Panel
	view   model.ReceiptsView
}

func newReceiptBook(v *paymentsScreen) *receiptBook {
	s := v.shell
	b := &receiptBook{screen: v, panel: kit.NewPanel(s.T("payments.panel.close"), v.close)}
	b.grid = grid.New([]grid.Column{
		{ID: "date", Title: s.T("payments.book.date"), Width: 92, Kind: grid.Date, Fixed: true},
		{ID: "client", Title: s.T("payments.book.client"), Width: 160, Stretch: 3, Fixed: true, Lead: true},
		{ID: "invoices", Title: s.T("payments.book.invoices"), Width: 110, Stretch: 2, Fixed: true},
		{ID: "reference", Title: s.T("payments.book.reference"), Width: 120, Stretch: 3, Priority: 2, Fixed: true},
		{ID: "evidence", Title: s.T("payments.book.evidence"), Width: 110, Kind: grid.Status, Priority: 1,
			Fixed: true},
		{ID: "amount", Title: s.T("payments.book.amount"), Width: 116, Kind: grid.Figure, Fixed: true},
	})
	b.grid.SetEmpty(grid.Empty{Title: s.T("payments.book.empty"), Text: s.T("payments.book.empty.text")})
	b.grid.OnSelected = func(key string) { v.closed = false; b.choose(key) }
	b.grid.OnOpen = func(string) { v.closed = false; v.showSide(true) }
	b.grid.OnKey = func(event *fyne.KeyEvent) {
		if event.Name == fyne.KeyEscape {
			v.close()
		}
	}
	b.all = kit.On(theme.Paper, kit.Frame(v.head(1), nil, nil, nil, b.grid))
	return b
}

func (b *receiptBook) focus() {
	if len(b.view.Lines) > 0 {
		b.screen.shell.Window.Canvas().Focus(b.grid)
	}
}

func (b *receiptBook) show(receipts []app.Receipt, messages []app.Proposal) {
	b.view = model.NewReceipts(b.screen.shell.Words, receipts, messages)
	b.grid.SetSource(receiptRows(b.view.Lines))
	b.grid.SetFooter(b.view.Count, map[string]grid.Cell{"amount": {Text: b.view.Total, Bold: true}})
}

// receiptRows gives the lines of the book to the grid.
type receiptRows []model.ReceiptLine

// Len implements grid.Source.
func (r receiptRows) Len() int { return len(r) }

// Row implements grid.Source.
func (r receiptRows) Row(i int) grid.Row {
	line := r[i]
	known := grid.Cell{Text: line.Word, Icon: theme.IconBank, Tone: kit.ToneAccent}
	if line.Level == 3 {
		known = grid.Cell{Text: line.Word, Icon: theme.IconCheck, Tone: kit.ToneOk}
	}
	return grid.Row{Key: line.Key(), Cells: []grid.Cell{{Text: line.Date}, {Text: line.Client},
		{Text: line.Numbers},
		{Text: line.Reference, Tone: kit.ToneSoft}, known, {Text: line.Amount}}}
}

// choose shows what a payment settled.
func (b *receiptBook) choose(key string) {
	v := b.screen
	detail, found := b.view.Detail(key)
	if !found {
		v.showSide(false)
		return
	}
	s := v.shell
	b.panel.SetTitle(detail.Amount, detail.Title+"\n"+detail.Subtitle,
		kit.NewEvidence(detail.Level, detail.Word))
	content := kit.Stack(16, factLines(detail.Facts))
	if len(detail.Lines) > 0 {
		content.Add(kit.Stack(6, kit.NewHeading(s.T("payments.book.spread"), ""), choiceLines(detail.Lines)))
	}
	content.Add(kit.NewParagraph(detail.Undo, kit.Small))
	b.panel.SetContent(content)
	b.panel.SetFoot(kit.NewPlainButton(theme.IconUndo, s.T("payments.book.undo"),
		func() { b.reverse(detail, key) }).Tall())
	v.put(b.panel)
	v.showSide(!v.closed && !v.layout.isNarrow)
}

// reverse takes a payment back. One that came from a message is the decision about it, which is
// undone; any other can be entered again at once.
func (b *receiptBook) reverse(detail model.ReceiptDetail, key string) {
	v, s := b.screen, b.screen.shell
	if detail.Message != 0 {
		v.undo(detail.Message)
		return
	}
	on := s.Today()
	id := b.view.ID(key)
	s.Do(func(ctx context.Context) error { return s.App.ReversePayment(ctx, on, id) }, func() {
		s.Say(s.T("payments.book.undone", detail.Amount), s.T("payments.undo"), func() {
			s.Do(func(ctx context.Context) error {
				_, err := s.App.Pay(ctx, on, detail.Redo)
				return err
			}, func() { s.Say(s.T("payments.book.redone"), "", nil) })
		})
		v.refresh()
	})
}
