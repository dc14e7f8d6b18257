package process

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"milepost/deals"
	"milepost/internal/db"
)

// Library is all processes of an organization, as one request sees them.
type Library []Process

// ReadLibrary reads the processes of the organization that the handle is confined to.
func ReadLibrary(ctx context.Context, d *db.DB) (Library, error) {
	list, err := All(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("reading the processes: %w", err)
	}
	return list, nil
}

// PhaseNames lists the phases of the processes that are in use, those of the first that
// is chosen first, in their order.
func PhaseNames(ctx context.Context, d *db.DB) ([]string, error) {
	list, err := ReadLibrary(ctx, d)
	var names []string
	for i := range list {
		newest := list[i].Newest()
		if newest == nil || list[i].State != Active {
			continue
		}
		for _, p := range newest.Definition.Phases {
			if !slices.Contains(names, p.Name) {
				names = append(names, p.Name)
			}
		}
	}
	return names, err
}

// Version finds a version of a process.
func (l Library) Version(id ID, number int) (*Version, bool) {
	for i := range l {
		if l[i].ID == id {
			return l[i].Numbered(number)
		}
	}
	return nil, false
}

// Process finds a process.
func (l Library) Process(id ID) (*Process, bool) {
	i := slices.IndexFunc(l, func(p Process) bool { return p.ID == id })
	if i < 0 {
		return nil, false
	}
	return &l[i], true
}

// For chooses the process of a deal: the first in use that fits it; nil for none.
func (l Library) For(o *deals.Opportunity) *Process {
	for i := range l {
		if l[i].State == Active && l[i].Choice.Fits(o) {
			return &l[i]
		}
	}
	return nil
}

// Known numbers tell an asker whether the library changed: the sequences of the newest
// entries about each process.
func (l Library) Mark() int64 {
	mark := int64(0)
	for i := range l {
		mark = max(mark, l[i].Version)
	}
	return mark
}

func inOrder(list []Process) {
	rank := map[State]int{Active: 0, Drafted: 1, Ended: 2}
	slices.SortStableFunc(list, func(a, b Process) int {
		return cmp.Or(cmp.Compare(rank[a.State], rank[b.State]), cmp.Compare(a.Choice.Place, b.Choice.Place), cmp.Compare(labelKey(a.Name()), labelKey(b.Name())), cmp.Compare(a.ID, b.ID))
	})
}

// Versions are immutable, so each is unpacked once for as long as the program runs.
type versionKey struct {
	org     db.Org
	process ID
	number  int
	content string
}

var unpacked sync.Map // versionKey → Version

func readVersion(org db.Org, r versionRow) (Version, error) {
	key := versionKey{org, r.Process, r.Number, r.Content}
	if known, ok := unpacked.Load(key); ok {
		return known.(Version), nil
	}
	var v Version
	if err := json.Unmarshal([]byte(r.Content), &v); err != nil {
		return v, fmt.Errorf("reading version %d of process %s: %w", r.Number, r.Process, err)
	}
	unpacked.Store(key, v)
	return v, nil
}

// Check compares the rows of processes with what the ledger comes to.
func Check(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	d = d.For(org)
	rows, err := All(ctx, d)
	if err != nil {
		return nil, err
	}
	ids, err := recordedProcesses(ctx, d)
	if err != nil {
		return nil, err
	}
	return compareAll(ctx, d, rows, ids)
}
