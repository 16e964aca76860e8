package storage_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
	"dument/storage"
)

// The test binary is also the other program that the tests need: childMode names what it does.
const childMode = "DUMENT_STORAGE_CHILD"

// children are what a child process can do. Its arguments are the ledger, the state folder and more.
var children = map[string]func(path string, options storage.Options, more []string) error{
	"pay":     childPays,
	"write":   childWrites,
	"hold":    childHolds,
	"lock":    childLocks,
	"open":    childOpens,
	"migrate": childMigrates,
	"insist":  childInsists,
}

func TestMain(m *testing.M) {
	if run := children[os.Getenv(childMode)]; run != nil {
		options := storage.Options{StateDir: os.Args[2], BusyMillisecondsMax: 20_000, Clock: fixedClock}
		if err := run(os.Args[1], options, os.Args[3:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	// A ledger on disk for each check: fewer of them than rapid's hundred, unless asked for.
	if err := flag.Set("rapid.checks", "8"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

func fixedClock() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) }

// child is another process. Reading its output, closing its input or killing it moves it.
type child struct {
	*exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func startChild(tb testing.TB, mode, path string, options storage.Options, more ...string) *child {
	tb.Helper()
	started := prepareChild(tb, os.Args[0], mode, path, options, more...)
	if err := started.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = started.Process.Kill() })
	return started
}

func prepareChild(tb testing.TB, binary, mode, path string, options storage.Options, more ...string) *child {
	tb.Helper()
	c := &child{Cmd: exec.Command(binary, append([]string{path, options.StateDir}, more...)...)}
	c.Env = append(os.Environ(), childMode+"="+mode)
	c.Stderr = os.Stderr
	in, err := c.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	c.in, c.out = in, bufio.NewScanner(out)
	return c
}

// line waits for the next line that the child writes.
func (c *child) line(tb testing.TB) string {
	tb.Helper()
	if !c.out.Scan() {
		tb.Fatalf("the child %v ended: %v", c.Args, c.Wait())
	}
	return c.out.Text()
}

// end closes the child's input and waits for its end.
func (c *child) end(tb testing.TB) {
	tb.Helper()
	_ = c.in.Close()
	if err := c.Wait(); err != nil {
		tb.Fatalf("the child %v: %v", c.Args, err)
	}
}

// payload derives everything about the n-th payment from n, so that the parent can check its bytes.
func payload(n int, client ledger.ClientID) (ledger.Payment, []byte) {
	payment := ledger.Payment{Key: fmt.Sprintf("k%d", n), Date: date.Must("2026-02-01").AddDays(n % 200),
		Amount: money.Cents(n%97 + 1), Currency: money.EUR, Client: client, Payer: fmt.Sprintf("payeur %d", n*31),
		Evidence: ledger.EvidenceConfirmed, Source: ledger.SourceManual}
	return payment, []byte(strings.Repeat(fmt.Sprintf("pièce %d\n", n), 400))
}

// payNth is one use case: a payment, its allocation and a document, and for every tenth a letter.
func payNth(store *storage.Store, n int) error {
	return store.Update(context.Background(), func(w app.Writer) error {
		invoice, found, err := w.InvoiceByNumber("F1")
		if err != nil || !found {
			return fmt.Errorf("invoice F1: %v, %w", found, err)
		}
		return w.Record(ledger.EntryPayment, testDay, func(int64) (any, error) {
			payment, proof := payload(n, invoice.Client)
			if err := w.AddPayment(&payment); err != nil {
				return nil, err
			}
			err := w.AddAllocation(&ledger.Allocation{Payment: payment.ID, Invoice: invoice.ID,
				Part: ledger.PartPrincipal, Amount: payment.Amount})
			if err != nil {
				return nil, err
			}
			doc := app.Document{Bytes: proof}
			if err := w.AddDocument(doc, app.Attachment{Kind: "invoice", ID: int64(invoice.ID)}); err != nil {
				return nil, err
			}
			if n%10 == 0 {
				err = addLetter(w, invoice, n)
			}
			return map[string]int{"n": n}, err
		})
	})
}

// addLetter makes a letter whose bytes are its number.
func addLetter(w app.Writer, invoice ledger.Invoice, n int) error {
	ordinal, err := w.NextLetterNumber(2026)
	if err != nil {
		return err
	}
	number := fmt.Sprintf("C-2026-%04d", ordinal)
	letter := ledger.Letter{Number: number, Kind: ledger.LetterFormalNotice, Client: invoice.Client, On: testDay,
		Deadline: testDay.AddDays(8), Total: invoice.Amount, Pages: 1, SHA256: digestOf([]byte(number)),
		Facts: fmt.Sprint(n), Content: []byte(`{}`), Invoices: []ledger.InvoiceID{invoice.ID}}
	if err := w.AddLetter(&letter); err != nil {
		return err
	}
	return w.AddDocument(app.Document{Bytes: []byte(number)}, app.Attachment{Kind: "letter", ID: int64(letter.ID)})
}

// childPays enters payments from a number on and says so after each, until it is killed.
func childPays(path string, options storage.Options, more []string) error {
	n, err := strconv.Atoi(more[0])
	if err != nil {
		return err
	}
	last := n + 1_000_000
	if len(more) > 1 {
		if last, err = strconv.Atoi(more[1]); err != nil {
			return err
		}
	}
	store, err := storage.Open(context.Background(), path, options)
	if err != nil {
		return err
	}
	for ; n <= last; n++ {
		if err := payNth(store, n); err != nil {
			return err
		}
		fmt.Printf("ACK %d\n", n)
	}
	return store.Close()
}

// childInsists tries ten times to enter a payment, and goes on after an error. It runs pragmas before.
func childInsists(path string, options storage.Options, more []string) error {
	store, err := storage.Open(context.Background(), path, options)
	if err != nil {
		return err
	}
	for _, pragma := range more {
		if _, err := store.Raw().Exec(pragma); err != nil {
			return err
		}
	}
	for n, attempts := 1, 0; attempts < 10; attempts++ {
		if err := payNth(store, n); err != nil {
			fmt.Printf("ERR %s\n", app.AsError(err).Code)
			continue
		}
		fmt.Printf("ACK %d\n", n)
		n++
	}
	return nil
}

// childWrites enters a hundred invoices, each in its own transaction.
func childWrites(path string, options storage.Options, more []string) error {
	store, err := storage.Open(context.Background(), path, options)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	for n := range 100 {
		invoice := sampleInvoice(1, fmt.Sprintf("%s-%d", more[0], n), 100)
		if err := tryRecord(store, func(w app.Writer) error { return w.AddInvoice(&invoice) }); err != nil {
			return err
		}
	}
	return store.Close()
}

// childHolds has the ledger open until its input ends.
func childHolds(path string, options storage.Options, _ []string) error {
	store, err := storage.Open(context.Background(), path, options)
	if err != nil {
		return err
	}
	fmt.Println("open")
	_, _ = io.Copy(io.Discard, os.Stdin)
	return store.Close()
}

// childLocks holds SQLite's exclusive lock until its input ends.
func childLocks(path string, options storage.Options, _ []string) error {
	store, err := storage.Open(context.Background(), path, options)
	if err != nil {
		return err
	}
	connection, err := store.Raw().Conn(context.Background())
	if err != nil {
		return err
	}
	if _, err := connection.ExecContext(context.Background(), `BEGIN EXCLUSIVE`); err != nil {
		return err
	}
	fmt.Println("locked")
	_, _ = io.Copy(io.Discard, os.Stdin)
	return nil
}

// childMigrates opens an older ledger under a history that has one more script, and is killed meanwhile.
func childMigrates(path string, options storage.Options, more []string) error {
	restore := storage.AddMigrations(more...)
	defer restore()
	fmt.Println("ready")
	store, err := storage.Open(context.Background(), path, options)
	if err != nil {
		return err
	}
	return store.Close()
}

// childOpens says how opening, reading and writing end, by the code of the error.
func childOpens(path string, options storage.Options, _ []string) error {
	store, err := storage.Open(context.Background(), path, options)
	if err != nil {
		fmt.Println(app.AsError(err).Code)
		return nil
	}
	defer store.Close()
	err = store.View(context.Background(), func(r app.Reader) error {
		count, err := r.CountInvoices()
		fmt.Printf("read-only %v, %d invoices\n", store.ReadOnly(), count)
		return err
	})
	if err != nil {
		return err
	}
	client := ledger.Client{Name: "X", Kind: "business"}
	if err := tryRecord(store, func(w app.Writer) error { return w.SaveClient(&client) }); err != nil {
		fmt.Println(app.AsError(err).Code)
	}
	copied := options.StateDir + "/copy-of-read-only"
	if _, err := store.Backup(context.Background(), copied); err != nil {
		return err
	}
	fmt.Println("copied")
	return nil
}
