package pdf_test

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dument/app/letter"
	"dument/app/letter/sample"
	"dument/pdf"
)

var update = flag.Bool("update", false, "write the golden pages anew, to be looked at before they are kept")

// goldenDotsPerInch is enough to see a block move and small enough for a repository.
const goldenDotsPerInch = 50

func TestSameLetterSameBytes(t *testing.T) {
	for name, request := range regimes() {
		first := render(t, request)
		if !bytes.Equal(first, render(t, request)) {
			t.Errorf("%s: two renders differ", name)
		}
		for _, clock := range []string{"/CreationDate (D:20261120000000)", "/ModDate (D:20261120000000)"} {
			if !bytes.Contains(first, []byte(clock)) {
				t.Errorf("%s: no %s", name, clock)
			}
		}
	}
}

// A cut face that was kept from another letter gives the same bytes as one made anew.
func TestKeptCutsChangeNothing(t *testing.T) {
	for name, request := range regimes() {
		fresh, err := pdf.LoadFonts()
		if err != nil {
			t.Fatal(err)
		}
		composed := compose(t, request)
		pages, err := pdf.Layout(composed, fresh)
		if err != nil {
			t.Fatal(err)
		}
		anew, err := pdf.Render(pages, pdf.MetaOf(composed), fresh)
		if err != nil {
			t.Fatal(err)
		}
		characters := letter.Repertoire()[100:]
		for n := range 3 * 64 {
			other := sample.Long(1)
			other.Enclosures = []string{string(characters[n]), string(characters[n/2])}
			render(t, other)
		}
		if !bytes.Equal(anew, render(t, request)) {
			t.Errorf("%s: bytes depend on the letters made before", name)
		}
	}
}

