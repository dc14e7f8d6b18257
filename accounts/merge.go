package accounts

import (
	"context"
	"fmt"
	"slices"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/problem"
)

// Merge makes one account of two that are the same company: deals, contacts and
// parts of the one that goes move to the one that stays, and what is not known of
// the latter is taken from the former. The one that goes keeps its history.
func Merge(ctx context.Context, w *ledger.Writer, stays, goes ID) (Merger, error) {
	m := Merger{Other: goes}
	if stays == goes {
		return m, problem.Invalid("other", "These are one account already. Choose another one.")
	}
	kept, keptEntries, err := refold(ctx, w, stays)
	if err != nil {
		return m, err
	}
	gone, goneEntries, err := refold(ctx, w, goes)
	if err != nil {
		return m, err
	}
	m.Name = gone.Name
	if keptEntries, err = fillIn(ctx, w, &kept, keptEntries, &gone); err != nil {
		return m, err
	}
	if err := moveAll(ctx, w, &kept, goes, &m); err != nil {
		return m, fmt.Errorf("merging account %s into %s: %w", goes, stays, err)
	}
	if _, err := kept.add(ctx, w, keptEntries, AccountAbsorbed, m); err != nil {
		return m, err
	}
	there := m
	there.Other, there.Name = stays, kept.Name
	_, err = gone.add(ctx, w, goneEntries, AccountMerged, there)
	return m, err
}

// fillIn takes from the account that goes what is not known of the one that stays;
// one that was below it moves up to its place.
func fillIn(ctx context.Context, w *ledger.Writer, kept *Account, entries []ledger.Entry, gone *Account) ([]ledger.Entry, error) {
	above, err := ancestors(ctx, w.DB, kept.ID)
	if err != nil {
		return entries, err
	}
	below := slices.ContainsFunc(above, func(a Account) bool { return a.ID == gone.ID })
	inside := false // whether the one that goes is below the one that stays
	for at := gone.Parent; at != "" && !inside; {
		a, err := accountOf(ctx, w.DB, at)
		if err != nil {
			return entries, err
		}
		inside, at = a.ID == kept.ID, a.Parent
	}
	for _, f := range accountFields {
		now, then := *kept.at(f.Name), *gone.at(f.Name)
		isParent := f.Name == "parent"
		if now == then || now != "" && !(isParent && below) || isParent && inside {
			continue
		}
		c, err := f.change(ctx, w, now, then)
		if err != nil || c == nil {
			return entries, err
		}
		if entries, err = kept.add(ctx, w, entries, AccountChanged, c); err != nil {
			return entries, err
		}
	}
	return entries, nil
}

// moveAll hands the deals, contacts and parts of an account to another one.
func moveAll(ctx context.Context, w *ledger.Writer, kept *Account, goes ID, m *Merger) error {
	moved, err := dealsOf(ctx, w.DB, goes)
	if err != nil {
		return err
	}
	for _, deal := range moved {
		if _, err := deals.Record(ctx, w, deal, 0, deals.Change{Kind: deals.AccountSet, Fact: deals.Fact{Account: kept.ID, Value: kept.Name}}); err != nil {
			return err
		}
	}
	contacts, err := contactIDsOf(ctx, w.DB, goes)
	if err != nil {
		return err
	}
	for _, id := range contacts {
		if err := moveContact(ctx, w, id, kept, m.Name); err != nil {
			return err
		}
	}
	children, err := childrenOf(ctx, w.DB, goes)
	if err != nil {
		return err
	}
	for _, child := range children {
		if child.ID == kept.ID {
			continue
		}
		a, entries, err := refold(ctx, w, child.ID)
		if err != nil {
			return err
		}
		c := Change{Field: "parent", From: string(goes), FromName: m.Name, To: string(kept.ID), ToName: kept.Name}
		if _, err := a.add(ctx, w, entries, AccountChanged, c); err != nil {
			return err
		}
		m.Children++
	}
	m.Deals, m.Contacts = len(moved), len(contacts)
	return nil
}

// moveContact takes erased contacts along too: that someone stood there is part of
// the account's history.
func moveContact(ctx context.Context, w *ledger.Writer, id ContactID, kept *Account, from string) error {
	entries, err := ledger.OfSubject(ctx, w.DB, w.DB.Org(), string(id))
	if err != nil {
		return err
	}
	c, _, err := FoldContact(entries, deals.Ever)
	if err != nil {
		return err
	}
	return c.add(ctx, w, entries, ContactChanged, Change{Field: "account", From: string(c.Account), FromName: from, To: string(kept.ID), ToName: kept.Name})
}
