package counts

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"
)

// table reads a file of testdata; the first column is given as text, all as numbers
// where they are some.
func table(t *testing.T, name string) (first []string, values [][]float64) {
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
			line[i], _ = strconv.ParseFloat(text, 64)
		}
		first, values = append(first, r[0]), append(values, line)
	}
	return first, values
}

// alike to 1e-9 of each other; below 1e-90 both are nothing.
func alike(a, b float64) bool {
	return math.Abs(a-b) <= 1e-9*math.Abs(b) || math.Abs(a) < 1e-90 && math.Abs(b) < 1e-90
}

func TestCountsAgreeWithR(t *testing.T) {
	var p []float64
	_, rows := table(t, "chances.csv")
	for _, r := range rows {
		p = append(p, r[0])
	}
	successes, err := Successes(p)
	if err != nil {
		t.Fatal(err)
	}
	what, answers := table(t, "answers.csv")
	for i, r := range answers {
		a, b, c, want := r[1], r[2], r[3], r[4]
		var got float64
		d, name := successes, what[i]
		if b != 0 {
			if d, err = NegativeBinomial(a, b); err != nil {
				t.Fatal(err)
			}
			a, name = c, name[2:]
		}
		switch name {
		case "successes", "":
			got = d.Probability(int(a))
		case "atmost":
			got = d.AtMost(int(a))
		case "above":
			got = d.MoreThan(int(a))
			if b == 0 && want < 1e-9 && math.Abs(got-want) < 1e-15 {
				continue // R takes this one from 1; ours is summed from the thin end
			}
		case "quantile":
			k, _ := d.Quantile(a)
			got = float64(k)
		}
		if !alike(got, want) {
			t.Errorf("%s %v: %.17g", what[i], r, got)
		}
	}
}

func TestShrinkingAgreesWithR(t *testing.T) {
	sets, groups := table(t, "groups.csv")
	names, answers := table(t, "shrunk.csv")
	for i, name := range names {
		var events, exposure []float64
		for k, g := range groups {
			if sets[k] == name {
				events, exposure = append(events, g[1]), append(exposure, g[2])
			}
		}
		prior, err := Shrink(events, exposure)
		if err != nil {
			t.Fatal(err)
		}
		got := 0.0
		for k := range events {
			d, err := NegativeBinomial(prior.Shape/prior.Rate*exposure[k], prior.Shape)
			if err != nil {
				t.Fatal(err)
			}
			got += math.Log(d.Probability(int(events[k])))
		}
		shape, rate, likelihood := answers[i][1], answers[i][2], answers[i][3]
		if got < likelihood-1e-9 || math.Abs(prior.Shape/shape-1) > 1e-5 || math.Abs(prior.Rate/rate-1) > 1e-5 {
			t.Errorf("%s: %+v with likelihood %.12f, want shape %v, rate %v, likelihood %.12f", name, prior, got, shape, rate, likelihood)
		}
	}
}
