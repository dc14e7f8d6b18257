package deals

import (
	"slices"
	"strings"

	"milepost/internal/fold"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// The kinds of entry by which people who work on a deal say who else is in it. No
// action is a competitor of every deal, and is not named. Value: the competitor's name.
const (
	CompetitorNamed   ledger.Kind = "opportunity.competitor_named"
	CompetitorDropped ledger.Kind = "opportunity.competitor_dropped"
)

// mostCompetitors is how many can be named on one deal.
const mostCompetitors = 20

// CompetitorKey is how competitors' names are matched: see people.Key, and without
// accents, so that one competitor is not two because somebody typed in a hurry.
func CompetitorKey(name string) string {
	return fold.Plain(people.Key(name))
}

// isNoAction tells whether a name says that nobody else is in the deal.
func isNoAction(name string) bool {
	return strings.NewReplacer("_", " ", "-", " ").Replace(CompetitorKey(name)) == NoAction.Label()
}

// NameCompetitor says that a competitor is in the deal. One that is named already,
// however it was written, is not named twice.
func NameCompetitor(o *Opportunity, name string) ([]Change, error) {
	if err := openToCompetitors(o); err != nil {
		return nil, err
	}
	name, err := competitorName(name)
	switch {
	case err != nil:
		return nil, err
	case name == "":
		return nil, problem.Invalid("competitor", "Who else is talking to them? Write the name.")
	case o.competes(name) != "":
		return nil, nil
	case len(o.Competitors) >= mostCompetitors:
		return nil, problem.Invalid("competitor", "This deal has %d competitors already. Drop one that is out before naming another.", mostCompetitors)
	}
	return []Change{{Kind: CompetitorNamed, Fact: Fact{Value: name}}}, nil
}

// DropCompetitor says that a competitor is in the deal no longer.
func DropCompetitor(o *Opportunity, name string) ([]Change, error) {
	if err := openToCompetitors(o); err != nil {
		return nil, err
	}
	if name = o.competes(name); name == "" {
		return nil, nil // it is so already
	}
	return []Change{{Kind: CompetitorDropped, Fact: Fact{Value: name}}}, nil
}

func openToCompetitors(o *Opportunity) error {
	if o.IsOpen() {
		return nil
	}
	return problem.Invalid("competitor", "This deal has ended (%s). Reopen it to change who else is in it.", o.Outcome.Label())
}

// competitorName is a competitor's name as it is kept.
func competitorName(text string) (string, error) {
	name, err := oneLine("competitor", "The competitor's name", text, longestName)
	switch {
	case err != nil || name == "":
		return name, err
	case CompetitorKey(name) == "":
		return "", problem.Invalid("competitor", "The competitor's name has nothing in it that can be read.")
	case isNoAction(name):
		return "", problem.Invalid("competitor", "No action is in every deal: it needs no naming, and it is an outcome of its own.")
	}
	return name, nil
}

// competes is the name by which a competitor is named on the deal; empty if it is not.
func (o *Opportunity) competes(name string) string {
	if i, named := o.competitorPlace(name); named {
		return o.Competitors[i]
	}
	return ""
}

// competitorPlace is where a competitor stands among those of the deal, or would stand.
func (o *Opportunity) competitorPlace(name string) (int, bool) {
	return slices.BinarySearchFunc(o.Competitors, CompetitorKey(name), func(known, key string) int {
		return strings.Compare(CompetitorKey(known), key)
	})
}

// takeCompetitor takes in that a competitor was named or dropped; a name that was
// written otherwise before is written as it was last.
func (o *Opportunity) takeCompetitor(kind ledger.Kind, name string) {
	i, named := o.competitorPlace(name)
	switch {
	case CompetitorKey(name) == "": // erased, or of no meaning
	case kind == CompetitorNamed && named:
		o.Competitors[i] = name
	case kind == CompetitorNamed:
		o.Competitors = slices.Insert(o.Competitors, i, name)
	case named:
		if o.Competitors = slices.Delete(o.Competitors, i, i+1); len(o.Competitors) == 0 {
			o.Competitors = nil
		}
	}
}

func (t telling) competitorNamed(e *Event) {
	e.Sentence = "named " + quoted(t.fact.Value) + " as a competitor"
	if known := t.before.competes(t.fact.Value); known != "" {
		e.Sentence = "wrote the competitor " + fromTo(known, t.fact.Value)
	}
}

func (t telling) competitorDropped(e *Event) {
	e.Sentence = "dropped " + quoted(t.fact.Value) + " from the competitors"
}
