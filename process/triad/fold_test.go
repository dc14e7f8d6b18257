package triad

import (
	"encoding/json"
	"strconv"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/process"
	"milepost/process/evidence"
)

// story makes entries, a day apart, each recorded when it was true.
type story struct {
	t       *testing.T
	entries []ledger.Entry
}

func (s *story) say(kind ledger.Kind, fact Fact) *story {
	s.t.Helper()
	payload, err := json.Marshal(fact)
	if err != nil {
		s.t.Fatal(err)
	}
	n := int64(len(s.entries) + 1)
	s.entries = append(s.entries, ledger.Entry{Sequence: n, ID: strconv.FormatInt(n, 10), Kind: kind, Subject: "d", Opportunity: "d",
		RecordedAt: calendar.Instant(n) * day, EffectiveAt: calendar.Instant(n) * day, Payload: string(payload)})
	return s
}

func (s *story) under(id string, number int) *story {
	return s.say(deals.ProcessSet, Fact{Fact: deals.Fact{Name: id, Value: strconv.Itoa(number)}})
}

func (s *story) history(label, state string) *story {
	return s.say(deals.CriterionAssessed, Fact{Fact: deals.Fact{Name: label, Value: state}})
}

func (s *story) answer(under, id, question string, state State) *story {
	return s.say(Assessed, Fact{Fact: deals.Fact{Name: id, Value: question}, Process: process.ID(under), State: state, Proof: &evidence.Proof{Sort: evidence.NoteSort, Text: "x"}})
}

// shelf holds two processes: one of two versions, and another.
var shelf = process.Library{
	{ID: "one", Versions: []process.Version{
		{Process: "one", Number: 1, Definition: process.Definition{Criteria: []process.Criterion{
			{ID: "f1", Part: process.Functional, Level: 1, Question: "Is there a need?", Also: []string{"pain"}},
			{ID: "m1", Part: process.Financial, Level: 1, Question: "Is there money?"},
			{ID: "m2", Part: process.Financial, Level: 2, Question: "Is it theirs?"}}}},
		{Process: "one", Number: 2, Definition: process.Definition{StaleAfter: 10, Criteria: []process.Criterion{
			{ID: "f1", Part: process.Functional, Level: 1, Question: "Do they need it badly?"},
			{ID: "m1", Part: process.Financial, Level: 1, Question: "Is there money?"}}}}}},
	{ID: "two", Versions: []process.Version{
		{Process: "two", Number: 1, Definition: process.Definition{Criteria: []process.Criterion{
			{ID: "f1", Part: process.Political, Level: 1, Question: "Does the chief want it?"},
			{ID: "x", Part: process.Financial, Level: 1, Question: "Is there MONEY?"}}}}}},
}

