package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// press is what every small pressable thing shares: the pointer over it, the focus on it, the keys
// that press it. The owner gives its repaint and what a press does.
type press struct {
	focused, hovered bool
	repaint          func()
	act              func()
}

// Tapped implements fyne.Tappable.
func (p *press) Tapped(*fyne.PointEvent) {
	if p.act != nil {
		p.act()
	}
}

// FocusGained implements fyne.Focusable.
func (p *press) FocusGained() { p.focused = true; p.repaint() }

// FocusLost implements fyne.Focusable.
func (p *press) FocusLost() { p.focused = false; p.repaint() }

// TypedRune implements fyne.Focusable.
func (p *press) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (p *press) TypedKey(event *fyne.KeyEvent) {
	if isActivation(event) {
		p.Tapped(nil)
	}
}

// MouseIn implements desktop.Hoverable.
func (p *press) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.repaint() }

// MouseMoved implements desktop.Hoverable.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *press) MouseOut() { p.hovered = false; p.repaint() }
