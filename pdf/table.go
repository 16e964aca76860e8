package pdf

import (
	"dument/app/letter"
	"dument/app/money"
)

// Measures of the tables.
const (
	headsBelowTitle = 5.6
	titleAscent     = 2.8
	ruleBelowHeads  = 2.0
	rowHeight       = 5.3
	rowBaseline     = 3.75
	furtherRow      = 4.8
	totalsLeft      = 112.0
	notesRight      = 102.0
	noteLeading     = 3.7
	noteGap         = 1.4
	grandHeight     = 8.0
	secondColumn    = 42.0 // where the subject begins, unless the invoices' numbers are long
	secondFarthest  = 62.0
	cellGap         = 3.0
	cellLeast       = 5.0
)

// place is where a column stands: its left edge, or its right edge when it holds figures.
type place struct {
	x     float64
	right bool
	room  float64 // for figures: the width that may be used to the left of the right edge
}

// grid holds the places of a table's columns, and the size of its figures.
type grid struct {
	form   letter.Form
	places []place
	size   float64
}

// grid places the columns of a table by its form and roles. The same right edges serve all the tables of
// a letter; the subject moves to the right when a number is long.
func (f *flow) grid(table letter.Table) grid {
	full := table.Form == letter.PrincipalTable && hasRole(table, letter.RoleImputed)
	g := grid{form: table.Form, size: cellStyle.size}
	for _, column := range table.Columns {
		g.places = append(g.places, placeOf(column.Role, table.Form, full, f.second))
	}
	for _, group := range table.Groups {
		for _, row := range group.Rows {
			for i, cell := range row.Cells {
				if room := g.places[i].room; room > 0 {
					g.size = min(g.size, f.sizeFor(cell, room))
				}
			}
		}
	}
	return g
}

func (f *flow) sizeFor(cell string, room float64) float64 {
	size, _ := f.fonts.fit(cellStyle, cellLeast, room, cell)
	return size
}

func hasRole(table letter.Table, role letter.Role) bool {
	for _, column := range table.Columns {
		if column.Role == role {
			return true
		}
	}
	return false
}

// placeOf is the map of the columns.
func placeOf(role letter.Role, form letter.Form, full bool, second float64) place {
	switch role {
	case letter.RoleNumber:
		return place{x: left}
	case letter.RoleSubject:
		return place{x: second}
	case letter.RoleFirst:
		return place{x: pick(form == letter.ConsumerTable, totalsLeft, pick(full, 84, 98))}
	case letter.RoleDue:
		return place{x: pick(form == letter.ConsumerTable, 138, pick(full, 104, 122))}
	case letter.RoleAmount:
		if form == letter.ConsumerTable {
			return place{x: right, right: true, room: 34}
		}
		return place{x: pick(full, 146, 166), right: true, room: 23}
	case letter.RoleImputed:
		return place{x: 166, right: true, room: 18}
	case letter.RoleBase:
		return place{x: 120, right: true, room: 17}
	case letter.RoleRate:
		return place{x: 146, right: true, room: 24}
	case letter.RoleDays:
		return place{x: 166, right: true, room: 18}
	}
	return place{x: right, right: true, room: 22}
}

func pick(condition bool, yes, no float64) float64 {
	if condition {
		return yes
	}
	return no
}

// secondOf finds where the subject begins, for all the tables of a statement.
func (f *flow) secondOf(statement letter.Statement) float64 {
	widest := 0.0
	for _, table := range statement.Tables {
		for _, group := range table.Groups {
			widest = max(widest, f.fonts.Width(cellStyle.face, cellStyle.size, group.Rows[0].Cells[0]))
		}
	}
	return min(max(secondColumn, left+widest+cellGap), secondFarthest)
}

// setRow is a row with its cells broken into lines.
type setRow struct {
	cells  [][]line
	height float64
	amount money.Cents
}

// setGroup breaks the cells of an invoice's rows. The first row of the group is higher than the others.
func (f *flow) setGroup(g grid, rows []letter.Row) []setRow {
	set := make([]setRow, len(rows))
	text := f.fonts.setter(style{cellStyle.face, g.size, cellStyle.colour})
	for i, row := range rows {
		set[i] = setRow{height: furtherRow, amount: row.Amount}
		if i == 0 {
			set[i].height = rowHeight
		}
		most := 1
		for j, cell := range row.Cells {
			lines := text.lines(plain(cell), f.cellRoom(g, text, row.Cells, j))
			set[i].cells = append(set[i].cells, lines)
			most = max(most, len(lines))
		}
		set[i].height += furtherRow * float64(most-1)
	}
	return set
}

