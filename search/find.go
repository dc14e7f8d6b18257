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
// only the latest are put in this order, the others follow on further pages.
func find(ctx context.Context, d *db.DB, s sight, k Kind, q Query, from cursor, most, window int) ([]Found, *cursor, error) {
	if !slices.Contains(s.kinds, k) || q.IsEmpty() {
		return nil, nil, nil
	}
	if from == start && k.firstStage() < anyhow {
		// Mostly what answers at all is little, and then one question is enough. Whether
		// it is, the index tells without anything being read.
		many, err := s.hasMore(ctx, d, k, q.anyAnswer(k), window)
		if err != nil {
			return nil, nil, err
		}
		if !many {
			list, err := look(ctx, d, s, k, q.anyAnswer(k), unbounded, window+1)
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
