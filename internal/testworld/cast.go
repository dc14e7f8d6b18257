package testworld

import (
	"milepost/money"
	"milepost/people"
)

// team is one first-line team: what it sells where, and in which money.
type team struct {
	name, region string
	director     string
	manager      string
	currency     money.Currency // of most of its deals
	share        float64        // of deals in that currency
	rate         float64        // of that currency for a euro
	offset       int            // minutes by which its working day is later than the head office's
	skill        float64        // the team's own effect
}

const (
	headName       = "Ingrid Solheim"
	replacedName   = "Jonas Wieland"
	successorName  = "Katrin Albers"
	strugglingName = "Bram Peeters"
	movedName      = "Lukas Brandt"
	goneName       = "Felix Hartmann"
	heirName       = "Ayla Demir"
	whaleOwner     = "Camille Laurent"
	strongTeam     = "Nordics"
	teamOfStory    = "Benelux" // of the manager whom the demonstration signs in
	operationsName = "Noor Haddad"
)

var teams = []team{
	{"Nordics", "Nordics", "Marcus Oyelaran", "Signe Aaltonen", euro, 1, 1, 0, .5},
	{"Britain and Ireland", "Britain and Ireland", "Marcus Oyelaran", "Rhys Maddox", "GBP", .82, .86, 60, 0},
	{"Benelux", "Benelux", "Marcus Oyelaran", "Femke van Dalen", euro, 1, 1, 0, .02},
	{"Central Europe", "Central Europe", "Carla Benedetti", successorName, euro, 1, 1, 0, .03},
	{"Southern Europe", "Southern Europe", "Carla Benedetti", "Inês Carvalho", euro, 1, 1, 0, -.05},
	{"North America", "North America", "Carla Benedetti", "Denise Whitaker", "USD", .9, 1.12, 360, -.04},
}

func teamNamed(name string) *team {
	for i := range teams {
		if teams[i].name == name {
			return &teams[i]
		}
	}
	return nil
}

// member is a person of the company. From and until are months after the opening;
// 0 means that the person was there already, or is there still.
type member struct {
	id          people.ID
	name, title string
	roles       []people.Role
	manager     string // at first
	team        string // of reps, at first
	from, until int
	rep         *RepTruth
}

// reorganized is the month after the opening in which the reorganization was.
const reorganized = 12

func staff() []member {
	list := []member{
		{name: headName, title: "Head of sales", roles: []people.Role{people.Manager}},
		{name: "Marcus Oyelaran", title: "Regional director, North", roles: []people.Role{people.Manager}, manager: headName},
		{name: "Carla Benedetti", title: "Regional director, South and overseas", roles: []people.Role{people.Manager}, manager: headName},
		{name: operationsName, title: "Sales operations", roles: []people.Role{people.Operations}, manager: headName},
		{name: "Piotr Zielinski", title: "Sales operations analyst", roles: []people.Role{people.Operations}, manager: operationsName, from: 5},
		{name: "Anneke Smit", title: "Solutions engineer", roles: []people.Role{people.ResourceProvider}, manager: headName},
		{name: "Diego Salas", title: "Solutions engineer", roles: []people.Role{people.ResourceProvider}, manager: headName, from: 9},
		{name: "Helene Fournier", title: "Finance controller", roles: []people.Role{people.Observer}},
		{name: "Yusuf Kaya", title: "Systems administrator", roles: []people.Role{people.Administrator}},
		{name: replacedName, title: "Sales manager, Central Europe", roles: []people.Role{people.Manager}, manager: "Carla Benedetti", until: reorganized},
	}
	for _, t := range teams {
		m := member{name: t.manager, title: "Sales manager, " + t.name, roles: []people.Role{people.Manager}, manager: t.director}
		if t.manager == successorName {
			m.from = reorganized
		}
		list = append(list, m)
	}
	return append(list, sellers()...)
}

func sellers() []member {
	var list []member
	for _, group := range []struct {
		team  string
		names []string
	}{
		{"Nordics", []string{"Elin Sandvik", "Aarav Mehta", "Tuomas Lehto", "Maja Lindgren", "Joel Nyberg"}},
		{"Britain and Ireland", []string{"Niamh Kearney", "Tom Ashdown", "Priya Raman", "Callum Reid", "Grace Achebe"}},
		{"Benelux", []string{"Daan Verhoeven", "Lotte Jacobs", strugglingName, "Sofie Claes"}},
		{"Central Europe", []string{"Hanna Vogel", "Milan Novák", "Petra Kowalska", "Stefan Gruber", movedName, goneName, heirName}},
		{"Southern Europe", []string{"Giulia Ferraro", "Rafael Ortega", whaleOwner, "Mateo Rossi"}},
		{"North America", []string{"Jordan Ellis", "Keisha Brown", "Wei Zhang", "Émilie Tremblay"}},
	} {
		for _, name := range group.names {
			m := member{name: name, title: "Account executive", roles: []people.Role{people.Rep}, team: group.team,
				manager: teamNamed(group.team).manager}
			switch name {
			case "Joel Nyberg":
				m.from = 10
			case "Grace Achebe":
				m.from = 6
			case heirName:
				m.from = 16
			case goneName:
				m.until = 16
			}
			if group.team == "Central Europe" && m.from < reorganized {
				m.manager = replacedName
			}
			list = append(list, m)
		}
	}
	return list
}

// newRep draws what a rep is like; those whom the story is about are set by hand.
func newRep(c chance, m *member) *RepTruth {
	r := &RepTruth{Person: m.id, Name: m.name, Team: m.team, Skill: teamNamed(m.team).skill + .3*(c.Float64()-.5),
		Pace: c.around(1, .1), Stuck: 1, Optimism: .35 + .5*c.NormFloat64(), Activity: c.around(.13, .2),
		Late: .04 + .16*c.Float64(), Weight: c.around(1, .18), Overclaims: Overclaims}
	switch m.name {
	case strugglingName:
		r.Skill, r.Evaluation, r.Stuck, r.Optimism, r.Late, r.Weight, r.Overclaims = -.05, -1.6, .34, 1.1, .3, 1.1, GamingOverclaims
	case whaleOwner:
		r.Optimism = 1.4
	}
	return r
}
