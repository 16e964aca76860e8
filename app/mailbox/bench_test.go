package mailbox_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"dument/app/mailbox"
	"dument/app/mailbox/embedded"
	"dument/app/mailbox/mailboxtest"
)

// BenchmarkNothingNew is a whole pass over TLS, login included, through a folder of a thousand read
// messages.
func BenchmarkNothingNew(b *testing.B) {
	settings := thousand(b)
	sink := mailboxtest.NewSink()
	mustRead(b, settings, sink, testPassword)
	b.ResetTimer()
	for b.Loop() {
		if _, err := mailbox.ReadOnce(context.Background(), settings, password(testPassword), sink,
			time.Now); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFirstThousand reads a thousand messages of four kilobytes over TLS.
func BenchmarkFirstThousand(b *testing.B) {
	settings := thousand(b)
	b.ReportAllocs()
	for b.Loop() {
		var sink discarding
		result, err := mailbox.ReadOnce(context.Background(), settings, password(testPassword), &sink, time.Now)
		if err != nil || result.Messages != 1000 {
			b.Fatal(result, err)
		}
		b.SetBytes(int64(sink.bytes))
	}
}

func thousand(b *testing.B) mailbox.Settings {
	b.Helper()
	server, settings := startEmbedded(b, embedded.Options{})
	for n := range 1000 {
		raw := string(mail(n)) + strings.Repeat("Bonjour, votre compte a reçu un virement.\r\n", 90)
		if err := server.Deliver([]byte(raw), time.Now()); err != nil {
			b.Fatal(err)
		}
	}
	return settings
}
