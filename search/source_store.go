package search

import (
	"context"
	"strings"

	"milepost/internal/db"
	"milepost/people"
)

// sources says how what is to be found is read from where it is kept: some of a
// kind, by their ids.
var sources = map[Kind]func(context.Context, *db.DB, []string) ([]doc, error){
	Deal: dealDocs, Account: accountDocs, Contact: contactDocs, Person: personDocs,
}

type dealSource struct {
	ID         string `db:"id"`
	ExternalID string `db:"external_id"`
	Title      string `db:"title"`
	Account    string `db:"account_id"`
	Name       string `db:"account_name"`
	Owner      string `db:"owner_id"`
	Words      string `db:"words"`
}

func dealDocs(ctx context.Context, d *db.DB, ids []string) ([]doc, error) {
	list, err := db.All[dealSource](ctx, d, `
		select o.id, coalesce(o.external_id, '') as external_id, o.title, coalesce(o.account_id, '') as account_id,
			coalesce(a.name, '') as account_name, coalesce(o.owner_id, '') as owner_id,
			o.product || ' ' || o.segment || ' ' || o.source || ' ' || o.competitor || ' ' || o.reason as words
		from `+d.Wanted(2)+` opportunities o on o.org_id = $1 and o.id = wanted.value
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id`, d.Org(), db.List(ids))
	docs := make([]doc, len(list))
	for i, s := range list {
		docs[i] = doc{kind: Deal, id: s.ID, deal: s.ID, account: s.Account, title: s.Title, known: nonEmpty(s.ExternalID),
			text: []string{s.Name, s.Words}, seers: []string{s.Owner}}
	}
	return docs, err
}

type accountSource struct {
	ID    string `db:"id"`
	Name  string `db:"name"`
	Owner string `db:"owner_id"`
	Site  string `db:"website"`
	Phone string `db:"phone"`
	Words string `db:"words"`
}

func accountDocs(ctx context.Context, d *db.DB, ids []string) ([]doc, error) {
	list, err := db.All[accountSource](ctx, d, `
		select a.id, a.name, coalesce(a.owner_id, '') as owner_id, a.website, a.phone,
			a.industry || ' ' || a.country || ' ' || a.region || ' ' || a.about as words
		from `+d.Wanted(2)+` accounts a on a.org_id = $1 and a.merged_into = '' and a.id = wanted.value`, d.Org(), db.List(ids))
	if err != nil {
		return nil, err
	}
	seers, err := seersOf(ctx, d, ids)
	docs := make([]doc, len(list))
	for i, s := range list {
		docs[i] = doc{kind: Account, id: s.ID, account: s.ID, title: s.Name, phones: s.Phone,
			text: []string{host(s.Site), s.Words}, seers: append(seers[s.ID], s.Owner)}
	}
	return docs, err
}

type seer struct {
	Account string `db:"account_id"`
	Owner   string `db:"owner_id"`
}

// seersOf lists who has a deal with some accounts.
func seersOf(ctx context.Context, d *db.DB, accounts []string) (map[string][]string, error) {
	list, err := db.All[seer](ctx, d, `
		select distinct account_id, coalesce(owner_id, '') as owner_id
		from `+d.Wanted(2)+` opportunities on org_id = $1 and account_id is not null and account_id = wanted.value`, d.Org(), db.List(accounts))
	seers := map[string][]string{}
	for _, s := range list {
		seers[s.Account] = append(seers[s.Account], s.Owner)
	}
	return seers, err
}

type contactSource struct {
	ID      string `db:"id"`
	Account string `db:"account_id"`
	Company string `db:"account_name"`
	Owner   string `db:"owner_id"`
	Name    string `db:"name"`
	Title   string `db:"title"`
	Emails  string `db:"emails"`
	Phones  string `db:"phones"`
	Notes   string `db:"notes"`
}

func contactDocs(ctx context.Context, d *db.DB, ids []string) ([]doc, error) {
	list, err := db.All[contactSource](ctx, d, `
		select c.id, c.account_id, a.name as account_name, coalesce(a.owner_id, '') as owner_id, c.name, c.title,
			c.emails, c.phones, c.notes
		from `+d.Wanted(2)+` contacts c on c.org_id = $1 and c.erased = 0 and c.id = wanted.value
		join accounts a on a.org_id = c.org_id and a.id = c.account_id`, d.Org(), db.List(ids))
	if err != nil {
		return nil, err
	}
	accounts := map[string]bool{}
	for _, s := range list {
		accounts[s.Account] = true
	}
	seers, err := seersOf(ctx, d, keys(accounts))
	docs := make([]doc, len(list))
	for i, s := range list {
		docs[i] = doc{kind: Contact, id: s.ID, account: s.Account, title: s.Name, known: nonEmpty(strings.Split(s.Emails, ",")...),
			phones: s.Phones, text: []string{s.Title, s.Company, s.Notes}, seers: append(append([]string{}, seers[s.Account]...), s.Owner)}
	}
	return docs, err
}

type personSource struct {
	ID    string `db:"id"`
	Name  string `db:"name"`
	Email string `db:"email"`
	Title string `db:"title"`
	Team  string `db:"team"`
}

// personDocs leaves out whose name is gone: that of someone whose data were erased.
func personDocs(ctx context.Context, d *db.DB, ids []string) ([]doc, error) {
	list, err := db.All[personSource](ctx, d, `
		select p.id, p.name, p.email, p.title, coalesce(t.name, '') as team
		from `+d.Wanted(2)+` people p on p.org_id = $1 and p.id = wanted.value
		left join teams t on t.org_id = p.org_id and t.manager_id = p.id
		where not exists (
			select 1
			from entries e
			where e.org_id = p.org_id and e.subject = p.id and e.opportunity_id is null and e.kind = $3)`,
		d.Org(), db.List(ids), people.Erased)
	docs := make([]doc, len(list))
	for i, s := range list {
		docs[i] = doc{kind: Person, id: s.ID, title: s.Name, known: nonEmpty(s.Email), text: []string{s.Title, s.Team}}
	}
	return docs, err
}

func nonEmpty(list ...string) []string {
	var kept []string
	for _, text := range list {
		if text = strings.TrimSpace(text); text != "" {
			kept = append(kept, text)
		}
	}
	return kept
}

// host is a website without what every address has.
func host(site string) string {
	_, rest, found := strings.Cut(site, "://")
	if !found {
		rest = site
	}
	return strings.TrimPrefix(rest, "www.")
}
