package mailbox

import (
	"strings"
	"testing"
)

func TestAuthServer(t *testing.T) {
	for name, test := range map[string]struct{ raw, want string }{
		"plain": {"Authentication-Results: mx.monfai.example; dkim=pass\r\n\r\n", "mx.monfai.example"},
		"folded": {"Authentication-Results:\r\n\tMX.Monfai.example;\r\n dkim=pass\r\n\r\n",
			"mx.monfai.example"},
		"version": {"Authentication-Results: mx.monfai.example 1; none\r\n\r\n", "mx.monfai.example"},
		"comment": {"Authentication-Results: (a; b) mx.monfai.example (c); none\r\n\r\n",
			"mx.monfai.example"},
		"nested comment": {"Authentication-Results: (a (b;) c) mx.monfai.example; x\r\n\r\n",
			"mx.monfai.example"},
		"quoted": {"Authentication-Results: \"mx.monfai.example\"; x\r\n\r\n", "mx.monfai.example"},
		"case":   {"AUTHENTICATION-RESULTS: mx.monfai.example; x\r\n\r\n", "mx.monfai.example"},
		"topmost": {"Received: x\r\nAuthentication-Results: mx.a.example; x\r\n" +
			"Authentication-Results: mx.b.example; x\r\n\r\n", "mx.a.example"},
		"alone": {"Authentication-Results: mx.monfai.example\r\n\r\n", "mx.monfai.example"},
		"name left out": {"Authentication-Results: spf=pass (sender) smtp.mailfrom=a.example;" +
			" dkim=pass\r\n\r\n", ""},
		"none":        {"From: a@b.example\r\n\r\nAuthentication-Results: mx.forged.example; x\r\n", ""},
		"in the body": {"\r\nAuthentication-Results: mx.forged.example; x\r\n", ""},
		"empty":       {"Authentication-Results:\r\n\r\n", ""},
		"no message":  {"", ""},
		"other field": {"X-Authentication-Results: mx.forged.example; x\r\n\r\n", ""},
		"an address":  {"Authentication-Results: <a@b.example>; x\r\n\r\n", ""},
		"header too long": {"X: " + strings.Repeat("a",
			maxHeader) + "\r\nAuthentication-Results: mx.a.example; x\r\n\r\n", ""},
		"open comment":     {"Authentication-Results: mx.a.example (never closed; x\r\n\r\n", "mx.a.example"},
		"escaped in quote": {"Authentication-Results: \"mx.\\\"a\"; x\r\n\r\n", "mx.\"a"},
	} {
		if got := authServer([]byte(test.raw)); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// FuzzAuthServer: any bytes give a short name without spaces and control characters, or none.
func FuzzAuthServer(f *testing.F) {
	f.Add([]byte("Authentication-Results: mx.monfai.example; dkim=pass\r\n\r\n"))
	f.Add([]byte("Authentication-Results: (((\\\"\r\n\t;\r\n\r\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		id := authServer(raw)
		if len(id) > 255 || strings.ContainsAny(id, " \r\n\t<>@") {
			t.Errorf("%q", id)
		}
	})
}

func TestCountAuthServers(t *testing.T) {
	message := func(id string) Message {
		return Message{Raw: []byte("Authentication-Results: " + id + "; x\r\n\r\n")}
	}
	got := countAuthServers([]Message{message("b.example"), message("a.example"), message("b.example"),
		message("c.example"), {Raw: []byte("From: x\r\n\r\n")}, {}})
	if len(got) != 3 || got[0] != (AuthServer{"b.example", 2}) || got[1].ID != "a.example" ||
		got[2].ID != "c.example" {
		t.Errorf("%+v", got)
	}
}

func TestQuoted(t *testing.T) {
	for text, want := range map[string]string{
		"simple":                     "simple",
		"two\r\nlines":               "two??lines",
		"\x1b[31mred\x07":            "?[31mred?",
		"right\u202eleft":            "right?left",
		"bad \xff byte":              "bad ? byte",
		"the s3cret, again s3cret":   "the ***, again ***",
		strings.Repeat("é", 300):     strings.Repeat("é", 200) + "…",
		"  spaces around are gone  ": "spaces around are gone",
	} {
		if got := quoted(text, []string{"s3cret"}); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
