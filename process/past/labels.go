package past

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"

	"milepost/internal/db"
	"milepost/process"
)

// Label is one of the history that a process does not know yet.
type Label struct {
	Text   string
	Deals  int
	Meant  process.MilestoneID // a proposal, or what was chosen; empty means nothing here
	Likely bool                // Meant is a proposal by its words
}

// unknown lists the labels of a history that neither a milestone nor a criterion of a
// process means, those of most deals first, each with the milestone that its words are
// most like.
func unknown(d *process.Definition, counts map[string]int) []Label {
	var list []Label
	for text, deals := range counts {
		if _, is := d.Labelled(text); is {
			continue
		}
		if _, is := d.LabelledCriterion(text); is {
			continue
		}
		l := Label{Text: text, Deals: deals}
		l.Meant, l.Likely = d.MostLike(text)
		list = append(list, l)
	}
	slices.SortFunc(list, func(a, b Label) int { return cmp.Or(cmp.Compare(b.Deals, a.Deals), cmp.Compare(a.Text, b.Text)) })
	return list
}

// choose reads what somebody chose for each label; one without an answer means nothing.
// The answer to the label called text is in the field "label.text".
func choose(list []Label, f url.Values) {
	for i := range list {
		list[i].Meant, list[i].Likely = process.MilestoneID(f.Get("label."+list[i].Text)), false
	}
}

// teach lets the milestones of a draft know the labels that mean them, and tells how many
// those are.
func teach(d *process.Definition, list []Label) int {
	taught := 0
	for _, l := range list {
		if m, _, there := d.Milestone(l.Meant); there {
			m.Also = append(m.Also, l.Text)
			taught++
		}
	}
	return taught
}

// labelsOf counts the deals of the history for each label.
func labelsOf(ctx context.Context, d *db.DB) (map[string]int, error) {
	h, err := readHistory(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("reading the labels of the history: %w", err)
	}
	counts := map[string]int{}
	for _, list := range h.milestones {
		for _, is := range list {
			counts[is.Label]++
		}
	}
	return counts, nil
}
