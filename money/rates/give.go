package rates

import (
	"context"
	"math"
	"slices"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/problem"
)

// Enter records one rate that somebody typed. A day that has another rate already keeps
// it: whoever knows better takes that back first.
func Enter(ctx context.Context, w *ledger.Writer, r Rate, place *time.Location) error {
	if err := r.check(calendar.DateOf(w.By.At, place)); err != nil {
		return err
	}
	book, err := Read(ctx, w.DB)
	if err != nil {
		return err
	}
	if before, has := book.Given(r.Pair(), r.Day); has {
		if before == r {
			return problem.Invalid("day", "This is known already: %s.", before.Since())
		}
		return problem.Conflict("", "There is a rate of that day already: %s. If it is wrong, take it back in the list, then give yours.", before)
	}
	_, err = giveAll(ctx, w, []Rate{r}, book, place, false)
	return err
}

// Give records rates, as Enter does one by one; what there is of a day is replaced.
func Give(ctx context.Context, w *ledger.Writer, list []Rate, place *time.Location) error {
	today := calendar.DateOf(w.By.At, place)
	for _, r := range list {
		if err := r.check(today); err != nil {
			return err
		}
	}
	book, err := Read(ctx, w.DB)
	if err != nil {
		return err
	}
	_, err = giveAll(ctx, w, list, book, place, false)
	return err
}

// giveAll records rates, those of each day in an entry, and tells how many were news to
// the book. Published says that they were known on their day: they are recorded as of
// then, as any history is that is brought in.
func giveAll(ctx context.Context, w *ledger.Writer, list []Rate, book Book, place *time.Location, published bool) (news int, err error) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, byDay)
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].Day == list[0].Day {
			n++
		}
		day := list[0].Day
		rates := slices.DeleteFunc(slices.Clone(list[:n]), func(r Rate) bool {
			before, has := book.Given(r.Pair(), r.Day)
			return has && before == r
		})
		if err := giveDay(ctx, w, day, rates, place, published); err != nil {
			return news, err
		}
		news += len(rates)
		list = list[n:]
	}
	return news, nil
}

func giveDay(ctx context.Context, w *ledger.Writer, day calendar.Date, rates []Rate, place *time.Location, published bool) error {
	if len(rates) == 0 {
		return nil
	}
	e := ledger.Entry{ID: w.DB.NewID(w.By.At), Kind: Given, Subject: Subject, RecordedAt: w.By.At, EffectiveAt: day.Midnight(place)}
	if published {
		e.RecordedAt = min(w.By.At, e.EffectiveAt)
	}
	e, err := w.AddAs(e, Fact{rates})
	if err != nil {
		return err
	}
	for _, r := range rates {
		if err := put(ctx, w.DB, r, e.Sequence); err != nil {
			return err
		}
	}
	return nil
}

// TakeBack takes a rate back that was a mistake; version is the one that whoever does so
// saw. From then on the rate before it holds for its days as well.
func TakeBack(ctx context.Context, w *ledger.Writer, p Pair, day calendar.Date, version int64, place *time.Location) (Rate, error) {
	known, err := rowOf(ctx, w.DB, p, day)
	if problem.Is(err, problem.KindNotFound) {
		return Rate{}, problem.Conflict("", "This rate was taken back already.")
	}
	if err != nil {
		return Rate{}, err
	}
	r, err := known.rate()
	if err != nil {
		return r, err
	}
	if known.Version != version {
		return r, problem.Conflict("", "This rate was given again meanwhile: %s. Look again before you take it back.", r)
	}
	if _, err := w.Add(TakenBack, Subject, "", day.Midnight(place), Fact{[]Rate{r}}); err != nil {
		return r, err
	}
	return r, remove(ctx, w.DB, p, day)
}

// Check folds the rates anew from the ledger and says where the table differs.
func Check(ctx context.Context, d *db.DB, org db.Org) (found []string, err error) {
	err = d.For(org).Snapshot(ctx, func(d *db.DB) error {
		versions, err := Between(ctx, d, org, 0, math.MaxInt64)
		if err != nil {
			return err
		}
		book, err := Read(ctx, d)
		if err != nil {
			return err
		}
		told := NewBook(plain(Standing(versions)))
		for _, r := range told.all() {
			if has, is := book.Given(r.Pair(), r.Day); !is || has != r {
				found = append(found, "the exchange rate "+r.Since()+" is in the ledger and not in the tables")
			}
		}
		for _, r := range book.all() {
			if has, is := told.Given(r.Pair(), r.Day); !is || has != r {
				found = append(found, "the exchange rate "+r.Since()+" is in the tables and not in the ledger")
			}
		}
		return nil
	})
	return found[:min(len(found), mostDifferences)], err
}

// mostDifferences is how many differences are listed; more say nothing new.
const mostDifferences = 100

func (b Book) all() (list []Rate) {
	for _, p := range b.Pairs() {
		list = append(list, b.of[p]...)
	}
	return list
}
