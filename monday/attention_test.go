package monday

import (
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/money"
)

// history is one in which everything has a line: 20 days at Offer, 10 days between
// contacts, twice later, by half as much again; in plans once later,
// and 9 days in which nothing happens.
func history() usuals {
	line := func(r rule, stage string, most float64) usual {
		return usual{usualKey: usualKey{Rule: r, Stage: stage}, Cases: 120, Deals: 80, Typical: most / 2, Most: most}
	}
	return newUsuals([]usual{line(stuck, "Offer", 20), line(silent, "Offer", 10), line(slipped, "", 2), line(jumped, "", 1.5),
		line(theirMoves, "", 1), line(quietPlan, "", 9)}, 1)
}

var judgedAt = calendar.Date("2026-05-20").Midnight(time.UTC)

// sound is a deal with which nothing is wrong.
func sound() *deal {
	minor := int64(1000)
	return &deal{ID: "a", Title: "Scales", Stage: "Offer", StageSince: before(judgedAt, 5), CreatedAt: before(judgedAt, 30), LastActivity: before(judgedAt, 2),
		CloseDate: "2026-06-30", Minor: &minor, Currency: "EUR", Next: &step{Due: "2026-05-22"},
		Plan: &planned{ID: "a", Told: before(judgedAt, 3), Open: true}}
}

func watching(u usuals) *watch {
	return &watch{Now: judgedAt, Today: "2026-05-20", Usual: u, Steps: true, Median: map[money.Currency]float64{"EUR": 500}, Moves: map[string]*move{}}
}

// Each rule, just under and just over its line.
func TestRules(t *testing.T) {
	second := 1.0 / 86400
	for name, c := range map[string]struct {
		change func(*deal, *watch)
		want   rule   // empty: nothing is flagged
		says   string // a part of the reason or its basis
	}{
		"sound":                    {func(*deal, *watch) {}, "", ""},
		"to close today":           {func(d *deal, _ *watch) { d.CloseDate = "2026-05-20" }, "", ""},
		"should have closed":       {func(d *deal, _ *watch) { d.CloseDate = "2026-05-19" }, datePassed, "1 day ago"},
		"no date":                  {func(d *deal, _ *watch) { d.CloseDate = "" }, "", ""},
		"no next step":             {func(d *deal, _ *watch) { d.Next = nil }, noNextStep, "No next step"},
		"nobody plans steps":       {func(d *deal, w *watch) { d.Next, w.Steps = nil, false }, "", ""},
		"at the stage for 20 days": {func(d *deal, _ *watch) { d.StageSince = before(judgedAt, 20) }, "", ""},
		"and a second":             {func(d *deal, _ *watch) { d.StageSince = before(judgedAt, 20+second) }, stuck, "within 20 days (80 deals)"},
		"another stage":            {func(d *deal, _ *watch) { d.Stage, d.StageSince = "Talk", before(judgedAt, 400) }, "", ""},
		"no contact for 10 days":   {func(d *deal, _ *watch) { d.LastActivity = before(judgedAt, 10) }, "", ""},
		"no contact and a second":  {func(d *deal, _ *watch) { d.LastActivity = before(judgedAt, 10+second) }, silent, "within 10 days of the one before (80 deals)"},
		"never any contact":        {func(d *deal, _ *watch) { d.LastActivity, d.CreatedAt = 0, before(judgedAt, 11) }, silent, "since it was opened 11 days ago"},
		"opened lately":            {func(d *deal, _ *watch) { d.LastActivity, d.CreatedAt = 0, before(judgedAt, 9) }, "", ""},
		"moved later twice":        {func(d *deal, _ *watch) { d.Slips = 2 }, "", ""},
		"moved later three times":  {func(d *deal, _ *watch) { d.Slips = 3 }, slipped, "at most twice (80 deals)"},
		"worth half as much again": {func(d *deal, w *watch) { w.was(d, 1000, 1500) }, "", ""},
		"worth a little more yet":  {func(d *deal, w *watch) { w.was(d, 1000, 1501) }, jumped, "stay within 1.5 times (80 deals)"},
		"worth that much less":     {func(d *deal, w *watch) { w.was(d, 1501, 1000) }, jumped, "fell from EUR 15.01 to EUR 10"},
		"their step slipped once":  {func(d *deal, _ *watch) { d.Plan.Slipping, d.Plan.Slips = "Sign", 1 }, "", ""},
		"their step slipped twice": {func(d *deal, _ *watch) { d.Plan.Slipping, d.Plan.Slips = "Sign", 2 }, theirMoves, "step “Sign” slipped twice / Nine in ten steps that buyers took slipped at most once (80 deals)"},
		"quiet plan for 9 days":    {func(d *deal, _ *watch) { d.Plan.Told = before(judgedAt, 9) }, "", ""},
		"quiet plan and a second":  {func(d *deal, _ *watch) { d.Plan.Told = before(judgedAt, 9+second) }, quietPlan, "quiet for 9 days / Nine in ten times, something happened in a plan again within 9 days (80 deals)"},
		"quiet, for all is done":   {func(d *deal, _ *watch) { d.Plan.Told, d.Plan.Open = before(judgedAt, 90), false }, "", ""},
		"no plan":                  {func(d *deal, _ *watch) { d.Plan = nil }, "", ""},
		"in another currency now":  {func(d *deal, w *watch) { w.was(d, 10, 1000); d.Currency = "USD" }, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d, w := sound(), watching(history())
			c.change(d, w)
			flags := w.judge(d)
			if urgency := w.urgency(d); (urgency > 0) != (len(flags) > 0) || urgency > 0 && urgency != flags[0].Urgency {
				t.Errorf("urgent by %v, and told by %+v", urgency, flags)
			}
			switch {
			case c.want == "" && len(flags) == 0:
			case c.want == "" || len(flags) != 1 || flags[0].Rule != c.want:
				t.Fatalf("flagged as %+v, want %q", flags, c.want)
			case !strings.Contains(flags[0].reason(d)+" / "+flags[0].basis(), c.says):
				t.Errorf("it says %q, %q; want %q", flags[0].reason(d), flags[0].basis(), c.says)
			}
			for _, f := range flags {
				if f.do(d).Label == "" || !strings.Contains(f.do(d).Path, "a") || f.Urgency < 1 || f.Urgency > mostUrgent {
					t.Errorf("there is nothing to do about %+v", f)
				}
			}
		})
	}
}

