package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dument/app/date"
	"dument/app/ledger"
	assetsexample "dument/assets/example"
	"dument/cmd/internal/example"
	"dument/cmd/internal/wire"
	"dument/gui"
	"dument/gui/theme"
)

// Names of what a tour leaves in its folder.
const (
	tourExample  = "example"
	tourLetter   = "mise-en-demeure.pdf"
	tourReport   = "rapport.txt"
	tourPatience = 240 * time.Second
)

// errLeft says that the window was closed before the end of the tour.
var errLeft = errors.New("the tour was left before its end")

// tourist visits every screen of the real window and writes what it saw.
type tourist struct {
	program *program
	dir     string
	made    example.Made
	report  []string
	written []string
	shots   int
	began   time.Time
	empty   string // folder of the empty ledger, removed at the end
}

// tour makes the example ledger in a folder, visits every screen in light and in dark, and leaves the
// pictures, the letter and a report there.
func tour(given options, paths wire.Paths, stdout, stderr io.Writer) int {
	fail := func(err error) int {
		fmt.Fprintf(stderr, "dument: %v\n", err)
		return exitFail
	}
	dir, err := filepath.Abs(given.tour)
	if err != nil {
		return fail(err)
	}
	if given.on.IsZero() {
		given.on = date.Must(example.Day)
	}
	ctx, stop := context.WithTimeout(context.Background(), tourPatience)
	defer stop()
	program, err := newProgram(ctx, given, paths)
	if err != nil {
		return fail(err)
	}
	t := &tourist{program: program, dir: dir, began: time.Now()}
	if err := t.prepare(ctx, stderr); err != nil {
		return fail(err)
	}
	ended := errLeft
	finish := func(err error) {
		ended = err
		program.app.Quit()
	}
	// The pictures are those of the whole screen: a window that a manager moved may lie across its edge.
	program.window.SetFullScreen(true)
	program.app.Lifecycle().SetOnStarted(func() { t.visit(ctx, finish) })
	go func() {
		<-ctx.Done()
		dispatch(func() { finish(errors.New("the tour took too long")) })
	}()
	program.window.ShowAndRun()
	program.end()
	if t.empty != "" {
		ended = errors.Join(ended, os.RemoveAll(t.empty))
	}
	if ended != nil {
		return fail(ended)
	}
	if err := t.conclude(); err != nil {
		return fail(err)
	}
	fmt.Fprintln(stdout, strings.Join(t.report, "\n"))
	for _, path := range t.written {
		fmt.Fprintln(stdout, path)
	}
	return exitDone
}

// prepare makes the example ledger and copies its letter.
func (t *tourist) prepare(ctx context.Context, progress io.Writer) error {
	made, err := example.EnsureLedger(ctx, filepath.Join(t.dir, tourExample), t.program.words.Language,
		func(step string) { fmt.Fprintln(progress, step) })
	if err != nil {
		return err
	}
	t.made = made
	t.say("Registre d’exemple : %d factures, %d clients, %d messages ; %s", made.Invoices, made.Clients,
		made.Messages, made.Ledger)
	letter, err := os.ReadFile(made.Letter)
	if err != nil {
		return fmt.Errorf("read the letter: %w", err)
	}
	path := filepath.Join(t.dir, tourLetter)
	if err := wire.WriteFile(path, letter); err != nil {
		return err
	}
	t.written = append(t.written, path)
	t.say("Mise en demeure %s : %s, %d octets", made.LetterNumber, made.LetterTotal.Format("EUR", "fr"), len(letter))
	return nil
}

func (t *tourist) say(format string, values ...any) {
	t.report = append(t.report, fmt.Sprintf(format, values...))
}

// visit shows the example ledger, then an empty one, each in light and in dark.
func (t *tourist) visit(ctx context.Context, finish func(error)) {
	p := t.program
	p.paths.Ledger = t.made.Ledger
	house, err := wire.Open(ctx, p.options(p.paths))
	if err != nil {
		finish(err)
		return
	}
	p.show(house, false)
	stops, err := p.shell.WorkingStops()
	if err != nil {
		finish(err)
		return
	}
	t.both(stops, func(err error) {
		if err != nil {
			finish(err)
			return
		}
		t.visitEmpty(ctx, finish)
	})
}

func (t *tourist) visitEmpty(ctx context.Context, finish func(error)) {
	p := t.program
	folder, err := os.MkdirTemp("", "dument-tour-*")
	if err != nil {
		finish(err)
		return
	}
	t.empty = folder
	p.paths.Ledger = filepath.Join(folder, "registre.dument")
	house, err := wire.Create(ctx, p.options(p.paths), ledger.Settings{})
	if err != nil {
		finish(err)
		return
	}
	p.show(house, true)
	t.both(p.shell.EmptyStops("factures.csv", assetsexample.Invoices), finish)
}

// both goes through the stops in light, then in dark.
func (t *tourist) both(stops []gui.Stop, done func(error)) {
	shell := t.program.shell
	first := t.shots
	look := func() (image.Image, error) { return picture(t.program.window) }
	shell.SetMode(theme.Light)
	shell.Tour(stops, look, t.shoot("clair"), func(err error) {
		if err != nil {
			done(err)
			return
		}
		t.shots = first
		shell.SetMode(theme.Dark)
		shell.Tour(stops, look, t.shoot("sombre"), done)
	})
}

// shoot writes a picture of the window.
func (t *tourist) shoot(mode string) func(string, image.Image) error {
	return func(name string, picture image.Image) error {
		t.shots++
		path := filepath.Join(t.dir, fmt.Sprintf("%02d-%s-%s.png", t.shots, name, mode))
		file, err := os.Create(path)
		if err != nil {
			return err
		}
		encoder := png.Encoder{CompressionLevel: png.BestSpeed}
		if err := errors.Join(encoder.Encode(file, picture), file.Close()); err != nil {
			return err
		}
		size := picture.Bounds().Size()
		t.say("%s : %d × %d", filepath.Base(path), size.X, size.Y)
		t.written = append(t.written, path)
		return nil
	}
}

// conclude writes the report and names the letters of the example.
func (t *tourist) conclude() error {
	err := filepath.WalkDir(t.made.Dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".pdf" {
			t.written = append(t.written, path)
		}
		return err
	})
	if err != nil {
		return err
	}
	t.say("Durée : %d s", int(time.Since(t.began).Seconds()))
	path := filepath.Join(t.dir, tourReport)
	t.written = append(t.written, path)
	return wire.WriteFile(path, []byte(strings.Join(t.report, "\n")+"\n"))
}
