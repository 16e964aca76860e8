package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"dument/cmd/internal/wire"
)

func TestMain(m *testing.M) {
	wire.Private() // as main does, first of all
	status := m.Run()
	if builtIn != "" {
		if err := os.RemoveAll(builtIn); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(status)
}

var (
	buildOnce sync.Once
	builtIn   string
	buildErr  error
)

// program is the real program, built once, without C.
func program(t *testing.T) string {
	t.Helper()
	buildOnce.Do(func() {
		if builtIn, buildErr = os.MkdirTemp("", "dument-cli-*"); buildErr != nil {
			return
		}
		build := exec.Command("go", "build", "-o", filepath.Join(builtIn, "dument-cli"), ".")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		var said []byte
		if said, buildErr = build.CombinedOutput(); buildErr != nil {
			buildErr = fmt.Errorf("%w: %s", buildErr, said)
		}
	})
	if buildErr != nil {
		t.Fatal(buildErr)
	}
	return filepath.Join(builtIn, "dument-cli")
}

const settingsText = `
[creditor]
name = "Claire Vasseur"
trade_name = "Atelier Vasseur"
status = "artisan"
siret = "73282932000074"
address = ["12 rue des Lilas", "31000 Toulouse"]
city = "Toulouse"
email = "claire@atelier-vasseur.example"
phone = "05 00 00 00 00"
vat = "franchise"
iban = "FR7630006000011234567890189"
mediator = "Médiation Exemple, 1 place du Test, 75000 Paris, mediation.example"

[terms]
payment_days = 30
penalty_rate = "statutory"
imputation = "principal-first"

[[accounts]]
name = "Banque Exemple"
kind = "bank"
domains = ["banque.example"]
hint = "FR76 **** **** 0189"
`

// desk is a folder with a ledger's place, and the surroundings of a run.
type desk struct {
	t      *testing.T
	dir    string
	env    map[string]string
	now    time.Time
	ledger string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	dir := t.TempDir()
	d := &desk{t: t, dir: dir, ledger: filepath.Join(dir, "ledger.dument"),
		now: time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC),
		env: map[string]string{"XDG_STATE_HOME": filepath.Join(dir, "state"), "LANG": "fr_FR.UTF-8",
			"DUMENT_LEDGER": filepath.Join(dir, "ledger.dument")}}
	d.file("settings.toml", settingsText)
	return d
}

// opened is a desk with a ledger.
func opened(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.ok("init", "--settings", d.path("settings.toml"))
	return d
}

func (d *desk) path(name string) string { return filepath.Join(d.dir, name) }

func (d *desk) file(name, text string) string {
	d.t.Helper()
	path := d.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

func (d *desk) read(name string) string {
	d.t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(data)
}

// printed is what a run left.
type printed struct {
	status   int
	out, err string
}

// run runs the companion in this process.
func (d *desk) run(arguments ...string) printed {
	return d.runUntil(context.Background(), arguments...)
}

func (d *desk) runUntil(ctx context.Context, arguments ...string) printed {
	var out, problems bytes.Buffer
	status := run(ctx, surroundings{stdout: &out, stderr: &problems, busyMillisecondsMax: 200,
		getenv: func(name string) string { return d.env[name] }, now: func() time.Time { return d.now }}, arguments)
	return printed{status, out.String(), problems.String()}
}

// ok runs a command that must succeed.
func (d *desk) ok(arguments ...string) string {
	d.t.Helper()
	p := d.run(arguments...)
	if p.status != exitDone {
		d.t.Fatalf("%v ended with %d: %s%s", arguments, p.status, p.out, p.err)
	}
	return p.out
}

// fails runs a command that must end with a status, and checks how it says so.
func (d *desk) fails(status int, arguments ...string) printed {
	d.t.Helper()
	p := d.run(arguments...)
	if p.status != status {
		d.t.Fatalf("%v ended with %d, want %d: %s%s", arguments, p.status, status, p.out, p.err)
	}
	checkErrorLine(d.t, p.err)
	return p
}

// checkErrorLine: the last line on stderr is "error: what: why: what to do".
func checkErrorLine(t *testing.T, text string) {
	t.Helper()
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	last := lines[len(lines)-1]
	if !strings.HasPrefix(last, "error: ") {
		t.Errorf("no error line: %q", text)
		return
	}
	if parts := colon.Split(last, -1); len(parts) < 3 {
		t.Errorf("%q is not what: why: what to do", last)
	}
}

// colon parts the sentences of an error, in French and English print.
var colon = regexp.MustCompile(`[\s\x{a0}]?:\s`)

// command is the real program, with nothing of this machine's environment.
func (d *desk) command(arguments ...string) *exec.Cmd {
	d.t.Helper()
	command := exec.Command(program(d.t), arguments...)
	command.Dir = d.dir
	command.Env = []string{"HOME=" + d.dir}
	for _, name := range slicesSorted(maps.Keys(d.env)) {
		command.Env = append(command.Env, name+"="+d.env[name])
	}
	return command
}

// ---- shapes ----

// object is a JSON object with its keys in order.
type object struct {
	keys   []string
	values map[string]any
}

// parseOrdered reads one JSON value.
func parseOrdered(decoder *json.Decoder) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		made := object{values: map[string]any{}}
		for decoder.More() {
			key, err := decoder.Token()
			if err != nil {
				return nil, err
			}
			name := key.(string)
			made.keys = append(made.keys, name)
			if made.values[name], err = parseOrdered(decoder); err != nil {
				return nil, err
			}
		}
		_, err := decoder.Token()
		return made, err
	case json.Delim('['):
		made := []any{}
		for decoder.More() {
			value, err := parseOrdered(decoder)
			if err != nil {
				return nil, err
			}
			made = append(made, value)
		}
		_, err := decoder.Token()
		return made, err
	}
	return token, nil
}

