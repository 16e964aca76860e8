package notice

import (
	"bytes"
	"encoding/base64"
	"mime"
	"strings"
)

// leaf is one readable part of the message.
type leaf struct {
	html bool
	// text is decoded; for HTML it is still markup.
	text string
	// alternative numbers the multipart/alternative that holds the part; 0 for none.
	alternative int
	// embedded: the part belongs to a message carried inside this one.
	embedded bool
}

// message is a message taken apart, before anything is concluded from it.
type message struct {
	header header
	leaves []leaf
	// report: a delivery report or another machine report wraps the content.
	report     bool
	empty      bool
	flags      Flags
	parts      int
	textBytes  int
	alternates int
	// attachments are the types of the parts that were left unopened.
	attachments []string
}

// parseMessage splits the message inside the limits. Parts that are not text are never opened.
func parseMessage(raw []byte) *message {
	m := &message{empty: len(bytes.TrimSpace(raw)) == 0}
	whole := raw
	if len(raw) > maxMessageBytes {
		m.flags.LimitReached = true
		whole = raw[:maxHeaderBytes]
	}
	head, body := scanHeader(whole)
	m.header = head
	m.flags.LimitReached = m.flags.LimitReached || head.limited
	m.flags.BrokenMIME = m.flags.BrokenMIME || head.malformed
	if len(raw) <= maxMessageBytes {
		m.walk(head, body, place{depth: 1})
	}
	return m
}

// place says where in the tree a part stands.
type place struct {
	depth, alternative int
	embedded           bool
	// digest changes the default type of the parts (RFC 2046, 5.1.5).
	digest bool
}

func (m *message) walk(head header, body []byte, at place) {
	m.parts++
	if m.parts > maxParts || at.depth > maxDepth {
		m.flags.LimitReached = true
		return
	}
	mediaType, parameters := m.contentType(head, at)
	encoding := strings.ToLower(strings.TrimSpace(head.get("content-transfer-encoding")))
	switch {
	case strings.HasPrefix(mediaType, "multipart/"):
		m.walkMultipart(mediaType, parameters["boundary"], body, at)
	case mediaType == "message/rfc822" || mediaType == "message/global":
		m.walkEmbedded(body, encoding, at)
	case isAttachment(head) || mediaType != "text/plain" && mediaType != "text/html":
		m.attachments = append(m.attachments, mediaType)
	default:
		m.addLeaf(mediaType == "text/html", parameters["charset"], encoding, body, at)
	}
}

func (m *message) walkMultipart(mediaType, boundary string, body []byte, at place) {
	if mediaType == "multipart/report" && !at.embedded {
		m.report = true
	}
	if boundary == "" {
		m.flags.BrokenMIME = true
		m.addLeaf(false, "", "", body, at)
		return
	}
	parts, closed := splitParts(body, boundary)
	if !closed || len(parts) == 0 {
		m.flags.BrokenMIME = true
	}
	inner := place{depth: at.depth + 1, alternative: at.alternative, embedded: at.embedded}
	inner.digest = mediaType == "multipart/digest"
	if mediaType == "multipart/alternative" {
		m.alternates++
		inner.alternative = m.alternates
	}
	for _, part := range parts {
		head, content := scanHeader(part)
		m.flags.LimitReached = m.flags.LimitReached || head.limited
		m.walk(head, content, inner)
		if m.parts > maxParts {
			return
		}
	}
}

// walkEmbedded reads a carried message as content: its subject and its text.
func (m *message) walkEmbedded(body []byte, encoding string, at place) {
	m.flags.Forwarded = true
	if encoding == "base64" || encoding == "quoted-printable" {
		body = decodeTransfer(body, encoding)
	}
	head, content := scanHeader(body)
	m.flags.LimitReached = m.flags.LimitReached || head.limited
	if subject, _ := decodeWords(head.get("subject")); subject != "" {
		m.leaves = append(m.leaves, leaf{text: subject + "\n", embedded: true})
	}
	m.walk(head, content, place{depth: at.depth + 1, embedded: true})
}

func (m *message) addLeaf(html bool, charset, encoding string, body []byte, at place) {
	room := maxTextBytes - m.textBytes
	if len(body) > 4*room+1024 {
		body = body[:4*room+1024]
		m.flags.LimitReached = true
	}
	switch encoding {
	case "", "7bit", "8bit", "binary", "quoted-printable", "base64":
	default:
		m.flags.BrokenMIME = true
	}
	raw := decodeTransfer(body, encoding)
	if html && charset == "" {
		charset = htmlCharset(raw)
	}
	text, doubt := decodeCharset(raw, charset)
	m.flags.EncodingDoubt = m.flags.EncodingDoubt || doubt
	if len(text) > room {
		m.flags.LimitReached = true
		text = clip(text, room)
	}
	m.textBytes += len(text)
	m.leaves = append(m.leaves, leaf{html, text, at.alternative, at.embedded})
}

