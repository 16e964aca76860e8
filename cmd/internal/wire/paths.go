package wire

import (
	"path/filepath"

	"github.com/adrg/xdg"
)

// Version of the program, the one of FyneApp.toml.
const Version = "0.1.0"

// folder is the program's name in the user's folders.
const folder = "dument"

// Paths say where things are.
type Paths struct {
	Ledger string // the ledger's file
	State  string // locks, and the outside copy of the journal's end
}

// DefaultPaths are $DUMENT_LEDGER, else the ledger of the user's data folder, and the user's state folder
// (XDG base directories, and what stands for them on Windows and macOS).
func DefaultPaths(getenv func(string) string) Paths {
	paths := Paths{Ledger: getenv("DUMENT_LEDGER")}
	if paths.Ledger == "" {
		paths.Ledger = filepath.Join(base(getenv("XDG_DATA_HOME"), xdg.DataHome), folder, "ledger.dument")
	}
	paths.State = filepath.Join(base(getenv("XDG_STATE_HOME"), xdg.StateHome), folder)
	return paths
}

// base takes the variable when it names an absolute path, as the XDG specification asks.
func base(variable, fallback string) string {
	if filepath.IsAbs(variable) {
		return variable
	}
	return fallback
}