// cellRoom is the width up to the next cell that holds something.
func (f *flow) cellRoom(g grid, text setter, cells []string, column int) float64 {
	here := g.places[column]
	if here.right {
		return right - left
	}
	for next := column + 1; next < len(cells); next++ {
		if cells[next] == "" {
			continue
		}
		edge := g.places[next].x
		if g.places[next].right {
			edge -= f.fonts.Width(text.style.face, text.style.size, cells[next])
		}
		return edge - cellGap - here.x
	}
	return right - here.x
}

func heightOf(rows []setRow) float64 {
	height := 0.0
	for _, row := range rows {
		height += row.height
	}
	return height
}

// tables draws the statement in the run of the letter: tables, then totals and notes.
func (f *flow) tables(statement letter.Statement) {
	f.second = f.secondOf(statement)
	gap := firstTableGap
	for i, table := range statement.Tables {
		after := 0.0
		if i == len(statement.Tables)-1 {
			after = f.totalsHeight(statement)
		}
		f.table(table, gap, after, false)
		gap = tableGap
	}
	if len(statement.Tables) > 0 && statement.Tables[0].Form == letter.ConsumerTable {
		f.totals(statement, 0)
		return
	}
	f.totals(statement, totalsGap)
}

// annex draws the detail on pages of its own, each table with its sum.
func (f *flow) annex(statement letter.Statement) {
	f.second = f.secondOf(statement)
	f.newPage()
	f.put(f.page(), style{SerifBold, 14, Ink}, left, f.y+bodyAscent, f.letter.Labels.Annex)
	f.y, f.fresh = f.y+bodyLeading+1, false
	gap := firstTableGap
	for _, table := range statement.Tables {
		f.table(table, gap, rowHeight, true)
		gap = tableGap
	}
	f.y += bodyLeading
}

// table draws a table over as many pages as it needs. An invoice's lines stay together; a page that is
// left carries its sum over, and after millimetres stay free below the last row.
func (f *flow) table(table letter.Table, gap, after float64, withSum bool) {
	g := f.grid(table)
	var units [][]setRow
	for _, group := range table.Groups {
		units = append(units, f.units(f.setGroup(g, group.Rows))...)
	}
	headHeight := titleAscent + headsBelowTitle + ruleBelowHeads
	needed := func(i int) float64 {
		if i == len(units)-1 {
			return heightOf(units[i]) + after
		}
		return heightOf(units[i]) + rowHeight
	}
	if len(units) == 0 {
		return
	}
	if f.y+gap+headHeight+needed(0) > bodyBottom && !f.fresh {
		f.newPage()
	}
	if !f.fresh {
		f.y += gap
	}
	f.heads(table, g, table.Title)
	carried := money.Cents(0)
	for i, unit := range units {
		if f.y+needed(i) > bodyBottom && i > 0 {
			f.carry(g, f.letter.Labels.CarriedForward, carried)
			f.newPage()
			f.heads(table, g, table.Title+" "+f.letter.Labels.Continued)
			f.carry(g, f.letter.Labels.BroughtForward, carried)
		}
		f.rows(g, unit, i == len(units)-1 && table.Form == letter.ConsumerTable && !withSum)
		for _, row := range unit {
			carried += row.amount
		}
	}
	if withSum {
		f.carry(g, f.letter.Labels.Sum, table.Sum)
	}
	f.fresh = false
}

// units parts a group that no page can hold into its rows.
func (f *flow) units(rows []setRow) [][]setRow {
	const pageRoom = bodyBottom - nextTop - titleAscent - headsBelowTitle - ruleBelowHeads - 2*rowHeight - 40
	if heightOf(rows) <= pageRoom {
		return [][]setRow{rows}
	}
	var units [][]setRow
	for i := range rows {
		units = append(units, rows[i:i+1])
	}
	return units
}

