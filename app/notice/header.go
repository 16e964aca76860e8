package notice

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// Limits of what is read of a message.
const (
	maxMessageBytes = 25 << 20
	maxHeaderBytes  = 256 << 10
	maxHeaderFields = 1000
	maxDepth        = 20
	maxParts        = 200
	maxTextBytes    = 1 << 20
	maxHTMLNodes    = 50_000
)

// field is one header field: its name in lower case, its value unfolded on one line.
type field struct {
	name, value string
}

// header is a header block in the order of the message.
type header struct {
	fields []field
	// folded collects the continuation lines of the last field until the next one starts.
	folded []byte
	// limited: the block was too large and its tail is unknown. malformed: a line was no field.
	limited, malformed bool
}

// scanHeader reads the fields up to the first empty line and returns the rest. Lines end at LF only:
// a bare CR never starts a field, so nothing can hide one from the provider that stamped the message.
func scanHeader(raw []byte) (header, []byte) {
	var head header
	rest := head.scan(raw)
	head.closeField()
	return head, rest
}

func (h *header) scan(raw []byte) (body []byte) {
	rest := raw
	limit := len(raw) - maxHeaderBytes
	for first := true; len(rest) > 0; first = false {
		if len(rest) <= limit || len(h.fields) >= maxHeaderFields {
			h.limited = true
			return bodyAfter(rest)
		}
		line, after := cutLine(rest)
		if len(line) == 0 {
			return after
		}
		rest = after
		if first && bytes.HasPrefix(line, []byte("From ")) {
			continue
		}
		if line[0] == ' ' || line[0] == '\t' {
			h.continueField(line)
			continue
		}
		colon := bytes.IndexByte(line, ':')
		if colon <= 0 || !isFieldName(bytes.TrimRight(line[:colon], " \t")) {
			h.malformed = true
			continue
		}
		h.closeField()
		h.fields = append(h.fields, field{
			name:  strings.ToLower(string(line[:colon])),
			value: strings.TrimSpace(string(line[colon+1:])),
		})
	}
	return nil
}

func (h *header) continueField(line []byte) {
	if len(h.fields) == 0 {
		h.malformed = true
		return
	}
	h.folded = append(h.folded, ' ')
	h.folded = append(h.folded, bytes.TrimSpace(line)...)
}

// closeField joins the continuation lines to their field.
func (h *header) closeField() {
	if len(h.folded) > 0 {
		h.fields[len(h.fields)-1].value += string(h.folded)
		h.folded = h.folded[:0]
	}
}

// cutLine takes one line off, without its line end.
func cutLine(text []byte) (line, rest []byte) {
	end := bytes.IndexByte(text, '\n')
	if end < 0 {
		return bytes.TrimSuffix(text, []byte("\r")), nil
	}
	return bytes.TrimSuffix(text[:end], []byte("\r")), text[end+1:]
}

// bodyAfter finds the body behind a header block that is not read further.
func bodyAfter(rest []byte) []byte {
	crlf, lf := bytes.Index(rest, []byte("\r\n\r\n")), bytes.Index(rest, []byte("\n\n"))
	switch {
	case crlf >= 0 && (lf < 0 || crlf < lf):
		return rest[crlf+4:]
	case lf >= 0:
		return rest[lf+2:]
	}
	return nil
}

func isFieldName(name []byte) bool {
	for _, b := range name {
		if b <= ' ' || b >= 0x7f {
			return false
		}
	}
	return len(name) > 0
}

// get is the first value of a field, empty when absent. The name is in lower case.
func (h header) get(name string) string {
	for _, f := range h.fields {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

// all lists the values of a field. A blank between name and colon is forgiven here, since a mail
// reader may forgive it too.
func (h header) all(name string) (values []string) {
	for _, f := range h.fields {
		if strings.TrimRight(f.name, " \t") == name {
			values = append(values, f.value)
		}
	}
	return values
}

// decodeWords decodes the encoded-words of RFC 2047 in one pass; the result is never parsed again as
// a header. doubt is true when a charset was unknown or its bytes were wrong.
func decodeWords(value string) (text string, doubt bool) {
	if !strings.Contains(value, "=?") {
		return decodeRawHeader(value)
	}
	var out strings.Builder
	rest, afterWord := value, false
	for {
		start := strings.Index(rest, "=?")
		if start < 0 {
			break
		}
		word, length, ok := decodeOneWord(rest[start:])
		if !ok {
			out.WriteString(rest[:start+2])
			rest, afterWord = rest[start+2:], false
			continue
		}
		if gap := rest[:start]; !afterWord || strings.TrimSpace(gap) != "" {
			out.WriteString(gap)
		}
		out.WriteString(word.text)
		doubt = doubt || word.doubt
		rest, afterWord = rest[start+length:], true
	}
	out.WriteString(rest)
	raw, rawDoubt := decodeRawHeader(out.String())
	return raw, doubt || rawDoubt
}

type encodedWord struct {
	text  string
	doubt bool
}

// decodeOneWord reads "=?charset?B or Q?data?=" at the start of the text.
func decodeOneWord(text string) (word encodedWord, length int, ok bool) {
	charset, rest, ok := strings.Cut(text[2:], "?")
	if !ok || charset == "" || len(charset) > 60 || len(rest) < 2 || rest[1] != '?' {
		return word, 0, false
	}
	end := strings.Index(rest[2:], "?=")
	if end < 0 || strings.ContainsAny(rest[2:2+end], " \t") {
		return word, 0, false
	}
	data, encoding := rest[2:2+end], rest[0]|0x20
	charset, _, _ = strings.Cut(charset, "*")
	var raw []byte
	switch encoding {
	case 'b':
		decoded, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(data, "="))
		raw, word.doubt = decoded, err != nil
	case 'q':
		raw = decodeQuotedPrintable([]byte(strings.ReplaceAll(data, "_", " ")))
	default:
		return word, 0, false
	}
	decoded, doubt := decodeCharset(raw, charset)
	word.text, word.doubt = decoded, word.doubt || doubt
	return word, len(text) - len(rest) + 2 + end + 2, true
}

// decodeRawHeader takes bytes above ASCII in a header for UTF-8 (RFC 6532).
func decodeRawHeader(value string) (string, bool) { return decodeCharset([]byte(value), "utf-8") }
