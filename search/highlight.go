package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// piece is a stretch of a text, and whether it is what was looked for.
type piece struct {
	Text string
	Hit  bool
}

// mark parts a text into what was looked for and the rest.
func (q Query) mark(text string) []piece {
	var list []piece
	at := 0
	for _, hit := range q.hits(text) {
		if hit.from < at {
			continue
		}
		if hit.from > at {
			list = append(list, piece{text[at:hit.from], false})
		}
		list = append(list, piece{text[hit.from:hit.to], true})
		at = hit.to
	}
	if at < len(text) {
		list = append(list, piece{text[at:], false})
	}
	return list
}

// hits are the stretches of a text that answer one of the terms, in their order.
func (q Query) hits(text string) []span {
	list := spans(text)
	var hits []span
	for _, s := range list {
		switch {
		case s.class == dense:
			hits = append(hits, q.denseHits(text, s)...)
		case q.fits(s.tokens(text)):
			hits = append(hits, s)
		}
	}
	whole, where := joined(text, list)
	for i, w := range whole {
		if q.fits([]string{w}) {
			hits = append(hits, where[i])
		}
	}
	slices.SortStableFunc(hits, func(a, b span) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to // the longer one first
	})
	return hits
}

// denseHits are single characters, which lie beside each other where a whole word was
// looked for.
func (q Query) denseHits(text string, s span) []span {
	var at []int
	for i := range text[s.from:s.to] {
		at = append(at, s.from+i)
	}
	at = append(at, s.to)
	hit := make([]bool, len(at)-1)
	for i := range hit {
		if q.fits([]string{essence(text[at[i]:at[i+1]])}) {
			hit[i] = true
		}
		if i+1 < len(hit) && q.fits([]string{essence(text[at[i]:at[i+2]])}) {
			hit[i], hit[i+1] = true, true
		}
	}
	var list []span
	for i, is := range hit {
		if !is {
			continue
		}
		if n := len(list); n > 0 && list[n-1].to == at[i] {
			list[n-1].to = at[i+1]
			continue
		}
		list = append(list, span{dense, at[i], at[i+1]})
	}
	return list
}

func (q Query) fits(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return slices.ContainsFunc(q.terms, func(t term) bool { return t.fits(w) })
	})
}

// around is how many bytes of a text are shown before and after the first hit.
const around = 70

// plainNote drops from a note what only says how it is set.
var plainNote = strings.NewReplacer("*", "", "`", "", "#", "", "|", " ")

// snippet is the surroundings of the first hit in a longer text; nothing where there
// is none.
func (q Query) snippet(text string) []piece {
	text = strings.Join(strings.Fields(plainNote.Replace(text)), " ")
	hits := q.hits(text)
	if len(hits) == 0 {
		return nil
	}
	from, to := max(0, hits[0].from-around), min(len(text), hits[0].to+2*around)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	if i := strings.IndexByte(text[from:hits[0].from], ' '); from > 0 && i >= 0 {
		from += i + 1
	}
	if i := strings.LastIndexByte(text[hits[0].to:to], ' '); to < len(text) && i >= 0 {
		to = hits[0].to + i
	}
	list := q.mark(text[from:to])
	if from > 0 {
		list = append([]piece{{"… ", false}}, list...)
	}
	if to < len(text) {
		list = append(list, piece{" …", false})
	}
	return list
}
