package totals

import "math"

// Shifts of chances, in logits, are kept on a grid of -3 to 3.
const (
	step   = .05
	half   = 60
	points = 2*half + 1
)

func place(i int) float64 { return float64(i-half) * step }

// The values that are thought possible, in logits: standard deviations of the shock that
// all share, of those of the parts, and how far the level moves from one period to the next.
var (
	wholes = [...]float64{0, .06, .12, .2, .3, .45, .65, .9}
	shares = [...]float64{0, .12, .25, .4, .6, .85}
	moves  = [...]float64{0, .06, .15}
)

// What is thought of them before anything has come. Standard deviations are half-Cauchy
// (Gelman 2006): most likely small, but a large one surprises nobody.
const (
	scale    = .25 // of the half-Cauchy
	none     = .3  // the chance that all share no shock whatever
	levelSD  = .3  // of the level at first
	memory   = .9  // of a level that moves: what is left of it in the next period
	standing = .75 // the chance that it does not move at all
	keeps    = .95 // of what was learnt of deviations, each period
)

// density is a distribution over the grid, or any function on it.
type density [points]float64

// kernel is the distribution of where one comes from each point of the grid; nothing
// lies outside of low to high.
type kernel struct {
	weight    [points]density
	low, high [points]int
}

// normalKernel leads from x to keep x + sd z.
func normalKernel(keep, sd float64) *kernel {
	k := new(kernel)
	for i := range points {
		center := keep * place(i)
		k.low[i] = max(0, int(math.Floor((center-5*sd)/step))+half)
		k.high[i] = min(points-1, int(math.Ceil((center+5*sd)/step))+half)
		sum := 0.0
		for j := k.low[i]; j <= k.high[i]; j++ {
			z := (place(j) - center) / math.Max(sd, step/100)
			k.weight[i][j] = math.Exp(-z * z / 2)
			sum += k.weight[i][j]
		}
		for j := k.low[i]; j <= k.high[i]; j++ {
			k.weight[i][j] /= sum
		}
	}
	return k
}

// forward is where one comes from a distribution.
func (k *kernel) forward(from *density) (to density) {
	for i, mass := range from {
		if mass > 0 {
			for j := k.low[i]; j <= k.high[i]; j++ {
				to[j] += mass * k.weight[i][j]
			}
		}
	}
	return to
}

// back is the mean, from each point, of a function of where one comes.
func (k *kernel) back(of *density) (mean density) {
	for i := range mean {
		sum := 0.0
		for j := k.low[i]; j <= k.high[i]; j++ {
			sum += k.weight[i][j] * of[j]
		}
		mean[i] = sum
	}
	return mean
}

var wholeKernels, shareKernels, moveKernels = func() (a [len(wholes)]*kernel, b [len(shares)]*kernel, c [len(moves)]*kernel) {
	for i, sd := range wholes {
		a[i] = normalKernel(1, sd)
	}
	for i, sd := range shares {
		b[i] = normalKernel(1, sd)
	}
	for i, sd := range moves {
		c[i] = normalKernel(memory, sd)
	}
	c[0] = normalKernel(1, 0)
	return a, b, c
}()

// halfCauchy is the prior of values of a standard deviation, each for its stretch between
// the middles to its neighbours.
func halfCauchy(values []float64) []float64 {
	below := func(x float64) float64 { return math.Atan(x/scale) * 2 / math.Pi }
	mass, last := make([]float64, len(values)), 0.0
	for i := range values {
		next := 1.0
		if i+1 < len(values) {
			next = below((values[i] + values[i+1]) / 2)
		}
		mass[i], last = next-last, next
	}
	return mass
}

var wholePrior, sharePrior = halfCauchy(wholes[:]), halfCauchy(shares[:])

// prior is what is thought of two deviations and a move before anything has come.
func prior(whole, share, move int) float64 {
	mass := wholePrior[whole] * sharePrior[share] * (1 - none)
	if whole == 0 {
		mass += none * sharePrior[share]
	}
	if move == 0 {
		return mass * standing
	}
	return mass * (1 - standing) / float64(len(moves)-1)
}

// center is the mean of a distribution.
func (d *density) center() float64 {
	sum, mass := 0.0, 0.0
	for i, m := range d {
		sum, mass = sum+m*place(i), mass+m
	}
	return sum / mass
}

// stretched is a distribution with all distances from a center multiplied.
func (d *density) stretched(center, factor float64) (out density) {
	for i, m := range d {
		x := (center+factor*(place(i)-center))/step + half
		x = math.Min(math.Max(x, 0), points-1)
		j := min(int(x), points-2)
		out[j] += m * (1 - (x - float64(j)))
		out[j+1] += m * (x - float64(j))
	}
	return out
}
