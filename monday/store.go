package monday

import (
	"context"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

const dealFields = `o.id, o.title, coalesce(a.name, '') as account, coalesce(o.owner_id, '') as owner_id,
	o.amount_minor, coalesce(o.currency, '') as currency, coalesce(o.close_date, '') as close_date, o.stage,
	coalesce(o.stage_since, 0) as stage_since, o.segment, o.source, o.created_at,
	coalesce(o.last_activity_at, 0) as last_activity_at, o.slips, coalesce(o.outcome, '') as outcome`

// openDeals reads every open deal.
func openDeals(ctx context.Context, d *db.DB) ([]deal, error) {
	return db.All[deal](ctx, d, `
		select `+dealFields+`
		from opportunities o
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		where o.org_id = $1 and o.outcome is null`, d.Org())
}

// dealsNamed reads some deals, open or not.
func dealsNamed(ctx context.Context, d *db.DB, ids []string) ([]deal, error) {
	return db.All[deal](ctx, d, `
		select `+dealFields+`
		from opportunities o
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		where o.org_id = $1 and `+d.OneOf("o.id", 2), d.Org(), db.List(ids))
}

// openSteps reads what is next in every deal.
func openSteps(ctx context.Context, d *db.DB) ([]step, error) {
	return db.All[step](ctx, d, `
		select deal_id, text, due, owner_id
		from next_steps
		where org_id = $1 and state = 'open'`, d.Org())
}

func stepsOf(ctx context.Context, d *db.DB, ids []string) ([]step, error) {
	return db.All[step](ctx, d, `
		select deal_id, text, due, owner_id
		from next_steps
		where org_id = $1 and state = 'open' and `+d.OneOf("deal_id", 2), d.Org(), db.List(ids))
}

// standing is how far the ledger goes, and how far its followers are.
type standing struct {
	Head       int64            `db:"head"`
	Activities int64            `db:"activities"`
	Reckoned   calendar.Instant `db:"reckoned"`
	Biased     calendar.Instant `db:"biased"`
}

func standingOf(ctx context.Context, d *db.DB) (standing, error) {
	return db.One[standing](ctx, d, `
		select h.sequence as head,
			coalesce((select b.sequence from bookmarks b where b.org_id = h.org_id and b.reader = 'activities'), 0) as activities,
			coalesce((select r.reckoned_at from monday_reckoned r where r.org_id = h.org_id and r.what = 'usual'), 0) as reckoned,
			coalesce((select r.reckoned_at from monday_reckoned r where r.org_id = h.org_id and r.what = 'bias'), 0) as biased
		from ledger_heads h
		where h.org_id = $1`, d.Org())
}

// touched is a deal, or something else, that the ledger says something new about.
type touched struct {
	Deal    string      `db:"deal"` // empty for what belongs to no deal
	Kind    ledger.Kind `db:"kind"`
	Subject string      `db:"subject"` // of what belongs to no deal
}

// touchedAfter lists what entries after a sequence are about.
func touchedAfter(ctx context.Context, d *db.DB, after, upTo int64) ([]touched, error) {
	return db.All[touched](ctx, d, `
		select distinct coalesce(opportunity_id, '') as deal, kind, case when opportunity_id is null then subject else '' end as subject
		from entries
		where org_id = $1 and sequence > $2 and sequence <= $3`, d.Org(), after, upTo)
}

// openOfAccounts lists the open deals of some accounts.
func openOfAccounts(ctx context.Context, d *db.DB, accounts []string) ([]string, error) {
	return db.All[string](ctx, d, `
		select id
		from opportunities
		where org_id = $1 and outcome is null and account_id is not null and `+d.OneOf("account_id", 2), d.Org(), db.List(accounts))
}

// knowledge is from when an entry counts: recorded, and true. It is written as the
// index has it.
const knowledge = `case when recorded_at >= effective_at then recorded_at else effective_at end`

// changedSince lists the deals about which something of some kinds became known at an
// instant or later.
func changedSince(ctx context.Context, d *db.DB, since calendar.Instant, kinds []ledger.Kind) ([]string, error) {
	return db.All[string](ctx, d, `
		select distinct opportunity_id
		from entries
		where org_id = $1 and `+knowledge+` >= $2 and opportunity_id is not null and `+d.OneOf("kind", 3),
		d.Org(), since, db.List(kinds))
}

// changedByOthers lists those of some deals in which somebody else than a person recorded
// anything at an instant or later.
func changedByOthers(ctx context.Context, d *db.DB, ids []string, person people.ID, since calendar.Instant) ([]string, error) {
	return db.All[string](ctx, d, `
		select distinct opportunity_id
		from entries
		where org_id = $1 and opportunity_id is not null and `+d.OneOf("opportunity_id", 2)+` and recorded_at >= $3 and actor not in ('', $4)
		order by opportunity_id`,
		d.Org(), db.List(ids), since, person)
}

// eachFactOf visits the entries of some kinds about some deals, deal by deal.
func eachFactOf(ctx context.Context, d *db.DB, ids []string, kinds []ledger.Kind, visit func(*ledger.Entry) error) error {
	return db.Each(ctx, d, visit, `
		select opportunity_id, sequence, recorded_at, effective_at, actor, kind, payload
		from entries
		where org_id = $1 and opportunity_id is not null and `+d.OneOf("opportunity_id", 2)+` and `+d.OneOf("kind", 3)+`
		order by opportunity_id, sequence`, d.Org(), db.List(ids), db.List(kinds))
}

// eachFact visits the entries of some kinds about all deals, deal by deal.
func eachFact(ctx context.Context, d *db.DB, kinds []ledger.Kind, visit func(*ledger.Entry) error) error {
	return db.Each(ctx, d, visit, `
		select opportunity_id, sequence, effective_at, kind, case when kind = $3 then '' else payload end as payload
		from entries
		where org_id = $1 and opportunity_id is not null and `+d.OneOf("kind", 2)+`
		order by opportunity_id, sequence`, d.Org(), db.List(kinds), deals.ActivityLogged)
}

// did is that a person did something: was heard of, or won.
type did struct {
	Person people.ID        `db:"person_id"`
	At     calendar.Instant `db:"at"`
}

// eachHeard visits what people did, person by person, oldest first.
func eachHeard(ctx context.Context, d *db.DB, visit func(*did) error) error {
	return db.Each(ctx, d, visit, `
		select person_id, at
		from activities
		where org_id = $1 and state = 'done' and person_id <> ''
		order by person_id, at`, d.Org())
}

// lastHeard is when some people last did anything that they recorded.
func lastHeard(ctx context.Context, d *db.DB, ids []people.ID, before calendar.Instant) ([]did, error) {
	return db.All[did](ctx, d, `
		select p.id as person_id, coalesce((
			select max(x.at)
			from activities x
			where x.org_id = p.org_id and x.person_id = p.id and x.state = 'done' and x.at <= $3), 0) as at
		from people p
		where p.org_id = $1 and `+d.OneOf("p.id", 2), d.Org(), db.List(ids), before)
}

// doersIn lists who did anything in some deals.
func doersIn(ctx context.Context, d *db.DB, ids []string) ([]people.ID, error) {
	return db.All[people.ID](ctx, d, `
		select distinct person_id
		from activities
		where org_id = $1 and `+d.OneOf("deal_id", 2), d.Org(), db.List(ids))
}
