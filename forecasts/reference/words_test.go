package reference

import (
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for days, want := range map[float64]string{.2: "1 day", 1.4: "1 day", 2: "2 days", 364: "364 days", 366: "12 months", 2000: "5.5 years"} {
		if got := span(days); got != strings.ReplaceAll(want, " ", space) {
			t.Errorf("%v days: %q, want %q", days, got, want)
		}
	}
	for _, c := range []struct {
		height float64
		want   string
	}{{0, "rung 1 of 5"}, {.5, "rung 3 of 5"}, {.26, "rung 2 of 5"}, {.375, "between rungs 2 and 3 of 5"}, {1, "rung 5 of 5"}} {
		if got := where(c.height, 5); got != c.want {
			t.Errorf("%v: %q, want %q", c.height, got, c.want)
		}
	}
	for _, c := range []struct {
		moved float64
		deals int
		want  string
	}{{0, 0, "mostly assumption"}, {.2, 99, "mostly assumption"}, {.3, 40, "more assumption than own deals"}, {.2, 100, "cannot be told from what goes with it"},
		{.5, 100, "more own deals than assumption"}, {.9, 20, "mostly your own deals"}} {
		if got := weight(c.moved, c.deals); got != c.want {
			t.Errorf("%v, %d deals: %q, want %q", c.moved, c.deals, got, c.want)
		}
	}
}

// The chart draws what own deals tell most surely; what too few deals show comes last.
func TestWhatIsDrawn(t *testing.T) {
	level := func(own, half float64, deals int) []Level {
		return []Level{{}, {Own: own, Low: own - half, High: own + half, Deals: deals}}
	}
	list := []Evidence{{"vague", level(2, 4, 500)}, {"few", level(3, .1, 19)}, {"sure", level(.5, .1, 50)}, {"down", level(-.9, .1, 50)}}
	for range 5 {
		list = append(list, Evidence{"nothing", level(.01, .2, 200)})
	}
	var names []string
	for _, e := range telling(list) {
		names = append(names, e.Name)
	}
	if want := []string{"down", "sure", "vague", "nothing", "nothing", "nothing"}; !slices.Equal(names, want) {
		t.Errorf("drawn are %v, want %v", names, want)
	}
	if list[0].Name != "vague" {
		t.Error("the list itself was put in another order")
	}
}
