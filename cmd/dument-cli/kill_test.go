//go:build unix

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
	"dument/storage"
)

// killCount is DUMENT_KILLS, else forty, or eight in short tests.
func killCount(t *testing.T) int {
	t.Helper()
	if text := os.Getenv("DUMENT_KILLS"); text != "" {
		count, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		return count
	}
	if testing.Short() {
		return 8
	}
	return 40
}

// killed starts the real program, kills its whole group after a time, and returns what it had printed.
func (d *desk) killed(after time.Duration, arguments ...string) (out string, died bool) {
	d.t.Helper()
	command := d.command(arguments...)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var printed, problems bytes.Buffer
	command.Stdout, command.Stderr = &printed, &problems
	if err := command.Start(); err != nil {
		d.t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL) })
	err := command.Wait()
	timer.Stop()
	var exit *exec.ExitError
	if err == nil {
		return printed.String(), false
	}
	if !errors.As(err, &exit) || exit.ExitCode() >= 0 {
		d.t.Fatalf("%v failed by itself: %v %s", arguments, err, problems.String())
	}
	return printed.String(), true
}

// usualTime measures how long a command takes here, so that the kills fall all over it.
func (d *desk) usualTime(line func(int) []string) (least time.Duration) {
	d.t.Helper()
	for n := range 4 {
		begun := time.Now()
		if _, died := d.killed(time.Minute, line(-n)...); died {
			d.t.Fatalf("%v took a minute", line(-n))
		}
		if lasted := time.Since(begun); n == 0 || lasted < least {
			least = lasted
		}
	}
	return least
}

// moment is when to kill: a third anywhere, a third where the commit and the answer are, a third later.
func moment(random *rand.Rand, usual time.Duration) time.Duration {
	switch random.IntN(3) {
	case 0:
		return time.Duration(random.Int64N(int64(usual)))
	case 1:
		return usual/2 + time.Duration(random.Int64N(int64(usual)/2))
	}
	return usual*9/10 + time.Duration(random.Int64N(int64(usual)*6/10))
}

// TestKilledPaymentsAndLetters kills pay and letter at random moments: what was printed is in the ledger,
// nothing is half there, the file of a letter is whole or absent, and the ledger stays sound.
func TestKilledPaymentsAndLetters(t *testing.T) {
	count := killCount(t)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d, %d kills", seed, count)
	d := opened(t)
	letterDesk(d)
	d.ok("invoice", "add", "--client", "Alpha SARL", "--amount", "90000.00", "--issued", "2026-01-01", "--due",
		"2026-01-31", "--subject", "Chantier")
	for year := 2027; year < 2037; year++ { // each letter has its day, which may come to lie far ahead
		for _, half := range []string{"S1", "S2"} {
			d.ok("rates", "set", fmt.Sprintf("%d-%s", year, half), "--ecb", "2.40", "--legal", "2.62")
		}
	}
	payLine := func(n int) []string {
		return []string{"pay", "--amount", payAmount(n).String(), "--date", "2026-02-01", "--client",
			"Alpha SARL", "--id", fmt.Sprintf("k%d", n), "--on", "2026-07-01", "--json"}
	}
	letterLine := func(n int) []string {
		return []string{"letter", "F2026-0001", "-o", d.path(fmt.Sprintf("letter-%d.pdf", n)), "--on",
			firstLetter.AddDays(n).String(), "--json"}
	}
	if err := os.Remove(d.path("settings.toml")); err != nil {
		t.Fatal(err)
	}
	payTime, letterTime := d.usualTime(payLine), d.usualTime(letterLine)
	acknowledged, deaths, hidden := 0, 0, 0
	for n := 1; deaths < count; n++ {
		isLetter := n%3 == 0
		line, usual := payLine(n), payTime
		if isLetter {
			line, usual = letterLine(n), letterTime
		}
		out, died := d.killed(moment(random, usual), line...)
		if died {
			deaths++
		}
		if out != "" {
			acknowledged++
		}
		if isLetter && d.checkLetter(n, out, letterLine) || !isLetter && d.checkPayment(n, out, payLine) {
			hidden++
		}
		if deaths%10 == 0 {
			d.ok("verify")
		}
	}
	t.Logf("%d acknowledged, %d committed and killed before the answer", acknowledged, hidden)
	if acknowledged == 0 {
		t.Error("nothing was acknowledged: the kills all came too early")
	}
	d.ok("verify")
	d.checkLeftovers()
}

