package deals

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/money"
	"milepost/people"
)

// BoardCard is an open deal as the board shows it: a line of the list, with the
// version that a move must name.
type BoardCard struct {
	Listed
	Version int64  `db:"version"`
	Process string `db:"process_id"` // that its stage follows from; empty for none
}

// BoardTally is what the open deals of one stage and currency come to, and how many
// of them have stood there since before an instant.
type BoardTally struct {
	Stage    string         `db:"stage"`
	Currency money.Currency `db:"currency"`
	Deals    int64          `db:"deals"`
	Minor    int64          `db:"minor"`
	Standing int64          `db:"standing"`
}

// Board is what a filter finds among the open deals that a viewer sees, by stage.
type Board struct {
	d *db.DB
	q query
}

// NewBoard resolves a filter for a viewer. Stage and outcome do not narrow it: the
// board shows every stage, and what is open.
func NewBoard(ctx context.Context, d *db.DB, v *people.Viewer, f Filter, now Now) (Board, error) {
	f.Stage, f.Outcome = "", ""
	q, err := ask(ctx, d, v, f, now)
	return Board{d, q}, err
}

// First lists the first deals of some stages, which are those that the tallies name.
func (b Board) First(ctx context.Context, stages []string, most int) ([]BoardCard, error) {
	if b.inOrder(len(stages)) {
		return b.heads(ctx, stages, most)
	}
	return b.cards(ctx, b.q.conditions(b.d), 0, most)
}

// Stage lists the deals of one stage beyond the first so many.
func (b Board) Stage(ctx context.Context, stage string, skip, most int) ([]BoardCard, error) {
	w := b.q.conditions(b.d)
	w.add("o.stage = ?", stage)
	return b.cards(ctx, w, skip, most)
}

// Among lists those of some deals that belong on the board.
func (b Board) Among(ctx context.Context, ids []ID) ([]BoardCard, error) {
	w := b.q.conditions(b.d)
	w.args = append(w.args, db.List(ids))
	w.parts = append(w.parts, b.d.OneOf("o.id", len(w.args)))
	return b.cards(ctx, w, 0, len(ids))
}

// cards reads deals stage by stage; what has no value to be sorted by comes last.
func (b Board) cards(ctx context.Context, w *where, skip, most int) ([]BoardCard, error) {
	column, direction := b.q.order.column, "asc"
	if b.q.order.down() {
		direction = "desc"
	}
	return db.All[BoardCard](ctx, b.d, `
		select `+listedFields+`, o.version, o.process_id
		from (
			select o.id, `+column+` as sort_value, row_number() over (
				partition by o.stage
				order by case when `+column+` is null then 1 else 0 end, `+column+` `+direction+`, o.id `+direction+`) as place
			from opportunities o`+b.q.joins()+`
			where `+w.text()+`
		) page
		join opportunities o on o.org_id = $1 and o.id = page.id
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		left join people p on p.org_id = o.org_id and p.id = o.owner_id
		where page.place > `+fmt.Sprint(skip)+` and page.place <= `+fmt.Sprint(skip+most)+`
		order by o.stage, page.place`, w.args...)
}

// Tallies counts and adds up the board by stage and currency. Since says from when on
// a deal has not stood long at a stage.
func (b Board) Tallies(ctx context.Context, since map[string]calendar.Instant) ([]BoardTally, error) {
	text, args := b.talliesText(since)
	return db.All[BoardTally](ctx, b.d, text, args...)
}

func (b Board) talliesText(since map[string]calendar.Instant) (string, []any) {
	w := b.q.conditions(b.d)
	var long []string
	for stage, at := range since {
		w.args = append(w.args, stage, at)
		long = append(long, fmt.Sprintf("when o.stage = $%d and o.stage_since < $%d then 1", len(w.args)-1, len(w.args)))
	}
	slices.Sort(long) // one text, whatever the order of the map
	standing := "0"
	if len(long) > 0 {
		standing = "sum(case " + strings.Join(long, " ") + " else 0 end)"
	}
	return `
		select o.stage, coalesce(o.currency, '') as currency, count(*) as deals,
			cast(coalesce(sum(o.amount_minor), 0) as bigint) as minor, cast(` + standing + ` as bigint) as standing
		from opportunities o
		where ` + w.text() + `
		group by o.stage, o.currency`, w.args
}

// OpenStages lists the stages at which any open deal of the organization stands.
func OpenStages(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	return db.All[string](ctx, d, `
		select distinct stage
		from opportunities
		where org_id = $1 and outcome is null
		order by stage`, org)
}

// EndedLast lists the deals that ended last, by their ids.
func EndedLast(ctx context.Context, d *db.DB, org db.Org, most int) ([]string, error) {
	return db.All[string](ctx, d, `
		select id
		from opportunities
		where org_id = $1 and outcome is not null
		order by closed_at desc, id
		limit `+fmt.Sprint(most), org)
}

// Choices is what filters on other pages than the list offer to choose from.
type Choices struct{ pages *pages }

// NewChoices makes them; what they remember is kept as long as they are.
func NewChoices(p slice.Program) Choices { return Choices{&pages{Program: p}} }

// Owners lists whose deals a viewer may look at; none for who has only their own.
func (c Choices) Owners(ctx context.Context, v *people.Viewer, now Now) ([]ui.Option, error) {
	return c.pages.ownerOptions(ctx, v, now)
}

// Stages lists the stages in use, in the order in which deals go through them.
func (c Choices) Stages(ctx context.Context, v *people.Viewer, now Now) ([]string, error) {
	return c.pages.stagesOf(ctx, v.Org, now)
}

// Periods lists the periods that a filter knows, named for a viewer's calendar.
func (c Choices) Periods(v *people.Viewer, now Now) []ui.Option {
	options := []ui.Option{{Label: "Any time"}}
	for _, name := range Periods {
		label := periodLabels[name]
		if p, ok := periodNamed(name, v.Organization.Fiscal(), now.Today()); ok {
			label += " (" + p.Name + ")"
		}
		options = append(options, ui.Option{Value: name, Label: label})
	}
	return options
}

// Meanwhile tells in words what changed of a deal after a version, oldest first:
// "Ben Alpha moved it from Discovery to Proposal".
func Meanwhile(ctx context.Context, d *db.DB, org db.Org, id ID, version int64) ([]string, error) {
	entries, err := ledger.OfOpportunity(ctx, d, org, string(id))
	if err != nil {
		return nil, err
	}
	names, err := namesOf(ctx, d, org, everyoneIn(entries, ""))
	if err != nil {
		return nil, fmt.Errorf("reading names: %w", err)
	}
	events, err := Tell(entries, names)
	var said []string
	for _, e := range events {
		if e.Sequence > version && changing[e.Kind] {
			said = append(said, cmpName(names[people.ID(e.Actor)])+" "+e.Sentence)
		}
	}
	return said, err
}
