package search

import (
	"slices"
	"strings"

	"milepost/internal/db"
)

const (
	longestQuery = 200 // characters of what is typed that are looked at
	mostTerms    = 12
)

// term is a word that must be there; the last one typed may go on.
type term struct {
	word   string
	begins bool
}

// Query is what somebody looks for.
type Query struct {
	Text  string // as it was typed, without what nobody would look for
	terms []term
	whole string // everything that was typed, as one word
	phone string // the figures, when it may be a telephone number
}

// Read understands what was typed. There is no grammar: signs part words, whatever
// they mean elsewhere.
func Read(typed string) Query {
	typed = strings.Join(strings.Fields(strings.ToValidUTF8(strings.Map(shown, typed), "")), " ")
	typed = strings.TrimSpace(cut(typed, longestQuery))
	q := Query{Text: typed}
	list := spans(typed)
	for _, s := range list[:min(len(list), mostTerms)] {
		tokens := s.tokens(typed)
		alone := s.class == dense && len(tokens) == 1
		if s.class == dense && !alone {
			tokens = tokens[:max(0, len(tokens)-1)] // the pairs say it all
		}
		for _, w := range tokens {
			q.terms = append(q.terms, term{word: w, begins: alone})
		}
	}
	if n := len(q.terms); n > 0 {
		if list[len(list)-1].class != dense {
			q.terms[n-1].begins = true
		}
		q.whole = compact(typed)
	}
	q.terms = slices.Compact(q.terms)
	if number := digits(typed); len(number) >= shortestPhone && strings.Trim(typed, "0123456789 +-./()") == "" {
		q.phone = strings.TrimLeft(number, "0")
	}
	return q
}

// shown turns what cannot be seen into blanks.
func shown(r rune) rune {
	if r < ' ' || r == 0x7f {
		return ' '
	}
	return r
}

// IsEmpty tells whether there is nothing to look for.
func (q Query) IsEmpty() bool { return len(q.terms) == 0 }

// stage is how well something answers a query; better ones are looked for first.
type stage int

const (
	exact   stage = iota // it is the whole title, address or number
	begins               // the title begins so
	titled               // every word is in the title
	anyhow               // every word is somewhere
	noStage              // beyond the last
)

// match asks the index for what answers a query so well and no better.
func (q Query) match(k Kind, s stage) db.Match {
	if q.IsEmpty() {
		return db.Match{}
	}
	var better []db.Match
	for earlier := k.firstStage(); earlier < s; earlier++ {
		better = append(better, q.answer(k, earlier))
	}
	return db.But(q.answer(k, s), db.AnyOf(better...))
}

// firstStage is where to begin: a note has no title.
func (k Kind) firstStage() stage {
	if k == Note {
		return anyhow
	}
	return exact
}

func (q Query) answer(k Kind, s stage) db.Match {
	letter := k.letter()
	switch s {
	case exact:
		return db.Word(letter + wholly + q.whole)
	case begins:
		return db.AllOf(db.Word(letter+beginsSo+cut(q.whole, longestBegin)+begin), q.all(letter+inTitle))
	case titled:
		return q.all(letter + inTitle)
	}
	if q.phone != "" && (k == Contact || k == Account) {
		return db.AnyOf(q.all(letter), db.Prefix(letter+q.phone))
	}
	return q.all(letter)
}

// anyAnswer asks for everything that answers, however well.
func (q Query) anyAnswer(k Kind) db.Match {
	if q.IsEmpty() {
		return db.Match{}
	}
	if k.firstStage() == anyhow {
		return q.answer(k, anyhow)
	}
	return db.AnyOf(q.answer(k, exact), q.answer(k, anyhow))
}

// all asks for every term under a mark.
func (q Query) all(mark string) db.Match {
	parts := make([]db.Match, len(q.terms))
	for i, t := range q.terms {
		parts[i] = t.match(mark)
	}
	return db.AllOf(parts...)
}

func (t term) match(mark string) db.Match {
	switch {
	case !t.begins:
		return db.Word(mark + t.word)
	case len([]rune(t.word)) <= longestBegun:
		return db.AnyOf(db.Word(mark+t.word), db.Word(mark+t.word+begin))
	}
	return db.Prefix(mark + t.word)
}

// fits tells whether a word of a text is one of the terms.
func (t term) fits(w string) bool {
	return w == t.word || t.begins && strings.HasPrefix(w, t.word)
}
