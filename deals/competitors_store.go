package deals

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"milepost/internal/db"
)

var competitorColumns = []string{"org_id", "opportunity_id", "name_key", "name"}

func competitorRows(org db.Org, o *Opportunity) [][]any {
	rows := make([][]any, len(o.Competitors))
	for i, name := range o.Competitors {
		rows[i] = []any{string(org), string(o.ID), CompetitorKey(name), name}
	}
	return rows
}

// updateCompetitors writes the competitors of a deal over its rows.
func updateCompetitors(ctx context.Context, tx *db.DB, o *Opportunity) error {
	if _, err := tx.Exec(ctx, `
		delete from opportunity_competitors
		where org_id = $1 and opportunity_id = $2`, tx.Org(), o.ID); err != nil {
		return err
	}
	return tx.InsertMany(ctx, "opportunity_competitors", competitorColumns, competitorRows(tx.Org(), o))
}

func competitorsOf(ctx context.Context, d *db.DB, org db.Org, id ID) ([]string, error) {
	list, err := db.All[string](ctx, d, `
		select name
		from opportunity_competitors
		where org_id = $1 and opportunity_id = $2`, org, id)
	return inOrderOfKeys(list), err
}

// inOrderOfKeys sorts names as Fold has them, whatever the database's alphabet is.
func inOrderOfKeys(names []string) []string {
	if len(names) == 0 {
		return nil
	}
	slices.SortFunc(names, func(a, b string) int {
		return strings.Compare(CompetitorKey(a), CompetitorKey(b))
	})
	return names
}

type namedCompetitor struct {
	Opportunity ID     `db:"opportunity_id"`
	Name        string `db:"name"`
	Key         string `db:"name_key"`
}

// found is the name as it is found: one under another name's key is not found by it.
func (c *namedCompetitor) found() string {
	if c.Key != CompetitorKey(c.Name) {
		return c.Name + " under " + c.Key
	}
	return c.Name
}

// competitorsOfDeals reads who is named on some deals.
func competitorsOfDeals(ctx context.Context, d *db.DB, org db.Org, ids []ID) (map[ID][]string, error) {
	found := map[ID][]string{}
	if len(ids) == 0 {
		return found, nil
	}
	list, err := db.All[namedCompetitor](ctx, d, `
		select opportunity_id, name, name_key
		from opportunity_competitors
		where org_id = $1 and `+d.OneOf("opportunity_id", 2), org, db.List(ids))
	for _, c := range list {
		found[c.Opportunity] = append(found[c.Opportunity], c.Name)
	}
	for id := range found {
		found[id] = inOrderOfKeys(found[id])
	}
	return found, err
}

// competitorsBetween visits who is named on the deals of a stretch of ids.
func competitorsBetween(ctx context.Context, d *db.DB, after, until string, visit func(*namedCompetitor) error) error {
	stretch, args := between("opportunity_id", after, until, []any{d.Org()})
	return db.Each(ctx, d, visit, `
		select opportunity_id, name, name_key
		from opportunity_competitors
		where org_id = $1 and `+stretch, args...)
}

// metCompetitor is how often a name was named, or lost to.
type metCompetitor struct {
	Name  string `db:"name"`
	Deals int64  `db:"deals"`
}

// competitorsMet counts the names under which an organization met competitors, in
// deals that were lost to them and in those on which they are named.
func competitorsMet(ctx context.Context, d *db.DB, org db.Org, most int) ([]metCompetitor, error) {
	return db.All[metCompetitor](ctx, d, `
		select name, cast(sum(deals) as bigint) as deals
		from (
			select c.name, count(*) as deals
			from opportunity_competitors c
			where c.org_id = $1
			group by c.name_key, c.name
			union all
			select o.competitor as name, count(*) as deals
			from opportunities o
			where o.org_id = $1 and o.competitor <> ''
			group by o.competitor
		) met
		group by name
		order by 2 desc, name
		limit `+strconv.Itoa(most), org)
}

// reasonsSaid lists the reasons of the last deals with an outcome, the most said
// first. One that only a single owner's deals have may tell of a deal that is not
// everyone's to see, and is left out.
func reasonsSaid(ctx context.Context, d *db.DB, org db.Org, outcome Outcome, most int) ([]string, error) {
	return db.All[string](ctx, d, `
		select reason
		from (
			select o.reason, o.owner_id
			from opportunities o
			where o.org_id = $1 and o.outcome is not null and o.outcome = $2
			order by o.closed_at desc, o.id desc
			limit 1000
		) lately
		where reason <> ''
		group by reason
		having count(distinct owner_id) > 1
		order by count(*) desc, reason
		limit `+strconv.Itoa(most), org, outcome)
}
