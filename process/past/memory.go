package past

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/process"
	"milepost/process/evidence"
)

// memory keeps how deals went through the processes that are being looked at, so that a
// page reads only the deals of which the ledger has gained something.
type memory struct {
	turn sync.Mutex
	held map[heldKey]*held
}

// heldKey names a definition: a version of a process, or a draft as it is.
type heldKey struct {
	org     db.Org
	process process.ID
	number  int
	draft   int64
}

// held is the ways of all deals that may count for a definition. Lists that were given
// out are not changed afterwards.
type held struct {
	*reading
	turn sync.Mutex
	upTo int64 // the place in the ledger to which everything is in it
	list []Way
	at   map[deals.ID]int
}

const (
	mostHeld    = 4    // definitions that are kept
	mostTouched = 2000 // deals; where more changed, all are read again
)

// ways gives how deals went through the newest version of a process: those that follow
// it, and those that ended before it was published, by the labels of their history.
func (m *memory) ways(ctx context.Context, d *db.DB, p *process.Process, definition *process.Definition) ([]Way, error) {
	key := heldKey{org: d.Org(), process: p.ID, number: len(p.Versions)}
	if key.number == 0 {
		key.draft = p.Version
	}
	h := m.hold(key, func() *held { return &held{reading: newReading(p, definition)} })
	h.turn.Lock()
	defer h.turn.Unlock()
	if err := d.Snapshot(ctx, func(d *db.DB) error { return h.freshen(ctx, d) }); err != nil {
		return nil, fmt.Errorf("reading how deals went through process %s: %w", p.ID, err)
	}
	return h.list, nil
}

func (m *memory) hold(key heldKey, fresh func() *held) *held {
	m.turn.Lock()
	defer m.turn.Unlock()
	if h := m.held[key]; h != nil {
		return h
	}
	if m.held == nil || len(m.held) >= mostHeld {
		m.held = map[heldKey]*held{}
	}
	h := fresh()
	m.held[key] = h
	return h
}

// freshen reads what changed since the last time. What the follower of evidence has not
// come to yet is read again the next time.
func (h *held) freshen(ctx context.Context, d *db.DB) error {
	head, err := ledger.Head(ctx, d, d.Org())
	if err != nil {
		return err
	}
	behind, err := ledger.Behind(ctx, d, evidence.Reader)
	if err != nil {
		return err
	}
	if h.at != nil && head >= h.upTo { // a restored ledger may be shorter than what is held
		touched, err := touchedSince(ctx, d, h.upTo, mostTouched+1)
		if err != nil {
			return err
		}
		if len(touched) <= mostTouched {
			h.upTo = head - behind
			return h.again(ctx, d, touched)
		}
	}
	ways, err := h.read(ctx, d, nil)
	if err != nil {
		return err
	}
	h.list, h.at, h.upTo = make([]Way, 0, len(ways)), make(map[deals.ID]int, len(ways)), head-behind
	for id, w := range ways {
		h.at[id] = len(h.list)
		h.list = append(h.list, *w)
	}
	return nil
}

// again reads some deals again, in a list of their own.
func (h *held) again(ctx context.Context, d *db.DB, touched []deals.ID) error {
	if len(touched) == 0 {
		return nil
	}
	ways, err := h.read(ctx, d, touched)
	if err != nil {
		h.at = nil
		return err
	}
	h.list = slices.Clone(h.list)
	for _, id := range touched {
		i, had := h.at[id]
		w, has := ways[id]
		switch {
		case has && had:
			h.list[i] = *w
		case has:
			h.at[id] = len(h.list)
			h.list = append(h.list, *w)
		case had:
			h.list[i] = Way{}
		}
	}
	return nil
}

// reading is what of a process matters for reading the ways of deals.
type reading struct {
	process   process.ID
	began     calendar.Instant   // when it was first published; 0 for a draft
	wide      int                // how many milestones it has now
	never     []calendar.Instant // for all who came to none
	milestone []process.MilestoneID
	place     map[int]map[process.MilestoneID][]int // by the version that a deal follows: where its milestones go on
	meant     map[string]int                        // by label
	labelled  func(string) (process.MilestoneID, bool)
	now       map[process.MilestoneID]int
}

func newReading(p *process.Process, definition *process.Definition) *reading {
	r := &reading{process: p.ID, place: map[int]map[process.MilestoneID][]int{}, meant: map[string]int{}, labelled: definition.Labelled, now: map[process.MilestoneID]int{}}
	for i, m := range definition.Milestones() {
		r.now[m.ID], r.wide = i, i+1
	}
	r.never = make([]calendar.Instant, r.wide)
	all := map[process.MilestoneID]bool{}
	for i := range p.Versions {
		r.place[i+1] = map[process.MilestoneID][]int{}
		for _, m := range p.Versions[i].Definition.Milestones() {
			all[m.ID] = true
			r.place[i+1][m.ID] = goesOn(p.Versions[i+1:], m.ID, r.now)
		}
	}
	for id := range all {
		r.milestone = append(r.milestone, id)
	}
	if len(p.Versions) > 0 {
		r.began = p.Versions[0].At
	}
	return r
}

// goesOn finds the places in which a milestone goes on after some versions.
func goesOn(later []process.Version, id process.MilestoneID, now map[process.MilestoneID]int) []int {
	ids := []process.MilestoneID{id}
	for i := range later {
		var next []process.MilestoneID
		for _, id := range ids {
			next = append(next, later[i].Continues(id)...)
		}
		ids = next
	}
	var places []int
	for _, id := range ids {
		if place, there := now[id]; there && !slices.Contains(places, place) {
			places = append(places, place)
		}
	}
	return places
}