// Several goroutines share the fonts.
func TestRenderInParallel(t *testing.T) {
	want := render(t, sample.Business())
	fonts, composed := loadFonts(t), compose(t, sample.Business())
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			pages, err := pdf.Layout(composed, fonts)
			if err != nil {
				t.Error(err)
				return
			}
			if got, err := pdf.Render(pages, pdf.MetaOf(composed), fonts); err != nil || !bytes.Equal(got, want) {
				t.Errorf("render in parallel differs: %v", err)
			}
			if _, err := pdf.Picture(pages[0], fonts, goldenDotsPerInch); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func TestFileIsSmall(t *testing.T) {
	for name, request := range regimes() {
		if size := len(render(t, request)); size > 45<<10 {
			t.Errorf("%s: %d bytes", name, size)
		}
	}
}

func TestMetadata(t *testing.T) {
	file := string(render(t, sample.Business()))
	for _, part := range []string{"/Lang (fr-FR)", "/Metadata", "<dc:language>",
		"Mise en demeure de payer 5\u202f166,64",
		"Maëlle Kerjean\u00a0EI", "<pdf:Producer>Dûment</pdf:Producer>"} {
		if !strings.Contains(file, part) {
			t.Errorf("no %q", part)
		}
	}
}

// dump writes the operations as text: what a change of layout changes can be read in a diff.
func dump(pages []pdf.Page) string {
	var text strings.Builder
	for i, page := range pages {
		fmt.Fprintf(&text, "page %d\n", i+1)
		modules := 0
		for _, op := range page.Ops {
			switch {
			case op.Kind == pdf.TextOp:
				fmt.Fprintf(&text, "%6.1f %6.1f %s %g %v %q\n", op.X, op.Y, op.Face, op.Size, op.Colour, op.Text)
			case op.Kind == pdf.LineOp:
				fmt.Fprintf(&text, "%6.1f %6.1f rule %.1f × %g %v\n", op.X, op.Y, op.W, op.Thickness, op.Colour)
			case op.Colour == pdf.Black:
				modules++
			default:
				fmt.Fprintf(&text, "%6.1f %6.1f bar %.1f × %.1f %v\n", op.X, op.Y, op.W, op.H, op.Colour)
			}
		}
		if modules > 0 {
			fmt.Fprintf(&text, "code of %d rectangles\n", modules)
		}
	}
	return text.String()
}

func TestGoldenPages(t *testing.T) {
	for name, request := range regimes() {
		pages := layOut(t, request)
		golden := filepath.Join("testdata", name+".txt")
		if *update {
			if err := os.WriteFile(golden, []byte(dump(pages)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Split(dump(pages), "\n")
		for i, line := range strings.Split(string(want), "\n") {
			if i >= len(got) || got[i] != line {
				t.Errorf("%s:%d: no longer %s", golden, i+1, line)
				break
			}
		}
	}
}

func TestGoldenPicture(t *testing.T) {
	for name, request := range regimes() {
		picture, err := pdf.Picture(layOut(t, request)[0], loadFonts(t), goldenDotsPerInch)
		if err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", name+".png")
		if *update {
			writePNG(t, golden, picture)
		}
		if difference := compare(t, golden, picture); difference > 0.002 {
			writePNG(t, filepath.Join(t.TempDir(), name+".png"), picture)
			t.Errorf("%s: differs by %.4f", golden, difference)
		}
	}
}

func writePNG(t *testing.T, path string, picture image.Image) {
	t.Helper()
	grey := image.NewGray(picture.Bounds())
	draw.Draw(grey, grey.Bounds(), picture, image.Point{}, draw.Src)
	var data bytes.Buffer
	if err := png.Encode(&data, grey); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// compare is the mean difference of two pictures, from 0 to 1: processors may round a grey differently.
func compare(t *testing.T, path string, picture image.Image) float64 {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	golden, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if golden.Bounds() != picture.Bounds() {
		return 1
	}
	sum, bounds := 0.0, picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			a := color.GrayModel.Convert(golden.At(x, y)).(color.Gray).Y
			b := color.GrayModel.Convert(picture.At(x, y)).(color.Gray).Y
			sum += float64(max(a, b)-min(a, b)) / 255
		}
	}
	return sum / float64(bounds.Dx()*bounds.Dy())
}

func TestPictureBounds(t *testing.T) {
	for _, resolution := range []int{0, 19, 601, -3} {
		if _, err := pdf.Picture(pdf.Page{}, loadFonts(t), resolution); err == nil {
			t.Errorf("%d dots per inch are taken", resolution)
		}
	}
	picture, err := pdf.Picture(pdf.Page{}, loadFonts(t), 254)
	if err != nil || picture.Bounds().Dx() != 2100 || picture.Bounds().Dy() != 2970 {
		t.Errorf("A4 at 254 dots per inch: %v, %v", picture.Bounds(), err)
	}
}

// The overlay tints the window's zone and leaves the paper outside white.
func TestOverlay(t *testing.T) {
	const resolution = 127 // five dots per millimetre
	picture, err := pdf.Picture(pdf.Page{}, loadFonts(t), resolution)
	if err != nil {
		t.Fatal(err)
	}
	pdf.Overlay(picture, resolution, true, false)
	white := color.RGBA{255, 255, 255, 255}
	for _, point := range []struct {
		x, y   int
		inside bool
	}{{150, 50, true}, {150, 70, true}, {105, 60, true}, {95, 60, false}, {150, 94, false}, {150, 42, false},
		{204, 60, false}} {
		if tinted := picture.RGBAAt(point.x*5, point.y*5) != white; tinted != point.inside {
			t.Errorf("%d, %d mm: tinted %v", point.x, point.y, tinted)
		}
	}
	onFold := func() bool {
		for y := 98 * 5; y < 100*5; y++ {
			if picture.RGBAAt(5, y) != white {
				return true
			}
		}
		return false
	}
	if onFold() {
		t.Error("the folds show without being asked for")
	}
	if pdf.Overlay(picture, resolution, false, true); !onFold() {
		t.Error("the fold at 99 mm does not show")
	}
}

// A hundred different accented capitals in one face have a code each; more than a table holds refuse.
func TestManyCharacters(t *testing.T) {
	request := sample.Business()
	var wide []rune
	for _, r := range letter.Repertoire() {
		if r > 0x7f && r != 0xa0 && r != 0x202f {
			wide = append(wide, r)
		}
	}
	request.Enclosures = nil
	for start := 0; start < 120; start += 60 {
		request.Enclosures = append(request.Enclosures, string(wide[start:start+60]))
	}
	render(t, request)
	for start := 120; start < 240; start += 60 {
		request.Enclosures = append(request.Enclosures, string(wide[start:start+60]))
	}
	composed := compose(t, request)
	pages, err := pdf.Layout(composed, loadFonts(t))
	if err != nil {
		t.Fatal(err)
	}
	_, err = pdf.Render(pages, pdf.MetaOf(composed), loadFonts(t))
	if refusal, ok := letter.AsRefusal(err); !ok || refusal.Code != letter.TooManyCharacters {
		t.Errorf("got %v", err)
	}
}
