package monday

import (
	"net/http"
	"strings"
	"testing"

	"milepost/deals"
	"milepost/internal/testworld"
	"milepost/money"
)

// A rep's day tells what others changed in the rep's deals since Monday: nothing of what
// the rep did, nothing from before, nothing of other people's deals.
func TestADayTellsWhatOthersChanged(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		var mine, other testworld.SmallDeal
		for _, d := range o.Deals {
			switch {
			case d.Outcome != "":
			case d.Owner == o.Dan.ID && mine.ID == "":
				mine = d
			case d.Owner == o.Eve.ID && other.ID == "":
				other = d
			}
		}
		worth := func(minor int64) deals.Change {
			return deals.Change{Kind: deals.AmountSet, Fact: deals.Fact{Amount: &money.Amount{Minor: minor, Currency: "EUR"}}}
		}
		o.Record(before(s.now, 20), o.Ben, mine.ID, worth(1111_00))
		o.Record(before(s.now, 1.3), o.Dan, mine.ID, worth(2222_00))
		if page := s.get(t, o.Dan.ID, "/day"); page.Code != http.StatusOK || strings.Contains(page.Words(), "What others changed") {
			t.Errorf("%d, own changes are news: %s", page.Code, page.Words())
		}
		o.Record(before(s.now, 1.2), o.Ben, mine.ID, worth(3333_00))
		o.Record(before(s.now, 1.1), o.Ben, other.ID, worth(4444_00))
		s.pages.library = library{}
		_, news, is := strings.Cut(s.get(t, o.Dan.ID, "/day").Words(), "What others changed")
		if !is || !strings.Contains(news, "3,333") || !strings.Contains(news, o.Ben.Name) || strings.Contains(news, "1,111") || strings.Contains(news, "4,444") {
			t.Errorf("the news: %s", news)
		}
	})
}
