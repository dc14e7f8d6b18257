package triad

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
)

// Fold makes the triad of a deal from its entries: what was true before asOf, as far as
// was known before asOf, under the version that the deal was under then. The library
// must hold that version.
func Fold(entries []ledger.Entry, library process.Library, asOf calendar.Instant) (Triad, error) {
	known := slices.DeleteFunc(slices.Clone(entries), func(e ledger.Entry) bool {
		return e.RecordedAt >= asOf || e.EffectiveAt >= asOf || e.Payload == "" // erased: it says nothing any more
	})
	slices.SortStableFunc(known, func(a, b ledger.Entry) int {
		return cmp.Or(cmp.Compare(a.EffectiveAt, b.EffectiveAt), cmp.Compare(a.Sequence, b.Sequence))
	})
	var t Triad
	var said []Assessment
	for i := range known {
		e := &known[i]
		var err error
		switch e.Kind {
		case deals.ProcessSet:
			err = t.come(e)
		case Assessed, deals.CriterionAssessed:
			said, err = hear(said, e)
		}
		if err != nil {
			return t, fmt.Errorf("folding the triad of deal %s: %w", e.Opportunity, err)
		}
	}
	return t, t.place(said, library)
}

// come notes which version of which process the deal is under.
func (t *Triad) come(e *ledger.Entry) (err error) {
	var fact deals.Fact
	if err := e.Read(&fact); err != nil {
		return err
	}
	t.Process, t.Number = process.ID(fact.Name), 0
	if t.Process != "" {
		if t.Number, err = strconv.Atoi(fact.Value); err != nil {
			return fmt.Errorf("entry %d names no version of a process: %q", e.Sequence, fact.Value)
		}
	}
	return nil
}

// hear takes in one answer, whichever criterion it is to.
func hear(said []Assessment, e *ledger.Entry) ([]Assessment, error) {
	var fact Fact
	if err := e.Read(&fact); err != nil {
		return said, err
	}
	a := Assessment{By: people.ID(e.Actor), At: e.EffectiveAt, Via: e.Via, Sequence: e.Sequence}
	if e.Kind == deals.CriterionAssessed {
		a.Question, a.State, a.Proof = fact.Name, State(fact.Value), evidence.Proof{Sort: evidence.ImportSort}
		return append(said, a), nil
	}
	a.Process, a.ID, a.Question, a.State = fact.Process, process.CriterionID(fact.Name), fact.Value, fact.State
	if fact.Proof != nil {
		a.Proof = *fact.Proof
	}
	return append(said, a), nil
}

// place gives every answer to the criteria of the version that it is about. Within a
// process a criterion keeps its answers whatever its words become; from another process,
// and from a history, answers come along where the words are the same.
func (t *Triad) place(said []Assessment, library process.Library) error {
	if t.Process == "" {
		t.Earlier = said
		return nil
	}
	v, there := library.Version(t.Process, t.Number)
	if !there {
		return fmt.Errorf("there is no version %d of process %s", t.Number, t.Process)
	}
	for _, c := range v.Definition.Criteria {
		t.Asked = append(t.Asked, Asked{Criterion: c})
	}
	for _, a := range said {
		if !t.give(a, &v.Definition) {
			t.Earlier = append(t.Earlier, a)
		}
	}
	for i := range t.Asked {
		if a := &t.Asked[i]; v.Definition.StaleAfter > 0 && a.State() != Unknown {
			a.StaleAt = a.Latest().At.Add(time.Duration(v.Definition.StaleAfter) * 24 * time.Hour)
		}
	}
	return nil
}

// give tells whether there is a criterion for an answer.
func (t *Triad) give(a Assessment, d *process.Definition) bool {
	if a.Process == t.Process {
		if asked, there := t.Criterion(a.ID); there {
			asked.History = append(asked.History, a)
			return true
		}
	}
	if id, there := d.LabelledCriterion(a.Question); there {
		asked, _ := t.Criterion(id)
		asked.History = append(asked.History, a)
		return true
	}
	part, named := parts[people.Key(a.Question)]
	if !named || a.Process != "" {
		return false
	}
	a.Whole = true
	given := false
	for i := range t.Asked {
		if t.Asked[i].Part == part {
			t.Asked[i].History, given = append(t.Asked[i].History, a), true
		}
	}
	return given
}

// NamesPart tells whether a label speaks of a part of the triad as a whole.
func NamesPart(label string) bool {
	_, named := parts[people.Key(label)]
	return named
}

// parts are the labels by which histories speak of a part as a whole. Such a word
// answers each criterion of the part that was not asked by itself.
var parts = map[string]process.Part{
	"functional": process.Functional, "functional need": process.Functional, "need": process.Functional,
	"financial": process.Financial, "financial means": process.Financial, "means": process.Financial,
	"political": process.Political, "political support": process.Political, "support": process.Political,
}
