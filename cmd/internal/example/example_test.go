package example

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"dument/app"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
	"dument/cmd/internal/wire"

	assets "dument/assets/example"
)

// original is one example for all tests, in its folder.
var original = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp(common, "original-*")
	if err != nil {
		return "", err
	}
	_, err = Make(context.Background(), dir, "fr", nil)
	return dir, err
})

// common is the folder of what the tests share.
var common string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if common, err = os.MkdirTemp("", "dument-example-*"); err != nil {
			panic(err)
		}
		defer os.RemoveAll(common)
		if err := os.Setenv("XDG_STATE_HOME", filepath.Join(common, "state")); err != nil {
			panic(err)
		}
		return m.Run()
	}())
}

// open gives a test an example of its own, with its ledger open.
func open(t *testing.T) (Made, *wire.House) {
	t.Helper()
	from, err := original()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	made, err := EnsureLedger(t.Context(), dir, "fr", func(step string) { t.Errorf("made again: %s", step) })
	if err != nil {
		t.Fatal(err)
	}
	house, err := wire.Open(t.Context(), options(made.Ledger))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := house.Close(); err != nil {
			t.Error(err)
		}
	})
	return made, house
}

// Monday 2 November: the spreadsheet comes in, the paper is entered, the clients are completed.
func TestTheLedgerIsOpened(t *testing.T) {
	made, house := open(t)
	// 33 invoices and a credit note from the file, 4 and 6 by hand, one more credit note.
	if made.Invoices != 33+4+6 || made.Clients != 12 {
		t.Errorf("%d invoices of %d clients", made.Invoices, made.Clients)
	}
	clients, err := house.App.Clients(t.Context(), today)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[law.Debtor]int{}
	for _, row := range clients {
		kinds[row.Client.Kind]++
		if len(row.Client.Address) < 2 || row.Client.Email == "" || row.Client.KindOrigin != ledger.OriginStated {
			t.Errorf("incomplete: %+v", row.Client)
		}
	}
	if kinds[law.Business] != 6 || kinds[law.Consumer] != 4 || kinds[law.Public] != 2 {
		t.Errorf("clients by regime: %v", kinds)
	}
	batches, err := house.App.Imports(t.Context())
	if err != nil || len(batches) != 1 || batches[0].Added != 34 || batches[0].On != opening {
		t.Errorf("imports: %+v, %v", batches, err)
	}
	detail, err := house.App.Invoice(t.Context(), today, garageInvoices[0])
	if err != nil || len(detail.Account.Contacts) != 2 {
		t.Errorf("reminders of the garage: %+v, %v", detail.Account.Contacts, err)
	}
}

// noticeWant is a letter of the example, reckoned by hand from the rates of the two half-years of 2026: the
// ECB's refinancing rate was 2.15 % on 1 January and 2.40 % on 1 July, the legal rate is 2.75 %.
type noticeWant struct {
	number    string
	kind      law.Debtor
	principal money.Cents
	interest  money.Cents
	indemnity money.Cents
	total     money.Cents
	daily     money.Cents
}

