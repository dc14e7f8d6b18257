package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"milepost/internal/fold"
)

// class is what a stretch of text is made of.
type class int

const (
	gap   class = iota // between words
	word               // letters and digits, parted by gaps
	dense              // scripts that part no words: Chinese, Japanese
	sign               // an emoji or another sign that stands for itself
)

// span is a stretch of a text, by its bytes.
type span struct {
	class    class
	from, to int
}

// longestWord is how many characters of a word count; the rest of a longer one is
// left out, when it is kept and when it is looked for.
const longestWord = 40

func classOf(r rune) class {
	switch {
	case r == utf8.RuneError:
		return gap
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo), r == 'ー':
		return dense
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), unicode.Is(unicode.Cf, r):
		return word
	case unicode.Is(unicode.So, r):
		return sign
	}
	return gap
}

// spans parts a text into words, and into what stands for a word.
func spans(text string) []span {
	var list []span
	for i, r := range text {
		c, end := classOf(r), i+utf8.RuneLen(r)
		if c == gap {
			continue
		}
		if n := len(list); n > 0 && c != sign && list[n-1].class == c && list[n-1].to == i {
			list[n-1].to = end
			continue
		}
		list = append(list, span{c, i, end})
	}
	return list
}

// essence is a piece of text as it is compared: without case, accents and the marks of
// direction. An umlaut is compared by its vowel, however it is written: Müller is
// Mueller is Muller. What remains of the beginning of a word is the beginning of what
// remains of the word, or nothing could be found as one types.
func essence(piece string) string {
	var out strings.Builder
	before := ' '
	for _, r := range fold.Plain(piece) {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mc, r) && !unicode.Is(unicode.So, r) {
			continue
		}
		if r != 'e' || before != 'a' && before != 'o' && before != 'u' {
			out.WriteRune(r)
		}
		before = r
	}
	return out.String()
}

// tokens are the words that a span comes to: one, or for a script that parts no
// words every two neighbours, and the last alone, so that one of them is found too.
func (s span) tokens(text string) []string {
	folded := essence(text[s.from:s.to])
	if folded == "" {
		return nil
	}
	if s.class != dense {
		return []string{cut(folded, longestWord)}
	}
	runes := []rune(folded)
	var list []string
	for i := range len(runes) - 1 {
		list = append(list, string(runes[i:i+2]))
	}
	return append(list, string(runes[len(runes)-1]))
}

// compact is a text without anything between its words, by which it is known whole.
func compact(text string) string {
	var out strings.Builder
	for _, s := range spans(text) {
		out.WriteString(essence(text[s.from:s.to]))
	}
	return out.String()
}

// joins are the signs that may stand inside one word: O'Brien, e-mail, OPP-0042.
const joins = "-'’ʼ‑._/&@"

// joined lists what words that such a sign joins come to without it, with the span
// from the first to the last of them.
func joined(text string, list []span) (words []string, where []span) {
	for i := 0; i < len(list); {
		end := i + 1
		for end < len(list) && list[end].class == word && list[end-1].class == word && strings.Contains(joins, between(text, list[end-1], list[end])) {
			end++
		}
		if end > i+1 {
			whole := span{word, list[i].from, list[end-1].to}
			if folded := compact(text[whole.from:whole.to]); utf8.RuneCountInString(folded) <= longestWord {
				words, where = append(words, folded), append(where, whole)
			}
		}
		i = end
	}
	return words, where
}

// between is the one character between two spans; where there are more, or none, it
// is what joins nothing.
func between(text string, a, b span) string {
	gap := text[a.to:b.from]
	if utf8.RuneCountInString(gap) != 1 {
		return "\x00"
	}
	return gap
}

func cut(text string, most int) string {
	n := 0
	for i := range text {
		if n == most {
			return text[:i]
		}
		n++
	}
	return text
}

// digits are the figures of a number, without what parts them.
func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}
