package totals

import "math"

// Ratio is how amounts still change until they come: final over current is lognormal, Mean
// and SD being those of its logarithm.
type Ratio struct{ Mean, SD float64 }

// Before anything has come a ratio is 1, give or take a sixth; that counts as much as ten
// items. A group counts for itself as against all others once it has ten of its own.
const (
	ratioSD   = .15
	ratioFrom = 10
	ratioMost = 3 // a logarithm beyond is a slip of the pen, or another thing altogether
)

// Ratios learns them by group from logarithms of final over current. Each group is drawn to
// what all have in common, and that to the prior: (n x + 10 prior)/(n + 10), for the mean
// and for the mean square around it (conjugate normal; Efron & Morris 1975).
func Ratios(groups [][]float64) []Ratio {
	var all []float64
	for _, g := range groups {
		all = append(all, g...)
	}
	common := drawnTo(all, Ratio{0, ratioSD})
	list := make([]Ratio, len(groups))
	for i, g := range groups {
		list[i] = drawnTo(g, common)
	}
	return list
}

func drawnTo(logs []float64, prior Ratio) Ratio {
	n, sum := ratioFrom*1.0, ratioFrom*prior.Mean
	var kept []float64
	for _, x := range logs {
		if math.Abs(x) <= ratioMost { // and is a number
			kept = append(kept, x)
			n, sum = n+1, sum+x
		}
	}
	mean := sum / n
	squares := ratioFrom * prior.SD * prior.SD
	for _, x := range kept {
		squares += (x - mean) * (x - mean)
	}
	return Ratio{mean, math.Sqrt(squares / n)}
}

// strips are the quantiles of a ratio at the middles of so many equally likely strips.
const strips = 1024

type table [strips]float64

func (r Ratio) table(normals *table) *table {
	t := new(table)
	for i, z := range normals {
		t[i] = math.Exp(r.Mean + r.SD*z)
	}
	return t
}

func normalTable() *table {
	t := new(table)
	for i := range t {
		t[i] = math.Sqrt2 * math.Erfinv(2*(float64(i)+.5)/strips-1)
	}
	return t
}

// mixed is a random word for one item in one draw (SplitMix64; Steele, Lea & Flood 2014):
// it has an address too, and costs little where millions are needed.
func mixed(item uint64, draw uint32) uint64 {
	z := item + (uint64(draw)+1)*0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}
