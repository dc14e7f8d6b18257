package deals_test

import (
	"encoding/json"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
)

// What is taken back leaves no trace in how long the deal has been where it is, nor in
// how often its date moved later; as of before, it stands as it was shown.
func TestTakingBackLeavesTheDaysAndTheSlips(t *testing.T) {
	const day = calendar.Instant(24 * 60 * 60 * 1000)
	type said struct {
		day    calendar.Instant
		kind   ledger.Kind
		value  string
		undoes int64
	}
	stage, date := deals.StageSet, deals.CloseDateSet
	for name, c := range map[string]struct {
		told  []said // the sequence of the first is 1
		value string
		since calendar.Instant // of the stage, in days
		slips int64
	}{
		"a move":                 {[]said{{1, stage, "A", 0}, {5, stage, "B", 0}, {6, stage, "A", 2}}, "A", 1, 0},
		"the first move":         {[]said{{5, stage, "B", 0}, {6, stage, "", 1}}, "", 0, 0},
		"and back again":         {[]said{{1, stage, "A", 0}, {5, stage, "B", 0}, {6, stage, "A", 2}, {7, stage, "B", 3}}, "B", 5, 0},
		"twice back again":       {[]said{{1, stage, "A", 0}, {5, stage, "B", 0}, {6, stage, "A", 2}, {7, stage, "B", 3}, {8, stage, "A", 4}}, "A", 1, 0},
		"the last of two":        {[]said{{1, stage, "A", 0}, {5, stage, "B", 0}, {6, stage, "C", 0}, {7, stage, "B", 3}}, "B", 5, 0},
		"moved by hand":          {[]said{{1, stage, "A", 0}, {5, stage, "B", 0}, {6, stage, "A", 0}}, "A", 6, 0},
		"not the last word":      {[]said{{1, stage, "A", 0}, {5, stage, "B", 0}, {6, stage, "C", 0}, {7, stage, "A", 2}}, "A", 7, 0},
		"another value":          {[]said{{1, stage, "A", 0}, {5, stage, "B", 0}, {6, stage, "X", 2}}, "X", 6, 0},
		"learned later, between": {[]said{{1, stage, "A", 0}, {5, stage, "B", 0}, {8, stage, "A", 2}, {6, stage, "C", 0}}, "A", 8, 0},
		"learned later, before":  {[]said{{1, stage, "A", 0}, {5, stage, "B", 0}, {8, stage, "A", 2}, {3, stage, "A", 0}}, "A", 3, 0},
		"one of another kind":    {[]said{{1, stage, "A", 0}, {2, date, "2026-01-01", 0}, {5, stage, "B", 0}, {6, stage, "A", 2}}, "A2026-01-01", 6, 0},
		"a slip":                 {[]said{{1, date, "2026-01-01", 0}, {5, date, "2026-02-01", 0}, {6, date, "2026-01-01", 2}}, "2026-01-01", 0, 0},
		"a slip that stays":      {[]said{{1, date, "2026-01-01", 0}, {5, date, "2026-02-01", 0}, {6, date, "2026-01-01", 0}}, "2026-01-01", 0, 1},
		"a date brought forward": {[]said{{1, date, "2026-03-01", 0}, {5, date, "2026-02-01", 0}, {6, date, "2026-03-01", 2}}, "2026-03-01", 0, 0},
		"a slip, and back again": {[]said{{1, date, "2026-01-01", 0}, {5, date, "2026-02-01", 0}, {6, date, "2026-01-01", 2}, {7, date, "2026-02-01", 3}}, "2026-02-01", 0, 1},
		"the second of two":      {[]said{{1, date, "2026-01-01", 0}, {5, date, "2026-02-01", 0}, {6, date, "2026-03-01", 0}, {7, date, "2026-02-01", 3}}, "2026-02-01", 0, 1},
	} {
		entries := []ledger.Entry{{Sequence: 0, Kind: deals.Created, Opportunity: "x", Payload: `{"value":"Deal"}`}}
		for i, s := range c.told {
			f := deals.Fact{Value: s.value, Undoes: s.undoes}
			if s.kind == date {
				f.Value, f.Date = "", calendar.Date(s.value)
			}
			entries = append(entries, ledger.Entry{Sequence: int64(i + 1), Kind: s.kind, Opportunity: "x",
				RecordedAt: max(s.day, 9) * day, EffectiveAt: s.day * day, Payload: packed(t, f)})
		}
		o, _, err := deals.Fold(entries, deals.Ever)
		if err != nil {
			t.Fatal(err)
		}
		if o.Stage+string(o.CloseDate) != c.value || o.StageSince != c.since*day || o.Slips != c.slips || o.Version != int64(len(c.told)) {
			t.Errorf("%s: %q %q since day %d, %d slips, version %d; want %+v", name, o.Stage, o.CloseDate, o.StageSince/day, o.Slips, o.Version, c)
		}
	}
}

func packed(t *testing.T, f deals.Fact) string {
	t.Helper()
	text, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
