package main

import (
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// The toolkit's loop wakes sixty times a second, whether anything moves or not. When nothing has happened
// for a while, the loop waits for the next event of the system instead: a key or the mouse ends the wait
// at once, and so does whatever dispatch brings.
const (
	quietAfter   = time.Second            // without an event
	waitTime     = 600 * time.Millisecond // how long one wait lasts when nothing comes
	betweenWaits = 20 * time.Millisecond  // for the loop to draw a frame
)

// calm slows the loop of a quiet window down.
type calm struct{ ended atomic.Bool }

// begin starts the waits. It is called once the loop runs.
func (c *calm) begin() { c.after(quietAfter) }

func (c *calm) after(pause time.Duration) {
	time.AfterFunc(pause, func() {
		if !c.ended.Load() {
			fyne.Do(c.wait)
		}
	})
}

// wait runs on the loop's own goroutine: that it waits there is the point.
func (c *calm) wait() {
	if c.ended.Load() {
		return
	}
	begun := time.Now()
	waitForEvent(waitTime)
	if time.Since(begun) < waitTime {
		c.after(quietAfter)
		return
	}
	c.after(betweenWaits)
}

// dispatch runs a function on the goroutine of the interface, soon, also while the loop waits.
func dispatch(run func()) {
	fyne.Do(run)
	endWait()
}
