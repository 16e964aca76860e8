package exchange

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dument/app"
	"dument/app/ledger"
)

const wholeSettings = `
[creditor]
name = "Claire Vasseur"
trade_name = "Atelier Vasseur"
status = "artisan"
siret = "73282932000074"
address = ["12 rue des Lilas", "31000 Toulouse"]
city = "Toulouse"
email = "claire@atelier-vasseur.example"
phone = "05 00 00 00 00"
vat = "franchise"
iban = "FR7630006000011234567890189"
bic = ""
mediator = ""

[terms]
payment_days = 45
penalty_rate = "12.00"
imputation = "interest-first"

[mailbox]
host = "imap.monfai.example"
port = 993
security = "tls"
user = "claire@atelier-vasseur.example"
own_addresses = ["claire@atelier-vasseur.example"]

[[accounts]]
name = "Qonto"
kind = "bank"
domains = ["qonto.example"]
hint = "FR76 **** **** 0189"
`

func TestReadSettings(t *testing.T) {
	settings, err := SettingsTOML{}.Read([]byte(wholeSettings))
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range []struct{ what, got, want string }{
		{"name", settings.Creditor.Name, "Claire Vasseur"},
		{"address", strings.Join(settings.Creditor.Address, "|"), "12 rue des Lilas|31000 Toulouse"},
		{"imputation", settings.Terms.Imputation, "interest-first"},
		{"a default", settings.Numbering.Invoice, "F{year}-{number:04}"},
		{"account", settings.Accounts[0].Domains[0], "qonto.example"},
	} {
		if check.got != check.want {
			t.Errorf("%s is %q, want %q", check.what, check.got, check.want)
		}
	}
	if err := settings.Validate(); err != nil {
		t.Error(err)
	}
}

func TestMergeKeepsWhatTheFileDoesNotGive(t *testing.T) {
	before, err := SettingsTOML{}.Read([]byte(wholeSettings))
	if err != nil {
		t.Fatal(err)
	}
	after, err := SettingsTOML{}.Merge(before, []byte("[terms]\npayment_days = 60\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := before.Terms
	want.PaymentDays = 60
	if after.Terms != want {
		t.Errorf("what the file does not give stays: %+v, want %+v", after.Terms, want)
	}
	after.Terms = before.Terms
	if !reflect.DeepEqual(after, before) {
		t.Errorf("the other sections changed:\n%+v\n%+v", after, before)
	}
	emptied, err := SettingsTOML{}.Merge(before, []byte("accounts = []\n"))
	if err != nil || len(emptied.Accounts) != 0 {
		t.Errorf("accounts = [] must remove them: %v, %v", emptied.Accounts, err)
	}
}

func TestSettingsRefused(t *testing.T) {
	for _, test := range []struct{ name, text, code, value string }{
		{"syntax", "[terms\n", "syntax", ""},
		{"wrong type", "[terms]\npayment_days = \"x\"\n", "syntax", ""},
		{"unknown section", "[termes]\nx = 1\n", "unknown_key", "termes"},
		{"unknown key", "[terms]\npayment_day = 30\n", "unknown_key", "terms.payment_day"},
		{"secret", "[mailbox]\npassword = \"canary-7412\"\n", "secret", "mailbox.password"},
		{"secret not closed", "[mailbox]\npassword = \"canary-7412\n", "secret", ""},
		{"zero byte", "a\x00b", "not_text", ""},
		{"too large", strings.Repeat("# \n", MaxSettingsBytes/3+2), "too_large", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := SettingsTOML{}.Read([]byte(test.text))
			var problem *SettingsError
			if !errors.As(err, &problem) || !app.HasCode(err, app.CodeFormat) {
				t.Fatalf("error %v", err)
			}
			if problem.Code != test.code || test.value != "" && problem.Value != test.value {
				t.Errorf("%+v, want %s %s", problem, test.code, test.value)
			}
			for _, language := range []string{"fr", "en"} {
				text := problem.Text(language)
				if strings.Count(text, ": ")+strings.Count(text, "\u00a0: ") < 2 || strings.Contains(text, "\n") {
					t.Errorf("%s: %q is not what: why: what to do", language, text)
				}
				if strings.Contains(text+err.Error(), "canary") {
					t.Errorf("%s: the secret is repeated: %q", language, text)
				}
			}
		})
	}
}

// TestSettingsRoundTrip writes random settings and reads them back.
func TestSettingsRoundTrip(t *testing.T) {
	words := rapid.StringMatching(`[ -~éèà€"'\\]{0,24}`)
	rapid.Check(t, func(t *rapid.T) {
		list := func(name string) []string { return rapid.SliceOfN(words, 1, 3).Draw(t, name) }
		settings := ledger.Settings{
			Creditor: ledger.Creditor{Name: words.Draw(t, "name"), Address: list("address"),
				IBAN: words.Draw(t, "iban"), Mediator: words.Draw(t, "mediator")},
			Terms:   ledger.Terms{PaymentDays: rapid.IntRange(1, 365).Draw(t, "days")},
			Mailbox: ledger.Mailbox{Host: words.Draw(t, "host"), OwnAddresses: list("own"), Forwarders: list("via")},
			Accounts: []ledger.MoneyAccount{{Name: words.Draw(t, "account"), Kind: "psp", Domains: list("domains"),
				Hint: words.Draw(t, "hint")}},
		}.WithDefaults()
		written, err := SettingsTOML{}.Write(settings)
		if err != nil {
			t.Fatal(err)
		}
		read, err := SettingsTOML{}.Read(written)
		if err != nil {
			t.Fatalf("%v in\n%s", err, written)
		}
		if !reflect.DeepEqual(read, settings) {
			t.Fatalf("%+v\nbecame\n%+v", settings, read)
		}
	})
}

func FuzzReadSettings(f *testing.F) {
	for _, seed := range []string{wholeSettings, "", "accounts = []", "[terms]\npayment_days = 1e9", "a=[[[[[["} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		settings, err := SettingsTOML{}.Read(data)
		if err != nil {
			if !app.HasCode(err, app.CodeFormat) {
				t.Fatalf("unclassified: %v", err)
			}
			return
		}
		written, err := SettingsTOML{}.Write(settings)
		if err != nil {
			t.Fatal(err)
		}
		again, err := SettingsTOML{}.Read(written)
		if err != nil || !reflect.DeepEqual(again.Creditor.Name, settings.Creditor.Name) {
			t.Fatalf("%v: %+v became %+v", err, settings, again)
		}
	})
}