func (w *watch) was(d *deal, then, now int64) {
	d.Minor = &now
	w.Moves[string(d.ID)] = &move{ID: d.ID, Then: position{Exists: true, Amount: &money.Amount{Minor: then, Currency: "EUR"}}}
}

// Without a history only what needs none is said.
func TestWithoutHistory(t *testing.T) {
	d, w := sound(), watching(usuals{})
	d.StageSince, d.LastActivity, d.CreatedAt, d.Slips = before(judgedAt, 900), 0, before(judgedAt, 900), 40
	d.Plan.Told, d.Plan.Slips = before(judgedAt, 900), 40
	w.was(d, 1, 100_000)
	if flags := w.judge(d); len(flags) != 0 {
		t.Errorf("flagged without any history: %+v", flags)
	}
	d.CloseDate, d.Next = "2026-05-01", nil
	if flags := w.judge(d); len(flags) != 2 || flags[0].Rule != datePassed || flags[1].Rule != noNextStep {
		t.Errorf("what needs no history is not said: %+v", flags)
	}
	if missing := w.Usual.silentAbout(); len(missing) != 4 {
		t.Errorf("said to be silent about %v", missing)
	}
}

// The strongest reason is first; deals are in the order of size times urgency.
func TestTheOrderOfConcerns(t *testing.T) {
	w := watching(history())
	late := sound() // 30 days at Offer: 1.5; two months late: 3, the most
	late.StageSince, late.CloseDate = before(judgedAt, 30), "2026-03-20"
	c := w.concernOf(late)
	if len(c.Flags) != 2 || c.Flags[0].Rule != datePassed || c.Size != 2 || c.Weight != 2*mostUrgent {
		t.Errorf("the concern is %+v", c)
	}
	unknown := sound()
	unknown.ID, unknown.Minor, unknown.CloseDate = "b", nil, "2026-03-20"
	big := sound()
	big.ID, big.Next = "c", nil
	*big.Minor = 5000
	of := func(list ...*deal) (weighs []weighed) {
		for _, d := range list {
			weighs = append(weighs, weighed{d, w.urgency(d) * w.size(d)})
		}
		return weighs
	}
	heaviest := ranking{most: 3}
	for range 5 { // so that it is cut on the way
		heaviest.take(of(big, late, unknown))
		heaviest.take(of(unknown))
	}
	heaviest.cut()
	if list := heaviest.list; len(list) != 3 || list[0].ID != "c" || list[2].ID != "c" {
		t.Errorf("of many the heaviest three are %v", list)
	}
	heaviest = ranking{most: 3}
	heaviest.take(of(late))
	heaviest.take(of(big, unknown))
	heaviest.cut()
	list := heaviest.list
	if list[0].ID != "c" || list[1].ID != "a" || list[2].ID != "b" { // 10 x 1, 2 x 3, 1 x 3
		t.Errorf("in the order %s, %s, %s", list[0].ID, list[1].ID, list[2].ID)
	}
}
