package record

import (
	"milepost/stats/proportions"
	"milepost/stats/scores"
)

// mostPoints is how many points a reliability chart has at most.
const mostPoints = 10

// Point is a part of the deals that were given like chances: the mean of what was said,
// what share of them was won, and its interval.
type Point struct {
	Said             float64
	Won, Count       int
	Share, Low, High float64
}

// PointsOf pools bins of hundredths, over days, into points of about equal count. Deals of
// one hundredth stay together.
func PointsOf(days []Details) (points []Point) {
	var pooled [101]Bin
	all := 0
	for _, d := range days {
		for _, b := range d.Bins {
			pooled[b.At].Count += b.Count
			pooled[b.At].Won += b.Won
			pooled[b.At].Said += b.Said
			all += b.Count
		}
	}
	before, at := 0, -1
	for _, b := range pooled {
		if b.Count == 0 {
			continue
		}
		if place := mostPoints * (2*before + b.Count) / (2 * all); place != at {
			points, at = append(points, Point{}), place
		}
		before += b.Count
		p := &points[len(points)-1]
		p.Said, p.Won, p.Count = p.Said+b.Said, p.Won+b.Won, p.Count+b.Count
	}
	for i := range points {
		p := &points[i]
		p.Said, p.Share = p.Said/float64(p.Count), float64(p.Won)/float64(p.Count)
		p.Low, p.High, _ = proportions.Wilson(p.Won, p.Count, proportions.Z95)
	}
	return points
}

// Levels are how often ranges are said to hold.
var Levels = [3]float64{.5, .8, .95}

// Holding is how often the ranges of one measure held, by level.
type Holding struct {
	Measure string
	Owners  bool // of owners, not of the company
	By      [3]scores.Held
}

// HoldingOf counts how often ranges held, by measure: of the company's totals, one a day,
// and after them of its owners'.
func HoldingOf(days []Details, measures []string) (list []Holding) {
	var owners []Holding
	for _, measure := range measures {
		var low, high [3][]float64
		var came []float64
		all := Tally{}
		for _, d := range days {
			if s, has := d.Company[measure]; has {
				came = append(came, s.Came)
				for level, r := range s.Ranges {
					low[level], high[level] = append(low[level], r[0]), append(high[level], r[1])
				}
			}
			all.take(d.Owners[measure])
		}
		if company := (Holding{Measure: measure}); len(came) > 0 {
			for level := range Levels {
				company.By[level], _ = scores.Coverage(low[level], high[level], came, proportions.Z95)
			}
			list = append(list, company)
		}
		if all.Totals > 0 {
			owners = append(owners, all.holding(measure))
		}
	}
	return append(list, owners...)
}

func (t *Tally) take(more Tally) {
	t.Totals += more.Totals
	for level := range Levels {
		t.Held[level] += more.Held[level]
		t.Width[level] += more.Width[level]
	}
}

func (t *Tally) holding(measure string) Holding {
	h := Holding{Measure: measure, Owners: true}
	for level := range Levels {
		held := &h.By[level]
		held.Inside, held.Count = t.Held[level], t.Totals
		held.Share, held.MeanWidth = float64(held.Inside)/float64(held.Count), t.Width[level]/float64(held.Count)
		held.Low, held.High, _ = proportions.Wilson(held.Inside, held.Count, proportions.Z95)
	}
	return h
}