// contentType reads the type and its parameters, with the defaults of RFC 2045 and a second, looser
// reading when the strict one fails.
func (m *message) contentType(head header, at place) (string, map[string]string) {
	values := head.all("content-type")
	if len(values) == 0 {
		if at.digest {
			return "message/rfc822", nil
		}
		return "text/plain", nil
	}
	if len(values) > 1 {
		m.flags.BrokenMIME = true
	}
	mediaType, parameters, err := mime.ParseMediaType(values[0])
	if err == nil && strings.Contains(mediaType, "/") {
		return mediaType, parameters
	}
	m.flags.BrokenMIME = true
	mediaType, rest, _ := strings.Cut(values[0], ";")
	mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	if !strings.Contains(mediaType, "/") {
		mediaType = "text/plain"
	}
	return mediaType, looseParameters(rest)
}

func looseParameters(text string) map[string]string {
	parameters := map[string]string{}
	for _, piece := range strings.Split(text, ";") {
		name, value, ok := strings.Cut(piece, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if _, known := parameters[name]; ok && !known {
			parameters[name] = strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return parameters
}

func isAttachment(head header) bool {
	disposition, _, _ := strings.Cut(head.get("content-disposition"), ";")
	return strings.EqualFold(strings.TrimSpace(disposition), "attachment")
}

// splitParts cuts a multipart body at its boundary lines. closed tells whether the closing boundary
// was found.
func splitParts(body []byte, boundary string) (parts [][]byte, closed bool) {
	mark := []byte("--" + boundary)
	start := -1
	for at := 0; at < len(body); {
		found := bytes.Index(body[at:], mark)
		if found < 0 {
			break
		}
		found += at
		at = found + len(mark)
		if found > 0 && body[found-1] != '\n' {
			continue
		}
		line, rest := cutLine(body[at:])
		tail := bytes.TrimRight(line, " \t")
		final := bytes.Equal(tail, []byte("--"))
		if len(tail) > 0 && !final {
			continue
		}
		if start >= 0 {
			parts = append(parts, trimLineEnd(body[start:found]))
		}
		if final || len(parts) > maxParts {
			return parts, final
		}
		start = len(body) - len(rest)
		at = start
	}
	if start >= 0 {
		parts = append(parts, body[start:])
	}
	return parts, false
}

func trimLineEnd(part []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(part, []byte("\n")), []byte("\r"))
}

func decodeTransfer(body []byte, encoding string) []byte {
	switch encoding {
	case "base64":
		return decodeBase64(body)
	case "quoted-printable":
		return decodeQuotedPrintable(body)
	}
	return body
}

// decodeBase64 skips what is not of the alphabet and stops at the padding.
func decodeBase64(body []byte) []byte {
	clean := make([]byte, 0, len(body))
	for _, b := range body {
		if b == '=' {
			break
		}
		if isDigit(b) || isASCIILetter(b) && b < 0x80 || b == '+' || b == '/' {
			clean = append(clean, b)
		}
	}
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, _ := base64.RawStdEncoding.Decode(out, clean)
	return out[:n]
}

// decodeQuotedPrintable is lenient: an equals sign that starts nothing stays as it is.
func decodeQuotedPrintable(body []byte) []byte {
	if bytes.IndexByte(body, '=') < 0 {
		return body
	}
	out := make([]byte, 0, len(body))
	for i := 0; i < len(body); i++ {
		if body[i] != '=' {
			out = append(out, body[i])
			continue
		}
		if i+2 < len(body) && isHex(body[i+1]) && isHex(body[i+2]) {
			out = append(out, unhex(body[i+1])<<4|unhex(body[i+2]))
			i += 2
			continue
		}
		line, rest := cutLine(body[i+1:])
		if len(bytes.TrimRight(line, " \t")) == 0 {
			i = len(body) - len(rest) - 1
			continue
		}
		out = append(out, '=')
	}
	return out
}

func isHex(b byte) bool { return isDigit(b) || 'a' <= b|0x20 && b|0x20 <= 'f' }

func unhex(b byte) byte {
	if isDigit(b) {
		return b - '0'
	}
	return b | 0x20 - 'a' + 10
}
