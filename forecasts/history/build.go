package history

import (
	"cmp"
	"slices"
	"time"

	"milepost/calendar"
	"milepost/forecasts/reference"
	"milepost/money/rates"
)

// Builder gathers facts into a Log. Facts may come in any order; deals are known
// by their id.
type Builder struct {
	log    Log
	deals  map[string]int32
	labels map[string]Label
	people map[[2]string]Label
	facts  []Fact
	owners []int32 // the deal of facts[i], in order of arrival
}

// NewBuilder starts a log whose days are those of a place.
func NewBuilder(place *time.Location) *Builder {
	return &Builder{
		log:    Log{place: place, names: []string{""}, people: map[Label]string{}, known: -never},
		deals:  map[string]int32{},
		labels: map[string]Label{"": 0},
		people: map[[2]string]Label{},
	}
}

// Label interns a text.
func (b *Builder) Label(text string) Label {
	label, has := b.labels[text]
	if !has {
		label = Label(len(b.log.names))
		b.labels[text] = label
		b.log.names = append(b.log.names, text)
	}
	return label
}

// Person interns a person by id, under the name that he or she had then; the empty
// id is nobody.
func (b *Builder) Person(id, name string) Label {
	if id == "" {
		return 0
	}
	label, has := b.people[[2]string{id, name}]
	if !has {
		label = Label(len(b.log.names))
		b.people[[2]string{id, name}] = label
		b.log.names = append(b.log.names, name)
		b.log.people[label] = id
	}
	return label
}

// Deal names a deal; a second call with the same id may give the external id
// that the first did not know.
func (b *Builder) Deal(id, external string) {
	at := b.deal(id)
	if external != "" {
		b.log.deals[at].external = external
	}
}

// Add puts a fact about a deal in.
func (b *Builder) Add(id string, fact Fact) {
	b.owners = append(b.owners, b.deal(id))
	b.facts = append(b.facts, fact)
	b.Know(fact.Recorded)
}

// Assume puts in that a table of assumptions was set.
func (b *Builder) Assume(v reference.Version) { b.log.assumed = append(b.log.assumed, v) }

// Rate puts in that an exchange rate was given, or taken back.
func (b *Builder) Rate(v rates.Version) { b.log.rates = append(b.log.rates, v) }

// Know says that the log reaches at least to an instant, whether or not that
// brought a fact that forecasts use.
func (b *Builder) Know(at calendar.Instant) { b.log.known = max(b.log.known, at) }

func (b *Builder) deal(id string) int32 {
	at, has := b.deals[id]
	if !has {
		at = int32(len(b.log.deals))
		b.deals[id] = at
		b.log.deals = append(b.log.deals, deal{id: id, created: never})
	}
	return at
}

// Log orders what was gathered. The builder is spent afterwards.
func (b *Builder) Log() *Log {
	l := &b.log
	order := b.order()
	place := make([]int32, len(order)) // place[arrival] = position after sorting
	sorted := make([]deal, len(order))
	for position, arrival := range order {
		place[arrival] = int32(position)
		sorted[position] = l.deals[arrival]
	}
	l.deals = sorted
	l.first = make([]int32, len(order)+1)
	for _, arrival := range b.owners {
		l.first[place[arrival]+1]++
	}
	for i := range order {
		l.first[i+1] += l.first[i]
	}
	l.facts = make([]Fact, len(b.facts))
	next := slices.Clone(l.first)
	for i, fact := range b.facts {
		at := place[b.owners[i]]
		l.facts[next[at]] = fact
		next[at]++
	}
	for i := range l.deals {
		slices.SortFunc(l.of(int32(i)), byCounting)
		l.deals[i].created = creation(l.of(int32(i)))
	}
	l.prepare()
	b.facts, b.owners = nil, nil
	return l
}

// order is the arrival numbers of the deals by external id, then id.
func (b *Builder) order() []int32 {
	order := make([]int32, len(b.log.deals))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(x, y int32) int {
		p, q := &b.log.deals[x], &b.log.deals[y]
		return cmp.Or(cmp.Compare(p.external, q.external), cmp.Compare(p.id, q.id))
	})
	return order
}

// byCounting orders facts by when they begin to count; what was known as of any
// instant is then the first so many facts of each deal.
func byCounting(f, g Fact) int {
	return cmp.Or(cmp.Compare(f.Counts(), g.Counts()), cmp.Compare(f.Effective, g.Effective), cmp.Compare(f.Sequence, g.Sequence))
}

// prepare works out what is asked of the log again and again.
func (l *Log) prepare() {
	l.firstStage = never
	low, high := never, -never
	for i := range l.facts {
		at := l.facts[i].Counts()
		low, high = min(low, at), max(high, at)
		if l.facts[i].Kind == Stage {
			l.firstStage = min(l.firstStage, at)
		}
	}
	if len(l.facts) > 0 {
		l.days = newMidnights(dayOf(low, l.place), dayOf(high, l.place)+1, l.place)
	}
	l.tracks = l.follow(never, &byStage{})
}

func creation(facts []Fact) calendar.Instant {
	for i := range facts {
		if facts[i].Kind == Created {
			return facts[i].Counts()
		}
	}
	return never
}
