package gui

import (
	"context"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/assets/translations"
	"dument/gui/theme"
	"dument/gui/words"
)

// testToday is the day of every test of the screens, a Saturday.
var testToday = date.Must("2026-11-21")

// shots, when given, is the folder into which the tests write what they see.
var shots = flag.String("shots", "", "folder for pictures of the screens")

// testOptions say how a test's window is made. The zero value is French, light, 1280 x 800, with the
// sample ledger.
type testOptions struct {
	language      string
	mode          theme.Mode
	width, height float32
	// empty leaves the ledger without clients and invoices.
	empty bool
	// fill, when set, is called with the App in place of the sample.
	fill func(t testing.TB, a *app.App)
	// files are handed out by ChooseFile, one a call.
	files []testFile
	// inbox is the state of the watcher; the zero value has read an hour ago.
	inbox app.InboxState
	first bool
}

// testFile is a document that was opened, saved or chosen.
type testFile struct {
	name    string
	content []byte
}

// testShell is a window over a real ledger in a temporary folder. Nothing runs on its own: what
// workers hand back waits in a queue until settle, and the clock is turned by hand.
type testShell struct {
	*Shell
	t      testing.TB
	inbox  *fakeInbox
	clock  *handClock
	queue  *testQueue
	today  date.Date
	now    time.Time
	opened []testFile
	saved  []testFile
	files  []testFile
}

// newTestShell opens a window and waits until its first screen shows what is.
func newTestShell(t testing.TB, options testOptions) *testShell {
	t.Helper()
	if options.language == "" {
		options.language = "fr"
	}
	if options.width == 0 {
		options.width, options.height = 1280, 800
	}
	if options.inbox.Phase == "" {
		options.inbox = app.InboxState{Phase: app.InboxWatching, LastRead: testNow.Add(-time.Hour)}
	}
	fyneApp := test.NewTempApp(t)
	fyneApp.Settings().SetTheme(theme.New(options.mode))
	texts, err := words.Load(translations.Files, options.language)
	if err != nil {
		t.Fatal(err)
	}
	var made *app.App
	switch {
	case options.fill != nil:
		made = newTestApp(t)
		options.fill(t, made)
	case options.empty:
		made = newTestApp(t)
	default:
		made = newSampleApp(t)
	}
	ts := &testShell{t: t, inbox: &fakeInbox{state: options.inbox}, clock: &handClock{}, queue: newTestQueue(),
		today: testToday, now: testNow, files: options.files}
	window := fyneApp.NewWindow("")
	window.SetPadded(false)
	window.Resize(fyne.NewSize(options.width, options.height))
	ts.Shell = New(ts.params(made, fyneApp, window, texts, options))
	window.Show()
	t.Cleanup(func() {
		ts.Close()
		ts.drain()
		window.Close()
	})
	ts.settle()
	return ts
}

func (ts *testShell) params(made *app.App, fyneApp fyne.App, window fyne.Window, texts *words.Words,
	options testOptions) Params {
	return Params{
		App: made, Inbox: ts.inbox, Fyne: fyneApp, Window: window, Words: texts,
		Today:    func() date.Date { return ts.today },
		Now:      func() time.Time { return ts.now },
		Dispatch: ts.queue.add, Clock: ts.clock.after,
		OpenFile: func(name string, content []byte) error {
			ts.opened = append(ts.opened, testFile{name, content})
			return nil
		},
		SaveFile: func(name string, content []byte, done func(string, error)) {
			ts.saved = append(ts.saved, testFile{name, content})
			done(name, nil)
		},
		ChooseFile: func(_ []string, done func(string, []byte, error)) {
			if len(ts.files) == 0 {
				done("", nil, nil)
				return
			}
			file := ts.files[0]
			ts.files = ts.files[1:]
			done(file.name, file.content, nil)
		},
		About: "licences", Version: "0.0.0", First: options.first,
		Example: func() error { return nil },
	}
}

// settle waits until workers and dispatcher have nothing left to do, the gathered refreshes included.
func (ts *testShell) settle() {
	ts.t.Helper()
	ts.drain()
	for ts.clock.fire(150 * time.Millisecond) {
		ts.drain()
	}
}

// drain runs what workers hand back until none is under way.
func (ts *testShell) drain() {
	ts.t.Helper()
	late := time.After(20 * time.Second)
	for {
		if run := ts.queue.next(); run != nil {
			run()
			continue
		}
		if ts.Idle() {
			return
		}
		select {
		case <-ts.queue.filled:
		case <-late:
			ts.t.Fatal("a worker did not come back")
		}
	}
}

// goTo shows a place and waits until it is there.
func (ts *testShell) goTo(place string) {
	ts.t.Helper()
	ts.Go(place)
	ts.settle()
}

// press sends keys to what has the focus, or to the window when nothing has.
func (ts *testShell) press(keys ...fyne.KeyName) {
	ts.t.Helper()
	for _, name := range keys {
		event := &fyne.KeyEvent{Name: name}
		if focused := ts.Window.Canvas().Focused(); focused != nil {
			focused.TypedKey(event)
		} else {
			ts.actions.TypedKey(event)
		}
	}
	ts.settle()
}

// write types a text into what has the focus.
func (ts *testShell) write(text string) {
	ts.t.Helper()
	focused := ts.Window.Canvas().Focused()
	if focused == nil {
		ts.t.Fatal("nothing has the focus")
	}
	for _, letter := range text {
		focused.TypedRune(letter)
	}
	ts.settle()
}

