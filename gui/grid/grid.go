// Package grid is the ledger grid: rows of 29 pixels under a header that sorts, whole-row selection
// kept by key, the keyboard of an accounting program, a footer with sums, and a ruled sheet when
// there is nothing to show.
//
// It draws only the rows in sight and asks its Source only for those, so that a hundred thousand rows
// cost what forty cost. It does so itself instead of through Fyne's list, whose rows stand three
// pixels apart, whose refresh builds a template row each time, and whose keyboard stops at the arrows.
package grid

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"dument/gui/kit"
	"dument/gui/theme"
)

// Kind says how the cells of a column are drawn.
type Kind int

// Text is cut when it is too long; Figure is aligned at the right and never cut; Date is in the
// second voice; Status has an icon before its word.
const (
	Text Kind = iota
	Figure
	Date
	Status
)

// Column describes one column.
type Column struct {
	// ID names the column for sorting, hiding and the footer.
	ID string
	// Title is the word in the header.
	Title string
	// Width is the least width in pixels.
	Width float32
	// Stretch is the column's share of the room that is left over; 0 keeps Width.
	Stretch float32
	// Kind says how cells are drawn. A Figure is aligned at the right, header included.
	Kind Kind
	// Priority 0 is always shown; in a narrow window the highest priorities disappear first.
	Priority int
	// Fixed columns cannot be sorted by.
	Fixed bool
	// Lead columns are bold in the selected row: what the row is called.
	Lead bool
}

// Cell is one cell, already written.
type Cell struct {
	Text string
	Tone kit.Tone
	// Icon is drawn in a Status column only.
	Icon theme.Icon
	Bold bool
}

// Row is one row: one cell for each column, in their order.
type Row struct {
	// Key tells the row again after sorting, filtering or refreshing.
	Key   string
	Cells []Cell
	// Soft puts the whole row in the second voice: what is settled.
	Soft bool
}

// Source gives the rows in the order shown. The grid calls it on the goroutine of the interface, for
// the rows in sight; it must answer from memory.
type Source interface {
	Len() int
	Row(i int) Row
}

// Indexer is a Source that finds a row by its key without a walk through all rows.
type Indexer interface {
	// Index is the place of a key, -1 when it is not shown.
	Index(key string) int
}

// Finder is a Source that does type-ahead itself.
type Finder interface {
	// Find is the first row at or after from, then from the start, that begins with prefix; -1 when
	// there is none. prefix is in lower case without accents.
	Find(prefix string, from int) int
}

// Grid is the widget. Set its callbacks before it is shown.
type Grid struct {
	widget.BaseWidget
	// OnSelected is called when the user selects another row, not by Select nor Refresh.
	OnSelected func(key string)
	// OnOpen is called by Enter and by a double click on the selected row.
	OnOpen func(key string)
	// OnMenu is called by a secondary click, once the row is selected; at is on the canvas.
	OnMenu func(key string, at fyne.Position)
	// OnSort is called when a header is pressed: the caller sorts its source and calls Refresh.
	OnSort func(columnID string, descending bool)
	// OnColumns, when set, shows the icon of the columns at the right of the header.
	OnColumns func()
	// OnKey is asked first about keys that the grid does not use itself (Delete, F2).
	OnKey func(event *fyne.KeyEvent)

	// Dispatch and Clock let the type-ahead forget what was typed a second ago. Without them it
	// forgets at the next arrow.
	Dispatch kit.Dispatch
	Clock    kit.Clock

	columns []Column
	hidden  map[string]bool
	placed  []placedColumn
	source  Source

	sortID     string
	descending bool

	selected      string
	selectedIndex int // -1 when nothing is selected; a guess to be checked against selected
	focused       bool

	ground  *kit.Surface
	header  *header
	body    *body
	scroll  *container.Scroll
	footer  *footer
	empty   *emptySheet
	typed   string
	stopAge func()
}

// New makes a grid with no rows.
func New(columns []Column) *Grid {
	g := &Grid{columns: columns, hidden: map[string]bool{}, source: noRows{}, selectedIndex: -1}
	g.header, g.footer = newHeader(g), newFooter(g)
	g.body = newBody(g)
	g.scroll = container.NewVScroll(g.body)
	g.scroll.OnScrolled = func(fyne.Position) { g.body.fill() }
	g.empty = newEmptySheet()
	g.ground = kit.NewSurface(theme.Sheet)
	g.ExtendBaseWidget(g)
	return g
}

type noRows struct{}

func (noRows) Len() int    { return 0 }
func (noRows) Row(int) Row { return Row{} }

// SetSource shows other rows. The selection stays on its key when the key is among them.
func (g *Grid) SetSource(source Source) {
	g.source = source
	g.Update()
}

// Update shows the rows of the source anew: call it after sorting, filtering or a change of the
// facts. The selection stays on its key; it is emptied without a call to OnSelected when the key is
// gone. Cells whose value did not change cost nothing.
func (g *Grid) Update() {
	g.selectedIndex = g.indexOf(g.selected)
	if g.selectedIndex < 0 {
		g.selected = ""
	}
	g.showRows(g.source.Len() > 0)
	g.body.Resize(g.body.MinSize().Max(fyne.NewSize(g.scroll.Size().Width, 0)))
	highest := max(0, g.body.MinSize().Height-g.scroll.Size().Height)
	if g.scroll.Offset.Y > highest {
		g.scroll.ScrollToOffset(fyne.NewPos(0, highest))
	}
	g.scroll.Refresh()
	g.empty.Refresh()
	g.body.fill()
}

