package record

import (
	"math"
	"os"
	"slices"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
)

// The truth of the demonstration company is known, and so whether its record is right: the
// chances that the model gives lie nearer to the true ones than what only counts, they mean
// what they say, and ranges hold. In full over more days; the short version is always run.
func TestTheRecordTellsTheTruth(t *testing.T) {
	days, count := []calendar.Date{"2026-06-08", "2026-08-10", "2026-10-12"}, 2500
	if os.Getenv("MILEPOST_TEST_FULL") != "" {
		days, count = nil, 4000
		for back := range 11 {
			days = append(days, calendar.Date("2026-10-05").AddDays(-35*back))
		}
		slices.Sort(days)
	}
	f := newFirm(t, testdb.Open(t, db.SQLite, schemas...), count)
	const name = "generation-3"
	f.freezeOnly(days, name, forecasts.PastYieldName)
	f.score(noon)
	model, counted := 0.0, 0.0
	for _, day := range days {
		off, simple := f.distance(name, day), f.distance(forecasts.PastYieldName, day)
		model, counted = model+off.mean, counted+simple.mean
		t.Logf("%s, distance from the truth: mean %.3f, bias %+.3f; past yield %.3f, %+.3f; %d chances", day, off.mean, off.bias, simple.mean, simple.bias, off.n)
		if off.n < 100 || off.mean > .13 || math.Abs(off.bias) > .06 || off.mean > 1.1*simple.mean {
			t.Errorf("%s: the chances lie %.3f from the true ones, %+.3f too high; past yield's %.3f", day, off.mean, off.bias, simple.mean)
		}
	}
	if model > .9*counted {
		t.Errorf("over all days the chances lie %.3f from the true ones, past yield's %.3f", model/float64(len(days)), counted/float64(len(days)))
	}
	v, err := look(t.Context(), f.d, f.o, noon, func([]forecasts.Horizon) asking { return asking{Horizon: 30, Method: name} })
	if err != nil {
		t.Fatal(err)
	}
	t.Log(headline(v.compared), because(v.compared), rests(v.compared))
	f.calibrated(v)
	f.covered(v)
}

// distance is how far chances lie from the truth: on average, and over all too high.
type distance struct {
	n          int
	mean, bias float64
}

// distance compares the chance of a win within a year with the truth that it is won at all.
func (f *firm) distance(method string, day calendar.Date) (d distance) {
	f.t.Helper()
	told, truth := f.told(), f.outlooks(day)
	frozen, err := forecasts.FrozenOne(f.t.Context(), f.d, f.o.ID, day, method)
	if err != nil {
		f.t.Fatal(err)
	}
	kept, err := frozen.Unpack()
	if err != nil {
		f.t.Fatal(err)
	}
	said := map[string]float64{}
	for _, line := range kept.Deals {
		said[line.External+line.ID] = line.Methods[method]["365d"].Won
	}
	for i := range f.truth.Deals {
		id := f.truth.Deals[i].ID
		p, has := said[told[id].external]
		if win, open := truth[string(id)]; has && open {
			d.n++
			d.mean += math.Abs(p - win)
			d.bias += p - win
		}
	}
	d.mean, d.bias = d.mean/float64(d.n), d.bias/float64(d.n)
	return d
}

// telling is what the ledger says of a deal: how it is called, and when its milestones
// were first told of.
type telling struct {
	external   string
	milestones map[string]calendar.Instant
}

func (f *firm) told() map[deals.ID]telling {
	f.t.Helper()
	found := map[deals.ID]telling{}
	err := ledger.EachSince(f.t.Context(), f.d, f.o.ID, 0, func(e *ledger.Entry) error {
		if e.Kind != deals.Created && e.Kind != deals.MilestoneRecorded {
			return nil
		}
		var said deals.Fact
		if err := e.Read(&said); err != nil {
			return err
		}
		of := found[deals.ID(e.Opportunity)]
		if of.milestones == nil {
			of = telling{external: e.Opportunity, milestones: map[string]calendar.Instant{}}
		}
		if e.Kind == deals.Created && said.Name != "" {
			of.external = said.Name
		}
		if _, is := of.milestones[said.Name]; !is && e.Kind == deals.MilestoneRecorded {
			of.milestones[said.Name] = e.RecordedAt
		}
		found[deals.ID(e.Opportunity)] = of
		return nil
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return found
}

// noticeable is a miss of a chance that somebody would notice. Among thousands of chances
// smaller ones lie outside the bands of what luck explains, too.
const noticeable = .02

// calibrated wants of deals with like chances about as many to be won as was said.
func (f *firm) calibrated(v *view) {
	t := f.t
	t.Helper()
	points := PointsOf(v.details)
	gap, all, outside := 0.0, 0.0, 0
	for _, p := range points {
		gap += math.Abs(p.Said-p.Share) * float64(p.Count)
		all += float64(p.Count)
		if (p.Said < p.Low || p.Said > p.High) && math.Abs(p.Said-p.Share) > noticeable {
			outside++
		}
	}
	t.Logf("%d points, %d outside their bands, mean gap %.3f", len(points), outside, gap/all)
	if len(points) < 3 || outside > (len(points)+2)/3 || gap/all > .03 {
		t.Errorf("chances do not mean what they say: %+v", points)
	}
	if total := Total(v.own); math.Abs(bias(total)) > .25 {
		t.Errorf("%.1f wins were expected and %d came", total.WinsSaid, total.WinsCame)
	}
}

// covered wants ranges to hold about as often as they say.
func (f *firm) covered(v *view) {
	t := f.t
	t.Helper()
	list := v.holdings()
	if len(list) == 0 {
		t.Fatal("no ranges were kept")
	}
	for _, h := range list {
		t.Logf("%s: %d, %d, %d of %d, mean width %.1f", measureText(h), h.By[0].Inside, h.By[1].Inside, h.By[2].Inside, h.By[1].Count, h.By[1].MeanWidth)
		if h.Measure != wins {
			continue
		}
		for level, say := range Levels {
			if h.By[level].High < say {
				t.Errorf("%s, the range of %.0f %%, held in %d of %d", measureText(h), 100*say, h.By[level].Inside, h.By[level].Count)
			}
		}
	}
}
