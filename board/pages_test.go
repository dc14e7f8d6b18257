package board_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/people"
)

func versionOf(t *testing.T, o *testworld.SmallOrganization, id deals.ID) deals.Opportunity {
	t.Helper()
	found, err := deals.Find(t.Context(), o.DB, o.ID, id)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func form(stage string, version int64) url.Values {
	return url.Values{"stage": {stage}, "version": {strconv.FormatInt(version, 10)}}
}

// Everyone finds on the board the open deals that they may see, and no others.
func TestBoardShowsWhatOneMaySee(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		alpha, bravo := testworld.SmallPair(t, d)
		pages := site(d, alpha.ID, calendar.Stopped(testworld.SmallNow))
		for _, who := range alpha.Everyone() {
			w, v := send(t, pages, who, "/board", nil, false), alpha.Viewer(who)
			if v.SeesNoDeals() {
				if w.Code != http.StatusForbidden {
					t.Errorf("%s: status %d", who.Name, w.Code)
				}
				continue
			}
			body := w.Body.String()
			if w.Code != http.StatusOK || strings.Contains(body, bravo.Mark) {
				t.Errorf("%s: status %d, or the other organization", who.Name, w.Code)
			}
			for _, deal := range alpha.Deals {
				want := v.Sees(deal.Owner) && deal.Outcome == ""
				if got := strings.Contains(body, `id="card-`+string(deal.ID)); got != want {
					t.Errorf("%s, %s: on the board %t, want %t", who.Name, deal.Key, got, want)
				}
			}
		}
	}, schemas...)
}

// Columns count and add up; filters narrow them; the way on leads through all cards.
func TestColumnsAddUpAndNarrow(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o := testworld.Small(t, d)
		pages := site(d, o.ID, calendar.Stopped(testworld.SmallNow))
		body := send(t, pages, o.Olga, "/board", nil, false).Body.String()
		for _, want := range []string{"8 open deals, EUR 89,500", "EUR 40,000", "GBP 3,000", "has passed", "moved later twice", "No open deal"} {
			if got := strings.Contains(body, want); got != (want != "No open deal") {
				t.Errorf("operations' board has %q: %t", want, got)
			}
		}
		if a, b, c := strings.Index(body, `data-stage="Discovery"`), strings.Index(body, `data-stage="Evaluation"`), strings.Index(body, `data-stage="Negotiation"`); a < 0 || b < 0 || c < 0 {
			t.Errorf("columns at %d, %d, %d", a, b, c)
		}
		for path, want := range map[string]int{"/board?owner=" + string(o.Ben.ID) + ".line": 4, "/board?owner=me": 0, "/board?q=belt": 2,
			"/board?period=overdue": 1, "/board?q=nothing-like-it": 0, "/board?owner=none": 1, "/board?stage=Proposal&outcome=won": 8, "/board?sort=-stage-age": 8,
			"/board/cards?in=Proposal&skip=0": 3, "/board/cards?in=Proposal&skip=2": 1, "/board?moved=none": 8} {
			w := send(t, pages, o.Olga, path, nil, false)
			if got := strings.Count(w.Body.String(), `id="card-`); got != want || w.Code != 200 {
				t.Errorf("%s: %d cards, want %d (status %d)", path, got, want, w.Code)
			}
		}
		if w := send(t, pages, o.Olga, "/board/cards?in=Proposal&skip=-1", nil, false); w.Code != 422 {
			t.Errorf("a place before the first: %d", w.Code)
		}
	}, schemas...)
}

type moveAnswer struct {
	Said, HTML, Problem string
	Undo                *struct {
		Stage   string
		Version int64
	}
}

