package rates

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
)

// pathOf is where the rates of a pair are listed, from a day back.
func pathOf(p Pair, until calendar.Date) string {
	q := url.Values{"low": {string(p.Low)}, "high": {string(p.High)}}
	if until != "" {
		q.Set("until", string(until))
	}
	return Path + "?" + q.Encode() + "#given"
}

func (p Pair) String() string { return string(p.Low) + " and " + string(p.High) }

// actions are the buttons at the head of the page.
func (v *view) actions() templ.Component { return ratesActions(v) }

// holding is the table of what holds today, a line for each pair.
func (v *view) holding() ui.Table {
	t := ui.Table{Caption: "What holds today", Columns: []ui.Column{{Label: "Currencies"}, {Label: "Rate", Numeric: true}, {Label: "Since"}, {Label: "The other way", Numeric: true}}}
	for _, p := range v.Pairs {
		row := ui.Row{ID: "pair-" + string(p.Low) + "-" + string(p.High), Current: p == v.Pair, Cells: []templ.Component{ui.Link(pathOf(p, ""), p.String()), ui.Quiet("not yet"), nil, nil}}
		if r, has := v.Now.latest(p, v.Today); has {
			row.Cells[1], row.Cells[2], row.Cells[3] = ui.Text(r.String()), ui.Date(r.Day), ui.Quiet(r.back())
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// back is what one unit of the other currency is worth, about: for reading only.
func (r Rate) back() string {
	return "1 " + string(r.Other) + " ≈ " + strconv.FormatFloat(1/r.Units.Float(), 'g', 5, 64) + " " + string(r.One)
}

// given is the table of the rates of one pair.
func (v *view) given() ui.Table {
	t := ui.Table{Caption: "Rates of " + v.Pair.String(), Columns: []ui.Column{{Label: "From"}, {Label: "Rate", Numeric: true}},
		Pages: ui.Pages{OlderLabel: "Earlier", NewerLabel: "The latest"}}
	if v.Older != "" {
		t.Pages.Older = pathOf(v.Pair, v.Older)
	}
	if !v.Newest {
		t.Pages.Newer = pathOf(v.Pair, "")
	}
	if v.MaySet {
		t.Columns = append(t.Columns, ui.Column{Label: "Take back", Quiet: true})
	}
	for _, one := range v.List {
		r, err := one.rate()
		if err != nil {
			continue // Check says so
		}
		row := ui.Row{ID: "day-" + string(r.Day), Cells: []templ.Component{ui.Date(r.Day), ui.Text(r.String())}}
		if v.MaySet {
			row.Cells = append(row.Cells, takeBackButton(one, r))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func version(n int64) string { return strconv.FormatInt(n, 10) }
