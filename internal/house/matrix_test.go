package house

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// room is one or more packages with what they may import beside the standard library. "/..." after a path
// takes in all that lies below it.
type room struct {
	at   string
	may  []string
	pure bool // computes only: no file, no network, no process, no database
}

var (
	// values are known to everything.
	values = []string{"app/money", "app/date", "app/identity"}
	// domain holds the rooms of the law and of the ledger, in the order in which a later one may import an
	// earlier one.
	domain = []string{"app/law", "app/ledger", "app/dunning", "app/letter", "app/notice", "app/matching", "app/report"}
	// heart is all that the use cases are made of, and what the ports speak of.
	heart = slices.Concat(values, domain, []string{"golang.org/x/text/..."})
	// adapterCore is what every implementation of a port may import.
	adapterCore = slices.Concat([]string{"app"}, heart)
)

// before returns the domain rooms that stand before the one named, with the values and the text tables.
func before(name string) []string {
	return slices.Concat(values, domain[:slices.Index(domain, name)], []string{"golang.org/x/text/..."})
}

// matrix says who may import whom. A package in no room, and an import not named here, are findings.
var matrix = []room{
	{at: "app/money", pure: true},
	{at: "app/date", pure: true},
	{at: "app/identity", pure: true},

	{at: "app/law", may: before("app/law"), pure: true},
	{at: "app/ledger", may: before("app/ledger"), pure: true},
	{at: "app/dunning", may: before("app/dunning"), pure: true},
	{at: "app/letter", may: before("app/letter"), pure: true},
	// Example letters for the tests of the letters and of their pages.
	{at: "app/letter/sample", may: append(before("app/letter"), "app/letter"), pure: true},
	// Declared exception: reading the HTML of a message needs a parser, and this one does nothing else.
	{at: "app/notice", may: append(before("app/notice"), "golang.org/x/net/html/..."), pure: true},
	{at: "app/matching", may: before("app/matching"), pure: true},
	{at: "app/report", may: before("app/report"), pure: true},

	{at: "app", may: heart, pure: true},

	{at: "storage/...", may: append(adapterCore, "storage/...", "modernc.org/sqlite/...", "filippo.io/age/...",
		"github.com/gofrs/flock")},
	{at: "pdf/...", may: append(adapterCore, "pdf/...", "assets/...", "github.com/go-pdf/fpdf",
		"github.com/skip2/go-qrcode", "github.com/go-fonts/liberation/...", "golang.org/x/image/...")},
	{at: "app/mailbox/...", may: append(adapterCore, "app/mailbox/...", "github.com/emersion/go-imap/v2/...",
		"github.com/emersion/go-message/...", "github.com/emersion/go-sasl", "github.com/emersion/go-msgauth/dkim")},
	{at: "app/outbox/...", may: append(adapterCore, "app/outbox/...", "github.com/wneessen/go-mail/...")},
	{at: "app/exchange/...", may: append(adapterCore, "app/exchange/...", "golang.org/x/net/html/...",
		"github.com/pdfcpu/pdfcpu/...", "github.com/BurntSushi/toml")},

	{at: "gui/...", may: append(adapterCore, "gui/...", "assets/...", "fyne.io/fyne/v2/...")},

	// The wiring: it makes the adapters and hands them to the use cases, the same way for both programs.
	{at: "cmd/internal/...", may: append(adapterCore, "cmd/internal/...", "storage/...", "pdf/...", "app/mailbox/...",
		"app/outbox/...", "app/exchange/...", "assets/...", "github.com/zalando/go-keyring",
		"github.com/adrg/xdg")},
	// The window's events are the toolkit's own: the program waits for them when nothing moves.
	{at: "cmd/dument", may: append(adapterCore, "cmd/internal/...", "gui/...", "assets/...", "fyne.io/fyne/v2/...",
		"github.com/go-gl/glfw/v3.3/glfw")},
	{at: "cmd/dument-cli", may: append(adapterCore, "cmd/internal/...")},

	{at: "assets/..."},
	{at: "internal/house"},
}

// soleImporters are the libraries that stand behind a port, each with the one place that may know it.
var soleImporters = map[string]string{
	"github.com/emersion/go-imap/v2/...": "app/mailbox/...",
	"github.com/wneessen/go-mail/...":    "app/outbox/...",
	"github.com/go-pdf/fpdf":             "pdf/...",
	"modernc.org/sqlite/...":             "storage/...",
	"github.com/zalando/go-keyring":      "cmd/internal/...",
	"fyne.io/fyne/v2/app":                "cmd/dument",
}

// impure are the standard packages that reach out of the process; the pure rooms do without them.
var impure = []string{
	"database/sql/...", "net", "net/http/...", "net/smtp", "net/rpc/...", "crypto/tls", "os", "os/exec", "os/user",
	"os/signal", "syscall", "log", "log/slog", "plugin", "unsafe",
}

// checkMatrix reports the imports that the matrix does not allow. Tests may import what they need.
func checkMatrix(s source) []finding {
	if s.file == nil || s.isTest() || s.isTool() {
		return nil
	}
	at := slices.IndexFunc(matrix, func(r room) bool { return under(s.folder(), r.at) })
	if at < 0 {
		return []finding{{s.path, 1, "package in no room of the import matrix"}}
	}
	var found []finding
	for _, spec := range s.file.Imports {
		if reason := refuse(matrix[at], s.folder(), strings.Trim(spec.Path.Value, `"`)); reason != "" {
			found = append(found, s.finding(spec.Pos(), "%s", reason))
		}
	}
	return found
}

// refuse says why a package of the room in this folder must not import the path, or returns "".
func refuse(r room, folder, importPath string) string {
	own := strings.TrimPrefix(importPath, "dument/")
	for _, library := range slices.Sorted(maps.Keys(soleImporters)) {
		if place := soleImporters[library]; under(importPath, library) && !under(folder, place) {
			return importPath + " may be imported by " + place + " only"
		}
	}
	switch isStandard := !strings.Contains(strings.Split(importPath, "/")[0], ".") && own == importPath; {
	case own != importPath && helpsTests(own):
		return importPath + " is for tests only"
	case importPath == "C":
		return "cgo is left to the libraries"
	case isStandard && r.at == "assets/..." && importPath != "embed":
		return "assets import embed only, not " + importPath
	case isStandard && r.pure && underAny(importPath, impure):
		return r.at + " computes only: it must not import " + importPath
	case isStandard || underAny(own, r.may):
		return ""
	}
	return r.at + " must not import " + importPath
}

// TestSoleImportersAreOneRoom compares the two tables: a library behind a port stands in one room's row.
func TestSoleImportersAreOneRoom(t *testing.T) {
	for library, place := range soleImporters {
		for _, r := range matrix {
			if slices.Contains(r.may, library) && r.at != place {
				t.Errorf("%s stands in the row of %s and belongs to %s", library, r.at, place)
			}
		}
	}
}
