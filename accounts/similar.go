package accounts

import (
	"context"
	"strings"
	"unicode/utf8"

	"milepost/internal/db"
	"milepost/people"
)

// Similar is an account, or a contact, that may be the one that someone is about to
// make. What the viewer may not see is told as far as that it is there, and whom to
// ask.
type Similar struct {
	ID     string
	Name   string
	Detail string // what makes it alike
	Owner  string // who looks after it, or sells to it; "" when nobody does
	Seen   bool
}

// shortest is from how many characters on a name's beginning is worth comparing.
const shortest = 4

// SimilarAccounts finds the accounts that a typed name, or a website, may mean.
func SimilarAccounts(ctx context.Context, d *db.DB, v *people.Viewer, name, website string) ([]Similar, error) {
	match, site := MatchKey(clipLong(name)), ""
	if clean, err := ParseWebsite("", website); err == nil {
		site = siteOf(clean)
	}
	if match == "" && site == "" {
		return nil, nil
	}
	rows, err := alikeAccounts(ctx, d, sightOf(v), match, site)
	var list []Similar
	for _, r := range rows {
		same := r.Match == match || site != "" && r.Domain == site
		// Names that only begin alike are no news to those who may not see them.
		if !same && r.Seen == 0 {
			continue
		}
		detail := "begins like this"
		switch {
		case r.Match == match:
			detail = "the same name"
		case same:
			detail = "the same website"
		}
		list = append(list, Similar{string(r.ID), r.Name, detail, r.Owner, r.Seen == 1})
	}
	return list, err
}

// SimilarContacts finds who may be the contact that someone is about to add: by
// e-mail address, or by the same name at the same account.
func SimilarContacts(ctx context.Context, d *db.DB, v *people.Viewer, name, emails string, account ID) ([]Similar, error) {
	addresses, _ := ParseEmails("", emails) // what is half typed is not compared yet
	rows, err := alikeContacts(ctx, d, sightOf(v), addresses, folded(clipLong(name)), account)
	var list []Similar
	for _, r := range rows {
		s := Similar{ID: string(r.ID), Name: r.Name, Detail: "at " + r.Account, Owner: r.Owner, Seen: r.Seen == 1}
		if !s.Seen {
			s.Name, s.Detail = "Someone with this e-mail address", ""
		}
		list = append(list, s)
	}
	return list, err
}

// AtDomain finds the account, in sight, whose people have an address like this one.
func AtDomain(ctx context.Context, d *db.DB, v *people.Viewer, emails string) (Account, bool, error) {
	addresses, _ := ParseEmails("", emails)
	if len(addresses) == 0 || everybodys[domainOf(addresses[0])] {
		return Account{}, false, nil
	}
	list, err := accountsAtDomain(ctx, d, sightOf(v), domainOf(addresses[0]))
	if err != nil || len(list) != 1 {
		return Account{}, false, err
	}
	return list[0], true, nil
}

func clipLong(text string) string {
	if len(text) <= 400 {
		return text
	}
	return strings.ToValidUTF8(text[:400], "")
}

// prefixes is the span of keys that begin like one.
func prefixes(key string) (from, until string, ok bool) {
	if utf8.RuneCountInString(key) < shortest {
		return "", "", false
	}
	return key, key + "\U0010fffd", true
}
