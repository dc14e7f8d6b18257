package plans_test

import (
	"context"
	. "milepost/process/plans"
	"net/http"
	"net/http/httptest"
	"testing"

	"milepost/accounts"
	"milepost/activities"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
)

func crossSite(path string) (*http.Request, *httptest.ResponseRecorder) {
	r := httptest.NewRequest(http.MethodPost, path, nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	return r, httptest.NewRecorder()
}

// The buyer's page shows the plan and nothing else of the deal.
func TestBuyerSeesThePlanAndNothingElse(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		o.must(o.record(o.Dan, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			_, err := deals.Edit(ctx, w, v, o.deal, 0, func(d *deals.Opportunity) ([]deals.Change, error) {
				changes, err := deals.NameCompetitor(d, "Rivalcorp")
				return append(changes, deals.Change{Kind: deals.AttributeSet, Fact: deals.Fact{Name: "segment", Value: "Zanzibarsegment"}}), err
			})
			return err
		}))
		o.must(o.record(o.Dan, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			_, err := activities.WriteNote(ctx, w, v, o.deal, "They will pay more than they say")
			return err
		}))
		o.must(o.record(o.Dan, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			_, err := accounts.SetContact(ctx, w, o.ana, "notes", "Likes figures before pictures", 0)
			return err
		}))
		p := o.make(o.Dan)
		secrets := []string{"12,000", "12000", "12 000", "Needphase", "Solutionphase", "Decisionphase", "Rivalcorp", "Zanzibarsegment", "pay more than they say", "Likes figures",
			"ana@harbour.example", "bob@harbour.example", "Bob Berg", "Ben Alpha", "Scales for the harbour", "Belt for the harbour", "Bravo",
			"test report", "mail that names", string(o.deal), string(o.account), string(o.ana), string(o.Dan.ID), string(p.ID), "late", "slipping", "agreed first", "/deals/"}
		link := o.share(p.ID, o.ana, false)
		path := SharedPath(link.Token)
		for _, page := range []string{"", "/print", "/calendar.ics"} {
			o.stranger().Get(path + page).Is(200).Hides(remove(secrets, page)...)
			signedIn := o.as(o.Ben) // who holds an account sees no more, and no navigation
			signedIn.Get(path + page).Is(200).Hides(remove(secrets, page)...)
		}
		o.stranger().Get(SharedPath("x")).Is(404).Hides(secrets...)
		o.stranger().Post(path+"/say", "words", "").Is(422).Hides(secrets...)
		var shown Invitation
		o.must(o.act(o.Dan, p.ID, func(pen *Pen) (err error) {
			shown, err = pen.Share(t.Context(), o.ana, 30, false, true)
			return err
		}))
		o.stranger().Get(SharedPath(shown.Token)).Is(200).Has("12,000")
	})
}

// remove leaves out what a page needs: a calendar file names its dates by an id.
func remove(secrets []string, page string) []string {
	var left []string
	for _, s := range secrets {
		if page != "/calendar.ics" || len(s) != 36 {
			left = append(left, s)
		}
	}
	return left
}
