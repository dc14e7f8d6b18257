package search_test

import (
	"context"
	"testing"

	"milepost/internal/ledger"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
	"milepost/views"
)

func TestWaysToViews(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		pages := site(o.DB, o.ID, t.TempDir())
		keep := func(p people.Person, name string, shared bool) {
			o.do(p, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
				_, err := views.Save(ctx, w, v, "deals", name, "stage=Offer", shared)
				return err
			})
		}
		keep(o.Dan, "Gate and lock", false)
		keep(o.Ben, "Gates of the team", true)
		keep(o.Finn, "Gates elsewhere", true)
		keep(o.Ben, "Gates of Ben alone", false)
		suggested := func(p people.Person, typed string) pagetest.Answer {
			return o.get(pages, p, at("/search/suggest", "q", typed)).Is(200)
		}
		suggested(o.Dan, "gat").Has("Saved views", "<mark>Gate</mark> and lock", "<mark>Gates</mark> of the team", "shared by Ben", `data-said="2 found"`).Lacks("elsewhere", "of Ben alone")
		suggested(o.Dan, "saved view").Has("<bdi>Gate and lock</bdi>", "Gates of the team").Lacks("elsewhere")
		suggested(o.Dan, "gate zzz").Has("Nothing found").Lacks("lock")
		suggested(o.Vera, "gat").Lacks("lock", "team") // sees no deals
	})
}

func TestWaysToForecasts(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		pages := site(o.DB, o.ID, t.TempDir())
		o.looked(pages)
		ada, cleo := "/forecasts?person="+string(o.Ada.ID), "/forecasts?person="+string(o.Cleo.ID)
		dan := "/forecasts?person=" + string(o.Dan.ID)
		for _, c := range []struct {
			who         people.Person
			typed, path string
			offered     bool
		}{
			{o.Ada, "forecast dan", dan, true}, {o.Ada, "dan", dan, true}, {o.Ben, "forec dan", dan, true}, {o.Vera, "forecast dan", dan, true},
			{o.Dan, "dan", dan, true}, {o.Dan, "forecast ada", ada, false}, {o.Dan, "forecast cleo", cleo, false}, {o.Rita, "forecast dan", dan, false},
			{o.Ada, "something dan", dan, false},
		} {
			page := o.get(pages, c.who, at("/search/suggest", "q", c.typed)).Is(200)
			if c.offered {
				page.Has(c.path)
			} else {
				page.Lacks(c.path)
			}
		}
	})
}
