// Command cutfonts makes the fonts of the letters: the five faces that they use, cut to the letters'
// repertoire and freed of hinting instructions, kerning and layout tables that the PDF writer does
// not use. A PDF writer that parses a whole Liberation font for every letter spends nine tenths of
// its time there.
//
// Run it from the root of the repository after a change of letter.Repertoire:
//
//	go run ./pdf/internal/cutfonts -o assets/fonts
//
// The SIL Open Font License reserves the name Liberation for the unmodified fonts: the cut ones are
// named Dument Serif and Dument Sans.
package main

import (
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"

	"golang.org/x/image/font/sfnt"

	"dument/app/letter"
	"dument/pdf/internal/truetype"
)

var be = binary.BigEndian

// faces are the five faces of the letters with the source that each is cut from.
var faces = []struct {
	family, style string
	source        []byte
}{
	{"Dument Serif", "Regular", liberationserifregular.TTF},
	{"Dument Serif", "Bold", liberationserifbold.TTF},
	{"Dument Serif", "Italic", liberationserifitalic.TTF},
	{"Dument Sans", "Regular", liberationsansregular.TTF},
	{"Dument Sans", "Bold", liberationsansbold.TTF},
}

func main() {
	directory := flag.String("o", "assets/fonts", "directory to write the fonts to")
	flag.Parse()
	if err := run(*directory); err != nil {
		fmt.Fprintln(os.Stderr, "cutfonts:", err)
		os.Exit(1)
	}
}

func run(directory string) error {
	for _, face := range faces {
		cut, err := cutFace(face.source, face.family, face.style)
		if err != nil {
			return fmt.Errorf("%s %s: %w", face.family, face.style, err)
		}
		name := fileName(face.family, face.style)
		if err := os.WriteFile(filepath.Join(directory, name), cut, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s: %d of %d bytes\n", name, len(cut), len(face.source))
	}
	return nil
}

// fileName is "DumentSerif-Bold.ttf".
func fileName(family, style string) string {
	return strings.ReplaceAll(family, " ", "") + "-" + style + ".ttf"
}

func cutFace(source []byte, family, style string) ([]byte, error) {
	from, err := truetype.Read(source)
	if err != nil {
		return nil, err
	}
	named, err := sfnt.Parse(source)
	if err != nil {
		return nil, err
	}
	var failed error
	cut, err := from.Cut(letter.Repertoire(), names(family, style), func(kept []uint16) []byte {
		var table []byte
		table, failed = glyphNames(named, from["post"][4:32], kept)
		return table
	})
	if err == nil {
		err = failed
	}
	return cut, err
}

// glyphNames writes a table post of version 2 in which every name is spelt out: the PDF writer needs
// the names to say which character an 8-bit code stands for.
func glyphNames(named *sfnt.Font, header []byte, kept []uint16) ([]byte, error) {
	const firstOwnName = 258 // the numbers below stand for the Macintosh's standard names
	table := append([]byte{0, 2, 0, 0}, header...)
	table = be.AppendUint16(table, uint16(len(kept)))
	var spelt []byte
	var buffer sfnt.Buffer
	for i, glyph := range kept {
		name, err := named.GlyphName(&buffer, sfnt.GlyphIndex(glyph))
		if err != nil {
			return nil, err
		}
		table = be.AppendUint16(table, uint16(firstOwnName+i))
		spelt = append(append(spelt, byte(len(name))), name...)
	}
	return append(table, spelt...), nil
}

// names writes the table of names. It carries the copyright and the licence of the source.
func names(family, style string) []byte {
	entries := []struct {
		id   uint16
		text string
	}{
		{0, "Digitized data copyright (c) 2010 Google Corporation. Copyright (c) 2012 Red Hat, Inc."},
		{1, family}, {2, style}, {3, family + " " + style + ", cut for letters"}, {4, family + " " + style},
		{5, "Version 2.1.5"}, {6, strings.ReplaceAll(family, " ", "") + "-" + style},
		{13, "Licensed under the SIL Open Font License, Version 1.1"}, {14, "http://scripts.sil.org/OFL"},
	}
	var records, pool []byte
	for _, entry := range entries {
		units := utf16.Encode([]rune(entry.text))
		for _, value := range []uint16{3, 1, 0x409, entry.id, uint16(2 * len(units)), uint16(len(pool))} {
			records = be.AppendUint16(records, value)
		}
		for _, unit := range units {
			pool = be.AppendUint16(pool, unit)
		}
	}
	table := be.AppendUint16([]byte{0, 0}, uint16(len(entries)))
	table = be.AppendUint16(table, uint16(6+len(records)))
	return append(append(table, records...), pool...)
}
