package main

import (
	"slices"
	"strings"

	"dument/app/date"
	"dument/app/law"
	"dument/app/money"
)

// flagKind says what follows a flag.
type flagKind uint8

const (
	single flagKind = iota // one value
	many                   // one value, and the flag may be repeated
	toggle                 // no value
)

// flagSpec is a flag of a command. value names what it takes, for the help.
type flagSpec struct {
	name  string
	kind  flagKind
	value string
	text  words
}

// command is one command or subcommand.
type command struct {
	name      string // such as "client add"
	arguments string // for the help, such as "CLIENT"
	least     int    // arguments
	most      int    // -1 for any number
	flags     []flagSpec
	text      words
	run       func(*call) error
}

// globalFlags may stand before or after the command.
var globalFlags = []flagSpec{
	{"ledger", single, "FILE", words{"le registre ; par défaut $DUMENT_LEDGER, sinon celui du dossier de données",
		"the ledger; default $DUMENT_LEDGER, else the one in the data folder"}},
	{"on", single, "YYYY-MM-DD", words{"« aujourd’hui » pour cette commande", "\"today\" for this command"}},
	{"json", toggle, "", words{"un objet JSON par résultat", "one JSON object per result"}},
	{"lang", single, "fr|en", words{"langue des textes", "language of the texts"}},
	{"help", toggle, "", words{"cette aide", "this help"}},
}

// shortFlags are the one-letter forms.
var shortFlags = map[string]string{"-o": "out", "-h": "help"}

// given is a command line, taken apart.
type given struct {
	command   *command
	arguments []string
	values    map[string][]string
}

func (g given) isSet(name string) bool { return len(g.values[name]) > 0 }

func (g given) value(name string) string {
	if values := g.values[name]; len(values) > 0 {
		return values[len(values)-1]
	}
	return ""
}

// parse takes a command line apart. What could be read stands in the result also when there is an error, so
// that the error can be printed as asked.
func parse(line []string) (given, error) {
	g := given{values: map[string][]string{}}
	literal, second := false, -1
	for n := 0; n < len(line); n++ {
		token := line[n]
		switch {
		case n == second: // the second word of the command
		case literal || token == "-" || !strings.HasPrefix(token, "-"):
			if g.command != nil {
				g.arguments = append(g.arguments, token)
				continue
			}
			away, err := g.choose(line[n:])
			if err != nil {
				g.salvage(line[n+1:])
				return g, err
			}
			if away > 0 {
				second = n + away
			}
		case token == "--":
			literal = true
		default:
			used, err := g.flag(line[n:])
			if err != nil {
				g.salvage(line[n+1:])
				return g, err
			}
			n += used - 1
		}
	}
	return g, g.check()
}

// salvage looks for --json and --lang in what was not read because of an error.
func (g *given) salvage(rest []string) {
	for n, token := range rest {
		switch name, value, joined := strings.Cut(token, "="); {
		case token == "--json":
			g.values["json"] = []string{"true"}
		case name == "--lang" && joined:
			g.values["lang"] = []string{value}
		case token == "--lang" && n+1 < len(rest):
			g.values["lang"] = []string{rest[n+1]}
		}
	}
}

// choose finds the command that the words begin with, the longest name first. away is how far its second
// word is, 0 when it has one word only: global flags may stand between the two.
func (g *given) choose(line []string) (away int, err error) {
	away = 1
	for away < len(line) && strings.HasPrefix(line[away], "--") {
		used, err := (&given{values: map[string][]string{}}).flag(line[away:])
		if err != nil {
			break
		}
		away += used
	}
	if away < len(line) {
		if found := findCommand(line[0] + " " + line[away]); found != nil {
			g.command = found
			return away, nil
		}
	}
	if found := findCommand(line[0]); found != nil {
		g.command = found
		return 0, nil
	}
	return 0, unknownCommand(line)
}

func findCommand(name string) *command {
	for n := range commands {
		if commands[n].name == name {
			return &commands[n]
		}
	}
	return nil
}

func unknownCommand(given []string) error {
	var below []string
	for _, known := range commands {
		if rest, found := strings.CutPrefix(known.name, given[0]+" "); found {
			below = append(below, rest)
		}
	}
	if len(below) == 0 {
		return usage("command", words{
			"commande inconnue : «\u00a0" + given[0] + "\u00a0» n’existe pas : voyez dument-cli help",
			"unknown command: \"" + given[0] + "\" does not exist: see dument-cli help"})
	}
	list := strings.Join(below, ", ")
	return usage("command", words{
		"commande incomplète : «\u00a0" + given[0] + "\u00a0» attend un second mot : choisissez " + list,
		"command incomplete: \"" + given[0] + "\" wants a second word: choose " + list})
}

