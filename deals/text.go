package deals

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"milepost/problem"
)

// The longest texts that are taken in, in characters.
const (
	longestTitle    = 200
	longestName     = 200 // of an account, a competitor
	longestLabel    = 80  // of a stage, a source, a segment, a product
	longestReason   = 1000
	longestActivity = 5000
)

// oneLine cleans what a person typed into a field of one line, and refuses what is
// longer than a screen can show. What names the field in the sentence.
func oneLine(field, what, text string, most int) (string, error) {
	if !utf8.ValidString(text) {
		return "", problem.Invalid(field, "%s has characters that cannot be read. Type it anew.", what)
	}
	text = strings.Join(strings.Fields(strings.Map(plainRune, text)), " ")
	return text, mustFit(field, what, text, most)
}

// paragraphs is oneLine for longer texts, whose line ends stay.
func paragraphs(field, what, text string, most int) (string, error) {
	if !utf8.ValidString(text) {
		return "", problem.Invalid(field, "%s has characters that cannot be read. Type it anew.", what)
	}
	text = strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return plainRune(r)
	}, strings.ReplaceAll(text, "\r\n", "\n"))
	text = strings.TrimSpace(text)
	return text, mustFit(field, what, text, most)
}

func mustFit(field, what, text string, most int) error {
	if n := utf8.RuneCountInString(text); n > most {
		return problem.Invalid(field, "%s has %d characters; up to %d fit.", what, n, most)
	}
	return nil
}

// plainRune turns control characters into blanks (PostgreSQL keeps no zero byte)
// and drops the marks that turn the direction of the text around them, so that a
// name cannot disguise its neighbours. Right-to-left letters need no such mark.
func plainRune(r rune) rune {
	switch {
	case unicode.IsControl(r), r == '\u2028', r == '\u2029':
		return ' '
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
		return -1
	}
	return r
}
