package accounts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"milepost/internal/fold"
	"milepost/problem"
)

// The longest texts that are taken in, in characters.
const (
	longestName  = 200
	longestLabel = 120
	longestText  = 5000
)

// line cleans what was typed into a field of one line, and refuses what is longer
// than a screen can show.
func line(field, what, text string, most int) (string, error) {
	if !utf8.ValidString(text) {
		return "", problem.Invalid(field, "%s has characters that cannot be read. Type it anew.", what)
	}
	text = strings.Join(strings.Fields(strings.Map(plainRune, text)), " ")
	return text, mustFit(field, what, text, most)
}

// paragraphs is line for longer texts, whose line ends stay.
func paragraphs(field, what, text string, most int) (string, error) {
	if !utf8.ValidString(text) {
		return "", problem.Invalid(field, "%s has characters that cannot be read. Type it anew.", what)
	}
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return plainRune(r)
	}, strings.ReplaceAll(text, "\r\n", "\n")))
	return text, mustFit(field, what, text, most)
}

func mustFit(field, what, text string, most int) error {
	if n := utf8.RuneCountInString(text); n > most {
		return problem.Invalid(field, "%s has %d characters; up to %d fit.", what, n, most)
	}
	return nil
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

// folded is a text as it is looked for: without case, accents and spare blanks.
func folded(text string) string {
	return strings.Join(strings.Fields(fold.Plain(text)), " ")
}

// legalForms are the words at the end of a name that say what kind of company it
// is, not which.
var legalForms = wordSet(`ltd limited inc incorporated corp corporation co company llc llp lp plc gmbh mbh ag kg kgaa
	ohg ug se bv nv vof sa sas sarl srl spa sl slu ab asa aps oy oyj kft zrt doo sro pty pte bhd sdn ltda eirl ou uab sia`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[word] = true
	}
	return set
}

// MatchKey is what two names have in common that mean one company: case, blanks,
// accents, punctuation, a leading "the" and legal forms do not count. It is empty
// only for a name without a letter or digit.
func MatchKey(name string) string {
	var plain strings.Builder
	for _, r := range folded(name) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			plain.WriteRune(r)
		case r == '.', r == '\'', r == '’': // "B.V." is "BV"
		default:
			plain.WriteByte(' ')
		}
	}
	words := strings.Fields(plain.String())
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	for len(words) > 1 && legalForms[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

func clip(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}

func upperFirst(text string) string { return changeFirst(text, unicode.ToUpper) }
func lowerFirst(text string) string { return changeFirst(text, unicode.ToLower) }

func changeFirst(text string, change func(rune) rune) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 || first == utf8.RuneError {
		return text
	}
	return string(change(first)) + text[size:]
}

// quoted keeps a name that is written from right to left from turning the sentence
// around it: by Unicode's own marks, since a sentence is plain text.
func quoted(text string) string {
	for _, r := range text {
		if unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) {
			return "“\u2068" + text + "\u2069”"
		}
	}
	return "“" + text + "”"
}
