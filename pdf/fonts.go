package pdf

import (
	"fmt"
	"math"
	"sync"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"

	"dument/app/letter"
	assets "dument/assets/fonts"
	"dument/pdf/internal/truetype"
)

// Face is one of the letters' faces: serif for what is said, sans for what is looked up.
type Face uint8

// The five faces.
const (
	Serif Face = iota
	SerifBold
	SerifItalic
	Sans
	SansBold
	faceCount
)

// String names the face as the PDF does.
func (f Face) String() string {
	return [...]string{"DumentSerif-Regular", "DumentSerif-Bold", "DumentSerif-Italic", "DumentSans-Regular",
		"DumentSans-Bold"}[f]
}

// Fonts are the faces, parsed once; they may be used by several goroutines.
type Fonts struct {
	faces [faceCount]parsedFace

	lock sync.Mutex
	cuts map[cutKey]cutFace // guarded by lock
}

// cutKey names a cut: a face and its characters, sorted.
type cutKey struct {
	face       Face
	characters string
}

type parsedFace struct {
	source   truetype.Font
	measures truetype.Measures
	drawn    *opentype.Font
	widths   []uint16 // by character, thousandths of the em; noGlyph where there is none
	names    map[rune]string
}

const noGlyph = math.MaxUint16

// LoadFonts parses the embedded faces. The error tells of a broken build.
func LoadFonts() (*Fonts, error) {
	sources := [faceCount][]byte{assets.SerifRegular, assets.SerifBold, assets.SerifItalic, assets.SansRegular,
		assets.SansBold}
	fonts := &Fonts{cuts: map[cutKey]cutFace{}}
	for i, data := range sources {
		parsed, err := parseFace(data)
		if err != nil {
			return nil, fmt.Errorf("pdf: face %s: %w", Face(i), err)
		}
		fonts.faces[i] = parsed
	}
	return fonts, nil
}

func parseFace(data []byte) (parsedFace, error) {
	source, err := truetype.Read(data)
	if err != nil {
		return parsedFace{}, err
	}
	drawn, err := opentype.Parse(data)
	if err != nil {
		return parsedFace{}, err
	}
	characters := letter.Repertoire()
	face := parsedFace{
		source: source, measures: source.Measures(), drawn: drawn,
		widths: make([]uint16, characters[len(characters)-1]+1), names: make(map[rune]string, len(characters)),
	}
	for i := range face.widths {
		face.widths[i] = noGlyph
	}
	var buffer sfnt.Buffer
	for _, r := range characters {
		glyph := source.Glyph(r)
		if glyph == 0 {
			return parsedFace{}, fmt.Errorf("no glyph for %U", r)
		}
		units := face.measures.UnitsPerEm
		face.widths[r] = uint16((source.Advance(glyph)*1000 + units/2) / units)
		face.names[r], err = drawn.GlyphName(&buffer, sfnt.GlyphIndex(glyph))
		if err != nil {
			return parsedFace{}, err
		}
	}
	return face, nil
}

// Has reports whether the face has a glyph for r.
func (f *Fonts) Has(face Face, r rune) bool {
	widths := f.faces[face].widths
	return r >= 0 && int(r) < len(widths) && widths[r] != noGlyph
}

// Width measures a text in millimetres. A character without glyph counts for nothing; Layout never
// lets one through.
func (f *Fonts) Width(face Face, size float64, text string) float64 {
	widths := f.faces[face].widths
	sum := 0
	for _, r := range text {
		if r >= 0 && int(r) < len(widths) && widths[r] != noGlyph {
			sum += int(widths[r])
		}
	}
	return float64(sum) / 1000 * size * millimetresPerPoint
}

// box is the rectangle that an operation covers, in millimetres. Text takes its face's ascent and
// descent: the tallest accent of a capital included.
func (f *Fonts) box(op Op) (x0, y0, x1, y1 float64) {
	switch op.Kind {
	case TextOp:
		measures := f.faces[op.Face].measures
		em := op.Size * millimetresPerPoint / 1000
		width := f.Width(op.Face, op.Size, op.Text) +
			float64(len([]rune(op.Text)))*op.Tracking*millimetresPerPoint
		return op.X, op.Y - float64(measures.Ascent)*em, op.X + width, op.Y - float64(measures.Descent)*em
	case LineOp:
		// The rules are horizontal or vertical, with butt ends: they are thick on one side only.
		halfX, halfY := 0.0, op.Thickness/2
		if op.W == 0 {
			halfX, halfY = halfY, halfX
		}
		return op.X - halfX, op.Y - halfY, op.X + op.W + halfX, op.Y + op.H + halfY
	}
	return op.X, op.Y, op.X + op.W, op.Y + op.H
}
