package pdf

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dument/app/letter"
)

func testFonts(t testing.TB) *Fonts {
	t.Helper()
	fonts, err := LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	return fonts
}

// The lines chosen are no worse than any other way to break the words into as few lines.
func TestLinesAreTheBest(t *testing.T) {
	fonts := testFonts(t)
	const measure = 60.0
	rapid.Check(t, func(t *rapid.T) {
		drawn := rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,12}`), 1, 14).Draw(t, "words")
		set := fonts.setter(bodyStyle)
		words := set.words(plain(strings.Join(drawn, " ")), measure)
		bestCount, bestCost := tryAll(set, words, measure)
		breaks := set.breaks(words, measure)
		if len(breaks) != bestCount {
			t.Fatalf("%d lines, %d would do", len(breaks), bestCount)
		}
		if cost := costOf(set, words, breaks, measure); cost > bestCost+1e-6 {
			t.Fatalf("cost %f, best %f", cost, bestCost)
		}
	})
}

// tryAll measures every way to break, as a second, plain implementation.
func tryAll(set setter, words []word, measure float64) (count int, cost float64) {
	count, cost = math.MaxInt, math.Inf(1)
	for choice := range 1 << (len(words) - 1) {
		var breaks []int
		for i := 1; i < len(words); i++ {
			if choice>>(i-1)&1 == 1 {
				breaks = append(breaks, i)
			}
		}
		breaks = append(breaks, len(words))
		own := costOf(set, words, breaks, measure)
		if math.IsInf(own, 1) {
			continue
		}
		if len(breaks) < count || len(breaks) == count && own < cost {
			count, cost = len(breaks), own
		}
	}
	return count, cost
}

func costOf(set setter, words []word, breaks []int, measure float64) float64 {
	start, cost := 0, 0.0
	for i, end := range breaks {
		width := set.widthOf(line(words[start:end]))
		switch {
		case width > measure+1e-9:
			return math.Inf(1)
		case i < len(breaks)-1:
			cost += (measure - width) * (measure - width)
		case width < shortestLast*measure && i > 0:
			cost += 1e6
		}
		start = end
	}
	return cost
}

// Lines break at ordinary spaces only: a no-break space never ends a line, and no word is lost.
func TestNoBreakSpacesHold(t *testing.T) {
	fonts := testFonts(t)
	set := fonts.setter(bodyStyle)
	text := strings.Repeat("payer 5\u202f166,64\u00a0€ avant le 8\u00a0décembre ; ", 12)
	var joined []string
	for _, l := range set.lines(plain(text), textRight-textLeft) {
		var page Page
		set.draw(&page, l, 0, 0)
		said := ""
		for _, op := range page.Ops {
			said += op.Text
		}
		joined = append(joined, said)
		for _, bad := range []string{"\u202f", "\u00a0"} {
			if strings.HasSuffix(said, bad) || strings.HasPrefix(said, bad) || strings.HasPrefix(said, "€") {
				t.Errorf("line %q breaks at a space that does not break", said)
			}
		}
	}
	if got := strings.Join(joined, " "); got != strings.TrimSpace(text) {
		t.Errorf("text changed: %q", got)
	}
}

// A word wider than the measure is parted, never longer than it, and nothing of it is lost.
func TestOverlongWords(t *testing.T) {
	fonts := testFonts(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom(letter.Repertoire()), 1, 200, -1).Draw(t, "text")
		set := fonts.setter(noteStyle)
		kept := ""
		for _, l := range set.lines(plain(text), 25) {
			if width := set.widthOf(l); width > 25+1e-9 {
				t.Fatalf("line of %.2f mm", width)
			}
			for _, w := range l {
				for _, r := range w.runs {
					kept += r.text
				}
			}
		}
		if kept != strings.ReplaceAll(text, " ", "") {
			t.Fatalf("kept %q of %q", kept, text)
		}
	})
}
