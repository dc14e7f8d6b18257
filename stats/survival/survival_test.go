package survival

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// table reads a file of testdata; a column that is not a number is NaN in values.
func table(t *testing.T, name string) (texts [][]string, values [][]float64) {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		line := make([]float64, len(r))
		for i, text := range r {
			if line[i], err = strconv.ParseFloat(text, 64); err != nil {
				line[i] = math.NaN()
			}
		}
		texts, values = append(texts, r), append(values, line)
	}
	return texts, values
}

// spellsOf is the data of reference.R in one of its versions: plain, late, weighted.
func spellsOf(t *testing.T, version string) []Spell {
	var spells []Spell
	_, rows := table(t, "spells.csv")
	for _, r := range rows {
		s := Spell{Entry: r[0], Exit: r[1], Cause: int(r[2]), Weight: r[3]}
		if version != "weighted" {
			s.Weight = 1
		}
		if version == "plain" {
			s.Entry, s.Exit = 0, s.Exit-s.Entry
		}
		spells = append(spells, s)
	}
	return spells
}

func TestCurvesAgreeWithR(t *testing.T) {
	texts, values := table(t, "curves.csv")
	curves := map[string]*Curves{}
	for _, version := range []string{"plain", "late", "weighted"} {
		c, err := AalenJohansen(spellsOf(t, version), 3)
		if err != nil {
			t.Fatal(err)
		}
		curves[version] = c
	}
	for i, r := range texts {
		c := curves[r[0]]
		step := &c.Survival
		if cause, is := strings.CutPrefix(r[1], "cause "); is {
			step = &c.Incidence[cause[0]-'1']
		}
		value, sd, known := step.At(values[i][2])
		if !known || math.Abs(value-values[i][3]) > 1e-12 {
			t.Errorf("%v: %.15f (known %v)", r, value, known)
		}
		if want := values[i][4]; !math.IsNaN(want) && math.Abs(sd-want) > 1e-9 {
			t.Errorf("%v: standard error %.15f", r, sd)
		}
	}
}

func TestKaplanMeierIsTheSpecialCase(t *testing.T) {
	spells := spellsOf(t, "weighted")
	all, _ := AalenJohansen(spells, 3)
	one, err := KaplanMeier(spells)
	if err != nil {
		t.Fatal(err)
	}
	for i := range all.Times {
		if math.Abs(one.Survival.Values[i]-all.Survival.Values[i]) > 1e-14 || math.Abs(one.Survival.Errors[i]-all.Survival.Errors[i]) > 1e-14 ||
			math.Abs(one.Incidence[0].Errors[i]-one.Survival.Errors[i]) > 1e-14 {
			t.Fatalf("at %v: %v ± %v against %v ± %v", all.Times[i], one.Survival.Values[i], one.Survival.Errors[i], all.Survival.Values[i], all.Survival.Errors[i])
		}
	}
}

func anySpells(t *rapid.T) []Spell {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Spell {
		entry := float64(rapid.IntRange(0, 9).Draw(t, "entry"))
		return Spell{entry, entry + float64(rapid.IntRange(1, 12).Draw(t, "days")), rapid.IntRange(0, 3).Draw(t, "cause"),
			rapid.SampledFrom([]float64{0, .1, 1, 2, 1e-9}).Draw(t, "weight")}
	}), 0, 60).Draw(t, "spells")
}

func TestSharesSumToOneAndOnlyGrow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := AalenJohansen(anySpells(t), 3)
		if err != nil {
			t.Fatal(err)
		}
		for i := range c.Times {
			sum := c.Survival.Values[i]
			for k := range c.Incidence {
				f := c.Incidence[k]
				sum += f.Values[i]
				if i > 0 && f.Values[i] < f.Values[i-1] || !(f.Errors[i] >= 0) {
					t.Fatalf("cause %d falls or has no error at %v", k, c.Times[i])
				}
			}
			if math.Abs(sum-1) > 1e-12 || !(c.AtRisk[i] > 0) {
				t.Fatalf("at %v shares sum to %v, at risk %v", c.Times[i], sum, c.AtRisk[i])
			}
		}
	})
}

func TestOrderOfRowsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spells := anySpells(t)
		first, _ := AalenJohansen(spells, 3)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1)).Shuffle(len(spells), func(i, j int) { spells[i], spells[j] = spells[j], spells[i] })
		second, _ := AalenJohansen(spells, 3)
		for k := range first.Incidence {
			if !slices.Equal(first.Incidence[k].Values, second.Incidence[k].Values) || !slices.Equal(first.Incidence[k].Errors, second.Incidence[k].Errors) {
				t.Fatal("another order of the rows, another curve")
			}
		}
	})
}

func TestFewAtTheEndAreStillExact(t *testing.T) {
	// A heavy crowd comes and goes before three light ones end, one each day: by hand the
	// survival after them is 2/3, 1/3, 0 of what it was.
	spells := []Spell{{0, 11, 1, 1e-9}, {0, 12, 1, 1e-9}, {0, 13, 1, 1e-9}}
	for i := range 10000 {
		spells = append(spells, Spell{0, 1 + float64(i%7), 0, 1e6 + .1*float64(i)})
	}
	c, _ := AalenJohansen(spells, 1)
	for i, want := range []float64{1 - 1./3, 1 - 2./3, 0} {
		if got := c.Survival.Values[i]; math.Abs(got-want) > 1e-9 {
			t.Errorf("after %v: %v, want %v", c.Times[i], got, want)
		}
	}
}

func TestWhereACurveSaysNothing(t *testing.T) {
	c, err := AalenJohansen([]Spell{{math.Inf(-1), 0, 1, 1}, {0, 5, 2, 1}, {0, 8, 0, 1}, {0, 8, 0, 0}}, 2)
	if err != nil {
		t.Fatal(err)
	}
	if c.Times[0] != 0 || c.AtRisk[0] != 1 || !c.Stuck { // at 0 nobody else was at risk yet, so all were gone
		t.Errorf("times %v, at risk %v, stuck %v", c.Times, c.AtRisk, c.Stuck)
	}
	c, _ = AalenJohansen([]Spell{{0, 5, 2, 1}, {0, 8, 0, 1}}, 2)
	for _, q := range []struct{ t, value float64 }{{4.999, 0}, {5, .5}, {8, .5}} {
		if value, _, known := c.Incidence[1].At(q.t); value != q.value || !known {
			t.Errorf("at %v: %v, known %v", q.t, value, known)
		}
	}
	if value, _, known := c.Incidence[1].At(8.1); known || value != .5 {
		t.Errorf("after the last exit: %v, known %v", value, known)
	}
	if _, _, known := c.Survival.At(math.NaN()); known {
		t.Error("something is known at no time at all")
	}
	if at, ok := c.Incidence[1].Reach(.5); at != 5 || !ok {
		t.Errorf("reaches a half at %v, %v", at, ok)
	}
	if _, ok := c.Incidence[1].Reach(.51); ok {
		t.Error("reaches what it never reaches")
	}
	c, _ = AalenJohansen(nil, 2)
	if value, _, known := c.Survival.At(0); value != 1 || known {
		t.Errorf("of nothing: %v, known %v", value, known)
	}
}

func TestRefusesWhatIsNoSpell(t *testing.T) {
	for name, s := range map[string]Spell{
		"no time": {3, 3, 1, 1}, "backwards": {3, 2, 1, 1}, "no number": {0, math.NaN(), 1, 1}, "no entry": {math.NaN(), 1, 1, 1}, "for ever": {0, math.Inf(1), 0, 1},
		"cause": {0, 1, 3, 1}, "negative cause": {0, 1, -1, 1}, "weight": {0, 1, 1, -1}, "no weight": {0, 1, 1, math.NaN()},
	} {
		if _, err := AalenJohansen([]Spell{s}, 2); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func BenchmarkMillionSpells(b *testing.B) {
	spells := make([]Spell, 1_000_000)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range spells {
		entry := 20 * r.Float64()
		spells[i] = Spell{entry, entry + 100*r.ExpFloat64() + 1e-3, r.IntN(4), 1}
	}
	for b.Loop() {
		if _, err := AalenJohansen(spells, 3); err != nil {
			b.Fatal(err)
		}
	}
}
