package grid

import "dument/gui/theme"

const (
	columnGap   float32 = 10
	figureGap   float32 = 6 // more, between a figure and a word
	statusIcon  float32 = 14
	statusWords float32 = 19 // where the word of a status begins in its cell
)

// placedColumn is a column in sight.
type placedColumn struct {
	column   Column
	index    int // in the grid's columns, and in the cells of a row
	x, width float32
}

// fit chooses the columns that the width allows and places them: the least widths first, then what is
// left over by their shares. While they do not fit, the one of the highest priority goes.
func fit(columns []Column, hidden map[string]bool, width float32) []placedColumn {
	var kept []placedColumn
	for i, column := range columns {
		if !hidden[column.ID] {
			kept = append(kept, placedColumn{column: column, index: i, width: column.Width})
		}
	}
	room := width - 2*theme.ListMargin
	for least(kept) > room {
		drop := -1
		for i, place := range kept {
			if place.column.Priority > 0 &&
				(drop < 0 || place.column.Priority >= kept[drop].column.Priority) {
				drop = i
			}
		}
		if drop < 0 {
			break
		}
		kept = append(kept[:drop], kept[drop+1:]...)
	}
	var shares float32
	for _, place := range kept {
		shares += place.column.Stretch
	}
	left := max(0, room-least(kept))
	x := theme.ListMargin
	for i := range kept {
		if shares > 0 {
			kept[i].width += float32(int(left * kept[i].column.Stretch / shares))
		}
		kept[i].x = x
		x += kept[i].width + columnGap
		if figureBeforeWord(kept, i) {
			x += figureGap
		}
	}
	return kept
}

// least is the width of columns at their least, with the gaps between.
func least(columns []placedColumn) float32 {
	total := columnGap * float32(max(0, len(columns)-1))
	for i, place := range columns {
		total += place.column.Width
		if figureBeforeWord(columns, i) {
			total += figureGap
		}
	}
	return total
}

// figureBeforeWord tells where the end of a figure would touch the beginning of a word.
func figureBeforeWord(columns []placedColumn, i int) bool {
	return i+1 < len(columns) && columns[i].column.Kind == Figure && columns[i+1].column.Kind != Figure
}
