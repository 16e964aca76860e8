package kit

import (
	"sync"
	"time"
)

// Dispatch runs a function on the goroutine of the interface. The program wires it to fyne.Do; a test
// wires it to a queue that it drains itself. It is the only door from a worker to a widget.
type Dispatch func(func())

// Clock calls run once, after delay, on a goroutine of its own; cancel forgets the call. The program
// wires it to time.AfterFunc; a test wires it to a clock that it turns by hand.
type Clock func(delay time.Duration, run func()) (cancel func())

// Coalesce returns a function that asks for work: however often it is called within delay, work runs
// once, through dispatch, delay after the first call. It may be called from any goroutine.
func Coalesce(dispatch Dispatch, delay time.Duration, clock Clock, work func()) (ask func()) {
	var guard sync.Mutex
	asked := false
	return func() {
		guard.Lock()
		defer guard.Unlock()
		if asked {
			return
		}
		asked = true
		clock(delay, func() {
			guard.Lock()
			asked = false
			guard.Unlock()
			dispatch(work)
		})
	}
}
