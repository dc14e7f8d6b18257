package products

import (
	"context"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/money"
)

// lineRow is a line as the table holds it.
type lineRow struct {
	Deal     deals.ID       `db:"opportunity_id"`
	ID       LineID         `db:"id"`
	Added    int64          `db:"added"`
	Product  ID             `db:"product_id"`
	Name     string         `db:"name"`
	Unit     string         `db:"unit"`
	Quantity Quantity       `db:"quantity"`
	Currency money.Currency `db:"currency"`
	Price    int64          `db:"price_minor"`
	Discount Discount       `db:"discount"`
	Sum      int64          `db:"sum_minor"`
	Version  int64          `db:"version"`
}

const lineFields = `l.opportunity_id, l.id, l.added, l.product_id, l.name, l.unit, l.quantity, l.currency, l.price_minor,
	l.discount, l.sum_minor, l.version`

func (r *lineRow) line() Line {
	return Line{ID: r.ID, Product: r.Product, Name: r.Name, Unit: r.Unit, Quantity: r.Quantity,
		Price: money.Amount{Minor: r.Price, Currency: r.Currency}, Discount: r.Discount,
		Sum: money.Amount{Minor: r.Sum, Currency: r.Currency}, Added: r.Added, Version: r.Version}
}

// followRow is whether a deal's amount follows, as the table holds it.
type followRow struct {
	Deal     deals.ID       `db:"opportunity_id"`
	Follows  bool           `db:"follows"`
	Currency money.Currency `db:"followed_currency"`
	Minor    int64          `db:"followed_minor"`
}

// BasketOf reads what is in a deal, whoever asks; pages ask for the deal first.
func BasketOf(ctx context.Context, d *db.DB, deal deals.ID) (Basket, error) {
	var b Basket
	rows, err := db.All[lineRow](ctx, d, `
		select `+lineFields+`
		from product_lines l
		where l.org_id = $1 and l.opportunity_id = $2
		order by l.added`, d.Org(), deal)
	if err != nil {
		return b, err
	}
	for i := range rows {
		b.Lines = append(b.Lines, rows[i].line())
	}
	follows, err := db.All[followRow](ctx, d, `
		select opportunity_id, follows, followed_currency, followed_minor
		from product_baskets
		where org_id = $1 and opportunity_id = $2`, d.Org(), deal)
	for _, f := range follows {
		b.Follows, b.Followed = f.Follows, money.Amount{Minor: f.Minor, Currency: f.Currency}
	}
	return b, err
}

var (
	lineColumns = []string{"org_id", "opportunity_id", "id", "added", "product_id", "name", "unit", "quantity", "currency",
		"price_minor", "discount", "sum_minor", "version"}
	followColumns = []string{"org_id", "opportunity_id", "follows", "followed_currency", "followed_minor"}
)

// putBaskets writes what is in deals over what was there.
func putBaskets(ctx context.Context, tx *db.DB, baskets map[deals.ID]Basket, order []deals.ID) error {
	for _, table := range []string{"product_lines", "product_baskets"} {
		if _, err := tx.Exec(ctx, `
		delete from `+table+`
		where org_id = $1 and `+tx.OneOf("opportunity_id", 2), tx.Org(), db.List(order)); err != nil {
			return err
		}
	}
	var lines, follows [][]any
	for _, deal := range order {
		b, org := baskets[deal], string(tx.Org())
		for _, l := range b.Lines {
			lines = append(lines, []any{org, string(deal), string(l.ID), l.Added, string(l.Product), l.Name, l.Unit, int64(l.Quantity),
				string(l.Price.Currency), l.Price.Minor, int64(l.Discount), l.Sum.Minor, l.Version})
		}
		on := int64(0)
		if b.Follows {
			on = 1
		}
		follows = append(follows, []any{org, string(deal), on, string(b.Followed.Currency), b.Followed.Minor})
	}
	if err := tx.InsertMany(ctx, "product_lines", lineColumns, lines); err != nil {
		return err
	}
	return tx.InsertMany(ctx, "product_baskets", followColumns, follows)
}

// everyBasket reads all deals' baskets.
func everyBasket(ctx context.Context, d *db.DB) (map[deals.ID]Basket, error) {
	all := map[deals.ID]Basket{}
	err := db.Each(ctx, d, func(r *lineRow) error {
		b := all[r.Deal]
		b.Lines = append(b.Lines, r.line())
		all[r.Deal] = b
		return nil
	}, `
		select `+lineFields+`
		from product_lines l
		where l.org_id = $1
		order by l.opportunity_id, l.added`, d.Org())
	if err != nil {
		return nil, err
	}
	return all, db.Each(ctx, d, func(r *followRow) error {
		b := all[r.Deal]
		b.Follows, b.Followed = r.Follows, money.Amount{Minor: r.Minor, Currency: r.Currency}
		all[r.Deal] = b
		return nil
	}, `
		select opportunity_id, follows, followed_currency, followed_minor
		from product_baskets
		where org_id = $1
		order by opportunity_id`, d.Org())
}
