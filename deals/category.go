package deals

import "milepost/problem"

// Category is what its owner calls an open deal for its period: promised, possible, on
// its way, or not to be counted. Each naming is an entry, of native deals and of imported
// histories alike; the last one holds.
type Category string

// The categories, from the surest on. The empty one means that nobody has said.
const (
	Commit   Category = "commit"
	BestCase Category = "best"
	Pipe     Category = "pipeline"
	Omitted  Category = "omitted"
)

// Categories lists them in the order in which screens show them.
var Categories = []Category{Commit, BestCase, Pipe, Omitted}

var categoryLabels = map[Category]string{Commit: "Commit", BestCase: "Best case", Pipe: "Pipeline", Omitted: "Omitted"}

// Label is the category as a person reads it; empty for none.
func (c Category) Label() string { return categoryLabels[c] }

// said is the category as a sentence has it; what an old log called otherwise, as it is.
func (c Category) said() string {
	if c == BestCase {
		return "best case"
	}
	return string(c)
}

// Known tells whether it is one of the categories.
func (c Category) Known() bool { return categoryLabels[c] != "" }

// Categorize says what an open deal is called.
func Categorize(o *Opportunity, c Category) ([]Change, error) {
	switch {
	case !c.Known():
		return nil, problem.Invalid("category", "A deal is called commit, best case, pipeline or omitted.")
	case !o.IsOpen():
		return nil, mustBeOpen(o, "category", "what it is called")
	case o.Category == c:
		return nil, nil
	}
	return []Change{{Kind: CallGiven, Fact: Fact{Name: string(c), Amount: o.Amount}}}, nil
}
