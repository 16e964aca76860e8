package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/go-pdf/fpdf"

	"dument/app/letter"
)

// A face goes into a file as an 8-bit TrueType font: the characters used get a code each, ASCII keeps
// its own, and the differences from WinAnsi are named glyph by glyph, which is how readers find the
// text again. The library's own Unicode fonts would parse the font, hash its 65,536 widths and write a
// map of 128 KiB for every face of every letter: four fifths of the time, and bytes for nothing.
type encoding struct {
	family string
	codes  map[rune]byte
}

const (
	firstCode      = 32
	firstOwnCode   = 128
	lastCode       = 255
	nonsymbolic    = 1 << 5
	italicFlag     = 1 << 6
	serifFlag      = 1 << 1
	regularStem    = 80
	boldStem       = 140
	boldWeight     = 600
	subsetTagChars = 6
)

func (e encoding) encode(text string) string {
	coded := make([]byte, 0, len(text))
	for _, r := range text {
		coded = append(coded, e.codes[r])
	}
	return string(coded)
}

// embed adds the faces that the pages use.
func embed(document *fpdf.Fpdf, pages []Page, fonts *Fonts) (encodings [faceCount]encoding, err error) {
	for i, characters := range used(pages) {
		if len(characters) == 0 {
			continue
		}
		face := Face(i)
		cut, err := fonts.cut(face, characters)
		if err != nil {
			return encodings, fmt.Errorf("pdf: face %s: %w", face, err)
		}
		family := "face" + strconv.Itoa(i)
		document.AddFontFromBytes(family, "", cut.definition, cut.file)
		encodings[face] = encoding{family: family, codes: cut.codes}
	}
	return encodings, document.Error()
}

// cutFace is a face cut to some characters, ready to be embedded. It is never changed.
type cutFace struct {
	codes            map[rune]byte
	definition, file []byte
}

// cutsKept bounds the cut faces that are remembered, a dozen kilobytes each.
const cutsKept = 64

// cut returns the face cut to the characters. The letters of one creditor share most of their cuts, so
// the last ones are kept: a cut is a function of its characters, whether it was kept or made.
func (f *Fonts) cut(face Face, characters []rune) (cutFace, error) {
	key := cutKey{face, string(characters)}
	f.lock.Lock()
	kept, found := f.cuts[key]
	f.lock.Unlock()
	if found {
		return kept, nil
	}
	codes, differences, err := assign(characters, f.faces[face].names)
	if err != nil {
		return cutFace{}, err
	}
	definition, file, err := define(f.faces[face], face, characters, codes, differences)
	if err != nil {
		return cutFace{}, err
	}
	made := cutFace{codes: codes, definition: definition, file: file}
	f.lock.Lock()
	defer f.lock.Unlock()
	if len(f.cuts) >= cutsKept {
		clear(f.cuts)
	}
	f.cuts[key] = made
	return made, nil
}

// usual are the characters that a face gets in every letter in which it is used, so that letters which
// differ in names and figures share their cut.
var usual = [faceCount]string{
	Serif: " ,.:;()-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJLMNOPRSTV" +
		"àâçèéêëîïôùûÀÉ°’€%\u00a0\u202f",
	SerifBold: " ,.0123456789abcdefghijlmnoprstuvzûJM€\u00a0\u202f",
	Sans: " ,./:;()-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJLMNOPRSTUVXZ" +
		"àâçèéêëîïôùûÀÉ°·×’–€−%\u00a0\u202f",
	SansBold: " ,.0123456789abcdefghijlmnoprstuvyzûABCDEIJLMNOPRSTVÀÉ€\u00a0\u202f",
}

// used lists the characters of each face that is used, sorted.
func used(pages []Page) (characters [faceCount][]rune) {
	add := func(face Face, text string) {
		for _, r := range text {
			if place, found := slices.BinarySearch(characters[face], r); !found {
				characters[face] = slices.Insert(characters[face], place, r)
			}
		}
	}
	for _, page := range pages {
		for _, op := range page.Ops {
			if op.Kind == TextOp && len(characters[op.Face]) == 0 {
				add(op.Face, usual[op.Face])
			}
			add(op.Face, op.Text)
		}
	}
	return characters
}

