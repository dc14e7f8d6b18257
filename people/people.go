// Package people holds the organization: who works here, who reports to whom and
// since when, which roles someone has, how people sign in, and who may see what.
//
// The reporting line is true in time. A reorganization starts new lines and ends
// old ones; it never rewrites who managed whom last quarter. Access is decided
// here and nowhere else: see Viewer and access.go.
package people

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"unicode/utf8"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/problem"
)

// Schema holds the tables of people.
//
//go:embed schema
var Schema embed.FS

// ID names a person; ids of two organizations never meet.
type ID string

// Role is what someone may do.
type Role string

// The roles. Reporting lines say whose deals are seen; roles say what may be done.
const (
	Rep              Role = "rep"
	Manager          Role = "manager"
	Operations       Role = "operations"
	ResourceProvider Role = "resource provider"
	Observer         Role = "observer"
	Administrator    Role = "administrator"
)

// Roles lists every role, in the order in which screens show them.
var Roles = []Role{Rep, Manager, Operations, ResourceProvider, Observer, Administrator}

// The kinds of entry about the organization and its people; the payload is a Fact.
const (
	OrganizationFounded ledger.Kind = "organization.founded"
	OrganizationChanged ledger.Kind = "organization.changed"
	Joined              ledger.Kind = "person.joined"       // Name, Email, Title
	Described           ledger.Kind = "person.described"    // Name, Email, Title: as they are from now on
	ReportsTo           ledger.Kind = "person.reports_to"   // Manager; empty: to nobody
	RoleGranted         ledger.Kind = "role.granted"        // Role
	RoleRevoked         ledger.Kind = "role.revoked"        // Role
	Left                ledger.Kind = "person.left"         //
	Returned            ledger.Kind = "person.returned"     //
	Erased              ledger.Kind = "person.erased"       //
	PasswordSet         ledger.Kind = "person.password_set" // that it was set, never what
	Invited             ledger.Kind = "person.invited"      // Purpose of the link that was made, never the link
	SignedInAtDevice    ledger.Kind = "person.signed_in"    // Device
	SignedOutOfDevice   ledger.Kind = "person.signed_out"   // Device
	TeamNamed           ledger.Kind = "team.named"          // Name; the subject is the manager
)

// Fact is the payload of an entry about a person.
type Fact struct {
	Name    string  `json:"name,omitempty"`
	Email   string  `json:"email,omitempty"`
	Title   string  `json:"title,omitempty"`
	Manager ID      `json:"manager,omitempty"`
	Role    Role    `json:"role,omitempty"`
	Device  string  `json:"device,omitempty"`
	Purpose Purpose `json:"purpose,omitempty"`
}

// Person is someone who works, or worked, in the organization. A person without
// an e-mail address cannot sign in: someone whom an imported log names.
type Person struct {
	ID       ID               `db:"id"`
	Name     string           `db:"name"`
	Email    string           `db:"email"`
	Title    string           `db:"title"`
	JoinedAt calendar.Instant `db:"joined_at"`
	LeftAt   calendar.Instant `db:"left_at"` // 0 while here
	Imported bool             `db:"imported"`
	Version  int64            `db:"version"` // sequence of the newest entry that changed what is known of the person
}

// Active tells whether the person is here now.
func (p Person) Active() bool { return p.LeftAt == 0 }

// CleanEmail lower-cases an address and refuses what is none; empty stays empty.
func CleanEmail(text string) (string, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return "", nil
	}
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text || len(text) > 254 {
		return "", problem.Invalid("email", "This is not an e-mail address like kim@example.com.")
	}
	return text, nil
}

// CleanName trims a name and refuses an empty one or one too long to show.
func CleanName(field, text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return "", problem.Invalid(field, "A name is needed.")
	}
	if utf8.RuneCountInString(text) > 120 || !utf8.ValidString(text) {
		return "", problem.Invalid(field, "The name is too long: up to 120 letters.")
	}
	return text, nil
}

// Join records that someone is here, from an instant on, and gives the person
// with a new id (or the id that was handed in).
func Join(ctx context.Context, w *ledger.Writer, p Person, from calendar.Instant) (Person, error) {
	var err, badEmail error
	p.Name, err = CleanName("name", p.Name)
	p.Email, badEmail = CleanEmail(p.Email)
	if err := join([]error{err, badEmail}); err != nil {
		return p, err
	}
	if p.Email != "" {
		if err := mustBeFree(ctx, w.DB, p.Email, p.ID); err != nil {
			return p, err
		}
	}
	if p.ID == "" {
		p.ID = ID(db.NewID(w.By.At))
	}
	p.JoinedAt = from
	e, err := w.Add(Joined, string(p.ID), "", from, Fact{Name: p.Name, Email: p.Email, Title: p.Title})
	if err != nil {
		return p, err
	}
	p.Version = e.Sequence
	return p, insertPerson(ctx, w.DB, p)
}

func mustBeFree(ctx context.Context, d *db.DB, email string, except ID) error {
	other, err := byEmail(ctx, d, email)
	if problem.Is(err, problem.KindNotFound) || err == nil && other.ID == except {
		return nil
	}
	if err != nil {
		return err
	}
	return problem.Conflict("email", "%s has this e-mail address already.", other.Name)
}

// Grant gives a role from now on; granting what is there changes nothing.
func Grant(ctx context.Context, w *ledger.Writer, person ID, role Role) error {
	if !slices.Contains(Roles, role) {
		return problem.Invalid("role", "There is no role %q.", role)
	}
	has, err := rolesOf(ctx, w.DB, person)
	if err != nil || slices.Contains(has, role) {
		return err
	}
	e, err := w.Add(RoleGranted, string(person), "", w.By.At, Fact{Role: role})
	if err != nil {
		return err
	}
	if err := insertGrant(ctx, w.DB, person, role, w.By.At); err != nil {
		return err
	}
	return touch(ctx, w.DB, person, e.Sequence)
}

// Revoke takes a role away from now on. The last administrator keeps the role, or
// nobody could ever give it again.
func Revoke(ctx context.Context, w *ledger.Writer, person ID, role Role) error {
	has, err := rolesOf(ctx, w.DB, person)
	if err != nil || !slices.Contains(has, role) {
		return err
	}
	if role == Administrator {
		if err := mustNotBeLastAdministrator(ctx, w.DB, person); err != nil {
			return err
		}
	}
	e, err := w.Add(RoleRevoked, string(person), "", w.By.At, Fact{Role: role})
	if err != nil {
		return err
	}
	if err := endGrant(ctx, w.DB, person, role, w.By.At); err != nil {
		return err
	}
	return touch(ctx, w.DB, person, e.Sequence)
}

func mustNotBeLastAdministrator(ctx context.Context, d *db.DB, person ID) error {
	others, err := otherAdministrators(ctx, d, person)
	if err != nil {
		return err
	}
	if others == 0 {
		return problem.Conflict("role", "This is the last administrator. Make someone else administrator first.")
	}
	return nil
}

// join is errors.Join without the nils, as one problem where there is one.
func join(list []error) error {
	list = slices.DeleteFunc(list, func(err error) bool { return err == nil })
	if len(list) == 1 {
		return list[0]
	}
	return errors.Join(list...)
}

// organizationFact is the payload of entries about the organization itself.
func organizationFact(o Organization) map[string]string {
	return map[string]string{"name": o.Name, "time_zone": o.TimeZone,
		"fiscal_start": fmt.Sprint(o.FiscalStart), "currency": string(o.Currency)}
}
