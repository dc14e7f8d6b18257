package deals

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/money"
	"milepost/problem"
)

// lead answers in a sentence what the list holds.
func (v listView) lead() string {
	if v.Sum.Deals == 0 {
		return ""
	}
	what := "open deal"
	switch v.Filter.Outcome {
	case Everything:
		what = "deal"
	case string(NoAction):
		what = "deal that ended without action"
	case string(Won), string(Lost):
		what = v.Filter.Outcome + " deal"
	}
	text := count(v.Sum.Deals, what)
	if v.Filter.Outcome == string(NoAction) && v.Sum.Deals != 1 {
		text = figure(v.Sum.Deals) + " deals that ended without action"
	}
	if totals := v.totalText(v.Sum.Totals); totals != "" {
		text += ", " + totals
	}
	return text + "."
}

func (v listView) soonCaption() string {
	if v.Sum.Soon == 0 {
		return "Nothing has its date in it"
	}
	return v.totalText(v.Sum.SoonSum)
}

// totalText is what totals of the list come to: in one currency, as far as there are rates.
// Only what is open is added up so: what has ended counts at the rates of other days.
func (v listView) totalText(totals money.Totals) string {
	if sum := v.Rates.Add(totals, v.Viewer.Organization.Currency, v.Now.Today()); sum.Converted {
		return strings.Join(sum.Texts(), ", ")
	}
	return totalText(totals)
}

func (v listView) overdueCaption() string {
	if v.Sum.Overdue == 0 {
		return "Every date is still ahead"
	}
	return "Ask again, or let go"
}

func (v listView) undatedCaption() string {
	if v.Sum.Undated == 0 {
		return "Every deal has a date"
	}
	return "When will they decide?"
}

// with is the address of the list with one more parameter set.
func (v listView) with(name, value string) string {
	q := v.Filter.Query()
	q.Set(name, value)
	if name == "period" {
		q.Del("from")
		q.Del("to")
	}
	return at("/deals", q)
}

// stageTabs lead from stage to stage of what is filtered otherwise.
func (v listView) stageTabs() []ui.NavItem {
	f := v.Filter
	f.Stage = ""
	tabs := []ui.NavItem{{Label: "All stages", Path: f.Path(), Count: int(v.Sum.All), Current: v.Filter.Stage == ""}}
	for _, s := range v.Sum.Stages {
		if s.Stage == "" || len(tabs) > 12 && s.Stage != v.Filter.Stage {
			continue
		}
		f.Stage = s.Stage
		tabs = append(tabs, ui.NavItem{Label: s.Stage, Path: f.Path(), Count: int(s.Deals), Current: v.Filter.Stage == s.Stage})
	}
	return tabs
}

var periodLabels = map[string]string{"this-month": "This month", "next-month": "Next month", "last-month": "Last month",
	"this-quarter": "This quarter", "next-quarter": "Next quarter", "last-quarter": "Last quarter",
	"this-year": "This fiscal year", "last-year": "Last fiscal year", "overdue": "Date has passed", "undated": "No date", "days": "Certain days …"}

