package deals

import (
	"context"
	"strconv"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// recordedDeals lists the deals that the ledger has entries of, from an id on.
func recordedDeals(ctx context.Context, d *db.DB, after string, most int) ([]string, error) {
	return db.All[string](ctx, d, `
		select distinct opportunity_id
		from entries
		where org_id = $1 and opportunity_id is not null and opportunity_id > $2
		order by opportunity_id
		limit `+strconv.Itoa(most), d.Org(), after)
}

// between is the condition that an id is in a stretch; an empty end is no bound.
func between(column, after, until string, args []any) (string, []any) {
	args = append(args, after)
	text := column + " > $" + strconv.Itoa(len(args))
	if until != "" {
		args = append(args, until)
		text += " and " + column + " <= $" + strconv.Itoa(len(args))
	}
	return text, args
}

type ownedAttribute struct {
	Opportunity ID `db:"opportunity_id"`
	attribute
}

// rowsBetween reads the deals of a stretch of ids, each whole.
func rowsBetween(ctx context.Context, d *db.DB, after, until string) (map[ID]Opportunity, error) {
	stretch, args := between("o.id", after, until, []any{d.Org()})
	found := map[ID]Opportunity{}
	err := db.Each(ctx, d, func(r *row) error {
		found[r.ID] = r.opportunity()
		return nil
	}, `
		select `+rowFields+`
		from opportunities o
		where o.org_id = $1 and `+stretch, args...)
	if err != nil {
		return nil, err
	}
	if err := competitorsBetween(ctx, d, after, until, func(c *namedCompetitor) error {
		o := found[c.Opportunity]
		o.takeCompetitor(CompetitorNamed, c.found())
		found[c.Opportunity] = o
		return nil
	}); err != nil {
		return nil, err
	}
	stretch, args = between("opportunity_id", after, until, []any{d.Org()})
	return found, db.Each(ctx, d, func(a *ownedAttribute) error {
		o := found[a.Opportunity]
		o.setAttribute(a.Name, a.Value)
		found[a.Opportunity] = o
		return nil
	}, `
		select opportunity_id, name, value
		from opportunity_attributes
		where org_id = $1 and `+stretch, args...)
}

type recordedAccount struct {
	Subject string           `db:"subject"`
	Payload string           `db:"payload"`
	From    calendar.Instant `db:"effective_at"`
}

// recordedAccounts lists the accounts that the ledger makes, from an id on.
func recordedAccounts(ctx context.Context, d *db.DB, after string, most int) ([]Account, error) {
	list, err := db.All[recordedAccount](ctx, d, `
		select subject, payload, effective_at
		from entries
		where org_id = $1 and opportunity_id is null and kind = $2 and subject > $3
		order by subject
		limit `+strconv.Itoa(most), d.Org(), AccountCreated, after)
	accounts := make([]Account, len(list))
	for i, r := range list {
		var fact Fact
		entry := ledger.Entry{Payload: r.Payload}
		if err := entry.Read(&fact); err != nil {
			return nil, err
		}
		accounts[i] = Account{ID: AccountID(r.Subject), Name: fact.Value, CreatedAt: r.From}
	}
	return accounts, err
}

// accountsBetween reads the accounts of a stretch of ids.
func accountsBetween(ctx context.Context, d *db.DB, after, until string) (map[AccountID]Account, error) {
	stretch, args := between("id", after, until, []any{d.Org()})
	found := map[AccountID]Account{}
	return found, db.Each(ctx, d, func(a *Account) error {
		found[a.ID] = *a
		return nil
	}, `
		select id, name, created_at
		from accounts
		where org_id = $1 and `+stretch, args...)
}

// dropDeals takes away the rows of deals that the ledger does not have.
func dropDeals(ctx context.Context, tx *db.DB, ids []ID) error {
	for _, statement := range []string{
		`delete from opportunity_competitors where org_id = $1 and ` + tx.OneOf("opportunity_id", 2),
		`delete from opportunity_attributes where org_id = $1 and ` + tx.OneOf("opportunity_id", 2),
		`delete from opportunities where org_id = $1 and ` + tx.OneOf("id", 2),
	} {
		if _, err := tx.Exec(ctx, statement, tx.Org(), db.List(ids)); err != nil {
			return err
		}
	}
	return nil
}

// putAccount writes an account, whether it has a row or not.
func putAccount(ctx context.Context, tx *db.DB, a Account) error {
	_, err := tx.Exec(ctx, `
		insert into accounts (org_id, id, name, name_key, created_at)
		values ($1, $2, $3, $4, $5)
		on conflict (org_id, id) do update set name = excluded.name, name_key = excluded.name_key,
			created_at = excluded.created_at`, tx.Org(), a.ID, a.Name, AccountKey(a.Name), a.CreatedAt)
	return err
}

// dropAccounts takes away the rows of accounts that the ledger does not have.
func dropAccounts(ctx context.Context, tx *db.DB, ids []AccountID) error {
	_, err := tx.Exec(ctx, `
		delete from accounts
		where org_id = $1 and `+tx.OneOf("id", 2), tx.Org(), db.List(ids))
	return err
}
