package mailbox

import "time"

// Phase is what a watcher is doing.
type Phase string

// Phases of a watcher.
const (
	PhaseOff        Phase = "off"         // not started
	PhaseConnecting Phase = "connecting"  // looking for the server, logging in
	PhaseReading    Phase = "reading"     // fetching what is new
	PhaseWatching   Phase = "watching"    // the server will announce new messages
	PhasePolling    Phase = "polling"     // looks again at State.Until
	PhaseWaiting    Phase = "waiting"     // failed; tries again at State.Until
	PhaseAuthFailed Phase = "auth_failed" // the login was refused: waits for Retry
	PhaseFailed     Phase = "failed"      // can't work as it is set up: waits for Retry
	PhaseStopped    Phase = "stopped"     // Run has ended
)

// State is what a watcher is doing, for a status line.
type State struct {
	Phase Phase
	// Since is when the phase began; Until when it ends by itself, or zero.
	Since, Until time.Time
	// Detail is the failure of the phases waiting, auth_failed and failed, mostly a *Fault; with
	// another phase it is a warning.
	Detail error
	// LastRead is when everything had been read last; zero when never.
	LastRead time.Time
	// NewMessages counts the messages that were new to the sink since Run began.
	NewMessages int
}

// courier hands states to a callback without ever waiting for it: when the callback is slow the
// oldest states are dropped, the last one never is.
type courier struct {
	states chan State
}

// courierDepth is how many states may wait.
const courierDepth = 16

func newCourier(report func(State)) *courier {
	c := &courier{states: make(chan State, courierDepth)}
	go func() {
		for state := range c.states {
			report(state)
		}
	}()
	return c
}

// send is called by one goroutine only.
func (c *courier) send(state State) {
	for {
		select {
		case c.states <- state:
			return
		default:
		}
		select {
		case <-c.states:
		default:
		}
	}
}

func (c *courier) close() { close(c.states) }
