package search

import (
	"cmp"
	"slices"
	"strings"
)

// stageOf tells how well something that answers does, from what it is called.
func (q Query) stageOf(f *Found) stage {
	if f.Kind == Note {
		return anyhow
	}
	title := compact(f.Title)
	if title == q.whole {
		return exact
	}
	for name := range strings.SplitSeq(f.Known, ",") {
		if name != "" && compact(name) == q.whole {
			return exact
		}
	}
	if !q.isIn(f.Title) {
		return anyhow
	}
	if strings.HasPrefix(title, cut(q.whole, longestBegin)) {
		return begins
	}
	return titled
}

// isIn tells whether all words are in a short text.
func (q Query) isIn(text string) bool {
	var words []string
	list := spans(text)
	for _, s := range list {
		words = append(words, s.tokens(text)...)
	}
	whole, _ := joined(text, list)
	words = append(words, whole...)
	for _, t := range q.terms {
		if !slices.ContainsFunc(words, t.fits) {
			return false
		}
	}
	return !q.IsEmpty()
}

// rank puts the better answers first, and equally good ones in order.
func (s sight) rank(list []Found) {
	slices.SortStableFunc(list, func(a, b Found) int {
		return cmp.Or(cmp.Compare(a.stage, b.stage), first(a.Owner == s.me, b.Owner == s.me), first(a.State == "", b.State == ""), cmp.Compare(b.Touched, a.Touched))
	})
}

func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
