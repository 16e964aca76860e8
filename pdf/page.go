package pdf

// Page is one side of A4, as operations in the order of drawing.
type Page struct {
	Ops []Op
}

// OpKind says what an operation draws.
type OpKind uint8

// The three operations.
const (
	TextOp OpKind = iota // Text from X on the baseline Y
	LineOp               // a straight rule from (X, Y) to (X+W, Y+H), Thickness wide
	RectOp               // a filled rectangle of W × H with its corner at (X, Y)
)

// Op is a primitive. Lengths are in millimetres from the top left corner of the page; Size and
// Tracking are in points.
type Op struct {
	Kind       OpKind
	X, Y, W, H float64
	Thickness  float64
	Text       string
	Face       Face
	Size       float64
	Tracking   float64 // added after every character
	Colour     Colour
}

// Colour is an opaque sRGB colour.
type Colour struct{ R, G, B uint8 }

// The five colours of a letter. The accent marks the bar and trade, the registered mention, the side
// heads, and the total with its rule; nothing else. The code alone is black.
var (
	Ink      = Colour{0x1b, 0x1c, 0x1e}
	Grey     = Colour{0x5f, 0x63, 0x68}
	Hairline = Colour{0xbc, 0xbe, 0xbe}
	Accent   = Colour{0x1c, 0x4e, 0x5c}
	Black    = Colour{}
)

// Page geometry in millimetres: A4, and the places of NF Z10-011 and of the window envelopes DL and
// C5/6 that a sheet folded in three slides in.
const (
	pageWidth, pageHeight = 210.0, 297.0

	left      = 22.0  // side heads, tables, letterhead
	textLeft  = 64.0  // text
	textRight = 185.0 // its measure is 121
	right     = 190.0 // figures
	third     = 110.0 // address, date, signature

	headRight = 98.0 // the letterhead stays left of the window

	windowLeft, windowRight = 100.0, 200.0
	windowTop, windowBottom = 45.0, 90.0
	addressTop              = 55.0
	addressLeading          = 4.0
	addressLines            = 6
	addressWidth            = 79.0

	foldFirst, foldSecond = 99.0, 198.0
	foldLeft, foldRight   = 5.0, 9.0

	bodyBottom = 277.0 // nothing but the footer below
	nextTop    = 32.1  // of the first line on the pages from the second on: baseline 36
)

// Leadings and gaps in millimetres.
const (
	bodyLeading    = 5.2
	bodyAscent     = 3.9 // from the top of a line of body text to its baseline
	paragraphGap   = 2.3
	sectionGap     = 3.4
	firstTableGap  = 4.5
	tableGap       = 4.0 // title baseline 6.8 below the last rule
	totalsGap      = 5.2
	panelGap       = 2.6
	signatureSpace = 25.0 // from the baseline of the closing to the signature's: 20 stay free
	enclosuresGap  = 8.0
)

const millimetresPerPoint = 25.4 / 72
