package editor

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"milepost/accounts"
	"milepost/internal/ui"
	"milepost/process"
)

// sortedFields are the sentences of fields, in the order of the fields' names.
func sortedFields(byField map[string]string) []string {
	var list []string
	for _, field := range slices.Sorted(maps.Keys(byField)) {
		if sentence := byField[field]; !slices.Contains(list, sentence) {
			list = append(list, sentence)
		}
	}
	return list
}

var kindOptions = []ui.Option{
	{Value: string(process.Confirmed), Label: "Somebody of the buyer's does or confirms it"},
	{Value: string(process.Deliverable), Label: "There is a document, a link or a message"},
}

func partTitle(p process.Part) string { return upperFirst(string(p)) }

var partWords = map[process.Part]string{
	process.Functional: "Is there a need that you can meet?",
	process.Financial:  "Is there money for it?",
	process.Political:  "Do those who decide support it?",
}

var levelOptions = []ui.Option{{Value: "1", Label: "Level 1: worth a first effort"}, {Value: "2", Label: "Level 2: worth your experts' time"}, {Value: "3", Label: "Level 3: fit to be counted on"}}

var partOptions = []ui.Option{{Value: string(process.Functional), Label: "Functional"}, {Value: string(process.Financial), Label: "Financial"}, {Value: string(process.Political), Label: "Political"}}

func roleOptions() []ui.Option {
	var list []ui.Option
	for _, role := range accounts.Roles {
		list = append(list, ui.Option{Value: string(role), Label: upperFirst(string(role))})
	}
	return list
}

func roleValues(list []accounts.Role) []string {
	values := make([]string, len(list))
	for i, role := range list {
		values[i] = string(role)
	}
	return values
}

// facts say of a milestone in a few words what is set.
func facts(d *process.Definition, m *process.Milestone) []string {
	var list []string
	if m.TypicalDays > 0 {
		list = append(list, "typically "+count(m.TypicalDays, "day"))
	}
	list = append(list, count(len(m.Markers), "marker"))
	var after []string
	for _, id := range m.After {
		if before, _, there := d.Milestone(id); there {
			after = append(after, "“"+before.Name+"”")
		}
	}
	if len(after) > 0 {
		list = append(list, "after "+strings.Join(after, ", "))
	}
	return list
}

// whoConfirms says whose word counts for a marker.
func whoConfirms(k *process.Marker) string {
	if len(k.Roles) == 0 {
		return "anyone of the buyer's"
	}
	return strings.Join(roleValues(k.Roles), ", ")
}

func milestoneKey(phase, place int) string { return fmt.Sprintf("milestone.%d.%d", phase+1, place+1) }
func phaseKey(phase int) string            { return fmt.Sprintf("phase.%d", phase+1) }