func ordered(t *testing.T, text string) any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	value, err := parseOrdered(decoder)
	if err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	if _, err := decoder.Token(); err != io.EOF {
		t.Fatalf("more than one value in %q", text)
	}
	return value
}

// kinds are the words of a template.
var kinds = map[string]*regexp.Regexp{
	"text": regexp.MustCompile(`(?s)^.*$`), "word": regexp.MustCompile(`^[a-z][a-z0-9_-]*$`),
	"name": regexp.MustCompile(`^.+$`), "money": regexp.MustCompile(`^-?\d+\.\d\d$`),
	"money?": regexp.MustCompile(`^(-?\d+\.\d\d)?$`),
	"date":   regexp.MustCompile(`^\d{4}-\d\d-\d\d$`), "date?": regexp.MustCompile(`^(\d{4}-\d\d-\d\d)?$`),
	"hash": regexp.MustCompile(`^[0-9a-f]{64}$`), "rate": regexp.MustCompile(`^(\d+\.\d{2,4})?$`),
	"instant": regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`),
}

// compareShape holds a value against a template: the same keys in the same order, arrays whose elements
// all fit, and words for the leaves.
func compareShape(path string, want, have any) error {
	switch want := want.(type) {
	case object:
		got, ok := have.(object)
		if !ok {
			return fmt.Errorf("%s is %T, want an object", path, have)
		}
		if strings.Join(got.keys, " ") != strings.Join(want.keys, " ") {
			return fmt.Errorf("%s has the keys %v, want %v", path, got.keys, want.keys)
		}
		for _, key := range want.keys {
			if err := compareShape(path+"."+key, want.values[key], got.values[key]); err != nil {
				return err
			}
		}
		return nil
	case []any:
		got, ok := have.([]any)
		if !ok {
			return fmt.Errorf("%s is %v, want an array", path, have)
		}
		for n, element := range got {
			if err := compareShape(fmt.Sprintf("%s[%d]", path, n), want[0], element); err != nil {
				return err
			}
		}
		return nil
	}
	return compareLeaf(path, want.(string), have)
}

func compareLeaf(path, want string, have any) error {
	ok := false
	switch have := have.(type) {
	case json.Number:
		ok = want == "int" && !strings.ContainsAny(have.String(), ".eE")
	case bool:
		ok = want == "bool"
	case string:
		kind := kinds[want]
		ok = kind != nil && kind.MatchString(have)
	case object, []any:
		ok = want == "any"
	}
	if want == "any" {
		ok = true
	}
	if !ok {
		return fmt.Errorf("%s is %v, want %s", path, have, want)
	}
	return nil
}

// shaped parses lines of JSON and holds each against a template.
func shaped(t *testing.T, out, template string) []object {
	t.Helper()
	want := ordered(t, template)
	var made []object
	for line := range strings.SplitSeq(strings.TrimRight(out, "\n"), "\n") {
		if line == "" {
			continue
		}
		have := ordered(t, line)
		if err := compareShape("result", want, have); err != nil {
			t.Fatalf("%v\nin %s", err, line)
		}
		made = append(made, have.(object))
	}
	return made
}

// at walks into a result: "segments.0.rate".
func at(t *testing.T, value any, path string) any {
	t.Helper()
	for _, step := range strings.Split(path, ".") {
		switch have := value.(type) {
		case object:
			value = have.values[step]
		case []any:
			var n int
			if _, err := fmt.Sscan(step, &n); err != nil || n >= len(have) {
				t.Fatalf("no %s in %v", step, have)
			}
			value = have[n]
		default:
			t.Fatalf("no %s in %v", step, value)
		}
	}
	return value
}
