package accounts

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNamesThatMeanOneCompany(t *testing.T) {
	for _, same := range [][]string{
		{"Acme Ltd", "ACME  limited", "acme, ltd.", "The Acme Co., Ltd.", "Acme"},
		{"Müller Maschinen GmbH", "muller maschinen", "Müller-Maschinen GmbH Co. KG", "MÜLLER MASCHINEN AG"},
		{"Van Dijk B.V.", "van dijk bv", "Van Dijk BV"},
		{"O'Neill plc", "ONeill"},
		{"شركة الخليج", "شركة  الخليج"},
	} {
		for _, name := range same[1:] {
			if MatchKey(name) != MatchKey(same[0]) {
				t.Errorf("%q is %q, and %q is %q", name, MatchKey(name), same[0], MatchKey(same[0]))
			}
		}
	}
	for _, other := range [][2]string{{"Acme", "Acme Pumps"}, {"BV", "GmbH"}, {"Northwind", "Southwind"}, {"The", "A"}} {
		if MatchKey(other[0]) == MatchKey(other[1]) {
			t.Errorf("%q and %q are taken for one company", other[0], other[1])
		}
	}
	if MatchKey("GmbH") == "" || MatchKey("!!!") != "" || matchOf(Account{Name: "!!!"}) == "" {
		t.Error("a name of nothing but a legal form, or of signs, has no key")
	}
}

func TestAddressesAreReadAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{
		"":                                      "",
		"Kim@Example.com":                       "kim@example.com",
		"Ana <ana@x.example>, bo@y.example":     "ana@x.example, bo@y.example",
		"a@x.example a@x.example;b@x.example\n": "a@x.example, b@x.example",
		"mailto:a@x.example":                    "a@x.example",
	} {
		if got, err := emails("emails", typed); err != nil || got != want {
			t.Errorf("%q is read as %q (%v), want %q", typed, got, err, want)
		}
	}
	for _, typed := range []string{"kim", "kim@", "@x", "a b@c", "a@b@c", strings.Repeat("a@x.example,b", 9)} {
		if got, err := emails("emails", typed); err == nil {
			t.Errorf("%q is taken for %q", typed, got)
		}
	}
	for typed, want := range map[string]string{
		"":                     "",
		"+31 20 123 4567":      "+31 20 123 4567",
		"0031 (0)20-123":       "+31 20-123",
		"112":                  "112",
		"(020) 123.45.67 x89":  "(020) 123.45.67 ext 89",
		"1 800 555, +44 20 99": "1 800 555, +44 20 99",
		"tel:+3120":            "+3120",
	} {
		if got, err := phones("phones", typed); err != nil || got != want {
			t.Errorf("%q is read as %q (%v), want %q", typed, got, err, want)
		}
	}
	for _, typed := range []string{"call me", "12", "+", "1234567890123456", "12+34", "٣٤٥٦", "555 ext abc"} {
		if got, err := phones("phones", typed); err == nil {
			t.Errorf("%q is taken for %q", typed, got)
		}
	}
	for typed, want := range map[string]string{"": "", "Example.COM/": "https://example.com", "http://a.b/c?d": "http://a.b/c?d", "https://münchen.example": "https://münchen.example"} {
		if got, err := ParseWebsite("website", typed); err != nil || got != want {
			t.Errorf("%q is read as %q (%v), want %q", typed, got, err, want)
		}
	}
	for _, typed := range []string{"javascript:alert(1)", "data://x.y", "localhost", "https://user:secret@x.example", "http://", "a b.example", "ftp://x.example", strings.Repeat("a", 300) + ".example"} {
		if got, err := ParseWebsite("website", typed); err == nil {
			t.Errorf("%q is taken for %q", typed, got)
		}
	}
}

// What is read once is read the same again, and fits in a line.
func FuzzParseEmails(f *testing.F) {
	for _, seed := range []string{"a@b.c", "Ana <a@b.c>; d@e.f", "<<>>", "a@b,\"x\"@y", "ü@ö.example", "\x00@b", "a@[127.0.0.1]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		first, err := emails("emails", typed)
		if err != nil {
			return
		}
		if !utf8.ValidString(first) || strings.ContainsAny(first, "\x00\n\r<>") {
			t.Fatalf("%q is read as %q", typed, first)
		}
		if again, err := emails("emails", first); err != nil || again != first {
			t.Fatalf("%q is read as %q, and that as %q (%v)", typed, first, again, err)
		}
	})
}

func FuzzParsePhones(f *testing.F) {
	for _, seed := range []string{"+31 20 123 4567", "0031 (0)20", "x", "1x2", "tel:tel:123", "00 00", "(((", "112 ext. 9"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		first, err := phones("phones", typed)
		if err != nil {
			return
		}
		if strings.Trim(first, "+0123456789 -./()ext,") != "" {
			t.Fatalf("%q is read as %q", typed, first)
		}
		if again, err := phones("phones", first); err != nil || again != first {
			t.Fatalf("%q is read as %q, and that as %q (%v)", typed, first, again, err)
		}
	})
}

func FuzzParseWebsite(f *testing.F) {
	for _, seed := range []string{"example.com", "https://a.b/c", "http://[::1]/", "//x", "https://a.b:99999", "javascript://x.y/%0aalert(1)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		first, err := ParseWebsite("website", typed)
		if err != nil || first == "" {
			return
		}
		if !strings.HasPrefix(first, "http://") && !strings.HasPrefix(first, "https://") || !utf8.ValidString(first) {
			t.Fatalf("%q is read as %q", typed, first)
		}
		if again, err := ParseWebsite("website", first); err != nil || siteOf(again) != siteOf(first) {
			t.Fatalf("%q is read as %q, and that as %q (%v)", typed, first, again, err)
		}
	})
}

func FuzzMatchKey(f *testing.F) {
	for _, seed := range []string{"Acme Ltd", "B.V.", "The", "ẞ", "é", "ﬁ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if key := MatchKey(name); !utf8.ValidString(key) {
			t.Fatalf("the key of %q is %q", name, key)
		}
	})
}

func TestWhoIsMissingFromADeal(t *testing.T) {
	for _, c := range []struct {
		in   []Standing
		gaps int
	}{
		{nil, 3},
		{[]Standing{{Role: EconomicBuyer, Attitude: "for"}}, 2},
		{[]Standing{{Role: EconomicBuyer}, {Role: Champion}}, 2}, // nobody to use it, nobody's attitude
		{[]Standing{{Role: EconomicBuyer, Attitude: "neutral"}, {Role: Champion}, {Role: TechnicalEvaluator}}, 0},
	} {
		if got := Gaps(c.in); len(got) != c.gaps {
			t.Errorf("%v: %d gaps, want %d: %v", c.in, len(got), c.gaps, got)
		}
	}
}
