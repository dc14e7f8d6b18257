package accounts

import (
	"context"

	"milepost/internal/db"
)

type alike struct {
	ID     ID     `db:"id"`
	Name   string `db:"name"`
	Match  string `db:"match_key"`
	Domain string `db:"domain"`
	Owner  string `db:"owner"`
	Seen   int    `db:"seen"`
}

// ownerName is who looks after an account, or else who sells to it: whom to ask.
const ownerName = `coalesce(
	(select p.name from people p where p.org_id = a.org_id and p.id = a.owner_id),
	(select p.name from opportunities o join people p on p.org_id = o.org_id and p.id = o.owner_id
		where o.org_id = a.org_id and o.account_id = a.id order by o.version desc limit 1), '')`

// seenFlag is 1 for the rows in sight.
func seenFlag(w *where, s sight) string {
	inner := &where{d: w.d, args: w.args}
	s.accounts(inner, "a")
	w.args = inner.args
	if len(inner.parts) == 0 {
		return "1"
	}
	return "case when " + inner.text() + " then 1 else 0 end"
}

// alikeAccounts reads at most a handful: those of the same key or site first. Cross
// join keeps the candidates in front: they are few, and the accounts many.
func alikeAccounts(ctx context.Context, d *db.DB, s sight, match, site string) ([]alike, error) {
	w := newWhere(d)
	seen := seenFlag(w, s)
	org, key, domain := w.arg(d.Org()), w.arg(match), w.arg(site)
	// Gathered, then told apart: SQLite would join lists that are each told apart by
	// walking through all accounts in the order of their ids. Coalesced, the name does
	// not lead to the index by name, which most accounts are in.
	candidates := `select id from accounts where org_id = $` + itoa(org) + ` and match_key = $` + itoa(key) + ` and match_key <> ''
		union all
		select id from accounts where org_id = $` + itoa(org) + ` and domain = $` + itoa(domain) + ` and domain <> ''`
	if from, until, ok := prefixes(match); ok {
		candidates += `
		union all
		select id from (
			select id from accounts
			where org_id = $` + itoa(org) + ` and match_key >= $` + itoa(w.arg(from)) + ` and match_key < $` + itoa(w.arg(until)) + `
			order by match_key limit 20) begins
		union all
		select id from (
			select id from accounts
			where org_id = $` + itoa(org) + ` and match_key = '' and coalesce(name_key, '') >= $` + itoa(w.arg(from)) + ` and coalesce(name_key, '') < $` + itoa(w.arg(until)) + `
			limit 20) fresh`
	}
	return db.All[alike](ctx, d, `
		select a.id, a.name, a.match_key, a.domain, `+ownerName+` as owner, `+seen+` as seen
		from (select distinct id from (`+candidates+`) each_one) candidates
		cross join accounts a
		where a.org_id = $`+itoa(org)+` and a.id = candidates.id and a.merged_into = ''
		order by case when a.match_key = $`+itoa(key)+` then 0 else 1 end, a.name_key
		limit 8`, w.args...)
}

type alikeContact struct {
	ID      ContactID `db:"id"`
	Name    string    `db:"name"`
	Account string    `db:"account"`
	Owner   string    `db:"owner"`
	Seen    int       `db:"seen"`
}

func alikeContacts(ctx context.Context, d *db.DB, s sight, emails []string, name string, account ID) ([]alikeContact, error) {
	w := newWhere(d)
	seen := seenFlag(w, s)
	org := itoa(w.arg(d.Org()))
	list, called, at := w.arg(db.List(emails)), w.arg(likeEscapes.Replace(name)), w.arg(account)
	return db.All[alikeContact](ctx, d, `
		select c.id, c.name, a.name as account, `+ownerName+` as owner, `+seen+` as seen
		from (
			select contact_id as id from contact_emails where org_id = $`+org+` and `+d.OneOf("email", list)+`
			union
			select id from contacts
			where org_id = $`+org+` and account_id = $`+itoa(at)+` and $`+itoa(called)+` <> ''
				and (search_key = $`+itoa(called)+` or search_key like $`+itoa(called)+` || ' %' escape '\')
		) candidates
		cross join contacts c
		cross join accounts a
		where c.org_id = $`+org+` and c.id = candidates.id and a.org_id = c.org_id and a.id = c.account_id
		order by c.name_key, c.id
		limit 8`, w.args...)
}

func accountsAtDomain(ctx context.Context, d *db.DB, s sight, domain string) ([]Account, error) {
	w := newWhere(d)
	w.add("a.org_id = ?", d.Org())
	w.say("a.merged_into = ''")
	w.add(`(a.domain = ? or a.id in (
		select c.account_id from contact_emails e
		join contacts c on c.org_id = e.org_id and c.id = e.contact_id
		where e.org_id = a.org_id and e.domain = ?))`, domain, domain)
	s.accounts(w, "a")
	return db.All[Account](ctx, d, `select `+accountColumns+` from accounts a where `+w.text()+` limit 2`, w.args...)
}
