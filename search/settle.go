package search

import (
	"context"
	"maps"
	"slices"

	"milepost/activities"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// settle brings the index up to what a haul is about. A deal that changed hands or was
// closed takes its notes with it, and changes who sees its account and everyone there; an account
// that changed its name changes by what its deals and contacts are found.
func (h *haul) settle(ctx context.Context, tx *db.DB) error {
	if err := h.settleDeals(ctx, tx); err != nil {
		return err
	}
	if err := h.settleAccounts(ctx, tx); err != nil {
		return err
	}
	for _, k := range []Kind{Contact, Person} {
		if _, err := settleKind(ctx, tx, k, keys(h.ids[k])); err != nil {
			return err
		}
	}
	if err := h.settleNotes(ctx, tx); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(h.pinned)) {
		if err := touchNote(ctx, tx, id, h.pinned[id]); err != nil {
			return err
		}
	}
	return nil
}

func (h *haul) settleDeals(ctx context.Context, tx *db.DB) error {
	changes, err := settleKind(ctx, tx, Deal, keys(h.ids[Deal]))
	if err != nil {
		return err
	}
	var moved []string
	for _, c := range changes {
		if c.before.Seers == c.after.Seers && c.before.Account == c.after.Account {
			continue
		}
		for _, account := range []string{c.before.Account, c.after.Account} {
			if account != "" {
				h.ids[Account][account] = true
			}
		}
		if c.before.Seers != c.after.Seers && c.before.ID != "" {
			moved = append(moved, c.before.ID)
		}
	}
	if err := closeNotes(ctx, tx, keys(h.ids[Deal])); err != nil || len(moved) == 0 {
		return err
	}
	noted, err := notesOfDeals(ctx, tx, moved)
	for _, deal := range noted {
		h.refold[deal] = true
	}
	return err
}

func (h *haul) settleAccounts(ctx context.Context, tx *db.DB) error {
	changes, err := settleKind(ctx, tx, Account, keys(h.ids[Account]))
	if err != nil {
		return err
	}
	var seen, renamed []string
	for _, c := range changes {
		if c.before.ID == "" {
			continue
		}
		seen = append(seen, c.before.ID)
		if c.before.Print != c.after.Print {
			renamed = append(renamed, c.before.ID)
		}
	}
	if len(seen) > 0 {
		there, err := ofAccounts(ctx, tx, Contact, seen)
		if err != nil {
			return err
		}
		for _, id := range there {
			h.ids[Contact][id] = true
		}
	}
	if len(renamed) == 0 {
		return nil
	}
	sold, err := ofAccounts(ctx, tx, Deal, renamed)
	if err != nil {
		return err
	}
	_, err = settleKind(ctx, tx, Deal, sold)
	return err
}

// settleNotes takes notes as the entries tell them, and those whose deal changed hands
// or lost something from a fold of everything that is known of the deal.
func (h *haul) settleNotes(ctx context.Context, tx *db.DB) error {
	if len(h.refold) > 0 {
		if err := h.refoldNotes(ctx, tx, keys(h.refold)); err != nil {
			return err
		}
	}
	if len(h.notes) == 0 {
		return nil
	}
	ids, inDeals := make([]string, 0, len(h.notes)), map[string]bool{}
	for id, n := range h.notes {
		ids = append(ids, id)
		inDeals[n.deal] = true
	}
	slices.Sort(ids)
	standings, err := standingsOf(ctx, tx, keys(inDeals))
	if err != nil {
		return err
	}
	var docs []doc
	for _, id := range ids {
		if n := h.notes[id]; n.text != "" {
			now := standings[n.deal]
			now.Touched = n.touched
			docs = append(docs, doc{kind: Note, id: id, deal: n.deal, text: []string{n.text}, seers: []string{now.Owner}, standing: now})
		}
	}
	_, err = store(ctx, tx, Note, ids, docs)
	return err
}

func (h *haul) refoldNotes(ctx context.Context, tx *db.DB, list []string) error {
	entries, err := ledger.OfOpportunities(ctx, tx, tx.Org(), list)
	if err != nil {
		return err
	}
	byDeal := map[deals.ID][]ledger.Entry{}
	for _, e := range entries {
		byDeal[deals.ID(e.Opportunity)] = append(byDeal[deals.ID(e.Opportunity)], e)
	}
	for deal, told := range byDeal {
		folder, err := activities.Fold(told)
		if err != nil {
			return err
		}
		for _, n := range folder.Notes {
			text := n.Text
			if n.State != activities.NoteKept {
				text = ""
			}
			h.notes[string(n.ID)] = written{string(deal), text, n.Version}
		}
	}
	return nil
}
