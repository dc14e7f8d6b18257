package testworld

// handover makes someone else the owner from a day on.
type handover struct {
	day int
	to  *member
}

// ownerOn is who works on a deal on a day. Whoever leaves hands over everything;
// whoever changes teams hands over most of it.
func (w *world) ownerOn(p *plan, day int) *member {
	owner := p.owner()
	left := w.cast.monthDay(w.cast.byName[goneName].until)
	moved := w.cast.monthDay(reorganized)
	switch {
	case owner.name == goneName && day >= left:
		p.owners = append(p.owners, handover{left, w.cast.byName[heirName]})
	case owner.name == movedName && day >= moved && p.created < moved && !p.takenAlong:
		p.owners = append(p.owners, handover{moved, w.colleague(p, moved)})
	}
	return p.owner()
}

// owner is who owns the deal after the last handover that was noted.
func (p *plan) owner() *member {
	if n := len(p.owners); n > 0 {
		return p.owners[n-1].to
	}
	return p.rep
}

// ownerThen is who owned the deal on a day.
func (p *plan) ownerThen(day int) *member {
	owner := p.rep
	for _, h := range p.owners {
		if h.day <= day {
			owner = h.to
		}
	}
	return owner
}

// colleague is someone of the deal's team who is there on a day.
func (w *world) colleague(p *plan, day int) *member {
	var there []*member
	for _, m := range w.cast.reps {
		if m != p.owner() && w.cast.here(m, day) && w.cast.teamOn(m, day) == p.team {
			there = append(there, m)
		}
	}
	return pick(p.chance, there)
}