var noticesWant = []noticeWant{
	// Thursday 5 November, the garage. Ten points above the ECB (C. com. L441-10), each day at the rate of
	// its half-year.
	//  F2026-0047, 2 964.00 due on 15 May: 16 + 30 = 46 days at 12.15 %, 2 964.00 x 0.1215 x 46 / 365 = 45.3857;
	//    then 31 + 31 + 30 + 31 + 5 = 128 days at 12.40 %, 128.8893; together 174.2751, 174.28.
	//  F2026-0056, 1 332.00 due on 31 August: 30 + 31 + 5 = 66 days at 12.40 % = 29.8660, 29.87.
	//  Two indemnities of 40.00 (D441-5). One more day: (2 964.00 + 1 332.00) x 0.1240 / 365 = 1.4595, 1.46.
	{"C-2026-0001", law.Business, 4296_00, 174_28 + 29_87, 80_00, 4580_15, 1_46},
	// Saturday 21 November, a consumer: the principal and nothing else before the first presentation.
	{"C-2026-0002", law.Consumer, 1150_00, 0, 0, 1150_00, 0},
	// The same day, the commune. Eight points above the ECB of the first late day, 10.15 %, for the whole
	// delay (CCP R2192-31): due on 22 June, 8 + 31 + 31 + 30 + 31 + 21 = 152 days,
	// 4 800.00 x 0.1015 x 152 / 365 = 202.8888, 202.89 (the rate of July would give 207.73). 40.00 (D2192-35).
	// One more day: 4 800.00 x 0.1015 / 365 = 1.3348, 1.33.
	{"C-2026-0003", law.Public, 4800_00, 202_89, 40_00, 5042_89, 1_33},
}

func TestTheLettersAskToTheCent(t *testing.T) {
	made, house := open(t)
	rows, err := house.App.Letters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(rows)
	if len(rows) != len(noticesWant) || len(made.Letters) != len(rows) {
		t.Fatalf("%d letters, files %v", len(rows), made.Letters)
	}
	for i, want := range noticesWant {
		content, err := app.LetterContent(rows[i].Letter)
		if err != nil {
			t.Fatal(err)
		}
		got := noticeWant{content.Number, content.Regime, content.Principal, content.Interest, content.Indemnity,
			content.Total, content.Daily}
		if got != want {
			t.Errorf("letter\n%+v\nwanted\n%+v", got, want)
		}
		file, err := os.ReadFile(made.Letters[i])
		if err != nil || !strings.HasPrefix(string(file), "%PDF-") {
			t.Errorf("%s: %v", made.Letters[i], err)
		}
	}
	if made.Letter != made.Letters[0] || made.LetterNumber != "C-2026-0001" || made.LetterTotal != 4580_15 {
		t.Errorf("the letter shown first: %+v", made)
	}
	state := rows[0].State
	if state.Posted != noticeDay || state.Presented != presentedDay || !state.Delivered.IsZero() {
		t.Errorf("way of the registered letter: %+v", state)
	}
}

// Wednesday 18 November: forty cushions were invoiced, four came back.
func TestTheCreditNoteLowersTheInvoice(t *testing.T) {
	_, house := open(t)
	detail, err := house.App.Invoice(t.Context(), today, creditNote.Invoice)
	if err != nil {
		t.Fatal(err)
	}
	if len(detail.Account.Credits) != 1 || detail.Account.Credits[0].Number != "A2026-0002" {
		t.Errorf("credit notes: %+v", detail.Account.Credits)
	}
	if detail.Claim.Principal != 1350_00-135_00 {
		t.Errorf("left: %s", detail.Claim.Principal)
	}
}

