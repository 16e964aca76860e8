package truetype_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/go-fonts/liberation/liberationserifitalic"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"dument/pdf/internal/truetype"
)

func cut(t *testing.T, characters []rune) []byte {
	t.Helper()
	source, err := truetype.Read(liberationserifitalic.TTF)
	if err != nil {
		t.Fatal(err)
	}
	file, err := source.Cut(characters, source["name"], nil)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// An independent reader finds in the cut font the outlines and widths of the source, accented letters
// (which are composed of others) included, and nothing else.
func TestCutKeepsOutlinesAndWidths(t *testing.T) {
	characters := []rune(" AeÉéëŒŵ’\u202f€−")
	source, err := sfnt.Parse(liberationserifitalic.TTF)
	if err != nil {
		t.Fatal(err)
	}
	small, err := sfnt.Parse(cut(t, characters))
	if err != nil {
		t.Fatal(err)
	}
	var buffer sfnt.Buffer
	for _, r := range characters {
		if want, got := outline(t, source, r), outline(t, small, r); want != got {
			t.Errorf("%q: outline or width changed: %v, %v", r, want, got)
		}
	}
	for _, r := range "BzàZ" {
		if glyph, err := small.GlyphIndex(&buffer, r); err != nil || glyph != 0 {
			t.Errorf("%q is still there: glyph %d, %v", r, glyph, err)
		}
	}
}

type shape struct {
	segments int
	sum      fixed.Int26_6
	width    fixed.Int26_6
}

func outline(t *testing.T, face *sfnt.Font, r rune) shape {
	t.Helper()
	var buffer sfnt.Buffer
	glyph, err := face.GlyphIndex(&buffer, r)
	if err != nil || glyph == 0 {
		t.Fatalf("%q: glyph %d, %v", r, glyph, err)
	}
	const size = fixed.Int26_6(2048 << 6)
	segments, err := face.LoadGlyph(&buffer, glyph, size, nil)
	if err != nil {
		t.Fatalf("%q: %v", r, err)
	}
	found := shape{segments: len(segments)}
	for i, segment := range segments {
		for _, point := range segment.Args {
			found.sum += point.X*fixed.Int26_6(i+1) + 3*point.Y
		}
	}
	found.width, err = face.GlyphAdvance(&buffer, glyph, size, font.HintingNone)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestCutIsDeterministic(t *testing.T) {
	if !bytes.Equal(cut(t, []rune("Aàé€")), cut(t, []rune("Aàé€"))) {
		t.Error("two cuts differ")
	}
}

func TestCutOfACutFont(t *testing.T) {
	once, err := truetype.Read(cut(t, []rune("Azàé€")))
	if err != nil {
		t.Fatal(err)
	}
	twice, err := once.Cut([]rune("é€"), once["name"], nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(twice, cut(t, []rune("é€"))) {
		t.Error("cutting twice is not cutting once")
	}
}

func TestMissingCharacterIsNamed(t *testing.T) {
	source, err := truetype.Read(liberationserifitalic.TTF)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := source.Cut([]rune("a\u2011"), nil, nil); !errors.Is(err, truetype.ErrFont) {
		t.Errorf("got %v", err)
	}
	if _, err := truetype.Read([]byte("OTTO, no TrueType")); !errors.Is(err, truetype.ErrFont) {
		t.Errorf("got %v", err)
	}
}
