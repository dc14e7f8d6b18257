package deals

import (
	"context"
	"strconv"

	"milepost/internal/db"
)

// attributesInUse lists the values of source, segment and product that deals have,
// the most used ones of each, by name.
func attributesInUse(ctx context.Context, d *db.DB, most int) ([]attributeUse, error) {
	var list []attributeUse
	for _, name := range []string{"source", "segment", "product"} {
		found, err := db.All[attributeUse](ctx, d, `
			select '`+name+`' as name, used.value
			from (
				select o.`+name+` as value, count(*) as deals
				from opportunities o
				where o.org_id = $1 and o.`+name+` <> ''
				group by o.`+name+`
				order by deals desc, value
				limit `+strconv.Itoa(most)+`
			) used
			order by used.value`, d.Org())
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}
