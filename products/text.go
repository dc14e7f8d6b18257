package products

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"milepost/problem"
)

// line cleans what was typed into a field of one line, and refuses what is longer
// than a screen can show.
func line(field, what, text string, most int) (string, error) {
	if !utf8.ValidString(text) {
		return "", problem.Invalid(field, "%s has characters that cannot be read. Type it anew.", what)
	}
	text = strings.Join(strings.Fields(strings.Map(plainRune, text)), " ")
	if n := utf8.RuneCountInString(text); n > most {
		return text, problem.Invalid(field, "%s has %d characters; up to %d fit.", what, n, most)
	}
	return text, nil
}

// plainRune turns control characters into blanks and drops the marks that turn the
// text around them, so that a name cannot disguise its neighbours.
func plainRune(r rune) rune {
	switch {
	case unicode.IsControl(r), r == '\u2028', r == '\u2029':
		return ' '
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
		return -1
	}
	return r
}

func clip(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}
