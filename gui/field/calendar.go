package field

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"dument/app/date"
	"dument/gui/kit"
	"dument/gui/theme"
)

// calendar is a month, Monday first, with arrows to its neighbours.
type calendar struct {
	widget.BaseWidget
	first         date.Date // of the month shown
	chosen, today date.Date
	language      string
	pick          func(date.Date)

	title *kit.Label
	days  *fyne.Container
	all   *fyne.Container
}

const dayCell float32 = 30

func newCalendar(chosen, today date.Date, language string, pick func(date.Date)) *calendar {
	c := &calendar{chosen: chosen, today: today, language: language, pick: pick}
	c.title = kit.NewCutLabel("", kit.Bold)
	c.days = container.New(layout.NewGridLayoutWithColumns(7))
	previous := kit.NewIconButton(theme.IconLeft, "", func() { c.show(c.first.AddMonths(-1)) })
	next := kit.NewIconButton(theme.IconRight, "", func() { c.show(c.first.AddMonths(1)) })
	head := kit.Row(4, kit.Gap(4), c.title, previous, next)
	c.all = container.NewStack(kit.NewBox(theme.Sheet, theme.Edge, theme.Radius),
		kit.Margin(kit.Stack(4, head, c.days), 8))
	year, month, _ := chosen.YMD()
	first, err := date.New(year, month, 1)
	if err != nil {
		first = today
	}
	c.ExtendBaseWidget(c)
	c.show(first)
	return c
}

// show fills six weeks from the Monday on or before the first of the month.
func (c *calendar) show(first date.Date) {
	c.first = first
	c.title.SetText(monthTitle(first, c.language))
	monday := first.AddDays(-(int(first.Weekday()) + 6) % 7)
	c.days.Objects = nil
	for i := range 7 {
		name := []rune(monday.AddDays(i).LongWithWeekday(c.language))
		style := kit.Caption
		style.Align = fyne.TextAlignCenter
		c.days.Add(kit.NewLabel(string(name[:2]), style))
	}
	for i := range 42 {
		day := monday.AddDays(i)
		cell := &dayButton{day: day, calendar: c}
		cell.ExtendBaseWidget(cell)
		c.days.Add(cell)
	}
	c.days.Refresh()
}

// monthTitle is the long date without its day: "novembre 2026".
func monthTitle(first date.Date, language string) string {
	long := first.Long(language)
	if _, rest, found := strings.Cut(long, "\u00a0"); found {
		return rest
	}
	return long
}

// CreateRenderer implements fyne.Widget.
func (c *calendar) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.all) }

// dayButton is one day of the calendar.
type dayButton struct {
	widget.BaseWidget
	day      date.Date
	calendar *calendar
	hovered  bool
	box      *canvas.Rectangle
	number   *kit.Label
}

// CreateRenderer implements fyne.Widget.
func (d *dayButton) CreateRenderer() fyne.WidgetRenderer {
	_, _, number := d.day.YMD()
	d.box = &canvas.Rectangle{}
	d.number = kit.NewLabel(strconv.Itoa(number), kit.Small)
	d.paint()
	return &kit.Renderer{
		Parts: []fyne.CanvasObject{d.box, d.number},
		Place: func(size fyne.Size) {
			put(d.box, 1, 1, size.Width-2, size.Height-2)
			put(d.number, 0, 0, size.Width, size.Height)
		},
		Min:   func() fyne.Size { return fyne.NewSize(dayCell, 26) },
		Paint: d.paint,
	}
}

func (d *dayButton) paint() {
	ground, edge := theme.None, theme.None
	style := kit.Small.In(theme.Ink)
	_, month, _ := d.day.YMD()
	if _, shown, _ := d.calendar.first.YMD(); month != shown {
		style = kit.Small.In(theme.Faint)
	}
	if d.hovered {
		ground = theme.Hover
	}
	if d.day == d.calendar.today {
		edge = theme.Accent
	}
	if d.day == d.calendar.chosen {
		ground, style = theme.Accent, kit.Small.In(theme.OnAccent).Strong()
	}
	style.Align = fyne.TextAlignCenter
	kit.PaintBox(d.box, ground, edge, theme.EdgeWidth, theme.Radius)
	d.number.SetStyle(style)
}

// Tapped implements fyne.Tappable.
func (d *dayButton) Tapped(*fyne.PointEvent) { d.calendar.pick(d.day) }

// MouseIn implements desktop.Hoverable.
func (d *dayButton) MouseIn(*desktop.MouseEvent) { d.hovered = true; d.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (d *dayButton) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (d *dayButton) MouseOut() { d.hovered = false; d.Refresh() }
