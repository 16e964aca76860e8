package storage

import (
	"fmt"

	"dument/app"
	"dument/app/date"
)

// columns reads a row of many columns, in order. Scanning into plain values spares database/sql its
// conversions, which weigh on a list of a hundred thousand invoices. NULL reads as the zero value.
type columns struct {
	values  []any
	targets []any
	next    int
	err     error // the first column that is not of its kind
}

func newColumns(count int) *columns {
	c := &columns{values: make([]any, count), targets: make([]any, count)}
	for i := range c.values {
		c.targets[i] = &c.values[i]
	}
	return c
}

func (c *columns) scan(scan func(...any) error) error {
	c.next, c.err = 0, nil
	return scan(c.targets...)
}

func (c *columns) take() any {
	value := c.values[c.next]
	c.next++
	return value
}

func (c *columns) wrong(value any) {
	if c.err == nil {
		c.err = &app.Error{Code: app.CodeLedgerDamaged, Detail: "bad_column",
			Err: fmt.Errorf("column %d holds a %T", c.next, value)}
	}
}

func (c *columns) integer() int64 {
	switch value := c.take().(type) {
	case nil:
		return 0
	case int64:
		return value
	default:
		c.wrong(value)
		return 0
	}
}

func (c *columns) text() string {
	switch value := c.take().(type) {
	case nil:
		return ""
	case string:
		return value
	default:
		c.wrong(value)
		return ""
	}
}

func (c *columns) day() date.Date {
	day, err := dayOf(c.text())
	if err != nil && c.err == nil {
		c.err = err
	}
	return day
}

// isNull looks at the next column without taking it.
func (c *columns) isNull() bool { return c.values[c.next] == nil }
