package deals

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/people"
	"milepost/problem"
	"milepost/views"
)

// Filter is what a list of deals is narrowed to. Every page that leads to deals
// uses its address form, /deals?owner=...&stage=...:
//
//	owner    a person's id; an id with ".line" for the person and everyone down
//	         the line; "me"; "none" for deals that nobody owns
//	stage    a stage's label
//	outcome  open unless given; won, lost, no_action, all
//	period   this-month, next-month, last-month, this-quarter, next-quarter,
//	         last-quarter, this-year, last-year; overdue and undated for open
//	         deals; days for those from one day to another
//	from, to the first and the last of these days
//	q        words of the title or of the account's name
//	sort     close, amount, stage-age, created, closed, title, owner, activity, step; with "-" in
//	         front the other way round
//	source, segment, product  what these attributes of the deal are
//	category  what the owner calls the deal: commit, best, pipeline, omitted; - for none
//	step     what is next in open deals: none, overdue, week, set
//	competitor  who is named on it, or it was lost to
//	quiet    days for which nothing was done in the deal: 14, 30, 60, 90
//
// and how it is shown, as views.Shape says it: columns, group, in, view. A period is that of the expected close, and of the closing for deals that ended.
type Filter struct {
	Owner    string
	Stage    string
	Outcome  string
	Period   string
	From, To calendar.Date
	Text     string
	Sort     string
	Source   string
	Segment  string
	Product  string
	// Competitor is named on the deal, or the deal was lost to it.
	Competitor string
	Category   string // what the owner calls it
	Quiet      string // for how many days at least nothing was done
	Step       string // what is next in it
	views.Shape
}

// Everything is the outcome of a filter that takes open and ended deals alike.
const Everything = "all"

// Periods lists the names of periods, in the order in which screens show them.
var Periods = []string{"this-month", "next-month", "last-month", "this-quarter", "next-quarter", "last-quarter",
	"this-year", "last-year", "overdue", "undated", certainDays}

// certainDays is the period from one day to another; to name the days means it.
const certainDays = "days"

// ReadFilter reads a filter from an address. What cannot be understood is left out,
// and said.
func ReadFilter(q url.Values) (Filter, error) {
	f := Filter{Owner: q.Get("owner"), Stage: q.Get("stage"), Outcome: q.Get("outcome"), Period: q.Get("period"),
		Text: strings.TrimSpace(q.Get("q")), Sort: q.Get("sort")}
	var wrong []error
	f.Competitor, _ = oneLine("competitor", "The competitor", q.Get("competitor"), longestName)
	var badShape error
	f.Shape, badShape = views.ReadShape(q, views.Names(listView{}.columns()), groupings)
	if badShape != nil {
		wrong = append(wrong, badShape)
	}
	wrong = append(wrong, f.readAttributes(q)...)
	if err := f.readStep(q); err != nil {
		wrong = append(wrong, err)
	}
	if f.Outcome == "open" {
		f.Outcome = ""
	}
	if f.Outcome != "" && f.Outcome != Everything && !slices.Contains(Outcomes, Outcome(f.Outcome)) {
		wrong = append(wrong, problem.Invalid("outcome", "There is no outcome “%s”.", clip(f.Outcome)))
		f.Outcome = ""
	}
	if f.Period != "" && !slices.Contains(Periods, f.Period) {
		wrong = append(wrong, problem.Invalid("period", "There is no period “%s”.", clip(f.Period)))
		f.Period = ""
	}
	var badFrom, badTo error
	f.From, badFrom = parseDate("from", q.Get("from"))
	f.To, badTo = parseDate("to", q.Get("to"))
	switch {
	case f.Period != "" && f.Period != certainDays:
		f.From, f.To = "", ""
	case f.From != "" || f.To != "" || badFrom != nil || badTo != nil:
		f.Period = certainDays
	}
	if len(f.Text) > longestTitle {
		f.Text = ""
		wrong = append(wrong, problem.Invalid("q", "These are too many words to look for."))
	}
	if f.From != "" && f.To != "" && f.To < f.From {
		badTo = problem.Invalid("to", "The last day is before the first.")
		f.To = ""
	}
	return f, errors.Join(append(wrong, badFrom, badTo)...)
}

// Query is the filter as the parameters of an address; what is not set is left out.
func (f Filter) Query() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{"owner": f.Owner, "stage": f.Stage, "outcome": f.Outcome, "period": f.Period,
		"from": string(f.From), "to": string(f.To), "q": f.Text, "sort": f.Sort,
		"source": f.Source, "segment": f.Segment, "product": f.Product, "quiet": f.Quiet, "category": f.Category, "competitor": f.Competitor, "step": f.Step} {
		if value != "" {
			q.Set(name, value)
		}
	}
	f.Shape.Put(q)
	return q
}

// Path is the address of the list, narrowed so.
func (f Filter) Path() string { return at("/deals", f.Query()) }

func at(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// narrows tells whether the filter leaves anything out that the page shows without.
func (f Filter) narrows() bool {
	narrows := f.Shape.Narrows()
	f.Sort, f.Shape = "", views.Shape{}
	return narrows || f != Filter{}
}

// span is the stretch of days that the filter asks for; ok is false when it asks
// for none. An empty end is no bound.
func (f Filter) span(fiscal calendar.Fiscal, today calendar.Date) (from, until calendar.Date, ok bool) {
	if f.From != "" || f.To != "" {
		if f.To == "" {
			return f.From, "", true
		}
		return f.From, f.To.AddDays(1), true
	}
	p, ok := periodNamed(f.Period, fiscal, today)
	return p.From, p.Until, ok
}

func periodNamed(name string, fiscal calendar.Fiscal, today calendar.Date) (calendar.Period, bool) {
	when, unit, found := strings.Cut(name, "-")
	of, known := map[string]func(calendar.Date) calendar.Period{
		"month": fiscal.Month, "quarter": fiscal.Quarter, "year": fiscal.Year}[unit]
	if !found || !known {
		return calendar.Period{}, false
	}
	p := of(today)
	switch when {
	case "next":
		p = of(p.Until)
	case "last":
		p = of(p.From.AddDays(-1))
	}
	return p, true
}

// owners resolves the owner of a filter to those whose deals the viewer may see;
// all is true when there is no limit. Whom the viewer may not see is left out
// without a word. The chart is used for a line only.
func (f Filter) owners(v *people.Viewer, chart func() (people.Chart, error)) (list []people.ID, all bool, err error) {
	named, line := strings.CutSuffix(f.Owner, ".line")
	switch {
	case f.Owner == "":
		list, all = v.Visible()
		return list, all, nil
	case f.Owner == "none":
		return nil, false, nil
	case named == "me":
		named = string(v.ID)
	}
	wanted := []people.ID{people.ID(named)}
	if line {
		c, err := chart()
		if err != nil {
			return nil, false, err
		}
		wanted = append(wanted, c.Below(people.ID(named))...)
	}
	return slices.DeleteFunc(wanted, func(id people.ID) bool { return !v.Sees(id) }), false, nil
}
