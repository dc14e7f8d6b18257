package board

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// view is what the board shows.
type view struct {
	desk
	Columns  []column
	Owners   []ui.Option
	Periods  []ui.Option
	Sequence int64 // of the newest entry that may be on it
	Problem  error // of the filter
	Moved    *moved
}

func (p *pages) board(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	filter, wrong := deals.ReadFilter(r.URL.Query())
	head, err := ledger.Head(ctx, p.DB.For(v.Org), v.Org) // before the deals, so that nothing is missed
	if err != nil {
		return fmt.Errorf("finding the head of the ledger: %w", err)
	}
	out := view{Sequence: head, Problem: wrong}
	if out.desk, err = p.desk(ctx, v, filter); err != nil {
		return err
	}
	if out.Columns, err = out.firstColumns(ctx); err != nil {
		return err
	}
	collapse(r, out.Columns)
	if out.Owners, err = p.choices.Owners(ctx, v, out.now); err != nil {
		return err
	}
	out.Periods = p.choices.Periods(v, out.now)
	if id := r.URL.Query().Get("moved"); id != "" {
		if out.Moved, err = p.lastMove(ctx, v, deals.ID(id)); err != nil {
			return err
		}
	}
	return web.Page(w, r, ui.Frame{Title: "Board", Lead: out.lead(), Actions: boardActions(out)}, boardPage(out))
}

// more sends the next cards of a column.
func (p *pages) more(w http.ResponseWriter, r *http.Request) error {
	ctx, v, q := r.Context(), people.ViewerFrom(r.Context()), r.URL.Query()
	skip, err := strconv.Atoi(q.Get("skip"))
	if err != nil || skip < 0 || skip > 1_000_000 {
		return problem.Invalid("skip", "This is no place in a column.")
	}
	filter, _ := deals.ReadFilter(q)
	k, err := p.desk(ctx, v, filter)
	if err != nil {
		return err
	}
	list, err := k.board.Stage(ctx, q.Get("in"), skip, 5*shown+1)
	if err != nil {
		return fmt.Errorf("reading on in a column: %w", err)
	}
	if err := k.look(ctx, list); err != nil {
		return err
	}
	c := column{Stage: q.Get("in")}
	for _, one := range list[:min(len(list), 5*shown)] {
		c.Cards = append(c.Cards, k.card(one))
	}
	c.Deals = int64(skip + len(list))
	return web.Fragment(w, r, cardsOf(k, c, skip))
}

// collapsedCookie remembers in the browser which columns are folded up, so that they
// are from the first line on.
const collapsedCookie = "board_collapsed"

func collapse(r *http.Request, columns []column) {
	cookie, err := r.Cookie(collapsedCookie)
	if err != nil {
		return
	}
	text, err := url.QueryUnescape(cookie.Value)
	var stages []string
	if err != nil || json.Unmarshal([]byte(text), &stages) != nil {
		return // somebody else's doing: every column is open
	}
	for i := range columns {
		columns[i].Collapsed = slices.Contains(stages, columns[i].Stage)
	}
}

// query is the filter as the address of the board has it.
func (k *desk) query() url.Values {
	q := k.filter.Query()
	q.Del("stage")
	q.Del("outcome")
	return q
}

func (k *desk) path() string { return at("/board", k.query()) }

// listPath is the same filter as a list, at one stage of it.
func (k *desk) listPath(stage string) string {
	f := k.filter
	f.Outcome, f.Stage = "", stage
	return f.Path()
}

func (k *desk) morePath(stage string, skip int) string {
	q := k.query()
	q.Set("in", stage)
	q.Set("skip", strconv.Itoa(skip))
	return at("/board/cards", q)
}

func (k *desk) movePath(id deals.ID) string {
	return at("/board/deals/"+string(id)+"/move", k.query())
}

func (v view) filterBar() ui.FilterBar {
	wrong := problem.ByField(v.Problem)
	f := v.filter
	fields := []ui.FormField{{Name: "q", Label: "Title or account", Type: "search", Value: f.Text, Error: wrong["q"]}}
	if len(v.Owners) > 0 {
		fields = append(fields, ui.FormField{Name: "owner", Label: "Owner", Type: "select", Value: f.Owner, Options: v.Owners})
	}
	fields = append(fields, ui.FormField{Name: "period", Label: "Expected close", Type: "select", Value: f.Period, Options: v.Periods, Error: wrong["period"]})
	if f.From != "" || f.To != "" || f.Period == "days" {
		fields = append(fields,
			ui.FormField{Name: "from", Label: "From", Type: "date", Value: string(f.From), Error: wrong["from"], Short: true},
			ui.FormField{Name: "to", Label: "To", Type: "date", Value: string(f.To), Error: wrong["to"], Short: true})
	}
	fields = append(fields, ui.FormField{Name: "sort", Label: "On top", Type: "select", Value: f.Sort, Options: []ui.Option{
		{Label: "What closes next"}, {Value: "-stage-age", Label: "What stands longest"}, {Value: "-amount", Label: "The largest"}}})
	bar := ui.FilterBar{Action: "/board", Fields: fields}
	f.Sort = ""
	if f != (deals.Filter{Stage: f.Stage, Outcome: f.Outcome}) {
		bar.Clear = "/board"
	}
	return bar
}
