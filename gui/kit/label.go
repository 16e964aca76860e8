package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// Style is the voice of a text. The zero value is the usual text: 13, ink, regular, at the left.
type Style struct {
	Size  float32 // 0 is theme.SizeText
	Color fyne.ThemeColorName
	Bold  bool
	Align fyne.TextAlign
}

// The usual voices.
var (
	Plain   = Style{}
	Bold    = Style{Bold: true}
	Soft    = Style{Color: theme.Soft}
	Small   = Style{Size: theme.SizeSmall, Color: theme.Soft}
	Caption = Style{Size: theme.SizeCaption, Color: theme.Faint}
	Title   = Style{Size: theme.SizeTitle, Bold: true}
	Amount  = Style{Size: theme.SizeAmount, Bold: true, Align: fyne.TextAlignTrailing}
)

// In is the style in another colour.
func (s Style) In(color fyne.ThemeColorName) Style { s.Color = color; return s }

// Right is the style aligned at the right, as figures are.
func (s Style) Right() Style { s.Align = fyne.TextAlignTrailing; return s }

// Strong is the style in bold.
func (s Style) Strong() Style { s.Bold = true; return s }

func (s Style) size() float32 {
	if s.Size == 0 {
		return theme.SizeText
	}
	return s.Size
}

func (s Style) color() fyne.ThemeColorName {
	if s.Color == "" {
		return theme.Ink
	}
	return s.Color
}

// Overflow says what a label does with a text wider than itself.
type Overflow int

// A figure is never cut (Whole); a cell is (Cut, with an ellipsis); a sentence goes on the next line
// (Wrap).
const (
	Whole Overflow = iota
	Cut
	Wrap
)

// Label is a text in one style. Its colour follows the theme.
type Label struct {
	widget.BaseWidget
	text     string
	style    Style
	overflow Overflow

	lines   []*canvas.Text
	fitted  float32 // width for which lines was made
	written string  // text for which lines was made
}

// NewLabel makes a label on one line that is as wide as its text.
func NewLabel(text string, style Style) *Label { return newLabel(text, style, Whole) }

// NewCutLabel makes a label on one line that takes the width it gets and ends in an ellipsis.
func NewCutLabel(text string, style Style) *Label { return newLabel(text, style, Cut) }

// NewParagraph makes a label that wraps between words. Inside Stack and ScrollPanel its height
// follows its width at once.
func NewParagraph(text string, style Style) *Label { return newLabel(text, style, Wrap) }

func newLabel(text string, style Style, overflow Overflow) *Label {
	l := &Label{text: text, style: style, overflow: overflow, fitted: -1}
	l.ExtendBaseWidget(l)
	return l
}

// Text is the text as given, whole even when it is shown cut.
func (l *Label) Text() string { return l.text }

// SetText changes the text; the same text again costs nothing.
func (l *Label) SetText(text string) {
	if text == l.text {
		return
	}
	l.text = text
	l.Refresh()
}

// SetStyle changes the voice; the same one again costs nothing.
func (l *Label) SetStyle(style Style) {
	if style == l.style {
		return
	}
	l.style, l.fitted = style, -1
	l.Refresh()
}

// Style is the voice in use.
func (l *Label) Style() Style { return l.style }

// CreateRenderer implements fyne.Widget.
func (l *Label) CreateRenderer() fyne.WidgetRenderer { return &labelRenderer{label: l} }

type labelRenderer struct {
	label *Label
	parts []fyne.CanvasObject
}

func (r *labelRenderer) Destroy() {}

func (r *labelRenderer) Objects() []fyne.CanvasObject { r.fit(); return r.parts }

func (r *labelRenderer) Layout(size fyne.Size) {
	r.fit()
	line := lineHeight(r.label.style)
	top := float32(0)
	if r.label.overflow != Wrap {
		top = (size.Height - line) / 2
	}
	for i, text := range r.label.lines {
		put(text, 0, top+float32(i)*line, size.Width, line)
	}
}

func (r *labelRenderer) MinSize() fyne.Size {
	l := r.label
	line := lineHeight(l.style)
	switch l.overflow {
	case Whole:
		return fyne.NewSize(measure(l.text, l.style), line)
	case Cut:
		return fyne.NewSize(min(measure(l.text, l.style), 24), line)
	default:
		r.fit()
		return fyne.NewSize(min(measure(l.text, l.style), 60), line*float32(max(1, len(l.lines))))
	}
}

func (r *labelRenderer) Refresh() {
	r.fit()
	for _, text := range r.label.lines {
		r.dress(text)
		text.Refresh()
	}
	r.Layout(r.label.Size())
	canvas.Refresh(r.label)
}

// fit cuts the text into lines for the present width, unless that is done already.
func (r *labelRenderer) fit() {
	l := r.label
	width := l.Size().Width
	if l.overflow == Whole {
		width = 0
	}
	if width == l.fitted && l.text == l.written {
		return
	}
	l.fitted, l.written = width, l.text
	var pieces []string
	switch {
	case l.overflow == Wrap && width > 0:
		pieces = wrap(l.text, width, l.style)
	case l.overflow == Cut && width > 0:
		pieces = []string{Ellipsis(l.text, width, l.style)}
	default:
		pieces = []string{l.text}
	}
	l.lines, r.parts = l.lines[:0], r.parts[:0]
	for _, piece := range pieces {
		text := &canvas.Text{Text: piece}
		r.dress(text)
		l.lines = append(l.lines, text)
		r.parts = append(r.parts, text)
	}
}

func (r *labelRenderer) dress(text *canvas.Text) {
	style := r.label.style
	text.Color = theme.Color(style.color())
	text.TextSize = style.size()
	text.TextStyle = fyne.TextStyle{Bold: style.Bold}
	text.Alignment = style.Align
}

func lineHeight(style Style) float32 {
	return fyne.MeasureText("Éj", style.size(), fyne.TextStyle{Bold: style.Bold}).Height
}

func measure(text string, style Style) float32 {
	if text == "" {
		return 0
	}
	return fyne.MeasureText(text, style.size(), fyne.TextStyle{Bold: style.Bold}).Width
}

// Ellipsis is the longest beginning of text that fits in width with "…" behind it, or text itself
// when it fits whole.
func Ellipsis(text string, width float32, style Style) string {
	if measure(text, style) <= width+.5 {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high {
		middle := (low + high + 1) / 2
		if measure(string(runes[:middle])+"…", style) <= width+.5 {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return strings.TrimRight(string(runes[:low]), " ") + "…"
}

// wrap breaks at plain spaces and at line ends only: no-break spaces hold a figure to its unit.
func wrap(text string, width float32, style Style) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		line := ""
		for word := range strings.SplitSeq(paragraph, " ") {
			longer := word
			if line != "" {
				longer = line + " " + word
			}
			if line != "" && measure(longer, style) > width+.5 {
				lines = append(lines, line)
				line = word
				continue
			}
			line = longer
		}
		lines = append(lines, line)
	}
	return lines
}
