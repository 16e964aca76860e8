package theme

import (
	"image"
	"image/color"
	"math"
	"strings"
	"sync"

	"dument/assets/icons"
)

// strokeWidth is that of the icons' drawings, in units of their 16 by 16 box.
const strokeWidth = 1.35

type point struct{ x, y float64 }

// segment is a straight piece of an icon's line; a dot is a segment of no length.
type segment struct{ from, to point }

var (
	outlines sync.Map // Icon -> []segment
	drawings sync.Map // drawingKey -> *image.NRGBA
)

type drawingKey struct {
	icon   Icon
	pixels int
	width  float64
	color  color.NRGBA
}

// Draw is the icon as a square picture of pixels by pixels, for a place of size units on the screen:
// pixels over size is the screen's scale. The line keeps its 1.35 units whatever the size below 16,
// so that small icons are as black as the text beside them. The picture is shared: do not change it.
//
// The program draws its icons itself because the SVG painter of the toolkit leaves the width of a
// line unscaled on dense screens.
func (i Icon) Draw(pixels int, size float32, ink color.Color) image.Image {
	unit := float64(pixels) / float64(max(1, size))
	width := strokeWidth * unit * math.Max(1, float64(size)/16)
	key := drawingKey{i, pixels, width, color.NRGBAModel.Convert(ink).(color.NRGBA)}
	if made, known := drawings.Load(key); known {
		return made.(*image.NRGBA)
	}
	picture := strokePicture(i.outline(), pixels, width, key.color)
	drawings.Store(key, picture)
	return picture
}

// strokePicture lays a round pen along the segments: the ink of a pixel is how far its centre is
// inside the line, which makes ends and joins round by itself.
func strokePicture(segments []segment, pixels int, width float64, ink color.NRGBA) *image.NRGBA {
	picture := image.NewNRGBA(image.Rect(0, 0, pixels, pixels))
	unit := float64(pixels) / 16
	for y := range pixels {
		for x := range pixels {
			centre := point{(float64(x) + .5) / unit, (float64(y) + .5) / unit}
			nearest := math.Inf(1)
			for _, s := range segments {
				nearest = math.Min(nearest, distance(centre, s))
			}
			cover := math.Min(1, math.Max(0, width/2-nearest*unit+.5))
			if cover > 0 {
				pixel := ink
				pixel.A = uint8(math.Round(float64(ink.A) * cover))
				picture.SetNRGBA(x, y, pixel)
			}
		}
	}
	return picture
}

func distance(p point, s segment) float64 {
	dx, dy := s.to.x-s.from.x, s.to.y-s.from.y
	along := 0.
	if length := dx*dx + dy*dy; length > 0 {
		along = math.Min(1, math.Max(0, ((p.x-s.from.x)*dx+(p.y-s.from.y)*dy)/length))
	}
	return math.Hypot(p.x-s.from.x-along*dx, p.y-s.from.y-along*dy)
}

func (i Icon) outline() []segment {
	if made, known := outlines.Load(i); known {
		return made.([]segment)
	}
	var segments []segment
	if source, err := icons.Files.ReadFile(string(i) + ".svg"); err == nil {
		if _, rest, found := strings.Cut(string(source), ` d="`); found {
			path, _, _ := strings.Cut(rest, `"`)
			segments = (&pathReader{rest: path}).read()
		}
	}
	outlines.Store(i, segments)
	return segments
}
