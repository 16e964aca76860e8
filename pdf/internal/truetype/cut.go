package truetype

import (
	"fmt"
	"slices"
)

// Flags of a composite glyph's components (OpenType specification, table glyf).
const (
	argumentsAreWords = 1 << 0
	hasScale          = 1 << 3
	moreComponents    = 1 << 5
	hasTwoScales      = 1 << 6
	hasMatrix         = 1 << 7
	hasInstructions   = 1 << 8
)

// eachComponent calls visit with the place of each component's glyph number in a composite glyph and
// returns the place after the last component.
func eachComponent(outline []byte, visit func(place int)) int {
	place := 10
	for {
		flags := be.Uint16(outline[place:])
		visit(place)
		place += 4
		if flags&argumentsAreWords != 0 {
			place += 4
		} else {
			place += 2
		}
		switch {
		case flags&hasScale != 0:
			place += 2
		case flags&hasTwoScales != 0:
			place += 4
		case flags&hasMatrix != 0:
			place += 8
		}
		if flags&moreComponents == 0 {
			return place
		}
	}
}

func isComposite(outline []byte) bool { return len(outline) > 0 && int16(be.Uint16(outline)) < 0 }

// withoutInstructions drops the hinting of an outline and numbers its components anew.
func withoutInstructions(outline []byte, renumbered map[uint16]uint16) []byte {
	if len(outline) == 0 {
		return nil
	}
	if isComposite(outline) {
		bare := slices.Clone(outline)
		end := eachComponent(bare, func(place int) {
			be.PutUint16(bare[place:], be.Uint16(bare[place:])&^hasInstructions)
			be.PutUint16(bare[place+2:], renumbered[be.Uint16(bare[place+2:])])
		})
		return bare[:end]
	}
	length := 10 + 2*int(be.Uint16(outline))
	skipped := int(be.Uint16(outline[length:]))
	bare := append(slices.Clone(outline[:length]), 0, 0)
	return append(bare, outline[length+2+skipped:]...)
}

// Cut writes a font with the characters given, in order, and what they are composed of. Of its names
// it takes the table given; post makes the table of glyph names from the glyphs kept, and may be nil
// when nobody will ask for them. The error names a character that the font lacks.
func (f Font) Cut(characters []rune, names []byte, post func(kept []uint16) []byte) ([]byte, error) {
	kept := []uint16{0}
	renumbered := map[uint16]uint16{0: 0}
	keep := func(glyph uint16) {
		if _, known := renumbered[glyph]; !known {
			renumbered[glyph] = uint16(len(kept))
			kept = append(kept, glyph)
		}
	}
	glyphs := make([]uint16, len(characters))
	for i, r := range characters {
		glyph := f.Glyph(r)
		if glyph == 0 {
			return nil, fmt.Errorf("%w: no glyph for %U", ErrFont, r)
		}
		keep(glyph)
		glyphs[i] = renumbered[glyph]
	}
	for i := 0; i < len(kept); i++ {
		if outline := f.outline(kept[i]); isComposite(outline) {
			eachComponent(outline, func(place int) { keep(be.Uint16(outline[place+2:])) })
		}
	}
	made := Font{"cmap": characterMap(characters, glyphs), "name": names}
	if post == nil {
		post = func([]uint16) []byte { return append([]byte{0, 3, 0, 0}, f["post"][4:32]...) }
	}
	made["post"] = post(kept)
	return f.assemble(kept, renumbered, made), nil
}

// assemble writes the tables that the kept glyphs need; made holds those already written.
func (f Font) assemble(kept []uint16, renumbered map[uint16]uint16, made Font) []byte {
	var outlines, places, metrics []byte
	for _, glyph := range kept {
		places = be.AppendUint32(places, uint32(len(outlines)))
		outlines = append(outlines, withoutInstructions(f.outline(glyph), renumbered)...)
		for len(outlines)%4 != 0 {
			outlines = append(outlines, 0)
		}
		metrics = append(metrics, f.metric(glyph)...)
	}
	places = be.AppendUint32(places, uint32(len(outlines)))
	made["glyf"], made["loca"], made["hmtx"] = outlines, places, metrics
	made["head"] = patch(f["head"], map[int]uint16{50: 1, 8: 0, 10: 0})
	made["hhea"] = patch(f["hhea"], map[int]uint16{34: uint16(len(kept))})
	// No instructions are left: zones, storage, functions and stack are not needed any more.
	made["maxp"] = patch(f["maxp"], map[int]uint16{
		4: uint16(len(kept)), 14: 1, 16: 0, 18: 0, 20: 0, 22: 0, 24: 0, 26: 0,
	})
	made["OS/2"] = f["OS/2"]
	return writeFont(made)
}

// patch copies a table and sets 16-bit fields at the places given.
func patch(table []byte, fields map[int]uint16) []byte {
	changed := slices.Clone(table)
	for place, value := range fields {
		be.PutUint16(changed[place:], value)
	}
	return changed
}

// characterMap writes a cmap with one format 4 subtable; characters are sorted.
func characterMap(characters []rune, glyphs []uint16) []byte {
	type segment struct{ start, end, delta uint16 }
	var segments []segment
	for i, r := range characters {
		delta := glyphs[i] - uint16(r)
		last := len(segments) - 1
		if last >= 0 && segments[last].delta == delta && segments[last].end == uint16(r)-1 {
			segments[last].end = uint16(r)
			continue
		}
		segments = append(segments, segment{uint16(r), uint16(r), delta})
	}
	segments = append(segments, segment{0xffff, 0xffff, 1})
	count := uint16(len(segments))
	power, selector := uint16(1), uint16(0)
	for power*2 <= count {
		power, selector = power*2, selector+1
	}
	table := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12, 0, 4}
	for _, value := range []uint16{16 + 8*count, 0, 2 * count, 2 * power, selector, 2*count - 2*power} {
		table = be.AppendUint16(table, value)
	}
	for _, s := range segments {
		table = be.AppendUint16(table, s.end)
	}
	table = append(table, 0, 0)
	for _, s := range segments {
		table = be.AppendUint16(table, s.start)
	}
	for _, s := range segments {
		table = be.AppendUint16(table, s.delta)
	}
	return append(table, make([]byte, 2*count)...)
}

// writeFont puts the tables into one file, in order of name, with their checksums.
func writeFont(tables Font) []byte {
	tags := make([]string, 0, len(tables))
	for tag := range tables {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	count := uint16(len(tags))
	power, selector := uint16(1), uint16(0)
	for power*2 <= count {
		power, selector = power*2, selector+1
	}
	header := []byte{0, 1, 0, 0}
	for _, value := range []uint16{count, 16 * power, selector, 16*count - 16*power} {
		header = be.AppendUint16(header, value)
	}
	var body []byte
	start := len(header) + 16*len(tags)
	head := 0
	for _, tag := range tags {
		if tag == "head" {
			head = start + len(body)
		}
		header = append(header, tag...)
		header = be.AppendUint32(header, checksum(tables[tag]))
		header = be.AppendUint32(header, uint32(start+len(body)))
		header = be.AppendUint32(header, uint32(len(tables[tag])))
		body = append(body, tables[tag]...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	file := append(header, body...)
	be.PutUint32(file[head+8:], 0xb1b0afba-checksum(file))
	return file
}

func checksum(data []byte) uint32 {
	var sum uint32
	for len(data) >= 4 {
		sum += be.Uint32(data)
		data = data[4:]
	}
	if len(data) > 0 {
		sum += be.Uint32(append(slices.Clone(data), 0, 0, 0))
	}
	return sum
}
