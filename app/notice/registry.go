package notice

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"dument/app/money"
)

// ErrRegistry is wrapped by every error of ParseRegistry.
var ErrRegistry = errors.New("sender registry")

// Registry is what the program knows of senders, from data: families of banks and providers, phrases
// and labels in five languages. It is read-only once parsed and safe for use by several goroutines.
type Registry struct {
	families     []family
	stampsBelow  []string
	currencies   map[string]money.Currency
	phrases      phraseIndex
	labels       map[string]labelKind
	refWords     map[string]bool
	greetings    []string
	genericNames map[string]bool
	quoteStarts  [][]string
	forwards     [][]string
	forwardMarks map[string]bool
	shapes       []idShape
	nameStops    []string
	// dateOpeners stand before a date in a sentence and so end a name.
	dateOpeners map[string]bool
	// conditional words put a sentence in question; paymentStarts begin the words for means of payment.
	conditional   map[string]bool
	paymentStarts []string
	// accountEndings stand before the last digits of an account; foreignOwners before "account" say that
	// it is the payer's.
	accountEndings []string
	foreignOwners  map[string]bool
	// The names of the header lines that mail programs put over a message they carry.
	carriedFrom, carriedOther, carriedSubject map[string]bool
}

// family is a known bank, payment provider or portal: whose name a message must not borrow. It never
// makes a message believed.
type family struct {
	Name    string   `json:"name"`
	Kind    string   `json:"kind"`
	Domains []string `json:"domains"`
	Brands  []string `json:"brands"`
}

// idShape is the form of a provider's transaction identifiers.
type idShape struct {
	Prefix   string `json:"prefix"`
	Alphabet string `json:"alphabet"`
	Min      int    `json:"min"`
	Max      int    `json:"max"`
}

// byLanguage lists texts per language.
type byLanguage map[string][]string

type registryFile struct {
	Format             int                   `json:"format"`
	About              string                `json:"about"`
	Families           []family              `json:"families"`
	StampBelowReceived []string              `json:"stamp_below_received"`
	Currencies         []string              `json:"currencies"`
	Phrases            map[string]byLanguage `json:"phrases"`
	Labels             map[string]byLanguage `json:"labels"`
	ReferenceWords     []string              `json:"reference_words"`
	Greetings          []string              `json:"greetings"`
	GreetingGeneric    []string              `json:"greeting_generic"`
	QuoteStarts        []string              `json:"quote_starts"`
	ForwardStarts      []string              `json:"forward_starts"`
	ForwardSubjects    []string              `json:"forward_subjects"`
	TransactionIDs     []idShape             `json:"transaction_ids"`
	NameStops          []string              `json:"name_stops"`
	DateOpeners        []string              `json:"date_openers"`
	Conditional        []string              `json:"conditional_words"`
	PaymentStarts      []string              `json:"payment_word_starts"`
	AccountEndings     []string              `json:"account_endings"`
	ForeignOwners      []string              `json:"foreign_account_words"`
	CarriedFrom        []string              `json:"carried_from"`
	CarriedOther       []string              `json:"carried_other"`
	CarriedSubject     []string              `json:"carried_subject"`
}

// ParseRegistry reads the sender registry (JSON, see assets/notice). Unknown keys and meanings are
// errors, so that a misspelt word of the data is found. Errors wrap ErrRegistry.
func ParseRegistry(data []byte) (*Registry, error) {
	var file registryFile
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRegistry, err)
	}
	if file.Format != 1 {
		return nil, fmt.Errorf("%w: format %d is not known", ErrRegistry, file.Format)
	}
	registry := &Registry{
		families: file.Families, stampsBelow: lowered(file.StampBelowReceived), shapes: file.TransactionIDs,
		currencies: map[string]money.Currency{}, labels: map[string]labelKind{}, phrases: phraseIndex{},
		refWords: wordSet(file.ReferenceWords), genericNames: wordSet(file.GreetingGeneric),
		forwardMarks: wordSet(file.ForwardSubjects), nameStops: lowered(file.NameStops),
		greetings: lowered(file.Greetings), dateOpeners: wordSet(file.DateOpeners),
		conditional: wordSet(file.Conditional), paymentStarts: lowered(file.PaymentStarts),
		accountEndings: file.AccountEndings, foreignOwners: wordSet(file.ForeignOwners),
		carriedFrom: wordSet(file.CarriedFrom), carriedOther: wordSet(file.CarriedOther),
		carriedSubject: wordSet(file.CarriedSubject),
	}
	for i := range registry.families {
		registry.families[i].Domains = lowered(registry.families[i].Domains)
		registry.families[i].Brands = lowered(registry.families[i].Brands)
	}
	for _, code := range file.Currencies {
		registry.currencies[strings.ToLower(code)] = money.Currency(code)
	}
	registry.quoteStarts = splitMarkers(file.QuoteStarts)
	registry.forwards = splitMarkers(file.ForwardStarts)
	if err := registry.addPhrases(file.Phrases); err != nil {
		return nil, err
	}
	return registry, registry.addLabels(file.Labels)
}

func wordSet(words []string) map[string]bool {
	set := map[string]bool{}
	for _, word := range words {
		set[fold(word)] = true
	}
	return set
}

func splitMarkers(markers []string) (split [][]string) {
	for _, marker := range markers {
		var parts []string
		for part := range strings.SplitSeq(marker, "…") {
			parts = append(parts, strings.TrimSpace(fold(part)))
		}
		split = append(split, parts)
	}
	return split
}

func (r *Registry) addPhrases(meanings map[string]byLanguage) error {
	for name, languages := range meanings {
		meaning, ok := meaningNames[name]
		if !ok {
			return fmt.Errorf("%w: phrases: %q is not a meaning", ErrRegistry, name)
		}
		for _, texts := range languages {
			for _, text := range texts {
				if err := r.phrases.add(meaning, text); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (r *Registry) addLabels(kinds map[string]byLanguage) error {
	for name, languages := range kinds {
		kind, ok := labelNames[name]
		if !ok {
			return fmt.Errorf("%w: labels: %q is not a kind", ErrRegistry, name)
		}
		for _, texts := range languages {
			for _, text := range texts {
				key := labelKey(text)
				if key == "" || !utf8.ValidString(text) {
					return fmt.Errorf("%w: labels: %q is empty", ErrRegistry, text)
				}
				if known, ok := r.labels[key]; !ok || kind < known {
					r.labels[key] = kind
				}
			}
		}
	}
	return nil
}

// familyOf finds the family that owns a domain, nil when none does.
func (r *Registry) familyOf(domain string) *family {
	for i := range r.families {
		for _, base := range r.families[i].Domains {
			if within(domain, base) {
				return &r.families[i]
			}
		}
	}
	return nil
}

// isProvider reports whether a payer's name is that of a payment provider.
func (r *Registry) isProvider(payer string) bool {
	name := " " + wordsOf(payer) + " "
	for i := range r.families {
		if r.families[i].Kind != KindPSP {
			continue
		}
		for _, brand := range r.families[i].Brands {
			if strings.HasPrefix(name, " "+brand+" ") {
				return true
			}
		}
	}
	return false
}
