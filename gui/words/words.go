// Package words gives the window its texts in the user's language.
package words

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strconv"
	"strings"
)

// Words is one language of the window.
type Words struct {
	// Language is fr or en.
	Language string

	texts map[string]string
}

// Load reads the files of a language. A key that two files give is an error.
func Load(files fs.FS, language string) (*Words, error) {
	words := &Words{Language: language, texts: map[string]string{}}
	names, err := fs.Glob(files, path.Join(language, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("load words: %w", err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("load words: no language %q", language)
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("load words: %w", err)
		}
		var part map[string]string
		if err := json.Unmarshal(text, &part); err != nil {
			return nil, fmt.Errorf("load words: %s: %w", name, err)
		}
		for key, value := range part {
			if _, twice := words.texts[key]; twice {
				return nil, fmt.Errorf("load words: %s: %s is given twice", name, key)
			}
			words.texts[key] = value
		}
	}
	return words, nil
}

// Keys lists the keys in order.
func (w *Words) Keys() []string {
	keys := make([]string, 0, len(w.texts))
	for key := range w.texts {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// Known reports whether a key has a text.
func (w *Words) Known(key string) bool {
	_, known := w.texts[key]
	return known
}

// T is the text of a key with its places filled in order. A key without a text shows itself, so that
// a test and a user see it.
func (w *Words) T(key string, params ...string) string {
	text, known := w.texts[key]
	if !known {
		return key
	}
	for _, param := range params {
		text = strings.Replace(text, "%s", param, 1)
	}
	return text
}

// N is the text of a plural key: key.one for one (and, in French, for none), key.other for the rest.
// The first place takes the number.
func (w *Words) N(key string, n int, params ...string) string {
	form := ".other"
	if n == 1 || n == 0 && w.Language == "fr" {
		form = ".one"
	}
	return w.T(key+form, append([]string{strconv.Itoa(n)}, params...)...)
}
