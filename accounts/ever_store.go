package accounts

import (
	"context"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

var everTable = []string{"org_id", "opportunity_id", "contact_id"}

func everRows(org db.Org, c *Contact) [][]any {
	var rows [][]any
	for _, deal := range c.EverIn {
		rows = append(rows, []any{string(org), string(deal), string(c.ID)})
	}
	return rows
}

// updateEver writes in which deals a contact ever had a part over its rows.
func updateEver(ctx context.Context, tx *db.DB, c *Contact) error {
	if _, err := tx.Exec(ctx, `
		delete from contact_deals
		where org_id = $1 and contact_id = $2`, tx.Org(), c.ID); err != nil {
		return err
	}
	return tx.InsertMany(ctx, "contact_deals", everTable, everRows(tx.Org(), c))
}

type everRow struct {
	Deal    deals.ID  `db:"opportunity_id"`
	Contact ContactID `db:"contact_id"`
}

// everIn reads in which deals each contact ever had a part.
func everIn(ctx context.Context, d *db.DB) (map[ContactID][]deals.ID, error) {
	ever := map[ContactID][]deals.ID{}
	return ever, db.Each(ctx, d, func(r *everRow) error {
		ever[r.Contact] = append(ever[r.Contact], r.Deal)
		return nil
	}, `
		select opportunity_id, contact_id
		from contact_deals
		where org_id = $1
		order by contact_id, opportunity_id`, d.Org())
}

// roleEntry is an entry about someone's part in a deal, with the contact's name.
type roleEntry struct {
	ledger.Entry
	Name string `db:"name"`
}

// rolesTold lists the entries about the parts of those who ever had one in a deal,
// also their parts in other deals.
func rolesTold(ctx context.Context, d *db.DB, deal deals.ID) ([]roleEntry, error) {
	return db.All[roleEntry](ctx, d, `
		select e.sequence, e.id, e.recorded_at, e.effective_at, e.actor, e.via, e.kind, e.subject, '' as opportunity_id,
			e.payload, e.salt, e.payload_hash, e.hash, c.name
		from contact_deals r
		join contacts c on c.org_id = r.org_id and c.id = r.contact_id
		join entries e on e.org_id = r.org_id and e.subject = r.contact_id and e.opportunity_id is null and e.kind = $3
		where r.org_id = $1 and r.opportunity_id = $2
		order by e.sequence`, d.Org(), deal, RoleSet)
}
