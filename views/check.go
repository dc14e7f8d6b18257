package views

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// ever is after every instant.
const ever = calendar.Instant(1) << 60

// opening is a person and a list that opens with a view.
type opening struct {
	person people.ID
	list   string
}

// told is what the ledger says of views.
type told struct {
	views    map[ID]*View
	openings map[opening]ID
}

// hear takes in one entry; they come in the order in which they were recorded.
func (t *told) hear(e *ledger.Entry) error {
	var f Fact
	if err := e.Read(&f); err != nil {
		return err
	}
	id := ID(e.Subject)
	if e.Kind == Saved {
		t.views[id] = &View{ID: id, List: f.List, Owner: f.Person, CreatedAt: e.EffectiveAt, Name: f.Name, Query: f.Query, Shared: number(f.Shared)}
	}
	v := t.views[id]
	if v == nil {
		return fmt.Errorf("entry %d is about the view %s, which no entry saves", e.Sequence, id)
	}
	switch e.Kind {
	case Renamed:
		v.Name = f.Name
	case Rewritten:
		v.Query = f.Query
	case SharedSet:
		v.Shared = number(f.Shared)
	case Deleted:
		v.DeletedAt = e.EffectiveAt
	case Restored:
		v.DeletedAt = 0
	case DefaultSet:
		t.openings[opening{f.Person, f.List}] = id
	case DefaultEnded:
		delete(t.openings, opening{f.Person, f.List})
	}
	return nil
}

func number(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// Check compares the tables of views with the ledger, and says in words where they
// differ.
func Check(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	d = d.For(org)
	t := told{map[ID]*View{}, map[opening]ID{}}
	if err := ledger.EachOfKinds(ctx, d, org, kinds, ever, t.hear); err != nil {
		return nil, err
	}
	rows, err := everyView(ctx, d)
	if err != nil {
		return nil, err
	}
	var differences []string
	for _, row := range rows {
		row.OwnerName = "" // it is told elsewhere
		view := t.views[row.ID]
		delete(t.views, row.ID)
		if view == nil {
			differences = append(differences, fmt.Sprintf("view %s is in the table and not in the ledger", row.ID))
		} else if *view != row {
			differences = append(differences, fmt.Sprintf("view %s is %+v by the ledger, and %+v in the table", row.ID, *view, row))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(t.views)) {
		differences = append(differences, fmt.Sprintf("view %s is in the ledger and not in the table", id))
	}
	defaults, err := everyDefault(ctx, d)
	return append(differences, t.compareOpenings(defaults)...), err
}

func (t *told) compareOpenings(rows []preference) []string {
	var differences []string
	for _, row := range rows {
		key := opening{row.Person, row.List}
		if want := t.openings[key]; want != row.View {
			differences = append(differences, fmt.Sprintf("%s of person %s opens with view %q by the ledger, and with %q in the table", row.List, row.Person, want, row.View))
		}
		delete(t.openings, key)
	}
	for key, id := range t.openings {
		differences = append(differences, fmt.Sprintf("%s of person %s opens with view %q by the ledger, and the table does not know", key.list, key.person, id))
	}
	slices.Sort(differences)
	return differences
}
