package storage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"dument/app"
	"dument/app/ledger"
	"dument/storage"
)

func TestTwoProcessesLoseNothing(t *testing.T) {
	t.Parallel()
	store, options := newStore(t)
	addClient(t, store, "Atelier")
	first, second := startChild(t, "write", store.Path(), options, "a"), startChild(t, "write", store.Path(), options, "b")
	for _, other := range []*child{first, second} {
		other.line(t)
	}
	first.waitFor(t)
	second.waitFor(t)
	mustVerify(t, store)
	if count := number(t, store, `SELECT count(DISTINCT number) FROM invoice`); count != 200 {
		t.Errorf("%d invoices, 200 were acknowledged", count)
	}
}

func TestALockDiesWithItsHolder(t *testing.T) {
	path, options, _ := closedFilled(t)
	other := startChild(t, "hold", path, options)
	other.line(t)
	copied := path + ".copy"
	writeFile(t, copied, readFile(t, path))
	if _, _, err := storage.Restore(context.Background(), copied, path, options); codeOf(err) != app.CodeLedgerLocked {
		t.Errorf("restored under another process: %v", err)
	}
	_ = other.Process.Kill()
	_ = other.Wait()
	if _, _, err := storage.Restore(context.Background(), copied, path, options); err != nil {
		t.Errorf("after its end: %v", err)
	}
}

// TestKilledProcessesLoseNothingThatTheySaid kills a process that enters payments and letters, again
// and again on one ledger. What it acknowledged is there, byte for byte; at most one more is.
func TestKilledProcessesLoseNothingThatTheySaid(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	store, options := newStore(t)
	invoice := sampleInvoice(addClient(t, store, "Atelier").ID, "F1", 90_000_000)
	addInvoice(t, store, invoice)
	path := store.Path()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	const seed = 60
	random := rand.New(rand.NewPCG(seed, seed))
	kills, next, acknowledged, between := 60, 1, 0, 0
	if testing.Short() {
		kills = 15
	}
	for cycle := range kills {
		other := startChild(t, "pay", path, options, fmt.Sprint(next))
		wait := time.Duration(random.IntN(45_000)) * time.Microsecond
		time.AfterFunc(wait, func() { _ = other.Process.Kill() })
		last := next - 1
		for other.out.Scan() {
			if _, err := fmt.Sscanf(other.out.Text(), "ACK %d", &last); err != nil {
				t.Fatal(err)
			}
			acknowledged++
		}
		if err := other.Wait(); other.ProcessState.ExitCode() == 3 {
			t.Fatalf("cycle %d: %v", cycle, err)
		}
		store, err := storage.Open(ctx, path, options)
		if err != nil {
			t.Fatalf("seed %d cycle %d after %v: %v", seed, cycle, wait, err)
		}
		count := checkPayments(t, store, max(1, next-5))
		if count < last || count > last+1 {
			t.Fatalf("seed %d cycle %d after %v: %d payments, %d acknowledged", seed, cycle, wait, count, last)
		}
		if count > last {
			between++
		}
		mustVerify(t, store)
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		next = count + 1
	}
	if acknowledged < kills/2 {
		t.Errorf("only %d payments in %d kills: the test sees too little", acknowledged, kills)
	}
	t.Logf("%d kills, %d payments acknowledged, none lost; %d were written and not yet acknowledged", kills,
		acknowledged, between)
}

// checkPayments counts the payments and compares each from a number on with what it must be.
func checkPayments(t *testing.T, store *storage.Store, from int) int {
	t.Helper()
	count, sum := number(t, store, `SELECT count(*) FROM payment`), 0
	for n := 1; n <= count; n++ {
		want, _ := payload(n, 1)
		sum += int(want.Amount)
	}
	if paid := number(t, store, `SELECT principal_cents FROM balance`); paid != sum {
		t.Errorf("the balance says %d, the payments %d", paid, sum)
	}
	if letters := number(t, store, `SELECT count(*) FROM letter`); letters != count/10 {
		t.Errorf("%d letters for %d payments", letters, count)
	}
	err := store.View(context.Background(), func(r app.Reader) error {
		for n := from; n <= count; n++ {
			want, proof := payload(n, 1)
			got, found, err := r.PaymentByKey(want.Key)
			if err != nil {
				return err
			}
			want.ID, want.Entry = got.ID, got.Entry
			if !found || got != want {
				t.Errorf("payment %d: %+v, want %+v", n, got, want)
			}
			if doc, err := r.Document(digestOf(proof)); err != nil || string(doc.Bytes) != string(proof) {
				t.Errorf("proof of payment %d: %v", n, err)
			}
			if lines, err := r.Allocations(got.ID); err != nil || len(lines) != 1 || lines[0].Part != ledger.PartPrincipal ||
				lines[0].Amount != want.Amount {
				t.Errorf("allocations of payment %d: %+v, %v", n, lines, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return count
}