// assign gives each character a code: its own for ASCII, then the upper half of the table, then what
// ASCII leaves free.
func assign(characters []rune, names map[rune]string) (codes map[rune]byte, differences string, err error) {
	codes = make(map[rune]byte, len(characters))
	var taken [lastCode + 1]bool
	for _, r := range characters {
		if r < firstOwnCode-1 {
			codes[r], taken[r] = byte(r), true
		}
	}
	next := firstOwnCode
	var list strings.Builder
	for _, r := range characters {
		if r < firstOwnCode-1 {
			continue
		}
		for next <= lastCode && taken[next] {
			next++
		}
		if next > lastCode {
			next = slices.Index(taken[firstCode:firstOwnCode-1], false) + firstCode
		}
		if next < firstCode || taken[next] {
			return nil, "", &letter.Refusal{Code: letter.TooManyCharacters, Field: "text",
				Detail: fmt.Sprintf("%d different characters in one face", len(characters))}
		}
		codes[r], taken[next] = byte(next), true
		fmt.Fprintf(&list, "%d /%s ", next, names[r])
		if next < firstOwnCode {
			next = lastCode + 1 // the upper half is full: look for free ASCII codes from now on
		}
	}
	return codes, list.String(), nil
}

// fontDefinition is the library's description of an 8-bit font; its field names are the library's.
type fontDefinition struct {
	Tp, Name     string
	Desc         fontDescription
	Up, Ut       int
	Cw           []int
	Diff, File   string
	OriginalSize int
}

type fontDescription struct {
	Ascent, Descent, CapHeight, Flags int
	FontBBox                          fontBox
	ItalicAngle, StemV, MissingWidth  int
}

type fontBox struct{ Xmin, Ymin, Xmax, Ymax int }

// define cuts the face to the characters and describes it.
func define(face parsedFace, name Face, characters []rune, codes map[rune]byte, differences string) (
	definition, compressed []byte, err error,
) {
	file, err := face.source.Cut(characters, face.source["name"], nil)
	if err != nil {
		return nil, nil, err
	}
	compressed, err = compress(file)
	if err != nil {
		return nil, nil, err
	}
	m := face.measures
	widths := make([]int, lastCode+1)
	for r, code := range codes {
		widths[code] = int(face.widths[r])
	}
	flags, stem := nonsymbolic, regularStem
	if name == Serif || name == SerifBold || name == SerifItalic {
		flags |= serifFlag
	}
	if m.ItalicAngle != 0 {
		flags |= italicFlag
	}
	if m.Weight >= boldWeight {
		stem = boldStem
	}
	definition, err = json.Marshal(fontDefinition{
		Tp: "TrueType", Name: subsetTag(name, characters) + "+" + name.String(), Cw: widths, Diff: differences,
		File: name.String() + ".z", OriginalSize: len(file),
		Desc: fontDescription{
			Ascent: m.Ascent, Descent: m.Descent, CapHeight: m.CapHeight, Flags: flags,
			FontBBox:    fontBox{m.Left, m.Bottom, m.Right, m.Top},
			ItalicAngle: m.ItalicAngle, StemV: stem,
		},
	})
	return definition, compressed, err
}

// compressors are kept from letter to letter: each holds most of a megabyte of tables.
var compressors = sync.Pool{New: func() any { return zlib.NewWriter(nil) }}

func compress(data []byte) ([]byte, error) {
	var packed bytes.Buffer
	writer := compressors.Get().(*zlib.Writer)
	defer compressors.Put(writer)
	writer.Reset(&packed)
	if _, err := writer.Write(data); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

// subsetTag is the six capitals that stand before the name of a font that was cut: the same for the
// same characters.
func subsetTag(face Face, characters []rune) string {
	sum := fnv.New64a()
	fmt.Fprint(sum, face, string(characters))
	value := sum.Sum64()
	tag := make([]byte, subsetTagChars)
	for i := range tag {
		tag[i] = 'A' + byte(value%26)
		value /= 26
	}
	return string(tag)
}

// escaped is a text as XML wants it.
func escaped(text string) string {
	var safe bytes.Buffer
	// Writing into memory cannot fail.
	_ = xml.EscapeText(&safe, []byte(text))
	return safe.String()
}
