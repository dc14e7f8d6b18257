package search

import (
	"milepost/internal/db"
	"milepost/people"
)

// sight is whose deals a person may see, and what that lets them find.
type sight struct {
	me     people.ID
	org    db.Org
	owners []people.ID
	all    bool
	kinds  []Kind
}

// sightOf reads from the viewer what they may find: everyone finds people; what
// belongs to deals is found by whoever sees those deals.
func sightOf(v *people.Viewer) sight {
	s := sight{me: v.ID, org: v.Org, kinds: Kinds}
	s.owners, s.all = v.Visible()
	if !s.all && len(s.owners) == 0 {
		s.kinds = []Kind{Person}
	}
	return s
}

// narrow is the part of a question to the index that leaves out what is not for this
// person's eyes.
func (s sight) narrow(k Kind) db.Match {
	if s.all || k == Person {
		return db.Word(k.letter() + belongsTo + plainID(string(s.org)))
	}
	seers := make([]db.Match, len(s.owners))
	for i, id := range s.owners {
		seers[i] = db.Word(k.letter() + seenBy + plainID(string(id)))
	}
	return db.AnyOf(seers...)
}
