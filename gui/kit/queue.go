package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// QueueItem is a row of a Queue, of any height.
type QueueItem struct {
	// Key tells the row again after the queue has changed.
	Key string
	// Content is what the row shows; the queue adds margins, ground, bar and rule.
	Content fyne.CanvasObject
}

// Queue is a column of rows of any height of which one is selected: debtors to decide on, messages,
// letters, pages of settings. For thousands of rows of one height take grid.Grid.
//
// Arrows, Page, Home and End move the selection, Enter opens it.
type Queue struct {
	widget.BaseWidget
	// OnSelected is called when the user selects a row, not by Select nor SetItems.
	OnSelected func(key string)
	// OnOpen is called by Enter and by a second click.
	OnOpen func(key string)
	// OnRune is asked about characters: a queue may answer to single letters and digits.
	OnRune func(typed rune)
	// OnKey is asked about keys that the queue does not use itself (Escape, Delete).
	OnKey func(event *fyne.KeyEvent)

	rows     []*queueRow
	column   *fyne.Container
	scroll   *ScrollPanel
	selected string
	focused  bool
	margin   float32
	ground   fyne.ThemeColorName
}

// NewQueue makes an empty queue on a ground, with margin pixels at both sides of its rows.
func NewQueue(ground fyne.ThemeColorName, margin float32) *Queue {
	q := &Queue{margin: margin, ground: ground, column: Stack(0)}
	q.scroll = NewScrollPanel(q.column)
	q.ExtendBaseWidget(q)
	return q
}

// SetItems replaces the rows. The selection stays on its key while that key is there, and is empty
// otherwise.
func (q *Queue) SetItems(items []QueueItem) {
	q.rows, q.column.Objects = nil, nil
	kept := false
	for _, item := range items {
		row := &queueRow{queue: q, item: item, box: &canvas.Rectangle{}, bar: &canvas.Rectangle{},
			rule: &canvas.Rectangle{}}
		row.ExtendBaseWidget(row)
		q.rows = append(q.rows, row)
		q.column.Add(row)
		kept = kept || item.Key == q.selected
	}
	if !kept {
		q.selected = ""
	}
	q.scroll.fit(q.scroll.Size())
	q.scroll.Refresh()
}

// Select selects a row by its key without a call to OnSelected and brings it in sight.
func (q *Queue) Select(key string) {
	if key == q.selected {
		return
	}
	before := q.selected
	q.selected = key
	for _, row := range q.rows {
		if row.item.Key == before || row.item.Key == key {
			row.repaint()
		}
	}
	q.reveal()
}

// Selected is the key of the selected row, "" when there is none.
func (q *Queue) Selected() string { return q.selected }

// CreateRenderer implements fyne.Widget.
func (q *Queue) CreateRenderer() fyne.WidgetRenderer {
	box := &canvas.Rectangle{}
	paint := func() { PaintBox(box, q.ground, theme.None, 0, 0) }
	paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{box, q.scroll},
		Place: func(size fyne.Size) {
			put(box, 0, 0, size.Width, size.Height)
			put(q.scroll, 0, 0, size.Width, size.Height)
		},
		Min:   func() fyne.Size { return fyne.NewSize(160, 60) },
		Paint: paint,
	}
}

func (q *Queue) index() int {
	for i, row := range q.rows {
		if row.item.Key == q.selected {
			return i
		}
	}
	return -1
}

func (q *Queue) choose(key string) {
	if key == q.selected {
		return
	}
	q.Select(key)
	if q.OnSelected != nil {
		q.OnSelected(key)
	}
}

// reveal scrolls just as far as needed.
func (q *Queue) reveal() {
	i := q.index()
	if i < 0 {
		return
	}
	row, scroll := q.rows[i], q.scroll.scroll
	if scroll.Size().Height <= 0 {
		return // not laid out yet: it begins at its top
	}
	top, bottom := row.Position().Y, row.Position().Y+row.Size().Height
	switch {
	case top < scroll.Offset.Y:
		scroll.ScrollToOffset(fyne.NewPos(0, top))
	case bottom > scroll.Offset.Y+scroll.Size().Height:
		scroll.ScrollToOffset(fyne.NewPos(0, bottom-scroll.Size().Height))
	}
}

