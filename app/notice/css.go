package notice

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// rgb is a colour; known is false for one that was not understood, which never hides anything.
type rgb struct {
	r, g, b uint8
	known   bool
}

var (
	white = rgb{255, 255, 255, true}
	black = rgb{0, 0, 0, true}
)

// near compares two colours with what an eye would miss.
func (c rgb) near(other rgb) bool {
	return c.known && other.known && difference(c.r, other.r) <= 20 && difference(c.g, other.g) <= 20 &&
		difference(c.b, other.b) <= 20
}

func difference(a, b uint8) uint8 { return max(a, b) - min(a, b) }

// style is what decides whether an element's text is seen.
type style struct {
	color, background rgb
	// invisible hides text of the element and passes on; removed takes the whole subtree away.
	invisible, removed, tiny bool
	// quoted: the element stands in a quotation.
	quoted bool
}

func (s style) hidden() bool {
	return s.invisible || s.removed || s.tiny || s.color.near(s.background)
}

// with applies an element's own attributes and style to what it inherits.
func (s style) with(node *html.Node) style {
	for _, a := range node.Attr {
		switch a.Key {
		case "bgcolor":
			s.background = parseColor(a.Val)
		case "color", "text":
			s.color = parseColor(a.Val)
		case "size":
			s.tiny = s.tiny || node.DataAtom == atom.Font && strings.TrimSpace(a.Val) == "0"
		case "background":
			s.background = rgb{}
		case "style":
			s.apply(a.Val)
		}
	}
	return s
}

// apply reads the declarations of a style attribute.
func (s *style) apply(declarations string) {
	box := map[string]string{}
	for declaration := range strings.SplitSeq(declarations, ";") {
		name, value, ok := strings.Cut(declaration, ":")
		if !ok {
			continue
		}
		name = strings.ToLower(strings.TrimSpace(name))
		value = strings.ToLower(strings.TrimSpace(value))
		value = strings.TrimSpace(strings.TrimSuffix(value, "!important"))
		box[name] = value
	}
	s.removed = s.removed || hidesBox(box)
	for name, value := range box {
		switch name {
		case "visibility":
			s.invisible = value != "visible"
		case "font-size":
			s.tiny = isTiny(value)
		case "color":
			s.color = parseColor(value)
			s.invisible = s.invisible || value == "transparent" || strings.HasSuffix(value, ",0)")
		case "background", "background-color":
			s.background = parseBackground(value, s.background)
		}
	}
}

// hidesBox recognises the declarations that take an element out of sight.
func hidesBox(box map[string]string) bool {
	zeroBox := isZero(box["max-height"]) || isZero(box["height"]) || isZero(box["width"]) ||
		isZero(box["max-width"])
	return box["display"] == "none" || box["mso-hide"] == "all" || isZero(box["opacity"]) ||
		zeroBox && strings.HasPrefix(box["overflow"], "hidden") ||
		isFarAway(box["left"]) || isFarAway(box["top"]) || isFarAway(box["right"]) ||
		isFarAway(box["text-indent"]) || isFarAway(box["margin-left"]) || isFarAway(box["margin-top"]) ||
		strings.HasPrefix(box["clip"], "rect(0") || strings.HasPrefix(box["clip-path"], "inset(") ||
		strings.Contains(box["unicode-bidi"], "override") || strings.HasPrefix(box["transform"], "scale(0")
}

// isZero reads "0", "0px", "0.0" and "0.01".
func isZero(value string) bool {
	number, ok := leadingNumber(value)
	return ok && number <= 0.02 && number >= 0
}

// isTiny reads font sizes that no one can see.
func isTiny(value string) bool {
	number, ok := leadingNumber(value)
	if !ok {
		return false
	}
	if strings.HasSuffix(value, "em") {
		return number <= 0.1
	}
	if strings.HasSuffix(value, "%") {
		return number <= 10
	}
	return number <= 2
}

// isFarAway reads lengths that put a box outside the page.
func isFarAway(value string) bool {
	number, ok := leadingNumber(value)
	return ok && (number <= -500 || number >= 9000)
}

// leadingNumber reads the number at the start of a length. The value never becomes an amount.
func leadingNumber(value string) (float64, bool) {
	end := 0
	for end < len(value) && (isDigit(value[end]) || value[end] == '.' ||
		end == 0 && (value[0] == '-' || value[0] == '+')) {
		end++
	}
	number, err := strconv.ParseFloat(value[:end], 64)
	return number, err == nil
}

// parseBackground takes the colour of a background value; an image makes it unknown.
func parseBackground(value string, inherited rgb) rgb {
	if strings.Contains(value, "url(") || strings.Contains(value, "gradient") {
		return rgb{}
	}
	if strings.HasPrefix(value, "rgb") || strings.HasPrefix(value, "#") {
		return parseColor(value)
	}
	for word := range strings.FieldsSeq(value) {
		if word == "transparent" || word == "none" || word == "inherit" {
			return inherited
		}
		if color := parseColor(word); color.known {
			return color
		}
	}
	return rgb{}
}

