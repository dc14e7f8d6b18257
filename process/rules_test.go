package process

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/deals"
	"milepost/money"
	"milepost/problem"
)

// small is a process in three phases: the second requires two of three milestones, the
// third requires none of two.
func small() Definition {
	mark := func(id string, required bool, after ...MilestoneID) Milestone {
		return Milestone{ID: MilestoneID(id), Name: "The " + id, Required: required, After: after, TypicalDays: 10, Coaching: "How do you know?",
			Markers: []Marker{{ID: MarkerID(id + "-1"), Kind: Confirmed, Text: "They say so", Proof: "By name"}}}
	}
	return Definition{Name: "Machines", Phases: []Phase{
		{ID: "p1", Name: "Need", Milestones: []Milestone{mark("need", true)}},
		{ID: "p2", Name: "Solution", Milestones: []Milestone{mark("fit", true, "need"), mark("proof", true), mark("visit", false)}},
		{ID: "p3", Name: "Decision", Milestones: []Milestone{mark("talk", false), mark("money", false, "fit")}},
	}}
}

func TestStage(t *testing.T) {
	d := small()
	for _, c := range []struct {
		stands string
		want   int
	}{
		{"", 0}, {"need", 0}, {"fit", 0}, {"visit", 0}, {"fit proof", 1}, {"fit proof need", 1}, {"fit proof visit", 1},
		{"talk", 2}, {"money", 2}, {"fit proof talk money", 2}, {"unknown", 0},
	} {
		stands := func(id MilestoneID) bool { return slices.Contains(strings.Fields(c.stands), string(id)) }
		if got := d.Stage(stands); got != c.want {
			t.Errorf("with %q the deal is at phase %d, want %d", c.stands, got, c.want)
		}
	}
	if got := (&Definition{}).Stage(func(MilestoneID) bool { return true }); got != -1 {
		t.Errorf("a process without phases has the stage %d", got)
	}
	if missing := d.Phases[1].Missing(func(id MilestoneID) bool { return id == "fit" }); len(missing) != 1 || missing[0].ID != "proof" {
		t.Errorf("missing: %+v", missing)
	}
}

// What is shown more never brings a deal back, and what it reached is shown.
func TestStageOnlyRisesWithWhatIsShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Definition{}
		var all []MilestoneID
		for i := range rapid.IntRange(1, 5).Draw(t, "phases") {
			p := Phase{ID: PhaseID(rune('a' + i))}
			for range rapid.IntRange(0, 4).Draw(t, "milestones") {
				id := MilestoneID(rune('A' + len(all)))
				p.Milestones = append(p.Milestones, Milestone{ID: id, Required: rapid.Bool().Draw(t, "required")})
				all = append(all, id)
			}
			d.Phases = append(d.Phases, p)
		}
		shown := map[MilestoneID]bool{}
		stands := func(id MilestoneID) bool { return shown[id] }
		before := d.Stage(stands)
		if before != 0 {
			t.Fatalf("with nothing shown the deal is at %d", before)
		}
		for _, id := range rapid.Permutation(all).Draw(t, "order") {
			shown[id] = true
			now := d.Stage(stands)
			if now < before {
				t.Fatalf("showing %s more brings the deal from %d back to %d", id, before, now)
			}
			if now > 0 && (len(d.Phases[now].Missing(stands)) > 0 || !slices.ContainsFunc(d.Phases[now].Milestones, func(m Milestone) bool { return shown[m.ID] })) {
				t.Fatalf("the deal is at %d, of which not all that is required is shown", now)
			}
			before = now
		}
	})
}

func TestWhatCannotBePublished(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Definition)
		field  string
		says   string
	}{
		"as it is":         {func(*Definition) {}, "", ""},
		"one phase":        {func(d *Definition) { d.Phases = d.Phases[:1] }, "", "at least two phases"},
		"no name":          {func(d *Definition) { d.Name = "" }, "name", "Give the process a name"},
		"a phase twice":    {func(d *Definition) { d.Phases[1].Name = " need" }, "phase.2", "a name of its own"},
		"nothing in it":    {func(d *Definition) { d.Phases[2].Milestones = nil }, "phase.3", "no deal could ever reach it"},
		"a name twice":     {func(d *Definition) { d.Phases[2].Milestones[1].Name = "THE NEED" }, "milestone.3.2", "a name of its own"},
		"no marker":        {func(d *Definition) { d.Phases[1].Milestones[0].Markers = nil }, "milestone.2.1", "nobody could show"},
		"a marker of none": {func(d *Definition) { d.Phases[1].Milestones[0].Markers[0].Text = "" }, "milestone.2.1", "does not say what there is to be shown"},
		"a kind of none":   {func(d *Definition) { d.Phases[1].Milestones[0].Markers[0].Kind = "felt" }, "marker.2.1.1", "deliverable or a confirmed action"},
		"a role of none": {func(d *Definition) {
			d.Phases[1].Milestones[0].Markers[0].Roles = append(d.Phases[1].Milestones[0].Markers[0].Roles, "friend")
		}, "marker.2.1.1", "not a buying role"},
		"days below zero":    {func(d *Definition) { d.Phases[0].Milestones[0].TypicalDays = -1 }, "milestone.1.1", "Typical days"},
		"a level of four":    {func(d *Definition) { d.Criteria = []Criterion{{ID: "c", Part: Political, Question: "Who?", Level: 4}} }, "criterion.1", "A level goes from 1 to 3"},
		"a question of none": {func(d *Definition) { d.Criteria = []Criterion{{ID: "c", Part: Political, Level: 1}} }, "criterion.1", "needs its question"},
		"an id twice":        {func(d *Definition) { d.Phases[2].Milestones[0].ID = "need" }, "", "there twice"},
		"too long":           {func(d *Definition) { d.Phases[0].Milestones[0].Name = strings.Repeat("x", longestName+1) }, "milestone.1.1", "more than 120"},
		"a circle":           {func(d *Definition) { d.Phases[0].Milestones[0].After = []MilestoneID{"money"} }, "", "each wait for the other"},
		"after itself":       {func(d *Definition) { d.Phases[0].Milestones[0].After = []MilestoneID{"need"} }, "", "each wait for the other"},
		"after none":         {func(d *Definition) { d.Phases[0].Milestones[0].After = []MilestoneID{"gone"} }, "", "not there any more"},
	} {
		d := small()
		c.change(&d)
		said := problem.ByField(d.checkPublishable())
		switch {
		case c.says == "" && len(said) > 0:
			t.Errorf("%s: %v", name, said)
		case c.says != "" && !strings.Contains(said[c.field], c.says):
			t.Errorf("%s: refused with %v, want %q at %q", name, said, c.says, c.field)
		}
	}
}