// showRows shows the rows, or the empty sheet.
func (g *Grid) showRows(any bool) {
	if any {
		g.empty.Hide()
		g.scroll.Show()
		return
	}
	g.scroll.Hide()
	g.empty.Show()
}

// indexOf finds a key: where it was, or by the source's own index, or by a walk.
func (g *Grid) indexOf(key string) int {
	length := g.source.Len()
	if key == "" {
		return -1
	}
	if g.selectedIndex >= 0 && g.selectedIndex < length && g.source.Row(g.selectedIndex).Key == key {
		return g.selectedIndex
	}
	if indexer, has := g.source.(Indexer); has {
		return indexer.Index(key)
	}
	for i := range length {
		if g.source.Row(i).Key == key {
			return i
		}
	}
	return -1
}

// Select selects a row by its key without a call to OnSelected and brings it in sight. It reports
// whether the key is shown; "" clears the selection.
func (g *Grid) Select(key string) bool {
	index := g.indexOf(key)
	g.setSelection(index)
	return index >= 0
}

// Selected is the key of the selected row, "" when there is none.
func (g *Grid) Selected() string { return g.selected }

// setSelection moves the selection and redraws the two rows that change.
func (g *Grid) setSelection(index int) {
	g.selectedIndex, g.selected = -1, ""
	if index >= 0 {
		g.selectedIndex, g.selected = index, g.source.Row(index).Key
		g.reveal(index)
	}
	g.body.fill()
}

// choose is setSelection by the user.
func (g *Grid) choose(index int) {
	if index < 0 || index >= g.source.Len() || index == g.selectedIndex {
		return
	}
	g.setSelection(index)
	if g.OnSelected != nil {
		g.OnSelected(g.selected)
	}
}

// reveal scrolls just as far as needed to have a row in sight.
func (g *Grid) reveal(index int) {
	top, height := float32(index)*theme.RowHeight, g.scroll.Size().Height
	offset := g.scroll.Offset.Y
	switch {
	case height <= 0:
		return
	case top < offset:
		offset = top
	case top+theme.RowHeight > offset+height:
		offset = top + theme.RowHeight - height
	default:
		return
	}
	g.scroll.Offset.Y = offset
	g.scroll.Refresh()
}

// SetSort shows a column as the sorted one without a call to OnSort.
func (g *Grid) SetSort(columnID string, descending bool) {
	if g.sortID != columnID || g.descending != descending {
		g.sortID, g.descending = columnID, descending
		g.header.Refresh()
	}
}

// sortBy is a press on a header.
func (g *Grid) sortBy(column Column) {
	if column.Fixed || g.OnSort == nil {
		return
	}
	g.SetSort(column.ID, g.sortID == column.ID && !g.descending)
	g.OnSort(g.sortID, g.descending)
}

// SetHidden hides columns by their IDs, and shows all others that the width allows.
func (g *Grid) SetHidden(columnIDs ...string) {
	clear(g.hidden)
	for _, id := range columnIDs {
		g.hidden[id] = true
	}
	g.refit()
}

// Shown lists the IDs of the columns in sight.
func (g *Grid) Shown() []string {
	var ids []string
	for _, place := range g.placed {
		ids = append(ids, place.column.ID)
	}
	return ids
}

// SetFooter writes the footer: a text at the left and cells under columns. A cell of a column that is
// not shown is not shown either.
func (g *Grid) SetFooter(left string, cells map[string]Cell) { g.footer.set(left, cells) }

// SetEmpty says what stands on the ruled sheet when there is no row.
func (g *Grid) SetEmpty(empty Empty) { g.empty.set(empty) }

// refit places the columns in the present width and redraws.
func (g *Grid) refit() {
	g.placed = fit(g.columns, g.hidden, g.Size().Width)
	g.header.Refresh()
	g.footer.Refresh()
	g.body.fill()
}

// CreateRenderer implements fyne.Widget.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		Parts: []fyne.CanvasObject{g.ground, g.empty, g.scroll, g.header, g.footer},
		Place: g.place,
		Min:   func() fyne.Size { return fyne.NewSize(240, 4*theme.RowHeight+theme.FooterHeight) },
	}
}

func (g *Grid) place(size fyne.Size) {
	g.placed = fit(g.columns, g.hidden, size.Width)
	foot := float32(0)
	if g.footer.used {
		foot = theme.FooterHeight
	}
	middle := max(0, size.Height-theme.RowHeight-foot)
	set := func(object fyne.CanvasObject, y, height float32) {
		object.Resize(fyne.NewSize(size.Width, height))
		object.Move(fyne.NewPos(0, y))
	}
	set(g.header, 0, theme.RowHeight)
	set(g.ground, theme.RowHeight, middle)
	set(g.scroll, theme.RowHeight, middle)
	set(g.empty, theme.RowHeight, middle)
	set(g.footer, size.Height-foot, foot)
	g.footer.Hidden = !g.footer.used
	g.showRows(g.source.Len() > 0)
	g.header.Refresh()
	g.footer.Refresh()
	g.body.fill()
}

const typeAheadMemory = time.Second
