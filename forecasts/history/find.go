package history

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
