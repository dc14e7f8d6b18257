package targets

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
)

func TestAttainment(t *testing.T) {
	each(t, func(t *testing.T, c *company) {
		q := calendar.Fiscal{}.Quarter("2026-02-01")
		c.set(at("2025-12-01"), "Rosa Reed", Own, "2026-01-01", "EUR", of(1000))
		c.set(at("2025-12-01"), "Rosa Reed", Own, "2026-03-01", "EUR", of(500))
		c.set(at("2025-12-01"), "Mara Moss", Team, "2026-01-01", "EUR", of(4000))
		c.win("Rosa Reed", 700, "EUR", at("2026-01-05"), at("2026-01-20"))
		c.win("Rosa Reed", 90, "USD", at("2026-01-05"), at("2026-02-20"))
		c.win("Rosa Reed", 5000, "EUR", at("2026-01-05"), at("2026-04-01")) // the next quarter
		c.win("Remy Rowe", 300, "EUR", at("2026-01-05"), at("2026-03-31"))
		a := c.attained(q, c.now)
		rosa, mara := a.Of(c.ids["Rosa Reed"]), a.Of(c.ids["Mara Moss"])
		if rosa.Quota["EUR"] != 1500 || rosa.Won["EUR"] != 700 || rosa.Won["USD"] != 90 || rosa.Wins != 2 {
			t.Errorf("Rosa: %+v", rosa)
		}
		// March has no team target: what Rosa carries stands in.
		if mara.Quota["EUR"] != 4500 || mara.Won["EUR"] != 1000 || mara.Wins != 3 || a.Whole.Quota["EUR"] != 4500 {
			t.Errorf("Mara's team: %+v; whole: %+v", mara, a.Whole)
		}
		if share, is := mara.Share("EUR"); !is || share != 1000.0/4500 {
			t.Errorf("Mara's share: %v", share)
		}
		early := c.attained(q, at("2026-02-01"))
		if rosa := early.Own[c.ids["Rosa Reed"]]; rosa.Wins != 1 {
			t.Errorf("Rosa as of February: %+v", rosa)
		}
	})
}

// After a large import nobody waits until all wins are counted: of now, the deals say what
// was won, and how much is still to be taken in is said.
func TestAttainmentDoesNotWaitForALargeImport(t *testing.T) {
	each(t, func(t *testing.T, c *company) {
		q := calendar.Fiscal{}.Quarter("2026-02-01")
		c.win("Rosa Reed", 700, "EUR", at("2026-01-05"), at("2026-01-20"))
		c.win("Remy Rowe", 300, "EUR", at("2026-01-05"), at("2026-03-31"))
		c.win("Remy Rowe", 9, "EUR", at("2026-01-05"), at("2026-04-01")) // the next quarter
		usually := soonDone
		soonDone = 1
		defer func() { soonDone = usually }()
		early := c.attained(q, c.now)
		if early.Behind == 0 || early.Whole.Won["EUR"] != 1000 || early.Own[c.ids["Rosa Reed"]].Won["EUR"] != 700 {
			t.Errorf("before it is counted: %d behind, %+v", early.Behind, early.Whole)
		}
		if err := CatchUp(t.Context(), c.db); err != nil {
			t.Fatal(err)
		}
		whole := c.attained(q, c.now)
		if whole.Behind != 0 || whole.Whole.Won["EUR"] != 1000 {
			t.Errorf("after it is counted: %d behind, %+v", whole.Behind, whole.Whole)
		}
	})
}

// A handover before winning moves the win; one after it does not; a reorganization
// after the quarter leaves the quarter's teams as they were.
func TestOwnersAndTeamsAreThoseOfThen(t *testing.T) {
	each(t, func(t *testing.T, c *company) {
		q := calendar.Fiscal{}.Quarter("2026-02-01")
		id := c.win("Rosa Reed", 700, "EUR", at("2026-01-05"), at("2026-02-20"))
		c.tell(id, at("2026-03-01"), deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: c.ids["Tina Thorn"]}})
		c.record(at("2026-05-01"), func(w *ledger.Writer) error {
			return people.SetManager(t.Context(), w, c.ids["Rosa Reed"], c.ids["Milan Marsh"], at("2026-05-01"))
		})
		a := c.attained(q, c.now)
		if a.Own[c.ids["Rosa Reed"]].Wins != 1 || a.Own[c.ids["Tina Thorn"]].Wins != 0 {
			t.Error("the win left whoever owned the deal when it was won")
		}
		if a.Team[c.ids["Mara Moss"]].Wins != 1 || a.Team[c.ids["Milan Marsh"]].Wins != 0 {
			t.Error("a reorganization after the quarter rewrote the quarter's teams")
		}
		c.tell(id, at("2026-06-01"), deals.Change{Kind: deals.Reopened, Fact: deals.Fact{Reason: "They changed their mind."}})
		if a := c.attained(q, c.now); a.Whole.Wins != 0 {
			t.Error("a reopened deal still counts as won")
		}
		if a := c.attained(q, at("2026-05-15")); a.Whole.Wins != 1 {
			t.Error("before it was reopened the deal counted as won")
		}
	})
}

