package main

import (
	"runtime"
	"strings"

	"dument/cmd/internal/wire"
)

var otherCommands = []command{
	{name: "version", run: showVersion, text: words{"affiche la version", "prints the version"}},
	{name: "help", arguments: "[COMMAND]", most: 2, run: help, text: words{"cette aide", "this help"}},
}

func showVersion(c *call) error {
	result := struct {
		Program string `json:"program"`
		Version string `json:"version"`
		System  string `json:"system"`
	}{"dument-cli", wire.Version, runtime.GOOS + "/" + runtime.GOARCH}
	c.emit(result, func() { c.printf("%s %s (%s)\n", result.Program, result.Version, result.System) })
	return nil
}

type jsonCommand struct {
	Command   string   `json:"command"`
	Arguments string   `json:"arguments"`
	Flags     []string `json:"flags"`
	Text      string   `json:"text"`
}

// help shows all commands, or one with its flags. Asked for with --json it gives them as lines.
func help(c *call) error {
	topic := strings.Join(c.given.arguments, " ")
	shownCommands := commands
	if topic != "" {
		shownCommands = nil
		for _, known := range commands {
			if known.name == topic || strings.HasPrefix(known.name, topic+" ") {
				shownCommands = append(shownCommands, known)
			}
		}
		if len(shownCommands) == 0 {
			return unknownCommand(c.given.arguments)
		}
	}
	if !c.json {
		c.write("dument-cli [--ledger FILE] [--on YYYY-MM-DD] [--json] [--lang fr|en] COMMAND ...\n\n")
	}
	table := newGrid(c.say("commande", "command"), c.say("effet", "effect"))
	for _, known := range shownCommands {
		made := jsonCommand{known.name, known.arguments, []string{}, known.text.in(c.lang)}
		for _, flag := range known.flags {
			made.Flags = append(made.Flags, flag.name)
		}
		c.emit(made, func() {
			table.add(strings.TrimSpace(known.name+" "+known.arguments), made.Text)
			if topic == "" {
				return
			}
			for _, flag := range append(append([]flagSpec{}, known.flags...), globalFlags...) {
				table.add(strings.TrimRight("    --"+flag.name+" "+flag.value, " "), flag.text.in(c.lang))
			}
		})
	}
	if !c.json {
		table.print(c, "")
	}
	return nil
}