// heads draws a table's title, its column heads and their rule.
func (f *flow) heads(table letter.Table, g grid, title string) {
	page := f.page()
	baseline := f.y + titleAscent
	f.put(page, sideHeadStyle, left, baseline, title)
	baseline += headsBelowTitle
	for i, column := range table.Columns {
		if g.places[i].right {
			f.putRight(page, columnStyle, g.places[i].x, baseline, column.Head)
		} else {
			f.put(page, columnStyle, g.places[i].x, baseline, column.Head)
		}
	}
	f.y = baseline + ruleBelowHeads
	f.rule(page, left, right, f.y, 0.25, Ink)
	f.fresh = false
}

// rows draws an invoice and the hairline under it. short leaves the right of the hairline to the rule
// of the total.
func (f *flow) rows(g grid, rows []setRow, short bool) {
	page := f.page()
	text := f.fonts.setter(style{cellStyle.face, g.size, cellStyle.colour})
	baseline := f.y + rowBaseline
	for i, row := range rows {
		for j, lines := range row.cells {
			for k, l := range lines {
				x := g.places[j].x
				if g.places[j].right {
					x -= text.widthOf(l)
				}
				text.draw(page, l, x, baseline+float64(k)*furtherRow)
			}
		}
		baseline += row.height
		if i == 0 {
			baseline -= rowHeight - furtherRow
		}
	}
	f.y += heightOf(rows)
	f.rule(page, left, pick(short, totalsLeft, right), f.y, 0.12, Hairline)
}

// carry draws a line with a sum of the last column: carried forward, brought forward, or the whole.
func (f *flow) carry(g grid, label string, amount money.Cents) {
	page := f.page()
	baseline := f.y + rowBaseline
	text := style{SansBold, g.size, Ink}
	f.put(page, style{Sans, cellStyle.size, Grey}, g.places[1].x, baseline, label)
	figure := letter.Figure(amount)
	size, _ := f.fonts.fit(text, cellLeast, g.places[len(g.places)-1].room, figure)
	text.size = size
	f.putRight(page, text, right, baseline, figure)
	f.y += rowHeight
	f.rule(page, left, right, f.y, 0.12, Hairline)
}

// totalsHeight is what totals and notes need below a table, their gap included.
func (f *flow) totalsHeight(statement letter.Statement) float64 {
	rows := rowHeight*float64(len(statement.Totals)-1) + grandHeight
	return totalsGap + max(rows, f.notesHeight(statement.Notes))
}

func (f *flow) notesHeight(notes []letter.Text) float64 {
	set := f.fonts.setter(noteStyle)
	height := 0.0
	for _, note := range notes {
		height += float64(len(set.lines(note, notesRight-left)))*noteLeading + noteGap
	}
	return height
}

// totals draws the sums at the right and the notes at their left.
func (f *flow) totals(statement letter.Statement, gap float64) {
	height := f.totalsHeight(statement) - totalsGap
	draw := func(page *Page, top float64) {
		f.notes(page, statement.Notes, top)
		y := top
		last := len(statement.Totals) - 1
		for i, total := range statement.Totals[:last] {
			f.put(page, cellStyle, totalsLeft, y+rowBaseline, total.Label)
			f.putRight(page, cellStyle, right, y+rowBaseline, total.Figure)
			y += rowHeight
			if i < last-1 {
				f.rule(page, totalsLeft, right, y, 0.12, Hairline)
			}
		}
		f.grand(page, statement.Totals[last], y)
	}
	f.place([]chunk{{gap: gap, height: height, draw: draw}})
}

// grand draws the grand total under its accent rule.
func (f *flow) grand(page *Page, total letter.Total, top float64) {
	const ascent, space = 5.4, 4.0
	f.rule(page, totalsLeft, right, top, 0.6, Accent)
	label := style{SansBold, 9.4, Ink}
	f.put(page, label, totalsLeft, top+ascent, total.Label)
	sum := style{SansBold, 11.5, Accent}
	room := right - totalsLeft - f.fonts.Width(label.face, label.size, total.Label) - space
	size, ok := f.fonts.fit(sum, 6, room, total.Figure)
	if !ok {
		f.fail(refuseWide("items", total.Figure))
	}
	sum.size = size
	f.putRight(page, sum, right, top+ascent, total.Figure)
}

func (f *flow) notes(page *Page, notes []letter.Text, top float64) {
	set := f.fonts.setter(noteStyle)
	baseline := top + rowBaseline
	for _, note := range notes {
		for _, l := range set.lines(note, notesRight-left) {
			set.draw(page, l, left, baseline)
			baseline += noteLeading
		}
		baseline += noteGap
	}
}