var namedColors = map[string]rgb{
	"white": white, "black": black, "snow": {255, 250, 250, true}, "ivory": {255, 255, 240, true},
	"whitesmoke": {245, 245, 245, true}, "ghostwhite": {248, 248, 255, true}, "azure": {240, 255, 255, true},
	"red": {255, 0, 0, true}, "green": {0, 128, 0, true}, "blue": {0, 0, 255, true},
	"gray": {128, 128, 128, true}, "grey": {128, 128, 128, true}, "silver": {192, 192, 192, true},
	"navy": {0, 0, 128, true}, "yellow": {255, 255, 0, true}, "orange": {255, 165, 0, true},
}

// parseColor reads #rgb, #rrggbb, rgb(), rgba() and the names that mails use to hide or to print.
func parseColor(value string) rgb {
	value = strings.ToLower(strings.TrimSpace(value))
	if color, ok := namedColors[value]; ok {
		return color
	}
	if arguments, ok := strings.CutPrefix(value, "rgb"); ok {
		return parseRGBFunction(strings.Trim(strings.TrimPrefix(arguments, "a"), "() "))
	}
	digits := strings.TrimPrefix(value, "#")
	if space := strings.IndexByte(digits, ' '); space >= 0 {
		digits = digits[:space]
	}
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	number, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || len(digits) != 6 {
		return rgb{}
	}
	return rgb{uint8(number >> 16), uint8(number >> 8), uint8(number), true}
}

func parseRGBFunction(arguments string) rgb {
	var parts [3]uint8
	values := strings.FieldsFunc(arguments, func(r rune) bool { return r == ',' || r == ' ' || r == '/' })
	if len(values) < 3 {
		return rgb{}
	}
	for i := range parts {
		number, err := strconv.ParseUint(values[i], 10, 8)
		if err != nil {
			return rgb{}
		}
		parts[i] = uint8(number)
	}
	return rgb{parts[0], parts[1], parts[2], true}
}

// hidingRule is a style-sheet rule that hides what it selects: by tag, class or id, each optional.
type hidingRule struct{ tag, class, id string }

// hidingRules reads the style sheets of the document. Rules inside @media and the like depend on the
// screen and are left out. Of a compound selector only the last step is kept: hiding too much can only
// lose an amount, never make one.
func hidingRules(root *html.Node) (rules []hidingRule) {
	for node := range root.Descendants() {
		if node.DataAtom == atom.Style && node.FirstChild != nil && len(rules) < 200 {
			rules = append(rules, parseSheet(node.FirstChild.Data)...)
		}
	}
	return rules
}

func parseSheet(sheet string) (rules []hidingRule) {
	sheet = dropComments(sheet)
	for len(sheet) > 0 && len(rules) < 200 {
		open := strings.IndexByte(sheet, '{')
		if open < 0 {
			break
		}
		selector, rest := strings.TrimSpace(sheet[:open]), sheet[open+1:]
		if at := strings.LastIndexByte(selector, '}'); at >= 0 {
			selector = selector[at+1:]
		}
		if strings.HasPrefix(selector, "@") {
			sheet = afterBlock(rest)
			continue
		}
		body, after, _ := strings.Cut(rest, "}")
		sheet = after
		probe := style{color: black, background: white}
		probe.apply(body)
		if !probe.hidden() || !hidesForSure(probe) {
			continue
		}
		for one := range strings.SplitSeq(selector, ",") {
			if rule, ok := lastStep(one); ok {
				rules = append(rules, rule)
			}
		}
	}
	return rules
}

// hidesForSure leaves colours out: white on an unknown background may be a button.
func hidesForSure(s style) bool { return s.removed || s.invisible || s.tiny }

func dropComments(sheet string) string {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(sheet, "/*")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		if _, sheet, found = strings.Cut(after, "*/"); !found {
			return out.String()
		}
	}
}

// afterBlock passes a block with the blocks inside it.
func afterBlock(text string) string {
	depth := 1
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			depth--
			if depth == 0 {
				return text[i+1:]
			}
		}
	}
	return ""
}

func lastStep(selector string) (rule hidingRule, ok bool) {
	steps := strings.FieldsFunc(selector, func(r rune) bool { return strings.ContainsRune(" >+~", r) })
	if len(steps) == 0 {
		return rule, false
	}
	step := steps[len(steps)-1]
	if strings.ContainsAny(step, ":[*") {
		return rule, false
	}
	step, rule.id, _ = strings.Cut(step, "#")
	step, rule.class, _ = strings.Cut(step, ".")
	rule.tag = strings.ToLower(step)
	wholePage := rule.tag == "" || rule.tag == "body" || rule.tag == "html"
	return rule, !wholePage || rule.class != "" || rule.id != ""
}

func (h *htmlRenderer) ruleHides(node *html.Node) bool {
	for _, rule := range h.rules {
		if (rule.tag == "" || rule.tag == node.Data) && (rule.id == "" || rule.id == attribute(node, "id")) &&
			(rule.class == "" || hasClass(node, rule.class)) {
			return true
		}
	}
	return false
}
