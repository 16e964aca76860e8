package theme_test

import (
	"image/color"
	"io/fs"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"dument/assets/icons"
	"dument/gui/theme"
)

// luminance and contrast are those of WCAG 2.1.
func luminance(c color.Color) float64 {
	linear := func(channel uint32) float64 {
		v := float64(channel) / 0xFFFF
		if v <= .03928 {
			return v / 12.92
		}
		return math.Pow((v+.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return .2126*linear(r) + .7152*linear(g) + .0722*linear(b)
}

func contrast(a, b color.Color) float64 {
	low, high := luminance(a), luminance(b)
	if low > high {
		low, high = high, low
	}
	return (high + .05) / (low + .05)
}

func TestTextCanBeRead(t *testing.T) {
	test.NewTempApp(t)
	type pair struct{ ink, ground fyne.ThemeColorName }
	pairs := []pair{{theme.Late, theme.LateWash}, {theme.Warn, theme.WarnWash}, {theme.Ok, theme.OkWash},
		{theme.OnAccent, theme.Accent}, {theme.OnAccent, theme.Ok}, {theme.PageInk, theme.Page},
		{theme.PageInk, theme.Mark}, {theme.Ink, theme.WarnWash}, {theme.Soft, theme.WarnWash},
		{fynetheme.ColorNameForegroundOnError, fynetheme.ColorNameError},
		{fynetheme.ColorNameForegroundOnPrimary, fynetheme.ColorNamePrimary}}
	for _, ink := range []fyne.ThemeColorName{theme.Ink, theme.Soft, theme.Faint, theme.Accent, theme.Late,
		theme.Warn, theme.Ok} {
		for _, ground := range []fyne.ThemeColorName{theme.Paper, theme.Sheet, theme.Rail, theme.Field,
			theme.Wash, theme.Hover} {
			pairs = append(pairs, pair{ink, ground})
		}
	}
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		look := theme.New(mode)
		for _, p := range pairs {
			if got := contrast(look.Color(p.ink, 0), look.Color(p.ground, 0)); got < 4.5 {
				t.Errorf("%s: %s on %s has a contrast of %.2f", name, p.ink, p.ground, got)
			}
		}
	}
}

func TestEveryColorIsDefined(t *testing.T) {
	test.NewTempApp(t)
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		test.AssertAllColorNamesDefined(t, theme.New(mode), name)
	}
}

func TestModeBeatsTheSystem(t *testing.T) {
	test.NewTempApp(t)
	for _, c := range []struct {
		mode    theme.Mode
		variant fyne.ThemeVariant
		dark    bool
	}{
		{theme.Light, fynetheme.VariantDark, false}, {theme.Dark, fynetheme.VariantLight, true},
		{theme.System, fynetheme.VariantDark, true}, {theme.System, fynetheme.VariantLight, false},
	} {
		paper := luminance(theme.New(c.mode).Color(theme.Paper, c.variant))
		if (paper < .5) != c.dark {
			t.Errorf("mode %v under variant %v: the paper's luminance is %.2f", c.mode, c.variant, paper)
		}
	}
}

func TestAPageStaysPaper(t *testing.T) {
	test.NewTempApp(t)
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		if luminance(theme.New(mode).Color(theme.Page, 0)) < .9 {
			t.Errorf("mode %v: a printed page is not white", mode)
		}
	}
}

func TestRowsAreTwentyNinePixelsHigh(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	text := fyne.MeasureText("Ég", theme.SizeText, fyne.TextStyle{}).Height
	pitch := text + 2*fynetheme.InnerPadding() + fynetheme.Padding()
	if math.Abs(float64(pitch-theme.RowHeight)) > .5 {
		t.Errorf("a row of the toolkit's own lists is %.1f high, ours are %v", pitch, theme.RowHeight)
	}
}

func TestEveryIconIsDrawn(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	named := map[string]bool{}
	for _, icon := range theme.Icons() {
		named[string(icon)+".svg"] = true
		picture := icon.Draw(32, 16, color.Black)
		inked := 0
		for y := range 32 {
			for x := range 32 {
				if _, _, _, a := picture.At(x, y).RGBA(); a > 0x8000 {
					inked++
				}
			}
		}
		if minimum := 10; inked < minimum || inked > 32*32/2 {
			t.Errorf("%s: %d of 1024 pixels are inked", icon, inked)
		}
	}
	files, err := fs.Glob(icons.Files, "*.svg")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !named[file] {
			t.Errorf("%s has no name in the theme", file)
		}
		source, err := icons.Files.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(source), icons.StrokeColor) || !strings.Contains(string(source),
			icons.StrokeWidth) {
			t.Errorf("%s cannot be recoloured", file)
		}
	}
	if len(files) != len(theme.Icons()) {
		t.Errorf("%d drawings, %d names", len(files), len(theme.Icons()))
	}
}

// The line of a drawing is known by arithmetic: a circle of radius 6.5 around the middle.
func TestDrawingLiesWhereThePathSays(t *testing.T) {
	const pixels = 160
	picture := theme.IconCircle.Draw(pixels, 16, color.Black)
	for y := range pixels {
		for x := range pixels {
			_, _, _, alpha := picture.At(x, y).RGBA()
			radius := math.Hypot(float64(x)+.5-80, float64(y)+.5-80) / 10
			fromLine := math.Abs(radius - 6.5)
			if fromLine < .5 && alpha < 0xF000 || fromLine > .85 && alpha > 0x1000 {
				t.Fatalf("at %d,%d, %.2f from the line, the ink is %x", x, y, fromLine, alpha)
			}
		}
	}
}

func TestIconResourceFollowsTheTheme(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light))
	resource := theme.IconLetter.Resource(theme.Accent, 16)
	lightName, light := resource.Name(), string(resource.Content())
	app.Settings().SetTheme(theme.New(theme.Dark))
	if resource.Name() == lightName || string(resource.Content()) == light {
		t.Error("the icon keeps the colour of the light theme")
	}
	if !strings.Contains(light, "#1f4e7c") {
		t.Errorf("the accent is not in %s", light)
	}
}

func BenchmarkDrawIcon(b *testing.B) {
	shades := 0
	for b.Loop() {
		shades++ // another colour each time: the cache does not help
		theme.IconPay.Draw(32, 16, color.NRGBA{R: uint8(shades), G: uint8(shades >> 8),
			B: uint8(shades >> 16), A: 255})
	}
}
