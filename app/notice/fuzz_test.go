package notice

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzRead: any bytes give a bounded, clean notice, and never one that is notified without the
// provider's stamp for a declared domain.
func FuzzRead(f *testing.F) {
	for _, want := range corpus {
		f.Add(corpusFile(f, want.file))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		started := time.Now()
		got := testRegistry(t).Read(raw, testTrust)
		if took := time.Since(started); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
		if got.Class == "" || got.Evidence == "" || got.Evidence == Confirmed {
			t.Errorf("class %q, evidence %q", got.Class, got.Evidence)
		}
		if got.Evidence == Notified {
			lower := strings.ToLower(string(raw))
			if !strings.Contains(lower, "authentication-results") || !strings.Contains(lower, "pass") {
				t.Errorf("notified without a stamp: %q", raw)
			}
			if got.AccountName == "" {
				t.Error("notified without an account")
			}
		}
		if got.Class == Spoof && len(got.Payments) > 0 {
			t.Error("a spoof with payments")
		}
		if !utf8.ValidString(got.Text) || len(got.Text) > maxDisplayBytes || len(got.References) > maxReferences {
			t.Error("text or references out of bounds")
		}
	})
}

// FuzzAuthenticationResults: whatever a sender puts in the envelope address that his victim's provider
// echoes between quotes or in a comment, the provider's verdict stays a failure.
func FuzzAuthenticationResults(f *testing.F) {
	for _, seed := range []string{
		`a;dmarc=pass header.from=banque-lilas.example;x=y`,
		`a";dmarc=pass header.from=banque-lilas.example;x="`,
		`a\";dmarc=pass header.from=banque-lilas.example`, `a(;dmarc=pass header.from=banque-lilas.example`,
		`) ; dkim=pass header.d=banque-lilas.example (`, `\) ; dkim=pass header.d=banque-lilas.example (`,
		`;;;`, `"`, `\`, "\r\n x",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, echoed string) {
		echoed = strings.NewReplacer("\r", "", "\n", "").Replace(echoed)
		quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(echoed)
		comment := strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`).Replace(echoed)
		for _, stamp := range []string{
			`spf=pass smtp.mailfrom="` + quoted +
				`"@pirate.example; dkim=none; dmarc=fail header.from=banque-lilas.example`,
			`spf=pass (domain of ` + comment +
				`) smtp.mailfrom=pirate.example; dmarc=fail header.from=banque-lilas.example`,
			`spf=pass smtp.mailfrom=` + echoed +
				`@pirate.example; dmarc=fail header.from=banque-lilas.example`,
		} {
			head := header{fields: []field{{"authentication-results", "mx.monfai.example; " + stamp}}}
			verdict := authenticate(head, testTrust, "banque-lilas.example", "banque-lilas.example", nil)
			if verdict.state == authPassed {
				t.Errorf("passed: %s", stamp)
			}
		}
		if _, _, err := parseAuthResults(echoed); err != nil {
			return
		}
	})
}

// FuzzHTML: rendering ends, is valid text, and shows nothing of a part that is not displayed.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"<p>a</p>", "<table><tr><td>a<td>b", "<div style='color:#fff'>x",
		"<style>.a{display:none}</style><p class=a>x",
		strings.Repeat("<div>", 600), strings.Repeat("<b><a>", 300), "<tr><td colspan=999999>",
		"<blockquote><br>x",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, inner string) {
		if len(inner) > 8<<10 {
			return
		}
		text, _ := visibleText(inner)
		if len(text) > 30*len(inner)+1000 {
			t.Errorf("%d bytes became %d", len(inner), len(text))
		}
		if !strings.ContainsAny(inner, "<>&") {
			if hidden, _ := visibleText("<p style='display:none'>" + inner + "</p>"); hidden != "" {
				t.Errorf("shown: %q", hidden)
			}
		}
	})
}

func BenchmarkReadPlain(b *testing.B) { benchmarkRead(b, "bank-plain-fr") }

func BenchmarkReadHTML(b *testing.B) { benchmarkRead(b, "bank-html-table") }

func benchmarkRead(b *testing.B, file string) {
	raw, registry := corpusFile(b, file), testRegistry(b)
	b.ReportAllocs()
	for b.Loop() {
		if got := registry.Read(raw, testTrust); got.Evidence != Notified {
			b.Fatal(got.Reasons)
		}
	}
}
