package kit_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"dument/gui/kit"
	"dument/gui/theme"
)

func begin(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
}

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

func TestButtonIsPressedByClickEnterAndSpace(t *testing.T) {
	begin(t)
	pressed := 0
	button := kit.NewPrimaryButton(theme.IconLetter, "Préparer", func() { pressed++ })
	test.Tap(button)
	for _, name := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyTab} {
		button.TypedKey(key(name))
	}
	if pressed != 4 {
		t.Errorf("pressed %d times, want once by click and three times by key", pressed)
	}
	button.Disable()
	test.Tap(button)
	button.TypedKey(key(fyne.KeyReturn))
	if pressed != 4 {
		t.Error("a disabled button was pressed")
	}
}

func TestTabWalksThroughWhatCanBePressed(t *testing.T) {
	begin(t)
	first, second := kit.NewPlainButton("", "Un", nil), kit.NewLinkButton("", "Deux", nil)
	chip := kit.NewChip("Échues", "9", nil)
	card := kit.NewCard(theme.Sheet, 8, kit.NewLabel("rien à presser", kit.Plain))
	window := test.NewTempWindow(t, kit.Stack(4, first, card, second, chip))
	var walked []fyne.Focusable
	for range 3 {
		test.FocusNext(window.Canvas())
		walked = append(walked, window.Canvas().Focused())
	}
	if walked[0] != fyne.Focusable(first) || walked[1] != fyne.Focusable(second) ||
		walked[2] != fyne.Focusable(chip) {
		t.Errorf("Tab went to %T, %T, %T", walked[0], walked[1], walked[2])
	}
}

func TestChip(t *testing.T) {
	begin(t)
	var told []bool
	chip := kit.NewChip("Échues", "9", func(on bool) { told = append(told, on) })
	width := chip.MinSize().Width
	chip.SetOn(true)
	if chip.MinSize().Width != width {
		t.Error("a chip that is turned on moves its neighbours")
	}
	test.Tap(chip)
	chip.TypedKey(key(fyne.KeySpace))
	if len(told) != 2 || told[0] || !told[1] {
		t.Errorf("told %v, want off then on", told)
	}
}

func TestRail(t *testing.T) {
	begin(t)
	var chosen []string
	rail := kit.NewRail(kit.Brand{Before: "D", Accent: "û", After: "ment", Short: "D"}, []kit.Place{
		{ID: "todo", Icon: theme.IconTodo, Label: "À faire"},
		{ID: "settings", Icon: theme.IconSettings, Label: "Réglages", Foot: true}},
		func(id string) { chosen = append(chosen, id) })
	folds := 0
	rail.OnFolded = func(bool) { folds++ }
	window := test.NewTempWindow(t, kit.Frame(nil, nil, nil, rail, nil))
	window.SetPadded(false)
	window.Resize(fyne.NewSize(400, 500))
	if got := rail.Size().Width; got != theme.RailWidth {
		t.Fatalf("the rail is %v wide", got)
	}
	test.TapCanvas(window.Canvas(), fyne.NewPos(60, 56+18))
	test.TapCanvas(window.Canvas(), fyne.NewPos(60, 500-11-18))
	if strings.Join(chosen, " ") != "todo settings" || rail.Chosen() != "settings" {
		t.Errorf("chosen %v, now %s", chosen, rail.Chosen())
	}
	rail.Select("todo")
	if len(chosen) != 2 {
		t.Error("Select is not the user")
	}
	test.TapCanvas(window.Canvas(), fyne.NewPos(40, 28))
	if !rail.Folded() || folds != 1 || rail.MinSize().Width != theme.RailFolded {
		t.Errorf("folded %v, told %d times, %v wide", rail.Folded(), folds, rail.MinSize().Width)
	}
}

func queueOf(keys ...string) []kit.QueueItem {
	var items []kit.QueueItem
	for _, name := range keys {
		items = append(items, kit.QueueItem{Key: name, Content: kit.TwoLines(name, "1,00", "a", "b")})
	}
	return items
}

