package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// picture is what the window shows. Where the graphics library cannot read its own screen back, as Mesa's
// software renderer cannot, the X server is asked instead: what it has is what a person sees.
func picture(window fyne.Window) (image.Image, error) {
	drawn := window.Canvas().Capture()
	if !empty(drawn) {
		return drawn, nil
	}
	native, isNative := window.(driver.NativeWindow)
	if !isNative {
		return drawn, nil
	}
	handle := uintptr(0)
	native.RunNative(func(context any) {
		if x, isX11 := context.(driver.X11WindowContext); isX11 {
			handle = x.WindowHandle
		}
	})
	if handle == 0 {
		return drawn, nil
	}
	return x11Picture(os.Getenv("DISPLAY"), uint32(handle))
}

// empty reports whether a picture has one colour only.
func empty(drawn image.Image) bool {
	bounds := drawn.Bounds()
	first := drawn.At(bounds.Min.X, bounds.Min.Y)
	for y := bounds.Min.Y; y < bounds.Max.Y; y += 7 {
		for x := bounds.Min.X; x < bounds.Max.X; x += 7 {
			if drawn.At(x, y) != first {
				return false
			}
		}
	}
	return true
}

// What is needed of the X protocol, version 11: the greeting, GetGeometry and GetImage.
const (
	x11Patience    = 3 * time.Second
	x11Geometry    = 14
	x11Image       = 73
	x11Pixmap      = 2 // the format with whole pixels
	x11Success     = 1
	x11ReplyBytes  = 32
	x11PixelBytes  = 4
	x11PictureSize = 64 << 20
)

var errX11 = errors.New("the X server refuses")

// x11Picture reads the pixels of a window that lies on the screen whole and in front.
func x11Picture(display string, window uint32) (image.Image, error) {
	number, _, _ := strings.Cut(strings.TrimPrefix(display, ":"), ".")
	// The X server's sockets have this place on every system (X(7)).
	socket := filepath.Join(string(filepath.Separator), "tmp", ".X11-unix", "X"+number)
	server, err := net.DialTimeout("unix", socket, x11Patience)
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	defer server.Close()
	_ = server.SetDeadline(time.Now().Add(x11Patience))
	return x11Read(server, window)
}

// x11Read asks a server for the picture of a window.
func x11Read(server io.ReadWriter, window uint32) (image.Image, error) {
	if err := x11Greet(server); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	order := binary.LittleEndian
	ask := order.AppendUint32([]byte{x11Geometry, 0, 2, 0}, window)
	reply, _, err := x11Ask(server, ask)
	if err != nil {
		return nil, fmt.Errorf("picture: geometry: %w", err)
	}
	width, height := int(order.Uint16(reply[16:])), int(order.Uint16(reply[18:]))
	ask = order.AppendUint32([]byte{x11Image, x11Pixmap, 5, 0}, window)
	ask = order.AppendUint32(ask, 0) // from the corner
	ask = order.AppendUint16(order.AppendUint16(ask, uint16(width)), uint16(height))
	ask = order.AppendUint32(ask, 0xffffffff) // all planes
	_, pixels, err := x11Ask(server, ask)
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	if len(pixels) < width*height*x11PixelBytes {
		return nil, fmt.Errorf("picture: %d bytes for %d x %d pixels: %w", len(pixels), width, height, errX11)
	}
	made := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		at := pixels[i*x11PixelBytes:]
		made.SetRGBA(i%width, i/width, color.RGBA{R: at[2], G: at[1], B: at[0], A: 0xff})
	}
	return made, nil
}

// x11Greet opens the connection without a cookie: a virtual display asks for none.
func x11Greet(server io.ReadWriter) error {
	order := binary.LittleEndian
	greeting := []byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	if _, err := server.Write(greeting); err != nil {
		return err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(server, head); err != nil {
		return err
	}
	if _, err := io.CopyN(io.Discard, server, int64(order.Uint16(head[6:]))*4); err != nil {
		return err
	}
	if head[0] != x11Success {
		return errX11
	}
	return nil
}

// x11Ask sends a request and reads its reply with what follows it.
func x11Ask(server io.ReadWriter, request []byte) (reply, more []byte, err error) {
	if _, err := server.Write(request); err != nil {
		return nil, nil, err
	}
	reply = make([]byte, x11ReplyBytes)
	if _, err := io.ReadFull(server, reply); err != nil {
		return nil, nil, err
	}
	length := int(binary.LittleEndian.Uint32(reply[4:])) * 4
	if reply[0] != x11Success || length > x11PictureSize {
		return nil, nil, errX11
	}
	more = make([]byte, length)
	_, err = io.ReadFull(server, more)
	return reply, more, err
}
