package search

import (
	"context"
	"slices"

	"milepost/internal/db"
)

// cursor is the place in the answers of one kind after which to go on.
type cursor struct {
	stage stage
	below int64
}

// start is the place before all answers.
var start = cursor{exact, unbounded}

// find lists what of a kind answers a query, the better answers first, and where to
// go on when there is more. Among answers that are equally good, what is the person's
// own comes first, then what is still open, then what was touched last; of very many
// only the latest are put in this order, the others follow on further pages. They are
// still to be dressed.
func find(ctx context.Context, d *db.DB, s sight, k Kind, q Query, from cursor, most, window int) ([]Found, *cursor, error) {
	if !slices.Contains(s.kinds, k) || q.IsEmpty() {
		return nil, nil, nil
	}
	if from == start && k.firstStage() < anyhow {
		// Mostly what answers at all is little, and then one question is enough. Whether
		// it is, the index tells without anything being read.
		numbers, err := s.numbers(ctx, d, k, q.anyAnswer(k), unbounded, window+1)
		if err != nil || len(numbers) == 0 {
			return nil, nil, err
		}
		if len(numbers) <= window {
			list, err := s.read(ctx, d, k, plain, numbers)
			for i := range list {
				list[i].stage = q.stageOf(&list[i])
			}
			s.rank(list)
			return list, nil, err
		}
	}
	var all []Found
	for at := max(from.stage, k.firstStage()); at < noStage; at++ {
		below := int64(unbounded)
		if from != start && at == from.stage {
			below = from.below
		}
		list, err := look(ctx, d, s, k, q.match(k, at), below, window+1)
		if err != nil {
			return nil, nil, err
		}
		for i := range list {
			list[i].stage = at
		}
		more := len(list) > window
		list = list[:min(len(list), window)]
		last := cursor{stage: at}
		if more {
			last.below = list[len(list)-1].Number
		}
		s.rank(list)
		all = append(all, list...)
		if more || len(all) >= most && at+1 < noStage {
			if !more {
				last = cursor{at + 1, unbounded}
			}
			return all, &last, nil
		}
	}
	return all, nil, nil
}

// dress reads what is shown of answers of one kind. What went meanwhile is left out.
func dress(ctx context.Context, d *db.DB, s sight, list []Found) ([]Found, error) {
	if len(list) == 0 {
		return nil, nil
	}
	numbers, at := make([]int64, len(list)), map[string]int{}
	for i, f := range list {
		numbers[i], at[f.ID] = f.Number, i
	}
	dressed, err := s.read(ctx, d, list[0].Kind, whole, numbers)
	for i := range dressed {
		dressed[i].stage = list[at[dressed[i].ID]].stage
	}
	slices.SortFunc(dressed, func(a, b Found) int { return at[a.ID] - at[b.ID] })
	return dressed, err
}
