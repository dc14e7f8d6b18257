package deals

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"

	"milepost/internal/db"
	"milepost/internal/ui"
	"milepost/problem"
)

// quietSpans are for how many days nothing was done in a deal, as a filter asks.
var quietSpans = []string{"14", "30", "60", "90"}

// without is the value of a filter that asks for deals that have none.
const without = "-"

// readAttributes takes in what a deal's attributes are asked to be, and since when it
// lies still.
func (f *Filter) readAttributes(q url.Values) (wrong []error) {
	for _, a := range []struct {
		name string
		to   *string
	}{{"source", &f.Source}, {"segment", &f.Segment}, {"product", &f.Product}} {
		var err error
		if *a.to, err = oneLine(a.name, "The "+a.name, q.Get(a.name), longestLabel); err != nil {
			wrong = append(wrong, err)
			*a.to = ""
		}
	}
	if c := q.Get("category"); c == without || Category(c).Known() {
		f.Category = c
	} else if c != "" {
		wrong = append(wrong, problem.Invalid("category", "A deal is called commit, best case, pipeline or omitted."))
	}
	if days := q.Get("quiet"); slices.Contains(quietSpans, days) {
		f.Quiet = days
	} else if days != "" {
		wrong = append(wrong, problem.Invalid("quiet", "Choose for how long nothing was done."))
	}
	return wrong
}

// asksMore tells whether an address uses the fields of the filter that stand aside,
// or asks for them.
func asksMore(q url.Values) bool {
	return q.Has("more") || q.Get("source")+q.Get("segment")+q.Get("product")+q.Get("quiet")+q.Get("category")+q.Get("competitor")+q.Get("step") != ""
}

// attributeCondition narrows to deals of a source, a segment, a product; and to those
// in which nothing was done for a while: a deal without any activity counts from the
// day it was opened.
func (q *query) attributeCondition(w *where) {
	f := q.filter
	for _, a := range [][2]string{{"o.source", f.Source}, {"o.segment", f.Segment}, {"o.product", f.Product}, {"o.call_category", f.Category}} {
		switch a[1] {
		case "":
		case without:
			w.add(a[0] + " = ''")
		default:
			w.add(a[0]+" = ?", a[1])
		}
	}
	if days, err := strconv.Atoi(f.Quiet); err == nil {
		w.add("coalesce(o.last_activity_at, o.created_at) < ?", q.now.At.Add(-time.Duration(days)*24*time.Hour))
	}
}

// attributesKept is for how long what there is to choose from is taken as read.
const attributesKept = 10 * time.Minute

// mostAttributes bounds what a filter offers of each.
const mostAttributes = 100

// attributeUse is a value of an attribute that deals have.
type attributeUse struct {
	Name  string `db:"name"`
	Value string `db:"value"`
}

// attributesOf lists the sources, segments and products that deals have, the most
// used ones of each.
func (p *pages) attributesOf(ctx context.Context, org db.Org, now Now) ([]attributeUse, error) {
	return p.attributes.of(org, now.At, attributesKept, func() ([]attributeUse, error) {
		list, err := attributesInUse(ctx, p.DB.For(org), mostAttributes)
		if err != nil {
			return nil, fmt.Errorf("reading which sources, segments and products there are: %w", err)
		}
		return list, nil
	})
}

// moreFields are the fields of the filter that stand aside until they are asked for.
func (v listView) moreFields(wrong map[string]string) []ui.FormField {
	field := func(name, label, value string) ui.FormField {
		options := []ui.Option{{Label: "Any"}, {Value: without, Label: "None"}}
		known := value == "" || value == without
		for _, a := range v.Attributes {
			if a.Name == name {
				options = append(options, ui.Option{Value: a.Value, Label: a.Value})
				known = known || a.Value == value
			}
		}
		if !known {
			options = append(options, ui.Option{Value: value, Label: value})
		}
		return ui.FormField{Name: name, Label: label, Type: "select", Value: value, Options: options, Error: wrong[name]}
	}
	called := []ui.Option{{Label: "Any"}, {Value: without, Label: "Not called yet"}}
	for _, c := range Categories {
		called = append(called, ui.Option{Value: string(c), Label: c.Label()})
	}
	quiet := []ui.Option{{Label: "Any time"}}
	for _, days := range quietSpans {
		quiet = append(quiet, ui.Option{Value: days, Label: "More than " + days + " days ago"})
	}
	fields := []ui.FormField{
		{Name: "step", Label: "Next step", Type: "select", Value: v.Filter.Step, Options: stepFilters, Error: wrong["step"]},
		field("source", "Source", v.Filter.Source), field("segment", "Segment", v.Filter.Segment),
		field("product", "Product", v.Filter.Product),
		{Name: "category", Label: "Called", Type: "select", Value: v.Filter.Category, Options: called, Error: wrong["category"]},
		{Name: "quiet", Label: "Last activity", Type: "select", Value: v.Filter.Quiet, Options: quiet, Error: wrong["quiet"]}}
	if met := competitorOptions(v.Usual, v.Filter.Competitor); len(met) > 0 {
		fields = append(fields, ui.FormField{Name: "competitor", Label: "Competitor", Type: "select", Value: v.Filter.Competitor, Options: met})
	}
	return fields
}
