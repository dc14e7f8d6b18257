package accounts

import (
	"context"

	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
)

// mostCounted is up to how many rows a list is counted: nobody walks through more,
// and everybody would wait for it.
const mostCounted = 10_000

// Whole is what a list comes to.
type Whole struct {
	Count int
	Open  money.Totals // in the deals that the viewer sees
}

// whole counts the accounts of a filter and adds up what is open there.
func whole(ctx context.Context, d *db.DB, v *people.Viewer, f Filter) (Whole, error) {
	s := sightOf(v)
	if f.Text != "" || f.Owner != "" || f.Show == "unknown" || f.Shape.Narrows() {
		return wholeNarrowed(ctx, d, s, v, f)
	}
	count, err := countWide(ctx, d, s, v, f)
	if err != nil {
		return Whole{}, err
	}
	w := openSums(d, s)
	if s.few() {
		w.say("coalesce(o.account_id, '') <> ''") // by owner, not by account
	} else {
		w.say("o.account_id is not null")
	}
	lines, err := db.All[sumLine](ctx, d, `
		select o.currency, cast(sum(o.amount_minor) as bigint) as minor
		from opportunities o
		where `+w.text()+`
		group by o.currency`, w.args...)
	return wholeOfLines(count, lines), err
}

// openSums are the open deals in sight that have an amount.
func openSums(d *db.DB, s sight) *where {
	w := &where{d: d, all: true}
	w.add("o.org_id = ?", d.Org())
	w.say("o.outcome is null")
	w.say("o.amount_minor is not null")
	s.deals(w, "o")
	return w
}

func wholeOfLines(count int, lines []sumLine) Whole {
	sums := Whole{Count: min(count, mostCounted+1), Open: money.Totals{}}
	for _, l := range lines {
		sums.Open.Add(money.Amount{Minor: l.Minor, Currency: l.Currency})
	}
	return sums
}

// wholeNarrowed finds the accounts once, for the count and for the sums.
func wholeNarrowed(ctx context.Context, d *db.DB, s sight, v *people.Viewer, f Filter) (Whole, error) {
	outer := openSums(d, s)
	inner := &where{d: d, args: outer.args, all: true}
	from := inner.accounts(v, f)
	lines, err := db.All[sumLine](ctx, d, `
		with found as materialized (select a.id from `+from+` where `+inner.text()+`)
		select '' as currency, 0 as minor, count(*) as deals
		from found
		union all
		select o.currency, cast(sum(o.amount_minor) as bigint) as minor, count(*) as deals
		from opportunities o
		where `+outer.text()+` and o.account_id in (select id from found)
		group by o.currency`, inner.args...)
	if err != nil || len(lines) == 0 {
		return Whole{}, err
	}
	count := 0
	sums := lines[:0]
	for _, l := range lines {
		if l.Currency == "" {
			count = l.Deals
			continue
		}
		sums = append(sums, l)
	}
	return wholeOfLines(count, sums), nil
}

// countWide counts all accounts in sight, or all with open deals. Those of many people
// are told by walking through the deals account by account, until there are enough;
// then come accounts that nobody sells to but someone in sight looks after.
func countWide(ctx context.Context, d *db.DB, s sight, v *people.Viewer, f Filter) (int, error) {
	most := itoa(mostCounted + 1)
	if s.few() || s.all && f.Show == "" {
		w := &where{d: d, all: true}
		from := w.accounts(v, f)
		return db.One[int](ctx, d, `select count(*) from (select 1 from `+from+` where `+w.text()+` limit `+most+`) counted`, w.args...)
	}
	w := &where{d: d, all: true}
	w.add("o.org_id = ?", d.Org())
	w.say("o.account_id is not null")
	s.deals(w, "o")
	if f.Show == "open" {
		w.say("o.outcome is null")
	}
	n, err := db.One[int](ctx, d, `select count(*) from (select distinct o.account_id from opportunities o where `+w.text()+` limit `+most+`) counted`, w.args...)
	if err != nil || f.Show == "open" || n > mostCounted {
		return n, err
	}
	w = &where{d: d, all: true}
	w.add("a.org_id = ?", d.Org())
	w.say("a.merged_into = ''")
	list := w.arg(db.List(s.owners))
	w.say("a.owner_id is not null")
	w.say(d.OneOfMany("a.owner_id", list))
	w.say(`not exists (
		select 1 from opportunities o
		where o.org_id = a.org_id and o.account_id = a.id and ` + d.OneOfMany("coalesce(o.owner_id, '')", list) + `)`)
	owned, err := db.One[int](ctx, d, `select count(*) from accounts a where `+w.text(), w.args...)
	return n + owned, err
}
