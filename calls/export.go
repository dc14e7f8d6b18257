package calls

import (
	"milepost/calendar"
	"milepost/internal/web"
	"milepost/money"
)

// export writes every call for a period that the viewer may see, each as it was given.
func (x *visit) export() error {
	q, err := x.asked(x.r.URL.Query())
	if err != nil {
		return err
	}
	b, err := AsOf(x.ctx, x.d, x.v.Org, q.Period, x.asOf(q.At))
	if err != nil {
		return err
	}
	t := web.Download(x.w, "calls-"+string(q.Period.From)+"-"+string(q.At), "Person", "For", "Period", "From", "To", "Currency", "Commit", "Best case", "Why", "Given on", "At")
	for _, k := range b.Keys() {
		if k.Until != q.Period.Until || !x.v.Sees(k.Person) {
			continue
		}
		what := "own deals"
		if k.Scope == Team {
			what = "team"
		}
		for _, c := range b.History(k) {
			at := c.EffectiveAt.In(x.o.Place())
			err := t.Row(x.roster.Name(k.Person), what, q.Period.Name, string(k.From), string(k.Until.AddDays(-1)), string(k.Currency),
				decimal(c.Commit, k.Currency), decimal(c.Best, k.Currency), c.Why, string(calendar.DateOf(c.EffectiveAt, x.o.Place())), at.Format("15:04"))
			if err != nil {
				return err
			}
		}
	}
	return t.End()
}

func decimal(minor int64, in money.Currency) string {
	return money.Amount{Minor: minor, Currency: in}.Decimal()
}
