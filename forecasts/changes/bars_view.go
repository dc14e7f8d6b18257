package changes

import (
	"github.com/a-h/templ"

	"milepost/internal/ui"
)

// chart draws the bars between the two ends.
func (v view) chart() ui.Chart {
	size := func(w Worth) float64 {
		if v.hasMoney() {
			return v.amount(w.Minor).Float()
		}
		return float64(w.Wins) / oneWin
	}
	w := ui.Waterfall{Title: "What moved the forecast of " + v.Period.Name + " since " + v.Since.Short(),
		From: v.Since.Time().Format("Mon 2 Jan"), To: upperFirst(v.now()), Start: size(v.Fall.Start), Up: "Up", Down: "Down",
		Nothing: ui.EmptyState{Icon: "calendar", Title: "Nothing moved", Sentence: "The forecast is what it was: no deal changed in a way that counts."}}
	for _, t := range v.Fall.Tallies(v.Ask) {
		if by := size(t.By); by != 0 {
			w.Changes = append(w.Changes, ui.Change{Label: labels[t.Bar], By: by, Path: v.barPath(t.Bar)})
		}
	}
	c := w.Chart()
	c.Unit, c.Horizontal, c.XLabel, c.Height = "wins", true, "Change", ui.Medium
	if v.hasMoney() {
		c.Unit = string(v.Currency)
	}
	if n := len(c.Categories); n < 4 {
		c.Height = ui.Short
	} else if n > 8 {
		c.Height = ui.Tall
	}
	return c
}

// table is the bars, to the cent.
func (v view) table() ui.Table {
	t := ui.Table{Caption: "What moved the forecast", Columns: v.columns(ui.Column{Label: "Change"}, ui.Column{Label: "Deals", Numeric: true})}
	level := func(label templ.Component, w Worth) []templ.Component {
		return append([]templ.Component{label, ui.Text("")}, v.cells(w, false)...)
	}
	t.Rows = append(t.Rows, ui.Row{Cells: level(ui.Text("Morning of "+weekday(v.Since)), v.Fall.Start)})
	for _, tally := range v.Fall.Tallies(v.Ask) {
		deals := ui.Text(ui.Figure(int64(tally.Deals)))
		if tally.Bar == NotYet {
			deals = ui.None()
		}
		cells := []templ.Component{ui.TwoLines(v.toBar(tally.Bar), v.meaning(&tally)), deals}
		t.Rows = append(t.Rows, ui.Row{ID: "bar-" + string(tally.Bar), Cells: append(cells, v.cells(tally.By, true)...)})
	}
	t.Foot = level(ui.Link(v.toForecast(), upperFirst(v.now())), v.Fall.End)
	return t
}

// meaning says what a bar holds; of close dates, what they would have moved, and what the
// evidence expects all the same.
func (v view) meaning(t *Tally) string {
	if t.Bar == NotYet {
		return v.comingWords()
	}
	if !t.Bar.dated() {
		return v.sentence(t.Bar)
	}
	return "By the rep’s close date: " + v.level(t.Whole) + ". The forecast reads evidence, not dates: it expects " + v.level(t.Expected) + " of them in the period."
}

// toBar leads from a bar to its deals, for those who may see them.
func (v view) toBar(b Bar) templ.Component {
	if path := v.barPath(b); path != "" {
		return ui.Link(path, labels[b])
	}
	return ui.Text(labels[b])
}

// barPath is where the deals of a bar are listed; "" for those who may not see them.
func (v view) barPath(b Bar) string {
	if !v.drills() || b == NotYet {
		return ""
	}
	return v.toDeals(b)
}

// lines are who reports to the person, or nothing for somebody to whom nobody does.
func (v view) lines() []row {
	list := v.Fall.rows(v.Person, v.Charts)
	if len(list) == 1 && (list[0].Itself || list[0].Person == "") {
		return nil
	}
	return list
}

// people is the difference by who reports to the person.
func (v view) people(list []row) ui.Table {
	t := ui.Table{Caption: "The difference by person", Columns: []ui.Column{{Label: "Person"}, {Label: "Before", Numeric: true}, {Label: "Now", Numeric: true}, {Label: "Difference", Numeric: true}}}
	for _, r := range list {
		t.Rows = append(t.Rows, ui.Row{ID: "line-" + string(r.Person), Cells: append([]templ.Component{v.who(&r)}, v.ends(r.Start, r.End)...)})
	}
	if c := v.Ask.Coming; c.any() {
		t.Rows = append(t.Rows, ui.Row{ID: "line-not-yet", Cells: append([]templ.Component{ui.Text("Not yet created")}, v.ends(c.Then, c.Now)...)})
	}
	t.Foot = append([]templ.Component{ui.Text("Together")}, v.ends(v.Fall.Start, v.Fall.End)...)
	return t
}

func (v view) ends(start, end Worth) []templ.Component {
	return []templ.Component{figure(v.level(start)), figure(v.level(end)), figure(v.signed(end.minus(start)))}
}

// who leads from a person to what moved that one's forecast.
func (v view) who(r *row) templ.Component {
	switch {
	case r.Person == "":
		return ui.Text("Without an owner")
	case r.Itself:
		return ui.TwoLines(ui.PersonName(v.name(r.Person), ""), "own deals")
	}
	path := ""
	if v.Viewer.SeesTotalsOfAll() || v.Viewer.IsAbove(r.Person) {
		path = v.path(r.Person, v.Since)
	}
	below := len(v.Charts[1].Below(r.Person))
	if below == 0 {
		return ui.PersonName(v.name(r.Person), path)
	}
	return ui.TwoLines(ui.PersonName(v.name(r.Person), path), "and "+count(below, "person", "people"))
}
