package rates_test

import (
	"math"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/money/rates"
	"milepost/people"
	"milepost/products"
	"milepost/views"
)

// house is the small organization with the pages of rates. It counts in euros, and its
// day is 20 May 2026.
type house struct {
	*testworld.SmallOrganization
	t    testing.TB
	site http.Handler
	now  calendar.Instant
}

func each(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		h := &house{t: t, SmallOrganization: testworld.Small(t, d), now: testworld.SmallNow}
		p := slice.Program{DB: d.Everywhere(), Clock: func() calendar.Instant { h.now++; return h.now }, Log: pagetest.Log()}
		h.site = pagetest.Serve(p, h.ID, rates.Slice(p))
		test(t, h)
	}, ledger.Schema, people.Schema, rates.Schema, views.Schema, bulk.Schema, deals.Schema, products.Schema)
}

func (h *house) as(p people.Person) pagetest.Desk { return pagetest.At(h.t, h.site, p.ID) }

// agrees fails where the table is not what the ledger says.
func (h *house) agrees() {
	h.t.Helper()
	found, err := rates.Check(h.t.Context(), h.DB, h.ID)
	if err != nil || len(found) > 0 {
		h.t.Errorf("the tables and the ledger differ: %v, %v", found, err)
	}
}

// holds is what a dollar is worth in euro cents on a day; 0 without a rate.
func (h *house) holds(day calendar.Date) int64 {
	h.t.Helper()
	all, err := rates.Read(h.t.Context(), h.DB)
	if err != nil {
		h.t.Fatal(err)
	}
	some, err := rates.On(h.t.Context(), h.DB, day)
	if err != nil {
		h.t.Fatal(err)
	}
	cents := func(b rates.Book) int64 {
		q, has := b.On(day, "USD", "EUR")
		if !has {
			return 0
		}
		minor, _ := q.Minor(100)
		return minor
	}
	if cents(all) != cents(some) {
		h.t.Errorf("on %s a dollar is %d of all rates, and %d of those that hold", day, cents(all), cents(some))
	}
	return cents(all)
}

func TestARateIsGivenAndTakenBack(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		olga := h.as(h.Olga)
		olga.Get("/rates").Is(200).Has("No rates yet", "is worth")
		at := olga.Post("/rates", "currency", "usd", "units", "0,92", "day", "2026-05-03").Leads()
		olga.Get(at).Is(200).Has("1 USD = 0.92 EUR", "3 May 2026", "1 EUR ≈ 1.087 USD")
		h.agrees()
		if a, b := h.holds("2026-05-02"), h.holds("2026-05-03"); a != 0 || b != 92 {
			t.Errorf("a dollar is %d cents before, and %d since", a, b)
		}
		olga.Post("/rates", "currency", "USD", "units", "0.93", "day", "2026-05-03").Is(409).Has("There is a rate of that day already: 1 USD = 0.92 EUR.", `value="0.93"`)
		olga.Post("/rates", "currency", "USD", "units", "0.92", "day", "2026-05-03").Is(422).Has("This is known already")
		olga.Post("/rates", "currency", "USD", "units", "0.95", "day", "2026-05-10").Leads()
		page := olga.Get("/rates").Has("1 USD = 0.95 EUR")
		version := page.Find(regexp.MustCompile(`name="day" value="2026-05-10">\s*<input type="hidden" name="version" value="(\d+)"`))
		back := []string{"low", "EUR", "high", "USD", "day", "2026-05-10", "version"}
		olga.Post("/rates/take-back", append(back, "1")...).Is(409).Has("given again meanwhile")
		olga.Post("/rates/take-back", append(back, version)...).Leads()
		olga.Post("/rates/take-back", append(back, version)...).Is(409).Has("taken back already")
		h.agrees()
		if h.holds("2026-05-20") != 92 {
			t.Error("the rate before does not hold again")
		}
		said, err := rates.Between(t.Context(), h.DB, h.ID, 0, math.MaxInt64)
		if err != nil || len(said) != 3 || !said[2].Gone || said[2].By != h.Olga.ID {
			t.Errorf("the ledger says %+v, %v", said, err)
		}
	})
}

func TestWhatIsNoRateIsRefusedWhereItIsTyped(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, c := range []struct{ currency, units, day, says string }{
			{"", "1", "2026-05-03", "Which currency?"},
			{"DOL", "1", "2026-05-03", "“DOL” is not a currency that we know."},
			{"EUR", "1", "2026-05-03", "EUR against itself is always 1"},
			{"USD", "0", "2026-05-03", "A rate is more than zero"},
			{"USD", "-1", "2026-05-03", "A rate is more than zero"},
			{"USD", "1,234", "2026-05-03", "could be a little more than 1"},
			{"USD", "<b>", "2026-05-03", "“<b>” is not a rate"},
			{"USD", "0.92", "2026-02-30", "“2026-02-30” is not a day that exists"},
			{"USD", "0.92", "2036-05-03", "more than a year ahead"},
		} {
			h.as(h.Olga).Post("/rates", "currency", c.currency, "units", c.units, "day", c.day).Is(422).Has(c.says)
		}
		if h.holds("2026-05-20") != 0 {
			t.Error("something was kept")
		}
	})
}

