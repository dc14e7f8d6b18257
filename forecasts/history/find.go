package history

import (
	"cmp"
	"sort"
)

// Finder finds deals of a log by what something that was kept calls them.
type Finder struct{ external, id map[string]int32 }

// Finder makes one.
func (l *Log) Finder() *Finder {
	f := &Finder{make(map[string]int32, len(l.deals)), make(map[string]int32, len(l.deals))}
	for i, d := range l.deals {
		f.id[d.id] = int32(i)
		if d.external != "" {
			f.external[d.external] = int32(i)
		}
	}
	return f
}

// Deal is the deal with an external id, or without one with an id of ours; false where
// the log has none.
func (f *Finder) Deal(external, id string) (int32, bool) {
	if external != "" {
		deal, is := f.external[external]
		return deal, is
	}
	deal, is := f.id[id]
	return deal, is
}

// Name is what a deal is called in every log that has it; numbers are those of one log.
type Name struct{ external, id string }

// NameOf gives a deal's.
func (p *Past) NameOf(deal int32) Name {
	d := &p.log.deals[deal]
	return Name{d.external, d.id}
}

// Named is the number of the deal of a name; false where there is none.
func (p *Past) Named(name Name) (int32, bool) {
	list := p.log.deals
	at := sort.Search(len(list), func(i int) bool {
		return cmp.Or(cmp.Compare(list[i].external, name.external), cmp.Compare(list[i].id, name.id)) >= 0
	})
	return int32(at), at < len(list) && list[at].external == name.external && list[at].id == name.id
}
