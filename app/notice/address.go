package notice

import "strings"

// sender is the visible From of a message.
type sender struct {
	// name is the decoded display name, address the addr-spec, domain its domain in lower case.
	name, address, domain string
	// problem is a reason code when the field cannot be trusted to name one sender.
	problem string
	doubt   bool
}

// readSender reads the From fields strictly: one field, one mailbox, no group, no route.
func readSender(head header) sender {
	values := head.all("from")
	switch {
	case len(values) == 0:
		return sender{problem: "from_missing"}
	case len(values) > 1:
		found := firstSender(values[0])
		found.problem = "from_several"
		return found
	}
	return firstSender(values[0])
}

func firstSender(value string) sender {
	boxes, ok := splitMailboxes(value)
	if !ok || len(boxes) == 0 {
		return sender{address: clip(value, 200), problem: "from_malformed"}
	}
	found := boxes[0].sender()
	if len(boxes) > 1 && found.problem == "" {
		found.problem = "from_several"
	}
	return found
}

// mailbox is one entry of an address list, undecoded.
type mailbox struct{ name, address string }

func (b mailbox) sender() sender {
	name, doubt := decodeWords(b.name)
	clean, _ := cleanLine(name)
	made := sender{name: clean, address: b.address, doubt: doubt}
	at := strings.LastIndexByte(b.address, '@')
	if at <= 0 || strings.ContainsAny(b.address, " \t") {
		made.problem = "from_malformed"
		return made
	}
	made.domain = strings.ToLower(b.address[at+1:])
	if !isDomain(made.domain) {
		made.problem = "from_malformed"
	}
	return made
}

// splitMailboxes reads an address list. Groups, routes, unbalanced quotes and comments fail.
func splitMailboxes(value string) ([]mailbox, bool) {
	var boxes []mailbox
	var text, angle strings.Builder
	inAngle, sawAngle, quoted := false, false, false
	flush := func() {
		switch {
		case sawAngle:
			boxes = append(boxes, mailbox{
				name: strings.TrimSpace(text.String()), address: strings.TrimSpace(angle.String()),
			})
		case strings.TrimSpace(text.String()) != "":
			boxes = append(boxes, mailbox{"", strings.TrimSpace(text.String())})
		}
		text.Reset()
		angle.Reset()
		sawAngle, quoted = false, false
	}
	for i := 0; i < len(value); i++ {
		into := &text
		if inAngle {
			into = &angle
		}
		switch b := value[i]; b {
		case '"':
			end, content, ok := readQuoted(value, i)
			if !ok {
				return nil, false
			}
			into.WriteString(content)
			quoted, i = true, end-1
		case '(':
			end, ok := skipComment(value, i)
			if !ok {
				return nil, false
			}
			i = end - 1
		case '<':
			if inAngle || sawAngle {
				return nil, false
			}
			inAngle, sawAngle = true, true
		case '>':
			if !inAngle {
				return nil, false
			}
			inAngle = false
		case ',':
			if inAngle {
				return nil, false
			}
			flush()
		case ':', ';':
			return nil, false
		default:
			if sawAngle && !inAngle && b != ' ' && b != '\t' {
				return nil, false
			}
			into.WriteByte(b)
		}
	}
	if inAngle || quoted && !sawAngle && !strings.Contains(text.String(), "@") {
		return nil, false
	}
	flush()
	return boxes, true
}

// readQuoted reads a quoted-string that starts at i; end is behind its closing quote.
func readQuoted(text string, i int) (end int, content string, ok bool) {
	var out strings.Builder
	for i++; i < len(text); i++ {
		switch text[i] {
		case '"':
			return i + 1, out.String(), true
		case '\\':
			i++
			if i == len(text) {
				return i, "", false
			}
		}
		out.WriteByte(text[i])
	}
	return i, "", false
}

// skipComment passes a comment with the comments inside it; end is behind its last parenthesis.
func skipComment(text string, i int) (end int, ok bool) {
	depth := 0
	for ; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				return i + 1, true
			}
		}
	}
	return i, false
}

// isDomain accepts letters, digits, hyphens, dots and bytes above ASCII (RFC 6532).
func isDomain(domain string) bool {
	if len(domain) > 253 || strings.HasPrefix(domain, ".") || strings.HasSuffix(domain, ".") ||
		!strings.Contains(domain, ".") {
		return false
	}
	for i := range len(domain) {
		if b := domain[i]; !isWordByte(b) && b != '-' && b != '.' {
			return false
		}
	}
	return true
}

// within reports whether domain is base or one of its subdomains. Both are in lower case.
func within(domain, base string) bool {
	return base != "" && (domain == base || strings.HasSuffix(domain, "."+base))
}

// addressesIn lists the addresses of every field of that name, in lower case; unreadable ones are
// left out.
func addressesIn(head header, name string) (addresses []string) {
	for _, value := range head.all(name) {
		boxes, ok := splitMailboxes(value)
		if !ok {
			boxes = groupMembers(value)
		}
		for _, box := range boxes {
			if strings.Contains(box.address, "@") {
				addresses = append(addresses, strings.ToLower(box.address))
			}
		}
	}
	return addresses
}

// groupMembers reads "name: a@x, b@y;".
func groupMembers(value string) []mailbox {
	_, members, ok := strings.Cut(value, ":")
	if !ok {
		return nil
	}
	boxes, _ := splitMailboxes(strings.TrimSuffix(strings.TrimSpace(members), ";"))
	return boxes
}

// isOwn compares an address with the user's own ones; "+tag" behind the local part is ignored.
func (t Trust) isOwn(address string) bool {
	address = strings.ToLower(address)
	local, domain, _ := strings.Cut(address, "@")
	local, _, _ = strings.Cut(local, "+")
	for _, own := range t.OwnAddresses {
		if own == address || own == local+"@"+domain {
			return true
		}
	}
	return false
}

// normaliseTrust lowers the case of everything that is compared without case.
func normaliseTrust(trust Trust) Trust {
	trust.OwnAddresses = lowered(trust.OwnAddresses)
	trust.Forwarders = lowered(trust.Forwarders)
	trust.AuthservID = strings.ToLower(strings.TrimSpace(trust.AuthservID))
	accounts := make([]Account, len(trust.Accounts))
	for i, account := range trust.Accounts {
		account.Domains = lowered(account.Domains)
		accounts[i] = account
	}
	trust.Accounts = accounts
	return trust
}

func lowered(values []string) []string {
	out := make([]string, 0, len(values))
	for _, value := range values {
		if value = strings.ToLower(strings.TrimSpace(value)); value != "" {
			out = append(out, value)
		}
	}
	return out
}
