package notice

import (
	"fmt"
	"strings"
)

// meaning is what a phrase tells of the direction and state of money.
type meaning int

const (
	meaningCredit meaning = iota
	meaningPending
	meaningOutgoing
	meaningRequest
	meaningReceipt
	meaningPayout
	meaningFailure
	meaningRefundToUs
	meaningRefundByUs
	meaningProof
	meaningAnnounce
	meaningPromise
	meaningReverse
	meaningStatement
	meaningOffer
	meaningAutomaticReply
	meaningBankLike
	meaningPayerFollows
	meaningPayerPrecedes
	meaningCount
)

var meaningNames = map[string]meaning{
	"credit": meaningCredit, "pending": meaningPending, "outgoing": meaningOutgoing,
	"request": meaningRequest, "receipt": meaningReceipt, "payout": meaningPayout,
	"failure": meaningFailure, "refund_to_us": meaningRefundToUs, "refund_by_us": meaningRefundByUs,
	"proof": meaningProof, "announce": meaningAnnounce, "promise": meaningPromise,
	"reverse": meaningReverse, "statement": meaningStatement, "offer": meaningOffer,
	"automatic_reply": meaningAutomaticReply, "bank_like": meaningBankLike,
	"payer_follows": meaningPayerFollows, "payer_precedes": meaningPayerPrecedes,
}

// phraseGap is how far apart the parts around "…" may stand, in bytes.
const phraseGap = 80

// phrase is one entry: parts of words parted by single blanks, "#" for an amount.
type phrase struct {
	meaning meaning
	parts   []string
}

// phraseIndex finds phrases by their first word, so that a text is walked once.
type phraseIndex map[string][]phrase

func (x phraseIndex) add(m meaning, text string) error {
	var parts []string
	for part := range strings.SplitSeq(text, "…") {
		normal := phraseWords(part)
		if normal == "" {
			return fmt.Errorf("%w: phrases: %q has an empty part", ErrRegistry, text)
		}
		parts = append(parts, normal)
	}
	first, _, _ := strings.Cut(parts[0], " ")
	x[first] = append(x[first], phrase{meaning: m, parts: parts})
	return nil
}

// phraseWords is the form of class texts: folded words, "#", single blanks.
func phraseWords(text string) string {
	scan := scanned{text: text}
	scan.buildClassText(nil)
	return strings.Trim(strings.ReplaceAll(scan.class, "$", "#"), " .")
}

// hit is one phrase found: its place in the class text.
type hit struct {
	meaning    meaning
	start, end int
	// solid: the phrase has no gap, so nothing of another hand can stand inside it.
	solid bool
}

// find lists the phrases of a class text, in the order of the text.
func (x phraseIndex) find(class string) (hits []hit) {
	for at := 0; at < len(class); {
		end := strings.IndexByte(class[at:], ' ')
		if end < 0 {
			end = len(class) - at
		}
		if end > 0 {
			for _, candidate := range x[class[at:at+end]] {
				if stop, ok := candidate.match(class, at); ok {
					hits = append(hits, hit{candidate.meaning, at, stop, len(candidate.parts) == 1})
				}
			}
			// "l'argent" also starts at "argent".
			if quote := strings.LastIndexByte(class[at:at+end], '\''); quote >= 0 && quote <= 2 {
				at += quote + 1
				continue
			}
		}
		at += end + 1
	}
	return longest(hits)
}

// longest drops the phrases that lie inside a longer one of another meaning: "avis de virement reçu" is
// no "avis de virement". Names are looked for behind and before the short ones too.
func longest(hits []hit) []hit {
	kept := make([]hit, 0, len(hits))
	for i, h := range hits {
		inside := false
		for j := max(0, i-8); j < min(len(hits), i+9) && h.meaning < meaningBankLike; j++ {
			o := hits[j]
			inside = inside || o.solid && o.meaning != h.meaning && o.meaning < meaningBankLike &&
				o.start <= h.start && h.end <= o.end && o.end-o.start > h.end-h.start
		}
		if !inside {
			kept = append(kept, h)
		}
	}
	return kept
}

// match tries the phrase at a word start.
func (p phrase) match(class string, at int) (end int, ok bool) {
	end, ok = matchPart(class, at, p.parts[0])
	for _, part := range p.parts[1:] {
		if !ok {
			return 0, false
		}
		window := class[end:min(len(class), end+phraseGap)]
		if stop := strings.Index(window, " . "); stop >= 0 {
			window = window[:stop]
		}
		offset := strings.Index(window, " "+part)
		if offset < 0 {
			return 0, false
		}
		end, ok = matchPart(class, end+offset+1, part)
	}
	return end, ok
}

func matchPart(class string, at int, part string) (end int, ok bool) {
	end = at + len(part)
	if !strings.HasPrefix(class[at:], part) || end < len(class) && class[end] != ' ' {
		return 0, false
	}
	return end, true
}

// meanings is the set of meanings found.
type meanings [meaningCount]bool

func meaningsOf(hits []hit) (set meanings) {
	for _, h := range hits {
		set[h.meaning] = true
	}
	return set
}

// firstOf returns the first of the given meanings that is in the set.
func (m meanings) firstOf(order ...meaning) (meaning, bool) {
	for _, candidate := range order {
		if m[candidate] {
			return candidate, true
		}
	}
	return 0, false
}
