package deals

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"milepost/internal/db"
)

// usual is what an organization usually says when a deal ends: to whom it lost, and
// why deals end so.
type usual struct {
	competitors []string            // met before, the most met first, each once
	spellings   map[string][]string // by key: the ways in which each was written
	reasons     map[Outcome][]string
}

// usualKept is for how long this is taken as read; it changes slowly.
const usualKept = 5 * time.Minute

const (
	mostMet        = 500 // names of competitors that are remembered
	mostOwnReasons = 3   // offered beside the shipped ones, per outcome
	longestChoice  = 60  // of a reason that is offered as one click, in characters
)

// shippedReasons are offered from the first day. That one was outsold is something
// that a rep can say here without a word of excuse.
var shippedReasons = map[Outcome][]string{
	Won:      {"We fitted what they needed", "The figures added up for them", "Someone inside carried it", "They knew us already", "We could deliver soonest"},
	Lost:     {"Price", "Something they needed was missing", "They stayed with whom they have", "We came too late", "Outsold"},
	NoAction: {"No money for it", "Something else came first", "Whoever wanted it left", "It does not hurt enough", "They fell silent"},
}

// reasonsFor lists the reasons that are offered for an outcome: the shipped ones, then
// what this organization says most.
func (u usual) reasonsFor(o Outcome) []string {
	return append(slices.Clone(shippedReasons[o]), u.reasons[o]...)
}

// spelled writes a competitor's name as the organization mostly does.
func (u usual) spelled(name string) string {
	if known := u.spellings[CompetitorKey(name)]; len(known) > 0 {
		return known[0]
	}
	return name
}

// like lists competitors whose names contain some letters.
func (u usual) like(letters string, most int) []string {
	var found []string
	for _, name := range u.competitors {
		if strings.Contains(CompetitorKey(name), CompetitorKey(letters)) && len(found) < most {
			found = append(found, name)
		}
	}
	return found
}

func (p *pages) usualOf(ctx context.Context, org db.Org, now Now) (usual, error) {
	return p.usual.of(org, now.At, usualKept, func() (usual, error) {
		u, err := readUsual(ctx, p.DB.For(org), org)
		if err != nil {
			return u, fmt.Errorf("reading what is usually said of ended deals: %w", err)
		}
		return u, nil
	})
}

// noteUsual sees to it that a competitor or a reason that is new is offered from now on.
func (p *pages) noteUsual(org db.Org, o *Opportunity) {
	p.usual.forget(org, func(u usual) bool {
		if o.Reason != "" && !slices.Contains(u.reasonsFor(o.Outcome), o.Reason) {
			return true
		}
		return slices.ContainsFunc(append(slices.Clone(o.Competitors), o.Competitor), func(name string) bool {
			return name != "" && len(u.spellings[CompetitorKey(name)]) == 0
		})
	})
}

func readUsual(ctx context.Context, d *db.DB, org db.Org) (usual, error) {
	u := usual{spellings: map[string][]string{}, reasons: map[Outcome][]string{}}
	met, err := competitorsMet(ctx, d, org, mostMet)
	if err != nil {
		return u, err
	}
	for _, m := range met {
		key := CompetitorKey(m.Name)
		if key == "" || key == unknownCompetitor {
			continue
		}
		if len(u.spellings[key]) == 0 {
			u.competitors = append(u.competitors, m.Name)
		}
		u.spellings[key] = append(u.spellings[key], m.Name)
	}
	for _, o := range Outcomes {
		said, err := reasonsSaid(ctx, d, org, o, 20)
		if err != nil {
			return u, err
		}
		u.reasons[o] = ownReasons(o, said)
	}
	return u, nil
}

// ownReasons are those of what was said that are short enough to be chosen by a click,
// and not shipped already.
func ownReasons(o Outcome, said []string) []string {
	var own []string
	for _, reason := range said {
		known := slices.ContainsFunc(append(slices.Clone(shippedReasons[o]), own...), func(r string) bool {
			return CompetitorKey(r) == CompetitorKey(reason)
		})
		if !known && utf8.RuneCountInString(reason) <= longestChoice && !strings.Contains(reason, "\n") && len(own) < mostOwnReasons {
			own = append(own, reason)
		}
	}
	return own
}
