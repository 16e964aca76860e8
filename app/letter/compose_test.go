package letter_test

import (
	"encoding/json"
	"math/big"
	"reflect"
	"strings"
	"testing"

	"dument/app/date"
	"dument/app/law"
	"dument/app/letter"
	"dument/app/letter/sample"
	"dument/app/money"
)

// What a letter of each regime must say, and what it must never say (guide: mentions by regime).
func TestMentionsByRegime(t *testing.T) {
	never := []string{"prescription", "interrompt", "huissier", "commissaire de justice", "saisie",
		"titre exécutoire",
		"plainte", "code pénal", "L. 126-1", "dernier avis"}
	cases := []struct {
		name      string
		request   letter.Request
		must, not []string
	}{
		{
			"business", sample.Business(),
			[]string{
				"Mise en demeure de payer 5 166,64 €", "Je vous mets en demeure de me payer 5 166,64 €",
				"mardi 8 décembre 2026", "1,64 € par jour", "articles 1344 et 1344-1 du code civil",
				"articles L. 441-10 et D. 441-5 du code de commerce", "3 × 40,00 €", "article 1343-1 du code civil",
				"tribunal de commerce", "articles 1405 et suivants du code de procédure civile",
				"1er janvier 2026 (2,15 %)", "1er juillet 2026 (2,40 %)", "Maëlle Kerjean EI",
				"FR76 3000 6000 0112 3456 7890 189", "MED 2026-017", "n° 1A 203 118 4427 6", "empreinte 7c41 e09b",
			},
			[]string{"médiateur de la consommation", "68-1250", "1231-6", "tribunal judiciaire", "2192"},
		},
		{
			"consumer", sample.Consumer(),
			[]string{
				"Mise en demeure de payer 966,00 €", "Je vous mets en demeure de me payer 966,00 €",
				"première présentation de cette lettre", "articles 1231-6, 1344 et 1344-1 du code civil",
				"2,75 % par an au second semestre 2026, soit 0,07 € par jour", "Aucuns frais",
				"conciliateur de justice", "Médiation de l’artisanat", "L. 612-1 et L. 616-1",
				"l’article 750-1 du code de procédure civile", "tribunal judiciaire", "Acompte versé le 14/04/2026",
			},
			[]string{"40,00", "40 €", "441-10", "441-5", "indemnité", "pénalités", "Pénalités", "injonction",
				"tribunal de commerce", "BCE", "68-1250", "frais de recouvrement"},
		},
		{
			"public", sample.Public(),
			[]string{
				"Mise en demeure de payer 10 182,39 €", "2,73 € d’intérêts moratoires par jour",
				"2,15 % au 1er janvier 2026 et 2,40 % au 1er juillet 2026", "il ne change plus", "article R. 2192-31",
				"articles L. 2192-12, L. 2192-13, R. 2192-31 à R. 2192-33 et D. 2192-35", "article R. 2192-36",
				"réclamation écrite", "article 2 de la loi n° 68-1250 du 31 décembre 1968", "2 × 40,00 €",
				"SIRET 214 999 997 00015, service FINANCES", "EJ-2026-004417", "Madame la Maire,",
				"trente jours (articles L. 2192-10 et R. 2192-10", "jusqu’au jour inclus de la mise en paiement",
			},
			[]string{"441-10", "441-5", "1231-6", "conciliateur", "consommation", "injonction",
				"tribunal de commerce"},
		},
	}
	for _, c := range cases {
		said := words(compose(t, c.request))
		for _, phrase := range c.must {
			if !strings.Contains(said, phrase) {
				t.Errorf("%s: does not say %q", c.name, phrase)
			}
		}
		for _, phrase := range append(c.not, never...) {
			if strings.Contains(said, phrase) {
				t.Errorf("%s: says %q", c.name, phrase)
			}
		}
	}
}

// The figures of the model letters, computed apart from this program.
func TestSumsOfTheModels(t *testing.T) {
	cases := []struct {
		request                            letter.Request
		principal, interest, indemnity, to money.Cents
		daily                              money.Cents
	}{
		{sample.Business(), 4842_07, 204_57, 120_00, 5166_64, 1_64},
		{sample.Consumer(), 966_00, 0, 0, 966_00, 0},
		{sample.Public(), 9720_00, 382_39, 80_00, 10182_39, 2_73},
	}
	for _, c := range cases {
		l := compose(t, c.request)
		if l.Principal != c.principal || l.Interest != c.interest || l.Indemnity != c.indemnity ||
			l.Total != c.to || l.Daily != c.daily {
			t.Errorf("%s: principal %s, interest %s, indemnity %s, total %s, daily %s", l.Number, l.Principal,
				l.Interest, l.Indemnity, l.Total, l.Daily)
		}
	}
}

// A sum of daily figures that were rounded one by one would be 0,09.
func TestDailyIsRoundedOnce(t *testing.T) {
	r := sample.Long(3)
	want := new(big.Rat)
	for i := range r.Items {
		r.Items[i].Claim.Daily = 3
		want.Add(want, big.NewRat(int64(r.Items[i].Claim.Principal)*124_000, 365*1_000_000))
	}
	exact, _ := want.Float64()
	if got := compose(t, r).Daily; float64(got) < exact-0.5 || float64(got) > exact+0.5 {
		t.Errorf("daily %d, exactly %f", got, exact)
	}
}

