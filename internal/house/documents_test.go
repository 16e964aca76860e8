package house

import (
	"go/ast"
	"go/token"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// text returns the content of the file at the path, "" when there is none.
func text(sources []source, path string) string {
	at := slices.IndexFunc(sources, func(s source) bool { return s.path == path })
	if at < 0 {
		return ""
	}
	return sources[at].text
}

// requirement is a module of go.mod with the version that is built.
type requirement struct {
	module, version string
	line            int
}

var (
	requireLine = regexp.MustCompile(`^(?:require )?\t?([a-z][^ ()]*\.[^ ()]*/[^ ()]+) (v[^ ]+)(?: // indirect)?$`)
	replaceLine = regexp.MustCompile(`^replace ([^ ]+) => ([^ ]+) (v[^ ]+)$`)
)

// requirements reads go.mod: every module required, a replaced one under its replacement's name.
func requirements(goMod string) []requirement {
	var required []requirement
	for i, line := range strings.Split(goMod, "\n") {
		if match := requireLine.FindStringSubmatch(line); match != nil {
			required = append(required, requirement{match[1], match[2], i + 1})
		}
	}
	for _, line := range strings.Split(goMod, "\n") {
		match := replaceLine.FindStringSubmatch(line)
		if match == nil {
			continue
		}
		for i := range required {
			if required[i].module == match[1] {
				required[i].module, required[i].version = match[2], match[3]
			}
		}
	}
	return required
}

// moduleRow is a module's own row in the table of licences; parts that it took from elsewhere begin with ↳.
var moduleRow = regexp.MustCompile(`(?m)^\| ([^ |]+\.[^ |]+/[^ |]+) \| (v[^ |]+) \|`)

// checkLicences asks for each module of go.mod a row with its licence, and its full text for the program.
func checkLicences(sources []source) []finding {
	table, texts := text(sources, "THIRD-PARTY-LICENSES.md"), text(sources, "assets/licences/licences.txt")
	var found []finding
	wanted := requirements(text(sources, "go.mod"))
	for _, row := range moduleRow.FindAllStringSubmatch(table, -1) {
		listed := func(r requirement) bool { return r.module == row[1] && r.version == row[2] }
		if !slices.ContainsFunc(wanted, listed) {
			found = append(found, finding{"THIRD-PARTY-LICENSES.md", 0, row[1] + " " + row[2] +
				" is not in go.mod: run make licences"})
		}
	}
	for _, required := range wanted {
		name := required.module + " " + required.version
		row := regexp.MustCompile(`(?m)^\| ` + regexp.QuoteMeta(required.module) + ` \| ` +
			regexp.QuoteMeta(required.version) + ` \| [A-Z][\w.-]+[^|]* \|`)
		if !row.MatchString(table) {
			found = append(found, finding{"go.mod", required.line, name + " has no licence in " +
				"THIRD-PARTY-LICENSES.md: run make licences"})
		}
		if !strings.Contains(texts, "\n"+name+" (") && !strings.HasPrefix(texts, name+" (") {
			found = append(found, finding{"go.mod", required.line, name + " has no text in " +
				"assets/licences/licences.txt: run make licences"})
		}
	}
	return found
}

// identityConstants are the names under which the program's own source may hold its id, name and version.
var identityConstants = map[string]string{
	"ID": "ID", "AppID": "ID", "ApplicationID": "ID", "appID": "ID", "applicationID": "ID",
	"Name": "Name", "AppName": "Name", "ApplicationName": "Name", "appName": "Name", "applicationName": "Name",
	"Version": "Version", "AppVersion": "Version", "appVersion": "Version", "version": "Version",
}

// checkIdentity compares FyneApp.toml, the one place of id, name and version, with all that repeats them.
func checkIdentity(sources []source) []finding {
	const card = "FyneApp.toml"
	values := map[string]string{}
	for _, key := range []string{"ID", "Name", "Version", "Icon"} {
		match := regexp.MustCompile(`(?m)^` + key + ` = "(.+)"$`).FindStringSubmatch(text(sources, card))
		if match == nil {
			return []finding{{card, 0, "no " + key}}
		}
		values[key] = match[1]
	}
	var found []finding
	desktop := "packaging/linux/" + values["ID"] + ".desktop"
	metainfo := "packaging/linux/" + values["ID"] + ".metainfo.xml"
	for _, repeats := range []struct{ path, wanted string }{
		{card, "[Migrations]\nfyneDo = true\n"},
		{desktop, "\nName=" + values["Name"] + "\n"},
		{desktop, "\nIcon=" + values["ID"] + "\n"},
		{metainfo, "<id>" + values["ID"] + "</id>"},
		{metainfo, `<release version="` + values["Version"] + `"`},
		{"CHANGELOG.md", "\n## " + values["Version"]},
		{"packaging/windows/versioninfo.json", `"ProductName": "` + values["Name"] + `"`},
	} {
		if !strings.Contains(text(sources, repeats.path), repeats.wanted) {
			found = append(found, finding{repeats.path, 0, "lacks " + strconv.Quote(repeats.wanted) + ", see " + card})
		}
	}
	for _, s := range sources {
		found = append(found, s.wrongIdentity(values)...)
	}
	return found
}

// wrongIdentity reports the constants of the programs that differ from FyneApp.toml.
func (s source) wrongIdentity(values map[string]string) []finding {
	places := []string{"cmd/dument", "cmd/dument-cli", "cmd/internal/..."}
	if s.file == nil || s.isTest() || !underAny(s.folder(), places) {
		return nil
	}
	var found []finding
	for _, declaration := range s.file.Decls {
		group, ok := declaration.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			spec := spec.(*ast.ValueSpec)
			for i, name := range spec.Names {
				key := identityConstants[name.Name]
				if key == "" || i >= len(spec.Values) {
					continue
				}
				literal, ok := spec.Values[i].(*ast.BasicLit)
				if ok && literal.Kind == token.STRING && literal.Value != strconv.Quote(values[key]) {
					found = append(found, s.finding(name.Pos(), "%s is %s, FyneApp.toml says %q", name.Name,
						literal.Value, values[key]))
				}
			}
		}
	}
	return found
}

// TestIconIsASquarePicture opens the icon that FyneApp.toml names; every package's icons are made from it.
func TestIconIsASquarePicture(t *testing.T) {
	card, err := os.ReadFile(filepath.Join(repository, "FyneApp.toml"))
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile(`(?m)^Icon = "(.+)"$`).FindSubmatch(card)
	if match == nil {
		t.Fatal("FyneApp.toml names no icon")
	}
	file, err := os.Open(filepath.Join(repository, string(match[1])))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	picture, err := png.DecodeConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	if picture.Width != picture.Height || picture.Width < 256 {
		t.Errorf("the icon is %d x %d, want a square of 256 pixels or more", picture.Width, picture.Height)
	}
}
