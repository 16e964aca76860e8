package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// Icon is one of the program's icons in a token's colour. With no icon it keeps its place, empty.
type Icon struct {
	widget.BaseWidget
	name  theme.Icon
	color fyne.ThemeColorName
	size  float32
	image *canvas.Raster
}

// NewIcon makes an icon of size pixels (theme.IconText, theme.IconSmall).
func NewIcon(name theme.Icon, color fyne.ThemeColorName, size float32) *Icon {
	i := &Icon{name: name, color: color, size: size}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes icon and colour; the same ones again cost nothing.
func (i *Icon) Set(name theme.Icon, color fyne.ThemeColorName) {
	if name == i.name && color == i.color {
		return
	}
	i.name, i.color = name, color
	i.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	i.image = canvas.NewRaster(func(width, height int) image.Image {
		return i.name.Draw(min(width, height), i.size, theme.Color(i.color))
	})
	i.dress()
	return &Renderer{
		Parts: []fyne.CanvasObject{i.image},
		Place: func(size fyne.Size) {
			put(i.image, (size.Width-i.size)/2, (size.Height-i.size)/2, i.size, i.size)
		},
		Min:   func() fyne.Size { return fyne.NewSquareSize(i.size) },
		Paint: i.dress,
	}
}

func (i *Icon) dress() { i.image.Hidden = i.name == "" }
