package wire

import (
	"context"
	"sync"
	"time"

	"dument/app"
	"dument/app/ledger"
	"dument/app/mailbox"
)

// leasePause is how long to wait before asking again for a mailbox that another process watches.
const leasePause = time.Minute

// Inbox is the watcher of a house's mailbox for the window. It implements app.Inbox.
type Inbox struct {
	house *House
	mail  Mail

	mu        sync.Mutex
	state     app.InboxState
	listeners map[int]func(app.InboxState)
	nextID    int
	cancel    context.CancelFunc // ends the watching; nil while it does not run
	again     context.CancelFunc // ends this attempt, so that the next one begins
	done      chan struct{}
}

var _ app.Inbox = (*Inbox)(nil)

// NewInbox makes the watcher; Start starts it.
func NewInbox(house *House, mail Mail) *Inbox {
	return &Inbox{house: house, mail: mail, state: app.InboxState{Phase: app.InboxOff},
		listeners: map[int]func(app.InboxState){}}
}

// Start implements app.Inbox. A watcher that runs goes on.
func (i *Inbox) Start(ctx context.Context) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.cancel != nil {
		return
	}
	ctx, i.cancel = context.WithCancel(ctx)
	i.done = make(chan struct{})
	go i.run(ctx, i.done)
}

// Stop implements app.Inbox.
func (i *Inbox) Stop() {
	i.mu.Lock()
	cancel, done := i.cancel, i.done
	i.cancel = nil
	i.mu.Unlock()
	if cancel == nil {
		return
	}
	cancel()
	patience := time.NewTimer(stopPatience)
	defer patience.Stop()
	select {
	case <-done:
	case <-patience.C:
	}
}

// Retry implements app.Inbox: the present attempt ends, and the next one reads the settings anew.
func (i *Inbox) Retry() {
	i.mu.Lock()
	again := i.again
	i.mu.Unlock()
	if again != nil {
		again()
	}
}

// State implements app.Inbox.
func (i *Inbox) State() app.InboxState {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.state
}

// OnState implements app.Inbox.
func (i *Inbox) OnState(listen func(app.InboxState)) (stop func()) {
	i.mu.Lock()
	defer i.mu.Unlock()
	id := i.nextID
	i.nextID++
	i.listeners[id] = listen
	return func() {
		i.mu.Lock()
		defer i.mu.Unlock()
		delete(i.listeners, id)
	}
}

func (i *Inbox) enter(state app.InboxState) {
	i.mu.Lock()
	if state.LastRead.IsZero() {
		state.LastRead = i.state.LastRead
	}
	i.state = state
	listeners := make([]func(app.InboxState), 0, len(i.listeners))
	for _, listen := range i.listeners {
		listeners = append(listeners, listen)
	}
	i.mu.Unlock()
	for _, listen := range listeners {
		listen(state)
	}
}

// run makes one attempt after another until the context ends.
func (i *Inbox) run(ctx context.Context, done chan struct{}) {
	defer close(done)
	defer i.enter(app.InboxState{Phase: app.InboxStopped})
	for ctx.Err() == nil {
		attempt, again := context.WithCancel(ctx)
		i.mu.Lock()
		i.again = again
		i.mu.Unlock()
		err := i.house.WatchInbox(attempt, i.mail, func(state app.InboxState) {
			// The last report of an attempt that was ended is not the state of the next one.
			if attempt.Err() == nil {
				i.enter(state)
			}
		})
		if err != nil && attempt.Err() == nil {
			i.wait(attempt, err)
		}
		again()
	}
}

// wait holds after an attempt that could not begin: until Retry, or for a while where another process may
// let go of the mailbox.
func (i *Inbox) wait(attempt context.Context, err error) {
	problem := app.AsError(err)
	pause := time.NewTimer(leasePause)
	defer pause.Stop()
	state := app.InboxState{Phase: app.InboxFailed, Err: err}
	again := pause.C
	switch problem.Detail {
	case "off":
		state, again = app.InboxState{Phase: app.InboxOff}, nil
	case "watched_elsewhere":
		state.Phase, state.Until = app.InboxElsewhere, i.house.options.Clock().Add(leasePause)
	case "settings", "ca_file", "insecure_refused":
		again = nil
	default: // a ledger that is busy for a moment, for instance
		state.Phase, state.Until = app.InboxWaiting, i.house.options.Clock().Add(leasePause)
	}
	i.enter(state)
	select {
	case <-attempt.Done():
	case <-again:
	}
}

// SetPassword implements app.Inbox.
func (i *Inbox) SetPassword(settings ledger.Mailbox, password string) error {
	return i.house.Secrets.Set(mailService(settings.Host), settings.User, password)
}

// Probe implements app.Inbox. Details, by step: resolve: number of addresses; connect: port; tls: version,
// last day of the certificate; folders: number; read: messages read, messages in the folder; authenticity:
// the provider's most frequent name, its messages, messages looked at; waiting: "idle" or "poll".
func (i *Inbox) Probe(
	ctx context.Context, settings ledger.Mailbox, password string, report func(app.ProbeStep),
) []app.ProbeStep {
	if report == nil {
		report = func(app.ProbeStep) {}
	}
	from, err := i.house.mailbox(ctx, &settings)
	if err != nil {
		failed := app.ProbeStep{Name: string(mailbox.StepResolve), State: app.ProbeFailed, Err: err}
		report(failed)
		return []app.ProbeStep{failed}
	}
	if password != "" {
		from.password = func(context.Context) (string, error) { return password, nil }
	}
	translate := i.translator(ctx, settings)
	steps := mailbox.Probe(ctx, from.settings, from.password, mailbox.Clock(i.house.options.Clock),
		func(step mailbox.Step) { report(translate(step)) })
	ended := make([]app.ProbeStep, len(steps))
	for n, step := range steps {
		ended[n] = translate(step)
	}
	return ended
}
