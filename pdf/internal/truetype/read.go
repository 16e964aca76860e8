// Package truetype reads TrueType fonts and cuts them to the characters that a text uses: outlines
// and widths stay, hinting, kerning and layout tables go. It trusts its fonts, which are compiled into
// the program; it is no parser for fonts of strangers.
package truetype

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// ErrFont is wrapped by every complaint about a font.
var ErrFont = errors.New("unusable font")

var be = binary.BigEndian

// Font is a font's tables by name.
type Font map[string][]byte

// Read parts a font file into its tables. The error says that the file is not TrueType.
func Read(data []byte) (Font, error) {
	if len(data) < 12 || be.Uint32(data) != 0x00010000 {
		return nil, fmt.Errorf("%w: not TrueType", ErrFont)
	}
	tables := Font{}
	for i := range int(be.Uint16(data[4:])) {
		record := data[12+16*i:]
		offset, size := be.Uint32(record[8:]), be.Uint32(record[12:])
		tables[string(record[:4])] = data[offset : offset+size]
	}
	return tables, nil
}

// Glyph looks a character up in the Unicode table of format 4; 0 when the font lacks it.
func (f Font) Glyph(r rune) uint16 {
	cmap := f["cmap"]
	for i := range int(be.Uint16(cmap[2:])) {
		record := cmap[4+8*i:]
		table := cmap[be.Uint32(record[4:]):]
		if be.Uint16(record) == 3 && be.Uint16(record[2:]) == 1 && be.Uint16(table) == 4 {
			return lookUpFormat4(table, r)
		}
	}
	return 0
}

func lookUpFormat4(table []byte, r rune) uint16 {
	double := int(be.Uint16(table[6:]))
	ends, starts := table[14:], table[16+double:]
	deltas, offsets := table[16+2*double:], table[16+3*double:]
	for i := 0; i < double; i += 2 {
		if rune(be.Uint16(ends[i:])) < r {
			continue
		}
		start := rune(be.Uint16(starts[i:]))
		if start > r {
			return 0
		}
		offset := int(be.Uint16(offsets[i:]))
		if offset == 0 {
			return uint16(r) + be.Uint16(deltas[i:])
		}
		glyph := be.Uint16(offsets[i+offset+2*int(r-start):])
		if glyph == 0 {
			return 0
		}
		return glyph + be.Uint16(deltas[i:])
	}
	return 0
}

// outline is a glyph's data in table glyf, empty for a space.
func (f Font) outline(glyph uint16) []byte {
	loca := f["loca"]
	if be.Uint16(f["head"][50:]) == 0 {
		return f["glyf"][2*int(be.Uint16(loca[2*int(glyph):])) : 2*int(be.Uint16(loca[2*int(glyph)+2:]))]
	}
	return f["glyf"][be.Uint32(loca[4*int(glyph):]):be.Uint32(loca[4*int(glyph)+4:])]
}

// metric is the advance and the left side bearing of a glyph, as stored.
func (f Font) metric(glyph uint16) []byte {
	long := int(be.Uint16(f["hhea"][34:]))
	hmtx := f["hmtx"]
	if int(glyph) < long {
		return slices.Clone(hmtx[4*int(glyph) : 4*int(glyph)+4])
	}
	bearing := hmtx[4*long+2*(int(glyph)-long):]
	return []byte{hmtx[4*long-4], hmtx[4*long-3], bearing[0], bearing[1]}
}

// Advance is the width of a glyph in units of the em.
func (f Font) Advance(glyph uint16) int { return int(be.Uint16(f.metric(glyph))) }

// Measures are the figures of a face that a PDF writer or a layout needs, in thousandths of the em.
type Measures struct {
	UnitsPerEm             int
	Ascent, Descent        int
	Left, Bottom, Right    int
	Top, CapHeight, Weight int
	ItalicAngle            int
}

// Measures reads the face's figures.
func (f Font) Measures() Measures {
	head, hhea, os2 := f["head"], f["hhea"], f["OS/2"]
	units := int(be.Uint16(head[18:]))
	signed := func(table []byte, place int) int {
		return int(int16(be.Uint16(table[place:]))) * 1000 / units
	}
	// The capitals' height is measured on H: OS/2 gives it from version 2 on only.
	capital := f.outline(f.Glyph('H'))
	return Measures{
		UnitsPerEm: units, Ascent: signed(hhea, 4), Descent: signed(hhea, 6),
		Left: signed(head, 36), Bottom: signed(head, 38), Right: signed(head, 40), Top: signed(head, 42),
		CapHeight: signed(capital, 8), Weight: int(be.Uint16(os2[4:])),
		ItalicAngle: int(int16(be.Uint16(f["post"][4:]))),
	}
}
