package main

import (
	"strings"
	"unicode/utf8"

	"dument/app/date"
	"dument/app/money"
)

// grid is a table for people. Columns whose heading begins with ">" are aligned to the right.
type grid struct {
	headings []string
	rows     [][]string
}

func newGrid(headings ...string) *grid { return &grid{headings: headings} }

func (g *grid) add(cells ...string) { g.rows = append(g.rows, cells) }

// print writes the table, or the sentence when it has no row.
func (g *grid) print(c *call, empty string) {
	if len(g.rows) == 0 {
		c.write(empty + "\n")
		return
	}
	widths := make([]int, len(g.headings))
	right := make([]bool, len(g.headings))
	for n, heading := range g.headings {
		right[n] = strings.HasPrefix(heading, ">")
		g.headings[n] = strings.TrimPrefix(heading, ">")
		widths[n] = utf8.RuneCountInString(g.headings[n])
	}
	for _, row := range g.rows {
		for n, cell := range row {
			row[n] = oneLine(cell)
			widths[n] = max(widths[n], utf8.RuneCountInString(row[n]))
		}
	}
	lines := g.rows
	if strings.Join(g.headings, "") != "" {
		lines = append([][]string{g.headings}, g.rows...)
	}
	for _, row := range lines {
		var line strings.Builder
		for n, cell := range row {
			gap := strings.Repeat(" ", widths[n]-utf8.RuneCountInString(cell))
			if n > 0 {
				line.WriteString("  ")
			}
			if right[n] {
				line.WriteString(gap + cell)
			} else {
				line.WriteString(cell + gap)
			}
		}
		c.write(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// euros writes an amount for people.
func (c *call) euros(amount money.Cents, currency money.Currency) string {
	if currency == "" {
		currency = money.EUR
	}
	return amount.Format(currency, c.lang)
}

// shown writes a date for people.
func shown(day date.Date) string { return day.Short() }

// some is a list that JSON shows as an array, also when it is empty.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
