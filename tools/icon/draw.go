package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The picture: a sheet of paper, the û of what is due, and the line that one signs on.
const (
	pictureWidth = 512
	letter       = "û"
	letterSize   = 400 // pixels
	baseline     = 352 // from the top
)

var (
	paper = color.NRGBA{0xFF, 0xFE, 0xFB, 0xFF}
	edge  = color.NRGBA{0xCB, 0xC3, 0xB3, 0xFF}
	ink   = color.NRGBA{0x1F, 0x4E, 0x7C, 0xFF}
)

// drawn returns the program's picture as a PNG, its letter set in the font of the file.
func drawn(fontFile string) ([]byte, error) {
	raw, err := os.ReadFile(fontFile)
	if err != nil {
		return nil, err
	}
	parsed, err := opentype.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", fontFile, err)
	}
	options := &opentype.FaceOptions{Size: letterSize, DPI: 72, Hinting: font.HintingNone}
	face, err := opentype.NewFace(parsed, options)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", fontFile, err)
	}
	picture := image.NewNRGBA(image.Rect(0, 0, pictureWidth, pictureWidth))
	fillRounded(picture, 16, 16, 496, 496, 84, edge)
	fillRounded(picture, 24, 24, 488, 488, 76, paper)
	bounds, _ := font.BoundString(face, letter)
	left := fixed.I(pictureWidth)/2 - (bounds.Min.X+bounds.Max.X)/2
	start := fixed.Point26_6{X: left, Y: fixed.I(baseline)}
	pen := font.Drawer{Dst: picture, Src: image.NewUniform(ink), Face: face, Dot: start}
	pen.DrawString(letter)
	fillRounded(picture, 136, 404, 376, 424, 10, ink)
	var out bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, picture)
	return out.Bytes(), err
}

// fillRounded fills a rectangle whose corners are rounded; all measures in pixels.
func fillRounded(picture *image.NRGBA, left, top, right, bottom, radius float32, fill color.Color) {
	const bow = 0.5523 // where a cubic curve comes nearest to a quarter of a circle
	reach := radius * (1 - bow)
	shape := vector.NewRasterizer(pictureWidth, pictureWidth)
	shape.MoveTo(left+radius, top)
	shape.LineTo(right-radius, top)
	shape.CubeTo(right-reach, top, right, top+reach, right, top+radius)
	shape.LineTo(right, bottom-radius)
	shape.CubeTo(right, bottom-reach, right-reach, bottom, right-radius, bottom)
	shape.LineTo(left+radius, bottom)
	shape.CubeTo(left+reach, bottom, left, bottom-reach, left, bottom-radius)
	shape.LineTo(left, top+radius)
	shape.CubeTo(left, top+reach, left+reach, top, left+radius, top)
	shape.ClosePath()
	shape.Draw(picture, picture.Bounds(), image.NewUniform(fill), image.Point{})
}
