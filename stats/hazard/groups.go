package hazard

import "encoding/binary"

// groups are rows that are alike in everything known at the landmark, taken together: how
// much weight was at risk in each interval, and how much of it ended there, by cause. The
// days of one deal are often alike, so that there are far fewer groups than rows.
type groups struct {
	fixed []uint16
	track []uint16
	seen  []uint8   // intervals in which anything was at risk
	risk  []float64 // by group, interval
	ended []float64 // by group, interval, cause
	order []int32   // the groups by track, which is how they are summed
}

func gather(s *Shape, rows *Rows) *groups {
	g := &groups{}
	n, intervals := len(s.Fixed), s.Intervals
	known := map[string]int32{}
	key := make([]byte, 2*n+2)
	for i := range rows.Len() {
		levels, track, weight := rows.Fixed[i*n:i*n+n], rows.Track[i], 1.0
		if rows.Weight != nil {
			weight = rows.Weight[i]
		}
		if weight == 0 || rows.Seen[i] == 0 {
			continue
		}
		for f, level := range levels {
			binary.LittleEndian.PutUint16(key[2*f:], level)
		}
		binary.LittleEndian.PutUint16(key[2*n:], track)
		at, has := known[string(key)]
		if !has {
			at = int32(len(g.track))
			known[string(key)] = at
			g.fixed, g.track, g.seen = append(g.fixed, levels...), append(g.track, track), append(g.seen, 0)
			g.risk = append(g.risk, make([]float64, intervals)...)
			g.ended = append(g.ended, make([]float64, intervals*Causes)...)
		}
		seen := int(rows.Seen[i])
		g.seen[at] = max(g.seen[at], rows.Seen[i])
		for k := range seen {
			g.risk[int(at)*intervals+k] += weight
		}
		if cause := int(rows.Cause[i]); cause > 0 {
			g.ended[(int(at)*intervals+seen-1)*Causes+cause-1] += weight
		}
	}
	g.sort(len(s.Tracks))
	return g
}

// sort orders the groups by track, and within one as they came.
func (g *groups) sort(tracks int) {
	from := make([]int32, tracks+1)
	for _, t := range g.track {
		from[t+1]++
	}
	for t := range tracks {
		from[t+1] += from[t]
	}
	g.order = make([]int32, len(g.track))
	for i, t := range g.track {
		g.order[from[t]] = int32(i)
		from[t]++
	}
}
