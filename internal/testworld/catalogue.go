package testworld

import (
	"context"
	"math"

	"milepost/internal/ledger"
	"milepost/money"
	"milepost/products"
)

// ware is something that the company sells, with its list price in euros.
type ware struct {
	name, code, family, unit string
	price                    float64
	id                       products.ID
}

// wares are the catalogue. The main ones of a deal are found by what the deal is
// about; what is left of its amount is always worked off by people.
func wares() []ware {
	return []ware{
		{name: "Freight tag, reusable", code: "FT-100", family: "Freight tags", unit: "piece", price: 38},
		{name: "Freight tag, single trip", code: "FT-110", family: "Freight tags", unit: "piece", price: 11.5},
		{name: "Tag reader, dock door", code: "FT-300", family: "Freight tags", unit: "piece", price: 640},
		{name: "Cold-room sensor", code: "CR-200", family: "Cold-room monitoring", unit: "piece", price: 189},
		{name: "Cold-room base station", code: "CR-250", family: "Cold-room monitoring", unit: "piece", price: 890},
		{name: "Probe for deep cold, −90 °C", code: "CR-290", family: "Cold-room monitoring", unit: "piece", price: 265},
		{name: "Fleet gateway", code: "FG-400", family: "Fleet gateway", unit: "vehicle", price: 720},
		{name: "Fleet antenna set", code: "FG-420", family: "Fleet gateway", unit: "vehicle", price: 95},
		{name: "Temperature mapping", code: "VS-600", family: "Validation service", unit: "room", price: 1450},
		{name: "Yearly calibration", code: "VS-620", family: "Validation service", unit: "piece", price: 42},
		{name: "Fjordlight Watch, one year", code: "SW-500", family: "Software", unit: "site", price: 1180},
		{name: "Commissioning and training", code: "SV-700", family: "Services", unit: "project", price: 2400},
	}
}

// listPrice is the price in a currency: rounded as price lists are.
func (a *ware) listPrice(t *team, in money.Currency) money.Amount {
	rate := 1.0
	if in != euro {
		rate = t.rate
	}
	step := 5.0
	if a.price >= 100 {
		step = 500
	}
	return money.Amount{Minor: int64(math.Round(a.price*rate*100/step) * step), Currency: in}
}

// stock writes the catalogue down, on the first day.
func (w *world) stock(c chance) []ware {
	list := wares()
	at := w.time.at(w.time.opening, 6*60)
	for i := range list {
		list[i].id = products.ID(c.id(at))
	}
	w.happens(at, w.truth.Operations, func(ctx context.Context, l *ledger.Writer) error {
		for i := range list {
			a := &list[i]
			p := products.Product{ID: a.id, Name: a.name, Code: a.code, Family: a.family, Unit: a.unit, Prices: []money.Amount{a.listPrice(nil, euro)}}
			for _, t := range []string{"Britain and Ireland", "North America"} {
				sold := teamNamed(t)
				p.Prices = append(p.Prices, a.listPrice(sold, sold.currency))
			}
			if _, err := products.Add(ctx, l, p); err != nil {
				return err
			}
		}
		return nil
	})
	return list
}
