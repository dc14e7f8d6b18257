package activities

import (
	"context"
	"maps"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// reader is the name of this room's bookmark in the ledger.
const reader = "activities"

// batch is how many entries are followed in one transaction: enough to be quick,
// few enough that nobody who writes waits for long.
const batch = 2000

// CatchUp follows the ledger to its end: what imports, the demonstration and other
// rooms wrote is brought into the tables. Whatever was there already stays as it is,
// so it may run at any time and be cut off anywhere.
func CatchUp(ctx context.Context, d *db.DB) error {
	for {
		n, err := ledger.Follow(ctx, d, reader, batch, func(tx *db.DB, entries []ledger.Entry) error {
			return takeIn(ctx, tx, entries)
		})
		if err != nil || n < batch {
			return err
		}
	}
}

// haul is what a batch of entries asks for.
type haul struct {
	logged []*ledger.Entry   // plain activities, nearly all of an import
	handed map[deals.ID]bool // deals that got another owner
	refold map[deals.ID]bool // deals with anything else of ours
}

func sortOut(entries []ledger.Entry) (haul, []int64, error) {
	h := haul{handed: map[deals.ID]bool{}, refold: map[deals.ID]bool{}}
	var erased []int64
	for i := range entries {
		e := &entries[i]
		switch {
		case e.Kind == ledger.Erased:
			var what struct {
				Sequences []int64 `json:"sequences"`
			}
			if err := e.Read(&what); err != nil {
				return h, nil, err
			}
			erased = append(erased, what.Sequences...)
		case e.Opportunity == "":
		case e.Kind == deals.OwnerSet:
			h.handed[deals.ID(e.Opportunity)] = true
		case e.Kind == deals.ActivityLogged:
			var r Report
			if err := e.Read(&r); err != nil {
				return h, nil, err
			}
			if r.Planned != "" {
				h.refold[deals.ID(e.Opportunity)] = true
				continue
			}
			h.logged = append(h.logged, e)
		case slices.Contains(Kinds, e.Kind):
			h.refold[deals.ID(e.Opportunity)] = true
		}
	}
	return h, erased, nil
}

// takeIn brings a batch into the tables.
func takeIn(ctx context.Context, tx *db.DB, entries []ledger.Entry) error {
	h, erased, err := sortOut(entries)
	if err != nil {
		return err
	}
	for _, sequence := range erased {
		deal, err := dealOfEntry(ctx, tx, sequence)
		if err != nil {
			return err
		}
		if deal != "" {
			h.refold[deal] = true
		}
	}
	if err := h.takeLogged(ctx, tx); err != nil {
		return err
	}
	refold := make([]deals.ID, 0, len(h.refold))
	for deal := range h.refold {
		refold = append(refold, deal)
	}
	slices.Sort(refold)
	return settleAll(ctx, tx, refold)
}

// takeLogged writes plain activities that have no row yet, and new owners.
func (h *haul) takeLogged(ctx context.Context, tx *db.DB) error {
	touched := maps.Clone(h.handed)
	for _, e := range h.logged {
		touched[deals.ID(e.Opportunity)] = true
	}
	if len(touched) == 0 {
		return nil
	}
	held, err := ownerSettings(ctx, tx, slices.Collect(maps.Keys(touched)))
	if err != nil {
		return err
	}
	fresh, err := h.fresh(ctx, tx, held)
	if err != nil {
		return err
	}
	if err := activityTable.insert(ctx, tx, fresh); err != nil {
		return err
	}
	for deal := range h.handed {
		if err := setOwner(ctx, tx, deal, ownerNow(held[deal])); err != nil {
			return err
		}
	}
	return nil
}

// fresh makes the activities that have no row yet, and whose deals are not folded
// anew anyway.
func (h *haul) fresh(ctx context.Context, tx *db.DB, held map[deals.ID][]holding) ([]Activity, error) {
	ids := make([]string, len(h.logged))
	for i, e := range h.logged {
		ids[i] = e.ID
	}
	known, err := knownActivities(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	var fresh []Activity
	for _, e := range h.logged {
		deal := deals.ID(e.Opportunity)
		if known[ID(e.ID)] || h.refold[deal] {
			continue
		}
		var r Report
		if err := e.Read(&r); err != nil {
			return nil, err
		}
		a := newActivity(e, &r, doerOf(e, &r, held[deal]))
		a.Owner = ownerNow(held[deal])
		fresh = append(fresh, a)
	}
	return fresh, nil
}

// settleAll folds deals anew and writes what differs, some at a time.
func settleAll(ctx context.Context, tx *db.DB, list []deals.ID) error {
	for part := range slices.Chunk(list, 100) {
		byDeal, err := entriesOf(ctx, tx, part)
		if err != nil {
			return err
		}
		for _, deal := range part {
			if err := settle(ctx, tx, deal, byDeal[deal]); err != nil {
				return err
			}
		}
	}
	return nil
}
