package matching

import "testing"

func TestNamesAreOne(t *testing.T) {
	for _, pair := range [][2]string{
		{"Boulangerie Morel SARL", "BOULANGERIE MOREL"},
		{"S.A.R.L. Boulangerie Morel", "boulangerie  morel"},
		{"Garage de l'Étoile EURL", "GARAGE ETOILE"},
		{"Garage de l’Étoile", "GARAGE DE L ETOILE"},
		{"M. OU MME DUPONT JEAN", "Jean Dupont"},
		{"Œuvres Sociales", "OEUVRES SOCIALES"},
		{"SARL", "Sarl"},
	} {
		index := NewIndex(nil, []Payer{{Client: 1, Name: pair[0]}})
		if got := index.payers.recognise(&Said{Payer: pair[1]}); got.client != 1 || got.code != PayerName {
			t.Errorf("%q and %q: %+v", pair[0], pair[1], got)
		}
	}
}

func TestRecognisingThePayer(t *testing.T) {
	payers := examplePayers()
	payers = append(payers, Payer{Client: 7, Name: "Dupont Jean", IBANs: []string{"DE00 1"}},
		Payer{Client: 8, Name: "Jean Dupont", IBANs: []string{"DE00 1"}})
	index := NewIndex(nil, payers)
	for _, c := range []struct {
		name           string
		said           Said
		client, likely ClientID
		ambiguous      bool
	}{
		{"account", Said{PayerIBAN: "fr7630006000011234567890189", Payer: "X"}, morel, 0, false},
		{"alias", Said{Payer: "Jm Morel Holding"}, morel, 0, false},
		{"e-mail", Said{PayerEmail: " Compta@Morel.example "}, morel, 0, false},
		{"misspelt", Said{Payer: "BOULANGERI MORREL"}, 0, morel, false},
		{"cut by the bank", Said{Payer: "GARAGE ETOIL"}, 0, garage, false},
		{"family name of three", Said{Payer: "DIALLO"}, 0, 0, true},
		{"two clients of one name", Said{Payer: "JEAN DUPONT"}, 0, 0, true},
		{"one account of two clients", Said{PayerIBAN: "DE001"}, 0, 0, true},
		{"another family", Said{Payer: "Moussa Keita"}, 0, 0, false},
		{"a provider", Said{Payer: "STRIPE"}, 0, 0, false},
		{"nobody", Said{}, 0, 0, false},
	} {
		got := index.payers.recognise(&c.said)
		if got.client != c.client || got.likely != c.likely || got.ambiguous != c.ambiguous {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestEveryReasonHasWords(t *testing.T) {
	for code, words := range wordings {
		if words[0] == "" || words[1] == "" {
			t.Errorf("%s lacks words", code)
		}
	}
	reason := Reason{Code: Overpaid, Amount: 1234_50, Currency: "EUR"}
	if got := reason.Text("fr"); got != "trop-perçu de 1\u202f234,50\u00a0€" {
		t.Errorf("%q", got)
	}
	if got := reason.Text("en"); got != "€1,234.50 too much" {
		t.Errorf("%q", got)
	}
}
