package notice

import "strings"

// spoken is a visible text parted by who speaks: the sender himself, a message he forwards, a message
// he answers. Only the first is his; the two others are content.
type spoken struct{ own, forwarded, quoted string }

// partSpeech parts a visible text at quotation marks, attribution lines and forwarding lines.
func (r *Registry) partSpeech(text string, forwardSubject bool) spoken {
	var own, forwarded, quoted strings.Builder
	into := &own
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if into == &own {
			switch {
			case r.isMarker(r.forwards, lines, i):
				into = &forwarded
			case r.isMarker(r.quoteStarts, lines, i):
				into = &quoted
			case r.isHeaderBlock(lines, i):
				into = &quoted
				if forwardSubject {
					into = &forwarded
				}
			}
		}
		target := into
		if body, isQuote := unquote(line); isQuote {
			line = body
			if into == &own {
				target = &quoted
			}
		}
		target.WriteString(line)
		target.WriteByte('\n')
	}
	return spoken{
		own: strings.TrimSpace(own.String()), quoted: strings.TrimSpace(quoted.String()),
		forwarded: r.dropHeaderLines(strings.TrimSpace(forwarded.String())),
	}
}

// dropHeaderLines takes the header lines off a carried message: "De :" names there who wrote, not who
// paid.
func (r *Registry) dropHeaderLines(text string) string {
	lines := strings.Split(text, "\n")
	last := -1
	for i, line := range lines[:min(len(lines), 12)] {
		name, _ := blockField(line)
		if r.carriedFrom[name] || r.carriedOther[name] || r.carriedSubject[name] {
			last = i
		} else if last >= 0 && strings.TrimSpace(line) == "" {
			break
		}
	}
	return strings.TrimSpace(strings.Join(lines[last+1:], "\n"))
}

// unquote takes "> " marks off a line.
func unquote(line string) (string, bool) {
	trimmed := strings.TrimLeft(line, " ")
	if !strings.HasPrefix(trimmed, ">") {
		return line, false
	}
	return strings.TrimLeft(trimmed, "> "), true
}

// isMarker recognises a line such as "Le 3 mars, Claire a écrit :" or "--- Message transféré ---". An
// attribution may be wrapped on two lines.
func (r *Registry) isMarker(markers [][]string, lines []string, i int) bool {
	line := strings.TrimSpace(lines[i])
	if line == "" || len(line) > 300 {
		return false
	}
	dressed := strings.HasPrefix(line, "--") || strings.HasSuffix(line, ":") || strings.HasPrefix(line, "__")
	folded := fold(strings.Trim(line, "-_*> :\u00a0\u202f"))
	wrapped := ""
	if i+1 < len(lines) && len(lines[i+1]) < 200 {
		wrapped = fold(strings.Trim(line+" "+strings.TrimSpace(lines[i+1]), "-_*> :\u00a0\u202f"))
	}
	for _, parts := range markers {
		if len(parts) == 1 {
			if dressed && folded == parts[0] {
				return true
			}
			continue
		}
		start, end := parts[0]+" ", " "+parts[len(parts)-1]
		if !strings.HasPrefix(folded, start) {
			continue
		}
		if strings.HasSuffix(folded, end) && strings.HasSuffix(line, ":") {
			return true
		}
		if strings.HasSuffix(wrapped, end) && strings.HasSuffix(strings.TrimSpace(lines[i+1]), ":") {
			return true
		}
	}
	return false
}

// isHeaderBlock recognises the header lines that mail programs put over a message they carry.
func (r *Registry) isHeaderBlock(lines []string, i int) bool {
	name, value := blockField(lines[i])
	if !r.carriedFrom[name] || value == "" {
		return false
	}
	recipient, subject, address := false, false, strings.Contains(value, "@")
	for _, line := range lines[i+1 : min(len(lines), i+7)] {
		name, value := blockField(line)
		recipient = recipient || r.carriedOther[name]
		subject = subject || r.carriedSubject[name]
		address = address || strings.Contains(value, "@")
	}
	return recipient && subject && address
}

func blockField(line string) (name, value string) {
	name, value, ok := strings.Cut(strings.Trim(line, "*> \t"), ":")
	if !ok || len(name) > 20 {
		return "", ""
	}
	return fold(strings.Trim(name, "* \u00a0\u202f")), strings.TrimSpace(value)
}

// subjectMarks tells whether a subject is marked as a reply or as a forward.
func (r *Registry) subjectMarks(subject string) (reply, forward bool) {
	for rest := fold(subject); ; {
		mark, after, ok := strings.Cut(rest, ":")
		mark = strings.TrimSpace(mark)
		switch {
		case !ok || len(mark) > 4:
			return reply, forward
		case r.forwardMarks[mark]:
			forward = true
		case mark == "re" || mark == "aw" || mark == "sv" || mark == "antw":
			reply = true
		default:
			return reply, forward
		}
		rest = strings.TrimSpace(after)
	}
}
