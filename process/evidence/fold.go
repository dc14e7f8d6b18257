package evidence

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/process"
)

// Standing is what a deal's entries come to in this room.
type Standing struct {
	Process process.ID // empty while the deal is worked by none
	Number  int        // of the version
	Since   calendar.Instant
	ByHand  bool                              // a person chose the process, or chose none
	Shown   map[process.MilestoneID]Milestone // those that were ever spoken of, under the version of now
	Earlier []Milestone                       // what was earned under milestones that are no more
	Items   []Item                            // in the order in which they were given
	Last    calendar.Instant                  // when the newest of these entries was true
	labels  []label                           // of a history that was brought in, in their order
}

// label is what a history says of a milestone by its label.
type label struct {
	name, value string
	entry       *ledger.Entry
}

// Of is what was shown of a milestone; missing when nothing was.
func (s *Standing) Of(id process.MilestoneID) Milestone {
	m, there := s.Shown[id]
	if !there {
		m.ID = id
	}
	return m
}

// Stands tells whether a milestone counts.
func (s *Standing) Stands(id process.MilestoneID) bool {
	m := s.Shown[id]
	return m.Stands()
}

// Evidence lists the items of a milestone that stand.
func (s *Standing) Evidence(id process.MilestoneID) []Item {
	var list []Item
	for _, i := range s.Items {
		if i.Milestone == id && i.Stands() {
			list = append(list, i)
		}
	}
	return list
}

// Stage is the name of the phase that the deal has reached under a version.
func (s *Standing) Stage(v *process.Version) string {
	at := v.Definition.Stage(s.Stands)
	if at < 0 {
		return ""
	}
	return v.Definition.Phases[at].Name
}

// Fold makes the standing of a deal from its entries: what was true before asOf, as far
// as was known before asOf, in the order in which it was true. The library must hold
// every version that the deal was ever under.
func Fold(entries []ledger.Entry, library process.Library, asOf calendar.Instant) (Standing, error) {
	f := folding{library: library, Standing: Standing{Shown: map[process.MilestoneID]Milestone{}}}
	known := slices.DeleteFunc(slices.Clone(entries), func(e ledger.Entry) bool { return e.RecordedAt >= asOf || e.EffectiveAt >= asOf })
	slices.SortStableFunc(known, func(a, b ledger.Entry) int {
		return cmp.Or(cmp.Compare(a.EffectiveAt, b.EffectiveAt), cmp.Compare(a.Sequence, b.Sequence))
	})
	for i := range known {
		if err := f.take(&known[i]); err != nil {
			return f.Standing, fmt.Errorf("folding the evidence of deal %s: %w", known[i].Opportunity, err)
		}
	}
	return f.Standing, nil
}

type folding struct {
	Standing
	library process.Library
	version *process.Version
}

func (f *folding) take(e *ledger.Entry) error {
	ours := e.Kind == deals.ProcessSet || e.Kind == deals.MilestoneRecorded || slices.Contains(Kinds, e.Kind)
	if !ours {
		return nil
	}
	var fact Fact
	if err := e.Read(&fact); err != nil {
		return err
	}
	f.Last = max(f.Last, e.EffectiveAt)
	if e.Payload == "" {
		return nil // erased: it says nothing any more
	}
	switch e.Kind {
	case deals.ProcessSet:
		return f.come(e, &fact)
	case deals.MilestoneRecorded:
		f.labels = append(f.labels, label{fact.Name, fact.Value, e})
		f.recall(f.labels[len(f.labels)-1])
	case Given:
		f.give(e, &fact)
	case TakenBack:
		f.end(ItemID(e.Subject), "", e, fact.Reason, "")
	default:
		f.judge(e, &fact)
	}
	return nil
}

