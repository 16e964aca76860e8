package notice

import (
	"errors"
	"strings"
)

// errAuthResults is wrapped by nothing: a field that is not of RFC 8601 is not used at all.
var errAuthResults = errors.New("not an Authentication-Results field")

// authResult is one clause: method=value with its properties.
type authResult struct {
	method, value string
	// properties are keyed "ptype.property" in lower case; the first of a name wins.
	properties map[string]string
}

// parseAuthResults reads an Authentication-Results value (RFC 8601, 2.2). Half of such a field may be
// text echoed from the sender, so quoted strings, nested comments and quoted pairs are tokens here and
// a ";" inside them parts nothing. Any violation of the grammar fails the whole field.
func parseAuthResults(value string) (authservID string, results []authResult, err error) {
	scanner := authScanner{text: value}
	scanner.skipBlanks()
	authservID = strings.ToLower(scanner.word(";"))
	scanner.skipBlanks()
	if version := scanner.word(";"); version != "" && version != "1" {
		scanner.bad = true
	}
	scanner.skipBlanks()
	if scanner.bad || authservID == "" || strings.Contains(authservID, "=") {
		return "", nil, errAuthResults
	}
	for !scanner.atEnd() {
		if !scanner.take(';') {
			return "", nil, errAuthResults
		}
		scanner.skipBlanks()
		if scanner.atEnd() {
			break
		}
		result, isNone := scanner.clause()
		if scanner.bad {
			return "", nil, errAuthResults
		}
		if !isNone {
			results = append(results, result)
		}
	}
	return authservID, results, nil
}

// authScanner walks over the value. bad is set at the first violation and stays.
type authScanner struct {
	text string
	at   int
	bad  bool
}

func (s *authScanner) atEnd() bool { return s.bad || s.at >= len(s.text) }

func (s *authScanner) take(b byte) bool {
	if s.atEnd() || s.text[s.at] != b {
		return false
	}
	s.at++
	return true
}

// skipBlanks passes blanks and comments (CFWS).
func (s *authScanner) skipBlanks() {
	for !s.atEnd() {
		switch s.text[s.at] {
		case ' ', '\t':
			s.at++
		case '(':
			end, ok := skipComment(s.text, s.at)
			s.at, s.bad = end, s.bad || !ok
		case ')':
			s.bad = true
		default:
			return
		}
	}
}

// word reads up to a blank, a comment or one of the stops. Quoted strings may stand anywhere in it and
// are taken whole, without their quotes.
func (s *authScanner) word(stops string) string {
	var out strings.Builder
	for !s.atEnd() {
		b := s.text[s.at]
		switch {
		case b == '"':
			end, content, ok := readQuoted(s.text, s.at)
			s.at, s.bad = end, s.bad || !ok
			out.WriteString(content)
			continue
		case b == ' ' || b == '\t' || b == '(' || strings.IndexByte(stops, b) >= 0:
			return out.String()
		case b == ')' || b == '\\' || b < ' ' || b == 0x7f:
			s.bad = true
			return ""
		}
		out.WriteByte(b)
		s.at++
	}
	return out.String()
}

// keyword reads letters, digits, hyphens and underscores, in lower case; a quote is no keyword.
func (s *authScanner) keyword() string {
	start := s.at
	for !s.atEnd() {
		b := s.text[s.at]
		if !isDigit(b) && !(isASCIILetter(b) && b < 0x80) && b != '-' && b != '_' {
			break
		}
		s.at++
	}
	if s.at == start {
		s.bad = true
	}
	return strings.ToLower(s.text[start:s.at])
}

// clause reads "none" or "method[/version] = result [reason] {ptype.property = value}".
func (s *authScanner) clause() (result authResult, isNone bool) {
	result.method = s.keyword()
	s.skipBlanks()
	if s.take('/') {
		s.skipBlanks()
		s.keyword()
		s.skipBlanks()
	}
	if !s.take('=') {
		s.bad = s.bad || result.method != "none" || !s.atEnd() && s.text[s.at] != ';'
		return result, true
	}
	s.skipBlanks()
	result.value = s.keyword()
	result.properties = map[string]string{}
	for s.skipBlanks(); !s.atEnd() && s.text[s.at] != ';'; s.skipBlanks() {
		name := s.propertyName()
		s.skipBlanks()
		if !s.take('=') {
			s.bad = true
			return result, false
		}
		s.skipBlanks()
		value := s.word(";")
		if _, known := result.properties[name]; !known {
			result.properties[name] = value
		}
	}
	return result, false
}

// propertyName reads "ptype.property", "reason", or the bare names some providers write ("action").
func (s *authScanner) propertyName() string {
	name := s.keyword()
	s.skipBlanks()
	for s.take('.') {
		s.skipBlanks()
		name += "." + s.keyword()
		s.skipBlanks()
	}
	return name
}
