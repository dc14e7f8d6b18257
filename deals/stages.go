package deals

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// stageBook remembers which stages an organization uses, in the order in which its
// deals go through them. It is what forms offer; nothing is decided by it, so that
// it may be some minutes old.
type stageBook struct {
	mu    sync.Mutex
	pages map[db.Org]stagePage
}

type stagePage struct {
	labels []string
	read   calendar.Instant
}

// stagesKept is how long the order of the stages is taken as read.
const stagesKept = 10 * time.Minute

// mostStages bounds what a form offers.
const mostStages = 30

func newStageBook() *stageBook { return &stageBook{pages: map[db.Org]stagePage{}} }

// of lists the stages of an organization in their typical order.
func (b *stageBook) of(ctx context.Context, d *db.DB, org db.Org, now calendar.Instant) ([]string, error) {
	b.mu.Lock()
	known, ok := b.pages[org]
	b.mu.Unlock()
	if ok && now.Sub(known.read) < stagesKept && now >= known.read {
		return known.labels, nil
	}
	labels, err := StagesInUse(ctx, d, org)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	b.pages[org] = stagePage{labels, now}
	b.mu.Unlock()
	return labels, nil
}

// note forgets an organization's page when a deal came to a stage that is not on it.
func (b *stageBook) note(org db.Org, stage string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if known, ok := b.pages[org]; ok && stage != "" && !slices.Contains(known.labels, stage) {
		delete(b.pages, org)
	}
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
	return inTypicalOrder(used, firstArrivals(entries)), nil
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

// inTypicalOrder sorts labels by how many of the others typically come after them.
func inTypicalOrder(labels []string, ways [][]string) []string {
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