// payAmount derives the amount from the number, so that the content can be checked.
func payAmount(n int) money.Cents {
	n = max(n, -n)
	return money.Cents((n%97+1)*100 + n%100)
}

// checkPayment: an acknowledged payment is there, once, with its amount; another is there whole or not at
// all. The command given again gives the same payment.
func (d *desk) checkPayment(n int, out string, line func(int) []string) (hidden bool) {
	d.t.Helper()
	key := fmt.Sprintf("k%d", n)
	var found ledger.Payment
	var there bool
	var spread money.Cents
	d.view(func(r app.Reader) (err error) {
		if found, there, err = r.PaymentByKey(key); err != nil || !there {
			return err
		}
		allocations, err := r.Allocations(found.ID)
		for _, allocation := range allocations {
			spread += allocation.Amount
		}
		return err
	})
	want := payAmount(n)
	if there && (found.Amount != want || spread != want) {
		d.t.Fatalf("payment %s is %s spread over %s, want %s", key, found.Amount, spread, want)
	}
	if out == "" {
		return there
	}
	if !there {
		d.t.Fatalf("payment %s was acknowledged and is lost: %s", key, out)
	}
	if again := d.ok(line(n)...); again != out {
		d.t.Fatalf("payment %s was %s, asked again it is %s", key, out, again)
	}
	return false
}

// checkLetter: the file is absent, or it is the letter of the ledger, to the byte. An acknowledged letter
// is there, and the command given again gives it back.
func (d *desk) checkLetter(n int, out string, line func(int) []string) (hidden bool) {
	d.t.Helper()
	data, err := os.ReadFile(d.path(fmt.Sprintf("letter-%d.pdf", n)))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		d.t.Fatal(err)
	}
	var kept ledger.Letter
	d.view(func(r app.Reader) error {
		letters, err := r.Letters()
		for _, letter := range letters {
			if letter.On == firstLetter.AddDays(n) {
				kept = letter
			}
		}
		return err
	})
	sum := sha256.Sum256(data)
	if digest := hex.EncodeToString(sum[:]); data != nil && digest != kept.SHA256 {
		d.t.Fatalf("the file of letter %d is not the one of the ledger (%d bytes)", n, len(data))
	}
	if out == "" {
		return kept.ID != 0
	}
	if data == nil || kept.ID == 0 || !strings.Contains(out, kept.SHA256) {
		d.t.Fatalf("letter %d was acknowledged and is not there: %s", n, out)
	}
	if again := d.ok(line(n)...); again != out {
		d.t.Fatalf("letter %d was %s, asked again it is %s", n, out, again)
	}
	return false
}

// firstLetter is the day of letter 0; each number has its day, and so its letter.
var firstLetter = date.Must("2026-02-20")

