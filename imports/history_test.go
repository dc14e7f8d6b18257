package imports

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// someLog is the log of n deals with facts of every kind, at distinct instants
// within a deal.
func someLog(n int) []string {
	var lines []string
	day := at("2024-01-01T00:00:00Z").Time()
	for d := range n {
		from := day.Add(time.Duration(d) * time.Hour)
		say := func(hours int, rest string, args ...any) {
			lines = append(lines, fmt.Sprintf("deal-%d,%s,%s", d, from.Add(time.Duration(hours)*time.Hour).Format(time.RFC3339), fmt.Sprintf(rest, args...)))
		}
		say(0, "created,Deal %d,", d)
		say(0, "account,Account  %d,", d%7)
		say(0, "owner,Clerk %d,", d%5)
		say(0, "attribute,segment,S%d", d%3)
		say(1, "amount,EUR,%d.50", 1000+d)
		say(2, "stage,qualified,")
		say(3, "milestone,Demo,achieved")
		say(4, "criterion,budget,met")
		say(5, "activity,call,\"said, \"\"yes\"\" on day %d\"", d)
		say(6, "call,commit,%d", 900+d)
		say(7, "close_date,,2024-12-%02d", 1+d%28)
		if d%2 == 0 {
			say(30, "outcome,%s,%s", []string{"won", "lost", "no_action"}[d%3], "someone")
		}
	}
	return lines
}

// small makes an import that sorts on disk and writes little batches.
func (w *world) small() *Import {
	i := w.fresh()
	i.most = usualLimits
	i.most.room, i.most.batchDeals = 2000, 4
	return i
}

func file(lines []string) string { return header + "\n" + strings.Join(lines, "\n") + "\n" }

func TestTheSameFileTwiceAddsNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		lines := append(someLog(25), "deal-3,2024-02-01T00:00:00Z,activity,call,twice", "deal-3,2024-02-01T00:00:00Z,activity,call,twice",
			"deal-3,2024-02-02T00:00:00Z,created,Again,")
		first := w.take(t, lines...)
		before := w.snapshot(t)
		again := w.take(t, lines...)
		if first.Taken != int64(len(lines)-1) || again.Taken != 0 || again.AlreadyThere != first.Taken || again.Rejected != 1 || again.NothingTaken() {
			t.Errorf("first %+v\nagain %+v", first, again)
		}
		sameAs(t, "after the second time", w.snapshot(t), before)
		w.verify(t)
	})
}

// However the lines are shuffled, the same comes out.
func TestTheOrderOfLinesDoesNotCount(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		lines := someLog(25)
		w.take(t, lines...)
		want := w.snapshot(t)
		for seed := range uint64(3) {
			other := newWorldBeside(t, w)
			shuffled := slices.Clone(lines)
			rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(a, b int) { shuffled[a], shuffled[b] = shuffled[b], shuffled[a] })
			if _, err := other.try(t, other.fresh(), file(shuffled)); err != nil {
				t.Fatal(err)
			}
			sameAs(t, "shuffled", other.snapshot(t), want)
		}
	})
}

func TestOverlappingFilesAddWhatIsNew(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		lines := someLog(20)
		whole := newWorldBeside(t, w)
		whole.take(t, lines...)
		first := w.take(t, lines[:148]...)
		second := w.take(t, lines[88:]...)
		if second.AlreadyThere != 60 || first.Taken+second.Taken != int64(len(lines)) || second.DealsChanged != 1 {
			t.Errorf("first %+v\nsecond %+v", first, second)
		}
		for d := range 20 {
			a, b := w.deal(t, fmt.Sprint("deal-", d)), whole.deal(t, fmt.Sprint("deal-", d))
			a.Version, b.Version = 0, 0
			if fmt.Sprint(a) != fmt.Sprint(b) {
				t.Errorf("deal %d is %+v, in one file %+v", d, a, b)
			}
		}
		w.verify(t)
	})
}

// Facts that come later but were true earlier land where they belong.
func TestALaterFileFillsInThePast(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.take(t, begun, "d1,2020-03-01T00:00:00Z,stage,proposal,", "d1,2020-06-01T00:00:00Z,outcome,won,price")
		sum := w.take(t, "d1,2020-02-01T00:00:00Z,stage,qualified,", "d1,2020-04-01T00:00:00Z,amount,EUR,5", "d1,2020-01-15T00:00:00Z,outcome,lost,Acme",
			"d1,2021-01-15T00:00:00Z,activity,call,thanks", "d1,2020-01-01T00:00:00Z,created,Another title,")
		o := w.deal(t, "d1")
		if sum.Taken != 3 || sum.Rejected != 2 || sum.DealsChanged != 1 || sum.AfterOutcome != 1 {
			t.Errorf("%+v %v", sum, rejected(t, sum))
		}
		if o.Stage != "proposal" || o.Amount == nil || o.Outcome != "won" || o.Title != "A title" || o.Activities != 1 {
			t.Errorf("the deal is %+v", o)
		}
		reasons := strings.Join(rejected(t, sum), "\n")
		if !strings.Contains(reasons, "recorded for 2020-06-01") || !strings.Contains(reasons, "is there already") {
			t.Errorf("the reasons are %s", reasons)
		}
		w.verify(t)
	})
}