// naive answers for one deal what counted as of an instant, straight from the words
// of the rule.
func naive(entries []ledger.Entry, asOf calendar.Instant) (won calendar.Instant, owner people.ID, amount money.Amount, is bool) {
	var known []ledger.Entry
	for _, e := range entries {
		if e.RecordedAt < asOf && e.EffectiveAt < asOf {
			known = append(known, e)
		}
	}
	slices.SortFunc(known, func(a, b ledger.Entry) int {
		return cmp.Or(cmp.Compare(a.EffectiveAt, b.EffectiveAt), cmp.Compare(a.Sequence, b.Sequence))
	})
	type held struct {
		from calendar.Instant
		by   people.ID
	}
	var owners []held
	for _, e := range known {
		var f deals.Fact
		e.Read(&f)
		switch e.Kind {
		case deals.Closed:
			won, is = e.EffectiveAt, f.Name == string(deals.Won)
		case deals.Reopened:
			is = false
		case deals.AmountSet:
			amount = *f.Amount
		case deals.OwnerSet:
			owners = append(owners, held{e.EffectiveAt, f.Person})
		}
	}
	for i, o := range owners {
		if i == 0 || o.from <= won {
			owner = o.by
		}
	}
	return won, owner, amount, is
}

func drawFact(t *rapid.T, names []people.ID) (ledger.Kind, deals.Fact) {
	switch rapid.IntRange(0, 5).Draw(t, "fact") {
	case 0:
		return deals.Reopened, deals.Fact{Reason: "Again."}
	case 1:
		return deals.OwnerSet, deals.Fact{Person: rapid.SampledFrom(names).Draw(t, "owner")}
	case 2:
		return deals.AmountSet, deals.Fact{Amount: &money.Amount{Minor: rapid.Int64Range(1, 99).Draw(t, "amount"),
			Currency: rapid.SampledFrom([]money.Currency{"EUR", "USD"}).Draw(t, "currency")}}
	case 3:
		return deals.StageSet, deals.Fact{Value: "proposed"}
	}
	return deals.Closed, deals.Fact{Name: string(rapid.SampledFrom([]deals.Outcome{deals.Won, deals.Won, deals.Lost}).Draw(t, "outcome"))}
}

// Random histories, with handovers, reopenings and facts that became known late or
// are true ahead of time, followed bit by bit: as of any instant, attainment is what
// a naive replay of the ledger says.
func TestAttainmentAgainstAReplay(t *testing.T) {
	c := openSQLite(t)
	names := []people.ID{c.ids["Rosa Reed"], c.ids["Remy Rowe"], c.ids["Tina Thorn"]}
	base, span := at("2026-01-01"), int64(90*24*time3600)
	serial := 0
	rapid.Check(t, func(rt *rapid.T) {
		// Each history has an organization's own days to itself: deals of other histories
		// are told apart by their ids.
		all := map[string][]ledger.Entry{}
		clock := base
		for range rapid.IntRange(1, 12).Draw(rt, "records") {
			clock += calendar.Instant(rapid.Int64Range(0, span/8).Draw(rt, "later"))
			deal := fmt.Sprintf("%036d", serial*10+rapid.IntRange(0, 2).Draw(rt, "deal"))
			kind, fact := drawFact(rt, names)
			effective := max(base, clock+calendar.Instant(rapid.SampledFrom([]int64{0, 0, 0, -span / 4, span / 10}).Draw(rt, "true")))
			c.record(clock, func(w *ledger.Writer) error {
				e, err := w.Add(kind, deal, deal, effective, fact)
				all[deal] = append(all[deal], e)
				return err
			})
			if rapid.Bool().Draw(rt, "follow") {
				if err := CatchUp(t.Context(), c.db); err != nil {
					rt.Fatal(err)
				}
			}
		}
		if _, err := catchUpSoon(t.Context(), c.db); err != nil {
			rt.Fatal(err)
		}
		for range 5 {
			asOf := base + calendar.Instant(rapid.Int64Range(0, 2*span).Draw(rt, "as of"))
			for deal, entries := range all {
				agree(rt, c, deal, entries, asOf)
			}
		}
		serial++
	})
	if differences, err := Check(t.Context(), c.db, c.org.ID); err != nil || len(differences) > 0 {
		t.Errorf("after all: %v, %v", differences, err)
	}
}

const time3600 = 3_600_000

func agree(t *rapid.T, c *company, deal string, entries []ledger.Entry, asOf calendar.Instant) {
	rows, err := db.All[winRow](c.t.Context(), c.db, `
		select opportunity_id, known_from, known_until, won_at, owner_id, currency, amount_minor
		from wins
		where org_id = $1 and opportunity_id = $2 and known_from < $3 and known_until >= $3`, c.org.ID, deal, asOf)
	if err != nil {
		t.Fatal(err)
	}
	won, owner, amount, is := naive(entries, asOf)
	if (len(rows) == 1) != is || len(rows) > 1 {
		t.Fatalf("as of %s the deal is won: %v; the table says %v", asOf, is, rows)
	}
	if is && (rows[0].WonAt != won || rows[0].Owner != owner || rows[0].Minor != amount.Minor || rows[0].Currency != string(amount.Currency)) {
		t.Fatalf("as of %s: won at %s by %s for %v; the table says %+v", asOf, won, owner, amount, rows[0])
	}
}