func TestATableIsPasted(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		adam := h.as(h.Adam)
		text := "Date,USD,JPY,DOL\n2026-05-19,1.10,160,2\n2026-05-18,1.12,N/A,\n2026-05-17,zero,160,"
		adam.Post("/rates/paste", "text", text, "per", "EUR", "only", "").Is(200).Has("4 new rates, 2 lines refused", "1 EUR = 1.1 USD", "Keep 4 rates", "“zero” is not a rate", "“DOL” is left out")
		adam.Post("/rates/paste", "text", text, "per", "EUR", "only", "", "save", "yes").Leads()
		h.agrees()
		if h.holds("2026-05-18") != 89 || h.holds("2026-05-19") != 91 {
			t.Errorf("a dollar is %d and %d cents", h.holds("2026-05-18"), h.holds("2026-05-19"))
		}
		adam.Post("/rates/paste", "text", strings.Replace(text, "1.10", "1.05", 1), "per", "EUR", "only", "USD").Is(200).Has("0 new rates, 1 replaces another, 1 known already, 1 line refused", "before: 1 EUR = 1.1 USD")
		adam.Post("/rates/paste", "text", text, "per", "XX", "only", "").Is(422).Has("“XX” is not a currency that we know", "zero")
		adam.Post("/rates/paste", "text", text, "per", "EUR", "only", "dollars").Is(422).Has("“dollars” is not a currency that we know")
		csv := adam.Get("/rates.csv").Is(200).Page()
		if !strings.Contains(csv, "2026-05-19,EUR,1.1,USD") {
			t.Errorf("the download is %s", csv)
		}
		adam.Post("/rates/paste", "text", csv, "per", "EUR", "only", "").Is(200).Has("0 new rates, 4 known already")
	})
}

// Everyone may look rates up; operations and administrators give them.
func TestWhoGivesRates(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, p := range []people.Person{h.Ada, h.Ben, h.Dan, h.Vera} {
			h.as(p).Get("/rates").Is(200).Lacks("Keep this rate", "/rates/paste")
			h.as(p).Get("/rates/paste").Is(403)
			h.as(p).Post("/rates", "currency", "USD", "units", "0.92", "day", "2026-05-03").Is(403)
			h.as(p).Post("/rates/paste", "text", "date,currency,rate\n2026-05-03,USD,1", "per", "EUR", "save", "yes").Is(403)
			h.as(p).Post("/rates/take-back", "low", "EUR", "high", "USD", "day", "2026-05-03").Is(403)
		}
		h.as(h.Adam).Post("/rates", "currency", "USD", "units", "0.92", "day", "2026-05-03").Leads()
		if h.holds("2026-05-20") != 92 {
			t.Error("an administrator's rate was not kept")
		}
	})
}

// What a bank published is recorded as of its day; what was there is not there twice.
func TestPublishedRatesAreKnownFromTheirDay(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		table := rates.Table{DB: h.DB, Org: h.Organization, Name: "ecb.csv", Now: h.now, Text: "Date,USD,GBP\n2026-05-19,1.25,0.8\n2026-05-01,1.10,0.8\nlater,1,1\n",
			Terms: rates.Terms{Per: "EUR", In: "EUR", Today: "2026-05-20"}}
		sum, err := table.Import(t.Context())
		if err != nil || sum.Taken != 4 || !strings.Contains(sum.String(), "4 rates kept, 0 known already, 1 line rejected") {
			t.Errorf("%s, %v", sum, err)
		}
		if sum, err = table.Import(t.Context()); err != nil || sum.Taken != 0 || sum.AlreadyThere != 4 {
			t.Errorf("again: %s, %v", sum, err)
		}
		h.agrees()
		said, err := rates.Between(t.Context(), h.DB, h.ID, 0, math.MaxInt64)
		if err != nil {
			t.Fatal(err)
		}
		for day, want := range map[calendar.Date]int64{"2026-05-01": 0, "2026-05-02": 91, "2026-05-19": 91, "2026-05-20": 80} {
			q, _ := rates.AsOf(said, day.Midnight(h.Place()), h.Place()).On("2027-01-01", "USD", "EUR")
			if got, _ := q.Convert(amount(100, "USD")); got.Minor != want {
				t.Errorf("as of %s a dollar is %d cents, want %d", day, got.Minor, want)
			}
		}
		table.Strict, table.Text = true, table.Text+"2026-05-18,1,1\n"
		if sum, err = table.Import(t.Context()); err != nil || !sum.Refused || !strings.Contains(sum.String(), "nothing was kept, because 1 line is bad") {
			t.Errorf("strictly: %s, %v", sum, err)
		}
	})
}
