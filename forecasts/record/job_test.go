package record

import (
	"context"
	"errors"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/forecasts"
	"milepost/forecasts/landmark"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
)

// What the page adds up is what a backtest of the same days says.
func TestScoresAreThoseOfABacktest(t *testing.T) {
	each(t, func(t *testing.T, f *firm) {
		f.backtested(weeks("2026-05-04", 8), []forecasts.Horizon{7, 30, 90}, forecasts.Methods()...)
	})
}

// So it is with a model that has learned.
func TestScoresOfAModelAreThoseOfABacktest(t *testing.T) {
	f := newFirm(t, testdb.Open(t, db.SQLite, schemas...), 160)
	f.backtested([]calendar.Date{"2026-03-02", "2026-04-06"}, []forecasts.Horizon{30}, append(forecasts.Methods(), forecasts.Generation{Of: landmark.Activities})...)
}

func (f *firm) backtested(days []calendar.Date, horizons []forecasts.Horizon, methods ...forecasts.Method) {
	t := f.t
	t.Helper()
	f.freeze(days...)
	f.score(noon)
	log, _, err := f.mem.History(t.Context(), f.d, f.o)
	if err != nil {
		t.Fatal(err)
	}
	var asOfs []calendar.Instant
	for _, day := range days {
		asOfs = append(asOfs, day.Midnight(f.o.Place()))
	}
	report, err := forecasts.Backtest(t.Context(), log, asOfs, horizons, methods, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range report.Methods {
		for _, want := range m.Horizons {
			f.matches(m.Name, &want, len(days), report.Currency)
		}
	}
}

func (f *firm) matches(method string, want *forecasts.HorizonScores, days int, currency string) {
	t := f.t
	t.Helper()
	h := forecasts.Horizon(want.Days)
	var mine []Score
	var on []calendar.Date
	for _, s := range f.at(h) {
		if s.Method == method {
			mine, on = append(mine, s), append(on, s.Day)
		}
	}
	if len(mine) != days {
		t.Fatalf("%s, %v: %d days are scored, want %d", method, h, len(mine), days)
	}
	details, err := detailsAt(t.Context(), f.d, h, on)
	if err != nil {
		t.Fatal(err)
	}
	var wins, amount total
	var fine []Details
	for _, s := range mine {
		fine = append(fine, details[s.Day][method])
		in := details[s.Day][method].Money[currency]
		wins.add(s.WinsSaid, float64(s.WinsCame), s.Variance)
		amount.add(in.Said, in.Came, in.Variance)
	}
	all := Total(mine)
	if all.Deals != want.N || all.WinsCame == 0 {
		t.Errorf("%s, %v: %d deals and %d wins, the backtest has %d", method, h, all.Deals, all.WinsCame, want.N)
	}
	near(t, method+" Brier", all.Brier/float64(all.Deals), *want.Brier, 1e-12)
	near(t, method+" log loss", all.Log/float64(all.Deals), *want.LogLoss, 1e-12)
	if c := CalibrationOf(fine); c.HasSlope != (want.CalibrationSlope != nil) || c.HasOffset != (want.CalibrationOffset != nil) {
		t.Errorf("%s: %+v, the backtest has %v, %v", method, c, want.CalibrationSlope, want.CalibrationOffset)
	} else if c.HasSlope {
		near(t, method+" slope", c.Slope, *want.CalibrationSlope, .005)
		near(t, method+" offset", c.Offset, *want.CalibrationOffset, .005)
	}
	near(t, method+" WAPE of wins", wins.missed().WAPE, *want.WAPEWins, 1e-12)
	near(t, method+" bias of wins", wins.missed().Bias, *want.BiasWins, 1e-12)
	near(t, method+" noise floor", wins.missed().Floor, *want.FloorWins, 1e-12)
	near(t, method+" WAPE of amounts", amount.missed().WAPE, *want.WAPEAmount, 1e-9)
	near(t, method+" noise floor of amounts", amount.missed().Floor, *want.FloorAmount, 1e-9)
}

// A horizon is scored when it has ended and the ledger tells of that day, not before; the
// job does nothing twice.
func TestHorizonsAreScoredWhenTheyEnd(t *testing.T) {
	each(t, func(t *testing.T, f *firm) {
		f.freeze("2026-11-02", "2026-11-12")
		f.score(noon.Add(-8 * 24 * time.Hour)) // 11 November: seven days from the 2nd have passed
		if list := f.at(7); len(list) != f.methods() || list[0].Day != "2026-11-02" || len(f.at(14)) != 0 {
			t.Fatalf("scored on 11 November: %v, %v", f.at(7), f.at(14))
		}
		f.score(noon)
		first := f.at(7)
		if len(first) != 2*f.methods() || len(f.at(14)) != f.methods() || len(f.at(30)) != 0 {
			t.Fatalf("scored on 19 November: %d, %d, %d", len(f.at(7)), len(f.at(14)), len(f.at(30)))
		}
		f.score(noon.Add(40 * 24 * time.Hour)) // nothing was recorded since: nobody knows what came
		if len(f.at(30)) != 0 {
			t.Error("a horizon was scored of which the ledger tells nothing yet")
		}
	})
}

func TestTheJobCanBeCutOff(t *testing.T) {
	each(t, func(t *testing.T, f *firm) {
		f.freeze("2026-08-03", "2026-08-10")
		ctx, stop := context.WithCancel(t.Context())
		s := &scorer{d: f.d, o: f.o, known: 1}
		stop()
		if err := s.score(ctx, &forecasts.FrozenHead{}, nil, false); !errors.Is(err, context.Canceled) {
			t.Errorf("cut off: %v", err)
		}
		f.score(noon)
		if list := f.at(30); len(list) != 2*f.methods() {
			t.Errorf("after a run that was cut off %d are scored", len(list))
		}
	})
}

// An outcome that is imported late, with its own date, changes the score of a horizon that
// ended lately, and leaves one that ended long ago.
func TestALateOutcomeIsScoredAgain(t *testing.T) {
	each(t, func(t *testing.T, f *firm) {
		f.freeze("2026-06-01", "2026-10-05")
		f.score(noon)
		before := f.at(30)
		deal := f.openOn("2026-10-05")
		f.closes(deal, "2026-06-20")
		f.closes(deal, "2026-10-20")
		f.score(noon.Add(time.Hour))
		after := f.at(30)
		for i, was := range before {
			is := after[i]
			if was.Day == "2026-06-01" && is != was {
				t.Errorf("what ended in July was rewritten: %+v, before %+v", is, was)
			}
			if was.Day == "2026-10-05" && (is.WinsCame != was.WinsCame+1 || is.Known <= was.Known || is.Brier == was.Brier) {
				t.Errorf("a late win: %+v, before %+v", is, was)
			}
		}
	})
}

// A deal that is opened again by hand unscores what its end had scored, as far back as
// scores are put right; won once more, it is scored once more. Nothing else moves.
func TestAnEndThatIsTakenBackIsUnscored(t *testing.T) {
	each(t, func(t *testing.T, f *firm) {
		f.freeze("2026-06-01", "2026-10-05")
		deal := f.openOn("2026-10-05")
		f.score(noon)
		before := f.at(30)
		f.closes(deal, "2026-10-20")
		f.score(noon.Add(time.Hour))
		won := f.at(30)
		if one := won[len(won)-1]; one.Day != "2026-10-05" || one.WinsCame != before[len(before)-1].WinsCame+1 {
			t.Fatalf("a win is not scored: %+v", one)
		}
		f.reopens(deal, noon.Add(2*time.Hour))
		f.score(noon.Add(3 * time.Hour))
		for i, is := range f.at(30) {
			is.Known, is.Packed = before[i].Known, before[i].Packed
			if is != before[i] {
				t.Errorf("taken back: %+v, before it was won %+v", is, before[i])
			}
		}
		f.closesAt(deal, noon.Add(4*time.Hour)) // later than the horizon's end
		f.score(noon.Add(5 * time.Hour))
		if is := f.at(30); is[len(is)-1].WinsCame != before[len(before)-1].WinsCame {
			t.Error("a win after its end is counted to a horizon")
		}
	})
}

// methods is how many there are to freeze in this company.
func (f *firm) methods() int {
	list, err := forecasts.FrozenHeads(f.t.Context(), f.d, f.o.ID, "")
	if err != nil {
		f.t.Fatal(err)
	}
	names := map[string]bool{}
	for _, head := range list {
		names[head.Method] = true
	}
	return len(names)
}

// openOn finds a deal that was open on a day and that the log knows nothing of after it.
func (f *firm) openOn(day calendar.Date) deals.ID {
	f.t.Helper()
	log, _, err := f.mem.History(f.t.Context(), f.d, f.o)
	if err != nil {
		f.t.Fatal(err)
	}
	for _, open := range log.Before(day.Midnight(f.o.Place())).Open() {
		if log.EndedBefore(open.Deal, noon) == 0 && open.Created < calendar.Date("2026-05-01").Midnight(f.o.Place()) {
			return deals.ID(open.ID)
		}
	}
	f.t.Fatal("no deal was open then and is open still")
	return ""
}

// closes imports a win with the instants of the system that it comes from.
func (f *firm) closes(deal deals.ID, day calendar.Date) {
	f.t.Helper()
	f.closesAt(deal, day.Midnight(f.o.Place()).Add(time.Hour))
}

func (f *firm) closesAt(deal deals.ID, at calendar.Instant) {
	f.t.Helper()
	f.tells(deal, at, deals.Closed, deals.Fact{Name: string(deals.Won)})
}

func (f *firm) reopens(deal deals.ID, at calendar.Instant) {
	f.t.Helper()
	f.tells(deal, at, deals.Reopened, deals.Fact{Reason: "It was not final."})
}

func (f *firm) imports(deal deals.ID, day calendar.Date, kind ledger.Kind, fact deals.Fact) {
	f.t.Helper()
	f.tells(deal, day.Midnight(f.o.Place()).Add(time.Hour), kind, fact)
}

func (f *firm) tells(deal deals.ID, at calendar.Instant, kind ledger.Kind, fact deals.Fact) {
	f.t.Helper()
	err := ledger.Record(f.t.Context(), f.d, ledger.By{Via: ledger.ViaImport, At: noon}, func(w *ledger.Writer) error {
		_, err := w.AddAs(ledger.Entry{ID: db.NewID(noon), RecordedAt: at, EffectiveAt: at, Kind: kind, Subject: string(deal), Opportunity: string(deal)}, fact)
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
}

// A rehearsed forecast that was made again, because history was imported, is scored again,
// at all horizons and however long ago they ended; until then its day is said to be outdated.
func TestARehearsalMadeAgainIsScoredAgain(t *testing.T) {
	each(t, func(t *testing.T, f *firm) {
		f.rehearse(2)
		f.score(noon)
		before := f.at(30)
		deal := deals.ID(db.NewID(noon))
		f.imports(deal, "2026-03-02", deals.Created, deals.Fact{Name: "late", Value: "Came late"})
		f.closes(deal, "2026-06-20")
		f.rehearse(0) // finds out, and has no time
		f.as(f.truth.Rep).Get(Path).Is(200).Has("are being made again")
		f.rehearse(2)
		f.score(noon.Add(time.Hour))
		after, more := f.at(30), 0
		for i, was := range before {
			is := after[i]
			if was.Day > "2026-03-02" && was.Day < "2026-06-19" {
				more++
				if is.Deals != was.Deals+1 || is.Sequence <= was.Sequence {
					t.Errorf("%s by %s: %+v, before %+v", was.Day, was.Method, is, was)
				}
			}
			if was.Day <= "2026-03-02" && is != was {
				t.Errorf("%s by %s was scored again", was.Day, was.Method)
			}
		}
		if more < 4 || len(after) != len(before) {
			t.Errorf("%d days could have changed; %d scores were %d", more, len(after), len(before))
		}
		f.as(f.truth.Rep).Get(Path).Is(200).Lacks("are being made again")
	})
}
