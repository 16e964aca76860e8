package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dument/app"
	"dument/app/date"
)

func TestCommandLine(t *testing.T) {
	cases := []struct {
		line string
		want options
		bad  bool
	}{
		{"", options{}, false},
		{"--ledger a.dument --lang en", options{ledger: "a.dument", lang: "en"}, false},
		{"b.dument", options{ledger: "b.dument"}, false},
		{"--on 2026-11-21 --tour out", options{tour: "out", on: date.Must("2026-11-21")}, false},
		{"--example", options{example: true}, false},
		{"--version", options{version: true}, false},
		{"--lang de", options{}, true},
		{"--on demain", options{}, true},
		{"--unknown", options{}, true},
		{"a.dument b.dument", options{}, true},
		{"--ledger a.dument b.dument", options{}, true},
	}
	for _, c := range cases {
		got, err := parse(strings.Fields(c.line), io.Discard)
		if (err != nil) != c.bad || !c.bad && got != c.want {
			t.Errorf("%q: %+v, %v", c.line, got, err)
		}
	}
}

func TestVersionNeedsNoScreen(t *testing.T) {
	var out bytes.Buffer
	if status := run([]string{"--version"}, &out, io.Discard); status != exitDone || !strings.HasPrefix(out.String(), "Dûment 0") {
		t.Errorf("%d %q", status, out.String())
	}
	if status := run([]string{"--lang", "xx"}, &out, io.Discard); status != exitUsage {
		t.Errorf("status %d", status)
	}
}

func TestLanguageOfTheSession(t *testing.T) {
	cases := []struct {
		environment map[string]string
		want        string
	}{
		{map[string]string{"LANG": "fr_FR.UTF-8"}, "fr"},
		{map[string]string{"LANG": "en_GB.UTF-8"}, "en"},
		{map[string]string{"LANG": "fr_FR.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"},
		{map[string]string{"LC_ALL": "C.UTF-8", "LANG": "fr_FR.UTF-8"}, "fr"},
		{map[string]string{"LANG": "de_DE.UTF-8"}, "en"},
	}
	for _, c := range cases {
		if got := systemLanguage(func(name string) string { return c.environment[name] }); got != c.want {
			t.Errorf("%v: %s", c.environment, got)
		}
	}
}

func TestASecondWindowRaisesTheFirst(t *testing.T) {
	state := t.TempDir()
	raised := make(chan struct{}, 1)
	again, release, err := claim(state, "ledger.dument", func() { raised <- struct{}{} })
	if again || err != nil {
		t.Fatalf("the first one: %v %v", again, err)
	}
	again, _, err = claim(state, "ledger.dument", func() {})
	if !again || err != nil {
		t.Fatalf("the second one: %v %v", again, err)
	}
	<-raised
	if again, free, err := claim(state, "other.dument", func() {}); again || err != nil {
		t.Errorf("another ledger: %v %v", again, err)
	} else {
		free()
	}
	release()
	again, release, err = claim(state, "ledger.dument", func() {})
	if again || err != nil {
		t.Errorf("after the end of the first: %v %v", again, err)
	}
	release()
}

// TestASocketLeftBehindHoldsNobodyBack: a process that was killed does not remove its socket.
func TestASocketLeftBehindHoldsNobodyBack(t *testing.T) {
	state := t.TempDir()
	_, release, err := claim(state, "ledger.dument", func() {})
	if err != nil {
		t.Fatal(err)
	}
	sockets, _ := filepath.Glob(filepath.Join(state, "window-*.sock"))
	release()
	if len(sockets) != 1 {
		t.Fatalf("%v", sockets)
	}
	if err := os.WriteFile(sockets[0], nil, fileMode); err != nil {
		t.Fatal(err)
	}
	again, release, err := claim(state, "ledger.dument", func() {})
	if again || err != nil {
		t.Errorf("%v %v", again, err)
	}
	release()
}

func TestNamesOfDocumentsAreSafe(t *testing.T) {
	cases := map[string]string{"C-2026-0001.pdf": "C-2026-0001.pdf", "../../etc/passwd": "-..-etc-passwd",
		"a/b\\c:d.pdf": "a-b-c-d.pdf", " . ": "document", "été\n.pdf": "été-.pdf"}
	for name, want := range cases {
		if got := safeName(name); got != want {
			t.Errorf("%q became %q, want %q", name, got, want)
		}
	}
}

func TestTheLogTurnsAndHoldsNoNames(t *testing.T) {
	before := slog.Default()
	defer slog.SetDefault(before)
	state := t.TempDir()
	path := filepath.Join(state, logName)
	if err := os.WriteFile(path, make([]byte, logBytesMax+1), fileMode); err != nil {
		t.Fatal(err)
	}
	closeLog := startLog(state)
	logError("open ledger", &app.Error{Code: app.CodeLedgerDamaged, Detail: "too_short", Params: []string{"Garage Lestang"}})
	logError("other", errors.New("Garage Lestang"))
	closeLog()
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), "too_short") || strings.Contains(string(text), "Garage") {
		t.Errorf("%q %v", text, err)
	}
	if info, err := os.Stat(path + oldLogSuffix); err != nil || info.Size() <= logBytesMax {
		t.Errorf("the old log: %v %v", info, err)
	}
}

// fakeX11 answers one client as an X server does; width and height are those of its window.
func fakeX11(client net.Conn, width, height int, refuse bool) {
	defer client.Close()
	order := binary.LittleEndian
	read := func(n int) { _, _ = io.ReadFull(client, make([]byte, n)) }
	read(12)
	greeting := make([]byte, 8+8)
	greeting[0], greeting[6] = x11Success, 2
	_, _ = client.Write(greeting)
	read(8)
	geometry := make([]byte, x11ReplyBytes)
	geometry[0] = x11Success
	order.PutUint16(geometry[16:], uint16(width))
	order.PutUint16(geometry[18:], uint16(height))
	_, _ = client.Write(geometry)
	read(20)
	reply := make([]byte, x11ReplyBytes)
	if !refuse {
		reply[0] = x11Success
		order.PutUint32(reply[4:], uint32(width*height))
	}
	_, _ = client.Write(reply)
	for range width * height {
		_, _ = client.Write([]byte{30, 20, 10, 0})
	}
}

func TestPictureOfAnX11Window(t *testing.T) {
	for _, refuse := range []bool{false, true} {
		here, there := net.Pipe()
		go fakeX11(there, 3, 2, refuse)
		made, err := x11Read(here, 7)
		_ = here.Close()
		if refuse {
			if !errors.Is(err, errX11) {
				t.Errorf("a refusal gave %v", err)
			}
			continue
		}
		if err != nil || made.Bounds() != image.Rect(0, 0, 3, 2) || made.At(2, 1) != (color.RGBA{10, 20, 30, 255}) {
			t.Errorf("%v %v", made, err)
		}
	}
	if !empty(image.NewRGBA(image.Rect(0, 0, 50, 50))) {
		t.Error("a picture of one colour counts as drawn")
	}
}
