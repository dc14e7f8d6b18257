package monday

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
)

const day1 = calendar.Instant(24 * time.Hour / time.Millisecond)

// drawHistory draws deals with random facts, recorded and true at random times, some of
// them late and some before their time.
func drawHistory(t *rapid.T, since calendar.Instant) map[string][]ledger.Entry {
	stages := []string{"one", "two", "three"}
	all := map[string][]ledger.Entry{}
	sequence := int64(0)
	for i := range rapid.IntRange(1, 6).Draw(t, "deals") {
		id := string(rune('a' + i))
		add := func(kind ledger.Kind, recorded, effective calendar.Instant, f deals.Fact) {
			sequence++
			all[id] = append(all[id], entry(sequence, id, kind, recorded, effective, f))
		}
		at := func(label string) calendar.Instant {
			return since + calendar.Instant(rapid.IntRange(-6, 6).Draw(t, label))*day1/2
		}
		born := at("born")
		add(deals.Created, born, born, deals.Fact{Value: id})
		for range rapid.IntRange(0, 9).Draw(t, "facts") {
			recorded, effective := at("recorded"), at("effective")
			switch rapid.IntRange(0, 6).Draw(t, "kind") {
			case 0, 1:
				amount := &money.Amount{Minor: rapid.Int64Range(0, 9).Draw(t, "minor") * 100, Currency: rapid.SampledFrom([]money.Currency{"EUR", "USD"}).Draw(t, "currency")}
				if rapid.IntRange(0, 5).Draw(t, "none") == 0 {
					amount = nil
				}
				add(deals.AmountSet, recorded, effective, deals.Fact{Amount: amount})
			case 2:
				add(deals.CloseDateSet, recorded, effective, deals.Fact{Date: rapid.SampledFrom([]calendar.Date{"", "2026-03-31", "2026-05-15", "2026-06-30", "2026-07-01"}).Draw(t, "close")})
			case 3:
				add(deals.OwnerSet, recorded, effective, deals.Fact{Person: rapid.SampledFrom([]people.ID{"", "mine", "also mine", "theirs"}).Draw(t, "owner")})
			case 4:
				add(deals.StageSet, recorded, effective, deals.Fact{Value: rapid.SampledFrom(stages).Draw(t, "stage")})
			case 5:
				add(deals.Closed, recorded, effective, deals.Fact{Name: string(rapid.SampledFrom(deals.Outcomes).Draw(t, "outcome"))})
			case 6:
				add(deals.Reopened, recorded, effective, deals.Fact{Reason: "why"})
			}
		}
	}
	return all
}

// naive adds up what is open in the scope as of an instant, by the definition.
func naive(t *rapid.T, all map[string][]ledger.Entry, asOf calendar.Instant, mine func(people.ID) bool) (money.Totals, int64) {
	totals, n := money.Totals{}, int64(0)
	for _, entries := range all {
		o, exists, err := deals.Fold(entries, asOf)
		if err != nil {
			t.Fatal(err)
		}
		if exists && o.IsOpen() && mine(o.Owner) && o.CloseDate >= "2026-04-01" && o.CloseDate < "2026-07-01" {
			n++
			if o.Amount != nil {
				totals.Add(*o.Amount)
			}
		}
	}
	return totals, n
}

// joined makes the bridge of some people as a page does, from the portfolios of each, of
// which some were made before the last deals changed.
func joined(t *rapid.T, open map[string]*deal, moves map[string]*move, since calendar.Instant, p calendar.Period, mine func(people.ID) bool) *bridge {
	s := &shelf{open: map[string]*deal{}, owned: map[people.ID]map[string]*deal{}, stages: map[string]int{"one": 0, "two": 1, "three": 2}}
	r := &report{asking: asking{Period: p, Viewer: &people.Viewer{Organization: people.Organization{TimeZone: "UTC"}}}}
	w := newWeek(since)
	for id, m := range moves {
		if rapid.Bool().Draw(t, "earlier") {
			d := deal{ID: deals.ID(id), Owner: m.Then.Owner, CloseDate: "2026-05-15"}
			s.put(&d)
			w.take(map[string]*move{id: {ID: d.ID, Then: m.Then, Now: m.Then}})
			s.portfolios.list(s, r, w, mine)
		}
	}
	for id, d := range open {
		s.put(d)
		if moves[id] == nil {
			continue
		}
		for _, owner := range w.take(map[string]*move{id: moves[id]}) {
			s.portfolios.drop(owner)
		}
	}
	for id, m := range moves {
		if open[id] != nil {
			continue
		}
		s.put(&deal{ID: deals.ID(id), Outcome: deals.Lost})
		for _, owner := range w.take(map[string]*move{id: m}) {
			s.portfolios.drop(owner)
		}
	}
	b := s.handedOn(r, w, mine)
	list, _ := s.portfolios.list(s, r, w, mine)
	for _, p := range list {
		b.join(p.bridge)
	}
	return b
}

