package plans

import (
	"context"

	"milepost/accounts"
	"milepost/process"
)

// What the tests of the pages, which are no part of this room, need of it.
var (
	ErrNoLink    = errNoLink
	SharedPath   = sharedPath
	SharedPolicy = sharedPolicy
	PlanPath     = planPath
	PartsOf      = partsOf
	Found        = find
	ThreePhases  = threePhases
)

func (l ByLink) Bring(ctx context.Context, name, email, title string) error {
	return l.bring(ctx, colleague{Name: name, Email: email, Title: title})
}

// threePhases is a small process: a need, a solution, a decision.
func threePhases() process.Definition {
	return process.Definition{Name: "Machines", Phases: []process.Phase{
		{ID: "p1", Name: "Needphase", Milestones: []process.Milestone{
			{ID: "need", Name: "The need is agreed", Required: true, TypicalDays: 10, Markers: []process.Marker{{ID: "need-mail", Kind: process.Deliverable, Text: "Their mail that names the need"}}}}},
		{ID: "p2", Name: "Solutionphase", Milestones: []process.Milestone{
			{ID: "fit", Name: "The solution fits", Required: true, TypicalDays: 20, After: []process.MilestoneID{"need"}, Markers: []process.Marker{
				{ID: "fit-report", Kind: process.Deliverable, Text: "The test report", Required: true, SellerOnly: true},
				{ID: "fit-word", Kind: process.Confirmed, Text: "Their engineer says so", Required: true}}}}},
		{ID: "p3", Name: "Decisionphase", Milestones: []process.Milestone{
			{ID: "money", Name: "The money is there", Required: true, Markers: []process.Marker{{ID: "money-word", Kind: process.Confirmed, Text: "The budget holder says so", Roles: []accounts.Role{accounts.EconomicBuyer}}}}}},
	}}
}

// Proving is the step of a plan that proves a milestone.
func (p *Plan) Proving(id process.MilestoneID) *Step {
	for i := range p.Steps {
		if p.Steps[i].Milestone == id {
			return &p.Steps[i]
		}
	}
	return nil
}
