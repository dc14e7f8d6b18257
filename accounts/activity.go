package accounts

import (
	"cmp"
	"slices"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/people"
)

// happened is what the ledger has of the account lately: of itself, of the contacts
// there and of the deals in sight.
func (v *accountView) happened(see sight) ([]ui.Event, error) {
	subjects := []string{string(v.ID)}
	called := map[string]string{}
	for _, c := range v.Contacts {
		subjects = append(subjects, string(c.ID))
		called[string(c.ID)] = c.Name
	}
	entries, err := latestOf(v.k.ctx, v.k.d, subjects, mostEvents)
	if err != nil {
		return nil, err
	}
	titles, err := v.k.titlesIn(entries)
	if err != nil {
		return nil, err
	}
	var events []ui.Event
	for i := range entries {
		t := telling{entry: &entries[i], names: v.Names, titles: titles, about: called[entries[i].Subject]}
		events = append(events, t.event())
	}
	told, err := v.dealEvents()
	if err != nil {
		return nil, err
	}
	events = append(events, told...)
	slices.SortStableFunc(events, func(a, b ui.Event) int { return cmp.Compare(b.At, a.At) })
	return events[:min(len(events), mostEvents)], nil
}

// toldDeals is of how many deals, those changed last, the page tells the story.
const toldDeals = 8

func (v *accountView) dealEvents() ([]ui.Event, error) {
	latest := slices.Clone(v.Deals)
	slices.SortFunc(latest, func(a, b DealRow) int { return cmp.Compare(b.Version, a.Version) })
	var events []ui.Event
	for _, d := range latest[:min(len(latest), toldDeals)] {
		entries, err := ledger.OfOpportunity(v.k.ctx, v.k.d, v.k.v.Org, string(d.ID))
		if err != nil {
			return nil, err
		}
		story, err := deals.Tell(entries, v.Names)
		if err != nil {
			return nil, err
		}
		for i, e := range story[max(0, len(story)-mostEvents):] {
			// What was said along with opening the deal is not news of its own.
			if e.Confidential && d.Owner != v.k.v.ID && !v.k.v.IsAbove(d.Owner) && e.Actor != string(v.k.v.ID) {
				continue
			}
			if i > 0 && e.EffectiveAt == story[0].EffectiveAt {
				continue
			}
			shown := ui.Event{At: e.EffectiveAt, Icon: e.Icon, Tone: e.Tone, Sentence: e.Sentence, Path: d.ID.Path()}
			shown.Detail = dealDetail(d.Title, e.Detail)
			by(&shown, &e.Entry, v.Names)
			events = append(events, shown)
		}
	}
	return events, nil
}

// by says who recorded an event, and by which way.
func by(e *ui.Event, entry *ledger.Entry, names map[people.ID]string) {
	switch entry.Via {
	case ledger.ViaImport:
		e.Via = "imported"
	case ledger.ViaWeb, "":
	default:
		e.Via = string(entry.Via)
	}
	if e.Actor = names[people.ID(entry.Actor)]; e.Actor == "" || entry.Via == ledger.ViaImport {
		e.Actor, e.Sentence = "", upperFirst(e.Sentence)
	}
}

// titlesIn reads the titles of the deals that entries speak of, as far as the
// viewer sees them.
func (k desk) titlesIn(entries []ledger.Entry) (map[deals.ID]string, error) {
	var ids []deals.ID
	for i := range entries {
		var c RoleChange
		if entries[i].Kind == RoleSet && entries[i].Read(&c) == nil && c.Deal != "" {
			ids = append(ids, c.Deal)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return titlesOf(k.ctx, k.d, sightOf(k.v), ids)
}