func TestLint(t *testing.T) {
	if sound := small(); len(sound.Lint()) != 1 || !strings.Contains(sound.Lint()[0].Sentence, "“Decision” requires nothing") {
		t.Fatalf("of the small process it says %+v", sound.Lint())
	}
	for name, c := range map[string]struct {
		change      func(*Definition)
		where, says string
	}{
		"the buyer does nothing": {func(d *Definition) { d.Phases[0].Milestones[0].Markers[0].Kind = Deliverable }, "phase.1", "the buyer does nothing"},
		"for the seller only":    {func(d *Definition) { d.Phases[0].Milestones[0].Markers[0].SellerOnly = true }, "milestone.1.1", "Only the seller"},
		"no proof":               {func(d *Definition) { d.Phases[0].Milestones[0].Markers[0].Proof = "" }, "milestone.1.1", "what counts as proof"},
		"no days":                {func(d *Definition) { d.Phases[0].Milestones[0].TypicalDays = 0 }, "milestone.1.1", "nothing is ever overdue"},
		"no question":            {func(d *Definition) { d.Phases[0].Milestones[0].Coaching = "" }, "milestone.1.1", "no question for the manager"},
		"no marker":              {func(d *Definition) { d.Phases[0].Milestones[0].Markers = nil }, "milestone.1.1", "has no marker"},
		"too many in a phase":    {func(d *Definition) { d.Phases[1].Milestones = slices.Repeat(d.Phases[1].Milestones, 3) }, "phase.2", "people tick boxes"},
		"too many":               {func(d *Definition) { d.Phases = slices.Repeat(d.Phases, 5) }, "", "more than a manager can track"},
		"too few":                {func(d *Definition) { d.Phases = d.Phases[:1] }, "", "little to tell"},
		"a part is missing":      {func(d *Definition) { d.Criteria = []Criterion{{Part: Financial, Level: 1}} }, "criteria", "no political criterion"},
	} {
		d := small()
		c.change(&d)
		if !slices.ContainsFunc(d.Lint(), func(a Advice) bool { return a.Where == c.where && strings.Contains(a.Sentence, c.says) }) {
			t.Errorf("%s: it says %+v, want %q at %q", name, d.Lint(), c.says, c.where)
		}
	}
}

func TestChoiceFits(t *testing.T) {
	deal := func(segment, product string, minor int64, currency money.Currency) deals.Opportunity {
		o := deals.Opportunity{Attributes: map[string]string{"segment": segment, "product": product}}
		if currency != "" {
			o.Amount = &money.Amount{Minor: minor, Currency: currency}
		}
		return o
	}
	for name, c := range map[string]struct {
		choice Choice
		deal   deals.Opportunity
		want   bool
	}{
		"by hand only":         {Choice{}, deal("", "", 0, ""), false},
		"every deal":           {Choice{Active: true}, deal("", "", 0, ""), true},
		"its segment":          {Choice{Active: true, Segment: "Retail"}, deal(" retail ", "", 0, ""), true},
		"another segment":      {Choice{Active: true, Segment: "Retail"}, deal("Banks", "", 0, ""), false},
		"its product":          {Choice{Active: true, Product: "Scale"}, deal("", "scale", 0, ""), true},
		"another product":      {Choice{Active: true, Segment: "Retail", Product: "Scale"}, deal("Retail", "Oven", 0, ""), false},
		"at the lower bound":   {Choice{Active: true, Currency: "EUR", From: 100, To: 200}, deal("", "", 100, "EUR"), true},
		"below it":             {Choice{Active: true, Currency: "EUR", From: 100, To: 200}, deal("", "", 99, "EUR"), false},
		"at the upper bound":   {Choice{Active: true, Currency: "EUR", From: 100, To: 200}, deal("", "", 200, "EUR"), false},
		"no upper bound":       {Choice{Active: true, Currency: "EUR", From: 100}, deal("", "", 1<<40, "EUR"), true},
		"in another currency":  {Choice{Active: true, Currency: "EUR", From: 100}, deal("", "", 150, "USD"), false},
		"of an unknown amount": {Choice{Active: true, Currency: "EUR", To: 100}, deal("", "", 0, ""), false},
	} {
		if got := c.choice.Fits(&c.deal); got != c.want {
			t.Errorf("%s: fits is %v", name, got)
		}
	}
	for field, c := range map[string]Choice{"from": {From: -1}, "to": {From: 5, To: 5, Currency: "EUR"}, "currency": {From: 5}} {
		if problem.ByField(c.check())[field] == "" {
			t.Errorf("%+v is not refused at %q", c, field)
		}
	}
}
