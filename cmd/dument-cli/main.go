// Command dument-cli is the terminal companion of Dûment: the same use cases as the window, for scripts,
// timers and bulk work. Its commands, shapes and exit statuses are a contract.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"dument/cmd/internal/wire"
)

// grace is how long a stopped command may take to end by itself. What was not committed by then is as if
// it had never been asked for.
const grace = 1800 * time.Millisecond

func main() {
	wire.Private()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		time.Sleep(grace)
		os.Exit(exitPartial)
	}()
	os.Exit(run(ctx, surroundings{stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, now: time.Now},
		os.Args[1:]))
}
