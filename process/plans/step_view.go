package plans

import (
	"milepost/internal/ui"
)

// owners are who may see to a step: the deal's owner first, then everyone here, then
// the buyer's.
func (v *stepView) owners() []ui.Option {
	ours, theirs := "Our side", "The buyer's side"
	list := []ui.Option{{Value: "theirs:", Label: "The buyer", Group: theirs}}
	for _, c := range v.parts {
		if c.Erased == 0 && (c.LeftOn == "" || c.ID == v.Step.Contact) {
			list = append(list, ui.Option{Value: "theirs:" + string(c.ID), Label: c.Name, Group: theirs})
		}
	}
	list = append(list, ui.Option{Value: "ours:", Label: "Us", Group: ours})
	if v.Deal.Owner != "" {
		list = append(list, ui.Option{Value: "ours:" + string(v.Deal.Owner), Label: v.person(v.Deal.Owner), Group: ours})
	}
	for _, p := range v.staff {
		if p.ID != v.Deal.Owner && (p.Active() || p.ID == v.Step.Person) {
			list = append(list, ui.Option{Value: "ours:" + string(p.ID), Label: p.Name, Group: ours})
		}
	}
	return list
}

// milestones are those that the step may prove.
func (v *stepView) milestones() []ui.Option {
	list := []ui.Option{{Label: "None"}}
	if v.version == nil {
		return list
	}
	for _, phase := range v.version.Definition.Phases {
		for _, m := range phase.Milestones {
			list = append(list, ui.Option{Value: string(m.ID), Label: m.Name, Group: phase.Name})
		}
	}
	return list
}

// others are the steps that this one may wait for.
func (v *stepView) others() (options []ui.Option, chosen []string) {
	for _, s := range v.Steps {
		if s.ID != v.Step.ID && !v.waits(s.ID, v.Step.ID, map[StepID]bool{}) {
			options = append(options, ui.Option{Value: string(s.ID), Label: s.Text})
		}
	}
	for _, id := range v.Step.After {
		chosen = append(chosen, string(id))
	}
	return options, chosen
}
