package app

import (
	"context"
	"time"

	"dument/app/ledger"
)

// InboxPhase is what the watcher of the inbox is doing.
type InboxPhase string

// Phases of the watcher.
const (
	InboxOff        InboxPhase = "off"         // no mailbox is set up
	InboxElsewhere  InboxPhase = "elsewhere"   // another program watches it for this ledger
	InboxConnecting InboxPhase = "connecting"  //
	InboxReading    InboxPhase = "reading"     //
	InboxWatching   InboxPhase = "watching"    // the server announces new messages
	InboxPolling    InboxPhase = "polling"     // looks again at Until
	InboxWaiting    InboxPhase = "waiting"     // failed; tries again at Until
	InboxAuthFailed InboxPhase = "auth_failed" // the login was refused: waits for the user
	InboxFailed     InboxPhase = "failed"      // cannot work as it is set up: waits for the user
	InboxStopped    InboxPhase = "stopped"     //
)

// InboxState is the state of the watcher, for the status line. Err is classified (CodeMailbox, with
// the fault as Detail) and set when something failed.
type InboxState struct {
	Phase    InboxPhase
	Until    time.Time
	LastRead time.Time // zero when never
	Err      error
}

// ProbeState is how far a step of the mailbox test is.
type ProbeState string

// States of a step.
const (
	ProbeRunning ProbeState = "running"
	ProbeDone    ProbeState = "done"
	ProbeWarning ProbeState = "warning"
	ProbeFailed  ProbeState = "failed"
	ProbeSkipped ProbeState = "skipped"
)

// ProbeStep is one step of the mailbox test: resolve, connect, tls, login, folders, read,
// authenticity, waiting.
type ProbeStep struct {
	Name     string
	State    ProbeState
	Duration time.Duration
	Err      error // classified, when it failed
	// Detail holds what was found, in the order that the wording of the step needs.
	Detail []string
	// Choices are values that the user may take over: folders, or names of the provider in
	// Authentication-Results.
	Choices []string
	// Recognised counts the messages of the trial reading by class.
	Recognised map[string]int
}

// Inbox is the watcher of the mailbox as the window sees it. Callbacks come on any goroutine.
type Inbox interface {
	// Start watches in the background until Stop; settings are read from the ledger at each start.
	Start(ctx context.Context)
	// Stop ends the watching and waits for it, three seconds at most.
	Stop()
	// Retry tries again now, after a failure or new settings.
	Retry()
	State() InboxState
	OnState(listen func(InboxState)) (stop func())
	// Probe tests settings without keeping anything. An empty password is the stored one.
	Probe(ctx context.Context, settings ledger.Mailbox, password string, report func(ProbeStep)) []ProbeStep
	// SetPassword keeps a password in the system keyring.
	SetPassword(settings ledger.Mailbox, password string) error
}
