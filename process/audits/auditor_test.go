package audits

import (
	"testing"

	"milepost/people"
)

// lineOf is Ada above Ben above Dan, and Olga in operations under Ada.
func lineOf(change func(map[string]*people.Member)) Line {
	member := func(id, manager string, roles ...people.Role) *people.Member {
		return &people.Member{Person: people.Person{ID: people.ID(id)}, Manager: people.ID(manager), Roles: roles}
	}
	all := map[string]*people.Member{"ada": member("ada", "", people.Manager), "ben": member("ben", "ada", people.Manager),
		"dan": member("dan", "ben", people.Rep), "olga": member("olga", "ada", people.Operations)}
	if change != nil {
		change(all)
	}
	l := Line{map[people.ID]people.ID{}, map[people.ID]bool{}, nil}
	for _, id := range []string{"ada", "ben", "dan", "olga"} {
		l.add(*all[id])
	}
	return l
}

// Whose audit it is follows from the line as it stands; never the owner's.
func TestAuditorOf(t *testing.T) {
	gone := func(id string) func(map[string]*people.Member) {
		return func(all map[string]*people.Member) { all[id].LeftAt = 1 }
	}
	operations := Auditor{Operations: true}
	for _, c := range []struct {
		name, owner string
		change      func(map[string]*people.Member)
		want        Auditor
	}{
		{"a rep's manager", "dan", nil, Auditor{Person: "ben"}},
		{"a manager's own deal goes up", "ben", nil, Auditor{Person: "ada"}},
		{"the head's own deal", "ada", nil, operations},
		{"operations' own deal", "olga", nil, Auditor{Person: "ada"}},
		{"nobody at all", "ada", gone("olga"), Auditor{}},
		{"the manager left", "dan", gone("ben"), Auditor{Person: "ada"}},
		{"the manager sees no deals", "dan", func(all map[string]*people.Member) { all["ben"].Roles = []people.Role{people.Observer} }, Auditor{Person: "ada"}},
		{"operations alone above nobody", "olga", func(all map[string]*people.Member) { all["olga"].Manager = "" }, Auditor{}},
		{"a circle ends", "dan", func(all map[string]*people.Member) { all["ben"].Manager = "dan"; all["ben"].LeftAt = 1 }, operations},
	} {
		if got := lineOf(c.change).AuditorOf(people.ID(c.owner)); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// Of two in operations whom nobody is above, each audits the other's deals, not their own.
func TestOperationsDoNotAuditThemselves(t *testing.T) {
	line := lineOf(func(all map[string]*people.Member) {
		all["olga"].Manager, all["dan"].Manager = "", ""
		all["dan"].Roles = []people.Role{people.Operations}
	})
	olga := people.NewViewer(people.Organization{}, people.Person{ID: "olga"}, []people.Role{people.Operations}, people.Chart{})
	if line.MayJudge(olga, "olga") || !line.MayJudge(olga, "dan") || line.MayJudge(olga, "") {
		t.Error("Olga audits her own deal, or does not audit Dan's, or that of nobody")
	}
	rep := people.NewViewer(people.Organization{}, people.Person{ID: "ben"}, []people.Role{people.Observer}, people.Chart{})
	if lineOf(nil).MayJudge(rep, "dan") {
		t.Error("who sees no deals audits one")
	}
}
