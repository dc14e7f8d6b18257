package process

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"milepost/people"
)

// Discovered makes a process of what a history says: something to change, not to believe.
// Deals begin in the phase called beginning. A phase is called by what it requires last,
// or leads with.
func Discovered(name, beginning string, list []Found, all int) Definition {
	d := Definition{Name: name, Purpose: "Found in the history of " + manyDeals(all) + ". Look at each milestone, and say what shows it."}
	d.Phases = []Phase{{Name: firstUpper(beginning), Question: "Nothing was shown yet."}}
	for i := range list {
		f := &list[i]
		for len(d.Phases) <= f.Phase {
			d.Phases = append(d.Phases, Phase{})
		}
		p := &d.Phases[f.Phase]
		if p.Name == "" || f.Required || f.Leads && !p.requires() {
			p.Name = firstUpper(f.Label)
		}
		p.Milestones = append(p.Milestones, f.milestone(all))
	}
	return d
}

func (p *Phase) requires() bool {
	for _, m := range p.Milestones {
		if m.Required {
			return true
		}
	}
	return false
}

// milestone is what a label becomes, with one marker that says what the history knows.
func (f *Found) milestone(all int) Milestone {
	m := Milestone{Name: firstUpper(f.Label), Required: f.Required, Also: []string{f.Label}}
	text := fmt.Sprintf("What shows “%s”. The history has it in %s of %s", f.Label, grouped(f.Deals), manyDeals(all))
	if f.Timed >= fewestTimed {
		m.TypicalDays = min(max(1, int(math.Round(f.Days))), longestTime)
		text += fmt.Sprintf(", typically %s after the step before", manyDays(m.TypicalDays))
	}
	m.Markers = []Marker{{Kind: Deliverable, Text: text + ".",
		Proof: "The history says when, and not by what it was seen. Say here what counts from now on, and what does not."}}
	return m
}

// BeginningName is what the phase is called in which deals begin: the stage that most
// deals have first, unless that is a milestone too.
func BeginningName(stage string, list []Found) string {
	for _, f := range list {
		if people.Key(f.Label) == people.Key(stage) {
			return "Begun"
		}
	}
	if stage == "" {
		return "Begun"
	}
	return stage
}

func firstUpper(text string) string {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > longestName {
		text = string([]rune(text)[:longestName])
	}
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

func manyDeals(n int) string {
	if n == 1 {
		return "1 deal"
	}
	return grouped(n) + " deals"
}

func manyDays(n int) string {
	if n == 1 {
		return "a day or less"
	}
	return fmt.Sprintf("%d days", n)
}

// grouped writes a number with its thousands apart.
func grouped(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
