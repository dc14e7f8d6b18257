package history

import "slices"

// Resume starts a builder from a log, to which later facts are added; the log
// itself stays as it is.
func Resume(l *Log) *Builder {
	b := NewBuilder(l.place)
	b.log.names, b.log.known = slices.Clone(l.names), l.known
	b.log.assumed, b.log.rates = slices.Clone(l.assumed), slices.Clone(l.rates)
	for i, name := range l.names {
		if id, is := l.people[Label(i)]; is {
			b.people[[2]string{id, name}] = Label(i)
			b.log.people[Label(i)] = id
		} else {
			b.labels[name] = Label(i)
		}
	}
	b.facts = slices.Clone(l.facts)
	b.owners = make([]int32, 0, len(l.facts))
	for i, d := range l.deals {
		b.deals[d.id] = int32(i)
		b.log.deals = append(b.log.deals, deal{id: d.id, external: d.external, created: never})
		for range l.of(int32(i)) {
			b.owners = append(b.owners, int32(i))
		}
	}
	return b
}