// An import that is cut off anywhere and started again ends as if it never was.
func TestAnInterruptedImportContinues(t *testing.T) {
	lines := someLog(30)
	each(t, func(t *testing.T, w *world) {
		whole := newWorldBeside(t, w)
		if _, err := whole.try(t, whole.small(), file(lines)); err != nil {
			t.Fatal(err)
		}
		for stopAfter := int64(1); stopAfter < 3; stopAfter++ {
			i := w.small()
			ctx, stop := context.WithCancel(t.Context())
			batches := int64(0)
			i.Progress = func(p Progress) {
				if p.Writing {
					if batches++; batches == stopAfter {
						stop()
					}
				}
			}
			text := file(lines)
			_, err := Conduct(ctx, i, strings.NewReader(text), int64(len(text)))
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("cut off: %v", err)
			}
			if n := len(w.deals(t)); n == 0 || n >= 30 {
				t.Fatalf("%d deals are there after an interruption", n)
			}
			if state := w.newest(t).State; state != Interrupted {
				t.Errorf("the list says that it is %s", state)
			}
			w.verify(t)
		}
		sum, err := w.try(t, w.small(), file(lines))
		if err != nil || sum.AlreadyThere == 0 || sum.Taken == 0 {
			t.Fatalf("started again: %+v, %v", sum, err)
		}
		sameAs(t, "after an interruption", w.snapshot(t), whole.snapshot(t))
		w.verify(t)
	})
}

func TestStrictTakesAllOrNothing(t *testing.T) {
	lines := someLog(12)
	each(t, func(t *testing.T, w *world) {
		for _, bad := range []string{"nonsense", "deal-3,2024-12-31T00:00:00Z,created,Again,", "deal-2,2026-01-01T00:00:00Z,outcome,won,"} {
			i := w.small()
			i.Strict = true
			sum, err := w.try(t, i, file(append(slices.Clone(lines), bad)))
			if err != nil || !sum.Refused || !sum.NothingTaken() || sum.Rejected != 1 || len(w.deals(t)) != 0 || len(rejected(t, sum)) != 1 {
				t.Errorf("with %q: %+v, %v, %d deals", bad, sum, err, len(w.deals(t)))
			}
		}
		i := w.small()
		i.Strict = true
		if sum, err := w.try(t, i, file(lines)); err != nil || sum.Refused || sum.Taken != int64(len(lines)) {
			t.Errorf("with no bad line: %+v, %v", sum, err)
		}
	})
}

func TestPeopleAndAccountsAreFoundByName(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var kims []people.ID
		for _, from := range []string{"2020-01-01T00:00:00Z", "2019-01-01T00:00:00Z"} {
			err := ledger.Record(t.Context(), w.d(), ledger.By{At: now}, func(wr *ledger.Writer) error {
				p, err := people.Join(t.Context(), wr, people.Person{Name: "Kim Park", Email: "kim" + from[2:4] + "@example.com"}, at(from))
				kims = append(kims, p.ID)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		sum := w.take(t, begun, "d1,2020-01-01T00:00:00Z,owner,KIM\u00a0 park,",
			"d2,2020-05-01T00:00:00Z,created,Second,", "d2,2020-05-01T00:00:00Z,owner,Lee,", "d0,2020-07-01T00:00:00Z,created,Third,", "d0,2020-08-01T00:00:00Z,owner,lee,")
		if w.deal(t, "d1").Owner != kims[1] || sum.People != 1 || !slices.Equal(sum.SharedNames, []string{"Kim Park"}) {
			t.Errorf("the owner is %s of %v; %+v", w.deal(t, "d1").Owner, kims, sum)
		}
		lee, err := people.PersonOf(t.Context(), w.d(), org, w.deal(t, "d2").Owner)
		if err != nil || !lee.Imported || lee.Email != "" || lee.JoinedAt != at("2020-05-01T00:00:00Z") || w.deal(t, "d0").Owner != lee.ID {
			t.Errorf("Lee is %+v, %v", lee, err)
		}
		// Renamed meanwhile, and named again by a later file.
		if _, err := w.d().Exec(t.Context(), `update people set name = 'Lee Chan', name_key = 'lee chan' where id = $1`, lee.ID); err != nil {
			t.Fatal(err)
		}
		sum = w.take(t, "d2,2020-05-01T00:00:00Z,owner,Lee,", "d3,2020-05-02T00:00:00Z,created,Fourth,", "d3,2020-05-02T00:00:00Z,owner,Lee,",
			"d4,2020-05-01T00:00:00Z,created,Fifth,", "d4,2020-05-01T00:00:00Z,owner,Lee,")
		if w.deal(t, "d3").Owner != lee.ID || sum.People != 0 {
			t.Errorf("after a new name the owner is %s, want %s; %+v", w.deal(t, "d3").Owner, lee.ID, sum)
		}
	})
}

func TestAFirstImportFoundsTheOrganization(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		i := w.fresh()
		i.Org, i.Found = people.Organization{}, w.foundNew()
		sum, err := w.try(t, i, file([]string{"d9,2020-01-01T00:00:00Z,stage,nobody made it,"}))
		if err != nil || !sum.NothingTaken() || i.Org.ID != "" {
			t.Errorf("a file with nothing to take: %+v, %v, organization %q", sum, err, i.Org.ID)
		}
		i = w.fresh()
		i.Org, i.Found = people.Organization{}, w.foundNew()
		_, err = w.try(t, i, file([]string{begun, "d1,2020-01-02T00:00:00Z,amount,USD,1", "d1,2020-01-03T00:00:00Z,amount,MW,2", "d1,2020-01-04T00:00:00Z,amount,MW,3"}))
		if err != nil || i.Org.Currency != "MW" || i.Org.Name != "New" {
			t.Errorf("founded %+v, %v", i.Org, err)
		}
		runs, err := latestRuns(t.Context(), w.DB.For(i.Org.ID), now+1, 9)
		if err != nil || len(runs) != 1 || runs[0].State != Done || runs[0].Taken != 4 {
			t.Errorf("the list of imports: %+v, %v", runs, err)
		}
	})
}

