package deals

import "milepost/problem"

// Led says why nobody moves a deal that follows a sales process by hand.
const Led = "This deal follows a sales process: its stage comes from the milestones that are shown. Give evidence for the next one, and the stage moves by itself."

// MilestonesPath leads to the milestones on a deal's page.
func MilestonesPath(id ID) string { return id.Path() + "#milestones" }

// MoveTo brings the deal to a stage. A stage is a label that the organization
// uses; a new one may be typed.
func MoveTo(o *Opportunity, stage string) ([]Change, error) {
	if err := mustBeOpen(o, "stage", "the stage"); err != nil {
		return nil, err
	}
	if o.Process != "" && stage != o.Stage {
		return nil, problem.Invalid("stage", Led)
	}
	stage, err := oneLine("stage", "The stage", stage, longestLabel)
	switch {
	case err != nil:
		return nil, err
	case stage == "":
		return nil, problem.Invalid("stage", "Say which stage the deal has reached.")
	case stage == o.Stage:
		return nil, nil
	}
	return []Change{{Kind: StageSet, Fact: Fact{Value: stage}}}, nil
}

// mustBeOpen refuses to change what an ended deal ended with: reopening it leaves a
// reason on record, a silent change would not.
func mustBeOpen(o *Opportunity, field, what string) error {
	if o.IsOpen() {
		return nil
	}
	return problem.Invalid(field, "This deal has ended (%s). Reopen it to change %s.", o.Outcome.Label(), what)
}
