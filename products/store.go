package products

import (
	"context"
	"strings"

	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

const productFields = `p.id, p.name, p.code, p.family, p.unit, p.retired, p.created_at, p.version`

// plausible tells whether a text from an address can be an id at all.
func plausible[T ~string](id T) bool {
	return len(id) == 36 && strings.Trim(string(id), "0123456789abcdef-") == ""
}

// price is a row of list prices.
type price struct {
	Product  ID             `db:"product_id"`
	Currency money.Currency `db:"currency"`
	Minor    int64          `db:"minor"`
}

// productOf reads one product with its prices.
func productOf(ctx context.Context, d *db.DB, id ID) (Product, error) {
	if !plausible(id) {
		return Product{}, errNoProduct
	}
	p, err := db.One[Product](ctx, d, `
		select `+productFields+`
		from products p
		where p.org_id = $1 and p.id = $2`, d.Org(), id)
	if problem.Is(err, problem.KindNotFound) {
		return p, errNoProduct
	}
	if err != nil {
		return p, err
	}
	prices, err := db.All[price](ctx, d, `
		select product_id, currency, minor
		from product_prices
		where org_id = $1 and product_id = $2
		order by currency`, d.Org(), id)
	for _, one := range prices {
		p.Prices = append(p.Prices, money.Amount{Minor: one.Minor, Currency: one.Currency})
	}
	return p, err
}

// Catalogue lists all products with their prices, by family and name.
func Catalogue(ctx context.Context, d *db.DB) ([]Product, error) {
	list, err := db.All[Product](ctx, d, `
		select `+productFields+`
		from products p
		where p.org_id = $1
		order by p.family, p.name_key, p.id`, d.Org())
	if err != nil {
		return nil, err
	}
	prices, err := db.All[price](ctx, d, `
		select product_id, currency, minor
		from product_prices
		where org_id = $1
		order by product_id, currency`, d.Org())
	byProduct := map[ID][]money.Amount{}
	for _, one := range prices {
		byProduct[one.Product] = append(byProduct[one.Product], money.Amount{Minor: one.Minor, Currency: one.Currency})
	}
	for i := range list {
		list[i].Prices = byProduct[list[i].ID]
	}
	return list, err
}

// productsTaking lists other products that have the name or the code of one.
func productsTaking(ctx context.Context, d *db.DB, p *Product) ([]Product, error) {
	return db.All[Product](ctx, d, `
		select `+productFields+`
		from products p
		where p.org_id = $1 and p.id <> $2 and (p.name_key = $3 or p.code_key <> '' and p.code_key = $4)
		order by p.id`, d.Org(), p.ID, people.Key(p.Name), people.Key(p.Code))
}

var productColumns = []string{"org_id", "id", "name", "name_key", "code", "code_key", "family", "unit", "retired", "created_at", "version"}

func productValues(org db.Org, p *Product) []any {
	retired := int64(0)
	if p.Retired {
		retired = 1
	}
	return []any{string(org), string(p.ID), p.Name, people.Key(p.Name), p.Code, people.Key(p.Code), p.Family, p.Unit,
		retired, int64(p.CreatedAt), p.Version}
}

func insertProduct(ctx context.Context, tx *db.DB, p *Product) error {
	if err := tx.InsertMany(ctx, "products", productColumns, [][]any{productValues(tx.Org(), p)}); err != nil {
		return err
	}
	return insertPrices(ctx, tx, p)
}

func insertPrices(ctx context.Context, tx *db.DB, p *Product) error {
	var rows [][]any
	for _, a := range p.Prices {
		rows = append(rows, []any{string(tx.Org()), string(p.ID), string(a.Currency), a.Minor})
	}
	return tx.InsertMany(ctx, "product_prices", []string{"org_id", "product_id", "currency", "minor"}, rows)
}

// updateProduct writes a product over its row; its prices only when they changed.
func updateProduct(ctx context.Context, tx *db.DB, p *Product, prices bool) error {
	if _, err := tx.Exec(ctx, `
		update products set name = $3, name_key = $4, code = $5, code_key = $6, family = $7, unit = $8, retired = $9,
			created_at = $10, version = $11
		where org_id = $1 and id = $2`, productValues(tx.Org(), p)...); err != nil || !prices {
		return err
	}
	if _, err := tx.Exec(ctx, `
		delete from product_prices
		where org_id = $1 and product_id = $2`, tx.Org(), p.ID); err != nil {
		return err
	}
	return insertPrices(ctx, tx, p)
}

type named struct {
	ID   people.ID `db:"id"`
	Name string    `db:"name"`
}

// names are those of some people.
func names(ctx context.Context, d *db.DB, ids []people.ID) (map[people.ID]string, error) {
	list, err := db.All[named](ctx, d, `
		select id, name
		from people
		where org_id = $1 and `+d.OneOf("id", 2), d.Org(), db.List(ids))
	found := make(map[people.ID]string, len(list))
	for _, p := range list {
		found[p.ID] = p.Name
	}
	return found, err
}

// productCalled finds the product that a typed name or code means.
func productCalled(ctx context.Context, d *db.DB, text string) (Product, bool, error) {
	ids, err := db.All[ID](ctx, d, `
		select id
		from products
		where org_id = $1 and (name_key = $2 or code_key <> '' and code_key = $2)
		order by case when name_key = $2 then 0 else 1 end, id
		limit 1`, d.Org(), people.Key(text))
	if err != nil || len(ids) == 0 {
		return Product{}, false, err
	}
	p, err := productOf(ctx, d, ids[0])
	return p, err == nil, err
}
