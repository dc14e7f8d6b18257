package forecasts

import (
	"context"
	"encoding/json"
	"runtime"
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
)

func reportOf(t *testing.T, log *Log, horizons []Horizon, asOfs ...calendar.Instant) *Report {
	t.Helper()
	r, err := Backtest(t.Context(), log, asOfs, horizons, Methods(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestBacktestByHand(t *testing.T) {
	w := pair()
	w.tell("a", .5, Amount, "EUR", 100_00)
	w.tell("b", .5, Amount, "EUR", 300_00)
	w.tell("b", 6.5, Amount, "EUR", 200_00) // at the very instant of winning
	w.tell("b", 6.5, Outcome, "", int64(Won))
	w.tell("z", 9, Created, "", 0) // the log goes on to day 9
	log := w.log()
	// As of day 5, two days ahead, b has 2.5/8 and is won, at 200 by then.
	past := reportOf(t, log, []Horizon{2}, w.at(5)).Methods[1].Horizons[0]
	within(t, "Brier", past.Brier, (1-2.5/8)*(1-2.5/8), 1e-12)
	within(t, "WAPE", past.WAPEWins, 1-2.5/8, 1e-12)
	within(t, "bias", past.BiasWins, 2.5/8-1, 1e-12)
	within(t, "WAPE of amount", past.WAPEAmount, (200-300*2.5/8)/200, 1e-12)
	within(t, "skill", past.SkillPastYield, 0, 0)
	if past.N != 1 || past.AUC != nil || past.CalibrationSlope != nil || past.CalibrationOffset != nil || past.Owners.Totals != 0 || past.Owners.Coverage80 != nil {
		t.Errorf("%+v: want one case, and no score that one case cannot have", past)
	}
	// Five days from day 5 is after the log's end, from day 4 it is not.
	if left := reportOf(t, log, []Horizon{5}, w.at(4), w.at(5)).Methods[0].Horizons[0]; left.N != 1 {
		t.Errorf("n = %d, want only the deal open on day 4", left.N)
	}
}

func TestAmountsAreScoredInTheCommonestCurrency(t *testing.T) {
	w := &tiny{place: time.UTC}
	for i, currency := range []string{"USD", "EUR", "EUR"} {
		id := string(rune('a' + i))
		w.deal(id, .5, "offer", 4.5, Won)
		w.tell(id, .5, Amount, currency, 100_00)
	}
	w.deal("z", 9, "offer", 0, Open)
	r := reportOf(t, w.log(), []Horizon{3}, w.at(3))
	if r.Currency != "EUR" {
		t.Errorf("scored in %q, want EUR", r.Currency)
	}
	within(t, "WAPE", r.Methods[1].Horizons[0].WAPEAmount, .75, 1e-12) // .25 each: 50 said of 200
}

func TestReportIsTheSameOnAnyNumberOfCores(t *testing.T) {
	w := wild(4, time.UTC, true)
	log := w.log()
	var asOfs []calendar.Instant
	for day := range 20 {
		asOfs = append(asOfs, w.at(float64(20+day)))
	}
	var texts []string
	for _, cores := range []int{1, 2, 8} {
		before := runtime.GOMAXPROCS(cores)
		out, err := json.Marshal(reportOf(t, log, []Horizon{7, 14}, asOfs...))
		runtime.GOMAXPROCS(before)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(out))
	}
	if texts[0] != texts[1] || texts[0] != texts[2] {
		t.Error("the report depends on the number of cores")
	}
}

func TestBacktestStopsWhenAsked(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Backtest(ctx, pair().log(), []calendar.Instant{0}, []Horizon{1}, Methods(), nil); err == nil {
		t.Error("a backtest that was stopped gave a report")
	}
}

func TestShapeOfTheReport(t *testing.T) {
	w := pair()
	out, err := json.Marshal(reportOf(t, w.log(), []Horizon{1}, w.at(2)))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"as_of":["2026-01-03T00:00:00Z"],"methods":[{"name":"stage-weighted","horizons":[{"days":1,"n":2,"brier":0,"log_loss":`
	if !strings.HasPrefix(string(out), want) {
		t.Errorf("%s\nwant %s...", out, want)
	}
	for _, field := range []string{"skill_past_yield", "auc", "calibration_slope", "calibration_offset", "wape_wins", "bias_wins", "wape_amount", "coverage50", "coverage80", "coverage95", "mean_width80", "crps_wins"} {
		if !strings.Contains(string(out), `"`+field+`":`) {
			t.Errorf("no field %s in %s", field, out)
		}
	}
	if !strings.Contains(string(out), `"owners":{"totals":0,"coverage50":null,"coverage80":null,"coverage95":null`) {
		t.Errorf("ranges of no owner have a coverage in %s", out)
	}
}
