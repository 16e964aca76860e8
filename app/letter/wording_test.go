package letter_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"dument/app/letter"
	"dument/app/letter/sample"
)

func TestWordingErrors(t *testing.T) {
	whole := string(wordingData(t))
	cases := []struct{ name, from, to, want string }{
		{"not JSON", `"texts": {`, `"texts": [`, ""},
		{"other language", `"language": "fr"`, `"language": "tlh"`, "tlh"},
		{"unknown text", `"object.head"`, `"object.foot"`, "object.foot"},
		{"unknown variable", `de payer {total}`, `de payer {sum}`, `"sum"`},
		{"variable of another text", `de payer {total}`, `de payer {daily}`, `"daily"`},
		{"open brace", `de payer {total}`, `de payer {total`, "without }"},
		{"close brace", `de payer {total}`, `de payer total}`, "without {"},
		{"open bold", `{deadline}.** Cette somme`, `{deadline}. Cette somme`, "bold"},
		{"empty text", `"object.head": "Objet"`, `"object.head": " "`, "empty"},
		{"unprintable", `"object.head": "Objet"`, `"object.head": "Objet\u202e"`, "U+202E"},
		{"unknown member", `"language": "fr"`, `"language": "fr", "author": "x"`, "author"},
	}
	for _, c := range cases {
		if !strings.Contains(whole, c.from) {
			t.Fatalf("%s: the wording has no %q any more", c.name, c.from)
		}
		_, err := letter.ParseWording([]byte(strings.Replace(whole, c.from, c.to, 1)))
		if !errors.Is(err, letter.ErrWording) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
}

// Every text of the shipped wording is needed: without it, and without a common one in its place, the
// wording is refused and the text named.
func TestEveryTextIsNeeded(t *testing.T) {
	var file struct {
		Language string            `json:"language"`
		Texts    map[string]string `json:"texts"`
	}
	if err := json.Unmarshal(wordingData(t), &file); err != nil {
		t.Fatal(err)
	}
	for name, text := range file.Texts {
		delete(file.Texts, name)
		data, err := json.Marshal(file)
		if err != nil {
			t.Fatal(err)
		}
		_, err = letter.ParseWording(data)
		regime := strings.HasSuffix(name, ".public") || strings.HasSuffix(name, ".consumer")
		if err == nil && !regime {
			t.Errorf("%s is not needed", name)
		}
		if err != nil && !regime && !strings.Contains(err.Error(), name) {
			t.Errorf("without %s: %v", name, err)
		}
		file.Texts[name] = text
	}
}

func FuzzParseWording(f *testing.F) {
	f.Add(wordingData(f))
	f.Add([]byte(`{"language":"fr","texts":{"object":"{total} **a** {"}}`))
	f.Add([]byte(`{"language":"fr","texts":{"object":"{{total}}"}}`))
	f.Add([]byte(`{"language":"fr","texts":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		parsed, err := letter.ParseWording(data)
		if err != nil {
			if !errors.Is(err, letter.ErrWording) {
				t.Errorf("untyped error %v", err)
			}
			return
		}
		composeOrRefuse(t, parsed)
	})
}

// FuzzText puts one text in the place of the demand: the parser never panics, and what it takes can be
// composed.
func FuzzText(f *testing.F) {
	for _, text := range []string{"**{total}** {deadline?}", "{", "}", "**", "{total ?}",
		"a : b ! c ; « d »", "1er 1er",
		"{daily}{on}", "***", "n° 1", "\u202e", "{deadline"} {
		f.Add(text)
	}
	var file struct {
		Language string            `json:"language"`
		Texts    map[string]string `json:"texts"`
	}
	if err := json.Unmarshal(wordingData(f), &file); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file.Texts["demand"] = text
		data, err := json.Marshal(file)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := letter.ParseWording(data)
		if err != nil {
			if !errors.Is(err, letter.ErrWording) {
				t.Errorf("untyped error %v", err)
			}
			return
		}
		composeOrRefuse(t, parsed)
	})
}

func composeOrRefuse(t *testing.T, parsed *letter.Wording) {
	t.Helper()
	l, err := letter.Compose(parsed, sample.Business())
	if err != nil {
		if _, ok := letter.AsRefusal(err); !ok {
			t.Errorf("untyped error %v", err)
		}
		return
	}
	for _, r := range l.Opening[1].String() {
		if !letter.Printable(r) {
			t.Errorf("%U reaches the page", r)
		}
	}
}
