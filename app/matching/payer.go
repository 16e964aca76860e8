package matching

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// payerIndex finds clients by what a message says of the payer.
type payerIndex struct {
	byIBAN, byName, byEmail map[string][]ClientID
	names                   []payerName
	byToken                 map[string][]int32
	display                 map[ClientID]string
}

// payerName is one name or alias, as sorted words.
type payerName struct {
	client ClientID
	words  []string
}

// A word shared by more names than this ("BOULANGERIE") proposes nobody by itself.
const maxNamesOfToken = 200

// fuzzyPercent is the likeness from which two names are proposed as one. Two best of equal likeness
// propose nobody.
const fuzzyPercent = 80

func newPayerIndex(payers []Payer) payerIndex {
	p := payerIndex{
		byIBAN: map[string][]ClientID{}, byName: map[string][]ClientID{}, byEmail: map[string][]ClientID{},
		byToken: map[string][]int32{}, display: map[ClientID]string{},
	}
	sorted := slices.Clone(payers)
	slices.SortStableFunc(sorted, func(a, b Payer) int {
		return cmp.Or(cmp.Compare(a.Client, b.Client), strings.Compare(a.Name, b.Name))
	})
	for _, payer := range sorted {
		if _, known := p.display[payer.Client]; !known {
			p.display[payer.Client] = payer.Name
		}
		p.addName(payer.Client, payer.Name)
		for _, alias := range payer.Aliases {
			p.addName(payer.Client, alias)
		}
		for _, iban := range payer.IBANs {
			addClient(p.byIBAN, compactOf(iban), payer.Client)
		}
		for _, email := range payer.Emails {
			addClient(p.byEmail, foldEmail(email), payer.Client)
		}
	}
	for _, clients := range p.byName {
		slices.Sort(clients)
	}
	slices.SortFunc(p.names, func(a, b payerName) int {
		return cmp.Or(cmp.Compare(a.client, b.client), slices.Compare(a.words, b.words))
	})
	for i, name := range p.names {
		for _, word := range slices.Compact(slices.Clone(name.words)) {
			for _, key := range tokenKeys(word) {
				p.byToken[key] = append(p.byToken[key], int32(i))
			}
		}
	}
	return p
}

// tokenKeys are the whole word and its beginning, so that a slip in its end still finds it.
func tokenKeys(word string) []string {
	if len(word) < 5 {
		return []string{word}
	}
	return []string{word, word[:4] + "*"}
}

func (p *payerIndex) addName(client ClientID, name string) {
	words := nameWords(name)
	if len(words) == 0 {
		return
	}
	addClient(p.byName, strings.Join(words, " "), client)
	p.names = append(p.names, payerName{client, words})
}

func addClient(heads map[string][]ClientID, key string, client ClientID) {
	if key != "" && !slices.Contains(heads[key], client) {
		heads[key] = append(heads[key], client)
	}
}

func foldEmail(address string) string { return strings.ToLower(strings.TrimSpace(address)) }

// nameNoise are the words that say nothing about who somebody is: legal forms, titles, and the
// links of joint accounts.
var nameNoise = map[string]bool{
	"SARL": true, "SAS": true, "SASU": true, "EURL": true, "SA": true, "EI": true, "EIRL": true,
	"SCI": true, "SNC": true, "SCP": true, "SELARL": true, "SCOP": true, "GMBH": true, "LTD": true,
	"LLC": true, "INC": true, "BV": true, "SRL": true, "SL": true, "AG": true,
	"M": true, "MR": true, "MME": true, "MLLE": true, "MONSIEUR": true, "MADAME": true, "MRS": true,
	"MS": true, "MM": true, "OU": true, "ET": true, "AND": true, "STE": true, "SOCIETE": true,
	"ENTREPRISE": true, "ETS": true, "LE": true, "LA": true, "LES": true, "DE": true, "DU": true,
	"DES": true, "D": true, "L": true,
}

