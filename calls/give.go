package calls

import (
	"context"
	"strings"
	"unicode/utf8"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

const (
	longestWhy  = 500 // letters of the sentence beside a call
	farthestDay = 400 // how far ahead a period may begin
)

// Wish is a call that somebody wants to give.
type Wish struct {
	Scope        Scope
	Period       calendar.Period
	Currency     money.Currency
	Commit, Best int64
	Why          string
	Seen         int64 // the newest call that the person saw, by its sequence; 0 for none
}

func (w Wish) key(person people.ID) Key { return KeyOf(person, w.Scope, w.Period, w.Currency) }

// check refuses what cannot be called at an instant in an organization.
func (w Wish) check(o people.Organization, now calendar.Instant) error {
	today := calendar.DateOf(now, o.Place())
	switch {
	case w.Scope != Own && w.Scope != Team:
		return problem.Invalid("", "A call is for one's own deals, or for the team.")
	case w.Period != o.Fiscal().Month(w.Period.From) && w.Period != o.Fiscal().Quarter(w.Period.From):
		return problem.Invalid("", "Calls are for a month or a quarter of your calendar.")
	case w.Period.Until <= today:
		return problem.Invalid("", "%s", endedText(w.Period))
	case today.DaysUntil(w.Period.From) > farthestDay:
		return problem.Invalid("", "%s is too far ahead to be called.", w.Period.Name)
	case w.Commit < 0 || w.Commit > money.Largest:
		return problem.Invalid(commitField(w.Currency), "A call is zero or more.")
	case w.Best < w.Commit || w.Best > money.Largest:
		return problem.Invalid(bestField(w.Currency), "The best case is at least what you commit to, %s.",
			money.Amount{Minor: w.Commit, Currency: w.Currency})
	case utf8.RuneCountInString(w.Why) > longestWhy || !utf8.ValidString(w.Why):
		return problem.Invalid("why", "A sentence or two is enough: up to %d letters.", longestWhy)
	}
	if _, err := money.ParseCurrency(string(w.Currency)); err != nil {
		return problem.Invalid("", "Calls are in a currency like EUR.")
	}
	return nil
}

// commitField and bestField are the inputs of a currency.
func commitField(c money.Currency) string { return "commit." + string(c) }
func bestField(c money.Currency) string   { return "best." + string(c) }
func seenField(c money.Currency) string   { return "seen." + string(c) }

// says tells whether a wish says anything that the last call of the same day does not.
func (w Wish) says(last Call, given bool, now calendar.Instant, o people.Organization) bool {
	sameDay := given && calendar.DateOf(last.EffectiveAt, o.Place()) == calendar.DateOf(now, o.Place())
	return !sameDay || w.Commit != last.Commit || w.Best != last.Best || w.Why != "" && w.Why != last.Why
}

// Give records calls of a person, for themselves: all of them or, when one is refused,
// none. A call that was given meanwhile is not written over unseen. To say the same again
// on another day is a call; on the same day it adds nothing. It tells how many were given.
func Give(ctx context.Context, w *ledger.Writer, v *people.Viewer, wishes []Wish) (int, error) {
	var given []Fact
	for _, wish := range wishes {
		wish.Why = strings.TrimSpace(wish.Why)
		if err := mustGive(v, wish.Scope); err != nil {
			return 0, err
		}
		if err := wish.check(v.Organization, w.By.At); err != nil {
			return 0, err
		}
		k := wish.key(v.ID)
		b, err := callsOf(ctx, w.DB, k)
		if err != nil {
			return 0, err
		}
		if b.newest(k) != wish.Seen {
			return 0, problem.Conflict(commitField(k.Currency), "This was called meanwhile, in another window. Nothing of yours was given yet: look at both, then give yours again.")
		}
		last, was := b.Last(k)
		if wish.says(last, was, w.By.At, v.Organization) {
			given = append(given, Fact{v.ID, wish.Scope, k.From, k.Until, k.Currency, wish.Commit, wish.Best, wish.Why})
		}
	}
	return len(given), GiveAll(ctx, w, given)
}

// GiveAll records calls as they are, at the writer's instant, and decides nothing: not
// whose they are, and not whether the period has ended. It is for histories that are made.
func GiveAll(ctx context.Context, w *ledger.Writer, facts []Fact) error {
	list := make([]Call, 0, len(facts))
	for _, fact := range facts {
		e, err := w.Add(Given, db.NewID(w.By.At), "", w.By.At, fact)
		if err != nil {
			return err
		}
		list = append(list, callIn(&e, &fact))
	}
	return insertCalls(ctx, w.DB, list)
}

// callIn is the call that an entry states.
func callIn(e *ledger.Entry, f *Fact) Call {
	return Call{Key: Key{f.Person, f.Scope, f.From, f.Until, f.Currency}, Commit: f.Commit, Best: f.Best, Why: f.Why,
		EffectiveAt: e.EffectiveAt, RecordedAt: e.RecordedAt, Sequence: e.Sequence}
}

// endedText says why a period that has ended is not called.
func endedText(p calendar.Period) string {
	return p.Name + " ended on " + p.Until.AddDays(-1).Time().Format("2 January 2006") + ". What was called for it stays as it was given; call the period that you are in."
}