// Whatever happened, the parts lead from what was open at the start, as known then, to
// what is open now, exactly, in every currency and in deals.
func TestTheBridgeAddsUp(t *testing.T) {
	since := calendar.Date("2026-05-11").Midnight(time.UTC)
	mine := func(id people.ID) bool { return id == "mine" || id == "also mine" }
	rapid.Check(t, func(t *rapid.T) {
		all := drawHistory(t, since)
		open, moves := map[string]*deal{}, map[string]*move{}
		for id, entries := range all {
			o, exists, err := deals.Fold(entries, deals.Ever)
			if err != nil || !exists {
				t.Fatal(exists, err)
			}
			if o.IsOpen() {
				d := &deal{ID: o.ID, Owner: o.Owner, CloseDate: o.CloseDate, Stage: o.Stage}
				if o.Amount != nil {
					d.Minor, d.Currency = &o.Amount.Minor, o.Amount.Currency
				}
				open[id] = d
			}
			m, err := moveOf(entries, since)
			if err != nil {
				t.Fatal(err)
			}
			if m != nil {
				moves[id] = m
			}
		}
		quarter := calendar.Period{From: "2026-04-01", Until: "2026-07-01"}
		b := joined(t, open, moves, since, quarter, mine)
		start, startDeals := naive(t, all, since, mine)
		end, endDeals := naive(t, all, deals.Ever, mine)
		sum, count := money.Totals{}, b.StartDeals
		for currency, minor := range b.Start {
			sum[currency] += minor
		}
		for _, p := range parts {
			of := b.sum(p)
			count += of.Deals
			for currency, minor := range of.By {
				sum[currency] += minor
				up := slices.Contains([]part{partNew, partReopened, partHandedIn, partMovedIn, partUp}, p)
				if up && minor < 0 || !up && minor > 0 {
					t.Fatalf("%s is %d", p, minor)
				}
			}
		}
		for _, currency := range []money.Currency{"EUR", "USD"} {
			if b.Start[currency] != start[currency] || b.End[currency] != end[currency] || sum[currency] != end[currency] {
				t.Fatalf("%s: start %d (naive %d), end %d (naive %d), start and parts %d", currency, b.Start[currency], start[currency], b.End[currency], end[currency], sum[currency])
			}
		}
		if b.StartDeals != startDeals || b.EndDeals != endDeals || count != endDeals {
			t.Fatalf("deals: start %d (naive %d), end %d (naive %d), start and parts %d", b.StartDeals, startDeals, b.EndDeals, endDeals, count)
		}
	})
}

func TestWhichPartAChangeGoesTo(t *testing.T) {
	eur := func(n int64) *money.Amount { return &money.Amount{Minor: n, Currency: "EUR"} }
	was := position{Exists: true, Owner: "mine", Amount: eur(100), Close: "2026-05-15", Stage: "one"}
	with := func(change func(*position)) position {
		p := was
		change(&p)
		return p
	}
	wonAt := calendar.Date("2026-05-12").Midnight(time.UTC)
	for name, c := range map[string]struct {
		then, now position
		want      map[part]int64
	}{
		"new":                 {position{}, was, map[part]int64{partNew: 100}},
		"opened again":        {with(func(p *position) { p.Outcome = deals.Lost }), was, map[part]int64{partReopened: 100}},
		"handed in":           {with(func(p *position) { p.Owner = "theirs" }), was, map[part]int64{partHandedIn: 100}},
		"handed out":          {was, with(func(p *position) { p.Owner = "theirs" }), map[part]int64{partHandedOut: -100}},
		"pulled in":           {with(func(p *position) { p.Close = "2026-08-01" }), was, map[part]int64{partMovedIn: 100}},
		"pushed out":          {was, with(func(p *position) { p.Close = "2026-08-01" }), map[part]int64{partMovedOut: -100}},
		"no date any more":    {was, with(func(p *position) { p.Close = "" }), map[part]int64{partMovedOut: -100}},
		"up":                  {was, with(func(p *position) { p.Amount = eur(130) }), map[part]int64{partUp: 30}},
		"down":                {was, with(func(p *position) { p.Amount = nil }), map[part]int64{partDown: -100}},
		"lost":                {was, with(func(p *position) { p.Outcome = deals.Lost }), map[part]int64{partLost: -100}},
		"no action":           {was, with(func(p *position) { p.Outcome = deals.NoAction }), map[part]int64{partNoAction: -100}},
		"won for more":        {was, with(func(p *position) { p.Outcome, p.Amount, p.ClosedAt = deals.Won, eur(120), wonAt }), map[part]int64{partUp: 20, partWon: -120}},
		"new and won":         {position{}, with(func(p *position) { p.Outcome, p.ClosedAt = deals.Won, wonAt }), map[part]int64{partNew: 100, partWon: -100}},
		"new and lost":        {position{}, with(func(p *position) { p.Outcome = deals.Lost }), map[part]int64{}},
		"moved and amount":    {was, with(func(p *position) { p.Close, p.Amount = "2026-08-01", eur(70) }), map[part]int64{partDown: -30, partMovedOut: -70}},
		"won by someone else": {with(func(p *position) { p.Owner = "theirs" }), with(func(p *position) { p.Owner, p.Outcome, p.ClosedAt = "theirs", deals.Won, wonAt }), map[part]int64{}},
	} {
		t.Run(name, func(t *testing.T) {
			s := &scope{func(id people.ID) bool { return id == "mine" }, calendar.Period{From: "2026-04-01", Until: "2026-07-01"},
				func(at calendar.Instant) calendar.Date { return calendar.DateOf(at, time.UTC) }}
			b := newBridge(s, slices.Values([]*deal{}), nil, slices.Values([]*move{{ID: "a", Then: c.then, Now: c.now}}), func(string) int { return 0 })
			for _, p := range parts {
				if of := b.sum(p); of.By["EUR"] != c.want[p] {
					t.Errorf("%s is %d, want %d", p, of.By["EUR"], c.want[p])
				}
			}
		})
	}
}
