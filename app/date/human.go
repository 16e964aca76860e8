package date

import (
	"fmt"
	"strconv"
)

var monthNames = map[string][12]string{
	"fr": {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
		"octobre", "novembre", "décembre"},
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December"},
}

var weekdayNames = map[string][7]string{
	"fr": {"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
	"en": {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
}

const noBreakSpace = "\u00a0"

// Short writes 08/12/2026, the form of tables and lists in both languages.
func (d Date) Short() string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.YMD()
	return fmt.Sprintf("%02d/%02d/%04d", day, int(month), year)
}

// Long writes the date in words: "8 décembre 2026", "1er janvier 2026" in French, "8 December 2026"
// otherwise. The day and its month do not part at the end of a line.
func (d Date) Long(language string) string {
	if d.IsZero() {
		return ""
	}
	names, known := monthNames[language]
	if !known {
		language, names = "en", monthNames["en"]
	}
	year, month, day := d.YMD()
	ordinal := strconv.Itoa(day)
	if language == "fr" && day == 1 {
		ordinal = "1er"
	}
	return ordinal + noBreakSpace + names[month-1] + " " + strconv.Itoa(year)
}

// LongWithWeekday writes "mardi 8 décembre 2026".
func (d Date) LongWithWeekday(language string) string {
	if d.IsZero() {
		return ""
	}
	names, known := weekdayNames[language]
	if !known {
		names = weekdayNames["en"]
	}
	return names[d.Weekday()] + " " + d.Long(language)
}
