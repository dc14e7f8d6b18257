package forecasts

import (
	"encoding/json"
	"testing"
	"time"

	. "milepost/forecasts/history"
)

func TestEmptyLogAndOneDeal(t *testing.T) {
	w := &tiny{place: time.UTC}
	same(t, "empty", bytesOf(t, w.log(), w.at(3), 7), []byte(`{"as_of":"2026-01-04T00:00:00Z","deals":[],"totals":{"company":{`+
		`"stage-weighted":{"7d":{"open":0,"wins":0,"by_currency":{}}},"past-yield":{"7d":{"open":0,"wins":0,"by_currency":{}}}},"owners":{}}}`))
	w.tell("a", .5, Created, "", 0)
	w.tell("a", .5, Owner, "ann", 0)
	w.tell("a", .5, Amount, "EUR", 150_50)
	same(t, "one deal", bytesOf(t, w.log(), w.at(3), 7), []byte(`{"as_of":"2026-01-04T00:00:00Z","deals":[{"external_id":"xa","owner":"ann","stage":null,"amount":"150.5","currency":"EUR","methods":{`+
		`"stage-weighted":{"7d":{"won":0,"lost":0,"no_action":0}},"past-yield":{"7d":{"won":0.25,"lost":0.25,"no_action":0.25}}}}],`+
		`"totals":{"company":{"stage-weighted":{"7d":{"open":1,"wins":0,"by_currency":{"EUR":{"open":1,"wins":0,"amount":0}}}},`+
		`"past-yield":{"7d":{"open":1,"wins":0.25,"by_currency":{"EUR":{"open":1,"wins":0.25,"amount":37.63}}}}},`+
		`"owners":{"ann":{"stage-weighted":{"7d":{"open":1,"wins":0,"by_currency":{"EUR":{"open":1,"wins":0,"amount":0}}}},`+
		`"past-yield":{"7d":{"open":1,"wins":0.25,"by_currency":{"EUR":{"open":1,"wins":0.25,"amount":37.63}}}}}}}}`))
}

func TestDealsAreSortedByExternalIDThenID(t *testing.T) {
	w := &tiny{place: time.UTC}
	for _, id := range []string{"c", "a", "b"} {
		w.deal(id, .5, "offer", 0, Open)
	}
	b := NewBuilder(time.UTC)
	for _, f := range w.facts {
		b.Deal(f.deal, map[string]string{"a": "same", "b": "same", "c": "first"}[f.deal])
		fact := f.Fact
		fact.Kind, fact.Label = f.kind, b.Label(f.text)
		b.Add(f.deal, fact)
	}
	got := ""
	for _, d := range b.Log().Before(w.at(3)).Open() {
		got += d.ID
	}
	if got != "cab" {
		t.Errorf("deals in the order %s, want cab", got)
	}
}

func TestTwoPeopleOfOneNameAreTwo(t *testing.T) {
	b := NewBuilder(time.UTC)
	for i, owner := range [][2]string{{"1", "Kim"}, {"2", "Kim"}, {"1", "Kim Lee"}} {
		id := string(rune('a' + i))
		b.Deal(id, id)
		b.Add(id, Fact{Kind: Created})
		b.Add(id, Fact{Kind: Owner, Label: b.Person(owner[0], owner[1])})
	}
	owners := Say(b.Log(), 10, []Horizon{7}, Methods()).Totals().Owners
	if len(owners) != 2 || owners[0].Name != "Kim" || owners[0].Value[0].Value[0].Value.Open != 2 || owners[1].Name != "Kim (2)" {
		t.Errorf("%+v", owners)
	}
}

func TestWhatWasNotKnownIsNull(t *testing.T) {
	b := NewBuilder(time.UTC)
	b.Add("id-1", Fact{Kind: Created, Recorded: 5, Effective: 5})
	out := bytesOf(t, b.Log(), 10, 7)
	var f struct {
		Deals []map[string]any `json:"deals"`
	}
	if err := json.Unmarshal(out, &f); err != nil {
		t.Fatal(err)
	}
	d := f.Deals[0]
	if d["external_id"] != "" || d["id"] != "id-1" || d["owner"] != nil || d["stage"] != nil || d["amount"] != nil || d["currency"] != nil {
		t.Errorf("%v", d)
	}
}

func TestOwnersAndAmountsAreThoseOfThen(t *testing.T) {
	w := &tiny{place: time.UTC}
	w.deal("a", .5, "offer", 0, Open)
	w.tell("a", .5, Owner, "ann", 0)
	w.tell("a", .5, Amount, "EUR", 100)
	w.tell("a", .5, CloseDate, "", 20500)
	w.tell("a", 3.5, Owner, "bob", 0)
	w.tell("a", 3.5, Amount, "USD", 200)
	w.tell("a", 3.5, CloseDate, "", 20600)
	log := w.log()
	if at := log.Before(w.at(3.5)).Open()[0]; log.Name(at.Owner) != "ann" {
		t.Errorf("the handover at the as-of itself is not the future: %+v", at)
	}
	then, now := log.Before(w.at(3)).Open()[0], log.Before(w.at(4)).Open()[0]
	if log.Name(then.Owner) != "ann" || log.Name(then.Currency) != "EUR" || then.Amount != 100 || then.CloseDate != 20500 {
		t.Errorf("then: %+v", then)
	}
	if log.Name(now.Owner) != "bob" || log.Name(now.Currency) != "USD" || now.Amount != 200 || now.CloseDate != 20600 {
		t.Errorf("now: %+v", now)
	}
}

func TestParseHorizons(t *testing.T) {
	got, err := ParseHorizons("7d, 14d,30d")
	if err != nil || len(got) != 3 || got[0] != 7 || got[2] != 30 {
		t.Errorf("%v, %v", got, err)
	}
	for _, text := range []string{"", "7", "0d", "-3d", "7d,7d", "7w", "1.5d", "99999d", "d"} {
		if got, err := ParseHorizons(text); err == nil {
			t.Errorf("%q gave %v", text, got)
		}
	}
}
