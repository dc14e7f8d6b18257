package deals

import (
	"context"
	"strconv"

	"milepost/internal/db"
	"milepost/people"
)

type accountRow struct {
	ID  AccountID `db:"id"`
	Key string    `db:"name_key"`
}

func accountsByName(ctx context.Context, d *db.DB, names []string) (map[string]AccountID, error) {
	keys := make([]string, 0, len(names))
	for _, name := range names {
		if key := AccountKey(name); key != "" {
			keys = append(keys, key)
		}
	}
	list, err := db.All[accountRow](ctx, d, `
		select id, name_key
		from accounts
		where org_id = $1 and `+d.OneOf("name_key", 2), d.Org(), db.List(keys))
	found := make(map[string]AccountID, len(list))
	for _, a := range list {
		found[a.Key] = a.ID
	}
	return found, err
}

func insertAccounts(ctx context.Context, tx *db.DB, list []Account) error {
	rows := make([][]any, len(list))
	for i, a := range list {
		rows[i] = []any{string(tx.Org()), string(a.ID), a.Name, AccountKey(a.Name), int64(a.CreatedAt)}
	}
	return tx.InsertMany(ctx, "accounts", []string{"org_id", "id", "name", "name_key", "created_at"}, rows)
}

// accountName reads an account's name; there may be none.
func accountName(ctx context.Context, d *db.DB, org db.Org, id AccountID) (string, error) {
	if id == "" {
		return "", nil
	}
	return db.One[string](ctx, d, `
		select name
		from accounts
		where org_id = $1 and id = $2`, org, id)
}

// accountsLike lists names of accounts that contain some letters, of those whose
// deals a person may see: that a colleague sells to a company is not told by a
// form either.
func accountsLike(ctx context.Context, d *db.DB, org db.Org, owners []people.ID, all bool, letters string, most int) ([]string, error) {
	like := "%" + likeEscapes.Replace(people.Key(letters)) + "%"
	args, seen := []any{org, like}, ""
	if !all {
		args = append(args, db.List(owners))
		seen = ` and exists (
				select 1
				from opportunities o
				where o.org_id = a.org_id and o.account_id = a.id and ` + d.OneOf("o.owner_id", 3) + `)`
	}
	return db.All[string](ctx, d, `
		select a.name
		from accounts a
		where a.org_id = $1 and a.name_key like $2 escape '\'`+seen+`
		order by a.name_key
		limit `+strconv.Itoa(most), args...)
}

// openOfAccount lists open deals of the account of a name, for those who may see
// them.
func openOfAccount(ctx context.Context, d *db.DB, org db.Org, name string) ([]Listed, error) {
	return db.All[Listed](ctx, d, `
		select o.id, o.title, a.name as account_name, coalesce(o.owner_id, '') as owner_id,
			coalesce(p.name, '') as owner_name, o.amount_minor, coalesce(o.currency, '') as currency, o.stage
		from accounts a
		join opportunities o on o.org_id = a.org_id and o.account_id = a.id and o.outcome is null
		left join people p on p.org_id = o.org_id and p.id = o.owner_id
		where a.org_id = $1 and a.name_key = $2
		order by o.created_at desc, o.id
		limit 20`, org, AccountKey(name))
}
