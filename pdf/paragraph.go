package pdf

import (
	"fmt"
	"math"
	"strings"

	"dument/app/letter"
)

// style is how a stretch of text is set.
type style struct {
	face   Face
	size   float64
	colour Colour
}

var (
	bodyStyle      = style{Serif, 11, Ink}
	sideHeadStyle  = style{SansBold, 8, Accent}
	cellStyle      = style{Sans, 8.8, Ink}
	columnStyle    = style{Sans, 7.4, Grey}
	noteStyle      = style{Sans, 7.6, Grey}
	enclosureStyle = style{Sans, 8.6, Ink}
)

// The ordinal's "er": two thirds of the size, raised by a third of it.
const (
	raisedSize   = 0.66
	raisedHeight = 1.0 / 3
)

// shortestLast is the least length of a paragraph's last line, as a part of the measure.
const shortestLast = 0.2

// run is a stretch of text in one style within a word.
type run struct {
	text   string
	bold   bool
	raised bool
	width  float64
}

// word is what stands between two places where a line may break.
type word struct {
	runs  []run
	width float64
}

// line is a set line: its words are joined by spaces of the base style.
type line []word

// setter breaks and draws text of one base style.
type setter struct {
	fonts *Fonts
	style style
	space float64
}

func (f *Fonts) setter(base style) setter {
	return setter{fonts: f, style: base, space: f.Width(base.face, base.size, " ")}
}

func (s setter) faceOf(bold bool) Face {
	if !bold {
		return s.style.face
	}
	if s.style.face == Sans || s.style.face == SansBold {
		return SansBold
	}
	return SerifBold
}

func (s setter) measure(r *run) {
	size := s.style.size
	if r.raised {
		size *= raisedSize
	}
	r.width = s.fonts.Width(s.faceOf(r.bold), size, r.text)
}

// words cuts a text at its ordinary spaces, and cuts what is wider than the measure between any two
// characters: nothing may leave the margins.
func (s setter) words(text letter.Text, measure float64) []word {
	var words []word
	current := word{}
	end := func() {
		if len(current.runs) > 0 {
			words = append(words, s.fitted(current, measure)...)
		}
		current = word{}
	}
	for _, span := range text {
		for i, part := range strings.Split(span.Text, " ") {
			if i > 0 {
				end()
			}
			if part == "" {
				continue
			}
			piece := run{text: part, bold: span.Bold, raised: span.Raised}
			s.measure(&piece)
			current.runs = append(current.runs, piece)
			current.width += piece.width
		}
	}
	end()
	return words
}

// fitted returns the word, in pieces when it is wider than the measure.
func (s setter) fitted(w word, measure float64) []word {
	if w.width <= measure {
		return []word{w}
	}
	var pieces []word
	current := word{}
	for _, whole := range w.runs {
		for _, r := range whole.text {
			piece := run{text: string(r), bold: whole.bold, raised: whole.raised}
			s.measure(&piece)
			if current.width+piece.width > measure && len(current.runs) > 0 {
				pieces = append(pieces, current)
				current = word{}
			}
			last := len(current.runs) - 1
			if last >= 0 && current.runs[last].bold == piece.bold && current.runs[last].raised == piece.raised {
				current.runs[last].text += piece.text
				current.runs[last].width += piece.width
			} else {
				current.runs = append(current.runs, piece)
			}
			current.width += piece.width
		}
	}
	return append(pieces, current)
}

// lines breaks a text into as few lines as the measure allows, and among those ways chooses the one
// with the least sum of squared gaps at the right; the last line's gap does not count, but a last line
// that is too short does.
func (s setter) lines(text letter.Text, measure float64) []line {
	words := s.words(text, measure)
	if len(words) == 0 {
		return nil
	}
	breaks := s.breaks(words, measure)
	set := make([]line, 0, len(breaks))
	start := 0
	for _, end := range breaks {
		set = append(set, line(words[start:end]))
		start = end
	}
	return set
}

// breaks finds the ends of the best lines: best[i] is the least (lines, cost) for the words from i on.
func (s setter) breaks(words []word, measure float64) []int {
	const tooShort = 1e6
	type choice struct {
		lines int
		cost  float64
		end   int
	}
	count := len(words)
	best := make([]choice, count+1)
	for i := count - 1; i >= 0; i-- {
		best[i] = choice{lines: math.MaxInt}
		width := -s.space
		for end := i + 1; end <= count; end++ {
			width += s.space + words[end-1].width
			if width > measure && end > i+1 {
				break
			}
			tail := best[end]
			candidate := choice{lines: tail.lines + 1, cost: tail.cost, end: end}
			gap := measure - width
			switch {
			case end < count:
				candidate.cost += gap * gap
			case width < shortestLast*measure && i > 0:
				candidate.cost += tooShort
			}
			if candidate.lines < best[i].lines ||
				candidate.lines == best[i].lines && candidate.cost < best[i].cost {
				best[i] = candidate
			}
		}
	}
	var ends []int
	for i := 0; i < count; i = best[i].end {
		ends = append(ends, best[i].end)
	}
	return ends
}

func (s setter) widthOf(l line) float64 {
	width := s.space * float64(len(l)-1)
	for _, w := range l {
		width += w.width
	}
	return width
}

// draw sets a line from x on the baseline y, a text operation for each stretch of one style.
func (s setter) draw(page *Page, l line, x, y float64) {
	var pending Op
	flush := func() {
		if pending.Text != "" {
			page.Ops = append(page.Ops, pending)
		}
		pending = Op{}
	}
	for i, w := range l {
		if i > 0 {
			if pending.Text != "" && pending.Size == s.style.size {
				pending.Text += " "
			}
			x += s.space
		}
		for _, r := range w.runs {
			op := Op{Kind: TextOp, X: x, Y: y, Text: r.text, Face: s.faceOf(r.bold), Size: s.style.size,
				Colour: s.style.colour}
			if r.raised {
				op.Size *= raisedSize
				op.Y -= s.style.size * raisedHeight * millimetresPerPoint
			}
			if pending.Text != "" && pending.Face == op.Face && pending.Size == op.Size {
				pending.Text += r.text
			} else {
				flush()
				pending = op
			}
			x += r.width
		}
	}
	flush()
}

// plain makes a text of a string.
func plain(text string) letter.Text { return letter.Text{{Text: text}} }

// fit finds the size, in quarters of a point from the style's down to least, at which a text is no
// wider than the width; ok is false when none is.
func (f *Fonts) fit(base style, least, width float64, text string) (size float64, ok bool) {
	for size = base.size; size >= least; size -= 0.25 {
		if f.Width(base.face, size, text) <= width {
			return size, true
		}
	}
	return least, false
}

// refuseWide is the refusal of a text that does not fit its place at the least size.
func refuseWide(field, text string) error {
	return &letter.Refusal{Code: letter.TooWide, Field: field, Detail: fmt.Sprintf("%q does not fit", text)}
}
