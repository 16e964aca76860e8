package storage_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dument/storage"
)

// traced is a child under strace, which orders and spoils its calls of the kernel. Libraries that
// stand between a program and libc see nothing of a Go program.
func traced(t *testing.T, mode, path string, options storage.Options, calls string, more ...string) (*child, string) {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	log := filepath.Join(t.TempDir(), "calls.txt")
	c := prepareChild(t, os.Args[0], mode, path, options, more...)
	c.Path = strace
	c.Args = append([]string{strace, "-f", "-y", "-qq", "-e", "signal=none", "-e", "trace=" + calls, "-o", log,
		os.Args[0]}, c.Args[1:]...)
	return c, log
}

// payable is a ledger with the invoice that children pay, closed.
func payable(t *testing.T) (path string, options storage.Options) {
	t.Helper()
	store, options := newStore(t)
	addInvoice(t, store, sampleInvoice(addClient(t, store, "Atelier").ID, "F1", 90_000_000))
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	return store.Path(), options
}

// acknowledged reads a child's output to its end and counts what it said was done.
func acknowledged(t *testing.T, c *child) (last int, errors []string) {
	t.Helper()
	if err := c.Start(); err != nil {
		t.Skipf("strace does not run here: %v", err)
	}
	for c.out.Scan() {
		if code, failed := strings.CutPrefix(c.out.Text(), "ERR "); failed {
			errors = append(errors, code)
		} else if _, err := fmt.Sscanf(c.out.Text(), "ACK %d", &last); err != nil {
			t.Fatal(c.out.Text())
		}
	}
	_ = c.Wait() // a child whose disk fails ends with an error
	return last, errors
}

var tracedCall = regexp.MustCompile(`(?m)^\d+ +(?:<\.\.\. )?(\w+)(?:\((\d+)<([^>]*)>(, "ACK)?)?`)

// TestNothingIsSaidBeforeItIsOnDisk reads the order of the calls: the journal is on disk before the
// ledger's pages are touched, those are on disk before the journal ends, and only then is it said.
func TestNothingIsSaidBeforeItIsOnDisk(t *testing.T) {
	path, options := payable(t)
	c, log := traced(t, "pay", path, options, "fsync,fdatasync,pwrite64,ftruncate,write", "1", "20")
	if last, _ := acknowledged(t, c); last != 20 {
		if len(readFile(t, log)) == 0 {
			t.Skip("strace may not trace here")
		}
		t.Fatalf("%d payments acknowledged", last)
	}
	said, journalSafe, pagesSafe, ended := 0, false, true, false
	for _, call := range tracedCall.FindAllStringSubmatch(string(readFile(t, log)), -1) {
		name, file := call[1], call[3]
		isLedger, isJournal := file == path, file == path+"-journal"
		switch {
		case name == "fsync" && isJournal:
			journalSafe = true
		case name == "pwrite64" && isLedger:
			if !journalSafe {
				t.Fatalf("payment %d: the ledger is written before its journal is on disk", said+1)
			}
			pagesSafe, ended = false, false
		case name == "fsync" && isLedger:
			pagesSafe = true
		case name == "ftruncate" && isJournal:
			if !pagesSafe {
				t.Fatalf("payment %d: the journal ends before the ledger is on disk", said+1)
			}
			ended, journalSafe = true, false
		case call[4] != "":
			if !pagesSafe || !ended {
				t.Fatalf("payment %d is said before it is on disk", said+1)
			}
			said, ended = said+1, false
		}
	}
	if said != 20 {
		t.Errorf("%d acknowledgements recognised in the trace", said)
	}
}

// TestADiskThatFailsTellsNoLies spoils the n-th call, once or from then on, and reads the ledger with a
// sound disk afterwards.
func TestADiskThatFailsTellsNoLies(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("slow: every point is a traced process")
	}
	injected := 0
	for _, fault := range []string{"fsync:error=EIO:when=%d", "fsync:error=EIO:when=%d+",
		"pwrite64:error=ENOSPC:when=%d+", "pwrite64:error=EIO:when=%d", "ftruncate:error=EIO:when=%d",
		"fsync:signal=SIGKILL:when=%d", "pwrite64:signal=SIGKILL:when=%d", "ftruncate:signal=SIGKILL:when=%d"} {
		for _, n := range []int{1, 4} {
			point := fmt.Sprintf(fault, n)
			call, _, _ := strings.Cut(point, ":")
			path, options := payable(t)
			c, log := traced(t, "insist", path, options, call)
			c.Args = append(append(append([]string{}, c.Args[:1]...), "-e", "inject="+point), c.Args[1:]...)
			last, failed := acknowledged(t, c)
			if strings.Contains(string(readFile(t, log)), "INJECTED") || last+len(failed) < 10 {
				injected++
			}
			store, err := storage.Open(context.Background(), path, options)
			if err != nil {
				t.Fatalf("%s: %v", point, err)
			}
			if count := checkPayments(t, store, 1); count < last || count > last+1 {
				t.Errorf("%s: %d payments, %d acknowledged", point, count, last)
			}
			mustVerify(t, store)
			if err := store.Close(); err != nil {
				t.Error(err)
			}
			checkRefusals(t, point, last, failed)
		}
	}
	// strace counts the calls of each thread: now and then the fourth never comes.
	if injected < 10 {
		t.Errorf("only %d of 16 points were reached", injected)
	}
	t.Logf("%d of 16 points were reached", injected)
}

// TestAWriteThatFailsBeforeTheCommit has the disk fail once while the transaction is still being made.
func TestAWriteThatFailsBeforeTheCommit(t *testing.T) {
	path, options := payable(t)
	c, log := traced(t, "insist", path, options, "pwrite64", `PRAGMA cache_size = 1`, `PRAGMA cache_spill = 1`)
	c.Args = append([]string{c.Args[0], "-e", "inject=pwrite64:error=EIO:when=1"}, c.Args[1:]...)
	last, failed := acknowledged(t, c)
	if !strings.Contains(string(readFile(t, log)), "INJECTED") {
		t.Skip("strace may not inject here")
	}
	if last != 0 || len(failed) != 10 {
		t.Errorf("%d payments were taken, %d refused after the failure", last, len(failed))
	}
}

// checkRefusals holds that a ledger whose disk failed once takes nothing more, even from a disk that
// says yes again; a full disk may be tried again.
func checkRefusals(t *testing.T, point string, last int, failed []string) {
	t.Helper()
	want := "file"
	if strings.Contains(point, "ENOSPC") {
		want = "disk_full"
	}
	for _, code := range failed {
		if code != want {
			t.Errorf("%s: refused with %s, want %s", point, code, want)
		}
	}
	if strings.Contains(point, "error=EIO") && last+len(failed) != 10 {
		t.Errorf("%s: %d done and %d refused of 10", point, last, len(failed))
	}
	if point == "fsync:error=EIO:when=1" && last > 0 { // the very first journal; the disk is well again at once
		t.Errorf("%s: %d payments were taken after the failure", point, last)
	}
}
