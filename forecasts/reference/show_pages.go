package reference

import (
	"fmt"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// view is the page: what is assumed, what own deals taught, and who changed what.
type view struct {
	*Taught
	Learning bool
	Versions []Version
	Kept     map[int]Leant // by the table's number
	Names    map[people.ID]string
	MayEdit  bool
	o        people.Organization
	today    calendar.Date
}

func (x *visit) show() error {
	v := view{o: x.v.Organization, MayEdit: x.mayEdit(), today: calendar.DateOf(x.now, x.v.Organization.Place())}
	var err error
	if v.Taught, v.Learning, err = x.taught(x.ctx, x.d, v.o, x.now); err != nil {
		return err
	}
	if v.Versions, err = Versions(x.ctx, x.d, x.v.Org); err != nil {
		return err
	}
	if v.Kept, err = x.kept(x.ctx, x.d, x.v.Org); err != nil {
		return err
	}
	if v.Names, err = x.names(); err != nil {
		return err
	}
	frame := ui.Frame{Title: "Assumptions", Lead: "What do we assume, and what have our own deals taught?", Crumbs: append(crumbs(), ui.Crumb{Label: "Assumptions"})}
	if v.MayEdit {
		frame.Actions = ui.LinkButton{Label: "Change the assumptions", Icon: "pencil", Path: Path + "/edit"}
	}
	return web.Page(x.w, x.r, frame, showPage(&v))
}

func crumbs() []ui.Crumb { return []ui.Crumb{{Label: "Forecast", Path: "/forecasts"}} }

// fewestDeals is how many past deals something must rest on to be said.
const fewestDeals = 20

// tooFew tells whether so few deals have ended that nothing of them is said.
func (v *view) tooFew() bool { return v.Ended < fewestDeals }

// coming is the table that is set but not yet leaned on; false where there is none.
func (v *view) coming() (Version, bool) {
	last := newest(v.Versions)
	return last, last.Number != v.Leans.Number
}

// inUse says who set the table that forecasts lean on today.
func (v *view) inUse() string {
	if v.Leans.Number == 0 {
		return "nobody has changed it"
	}
	return "set by " + v.who(&v.Leans) + " on " + calendar.DateOf(v.Leans.RecordedAt, v.o.Place()).Short()
}

func (v *view) who(of *Version) string { return nameOf(v.Names, of) }

func nameOf(names map[people.ID]string, of *Version) string {
	if name := names[of.By]; name != "" {
		return name
	}
	return "somebody who is no longer here"
}

// say is the mean over the stages of how far own deals have taken over.
func (v *view) say() float64 {
	sum := 0.0
	for _, s := range v.Stages {
		sum += s.Moved
	}
	return sum / float64(max(len(v.Stages), 1))
}

// changes says what a table changed, seen from the one before it.
func (v *view) changes(of *Version) []string {
	before, _ := numbered(v.Versions, of.Number-1)
	return Changes(before.Table, of.Table)
}

// history lists the tables, the newest first.
func (v *view) history() ui.Timeline {
	t := ui.Timeline{Place: v.o.Place(), Today: v.today}
	for i := len(v.Versions) - 1; i >= 0; i-- {
		of := &v.Versions[i]
		t.Events = append(t.Events, ui.Event{At: of.RecordedAt, Icon: "scale", Actor: v.who(of),
			Sentence: "set " + lowerFirst(Name(of.Number)) + ": “" + of.Reason + "”", Detail: v.detail(of)})
	}
	return t
}

func (v *view) detail(of *Version) templ.Component {
	back := ""
	if v.MayEdit && of.Number != newest(v.Versions).Number {
		back = fmt.Sprintf("%s/edit?from=%d", Path, of.Number)
	}
	return setDetail(v.changes(of), v.leant(of.Number), back)
}

// leantOnShipped says the same of the table that ships.
func (v *view) leantOnShipped() string { return Name(0) + ": " + lowerFirst(v.leant(0)) }

// leant says which kept forecasts leaned on a table.
func (v *view) leant(number int) string {
	of, has := v.Kept[number]
	switch {
	case !has:
		return "No kept forecast leaned on it so far."
	case of.Days == 1:
		return "The kept forecasts of " + of.First.Long() + " leaned on it."
	}
	return fmt.Sprintf("The kept forecasts of %d days leaned on it, from %s to %s.", of.Days, of.First.Long(), of.Last.Long())
}
