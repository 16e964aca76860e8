package pdf

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Bounds of a picture's resolution, in dots per inch.
const (
	dotsPerInchMin = 20
	dotsPerInchMax = 600
)

// Picture draws a page as it will print, black on white. A picture of 110 dots per inch suits a screen.
func Picture(page Page, fonts *Fonts, dotsPerInch int) (*image.RGBA, error) {
	if dotsPerInch < dotsPerInchMin || dotsPerInch > dotsPerInchMax {
		return nil, fmt.Errorf("pdf: picture: %d dots per inch, want %d to %d", dotsPerInch, dotsPerInchMin,
			dotsPerInchMax)
	}
	scale := float64(dotsPerInch) / 25.4
	painter := &painter{
		image: image.NewRGBA(image.Rect(0, 0, int(math.Round(pageWidth*scale)), int(math.Round(pageHeight*scale)))),
		fonts: fonts, scale: scale, dotsPerInch: dotsPerInch, faces: map[faceSize]font.Face{},
	}
	draw.Draw(painter.image, painter.image.Bounds(), image.White, image.Point{}, draw.Src)
	for _, op := range page.Ops {
		switch op.Kind {
		case TextOp:
			if err := painter.text(op); err != nil {
				return nil, fmt.Errorf("pdf: picture: %w", err)
			}
		case LineOp:
			half := op.Thickness / 2
			painter.fill(op.X, op.Y-half, op.X+op.W, op.Y+op.H+half, op.Colour.opaque())
		case RectOp:
			painter.snap(op.X, op.Y, op.X+op.W, op.Y+op.H, op.Colour.opaque())
		}
	}
	return painter.image, nil
}

func (c Colour) opaque() color.RGBA { return color.RGBA{c.R, c.G, c.B, 0xff} }

type faceSize struct {
	face Face
	size float64
}

type painter struct {
	image       *image.RGBA
	fonts       *Fonts
	scale       float64 // dots per millimetre
	dotsPerInch int
	faces       map[faceSize]font.Face
}

func (p *painter) face(op Op) (font.Face, error) {
	key := faceSize{op.Face, op.Size}
	if face, made := p.faces[key]; made {
		return face, nil
	}
	face, err := opentype.NewFace(p.fonts.faces[op.Face].drawn, &opentype.FaceOptions{
		Size: op.Size, DPI: float64(p.dotsPerInch), Hinting: font.HintingNone,
	})
	if err == nil {
		p.faces[key] = face
	}
	return face, err
}

// text draws character by character, at the widths that the layout was made with.
func (p *painter) text(op Op) error {
	face, err := p.face(op)
	if err != nil {
		return err
	}
	x, ink := op.X, image.NewUniform(op.Colour.opaque())
	for _, r := range op.Text {
		if r != ' ' {
			dot := fixed.Point26_6{X: fixed.Int26_6(math.Round(x * p.scale * 64)),
				Y: fixed.Int26_6(math.Round(op.Y * p.scale * 64))}
			where, mask, from, _, ok := face.Glyph(dot, r)
			if ok && !where.Empty() {
				draw.DrawMask(p.image, where, ink, image.Point{}, mask, from, draw.Over)
			}
		}
		x += p.fonts.Width(op.Face, op.Size, string(r)) + op.Tracking*millimetresPerPoint
	}
	return nil
}

// fill paints a rectangle given in millimetres; a dot that it covers in part gets a part of the colour.
func (p *painter) fill(x0, y0, x1, y1 float64, c color.RGBA) {
	x0, y0, x1, y1 = x0*p.scale, y0*p.scale, x1*p.scale, y1*p.scale
	bounds := p.image.Bounds()
	for y := max(int(y0), bounds.Min.Y); y < min(int(math.Ceil(y1)), bounds.Max.Y); y++ {
		high := min(y1, float64(y+1)) - max(y0, float64(y))
		for x := max(int(x0), bounds.Min.X); x < min(int(math.Ceil(x1)), bounds.Max.X); x++ {
			wide := min(x1, float64(x+1)) - max(x0, float64(x))
			p.blend(x, y, c, wide*high*float64(c.A)/0xff)
		}
	}
}

// snap paints a rectangle whose edges go to the nearest dot, so that the modules of a code touch.
func (p *painter) snap(x0, y0, x1, y1 float64, c color.RGBA) {
	edge := func(at float64) float64 { return math.Round(at*p.scale) / p.scale }
	p.fill(edge(x0), edge(y0), edge(x1), edge(y1), c)
}

func (p *painter) blend(x, y int, c color.RGBA, part float64) {
	under := p.image.RGBAAt(x, y)
	mix := func(below, above uint8) uint8 {
		return uint8(math.Round(float64(below)*(1-part) + float64(above)*part))
	}
	p.image.SetRGBA(x, y, color.RGBA{mix(under.R, c.R), mix(under.G, c.G), mix(under.B, c.B), 0xff})
}

// Overlay draws over a picture of a first page, made at the same resolution, what is never printed:
// the zone that an envelope's window may uncover with the address's place in it, and the folds.
func Overlay(picture *image.RGBA, dotsPerInch int, window, folds bool) {
	p := &painter{image: picture, scale: float64(dotsPerInch) / 25.4, dotsPerInch: dotsPerInch}
	if window {
		p.window()
	}
	if folds {
		p.folds()
	}
}

// overlayEdge is the colour of the lines that are never printed.
var overlayEdge = color.RGBA{0x1c, 0x4e, 0x5c, 0xa0}

const overlayLine = 0.2 // millimetres

func (p *painter) window() {
	zone, address := color.RGBA{0x1c, 0x4e, 0x5c, 0x1c}, color.RGBA{0x1c, 0x4e, 0x5c, 0x2c}
	p.fill(windowLeft, windowTop, windowRight, windowBottom, zone)
	p.fill(third, addressTop, third+addressWidth+1, addressTop+addressLines*addressLeading, address)
	for _, y := range []float64{windowTop, windowBottom} {
		p.fill(windowLeft, y, windowRight, y+overlayLine, overlayEdge)
	}
	for _, x := range []float64{windowLeft, windowRight} {
		p.fill(x, windowTop, x+overlayLine, windowBottom, overlayEdge)
	}
}

func (p *painter) folds() {
	const dash = 3.0
	for _, y := range []float64{foldFirst, foldSecond} {
		for x := 0.0; x < pageWidth; x += 2 * dash {
			p.fill(x, y-overlayLine/2, x+dash, y+overlayLine/2, overlayEdge)
		}
	}
}
