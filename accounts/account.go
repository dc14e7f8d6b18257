package accounts

import (
	"milepost/calendar"
	"milepost/deals"
	"milepost/people"
)

// ID names an account; ContactID names a contact.
type (
	ID        = deals.AccountID
	ContactID string
)

// Path leads to the contact's page.
func (id ContactID) Path() string { return "/contacts/" + string(id) }

// Account is a company sold to, with what is known of it.
type Account struct {
	ID         ID               `db:"id"`
	Name       string           `db:"name"`
	Parent     ID               `db:"parent_id"` // empty when it belongs to nobody
	Owner      people.ID        `db:"owner_id"`  // empty when nobody looks after it
	Website    string           `db:"website"`
	Industry   string           `db:"industry"`
	Size       string           `db:"size"`
	Country    string           `db:"country"`
	Region     string           `db:"region"`
	Phone      string           `db:"phone"`
	About      string           `db:"about"`
	MergedInto ID               `db:"merged_into"` // empty unless it went into another
	CreatedAt  calendar.Instant `db:"created_at"`
	Version    int64            `db:"version"` // sequence of the newest entry that changed it
}

// at is where the value of a field stands; nil when there is no such field.
func (a *Account) at(field string) *string {
	switch field {
	case "name":
		return &a.Name
	case "parent":
		return (*string)(&a.Parent)
	case "owner":
		return (*string)(&a.Owner)
	case "website":
		return &a.Website
	case "industry":
		return &a.Industry
	case "size":
		return &a.Size
	case "country":
		return &a.Country
	case "region":
		return &a.Region
	case "phone":
		return &a.Phone
	case "about":
		return &a.About
	}
	return nil
}

// Contact is a person at an account.
type Contact struct {
	ID        ContactID        `db:"id"`
	Account   ID               `db:"account_id"`
	Name      string           `db:"name"`
	Title     string           `db:"title"`
	Emails    string           `db:"emails"` // parted by ", "
	Phones    string           `db:"phones"` // parted by ", "
	Language  string           `db:"language"`
	Notes     string           `db:"notes"`
	LeftOn    calendar.Date    `db:"left_on"` // empty while at the company
	CreatedAt calendar.Instant `db:"created_at"`
	Erased    bool             `db:"erased"`
	Version   int64            `db:"version"`
	Involved  []Involvement    // in deals, as far as it was read
	EverIn    []deals.ID       // deals in which there ever was a part, in order, as far as it was read
}

func (c *Contact) at(field string) *string {
	switch field {
	case "name":
		return &c.Name
	case "account":
		return (*string)(&c.Account)
	case "title":
		return &c.Title
	case "emails":
		return &c.Emails
	case "phones":
		return &c.Phones
	case "language":
		return &c.Language
	case "notes":
		return &c.Notes
	case "left_on":
		return (*string)(&c.LeftOn)
	}
	return nil
}
