// Command licences gathers the licence texts of every module that go.mod names.
//
// It writes two files below the repository given as its argument: THIRD-PARTY-LICENSES.md, a table for
// readers, and assets/licences/licences.txt, the full texts that the program shows and carries.
// Modules that only tests or other systems use are listed too: the list then depends on go.mod alone.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

// module is what "go mod download -json" tells of a module.
type module struct {
	Path, Version, Dir string
	texts              []text
}

// text is one licence or notice file of a module.
type text struct{ name, body string }

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: licences REPOSITORY")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func write(repository string) error {
	modules, err := gather(repository)
	if err != nil {
		return err
	}
	readable := filepath.Join(repository, "THIRD-PARTY-LICENSES.md")
	if err := os.WriteFile(readable, table(modules), 0o644); err != nil {
		return err
	}
	texts := filepath.Join(repository, "assets", "licences", "licences.txt")
	return os.WriteFile(texts, fullTexts(modules), 0o644)
}

// gather returns Go itself, every module of go.mod and the fonts kept in the repository, with their texts.
func gather(repository string) ([]module, error) {
	modules, err := downloaded(repository)
	if err != nil {
		return nil, err
	}
	root, err := run(repository, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	goItself := module{Path: "Go standard library", Dir: strings.TrimSpace(string(root))}
	body, err := os.ReadFile(filepath.Join(goItself.Dir, "LICENSE"))
	if err != nil {
		return nil, fmt.Errorf("Go's own licence: %w", err)
	}
	goItself.texts = []text{{"LICENSE", clean(body)}}
	for i := range modules {
		if modules[i].texts, err = licenceFiles(modules[i].Dir); err != nil {
			return nil, err
		}
		if len(modules[i].texts) == 0 {
			return nil, fmt.Errorf("%s %s: no licence file found", modules[i].Path, modules[i].Version)
		}
	}
	all := append([]module{goItself}, modules...)
	fonts := module{Path: "fonts in assets/fonts"}
	fonts.texts, err = licenceFiles(filepath.Join(repository, "assets", "fonts"))
	if err == nil && len(fonts.texts) > 0 {
		all = append(all, fonts)
	}
	return all, nil
}

// downloaded lists the modules of go.mod, each with the folder of its source; a replaced module under the
// name and version of its replacement.
func downloaded(repository string) ([]module, error) {
	out, err := run(repository, "go", "mod", "download", "-json")
	if err != nil {
		return nil, err
	}
	var modules []module
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var next module
		if err := decoder.Decode(&next); err != nil {
			return nil, fmt.Errorf("go mod download: %w", err)
		}
		modules = append(modules, next)
	}
	sort.Slice(modules, func(i, j int) bool {
		a, b := modules[i], modules[j]
		return a.Path < b.Path || a.Path == b.Path && a.Version < b.Version
	})
	return modules, nil
}

func run(folder, name string, arguments ...string) ([]byte, error) {
	command := exec.Command(name, arguments...)
	command.Dir = folder
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", name, strings.Join(arguments, " "), err)
	}
	return out, nil
}

var (
	licenceName = regexp.MustCompile(`(?i)^(un)?(licen[cs]es?|copying|notice|ofl|patents)([-._].*)?$`)
	codeName    = regexp.MustCompile(`(?i)\.(go|c|h|sum|suffix\.txt)$`)
	// elsewhere holds folders whose files are never part of a program that uses the module.
	elsewhere = map[string]bool{"testdata": true, ".github": true, "cmd": true, "examples": true}
)

// licenceFiles reads the licence and notice files of a module, its root first.
func licenceFiles(root string) ([]text, error) {
	var found []text
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if elsewhere[name] {
				return filepath.SkipDir
			}
			return nil
		}
		if !licenceName.MatchString(name) || codeName.MatchString(name) {
			return nil
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		found = append(found, text{filepath.ToSlash(relative), clean(body)})
		return nil
	})
	sort.SliceStable(found, func(i, j int) bool {
		return strings.Count(found[i].name, "/") < strings.Count(found[j].name, "/")
	})
	return found, err
}

// clean takes away what differs between copies of one text: line ends, trailing blanks, odd bytes.
func clean(body []byte) string {
	body = bytes.ToValidUTF8(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), []byte("?"))
	lines := strings.Split(strings.ReplaceAll(string(body), "\r", ""), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t\f")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n") + "\n"
}

