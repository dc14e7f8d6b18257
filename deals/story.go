package deals

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/people"
)

// Event is one entry about a deal in words: what it changed, seen from how the
// deal stood when it became true.
type Event struct {
	ledger.Entry
	Icon     string
	Tone     ui.Tone
	Sentence string // follows the name of who did it
	Detail   string // what a person wrote about it
	About    string // the field that it changed (see aboutOf), if it changed one
	Was, Is  string // what the field said before, and says by this entry
	Undoes   int64  // the sequence of the entry that it takes back, or 0
	back     *Change
	aside    *ui.Event // what another room tells
	// Confidential events are for the owner, those above, and whoever recorded them.
	Confidential bool
}

// Tell puts the entries of a deal into words, oldest first, in the order in which
// they were true. Names are those of people; who is not among them is "someone".
func Tell(entries []ledger.Entry, names map[people.ID]string) ([]Event, error) {
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, inTheirOrder)
	var before Opportunity
	account := ""
	events := make([]Event, 0, len(entries))
	for i := range entries {
		var fact Fact
		if err := entries[i].Read(&fact); err != nil {
			return nil, fmt.Errorf("telling the story of deal %s: %w", entries[i].Opportunity, err)
		}
		t := telling{before: &before, entry: &entries[i], fact: &fact, names: names, account: account}
		event := t.event()
		event.back, event.Confidential = t.back(&event), fact.Confidential
		events = append(events, event)
		before.apply(&entries[i], &fact)
		if entries[i].Kind == AccountSet {
			account = fact.Value
		}
	}
	return events, nil
}

// inTheirOrder is the order in which Fold takes entries in.
func inTheirOrder(a, b ledger.Entry) int {
	return cmp.Or(cmp.Compare(a.EffectiveAt, b.EffectiveAt), cmp.Compare(a.Sequence, b.Sequence))
}

// gathered puts what was said of a deal when it was opened into the event that
// opened it, so that a story does not begin with a list. Events are newest first.
func gathered(events []Event) []Event {
	i := slices.IndexFunc(events, func(e Event) bool { return e.Kind == Created })
	if i < 0 || events[i].Payload == "" {
		return events
	}
	opening := events[i]
	var said []string
	var rest []Event
	for _, e := range events {
		if e.Sequence != opening.Sequence && e.EffectiveAt == opening.EffectiveAt && e.RecordedAt == opening.RecordedAt &&
			e.Actor == opening.Actor && changing[e.Kind] && e.Kind != Closed && e.Kind != Reopened {
			said = append(said, e.Sentence)
			continue
		}
		rest = append(rest, e)
	}
	if len(said) == 0 {
		return events
	}
	slices.Reverse(said)
	i = slices.IndexFunc(rest, func(e Event) bool { return e.Kind == Created })
	rest[i].Detail = upperFirst(strings.Join(said, ", ")) + "."
	return rest
}

// shown is the event for a timeline. A sentence without a person stands alone.
func (e Event) shown(names map[people.ID]string, now Now) ui.Event {
	if e.aside != nil {
		return *e.aside
	}
	shown := ui.Event{At: e.EffectiveAt, Icon: e.Icon, Tone: e.Tone, Sentence: e.Sentence}
	switch e.Via {
	case ledger.ViaImport:
		shown.Via = "imported"
	case ledger.ViaWeb, "":
	case ledger.ViaAPI:
		shown.Via = "API"
	case ledger.ViaJob:
		shown.Via = "by itself"
	default:
		shown.Via = string(e.Via)
	}
	if e.Via != ledger.ViaImport {
		shown.Actor = names[people.ID(e.Actor)]
	}
	if shown.Actor == "" {
		shown.Sentence = upperFirst(e.Sentence)
	}
	late := ""
	if gap := e.RecordedAt - e.EffectiveAt; gap >= minute || gap <= -minute {
		late = "Recorded on " + now.moment(e.RecordedAt)
	}
	if e.Detail != "" || late != "" {
		shown.Detail = eventDetail(e.Detail, late)
	}
	return shown
}

const minute = calendar.Instant(60_000)
