package gui

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"dument/app"
	"dument/app/date"
	"dument/app/dunning"
	"dument/gui/field"
	"dument/gui/grid"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// invoicesScreen is the ledger: every invoice in a grid, filtered by chips and a search, with the sums
// of what is shown; beside it the detail of the selected one, or a form.
type invoicesScreen struct {
	shell         *Shell
	generation    int
	dueGeneration int

	all      *fyne.Container
	layout   *sideBySide
	side     *fyne.Container // the panel shown: the detail or a form
	searched *field.SearchField
	chips    map[model.InvoiceChip]*kit.Chip
	every    *kit.Chip // "Toutes"
	clear    *fyne.Container
	body     *fyne.Container // the grid, or a message in its place
	grid     *grid.Grid
	detail   *invoicePanel
	create   *createPanel
	payment  *payPanel
	credit   *creditPanel

	table   *model.InvoiceTable
	day     date.Date
	next    map[string]dunning.Action
	sort    string
	down    bool
	loaded  bool
	focused bool
	wanted  string // the invoice to select once it is there
}

func newInvoicesScreen(s *Shell) *invoicesScreen {
	v := &invoicesScreen{shell: s, table: model.NewInvoiceTable(s.Words, s.Today(), nil), sort: model.ColumnDue,
		down: true, chips: map[model.InvoiceChip]*kit.Chip{}, body: container.NewStack(), side: container.NewStack()}
	v.grid = v.newGrid()
	v.searched = field.NewSearchField(s.T("invoices.search"), searchKey)
	v.searched.OnChanged = func(text string) { v.search1(text) }
	v.searched.OnSubmitted = func(string) { v.focus() }
	v.searched.OnEscape = v.focus
	v.detail, v.create, v.payment, v.credit = newInvoicePanel(v), newCreatePanel(v), newPayPanel(v), newCreditPanel(v)
	v.side.Objects = []fyne.CanvasObject{v.detail.panel}
	v.side.Hide()
	head := kit.Row(12, kit.NewLabel(s.T("place.invoices"), kit.Title), kit.Gap(4),
		kit.Fixed(252, 0, v.searched), kit.Spring(),
		kit.NewPlainButton(theme.IconImport, s.T("invoices.import"), func() { s.actions.Run("import") }),
		kit.NewPrimaryButton("", s.T("invoices.new"), func() { s.actions.Run("invoice.new") }))
	top := kit.Inset(kit.Stack(10, head, v.chipLine()), 12, 16, 10, 18)
	v.body.Objects = []fyne.CanvasObject{v.grid}
	v.all, v.layout = newSideBySide(kit.On(theme.Paper, kit.Frame(top, nil, nil, nil, v.body)), v.side, sideWidth)
	return v
}

// searchKey is shown in the empty search box.
const searchKey = "Ctrl F"

func (v *invoicesScreen) chipLine() fyne.CanvasObject {
	s := v.shell
	v.every = kit.NewChip(s.T("invoices.chip.all"), "", func(bool) { v.setChips(0) })
	v.every.SetOn(true)
	line := []fyne.CanvasObject{v.every}
	for _, chip := range model.InvoiceChips {
		v.chips[chip] = kit.NewChip(model.ChipName(s.Words, chip), "", func(on bool) {
			chips := v.table.Chips() &^ chip
			if on {
				chips |= chip
			}
			v.setChips(chips)
		})
		line = append(line, v.chips[chip])
	}
	v.clear = kit.Inset(kit.NewLinkButton("", s.T("invoices.clear"), v.clearFilters), 2, 0, 2, 4)
	v.clear.Hide()
	return newFlow(6, append(line, v.clear)...)
}

func (v *invoicesScreen) id() string                 { return placeInvoices }
func (v *invoicesScreen) content() fyne.CanvasObject { return v.all }

func (v *invoicesScreen) focus() {
	v.focused = true
	if v.loaded && v.table.Len() > 0 {
		v.shell.Window.Canvas().Focus(v.grid)
	}
}

// search gives the keyboard to the search box.
func (v *invoicesScreen) search() { v.searched.Focus() }

func (v *invoicesScreen) narrow(isNarrow bool) {
	if v.layout.isNarrow != isNarrow {
		v.layout.isNarrow = isNarrow
		v.showSide(!isNarrow && v.grid.Selected() != "")
	}
}

func (v *invoicesScreen) refresh() {
	s := v.shell
	on, sort, down := s.Today(), v.sort, v.down
	cancel := func() {}
	if !v.loaded {
		cancel = s.Clock(loadingDelay, func() { s.Dispatch(v.showLoading) })
	}
	Load(s, &v.generation, func(ctx context.Context) (*model.InvoiceTable, error) {
		rows, err := s.App.Invoices(ctx, app.InvoiceFilter{On: on})
		if err != nil {
			return nil, err
		}
		table := model.NewInvoiceTable(s.Words, on, rows)
		table.Sort(sort, down)
		return table, nil
	}, func(table *model.InvoiceTable, err error) {
		cancel()
		if err != nil {
			v.showError(err)
			return
		}
		v.show(table, on)
		v.readNext(on)
	})
}