// kinds tell a licence by words that only it has; the first that fits names the text.
var kinds = []struct{ name, words string }{
	{"Unlicense or BSD-3-Clause", "Unlicense OR BSD-3-Clause"},
	{"MIT and Apache-2.0", "two different licenses: MIT and Apache"},
	{"Apache-2.0", "Apache License Version 2.0"},
	{"MPL-2.0", "Mozilla Public License Version 2.0"},
	{"MPL-2.0", "Mozilla Public License, version 2.0"},
	{"OFL-1.1", "SIL OPEN FONT LICENSE Version 1.1"},
	{"Zlib", "This software is provided 'as-is', without any express or implied warranty"},
	{"ISC", "Permission to use, copy, modify, and/or distribute this software for any purpose"},
	{"ISC", "Permission to use, copy, modify, and distribute this software for any purpose"},
	{"Bitstream-Vera", "free of charge, to any person obtaining a copy of the fonts accompanying"},
	{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy"},
	{"Unlicense", "This is free and unencumbered software released into the public domain"},
	{"BSD-3-Clause", "to endorse or promote products derived from this software"},
	{"BSD-2-Clause", "Redistributions in binary form must reproduce the above copyright"},
	{"Public domain", "public domain"},
}

// kind names the licence of a text, or returns "" when it is none that is known (a list of notices, say).
func kind(body string) string {
	if strings.Contains(body, "hird-Party") { // a collection of other people's notices
		return ""
	}
	words := strings.Join(strings.Fields(body), " ")
	for _, candidate := range kinds {
		if strings.Contains(words, candidate.words) {
			return candidate.name
		}
	}
	return ""
}

// mailAddress is left out of the table, not out of the full texts.
var mailAddress = regexp.MustCompile(`\s*<[^<>]*(@| at )[^<>]*>`)

var copyrightLine = regexp.MustCompile(`(?i)^\W*(portions |parts )?copyright\W+(\(c\)|©|\d)`)

// holders returns the copyright lines of a text without repeats, three at most.
func holders(body string) []string {
	var lines []string
	seen := map[string]bool{}
	for _, line := range strings.Split(body, "\n") {
		line = strings.Trim(mailAddress.ReplaceAllString(line, ""), " \t*#/>|-")
		if !copyrightLine.MatchString(line) || seen[line] || len(lines) == 3 {
			continue
		}
		seen[line] = true
		lines = append(lines, strings.ReplaceAll(line, "|", `\|`))
	}
	return lines
}

const tableHead = `# Third-party licences

Dûment is built with the modules below. Each row names the licence and the copyright lines of its own
files; parts that a module took from elsewhere have a row of their own under it. The full texts stand in
[assets/licences/licences.txt](assets/licences/licences.txt), and in the program under About.

Modules that only the tests or other systems use are listed too. ` + "`make licences`" + ` writes this file.

| module | version | licence | copyright |
|---|---|---|---|
`

// table writes THIRD-PARTY-LICENSES.md.
func table(modules []module) []byte {
	var out bytes.Buffer
	out.WriteString(tableHead)
	for _, module := range modules {
		for i, text := range module.texts {
			name := module.Path
			if i > 0 {
				name = "↳ " + text.name
			}
			licence := kind(text.body)
			switch {
			case licence == "" && i == 0:
				licence = "see its text"
			case licence == "":
				licence = "notice"
			}
			fmt.Fprintf(&out, "| %s | %s | %s | %s |\n", name, module.Version, licence,
				strings.Join(holders(text.body), "; "))
		}
	}
	return out.Bytes()
}

// fullTexts writes licences.txt: each different text once, under the names of all that use it.
func fullTexts(modules []module) []byte {
	var order []string
	users := map[string][]string{}
	for _, module := range modules {
		for _, text := range module.texts {
			if users[text.body] == nil {
				order = append(order, text.body)
			}
			name := strings.TrimSpace(module.Path + " " + module.Version)
			users[text.body] = append(users[text.body], name+" ("+text.name+")")
		}
	}
	var out bytes.Buffer
	for i, body := range order {
		if i > 0 {
			out.WriteString("\n" + strings.Repeat("=", 80) + "\n\n")
		}
		out.WriteString(strings.Join(users[body], "\n") + "\n\n" + body)
	}
	return out.Bytes()
}
