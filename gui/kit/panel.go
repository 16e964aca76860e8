package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// Panel is the sheet at the right of a screen: a title and a cross, a content that scrolls, and a
// foot that does not, where the main button keeps its place.
type Panel struct {
	widget.BaseWidget
	title    *Label
	subtitle *Label
	aside    *fyne.Container
	close    *Button
	scroll   *ScrollPanel
	foot     *fyne.Container
	all      *fyne.Container
}

// NewPanel makes a panel. closed is called by the cross (and by whoever handles Escape); nil hides
// the cross.
func NewPanel(closeName string, closed func()) *Panel {
	p := &Panel{title: NewCutLabel("", Style{Size: theme.SizePanel, Bold: true}),
		subtitle: NewParagraph("", Small), aside: Row(6)}
	p.subtitle.Hide()
	p.close = NewIconButton(theme.IconClose, closeName, closed)
	if closed == nil {
		p.close.Hide()
	}
	p.scroll = NewScrollPanel(Stack(0))
	p.foot = container.NewStack()
	p.foot.Hide()
	head := Stack(2, Row(8, p.title, p.aside, p.close), p.subtitle)
	body := Frame(Inset(head, 14, 14, 8, theme.PanelMargin), nil, p.foot, nil, p.scroll)
	p.all = On(theme.Sheet, Frame(nil, nil, nil, NewVerticalDivider(theme.Edge), body))
	p.ExtendBaseWidget(p)
	return p
}

// SetTitle writes the title, a second line beneath ("" for none), and what stands beside the cross: a
// status, a date.
func (p *Panel) SetTitle(title, subtitle string, aside ...fyne.CanvasObject) {
	p.title.SetText(title)
	p.subtitle.SetText(subtitle)
	p.subtitle.Hidden = subtitle == ""
	p.aside.Objects = aside
	p.all.Refresh()
}

// SetContent replaces what scrolls; margins are added here.
func (p *Panel) SetContent(content fyne.CanvasObject) {
	p.scroll.SetContent(Inset(content, 4, theme.PanelMargin, theme.PanelMargin, theme.PanelMargin))
}

// SetFoot puts buttons side by side at the foot, sharing the width; none hides the foot.
func (p *Panel) SetFoot(buttons ...fyne.CanvasObject) {
	p.foot.Objects = nil
	p.foot.Hidden = len(buttons) == 0
	if len(buttons) > 0 {
		var columns []Column
		for _, button := range buttons {
			columns = append(columns, Column{Share: button.MinSize().Width, Object: button})
		}
		p.foot.Add(Stack(0, NewDivider(theme.Rule),
			Inset(Columns(8, columns...), 13, theme.PanelMargin, 14, theme.PanelMargin)))
	}
	p.all.Refresh()
}

// Relayout gives the content its new height: what stands in a form comes and goes.
func (p *Panel) Relayout() { p.scroll.Relayout() }

// ScrollToTop scrolls the content back to its top.
func (p *Panel) ScrollToTop() { p.scroll.ScrollToTop() }

// CreateRenderer implements fyne.Widget.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.all) }

// ScrollPanel scrolls its content vertically and gives it its own width. Paragraphs inside wrap to
// that width and the height follows.
type ScrollPanel struct {
	widget.BaseWidget
	scroll *container.Scroll
}

// NewScrollPanel makes a panel that scrolls content.
func NewScrollPanel(content fyne.CanvasObject) *ScrollPanel {
	s := &ScrollPanel{scroll: container.NewVScroll(content)}
	s.ExtendBaseWidget(s)
	return s
}

// SetContent replaces the content and goes back to its top.
func (s *ScrollPanel) SetContent(content fyne.CanvasObject) {
	s.scroll.Content = content
	s.scroll.Offset = fyne.Position{}
	s.fit(s.Size())
	s.scroll.Refresh()
}

// Relayout gives the content its new height without moving it.
func (s *ScrollPanel) Relayout() {
	s.scroll.Content.Refresh()
	s.fit(s.Size())
	s.scroll.Refresh()
}

// ScrollToTop goes back to the top.
func (s *ScrollPanel) ScrollToTop() { s.scroll.ScrollToTop() }

// CreateRenderer implements fyne.Widget.
func (s *ScrollPanel) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		Parts: []fyne.CanvasObject{s.scroll},
		Place: func(size fyne.Size) {
			s.fit(size)
			s.scroll.Resize(size)
		},
		Min: func() fyne.Size { return fyne.NewSize(s.scroll.Content.MinSize().Width, 32) },
	}
}

// fit gives the content its width first, so that its least height is the true one when the scroller
// asks for it.
func (s *ScrollPanel) fit(size fyne.Size) {
	if size.Width > 0 {
		s.scroll.Content.Resize(fyne.NewSize(size.Width, s.scroll.Content.Size().Height))
	}
}

// Heading is the title of a block: small, bold, soft, with a rule beneath and a word at the right.
type Heading struct {
	widget.BaseWidget
	title, right *Label
	line         *canvas.Rectangle
	action       fyne.CanvasObject
}

// NewHeading makes the title of a block; right may be "".
func NewHeading(title, right string) *Heading {
	h := &Heading{title: NewCutLabel(title, Small.Strong()), right: NewLabel(right, Caption),
		line: &canvas.Rectangle{}}
	h.ExtendBaseWidget(h)
	return h
}

// WithAction puts an object (a date field, a link) at the right and returns h.
func (h *Heading) WithAction(action fyne.CanvasObject) *Heading { h.action = action; return h }

// Set changes both texts.
func (h *Heading) Set(title, right string) {
	h.title.SetText(title)
	h.right.SetText(right)
	h.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (h *Heading) CreateRenderer() fyne.WidgetRenderer {
	paint := func() { h.line.FillColor = theme.Color(theme.Edge) }
	paint()
	row := Row(8, h.title, h.right)
	if h.action != nil {
		row.Add(h.action)
	}
	return &Renderer{
		Parts: []fyne.CanvasObject{row, h.line},
		Place: func(size fyne.Size) {
			put(row, 0, 0, size.Width, size.Height-3)
			put(h.line, 0, size.Height-1, size.Width, 1)
		},
		Min:   func() fyne.Size { return row.MinSize().AddWidthHeight(0, 5) },
		Paint: paint,
	}
}

// TwoLines is a row of two lines of text, a figure at the right of the first and a word at the right
// of the second. Empty texts take no place.
func TwoLines(first, firstRight, second, secondRight string) *fyne.Container {
	return Stack(1,
		Row(8, NewCutLabel(first, Bold), NewLabel(firstRight, Bold.Right())),
		Row(8, NewCutLabel(second, Small), NewLabel(secondRight, Caption.Right())))
}
