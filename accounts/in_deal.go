package accounts

import (
	"context"
	"fmt"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ui"
	"milepost/people"
)

// TellDeal tells, in a deal's history, who was put into the deal, seen anew and taken
// out of it. What was said last of each contact can be taken back from there.
func TellDeal(ctx context.Context, d *db.DB, v *people.Viewer, deal deals.ID) ([]deals.Aside, error) {
	entries, err := rolesTold(ctx, d, deal)
	if err != nil {
		return nil, fmt.Errorf("reading who had which part in deal %s: %w", deal, err)
	}
	if len(entries) == 0 {
		return nil, nil
	}
	names, err := desk{ctx: ctx, v: v, d: d}.names()
	if err != nil {
		return nil, fmt.Errorf("reading names: %w", err)
	}
	var told []deals.Aside
	last := map[string]int{} // by contact, where in told its last word stands
	for i := range entries {
		e := &entries[i]
		var c RoleChange
		if e.Read(&c) != nil || c.Deal != deal {
			continue
		}
		t := telling{entry: &e.Entry, names: names, about: e.Name, deal: deal}
		last[e.Subject] = len(told)
		told = append(told, deals.Aside{Entry: e.Entry, Shown: t.event()})
	}
	for contact, i := range last {
		a := &told[i]
		a.Undo = ui.Undo(ContactID(contact).Path()+"/undo?deal="+string(deal), a.Entry.Sequence, a.Shown)
	}
	return told, nil
}
