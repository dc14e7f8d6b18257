package monday

import (
	"cmp"
	"slices"
)

// ranking keeps the heaviest of many deals.
type ranking struct {
	most int
	list []weighed // what is beyond most is cut off from time to time
	full bool      // so many are there, and none lighter than the last counts any more
}

type weighed struct {
	*deal
	weight float64
}

// heavier puts the heaviest first.
func heavier(a, b weighed) int {
	return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.ID, b.ID))
}

// take takes in deals that are in their order.
func (r *ranking) take(list []weighed) {
	for _, w := range list[:min(r.most, len(list))] {
		if r.full && heavier(w, r.list[r.most-1]) > 0 {
			return
		}
		r.list = append(r.list, w)
		if len(r.list) >= 4*r.most {
			r.cut()
		}
	}
}

func (r *ranking) cut() {
	slices.SortFunc(r.list, heavier)
	r.full = len(r.list) >= r.most
	r.list = r.list[:min(r.most, len(r.list))]
}
