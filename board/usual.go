package board

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// limit is how long nine in ten of the deals that passed a stage stood there.
type limit struct {
	Days  float64
	Cases int
	Any   bool // told from all stages: too few deals passed this one
}

// limits is what is usual at each stage; "" stands for all of them.
type limits map[string]limit

// fewest is from how many stays on nine in ten can be told: with thirty, three lie
// beyond the line and not one accident.
const fewest = 30

// told is from how many deals that ended last the limits are told. Deals that are
// still open would count only their quick stays.
const told = 800

const day = float64(24 * time.Hour / time.Millisecond)

// of is the limit at a stage; false where too little is known to say.
func (l limits) of(stage string) (limit, bool) {
	if one := l[stage]; stage != "" && one.Cases >= fewest {
		return one, true
	}
	all := l[""]
	all.Any = true
	return all, stage != "" && all.Cases >= fewest
}

// since lists, by stage, from when on a deal has not stood long.
func (l limits) since(stages []string, now calendar.Instant) map[string]calendar.Instant {
	found := map[string]calendar.Instant{}
	for _, stage := range stages {
		if one, known := l.of(stage); known {
			found[stage] = now - calendar.Instant(one.Days*day)
		}
	}
	return found
}

// limitsOf tells the limits from the entries of deals that ended, deal by deal. A stay
// counts when the deal passed: it went on to a later stage, or was won.
func limitsOf(entries []ledger.Entry, order []string) (limits, error) {
	place := map[string]int{}
	for i, stage := range order {
		place[stage] = i
	}
	byDeal := map[string][]ledger.Entry{}
	for _, e := range entries {
		if e.Kind == deals.StageSet || e.Kind == deals.Closed || e.Kind == deals.Reopened {
			byDeal[e.Opportunity] = append(byDeal[e.Opportunity], e)
		}
	}
	stays := map[string][]float64{}
	for id, list := range byDeal {
		slices.SortStableFunc(list, func(a, b ledger.Entry) int {
			return int(max(-1, min(1, a.EffectiveAt-b.EffectiveAt)))
		})
		list, err := deals.Standing(list) // a slip of the hand that was taken back is no stay
		if err != nil {
			return nil, err
		}
		if err := passed(list, place, stays); err != nil {
			return nil, fmt.Errorf("following deal %s through its stages: %w", id, err)
		}
	}
	found := limits{}
	for stage, list := range stays {
		slices.Sort(list)
		found[stage] = limit{Days: list[int(math.Ceil(.9*float64(len(list))-1e-9))-1], Cases: len(list)}
	}
	return found, nil
}

// passed adds the stays of one deal, by stage and for all.
func passed(entries []ledger.Entry, place map[string]int, stays map[string][]float64) error {
	stage, since := "", calendar.Instant(0)
	note := func(at calendar.Instant) {
		if stage != "" && since != 0 {
			span := float64(at-since) / day
			stays[stage], stays[""] = append(stays[stage], span), append(stays[""], span)
		}
	}
	for i := range entries {
		e := &entries[i]
		var f deals.Fact
		if err := e.Read(&f); err != nil {
			return err
		}
		switch e.Kind {
		case deals.StageSet:
			from, known := place[stage]
			to, knownTo := place[f.Value]
			if f.Value != stage && (!known || !knownTo || to > from) {
				note(e.EffectiveAt)
			}
			stage, since = f.Value, e.EffectiveAt
		case deals.Closed:
			if deals.Outcome(f.Name) == deals.Won {
				note(e.EffectiveAt)
			}
			since = 0 // a stay that an end interrupted says nothing
		}
	}
	return nil
}

// usuals remembers the limits of each organization for a while: they change slowly.
type usuals struct {
	mu   sync.Mutex
	kept map[db.Org]keptLimits
}

type keptLimits struct {
	limits limits
	at     calendar.Instant
}

const limitsKept = time.Hour

func (u *usuals) of(ctx context.Context, d *db.DB, org db.Org, order []string, now calendar.Instant) (limits, error) {
	u.mu.Lock()
	known, is := u.kept[org]
	u.mu.Unlock()
	if is && now >= known.at && now.Sub(known.at) < limitsKept {
		return known.limits, nil
	}
	ids, err := deals.EndedLast(ctx, d, org, told)
	if err != nil {
		return nil, fmt.Errorf("listing the deals that ended last: %w", err)
	}
	entries, err := ledger.OfOpportunities(ctx, d, org, ids)
	if err != nil {
		return nil, fmt.Errorf("reading what became of them: %w", err)
	}
	found, err := limitsOf(entries, order)
	if err != nil {
		return nil, err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.kept == nil {
		u.kept = map[db.Org]keptLimits{}
	}
	u.kept[org] = keptLimits{found, now}
	return found, nil
}
