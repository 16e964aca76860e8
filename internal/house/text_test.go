package house

import (
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Words that must not stand in the tree are put together from pieces here, because this file is in the tree.
var (
	openEnds = regexp.MustCompile(`\b(` + "TO" + `DO|FIX` + `ME|XX` + `X)\b`)

	machinePaths = regexp.MustCompile(`(^|[\s"'(=:,` + "`" + `])/(work|tmp|root|farm|mnt|home|Users)(/|\b)` +
		`|[A-Z]:\\{1,2}Users\\`)

	registryHosts = regexp.MustCompile(`(proxy|sum)\.golang\.` + `org|(deb|snapshot)\.debian\.` + `org|` +
		`registry\.npmjs\.` + `org|pypi\.` + `org|files\.pythonhosted\.` + `org`)
)

// foreign tells whether a text is somebody else's, kept as it came: licences, and samples for tests.
func foreign(s source) bool {
	return s.path == "assets/licences/licences.txt" || strings.Contains(s.path, "testdata/")
}

// checkOpenEnds refuses notes to oneself: what is in the tree is finished.
func checkOpenEnds(s source) []finding {
	return s.matches(openEnds, "a note to oneself: ")
}

// checkMachinePaths refuses paths of somebody's machine.
func checkMachinePaths(s source) []finding {
	return s.matches(machinePaths, "a path of one machine: ")
}

// checkRegistryHosts refuses the addresses of package registries: a machine chooses its own.
func checkRegistryHosts(s source) []finding {
	return s.matches(registryHosts, "the host of a registry: ")
}

// matches reports every line where the pattern is found, except in foreign texts.
func (s source) matches(pattern *regexp.Regexp, what string) []finding {
	if foreign(s) {
		return nil
	}
	var found []finding
	for i, line := range strings.Split(s.text, "\n") {
		if match := pattern.FindString(line); match != "" {
			found = append(found, finding{s.path, i + 1, what + strings.TrimSpace(match)})
		}
	}
	return found
}

// checkShellScripts asks every script to stop at its first error.
func checkShellScripts(s source) []finding {
	isScript := path.Ext(s.path) == ".sh" || s.path == ".ci/run"
	if !isScript || strings.Contains(s.text, "\nset -euo pipefail\n") {
		return nil
	}
	return []finding{{s.path, 1, "a script without set -euo pipefail"}}
}

// plural writes a count with its noun.
func plural(count int, noun string) string {
	if count == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(count) + " " + noun + "s"
}
