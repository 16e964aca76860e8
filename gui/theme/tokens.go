// Package theme is the look of the program: a desk, paper, ink. It holds the colour tokens for light
// and dark, the type scale, the spaces, and the icons, and gives them to Fyne as a fyne.Theme.
//
// Red, ochre and green are spent on status alone, never without a word or an icon. Depth is an edge
// of one pixel: no gradient, no shadow.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// The colour tokens. Color turns one into the colour of the theme in use.
const (
	// Paper is the ground of the window and of quiet boxes.
	Paper fyne.ThemeColorName = "dument.paper"
	// Sheet is the ground of lists, panels and plain buttons.
	Sheet fyne.ThemeColorName = "dument.sheet"
	// Rail is the ground of the navigation, the bars, the header and the footer of a grid.
	Rail fyne.ThemeColorName = "dument.rail"
	// Field is the inside of an entry.
	Field fyne.ThemeColorName = "dument.field"
	// Ink is the colour of text and figures.
	Ink fyne.ThemeColorName = "dument.ink"
	// Soft is the second voice: labels, dates, icons.
	Soft fyne.ThemeColorName = "dument.soft"
	// Faint is the third voice: captions, placeholders, what is disabled.
	Faint fyne.ThemeColorName = "dument.faint"
	// Rule is the line between two rows.
	Rule fyne.ThemeColorName = "dument.rule"
	// Edge is the border of a box, a button, a panel.
	Edge fyne.ThemeColorName = "dument.edge"
	// Accent is the blue of the ink: the one main button, the selection bar, links, the focus.
	Accent fyne.ThemeColorName = "dument.accent"
	// OnAccent is the text on Accent.
	OnAccent fyne.ThemeColorName = "dument.onaccent"
	// Wash is the ground of a selected row and of an active chip.
	Wash fyne.ThemeColorName = "dument.wash"
	// Hover is the ground of the row under the pointer.
	Hover fyne.ThemeColorName = "dument.hover"
	// Late says late, refused, broken promise; LateWash is the ground of a strip that says it.
	Late     fyne.ThemeColorName = "dument.late"
	LateWash fyne.ThemeColorName = "dument.latewash"
	// Warn says held, announced, stale; WarnWash is the ground of a strip that says it.
	Warn     fyne.ThemeColorName = "dument.warn"
	WarnWash fyne.ThemeColorName = "dument.warnwash"
	// Ok says paid, checked, authenticated; OkWash is the ground of a strip that says it.
	Ok     fyne.ThemeColorName = "dument.ok"
	OkWash fyne.ThemeColorName = "dument.okwash"
	// Mark is the ground of a fact recognised in a message.
	Mark fyne.ThemeColorName = "dument.mark"
	// Page and PageInk are a printed page or a foreign message: paper in both themes.
	Page    fyne.ThemeColorName = "dument.page"
	PageInk fyne.ThemeColorName = "dument.pageink"
	// None draws nothing.
	None fyne.ThemeColorName = "dument.none"
)

// The type scale, in pixels at scale 1.
const (
	SizeName    float32 = 28 // the program's name at first start
	SizeTitle   float32 = 20 // title of a screen, amount under decision
	SizeFigure  float32 = 18 // the four figures
	SizePanel   float32 = 16 // title of a panel
	SizeAmount  float32 = 15 // amount of a line, total
	SizeText    float32 = 13
	SizeSmall   float32 = 12 // second line, labels, chips, headings of blocks
	SizeCaption float32 = 11 // captions, status bar
)

// Spaces, radii and heights, in pixels at scale 1.
const (
	Step         float32 = 4 // spaces are multiples of it
	PanelMargin  float32 = 20
	ListMargin   float32 = 16
	BlockGap     float32 = 28
	Radius       float32 = 4 // boxes, buttons, fields, chips
	RadiusSmall  float32 = 2 // marks, small boxes
	EdgeWidth    float32 = 1
	FocusWidth   float32 = 2
	SelectionBar float32 = 3
	RowHeight    float32 = 29 // row and header of a grid
	FooterHeight float32 = 36
	ButtonHeight float32 = 28
	ActionHeight float32 = 30 // button at the foot of a panel
	ChipHeight   float32 = 24
	FieldHeight  float32 = 30
	RailEntry    float32 = 37
	RailWidth    float32 = 172
	RailFolded   float32 = 56
	StatusHeight float32 = 26
	IconText     float32 = 16 // icon beside text of 13
	IconSmall    float32 = 14 // icon beside text of 12, or inside a button
)

type palette map[fyne.ThemeColorName]color.NRGBA

var light = palette{
	Paper: rgb(0xF5F2EB), Sheet: rgb(0xFFFEFB), Rail: rgb(0xECE7DC), Field: rgb(0xFFFFFF),
	Ink: rgb(0x1E242D), Soft: rgb(0x474F5B), Faint: rgb(0x626873),
	Rule: rgb(0xE4DED1), Edge: rgb(0xCBC3B3), Accent: rgb(0x1F4E7C), OnAccent: rgb(0xFFFFFF),
	Wash: rgb(0xE4ECF3), Hover: rgb(0xF3EFE6),
	Late: rgb(0x9C2F1C), LateWash: rgb(0xF8E7E1), Warn: rgb(0x7A5200), WarnWash: rgb(0xF7ECD2),
	Ok: rgb(0x2B6238), OkWash: rgb(0xE3EFE2),
	Mark: rgb(0xFBEFC4), Page: rgb(0xFFFFFF), PageInk: rgb(0x1E242D), None: {},
}

var dark = palette{
	Paper: rgb(0x171A1F), Sheet: rgb(0x1E2228), Rail: rgb(0x13161A), Field: rgb(0x181B20),
	Ink: rgb(0xECE7DB), Soft: rgb(0xBDBAB0), Faint: rgb(0x9C9A92),
	Rule: rgb(0x2B3038), Edge: rgb(0x464D58), Accent: rgb(0x93BCE4), OnAccent: rgb(0x0F1E2E),
	Wash: rgb(0x24323F), Hover: rgb(0x252A31),
	Late: rgb(0xF29A86), LateWash: rgb(0x3A2420), Warn: rgb(0xE3B75F), WarnWash: rgb(0x382D17),
	Ok: rgb(0x90CB9D), OkWash: rgb(0x1E3224),
	Mark: rgb(0xFBEFC4), Page: rgb(0xFBFAF6), PageInk: rgb(0x1E242D), None: {},
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xFF}
}
