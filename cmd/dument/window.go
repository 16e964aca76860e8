package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/assets"
	"dument/assets/licences"
	"dument/assets/translations"
	"dument/cmd/internal/example"
	"dument/cmd/internal/wire"
	"dument/gui"
	"dument/gui/theme"
	"dument/gui/words"
)

// Size of the window at its first showing, and where later sizes are remembered.
const (
	windowWidth      = 1280
	windowHeight     = 800
	preferenceWidth  = "width"
	preferenceHeight = "height"
	// afterFirstFrame is when the inbox may begin: the window is there.
	afterFirstFrame = 400 * time.Millisecond
	exampleFolder   = "exemple"
)

// program is the desktop program while it runs. Its methods run on the goroutine of the interface.
type program struct {
	calm   calm
	app    fyne.App
	window fyne.Window
	words  *words.Words
	paths  wire.Paths
	given  options
	files  *files
	// day is the fixed today of the example and of --on, zero for the calendar's.
	day   date.Date
	house *wire.House
	inbox *wire.Inbox
	shell *gui.Shell
	ctx   context.Context
}

// newProgram makes the window, still empty.
func newProgram(ctx context.Context, given options, paths wire.Paths) (*program, error) {
	icon := fyne.NewStaticResource("icon.png", assets.Icon)
	fyneapp.SetMetadata(fyne.AppMetadata{ID: appID, Name: appName, Version: wire.Version, Build: 1, Icon: icon,
		Migrations: map[string]bool{"fyneDo": true}})
	made := &program{app: fyneapp.NewWithID(appID), paths: paths, given: given, day: given.on, ctx: ctx}
	made.app.SetIcon(icon)
	made.app.Settings().SetTheme(theme.New(gui.PreferredMode(made.app)))
	language := given.lang
	if language == "" {
		language = gui.PreferredLanguage(made.app)
	}
	if language == "" {
		language = systemLanguage(os.Getenv)
	}
	var err error
	if made.words, err = words.Load(translations.Files, language); err != nil {
		return nil, fmt.Errorf("load the texts: %w", err)
	}
	made.window = made.app.NewWindow(appName)
	made.window.SetPadded(false)
	made.window.SetMaster()
	preferences := made.app.Preferences()
	made.window.Resize(fyne.NewSize(float32(preferences.FloatWithFallback(preferenceWidth, windowWidth)),
		float32(preferences.FloatWithFallback(preferenceHeight, windowHeight))))
	made.files = &files{window: made.window, app: made.app, state: paths.State, failed: func(name string) {
		if made.shell != nil {
			made.shell.Say(made.shell.T("shell.open.failed", name), "", nil)
		}
	}}
	return made, nil
}

// window shows the user's ledger until she closes it.
func window(given options, paths wire.Paths, stdout, stderr io.Writer) int {
	if given.example {
		paths.Ledger = filepath.Join(filepath.Dir(wire.DefaultPaths(os.Getenv).Ledger), exampleFolder, "ledger.dument")
	}
	var shown *program
	raised, release, err := claim(paths.State, paths.Ledger, func() {
		dispatch(func() {
			shown.window.Show()
			shown.window.RequestFocus()
		})
	})
	switch {
	case errors.Is(err, errBusy):
		fmt.Fprintln(stderr, sentence(given.lang, "busy"))
		return exitFail
	case raised:
		fmt.Fprintln(stdout, sentence(given.lang, "raised"))
		return exitDone
	}
	defer release()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if shown, err = newProgram(ctx, given, paths); err != nil {
		fmt.Fprintf(stderr, "dument: %v\n", err)
		return exitFail
	}
	shown.window.SetOnClosed(func() {
		size := shown.window.Canvas().Size()
		shown.app.Preferences().SetFloat(preferenceWidth, float64(size.Width))
		shown.app.Preferences().SetFloat(preferenceHeight, float64(size.Height))
	})
	shown.app.Lifecycle().SetOnStarted(shown.start)
	go func() {
		<-ctx.Done()
		dispatch(shown.app.Quit)
	}()
	shown.window.ShowAndRun()
	shown.calm.ended.Store(true)
	shown.end()
	return exitDone
}

// start opens the ledger once the window is there.
func (p *program) start() {
	p.calm.begin()
	switch {
	case p.given.example:
		go func() {
			if err := p.openExample(); err != nil {
				dispatch(func() { p.trouble(err) })
			}
		}()
	default:
		p.open(false)
	}
}

// open opens the ledger of the paths; with create a missing one is begun, as it is for the user's own.
func (p *program) open(create bool) {
	paths := p.paths
	own := p.given.ledger == "" && os.Getenv("DUMENT_LEDGER") == ""
	go func() {
		house, err := wire.Open(p.ctx, p.options(paths))
		first := false
		if app.HasCode(err, app.CodeLedgerMissing) && (create || own) {
			first = true
			if err = os.MkdirAll(filepath.Dir(paths.Ledger), folderMode); err == nil {
				house, err = wire.Create(p.ctx, p.options(paths), ledger.Settings{})
			} else {
				err = &app.Error{Code: app.CodeLedgerReadOnly, Err: err}
			}
		}
		dispatch(func() {
			if err != nil {
				logError("open ledger", err)
				p.trouble(err)
				return
			}
			p.show(house, first)
		})
	}()
}

