package notice

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestVisibleText(t *testing.T) {
	for _, c := range []struct{ name, markup, want string }{
		{"row", "<table><tr><td>Montant</td><td>12,00&nbsp;€</td></tr></table>", "Montant\t12,00\u00a0€"},
		{"empty cell keeps its column", "<tr><td>a</td></tr><table><tr><td></td><td>b</td></tr></table>",
			"a\n\tb"},
		{"colspan", "<table><tr><td colspan=2>Total</td><td>9</td></tr></table>", "Total\t\t9"},
		{"line break", "a<br>b", "a\nb"},
		{"quotation", "a<blockquote>b<br>c</blockquote>", "a\n> b\n> c"},
		{"style, script, title", "<title>t</title><style>s</style><script>s</script>x", "x"},
		{"hidden attribute", "<p hidden>a</p>b", "b"},
		{"display none", "<p style='DISPLAY : none !important'>a</p>b", "b"},
		{"visibility, shown again",
			"<div style='visibility:hidden'>a<b style='visibility:visible'>c</b></div>", "c"},
		{"font size zero, restored",
			"<div style='font-size:0'>a<span style='font-size:14px'>b</span></div>", "b"},
		{"white on white", "<p style='color:#FFFFFF'>a</p>b", "b"},
		{"white on blue", "<p style='color:#fff;background-color:#0000ff'>a</p>", "a"},
		{"white on a blue row", "<table><tr bgcolor='#000080'><td style='color:white'>a</td></tr></table>",
			"a"},
		{"off screen", "<div style='position:absolute;left:-9999px'>a</div>b", "b"},
		{"collapsed box", "<div style='max-height:0;overflow:hidden'>a</div>b", "b"},
		{"class of a style sheet",
			"<style>.x, p.y{display:none}</style><i class='a x'>a</i><p class=y>b</p>c", "c"},
		{"media rule is the screen's affair",
			"<style>@media print{.x{display:none}}</style><i class=x>a</i>", "a"},
		{"split by a comment", "1<!-- x -->2<span style='display:none'>3</span>4", "124"},
		{"image text is no text", "<img alt='9 000 €' src='http://pirate.example/x.png'>a", "a"},
	} {
		if got, limited := visibleText(c.markup); got != c.want || limited {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFindAmounts(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"1 234,56 €", "1234.56 EUR"}, {"1\u202f234,56\u00a0€", "1234.56 EUR"}, {"1\u2009234,56 EUR",
			"1234.56 EUR"},
		{"1.234,56 EUR", "1234.56 EUR"}, {"€1,234.56", "1234.56 EUR"}, {"EUR 1,234.56", "1234.56 EUR"},
		{"CHF 1'234.56", "1234.56 CHF"}, {"120,00 € EUR", "120.00 EUR"}, {"$1,250.00 USD", "1250.00 USD"},
		{"$1,250.00 CAD", "1250.00 CAD"}, {"+ 1 234,56 €", "1234.56 EUR"}, {"Total : -12,00 €", "-12.00 EUR"},
		{"1200 euros", "1200.00 EUR"}, {"le 3 mars 2026 1 234,56 €", "1234.56 EUR"}, {"GBP300.00",
			"300.00 GBP"},
		{"F2026-0041", ""}, {"12/03/2026", ""}, {"12,5 %", ""}, {"05 00 00 00 00", ""}, {"10:30", ""},
		{"1O0,00 €", ""},
		{"FR76 3000 6000", ""}, {"www.x.example/12,00", ""}, {"20 %", ""}, {"2026", ""},
	} {
		var printed []string
		for _, a := range testRegistry(t).findAmounts(c.text) {
			printed = append(printed, a.cents.String()+" "+string(a.currency))
		}
		if got := strings.Join(printed, ";"); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

// TestAmountIsNeverMisreadAcrossForms writes a sum in the forms of print and reads it back.
func TestAmountIsNeverMisreadAcrossForms(t *testing.T) {
	registry := testRegistry(t)
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(1, 99_999_999).Draw(t, "cents")
		digits := []byte(rapid.SampledFrom([]string{" ,", "\u00a0,", "\u202f,", ".,", ",."}).Draw(t, "marks"))
		group, decimal := string(digits[:len(digits)-1]), string(digits[len(digits)-1])
		units, tail := cents/100, cents%100
		text := grouped(units, group) + decimal + string([]byte{'0' + byte(tail/10), '0' + byte(tail%10)}) +
			" €"
		found := registry.findAmounts("Montant : " + text + " reçus")
		if len(found) != 1 || int64(found[0].cents) != cents || found[0].ambiguous {
			t.Fatalf("%q: %+v", text, found)
		}
	})
}

func grouped(units int64, mark string) string {
	if units < 1000 {
		return itoa(units)
	}
	tail := itoa(units%1000 + 1000)[1:]
	return grouped(units/1000, mark) + mark + tail
}

func itoa(n int64) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

func TestParseAuthResults(t *testing.T) {
	id, results, err := parseAuthResults(`MX.monfai.example 1 (c; dmarc=pass); dkim=pass (2048 bits; "x")` +
		` header.i=@qonto.example header.b="a;b=" ; spf = fail reason="x;y=z"` +
		` smtp.mailfrom="q;dmarc=pass"@p.example; none`)
	if err != nil || id != "mx.monfai.example" || len(results) != 2 {
		t.Fatalf("%q %v %v", id, results, err)
	}
	if results[0].properties["header.i"] != "@qonto.example" || results[0].properties["header.b"] != "a;b=" ||
		results[1].value != "fail" || results[1].properties["smtp.mailfrom"] != "q;dmarc=pass@p.example" {
		t.Errorf("%v", results)
	}
	for _, bad := range []string{
		"", ";", "id; dkim", "id; dkim=", "id 2; dkim=pass", `id; spf=pass x="`, "id; spf=pass (",
		"id; spf=pass )", "spf=pass; dkim=pass",
	} {
		if _, _, err := parseAuthResults(bad); !errors.Is(err, errAuthResults) {
			t.Errorf("%q accepted", bad)
		}
	}
}

// TestStampPosition follows the layouts of providers.
func TestStampPosition(t *testing.T) {
	const pass = "; dmarc=pass header.from=banque-lilas.example"
	inside := field{"received", "from mx.monfai.example by store.monfai.example with LMTP id 1; x"}
	private := field{"received",
		"from mx.monfai.example (mx.monfai.example [10.0.0.4]) by store.monfai.example with ESMTP; x"}
	outside := field{"received",
		"from out.x.example (out.x.example [192.0.2.1]) by mx.monfai.example with ESMTPS; x"}
	claimed := field{"received",
		"from mx.monfai.example (pirate.example [192.0.2.9]) by mx.monfai.example with ESMTP; x"}
	stamp := field{"authentication-results", "mx.monfai.example" + pass}
	other := field{"authentication-results", "mx.autre.example" + pass}
	unclear := field{"authentication-results", "mx.monfai.example; dkim=none; dmarc=none"}
	google := field{"authentication-results", "mx.google.com" + pass}
	googleIn := field{"received", "by 2002:a05:1 with SMTP id 7; x"}
	googleEdge := field{"received",
		"from out.x.example (out.x.example [192.0.2.1]) by mx.google.com with ESMTPS; x"}
	for _, c := range []struct {
		name   string
		fields []field
		id     string
		want   authState
	}{
		{"on top", []field{stamp, outside}, "mx.monfai.example", authPassed},
		{"under local delivery", []field{inside, stamp, outside}, "mx.monfai.example", authPassed},
		{"under a private hop", []field{private, stamp, outside}, "mx.monfai.example", authPassed},
		{"under the provider's edge", []field{outside, stamp}, "mx.monfai.example", authForged},
		{"under a hop that only claims the name", []field{claimed, stamp}, "mx.monfai.example", authForged},
		{"real on top, forged below", []field{stamp, outside, stamp}, "mx.monfai.example", authForged},
		{"two that disagree", []field{stamp, unclear, outside}, "mx.monfai.example", authForged},
		{"another provider's", []field{other, outside}, "mx.monfai.example", authUnknown},
		{"nothing pinned", []field{stamp, outside}, "", authUnpinned},
		{"provider that stamps below its edge", []field{googleIn, googleEdge, google, outside},
			"mx.google.com", authPassed},
		{"the same, written by the sender", []field{googleIn, googleEdge, outside, google}, "mx.google.com",
			authForged},
		{"the same, twice", []field{googleIn, googleEdge, google, google}, "mx.google.com", authForged},
	} {
		trust := Trust{AuthservID: c.id}
		got := authenticate(header{fields: c.fields}, trust, "banque-lilas.example", "banque-lilas.example",
			[]string{"mx.google.com"})
		if got.state != c.want {
			t.Errorf("%s: %d (%s), want %d", c.name, got.state, got.reason.Code, c.want)
		}
	}
}

func TestReadSender(t *testing.T) {
	for _, c := range []struct{ from, domain, problem string }{
		{`Banque <avis@banque-lilas.example>`, "banque-lilas.example", ""},
		{`avis@Banque-Lilas.example`, "banque-lilas.example", ""},
		{`"x@banque-lilas.example" <y@pirate.example>`, "pirate.example", ""},
		{`"a@banque-lilas.example"@pirate.example`, "pirate.example", ""},
		{`(c) avis (d) @banque-lilas.example`, "", "from_malformed"},
		{`<@banque-lilas.example:y@pirate.example>`, "", "from_malformed"},
		{`<a@banque-lilas.example> <y@pirate.example>`, "", "from_malformed"},
		{`a@banque-lilas.example, y@pirate.example`, "banque-lilas.example", "from_several"},
		{`banque-lilas.example`, "", "from_malformed"},
		{`=?utf-8?q?a=40banque-lilas.example?=`, "", "from_malformed"},
		{`a@banque-lilas.example.`, "banque-lilas.example.", "from_malformed"},
	} {
		got := readSender(header{fields: []field{{"from", c.from}}})
		if got.domain != c.domain && c.domain != "" || got.problem != c.problem {
			t.Errorf("%s: %q %q", c.from, got.domain, got.problem)
		}
	}
}

func TestLookAlike(t *testing.T) {
	protected := []string{"banque-lilas.example", "payportail.example"}
	for domain, want := range map[string]likeness{
		"banque-li1as.example": disguised, "banque-lilas.example.pirate.test": disguised,
		"payportail-aide.test": dressed, "secure-payportail.example": dressed, "payportai.example": dressed,
		"paypоrtail.example": disguised, "morel.example": unlike, "lilas.example": unlike,
		"payportail.test": unlike,
	} {
		if _, got := lookAlike(domain, protected); got != want {
			t.Errorf("%s: %d, want %d", domain, got, want)
		}
	}
}

// TestPunycode uses the sample strings of RFC 3492, 7.1 (I, "Czech") and of registries.
func TestPunycode(t *testing.T) {
	for code, want := range map[string]string{
		"bcher-kva": "bücher", "Proprostnemluvesky-uyb24dma41a": "Pročprostěnemluvíčesky",
	} {
		if got, ok := decodePunycode(code); !ok || got != want {
			t.Errorf("%s: %q", code, got)
		}
	}
	if _, ok := decodePunycode("99999999999999"); ok {
		t.Error("overflow accepted")
	}
}

func TestFindReferences(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"facture F2026-0041 du 12/03/2026", []string{"F2026-0041"}},
		{"F 2026 0041 et 2026-42", []string{"F 2026 0041", "2026-42"}},
		{"fact 41", []string{"fact 41"}}, {"facture n° 41", []string{"facture n° 41"}},
		{"Réf. RF18 5390 0754 7034 merci", []string{"RF18 5390 0754 7034"}},
		{"IBAN FR76 3000 6000 0112 3456 7890 189", nil}, {"FR7630006000011234567890189", nil},
		{"1 234,56 € le 3 mars 2026 à 10:30", nil}, {"claire2@x.example", nil}, {"tél. 05 00 00 00 00", nil},
		{"F2026-0031 F2026-\n0032", []string{"F2026-0031", "F2026-0032"}}, {"pi_3OabcDEF1234567890", nil},
		{"INV-00123, INV-00124", []string{"INV-00123", "INV-00124"}},
	} {
		if got := testRegistry(t).findReferences(c.text, nil); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestSentDate(t *testing.T) {
	for value, want := range map[string]string{
		"Tue, 3 Mar 2026 10:02:10 +0100": "2026-03-03", "3 Mar 2026 23:59 -0800 (PST)": "2026-03-03",
		"Tue,  03 Mar 26 10:02:10 GMT": "2026-03-03", "(c) Wed, 31 Dec 2025 00:00:00 Z": "2025-12-31",
		"": "", "hier": "", "Tue, 31 Feb 2026 10:00:00 +0100": "",
	} {
		if got := sentDate(value); got.String() != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}

func TestDecodeWords(t *testing.T) {
	for _, c := range []struct {
		raw, want string
		doubt     bool
	}{
		{"=?utf-8?Q?Virement_re=C3=A7u?=", "Virement reçu", false},
		{"=?iso-8859-1?Q?100_=80?=", "100 €", false},
		{"=?utf-8?B?w6k=?= =?utf-8?B?w6k=?= x", "éé x", false},
		{"=?x-klingon?Q?=E9?=", "\ufffd", true},
		{"=?utf-8?Q?a=0D=0ABcc:_x?=", "a\r\nBcc: x", false},
		{"=?utf-8?Q?ouvert", "=?utf-8?Q?ouvert", false},
	} {
		if got, doubt := decodeWords(c.raw); got != c.want || doubt != c.doubt {
			t.Errorf("%q: %q %v", c.raw, got, doubt)
		}
	}
}

func TestParseRegistryRefuses(t *testing.T) {
	for _, bad := range []string{
		``, `{}`, `{"format":2}`, `{"format":1,"unknown":1}`,
		`{"format":1,"phrases":{"credti":{"fr":["x"]}}}`,
		`{"format":1,"phrases":{"credit":{"fr":["x…"]}}}`, `{"format":1,"labels":{"montant":{"fr":["x"]}}}`,
		`{"format":1,"labels":{"amount":{"fr":["::"]}}}`,
	} {
		if _, err := ParseRegistry([]byte(bad)); !errors.Is(err, ErrRegistry) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
