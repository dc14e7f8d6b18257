package calibration

import "milepost/stats/proportions"

// Bin is a part of the cases for a reliability chart: the range and the mean of what was
// said, how many came true of how many, their share, and its Wilson interval.
type Bin struct {
	From, To, Said   float64
	Hits, Count      int
	Share, Low, High float64
}

// Bins parts the cases into at most so many bins of about equal count, lowest first. Cases
// of one probability stay together: they go to the bin in which the middle of them lies, so
// that there can be fewer bins, and a bin as large as its ties. Bands are at z standard
// deviations (proportions.Z95). Without cases, or bins below 1, there are none.
func Bins(p []float64, y []bool, bins int, z float64) []Bin {
	list, hits, misses := grouped(p, y)
	all, before, at := hits+misses, 0.0, -1
	var out []Bin
	var sums []float64
	for _, g := range list {
		count := g.hit + g.not
		bin := int(float64(bins) * (before + count/2) / all)
		before += count
		if bins < 1 {
			break
		}
		if bin != at {
			out, sums, at = append(out, Bin{From: g.said}), append(sums, 0), bin
		}
		b := &out[len(out)-1]
		b.To, b.Hits, b.Count = g.said, b.Hits+int(g.hit), b.Count+int(count)
		sums[len(sums)-1] += g.said * count
	}
	for i := range out {
		b := &out[i]
		b.Said, b.Share = sums[i]/float64(b.Count), float64(b.Hits)/float64(b.Count)
		b.Low, b.High, _ = proportions.Wilson(b.Hits, b.Count, z)
	}
	return out
}