// captureScreen is the screen as it is drawn, without the rail and the status line.
func (ts *testShell) captureScreen(name string) image.Image {
	ts.t.Helper()
	whole := ts.capture(name)
	at, size := ts.stage.Position(), ts.stage.Size()
	part := image.NewNRGBA(image.Rect(0, 0, int(size.Width), int(size.Height)))
	draw.Draw(part, part.Bounds(), whole, image.Pt(int(at.X), int(at.Y)), draw.Src)
	return part
}

// capture is the window as it is drawn. With -shots it is also written to that folder.
func (ts *testShell) capture(name string) image.Image {
	ts.t.Helper()
	drawn := ts.Window.Canvas().Capture()
	if *shots == "" {
		return drawn
	}
	file, err := os.Create(filepath.Join(*shots, name+".png"))
	if err == nil {
		err = png.Encode(file, drawn)
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		ts.t.Fatal(err)
	}
	return drawn
}

// tap presses the object that shows a text: a button, a chip, a link. It fails when there is none.
func (ts *testShell) tap(text string) {
	ts.t.Helper()
	found := findPressable(ts.Window.Content(), text)
	if found == nil {
		ts.t.Fatalf("nothing to press says %q", text)
	}
	test.Tap(found)
	ts.settle()
}

// shows reports whether a text stands somewhere in sight, whole.
func (ts *testShell) shows(text string) bool {
	for _, shown := range textsOf(ts.Window.Content()) {
		if shown == text {
			return true
		}
	}
	return false
}

// handClock keeps what is to run later until it is turned.
type handClock struct {
	guard  sync.Mutex
	now    time.Duration
	timers []*handTimer
}

type handTimer struct {
	at    time.Duration
	delay time.Duration
	run   func()
}

func (c *handClock) after(delay time.Duration, run func()) (cancel func()) {
	c.guard.Lock()
	defer c.guard.Unlock()
	timer := &handTimer{at: c.now + delay, delay: delay, run: run}
	c.timers = append(c.timers, timer)
	return func() { c.take(func(t *handTimer) bool { return t == timer }) }
}

// take removes the timers that are chosen and returns them.
func (c *handClock) take(chosen func(*handTimer) bool) (taken []*handTimer) {
	c.guard.Lock()
	defer c.guard.Unlock()
	kept := c.timers[:0:0]
	for _, timer := range c.timers {
		if chosen(timer) {
			taken = append(taken, timer)
		} else {
			kept = append(kept, timer)
		}
	}
	c.timers = kept
	return taken
}

// fire runs the timers of at most that delay without moving the time, and reports whether there were any.
func (c *handClock) fire(longest time.Duration) bool {
	due := c.take(func(t *handTimer) bool { return t.delay <= longest })
	for _, timer := range due {
		timer.run()
	}
	return len(due) > 0
}

// turn moves the time and runs what became due.
func (c *handClock) turn(by time.Duration) {
	c.guard.Lock()
	c.now += by
	now := c.now
	c.guard.Unlock()
	for _, timer := range c.take(func(t *handTimer) bool { return t.at <= now }) {
		timer.run()
	}
}

// testQueue is the dispatcher of a test.
type testQueue struct {
	guard  sync.Mutex
	runs   []func()
	filled chan struct{}
}

func newTestQueue() *testQueue { return &testQueue{filled: make(chan struct{}, 1)} }

func (q *testQueue) add(run func()) {
	q.guard.Lock()
	q.runs = append(q.runs, run)
	q.guard.Unlock()
	select {
	case q.filled <- struct{}{}:
	default:
	}
}

func (q *testQueue) next() func() {
	q.guard.Lock()
	defer q.guard.Unlock()
	if len(q.runs) == 0 {
		return nil
	}
	run := q.runs[0]
	q.runs = q.runs[1:]
	return run
}

// fakeInbox is a watcher that does what the test says.
type fakeInbox struct {
	guard     sync.Mutex
	state     app.InboxState
	listeners []func(app.InboxState)
	retries   int
	password  string
	probed    []ledger.Mailbox
	steps     []app.ProbeStep // what Probe reports
}

func (f *fakeInbox) Start(context.Context) {}
func (f *fakeInbox) Stop()                 {}

func (f *fakeInbox) Retry() {
	f.guard.Lock()
	defer f.guard.Unlock()
	f.retries++
}

func (f *fakeInbox) State() app.InboxState {
	f.guard.Lock()
	defer f.guard.Unlock()
	return f.state
}

func (f *fakeInbox) OnState(listen func(app.InboxState)) (stop func()) {
	f.guard.Lock()
	defer f.guard.Unlock()
	f.listeners = append(f.listeners, listen)
	return func() {}
}

// become changes the state and tells it.
func (f *fakeInbox) become(state app.InboxState) {
	f.guard.Lock()
	f.state = state
	listeners := append([]func(app.InboxState){}, f.listeners...)
	f.guard.Unlock()
	for _, listen := range listeners {
		listen(state)
	}
}

func (f *fakeInbox) Probe(_ context.Context, settings ledger.Mailbox, _ string,
	report func(app.ProbeStep)) []app.ProbeStep {
	f.guard.Lock()
	f.probed = append(f.probed, settings)
	steps := f.steps
	f.guard.Unlock()
	for _, step := range steps {
		report(step)
	}
	return steps
}

func (f *fakeInbox) SetPassword(_ ledger.Mailbox, password string) error {
	f.guard.Lock()
	defer f.guard.Unlock()
	f.password = password
	return nil
}
