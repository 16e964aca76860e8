package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"dument/app"
	"dument/app/date"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// todoScreen is the day's work: four figures, how old the news is, one block for each debtor, and
// beside them the step of the selected one with what is owed and what happened.
type todoScreen struct {
	more       int // blocks shown beyond the first ones
	shell      *Shell
	generation int

	all     *fyne.Container
	layout  *sideBySide
	date    *kit.Label
	figures [4]*kit.Figure
	news    *fyne.Container
	head    *kit.Label
	owedOn  *kit.Label
	body    *fyne.Container // the queue, or a message in its place
	queue   *kit.Queue
	waiting *fyne.Container
	detail  *todoPanel

	list     model.ToDo
	buttons  map[string]*kit.Button
	loaded   bool
	unfolded bool // the waiting ones are shown
	closed   bool // the panel, by the user
	focused  bool // the keyboard was asked for before there was a list
}

func newToDoScreen(s *Shell) *todoScreen {
	v := &todoScreen{shell: s, unfolded: true, buttons: map[string]*kit.Button{},
		date: kit.NewCutLabel("", kit.Soft), head: kit.NewCutLabel("", kit.Small),
		owedOn: kit.NewLabel("", kit.Small), news: kit.Row(6), body: container.NewStack(),
		waiting: kit.Stack(0)}
	v.queue = kit.NewQueue(theme.Sheet, theme.ListMargin-2)
	v.queue.OnSelected = func(key string) {
		v.choose(key)
		v.closed = false
		v.showPanel(!v.layout.isNarrow || !v.detail.panel.Hidden)
	}
	v.queue.OnOpen = v.open
	v.queue.OnKey = func(event *fyne.KeyEvent) {
		if event.Name == fyne.KeyEscape {
			v.closePanel()
		}
	}
	v.detail = newToDoPanel(v)
	v.waiting.Hide()
	list := kit.Frame(v.headline(), nil, v.waiting, nil, v.body)
	sheet := container.NewStack(kit.NewBox(theme.Sheet, theme.Edge, theme.Radius), kit.Margin(list, 1))
	columns := make([]kit.Column, len(v.figures))
	for i, title := range model.FigureTitles(s.Words) {
		v.figures[i] = kit.NewFigure(title, func() { v.openFigure(i) })
		columns[i] = kit.Column{Share: 1, Object: v.figures[i]}
	}
	top := kit.Stack(10, kit.Row(18, kit.NewLabel(s.T("place.todo"), kit.Title), v.date),
		kit.Columns(12, columns...), v.news)
	page := kit.Inset(kit.Frame(kit.Inset(top, 0, 0, 10, 0), nil, nil, nil, sheet), 14, 16, 14, 20)
	v.all, v.layout = newSideBySide(kit.On(theme.Paper, page), v.detail.panel, sideWidth)
	return v
}

func (v *todoScreen) headline() fyne.CanvasObject {
	row := kit.Columns(14,
		kit.Column{Share: 1, Object: kit.Row(10, kit.NewLabel(v.shell.T("todo.today"), kit.Small.Strong()), v.head)},
		kit.Column{Width: todoAmountWidth, Object: kit.Row(0, kit.Spring(), v.owedOn)},
		kit.Column{Width: todoButtonWidth, Object: kit.Gap(0)})
	return kit.Stack(0, kit.Inset(kit.Fixed(0, 30, row), 0, theme.ListMargin-2, 0, theme.ListMargin-2),
		kit.NewDivider(theme.Rule))
}

func (v *todoScreen) id() string                 { return placeToDo }
func (v *todoScreen) content() fyne.CanvasObject { return v.all }

func (v *todoScreen) focus() {
	v.focused = true
	if v.loaded && len(v.list.Blocks) > 0 {
		v.shell.Window.Canvas().Focus(v.queue)
	}
}

func (v *todoScreen) narrow(isNarrow bool) {
	if v.layout.isNarrow != isNarrow {
		v.layout.isNarrow = isNarrow
		v.showPanel(!isNarrow && !v.closed)
	}
}

func (v *todoScreen) refresh() {
	s := v.shell
	on := s.Today()
	v.showNews()
	cancel := func() {}
	if !v.loaded {
		cancel = s.Clock(loadingDelay, func() { s.Dispatch(v.showLoading) })
	}
	Load(s, &v.generation, func(ctx context.Context) (todoReading, error) {
		return readToDo(ctx, s, on)
	}, func(read todoReading, err error) {
		cancel()
		if err != nil {
			v.showError(err)
			return
		}
		s.showCounts(read.overview)
		v.show(read.list, on)
	})
}

