package accounts

import (
	"cmp"
	"fmt"
	"slices"

	"milepost/calendar"
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
			if i > 0 && e.EffectiveAt == story[0].EffectiveAt {
				continue
			}
			shown := ui.Event{At: e.EffectiveAt, Icon: e.Icon, Tone: e.Tone, Sentence: e.Sentence, Path: "/deals/" + string(d.ID)}
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

// telling is one entry of this room on its way into words.
type telling struct {
	entry  *ledger.Entry
	names  map[people.ID]string
	titles map[deals.ID]string
	about  string // the contact's name; "" on its own page, or for the account
}

func (t telling) event() ui.Event {
	e := ui.Event{At: t.entry.EffectiveAt, Icon: "pencil"}
	if t.entry.Payload == "" {
		e.Icon, e.Sentence = "eye-off", "recorded something that was erased since"
	} else {
		t.tell(&e)
	}
	if t.about != "" {
		e.Path = "/contacts/" + t.entry.Subject
	}
	by(&e, t.entry, t.names)
	return e
}

func (t telling) tell(e *ui.Event) {
	switch t.entry.Kind {
	case deals.AccountCreated:
		e.Icon, e.Tone, e.Sentence = "building", ui.Accent, "made the account"
	case AccountChanged:
		t.changed(e, accountFields)
	case ContactChanged:
		t.changed(e, contactFields)
	case ContactAdded:
		e.Icon, e.Tone, e.Sentence = "user-plus", ui.Accent, "added "+orThis(t.about)
	case ContactErased:
		e.Icon, e.Tone, e.Sentence = "eye-off", ui.Warn, "erased the data of this contact"
	case ledger.Erased:
		e.Icon, e.Sentence = "eye-off", "emptied what was recorded of this contact"
	case RoleSet:
		t.role(e)
	case AccountAbsorbed, AccountMerged:
		t.merged(e)
	default:
		e.Icon, e.Sentence = "point", "recorded: "+string(t.entry.Kind)
	}
}

func (t telling) changed(e *ui.Event, fields []field) {
	var c Change
	t.entry.Read(&c) // was read when the row was folded; what cannot be read says nothing
	f, err := fieldNamed(fields, c.Field)
	if err != nil {
		f = field{Name: c.Field, Label: c.Field}
	}
	from, to := c.shown(c.From, c.FromName), c.shown(c.To, c.ToName)
	what := "the " + f.ask()
	if t.about != "" {
		what += " of " + t.about
	}
	switch {
	case c.Field == "left_on" && to != "":
		e.Sentence = fmt.Sprintf("noted that %s left the company on %s", orThis(t.about), calendar.Date(to).Time().Format("2 Jan 2006"))
		e.Icon, e.Tone = "logout", ui.Warn
	case c.Field == "left_on":
		e.Sentence = fmt.Sprintf("noted that %s is at the company after all", orThis(t.about))
	case f.Type == "textarea":
		e.Sentence, e.Icon = "changed "+what, "note"
		e.Detail = changedText(from, to)
	case to == "":
		e.Sentence = fmt.Sprintf("cleared %s, which was %s", what, quoted(from))
	case from == "":
		e.Sentence = fmt.Sprintf("noted %s: %s", what, quoted(to))
	default:
		e.Sentence = fmt.Sprintf("changed %s from %s to %s", what, quoted(from), quoted(to))
	}
	if c.Undoes != 0 {
		e.Icon, e.Sentence = "arrow-left", "took back a change: "+e.Sentence
	}
}

func (t telling) role(e *ui.Event) {
	var c RoleChange
	t.entry.Read(&c)
	title := t.titles[c.Deal]
	if title == "" {
		title = "another deal"
	} else {
		title = quoted(title)
	}
	e.Icon = "user-star"
	switch {
	case c.To.Role == "":
		e.Sentence = fmt.Sprintf("took %s out of %s", orThis(t.about), title)
	case c.From.Role == "":
		e.Sentence = fmt.Sprintf("put %s into %s: %s", orThis(t.about), title, c.To.words())
	default:
		e.Sentence = fmt.Sprintf("saw %s anew in %s: %s, before that %s", orThis(t.about), title, c.To.words(), c.From.words())
	}
	if c.Undoes != 0 {
		e.Sentence = "took back a change: " + e.Sentence
	}
}

func (t telling) merged(e *ui.Event) {
	var m Merger
	t.entry.Read(&m)
	e.Icon, e.Tone = "git-merge", ui.Accent
	what := fmt.Sprintf("%s and %s", count(m.Deals, "deal", "deals"), count(m.Contacts, "contact", "contacts"))
	if t.entry.Kind == AccountAbsorbed {
		e.Sentence, e.Path = fmt.Sprintf("merged %s into this account, with %s", quoted(m.Name), what), "/accounts/"+string(m.Other)+"/history"
		return
	}
	e.Sentence, e.Path = fmt.Sprintf("merged this account into %s, with %s", quoted(m.Name), what), "/accounts/"+string(m.Other)
}

func orThis(name string) string {
	if name == "" {
		return "this contact"
	}
	return name
}