// flag reads one flag and its value.
func (g *given) flag(line []string) (used int, err error) {
	token, value, joined := strings.Cut(line[0], "=")
	name := strings.TrimPrefix(token, "--")
	if short, known := shortFlags[token]; known {
		name = short
	} else if !strings.HasPrefix(token, "--") {
		name = token
	}
	spec := g.spec(name)
	if spec == nil {
		return 0, usage(strings.TrimLeft(name, "-"), words{
			"option inconnue : " + token + " n’est pas une option de cette commande : voyez dument-cli help",
			"unknown flag: " + token + " is no flag of this command: see dument-cli help"})
	}
	if spec.kind == toggle {
		if joined && value != "true" && value != "false" {
			return 0, usage(name, words{
				"option mal écrite : " + token + " ne prend pas de valeur : écrivez-la seule",
				"flag badly written: " + token + " takes no value: write it alone"})
		}
		if value != "false" {
			g.values[name] = []string{"true"}
		}
		return 1, nil
	}
	used = 1
	if !joined {
		if len(line) < 2 {
			return 0, usage(name, words{
				"option incomplète : " + token + " attend une valeur (" + spec.value + ") : ajoutez-la",
				"flag incomplete: " + token + " wants a value (" + spec.value + "): add it"})
		}
		value, used = line[1], 2
	}
	if spec.kind == single && g.isSet(name) {
		return 0, usage(name, words{
			"option répétée : " + token + " ne se donne qu’une fois : n’en gardez qu’une",
			"flag repeated: " + token + " is given once only: keep one"})
	}
	g.values[name] = append(g.values[name], value)
	return used, nil
}

func (g *given) spec(name string) *flagSpec {
	lists := [][]flagSpec{globalFlags}
	if g.command != nil {
		lists = append(lists, g.command.flags)
	}
	for _, list := range lists {
		for n := range list {
			if list[n].name == name {
				return &list[n]
			}
		}
	}
	return nil
}

// check counts the arguments. A help that was asked for needs none.
func (g *given) check() error {
	if g.command == nil && !g.isSet("help") {
		return usage("command", words{
			"commande manquante : rien n’est demandé : voyez dument-cli help",
			"command missing: nothing is asked for: see dument-cli help"})
	}
	if g.isSet("help") {
		topic := g.command
		g.command = findCommand("help")
		if topic != nil && topic != g.command {
			g.arguments = strings.Fields(topic.name)
		}
		return nil
	}
	if len(g.arguments) < g.command.least {
		return usage("arguments", words{
			"commande incomplète : " + g.command.name + " attend " + g.command.arguments + " : complétez-la",
			"command incomplete: " + g.command.name + " wants " + g.command.arguments + ": complete it"})
	}
	if g.command.most >= 0 && len(g.arguments) > g.command.most {
		extra := g.arguments[g.command.most]
		return usage("arguments", words{
			"mot en trop : «\u00a0" + extra + "\u00a0» n’a pas de sens ici : retirez-le, ou mettez entre guillemets ce qui va " +
				"ensemble",
			"one word too many: \"" + extra + "\" makes no sense here: remove it, or put in quotes what belongs " +
				"together"})
	}
	return nil
}

// need returns a flag's value and refuses its absence.
func (c *call) need(name string) (string, error) {
	if value := c.given.value(name); value != "" {
		return value, nil
	}
	return "", usage(name, words{
		"option manquante : --" + name + " est nécessaire pour " + c.command.name + " : ajoutez-la",
		"flag missing: --" + name + " is needed for " + c.command.name + ": add it"})
}

// day reads a flag as a date; absent it is "no date".
func (c *call) day(name string) (date.Date, error) {
	if !c.given.isSet(name) {
		return date.Date{}, nil
	}
	value := c.given.value(name)
	read, err := date.Parse(value)
	if err != nil {
		return read, usage(name, words{
			"date illisible : «\u00a0" + value + "\u00a0» n’est pas un jour du calendrier : écrivez AAAA-MM-JJ",
			"date unreadable: \"" + value + "\" is no day of the calendar: write YYYY-MM-DD"})
	}
	return read, nil
}

// amount reads a flag as an amount; absent it is zero. What could be read two ways is refused.
func (c *call) amount(name string) (money.Cents, error) {
	if !c.given.isSet(name) {
		return 0, nil
	}
	value := c.given.value(name)
	read, err := money.Read(value)
	if err != nil || read.Ambiguous {
		return 0, usage(name, words{
			"montant illisible : «\u00a0" + value + "\u00a0» n’est pas un montant, ou se lit de deux façons : écrivez 1850.00",
			"amount unreadable: \"" + value + "\" is no amount, or can be read two ways: write 1850.00"})
	}
	return read.Cents, nil
}

// percentage reads a flag as a yearly rate; absent it is nil.
func (c *call) percentage(name string) (*law.Rate, error) {
	if !c.given.isSet(name) {
		return nil, nil
	}
	value := c.given.value(name)
	rate, err := law.ParseRate(value)
	if err != nil {
		return nil, usage(name, words{
			"taux illisible : «\u00a0" + value + "\u00a0» n’est pas un pourcentage annuel : écrivez par exemple 12.15",
			"rate unreadable: \"" + value + "\" is no yearly percentage: write for example 12.15"})
	}
	return &rate, nil
}

// oneOf refuses a value that is not in the list.
func oneOf(field, value string, list ...string) error {
	if slices.Contains(list, value) {
		return nil
	}
	choices := strings.Join(list, ", ")
	return usage(field, words{
		"valeur inconnue : «\u00a0" + value + "\u00a0» n’est pas possible pour " + field + " : choisissez " + choices,
		"unknown value: \"" + value + "\" is not possible for " + field + ": choose " + choices})
}

// notBuilt refuses what the contract names and this version does not have yet.
func notBuilt(field, value string, has words) error {
	return usage(field, words{
		"pas dans cette version : «\u00a0" + value + "\u00a0» n’y est pas encore : " + has.fr,
		"not in this version: \"" + value + "\" is not in it yet: " + has.en})
}
