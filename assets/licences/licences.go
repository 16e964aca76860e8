// Package licences carries the licence texts of everything that the program is built with, for its About
// screen. "make licences" writes them from the modules of go.mod.
package licences

import _ "embed"

// Text holds every licence and notice once, each under the names of the modules that use it.
//
//go:embed licences.txt
var Text string
