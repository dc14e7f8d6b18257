package activities_test

import (
	"encoding/json"
	"testing"

	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
)

// What entries of each shape make of an activity that Dan logged or planned: an entry as
// it was written before a correction could name someone says nothing of who did it.
func TestWhatEntriesMakeOfAnActivity(t *testing.T) {
	const dan, eve = people.ID("dan"), people.ID("eve")
	later := calendar.Instant(500)
	for name, c := range map[string]struct {
		first  ledger.Kind
		kind   ledger.Kind
		report string
		then   []ledger.Kind
		person people.ID
		state  activities.State
		kindOf string
		at     calendar.Instant
	}{
		"a correction of old":            {deals.ActivityLogged, activities.Corrected, `{"name":"visit","at":"LATER"}`, nil, dan, activities.Done, "visit", later},
		"one that names someone":         {deals.ActivityLogged, activities.Corrected, `{"name":"visit","person":"eve","at":"LATER"}`, nil, eve, activities.Done, "visit", later},
		"one that knows nobody":          {deals.ActivityLogged, activities.Corrected, `{"name":"visit","nobody":true,"at":"LATER"}`, nil, "", activities.Done, "visit", later},
		"one that was erased":            {deals.ActivityLogged, activities.Corrected, ``, nil, dan, activities.Done, "other", 100},
		"taken back":                     {activities.Planned, activities.Withdrawn, `{}`, nil, dan, activities.TakenBack, "call", 200},
		"corrected after":                {activities.Planned, activities.Withdrawn, `{}`, []ledger.Kind{activities.Corrected}, dan, activities.TakenBack, "visit", later},
		"planned again":                  {activities.Planned, activities.Withdrawn, `{}`, []ledger.Kind{activities.Planned}, dan, activities.Ahead, "visit", later},
		"planned again and carried out":  {activities.Planned, activities.Withdrawn, `{}`, []ledger.Kind{activities.Planned, deals.ActivityLogged}, eve, activities.Done, "visit", 104},
		"a plan that is no second plan":  {activities.Planned, activities.Planned, `{"name":"visit","at":"LATER"}`, nil, dan, activities.Ahead, "call", 200},
		"a plan of what has taken place": {deals.ActivityLogged, activities.Planned, `{"name":"visit","at":"LATER"}`, nil, dan, activities.Done, "call", 100},
	} {
		t.Run(name, func(t *testing.T) {
			whole := `{"name":"visit","at":"` + later.String() + `"}`
			entries := []ledger.Entry{{ID: "a", Subject: "deal", Kind: c.first, Actor: "dan", Payload: `{"name":"call"}`, EffectiveAt: 100}}
			if c.first == activities.Planned {
				at, _ := json.Marshal(calendar.Instant(200))
				entries[0].Payload = `{"name":"call","at":` + string(at) + `}`
			}
			report := c.report
			if len(report) > 2 {
				report = report[:len(report)-len(`"LATER"}`)] + `"` + later.String() + `"}`
			}
			entries = append(entries, ledger.Entry{ID: "b", Subject: "a", Kind: c.kind, Actor: "eve", Payload: report})
			for i, kind := range c.then {
				e := ledger.Entry{ID: string(rune('c' + i)), Subject: "a", Kind: kind, Actor: "eve", Payload: whole, EffectiveAt: calendar.Instant(103 + i)}
				if kind == deals.ActivityLogged {
					e.Subject, e.Payload = "deal", `{"name":"visit","planned":"a"}`
				}
				entries = append(entries, e)
			}
			for i := range entries {
				entries[i].Sequence, entries[i].Via, entries[i].Opportunity = int64(i+1), ledger.ViaWeb, "deal"
			}
			folder, err := activities.Fold(entries)
			if err != nil || len(folder.Activities) != 1 {
				t.Fatalf("%+v, %v", folder, err)
			}
			if a := folder.Activities[0]; a.Person != c.person || a.State != c.state || a.Type != c.kindOf || a.At != c.at || a.Version != int64(len(entries)) {
				t.Errorf("folded to %+v", a)
			}
		})
	}
}
