// Package fonts embeds the letters' faces; README.md beside it says where they come from.
package fonts

import _ "embed"

// The five faces of the letters, TrueType.
var (
	//go:embed DumentSerif-Regular.ttf
	SerifRegular []byte
	//go:embed DumentSerif-Bold.ttf
	SerifBold []byte
	//go:embed DumentSerif-Italic.ttf
	SerifItalic []byte
	//go:embed DumentSans-Regular.ttf
	SansRegular []byte
	//go:embed DumentSans-Bold.ttf
	SansBold []byte
)

// Licence is the SIL Open Font License that the faces are under.
//
//go:embed OFL.txt
var Licence string
