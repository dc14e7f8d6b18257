// Package fold makes texts comparable, so that what somebody types in a hurry is the
// same as what somebody else wrote with care.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters that Unicode does not take apart into a letter and its mark, the other form
// of a Greek letter at the end of a word, and the line that only stretches Arabic ones.
var letters = strings.NewReplacer("ß", "ss", "ø", "o", "æ", "ae", "œ", "oe", "ł", "l", "đ", "d", "ð", "d", "þ", "th",
	"ı", "i", "ς", "σ", "ـ", "")

// Plain is a text without case, accents and the marks of direction.
func Plain(text string) string {
	text = strings.ToLower(text)
	if isASCII(text) {
		return text
	}
	var plain strings.Builder
	for _, r := range norm.NFKD.String(text) {
		if !unicode.Is(unicode.Mn, r) && !unicode.Is(unicode.Cf, r) {
			plain.WriteRune(r)
		}
	}
	return letters.Replace(strings.ToLower(plain.String())) // taken apart, a sign may be capitals
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
