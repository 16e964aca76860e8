package main

import (
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// The toolkit's loop wakes sixty times a second, drawn upon or not. Behind other windows nobody sees it:
// there the loop sleeps for most of the time, and what the inbox brings shows within a quarter of a second.
const (
	restTime     = 250 * time.Millisecond
	betweenRests = 5 * time.Millisecond
)

// calm slows the loop down while the window is in the background.
type calm struct{ background, ended atomic.Bool }

func (c *calm) follow(lifecycle fyne.Lifecycle) {
	lifecycle.SetOnExitedForeground(func() {
		if !c.background.Swap(true) {
			fyne.Do(c.rest)
		}
	})
	lifecycle.SetOnEnteredForeground(func() { c.background.Store(false) })
}

// rest runs on the loop's own goroutine: that it waits there is the point.
func (c *calm) rest() {
	if !c.background.Load() || c.ended.Load() {
		return
	}
	time.Sleep(restTime)
	time.AfterFunc(betweenRests, func() {
		if !c.ended.Load() {
			fyne.Do(c.rest)
		}
	})
}
