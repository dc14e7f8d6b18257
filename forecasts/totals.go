package forecasts

import (
	"maps"
	"math"
	"slices"

	"milepost/forecasts/history"
	"milepost/money"
)

// Totals are what a forecast adds up to: for the company and for each owner, by
// method and horizon.
type Totals struct {
	Company Ordered[Ordered[Sum]]          `json:"company"`
	Owners  Ordered[Ordered[Ordered[Sum]]] `json:"owners"` // by name; "" for deals without owner
}

// Sum is open deals added up. Wins is the expected number of deals won within the
// horizon; amounts of different currencies are never added.
type Sum struct {
	Open       int              `json:"open"`
	Wins       float64          `json:"wins"`
	ByCurrency Ordered[InMoney] `json:"by_currency"`
}

// InMoney is the part of a sum that is in one currency: deals without an amount
// are in no part. Amount is the expected amount won, in major units, rounded to
// the currency's decimals.
type InMoney struct {
	Open   int     `json:"open"`
	Wins   float64 `json:"wins"`
	Amount float64 `json:"amount"`
}

// Totals adds the forecast up.
func (f *Forecast) Totals() Totals {
	all := make([]int, len(f.Deals))
	byOwner := map[string][]int{}
	names := f.ownerNames()
	for i := range f.Deals {
		all[i] = i
		owner := names[f.Deals[i].Owner]
		byOwner[owner] = append(byOwner[owner], i)
	}
	totals := Totals{Company: f.Add(all), Owners: Ordered[Ordered[Ordered[Sum]]]{}}
	for _, owner := range slices.Sorted(maps.Keys(byOwner)) {
		totals.Owners = append(totals.Owners, Named[Ordered[Ordered[Sum]]]{owner, f.Add(byOwner[owner])})
	}
	return totals
}

// ownerNames gives every owner one name. A person who was renamed goes by the name
// on the first of the deals; of two people of one name, the second goes by name
// and id.
func (f *Forecast) ownerNames() map[history.Label]string {
	names, taken := map[history.Label]string{0: ""}, map[string]string{}
	byID := map[string]string{}
	for i := range f.Deals {
		label := f.Deals[i].Owner
		if _, has := names[label]; has {
			continue
		}
		id, name := f.past.Person(label), *f.owner(label)
		if known, has := byID[id]; has && id != "" {
			names[label] = known
			continue
		}
		if other, has := taken[name]; has && other != id {
			name += " (" + id + ")"
		}
		taken[name], byID[id], names[label] = id, name, name
	}
	return names
}

// Add adds up some of the forecast's deals, given by their places in it, in that
// order: by method, then horizon.
func (f *Forecast) Add(deals []int) Ordered[Ordered[Sum]] {
	byMethod := make(Ordered[Ordered[Sum]], len(f.Methods))
	for m, method := range f.Methods {
		byHorizon := make(Ordered[Sum], len(f.Horizons))
		for j, h := range f.Horizons {
			byHorizon[j] = Named[Sum]{h.String(), f.sum(deals, f.Odds[m][j])}
		}
		byMethod[m] = Named[Ordered[Sum]]{method, byHorizon}
	}
	return byMethod
}

func (f *Forecast) sum(deals []int, odds []Odds) Sum {
	s := Sum{Open: len(deals), ByCurrency: Ordered[InMoney]{}}
	parts := map[history.Label]*InMoney{}
	for _, i := range deals {
		d := &f.Deals[i]
		s.Wins += odds[i].Won
		if d.Currency == 0 {
			continue
		}
		part := parts[d.Currency]
		if part == nil {
			part = &InMoney{}
			parts[d.Currency] = part
		}
		part.Open++
		part.Wins += odds[i].Won
		part.Amount += odds[i].Won * float64(d.Amount)
	}
	for label, part := range parts {
		currency := money.Currency(f.Name(label))
		part.Amount = money.Amount{Minor: int64(math.Round(part.Amount)), Currency: currency}.Float()
		s.ByCurrency = append(s.ByCurrency, Named[InMoney]{string(currency), *part})
	}
	slices.SortFunc(s.ByCurrency, func(a, b Named[InMoney]) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return s
}
