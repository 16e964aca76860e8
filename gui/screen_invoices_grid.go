package gui

import (
	"fyne.io/fyne/v2"

	"dument/app"
	"dument/gui/grid"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// newGrid makes the grid of the ten columns; the least useful go first in a narrow window.
func (v *invoicesScreen) newGrid() *grid.Grid {
	s := v.shell
	column := func(id string, width, stretch float32, kind grid.Kind, priority int) grid.Column {
		return grid.Column{ID: id, Title: s.T("invoices.column." + id), Width: width, Stretch: stretch, Kind: kind,
			Priority: priority, Lead: id == model.ColumnNumber || id == model.ColumnClient,
			Fixed: id == model.ColumnNext}
	}
	made := grid.New([]grid.Column{
		column(model.ColumnNumber, 84, 0, grid.Text, 0),
		column(model.ColumnClient, 150, 2, grid.Text, 0),
		column(model.ColumnIssued, 76, 0, grid.Date, 3),
		column(model.ColumnDue, 76, 0, grid.Date, 0),
		column(model.ColumnLate, 40, 0, grid.Figure, 1),
		column(model.ColumnAmount, 72, 0, grid.Figure, 1),
		column(model.ColumnOpen, 72, 0, grid.Figure, 0),
		column(model.ColumnState, 104, 0, grid.Status, 0),
		column(model.ColumnNext, 104, 1, grid.Text, 2),
	})
	made.Dispatch, made.Clock = s.Dispatch, s.Clock
	made.SetSort(v.sort, v.down)
	made.OnSelected = func(number string) {
		v.detail.closed = false
		if !v.showsDetail() {
			v.side.Objects = []fyne.CanvasObject{v.detail.panel}
			v.side.Refresh()
		}
		v.selected(number)
	}
	made.OnOpen = func(number string) {
		v.detail.closed = false
		if !v.side.Visible() {
			v.put(v.detail.panel)
			return
		}
		v.detail.main()
	}
	made.OnSort = func(columnID string, descending bool) {
		v.sort, v.down = columnID, descending
		v.table.Sort(columnID, descending)
		v.grid.Update()
	}
	made.OnKey = func(event *fyne.KeyEvent) {
		if event.Name == fyne.KeyEscape {
			v.closeSide()
		}
	}
	return made
}

// invoiceSource shows the model's rows in the grid.
type invoiceSource struct{ table *model.InvoiceTable }

// Len implements grid.Source.
func (i invoiceSource) Len() int { return i.table.Len() }

// Index implements grid.Indexer.
func (i invoiceSource) Index(number string) int { return i.table.Index(number) }

// Find implements grid.Finder.
func (i invoiceSource) Find(prefix string, from int) int { return i.table.Find(prefix, from) }

// Row implements grid.Source.
func (i invoiceSource) Row(at int) grid.Row {
	line := i.table.Row(at)
	row := grid.Row{Key: line.Key, Soft: line.Soft, Cells: make([]grid.Cell, len(line.Cells))}
	for c, cell := range line.Cells {
		row.Cells[c] = grid.Cell{Text: cell.Text, Icon: theme.Icon(cell.Icon), Tone: lineTones[cell.Tone],
			Bold: cell.Bold}
	}
	return row
}

// showFoot writes how many are shown and their sums.
func (v *invoicesScreen) showFoot() {
	totals := v.table.Totals()
	v.grid.SetFooter(totals.Left, map[string]grid.Cell{
		model.ColumnAmount: {Text: totals.Amount, Bold: true},
		model.ColumnOpen:   {Text: totals.Open, Bold: true},
		model.ColumnState:  {Text: totals.Overdue, Tone: kit.ToneLate, Bold: true},
	})
}

// emptySheet says why there is no row: nothing in the ledger, or nothing left by the filters.
func (v *invoicesScreen) emptySheet(narrowed bool) grid.Empty {
	s := v.shell
	if narrowed {
		return grid.Empty{Title: s.T("invoices.none"),
			Text: s.T("invoices.none.text", v.table.Filters(v.searched.Text())),
			Main: kit.NewPlainButton("", s.T("invoices.none.clear"), v.clearFilters)}
	}
	return grid.Empty{Title: s.T("invoices.empty"), Text: s.T("invoices.empty.text"),
		Caption: s.T("invoices.empty.caption"),
		Main: kit.NewPrimaryButton(theme.IconImport, s.T("invoices.import.file"),
			func() { s.actions.Run("import") }),
		Others: []*kit.Button{kit.NewPlainButton(theme.IconPlus, s.T("invoices.empty.enter"),
			func() { s.actions.Run("invoice.new") })}}
}

func (v *invoicesScreen) showLoading() {
	if !v.loaded {
		v.replace(message(theme.IconRefresh, kit.ToneSoft, v.shell.T("invoices.loading"), ""))
	}
}

func (v *invoicesScreen) showError(err error) {
	s := v.shell
	v.loaded = false
	v.showSide(false)
	v.replace(message(theme.IconWarn, kit.ToneLate, s.T("invoices.failed"), app.Text(err, s.Words.Language),
		kit.NewPlainButton(theme.IconRefresh, s.T("invoices.retry"), v.refresh)))
}

func (v *invoicesScreen) replace(content fyne.CanvasObject) {
	v.body.Objects = []fyne.CanvasObject{kit.On(theme.Sheet, content)}
	v.body.Refresh()
}
