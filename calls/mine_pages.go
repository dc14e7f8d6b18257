package calls

import (
	"net/url"
	"strconv"
	"strings"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// mineView is the page on which somebody gives their call.
type mineView struct {
	question
	x       *visit
	sheet   *sheet
	Lines   []mineLine
	Why     string
	Problem error
}

// mineLine is one currency of it, as typed or as it stands.
type mineLine struct {
	line
	Commit, Best string
	Seen         int64
	Theirs       *Call // what was given meanwhile, when the person's own was refused for it
	Chart        ui.Chart
}

// mine is the page of one's own call.
func (x *visit) mine() error {
	q, err := x.asked(x.r.URL.Query())
	if err != nil {
		return err
	}
	view, err := x.mineView(q)
	if err != nil {
		return err
	}
	return view.show()
}

// mineView reads the page; whoever leads others calls the team's unless they ask for
// their own deals.
func (x *visit) mineView(q question) (*mineView, error) {
	q.Of, q.At = x.v.ID, x.today()
	if q.Scope != Own && q.Scope != Team {
		q.Scope = Own
		if MayGive(x.v, Team) {
			q.Scope = Team
		}
	}
	if err := mustGive(x.v, q.Scope); err != nil {
		return nil, err
	}
	v := &mineView{question: q, x: x}
	var err error
	if v.sheet, err = x.read(q.Period, q.At); err != nil {
		return nil, err
	}
	for _, in := range v.sheet.currencies(x.v.ID, q.Scope, x.o.Currency) {
		l, err := v.line(in)
		if err != nil {
			return nil, err
		}
		v.Lines = append(v.Lines, l)
	}
	return v, nil
}

// line reads one currency; the form begins with the last call.
func (v *mineView) line(in money.Currency) (mineLine, error) {
	k := KeyOf(v.x.v.ID, v.Scope, v.Period, in)
	l := mineLine{line: v.sheet.line(v.x.v.ID, v.Scope, in), Seen: v.sheet.book.newest(k)}
	if l.Call != nil {
		l.Commit, l.Best = typedAmount(l.Call.CommitAmount()), typedAmount(l.Call.BestAmount())
	}
	var err error
	l.Chart, err = v.x.picture(v.sheet, v.x.v.ID, v.Scope, in)
	return l, err
}

// typedAmount writes an amount so that it is read as the same: where a currency has three
// decimals, thousands are not parted.
func typedAmount(a money.Amount) string {
	if a.Currency.Decimals() > 2 {
		return a.Decimal()
	}
	return bare(a)
}

func (v *mineView) show() error {
	frame := ui.Frame{Title: "My call", Lead: daysLeft(v.Period, v.At), Actions: mineActions(v)}
	if v.Scope == Team {
		frame.Title = "My team's call"
		frame.Crumbs = []ui.Crumb{{Label: "Calls", Path: v.team(v.x.v.ID)}}
	}
	return web.PageWithStatus(v.x.w, v.x.r, web.FormStatus(v.Problem), frame, minePage(v))
}

// largestForm bounds what a call may hold.
const largestForm = 64 << 10

// give takes a call in. What is refused is shown again as it was typed; where a call was
// given meanwhile, both are shown.
func (x *visit) give() error {
	if err := web.ReadForm(x.w, x.r, largestForm); err != nil {
		return err
	}
	form := x.r.PostForm
	q, err := x.asked(form)
	if err != nil {
		return err
	}
	wishes, err := wishesIn(form, q.Period, Scope(form.Get("scope")))
	given := 0
	if err == nil {
		err = ledger.Record(x.ctx, x.d, people.ByViewer(x.v, x.now), func(w *ledger.Writer) (err error) {
			given, err = Give(x.ctx, w, x.v, wishes)
			return err
		})
	}
	switch {
	case err != nil && !web.InForm(err):
		return err
	case err != nil:
		return x.giveAgain(q, err)
	case given == 0:
		return web.Redirect(x.w, x.r, q.mine(), "That is what you called today already.")
	}
	return web.Redirect(x.w, x.r, q.mine(), "Called for "+q.Period.Name+": "+saidOf(wishes)+".")
}

// mine is the address of one's own call.
func (q question) mine() string {
	return "/calls/mine?" + url.Values{"period": {periodValue(q.Period)}, "scope": {string(q.Scope)}}.Encode()
}

func saidOf(wishes []Wish) string {
	parts := make([]string, len(wishes))
	for i, w := range wishes {
		parts[i] = Call{Key: Key{Currency: w.Currency}, Commit: w.Commit}.CommitAmount().String()
		if w.Best != w.Commit {
			parts[i] += ", best case " + money.Amount{Minor: w.Best, Currency: w.Currency}.String()
		}
	}
	return strings.Join(parts, "; ")
}

// giveAgain shows the form with what was typed, and why it was not taken in.
func (x *visit) giveAgain(q question, refusal error) error {
	view, err := x.mineView(q)
	if err != nil {
		return err
	}
	form := x.r.PostForm
	view.Problem, view.Why = refusal, form.Get("why")
	for i := range view.Lines {
		l := &view.Lines[i]
		if !form.Has(commitField(l.In)) {
			continue
		}
		if seen, _ := strconv.ParseInt(form.Get(seenField(l.In)), 10, 64); seen != l.Seen && problem.Is(refusal, problem.KindConflict) {
			l.Theirs = l.Call
		}
		l.Commit, l.Best = form.Get(commitField(l.In)), form.Get(bestField(l.In))
	}
	return view.show()
}
