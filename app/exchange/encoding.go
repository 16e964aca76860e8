package exchange

import (
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// MaxBytes and MaxRows bound a file that may be read (reliability C-3): ten years of a sole trader
// are a hundredth of either.
const (
	MaxBytes = 50 << 20
	MaxRows  = 200_000
)

// The encodings that are told apart, as Table.Encoding and Choice.Encoding name them.
const (
	UTF8        = "UTF-8"
	UTF16       = "UTF-16"
	Windows1252 = "Windows-1252"
)

// load reads a whole file, and stops as soon as it is too large or shows that it is no text.
func load(r io.Reader) (string, error) {
	size, known := sizeOf(r)
	if known && size > MaxBytes {
		return "", &FileError{Code: "too_large"}
	}
	var text strings.Builder
	if known && size > 0 {
		text.Grow(int(size))
	}
	if _, err := io.Copy(&text, io.LimitReader(r, DetectLength)); err != nil {
		return "", fmt.Errorf("exchange: read file: %w", err)
	}
	if err := refuseSignature(text.String()); err != nil {
		return "", err
	}
	rest := int64(MaxBytes - text.Len() + 1)
	if _, err := io.Copy(&text, io.LimitReader(r, rest)); err != nil {
		return "", fmt.Errorf("exchange: read file: %w", err)
	}
	if text.Len() > MaxBytes {
		return "", &FileError{Code: "too_large"}
	}
	return text.String(), nil
}

// sizeOf asks a file or an in-memory reader how much is left, so that memory is taken once.
func sizeOf(r io.Reader) (size int64, known bool) {
	switch source := r.(type) {
	case interface{ Len() int }:
		return int64(source.Len()), true
	case interface{ Stat() (fs.FileInfo, error) }:
		if info, err := source.Stat(); err == nil && info.Mode().IsRegular() {
			return info.Size(), true
		}
	}
	return 0, false
}

// decoder turns raw rows into text. Rows are judged one by one: a row in another encoding than its
// file's is refused, never shown as "Ã©".
type decoder struct {
	encoding string
	// suspect is true when some row may have to be refused; a clean file pays nothing per row.
	suspect bool
}

// decode finds the encoding of a file, or obeys forced, and takes the byte order mark off. UTF-16
// comes back as UTF-8; the others stay as they are, because both leave ASCII alone.
func decode(data, forced string) (string, decoder) {
	switch {
	case strings.HasPrefix(data, "\ufeff"):
		return judged(data[3:], UTF8)
	case strings.HasPrefix(data, "\xff\xfe"), strings.HasPrefix(data, "\xfe\xff"):
		order := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
		decoded, err := order.NewDecoder().String(data)
		if err != nil {
			decoded = "\ufffd"
		}
		return judged(decoded, UTF16)
	case forced == UTF8 || forced == Windows1252:
		return judged(data, forced)
	case utf8.ValidString(data):
		return judged(data, UTF8)
	}
	if unicodeLines, otherLines := countLines(data); unicodeLines >= otherLines {
		return judged(data, UTF8)
	}
	return judged(data, Windows1252)
}

func judged(data, encoding string) (string, decoder) {
	suspect := strings.IndexByte(data, 0) >= 0 || strings.Contains(data, "\ufffd") ||
		encoding == Windows1252 || !utf8.ValidString(data)
	return data, decoder{encoding: encoding, suspect: suspect}
}

// countLines counts the lines with accents that are UTF-8, and those that cannot be.
func countLines(data string) (unicodeLines, otherLines int) {
	for line := range strings.SplitSeq(data, "\n") {
		switch {
		case isASCII(line):
		case utf8.ValidString(line):
			unicodeLines++
		default:
			otherLines++
		}
	}
	return unicodeLines, otherLines
}

// check returns the code of the reason why a raw row cannot be trusted as text, or nothing.
func (d decoder) check(raw string) string {
	switch {
	case !d.suspect:
		return ""
	case strings.IndexByte(raw, 0) >= 0:
		return "nul"
	case isASCII(raw):
		return ""
	case d.encoding == Windows1252:
		// Five bytes have no character; and what reads as UTF-8 was written as UTF-8.
		if utf8.ValidString(raw) || hasUnassigned(raw) {
			return "encoding"
		}
	case !utf8.ValidString(raw) || strings.Contains(raw, "\ufffd"):
		return "encoding"
	}
	return ""
}

// text decodes one cell.
func (d decoder) text(cell string) string {
	if d.encoding != Windows1252 || isASCII(cell) {
		return cell
	}
	var decoded strings.Builder
	for i := range len(cell) {
		decoded.WriteRune(charmap.Windows1252.DecodeByte(cell[i]))
	}
	return decoded.String()
}

// hasUnassigned reports whether raw holds a byte to which Windows-1252 gives no character.
func hasUnassigned(raw string) bool {
	for i := range len(raw) {
		switch raw[i] {
		case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
			return true
		}
	}
	return false
}
