// Command icon draws the program's picture and makes the icon files of the packages from it.
//
// "icon PICTURE.png OUT.ico" writes a Windows icon with the sizes that the shell asks for;
// "icon PICTURE.png OUT.png SIZE" writes the picture SIZE pixels wide and high;
// "icon draw FONT.ttf OUT.png" draws the picture itself.
package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"strconv"
	"strings"

	"golang.org/x/image/draw"
)

// windowsSizes are the widths, in pixels, that Windows shows in lists, the taskbar and on the desktop.
var windowsSizes = []int{16, 20, 24, 32, 40, 48, 64, 256}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "icon:", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) < 2 {
		return errors.New("usage: icon PICTURE.png OUT.ico | icon PICTURE.png OUT.png SIZE | " +
			"icon draw FONT.ttf OUT.png")
	}
	if arguments[0] == "draw" && len(arguments) == 3 {
		out, err := drawn(arguments[1])
		if err != nil {
			return err
		}
		return os.WriteFile(arguments[2], out, 0o644)
	}
	file, err := os.Open(arguments[0])
	if err != nil {
		return err
	}
	defer file.Close()
	picture, err := png.Decode(file)
	if err != nil {
		return fmt.Errorf("%s: %w", arguments[0], err)
	}
	var out []byte
	switch {
	case strings.HasSuffix(arguments[1], ".ico") && len(arguments) == 2:
		out, err = windowsIcon(picture)
	case len(arguments) == 3:
		var size int
		if size, err = strconv.Atoi(arguments[2]); err == nil {
			out, err = scaled(picture, size)
		}
	default:
		return errors.New("a .png needs a size")
	}
	if err != nil {
		return err
	}
	return os.WriteFile(arguments[1], out, 0o644)
}

// scaled returns the picture as a PNG of size × size pixels.
func scaled(picture image.Image, size int) ([]byte, error) {
	small := image.NewNRGBA(image.Rect(0, 0, size, size))
	draw.CatmullRom.Scale(small, small.Bounds(), picture, picture.Bounds(), draw.Src, nil)
	var out bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, small)
	return out.Bytes(), err
}

// directoryEntry is the record of one picture in an .ico file, in the order of the file.
type directoryEntry struct {
	Width, Height, Colours, Reserved uint8
	Planes, BitsPerPixel             uint16
	SizeBytes, OffsetBytes           uint32
}

// windowsIcon returns an .ico file whose pictures are PNGs, which Windows reads since Vista.
func windowsIcon(picture image.Image) ([]byte, error) {
	const headerBytes, entryBytes = 6, 16
	var directory, pictures bytes.Buffer
	header := []uint16{0, 1, uint16(len(windowsSizes))}
	if err := binary.Write(&directory, binary.LittleEndian, header); err != nil {
		return nil, err
	}
	for _, size := range windowsSizes {
		body, err := scaled(picture, size)
		if err != nil {
			return nil, err
		}
		entry := directoryEntry{
			Width: uint8(size), Height: uint8(size), // 256 is written as 0
			Planes: 1, BitsPerPixel: 32,
			SizeBytes:   uint32(len(body)),
			OffsetBytes: uint32(headerBytes + entryBytes*len(windowsSizes) + pictures.Len()),
		}
		if err := binary.Write(&directory, binary.LittleEndian, entry); err != nil {
			return nil, err
		}
		pictures.Write(body)
	}
	return append(directory.Bytes(), pictures.Bytes()...), nil
}
