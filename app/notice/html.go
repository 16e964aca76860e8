package notice

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxCellBytes is the longest text that still counts as a table cell and not as layout.
const maxCellBytes = 300

// visibleText renders markup as the lines a reader sees: cells of a row parted by tabs, quotations
// marked with "> ". Hidden text, styles, scripts and titles are dropped; nothing is fetched. limited
// is true when the markup was too large or too deep to be read whole.
func visibleText(markup string) (text string, limited bool) {
	if end, cut := nodeLimit(markup); cut {
		markup, limited = markup[:end], true
	}
	root, err := html.ParseWithOptions(strings.NewReader(markup), html.ParseOptionEnableScripting(false))
	if err != nil {
		return "", true
	}
	renderer := htmlRenderer{rules: hidingRules(root)}
	page := style{background: white, color: black}
	var out textBuilder
	renderer.render(root, page, &out)
	return tidyLines(out.String()), limited
}

// nodeLimit finds where the markup would exceed the number of nodes read.
func nodeLimit(markup string) (end int, cut bool) {
	tags := 0
	for i := range len(markup) {
		if markup[i] == '<' {
			tags++
			if tags > maxHTMLNodes/2 {
				return i, true
			}
		}
	}
	return len(markup), false
}

// textBuilder folds blanks as a browser does.
type textBuilder struct {
	strings.Builder
	pendingBlank bool
	lineEmpty    bool
	started      bool
}

func (b *textBuilder) words(text string) {
	for _, r := range text {
		switch r {
		case ' ', '\n', '\t', '\r', '\f':
			b.pendingBlank = true
			continue
		}
		if b.pendingBlank && b.started && !b.lineEmpty {
			b.WriteByte(' ')
		}
		b.pendingBlank, b.lineEmpty, b.started = false, false, true
		b.WriteRune(r)
	}
}

func (b *textBuilder) newLine() {
	if b.started && !b.lineEmpty {
		b.WriteByte('\n')
	}
	b.lineEmpty, b.pendingBlank = true, false
}

// raw writes rendered lines or cells as they are.
func (b *textBuilder) raw(text string) {
	b.WriteString(text)
	b.started, b.lineEmpty, b.pendingBlank = true, text == "" && b.lineEmpty, false
}

type htmlRenderer struct{ rules []hidingRule }

func (h *htmlRenderer) render(node *html.Node, inherited style, out *textBuilder) {
	switch node.Type {
	case html.TextNode:
		if !inherited.hidden() {
			out.words(node.Data)
		}
		return
	case html.DocumentNode:
		h.children(node, inherited, out)
		return
	case html.ElementNode:
	default:
		return
	}
	if isDropped(node) || h.ruleHides(node) {
		return
	}
	own := inherited.with(node)
	if own.removed {
		return
	}
	switch node.DataAtom {
	case atom.Br:
		if !own.hidden() {
			out.lineEmpty = out.lineEmpty && !out.started
			out.WriteByte('\n')
			out.lineEmpty, out.pendingBlank = true, false
		}
	case atom.Tr:
		out.newLine()
		h.row(node, own, out)
		out.newLine()
	case atom.Blockquote:
		h.quotation(node, own, out)
	case atom.P, atom.Div, atom.Table, atom.Li, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5,
		atom.H6, atom.Hr, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Center, atom.Pre,
		atom.Dl, atom.Dt, atom.Dd, atom.Td, atom.Th, atom.Form, atom.Fieldset, atom.Address, atom.Main:
		if hasClass(node, "gmail_quote") {
			h.quotation(node, own, out)
			return
		}
		out.newLine()
		h.children(node, own, out)
		out.newLine()
		if isParagraph(node.DataAtom) && out.started {
			out.WriteByte('\n')
		}
	default:
		h.children(node, own, out)
	}
}

func isParagraph(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Table, atom.H1, atom.H2, atom.H3, atom.H4, atom.Ul, atom.Ol:
		return true
	}
	return false
}

func (h *htmlRenderer) children(node *html.Node, inherited style, out *textBuilder) {
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		h.render(child, inherited, out)
	}
}

// quotation renders a quoted part with "> " before each line; a quotation inside it gets no second mark,
// so that the text cannot grow with the nesting.
func (h *htmlRenderer) quotation(node *html.Node, own style, out *textBuilder) {
	if own.quoted {
		out.newLine()
		h.children(node, own, out)
		out.newLine()
		return
	}
	own.quoted = true
	var inner textBuilder
	h.children(node, own, &inner)
	out.newLine()
	for line := range strings.SplitSeq(tidyLines(inner.String()), "\n") {
		out.raw("> " + line)
		out.newLine()
	}
}

// row writes the cells of one row parted by tabs; a row whose cells hold tables or long text is layout
// and becomes lines.
func (h *htmlRenderer) row(node *html.Node, own style, out *textBuilder) {
	var cells []string
	layout := false
	for cell := node.FirstChild; cell != nil; cell = cell.NextSibling {
		if cell.DataAtom != atom.Td && cell.DataAtom != atom.Th {
			continue
		}
		if isDropped(cell) || h.ruleHides(cell) {
			continue
		}
		inside := own.with(cell)
		if inside.removed {
			continue
		}
		var inner textBuilder
		h.children(cell, inside, &inner)
		text := tidyLines(inner.String())
		layout = layout || len(text) > maxCellBytes || strings.Contains(text, "\t")
		cells = append(cells, text)
		for range min(spanOf(cell), 20) - 1 {
			cells = append(cells, "")
		}
	}
	if layout || len(cells) <= 1 {
		for _, cell := range cells {
			out.newLine()
			out.raw(cell)
		}
		return
	}
	for i, cell := range cells {
		cells[i] = strings.Join(strings.FieldsFunc(cell, isMarkupBlank), " ")
	}
	if line := strings.Join(cells, "\t"); strings.Trim(line, "\t") != "" {
		out.raw(line)
	}
}

// isMarkupBlank leaves the no-break spaces alone: they part thousands.
func isMarkupBlank(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }

func spanOf(cell *html.Node) int {
	span, err := strconv.Atoi(attribute(cell, "colspan"))
	if err != nil || span < 1 {
		return 1
	}
	return span
}

// isDropped lists elements that show no text, or not theirs.
func isDropped(node *html.Node) bool {
	switch node.DataAtom {
	case atom.Style, atom.Script, atom.Title, atom.Head, atom.Template, atom.Svg, atom.Math, atom.Object,
		atom.Iframe, atom.Audio, atom.Video, atom.Select, atom.Textarea, atom.Input, atom.Map, atom.Datalist:
		return true
	case atom.Bdo:
		return true
	}
	for _, a := range node.Attr {
		if a.Key == "hidden" {
			return true
		}
	}
	return false
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasClass(node *html.Node, class string) bool {
	for name := range strings.FieldsSeq(attribute(node, "class")) {
		if name == class {
			return true
		}
	}
	return false
}

// tidyLines trims each line and keeps at most one empty line between two.
func tidyLines(text string) string {
	var out strings.Builder
	empty := true
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.Trim(line, " \r")
		if strings.TrimSpace(line) == "" {
			if !empty {
				out.WriteByte('\n')
			}
			empty = true
			continue
		}
		out.WriteString(line)
		out.WriteByte('\n')
		empty = false
	}
	return strings.TrimRight(out.String(), "\n")
}