func (v listView) filterBar() ui.FilterBar {
	wrong := problem.ByField(v.Problem)
	periods := []ui.Option{{Label: "Any time"}}
	for _, name := range Periods {
		label := periodLabels[name]
		if p, ok := periodNamed(name, v.Viewer.Organization.Fiscal(), v.Now.Today()); ok {
			label += " (" + p.Name + ")"
		}
		periods = append(periods, ui.Option{Value: name, Label: label})
	}
	stages := []ui.Option{{Label: "Any stage"}}
	for _, s := range v.Stages {
		stages = append(stages, ui.Option{Value: s, Label: s})
	}
	fields := []ui.FormField{{Name: "q", Label: "Title or account", Type: "search", Value: v.Filter.Text, Error: wrong["q"]}}
	if len(v.Owners) > 0 {
		fields = append(fields, ui.FormField{Name: "owner", Label: "Owner", Type: "select", Value: v.Filter.Owner, Options: v.Owners})
	}
	fields = append(fields,
		ui.FormField{Name: "stage", Label: "Stage", Type: "select", Value: v.Filter.Stage, Options: stages},
		ui.FormField{Name: "outcome", Label: "Outcome", Type: "select", Value: v.Filter.Outcome, Error: wrong["outcome"], Options: []ui.Option{
			{Label: "Open"}, {Value: string(Won), Label: "Won"}, {Value: string(Lost), Label: "Lost"},
			{Value: string(NoAction), Label: "No action"}, {Value: Everything, Label: "All"}}},
		ui.FormField{Name: "period", Label: v.periodLabel(), Type: "select", Value: v.Filter.Period, Options: periods, Error: wrong["period"]})
	if v.Filter.Period == certainDays {
		fields = append(fields,
			ui.FormField{Name: "from", Label: "From", Type: "date", Value: string(v.Filter.From), Error: wrong["from"], Short: true},
			ui.FormField{Name: "to", Label: "To", Type: "date", Value: string(v.Filter.To), Error: wrong["to"], Short: true})
	}
	bar := ui.FilterBar{Action: "/deals", Keep: map[string]string{}}
	if v.More {
		fields = append(fields, v.moreFields(wrong)...)
	} else {
		bar.Extra = ui.LinkButton{Label: "More filters", Icon: "adjustments", Kind: ui.Ghost, Path: v.with("more", "1")}
	}
	bar.Fields = fields
	v.Filter.Keep(bar.Keep)
	if v.Filter.Sort != "" {
		bar.Keep["sort"] = v.Filter.Sort
	}
	if v.Filter.narrows() {
		bar.Clear = v.Tools.Bar.Plain()
	}
	return bar
}

// periodLabel says what a period is a period of.
func (v listView) periodLabel() string {
	switch v.Filter.Outcome {
	case "":
		return "Expected close"
	case Everything:
		return "Expected close or end"
	}
	return "Ended"
}

func ownerCell(l *Listed) templ.Component {
	if l.Owner == "" {
		return ui.None()
	}
	return ui.PersonName(l.OwnerName, "")
}

// name is the title, or what else tells the deal from others.
func (l *Listed) name() string {
	if l.Title != "" {
		return l.Title
	}
	return untitled
}

// untitled stands for the title of a deal that an imported log gave none.
const untitled = "Untitled deal"

// showsOwners: to a rep, every deal is one's own.
func (v listView) showsOwners() bool { return len(v.Owners) > 0 }

// column is a head that sorts; greatest says which way a first click goes.
func (v listView) column(label, name string, greatest bool) ui.Column {
	c := ui.Column{Label: label}
	f := v.Filter
	f.Sort = name
	if greatest {
		f.Sort = "-" + name
	}
	if v.order.name == name {
		c.Sorted = ui.Ascending
		f.Sort = "-" + name
		if v.order.descending {
			c.Sorted, f.Sort = ui.Descending, name
		}
	}
	c.Path = f.Path()
	return c
}

func (v listView) pages() ui.Pages {
	p := ui.Pages{NewerLabel: "Back", OlderLabel: "On"}
	q := v.Filter.Query()
	if v.Page.Before != "" {
		q.Set("before", v.Page.Before)
		p.Newer = at("/deals", q)
		q.Del("before")
	}
	if v.Page.After != "" {
		q.Set("after", v.Page.After)
		p.Older = at("/deals", q)
	}
	if n := int64(len(v.Page.Deals)); n > 0 && (p.Newer != "" || p.Older != "") {
		p.Count = fmt.Sprintf("%s of %s", figure(n), figure(v.Sum.Deals))
	}
	return p
}

// ageText is for how long a deal has been at its stage.
func ageText(since calendar.Instant, now Now) string {
	if since == 0 {
		return ""
	}
	n := calendar.DateOf(since, now.Place).DaysUntil(now.Today())
	switch {
	case n <= 0:
		return "since today"
	case n < 60:
		return "for " + days(n)
	case n < 730:
		return fmt.Sprintf("for %d months", n/30)
	}
	return fmt.Sprintf("for %d years", n/365)
}

func slipText(slips int64) string { return "moved later " + times(slips) }
