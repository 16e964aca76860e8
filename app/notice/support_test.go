package notice

import (
	"encoding/json"
	"os"
	"sync"
	"testing"
)

// testTrust is what the fictitious user declared.
var testTrust = Trust{
	OwnAddresses: []string{"claire@atelier-vasseur.example"},
	AuthservID:   "mx.monfai.example",
	Forwarders:   []string{"mx.vieuxfai.example"},
	HolderNames:  []string{"Claire Vasseur", "Atelier Vasseur"},
	OwnIBAN:      "FR7630006000011234567890189",
	Accounts: []Account{
		{Name: "Banque Lilas", Kind: KindBank, Domains: []string{"banque-lilas.example"},
			Hint: "FR76 **** **** 0189"},
		{Name: "Payportail", Kind: KindPSP, Domains: []string{"payportail.example"}},
		{Name: "Voie", Kind: KindPSP, Domains: []string{"voie.example"}},
		{Name: "Encaisse", Kind: KindPSP, Domains: []string{"encaisse.example"}},
		{Name: "Prelevo", Kind: KindPSP, Domains: []string{"prelevo.example"}},
	},
}

var loadRegistry = sync.OnceValues(func() (*Registry, error) {
	data, err := os.ReadFile("../../assets/notice/senders.json")
	if err != nil {
		return nil, err
	}
	var file registryFile
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, err
	}
	// A known bank with a reserved domain, which the user has not declared.
	file.Families = append(file.Families, family{
		Name: "Banque Tilleul", Kind: KindBank, Domains: []string{"banque-tilleul.example"},
		Brands: []string{"banque tilleul"},
	})
	if data, err = json.Marshal(file); err != nil {
		return nil, err
	}
	return ParseRegistry(data)
})

// testRegistry is the shipped registry with one fictitious family more.
func testRegistry(t testing.TB) *Registry {
	t.Helper()
	registry, err := loadRegistry()
	if err != nil {
		t.Fatal(err)
	}
	return registry
}
