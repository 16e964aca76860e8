package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"os"
	"path/filepath"
	"time"
)

// One window shows a ledger: a second start asks the first window to come to the front, through a socket
// in the state folder.
const (
	askRaise       = "raise\n"
	answerRaised   = "raised\n"
	raisePatience  = 2 * time.Second
	socketBytesMax = 100 // a longer path does not fit into the address of a socket
)

// errBusy says that another window has the ledger and does not answer.
var errBusy = errors.New("the other window does not answer")

// claim makes this process the one that shows the ledger; raised is true when another one is and came to
// the front. release ends the claim. On a system without such sockets everybody is alone.
func claim(state, ledger string, raise func()) (raised bool, release func(), err error) {
	sum := sha256.Sum256([]byte(ledger))
	path := filepath.Join(state, "window-"+hex.EncodeToString(sum[:6])+".sock")
	nothing := func() {}
	if len(path) > socketBytesMax {
		return false, nothing, nil
	}
	if there, err := net.DialTimeout("unix", path, raisePatience); err == nil {
		defer there.Close()
		return true, nothing, askToRaise(there)
	}
	_ = os.Remove(path) // left behind by a process that was killed
	listener, err := net.Listen("unix", path)
	if err != nil {
		return false, nothing, nil
	}
	go answer(listener, raise)
	return false, func() { _ = listener.Close() }, nil
}

func askToRaise(there net.Conn) error {
	_ = there.SetDeadline(time.Now().Add(raisePatience))
	if _, err := there.Write([]byte(askRaise)); err != nil {
		return errBusy
	}
	if said, err := bufio.NewReader(there).ReadString('\n'); err != nil || said != answerRaised {
		return errBusy
	}
	return nil
}

// answer serves the starts that come after, until the listener is closed.
func answer(listener net.Listener, raise func()) {
	for {
		caller, err := listener.Accept()
		if err != nil {
			return
		}
		_ = caller.SetDeadline(time.Now().Add(raisePatience))
		if said, err := bufio.NewReader(caller).ReadString('\n'); err == nil && said == askRaise {
			raise()
			_, _ = caller.Write([]byte(answerRaised))
		}
		_ = caller.Close()
	}
}
