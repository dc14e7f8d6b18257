package search

// bag gathers words, each once, up to so many that PostgreSQL takes them.
type bag struct {
	letter string
	have   map[string]bool
	list   []string
	size   int // bytes
}

func (b *bag) put(w string) {
	if w = b.letter + w; !b.have[w] && b.size+len(w) <= mostBytes {
		b.have[w] = true
		b.list = append(b.list, w)
		b.size += len(w)
	}
}

// word puts a word in, and how it begins.
func (b *bag) word(mark, w string) {
	if w == "" || b.have[b.letter+mark+w] {
		return
	}
	b.put(mark + w)
	n := 0
	for i := range w {
		if n > 0 && n <= longestBegun {
			b.put(mark + w[:i] + begin)
		}
		n++
	}
}

// text puts the words of a text in, up to so many that the longest note is one.
func (b *bag) text(mark, text string) {
	list, left := spans(text), mostWords
	for i, s := range list {
		tokens := s.tokens(text)
		tokens = tokens[:min(left, len(tokens))]
		for _, w := range tokens {
			b.word(mark, w)
		}
		if left -= len(tokens); left == 0 {
			list = list[:i+1]
			break
		}
	}
	whole, _ := joined(text, list)
	for _, w := range whole {
		b.word(mark, w)
	}
}