// Saturday 21 November, in the evening: what is owed once the six payments are in, by days past the due
// date. Every column has something, from 3 days (F2026-0077) to 190 (F2026-0047).
func TestTheEveningsFigures(t *testing.T) {
	_, house := open(t)
	want := map[string][]money.Cents{
		"not due": {1980_00, 560_00, 210_00, 3300_00, 2040_00, 1215_00, 5600_00, 1125_00, 744_00},
		"1-30":    {745_00, 735_00, 1120_50, 950_00, 275_00, 642_00},
		"31-60":   {1272_00, 792_00, 480_00, 1360_00, 1150_00},
		"61-90":   {2610_00, 468_00, 1332_00},
		"91+":     {2964_00, 4800_00, 1190_00}, // the last: 1 890.00 less the 700.00 of the file
	}
	rows, err := house.App.Invoices(t.Context(), app.InvoiceFilter{OpenOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]money.Cents{}
	oldest := 0
	for _, row := range rows {
		late := today.Sub(row.Invoice.Due)
		if row.Invoice.Type == ledger.TypeCreditNote {
			continue
		}
		oldest = max(oldest, late)
		column := "91+"
		for _, limit := range []struct {
			days int
			name string
		}{{90, "61-90"}, {60, "31-60"}, {30, "1-30"}, {0, "not due"}} {
			if late <= limit.days {
				column = limit.name
			}
		}
		got[column] = append(got[column], row.Balance.Open())
	}
	for column, amounts := range want {
		slices.Sort(amounts)
		slices.Sort(got[column])
		if !slices.Equal(amounts, got[column]) {
			t.Errorf("%s: %v, wanted %v", column, got[column], amounts)
		}
	}
	overview, err := house.App.Overview(t.Context(), today)
	if err != nil {
		t.Fatal(err)
	}
	// 16 774.00 + 4 467.50 + 5 054.00 + 4 410.00 + 8 954.00; the late ones without the first.
	if overview.Outstanding != (app.Figure{Cents: 39_659_50, Count: 26}) ||
		overview.Overdue != (app.Figure{Cents: 22_885_50, Count: 17}) {
		t.Errorf("outstanding %+v, overdue %+v", overview.Outstanding, overview.Overdue)
	}
	// 1 860.00 + 420.00 + 1 560.00 + 188.00 + 96.00 + 3 180.00.
	if overview.ReceivedInMonth != (app.Figure{Cents: 7304_00, Count: 6}) || oldest != 190 {
		t.Errorf("received %+v, oldest %d days", overview.ReceivedInMonth, oldest)
	}
}

// What the trader should see on the next morning's list, and what must hold her hand.
func TestTheListOfTheDay(t *testing.T) {
	_, house := open(t)
	actions, err := house.App.Due(t.Context(), today)
	if err != nil {
		t.Fatal(err)
	}
	steps, held := map[string]string{}, map[string][]string{}
	for _, action := range actions {
		number := action.Account.Invoice.Number
		steps[number] = action.Action.Step.ID
		for _, blocker := range action.Action.Blockers {
			held[number] = append(held[number], blocker.Code)
		}
	}
	for number, want := range map[string]struct {
		step    string
		blocker string
	}{
		"F2026-0077":   {"reminder-1", ""},           // 3 days late
		"F2026-0075":   {"call", "payment_to_match"}, // 500.00 came, not all
		"F2026-0069":   {"reminder-2", "announced"},  // the client says he paid
		"F2026-0049":   {"formal-notice", ""},        // part-paid, reminded on 2 November
		"F2026-0047":   {"handover", "not_yet"},      // the notice gives until 23 November
		communeInvoice: {"handover", "not_yet"},
	} {
		if steps[number] != want.step || want.blocker == "" && len(held[number]) > 0 ||
			want.blocker != "" && !slices.Contains(held[number], want.blocker) {
			t.Errorf("%s: %s, held by %v, wanted %+v", number, steps[number], held[number], want)
		}
	}
	for _, paid := range []string{"F2026-0067", "F2026-0070", "F2026-0072", "F2026-0073"} {
		if step, listed := steps[paid]; listed {
			t.Errorf("%s is paid, and still on the list for %s", paid, step)
		}
	}
}

func TestVerifyAndBackup(t *testing.T) {
	made, house := open(t)
	checks, ok, err := house.App.Verify(t.Context())
	if err != nil || !ok {
		t.Errorf("verify: %+v, %v", checks, err)
	}
	paths := options(filepath.Join(t.TempDir(), "restored.dument"))
	info, kept, err := wire.Restore(t.Context(), paths, made.Backup)
	if err != nil || kept != "" || info.Invoices != 45 { // credit notes included
		t.Errorf("restored: %+v, kept %q, %v", info, kept, err)
	}
}

// The example is there to be used: it names no server, and keeps what tells a true notice from a false one.
func TestTheSettingsAfterwards(t *testing.T) {
	made, house := open(t)
	settings, err := house.App.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	first, err := wire.ReadSettings(assets.Settings)
	if err != nil {
		t.Fatal(err)
	}
	if settings.Mailbox.Host != "" || settings.Mailbox.CAFile != "" || len(settings.Accounts) != 2 ||
		settings.Mailbox.AuthservID != first.Mailbox.AuthservID {
		t.Errorf("settings: %+v", settings)
	}
	entries, err := os.ReadDir(made.Dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		if entry.Name() != ledgerName+"-journal" { // empty; the ledger is open
			names = append(names, entry.Name())
		}
	}
	if want := []string{backupName, ledgerName, lettersName, mailName, reportName}; !slices.Equal(names, want) {
		t.Errorf("folder: %v, wanted %v", names, want)
	}
}

func TestTwoExamplesGiveTheSameLetters(t *testing.T) {
	first, _ := open(t)
	second, err := Make(t.Context(), t.TempDir(), "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range first.Letters {
		one, err := os.ReadFile(first.Letters[i])
		if err != nil {
			t.Fatal(err)
		}
		other, err := os.ReadFile(second.Letters[i])
		if err != nil {
			t.Fatal(err)
		}
		if string(one) != string(other) {
			t.Errorf("%s differs from one example to the next", filepath.Base(first.Letters[i]))
		}
	}
}

// A second start finds the example as it is; a second demo does not overwrite it.
func TestAnExampleIsFoundAgain(t *testing.T) {
	made, house := open(t)
	if made.Dir != filepath.Dir(made.Ledger) || made.Booked == 0 || made.Messages == 0 {
		t.Errorf("found: %+v", made)
	}
	before, err := house.Store.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Make(t.Context(), made.Dir, "fr", nil); !app.HasCode(err, app.CodeLedgerExists) {
		t.Errorf("a second Make: %v", err)
	}
	if after, err := house.Store.Version(t.Context()); err != nil || after != before {
		t.Errorf("the ledger was touched: %v", err)
	}
}

func TestAFolderWithSomethingInItIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "photos.txt")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Make(t.Context(), dir, "fr", nil); !app.HasCode(err, app.CodeFile) {
		t.Errorf("Make: %v", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("folder: %v, %v", entries, err)
	}
}

