package notice

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestHostileSizesStayBounded feeds shapes whose naive reading costs the square of their length.
func TestHostileSizesStayBounded(t *testing.T) {
	const head = "Authentication-Results: mx.monfai.example; " +
		"dmarc=pass header.from=banque-lilas.example\r\n" +
		"From: a@banque-lilas.example\r\nTo: claire@atelier-vasseur.example\r\nSubject: x\r\n"
	const markup = head + "Content-Type: text/html\r\n\r\n"
	const parts = head + "Content-Type: multipart/mixed; boundary=p\r\n\r\n"
	messages := map[string]string{
		"open tags": markup + strings.Repeat("<b><a>", 25_000),
		"nested tables": markup + strings.Repeat("<table><tr><td>x<td>", 120) + strings.Repeat("y ",
			400_000),
		"nested quotations": markup + strings.Repeat("<blockquote>", 480) + strings.Repeat("y<br>",
			24_000),
		"style rules": markup + "<style>" + strings.Repeat(".a{display:none}", 60_000) +
			"</style><p>x",
		"masks":             head + "\r\n" + strings.Repeat("* ", 500_000),
		"unclosed quotes":   head + "\r\n" + strings.Repeat("« ", 300_000),
		"amounts":           head + "\r\n" + strings.Repeat("1,00 € ", 100_000),
		"labels":            head + "\r\n" + strings.Repeat("Montant : 1,00\n", 60_000),
		"credit phrases":    head + "\r\n" + strings.Repeat("virement reçu ", 60_000),
		"quoted lines":      head + "\r\n" + strings.Repeat("> a\n", 250_000),
		"two million parts": parts + strings.Repeat("--p\r\n\r\nx\r\n", 2_000_000),
		"boundary's prefix": parts + strings.Repeat("--pq\r\n", 3_000_000),
		"folded header":     "X: a\r\n" + strings.Repeat(" x\r\n", 60_000) + head + "\r\nx",
		"encoded words":     "Subject: " + strings.Repeat("=?", 100_000) + "\r\n" + head + "\r\nx",
		"nested comments": "Authentication-Results: mx.monfai.example; " + strings.Repeat("(",
			200_000) + "\r\n" + head + "\r\nx",
		"more than the limit":   head + "\r\n" + strings.Repeat("virement reçu 1,00 €\n", 1_300_000),
		"header without an end": strings.Repeat("X: y\r\n", 500_000),
	}
	for name, raw := range messages {
		started := time.Now()
		got := testRegistry(t).Read([]byte(raw), testTrust)
		if took := time.Since(started); took > 2*time.Second {
			t.Errorf("%s: %v", name, took)
		}
		if got.Evidence == Notified {
			t.Errorf("%s: notified", name)
		}
	}
}

func TestLimitsAreFlagged(t *testing.T) {
	small := "From: a@b.example\r\n\r\n"
	for name, raw := range map[string][]byte{
		"message": append([]byte(small), bytes.Repeat([]byte("a\n"), maxMessageBytes/2)...),
		"header":  []byte(strings.Repeat("X: y\r\n", maxHeaderFields+1) + small),
		"text":    append([]byte(small), bytes.Repeat([]byte("a\n"), maxTextBytes*3)...),
		"markup": []byte("From: a@b.example\r\nContent-Type: text/html\r\n\r\n" + strings.Repeat("<br>",
			maxHTMLNodes)),
		"nesting": []byte("From: a@b.example\r\nContent-Type: text/html\r\n\r\n" + strings.Repeat("<div>",
			600)),
	} {
		got := testRegistry(t).Read(raw, testTrust)
		if !got.Flags.LimitReached || !hasReason(got, "limit_reached") {
			t.Errorf("%s: no limit flagged", name)
		}
	}
}
