package activities

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"milepost/problem"
)

// cleanLine cleans what was typed into a field of one line; what names the field in
// the sentence.
func cleanLine(field, what, text string, most int) (string, error) {
	if err := mustBeText(field, what, text); err != nil {
		return "", err
	}
	text = strings.Join(strings.Fields(strings.Map(plainRune, text)), " ")
	return text, mustFit(field, what, text, most)
}

// cleanParagraphs is cleanLine for longer texts, whose line ends and indents stay.
func cleanParagraphs(field, what, text string, most int) (string, error) {
	if err := mustBeText(field, what, text); err != nil {
		return "", err
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	text = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		return plainRune(r)
	}, text)
	text = strings.TrimRightFunc(strings.TrimLeft(text, "\n"), unicode.IsSpace)
	if strings.TrimSpace(text) == "" {
		text = ""
	}
	return text, mustFit(field, what, text, most)
}

func mustBeText(field, what, text string) error {
	if !utf8.ValidString(text) {
		return problem.Invalid(field, "%s has characters that cannot be read. Type it anew.", what)
	}
	return nil
}

func mustFit(field, what, text string, most int) error {
	if n := utf8.RuneCountInString(text); n > most {
		return problem.Invalid(field, "%s has %d characters; up to %d fit.", what, n, most)
	}
	return nil
}

// plainRune turns control characters into blanks and drops the marks that turn the
// direction of the text around them, so that a name cannot disguise its neighbours.
func plainRune(r rune) rune {
	switch {
	case unicode.IsControl(r), r == '\u2028', r == '\u2029':
		return ' '
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff', r == '\u200e', r == '\u200f':
		return -1
	}
	return r
}

// joined is errors.Join under a name that reads well beside the rules.
func joined(wrong ...error) error { return errors.Join(wrong...) }

func clip(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return strings.TrimSpace(string(runes[:most])) + "…"
	}
	return text
}
