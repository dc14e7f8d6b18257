package ui

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"testing"
)

var pair = regexp.MustCompile(`--([a-z0-9-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)`)

// tokens reads the pairs of colours: light first, then dark.
func tokens(t *testing.T) map[string][2]string {
	t.Helper()
	css, err := os.ReadFile("assets/css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][2]string{}
	for _, m := range pair.FindAllStringSubmatch(string(css), -1) {
		found[m[1]] = [2]string{m[2], m[3]}
	}
	return found
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(hex string) float64 {
	channel := func(at int) float64 {
		v, _ := strconv.ParseUint(hex[at:at+2], 16, 8)
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(0) + 0.7152*channel(2) + 0.0722*channel(4)
}

func contrast(a, b string) float64 {
	high, low := luminance(a), luminance(b)
	if high < low {
		high, low = low, high
	}
	return (high + 0.05) / (low + 0.05)
}

func TestContrastFormula(t *testing.T) {
	// The definition gives 21 for black on white; #767676 is the well-known lightest
	// grey that passes AA on white, at 4.54.
	if got := contrast("000000", "ffffff"); math.Abs(got-21) > 1e-9 {
		t.Errorf("black on white: %.3f", got)
	}
	if got := contrast("767676", "ffffff"); math.Abs(got-4.54) > 0.005 {
		t.Errorf("#767676 on white: %.3f", got)
	}
}

// TestContrast checks every pair of colours that meets on a page, in both themes.
func TestContrast(t *testing.T) {
	colours := tokens(t)
	check := func(least float64, front string, backs ...string) {
		for _, back := range backs {
			for theme, name := range []string{"light", "dark"} {
				f, b := colours[front][theme], colours[back][theme]
				if f == "" || b == "" {
					t.Fatalf("%s or %s is not in tokens.css", front, back)
				}
				if got := contrast(f, b); got < least {
					t.Errorf("%s: %s on %s is %.2f, less than %.1f", name, front, back, got, least)
				}
			}
		}
	}
	const text, drawing = 4.5, 3.0
	soft := []string{"accent-soft", "good-soft", "warn-soft", "bad-soft", "info-soft"}
	grounds := []string{"paper", "surface", "sunken"}
	check(text, "ink", append(grounds, soft...)...)
	check(text, "ink", "hue-1", "hue-2", "hue-3", "hue-4", "hue-5", "hue-6")
	check(text, "muted", grounds...)
	check(text, "muted", "accent-soft") // quiet text in a current row
	check(text, "accent", append(grounds, soft...)...)
	check(text, "accent-strong", "surface", "paper", "accent-soft")
	check(text, "on-accent", "accent", "accent-strong")
	for _, tone := range []string{"good", "warn", "bad", "info"} {
		check(text, tone, "paper", "surface", tone+"-soft")
	}
	check(text, "bad", "sunken", "accent-soft")
	check(text, "warn", "accent-soft")
	check(drawing, "edge", "surface", "paper")
	check(drawing, "accent", "line") // bars on their track
	for i := 1; i <= 6; i++ {
		check(drawing, "series-"+strconv.Itoa(i), "surface")
	}
}
