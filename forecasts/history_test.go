package forecasts

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
	"milepost/money"
)

// readHistory reads a real log, if it lies beside the project, as an import does:
// recorded and effective at the instant of the line.
func readHistory(t testing.TB, name, zone string) *Log {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "data", name)
	file, err := os.Open(path)
	if err != nil {
		fmt.Printf("SKIP %s: the log %s is not here\n", t.Name(), path)
		t.Skipf("the log %s is not here", path)
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	in := csv.NewReader(plain)
	in.ReuseRecord = true
	b := NewBuilder(place(t, zone))
	for line := int64(0); ; line++ {
		row, err := in.Read()
		if err == io.EOF {
			return b.Log()
		}
		if err != nil {
			t.Fatal(err)
		}
		if line > 0 {
			takeLine(t, b, line, row)
		}
	}
}

func takeLine(t testing.TB, b *Builder, line int64, row []string) {
	at, err := calendar.ParseInstant(row[1])
	if err != nil {
		t.Fatal(err)
	}
	f := Fact{Recorded: at, Effective: at, Sequence: line}
	b.Deal(row[0], row[0])
	b.Know(at)
	switch row[2] {
	case "created":
		f.Kind = Created
	case "stage":
		f.Kind, f.Label = Stage, b.Label(row[3])
	case "milestone":
		f.Kind, f.Label, f.Value = Milestone, b.Label(row[3]), Achieved
	case "owner":
		f.Kind, f.Label = Owner, b.Label(row[3])
	case "amount":
		amount, err := money.Parse(row[4], money.Currency(row[3]))
		if err != nil {
			t.Fatal(err)
		}
		f.Kind, f.Label, f.Value = Amount, b.Label(row[3]), amount.Minor
	case "activity":
		f.Kind, f.Label = Activity, b.Label(row[3])
	case "attribute":
		f.Kind, f.Label, f.Value = Attribute, b.Label(row[4]), int64(b.Label(row[3]))
	case "outcome":
		f.Kind, f.Value = Outcome, map[string]int64{"won": int64(Won), "lost": int64(Lost), "no_action": int64(NoAction)}[row[3]]
	default:
		return
	}
	b.Add(row[0], f)
}

func place(t testing.TB, zone string) *time.Location {
	t.Helper()
	found, err := calendar.LoadPlace(zone)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// midnightsOf lists every so many days from a date on.
func midnightsOf(first calendar.Date, days, n int, in *time.Location) []calendar.Instant {
	var list []calendar.Instant
	for i := range n {
		list = append(list, first.AddDays(i*days).Midnight(in))
	}
	return list
}

func tell(t testing.TB, r *Report) {
	for _, m := range r.Methods {
		for _, h := range m.Horizons {
			t.Logf("%-14s %4dd n=%d brier=%s logloss=%s skill=%s auc=%s slope=%s offset=%s wape=%s bias=%s wape %s=%s",
				m.Name, h.Days, h.N, show(h.Brier), show(h.LogLoss), show(h.SkillPastYield), show(h.AUC), show(h.CalibrationSlope),
				show(h.CalibrationOffset), show(h.WAPEWins), show(h.BiasWins), r.Currency, show(h.WAPEAmount))
			if n := h.WithNew; n != nil {
				t.Logf("    no action auc=%s; with new deals: share of wins=%s wape=%s bias=%s wape %s=%s", show(h.NoActionAUC), show(n.ShareOfWins), show(n.WAPEWins), show(n.BiasWins), r.Currency, show(n.WAPEAmount))
			}
			for what, c := range map[string]RangeScores{"company": h.RangeScores, "owners": h.Owners} {
				t.Logf("    %-7s n=%d 50: %s (by itself %s, in part %s) 80: %s (%s, %s) 95: %s (%s, %s) width=%s crps=%s bias of medians=%s", what, c.Totals, show(c.Coverage50), show(c.Mass50), show(c.Part50),
					show(c.Coverage80), show(c.Mass80), show(c.Part80), show(c.Coverage95), show(c.Mass95), show(c.Part95), show(c.MeanWidth80), show(c.CRPSWins), show(c.BiasMedian))
			}
		}
	}
}

func show(value *float64) string {
	if value == nil {
		return "-"
	}
	return fmt.Sprintf("%.4f", *value)
}

func within(t *testing.T, what string, got *float64, want, slack float64) {
	t.Helper()
	if got == nil || math.Abs(*got-want) > slack {
		t.Errorf("%s = %s, want %.4f within %.4f", what, show(got), want, slack)
	}
}

// Source of the figures: a table of the same eleven weekly as-ofs that was worked out
// independently of this code.
func TestBPI2012(t *testing.T) {
	log := readHistory(t, "bpic2012_history.csv.gz", "Europe/Amsterdam")
	asOfs := midnightsOf("2011-11-30", 7, 11, log.Place())
	r, err := Backtest(t.Context(), log, asOfs, []Horizon{7, 14, 30}, Methods(), nil)
	if err != nil {
		t.Fatal(err)
	}
	tell(t, r)
	want := map[string][3]float64{StageWeightedName: {.0940, .1980, .2109}, PastYieldName: {.0816, .1471, .1865}}
	for _, m := range r.Methods {
		for j, h := range m.Horizons {
			within(t, fmt.Sprint(m.Name, " Brier ", h.Days), h.Brier, want[m.Name][j], .002)
			if h.N != 8297 {
				t.Errorf("%s at %d days: n = %d, want 8297", m.Name, h.Days, h.N)
			}
		}
		month, wape := m.Horizons[2], map[string]float64{StageWeightedName: .50, PastYieldName: .14}[m.Name]
		within(t, m.Name+" WAPE", month.WAPEWins, wape, .01)
		within(t, m.Name+" bias", month.BiasWins, wape, .01)
	}
}

// Source of the figures: independent fits of past yield on this log.
func TestREPD2021(t *testing.T) {
	log := readHistory(t, "repd2021_history.csv.gz", "Europe/London")
	var asOfs []calendar.Instant
	for year := 2010; year <= 2018; year++ {
		asOfs = append(asOfs, calendar.NewDate(year, 1, 1).Midnight(log.Place()))
	}
	r, err := Backtest(t.Context(), log, asOfs, []Horizon{182, 365, 730}, Methods(), nil)
	if err != nil {
		t.Fatal(err)
	}
	tell(t, r)
	for j, want := range []float64{.0900, .1141, .1695} {
		within(t, "past yield Brier", r.Methods[1].Horizons[j].Brier, want, .002)
	}
}
