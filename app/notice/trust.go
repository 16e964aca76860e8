package notice

import (
	"net/netip"
	"strings"
)

// authState is what the user's own provider says of the message's origin.
type authState int

const (
	// authUnpinned: no provider name is declared, so nothing can be known.
	authUnpinned authState = iota
	// authUnknown: the provider's stamp is absent or gives no verdict for the visible sender.
	authUnknown
	// authFailed: the provider says the visible sender is not the origin.
	authFailed
	// authForged: a stamp in the provider's name that the provider did not write, or stamps that
	// contradict each other.
	authForged
	// authForwarded: broken on the way, vouched for by a forwarder the user declared (RFC 8617).
	authForwarded
	// authPassed: the origin is the visible sender's domain.
	authPassed
)

// authentication is the verdict with its reason.
type authentication struct {
	state  authState
	reason Reason
}

// authenticate judges the From domain. base is the registered domain that counts as the same
// organisation: a declared domain that holds the From domain, or the From domain itself.
func authenticate(head header, trust Trust, from, base string, below []string) authentication {
	if trust.AuthservID == "" {
		return authentication{authUnpinned, reason("auth_no_provider_pinned")}
	}
	stamps, forged := providerStamps(head, trust.AuthservID, below)
	if forged {
		return authentication{authForged, reason("auth_forged", trust.AuthservID)}
	}
	if len(stamps) == 0 {
		return authentication{authUnknown, reason("auth_absent", trust.AuthservID)}
	}
	verdict := alignedVerdict(stamps, from, base)
	if verdict.state != authPassed && verdict.state != authForged &&
		forwarderVouches(head, stamps, trust.Forwarders, from, base) {
		return authentication{authForwarded, reason("auth_arc_forwarder", from)}
	}
	return verdict
}

// providerStamps collects the results in the provider's name that the provider itself wrote: those
// above the first Received line that comes from outside. One found lower down was in the message when
// it arrived: it is forged.
//
// below names the providers that write their stamp directly under their own Received line and remove
// foreign ones in their name; for them the stamps before the second outside line count.
func providerStamps(head header, id string, below []string) (results []authResult, forged bool) {
	hopsAllowed := 0
	for _, name := range below {
		if name == id {
			hopsAllowed = 1
		}
	}
	outside, stamped := 0, false
	for _, f := range head.fields {
		switch f.name {
		case "received":
			if !isInternalHop(f.value, id) {
				outside++
				if outside == 1 && !receivedBy(f.value, id) {
					hopsAllowed = 0
				}
			}
		case "authentication-results":
			named, clauses, err := parseAuthResults(f.value)
			if err != nil {
				if outside <= hopsAllowed && mentions(f.value, id) {
					return nil, true
				}
				continue
			}
			if named != id {
				continue
			}
			if outside > hopsAllowed || hopsAllowed == 1 && stamped {
				return nil, true
			}
			stamped = true
			results = append(results, clauses...)
		}
	}
	return results, false
}

// mentions reports whether an unreadable field starts in the provider's name.
func mentions(value, id string) bool {
	return strings.HasPrefix(strings.TrimLeft(strings.ToLower(value), " \t\""), id)
}

// isInternalHop recognises a Received line written between two machines of the provider: no "from"
// at all, local delivery (LMTP), or a private address under the provider's name. The name alone is
// what the other side said of itself and proves nothing.
func isInternalHop(received, id string) bool {
	words := strings.Fields(strings.ToLower(stripComments(received)))
	if len(words) > 0 && words[0] == "by" {
		return true
	}
	if !sameSite(wordAfter(words, "by"), id) {
		return false
	}
	return strings.HasPrefix(wordAfter(words, "with"), "lmtp") ||
		sameSite(wordAfter(words, "from"), id) && isPrivate(bracketedAddress(received))
}

// receivedBy reports whether the line's "by" host is of the provider's site.
func receivedBy(received, id string) bool {
	return sameSite(wordAfter(strings.Fields(strings.ToLower(stripComments(received))), "by"), id)
}

// sameSite compares a host with the provider's name: under the name, or under its parent domain when
// that has two labels or more.
func sameSite(host, id string) bool {
	host = strings.TrimRight(host, ";.")
	if within(host, id) {
		return true
	}
	_, parent, _ := strings.Cut(id, ".")
	label, suffix, _ := strings.Cut(parent, ".")
	return suffix != "" && !sharedSuffixLabels[label] && within(host, parent)
}

