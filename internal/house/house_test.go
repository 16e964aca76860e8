package house

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// rule is one habit of the house.
type rule struct {
	name  string
	check func([]source) []finding
}

// each makes a rule about single files one about the tree.
func each(check func(source) []finding) func([]source) []finding {
	return func(sources []source) []finding {
		var found []finding
		for _, s := range sources {
			found = append(found, check(s)...)
		}
		return found
	}
}

var rules = []rule{
	{"imports follow the matrix", each(checkMatrix)},
	{"no float near money", each(checkNoFloat)},
	{"the clock is read in cmd only", each(checkClock)},
	{"Fyne's globals stay in few places", each(checkFyneThread)},
	{"functions are short", each(checkFunctionLength)},
	{"files are short", each(checkFileLength)},
	{"lines are short", each(checkColumns)},
	{"exported things have doc comments", each(checkDocComments)},
	{"packages have a comment", checkPackageComments},
	{"nothing is left for later", each(checkOpenEnds)},
	{"no path of one machine", each(checkMachinePaths)},
	{"no host of a registry", each(checkRegistryHosts)},
	{"scripts stop at the first error", each(checkShellScripts)},
	{"every module has its licence", checkLicences},
	{"id, name and version agree", checkIdentity},
}

// TestHouse applies every rule to the repository.
func TestHouse(t *testing.T) {
	sources := readTree(t)
	if len(sources) < 20 {
		t.Fatalf("only %d files read: is %s the repository?", len(sources), repository)
	}
	for _, rule := range rules {
		t.Run(rule.name, func(t *testing.T) {
			for _, found := range rule.check(sources) {
				t.Error(found)
			}
		})
	}
}

// sample is a small tree that breaks one rule, and what the rule must say of it.
type sample struct {
	rule  string
	files map[string]string
	want  []string // the beginning of each finding, in order; none: the tree is good
}

// TestEveryRuleCanFail feeds each rule with bad trees, and with good ones that come close.
func TestEveryRuleCanFail(t *testing.T) {
	broken := map[string]bool{}
	for _, sample := range samples() {
		var sources []source
		for _, name := range slices.Sorted(maps.Keys(sample.files)) {
			next, err := newSource(name, sample.files[name])
			if err != nil {
				t.Fatal(err)
			}
			sources = append(sources, next)
		}
		at := slices.IndexFunc(rules, func(r rule) bool { return r.name == sample.rule })
		if at < 0 {
			t.Fatalf("no rule %q", sample.rule)
		}
		found := rules[at].check(sources)
		same := slices.EqualFunc(found, sample.want, func(f finding, want string) bool {
			return strings.HasPrefix(f.String(), want)
		})
		if !same {
			t.Errorf("%s: on %v\nfound  %q\nwanted %q", sample.rule, sample.files, printed(found), sample.want)
		}
		if len(sample.want) > 0 {
			broken[sample.rule] = true
		}
	}
	for _, rule := range rules {
		if !broken[rule.name] {
			t.Errorf("no sample breaks the rule %q", rule.name)
		}
	}
}

func printed(found []finding) []string {
	var lines []string
	for _, f := range found {
		lines = append(lines, fmt.Sprint(f))
	}
	return lines
}