// checkLeftovers: what kills leave is recognisable as such and readable by nobody else.
func (d *desk) checkLeftovers() {
	d.t.Helper()
	entries, err := os.ReadDir(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, entry := range entries {
		name := entry.Name()
		known := name == "state" || strings.HasPrefix(name, "ledger.dument") || strings.HasPrefix(name, "letter-") ||
			strings.HasPrefix(name, ".letter-") && strings.HasSuffix(name, ".partial")
		if !known {
			d.t.Errorf("a kill left %s", name)
		}
	}
}

// view reads the ledger with a store of the test's own.
func (d *desk) view(read func(app.Reader) error) {
	d.t.Helper()
	store, err := storage.Open(context.Background(), d.ledger, storage.Options{
		StateDir: filepath.Join(d.env["XDG_STATE_HOME"], "dument"), Clock: func() time.Time { return d.now }})
	if err != nil {
		d.t.Fatal(err)
	}
	if err := errors.Join(store.View(context.Background(), read), store.Close()); err != nil {
		d.t.Fatal(err)
	}
}

// TestTwoProcessesWriteAtOnce: each waits for the other, nothing is lost, nothing is there twice.
func TestTwoProcessesWriteAtOnce(t *testing.T) {
	d := opened(t)
	letterDesk(d)
	const each = 8
	var group sync.WaitGroup
	problems := make(chan string, 2*each)
	for writer := range 2 {
		group.Go(func() {
			for n := range each {
				out, err := d.command("pay", "--amount", "1.00", "--date", "2026-02-01", "--client", "Alpha SARL", "--id",
					fmt.Sprintf("w%d-%d", writer, n), "--json").CombinedOutput()
				if err != nil {
					problems <- fmt.Sprintf("%v: %s", err, out)
				}
			}
		})
	}
	group.Wait()
	close(problems)
	for problem := range problems {
		t.Error(problem)
	}
	made := shaped(t, d.ok("report", "receipts", "--json"),
		`{"report":"word","from":"date?","to":"date?","rows":["any"],"file":"text"}`)
	if rows := at(t, made[0], "rows").([]any); len(rows) != 2*each {
		t.Errorf("%d payments, want %d", len(rows), 2*each)
	}
	d.ok("verify")
}

// TestReadOnlyLedger runs as somebody who may not write: everything can be read, nothing written, and the
// bytes stay.
func TestReadOnlyLedger(t *testing.T) {
	d := opened(t)
	letterDesk(d)
	before := d.read(d.ledger)
	state, err := os.MkdirTemp("", "dument-state-*")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(state) })
	d.env["XDG_STATE_HOME"] = state
	for path, mode := range map[string]os.FileMode{state: 0o777, d.dir: 0o555, d.ledger: 0o444,
		filepath.Dir(program(t)): 0o755, program(t): 0o755, filepath.Dir(d.dir): 0o755} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(d.dir, 0o700) })
	asReader := func(arguments ...string) (string, int) {
		command := d.command(arguments...)
		if os.Getuid() == 0 { // root may write everything
			const nobody = 65534
			command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		}
		out, err := command.CombinedOutput()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		return string(out), command.ProcessState.ExitCode()
	}
	if out, status := asReader("claim", "--all", "--on", "2026-07-01", "--json"); status != exitDone {
		t.Errorf("reading ended with %d: %s", status, out)
	}
	out, status := asReader("client", "add", "X", "--type", "business", "--json")
	if status != exitLedger || !strings.Contains(out, `"ledger_read_only"`) {
		t.Errorf("writing ended with %d: %s", status, out)
	}
	if d.read(d.ledger) != before {
		t.Error("the bytes changed")
	}
}

// TestSignalEndsTheWatching: SIGTERM ends the program within two seconds.
func TestSignalEndsTheWatching(t *testing.T) {
	d := opened(t)
	d.now = time.Now() // a lease compares the clocks of two processes
	box := newMailbox(t)
	d.env["DUMENT_IMAP_PASSWORD"] = canary
	d.ok("settings", "apply", d.file("mail.toml", box.settings()))
	command := d.command("mail", "watch", "--json")
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(10 * time.Second)
	for !box.wasRead() && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	// A second watcher is refused while the first one has the lease.
	p := d.fails(exitMailbox, "mail", "watch", "--once", "--json")
	if made := shaped(t, p.out, errorShape); at(t, made[0], "error.code") != "mailbox" {
		t.Errorf("%s", p.out)
	}
	begun := time.Now()
	if err := command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	err := command.Wait()
	if lasted := time.Since(begun); lasted > 2*time.Second || err != nil {
		t.Errorf("stopped after %v with %v: %s", lasted, err, out.String())
	}
	// It gave the lease back.
	d.ok("mail", "watch", "--once")
}
