package past

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/process"
	"milepost/process/triad"
)

// Sort says what a label of a history is of.
type Sort string

// The sorts of label. They begin the names of their fields.
const (
	OfMilestone Sort = "label"
	OfCriterion Sort = "criterion"
)

// nothing is the answer that a label means nothing here; no id is spelled like it.
const nothing = "-"

// Label is one of the history that a process does not know yet.
type Label struct {
	Sort   Sort
	Text   string
	Deals  int
	Meant  string // the id of a milestone or criterion: a proposal, or what was chosen; empty is not said yet
	Likely bool   // Meant is a proposal by its words
}

func (l *Label) field() string { return string(l.Sort) + "." + l.Text }

// known tells whether a process knows the label, or the triad a part of it by that name.
func (l *Label) known(d *process.Definition) bool {
	_, milestone := d.Labelled(l.Text)
	_, criterion := d.LabelledCriterion(l.Text)
	return milestone || criterion || l.Sort == OfCriterion && triad.NamesPart(l.Text)
}

// propose finds what the words of the label are most like.
func (l *Label) propose(d *process.Definition) {
	if l.Sort == OfMilestone {
		id, likely := d.MostLike(l.Text)
		l.Meant, l.Likely = string(id), likely
		return
	}
	id, likely := d.MostLikeCriterion(l.Text)
	l.Meant, l.Likely = string(id), likely
}

// unknown lists the labels of a history that neither a milestone nor a criterion of a
// process means, those of most deals first, each with what its words are most like; and
// apart from them those of which somebody said that they mean nothing here.
func unknown(d *process.Definition, all []Label) (list, silent []Label) {
	for _, l := range all {
		switch {
		case l.known(d):
		case d.MeansNothing(l.Text):
			silent = append(silent, l)
		default:
			l.propose(d)
			list = append(list, l)
		}
	}
	for _, labels := range [][]Label{list, silent} {
		slices.SortFunc(labels, func(a, b Label) int {
			return cmp.Or(-cmp.Compare(a.Sort, b.Sort), cmp.Compare(b.Deals, a.Deals), cmp.Compare(a.Text, b.Text))
		})
	}
	return list, silent
}

// choose reads what somebody chose for each label; one without an answer stays open.
func choose(list []Label, f url.Values) {
	for i := range list {
		list[i].Meant, list[i].Likely = f.Get(list[i].field()), false
	}
}

// teach lets the milestones and criteria of a draft know the labels that mean them, and
// tells how many those are, and how many mean nothing.
func teach(d *process.Definition, list []Label) (taught, silenced int) {
	for _, l := range list {
		if l.Meant == nothing {
			d.Nothing = append(d.Nothing, l.Text)
			silenced++
			continue
		}
		if m, _, there := d.Milestone(process.MilestoneID(l.Meant)); there && l.Sort == OfMilestone {
			m.Also = append(m.Also, l.Text)
			taught++
		}
		if c, there := d.Criterion(process.CriterionID(l.Meant)); there && l.Sort == OfCriterion {
			c.Also = append(c.Also, l.Text)
			taught++
		}
	}
	return taught, silenced
}

// askAgain takes back that labels mean nothing, and tells how many those were.
func askAgain(d *process.Definition, silent []Label, f url.Values) int {
	before := len(d.Nothing)
	for _, l := range silent {
		if f.Has("again." + l.Text) {
			d.Nothing = slices.DeleteFunc(d.Nothing, func(n string) bool { return n == l.Text })
		}
	}
	return before - len(d.Nothing)
}

// labelsOf lists the labels of the history, with how many deals have each.
func labelsOf(ctx context.Context, d *db.DB) ([]Label, error) {
	head, err := ledger.Head(ctx, d, d.Org())
	if err != nil {
		return nil, err
	}
	type mention struct {
		sort Sort
		text string
		deal deals.ID
	}
	seen, counts := map[mention]bool{}, map[mention]int{}
	err = eachLabel(ctx, d, []ledger.Kind{deals.MilestoneRecorded, deals.CriterionAssessed}, 0, head, func(r *labelRow, fact *deals.Fact) {
		is := mention{OfMilestone, fact.Name, r.Opportunity}
		if r.Kind == deals.CriterionAssessed {
			is.sort = OfCriterion
		}
		if fact.Name == "" || r.Kind == deals.MilestoneRecorded && fact.Value == "revoked" || seen[is] {
			return
		}
		seen[is] = true
		is.deal = ""
		counts[is]++
	})
	if err != nil {
		return nil, fmt.Errorf("reading the labels of the history: %w", err)
	}
	list := make([]Label, 0, len(counts))
	for is, n := range counts {
		list = append(list, Label{Sort: is.sort, Text: is.text, Deals: n})
	}
	return list, nil
}