// Cut short at any step, nothing is left that looks like an example, and the next try works.
func TestAnExampleCutShortLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	for _, steps := range []int{1, 4, 10, 14} {
		ctx, cancel := context.WithCancel(t.Context())
		left := steps
		_, err := Make(ctx, dir, "fr", func(string) {
			if left--; left == 0 {
				cancel()
			}
		})
		cancel()
		if err == nil {
			t.Errorf("cut after %d steps: no error", steps)
		}
		if entries, _ := os.ReadDir(dir); len(entries) != 0 {
			t.Errorf("cut after %d steps: %v is left", steps, entries)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, ".making-killed"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Make(t.Context(), dir, "fr", nil); err != nil {
		t.Errorf("after a killed one: %v", err)
	}
}

var verbs = regexp.MustCompile(`%(\[\d+\])?[sd]`)

func TestSentencesTakeTheSameValuesInBothLanguages(t *testing.T) {
	for key, both := range sentences {
		french, english := verbs.FindAllString(both[0], -1), verbs.FindAllString(both[1], -1)
		if both[0] == both[1] || !slices.Equal(french, english) {
			t.Errorf("%s: %q and %q", key, french, english)
		}
	}
	var told []string
	made, err := Make(t.Context(), t.TempDir(), "en", func(step string) { told = append(told, step) })
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(made.Report)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range told {
		if strings.Contains(step, "%!") || !strings.Contains(string(text), "- "+step+"\n") {
			t.Errorf("%q is malformed or not in the report", step)
		}
	}
	if len(told) < 15 || !strings.Contains(string(text), "€4,580.15") {
		t.Errorf("report:\n%s", text)
	}
}
