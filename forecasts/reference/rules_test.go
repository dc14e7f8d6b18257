package reference_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/calendar"
	"milepost/forecasts/reference"
	"milepost/internal/ledger"
	"milepost/problem"
)

func TestTheShippedTableIsOneThatCouldBeSet(t *testing.T) {
	shipped := reference.Shipped()
	if err := shipped.Check(); err != nil {
		t.Error(err)
	}
	shipped.Rungs[0].Won = .5
	if again := reference.Shipped(); again.Rungs[0].Won != .12 {
		t.Error("whoever changes the shipped table changes it for everyone")
	}
}

// Each figure has its bounds, and its own sentence.
func TestEachFigureIsChecked(t *testing.T) {
	for _, c := range []struct {
		field, says string
		spoil       func(*reference.Table)
	}{
		{"", "2 to 9 rungs", func(t *reference.Table) { t.Rungs = t.Rungs[:1] }},
		{"", "2 to 9 rungs", func(t *reference.Table) { t.Rungs = append(t.Rungs, t.Rungs...) }},
		{"won-2", "share won on rung 2", func(t *reference.Table) { t.Rungs[1].Won = 0 }},
		{"won-2", "share won on rung 2", func(t *reference.Table) { t.Rungs[1].Won = -.1 }},
		{"won-5", "share won on rung 5", func(t *reference.Table) { t.Rungs[4].Won = 1 }},
		{"won-1", "share won on rung 1", func(t *reference.Table) { t.Rungs[0].Won = math.NaN() }},
		{"no-action-3", "no action on rung 3", func(t *reference.Table) { t.Rungs[2].NoAction = 0 }},
		{"no-action-3", "no action on rung 3", func(t *reference.Table) { t.Rungs[2].NoAction = math.Inf(1) }},
		{"no-action-4", "Leave at least 1 % for deals that are lost", func(t *reference.Table) { t.Rungs[3].Won, t.Rungs[3].NoAction = .6, .395 }},
		{"remaining-1", "between 0.05 and 50 cycles", func(t *reference.Table) { t.Rungs[0].Remaining = 0 }},
		{"remaining-1", "between 0.05 and 50 cycles", func(t *reference.Table) { t.Rungs[0].Remaining = 51 }},
		{"remaining-1", "between 0.05 and 50 cycles", func(t *reference.Table) { t.Rungs[0].Remaining = math.NaN() }},
		{"milestone-0", "how many times as likely", func(t *reference.Table) { t.Milestones[0] = 3.1 }},
		{"milestone-2", "how many times as likely", func(t *reference.Table) { t.Milestones[2] = math.NaN() }},
		{"criterion-1", "how many times as likely", func(t *reference.Table) { t.Criteria[1] = -3.1 }},
		{"criterion-3", "how many times as likely", func(t *reference.Table) { t.Criteria[3] = math.Inf(-1) }},
	} {
		table := reference.Shipped()
		c.spoil(&table)
		found := problem.ByField(table.Check())
		if len(found) != 1 || !strings.Contains(found[c.field], c.says) {
			t.Errorf("%q: refused as %v", c.field, found)
		}
	}
	table := reference.Shipped()
	table.Rungs[3].Won, table.Rungs[3].NoAction, table.Criteria[0] = .6, .39, -3
	if err := table.Check(); err != nil {
		t.Errorf("at the bounds: %v", err)
	}
}

// Between two rungs everything lies in between, and shares stay shares.
func TestBetweenRungs(t *testing.T) {
	table := reference.Shipped()
	if got, want := table.At(.375), (reference.Rung{Won: .225, NoAction: .355, Remaining: 1.6}); math.Abs(got.Won-want.Won)+math.Abs(got.NoAction-want.NoAction)+math.Abs(got.Remaining-want.Remaining) > 1e-12 {
		t.Errorf("between the second and the third: %v, want %v", got, want)
	}
	if table.At(-1) != table.Rungs[0] || table.At(2) != table.Rungs[4] || table.Nearest(.3) != 1 || table.Nearest(.4) != 2 || table.Nearest(7) != 4 {
		t.Error("outside the ladder, or the nearest rung, is wrong")
	}
	rapid.Check(t, func(t *rapid.T) {
		r := table.At(rapid.Float64Range(-1, 2).Draw(t, "height"))
		if r.Won <= 0 || r.NoAction <= 0 || math.Abs(r.Won+r.NoAction+r.Lost()-1) > 1e-12 || r.Remaining <= 0 {
			t.Errorf("%v", r)
		}
	})
}

// In force is the last table that was both true and recorded before the instant.
func TestWhichTableWasInForce(t *testing.T) {
	set := func(number int, recorded, effective calendar.Instant) reference.Version {
		return reference.Version{Number: number, Table: reference.Shipped(), RecordedAt: recorded, EffectiveAt: effective, Sequence: int64(number)}
	}
	list := []reference.Version{set(1, 100, 100), set(2, 200, 200), set(3, 300, 150), set(4, 400, 400)}
	for at, want := range map[calendar.Instant]int{1: 0, 100: 0, 101: 1, 200: 1, 201: 2, 301: 2, 401: 4} {
		if got := reference.InForce(list, at).Number; got != want {
			t.Errorf("at %d: table %d, want %d", at, got, want)
		}
	}
	if got := reference.InForce(nil, 5); got.Number != 0 || !got.Same(reference.Shipped()) {
		t.Errorf("without any: %v", got)
	}
}

func TestOtherEntriesAndErasedOnesSetNothing(t *testing.T) {
	list, err := reference.Fold([]ledger.Entry{{Kind: "opportunity.closed", Payload: `{}`}, {Kind: reference.Set}, {Kind: reference.Set, Sequence: 9, Payload: `{"number":2,"reason":"x"}`}})
	if err != nil || len(list) != 1 || list[0].Number != 2 || list[0].Sequence != 9 {
		t.Errorf("%v, %v", list, err)
	}
	if _, err := reference.Fold([]ledger.Entry{{Kind: reference.Set, Payload: "{"}}); err == nil {
		t.Error("an entry that cannot be read is passed over")
	}
}