func TestOneImportAtATime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		other := Run{ID: named("run", "other", now), File: "other.csv", Via: viaCommand}
		if err := claim(t.Context(), w.d(), &other, now); err != nil {
			t.Fatal(err)
		}
		_, err := w.try(t, w.fresh(), file(someLog(1)))
		if !problem.Is(err, problem.KindConflict) || !strings.Contains(err.Error(), "other.csv") {
			t.Errorf("beside a running import: %v", err)
		}
		later := w.fresh()
		later.Program.Clock = func() instant { return now.Add(time.Minute) }
		if sum, err := w.try(t, later, file(someLog(1))); err != nil || sum.Taken == 0 {
			t.Errorf("after the other fell silent: %+v, %v", sum, err)
		}
		if run, err := runOf(t.Context(), w.d(), other.ID); err != nil || run.State != Interrupted {
			t.Errorf("the other is %+v, %v", run, err)
		}
	})
}

// The import of a program that was killed does not keep the next one waiting.
func TestAKilledProgramIsKnownToBeGone(t *testing.T) {
	child := exec.Command("sleep", "0")
	if err := child.Run(); err != nil {
		t.Skip("SKIPPED: there is no sleep here")
	}
	machine := strings.Fields(worker)[0]
	cases := map[string]bool{
		worker: false,
		fmt.Sprintf("%s %d other", machine, os.Getpid()):             true, // the number was given again
		fmt.Sprintf("%s %d word", machine, child.ProcessState.Pid()): true,
		fmt.Sprintf("%s %d word", machine, os.Getppid()):             false,
		fmt.Sprintf("elsewhere %d word", child.ProcessState.Pid()):   false,
		"": false,
	}
	for name, gone := range cases {
		if isGone(name) != gone {
			t.Errorf("%q is gone: %v, want %v", name, !gone, gone)
		}
	}
	each(t, func(t *testing.T, w *world) {
		killed := Run{ID: named("run", "killed", now), File: "killed.csv", Via: viaCommand}
		if err := claim(t.Context(), w.d(), &killed, now); err != nil {
			t.Fatal(err)
		}
		if _, err := w.d().Exec(t.Context(), `update imports set worker = $1`, fmt.Sprintf("%s %d word", machine, child.ProcessState.Pid())); err != nil {
			t.Fatal(err)
		}
		if sum, err := w.try(t, w.fresh(), file(someLog(1))); err != nil || sum.Taken == 0 {
			t.Errorf("right after: %+v, %v", sum, err)
		}
	})
}

// Whatever histories, in whatever parts: the deals come out as from one file.
func TestHistoriesInPartsComeToTheSame(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			n++
			prefix := fmt.Sprintf("run%d-", n)
			var lines []string
			for _, l := range someLog(4) {
				if strings.Contains(l, ",created,") || rapid.Bool().Draw(rt, "keep") {
					lines = append(lines, l)
				}
			}
			cut := rapid.IntRange(1, len(lines)).Draw(rt, "cut")
			at := rapid.IntRange(0, cut).Draw(rt, "overlap")
			parts := func(mark string, files ...[]string) []string {
				for _, f := range files {
					text := strings.ReplaceAll(file(f), "deal-", prefix+mark)
					if len(f) == 0 {
						continue
					}
					if _, err := w.try(t, w.small(), text); err != nil {
						rt.Fatal(err)
					}
				}
				var states []string
				for _, id := range w.deals(t) {
					if strings.HasPrefix(id, prefix+mark) {
						o := w.deal(t, id)
						o.ID, o.ExternalID, o.Version = "", "", 0
						states = append(states, fmt.Sprintf("%+v", o))
					}
				}
				return states
			}
			whole, split := parts("a", lines), parts("b", lines[:cut], lines[at:])
			if !slices.Equal(whole, split) {
				rt.Fatalf("in parts:\n%s\nwhole:\n%s", strings.Join(split, "\n"), strings.Join(whole, "\n"))
			}
		})
	})
}
