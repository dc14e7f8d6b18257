package search

import (
	"context"
	"log/slog"
	"maps"
	"slices"

	"milepost/accounts"
	"milepost/activities"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// reader is the name of this room's bookmark in the ledger.
const reader = "search"

// batch is how many entries are followed in one transaction: few enough that nobody
// who writes waits for long.
const batch = 400

// little is how many entries are waited for by somebody who looks; a large import is
// followed beside.
const little = 2 * batch

// newKeeper keeps the index close to the ledger: what was typed on another page a
// moment ago is found.
func newKeeper(d *db.DB, log *slog.Logger) *ledger.Keeper {
	return ledger.NewKeeper(d, log, reader, little, CatchUp)
}

// CatchUp follows the ledger to its end. What it brings into the index is read from
// where it is kept, so it may run at any time, twice, and be cut off anywhere.
func CatchUp(ctx context.Context, d *db.DB) error {
	if lost, err := isLost(ctx, d); err != nil {
		return err
	} else if lost {
		if err := startOver(ctx, d); err != nil {
			return err
		}
	}
	for {
		n, err := ledger.Follow(ctx, d, reader, batch, func(tx *db.DB, entries []ledger.Entry) error {
			return takeIn(ctx, tx, entries)
		})
		if err != nil || n < batch {
			return err
		}
	}
}

// haul is what a batch of entries makes out of date.
type haul struct {
	ids    map[Kind]map[string]bool
	notes  map[string]written // what the entries themselves say of notes
	pinned map[string]int64   // the last entries by which notes were pinned, or not any more
	refold map[string]bool    // deals whose notes are read from the ledger anew
	erased []int64            // entries that were emptied
}

// written is a note as its newest entry tells it; without a text it is gone.
type written struct {
	deal, text string
	touched    int64
}

var (
	dealKinds    = set(deals.Created, deals.Retitled, deals.AccountSet, deals.OwnerSet, deals.AttributeSet, deals.Closed, deals.Reopened)
	accountKinds = set(deals.AccountCreated, accounts.AccountChanged, accounts.AccountAbsorbed, accounts.AccountMerged)
	contactKinds = set(accounts.ContactAdded, accounts.ContactChanged, accounts.ContactErased)
	personKinds  = set(people.Joined, people.Described, people.Erased, people.TeamNamed)
)

func set(kinds ...ledger.Kind) map[ledger.Kind]bool {
	all := map[ledger.Kind]bool{}
	for _, k := range kinds {
		all[k] = true
	}
	return all
}

func newHaul() *haul {
	h := &haul{ids: map[Kind]map[string]bool{}, notes: map[string]written{}, pinned: map[string]int64{}, refold: map[string]bool{}}
	for _, k := range Kinds {
		h.ids[k] = map[string]bool{}
	}
	return h
}

func (h *haul) take(e *ledger.Entry) error {
	switch {
	case dealKinds[e.Kind]:
		h.ids[Deal][e.Opportunity] = true
	case accountKinds[e.Kind]:
		h.ids[Account][e.Subject] = true
	case contactKinds[e.Kind]:
		h.ids[Contact][e.Subject] = true
	case personKinds[e.Kind]:
		h.ids[Person][e.Subject] = true
	case e.Kind == activities.NoteWritten:
		var fact deals.Fact
		if err := e.Read(&fact); err != nil {
			return err
		}
		h.notes[e.Subject] = written{e.Opportunity, fact.Value, e.Sequence}
	case e.Kind == activities.NoteRemoved:
		h.notes[e.Subject] = written{deal: e.Opportunity}
	case e.Kind == activities.NotePinned, e.Kind == activities.NoteUnpinned:
		h.pinned[e.Subject] = e.Sequence
	case e.Kind == ledger.Erased:
		var what struct {
			Sequences []int64 `json:"sequences"`
		}
		if err := e.Read(&what); err != nil {
			return err
		}
		h.erased = append(h.erased, what.Sequences...)
	}
	return nil
}

// takeIn brings a batch into the index.
func takeIn(ctx context.Context, tx *db.DB, entries []ledger.Entry) error {
	h := newHaul()
	for i := range entries {
		if err := h.take(&entries[i]); err != nil {
			return err
		}
	}
	if err := h.forget(ctx, tx); err != nil {
		return err
	}
	return h.settle(ctx, tx)
}

// forget marks what erased entries were about. It is read anew from where it is kept,
// and a note from what the ledger still says of it.
func (h *haul) forget(ctx context.Context, tx *db.DB) error {
	if n := len(h.erased); n > 0 {
		if err := noteErasure(ctx, tx, h.erased[n-1]); err != nil {
			return err
		}
	}
	for _, sequence := range h.erased {
		what, err := aboutEntry(ctx, tx, sequence)
		if err != nil {
			return err
		}
		if what.Deal != "" {
			h.ids[Deal][string(what.Deal)] = true
			h.refold[string(what.Deal)] = true
			continue
		}
		for _, k := range []Kind{Account, Contact, Person} {
			h.ids[k][what.Subject] = true
		}
	}
	return nil
}

func keys(m map[string]bool) []string { return slices.Sorted(maps.Keys(m)) }
