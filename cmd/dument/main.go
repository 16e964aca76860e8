// Command dument is the desktop program: it makes the parts, opens the ledger, and shows the window.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"fyne.io/fyne/v2/lang"

	"dument/app/date"
	"dument/cmd/internal/wire"
)

// The program's name and id, the ones of FyneApp.toml. Its version is wire.Version.
const (
	appID   = "fr.dument.Dument"
	appName = "Dûment"
)

// Statuses with which the program ends.
const (
	exitDone  = 0
	exitFail  = 1
	exitUsage = 2
)

// options are what the command line says.
type options struct {
	ledger  string
	on      date.Date // zero for the calendar's day
	lang    string
	tour    string
	example bool
	version bool
}

func main() {
	wire.Private()
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(arguments []string, stdout, stderr io.Writer) int {
	given, err := parse(arguments, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitDone
	case err != nil:
		fmt.Fprintf(stderr, "dument: %v\n", err)
		return exitUsage
	case given.version:
		fmt.Fprintf(stdout, "%s %s\n", appName, wire.Version)
		return exitDone
	}
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		fmt.Fprintln(stderr, sentence(given.lang, "no_display"))
		return exitFail
	}
	paths := wire.DefaultPaths(os.Getenv)
	if given.ledger != "" {
		if paths.Ledger, err = filepath.Abs(given.ledger); err != nil {
			fmt.Fprintf(stderr, "dument: %v\n", err)
			return exitUsage
		}
	}
	if err := os.MkdirAll(paths.State, 0o700); err != nil {
		fmt.Fprintf(stderr, "dument: %v\n", err)
		return exitFail
	}
	closeLog := startLog(paths.State)
	defer closeLog()
	slog.Info("start", "version", wire.Version, "system", runtime.GOOS, "tour", given.tour != "")
	if given.tour != "" {
		return tour(given, paths, stdout, stderr)
	}
	return window(given, paths, stdout, stderr)
}

// parse reads the command line.
func parse(arguments []string, stderr io.Writer) (given options, err error) {
	flags := flag.NewFlagSet("dument", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&given.ledger, "ledger", "", "the ledger's `FILE` ($DUMENT_LEDGER, else the user's own)")
	on := flags.String("on", "", "the `DAY` that counts as today, as 2026-11-21")
	flags.StringVar(&given.lang, "lang", "", "fr or en")
	flags.StringVar(&given.tour, "tour", "", "visit every screen with the example ledger and leave pictures in `DIR`")
	flags.BoolVar(&given.example, "example", false, "open the example ledger, made at the first time")
	flags.BoolVar(&given.version, "version", false, "print the version")
	if err := flags.Parse(arguments); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return given, err
		}
		return given, fmt.Errorf("read the command line: %w", err)
	}
	// A file that the desktop hands over stands alone.
	switch {
	case flags.NArg() == 1 && given.ledger == "":
		given.ledger = flags.Arg(0)
	case flags.NArg() > 0:
		return given, fmt.Errorf("%q is not expected here", flags.Arg(0))
	}
	if given.lang != "" && given.lang != "fr" && given.lang != "en" {
		return given, fmt.Errorf("--lang is fr or en, not %q", given.lang)
	}
	if *on != "" {
		if given.on, err = date.Parse(*on); err != nil {
			return given, fmt.Errorf("--on is a day such as 2026-11-21, not %q", *on)
		}
	}
	return given, nil
}

// systemLanguage is the language of the session: French when it says nothing.
func systemLanguage(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" && value != "C" && value != "POSIX" && !strings.HasPrefix(value, "C.") {
			return supported(value)
		}
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return supported(lang.SystemLocale().LanguageString())
	}
	return "fr"
}

func supported(locale string) string {
	if strings.HasPrefix(strings.ToLower(locale), "fr") {
		return "fr"
	}
	return "en"
}

// sentences are what the program says before it has a window.
var sentences = map[string][2]string{
	"no_display": {
		"dument : aucun écran : démarrez-le dans une session graphique, ou utilisez dument-cli",
		"dument: no display: start it in a graphical session, or use dument-cli"},
	"raised": {
		"dument : ce registre est déjà ouvert : sa fenêtre passe devant",
		"dument: this ledger is open already: its window comes to the front"},
	"busy": {
		"dument : ce registre est déjà ouvert dans une fenêtre qui ne répond pas : attendez ou fermez-la",
		"dument: this ledger is open already in a window that does not answer: wait or close it"},
}

// sentence is one of them in a language, the session's when none is given.
func sentence(language, key string) string {
	if language == "" {
		language = systemLanguage(os.Getenv)
	}
	if language == "fr" {
		return sentences[key][0]
	}
	return sentences[key][1]
}