func (f *folding) give(e *ledger.Entry, fact *Fact) {
	item := Item{ID: ItemID(e.ID), Milestone: process.MilestoneID(fact.Name), Marker: fact.Marker, GivenBy: people.ID(e.Actor),
		GivenAt: e.EffectiveAt, Via: e.Via, Sequence: e.Sequence}
	if fact.Proof != nil { // nil when it was erased
		item.Proof = *fact.Proof
	}
	f.Items = append(f.Items, item)
	if fact.Replaces != "" {
		f.end(fact.Replaces, item.Milestone, e, "", item.ID)
	}
	m := f.Of(item.Milestone)
	m.Name, m.Version = cmp.Or(fact.Value, m.Name), e.Sequence
	f.Shown[m.ID] = m
}

// end takes an item out. After a split it may stand for two milestones: withdrawn it
// goes from both, replaced it goes from the one that has the better one now.
func (f *folding) end(id ItemID, only process.MilestoneID, e *ledger.Entry, reason string, by ItemID) {
	for i := range f.Items {
		item := &f.Items[i]
		if item.ID != id || !item.Stands() || (only != "" && item.Milestone != only) {
			continue
		}
		item.EndedAt, item.EndReason, item.Replaced = e.EffectiveAt, reason, by
		if m, there := f.Shown[item.Milestone]; there {
			m.Version = e.Sequence
			f.Shown[m.ID] = m
		}
	}
}

// judge takes in a claim, a confirmation, a rejection, an answer or a withdrawal.
func (f *folding) judge(e *ledger.Entry, fact *Fact) {
	m := f.Of(process.MilestoneID(fact.Name))
	m.Name, m.Version = cmp.Or(fact.Value, m.Name), e.Sequence
	switch e.Kind {
	case Claim:
		m.claim(e, people.ID(e.Actor), f.Number)
		m.Reply = ""
	case Confirm:
		switch {
		case m.State == Rejected && fact.Contact == "": // passed after the rep's answer
			m.claim(e, m.ClaimedBy, f.Number)
		case !m.Stands(): // the buyer said so before anybody claimed it
			m.claim(e, "", f.Number)
		}
		m.State, m.ConfirmedAt, m.Contact, m.ConfirmedBy = Confirmed, e.EffectiveAt, fact.Contact, ""
		if fact.Contact == "" {
			m.ConfirmedBy = people.ID(e.Actor)
		}
	case Reject:
		m.fall(Rejected, fact.Reason)
		m.RejectedAt, m.RejectedBy, m.Reply = e.EffectiveAt, people.ID(e.Actor), ""
		m.rejectedIn = e.Sequence
		m.Rejections++
	case Answer:
		m.Reply = fact.Reason
	case Unclaim:
		m.fall(Missing, fact.Reason)
	}
	f.Shown[m.ID] = m
}

func (m *Milestone) claim(e *ledger.Entry, by people.ID, number int) {
	m.State, m.Since, m.ClaimedAt, m.ClaimedBy, m.Earned, m.Reason = Claimed, e.EffectiveAt, e.EffectiveAt, by, number, ""
	m.ConfirmedAt, m.ConfirmedBy, m.Contact = 0, "", ""
}

func (m *Milestone) fall(to State, reason string) {
	m.State, m.Since, m.Reason = to, 0, reason
	m.ConfirmedAt, m.ConfirmedBy, m.Contact = 0, "", ""
}

// recall takes in what a history says of a milestone by its label, if the process of
// now has one of that name.
func (f *folding) recall(l label) {
	if f.version == nil {
		return
	}
	id, known := f.version.Definition.Labelled(l.name)
	if !known {
		return
	}
	m := f.Of(id)
	m.Name, m.Version = l.name, max(m.Version, l.entry.Sequence)
	switch l.value {
	case "revoked":
		m.fall(Missing, "")
		for i := range f.Items {
			if f.Items[i].Milestone == id && f.Items[i].Sort == ImportSort && f.Items[i].Stands() {
				f.Items[i].EndedAt = l.entry.EffectiveAt
			}
		}
	case "claimed", "achieved":
		if !m.Stands() {
			m.claim(l.entry, people.ID(l.entry.Actor), f.Number)
		}
		if l.value == "achieved" && m.State != Confirmed {
			m.State, m.ConfirmedAt = Confirmed, l.entry.EffectiveAt
		}
		f.Items = append(f.Items, Item{ID: ItemID(l.entry.ID), Milestone: id, Proof: Proof{Sort: ImportSort, Text: l.value},
			GivenAt: l.entry.EffectiveAt, Via: l.entry.Via, Sequence: l.entry.Sequence})
	}
	f.Shown[id] = m
}

