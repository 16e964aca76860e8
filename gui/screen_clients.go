package gui

import (
	"context"

	"fyne.io/fyne/v2"

	"dument/app"
	"dument/app/ledger"
	"dument/gui/field"
	"dument/gui/grid"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// clientPanelWidth is the width of the panel of a client.
const clientPanelWidth = 400

// clientsScreen lists the clients; the panel shows all that is known of one.
type clientsScreen struct {
	shell  *Shell
	all    *fyne.Container
	layout *sideBySide
	grid   *grid.Grid
	finder *field.SearchField
	add    *kit.Button
	fault  *kit.Notice
	notice *fyne.Container // around fault
	panel  *clientPanel
	table  *model.ClientTable
	rows   int // generation of the list
}

func newClientsScreen(s *Shell) *clientsScreen {
	v := &clientsScreen{shell: s, table: model.NewClientTable(s.Words, nil)}
	v.grid = grid.New([]grid.Column{
		{ID: model.ClientName, Title: s.T("clients.name"), Width: 150, Stretch: 3, Lead: true},
		{ID: model.ClientKind, Title: s.T("clients.type"), Width: 122, Stretch: 1, Priority: 2},
		{ID: model.ClientOpen, Title: s.T("clients.open"), Width: 84, Kind: grid.Figure},
		{ID: model.ClientOverdue, Title: s.T("clients.overdue"), Width: 84, Kind: grid.Figure},
		{ID: model.ClientCredit, Title: s.T("clients.credit"), Width: 70, Kind: grid.Figure, Priority: 3},
		{ID: model.ClientInvoices, Title: s.T("clients.invoices"), Width: 66, Kind: grid.Figure, Priority: 1},
	})
	v.grid.Dispatch, v.grid.Clock = s.Dispatch, s.Clock
	v.grid.OnSelected = func(key string) { v.choose(key, false) }
	v.grid.OnOpen = func(key string) { v.choose(key, true) }
	v.grid.OnSort = func(column string, descending bool) { v.table.Sort(column, descending); v.grid.Update() }
	v.grid.OnKey = v.typed
	v.finder = field.NewSearchField(s.T("clients.search"), searchKey)
	v.finder.OnChanged = v.find
	v.finder.OnSubmitted = func(string) { v.focus() }
	v.finder.OnEscape = v.focus
	v.add = kit.NewPrimaryButton(theme.IconPlus, s.T("clients.new"), func() { v.panel.create() })
	v.fault = kit.NewNotice(kit.ToneLate, "", "")
	v.notice = kit.Inset(v.fault, 0, 18, 10, 18)
	v.notice.Hide()
	v.panel = newClientPanel(v)
	head := kit.Row(12, pageTitle(s.T("place.clients")), kit.Fixed(250, 0, v.finder), kit.Spring(), v.add)
	list := kit.On(theme.Sheet, kit.Frame(v.notice, nil, nil, nil, v.grid))
	v.all, v.layout = newSideBySide(kit.On(theme.Paper, paged(head, list)), v.panel.all, clientPanelWidth)
	v.panel.all.Hide()
	return v
}

func (v *clientsScreen) id() string                 { return placeClients }
func (v *clientsScreen) content() fyne.CanvasObject { return v.all }
func (v *clientsScreen) focus()                     { v.shell.Window.Canvas().Focus(v.grid) }
func (v *clientsScreen) search()                    { v.finder.Focus() }

// narrow hides the panel when the window becomes too small for it, but not under the user's hands.
func (v *clientsScreen) narrow(isNarrow bool) {
	if v.layout.isNarrow == isNarrow {
		return
	}
	v.layout.isNarrow = isNarrow
	if v.panel.task == clientShown {
		v.setOpen(!isNarrow && v.grid.Selected() != "")
	}
}

// setOpen shows or hides the panel.
func (v *clientsScreen) setOpen(open bool) {
	if v.panel.all.Hidden == open {
		v.panel.all.Hidden = !open
		v.all.Refresh()
	}
}

// close is what Escape does.
func (v *clientsScreen) close() { v.panel.leave() }

// open shows a client, also one that a search hides.
func (v *clientsScreen) open(id ledger.ClientID) {
	v.panel.wanted, v.panel.key = model.ClientKey(id), model.ClientKey(id)
	if v.shell.current != screen(v) {
		v.shell.Go(placeClients)
		return
	}
	v.refresh()
}

func (v *clientsScreen) refresh() {
	on := v.shell.Today()
	Load(v.shell, &v.rows, func(ctx context.Context) ([]app.ClientRow, error) { return v.shell.App.Clients(ctx, on) },
		v.show)
}

func (v *clientsScreen) show(rows []app.ClientRow, err error) {
	v.notice.Hidden = err == nil
	if err != nil {
		v.fault.Set(kit.ToneLate, "", app.Text(err, v.shell.Words.Language))
		v.all.Refresh()
		return
	}
	table := model.NewClientTable(v.shell.Words, rows)
	table.Carry(v.table)
	v.table = table
	if wanted := v.panel.wanted; wanted != "" && table.Index(wanted) < 0 {
		v.finder.SetText("")
		table.Search("")
	}
	v.grid.SetSource(clientSource{table})
	v.grid.SetSort(table.Sorted())
	v.foot()
	if wanted := v.panel.wanted; wanted != "" {
		v.panel.wanted = ""
		v.grid.Select(wanted)
		v.setOpen(true)
	}
	v.panel.refresh()
}

// foot writes the sums of what is shown, and what stands there when nothing is.
func (v *clientsScreen) foot() {
	totals := v.table.Totals()
	v.grid.SetFooter(totals.Count, map[string]grid.Cell{model.ClientOpen: {Text: totals.Open, Bold: true},
		model.ClientOverdue: {Text: totals.Overdue, Bold: true, Tone: kit.ToneLate},
		model.ClientCredit:  {Text: totals.Credit}})
	s := v.shell
	if v.table.Searching() {
		v.grid.SetEmpty(grid.Empty{Title: s.T("clients.none.title", v.table.Query()),
			Text: s.T("clients.none.text"), Main: kit.NewPlainButton(theme.IconClose, s.T("clients.none.clear"), func() {
				v.finder.SetText("")
				v.find("")
				v.focus()
			})})
		return
	}
	v.grid.SetEmpty(grid.Empty{Title: s.T("clients.empty.title"), Text: s.T("clients.empty.text"),
		Main:   kit.NewPrimaryButton(theme.IconImport, s.T("clients.empty.import"), func() { s.actions.Run("import") }),
		Others: []*kit.Button{kit.NewPlainButton(theme.IconPlus, s.T("clients.new"), func() { v.panel.create() })}})
}

func (v *clientsScreen) find(text string) {
	v.table.Search(text)
	v.grid.Update()
	v.foot()
}

// choose follows the selection; asked is true for Enter and a double click.
func (v *clientsScreen) choose(key string, asked bool) {
	if !v.panel.free() {
		v.grid.Select(v.panel.key)
		return
	}
	v.panel.key = key
	if asked || !v.layout.isNarrow {
		v.setOpen(true)
	}
	v.panel.refresh()
}

func (v *clientsScreen) typed(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeyEscape:
		v.panel.leave()
	case fyne.KeyF2:
		v.panel.edit()
	}
}

// clientSource is the list as the grid reads it.
type clientSource struct{ table *model.ClientTable }

// Len implements grid.Source.
func (c clientSource) Len() int { return c.table.Len() }

// Index implements grid.Indexer.
func (c clientSource) Index(key string) int { return c.table.Index(key) }

// Row implements grid.Source.
func (c clientSource) Row(i int) grid.Row {
	line := c.table.Row(i)
	row := grid.Row{Key: line.Key, Soft: line.Soft}
	for _, cell := range line.Cells {
		row.Cells = append(row.Cells, grid.Cell{Text: cell.Text, Tone: lineTones[cell.Tone], Bold: cell.Bold})
	}
	return row
}