func TestAnswersFindTheirCriteria(t *testing.T) {
	for name, c := range map[string]struct {
		tell    func(s *story)
		asOf    calendar.Instant
		states  map[process.CriterionID]State
		earlier int
	}{
		"no process": {func(s *story) { s.history("pain", "met") }, deals.Ever, nil, 1},
		"by id": {func(s *story) { s.under("one", 1).answer("one", "f1", "Is there a need?", Met) }, deals.Ever,
			map[process.CriterionID]State{"f1": Met, "m1": Unknown, "m2": Unknown}, 0},
		"the last counts": {func(s *story) { s.under("one", 1).answer("one", "f1", "", Verified).answer("one", "f1", "", Unmet) }, deals.Ever,
			map[process.CriterionID]State{"f1": Unmet, "m1": Unknown, "m2": Unknown}, 0},
		"kept by id when the words change": {func(s *story) { s.under("one", 1).answer("one", "f1", "Is there a need?", Met).under("one", 2) }, deals.Ever,
			map[process.CriterionID]State{"f1": Met, "m1": Unknown}, 0},
		"a criterion that is no more": {func(s *story) { s.under("one", 1).answer("one", "m2", "Is it theirs?", Met).under("one", 2) }, deals.Ever,
			map[process.CriterionID]State{"f1": Unknown, "m1": Unknown}, 1},
		"comes back with its version": {func(s *story) { s.under("one", 2).answer("one", "m2", "Is it theirs?", Met).under("one", 1) }, deals.Ever,
			map[process.CriterionID]State{"f1": Unknown, "m1": Unknown, "m2": Met}, 0},
		"across processes by words, never by id": {func(s *story) {
			s.under("one", 1).answer("one", "f1", "Is there a need?", Met).answer("one", "m1", "Is there money?", Verified).under("two", 1)
		}, deals.Ever, map[process.CriterionID]State{"f1": Unknown, "x": Verified}, 1},
		"a history by its label": {func(s *story) { s.history("PAIN", "verified").under("one", 1) }, deals.Ever,
			map[process.CriterionID]State{"f1": Verified, "m1": Unknown, "m2": Unknown}, 0},
		"a history of a whole part": {func(s *story) { s.history("financial means", "met").under("one", 1) }, deals.Ever,
			map[process.CriterionID]State{"f1": Unknown, "m1": Met, "m2": Met}, 0},
		"a criterion's own answer goes before its part's, whichever is newer": {func(s *story) {
			s.under("one", 1).answer("one", "m1", "", Unmet).history("Financial", "met")
		}, deals.Ever, map[process.CriterionID]State{"f1": Unknown, "m1": Unmet, "m2": Met}, 0},
		"only histories speak of whole parts": {func(s *story) { s.under("one", 1).answer("two", "f9", "financial", Met) }, deals.Ever,
			map[process.CriterionID]State{"f1": Unknown, "m1": Unknown, "m2": Unknown}, 1},
		"a part without criteria": {func(s *story) { s.history("political", "met").under("one", 1) }, deals.Ever,
			map[process.CriterionID]State{"f1": Unknown, "m1": Unknown, "m2": Unknown}, 1},
		"as of": {func(s *story) { s.under("one", 1).answer("one", "f1", "", Met).answer("one", "f1", "", Unmet) }, 3 * day,
			map[process.CriterionID]State{"f1": Met, "m1": Unknown, "m2": Unknown}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := &story{t: t}
			c.tell(s)
			triad, err := Fold(s.entries, shelf, c.asOf)
			if err != nil {
				t.Fatal(err)
			}
			if len(triad.Asked) != len(c.states) || len(triad.Earlier) != c.earlier {
				t.Fatalf("%d criteria, %d earlier answers; want %d and %d", len(triad.Asked), len(triad.Earlier), len(c.states), c.earlier)
			}
			for id, want := range c.states {
				if a, there := triad.Criterion(id); !there || a.State() != want {
					t.Errorf("%s is %s, want %s", id, a.State(), want)
				}
			}
		})
	}
}

// An answer is old so many days after it was true; what is erased says nothing.
func TestAnswersGrowOld(t *testing.T) {
	s := (&story{t: t}).under("one", 2).answer("one", "f1", "", Verified).answer("one", "m1", "", Unknown)
	triad, err := Fold(s.entries, shelf, deals.Ever)
	if err != nil {
		t.Fatal(err)
	}
	f1, _ := triad.Criterion("f1")
	if m1, _ := triad.Criterion("m1"); f1.StaleAt != 12*day || m1.StaleAt != 0 {
		t.Errorf("old at %d and %d, want 12 days and never", f1.StaleAt/day, m1.StaleAt)
	}
	s.entries[1].Payload = ""
	if triad, err = Fold(s.entries, shelf, deals.Ever); err != nil {
		t.Fatal(err)
	}
	if f1, _ = triad.Criterion("f1"); f1.State() != Unknown || f1.StaleAt != 0 {
		t.Errorf("erased, it is still %s", f1.State())
	}
}
