package rates

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

type pages struct{ slice.Program }

// visit is one request: who asks, and for what.
type visit struct {
	w     http.ResponseWriter
	r     *http.Request
	ctx   context.Context
	v     *people.Viewer
	d     *db.DB // confined to the person's organization
	now   calendar.Instant
	today calendar.Date
}

func (p pages) on(handle func(*visit) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, now := people.ViewerFrom(r.Context()), p.Clock()
		return handle(&visit{w, r, r.Context(), v, p.DB.For(v.Org), now, calendar.DateOf(now, v.Organization.Place())})
	}
}

func (x *visit) record(work func(*ledger.Writer) error) error {
	return ledger.Record(x.ctx, x.d, people.ByViewer(x.v, x.now), work)
}

// maySet tells whether rates are the viewer's to give.
func (x *visit) maySet() bool { return people.Decide(x.ctx, people.SetsRates) == nil }

// mostListed is how many rates of a pair a page lists.
const mostListed = 50

// view is the page of rates.
type view struct {
	In      money.Currency // the currency that everything is added up in
	Today   calendar.Date
	MaySet  bool
	Now     Book // what holds today
	Pairs   []Pair
	Pair    Pair // whose rates are listed; empty for none
	List    []row
	Older   calendar.Date // the day of the first rate beyond the list
	Newest  bool          // the list begins with the newest
	Typed   typed
	Problem error
}

// typed is what was typed of one rate.
type typed struct{ Currency, Units, Day string }

func (x *visit) show() error { return x.showWith(typed{Day: string(x.today)}, nil) }

func (x *visit) showWith(t typed, wrong error) error {
	v := view{In: x.v.Organization.Currency, Today: x.today, MaySet: x.maySet(), Typed: t, Problem: wrong, Newest: true}
	ahead, err := On(x.ctx, x.d, x.today.AddDays(mostAhead))
	if err != nil {
		return err
	}
	if v.Pairs = ahead.Pairs(); len(v.Pairs) > 0 {
		v.Pair = x.chosen(v.Pairs, v.In)
		until, err := calendar.ParseDate(x.r.URL.Query().Get("until"))
		if v.Newest = err != nil; v.Newest {
			until = x.today.AddDays(mostAhead)
		}
		if v.List, err = rowsOf(x.ctx, x.d, v.Pair, until, mostListed+1); err != nil {
			return err
		}
		if len(v.List) > mostListed {
			v.Older, v.List = v.List[mostListed].Day, v.List[:mostListed]
		}
	}
	if v.Now, err = On(x.ctx, x.d, x.today); err != nil {
		return err
	}
	frame := ui.Frame{Title: "Exchange rates", Lead: "What currencies are worth, so that what is sold in several adds up in " + string(v.In) + ".", Actions: v.actions()}
	return web.PageWithStatus(x.w, x.r, web.FormStatus(wrong), frame, ratesPage(&v))
}

// chosen is the pair whose rates are listed: the one asked for, else the first with the
// currency that everything is added up in.
func (x *visit) chosen(pairs []Pair, in money.Currency) Pair {
	asked := Pair{money.Currency(x.r.URL.Query().Get("low")), money.Currency(x.r.URL.Query().Get("high"))}
	best := pairs[0]
	for i := len(pairs) - 1; i >= 0; i-- {
		if p := pairs[i]; p.Low == in || p.High == in {
			best = p
		}
	}
	for _, p := range pairs {
		if p == asked {
			best = p
		}
	}
	return best
}

// largestForm is as much text as is read at once.
const largestForm = 4 << 20

// give takes in one rate.
func (x *visit) give() error {
	if err := web.ReadForm(x.w, x.r, largestForm); err != nil {
		return err
	}
	t := typed{x.r.PostForm.Get("currency"), x.r.PostForm.Get("units"), x.r.PostForm.Get("day")}
	r, err := t.rate(x.v.Organization.Currency)
	if err == nil {
		err = x.record(func(w *ledger.Writer) error { return Enter(x.ctx, w, r, x.v.Organization.Place()) })
	}
	if web.InForm(err) {
		return x.showWith(t, err)
	}
	if err != nil {
		return err
	}
	return web.Redirect(x.w, x.r, pathOf(r.Pair(), ""), "Kept: "+r.Since()+".")
}

// rate reads what was typed.
func (t typed) rate(in money.Currency) (Rate, error) {
	one, wrongCode := ParseCode("currency", t.Currency)
	units, wrongUnits := ParseUnits("units", t.Units, false)
	day, err := calendar.ParseDate(t.Day)
	var wrongDay error
	if err != nil {
		wrongDay = problem.Invalid("day", "From which day on does it hold? “%s” is not a day that exists.", clip(t.Day))
	}
	return Rate{one, in, units, day}, errors.Join(wrongCode, wrongUnits, wrongDay)
}

// takeBack takes a rate back.
func (x *visit) takeBack() error {
	if err := web.ReadForm(x.w, x.r, largestForm); err != nil {
		return err
	}
	form := x.r.PostForm
	p := Pair{money.Currency(form.Get("low")), money.Currency(form.Get("high"))}
	version, _ := strconv.ParseInt(form.Get("version"), 10, 64)
	var r Rate
	err := x.record(func(w *ledger.Writer) (err error) {
		r, err = TakeBack(x.ctx, w, p, calendar.Date(form.Get("day")), version, x.v.Organization.Place())
		return err
	})
	if web.InForm(err) {
		return x.showWith(typed{Day: string(x.today)}, err)
	}
	if err != nil {
		return err
	}
	return web.Redirect(x.w, x.r, pathOf(p, ""), "Taken back: "+r.Since()+".")
}

// export writes all rates down, in the form that can be pasted again.
func (x *visit) export() error {
	book, err := Read(x.ctx, x.d)
	if err != nil {
		return err
	}
	t := web.Download(x.w, "exchange-rates", "date", "currency", "rate", "in")
	for _, r := range book.all() {
		if err := t.Row(string(r.Day), string(r.One), r.Units.String(), string(r.Other)); err != nil {
			return err
		}
	}
	return t.End()
}
