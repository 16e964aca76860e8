package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// StatusBar is the line at the foot of the window: the ledger at the left, news or sums at the right.
type StatusBar struct {
	widget.BaseWidget
	ground, edge         *canvas.Rectangle
	leftIcon, rightIcon  *Icon
	leftLabel, rightText *Label
}

// NewStatusBar makes an empty line.
func NewStatusBar() *StatusBar {
	s := &StatusBar{ground: &canvas.Rectangle{}, edge: &canvas.Rectangle{},
		leftIcon:  NewIcon("", theme.Soft, 12),
		rightIcon: NewIcon("", theme.Soft, 12),
		leftLabel: NewCutLabel("", statusStyle), rightText: NewCutLabel("", statusStyle)}
	s.ExtendBaseWidget(s)
	return s
}

var statusStyle = Style{Size: theme.SizeCaption, Color: theme.Soft}

// SetLeft writes the left part; icon may be "".
func (s *StatusBar) SetLeft(icon theme.Icon, text string) {
	s.leftIcon.Set(icon, theme.Soft)
	s.leftLabel.SetText(text)
	s.place(s.Size())
}

// SetRight writes the right part; icon may be "". color is theme.Soft, or a status with its icon.
func (s *StatusBar) SetRight(icon theme.Icon, text string, color fyne.ThemeColorName) {
	s.rightIcon.Set(icon, color)
	s.rightText.SetStyle(statusStyle.In(color))
	s.rightText.SetText(text)
	s.place(s.Size())
}

// CreateRenderer implements fyne.Widget.
func (s *StatusBar) CreateRenderer() fyne.WidgetRenderer {
	paint := func() {
		s.ground.FillColor = theme.Color(theme.Rail)
		s.edge.FillColor = theme.Color(theme.Edge)
	}
	paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{s.ground, s.edge, s.leftIcon, s.leftLabel, s.rightIcon, s.rightText},
		Place: s.place,
		Min:   func() fyne.Size { return fyne.NewSize(200, theme.StatusHeight) },
		Paint: paint,
	}
}

func (s *StatusBar) place(size fyne.Size) {
	put(s.ground, 0, 0, size.Width, size.Height)
	put(s.edge, 0, 0, size.Width, 1)
	right := min(measure(s.rightText.text, statusStyle)+1, size.Width*.6)
	x := size.Width - 12 - right
	put(s.rightText, x, 1, right, size.Height-1)
	put(s.rightIcon, x-17, 1, 12, size.Height-1)
	left := float32(12)
	if s.leftIcon.name != "" {
		put(s.leftIcon, left, 1, 12, size.Height-1)
		left += 18
	}
	put(s.leftLabel, left, 1, max(0, x-24-left), size.Height-1)
}

// Notice is a strip that says one thing in the ground of its status: an icon and a sentence.
type Notice struct {
	widget.BaseWidget
	tone  Tone
	box   *canvas.Rectangle
	icon  *Icon
	label *Label
	inner *fyne.Container
}

// Tone is the status that a strip, a fact or a cell speaks in.
type Tone int

// ToneUsual is ink; ToneSoft and ToneFaint are the second and third voice; ToneAccent is the accent;
// the others are the three statuses.
const (
	ToneUsual Tone = iota
	ToneSoft
	ToneFaint
	ToneAccent
	ToneOk
	ToneWarn
	ToneLate
)

// Color is the colour of a text in that tone.
func (t Tone) Color() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{theme.Ink, theme.Soft, theme.Faint, theme.Accent, theme.Ok, theme.Warn,
		theme.Late}[t]
}

// Ground is the colour behind a strip in that tone.
func (t Tone) Ground() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{theme.Paper, theme.Paper, theme.Paper, theme.Wash, theme.OkWash,
		theme.WarnWash, theme.LateWash}[t]
}

// Icon is the icon of a strip in that tone when the caller has no better one.
func (t Tone) Icon() theme.Icon {
	switch t {
	case ToneOk:
		return theme.IconCheck
	case ToneWarn, ToneLate:
		return theme.IconWarn
	default:
		return theme.IconInfo
	}
}

// NewNotice makes a strip. icon "" takes that of the tone. actions are buttons at the right.
func NewNotice(tone Tone, icon theme.Icon, text string, actions ...*Button) *Notice {
	n := &Notice{tone: tone, box: &canvas.Rectangle{}}
	n.icon = NewIcon(icon, tone.Color(), theme.IconSmall)
	n.label = NewParagraph(text, Small.In(tone.Color()))
	row := []fyne.CanvasObject{n.icon, n.label}
	for _, action := range actions {
		row = append(row, action)
	}
	n.inner = Inset(Row(8, row...), 6, 10, 6, 9)
	n.ExtendBaseWidget(n)
	n.Set(tone, icon, text)
	return n
}

// Set changes the strip.
func (n *Notice) Set(tone Tone, icon theme.Icon, text string) {
	if icon == "" {
		icon = tone.Icon()
	}
	n.tone = tone
	n.icon.Set(icon, tone.Color())
	n.label.SetStyle(Small.In(tone.Color()))
	n.label.SetText(text)
	n.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (n *Notice) CreateRenderer() fyne.WidgetRenderer {
	paint := func() { PaintBox(n.box, n.tone.Ground(), theme.None, 0, theme.Radius) }
	paint()
	return &Renderer{
		Parts: []fyne.CanvasObject{n.box, n.inner},
		Place: func(size fyne.Size) {
			put(n.box, 0, 0, size.Width, size.Height)
			put(n.inner, 0, 0, size.Width, size.Height)
		},
		Min:   func() fyne.Size { return n.inner.MinSize().Max(fyne.NewSize(0, 28)) },
		Paint: paint,
	}
}

// StatusLine is a line of small text with its icon in a tone: a blocker, a check, the news.
func StatusLine(tone Tone, icon theme.Icon, text string) *fyne.Container {
	return Row(6, NewIcon(icon, tone.Color(), theme.IconSmall), NewCutLabel(text, Small.In(tone.Color())))
}
