package reference

import (
	"fmt"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/stats/proportions"
)

// milestoneLevels and criterionLevels name how a milestone or a criterion stands, from the lowest on.
var milestoneLevels = []string{"not shown", "claimed", "confirmed"}

var criterionLevels = []string{"unknown", "not met", "met", "verified"}

// climb is the table of the ladder: the stages, and the rungs on which none stands.
func (v *view) climb() ui.Table {
	t := ui.Table{Caption: "What is assumed of each stage, and what own deals taught", Columns: []ui.Column{{Label: "Stage"},
		{Label: "Won in the end", Numeric: true}, {Label: "No action", Numeric: true}, {Label: "Time left", Numeric: true}, {Label: "What became of past deals", Numeric: true}, {Label: "Say of own deals"}}}
	next := 0
	for rung := range v.Leans.Rungs {
		stood := false
		for ; next < len(v.Stages) && v.Leans.Nearest(v.Stages[next].Height) <= rung; next++ {
			t.Rows = append(t.Rows, v.stage(&v.Stages[next]))
			stood = true
		}
		if !stood {
			r := &v.Leans.Rungs[rung]
			t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.TwoLines(ui.Quiet("No stage stands here"), where(float64(rung)/float64(len(v.Leans.Rungs)-1), len(v.Leans.Rungs))),
				v.own("", percent(r.Won)), v.own("", percent(r.NoAction)), v.own("", v.left(r)), ui.None(), ui.None()}})
		}
	}
	return t
}

func (v *view) stage(s *Stage) ui.Row {
	won, noAction, left := percent(s.Own.Won), percent(s.Own.NoAction), v.left(&s.Own)
	if !v.Fitted || s.Ended.Deals < fewestDeals {
		won, noAction, left = "", "", ""
	}
	return ui.Row{Cells: []templ.Component{ui.TwoLines(ui.Text(s.Name), where(s.Height, len(v.Leans.Rungs))),
		v.own(won, percent(s.Assumed.Won)), v.own(noAction, percent(s.Assumed.NoAction)), v.own(left, v.left(&s.Assumed)),
		became(s.Ended), v.weighs(s.Moved, s.Ended.Deals)}}
}

func (v *view) left(r *Rung) string { return span(r.Remaining * v.Cycle) }

// own is a figure of the organization's own, with what is assumed under it; where there is
// none, the assumption stands alone.
func (v *view) own(own, assumed string) templ.Component {
	if own == "" {
		return ui.TwoLines(ui.Text(assumed), "assumed")
	}
	return ui.TwoLines(ui.Text(own), "assumed "+assumed)
}

// became says how the deals ended that were at a stage.
func became(c Counted) templ.Component {
	if c.Deals < fewestDeals {
		return ui.Interval{TooFew: true, Cases: c.Deals}
	}
	low, high, _ := proportions.Wilson(c.Won, c.Deals, proportions.Z80) // there are enough
	return ui.TwoLines(ui.Text(fmt.Sprintf("%s of %s won", percent(float64(c.Won)/float64(c.Deals)), ui.Figure(int64(c.Deals)))),
		fmt.Sprintf("%.0f to %s, 8 in 10; %s no action", 100*low, percent(high), percent(float64(c.NoAction)/float64(c.Deals))))
}

// weighs draws how far own deals have taken over.
func (v *view) weighs(moved float64, deals int) templ.Component {
	if !v.Fitted && v.Learning && !v.tooFew() {
		return ui.Quiet("being worked out")
	}
	if !v.Fitted {
		moved, deals = 0, 0
	}
	return ui.Progress{Label: weight(moved, deals), Value: moved, Max: 1, Note: percent(moved)}
}

// evidence is the table of milestones or criteria.
func (v *view) evidence(caption, one string, list []Evidence, levels []string) ui.Table {
	t := ui.Table{Caption: caption, Columns: []ui.Column{{Label: one}, {Label: "Assumed", Numeric: true}, {Label: "From own deals", Numeric: true},
		{Label: "Past deals", Numeric: true}, {Label: "Say of own deals"}}}
	for _, e := range list {
		for i, l := range e.Levels {
			if i == 0 {
				continue // what the others are told from
			}
			own := templ.Component(ui.Interval{TooFew: true, Cases: l.Deals})
			if l.Deals >= fewestDeals {
				own = ui.TwoLines(ui.Text(times(l.Own)), plain(l.Low)+" to "+plain(l.High)+", 8 in 10")
			}
			t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.TwoLines(ui.Text(e.Name), levels[i]), ui.Text(times(l.Assumed)), own,
				ui.TwoLines(ui.Text(ui.Figure(int64(l.Deals))), fmt.Sprintf("against %s %s", ui.Figure(int64(e.Levels[0].Deals)), levels[0])), v.weighs(l.Moved, l.Deals)}})
		}
	}
	return t
}
