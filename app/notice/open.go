package notice

import (
	"strings"

	"dument/app/date"
)

const (
	maxDisplayBytes = 100_000
	maxExcerptBytes = 300
)

// reading is the state of one Read.
type reading struct {
	registry *Registry
	trust    Trust
	message  *message
	notice   Notice
	sender   sender
	speech   spoken
	// subject and body are what the sender himself says; forwarded is what he passes on. other is the
	// plain-text version when the message also has HTML.
	subject, body, forwarded, other *scanned
	reply, forward                  bool
}

// open takes the header values and the texts out of the message and scans them.
func (r *reading) open() {
	head := r.message.header
	r.notice.Flags = r.message.flags
	r.notice.MessageID, _ = cleanLine(clip(head.get("message-id"), 998))
	r.notice.Date = sentDate(head.get("date"))
	r.sender = readSender(head)
	r.notice.From, _ = cleanLine(r.sender.address)
	subject, doubt := decodeWords(head.get("subject"))
	clean, reordered := cleanLine(clip(subject, 2000))
	r.notice.Subject = clean
	r.notice.Flags.EncodingDoubt = r.notice.Flags.EncodingDoubt || doubt || r.sender.doubt
	r.notice.Flags.BidiControls = reordered
	r.reply, r.forward = r.registry.subjectMarks(clean)

	visible, embedded, plain := r.texts()
	r.speech = r.registry.partSpeech(visible, r.forward)
	if embedded != "" {
		r.speech.forwarded = strings.TrimSpace(r.speech.forwarded + "\n\n" + embedded)
	}
	r.notice.Flags.Forwarded = r.notice.Flags.Forwarded || r.speech.forwarded != ""
	r.notice.Text = clip(strings.TrimSpace(visible+"\n\n"+embedded), maxDisplayBytes)
	r.subject = r.registry.scan(clean)
	r.body = r.registry.scan(r.speech.own)
	r.forwarded = r.registry.scan(r.speech.forwarded)
	if plain != "" {
		r.other = r.registry.scan(r.registry.partSpeech(plain, r.forward).own)
	}
}

// sentDate reads the day of a Date field (RFC 5322, 3.3) on the sender's own calendar; the hour and the
// zone do not matter for it.
func sentDate(value string) date.Date {
	words := strings.Fields(stripComments(value))
	if len(words) > 0 && strings.HasSuffix(words[0], ",") {
		words = words[1:]
	}
	if len(words) < 3 {
		return date.Date{}
	}
	parsed, err := date.Read(strings.Join(words[:3], " "))
	if err != nil {
		return date.Date{}
	}
	return parsed
}

// texts renders the parts: what is shown, what carried messages show, and the plain-text alternatives
// of parts that were shown from HTML.
func (r *reading) texts() (visible, embedded, plain string) {
	rendered := make([]string, len(r.message.leaves))
	hasHTML := map[int]bool{}
	for i, part := range r.message.leaves {
		text := part.text
		if part.html {
			shown, limited := visibleText(text)
			text = shown
			r.notice.Flags.LimitReached = r.notice.Flags.LimitReached || limited
		}
		clean, reordered := cleanText(text)
		r.notice.Flags.BidiControls = r.notice.Flags.BidiControls || reordered
		rendered[i] = clean
		if part.html && strings.TrimSpace(clean) != "" {
			hasHTML[part.alternative] = true
		}
	}
	var shown, carried, alternative strings.Builder
	for i, part := range r.message.leaves {
		into := &shown
		switch {
		case part.embedded:
			into = &carried
		case part.alternative > 0 && !part.html && hasHTML[part.alternative]:
			into = &alternative
		}
		into.WriteString(rendered[i])
		into.WriteString("\n")
	}
	visible, embedded = strings.TrimSpace(shown.String()), strings.TrimSpace(carried.String())
	return visible, embedded, strings.TrimSpace(alternative.String())
}

// say adds a reason.
func (r *reading) say(code string, params ...string) {
	r.notice.Reasons = append(r.notice.Reasons, reason(code, params...))
}

// conclude sets class and evidence.
func (r *reading) conclude(class Class, evidence Evidence) {
	r.notice.Class, r.notice.Evidence = class, evidence
}

// excerptAt is the line of the body at a place, or its first lines.
func (r *reading) excerptAt(s *scanned, at int) string {
	text := s.text
	if at >= 0 && at < len(text) {
		start := strings.LastIndexByte(text[:at], '\n') + 1
		end := len(text)
		if stop := strings.IndexByte(text[at:], '\n'); stop >= 0 {
			end = at + stop
		}
		if at-start > maxExcerptBytes/2 {
			start = at - maxExcerptBytes/2
			for start < at && text[start] != ' ' {
				start++
			}
		}
		text = text[start:end]
	}
	return clip(strings.Join(strings.Fields(text), " "), maxExcerptBytes)
}
