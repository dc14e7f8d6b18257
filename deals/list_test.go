package deals_test

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/money"
	"milepost/people"
)

var dealLink = regexp.MustCompile(`href="/deals/([0-9a-f-]{36})"`)
var nextLink = regexp.MustCompile(`rel="next" href="([^"]+)"`)
var prevLink = regexp.MustCompile(`rel="prev" href="([^"]+)"`)

// idsOn lists the deals that a page of the list shows, in order.
func idsOn(page string) []string {
	var ids []string
	for _, m := range dealLink.FindAllStringSubmatch(page, -1) {
		ids = append(ids, m[1])
	}
	return ids
}

func follow(link *regexp.Regexp, page string) string {
	m := link.FindStringSubmatch(page)
	if m == nil {
		return ""
	}
	return strings.ReplaceAll(m[1], "&amp;", "&")
}

// Walking a list visits every deal once, on and back, whatever it is sorted by:
// many deals have the same value, and many have none.
func TestPagingVisitsEachDealOnce(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		const many = 130
		crowd(t, o, many)
		olga := as(o.Olga)
		for _, outcome := range []string{"", "all", "won"} {
			for _, sort := range []string{"close", "amount", "stage-age", "created", "closed", "title", "owner"} {
				for _, sign := range []string{"", "-"} {
					walk(t, olga, "/deals?outcome="+outcome+"&sort="+sign+sort)
				}
			}
		}
	})
}

func walk(t *testing.T, d pagetest.Desk, path string) {
	t.Helper()
	var pages [][]string
	last := ""
	for next := path; next != "" && len(pages) < 10; {
		page := d.Get(next).Is(200).Body.String()
		pages, last = append(pages, idsOn(page)), next
		next = follow(nextLink, page)
	}
	all := slices.Concat(pages...)
	sorted := slices.Compact(slices.Sorted(slices.Values(all)))
	csvRows := rowsOf(t, d.Get(strings.Replace(path, "/deals?", "/deals.csv?", 1)))
	if len(sorted) != len(all) || len(all) != len(csvRows) {
		t.Errorf("%s: %d deals on %d pages, %d different ones; the export has %d", path, len(all), len(pages), len(sorted), len(csvRows))
		return
	}
	for i, row := range csvRows {
		if row[18] != all[i] {
			t.Errorf("%s: the export is in another order from line %d on", path, i+1)
			return
		}
	}
	for i := len(pages) - 2; i >= 0; i-- {
		last = follow(prevLink, d.Get(last).Body.String())
		if got := idsOn(d.Get(last).Is(200).Body.String()); !slices.Equal(got, pages[i]) {
			t.Errorf("%s: going back to page %d shows other deals than before", path, i+1)
			return
		}
	}
}

func rowsOf(t *testing.T, a pagetest.Answer) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.Is(200).Body.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// crowd opens many deals that share their values, a third of them without any.
func crowd(t *testing.T, o *testworld.SmallOrganization, many int) {
	t.Helper()
	at := testworld.SmallNow.Add(-1_000_000_000_000)
	for i := range many {
		changes := []deals.Change{{Kind: deals.Created, Fact: deals.Fact{Value: fmt.Sprint("Crowd ", i%4)}}}
		if i%3 > 0 {
			changes = append(changes,
				deals.Change{Kind: deals.AmountSet, Fact: deals.Fact{Amount: &money.Amount{Minor: int64(i%5) * 100, Currency: "EUR"}}},
				deals.Change{Kind: deals.CloseDateSet, Fact: deals.Fact{Date: calendar.Date("2026-06-01").AddDays(i % 7)}},
				deals.Change{Kind: deals.StageSet, Fact: deals.Fact{Value: "Crowded"}},
				deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: []people.ID{o.Dan.ID, o.Eve.ID}[i%2]}})
		}
		if i%8 == 0 {
			changes = append(changes, deals.Change{Kind: deals.Closed, Fact: deals.Fact{Name: "won", Reason: "x"}})
		}
		openAt(t, o, at, changes...)
	}
}

