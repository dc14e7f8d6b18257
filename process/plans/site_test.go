package plans_test

import (
	"fmt"
	. "milepost/process/plans"
	"net/http"
	"regexp"
	"testing"

	"milepost/accounts"
	"milepost/deals"
	"milepost/internal/slice"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// site serves the pages of plans; who is asking stands in the cookie "person".
func (o *desk) site() http.Handler {
	p := slice.Program{DB: o.DB.Everywhere(), Clock: o.clock, Log: pagetest.Log()}
	return pagetest.Door(pagetest.Serve(p, o.ID, deals.Slice(p, DealPanel), Slice(p), accounts.Slice(p)), "")
}

func (o *desk) as(p people.Person) pagetest.Desk {
	o.t.Helper()
	return pagetest.At(o.t, o.site(), p.ID)
}

func (o *desk) stranger() pagetest.Desk { return pagetest.At(o.t, o.site(), "") }

var linkIn = regexp.MustCompile(`/plans/shared/([A-Za-z0-9_-]{43})`)

func tokenIn(t *testing.T, page string) string {
	t.Helper()
	found := linkIn.FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("no link in the page: %.2000s", pagetest.Words(page))
	}
	return found[1]
}

func seenOf(s *Step) string { return fmt.Sprint(s.Course.Version) }