func TestQueueKeyboard(t *testing.T) {
	begin(t)
	queue := kit.NewQueue(theme.Sheet, 12)
	queue.SetItems(queueOf("a", "b", "c", "d", "e", "f", "g", "h"))
	var told []string
	opened := ""
	queue.OnSelected = func(name string) { told = append(told, name) }
	queue.OnOpen = func(name string) { opened = name }
	window := test.NewTempWindow(t, queue)
	window.Resize(fyne.NewSize(300, 160))
	window.Canvas().Focus(queue)
	for _, name := range []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyEnd, fyne.KeyDown, fyne.KeyPageUp,
		fyne.KeyHome, fyne.KeyReturn} {
		queue.TypedKey(key(name))
	}
	if got := strings.Join(told, ""); got != "abhca" || opened != "a" {
		t.Errorf("told %s, opened %s", got, opened)
	}
	queue.Select("c")
	queue.SetItems(queueOf("z", "c"))
	if queue.Selected() != "c" {
		t.Error("the selection left its key")
	}
	queue.SetItems(queueOf("z"))
	if queue.Selected() != "" {
		t.Error("the selection outlives its row")
	}
}

func TestParagraphTakesTheHeightItNeeds(t *testing.T) {
	begin(t)
	text := strings.Repeat("une phrase assez longue ", 12)
	paragraph := kit.NewParagraph(text, kit.Small)
	below := kit.NewLabel("dessous", kit.Plain)
	stack := kit.Stack(4, paragraph, below)
	for _, width := range []float32{600, 200, 120, 600} {
		stack.Resize(fyne.NewSize(width, 400))
		bottom := paragraph.Position().Y + paragraph.Size().Height
		if below.Position().Y != bottom+4 {
			t.Errorf("at %v: the next line is at %v, the paragraph ends at %v", width, below.Position().Y,
				bottom)
		}
		whole := fyne.MeasureText(text, theme.SizeSmall, fyne.TextStyle{})
		if least := whole.Width / width * whole.Height; paragraph.Size().Height < least-1 {
			t.Errorf("at %v: %v high for at least %v of text", width, paragraph.Size().Height, least)
		}
	}
}

func TestEllipsisFits(t *testing.T) {
	begin(t)
	const text = "Cabinet Ferrand & Associés, experts-comptables"
	for width := float32(10); width < 400; width += 13 {
		cut := kit.Ellipsis(text, width, kit.Plain)
		got := fyne.MeasureText(cut, theme.SizeText, fyne.TextStyle{}).Width
		if cut != "…" && got > width+.5 {
			t.Errorf("%q is %v wide for %v", cut, got, width)
		}
		if cut != text && !strings.HasSuffix(cut, "…") {
			t.Errorf("%q is cut and does not say so", cut)
		}
	}
	if kit.Ellipsis(text, 1000, kit.Plain) != text {
		t.Error("a text that fits was cut")
	}
}

// handClock runs what was asked once time is turned to it.
type handClock struct {
	now   time.Duration
	calls []*handCall
}

type handCall struct {
	at        time.Duration
	run       func()
	cancelled bool
}

func (c *handClock) after(delay time.Duration, run func()) (cancel func()) {
	call := &handCall{at: c.now + delay, run: run}
	c.calls = append(c.calls, call)
	return func() { call.cancelled = true }
}

func (c *handClock) turn(by time.Duration) {
	c.now += by
	for _, call := range c.calls {
		if !call.cancelled && call.at <= c.now {
			call.cancelled = true
			call.run()
		}
	}
}

