package search

import (
	"context"
	"slices"

	"milepost/deals"
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
	own    map[people.ID]bool // the same, to be asked for one
	all    bool
	wide   bool // they see the deals of very many
	kinds  []Kind
}

// sightOf reads from the viewer what they may find: everyone finds people; what
// belongs to deals is found by whoever sees those deals.
func sightOf(v *people.Viewer) sight {
	s := sight{me: v.ID, org: v.Org, kinds: Kinds}
	s.owners, s.all = v.Visible()
	s.own = make(map[people.ID]bool, len(s.owners))
	for _, id := range s.owners {
		s.own[id] = true
	}
	s.wide = !s.all && len(s.owners) > many
	if !s.all && len(s.owners) == 0 {
		s.kinds = []Kind{Person}
	}
	return s
}

// many is how many owners it takes longer to look for in the index than to leave out
// what others own.
const many = 100

// few tells whether the index is asked by whose deals something belongs to.
func (s sight) few(k Kind) bool { return !s.all && k != Person && !s.wide }

// narrow is the part of a question to the index that leaves out what is not for this
// person's eyes. That something is the organization's needs no word where the index keeps
// each organization's apart.
func (s sight) narrow(d *db.DB, k Kind) db.Match {
	switch {
	case s.few(k):
	case d.Kind() == db.Postgres:
		return db.Match{}
	default:
		return db.Word(k.letter() + belongsTo + plainID(string(s.org)))
	}
	seers := make([]db.Match, len(s.owners))
	for i, id := range s.owners {
		seers[i] = db.Word(k.letter() + seenBy + plainID(string(id)))
	}
	return db.AnyOf(seers...)
}

// keep says once more, of what is true now, what the person sees: what has an owner on
// the list or, of accounts and the people there, what has a deal of such an owner. To
// hand the list to the database takes longer than to ask it whose all of this is.
func (s sight) keep(ctx context.Context, d *db.DB, by belonging, list []Found) ([]Found, error) {
	if s.all || by == toAll {
		return list, nil
	}
	var unsure []string
	for _, f := range list {
		if by == toAccount && !s.own[f.Owner] {
			unsure = append(unsure, string(f.Account))
		}
	}
	mine := map[deals.AccountID]bool{}
	if len(unsure) > 0 {
		holders, err := holdersOf(ctx, d, unsure)
		if err != nil {
			return nil, err
		}
		for _, h := range holders {
			mine[h.Account] = mine[h.Account] || s.own[h.Owner]
		}
	}
	return slices.DeleteFunc(list, func(f Found) bool { return !s.own[f.Owner] && !(by == toAccount && mine[f.Account]) }), nil
}

// holder is somebody who has a deal with an account.
type holder struct {
	Account deals.AccountID `db:"account_id"`
	Owner   people.ID       `db:"owner_id"`
}

func holdersOf(ctx context.Context, d *db.DB, accounts []string) ([]holder, error) {
	return db.All[holder](ctx, d, `
		select distinct account_id, owner_id
		from opportunities
		where org_id = $1 and owner_id is not null and `+d.OneOf("account_id", 2), d.Org(), db.List(accounts))
}
