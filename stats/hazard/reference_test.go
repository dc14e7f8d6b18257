package hazard

import (
	"encoding/csv"
	"math"
	"os"
	"runtime"
	"strconv"
	"testing"
)

// study is the data set of testdata/reference.R: early and place are known at the
// beginning, the plan may come while the deal is open, each person has a weight and
// offsets of his or her own.
type study struct {
	rows    Rows
	person  []int32
	offsets []float64 // by person, cause
	weights []float64
}

func read(t *testing.T, file string) [][]string {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// readStudy takes the rows of one person together; a plan that comes or not in each of
// four intervals makes sixteen tracks.
func readStudy(t *testing.T) *study {
	t.Helper()
	s := &study{}
	for _, line := range read(t, "rows.csv")[1:] {
		v := make([]float64, len(line))
		for i := range line {
			v[i] = number(t, line[i])
		}
		interval, plan, cause := int(v[1]), int(v[4]), uint8(v[9])
		if interval == 1 {
			s.person = append(s.person, int32(v[0]))
			s.rows.Fixed = append(s.rows.Fixed, 0, uint16(v[2]-1), uint16(v[3]-1), uint16(len(s.weights)))
			s.rows.Track, s.rows.Seen, s.rows.Cause = append(s.rows.Track, 0), append(s.rows.Seen, 0), append(s.rows.Cause, 0)
			s.weights = append(s.weights, v[5])
			s.offsets = append(s.offsets, v[6], v[7], v[8])
		}
		last := len(s.rows.Track) - 1
		s.rows.Track[last] |= uint16(plan-1) << (interval - 1)
		s.rows.Seen[last], s.rows.Cause[last] = uint8(interval), cause
	}
	return s
}

// shape is the model of the study; sds are of the level, the interval, and the features.
func (s *study) shape(level, interval, early, place, plan float64, base, offsets bool) Shape {
	shape := Shape{Intervals: 4,
		Fixed: []Block{{Name: "intercept", Levels: 1, SD: level}, {Name: "early", Levels: 3, SD: early, Base: base},
			{Name: "place", Levels: 4, SD: place, Base: base}, {Name: "offset", Levels: len(s.weights)}},
		Moving: []Block{{Name: "interval", Levels: 4, SD: interval, Base: base}, {Name: "plan", Levels: 2, SD: plan, Base: base}}}
	if offsets {
		shape.Fixed[3].Mean = s.offsets
	}
	for pattern := range uint16(16) {
		var track []uint16
		for k := range uint16(4) {
			track = append(track, k, pattern>>k&1)
		}
		shape.Tracks = append(shape.Tracks, track)
	}
	return shape
}

// coefficient finds what R calls a term, at a level counted from 1, for a cause from 1.
func (s *study) coefficient(term string, level, cause int) int {
	first := map[string]int{"intercept": 0, "early": 1, "place": 4, "interval": 8 + len(s.weights), "plan": 12 + len(s.weights)}[term]
	return (first+max(level-1, 0))*Causes + cause - 1
}

func near9(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
		t.Errorf("%s is %.15g, R has %.15g", what, got, want)
	}
}

// Maximum likelihood, maximum a posteriori with and without weights and offsets, and both
// kinds of covariance, as R has them.
func TestAgainstR(t *testing.T) {
	s := readStudy(t)
	inf := math.Inf(1)
	for name, shape := range map[string]Shape{
		"mle":          s.shape(inf, inf, inf, inf, inf, true, false),
		"map":          s.shape(5, .5, .35, .7, .35, false, false),
		"map_weighted": s.shape(5, .5, .35, .7, .35, false, true),
	} {
		rows := s.rows
		if name == "map_weighted" {
			rows.Weight = s.weights
		}
		fit, err := Estimate(shape, &rows, nil)
		if err != nil {
			t.Fatal(name, err)
		}
		for _, line := range read(t, "fits.csv")[1:] {
			if line[0] == name {
				near9(t, name+": log likelihood", fit.LogLikelihood, number(t, line[1]))
			}
		}
		var order []int
		for _, line := range read(t, name+".csv")[1:] {
			at := s.coefficient(line[1], int(number(t, line[2])), int(number(t, line[0])))
			order = append(order, at)
			near9(t, name+": "+line[1]+" "+line[2]+" of cause "+line[0], fit.Theta[at], number(t, line[3]))
		}
		for kind, matrix := range map[string][]float64{"covariance": fit.Covariance(), "sandwich": fit.Sandwich(&rows, s.person)} {
			for i, line := range read(t, name+"_"+kind+".csv") {
				for j := range line {
					near9(t, name+": "+kind, matrix[order[i]*len(fit.Theta)+order[j]], number(t, line[j]))
				}
			}
		}
	}
}

// One, two or eight workers, and a start from elsewhere, come to the same.
func TestTheSameOnAnyNumberOfCores(t *testing.T) {
	s := readStudy(t)
	shape := s.shape(5, .5, .35, .7, .35, false, false)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first *Fit
	for _, cores := range []int{1, 2, 8, 2} {
		runtime.GOMAXPROCS(cores)
		fit, err := Estimate(shape, &s.rows, nil)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = fit
		}
		for j := range fit.Theta {
			if math.Float64bits(fit.Theta[j]) != math.Float64bits(first.Theta[j]) {
				t.Fatalf("%d cores: coefficient %d is %v, was %v", cores, j, fit.Theta[j], first.Theta[j])
			}
		}
	}
	again, err := Estimate(shape, &s.rows, first.Theta)
	if err != nil {
		t.Fatal(err)
	}
	for j := range again.Theta {
		if math.Abs(again.Theta[j]-first.Theta[j]) > 1e-10 {
			t.Errorf("from the optimum, coefficient %d went from %v to %v", j, first.Theta[j], again.Theta[j])
		}
	}
}
