package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"dument/app"
	"dument/app/date"
	"dument/cmd/internal/wire"
)

// surroundings are all that a run knows of the machine.
type surroundings struct {
	stdout, stderr io.Writer
	getenv         func(string) string
	now            func() time.Time
	// busyMillisecondsMax is how long to wait for a ledger that another program writes; 0 for the usual time.
	busyMillisecondsMax int
}

// call is one command with what was given to it.
type call struct {
	ctx     context.Context
	machine surroundings
	command *command
	given   given
	on      date.Date
	paths   wire.Paths
	lang    string
	json    bool
	house   *wire.House
	wrote   error // the first failure to write a result
}

// run carries out a command line and returns its exit status.
func run(ctx context.Context, machine surroundings, arguments []string) (status int) {
	c := &call{ctx: ctx, machine: machine, lang: languageOf(machine.getenv)}
	parsed, err := parse(arguments)
	c.given, c.command, c.json = parsed, parsed.command, parsed.isSet("json")
	if language := parsed.value("lang"); language == "fr" || language == "en" {
		c.lang = language
	}
	defer func() {
		if problem := recover(); problem != nil {
			status = c.fail(&app.Error{Code: app.CodeInternal, Err: fmt.Errorf("panic: %v", problem)})
		}
	}()
	if err == nil {
		err = c.prepare()
	}
	if err == nil {
		err = c.command.run(c)
	}
	if c.house != nil {
		err = errors.Join(err, c.house.Close())
	}
	if err == nil {
		err = c.wrote
	}
	if err == nil {
		return exitDone
	}
	return c.fail(err)
}

// prepare reads the global flags.
func (c *call) prepare() (err error) {
	if language := c.given.value("lang"); language != "" && language != "fr" && language != "en" {
		return usage("lang", words{
			"langue inconnue : «\u00a0" + language + "\u00a0» n’est pas offert : choisissez fr ou en",
			"unknown language: \"" + language + "\" is not offered: choose fr or en"})
	}
	c.paths = wire.DefaultPaths(c.machine.getenv)
	if path := c.given.value("ledger"); path != "" {
		c.paths.Ledger = path
	}
	if c.on = date.Of(c.machine.now()); c.given.isSet("on") {
		c.on, err = c.day("on")
	}
	return err
}

func (c *call) options() wire.Options {
	return wire.Options{Paths: c.paths, Clock: c.machine.now, Getenv: c.machine.getenv,
		BusyMillisecondsMax: c.machine.busyMillisecondsMax}
}

// open opens the ledger once.
func (c *call) open() (*app.App, error) {
	if c.house == nil {
		house, err := wire.Open(c.ctx, c.options())
		if err != nil {
			return nil, err
		}
		c.house = house
	}
	return c.house.App, nil
}

// languageOf is French unless the locale says English; the C locale says nothing.
func languageOf(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := strings.ToLower(getenv(name)); locale != "" {
			if locale == "en" || strings.HasPrefix(locale, "en_") || strings.HasPrefix(locale, "en-") ||
				strings.HasPrefix(locale, "en.") {
				return "en"
			}
			return "fr"
		}
	}
	return "fr"
}

// words is a text for people in the two languages.
type words struct{ fr, en string }

func (w words) in(language string) string {
	if language == "en" {
		return w.en
	}
	return w.fr
}

func (c *call) say(french, english string) string { return words{french, english}.in(c.lang) }

// emit prints a result: one line of JSON, or what text writes.
func (c *call) emit(result any, text func()) {
	if !c.json {
		text()
		return
	}
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(result); err != nil {
		c.wrote = errors.Join(c.wrote, &app.Error{Code: app.CodeInternal, Err: err})
		return
	}
	c.write(line.String())
}

func (c *call) printf(format string, values ...any) { c.write(fmt.Sprintf(format, values...)) }

func (c *call) write(text string) {
	if _, err := io.WriteString(c.machine.stdout, text); err != nil && c.wrote == nil {
		c.wrote = &outcome{exitPartial, words{
			"résultat non affiché : la sortie ne peut pas être écrite : ce qui a été fait reste enregistré, consultez-le",
			"result not printed: the output cannot be written: what was done stays recorded, look it up"}, err}
	}
}

// note says something on the side: a warning, what was left out.
func (c *call) note(text string) {
	// Nobody can be told that the error stream is closed.
	_, _ = io.WriteString(c.machine.stderr, oneLine(text)+"\n")
}

// oneLine keeps what others wrote from adding lines of its own.
func oneLine(text string) string {
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\x1b", " ").Replace(text)
}