// todoReading is the day's work, and the figures of the rail that were read with it.
type todoReading struct {
	list     model.ToDo
	overview app.Overview
}

// readToDo reads the day's work. The next due date is looked for only on a day without work, when it
// is shown.
func readToDo(ctx context.Context, s *Shell, on date.Date) (read todoReading, err error) {
	sources := model.ToDoSources{On: on}
	if sources.Overview, err = s.App.Overview(ctx, on); err != nil {
		return read, err
	}
	read.overview = sources.Overview
	if sources.Due, err = s.App.Due(ctx, on); err != nil {
		return read, err
	}
	if sources.Proposals, err = s.App.Proposals(ctx, true, 0); err != nil {
		return read, err
	}
	if read.list = model.NewToDo(s.Words, sources); len(read.list.Blocks) > 0 {
		return read, nil
	}
	open, err := s.App.Invoices(ctx, app.InvoiceFilter{OpenOnly: true})
	for _, row := range open {
		due := row.Invoice.Due
		if due.After(on) && (sources.NextDue.IsZero() || due.Before(sources.NextDue)) {
			sources.NextDue = due
		}
	}
	read.list = model.NewToDo(s.Words, sources)
	return read, err
}

func (v *todoScreen) show(list model.ToDo, on date.Date) {
	first := !v.loaded
	v.loaded, v.list = true, list
	v.date.SetText(list.Date)
	for i, figure := range list.Figures {
		v.figures[i].Set(figure.Value, figure.Caption, lineTones[figure.Tone])
	}
	v.head.SetText(list.Head)
	v.owedOn.SetText("")
	if len(list.Blocks) > 0 {
		v.owedOn.SetText(v.shell.T("todo.due.on", on.Short()))
	}
	v.shell.rail.SetCount(placeToDo, count(len(list.Blocks)), true)
	v.showWaiting()
	v.buttons = map[string]*kit.Button{}
	v.queue.SetItems(v.items())
	if len(list.Blocks) == 0 {
		v.showNothing()
		return
	}
	v.body.Objects = []fyne.CanvasObject{v.queue}
	v.all.Refresh()
	key := v.queue.Selected()
	if key == "" {
		key = list.Blocks[0].Key
		v.queue.Select(key)
	}
	v.choose(key)
	v.showPanel(!v.closed && !v.layout.isNarrow)
	if first && v.focused && v.shell.current == screen(v) {
		v.focus()
	}
}

// choose shows a block as the selected one.
func (v *todoScreen) choose(key string) {
	for other, button := range v.buttons {
		button.SetPrimary(other == key)
	}
	if block, found := v.find(key); found {
		v.detail.show(block)
	}
}

func (v *todoScreen) find(key string) (model.ToDoBlock, bool) {
	for _, block := range v.list.Blocks {
		if block.Key == key {
			return block, true
		}
	}
	return model.ToDoBlock{}, false
}

// open is Enter on a block: its main button, or the panel where there is no room for it beside.
func (v *todoScreen) open(key string) {
	if v.layout.isNarrow && !v.detail.panel.Visible() {
		v.showPanel(true)
		return
	}
	if block, found := v.find(key); found {
		v.act(block)
	}
}

func (v *todoScreen) showPanel(visible bool) {
	v.detail.panel.Hidden = !visible || len(v.list.Blocks) == 0
	v.all.Refresh()
}

func (v *todoScreen) closePanel() {
	v.closed = true
	v.showPanel(false)
	if len(v.list.Blocks) > 0 {
		v.shell.Window.Canvas().Focus(v.queue)
	}
}

// openFigure shows the list behind a figure.
func (v *todoScreen) openFigure(i int) {
	switch v.list.Figures[i].Target {
	case model.TargetPayments:
		v.shell.Go(placePayments)
	case model.TargetOpen:
		find[*invoicesScreen](v.shell).filter(model.ChipOpen)
	case model.TargetOverdue:
		find[*invoicesScreen](v.shell).filter(model.ChipOverdue)
	case model.TargetPaid:
		find[*invoicesScreen](v.shell).filter(model.ChipPaid)
	}
}
