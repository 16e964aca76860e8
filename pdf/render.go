package pdf

import (
	"bytes"
	"fmt"

	"github.com/go-pdf/fpdf"

	"dument/app/date"
	"dument/app/letter"
)

// producer is the name in every file, whatever the version of the program: the same letter gives the
// same bytes.
const producer = "Dûment"

// Meta is what a file says of itself.
type Meta struct {
	Title    string
	Author   string
	Subject  string
	Date     date.Date // stands for creation and modification: the letter's own day
	Language string    // BCP 47, such as "fr-FR"
}

// MetaOf takes a letter's metadata from its content.
func MetaOf(l letter.Letter) Meta {
	return Meta{
		Title: l.Object.Title, Author: l.Sender.FullName(), Subject: l.Object.Detail + " · " + l.Reference,
		Date: l.On, Language: "fr-FR",
	}
}

// Render writes the pages as a PDF file. The same pages and metadata give the same bytes, at any hour,
// on any machine. The fonts are embedded, cut to the characters used.
func Render(pages []Page, meta Meta, fonts *Fonts) ([]byte, error) {
	document := fpdf.New("P", "mm", "A4", "")
	document.SetCatalogSort(true)
	document.SetAutoPageBreak(false, 0)
	document.SetMargins(0, 0, 0)
	describe(document, meta)
	encodings, err := embed(document, pages, fonts)
	if err != nil {
		return nil, err
	}
	for _, page := range pages {
		document.AddPage()
		drawPage(document, page, encodings)
	}
	var file bytes.Buffer
	if err := document.Output(&file); err != nil {
		return nil, fmt.Errorf("pdf: write: %w", err)
	}
	return file.Bytes(), nil
}

func describe(document *fpdf.Fpdf, meta Meta) {
	day := meta.Date.Time()
	document.SetCreationDate(day)
	document.SetModificationDate(day)
	document.SetProducer(producer, true)
	document.SetCreator(producer, true)
	document.SetTitle(meta.Title, true)
	document.SetAuthor(meta.Author, true)
	document.SetSubject(meta.Subject, true)
	document.SetLang(meta.Language)
	document.SetXmpMetadata(xmp(meta))
}

// drawPage writes one page's operations. Colours and fonts are set when they change only.
func drawPage(document *fpdf.Fpdf, page Page, encodings [faceCount]encoding) {
	for _, op := range page.Ops {
		switch op.Kind {
		case TextOp:
			document.SetTextColor(int(op.Colour.R), int(op.Colour.G), int(op.Colour.B))
			document.SetFont(encodings[op.Face].family, "", op.Size)
			if op.Tracking != 0 {
				document.RawWriteStr(fmt.Sprintf("%.2f Tc", op.Tracking))
			}
			document.Text(op.X, op.Y, encodings[op.Face].encode(op.Text))
			if op.Tracking != 0 {
				document.RawWriteStr("0 Tc")
			}
		case LineOp:
			document.SetDrawColor(int(op.Colour.R), int(op.Colour.G), int(op.Colour.B))
			document.SetLineWidth(op.Thickness)
			document.Line(op.X, op.Y, op.X+op.W, op.Y+op.H)
		case RectOp:
			document.SetFillColor(int(op.Colour.R), int(op.Colour.G), int(op.Colour.B))
			document.Rect(op.X, op.Y, op.W, op.H, "F")
		}
	}
}

// xmp is the metadata as an XMP packet, for programs that read no other.
func xmp(meta Meta) []byte {
	day := meta.Date.String() + "T00:00:00Z"
	return fmt.Appendf(nil, `<?xpacket begin="`+"\ufeff"+`" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate><xmp:CreatorTool>%s</xmp:CreatorTool>
<pdf:Producer>%s</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`, escaped(meta.Title), escaped(meta.Author), escaped(meta.Subject),
		escaped(meta.Language), day, day, producer, producer)
}