// readNext completes the list by what comes next for the overdue invoices, which takes longer.
func (v *invoicesScreen) readNext(on date.Date) {
	s := v.shell
	Load(s, &v.dueGeneration, func(ctx context.Context) ([]app.DueAction, error) { return s.App.Due(ctx, on) },
		func(due []app.DueAction, err error) {
			if err != nil {
				return // the list stands without it, and À faire says why
			}
			v.next = make(map[string]dunning.Action, len(due))
			for _, action := range due {
				v.next[action.Account.Invoice.Number] = action.Action
			}
			v.table.SetNext(model.NextSteps(s.Words, due))
			v.grid.Update()
			v.detail.refresh()
		})
}

func (v *invoicesScreen) show(table *model.InvoiceTable, on date.Date) {
	table.Carry(v.table)
	first := !v.loaded
	v.table, v.day, v.loaded = table, on, true
	v.body.Objects = []fyne.CanvasObject{v.grid}
	v.grid.SetSource(invoiceSource{table})
	v.showFilters()
	v.showFoot()
	v.all.Refresh()
	wanted := v.wanted
	v.wanted = ""
	if wanted == "" && v.grid.Selected() == "" && first && table.Len() > 0 {
		wanted = table.Row(0).Key
	}
	if wanted != "" && !v.grid.Select(wanted) && table.Index(wanted) < 0 {
		v.clearFilters()
		v.grid.Select(wanted)
	}
	v.selected(v.grid.Selected())
	if first && v.focused && v.shell.current == screen(v) {
		v.focus()
	}
	v.shell.actions.Refresh()
}

// selected shows the detail of an invoice, or nothing when there is none.
func (v *invoicesScreen) selected(number string) {
	v.detail.show(number)
	if number == "" && v.showsDetail() {
		v.showSide(false)
		return
	}
	if number != "" && !v.layout.isNarrow && v.showsDetail() && !v.detail.closed {
		v.showSide(true)
	}
	v.shell.actions.Refresh()
}

func (v *invoicesScreen) showsDetail() bool {
	return v.side.Objects[0] == fyne.CanvasObject(v.detail.panel)
}

// showSide shows or hides the panel at the right.
func (v *invoicesScreen) showSide(visible bool) {
	if v.side.Visible() == visible {
		return
	}
	v.side.Hidden = !visible
	v.all.Refresh()
}

// put shows a panel at the right: the detail or one of the forms.
func (v *invoicesScreen) put(panel fyne.CanvasObject) {
	v.side.Objects = []fyne.CanvasObject{panel}
	v.side.Hidden = false
	v.side.Refresh()
	v.all.Refresh()
}

// back leaves a form: the detail takes its place where there is room, and the list the keyboard.
func (v *invoicesScreen) back() {
	v.side.Objects = []fyne.CanvasObject{v.detail.panel}
	v.side.Hidden = v.layout.isNarrow || v.grid.Selected() == ""
	v.detail.closed = false
	v.side.Refresh()
	v.all.Refresh()
	if v.shell.current == screen(v) {
		v.focus()
	}
}

// closeSide is Escape or the cross of the detail.
func (v *invoicesScreen) closeSide() {
	v.detail.closed = true
	v.showSide(false)
	v.focus()
}

func (v *invoicesScreen) setChips(chips model.InvoiceChip) {
	v.table.Filter(chips)
	v.filtered()
}

func (v *invoicesScreen) search1(text string) {
	v.table.Search(text)
	v.filtered()
}

// filtered shows the rows that chips and search leave.
func (v *invoicesScreen) filtered() {
	selected := v.grid.Selected()
	v.grid.Update()
	v.showFilters()
	v.showFoot()
	if v.grid.Selected() != selected {
		v.selected(v.grid.Selected())
	}
}

func (v *invoicesScreen) clearFilters() {
	v.searched.SetText("")
	v.table.Search("")
	v.setChips(0)
}

// filter shows the invoices of some chips: a figure of À faire opens the list behind it.
func (v *invoicesScreen) filter(chips model.InvoiceChip) {
	v.searched.SetText("")
	v.table.Search("")
	v.setChips(chips)
	v.shell.Go(placeInvoices)
}

// open shows one invoice, whatever the filters are.
func (v *invoicesScreen) open(number string) {
	v.wanted = number
	v.put(v.detail.panel)
	v.detail.closed = false
	v.shell.Go(placeInvoices)
}

// pay opens the form for a payment of an invoice.
func (v *invoicesScreen) pay(number string) {
	v.open(number)
	v.payment.open(number)
}

func (v *invoicesScreen) showFilters() {
	counts, on := v.table.Counts(), v.table.Chips()
	v.every.SetOn(on == 0)
	v.every.SetCount(strconv.Itoa(v.table.All()))
	for chip, widget := range v.chips {
		widget.SetOn(on&chip != 0)
		widget.SetCount(strconv.Itoa(counts[chip]))
	}
	narrowed := on != 0 || v.table.Searching()
	if v.clear.Visible() != narrowed {
		v.clear.Hidden = !narrowed
		v.all.Refresh()
	}
	if v.table.Len() == 0 {
		v.grid.SetEmpty(v.emptySheet(narrowed))
	}
}
