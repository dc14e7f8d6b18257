package hazard

const (
	// leastEffect and mostEffect bound a design effect: what is measured of few is not
	// believed beyond.
	leastEffect, mostEffect = .1, 2
	// mostSmall bounds what is made up for where clusters are hardly more than what was fitted.
	mostSmall = 4
	// mostAsked is about how many clusters are asked, evenly spread: more tell no more.
	mostAsked = 2000
)

// design measures, for each block, by how much the slope of the log likelihood varies from
// cluster to cluster, against what it would if the weights told how much the rows know: the
// design effect (Kish 1965), as trace(V B) / trace(V H) over the block's coefficients, with V
// the covariance of the posterior, B as in Sandwich and H minus the second derivative of the
// log likelihood. What a prior is held against is then what the deals tell, neither more
// because the days of one go together, nor less because they are weighted down (composite
// likelihoods: Pauli, Racugno & Ventura 2011; Ribatet, Cooley & Davison 2012). Slopes are
// taken at the fit, which made them small: clusters over clusters less what was fitted makes up
// for it (the usual correction of the sandwich). One coefficient is added at which all is as it
// seems.
func (f *Fit) design(p *posterior, at place) (err error) {
	if f.factor, err = f.curvature(p, at); err != nil {
		return err
	}
	f.Model = New(p.shape, at.theta)
	some, clusters, asked := p.rows.some(mostAsked)
	n, between, inverse := len(f.free), f.between(some, some.Cluster), f.factor.Inverse()
	varies, tells := make([]float64, len(p.mean)), make([]float64, len(p.mean))
	fitted := 0.0
	for i, j := range f.free {
		for k, v := range inverse[i*n : (i+1)*n] {
			varies[j] += v * between[i*n+k] // both are symmetric
		}
		tells[j] = 1 - inverse[i*n+i]*p.precision[j]
		fitted += tells[j]
	}
	times := clusters / asked * clusters / max(clusters-fitted, clusters/mostSmall)
	until := 0
	for b, block := range p.shape.blocks() {
		from, sum, of := until, 1.0, 1.0
		for until += block.Levels * Causes; from < until; from++ {
			sum, of = sum+times*varies[from], of+tells[from]
		}
		f.effects[b] = min(max(sum/of, leastEffect), mostEffect)
	}
	return nil
}

// some are the rows of so many clusters at most, in equal distances, and how many clusters
// there are and were taken.
func (r *Rows) some(most int) (some *Rows, clusters, taken float64) {
	next := func(i int) bool { return i == 0 || r.Cluster[i] != r.Cluster[i-1] }
	for i := range r.Cluster {
		if next(i) {
			clusters++
		}
	}
	some = &Rows{}
	step, blocks := max(1, (int(clusters)+most-1)/most), len(r.Fixed)/max(len(r.Track), 1)
	number := -1
	for i := range r.Cluster {
		if next(i) {
			number++
		}
		if number%step > 0 {
			continue
		}
		if next(i) {
			taken++
		}
		some.Fixed = append(some.Fixed, r.Fixed[i*blocks:(i+1)*blocks]...)
		some.Track, some.Seen, some.Cause = append(some.Track, r.Track[i]), append(some.Seen, r.Seen[i]), append(some.Cause, r.Cause[i])
		some.Cluster = append(some.Cluster, r.Cluster[i])
		if r.Weight != nil {
			some.Weight = append(some.Weight, r.Weight[i])
		}
	}
	return some, clusters, taken
}
