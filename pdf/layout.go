package pdf

import (
	"fmt"
	"strconv"

	"dument/app/letter"
)

// annexFrom is the number of invoices from which the detail becomes a page of its own.
const annexFrom = 8

// Layout gives a letter its pages. The error is a *letter.Refusal when a text does not fit its place;
// nothing is ever cut.
func Layout(l letter.Letter, fonts *Fonts) ([]Page, error) {
	f := &flow{fonts: fonts, letter: l, pages: []Page{{}}}
	f.letterhead()
	f.object()
	statement := l.Statement
	annex := f.invoices() >= annexFrom
	for _, paragraph := range l.Opening {
		f.add(f.paragraph("", paragraph, paragraphGap)...)
	}
	f.flush()
	sections := l.Sections
	if annex {
		f.totals(statement, totalsGap)
		f.add(f.paragraph("", l.Labels.AnnexNote, totalsGap)...)
		sections = f.throughPanel(sections)
		f.annex(statement)
	} else {
		f.tables(statement)
	}
	for _, section := range sections {
		f.add(f.section(section)...)
	}
	f.closing()
	f.enclosures()
	f.flush()
	f.frame()
	if f.err != nil {
		return nil, f.err
	}
	return f.pages, f.checkGlyphs()
}

// flow fills pages from top to bottom.
type flow struct {
	fonts   *Fonts
	letter  letter.Letter
	pages   []Page
	y       float64 // top of the next line
	fresh   bool    // nothing stands on the page yet: no gap is wanted
	second  float64 // where the tables' second column begins
	pending []chunk
	err     error
}

// chunk is what is never parted. Its gap falls away at the top of a page.
type chunk struct {
	gap, height float64
	with        bool // stays on the page of the next chunk
	draw        func(page *Page, top float64)
}

func (f *flow) page() *Page { return &f.pages[len(f.pages)-1] }

func (f *flow) newPage() {
	f.pages = append(f.pages, Page{})
	f.y, f.fresh = nextTop, true
}

func (f *flow) fail(err error) {
	if f.err == nil {
		f.err = err
	}
}

// add puts chunks into the queue; flush places them.
func (f *flow) add(chunks ...chunk) { f.pending = append(f.pending, chunks...) }

func (f *flow) flush() {
	for start := 0; start < len(f.pending); {
		end := start
		for end < len(f.pending)-1 && f.pending[end].with {
			end++
		}
		f.place(f.pending[start : end+1])
		start = end + 1
	}
	f.pending = nil
}

// place puts chunks that belong together on this page if they fit, else on the next one; chunks that
// no page can hold together are placed one by one.
func (f *flow) place(together []chunk) {
	height := 0.0
	for _, c := range together {
		height += c.gap + c.height
	}
	if len(together) > 1 && height > bodyBottom-nextTop {
		for i := range together {
			f.place(together[i : i+1])
		}
		return
	}
	if f.y+height > bodyBottom && !f.fresh {
		f.newPage()
	}
	for _, c := range together {
		if !f.fresh {
			f.y += c.gap
		}
		c.draw(f.page(), f.y)
		f.y += c.height
		f.fresh = false
	}
}

// paragraph makes chunks of body text: its first two lines stay together, and its last two.
func (f *flow) paragraph(head string, text letter.Text, gap float64) []chunk {
	set := f.fonts.setter(bodyStyle)
	lines := set.lines(text, textRight-textLeft)
	var chunks []chunk
	for start := 0; start < len(lines); {
		end := start + 1
		if start == 0 {
			end = min(2, len(lines))
		}
		if len(lines)-end == 1 {
			end = len(lines)
		}
		chunks = append(chunks, f.linesChunk(set, lines[start:end], gap))
		gap, start = 0, end
	}
	if head != "" && len(chunks) > 0 {
		chunks[0].draw = f.withHead(head, chunks[0].draw)
	}
	return chunks
}

func (f *flow) linesChunk(set setter, lines []line, gap float64) chunk {
	return chunk{gap: gap, height: float64(len(lines)) * bodyLeading, draw: func(page *Page, top float64) {
		for i, l := range lines {
			set.draw(page, l, textLeft, top+bodyAscent+float64(i)*bodyLeading)
		}
	}}
}

// withHead draws a side head on the baseline of the first line.
func (f *flow) withHead(head string, draw func(*Page, float64)) func(*Page, float64) {
	return func(page *Page, top float64) {
		f.put(page, sideHeadStyle, left, top+bodyAscent, head)
		draw(page, top)
	}
}

// section makes chunks of a block with its side head.
func (f *flow) section(section letter.Section) []chunk {
	var chunks []chunk
	head, gap := section.Head, sectionGap
	for _, paragraph := range section.Paragraphs {
		chunks = append(chunks, f.paragraph(head, paragraph, gap)...)
		head, gap = "", paragraphGap
	}
	if len(section.Contact) > 0 {
		chunks[len(chunks)-1].with = true
		chunks = append(chunks, f.contact(section.Contact))
	}
	if section.Panel != nil {
		for i := range chunks {
			chunks[i].with = true
		}
		chunks = append(chunks, f.panel(*section.Panel))
	}
	return chunks
}

