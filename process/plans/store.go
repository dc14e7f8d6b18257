package plans

import (
	"context"
	"encoding/json"
	"fmt"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
	"milepost/problem"
)

type row struct {
	ID      ID       `db:"id"`
	Deal    deals.ID `db:"deal_id"`
	InForce int64    `db:"in_force"`
	Content string   `db:"content"`
	Version int64    `db:"version"`
}

const columns = `id, deal_id, in_force, content, version`

// settle makes the rows of a deal's plans what they come to.
func settle(ctx context.Context, tx *db.DB, deal deals.ID, list []Plan) error {
	if _, err := tx.Exec(ctx, `delete from plans where org_id = $1 and deal_id = $2`, tx.Org(), deal); err != nil {
		return fmt.Errorf("clearing the plans of deal %s: %w", deal, err)
	}
	var rows [][]any
	for i := range list {
		r, err := rowOf(&list[i])
		if err != nil {
			return err
		}
		rows = append(rows, []any{string(tx.Org()), string(r.ID), string(r.Deal), r.InForce, r.Content, r.Version})
	}
	return tx.InsertMany(ctx, "plans", []string{"org_id", "id", "deal_id", "in_force", "content", "version"}, rows)
}

func rowOf(p *Plan) (row, error) {
	content, err := json.Marshal(p)
	if err != nil {
		return row{}, fmt.Errorf("packing plan %s: %w", p.ID, err)
	}
	r := row{ID: p.ID, Deal: p.Deal, Content: string(content), Version: p.Version}
	if p.InForce {
		r.InForce = 1
	}
	return r, nil
}

func (r row) plan() (Plan, error) {
	var p Plan
	if err := json.Unmarshal([]byte(r.Content), &p); err != nil {
		return p, fmt.Errorf("reading plan %s: %w", r.ID, err)
	}
	return p, nil
}

var errNoPlan = problem.NotFound("There is no such plan, or it is not yours to see.")

// find reads a plan, whoever asks.
func find(ctx context.Context, d *db.DB, id ID) (Plan, error) {
	r, err := db.One[row](ctx, d, `
		select `+columns+`
		from plans
		where org_id = $1 and id = $2`, d.Org(), id)
	if problem.Is(err, problem.KindNotFound) {
		return Plan{}, errNoPlan
	}
	if err != nil {
		return Plan{}, err
	}
	return r.plan()
}

// Find reads a plan whose deal the viewer sees, with the deal.
func Find(ctx context.Context, d *db.DB, v *people.Viewer, id ID) (Plan, deals.Opportunity, error) {
	p, err := find(ctx, d, id)
	if err != nil {
		return p, deals.Opportunity{}, err
	}
	o, err := deals.FindFor(ctx, d, v, p.Deal)
	if problem.Is(err, problem.KindNotFound) {
		return Plan{}, o, errNoPlan
	}
	return p, o, err
}

// Of lists the plans of a deal, the newest first; the first may be in force.
func Of(ctx context.Context, d *db.DB, deal deals.ID) ([]Plan, error) {
	rows, err := db.All[row](ctx, d, `
		select `+columns+`
		from plans
		where org_id = $1 and deal_id = $2
		order by in_force desc, version desc`, d.Org(), deal)
	list := make([]Plan, len(rows))
	for i, r := range rows {
		if list[i], err = r.plan(); err != nil {
			return nil, err
		}
	}
	return list, err
}

func allRows(ctx context.Context, d *db.DB) ([]row, error) {
	return db.All[row](ctx, d, `
		select `+columns+`
		from plans
		where org_id = $1
		order by id`, d.Org())
}

// dealsWithPlans lists the deals in which a plan was ever made, as the ledger has it.
func dealsWithPlans(ctx context.Context, d *db.DB) ([]string, error) {
	return db.All[string](ctx, d, `
		select distinct opportunity_id
		from entries
		where org_id = $1 and kind = $2 and opportunity_id is not null
		order by opportunity_id`, d.Org(), string(Made))
}

// part is somebody of the buyer's, with the role in the deal, if any.
type part struct {
	ID      accounts.ContactID `db:"id"`
	Name    string             `db:"name"`
	Title   string             `db:"title"`
	Role    accounts.Role      `db:"role"`
	LeftOn  calendar.Date      `db:"left_on"`
	Erased  int64              `db:"erased"`
	Account accounts.ID        `db:"account_id"`
}

// partsOf lists who is at the account of a deal or plays a part in it.
func partsOf(ctx context.Context, d *db.DB, o *deals.Opportunity) ([]part, error) {
	return db.All[part](ctx, d, `
		select c.id, c.name, c.title, coalesce(r.role, '') as role, c.left_on, c.erased, c.account_id
		from (
			select distinct id
			from (
				select id from contacts where org_id = $1 and account_id = $2
				union all -- a plain union walks all contacts where a database was never analysed
				select contact_id from buying_roles where org_id = $1 and opportunity_id = $3) either) here
		cross join contacts c
		left join buying_roles r on r.org_id = c.org_id and r.contact_id = c.id and r.opportunity_id = $3
		where c.org_id = $1 and c.id = here.id
		order by case when r.role is null then 1 else 0 end, c.name_key, c.id`, d.Org(), o.Account, o.ID)
}

// knownAt finds the contact of an account that has an e-mail address; none, or one.
func knownAt(ctx context.Context, d *db.DB, account accounts.ID, email string) ([]accounts.ContactID, error) {
	return db.All[accounts.ContactID](ctx, d, `
		select c.id
		from contact_emails e
		join contacts c on c.org_id = e.org_id and c.id = e.contact_id
		where e.org_id = $1 and e.email = $2 and c.account_id = $3
		order by c.id
		limit 1`, d.Org(), email, account)
}

func accountName(ctx context.Context, d *db.DB, id accounts.ID) (string, error) {
	names, err := db.All[string](ctx, d, `
		select name
		from accounts
		where org_id = $1 and id = $2`, d.Org(), id)
	if err != nil || len(names) == 0 {
		return "", err
	}
	return names[0], nil
}
