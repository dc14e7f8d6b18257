package editor

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
	"milepost/process/evidence"
)

// choiceView says for which deals a process is chosen, as it is or as it was typed.
type choiceView struct {
	process.Process
	Form    url.Values
	Waiting int // open deals that follow no process
	Ended   int // deals that have ended, and may be read by it
	Refusal error
}

func (x *visit) choice() error { return x.showChoice(http.StatusOK, nil, nil) }

func (x *visit) showChoice(status int, f url.Values, refusal error) error {
	v := choiceView{Form: f, Refusal: refusal}
	var err error
	if v.Process, err = process.Find(x.ctx, x.d, x.id()); err != nil {
		return err
	}
	counts, err := openByProcess(x.ctx, x.d)
	if err != nil {
		return err
	}
	v.Waiting = counts[""]
	if v.Ended, err = endedWithout(x.ctx, x.d, v.ID, len(v.Versions)); err != nil {
		return err
	}
	if f == nil {
		v.Form = choiceForm(&v.Choice, string(x.v.Organization.Currency))
	}
	frame := ui.Frame{Title: "Which deals come under it", Lead: "A deal comes under the first process that fits it. Anyone who works on a deal may choose another by hand.", Crumbs: crumbsOf(&v.Process)}
	return web.PageWithStatus(x.w, x.r, status, frame, choicePage(v))
}

func choiceForm(c *process.Choice, currency string) url.Values {
	f := url.Values{"by": {"hand"}, "segment": {c.Segment}, "product": {c.Product}, "currency": {c.Currency}, "place": {number(c.Place)}}
	if c.Active {
		f.Set("by", "rule")
	}
	if c.Currency == "" {
		f.Set("currency", currency)
	}
	in := money.Currency(f.Get("currency"))
	if c.From != 0 {
		f.Set("from", money.Amount{Minor: c.From, Currency: in}.Decimal())
	}
	if c.To != 0 {
		f.Set("to", money.Amount{Minor: c.To, Currency: in}.Decimal())
	}
	return f
}

// readChoice reads the form, or says what is wrong with it.
func readChoice(f url.Values) (process.Choice, error) {
	c := process.Choice{Active: f.Get("by") == "rule", Segment: strings.TrimSpace(f.Get("segment")), Product: strings.TrimSpace(f.Get("product"))}
	var wrong []error
	amount := func(field string) int64 {
		text := strings.TrimSpace(f.Get(field))
		if text == "" {
			return 0
		}
		in, err := money.ParseCurrency(f.Get("currency"))
		if err != nil {
			wrong = append(wrong, problem.Invalid("currency", "Say in which currency the amounts are, as EUR or USD."))
			return 0
		}
		a, err := money.Parse(text, in)
		if err != nil {
			wrong = append(wrong, problem.Invalid(field, "“%s” is no amount.", text))
		}
		c.Currency = string(in)
		return a.Minor
	}
	c.From, c.To = amount("from"), amount("to")
	if text := strings.TrimSpace(f.Get("place")); text != "" {
		place, err := strconv.Atoi(text)
		if err != nil || place < 0 || place > 1000 {
			wrong = append(wrong, problem.Invalid("place", "The place is a number from 0 to 1000; the lowest is asked first."))
		}
		c.Place = place
	}
	return c, errors.Join(wrong...)
}

// setChoice saves it and, where it is asked for, puts the open deals that fit and follow
// no process under it.
func (x *visit) setChoice() error {
	if err := x.r.ParseForm(); err != nil {
		return problem.Invalid("", "That was more than this form can hold, and nothing was saved.")
	}
	f, id, seen, by := x.r.PostForm, x.id(), x.seen(), people.ByViewer(x.v, x.now)
	refuse := func(err error) error {
		status := http.StatusUnprocessableEntity
		if problem.Is(err, problem.KindConflict) {
			status = http.StatusConflict
		}
		return x.showChoice(status, f, err)
	}
	c, err := readChoice(f)
	if err != nil {
		return refuse(err)
	}
	open, ended, err := x.toTakeOn(f, c.Active)
	if err != nil {
		return err
	}
	d := x.d
	return x.bring(open+ended, "Saved", func(ctx context.Context, told func(done, all int)) (came int, err error) {
		err = ledger.Record(ctx, d, by, func(w *ledger.Writer) error {
			if _, err := process.SetChoice(ctx, w, id, seen, c); err != nil {
				return err
			}
			if open > 0 {
				if came, err = evidence.TakeOn(ctx, w, told); err != nil {
					return err
				}
			}
			if ended == 0 {
				return nil
			}
			more, err := evidence.TakeOnEnded(ctx, w, id, after(came, told))
			came += more
			return err
		})
		return came, err
	}, refuse)
}

// toTakeOn counts the deals that shall come under the process now, open and ended.
func (x *visit) toTakeOn(f url.Values, active bool) (open, ended int, err error) {
	if f.Has("take_on") && active {
		counts, err := openByProcess(x.ctx, x.d)
		if err != nil {
			return 0, 0, err
		}
		open = counts[""]
	}
	p, err := process.Find(x.ctx, x.d, x.id())
	if err == nil && f.Has("ended") && p.State == process.Active {
		ended, err = endedWithout(x.ctx, x.d, p.ID, len(p.Versions))
	}
	return open, ended, err
}