// contact is an address within the text, its first line in bold type.
func (f *flow) contact(texts []string) chunk {
	const indent, leading, gap = 5.0, 5.0, 1.5
	set := f.fonts.setter(style{Serif, 10.5, Ink})
	var lines []line
	for i, text := range texts {
		span := letter.Text{{Text: text, Bold: i == 0}}
		lines = append(lines, set.lines(span, textRight-textLeft-indent)...)
	}
	return chunk{gap: gap, height: float64(len(lines)) * leading, draw: func(page *Page, top float64) {
		for i, l := range lines {
			set.draw(page, l, textLeft+indent, top+bodyAscent+float64(i)*leading)
		}
	}}
}

// closing keeps the signature with at least two lines of text.
func (f *flow) closing() {
	chunks := f.paragraph("", f.letter.Closing, paragraphGap)
	for i := range chunks {
		chunks[i].with = true
	}
	if len(f.pending) > 0 {
		f.pending[len(f.pending)-1].with = true
	}
	signature := chunk{height: signatureSpace - (bodyLeading - bodyAscent) + 1.5}
	signature.draw = func(page *Page, top float64) {
		size, ok := f.fonts.fit(bodyStyle, 8, right-third, f.letter.Signature)
		if !ok {
			f.fail(refuseWide("creditor.name", f.letter.Signature))
		}
		set := bodyStyle
		set.size = size
		f.put(page, set, third, top+signatureSpace-(bodyLeading-bodyAscent), f.letter.Signature)
	}
	f.add(append(chunks, signature)...)
}

// enclosures lists what goes into the envelope. A list of ordinary length follows the signature onto its
// page: a last page never holds the end of a list alone.
func (f *flow) enclosures() {
	const leading, ascent, indent, longest = 4.9, 3.6, 5.0, 90.0
	set := f.fonts.setter(enclosureStyle)
	list := f.letter.Enclosures
	var chunks []chunk
	height := 0.0
	for i, text := range list.Lines {
		lines := set.lines(text, textRight-textLeft-indent)
		c := chunk{height: float64(len(lines)) * leading}
		if i == 0 {
			c.gap = enclosuresGap
		}
		c.draw = func(page *Page, top float64) {
			if i == 0 {
				f.put(page, sideHeadStyle, left, top+ascent, list.Head)
			}
			f.put(page, style{Sans, enclosureStyle.size, Grey}, textLeft, top+ascent, strconv.Itoa(i+1))
			for j, l := range lines {
				set.draw(page, l, textLeft+indent, top+ascent+float64(j)*leading)
			}
		}
		chunks = append(chunks, c)
		height += c.gap + c.height
	}
	last := len(chunks) - 1
	if last >= 0 && height <= longest {
		f.pending[len(f.pending)-1].with = true
	}
	for i := range chunks {
		chunks[i].with = i < last && (height <= longest || i == 0 || i == last-1)
	}
	f.add(chunks...)
}

// put draws a text on one line.
func (f *flow) put(page *Page, s style, x, y float64, text string) {
	if text == "" {
		return
	}
	page.Ops = append(page.Ops, Op{Kind: TextOp, X: x, Y: y, Text: text, Face: s.face, Size: s.size,
		Colour: s.colour})
}

// putRight draws a text that ends at x.
func (f *flow) putRight(page *Page, s style, x, y float64, text string) {
	f.put(page, s, x-f.fonts.Width(s.face, s.size, text), y, text)
}

// rule draws a horizontal line.
func (f *flow) rule(page *Page, from, to, y, thickness float64, colour Colour) {
	page.Ops = append(page.Ops, Op{Kind: LineOp, X: from, Y: y, W: to - from, Thickness: thickness,
		Colour: colour})
}

// invoices counts the invoices of the statement.
func (f *flow) invoices() int {
	if len(f.letter.Statement.Tables) == 0 {
		return 0
	}
	return len(f.letter.Statement.Tables[0].Groups)
}

// throughPanel adds the sections up to the means of payment and returns the others: on a letter whose
// detail is a page of its own, one still pays from the first page.
func (f *flow) throughPanel(sections []letter.Section) []letter.Section {
	for i, section := range sections {
		f.add(f.section(section)...)
		if section.Panel != nil {
			f.flush()
			return sections[i+1:]
		}
	}
	f.flush()
	return nil
}

// checkGlyphs refuses pages with a character that would print as an empty box. Compose has checked the
// request already; this holds the wording and the labels too.
func (f *flow) checkGlyphs() error {
	for _, page := range f.pages {
		for _, op := range page.Ops {
			for _, r := range op.Text {
				if !f.fonts.Has(op.Face, r) {
					return &letter.Refusal{Code: letter.GlyphMissing, Field: "text",
						Detail: fmt.Sprintf("no glyph for %U in %q", r, op.Text)}
				}
			}
		}
	}
	return nil
}
