// Package assets carries the program's icon; the folders below carry the rest of what is embedded.
package assets

import _ "embed"

// Icon is the program's picture as a PNG, 512 × 512 pixels, for the window and the About screen. It is
// drawn by "go -C tools run ./icon draw ../assets/fonts/DumentSerif-Bold.ttf
// ../assets/icon.png".
//
//go:embed icon.png
var Icon []byte
