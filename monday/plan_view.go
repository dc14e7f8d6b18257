package monday

import (
	"github.com/a-h/templ"

	"milepost/internal/ui"
)

// fellTitle says how many claims were rejected.
func (v dayView) fellTitle() string {
	whose := "of yours"
	if !v.own() {
		whose = "of " + isolate(v.Name)
	}
	if len(v.Fell) == 1 {
		return "A claim " + whose + " was rejected"
	}
	return count(int64(len(v.Fell)), "claim") + " " + whose + " were rejected"
}

// fell lists the claims that were rejected, with what was said.
func (v dayView) fell() ui.Table {
	t := ui.Table{Caption: "Rejected claims", Columns: []ui.Column{{Label: "Milestone"}, {Label: "Since"}, {Label: "Deal"}, {Label: "To do"}}}
	for _, f := range v.Fell {
		do := deed{"Answer, or give better evidence", f.path()}
		if !v.own() {
			do.Label = "Look at the evidence"
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.TwoLines(ui.Text(f.rejection.Name), isolate(f.Reason)), ui.Date(v.place(f.At)),
			ui.TwoLines(ui.Link(f.deal.ID.Path(), f.name()), isolate(f.Account)), deedLink(do)}})
	}
	return t
}

// unsaidOfPlans says which rules about plans are silent, where there are plans at all.
func (v mondayView) unsaidOfPlans() []string {
	if !v.Plans {
		return nil
	}
	var list []string
	if _, is := v.Usual.find(theirMoves, "", ""); !is {
		list = append(list, "steps of buyers that slip")
	}
	if _, is := v.Usual.find(quietPlan, "", ""); !is {
		list = append(list, "plans that went quiet")
	}
	return list
}

func choose(is bool, one, other string) string {
	if is {
		return one
	}
	return other
}
