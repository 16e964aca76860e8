package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// Divider is a line of one pixel across.
type Divider struct {
	widget.BaseWidget
	color    fyne.ThemeColorName
	vertical bool
}

// NewDivider makes a horizontal line in a token's colour (theme.Rule between rows, theme.Edge
// between blocks).
func NewDivider(color fyne.ThemeColorName) *Divider {
	d := &Divider{color: color}
	d.ExtendBaseWidget(d)
	return d
}

// NewVerticalDivider makes a vertical line.
func NewVerticalDivider(color fyne.ThemeColorName) *Divider {
	d := &Divider{color: color, vertical: true}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer implements fyne.Widget.
func (d *Divider) CreateRenderer() fyne.WidgetRenderer {
	line := canvas.NewRectangle(theme.Color(d.color))
	return &Renderer{
		Parts: []fyne.CanvasObject{line},
		Place: func(size fyne.Size) {
			if d.vertical {
				put(line, 0, 0, 1, size.Height)
				return
			}
			put(line, 0, float32(int(size.Height/2)), size.Width, 1)
		},
		Min:   func() fyne.Size { return fyne.NewSquareSize(1) },
		Paint: func() { line.FillColor = theme.Color(d.color) },
	}
}