func readAnswer(t *testing.T, text string) (a moveAnswer) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// A move is stored, said and can be undone; one that is overtaken is not, and says by
// what; the card comes back as it now is.
func TestMoveConflictUndo(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o := testworld.Small(t, d)
		pages, deal := site(d, o.ID, calendar.Stopped(testworld.SmallNow)), o.Deal("dan open")
		first, since := versionOf(t, o, deal.ID).Version, versionOf(t, o, deal.ID).StageSince
		w := send(t, pages, o.Dan, movePath(deal.ID), form("Proposal", first), true)
		a := readAnswer(t, w.Body.String())
		if w.Code != 200 || a.Undo == nil || a.Undo.Stage != "Negotiation" || !strings.Contains(a.Said, "from Negotiation to Proposal") ||
			!strings.Contains(a.HTML, string(deal.ID)) || versionOf(t, o, deal.ID).Stage != "Proposal" {
			t.Fatalf("%d %+v", w.Code, a)
		}
		w = send(t, pages, o.Ben, movePath(deal.ID), form("Discovery", first), true)
		late := readAnswer(t, w.Body.String())
		if w.Code != 409 || !strings.Contains(late.Said, "Dan Alpha moved the stage") || !strings.Contains(late.HTML, `data-at="Proposal"`) || versionOf(t, o, deal.ID).Stage != "Proposal" {
			t.Errorf("overtaken: %d %+v", w.Code, late)
		}
		undoing := form(a.Undo.Stage, a.Undo.Version)
		undoing.Set("undoes", fmt.Sprint(a.Undo.Version))
		w = send(t, pages, o.Dan, movePath(deal.ID), undoing, true)
		if is := versionOf(t, o, deal.ID); w.Code != 200 || is.Stage != "Negotiation" || is.StageSince != since {
			t.Errorf("undo: %d %s, at the stage since %v, want %v", w.Code, w.Body, is.StageSince, since)
		}
		for stage, want := range map[string]int{"": 409, "Closed Won": 409, strings.Repeat("x", 100): 409} {
			if w := send(t, pages, o.Dan, movePath(deal.ID), form(stage, 0), true); w.Code != want || versionOf(t, o, deal.ID).Stage != "Negotiation" {
				t.Errorf("to %q: %d", stage, w.Code)
			}
		}
		for _, who := range []people.Person{o.Finn, o.Eve, o.Cleo} {
			if w := send(t, pages, who, movePath(deal.ID), form("Discovery", 0), true); w.Code != 404 || versionOf(t, o, deal.ID).Stage != "Negotiation" {
				t.Errorf("%s moves a deal that is not theirs to see: %d", who.Name, w.Code)
			}
		}
		ended := o.Deal("dan won")
		if w := send(t, pages, o.Dan, movePath(ended.ID), form("Discovery", 0), true); w.Code != 409 || !strings.Contains(w.Body.String(), "data-gone") {
			t.Errorf("an ended deal: %d %s", w.Code, w.Body)
		}
	}, schemas...)
}

// Without a script the form moves, says so, and offers to undo.
func TestMoveWithoutAScript(t *testing.T) {
	o := testworld.Small(t, testdb.Open(t, db.SQLite, schemas...))
	pages, deal := site(o.DB, o.ID, calendar.Stopped(testworld.SmallNow)), o.Deal("dan open")
	if w := send(t, pages, o.Dan, movePath(deal.ID)+"?q=scales", nil, false); w.Code != 200 || !strings.Contains(w.Body.String(), `value="Discovery"`) {
		t.Fatalf("%d", w.Code)
	}
	first := versionOf(t, o, deal.ID).Version
	w := send(t, pages, o.Dan, movePath(deal.ID)+"?q=scales", form("Proposal", first), false)
	to := w.Header().Get("Location")
	if w.Code != 303 || !strings.HasPrefix(to, "/board?") || !strings.Contains(to, "q=scales") || versionOf(t, o, deal.ID).Stage != "Proposal" {
		t.Fatalf("%d %s", w.Code, to)
	}
	if body := send(t, pages, o.Dan, to, nil, false).Body.String(); !strings.Contains(body, "was at Negotiation before") {
		t.Error("the page does not offer to undo")
	}
	if w := send(t, pages, o.Ben, movePath(deal.ID), form("Discovery", first), false); w.Code != 409 || !strings.Contains(w.Body.String(), "Not moved: meanwhile Dan Alpha") {
		t.Errorf("overtaken: %d", w.Code)
	}
}