func TestToastLeavesAfterEightSeconds(t *testing.T) {
	begin(t)
	clock := &handClock{}
	toasts := kit.NewToasts(func(run func()) { run() }, clock.after, "Fermer")
	undone := 0
	toasts.Say("Facture supprimée", "Annuler", func() { undone++ })
	clock.turn(5 * time.Second)
	toasts.Say("Règlement enregistré", "", nil)
	clock.turn(5 * time.Second)
	if toasts.Message() != "Règlement enregistré" {
		t.Errorf("the first message's time ended the second: %q", toasts.Message())
	}
	clock.turn(3 * time.Second)
	if toasts.Message() != "" {
		t.Errorf("%q is still there after eight seconds", toasts.Message())
	}
	if undone != 0 {
		t.Error("time undid the act")
	}
}

func TestToastUndo(t *testing.T) {
	begin(t)
	clock := &handClock{}
	toasts := kit.NewToasts(func(run func()) { run() }, clock.after, "Fermer")
	window := test.NewTempWindow(t, container.NewStack(kit.NewSurface(theme.Paper), toasts))
	window.Resize(fyne.NewSize(600, 300))
	undone := 0
	toasts.Say("Facture supprimée", "Annuler", func() { undone++ })
	for _, object := range test.LaidOutObjects(window.Content()) {
		if button, is := object.(*kit.Button); is && button.Text() == "Annuler" {
			test.Tap(button)
		}
	}
	if undone != 1 || toasts.Message() != "" {
		t.Errorf("undone %d times, message %q", undone, toasts.Message())
	}
}

func TestCoalesce(t *testing.T) {
	clock := &handClock{}
	var queue []func()
	dispatch := kit.Dispatch(func(run func()) { queue = append(queue, run) })
	done := 0
	ask := kit.Coalesce(dispatch, 100*time.Millisecond, clock.after, func() { done++ })
	drain := func() {
		for _, run := range queue {
			run()
		}
		queue = nil
	}
	for range 50 {
		ask()
	}
	drain()
	if done != 0 {
		t.Error("work began before its delay")
	}
	clock.turn(100 * time.Millisecond)
	drain()
	if done != 1 {
		t.Errorf("fifty requests made %d works", done)
	}
	ask()
	clock.turn(100 * time.Millisecond)
	drain()
	if done != 2 {
		t.Errorf("a later request made %d works in all", done)
	}
}

func TestWidgetsFollowTheTheme(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Dark))
	fresh := test.NewTempWindow(t, today())
	fresh.SetPadded(false)
	fresh.Resize(fyne.NewSize(1280, 800))
	want := fresh.Canvas().Capture()

	app.Settings().SetTheme(theme.New(theme.Light))
	window := test.NewTempWindow(t, today())
	window.SetPadded(false)
	window.Resize(fyne.NewSize(1280, 800))
	window.Canvas().Capture()
	app.Settings().SetTheme(theme.New(theme.Dark))
	window.Content().Refresh()
	got := window.Canvas().Capture()
	differing := 0
	for y := range 800 {
		for x := range 1280 {
			if got.At(x, y) != want.At(x, y) {
				differing++
			}
		}
	}
	if differing > 0 {
		t.Errorf("%d pixels keep the light theme after a change to dark", differing)
	}
}

func TestSmallWidgetsMarkup(t *testing.T) {
	begin(t)
	chip := kit.NewChip("Échues", "9", nil)
	chip.SetOn(true)
	off := kit.NewPlainButton("", "Reporter", nil)
	off.Disable()
	for name, object := range map[string]fyne.CanvasObject{
		"chip": chip, "evidence": kit.NewEvidence(2, "notifié"), "keyhint": kit.NewKeyHint("Entrée",
			"accepter"),
		"button-primary": kit.NewPrimaryButton(theme.IconLetter, "Préparer la lettre",
			nil).WithKey("Ctrl L"),
		"button-disabled": off, "notice": kit.NewNotice(kit.ToneLate, "", "Non authentifié"),
		"heading": kit.NewHeading("Déroulé", "9 faits"),
	} {
		t.Run(name, func(t *testing.T) {
			object.Resize(object.MinSize())
			test.AssertObjectRendersToMarkup(t, name+".xml", object)
		})
	}
}