// sharedSuffixLabels are second-level labels under which strangers register names ("co.uk").
var sharedSuffixLabels = map[string]bool{"co": true, "com": true, "org": true, "net": true, "gov": true,
	"ac": true, "asso": true, "gouv": true, "or": true, "ne": true, "edu": true}

func wordAfter(words []string, key string) string {
	for i, word := range words {
		if word == key && i+1 < len(words) {
			return words[i+1]
		}
	}
	return ""
}

func stripComments(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '(' {
			end, ok := skipComment(text, i)
			if !ok {
				break
			}
			out.WriteByte(' ')
			i = end - 1
			continue
		}
		out.WriteByte(text[i])
	}
	return out.String()
}

func bracketedAddress(received string) string {
	_, rest, _ := strings.Cut(received, "[")
	address, _, ok := strings.Cut(rest, "]")
	if !ok {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(address), "ipv6:")
}

func isPrivate(address string) bool {
	parsed, err := netip.ParseAddr(address)
	return err == nil && (parsed.IsPrivate() || parsed.IsLoopback())
}

// alignedVerdict weighs the provider's clauses for the From domain. A method that is said both to pass
// and not to pass is contradictory: one of the two was written by the sender.
func alignedVerdict(results []authResult, from, base string) authentication {
	var dmarc, dkim struct{ pass, fail, other int }
	for _, result := range results {
		switch result.method {
		case "dmarc":
			headerFrom := strings.ToLower(result.properties["header.from"])
			aligned := headerFrom == from || within(from, headerFrom) && within(headerFrom, base)
			switch {
			case result.value == "pass" && aligned:
				dmarc.pass++
			case result.value == "pass" || result.value == "fail":
				dmarc.fail++
			default:
				dmarc.other++
			}
		case "dkim":
			aligned := within(signerDomain(result.properties), base)
			switch {
			case result.value == "none":
				dkim.other++
			case aligned && result.value == "pass":
				dkim.pass++
			case aligned && result.value == "fail":
				dkim.fail++
			}
		}
	}
	dkimPassed := dkim.pass > 0 && dkim.other == 0
	switch {
	case dmarc.pass > 0 && (dmarc.fail+dmarc.other > 0 || dkim.fail > 0 && dkim.pass == 0),
		dkim.pass > 0 && dkim.other > 0, dkimPassed && dmarc.fail > 0,
		dkimPassed && dkim.fail > 0 && dmarc.pass == 0:
		return authentication{authForged, reason("auth_contradictory", from)}
	case dmarc.pass > 0:
		return authentication{authPassed, reason("auth_dmarc_pass", from)}
	case dkimPassed:
		return authentication{authPassed, reason("auth_dkim_pass", from)}
	case dmarc.fail+dkim.fail > 0:
		return authentication{authFailed, reason("auth_failed", from)}
	}
	return authentication{authUnknown, reason("auth_no_verdict", from)}
}

// signerDomain is header.d, or the domain of header.i.
func signerDomain(properties map[string]string) string {
	if d := properties["header.d"]; d != "" {
		return strings.ToLower(d)
	}
	i := strings.ToLower(properties["header.i"])
	return i[strings.LastIndexByte(i, '@')+1:]
}

// forwarderVouches reports that the provider verified an ARC chain whose newest seal is by a declared
// forwarder, and that this forwarder saw the sender pass.
func forwarderVouches(head header, stamps []authResult, forwarders []string, from, base string) bool {
	arcPassed := false
	for _, result := range stamps {
		arcPassed = arcPassed || result.method == "arc" && result.value == "pass"
	}
	if !arcPassed || len(forwarders) == 0 {
		return false
	}
	instance, body, ok := strings.Cut(head.get("arc-authentication-results"), ";")
	if !ok {
		return false
	}
	id, results, err := parseAuthResults(strings.TrimSpace(body))
	seal := looseParameters(head.get("arc-seal"))
	if err != nil || "i="+seal["i"] != strings.ReplaceAll(instance, " ", "") {
		return false
	}
	for _, forwarder := range forwarders {
		if id == forwarder && sameSite(strings.ToLower(seal["d"]), forwarder) {
			return alignedVerdict(results, from, base).state == authPassed
		}
	}
	return false
}