func TestPaymentCode(t *testing.T) {
	want := "BCD\n002\n1\nSCT\n\nMaelle Kerjean EI\nFR7630006000011234567890189\nEUR5166.64\n\n\nMED 2026-017"
	if got := panelOf(t, compose(t, sample.Business())).Code; got != want {
		t.Errorf("got %q", got)
	}
	if code := panelOf(t, compose(t, sample.Public())).Code; code != "" {
		t.Errorf("a public accountant pays from an order, got a code %q", code)
	}
}

func panelOf(t *testing.T, l letter.Letter) letter.Panel {
	t.Helper()
	for _, section := range l.Sections {
		if section.Panel != nil {
			return *section.Panel
		}
	}
	t.Fatal("no panel")
	return letter.Panel{}
}

func TestTheSameSumEverywhere(t *testing.T) {
	for _, request := range []letter.Request{sample.Business(), sample.Consumer(), sample.Public(),
		sample.Long(40)} {
		l := compose(t, request)
		sum := strings.TrimPrefix(l.Object.Title, "Mise en demeure de payer ")
		totals := l.Statement.Totals
		panel := panelOf(t, l)
		for place, got := range map[string]string{
			"demand": l.Opening[1].String(), "total": totals[len(totals)-1].Figure, "panel": panel.Rows[0].Value,
		} {
			if !strings.Contains(got, sum) {
				t.Errorf("%s: %s shows %q, the object %q", l.Number, place, got, sum)
			}
		}
		if panel.Code != "" && !strings.Contains(panel.Code, "\nEUR"+l.Total.String()+"\n") {
			t.Errorf("%s: code %q, total %s", l.Number, panel.Code, l.Total)
		}
	}
}

func TestCourtByStatus(t *testing.T) {
	for status, court := range map[string]string{
		letter.Merchant:   "président du tribunal de commerce, ou du tribunal des activités économiques, dont",
		letter.Craftsman:  "président du tribunal de commerce, ou du tribunal des activités économiques, dont",
		letter.Profession: "au tribunal judiciaire dont dépend",
	} {
		r := sample.Business()
		r.Creditor.Status = status
		if said := words(compose(t, r)); !strings.Contains(said, court) {
			t.Errorf("%s: does not name %q", status, court)
		}
	}
}

func TestConciliationUpToFiveThousandEuros(t *testing.T) {
	for amount, offered := range map[money.Cents]bool{5000_00: true, 5000_01: false} {
		r := sample.Consumer()
		r.Items[0].Claim = law.Claim{On: r.On, Debtor: law.Consumer, Amount: amount, Principal: amount,
			Total: amount}
		said := words(compose(t, r))
		if strings.Contains(said, "conciliateur") != offered || strings.Contains(said, "750-1") != offered {
			t.Errorf("%s: conciliation offered: %v", amount, !offered)
		}
	}
}

// After a first notice was presented, a consumer owes the legal interest that ran since.
func TestConsumerInterestAfterPresentation(t *testing.T) {
	r := sample.Consumer()
	r.Items[0].Presented = date.Must("2026-09-01")
	claim := &r.Items[0].Claim
	claim.Segments = []law.Segment{{From: date.Must("2026-09-02"), To: r.On, Days: 80, Base: 966_00,
		Rate:     27_500,
		Interest: 5_82}}
	claim.Interest, claim.Accrued, claim.Total = 5_82, 5_82, 971_82
	l := compose(t, r)
	said := words(l)
	for _, phrase := range []string{"971,82 €", "Intérêts au taux légal (2,75 %), du 02/09/2026 au 20/11/2026",
		"précédente mise en demeure, le 1er septembre 2026"} {
		if !strings.Contains(said, phrase) {
			t.Errorf("does not say %q", phrase)
		}
	}
}

func TestWithoutRegisteredMail(t *testing.T) {
	r := sample.Business()
	r.Registered = false
	l := compose(t, r)
	if len(l.Registered) != 0 || l.Tracking != "" {
		t.Errorf("mention %q, number %q on a plain letter", l.Registered, l.Tracking)
	}
}

func TestPaidLateOnlyAccessoriesRemain(t *testing.T) {
	r := sample.Business()
	r.Items = r.Items[2:]
	claim := &r.Items[0].Claim
	claim.Imputed = []law.Imputed{{Date: r.On, Amount: 1150_50, Principal: 1150_50}}
	claim.Principal, claim.Total = 0, claim.Interest+claim.Indemnity
	r.Imputation = law.PrincipalFirst
	said := words(compose(t, r))
	if !strings.Contains(said, "ce qui est né de ce retard reste dû") || strings.Contains(said, "par jour") {
		t.Errorf("a settled principal bears no interest: %s", said)
	}
}

// A letter is stored as it was made: it must survive its JSON form.
func TestLetterSurvivesStorage(t *testing.T) {
	l := compose(t, sample.Business())
	stored, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	var read letter.Letter
	if err := json.Unmarshal(stored, &read); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(l, read) {
		t.Error("a letter read back differs")
	}
}

func TestComposeLeavesTheRequestAlone(t *testing.T) {
	r := sample.Consumer()
	r.Debtor.AddressLines[0] = "  Appartement 12 "
	compose(t, r)
	if r.Debtor.AddressLines[0] != "  Appartement 12 " {
		t.Error("the caller's address was changed")
	}
}
