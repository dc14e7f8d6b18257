package activities

import (
	"cmp"
	"net/url"
	"time"

	"milepost/bulk"
	"milepost/deals"
	"milepost/internal/ui"
)

// What can be changed of many activities.
const (
	manyType   = "type"
	manyDay    = "day" // on which they are to be
	manyPerson = "person"
	manyOff    = "off" // they do not take place
)

// manyActivities is the list of activities as far as changing many of them goes. Who
// may change one alone may change it among many: whoever did it, and operations.
func manyActivities(guards []Guard) *bulk.List {
	choices := []bulk.Choice{
		{Name: manyType, Title: "Type", Icon: "activity", Ask: askType, Names: typeNames, Moves: "From what to what",
			Says: func(value string, _ map[string]string) string { return "Type becomes " + Activity{Type: value}.label() }},
		{Name: manyDay, Title: "Planned day", Icon: "calendar-event", Ask: askDay, Days: true,
			Says: func(value string, _ map[string]string) string { return "Planned for " + dayWords(value) }},
		{Name: manyPerson, Title: "Done by", Icon: "user-check", Ask: askPerson, Names: bulk.PeopleNames, None: "Nobody", Moves: "From whom to whom",
			Says: func(value string, names map[string]string) string {
				return "Done by " + cmp.Or(names[value], "someone else")
			}},
		{Name: manyOff, Title: "Not taking place", Icon: "x", Ask: askOff, Names: offNames,
			Says: func(string, map[string]string) string { return "They do not take place" }},
	}
	for i := range choices {
		choices[i].Ready, choices[i].Undo = readyMany(choices[i].Name, guards), giveBackActivity(choices[i].Name)
	}
	return &bulk.List{Name: "activities", Title: "Activities", One: "activity", Many: "activities", Path: "/activities",
		Changes: "/activity-changes", Tick: "activity", Choices: choices, Matching: matchingActivities, Read: readActivities}
}

// matchingActivities lists what a filter of the list finds. What was not understood
// must not change every activity.
func matchingActivities(k bulk.Desk, params url.Values, most int) ([]string, error) {
	f, err := ReadFilter(params)
	if err != nil {
		return nil, err
	}
	if f.Values().Encode() != params.Encode() || f.Person != "" && !bulk.IsID(string(f.Person)) || f.Deal != "" && !bulk.IsID(string(f.Deal)) {
		return nil, bulk.NotWhole
	}
	q, err := ask(k.Ctx, k.DB, k.Viewer, deals.Now{At: k.Now, Place: k.Viewer.Organization.Place()}, f)
	if err != nil {
		return nil, err
	}
	return matching(k.Ctx, k.DB, q, most)
}

// readActivities names activities by what they are, their deal and their day. What was
// taken back is not in the list, and cannot be chosen.
func readActivities(k bulk.Desk, ids []string) (map[string]bulk.Record, error) {
	found, err := several(k.Ctx, k.DB, ids)
	records := make(map[string]bulk.Record, len(found))
	for id, a := range found {
		r := bulk.Record{Name: "An activity", Fixed: a.State == TakenBack}
		if k.Viewer.Sees(a.Owner) {
			r.Name, r.Path = a.named(k.Viewer.Organization.Place()), loggedPath(ID(id))
		}
		records[id] = r
	}
	return records, err
}

// named tells an activity from others of its deal.
func (a *Listed) named(place *time.Location) string {
	return a.label() + ", " + a.Title + ", " + a.At.Moment(place)
}

func askType(bulk.Desk, []string) (bulk.Question, error) {
	field := ui.FormField{Label: "They are", Type: "select", Options: []ui.Option{{Label: "Choose …"}}}
	for _, name := range deals.ActivityTypes {
		field.Options = append(field.Options, ui.Option{Value: name, Label: typeWords[name].label})
	}
	return bulk.Question{Field: field}, nil
}

// typeNames are the types as lists show them.
func typeNames(_ bulk.Desk, values []string) (map[string]string, error) {
	names := make(map[string]string, len(values))
	for _, value := range values {
		names[value] = Activity{Type: value}.label()
	}
	return names, nil
}

func offNames(bulk.Desk, []string) (map[string]string, error) {
	return map[string]string{string(Ahead): "Planned", string(Done): "Took place", string(TakenBack): "Does not take place"}, nil
}
