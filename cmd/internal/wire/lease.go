package wire

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"time"

	"dument/app"
)

// One process at a time watches the mailbox of a ledger: it holds a lease that it renews. A process that
// was killed loses it after leaseTime.
const (
	leaseName   = "mailbox"
	leaseTime   = 90 * time.Second
	leaseRenew  = 30 * time.Second
	leaseReturn = time.Second // to give it back at the end
)

// errLeaseLost ends a watching whose lease another process took over, after a long sleep for instance.
var errLeaseLost = errors.New("the lease on the mailbox was lost")

// holdLease takes the lease and keeps it until release; the returned context ends when it is lost.
func (h *House) holdLease(ctx context.Context, host string) (held context.Context, release func(), err error) {
	random := make([]byte, 8)
	if _, err := rand.Read(random); err != nil {
		return nil, nil, &app.Error{Code: app.CodeInternal, Err: err}
	}
	holder := fmt.Sprintf("%d-%s", os.Getpid(), hex.EncodeToString(random))
	if err := h.takeLease(ctx, host, holder, leaseTime); err != nil {
		return nil, nil, err
	}
	held, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.renewLease(held, cancel, host, holder)
	}()
	return held, func() {
		cancel(nil)
		<-done
		last, stop := context.WithTimeout(context.WithoutCancel(ctx), leaseReturn)
		defer stop()
		// A lease that cannot be given back ends by itself.
		// Given back, it ended long ago, whatever the clock of the next process says.
		_ = h.takeLease(last, host, holder, -leaseTime)
	}, nil
}

func (h *House) takeLease(ctx context.Context, host, holder string, lasting time.Duration) error {
	taken := false
	err := h.Store.Update(ctx, func(w app.Writer) (err error) {
		now := h.options.Clock()
		taken, err = w.TakeLease(leaseName, holder, now, now.Add(lasting))
		return err
	})
	if err == nil && !taken {
		return newMailProblem("watched_elsewhere", host, nil)
	}
	return err
}

// renewLease renews until the context ends. A ledger that is busy is asked again; a lease that somebody
// else has, or that could not be renewed in time, is lost.
func (h *House) renewLease(held context.Context, lose context.CancelCauseFunc, host, holder string) {
	ticks := time.NewTicker(leaseRenew)
	defer ticks.Stop()
	until := h.options.Clock().Add(leaseTime)
	for {
		select {
		case <-held.Done():
			return
		case <-ticks.C:
		}
		err := h.takeLease(held, host, holder, leaseTime)
		switch now := h.options.Clock(); {
		case err == nil:
			until = now.Add(leaseTime)
		case app.HasCode(err, app.CodeMailbox) || now.After(until):
			lose(errLeaseLost)
			return
		}
	}
}
