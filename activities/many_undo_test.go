package activities_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/activities"
	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// Whatever is changed of whichever activities, undoing it brings back what each had.
func TestUndoingBringsActivitiesBack(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		for i := range 24 {
			who, deal := []people.Person{o.Dan, o.Eve, o.Ben}[i%3], []string{"dan open", "eve open", "ben own"}[i%3]
			said := activities.Said{Type: []string{"call", "visit"}[i%2], Text: fmt.Sprint("Talk ", i), At: now - calendar.Instant(i)*hour}
			if i%4 == 0 {
				said.At = now + calendar.Instant(i*20+1)*hour // across the end of summer time, too
			}
			o.log(who, deal, said)
		}
		o.straight("nobody", 3, ledger.ViaImport, now-hour)
		must(t, activities.CatchUp(t.Context(), o.DB))
		stands := func() (list []activities.Activity) {
			for _, deal := range []string{"dan open", "eve open", "ben own", "nobody"} {
				found, err := activities.RowsOf(t.Context(), o.DB, o.Deal(deal).ID)
				must(t, err)
				list = append(list, found...)
			}
			for i := range list {
				list[i].Version = 0
			}
			return list
		}
		olga := as(o.Olga)
		rapid.Check(t, func(r *rapid.T) {
			what := rapid.SampledFrom([][2]string{{"type", "call"}, {"type", "meeting"}, {"day", "2026-05-21"}, {"day", "2026-10-25"}, {"day", "2027-03-28"},
				{"person", string(o.Olga.ID)}, {"person", string(o.Dan.ID)}, {"off", "on"}}).Draw(r, "what")
			filter := rapid.SampledFrom([]url.Values{{}, {"q": {"talk 1"}}, {"period": {"all"}}, {"state": {"planned"}}, {"group": {"type"}, "in": {"call"}}}).Draw(r, "filter")
			before := stands()
			at := olga.Post("/activity-changes", "all", "1", "filter", activities.Canonical(filter).Encode()).Is(303).Header().Get("Location")
			olga.Post(at+"/plan", "what", what[0], "value", what[1]).Is(303)
			if !strings.Contains(olga.Get(at).Page(), "/start") {
				return // it is so already, or took place
			}
			olga.Post(at + "/start").Is(303)
			if slices.Equal(before, stands()) {
				r.Fatal("nothing changed")
			}
			olga.Post(at + "/undo").Is(303)
			for i, a := range stands() {
				if a != before[i] {
					r.Fatalf("undoing brought back\n%+v, which was\n%+v", a, before[i])
				}
			}
		})
		o.sound()
	})
}

// More than a page is counted, and changed as a whole by the filter that found it.
func TestAllActivitiesOfAFilterChange(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		o.straight("dan open", 230, ledger.ViaImport, now-hour)
		o.log(o.Dan, "dan open", activities.Said{Type: "visit", Text: "Another"})
		dan := as(o.Dan)
		page := dan.Get("/activities?type=call").Is(200).Has("Change all 230")
		if n := strings.Count(page.Page(), `name="activity"`); n != 50 {
			t.Errorf("%d rows can be ticked", n)
		}
		dan.Get("/activities?group=type&in=call").Has("Change all 230")
		at := dan.Post("/activity-changes", "all", "1", "filter", "type=call").Leads()
		dan.Post(at+"/plan", "what", "type", "value", "e-mail").Is(303)
		dan.Post(at + "/start").Is(303)
		dan.Through(at).Has("230 activities changed")
		dan.Get("/activities?type=e-mail").Has("Change all 230")
		dan.Post(at + "/undo").Is(303)
		dan.Through(at).Has("230 activities back as before")
		dan.Get("/activities?type=call").Has("Change all 230")
		dan.Get("/activity-changes").Has("Type becomes E-mail", "230 activities", "Undone")
		o.sound()
	})
}
