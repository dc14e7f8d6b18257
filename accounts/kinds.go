package accounts

import (
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
)

// The kinds of entry about accounts and contacts. An account is made by
// deals.AccountCreated, whose subject it is; what is said of it later is here. No
// entry of this room names a deal as its opportunity: a deal's row is what its own
// entries come to, and everything about a contact must be found, and erased, under
// the contact.
const (
	AccountChanged  ledger.Kind = "account.changed"  // subject: the account; payload: Change
	AccountAbsorbed ledger.Kind = "account.absorbed" // subject: the account that stays; payload: Merger
	AccountMerged   ledger.Kind = "account.merged"   // subject: the account that went into another; payload: Merger
	ContactAdded    ledger.Kind = "contact.added"    // subject: the contact; payload: Person
	ContactChanged  ledger.Kind = "contact.changed"  // subject: the contact; payload: Change
	ContactErased   ledger.Kind = "contact.erased"   // subject: the contact; payload: Erasure
	RoleSet         ledger.Kind = "contact.role_set" // subject: the contact; payload: RoleChange
)

// Kinds lists every kind of this room, and the one that makes an account.
var Kinds = []ledger.Kind{deals.AccountCreated, AccountChanged, AccountAbsorbed, AccountMerged,
	ContactAdded, ContactChanged, ContactErased, RoleSet}

// Change is the payload of a changed field. Where a value is the id of a person or
// of an account, the name that it had then stands beside it.
type Change struct {
	Field    string `json:"field"`
	From     string `json:"from,omitempty"`
	To       string `json:"to,omitempty"`
	FromName string `json:"from_name,omitempty"`
	ToName   string `json:"to_name,omitempty"`
	Undoes   int64  `json:"undoes,omitempty"` // the sequence of the change that this takes back
}

// Merger is the payload of both entries of a merge.
type Merger struct {
	Other    ID     `json:"other"`
	Name     string `json:"name"` // of the other
	Deals    int    `json:"deals"`
	Contacts int    `json:"contacts"`
	Children int    `json:"children"`
}

// Person is the payload of a contact that was added: what was known at once.
type Person struct {
	Account  ID            `json:"account"`
	Name     string        `json:"name"`
	Title    string        `json:"title,omitempty"`
	Emails   string        `json:"emails,omitempty"` // parted by ", "
	Phones   string        `json:"phones,omitempty"` // parted by ", "
	Language string        `json:"language,omitempty"`
	Notes    string        `json:"notes,omitempty"`
	LeftOn   calendar.Date `json:"left_on,omitempty"`
}

// Erasure is the payload of a contact's erasure: where an unknown person stood.
type Erasure struct {
	Account ID `json:"account"`
}

// RoleChange is the payload of a buying role that was given, changed or, when the
// role is empty, taken away.
type RoleChange struct {
	Deal   deals.ID `json:"deal"`
	To     Standing `json:"to"`
	From   Standing `json:"from"`
	Undoes int64    `json:"undoes,omitempty"`
}
