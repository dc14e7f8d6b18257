package search

// bag gathers words, each once.
type bag struct {
	letter string
	have   map[string]bool
	list   []string
}

func (b *bag) put(w string) {
	if w = b.letter + w; !b.have[w] {
		b.have[w] = true
		b.list = append(b.list, w)
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
		if n > 0 && n <= shortPrefix {
			b.put(mark + w[:i] + begin)
		}
		n++
	}
	if n <= shortPrefix {
		b.put(mark + w + begin)
	}
}

func (b *bag) text(mark, text string) {
	list := spans(text)
	for i, s := range list {
		if i == mostWords {
			break
		}
		for _, w := range s.tokens(text) {
			b.word(mark, w)
		}
	}
	whole, _ := joined(text, list[:min(len(list), mostWords)])
	for _, w := range whole {
		b.word(mark, w)
	}
}
