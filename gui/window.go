package gui

import (
	"context"
	"path/filepath"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"dument/app"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// Places of the window, in the order of the rail.
const (
	placeToDo     = "todo"
	placeInvoices = "invoices"
	placeClients  = "clients"
	placeLetters  = "letters"
	placePayments = "payments"
	placeSettings = "settings"
	placeFirst    = "first" // the first steps; it has no entry in the rail
)

// narrowWidth is the width below which the panel at the right hides; foldWidth the one below which
// the rail folds by itself.
const (
	narrowWidth = 1040
	foldWidth   = 860
)

// versionPoll is how often the window looks whether another program changed the ledger.
const versionPoll = 2 * time.Second

// New builds the window and shows the first screen. Close ends its background work.
func New(params Params) *Shell {
	ctx, stop := context.WithCancel(context.Background())
	s := &Shell{Params: params, ctx: ctx, stop: stop}
	s.status = kit.NewStatusBar()
	s.toasts = kit.NewToasts(params.Dispatch, params.Clock, s.T("shell.close"))
	s.rail = kit.NewRail(kit.Brand{Before: "D", Accent: "û", After: "ment", Short: "D"}, []kit.Place{
		{ID: placeToDo, Icon: theme.IconTodo, Label: s.T("place.todo")},
		{ID: placeInvoices, Icon: theme.IconInvoice, Label: s.T("place.invoices")},
		{ID: placeClients, Icon: theme.IconClients, Label: s.T("place.clients")},
		{ID: placeLetters, Icon: theme.IconLetter, Label: s.T("place.letters")},
		{ID: placePayments, Icon: theme.IconPay, Label: s.T("place.payments")},
		{ID: placeSettings, Icon: theme.IconSettings, Label: s.T("place.settings"), Foot: true},
	}, s.Go)
	s.rail.OnFolded = func(folded bool) {
		s.folded = folded
		s.Window.Content().Refresh()
	}
	s.screens = []screen{newToDoScreen(s), newInvoicesScreen(s), newClientsScreen(s), newLettersScreen(s),
		newPaymentsScreen(s), newSettingsScreen(s), newFirstScreen(s), newImportScreen(s),
		newShortcutsScreen(s), newAboutScreen(s)}
	s.stage = container.NewStack()
	s.actions = newActions(s)
	// A list or a dialog that lies over the window waits for its answer first.
	s.actions.Blocked = func() bool { return s.Window.Canvas().Overlays().Top() != nil }
	s.Window.SetMainMenu(s.actions.MainMenu(func(key string) string { return s.T(key) }))
	s.Window.Canvas().SetOnTypedKey(func(event *fyne.KeyEvent) { s.actions.TypedKey(event) })
	s.Window.SetContent(container.New(&windowLayout{s}, s.rail, s.stage, s.status, s.toasts))
	s.Window.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { s.dropped(uris) })
	if params.First {
		s.Go(placeFirst)
	} else {
		s.Go(placeToDo)
	}
	s.watch()
	return s
}

// Close ends the background work of the window.
func (s *Shell) Close() { s.stop() }

// windowLayout puts the rail at the left, the status line at the foot, the screen in the rest and the
// toasts over it; it folds the rail and the panels of a narrow window.
type windowLayout struct{ shell *Shell }

func (l *windowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	rail, stage, status, toasts := objects[0], objects[1], objects[2], objects[3]
	first := l.shell.current != nil && l.shell.current.id() == placeFirst
	rail.(*kit.Rail).Hidden = first
	l.shell.rail.SetFolded(l.shell.folded || size.Width < foldWidth)
	foot := status.MinSize().Height
	left := float32(0)
	if !first {
		left = rail.MinSize().Width
	}
	rail.Resize(fyne.NewSize(left, size.Height-foot))
	rail.Move(fyne.NewPos(0, 0))
	for _, screen := range l.shell.screens {
		screen.narrow(size.Width < narrowWidth)
	}
	stage.Resize(fyne.NewSize(size.Width-left, size.Height-foot))
	stage.Move(fyne.NewPos(left, 0))
	toasts.Resize(stage.Size())
	toasts.Move(stage.Position())
	status.Resize(fyne.NewSize(size.Width, foot))
	status.Move(fyne.NewPos(0, size.Height-foot))
}

