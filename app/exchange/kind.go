package exchange

import (
	"path/filepath"
	"strings"
)

// Kind is a kind of file that can be imported; its values are those of the companion's --as.
type Kind string

// KindInvoicesCSV is a table of invoices, one per row.
const KindInvoicesCSV Kind = "invoices-csv"

// DetectLength is how many first bytes of a file Detect wants to see.
const DetectLength = 64 << 10

// Detect says what kind of file it is from its first bytes; name only helps to explain a refusal.
// The error is a *FileError whose code says what the file seems to be.
func Detect(name string, head []byte) (Kind, error) {
	text := string(head[:min(len(head), DetectLength)])
	if err := refuseSignature(text); err != nil {
		return "", err
	}
	if err := refuseOtherText(name, text); err != nil {
		return "", err
	}
	decoded, dec := decode(text, "")
	if len(head) >= DetectLength {
		// The last row is cut.
		if end := strings.LastIndexAny(decoded, "\r\n"); end > 0 {
			decoded = decoded[:end+1]
		}
	}
	if _, err := findLayout(decoded, dec, Choice{}); err != nil {
		return "", err
	}
	return KindInvoicesCSV, nil
}

// signatures are the first bytes of files that are no text.
var signatures = []struct{ prefix, code string }{
	{"%PDF-", "pdf"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"},
	{"SQLite format 3\x00", "ledger"},
	{"\x89PNG", "picture"}, {"\xff\xd8\xff", "picture"}, {"GIF8", "picture"},
	{"II*\x00", "picture"}, {"MM\x00*", "picture"},
	{"\x1f\x8b", "archive"}, {"7z\xbc\xaf\x27\x1c", "archive"}, {"Rar!\x1a\x07", "archive"},
}

// refuseSignature refuses what is empty and what is no text.
func refuseSignature(head string) error {
	for _, known := range signatures {
		if strings.HasPrefix(head, known.prefix) {
			return &FileError{Code: known.code}
		}
	}
	switch {
	case strings.Trim(head, " \t\r\n\ufeff\x1a") == "":
		return &FileError{Code: "empty"}
	case strings.HasPrefix(head, "PK\x03\x04"):
		return &FileError{Code: zipCode(head)}
	case strings.HasPrefix(head, "\xff\xfe"), strings.HasPrefix(head, "\xfe\xff"):
		return nil
	}
	sample := head[:min(len(head), 4096)]
	odd := 0
	for i := range len(sample) {
		if b := sample[i]; b < 0x20 && b != '\t' && b != '\n' && b != '\r' {
			odd++
		}
	}
	if odd*10 > len(sample) {
		return &FileError{Code: "binary"}
	}
	return nil
}

func zipCode(head string) string {
	switch {
	case strings.Contains(head, "application/vnd.oasis.opendocument.spreadsheet"):
		return "ods"
	case strings.Contains(head, "[Content_Types].xml"), strings.Contains(head, "xl/"):
		return "xlsx"
	}
	return "archive"
}

// refuseOtherText refuses text that is clearly something else than a table.
func refuseOtherText(name, head string) error {
	start := strings.ToLower(strings.TrimLeft(head[:min(len(head), 1024)], " \t\r\n\ufeff"))
	extension := strings.ToLower(filepath.Ext(name))
	switch {
	case strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<html"):
		return &FileError{Code: "web_page"}
	case strings.HasPrefix(start, "ofxheader"), strings.HasPrefix(start, "<ofx"),
		strings.HasPrefix(start, "!type:"), strings.Contains(start, "<?ofx"),
		strings.Contains(start, "iso:20022:tech:xsd:camt"):
		return &FileError{Code: "bank_file"}
	case strings.HasPrefix(start, "<"):
		return &FileError{Code: "xml"}
	case strings.HasPrefix(start, "{"), strings.HasPrefix(start, "["):
		return &FileError{Code: "json"}
	case extension == ".eml", strings.HasPrefix(start, "return-path:"), strings.HasPrefix(start, "received:"):
		return &FileError{Code: "message"}
	}
	return nil
}
