package evidence

import (
	"fmt"

	"milepost/accounts"
	"milepost/activities"
	"milepost/deals"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
)

// view is what pages show of a deal's milestones.
type view struct {
	Deal    deals.Opportunity
	Library process.Library
	Version *process.Version // nil while the deal follows no process
	Standing
	Map    Map
	Now    deals.Now
	Viewer *people.Viewer
	names  map[people.ID]string
}

// read reads what was shown of a deal that the person sees, after the follower has
// given a deal that was just opened its process.
func (x *visit) read() (*view, error) {
	v := &view{Now: x.now, Viewer: x.v}
	if _, err := deals.FindFor(x.ctx, x.d, x.v, x.deal()); err != nil {
		return nil, err
	}
	if _, err := x.keeper.Freshen(x.ctx, x.v.Org); err != nil {
		return nil, err
	}
	var err error
	if v.Deal, err = deals.FindFor(x.ctx, x.d, x.v, x.deal()); err != nil {
		return nil, err
	}
	if v.Library, err = process.ReadLibrary(x.ctx, x.d); err != nil {
		return nil, err
	}
	if v.Standing, err = Read(x.ctx, x.d, v.Library, v.Deal.ID); err != nil {
		return nil, fmt.Errorf("reading what was shown of deal %s: %w", v.Deal.ID, err)
	}
	everyone, err := people.Everyone(x.ctx, x.d, x.v.Org)
	if err != nil {
		return nil, err
	}
	v.names = make(map[people.ID]string, len(everyone))
	for _, p := range everyone {
		v.names[p.ID] = p.Name
	}
	if version, there := v.Library.Version(v.Process, v.Number); there {
		v.Version, v.Map = version, Draw(version, &v.Standing, &v.Deal, x.now)
	}
	return v, nil
}

// name is a person's name, or "someone" for what came without one.
func (v *view) name(id people.ID) string {
	if name := v.names[id]; name != "" {
		return name
	}
	return "someone"
}

// items lists the evidence of a milestone that the viewer may see: what stands, or what
// was withdrawn or replaced. What is confidential is not even counted for others.
func (v *view) items(id process.MilestoneID, stands bool) []Item {
	var list []Item
	for _, i := range v.Items {
		if i.Milestone == id && i.Stands() == stands && i.MaySee(v.Viewer, v.Deal.Owner) {
			list = append(list, i)
		}
	}
	return list
}

// desk is what a milestone that is open lets a person work with.
type desk struct {
	files    []activities.File
	meetings []activities.Activity
	parties  []accounts.Party
	contacts map[accounts.ContactID]string // of whom evidence speaks
}

// desk reads it. A contact who is out of sight is "someone of theirs".
func (x *visit) desk(v *view, items []Item, by accounts.ContactID) (desk, error) {
	k := desk{contacts: map[accounts.ContactID]string{}}
	var err error
	if k.files, err = activities.FilesFor(x.ctx, x.d, x.v, v.Deal); err != nil {
		return k, err
	}
	if k.meetings, err = activities.MeetingsOf(x.ctx, x.d, v.Deal.ID); err != nil {
		return k, err
	}
	if k.parties, err = accounts.Parties(x.ctx, x.d, x.v, v.Deal); err != nil {
		return k, err
	}
	for _, p := range k.parties {
		k.contacts[p.ID] = p.Name
	}
	wanted := []accounts.ContactID{by}
	for _, i := range items {
		wanted = append(wanted, i.Contact)
	}
	for _, id := range wanted {
		if id == "" || k.contacts[id] != "" {
			continue
		}
		c, _, err := accounts.FindContact(x.ctx, x.d, x.v, id)
		if err != nil && !problem.Is(err, problem.KindNotFound) {
			return k, err
		}
		k.contacts[id] = c.Name
	}
	return k, nil
}

// contact is the name of a contact, as far as the viewer may know it.
func (k *desk) contact(id accounts.ContactID) string {
	if name := k.contacts[id]; name != "" {
		return name
	}
	return "someone of theirs"
}
