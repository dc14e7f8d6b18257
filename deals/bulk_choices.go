package deals

import (
	"slices"

	"github.com/a-h/templ"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/people"
)

// bulkChoices are what can be changed of many deals, and how it is asked for.
func (p *pages) bulkChoices() []bulk.Choice {
	day := func(name, title, icon string, field ui.FormField, says func(string) string) bulk.Choice {
		return bulk.Choice{Name: name, Title: title, Icon: icon, Days: true,
			Ask:  func(bulk.Desk, []string) (bulk.Question, error) { return bulk.Question{Field: field}, nil },
			Says: func(value string, _ map[string]string) string { return says(value) }}
	}
	list := []bulk.Choice{
		{Name: bulkOwner, Title: "Owner", Icon: "user-check", Ask: p.askOwner, Names: ownerNames, Says: bulk.PersonSays("Owner"), Moves: "From whom to whom"},
		{Name: bulkStage, Title: "Stage", Icon: "stairs-up", Ask: p.askStage, Moves: "From stage to stage",
			Says: func(value string, _ map[string]string) string { return "Stage becomes “" + value + "”" }},
		day(bulkClose, "Expected close", "calendar-due", ui.FormField{Label: "Expect on", Type: "date"},
			func(value string) string { return "Expected close becomes " + calendar.Date(value).Short() }),
		day(bulkShift, "Expected close, moved", "calendar-stats",
			ui.FormField{Label: "Move by days", InputMode: "text", Hint: "14 is two weeks later, -7 a week sooner.", Short: true},
			func(value string) string { return "Expected close moves by " + value + " days" }),
	}
	for i := range list {
		list[i].Ready, list[i].Undo = readyDeals(list[i].Name), giveBackDeal(list[i].Name)
	}
	return list
}

func ownerNames(k bulk.Desk, ids []string) (map[string]string, error) {
	wanted := make([]people.ID, len(ids))
	for i, id := range ids {
		wanted[i] = people.ID(id)
	}
	found, err := namesOf(k.Ctx, k.DB, k.DB.Org(), wanted)
	names := make(map[string]string, len(found))
	for id, name := range found {
		names[string(id)] = name
	}
	return names, err
}

func (p *pages) askOwner(k bulk.Desk, _ []string) (bulk.Question, error) {
	successors, err := p.successorOptions(k.Ctx, k.Viewer, nowOf(k), "")
	return bulk.Question{Field: ui.FormField{Label: "Hand over to", Type: "select",
		Options: append([]ui.Option{{Label: "Choose …"}}, successors...)}}, err
}

// askStage says how many of the deals stay: nobody moves by hand what follows a process.
func (p *pages) askStage(k bulk.Desk, ids []string) (bulk.Question, error) {
	led, err := countLed(k.Ctx, k.DB, ids)
	if err != nil {
		return bulk.Question{}, err
	}
	if led == int64(len(ids)) {
		return bulk.Question{Instead: "All of these follow a sales process: their stage comes from their milestones. Give evidence on each deal's page, and it moves by itself."}, nil
	}
	stages, err := p.stagesOf(k.Ctx, k.Viewer.Org, nowOf(k))
	field := ui.FormField{Label: "Move to", Type: "select", Options: []ui.Option{{Label: "Choose …"}}}
	for _, s := range stages {
		field.Options = append(field.Options, ui.Option{Value: s, Label: s})
	}
	if led > 0 {
		field.Hint = upperFirst(count(led, "deal")) + " of these will stay: their stage comes from the milestones of a sales process."
	}
	return bulk.Question{Field: field}, err
}

// picks tells whether deals of the list can be changed together: only open ones can.
func (v listView) picks() bool {
	return len(v.Page.Deals) > 0 && slices.Contains([]string{"", Everything}, v.Filter.Outcome)
}

// selection stands over the list: what is ticked, and what can be done with it.
func (v listView) selection() templ.Component {
	return v.Many.Bar(len(v.Page.Deals), v.Sum.Deals, v.Filter.Query())
}
