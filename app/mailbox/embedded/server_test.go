package embedded_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dument/app/mailbox/embedded"
)

// talk sends commands and returns the last line of each answer, without its tag.
func talk(t *testing.T, conn net.Conn, commands ...string) []string {
	t.Helper()
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	reader, endings := bufio.NewReader(conn), []string(nil)
	for i, command := range commands {
		tag := fmt.Sprintf("A%d ", i)
		if _, err := fmt.Fprintf(conn, "%s%s\r\n", tag, command); err != nil {
			t.Fatal(err)
		}
		for {
			line, err := reader.ReadString('\n')
			if err != nil {
				t.Fatalf("%s: %v", command, err)
			}
			if ending, ok := strings.CutPrefix(line, tag); ok {
				endings = append(endings, strings.TrimSpace(ending))
				break
			}
		}
	}
	return endings
}

// TestForbidden: the server refuses and remembers every command that would change the mailbox, which
// is what the tests of the inbox rely on.
func TestForbidden(t *testing.T) {
	now := time.Now()
	server, err := embedded.Start(embedded.Options{User: "claire", Password: "secret", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if err := server.Deliver([]byte("Subject: x\r\n\r\nx\r\n"), now); err != nil {
		t.Fatal(err)
	}
	conn, err := tls.Dial("tcp", net.JoinHostPort(server.Host(), strconv.Itoa(server.Port())),
		&tls.Config{RootCAs: server.Pool()})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	endings := talk(t, conn, "LOGIN claire secret", "EXAMINE INBOX", "UID FETCH 1 (UID BODY.PEEK[])",
		"UID STORE 1 +FLAGS (\\Seen)", "UID COPY 1 INBOX", "UID MOVE 1 INBOX", "UID EXPUNGE 1",
		"UID FETCH 1 (BODY[])", "UID FETCH 1 (ENVELOPE)", "UID FETCH 1 (FLAGS)", "CREATE a", "DELETE INBOX",
		"RENAME INBOX b", "SUBSCRIBE INBOX", "UNSUBSCRIBE INBOX", "SELECT INBOX")
	for i, ending := range endings {
		if refused := strings.HasPrefix(ending, "NO"); refused != (i >= 3) {
			t.Errorf("command %d: %s", i, ending)
		}
	}
	want := []string{"STORE", "COPY", "MOVE", "EXPUNGE", "FETCH BODY", "FETCH ENVELOPE", "FETCH ENVELOPE",
		"CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "SELECT"}
	if got := server.Forbidden(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