// nameWords brings a name to sorted capitals without accents, punctuation, legal forms and titles:
// "SARL Boulangerie Morel" and "BOULANGERIE MOREL" are one. A name of noise alone keeps its words.
func nameWords(name string) []string {
	const longestName = 200
	if len(name) > longestName {
		name = name[:longestName]
	}
	folded := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == '.' || r == '\'' || r == '’':
			// S.A.R.L. is one word; so is a name after its apostrophe, parted below.
			if r == '.' {
				return -1
			}
			return ' '
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToUpper(r)
		}
		return ' '
	}, norm.NFKD.String(name))
	folded = strings.NewReplacer("Œ", "OE", "Æ", "AE", "ß", "SS").Replace(folded)
	all := strings.Fields(folded)
	words := make([]string, 0, len(all))
	for _, word := range all {
		if !nameNoise[word] {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		words = all
	}
	slices.Sort(words)
	return words
}

// payerSignal is one way in which the payer was recognised, and the clients that it fits.
type payerSignal struct {
	code    Code
	clients []ClientID
}

// payerFound is what is known of the payer of a movement.
type payerFound struct {
	signals []payerSignal
	// client is the one client that every exact signal fits; 0 when none or several do.
	client ClientID
	code   Code
	// likely is the one client whose name is nearly the payer's; only when no signal is exact.
	likely    ClientID
	ambiguous bool
}

func (p *payerIndex) recognise(s *Said) payerFound {
	var found payerFound
	note := func(code Code, clients []ClientID) {
		if len(clients) > 0 {
			found.signals = append(found.signals, payerSignal{code, clients})
		}
	}
	words := nameWords(s.Payer)
	note(PayerIBAN, p.byIBAN[compactOf(s.PayerIBAN)])
	note(PayerName, p.byName[strings.Join(words, " ")])
	note(PayerEmail, p.byEmail[foldEmail(s.PayerEmail)])
	if len(found.signals) == 0 {
		found.likely, found.ambiguous = p.nearest(words)
		return found
	}
	common := slices.Clone(found.signals[0].clients)
	for _, signal := range found.signals[1:] {
		common = slices.DeleteFunc(common, func(c ClientID) bool {
			return !slices.Contains(signal.clients, c)
		})
	}
	if len(common) == 1 {
		found.client, found.code = common[0], found.signals[0].code
	} else {
		found.ambiguous = true
	}
	return found
}

// contradicts reports whether something exact says that the payer is not this client.
func (f *payerFound) contradicts(client ClientID) bool {
	for _, signal := range f.signals {
		if !slices.Contains(signal.clients, client) {
			return true
		}
	}
	return false
}

// nearest is the one client whose name is most like words; tie when two are equally like.
func (p *payerIndex) nearest(words []string) (best ClientID, tie bool) {
	if len(words) == 0 || len(words) > 12 {
		return 0, false
	}
	bestScore := fuzzyPercent - 1
	seen := map[int32]bool{}
	for _, word := range words {
		for _, key := range tokenKeys(word) {
			names := p.byToken[key]
			if len(names) > maxNamesOfToken {
				continue
			}
			for _, i := range names {
				if seen[i] {
					continue
				}
				seen[i] = true
				name := p.names[i]
				switch score := likeness(words, name.words); {
				case score > bestScore:
					best, bestScore, tie = name.client, score, false
				case score == bestScore && best != 0 && name.client != best:
					tie = true
				}
			}
		}
	}
	if tie {
		return 0, true
	}
	return best, false
}

// likeness compares two sorted sets of words in percent: the words of the shorter name are each
// paired with their most like word of the other, weighted by length. One short word is not enough.
func likeness(a, b []string) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	total, like := 0, 0
	for _, word := range a {
		best := 0
		for _, other := range b {
			best = max(best, wordLikeness(word, other))
		}
		total += len(word)
		like += best * len(word)
	}
	if total < 4 {
		return 0
	}
	return like / total
}

// wordLikeness is 100 minus the Levenshtein distance in percent of the longer word.
func wordLikeness(a, b string) int {
	const longestWord = 48
	if a == b {
		return 100
	}
	if len(a) > longestWord || len(b) > longestWord || len(a) == 0 || len(b) == 0 {
		return 0
	}
	var row [longestWord + 1]int
	for j := range len(b) + 1 {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	longer := max(len(a), len(b))
	return 100 - 100*row[len(b)]/longer
}