// FocusGained implements fyne.Focusable.
func (q *Queue) FocusGained() { q.setFocus(true) }

// FocusLost implements fyne.Focusable.
func (q *Queue) FocusLost() { q.setFocus(false) }

func (q *Queue) setFocus(focused bool) {
	q.focused = focused
	if i := q.index(); i >= 0 {
		q.rows[i].repaint()
	} else if focused && len(q.rows) > 0 {
		q.choose(q.rows[0].item.Key)
	}
}

// TypedRune implements fyne.Focusable.
func (q *Queue) TypedRune(typed rune) {
	if q.OnRune != nil {
		q.OnRune(typed)
	}
}

// TypedKey implements fyne.Focusable.
func (q *Queue) TypedKey(event *fyne.KeyEvent) {
	if len(q.rows) == 0 {
		q.otherKey(event)
		return
	}
	i, last := q.index(), len(q.rows)-1
	switch event.Name {
	case fyne.KeyUp:
		i--
	case fyne.KeyDown:
		i++
	case fyne.KeyPageUp:
		i -= 5
	case fyne.KeyPageDown:
		i += 5
	case fyne.KeyHome:
		i = 0
	case fyne.KeyEnd:
		i = last
	case fyne.KeyReturn, fyne.KeyEnter:
		q.open()
		return
	default:
		q.otherKey(event)
		return
	}
	q.choose(q.rows[min(last, max(0, i))].item.Key)
}

func (q *Queue) otherKey(event *fyne.KeyEvent) {
	if q.OnKey != nil {
		q.OnKey(event)
	}
}

func (q *Queue) open() {
	if q.OnOpen != nil && q.selected != "" {
		q.OnOpen(q.selected)
	}
}

type queueRow struct {
	widget.BaseWidget
	queue          *Queue
	item           QueueItem
	hovered        bool
	box, bar, rule *canvas.Rectangle
}

const queuePadding = 8

// CreateRenderer implements fyne.Widget.
func (r *queueRow) CreateRenderer() fyne.WidgetRenderer {
	r.paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{r.box, r.bar, r.rule, r.item.Content},
		Place: func(size fyne.Size) {
			margin := r.queue.margin
			put(r.box, 0, 0, size.Width, size.Height)
			put(r.bar, 0, 0, theme.SelectionBar, size.Height)
			put(r.rule, 0, size.Height-1, size.Width, 1)
			put(r.item.Content, margin, queuePadding, size.Width-2*margin, size.Height-2*queuePadding)
		},
		Min: func() fyne.Size {
			return r.item.Content.MinSize().AddWidthHeight(2*r.queue.margin, 2*queuePadding)
		},
		Paint: r.paint,
	}
}

func (r *queueRow) paint() {
	selected := r.queue.selected == r.item.Key
	ground := theme.None
	switch {
	case selected:
		ground = theme.Wash
	case r.hovered:
		ground = theme.Hover
	}
	PaintBox(r.box, ground, theme.None, 0, 0)
	r.bar.FillColor = theme.Color(theme.Accent)
	r.bar.Hidden = !selected
	r.rule.FillColor = theme.Color(theme.Rule)
	if selected && r.queue.focused {
		r.rule.FillColor = theme.Color(theme.Accent)
	}
}

func (r *queueRow) repaint() {
	r.paint()
	r.box.Refresh()
	r.bar.Refresh()
	r.rule.Refresh()
}

// MouseDown implements desktop.Mouseable: the selection follows the press, not the release, so that
// a double click does not delay it.
func (r *queueRow) MouseDown(*desktop.MouseEvent) {
	r.queue.choose(r.item.Key) // first: the focus alone would choose the first row
	if surface := fyne.CurrentApp().Driver().CanvasForObject(r.queue); surface != nil {
		surface.Focus(r.queue)
	}
}

// MouseUp implements desktop.Mouseable.
func (r *queueRow) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped implements fyne.DoubleTappable.
func (r *queueRow) DoubleTapped(*fyne.PointEvent) { r.queue.open() }

// MouseIn implements desktop.Hoverable.
func (r *queueRow) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.repaint() }

// MouseMoved implements desktop.Hoverable.
func (r *queueRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (r *queueRow) MouseOut() { r.hovered = false; r.repaint() }
