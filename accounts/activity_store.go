package accounts

import (
	"context"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// latestOf lists the newest entries about some accounts and contacts. The plus keeps
// SQLite from walking back through the whole ledger for the sake of the order.
func latestOf(ctx context.Context, d *db.DB, subjects []string, most int) ([]ledger.Entry, error) {
	return db.All[ledger.Entry](ctx, d, `
		select sequence, id, recorded_at, effective_at, actor, via, kind, subject, '' as opportunity_id, payload, salt,
			payload_hash, hash
		from entries
		where org_id = $1 and `+d.OneOf("subject", 2)+` and opportunity_id is null
		order by +sequence desc
		limit $3`, d.Org(), db.List(subjects), most)
}

type titled struct {
	ID    deals.ID `db:"id"`
	Title string   `db:"title"`
}

func titlesOf(ctx context.Context, d *db.DB, s sight, ids []deals.ID) (map[deals.ID]string, error) {
	w := newWhere(d)
	w.add("o.org_id = ?", d.Org())
	w.oneOf("o.id", db.List(ids))
	s.deals(w, "o")
	list, err := db.All[titled](ctx, d, `select o.id, o.title from opportunities o where `+w.text(), w.args...)
	titles := make(map[deals.ID]string, len(list))
	for _, t := range list {
		titles[t.ID] = t.Title
	}
	return titles, err
}

// seenAmong lists which of some accounts are in sight.
func seenAmong(ctx context.Context, d *db.DB, s sight, ids []ID) ([]ID, error) {
	w := newWhere(d)
	w.add("a.org_id = ?", d.Org())
	w.oneOf("a.id", db.List(ids))
	s.accounts(w, "a")
	return db.All[ID](ctx, d, `select a.id from accounts a where `+w.text()+` order by a.name_key, a.id`, w.args...)
}

// namesLike lists the names of accounts in sight that begin with, or hold, a text.
func namesLike(ctx context.Context, d *db.DB, s sight, text string, most int) ([]string, error) {
	w := newWhere(d)
	w.add("a.org_id = ?", d.Org())
	w.say("a.merged_into = ''")
	w.add(`a.name_key like ? escape '\'`, "%"+likeEscapes.Replace(deals.AccountKey(text))+"%")
	from := s.from(w)
	limit := w.arg(most)
	return db.All[string](ctx, d, `select a.name from `+from+` where `+w.text()+` order by a.name_key, a.id limit $`+itoa(limit), w.args...)
}
