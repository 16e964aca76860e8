package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// Fact is one line of a timeline. The proposal of today is Current: bold on the wash.
type Fact struct {
	Date    string
	Icon    theme.Icon
	Text    string
	Tone    Tone
	Current bool
}

// Timeline is the history of an invoice: a date, an icon and a sentence a line, joined by a thread.
type Timeline struct {
	widget.BaseWidget
	rows  []timelineRow
	parts []fyne.CanvasObject
}

type timelineRow struct {
	fact       Fact
	ground     *canvas.Rectangle
	thread     *canvas.Rectangle
	date, text *Label
	icon       *Icon
}

const (
	factHeight float32 = 25
	factDate   float32 = 44 // where the icon of a fact begins, further to the right behind longer dates
	factIcon   float32 = 24 // from there to where its sentence begins
)

// NewTimeline makes a timeline of facts, the earliest first.
func NewTimeline(facts ...Fact) *Timeline {
	t := &Timeline{}
	t.ExtendBaseWidget(t)
	t.SetFacts(facts)
	return t
}

// SetFacts replaces all facts.
func (t *Timeline) SetFacts(facts []Fact) {
	t.rows, t.parts = nil, nil
	for _, fact := range facts {
		style := Small.In(theme.Ink)
		if fact.Current {
			style = style.Strong()
		}
		iconColor := fact.Tone.Color()
		if fact.Tone == ToneUsual {
			iconColor = theme.Soft
		}
		if fact.Current && fact.Tone == ToneUsual {
			iconColor = theme.Accent
		}
		row := timelineRow{fact: fact, ground: &canvas.Rectangle{}, thread: &canvas.Rectangle{},
			date: NewLabel(fact.Date, Small), text: NewCutLabel(fact.Text, style),
			icon: NewIcon(fact.Icon, iconColor, 13)}
		t.rows = append(t.rows, row)
		t.parts = append(t.parts, row.ground, row.thread, row.date, row.icon, row.text)
	}
	t.paint()
	t.place(t.Size())
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *Timeline) CreateRenderer() fyne.WidgetRenderer { return &timelineRenderer{t} }

type timelineRenderer struct{ timeline *Timeline }

func (r *timelineRenderer) Destroy()                     {}
func (r *timelineRenderer) Objects() []fyne.CanvasObject { return r.timeline.parts }
func (r *timelineRenderer) Layout(size fyne.Size)        { r.timeline.place(size) }
func (r *timelineRenderer) MinSize() fyne.Size {
	return fyne.NewSize(180, float32(len(r.timeline.rows))*factHeight)
}

func (r *timelineRenderer) Refresh() {
	r.timeline.paint()
	for _, part := range r.timeline.parts {
		part.Refresh()
	}
	canvas.Refresh(r.timeline)
}

func (t *Timeline) paint() {
	for i, row := range t.rows {
		ground := theme.None
		if row.fact.Current {
			ground = theme.Wash
		}
		PaintBox(row.ground, ground, theme.None, 0, theme.Radius)
		row.thread.FillColor = theme.Color(theme.Edge)
		row.thread.Hidden = i == 0
	}
}

func (t *Timeline) place(size fyne.Size) {
	from := factDate
	for _, row := range t.rows {
		from = max(from, row.date.MinSize().Width+8)
	}
	for i, row := range t.rows {
		y := float32(i) * factHeight
		put(row.ground, from-3, y+1, size.Width-from+3, factHeight-2)
		put(row.thread, from+7.5, y-4, 1, 8)
		putMiddle(row.date, 0, y, factHeight)
		put(row.icon, from+1.5, y, 13, factHeight)
		put(row.text, from+factIcon, y, size.Width-from-factIcon-4, factHeight)
	}
}

// StepState says where a step stands.
type StepState int

// A step is done (filled, green), present (ringed), next (outline), or stopped and asking for help.
const (
	StepNext StepState = iota
	StepPresent
	StepDone
	StepStopped
)

// StepItem is one step of a registered letter's life, of a test, of the first start.
type StepItem struct {
	State  StepState
	Title  string
	Detail string
	// Right is a date or a duration at the right of the title.
	Right string
	// Number is shown in the circle of a step not yet done; "" leaves it empty.
	Number string
	// Extra, when set, stands under the detail: the choice that a stopped step asks for.
	Extra fyne.CanvasObject
}

