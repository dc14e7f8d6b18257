package search_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/search"
)

func TestFolding(t *testing.T) {
	for text, want := range map[string]string{
		"Müller": "muller", "MUELLER": "muller", "Straße": "strasse", "STRASSE": "strasse", "Łódź": "lodz", "Ærø": "aro", "Aeroe": "aro",
		"İstanbul": "istanbul", "ﬁne": "fine", "ＡＢＣ１２": "abc12", "Ὀδυσσεύς": "οδυσσευσ", "مُحَمَّد": "محمد", "שָׁלוֹם": "שלום",
		"한국": "한국", "e\u0301a": "ea", "½": "12", "👩\u200d🚀": "👩🚀",
	} {
		if got := search.Fold(text); got != search.Fold(want) || text[0] < 0x80 && got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
	}
}

func TestTerms(t *testing.T) {
	for typed, want := range map[string]string{
		"Scales harb": "[scales harb*]", "a  b,c": "[a b c*]", "东京": "[东京]", "京": "[京*]", "x东京y": "[x 东京 y*]", "🚢🚢": "[🚢 🚢*]",
		"kim@example.com": "[kim example com*]", "*": "[]", "a\x00b": "[a b*]",
	} {
		if got := fmt.Sprint(search.Terms(typed)); got != want {
			t.Errorf("%q comes to %s, want %s", typed, got, want)
		}
	}
	if n := len(search.Terms(strings.Repeat("word ", 1000))); n > 12 {
		t.Errorf("%d terms of a long text", n)
	}
}

func TestMarks(t *testing.T) {
	for _, c := range [][3]string{
		{"muller", "Herr Müller, Mueller & Sohn", "Herr [Müller], [Mueller] & Sohn"},
		{"scales harb", "Scales for the harbour", "[Scales] for the [harbour]"},
		{"obrien", "Mr O'Brien", "Mr [O'Brien]"},
		{"brien", "Mr O'Brien", "Mr O'[Brien]"},
		{"东京", "他们在东京都", "他们在[东京]都"},
		{"🚢", "a 🚢 b", "a [🚢] b"},
		{"جاهز", "العقد جاهز", "العقد [جاهز]"},
		{"x", "", ""},
		{"", "text", "text"},
	} {
		if got := search.Marked(c[0], c[1]); got != c[2] {
			t.Errorf("%q in %q: %q, want %q", c[0], c[1], got, c[2])
		}
	}
	long := strings.Repeat("before ", 40) + "the needle is here " + strings.Repeat("äfter ", 60)
	if got := search.Snippet("needle", long); !strings.Contains(got, "the [needle] is here") || len(got) > 350 || !strings.HasPrefix(got, "… before") || !strings.HasSuffix(got, " …") {
		t.Errorf("the surroundings are %q", got)
	}
	if got := search.Snippet("absent", long); got != "" {
		t.Errorf("nothing was found, and it shows %q", got)
	}
}

// Whatever a title is, each beginning of it finds it as it is typed, and marking it
// loses nothing of it.
func TestEveryBeginningFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.StringMatching(`[a-zA-ZäöüßÄéØæœŁ'\-. 0-9京都アー한국ا🚢e\x{301}\x{200d}]{1,24}`).Draw(t, "title")
		runes := []rune(title)
		typed := string(runes[:rapid.IntRange(1, len(runes)).Draw(t, "length")])
		if len(search.Terms(typed)) > 0 && !search.Answers(title, typed) {
			t.Errorf("%q does not find %q: %q", typed, title, search.Terms(typed))
		}
		if got := strings.NewReplacer("[", "", "]", "").Replace(search.Marked(typed, title)); got != title {
			t.Errorf("marked, %q is %q", title, got)
		}
	})
}

// PostgreSQL takes no more than a megabyte of words of one thing; whatever comes by an
// import, there is no more.
func TestWordsOfAnythingFit(t *testing.T) {
	var text strings.Builder
	for i := range 30_000 {
		fmt.Fprintf(&text, "%05d%s ", i, strings.Repeat("한국말", 12))
	}
	if n := search.Size(text.String()); n < 500_000 || n > 1<<20 {
		t.Errorf("%d bytes of words", n)
	}
	if n := search.Size("one two"); n != len("n%o none no~ non~ ntwo nt~ ntw~") {
		t.Errorf("a short text comes to %d bytes", n)
	}
}
