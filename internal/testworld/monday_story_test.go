package testworld

import (
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/internal/jobs"
	"milepost/internal/slice"
	"milepost/internal/testworld/pagetest"
	"milepost/monday"
	"milepost/people"
)

// On Monday the manager of the story is told how many claims to look behind, and which
// plans go wrong by what is usual in this company; the reps whose claims fell and whose
// steps are due are told on their day.
func TestMondayTellsOfPlansAndAudits(t *testing.T) {
	m := furnished(t)
	if err := m.d.Migrate(t.Context(), jobs.Schema, forecasts.Schema, monday.Schema); err != nil {
		t.Fatal(err)
	}
	org := m.truth.Organization.ID
	p := slice.Program{DB: m.d.Everywhere(), Clock: calendar.Stopped(noon), Log: pagetest.Log()}
	room := monday.Slice(p, &forecasts.Memory{})
	for _, job := range room.Jobs {
		if err := job.Run(t.Context(), m.d, noon); err != nil {
			t.Fatal(err)
		}
	}
	site := pagetest.Serve(p, org, room)
	pagetest.At(t, site, m.truth.Manager).Get("/monday?all=1").Is(200).Has("to audit this week", "The evaluation plan has been quiet for", "something happened in a plan again within")
	pagetest.At(t, site, m.truth.Head).Get("/monday").Is(200).Lacks("to audit this week") // theirs are the directors' own deals
	fell, due := 0, 0
	everyone, err := people.Everyone(t.Context(), m.d, org)
	if err != nil {
		t.Fatal(err)
	}
	for _, rep := range everyone {
		page := pagetest.At(t, site, rep.ID).Get("/day").Page()
		if strings.Contains(page, "Answer, or give better evidence") {
			fell++
		}
		if strings.Contains(page, "Answer on the interface, in writing") {
			due++
		}
	}
	if fell < 2 || due == 0 {
		t.Errorf("%d people are told that a claim fell, %d of a step in a plan", fell, due)
	}
}
