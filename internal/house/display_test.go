package house

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// realTools skips the test where a program that it drives is not installed, and fails it when
// DUMENT_REQUIRE_REAL is 1: "make test" installs them all.
func realTools(t *testing.T, programs ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("drives real programs")
	}
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil {
			missing(t, program+" is not installed")
		}
	}
}

// missing fails the test when nothing may be missing, and skips it otherwise.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("DUMENT_REQUIRE_REAL") == "1" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// display runs a command in a virtual display and returns what it printed and its exit status.
func display(t *testing.T, arguments ...string) (stdout, stderr string, status int) {
	t.Helper()
	command := exec.Command(filepath.Join(repository, "tools", "display.sh"), arguments...)
	var out, problems bytes.Buffer
	command.Stdout, command.Stderr = &out, &problems
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), problems.String(), command.ProcessState.ExitCode()
}

func TestDisplayHasItsOwnScreenKeyboardBusAndHome(t *testing.T) {
	realTools(t, "Xvfb", "openbox", "xdotool", "setxkbmap", "dbus-daemon")
	const script = `echo "screen=$DISPLAY"; echo "home=$HOME"; echo "bus=$DBUS_SESSION_BUS_ADDRESS"
		xdotool getdisplaygeometry; setxkbmap -query | grep layout; test -d "$HOME" && exit 7`
	out, problems, status := display(t, "--size", "1000x700", "--limit", "60", "bash", "-c", script)
	if status != 7 {
		t.Fatalf("exit status %d, want the command's 7; it said %s%s", status, out, problems)
	}
	facts := map[string]string{}
	for _, line := range strings.Split(out, "\n") {
		if key, value, ok := strings.Cut(line, "="); ok {
			facts[key] = value
		}
	}
	if !strings.Contains(out, "1000 700") || !strings.Contains(out, "fr") {
		t.Errorf("want a screen of 1000 x 700 and a French keyboard, have %s", out)
	}
	if facts["screen"] == os.Getenv("DISPLAY") || facts["home"] == os.Getenv("HOME") || facts["home"] == "" {
		t.Errorf("screen and home are the caller's: %v", facts)
	}
	if facts["bus"] == "" || facts["bus"] == os.Getenv("DBUS_SESSION_BUS_ADDRESS") {
		t.Errorf("the message bus is the caller's: %v", facts)
	}
	if _, err := os.Stat(filepath.Dir(facts["home"])); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder of the display is still there: %v", err)
	}
}

func TestDisplayStopsACommandThatHangs(t *testing.T) {
	realTools(t, "Xvfb", "dbus-daemon", "setxkbmap")
	_, problems, status := display(t, "--no-manager", "--limit", "1", "sleep", "60")
	if status != 124 || !strings.Contains(problems, "stopped after 1 s") {
		t.Errorf("exit status %d, want 124; it said %q", status, problems)
	}
}

// TestRealWindowVisitsEveryScreen starts the program that was built, with the real graphics library, and
// looks at what it leaves: a picture of every screen, the letter, and the report.
func TestRealWindowVisitsEveryScreen(t *testing.T) {
	realTools(t, "Xvfb", "openbox", "xdotool", "setxkbmap", "dbus-daemon")
	program := os.Getenv("DUMENT_GUI")
	if program == "" {
		missing(t, "DUMENT_GUI does not name the program (make gui builds it)")
	}
	out := t.TempDir()
	printed, problems, status := display(t, "--limit", "300", program, "--tour", out)
	if status != 0 {
		t.Fatalf("the tour ended with %d: %s%s", status, printed, problems)
	}
	const screens = 7 // À faire, Factures, Courriers, Paiements, Clients, Réglages, first start
	pictures := files(t, out, "*.png")
	if len(pictures) < screens {
		t.Errorf("%d pictures, want one of each of the %d screens: %v", len(pictures), screens, pictures)
	}
	for _, name := range pictures {
		checkPicture(t, name)
	}
	letters := files(t, out, "*.pdf")
	if len(letters) == 0 {
		t.Errorf("no letter in %s", printed)
	}
	for _, name := range append(pictures, letters...) {
		if !strings.Contains(printed, filepath.Base(name)) {
			t.Errorf("the path of %s is not printed", filepath.Base(name))
		}
	}
}

// files returns the files below the folder whose names fit the pattern.
func files(t *testing.T, folder, pattern string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(folder, func(name string, entry os.DirEntry, err error) error {
		if fits, _ := filepath.Match(pattern, filepath.Base(name)); err == nil && fits {
			found = append(found, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// checkPicture refuses a screen that is too small, or blank: a drawn one has many colours.
func checkPicture(t *testing.T, name string) {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	picture, err := png.Decode(file)
	if err != nil {
		t.Errorf("%s: %v", filepath.Base(name), err)
		return
	}
	if size := picture.Bounds().Size(); size.X < 800 || size.Y < 500 {
		t.Errorf("%s is only %v", filepath.Base(name), size)
	}
	if colours := countColours(picture); colours < 30 {
		t.Errorf("%s has only %d colours: is anything drawn?", filepath.Base(name), colours)
	}
}

// countColours looks at one pixel in nine.
func countColours(picture image.Image) int {
	seen := map[[3]uint32]bool{}
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y += 3 {
		for x := bounds.Min.X; x < bounds.Max.X; x += 3 {
			red, green, blue, _ := picture.At(x, y).RGBA()
			seen[[3]uint32{red, green, blue}] = true
		}
	}
	return len(seen)
}
