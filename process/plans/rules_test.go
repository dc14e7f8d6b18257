package plans

import (
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/process"
)

func TestDrawnFromTheProcess(t *testing.T) {
	v := &process.Version{Process: "p", Number: 1, Definition: threePhases()}
	none := func(process.MilestoneID) bool { return false }
	steps := draw(v, none, "dan", newID, "2026-05-20") // a Wednesday
	want := []struct {
		text string
		side Side
		due  calendar.Date
	}{
		{"The need is agreed", Ours, "2026-06-01"},  // 30 May is a Saturday
		{"The solution fits", Theirs, "2026-06-22"}, // 21 June is a Sunday
		{"The money is there", Theirs, "2026-07-06"},
	}
	if len(steps) != len(want) {
		t.Fatalf("%d steps: %+v", len(steps), steps)
	}
	for i, w := range want {
		if s := steps[i]; s.Text != w.text || s.Side != w.side || s.Due != w.due || (s.Person == "dan") != (w.side == Ours) {
			t.Errorf("step %d is %+v, want %+v", i, s, w)
		}
	}
	if len(steps[1].After) != 1 || steps[1].After[0] != steps[0].ID {
		t.Errorf("the second step waits for %v", steps[1].After)
	}
	later := draw(v, func(id process.MilestoneID) bool { return id == "need" || id == "fit" }, "dan", newID, "2026-05-20")
	if len(later) != 1 || later[0].Milestone != "money" {
		t.Errorf("from the deal's place on: %+v", later)
	}
}

func planOf(agreed bool, steps ...Step) *Plan {
	p := &Plan{Content: Content{Steps: steps}}
	for i := range p.Steps {
		s := &p.Steps[i]
		if s.Course == nil {
			s.Course = &Course{}
		}
		if agreed {
			p.AgreedAt = 1
		}
	}
	return p
}

func TestHealth(t *testing.T) {
	done := &Course{DoneAt: 1}
	for _, c := range []struct {
		name   string
		plan   *Plan
		want   Health
		reason string
	}{
		{"nothing late", planOf(true, Step{Text: "a", Due: "2026-05-20"}), OnTrack, "where it was agreed"},
		{"not agreed", planOf(false, Step{Text: "a", Due: "2026-05-21"}), OnTrack, "not agreed"},
		{"a day late", planOf(true, Step{Text: "a", Due: "2026-05-19"}), Slipping, "“a” is 1 day late."},
		{"two weeks late", planOf(true, Step{Text: "a", Due: "2026-05-06"}), Slipping, "14 days late."},
		{"more", planOf(true, Step{Text: "a", Due: "2026-05-05"}, Step{Text: "b", Due: "2026-05-19"}), Stalled, "“a” is 15 days late, and another step is late."},
		{"late but done", planOf(true, Step{Text: "a", Due: "2026-01-05", Course: done}, Step{Text: "b", Due: "2026-06-01"}), OnTrack, ""},
		{"end a week later", planOf(true, Step{Text: "a", Due: "2026-06-08", Course: &Course{First: "2026-06-01"}}), OnTrack, ""},
		{"end eight days later", planOf(true, Step{Text: "a", Due: "2026-06-09", Course: &Course{First: "2026-06-01"}}), Slipping, "8 days later"},
		{"all done", planOf(true, Step{Text: "a", Due: "2026-01-05", Course: done}), Finished, "Every step"},
		{"no steps", planOf(false), OnTrack, ""},
		{"no date", planOf(true, Step{Text: "a"}), OnTrack, ""},
	} {
		if got, reason := HealthOf(c.plan, "2026-05-20"); got != c.want || !strings.Contains(reason, c.reason) {
			t.Errorf("%s: %s (%s), want %s (%s)", c.name, got, reason, c.want, c.reason)
		}
	}
}

func TestStepsAreChecked(t *testing.T) {
	p := planOf(true, Step{ID: "1", Text: "one", Side: Ours, Due: "2026-06-01"}, Step{ID: "2", Text: "two", Side: Ours, Due: "2026-06-10", After: []StepID{"1"}},
		Step{ID: "3", Text: "three", Side: Ours, Due: "2026-06-12", After: []StepID{"2"}})
	for _, c := range []struct {
		name string
		step Step
		want string // in the refusal; empty for none
	}{
		{"good", Step{Text: " x ", Side: Theirs, Due: "2026-06-10", After: []StepID{"2"}}, ""},
		{"no words", Step{Text: "  ", Side: Ours}, "Say what has to happen"},
		{"long", Step{Text: strings.Repeat("ä", 201), Side: Ours}, "more than 200"},
		{"longest", Step{Text: strings.Repeat("ä", 200), Side: Ours}, ""},
		{"no side", Step{Text: "x"}, "whose step"},
		{"no date like this", Step{Text: "x", Side: Ours, Due: "2026-02-30"}, "not a date"},
		{"another century", Step{Text: "x", Side: Ours, Due: "2126-02-03"}, "ten years"},
		{"waits for nothing", Step{Text: "x", Side: Ours, After: []StepID{"9"}}, "not in the plan"},
		{"waits for itself", Step{ID: "1", Text: "x", Side: Ours, After: []StepID{"1"}}, "wait for the other"},
		{"a circle", Step{ID: "1", Text: "x", Side: Ours, After: []StepID{"3"}}, "wait for the other"},
		{"before what it waits for", Step{ID: "3", Text: "x", Side: Ours, Due: "2026-06-09", After: []StepID{"2"}}, "due later"},
	} {
		_, err := c.step.checked(p, "2026-05-20")
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	behind := p.Behind("1", "2026-06-11")
	if len(behind) != 1 || behind[0].ID != "2" {
		t.Errorf("a step that is moved past what waits for it takes along %+v", behind)
	}
}

func TestPasscodes(t *testing.T) {
	code := newPasscode()
	hash := hashPasscode(code)
	if !fits(code, hash) || !fits(" "+strings.ToUpper(code[:4])+" "+code[5:], hash) {
		t.Errorf("the passcode %q does not fit its own hash", code)
	}
	if fits(newPasscode(), hash) || fits("", hash) || fits(code, "") || strings.Contains(hash, code[:4]+code[5:]) {
		t.Error("another passcode fits, or the hash shows it")
	}
	if proves(proofOf("token", hash), "token2", hash) || !proves(proofOf("token", hash), "token", hash) || proves("", "token", hash) {
		t.Error("the proof of one link opens another")
	}
}

func TestWaitingTimes(t *testing.T) {
	for count, minutes := range map[int]float64{0: 0, 4: 0, 5: 1, 6: 2, 7: 4, 30: 60} {
		if got := passcodes.wait(count).Minutes(); got != minutes {
			t.Errorf("after %d tries one waits %v minutes, want %v", count, got, minutes)
		}
	}
}

func newID() string { return db.NewID(1) }
