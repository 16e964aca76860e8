package main

// commands is every command, in the order of the help. It is filled by init because the help is one of them.
var commands []command

func init() {
	for _, group := range [][]command{ledgerCommands, clientCommands, invoiceCommands, importCommands,
		moneyCommands, letterCommands, mailCommands, reportCommands, careCommands, laterCommands, otherCommands} {
		commands = append(commands, group...)
	}
}

// laterCommands are in the contract and not in this version: they say so.
var laterCommands = []command{
	{name: "remind", arguments: "[NUMBER]...", most: -1, run: later,
		flags: []flagSpec{{"approve", toggle, "", words{"les libérer", "release them"}}},
		text:  words{"relances par e-mail (version suivante)", "reminders by e-mail (a later version)"}},
	{name: "case", arguments: "NUMBER...", most: -1, run: later,
		flags: []flagSpec{{"out", single, "DIR", words{"dossier à faire", "folder to make"}}},
		text:  words{"dossier pour le tribunal (version suivante)", "file for the court (a later version)"}},
}

func later(c *call) error {
	return notBuilt("command", c.command.name, words{
		"utilisez due pour la liste du jour et letter pour la mise en demeure",
		"use due for the list of the day and letter for the formal notice"})
}
