package past

import (
	"context"

	"milepost/deals"
	"milepost/internal/db"
)

// read reads the ways of deals that may count: some, or all when the list is nil. Deals
// that follow the process came to what stands; those that ended without it, to what
// their history names.
func (r *reading) read(ctx context.Context, d *db.DB, some []deals.ID) (map[deals.ID]*Way, error) {
	ways, numbers := map[deals.ID]*Way{}, map[deals.ID]int{}
	if err := eachDeal(ctx, d, some, func(row *wayRow) error {
		follows := row.Process == r.process
		if !follows && (row.Outcome == "" || r.began != 0 && row.Closed >= r.began) {
			return nil
		}
		ways[row.ID] = &Way{Owner: row.Owner, Opened: row.Opened, Outcome: row.Outcome, follows: follows, elsewhere: !follows && row.Process != ""}
		numbers[row.ID] = row.Number
		return nil
	}); err != nil {
		return nil, err
	}
	if err := eachReached(ctx, d, r.milestone, some, func(row *reachedRow) error {
		if w := ways[row.Deal]; w != nil && w.follows {
			for _, place := range r.place[numbers[row.Deal]][row.Milestone] {
				w.came(place, row.Since, r.wide)
			}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	err := eachRecorded(ctx, d, some, func(row *labelRow, fact *deals.Fact) {
		if w := ways[row.Opportunity]; w != nil && !w.follows && fact.Value != "revoked" {
			if place := r.means(fact.Name); place >= 0 {
				w.told = true
				w.came(place, row.Effective, r.wide)
			}
		}
	})
	for id, w := range ways {
		if w.At == nil {
			w.At = r.never
		}
		if w.elsewhere && !w.told {
			delete(ways, id)
		}
	}
	return ways, err
}

// means is the place of the milestone that a label means; -1 for none.
func (r *reading) means(label string) int {
	place, asked := r.meant[label]
	if asked {
		return place
	}
	place = -1
	if id, known := r.labelled(label); known {
		place = r.now[id]
	}
	r.meant[label] = place
	return place
}
