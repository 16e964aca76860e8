package money

import (
	"strconv"
	"strings"
)

// Spaces of French print: the narrow no-break space parts thousands, the no-break space stands
// before a unit. Neither lets a line break.
const (
	NarrowNoBreakSpace = "\u202f"
	NoBreakSpace       = "\u00a0"
)

// Figure writes the amount without its unit: "3 743,53" (narrow no-break spaces) in French,
// "3,743.53" otherwise. Columns whose header says the unit use it. The minus sign is a hyphen; the
// letters replace it by U+2212, which the screen's font lacks.
func (c Cents) Figure(language string) string {
	group, decimal := NarrowNoBreakSpace, ","
	if language != "fr" {
		group, decimal = ",", "."
	}
	absolute := c.Abs()
	units := strconv.FormatInt(int64(absolute/100), 10)
	var text strings.Builder
	if c < 0 {
		text.WriteByte('-')
	}
	head := len(units) % 3
	text.WriteString(units[:head])
	for i := head; i < len(units); i += 3 {
		if i > 0 {
			text.WriteString(group)
		}
		text.WriteString(units[i : i+3])
	}
	text.WriteString(decimal)
	text.WriteString(twoDigits(int64(absolute % 100)))
	return text.String()
}

// Format writes the amount with its unit: "3 743,53 €" in French (no-break space before the sign),
// "€3,743.53" in English; a currency other than the euro is written by its code.
func (c Cents) Format(currency Currency, language string) string {
	figure := c.Figure(language)
	if language == "fr" {
		unit := string(currency)
		if currency == EUR {
			unit = "€"
		}
		return figure + NoBreakSpace + unit
	}
	sign := ""
	if c < 0 {
		sign, figure = "-", figure[1:]
	}
	if currency == EUR {
		return sign + "€" + figure
	}
	return sign + string(currency) + NoBreakSpace + figure
}
