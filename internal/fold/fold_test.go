package fold_test

import (
	"testing"

	"pgregory.net/rapid"

	"milepost/internal/fold"
)

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "Harbour 7": "harbour 7", "Müller": "muller", "STRASSE": "strasse", "Straße": "strasse", "Łódź": "lodz", "Ærø": "aero",
		"İstanbul": "istanbul", "ﬁne": "fine", "ＡＢＣ１２": "abc12", "ΟΔΥΣΣΕΥΣ": "οδυσσευσ", "Ὀδυσσεύς": "οδυσσευσ", "℡": "tel",
		"e\u0301a": "ea", "a\u200fb": "ab", "مُحَمَّد": "محمد", "한국": fold.Plain("한국"),
	} {
		if got := fold.Plain(text); got != want {
			t.Errorf("%q comes to %q, want %q", text, got, want)
		}
	}
}

// What is plain stays as it is.
func TestPlainTwiceIsPlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		if once := fold.Plain(text); fold.Plain(once) != once {
			t.Errorf("%q comes to %q, and then to %q", text, once, fold.Plain(once))
		}
	})
}
