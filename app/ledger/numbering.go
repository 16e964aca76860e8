package ledger

import (
	"fmt"
	"strconv"
	"strings"
)

// NextNumber is the number after the highest one of a year's series. A pattern holds {year} and
// {number} or {number:04}; numbers of other patterns and other years are passed over.
func NextNumber(pattern string, year int, known func(each func(string))) (string, error) {
	head, tail, width, err := splitPattern(strings.ReplaceAll(pattern, "{year}", fmt.Sprintf("%04d", year)))
	if err != nil {
		return "", err
	}
	highest := 0
	known(func(number string) {
		middle, hasHead := strings.CutPrefix(number, head)
		middle, hasTail := strings.CutSuffix(middle, tail)
		if !hasHead || !hasTail || len(middle) > 9 {
			return
		}
		if n, err := strconv.Atoi(middle); err == nil && n > highest {
			highest = n
		}
	})
	return fmt.Sprintf("%s%0*d%s", head, width, highest+1, tail), nil
}

func splitPattern(pattern string) (head, tail string, width int, err error) {
	wrong := fieldError("numbering", "bad_pattern", pattern)
	open := strings.Index(pattern, "{number")
	if open < 0 {
		return "", "", 0, wrong
	}
	length := strings.Index(pattern[open:], "}")
	if length < 0 {
		return "", "", 0, wrong
	}
	format := strings.TrimPrefix(pattern[open+len("{number"):open+length], ":")
	if format != "" {
		if width, err = strconv.Atoi(format); err != nil || width > 12 {
			return "", "", 0, wrong
		}
	}
	head, tail = pattern[:open], pattern[open+length+1:]
	if strings.ContainsAny(head+tail, "{}") {
		return "", "", 0, wrong
	}
	return head, tail, width, nil
}
