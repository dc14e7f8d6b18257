package accounts

import (
	"context"

	"milepost/internal/db"
	"milepost/people"
	"milepost/views"
)

// What accounts a, and contacts c of accounts a, are grouped by.
var (
	accountGroupColumns = map[string]string{"owner": "coalesce(a.owner_id, '')", "industry": "a.industry",
		"country": "a.country", "region": "a.region"}
	contactGroupColumns = map[string]string{"account": "a.id", "owner": "coalesce(a.owner_id, '')", "language": "c.language"}
)

// group narrows a list to the group that is open.
func (w *where) group(f Filter, columns map[string]string) {
	column, known := columns[f.Group]
	if !known || f.In == "" {
		return
	}
	key := f.In
	if key == views.NoGroup {
		key = ""
	}
	w.add(column+" = ?", key)
}

// accountTallies counts the accounts of a filter by group, and adds up by currency
// what is open there in the deals that the viewer sees.
func accountTallies(ctx context.Context, d *db.DB, v *people.Viewer, f Filter) ([]views.Tally, error) {
	f.In = ""
	column := accountGroupColumns[f.Group]
	w := newWhere(d)
	from := w.accounts(v, f)
	counts, err := db.All[views.Tally](ctx, d, `
		select `+column+` as group_key, `+column+` as label, count(*) as n
		from `+from+`
		where `+w.text()+`
		group by `+column, w.args...)
	if err != nil {
		return nil, err
	}
	s, outer := sightOf(v), newWhere(d)
	outer.add("o.org_id = ?", d.Org())
	outer.say("o.outcome is null")
	outer.say("o.amount_minor is not null")
	s.deals(outer, "o")
	inner := &where{d: d, args: outer.args}
	from = inner.accounts(v, f)
	sums, err := db.All[views.Tally](ctx, d, `
		select `+column+` as group_key, o.currency, cast(sum(o.amount_minor) as bigint) as minor
		from opportunities o
		join accounts a on a.org_id = o.org_id and a.id = o.account_id
		where `+outer.text()+` and o.account_id in (select a.id from `+from+` where `+inner.text()+`)
		group by `+column+`, o.currency`, inner.args...)
	return append(counts, sums...), err
}

// contactTallies counts the contacts of a filter by group.
func contactTallies(ctx context.Context, d *db.DB, v *people.Viewer, f Filter) ([]views.Tally, error) {
	f.In = ""
	column := contactGroupColumns[f.Group]
	label := column
	if f.Group == "account" {
		label = "a.name"
	}
	w := newWhere(d)
	from := w.contacts(v, f)
	return db.All[views.Tally](ctx, d, `
		select `+column+` as group_key, `+label+` as label, count(*) as n
		from `+from+`
		where `+w.text()+`
		group by `+column+`, `+label, w.args...)
}
