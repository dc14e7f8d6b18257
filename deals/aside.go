package deals

import (
	"context"
	"fmt"
	"slices"

	"github.com/a-h/templ"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/people"
)

// Aside is an entry that is not the deal's own, as its history tells it: the part of a
// contact, whose entries belong to the contact.
type Aside struct {
	Entry ledger.Entry
	Shown ui.Event
	Undo  templ.Component // instead of its detail while it can be taken back; nil when it cannot
}

// Teller lets another room tell in a deal's history what it recorded beside the deal's
// own entries, to someone who sees the deal.
type Teller func(ctx context.Context, d *db.DB, v *people.Viewer, deal ID) ([]Aside, error)

// asides puts what other rooms tell into the story, where it belongs in time: what was
// known at the moment shown, and no button to take anything back in the past.
func (p *pages) asides(ctx context.Context, v *dealView) error {
	for _, tell := range p.tellers {
		told, err := tell(ctx, p.DB.For(v.Viewer.Org), v.Viewer, v.ID)
		if err != nil {
			return fmt.Errorf("reading what else is told of deal %s: %w", v.ID, err)
		}
		for _, a := range told {
			if v.AsOf != 0 && (a.Entry.RecordedAt >= v.AsOf || a.Entry.EffectiveAt >= v.AsOf) {
				continue
			}
			if a.Undo != nil && v.AsOf == 0 {
				a.Shown.Detail = a.Undo
			}
			v.Events = append(v.Events, Event{Entry: a.Entry, aside: &a.Shown})
		}
	}
	if len(p.tellers) == 0 {
		return nil
	}
	slices.SortStableFunc(v.Events, func(a, b Event) int { return inTheirOrder(b.Entry, a.Entry) })
	return nil
}
