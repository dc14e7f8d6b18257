package monday

import (
	"slices"
	"testing"
	"time"

	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/people"
	"milepost/targets"
)

// What Monday says that a period comes to is what the room of forecasts says of the same
// people: of a manager those of the line and no others, of each team those of the team.
func TestWhatThePeriodComesToIsTheForecast(t *testing.T) {
	s, truth := company(t, 800)
	goal := int64(900_000_00)
	cell := targets.Cell{Person: truth.Manager, Scope: targets.Team, Measure: targets.Money(truth.Organization.Currency), Month: "2026-11-01"}
	err := ledger.Record(t.Context(), s.db, ledger.By{Actor: string(truth.Head), Via: ledger.ViaWeb, At: s.now - 1}, func(w *ledger.Writer) error {
		return targets.SetAll(t.Context(), w, []targets.Setting{{Cell: cell, Value: &goal}})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []people.ID{truth.Head, truth.Manager, truth.Operations} {
		r := s.foreseen(t, who)
		if !r.Together.Drawn || r.Together.Currency != truth.Organization.Currency {
			t.Fatalf("nothing is foreseen: %+v", r.Together)
		}
		f, err := s.pages.oracle.memory.Ask(t.Context(), s.db, truth.Organization, s.now, true, r.horizon())
		if err != nil {
			t.Fatal(err)
		}
		same := func(is outcome, owns func(people.ID) bool) {
			t.Helper()
			l, drawn, err := f.TotalOf(r.Period, truth.Organization.Currency, owns)
			if err != nil || !drawn {
				t.Fatal(drawn, err)
			}
			if is.Median != l.Range.Money.Median || is.Low != l.Range.Money.Most[0] || is.High != l.Range.Money.Most[1] || is.Low > is.High {
				t.Errorf("%s is told %+v, and the forecast is %+v", who, is, l.Range.Money)
			}
			if is.Target != nil {
				if p, _ := l.Range.Reach(*is.Target, true); p != is.Chance {
					t.Errorf("%s is told a chance of %v, and it is %v", who, is.Chance, p)
				}
			}
		}
		same(r.Together.Total, r.owners(r.People.Chart))
		if is := r.Together.Total; is.Target == nil || is.Low == is.High {
			t.Errorf("%s is told of no target, or all is certain: %+v", who, is)
		}
		for _, part := range r.Together.Parts {
			line := append(r.People.Chart.Below(part.Person), part.Person)
			if part.Person == r.Person || len(r.People.Chart.Reports(part.Person)) == 0 {
				line = []people.ID{part.Person}
			}
			same(part, func(id people.ID) bool { return slices.Contains(line, id) })
		}
		if len(r.Together.Parts) < 2 {
			t.Errorf("%s is told of %d parts", who, len(r.Together.Parts))
		}
		s.get(t, who, "/monday").Is(200).Has("Eight times in ten", "Chance to reach the target", "The whole forecast")
	}
	s.get(t, truth.Observer, "/monday/together").Is(200).Has("Eight times in ten").Lacks("What each comes to")
	s.get(t, truth.Administrator, "/monday/together").Is(403)
}

// foreseen is a report with what its period comes to, when past deals are learnt from.
func (s *site) foreseen(t *testing.T, who people.ID) *report {
	t.Helper()
	for range 600 {
		r := s.report(t, who, "quarter")
		if err := s.pages.foresee(t.Context(), s.db, r, true); err != nil {
			t.Fatal(err)
		}
		if !r.Together.Learning {
			return r
		}
		s.pages.prospects.held = nil
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("past deals are still being learnt from")
	return nil
}

// Where too few deals have ended it is said to be too early, and by how far.
func TestTooEarlyToForesee(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		s.get(t, o.Ben.ID, "/monday").Is(200).Has("Working out what the period comes to")
		s.get(t, o.Ben.ID, "/monday/together").Is(200).Has("It is too early to say: 4 deals ended in 170 days", "The whole forecast").Lacks("Eight times in ten", "<html")
		s.get(t, o.Ben.ID, "/monday").Is(200).Has("It is too early to say").Lacks("Working out")
		s.get(t, o.Dan.ID, "/monday/together?person="+string(o.Ben.ID)).Is(404)
		s.get(t, o.Rita.ID, "/monday/together").Is(403)
	})
}

// Other targets, and other people in the line, are another question.
func TestWhatIsForeseenBelongsToOneSight(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		sight := func(who people.Person) any { return s.report(t, who.ID, "quarter").sight() }
		if sight(o.Ben) == sight(o.Cleo) || sight(o.Ada) == sight(o.Olga) || sight(o.Ben) != sight(o.Ben) {
			t.Error("two who see other people are told the same, or one is not")
		}
		before := sight(o.Ada)
		for _, what := range happenings(t, o) {
			if what.name != "another manager" && what.name != "a target" {
				continue
			}
			err := ledger.Record(t.Context(), o.DB, ledger.By{Actor: string(o.Ada.ID), Via: ledger.ViaWeb, At: s.now - 1}, func(w *ledger.Writer) error {
				return what.happens(t.Context(), w)
			})
			if err != nil {
				t.Fatal(err)
			}
			if sight(o.Ada) == before {
				t.Errorf("%s is not another question", what.name)
			}
			before = sight(o.Ada)
		}
	})
}