// Steps is a column of circles joined by a thread, each with its title and what is known of it.
type Steps struct {
	widget.BaseWidget
	column *fyne.Container
}

// NewSteps makes the column.
func NewSteps(items ...StepItem) *Steps {
	s := &Steps{column: Stack(0)}
	s.ExtendBaseWidget(s)
	s.SetItems(items)
	return s
}

// SetItems replaces all steps.
func (s *Steps) SetItems(items []StepItem) {
	s.column.Objects = nil
	for i, item := range items {
		s.column.Add(newStepRow(item, i == len(items)-1))
	}
	s.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (s *Steps) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.column) }

type stepRow struct {
	widget.BaseWidget
	item     StepItem
	last     bool
	circle   *canvas.Circle
	dot      *canvas.Circle
	thread   *canvas.Rectangle
	icon     *Icon
	number   *Label
	contents *fyne.Container
}

const (
	stepCircle float32 = 20
	stepText   float32 = 32
)

func newStepRow(item StepItem, last bool) *stepRow {
	r := &stepRow{item: item, last: last, circle: &canvas.Circle{}, dot: &canvas.Circle{},
		thread: &canvas.Rectangle{}, icon: NewIcon("", theme.OnAccent, 12)}
	if item.State == StepStopped {
		r.icon = NewIcon(theme.IconWarn, theme.Warn, 19)
	}
	title, detail := Plain, Small
	switch item.State {
	case StepNext:
		title, detail = Plain.In(theme.Faint), Small.In(theme.Faint)
	case StepPresent:
		title = Bold
	case StepStopped:
		title, detail = Bold, Small.In(theme.Warn)
	}
	r.number = NewLabel(item.Number, Small.Strong())
	r.contents = Stack(0, Row(8, NewCutLabel(item.Title, title), NewLabel(item.Right, Small)))
	if item.Detail != "" {
		r.contents.Add(NewParagraph(item.Detail, detail))
	}
	if item.Extra != nil {
		r.contents.Add(Inset(item.Extra, 6, 0, 0, 0))
	}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements fyne.Widget.
func (r *stepRow) CreateRenderer() fyne.WidgetRenderer {
	r.paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{r.thread, r.circle, r.dot, r.icon, r.number, r.contents},
		Place: r.place,
		Min: func() fyne.Size {
			return r.contents.MinSize().AddWidthHeight(stepText, 10).Max(fyne.NewSize(0, 34))
		},
		Paint: r.paint,
	}
}

func (r *stepRow) place(size fyne.Size) {
	put(r.circle, 0, 1, stepCircle, stepCircle)
	put(r.dot, 6, 7, 8, 8)
	put(r.thread, stepCircle/2-.5, stepCircle+2, 1, max(0, size.Height-stepCircle-2))
	put(r.icon, 0, 1, stepCircle, stepCircle)
	putMiddle(r.number, (stepCircle-r.number.MinSize().Width)/2, 1, stepCircle)
	put(r.contents, stepText, 0, size.Width-stepText, size.Height)
}

func (r *stepRow) paint() {
	circle, dot := r.circle, r.dot
	circle.StrokeWidth, circle.StrokeColor = 1.5, theme.Color(theme.Edge)
	circle.FillColor = theme.Color(theme.None)
	dot.Hidden, r.number.Hidden, circle.Hidden = true, true, false
	thread := theme.Edge
	switch r.item.State {
	case StepDone:
		circle.FillColor, circle.StrokeColor = theme.Color(theme.Ok), theme.Color(theme.Ok)
		r.icon.Set(theme.IconCheck, theme.OnAccent)
		thread = theme.Ok
	case StepPresent:
		circle.StrokeColor, circle.StrokeWidth = theme.Color(theme.Accent), 2
		dot.FillColor = theme.Color(theme.Accent)
		dot.Hidden = r.item.Number != ""
		if r.item.Number != "" {
			circle.FillColor = theme.Color(theme.Accent)
			r.number.SetStyle(Small.Strong().In(theme.OnAccent))
		}
	case StepStopped:
		circle.Hidden = true
	}
	r.number.Hidden = r.item.Number == "" || r.item.State >= StepDone
	r.thread.FillColor = theme.Color(thread)
	r.thread.Hidden = r.last
}
