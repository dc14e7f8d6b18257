package evidence

import (
	"maps"
	"slices"
	"strings"

	"milepost/problem"
	"milepost/process"
)

// Give gives evidence for a marker. Once nothing is missing, the milestone is claimed
// with it. An item that it replaces stays in the history.
func (p *Pen) Give(id process.MilestoneID, marker process.MarkerID, proof Proof, replaces ItemID) error {
	m, k, err := p.marker(id, marker)
	if err != nil {
		return err
	}
	proof, err = proof.checked(k)
	if err != nil {
		return err
	}
	if replaces != "" {
		if !slices.ContainsFunc(p.Evidence(id), func(i Item) bool { return i.ID == replaces }) {
			return problem.Conflict("", "The evidence that you replace is not there any more. Look again, then decide.")
		}
	}
	fact := p.about(id, "")
	fact.Marker, fact.Proof, fact.Replaces, fact.Confidential = marker, &proof, replaces, proof.Confidential
	if err := p.begin(Given, p.w.DB.NewID(p.w.By.At), fact); err != nil {
		return err
	}
	if p.Stands(id) && replaces != "" {
		return p.letFall("The evidence that it needs was replaced.")
	}
	if p.Stands(id) || p.missing(m) != nil {
		return nil
	}
	return p.add(Claim, string(p.Deal.ID), p.about(id, ""))
}

// Claim says that the milestone is true. It is refused, with what is missing, while its
// evidence is not all there.
func (p *Pen) Claim(id process.MilestoneID) error {
	m, err := p.milestone(id)
	if err != nil {
		return err
	}
	if p.Stands(id) {
		return problem.Invalid("", "“%s” is claimed already.", m.Name)
	}
	if err := p.missing(m); err != nil {
		return err
	}
	return p.add(Claim, string(p.Deal.ID), p.about(id, ""))
}

// Unclaim takes a claim back; the evidence stays where it is.
func (p *Pen) Unclaim(id process.MilestoneID, reason string) error {
	m, err := p.milestone(id)
	if err != nil {
		return err
	}
	if !p.Stands(id) {
		return problem.Invalid("", "“%s” does not stand, so there is nothing to take back.", m.Name)
	}
	reason, err = line("reason", "The reason", reason, longestReason)
	if err == nil && reason == "" {
		err = problem.Invalid("reason", "Say in a few words why it does not hold any more.")
	}
	if err != nil {
		return err
	}
	return p.add(Unclaim, string(p.Deal.ID), p.about(id, reason))
}

// Withdraw takes a piece of evidence back. A milestone that is not shown any more
// without it falls, whoever confirmed it.
func (p *Pen) Withdraw(item ItemID, reason string) error {
	if err := p.mustBeWorked(); err != nil {
		return err
	}
	is, there := p.item(item)
	if !there || !is.Stands() {
		return problem.Conflict("", "This evidence was withdrawn already.")
	}
	reason, err := line("reason", "The reason", reason, longestReason)
	if err != nil {
		return err
	}
	fact := p.about(is.Milestone, reason)
	fact.Confidential = is.Confidential
	if err := p.add(TakenBack, string(item), fact); err != nil {
		return err
	}
	return p.letFall("Its evidence was withdrawn.")
}

// letFall lets every milestone fall that stands and is not shown any more.
func (p *Pen) letFall(reason string) error {
	for _, id := range slices.Sorted(maps.Keys(p.Shown)) {
		if p.Stands(id) && !p.shown(id) {
			if err := p.add(Unclaim, string(p.Deal.ID), p.about(id, reason)); err != nil {
				return err
			}
		}
	}
	return nil
}

// shown tells whether a milestone that stands has what it needs to: for one that was
// earned under this version, what its markers require, unless the buyer confirmed it;
// for one that came from another, or from a history, anything.
func (p *Pen) shown(id process.MilestoneID) bool {
	items := p.Evidence(id)
	if len(items) == 0 {
		return false
	}
	m, _, there := p.Version.Definition.Milestone(id)
	is := p.Of(id)
	if !there || is.Earned != p.Number || is.Contact != "" {
		return true
	}
	for _, i := range items {
		if i.Marker == "" {
			return true
		}
	}
	return len(lacking(m, items)) == 0
}

// missing says what is missing before a milestone can be claimed, or nil.
func (p *Pen) missing(m *process.Milestone) error {
	for _, id := range m.After {
		if !p.Stands(id) {
			before, _, _ := p.Version.Definition.Milestone(id)
			return problem.Invalid("", "“%s” comes after “%s”, which does not stand yet.", m.Name, before.Name)
		}
	}
	items := p.Evidence(m.ID)
	if lack := lacking(m, items); len(lack) > 0 {
		return problem.Invalid("", "“%s” cannot be claimed yet. Missing: %s.", m.Name, strings.Join(lack, "; "))
	}
	if is := p.Of(m.ID); is.State == Rejected {
		for _, i := range items {
			if i.Sequence > is.rejectedIn {
				return nil
			}
		}
		return problem.Invalid("", "“%s” was rejected. Give evidence that was not there then, or answer the rejection.", m.Name)
	}
	return nil
}

// lacking lists what the markers of a milestone ask for and the items do not give.
func lacking(m *process.Milestone, items []Item) []string {
	has := map[process.MarkerID]bool{}
	for _, i := range items {
		has[i.Marker] = true
	}
	var lack []string
	required := m.RequiredMarkers()
	for _, k := range required {
		if !has[k.ID] {
			lack = append(lack, k.Text)
		}
	}
	if len(required) > 0 {
		return lack
	}
	var any []string
	for _, k := range m.Markers {
		if has[k.ID] {
			return nil
		}
		any = append(any, k.Text)
	}
	return []string{strings.Join(any, ", or ")}
}

// milestone finds a milestone of the version that the deal is under.
func (p *Pen) milestone(id process.MilestoneID) (*process.Milestone, error) {
	if err := p.mustBeWorked(); err != nil {
		return nil, err
	}
	m, _, there := p.Version.Definition.Milestone(id)
	if !there {
		return nil, problem.NotFound("This milestone is not part of the process that the deal follows now. Reload the page.")
	}
	return m, nil
}

func (p *Pen) marker(id process.MilestoneID, marker process.MarkerID) (*process.Milestone, *process.Marker, error) {
	m, err := p.milestone(id)
	if err != nil {
		return nil, nil, err
	}
	k, there := m.Marker(marker)
	if !there {
		return m, nil, problem.NotFound("This marker is not part of “%s” any more. Reload the page.", m.Name)
	}
	return m, k, nil
}

func (p *Pen) mustBeWorked() error {
	switch {
	case p.Version == nil:
		return problem.Invalid("", "This deal follows no sales process. Put it under one first.")
	case !p.Deal.IsOpen():
		return problem.Invalid("", "This deal has ended (%s). Reopen it to work on its milestones.", p.Deal.Outcome.Label())
	}
	return nil
}

func (p *Pen) item(id ItemID) (Item, bool) {
	for _, i := range p.Items {
		if i.ID == id && i.Stands() {
			return i, true
		}
	}
	return Item{}, false
}
