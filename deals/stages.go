package deals

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"milepost/internal/db"
	"milepost/internal/ledger"
)

// stagesKept is for how long the order of the stages is taken as read: it changes
// slowly, and a label that is new is noted at once.
const stagesKept = 10 * time.Minute

// meantKept is for how long the stages of a process are: they change all at once, and
// whoever changed them looks.
const meantKept = 20 * time.Second

// mostStages bounds what a form offers.
const mostStages = 30

// stagesOf lists the stages that an organization uses, for forms to offer.
func (p *pages) stagesOf(ctx context.Context, org db.Org, now Now) ([]string, error) {
	labels, err := p.stages.of(org, now.At, stagesKept, func() ([]string, error) {
		labels, err := StagesInUse(ctx, p.DB.For(org), org)
		if err != nil {
			return nil, fmt.Errorf("reading which stages are in use: %w", err)
		}
		return labels, nil
	})
	if err != nil || p.Stages == nil {
		return labels, err
	}
	meant, err := p.meant.of(org, now.At, meantKept, func() ([]string, error) { return p.Stages(ctx, p.DB.For(org)) })
	return MeantFirst(labels, meant), err
}

// MeantFirst puts the stages that are meant to be gone through first, in their order;
// the others, of which histories tell, come after them in theirs.
func MeantFirst(labels, meant []string) []string {
	sorted := slices.Clone(labels)
	place := func(label string) int {
		if i := slices.Index(meant, label); i >= 0 {
			return i
		}
		return len(meant)
	}
	slices.SortStableFunc(sorted, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
	return sorted
}

// noteStage sees to it that a stage which is new is offered from now on.
func (p *pages) noteStage(org db.Org, stage string) {
	p.stages.forget(org, func(labels []string) bool { return stage != "" && !slices.Contains(labels, stage) })
}

// StagesInUse lists the labels that deals stand at, the most used ones if there are
// very many, in the order in which deals typically go through them: a stage comes
// before another when more deals reached it first.
func StagesInUse(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	used, err := stageCounts(ctx, d, org, mostStages)
	if err != nil || len(used) < 2 {
		return used, err
	}
	ids, err := recentDeals(ctx, d, org, 300)
	if err != nil {
		return nil, err
	}
	entries, err := ledger.OfOpportunities(ctx, d, org, ids)
	if err != nil {
		return nil, err
	}
	return InTypicalOrder(used, firstArrivals(entries)), nil
}

// firstArrivals lists, deal by deal, the stages in the order in which the deal first
// came to each.
func firstArrivals(entries []ledger.Entry) [][]string {
	byDeal := map[string][]ledger.Entry{}
	for _, e := range entries {
		if e.Kind == StageSet {
			byDeal[e.Opportunity] = append(byDeal[e.Opportunity], e)
		}
	}
	var ways [][]string
	for _, list := range byDeal {
		slices.SortStableFunc(list, inTheirOrder)
		var way []string
		for i := range list {
			var fact Fact
			if list[i].Read(&fact) == nil && fact.Value != "" && !slices.Contains(way, fact.Value) {
				way = append(way, fact.Value)
			}
		}
		ways = append(ways, way)
	}
	return ways
}

// InTypicalOrder sorts labels by how many of the others typically come after them. A way
// is what one deal came to, in the order in which it first did.
func InTypicalOrder(labels []string, ways [][]string) []string {
	first := map[[2]string]int{}
	for _, way := range ways {
		for i, a := range way {
			for _, b := range way[i+1:] {
				first[[2]string{a, b}]++
			}
		}
	}
	lead := map[string]int{}
	for _, a := range labels {
		for _, b := range labels {
			lead[a] += cmp.Compare(first[[2]string{a, b}], first[[2]string{b, a}])
		}
	}
	sorted := slices.Clone(labels)
	slices.SortStableFunc(sorted, func(a, b string) int { return cmp.Compare(lead[b], lead[a]) })
	return sorted
}
