package words_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"dument/assets/translations"
	"dument/gui/words"
)

func load(t *testing.T, language string) *words.Words {
	t.Helper()
	loaded, err := words.Load(translations.Files, language)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func TestBothLanguagesSayTheSameThings(t *testing.T) {
	french, english := load(t, "fr"), load(t, "en")
	for _, key := range french.Keys() {
		if !english.Known(key) {
			t.Errorf("%s has no English", key)
			continue
		}
		if got, want := strings.Count(english.T(key), "%s"), strings.Count(french.T(key), "%s"); got != want {
			t.Errorf("%s: %d places in English, %d in French", key, got, want)
		}
	}
	for _, key := range english.Keys() {
		if !french.Known(key) {
			t.Errorf("%s has no French", key)
		}
	}
}

// TestEveryKeyOfTheSourceHasAText reads the window's source for the keys that it names whole.
func TestEveryKeyOfTheSourceHasAText(t *testing.T) {
	french := load(t, "fr")
	named := regexp.MustCompile(`\b(?:T|N)\("([a-z0-9_.-]+)"`)
	found := 0
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, match := range named.FindAllStringSubmatch(string(source), -1) {
			key := match[1]
			found++
			plural := french.Known(key+".one") && french.Known(key+".other")
			if !french.Known(key) && !plural && !strings.HasSuffix(key, ".") {
				t.Errorf("%s: no text for %q", path, key)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 100 {
		t.Errorf("only %d keys were found: the search is broken", found)
	}
}

// TestFrenchTypography holds the spaces before and inside French punctuation.
func TestFrenchTypography(t *testing.T) {
	french := load(t, "fr")
	wrong := []struct{ what, pattern string }{
		{"a straight apostrophe", `[A-Za-zà-ÿ]'[A-Za-zà-ÿ]`},
		{"an ordinary space before : ; ! ? or »", ` [:;!?»]`},
		{"an ordinary space after «", `« `},
		{"three dots", `\.\.\.`},
	}
	for _, key := range french.Keys() {
		for _, rule := range wrong {
			if regexp.MustCompile(rule.pattern).MatchString(french.T(key)) {
				t.Errorf("%s: %s in %q", key, rule.what, french.T(key))
			}
		}
	}
}

func TestPlurals(t *testing.T) {
	files := fstest.MapFS{
		"fr/a.json": {Data: []byte(`{"n.one": "%s facture", "n.other": "%s factures"}`)},
		"en/a.json": {Data: []byte(`{"n.one": "%s invoice", "n.other": "%s invoices"}`)},
	}
	for language, want := range map[string][3]string{
		"fr": {"0 facture", "1 facture", "2 factures"},
		"en": {"0 invoices", "1 invoice", "2 invoices"},
	} {
		loaded, err := words.Load(files, language)
		if err != nil {
			t.Fatal(err)
		}
		for n, text := range want {
			if got := loaded.N("n", n); got != text {
				t.Errorf("%s: %q, want %q", language, got, text)
			}
		}
	}
}

func TestLoadRefusesMistakes(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"no such language": {"en/a.json": {Data: []byte(`{}`)}},
		"not JSON":         {"fr/a.json": {Data: []byte(`{`)}},
		"a key twice":      {"fr/a.json": {Data: []byte(`{"k": "1"}`)}, "fr/b.json": {Data: []byte(`{"k": "2"}`)}},
	} {
		if _, err := words.Load(files, "fr"); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestAKeyWithoutATextShowsItself(t *testing.T) {
	loaded := load(t, "fr")
	if got := loaded.T("no.such.key", "x"); got != "no.such.key" || loaded.Known("no.such.key") {
		t.Errorf("%q", got)
	}
}