// MinSize lets the window become small: every screen scrolls.
func (l *windowLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(640, 420) }

// Go shows a place.
func (s *Shell) Go(place string) {
	for _, screen := range s.screens {
		if screen.id() != place {
			continue
		}
		s.current = screen
		s.rail.Select(place)
		s.stage.Objects = []fyne.CanvasObject{screen.content()}
		s.stage.Refresh()
		if s.Window.Content() != nil {
			s.Window.Content().Refresh()
		}
		screen.refresh()
		screen.focus()
	}
	if s.actions != nil {
		s.actions.Refresh()
	}
}

// find returns a screen by its place.
func find[T screen](s *Shell) T {
	for _, screen := range s.screens {
		if found, ok := screen.(T); ok {
			return found
		}
	}
	panic("gui: no such screen")
}

// watch follows the changes of this program, of others, and of the inbox.
func (s *Shell) watch() {
	refresh := kit.Coalesce(s.Dispatch, 120*time.Millisecond, s.Clock, s.refreshAll)
	stopChanges := s.App.OnChange(refresh)
	status := kit.Coalesce(s.Dispatch, 120*time.Millisecond, s.Clock, s.showStatus)
	stopInbox := s.Inbox.OnState(func(app.InboxState) { status() })
	go func() {
		<-s.ctx.Done()
		stopChanges()
		stopInbox()
	}()
	s.poll(refresh)
	s.refreshElsewhere()
	s.showStatus()
}

// poll asks now and then whether another program has changed the ledger.
func (s *Shell) poll(refresh func()) {
	s.Clock(versionPoll, func() {
		if s.ctx.Err() != nil {
			return
		}
		if version, err := s.App.Store.Version(s.ctx); err == nil && version != s.version {
			if s.version != 0 {
				refresh()
			}
			s.version = version
		}
		s.poll(refresh)
	})
}

// refreshAll brings the shown screen, the counts and the status line up to date.
func (s *Shell) refreshAll() {
	if s.current != nil {
		s.current.refresh()
	}
	s.refreshElsewhere()
	s.showStatus()
}

// refreshElsewhere reads the day's work also when another place is shown: its counts stand in the rail.
func (s *Shell) refreshElsewhere() {
	if todo := find[*todoScreen](s); s.current != screen(todo) {
		todo.refresh()
	}
}

// showCounts writes the stock of the places into the rail. It comes with every reading of the day's work.
func (s *Shell) showCounts(overview app.Overview) {
	s.rail.SetCount(placeInvoices, count(overview.Outstanding.Count), false)
	s.rail.SetCount(placeLetters, count(overview.Letters), false)
	s.rail.SetCount(placePayments, count(overview.Pending), false)
	s.actions.Refresh()
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// showStatus writes the status line: the ledger at the left, the inbox at the right.
func (s *Shell) showStatus() {
	line := model.InboxLine(s.Words, s.Inbox.State(), s.Now())
	s.status.SetLeft(theme.IconFile, filepath.Base(s.App.Store.Path()))
	s.status.SetRight(iconOf(line.Icon), line.Text, toneColor(line.Tone))
	find[*todoScreen](s).showNews()
}

// Idle reports whether nothing is being loaded or written: what is shown is what is.
func (s *Shell) Idle() bool { return s.loading == 0 && s.working == 0 }

// openDocument writes a document to the folder of temporary files and shows it with the system's
// viewer.
func (s *Shell) openDocument(doc app.Document) {
	if err := s.OpenFile(doc.Name, doc.Bytes); err != nil {
		s.Say(s.T("shell.open.failed", doc.Name), "", nil)
	}
}
