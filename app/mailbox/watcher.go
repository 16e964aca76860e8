package mailbox

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"
)

// Watcher keeps the sink up to date with the inbox for as long as it runs.
type Watcher struct {
	reader   reader
	settings Settings
	clock    Clock
	report   func(State)

	// wake and retry hold at most one token each.
	wake  chan struct{}
	retry chan struct{}

	mu    sync.Mutex
	state State
	drop  context.CancelCauseFunc // ends the running connection

	courier *courier
	// jitter is in [0, 1).
	jitter  func() float64
	backoff time.Duration
	// refusals are the refused logins of the last day; inARow counts those without a success between.
	refusals    []time.Time
	inARow      int
	idleRefused bool // the server announces IDLE and refuses it
	// restarts are the changes of UIDVALIDITY of the last day.
	restarts []time.Time
}

const (
	// maxRefusals is how many refused logins a day the watcher causes by itself, whatever the server
	// answers in between: providers lock accounts.
	maxRefusals = 5
	// maxRestarts is how many changes of UIDVALIDITY a day are believed before the pace is slowed.
	maxRestarts = 3
	// slowPace is the pace then.
	slowPace = time.Hour
)

// NewWatcher makes a watcher. report gets every change of state in order, from a goroutine of its
// own; a report that is slow misses states, and one last report may come shortly after Run returned.
// It may be nil.
func NewWatcher(
	settings Settings, password Password, sink Sink, clock Clock, report func(State),
) *Watcher {
	if report == nil {
		report = func(State) {}
	}
	return &Watcher{
		reader:   reader{password: password, sink: sink, clock: clock},
		settings: settings, clock: clock, report: report,
		wake: make(chan struct{}, 1), retry: make(chan struct{}, 1),
		state: State{Phase: PhaseOff}, jitter: rand.Float64,
	}
}

// State is the present state.
func (w *Watcher) State() State {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.state
}

// Retry lets a watcher that waits for the user try again, after a new password for instance.
func (w *Watcher) Retry() { offer(w.retry) }

// Wake drops the connection and looks at once. Call it when the machine comes back from sleep or the
// network changes: the old socket may be dead without knowing.
func (w *Watcher) Wake() {
	offer(w.wake)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.drop != nil {
		w.drop(errWoken)
	}
}

var errWoken = errors.New("woken")

func offer(tokens chan struct{}) {
	select {
	case tokens <- struct{}{}:
	default:
	}
}

func drain(tokens chan struct{}) {
	select {
	case <-tokens:
	default:
	}
}

// Run watches until the context ends, and returns its cause. It may be called once.
func (w *Watcher) Run(ctx context.Context) error {
	w.courier = newCourier(w.report)
	defer w.courier.close()
	defer w.enter(PhaseStopped, 0, nil)
	settings, err := w.settings.completed()
	w.settings, w.reader.settings = settings, settings
	if err != nil { // the settings can't change while it runs
		w.enter(PhaseFailed, 0, err)
		<-ctx.Done()
	}
	for ctx.Err() == nil {
		w.settle(ctx, w.turn(ctx))
	}
	return context.Cause(ctx)
}

// enter changes the state. lasting 0 means without a known end.
func (w *Watcher) enter(phase Phase, lasting time.Duration, detail error) {
	w.mu.Lock()
	now := w.clock()
	w.state.Phase, w.state.Since, w.state.Until, w.state.Detail = phase, now, time.Time{}, detail
	if lasting > 0 {
		w.state.Until = now.Add(lasting)
	}
	state := w.state
	w.mu.Unlock()
	w.courier.send(state)
}

// note keeps the result of a reading, also of one that failed half-way.
func (w *Watcher) note(result Result, err error) {
	now := w.clock()
	w.mu.Lock()
	if err == nil {
		w.state.LastRead = now
	}
	w.state.NewMessages += result.New
	w.mu.Unlock()
	if result.Restarted {
		w.restarts = append(lastDay(w.restarts, now), now)
	}
}

func lastDay(times []time.Time, now time.Time) []time.Time {
	var kept []time.Time
	for _, t := range times {
		if now.Sub(t) < 24*time.Hour {
			kept = append(kept, t)
		}
	}
	return kept
}

// turn is one connection from its beginning to its end. It returns nil when the next one may begin at
// once. A panic, of the sink for instance, ends the turn and not the program.
func (w *Watcher) turn(parent context.Context) (err error) {
	ctx, drop := context.WithCancelCause(parent)
	defer drop(nil)
	w.mu.Lock()
	w.drop = drop
	w.mu.Unlock()
	begun := w.clock()
	defer func() {
		if trouble := recover(); trouble != nil {
			err = fmt.Errorf("mailbox: the watcher failed: %v", trouble)
		}
		if w.clock().Sub(begun) >= w.settings.Limits.SteadyAfter {
			w.backoff = 0
		}
		if parent.Err() == nil && errors.Is(context.Cause(ctx), errWoken) {
			drain(w.wake)
			err, w.backoff = nil, 0
		}
	}()
	w.enter(PhaseConnecting, 0, nil)
	w.reader.reading = func() {
		w.inARow = 0
		w.enter(PhaseReading, 0, nil)
	}
	s, result, err := w.reader.readAll(ctx)
	w.note(result, err)
	if err != nil {
		return err
	}
	defer s.close()
	unstable := w.unstable()
	if unstable == nil && result.Idle && !w.idleRefused {
		err = w.watch(ctx, s)
		if !errors.Is(err, errIdleRefused) {
			return err
		}
		w.idleRefused = true
	}
	s.logout()
	return w.poll(ctx, unstable)
}