func (p *program) options(paths wire.Paths) wire.Options {
	return wire.Options{Paths: paths, Clock: time.Now, Getenv: os.Getenv}
}

func (p *program) today() date.Date {
	if !p.day.IsZero() {
		return p.day
	}
	return date.Of(time.Now())
}

// show builds the window over a ledger, in the place of the one before.
func (p *program) show(house *wire.House, first bool) {
	p.release()
	p.house = house
	p.inbox = wire.NewInbox(house, wire.Mail{On: p.today, Each: func(outcomes []app.MessageOutcome) {
		slog.Info("inbox", "messages", len(outcomes))
	}})
	p.window.SetTitle(appName + " - " + filepath.Base(house.Store.Path()))
	p.shell = gui.New(gui.Params{
		App: house.App, Inbox: p.inbox, Fyne: p.app, Window: p.window, Words: p.words, Today: p.today, Now: time.Now,
		Dispatch: dispatch,
		Clock: func(delay time.Duration, run func()) (cancel func()) {
			timer := time.AfterFunc(delay, run)
			return func() { timer.Stop() }
		},
		OpenFile: p.files.open, SaveFile: p.files.save, ChooseFile: p.files.choose,
		About: licences.Text, Version: wire.Version,
		Places:  []string{p.words.T("help.about.state", p.paths.State)},
		Example: p.openExample, First: first,
	})
	slog.Info("ledger open", "first", first)
	if p.given.tour == "" {
		inbox := p.inbox
		time.AfterFunc(afterFirstFrame, func() { inbox.Start(p.ctx) })
	}
}

// release ends the work over the present ledger; what takes time is done aside.
func (p *program) release() {
	if p.house == nil {
		return
	}
	p.shell.Close()
	house, inbox := p.house, p.inbox
	p.house, p.inbox, p.shell = nil, nil, nil
	go func() {
		inbox.Stop()
		if err := house.Close(); err != nil {
			logError("close ledger", err)
		}
	}()
}

// end closes everything once the window is gone; the watcher gets three seconds.
func (p *program) end() {
	if p.house != nil {
		p.shell.Close()
		p.inbox.Stop()
		if err := p.house.Close(); err != nil {
			logError("close ledger", err)
		}
	}
	p.files.clean(time.Now())
	slog.Info("end")
}

// openExample makes or finds the example ledger beside the user's own and shows it, on the example's day.
// It is called on a worker.
func (p *program) openExample() error {
	folder := filepath.Join(filepath.Dir(wire.DefaultPaths(os.Getenv).Ledger), exampleFolder)
	made, err := example.EnsureLedger(p.ctx, folder, p.words.Language, func(string) {})
	if err != nil {
		logError("make example", err)
		return err
	}
	paths := p.paths
	paths.Ledger = made.Ledger
	house, err := wire.Open(p.ctx, p.options(paths))
	if err != nil {
		logError("open example", err)
		return err
	}
	dispatch(func() {
		p.paths = paths
		if p.given.on.IsZero() {
			p.day = date.Must(example.Day)
		}
		p.show(house, false)
	})
	return nil
}

// trouble says why the ledger could not be opened, with the ways out. The file is not touched.
func (p *program) trouble(err error) {
	p.window.SetMainMenu(nil)
	ways := gui.Ways{
		Again: func() { p.open(false) },
		Choose: func() {
			p.files.choosePath([]string{".dument"}, func(path string, err error) {
				if path != "" && err == nil {
					p.paths.Ledger = path
					p.given.ledger = path
					p.open(false)
				}
			})
		},
		Restore: func() {
			p.files.choosePath([]string{".dument"}, func(path string, err error) {
				if path != "" && err == nil {
					p.restore(path)
				}
			})
		},
		Example: func() {
			go func() {
				if err := p.openExample(); err != nil {
					dispatch(func() { p.trouble(err) })
				}
			}()
		},
	}
	if app.HasCode(err, app.CodeLedgerMissing) {
		ways.Create = func() { p.open(true) }
	}
	gui.ShowTrouble(p.window, p.words, p.paths.Ledger, err, ways)
}

// restore puts a copy in the place of the ledger that cannot be opened; that one is kept beside.
func (p *program) restore(from string) {
	paths := p.paths
	go func() {
		_, kept, err := wire.Restore(p.ctx, p.options(paths), from)
		dispatch(func() {
			if err != nil {
				logError("restore", err)
				p.trouble(err)
				return
			}
			slog.Info("restored", "kept", kept != "")
			p.open(false)
		})
	}()
}
