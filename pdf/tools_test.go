package pdf_test

import (
	"image"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"dument/app/letter/sample"
	"dument/pdf"
)

// tool skips a test when an independent program is not installed, and says so.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed: %v", name, err)
	}
	return path
}

func run(t *testing.T, program string, arguments ...string) string {
	t.Helper()
	output, err := exec.Command(program, arguments...).Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", program, arguments, err, output)
	}
	return string(output)
}

func writeLetters(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for name, request := range regimes() {
		path := filepath.Join(t.TempDir(), name+".pdf")
		if err := os.WriteFile(path, render(t, request), 0o600); err != nil {
			t.Fatal(err)
		}
		files[name] = path
	}
	return files
}

func TestQPDFFindsNothing(t *testing.T) {
	qpdf := tool(t, "qpdf")
	for _, path := range writeLetters(t) {
		if output := run(t, qpdf, "--check", path); !strings.Contains(output,
			"No syntax or stream encoding errors") {
			t.Errorf("qpdf says: %s", output)
		}
	}
}

func TestFontsAreEmbedded(t *testing.T) {
	pdffonts := tool(t, "pdffonts")
	for name, path := range writeLetters(t) {
		rows := strings.Split(strings.TrimSpace(run(t, pdffonts, path)), "\n")[2:]
		if len(rows) != 5 {
			t.Errorf("%s: %d fonts, want the five faces: %v", name, len(rows), rows)
		}
		for _, row := range rows {
			if !regexp.MustCompile(`\+Dument(Serif|Sans)-\w+ +TrueType +\w+ +yes yes`).MatchString(row) {
				t.Errorf("%s: not embedded and cut: %s", name, row)
			}
		}
	}
}

// An independent reader finds the address where the window is, nothing else there, and the words of the
// letter in their order.
func TestReaderFindsAddressAndText(t *testing.T) {
	pdftotext := tool(t, "pdftotext")
	const millimetres = 25.4 / 72
	word := regexp.MustCompile(`<word xMin="([\d.]+)" yMin="([\d.]+)" ` +
		`xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>`)
	for name, path := range writeLetters(t) {
		page := run(t, pdftotext, "-bbox", "-f", "1", "-l", "1", path, "-")
		var inside []string
		for _, found := range word.FindAllStringSubmatch(page, -1) {
			var at [4]float64
			for i := range at {
				value, err := strconv.ParseFloat(found[i+1], 64)
				if err != nil {
					t.Fatal(err)
				}
				at[i] = value * millimetres
			}
			if at[2] > 100 && at[0] < 200 && at[3] > 45 && at[1] < 90 {
				inside = append(inside, found[5])
				if at[0] < 109.9 || at[2] > 190 || at[1] < 54 || at[3] > 80 {
					t.Errorf("%s: %q at %v", name, found[5], at)
				}
			}
		}
		want := strings.Join(compose(t, regimes()[name]).Address, " ")
		if got := strings.Join(inside, " "); got != want {
			t.Errorf("%s: in the window %q, want %q", name, got, want)
		}
	}
}

func TestReaderReadsEveryText(t *testing.T) {
	pdftotext := tool(t, "pdftotext")
	plain := func(text string) string {
		return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)), " ")
	}
	for name, path := range writeLetters(t) {
		for i, page := range layOut(t, regimes()[name]) {
			number := strconv.Itoa(i + 1)
			read := plain(run(t, pdftotext, "-raw", "-f", number, "-l", number, path, "-"))
			for _, op := range page.Ops {
				if !strings.Contains(read, plain(op.Text)) {
					t.Errorf("%s page %s: the reader does not find %q", name, number, op.Text)
				}
			}
		}
	}
}

// A code reader gets the transfer back to the byte, from the PDF as another program draws it and from
// our own picture.
func TestCodeIsRead(t *testing.T) {
	zbarimg := tool(t, "zbarimg")
	request := sample.Business()
	want := ""
	for _, section := range compose(t, request).Sections {
		if section.Panel != nil {
			want = section.Panel.Code
		}
	}
	picture, err := pdf.Picture(layOut(t, request)[1], loadFonts(t), 150)
	if err != nil {
		t.Fatal(err)
	}
	drawn := filepath.Join(t.TempDir(), "picture.png")
	file, err := os.Create(drawn)
	if err != nil {
		t.Fatal(err)
	}
	opaque := image.NewGray(picture.Bounds())
	draw.Draw(opaque, opaque.Bounds(), picture, image.Point{}, draw.Src)
	if err := png.Encode(file, opaque); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	images := []string{drawn}
	if pdftoppm, err := exec.LookPath("pdftoppm"); err == nil {
		path := writeLetters(t)["business"]
		run(t, pdftoppm, "-r", "150", "-f", "2", "-l", "2", "-png", "-singlefile", path, path)
		images = append(images, path+".png")
	}
	for _, path := range images {
		if got := strings.TrimSuffix(run(t, zbarimg, "--raw", "-q", path), "\n"); got != want {
			t.Errorf("%s: read %q, want %q", filepath.Base(path), got, want)
		}
	}
}
