package search

import (
	"milepost/internal/db"
	"milepost/people"
)

// sight is whose deals a person may see, and what that lets them find: deals and their
// notes by who owns the deal; accounts, and the people there, by who owns the account
// or one of its deals; colleagues by everyone. This file is the one place of this room
// that says so. It is said twice, and both must hold: narrow asks the index, which may
// lag behind, so that what is not for these eyes takes nobody's place among the first
// fifty; seen asks what is true now.
type sight struct {
	me     people.ID
	org    db.Org
	owners []people.ID
	all    bool
	wide   bool // they see the deals of very many
	kinds  []Kind
}

// sightOf reads from the viewer what they may find: everyone finds people; what
// belongs to deals is found by whoever sees those deals.
func sightOf(v *people.Viewer) sight {
	s := sight{me: v.ID, org: v.Org, kinds: Kinds}
	s.owners, s.all = v.Visible()
	s.wide = !s.all && len(s.owners) > many
	if !s.all && len(s.owners) == 0 {
		s.kinds = []Kind{Person}
	}
	return s
}

// many is how many owners it takes longer to look for in the index than to leave out
// what others own.
const many = 100

// narrow is the part of a question to the index that leaves out what is not for this
// person's eyes.
func (s sight) narrow(k Kind) db.Match {
	if s.all || k == Person || s.wide {
		return db.Word(k.letter() + belongsTo + plainID(string(s.org)))
	}
	seers := make([]db.Match, len(s.owners))
	for i, id := range s.owners {
		seers[i] = db.Word(k.letter() + seenBy + plainID(string(id)))
	}
	return db.AnyOf(seers...)
}

// seen says once more, of what is true now, whether someone on a list sees it.
func (s sight) seen(d *db.DB, what string, list int) string {
	if what == "deal" {
		return d.OneOf("o.owner_id", list)
	}
	return `(` + d.OneOf("a.owner_id", list) + ` or exists (
			select 1
			from opportunities seen
			where seen.org_id = a.org_id and seen.account_id = a.id and ` + d.OneOf("seen.owner_id", list) + `))`
}
