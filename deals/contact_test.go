package deals_test

import (
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
)

// A corrected activity counts when it really was, a withdrawn one not at all, and one
// that was planned counts once, under the id of its plan.
func TestCorrectedAndWithdrawnActivities(t *testing.T) {
	entry := func(sequence int64, id string, kind ledger.Kind, subject string, at calendar.Instant, payload string) ledger.Entry {
		return ledger.Entry{Sequence: sequence, ID: id, Kind: kind, Subject: subject, Opportunity: "d", RecordedAt: at, EffectiveAt: at, Payload: payload}
	}
	entries := []ledger.Entry{
		entry(1, "e1", deals.Created, "d", 10, `{"value":"A deal"}`),
		entry(2, "a1", deals.ActivityLogged, "d", 20, `{"name":"call"}`),
		entry(3, "a2", deals.ActivityLogged, "d", 30, `{"name":"meeting","planned":"p2"}`),
		entry(4, "a3", deals.ActivityLogged, "d", 40, `{"name":"visit"}`),
		entry(5, "x1", deals.ActivityWithdrawn, "a3", 50, `{}`),
		entry(6, "x2", deals.ActivityCorrected, "p2", 60, `{"at":"1970-01-01T00:00:00.025Z"}`),
		entry(7, "x3", deals.ActivityCorrected, "never logged", 70, `{"at":"1970-01-01T00:00:00.090Z"}`),
	}
	for asOf, want := range map[calendar.Instant][2]int64{
		15: {0, 0}, 35: {2, 30}, 45: {3, 40}, 55: {2, 30}, deals.Ever: {2, 25},
	} {
		o, exists, err := deals.Fold(entries, asOf)
		if err != nil || !exists || o.Activities != want[0] || int64(o.LastActivityAt) != want[1] {
			t.Errorf("as of %d: %d activities, the last at %d; want %v (%v)", asOf, o.Activities, o.LastActivityAt, want, err)
		}
	}
}
