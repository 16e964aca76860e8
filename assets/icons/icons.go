// Package icons holds the program's stroke icons: 16 by 16 units, one stroke of 1.35, round ends, no
// fill. Package gui/theme recolours them.
package icons

import "embed"

// Files holds one "<name>.svg" for each icon. Each has one path, whose stroke is StrokeColor and
// whose width is StrokeWidth, written exactly so.
//
//go:embed *.svg
var Files embed.FS

// StrokeColor and StrokeWidth are the attributes that a recoloured copy replaces.
const (
	StrokeColor = `stroke="#1E242D"`
	StrokeWidth = `stroke-width="1.35"`
)
