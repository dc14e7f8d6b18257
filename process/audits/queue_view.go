package audits

import (
	"cmp"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// group is the audits of the deals of one rep, or those that one person audits.
type group struct {
	Who   people.ID
	Name  string
	Items []item
	Rate  Tally
}

// done is how many do not wait any more.
func (g *group) done() int {
	n := 0
	for i := range g.Items {
		if !g.Items[i].Standing.Waits() {
			n++
		}
	}
	return n
}

// queueView is the page of audits.
type queueView struct {
	Viewer *people.Viewer
	Now    deals.Now
	Week   calendar.Date
	Mine   []group // by rep: the viewer audits them
	Others []group // by auditor: somebody else in the viewer's sight does
	Own    []item  // of the viewer's own deals
	Leads  bool    // others' deals are in sight
	Rates  []group
	Line   Line
	names  map[people.ID]string
}

const mostOwn = 40

func (x *visit) queue() error {
	view, err := x.readQueue()
	if err != nil {
		return err
	}
	return web.Page(x.w, x.r, ui.Frame{Title: "Audits", Lead: view.lead()}, queuePage(view))
}

// readPeople reads who there is, and who audits whom.
func (x *visit) readPeople() (view queueView, err error) {
	view = queueView{Viewer: x.v, Now: x.now, Week: Monday(x.now.At, x.now), Leads: x.v.Manages() || x.v.SeesEveryDeal()}
	if view.names, err = x.names(); err != nil {
		return view, err
	}
	view.Line, err = ReadLine(x.ctx, x.d, x.now.At)
	return view, err
}

// readQueue reads what waits, for whom, and how it went before.
func (x *visit) readQueue() (queueView, error) {
	view, err := x.readPeople()
	if err != nil {
		return view, err
	}
	own, err := ofOwner(x.ctx, x.d, x.v.ID, mostOwn)
	if err != nil {
		return view, err
	}
	for _, l := range own {
		view.Own = append(view.Own, itemOf(l))
	}
	if !view.Leads {
		return view, nil
	}
	list, err := ofWeek(x.ctx, x.d, x.v, view.Week)
	if err != nil {
		return view, err
	}
	rates, err := Tallies(x.ctx, x.d, x.now.At.Add(-span), deals.Ever)
	if err != nil {
		return view, err
	}
	view.sort(list, rates)
	return view, nil
}

// sort parts the audits into those that are the viewer's to judge and those of others.
func (v *queueView) sort(list []Listed, rates map[people.ID]Tally) {
	mine, others := map[people.ID][]item{}, map[people.ID][]item{}
	for _, l := range list {
		if l.Owner == v.Viewer.ID {
			continue
		}
		if auditor := v.Line.AuditorOf(l.Owner); auditor.Is(v.Viewer) {
			mine[l.Owner] = append(mine[l.Owner], itemOf(l))
		} else {
			others[auditor.Person] = append(others[auditor.Person], itemOf(l))
		}
	}
	v.Mine, v.Others = v.groups(mine, rates), v.groups(others, nil)
	for id, t := range rates {
		if id != v.Viewer.ID && v.Viewer.Sees(id) {
			v.Rates = append(v.Rates, group{Who: id, Name: v.name(id), Rate: t})
		}
	}
	slices.SortFunc(v.Rates, byName)
}

func (v *queueView) groups(parts map[people.ID][]item, rates map[people.ID]Tally) []group {
	var list []group
	for id, items := range parts {
		list = append(list, group{Who: id, Name: v.name(id), Items: items, Rate: rates[id]})
	}
	slices.SortFunc(list, byName)
	return list
}

func byName(a, b group) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Who, b.Who)) }

func (v *queueView) name(id people.ID) string { return cmp.Or(v.names[id], "Operations") }

// count is how many of the viewer's audits are done, and how many there are.
func (v *queueView) count() (done, all int) {
	for i := range v.Mine {
		done, all = done+v.Mine[i].done(), all+len(v.Mine[i].Items)
	}
	return done, all
}

// next is the audit to go on with after one: the first after it that waits, else the
// first that waits at all; empty when all are done.
func (v *queueView) next(after ID) ID {
	first, passed := ID(""), false
	for _, g := range v.Mine {
		for _, i := range g.Items {
			switch {
			case i.ID == after:
				passed = true
			case i.Standing.Waits() && passed:
				return i.ID
			case i.Standing.Waits() && first == "":
				first = i.ID
			}
		}
	}
	return first
}

func (v *queueView) lead() string {
	done, all := v.count()
	switch {
	case !v.Leads:
		return "Each week a few of the milestones that you claimed are looked at by your manager."
	case all == 0:
		return "Each week a few of the milestones that your people claimed are drawn for you to look at."
	}
	return fmt.Sprintf("Week of %s: %d of %d done.", dateText(v.Week), done, all)
}

func dateText(d calendar.Date) string { return d.Time().Format("2 January") }
