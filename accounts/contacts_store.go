package accounts

import (
	"context"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
)

const contactColumns = `c.id, c.account_id, c.name, c.title, c.emails, c.phones, c.language, c.notes, c.left_on,
	c.created_at, c.erased, c.version`

var contactTable = []string{"org_id", "id", "account_id", "name", "name_key", "search_key", "title", "emails", "phones",
	"language", "notes", "left_on", "created_at", "erased", "version"}

func contactValues(org db.Org, c *Contact) []any {
	erased := int64(0)
	if c.Erased {
		erased = 1
	}
	return []any{string(org), string(c.ID), string(c.Account), c.Name, deals.AccountKey(c.Name), contactSearch(c), c.Title,
		c.Emails, c.Phones, c.Language, c.Notes, string(c.LeftOn), int64(c.CreatedAt), erased, c.Version}
}

func insertContacts(ctx context.Context, tx *db.DB, list []Contact) error {
	var rows, emails, roles, ever [][]any
	for i := range list {
		rows = append(rows, contactValues(tx.Org(), &list[i]))
		emails = append(emails, emailRows(tx.Org(), &list[i])...)
		roles = append(roles, roleRows(tx.Org(), &list[i])...)
		ever = append(ever, everRows(tx.Org(), &list[i])...)
	}
	if err := tx.InsertMany(ctx, "contacts", contactTable, rows); err != nil {
		return err
	}
	if err := tx.InsertMany(ctx, "contact_emails", []string{"org_id", "contact_id", "email", "domain"}, emails); err != nil {
		return err
	}
	if err := tx.InsertMany(ctx, "buying_roles", roleTable, roles); err != nil {
		return err
	}
	return tx.InsertMany(ctx, "contact_deals", everTable, ever)
}

func emailRows(org db.Org, c *Contact) [][]any {
	var rows [][]any
	for _, email := range split(c.Emails) {
		rows = append(rows, []any{string(org), string(c.ID), email, domainOf(email)})
	}
	return rows
}

var roleTable = []string{"org_id", "opportunity_id", "contact_id", "role", "influence", "attitude", "since_at"}

func roleRows(org db.Org, c *Contact) [][]any {
	var rows [][]any
	for _, i := range c.Involved {
		rows = append(rows, []any{string(org), string(i.Deal), string(c.ID), string(i.Role), i.Influence, i.Attitude, int64(i.Since)})
	}
	return rows
}

// updateContact writes a contact over its rows.
func updateContact(ctx context.Context, tx *db.DB, c Contact) error {
	if _, err := tx.Exec(ctx, `
		update contacts set account_id = $3, name = $4, name_key = $5, search_key = $6, title = $7, emails = $8,
			phones = $9, language = $10, notes = $11, left_on = $12, created_at = $13, erased = $14, version = $15
		where org_id = $1 and id = $2`, contactValues(tx.Org(), &c)...); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `
		delete from contact_emails
		where org_id = $1 and contact_id = $2`, tx.Org(), c.ID); err != nil {
		return err
	}
	if err := tx.InsertMany(ctx, "contact_emails", []string{"org_id", "contact_id", "email", "domain"}, emailRows(tx.Org(), &c)); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `
		delete from buying_roles
		where org_id = $1 and contact_id = $2`, tx.Org(), c.ID); err != nil {
		return err
	}
	if err := tx.InsertMany(ctx, "buying_roles", roleTable, roleRows(tx.Org(), &c)); err != nil {
		return err
	}
	return updateEver(ctx, tx, &c)
}

func contactIDsOf(ctx context.Context, d *db.DB, account ID) ([]ContactID, error) {
	return db.All[ContactID](ctx, d, `
		select id
		from contacts
		where org_id = $1 and account_id = $2
		order by id`, d.Org(), account)
}

// contactsOf lists who works, or worked, at an account: those who are there first.
func contactsOf(ctx context.Context, d *db.DB, account ID, most int) ([]Contact, error) {
	return db.All[Contact](ctx, d, `
		select `+contactColumns+`
		from contacts c
		where c.org_id = $1 and c.account_id = $2
		order by c.erased, case when c.left_on = '' then 0 else 1 end, c.name_key, c.id
		limit $3`, d.Org(), account, most)
}

// PartRow is a contact's part in a deal.
type PartRow struct {
	Contact ContactID `db:"contact_id"`
	Title   string    `db:"title"` // of the deal
	Outcome string    `db:"outcome"`
	Involvement
}

// partsOf lists the parts that contacts play in deals that some owners have.
func partsOf(ctx context.Context, d *db.DB, contacts []ContactID, see sight) ([]PartRow, error) {
	w := newWhere(d)
	w.add("r.org_id = ?", d.Org())
	w.oneOf("r.contact_id", db.List(contacts))
	see.deals(w, "o")
	return db.All[PartRow](ctx, d, `
		select r.contact_id, r.opportunity_id, r.role, r.influence, r.attitude, r.since_at, o.title,
			coalesce(o.outcome, '') as outcome
		from buying_roles r
		join opportunities o on o.org_id = r.org_id and o.id = r.opportunity_id
		where `+w.text()+`
		order by o.id, r.contact_id`, w.args...)
}

// involvedIn lists who plays a part in a deal.
func involvedIn(ctx context.Context, d *db.DB, deal deals.ID) ([]PartRow, error) {
	return db.All[PartRow](ctx, d, `
		select r.contact_id, r.opportunity_id, r.role, r.influence, r.attitude, r.since_at
		from buying_roles r
		where r.org_id = $1 and r.opportunity_id = $2
		order by r.since_at, r.contact_id`, d.Org(), deal)
}

// eachContact visits every contact with its parts in deals, for verification.
func eachContact(ctx context.Context, d *db.DB, org db.Org, visit func(*Contact) error) error {
	parts := map[ContactID][]Involvement{}
	if err := db.Each(ctx, d, func(p *PartRow) error {
		parts[p.Contact] = append(parts[p.Contact], p.Involvement)
		return nil
	}, `
		select contact_id, opportunity_id, role, influence, attitude, since_at
		from buying_roles
		where org_id = $1
		order by contact_id, opportunity_id`, org); err != nil {
		return err
	}
	ever, err := everIn(ctx, d)
	if err != nil {
		return err
	}
	return db.Each(ctx, d, func(c *Contact) error {
		c.Involved, c.EverIn = slices.Clone(parts[c.ID]), ever[c.ID]
		return visit(c)
	}, `
		select `+contactColumns+`
		from contacts c
		where c.org_id = $1
		order by c.id`, org)
}
