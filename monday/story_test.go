package monday

import (
	"slices"
	"testing"

	"milepost/calendar"
	"milepost/people"
)

func (s *site) report(t testing.TB, who people.ID, span string) *report {
	t.Helper()
	v, err := people.LoadViewer(t.Context(), s.pages.DB, s.org, who, s.now)
	if err != nil {
		t.Fatal(err)
	}
	a, err := read(map[string][]string{"period": {span}}, v, s.now)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.pages.gather(t.Context(), s.db, a, true)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The demonstration company's story is what Monday tells: the whale that keeps slipping
// is where the head of sales should look first, the rep who is stuck in Evaluation is
// where the manager should, and it is Evaluation that it is about.
func TestTheStoryIsSeen(t *testing.T) {
	s, truth := company(t, 1500)
	head := s.report(t, truth.Head, "quarter")
	if len(head.Concerns) == 0 || head.Concerns[0].ID != truth.Whale {
		t.Fatalf("the whale is not the first of %d concerns of the head of sales", len(head.Concerns))
	}
	for _, r := range []rule{stuck, slipped} {
		if !slices.ContainsFunc(head.Concerns[0].Flags, func(f flag) bool { return f.Rule == r }) {
			t.Errorf("nothing is said of the whale's %s: %+v", r, head.Concerns[0].Flags)
		}
	}
	manager := s.report(t, truth.Manager, "quarter")
	share := map[people.ID]float64{}
	for _, g := range manager.Assembly.groups {
		if g.Deals > 0 {
			share[g.Person] = float64(g.Attention) / float64(g.Deals)
		}
	}
	for person, of := range share {
		if person != truth.Struggling && of >= share[truth.Struggling] {
			t.Errorf("%s needs as much attention as the struggling rep: %v", manager.People.name(person), share)
		}
	}
	inEvaluation := 0
	for _, c := range manager.Concerns {
		if c.Owner == truth.Struggling && c.Stage == "Evaluation" && slices.ContainsFunc(c.Flags, func(f flag) bool { return f.Rule == stuck }) {
			inEvaluation++
		}
	}
	if inEvaluation < 3 {
		t.Errorf("only %d of the struggling rep's deals stand too long in Evaluation", inEvaluation)
	}
	for _, m := range []string{"past-yield", "stage-weighted"} {
		if b, known := head.Biases[m]; !known || b.Cases < 2 {
			t.Errorf("how far off %s was is not known: %+v", m, head.Biases)
		}
	}
}

// What pages keep in memory is what would be read anew.
func TestTheShelfIsAsReadAnew(t *testing.T) {
	s, truth := company(t, 400)
	since := calendar.Date("2026-11-18").LastMonday().Midnight(truth.Organization.Place())
	kept, fresh := s.pages.library.of(s.org), &shelf{}
	if _, err := kept.freshen(t.Context(), s.db, s.now, since); err != nil {
		t.Fatal(err)
	}
	ids := make([]string, 0, len(kept.open))
	for id := range kept.open {
		ids = append(ids, id)
	}
	if err := kept.readDeals(t.Context(), s.db, ids); err != nil {
		t.Fatal(err)
	}
	if _, err := kept.weeks[since].renew(t.Context(), s.db, ids); err != nil {
		t.Fatal(err)
	}
	if _, err := fresh.freshen(t.Context(), s.db, s.now, since); err != nil {
		t.Fatal(err)
	}
	if len(kept.open) != len(fresh.open) || len(kept.weeks[since].moves) != len(fresh.weeks[since].moves) {
		t.Errorf("%d open deals and %d moves kept, %d and %d read", len(kept.open), len(kept.weeks[since].moves), len(fresh.open), len(fresh.weeks[since].moves))
	}
}

// The manager of the region whose quarter stalled is told so, with the reason, and the
// head of sales is told which team it is; nobody else's quarter is said to stall.
func TestTheStalledQuarterIsSaid(t *testing.T) {
	s, truth := company(t, 4400)
	manager := s.report(t, truth.Successor, "quarter")
	if len(manager.Stalls) != 1 || manager.Stalls[0].Quarter != truth.Stall.From || manager.Stalls[0].Name != "" {
		t.Fatalf("the manager of the stalled region is told: %+v", manager.Stalls)
	}
	of := manager.Stalls[0].Of
	if float64(of[begun].Is) > .7*of[begun].Before || float64(of[moved].Is) > .8*of[moved].Before {
		t.Errorf("half as much was begun, and evaluations stood still; the page says %s", manager.Stalls[0].reason())
	}
	head := s.report(t, truth.Head, "quarter")
	if len(head.Stalls) != 1 || head.Stalls[0].Person != truth.Successor {
		t.Errorf("the head of sales is told: %+v", head.Stalls)
	}
	if other := s.report(t, truth.Manager, "quarter"); len(other.Stalls) > 0 {
		t.Errorf("the manager of another region is told: %+v", other.Stalls)
	}
	s.get(t, truth.Head, "/monday").Is(200).Has("Q3 FY 2026 stalled in the team of", "deals begun against", "Start with what stands longest")
}