func TestListAnswersWhatIsInMyPipeline(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		as(o.Olga).Get("/deals").Is(200).Has("8 open deals", "EUR 89,500", "GBP 3,000", "Oven for the mill", "Lift for the theatre",
			"Expected this quarter 5 deals EUR 87,000", "Expected close has passed 1 deal", "No expected close 0 deals").Lacks("Rita Alpha")
		as(o.Ben).Get("/deals").Is(200).Has("4 open deals, EUR 38,000, GBP 3,000", "Belt for the island").Lacks("Oven for the mill", "theatre")
		as(o.Dan).Get("/deals").Is(200).Has("1 open deal, EUR 12,000.", "Scales for the harbour").Lacks("Belt")
		as(o.Ada).Get("/deals").Is(200).Has("7 open deals, EUR 87,000")
		for path, want := range map[string][]string{
			"/deals?outcome=won":                                           {"2 won deals, EUR 23,000."},
			"/deals?outcome=lost":                                          {"1 lost deal, EUR 5,000.", "Lost to Rivalin"},
			"/deals?outcome=no_action":                                     {"Belt for the brewery", "No action"},
			"/deals?outcome=all":                                           {"12 deals"},
			"/deals?owner=" + string(o.Ben.ID) + ".line":                   {"4 open deals, EUR 38,000"},
			"/deals?owner=" + string(o.Ben.ID):                             {"1 open deal, EUR 6,000"},
			"/deals?owner=none":                                            {"1 open deal, EUR 2,500", "theatre"},
			"/deals?stage=Proposal":                                        {"3 open deals"},
			"/deals?period=overdue":                                        {"1 open deal, EUR 40,000", "Oven for the mill", "moved later twice"},
			"/deals?period=this-month":                                     {"1 open deal"},
			"/deals?period=next-month":                                     {"4 open deals"},
			"/deals?from=2026-06-12&to=2026-06-15":                         {"2 open deals, EUR 18,000"},
			"/deals?outcome=won&period=this-month":                         {"1 won deal, EUR 15,000."},
			"/deals?outcome=won&from=2026-04-10&to=2026-05-01":             {"1 won deal, EUR 8,000."},
			"/deals?outcome=all&period=this-quarter":                       {"9 deals, EUR 122,000"},
			"/deals?q=HARBOUR":                                             {"2 open deals"},
			"/deals?q=100%25":                                              {"No deal matches", "Clear the filters"},
			"/deals?from=2026-02-30":                                       {"is not a day in the calendar"},
			"/deals?outcome=maybe&period=someday&sort=luck&after=nonsense": {"8 open deals", "There is no outcome", "There is no period"},
		} {
			page := as(o.Olga).Get(path).Is(200)
			t.Log(path)
			page.Has(want...)
		}
	})
}

// A filter finds nothing of what its viewer may not see, whoever it names.
func TestListNamesNobodySideways(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		for _, path := range []string{"/deals?owner=" + string(o.Finn.ID), "/deals?owner=" + string(o.Cleo.ID) + ".line", "/deals?owner=none",
			"/deals?q=Oven", "/deals?outcome=all&q=Oven", "/deals?owner=" + string(o.Ada.ID)} {
			as(o.Ben).Get(path).Is(200).Has("No deal matches").Lacks("Oven for", "theatre", "Finn Alpha")
			if rows := rowsOf(t, as(o.Ben).Get(strings.Replace(path, "/deals", "/deals.csv", 1))); len(rows) != 0 {
				t.Errorf("the export of %s has %d deals", path, len(rows))
			}
		}
		as(o.Ben).Get("/deals?owner=" + string(o.Ada.ID) + ".line").Is(200).Has("4 open deals").Lacks("Oven")
	})
}

func TestEmptyListInvites(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		as(o.Cleo).Get("/deals?owner=me").Is(200).Has("No deal matches")
		o.Record(testworld.SmallNow-1, o.Olga, o.Deal("dan open").ID, deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Eve.ID}})
		as(o.Dan).Get("/deals").Is(200).Has("No deals yet", "New deal").Lacks("/imports/new")
	})
}

// What a spreadsheet would take for a formula is text in the export.
func TestExportIsHarmless(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		titles := []string{"=1+1", "+1", "-1", "@SUM(A1)", "plain, with \"quotes\"\nand lines", "<b>bold</b>"}
		for _, title := range titles {
			openAt(t, o, testworld.SmallNow-1, deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: title}})
		}
		page := as(o.Olga).Get("/deals.csv?sort=title")
		if kind := page.Header().Get("Content-Type"); kind != "text/csv; charset=utf-8" {
			t.Errorf("the export is %s", kind)
		}
		if name := page.Header().Get("Content-Disposition"); name != `attachment; filename="deals-2026-05-20.csv"` {
			t.Errorf("the export is called %s", name)
		}
		var got []string
		for _, row := range rowsOf(t, page) {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
					t.Errorf("the export has the cell %q", cell)
				}
			}
			got = append(got, row[0])
		}
		for _, title := range titles {
			if !slices.Contains(got, title) && !slices.Contains(got, "'"+title) {
				t.Errorf("the export lacks %q", title)
			}
		}
	})
}
