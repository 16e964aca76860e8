// Package letter embeds the wording of the letters.
package letter

import _ "embed"

// French is the wording of the letters in French, in the form that letter.ParseWording reads.
//
//go:embed fr.json
var French []byte