// come brings the deal under a version: step by step through the versions of the same
// process, or by their names from another. What a deal earned, it keeps.
func (f *folding) come(e *ledger.Entry, fact *Fact) error {
	before, id := f.version, process.ID(fact.Name)
	if before == nil || before.Process != id {
		f.ByHand = !fact.ByRule
	}
	f.Process, f.Number, f.Since, f.version = id, 0, e.EffectiveAt, nil
	if id == "" {
		f.carry(func(Milestone) []process.MilestoneID { return nil })
		return nil
	}
	if _, err := fmt.Sscanf(fact.Value, "%d", &f.Number); err != nil {
		return fmt.Errorf("entry %d names no version of a process: %q", e.Sequence, fact.Value)
	}
	version, there := f.library.Version(id, f.Number)
	if !there {
		return fmt.Errorf("there is no version %d of process %s", f.Number, id)
	}
	f.version = version
	switch {
	case before == nil:
		f.carry(func(m Milestone) []process.MilestoneID { return byName(version, m) })
		f.recallAll()
	case before.Process == id && before.Number < f.Number:
		for n := before.Number + 1; n <= f.Number; n++ {
			step, _ := f.library.Version(id, n)
			f.carry(func(m Milestone) []process.MilestoneID { return step.Continues(m.ID) })
		}
		f.recallFresh()
	default:
		f.carry(func(m Milestone) []process.MilestoneID { return byName(version, m) })
		f.recallFresh()
	}
	return nil
}

func byName(v *process.Version, m Milestone) []process.MilestoneID {
	if _, _, there := v.Definition.Milestone(m.ID); there {
		return []process.MilestoneID{m.ID}
	}
	if id, known := v.Definition.Labelled(m.Name); known {
		return []process.MilestoneID{id}
	}
	return nil
}

// carry moves what was shown to where each milestone goes on. Where two become one, the
// stronger counts; where one becomes two, both keep what it earned.
func (f *folding) carry(to func(Milestone) []process.MilestoneID) {
	shown := map[process.MilestoneID]Milestone{}
	items := f.Items
	f.Items = nil
	place := map[process.MilestoneID][]process.MilestoneID{}
	for _, id := range slices.Sorted(maps.Keys(f.Shown)) {
		m := f.Shown[id]
		place[id] = to(m)
		if len(place[id]) == 0 {
			f.Earlier = append(f.Earlier, m)
		}
		for _, next := range place[id] {
			moved := m
			moved.ID = next
			if there, has := shown[next]; !has || moved.strength() > there.strength() {
				shown[next] = moved
			}
		}
	}
	for _, item := range items {
		next := place[item.Milestone]
		if len(next) == 0 {
			f.Items = append(f.Items, item)
			continue
		}
		for _, id := range next {
			item.Milestone = id
			if !slices.ContainsFunc(f.Items, func(i Item) bool { return i.ID == item.ID && i.Milestone == id }) {
				f.Items = append(f.Items, item)
			}
		}
	}
	f.Shown = shown
}

func (m *Milestone) strength() int {
	return map[State]int{Confirmed: 3, Claimed: 2, Rejected: 1}[m.State]
}

// recallAll takes in the whole history that was brought in.
func (f *folding) recallAll() {
	for _, l := range f.labels {
		f.recall(l)
	}
}

// recallFresh takes in what the history says of milestones of which nothing is known.
func (f *folding) recallFresh() {
	fresh := map[process.MilestoneID]bool{}
	for _, l := range f.labels {
		id, known := f.version.Definition.Labelled(l.name)
		if !known {
			continue
		}
		if _, has := f.Shown[id]; !has || fresh[id] {
			fresh[id] = true
			f.recall(l)
		}
	}
}