// unstable is the warning for a server that numbers its messages anew all the time.
func (w *Watcher) unstable() error {
	if len(lastDay(w.restarts, w.clock())) <= maxRestarts {
		return nil
	}
	return &Fault{Code: CodeUnstable, Stage: StageFolder}
}

// poll waits for the next look at a server that announces nothing.
func (w *Watcher) poll(ctx context.Context, warning error) error {
	pause := w.settings.PollEvery
	if warning != nil {
		pause = max(pause, slowPace)
	}
	w.enter(PhasePolling, pause, warning)
	w.wait(ctx, pause)
	return nil
}

// maxCycles ends a connection that holds for hours, so that the folder is opened anew and a change of
// UIDVALIDITY is seen.
const maxCycles = 24

// afterReading is how long the first wait after a reading lasts: some servers do not announce what arrived
// between the end of the reading and the beginning of the wait.
const afterReading = 15 * time.Second

// watch lets the server announce messages, and looks for itself at every cycle: announcements get
// lost, and a dead connection is silent.
func (w *Watcher) watch(ctx context.Context, s *session) error {
	limit := min(afterReading, w.settings.Limits.IdleCycle)
	for cycles := 0; cycles < maxCycles && ctx.Err() == nil; {
		w.enter(PhaseWatching, 0, nil)
		news, err := s.idle(func(arrived, closed <-chan struct{}) bool {
			return w.await(ctx, limit, arrived, closed)
		})
		if err != nil {
			return err
		}
		if news {
			limit = min(afterReading, w.settings.Limits.IdleCycle)
			w.enter(PhaseReading, 0, nil)
		} else {
			limit = w.settings.Limits.IdleCycle
			cycles++
			if err := s.noop(); err != nil {
				return err
			}
		}
		result, err := w.reader.pass(s, &care{broken: map[uint32]int{}}, false)
		w.note(result, err)
		if err != nil {
			return err
		}
	}
	if ctx.Err() == nil {
		s.logout()
	}
	return nil
}

// await waits during IDLE, for limit at most; true means that messages were announced.
func (w *Watcher) await(ctx context.Context, limit time.Duration, arrived, closed <-chan struct{}) bool {
	cycle := time.NewTimer(limit)
	defer cycle.Stop()
	sleep := w.newSleepWatch()
	defer sleep.stop()
	for {
		select {
		case <-arrived:
			return true
		case <-sleep.ticks():
			if sleep.slept() {
				w.Wake()
				return false
			}
		case <-cycle.C:
			return false
		case <-closed:
			return false
		case <-ctx.Done():
			return false
		}
	}
}

// settle waits after a turn as long as its end demands.
func (w *Watcher) settle(ctx context.Context, err error) {
	if err == nil || ctx.Err() != nil {
		return
	}
	var fault *Fault
	if errors.As(err, &fault) && fault.needsUser() {
		w.settleRefusal(ctx, fault)
		return
	}
	w.backoff = min(max(2*w.backoff, w.settings.Limits.BackoffLow), w.settings.Limits.BackoffHigh)
	pause := time.Duration(float64(w.backoff) * (0.75 + 0.5*w.jitter()))
	w.enter(PhaseWaiting, pause, err)
	if w.wait(ctx, pause) {
		w.backoff = 0
	}
}

// settleRefusal tries a refused login once more, because servers have bad moments, and then waits for
// the user, because providers lock accounts.
func (w *Watcher) settleRefusal(ctx context.Context, fault *Fault) {
	if fault.Refused() {
		now := w.clock()
		w.refusals = append(lastDay(w.refusals, now), now)
		w.inARow++
		if fault.Code == CodeAuthFailed && w.inARow == 1 && len(w.refusals) < maxRefusals {
			w.enter(PhaseWaiting, w.settings.Limits.AuthRetry, fault)
			w.wait(ctx, w.settings.Limits.AuthRetry)
			return
		}
	}
	phase := PhaseFailed
	if fault.Refused() || fault.Code == CodePasswordMissing {
		phase = PhaseAuthFailed
	}
	w.enter(phase, 0, fault)
	select {
	case <-w.retry:
		w.inARow = 0
	case <-ctx.Done():
	}
}

// wait returns early, with true, when somebody or the end of a sleep wants a new try.
func (w *Watcher) wait(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	sleep := w.newSleepWatch()
	defer sleep.stop()
	for {
		select {
		case <-timer.C:
			return false
		case <-ctx.Done():
			return false
		case <-w.wake:
			return true
		case <-w.retry:
			return true
		case <-sleep.ticks():
			if sleep.slept() {
				return true
			}
		}
	}
}

// sleepWatch notices that the machine slept: timers stand still meanwhile and the wall clock does not.
type sleepWatch struct {
	ticker *time.Ticker
	every  time.Duration
	clock  Clock
	last   time.Time
}

func (w *Watcher) newSleepWatch() *sleepWatch {
	every := w.settings.Limits.WakeCheck
	return &sleepWatch{ticker: time.NewTicker(every), every: every, clock: w.clock, last: w.clock().Round(0)}
}

func (s *sleepWatch) ticks() <-chan time.Time { return s.ticker.C }

func (s *sleepWatch) slept() bool {
	now := s.clock().Round(0) // without the monotonic reading, which may stand still too
	gap := now.Sub(s.last)
	s.last = now
	return gap > 3*s.every
}

func (s *sleepWatch) stop() { s.ticker.Stop() }
