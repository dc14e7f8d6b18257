package people

import (
	"context"
	"fmt"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/problem"
)

// Purpose is what a link is good for.
type Purpose string

// The purposes of links. A choice is not handed to anyone: it stands for one
// organization while someone whose password fits in several says which.
const (
	Invitation    Purpose = "invitation"
	Reset         Purpose = "reset"
	Demonstration Purpose = "demonstration"
	choice        Purpose = "choice"
)

// life is how long a link is good. Those that set a password are good once.
func (p Purpose) life() time.Duration {
	switch p {
	case Invitation:
		return 7 * 24 * time.Hour
	case Reset:
		return time.Hour
	case Demonstration:
		return 10 * 365 * 24 * time.Hour
	}
	return 5 * time.Minute
}

// link is a way in by an address that someone was handed.
type link struct {
	Org       db.Org           `db:"org_id"`
	Person    ID               `db:"person_id"`
	Purpose   Purpose          `db:"purpose"`
	MadeAt    calendar.Instant `db:"made_at"`
	ExpiresAt calendar.Instant `db:"expires_at"`
	UsedAt    calendar.Instant `db:"used_at"` // 0 while unused
}

// WelcomePath is where a link's token leads.
func WelcomePath(token string) string { return "/welcome/" + token }

// DemonstrationLink makes a link by which anyone who holds it signs in as a person
// of a demonstration company, as often as they like.
func DemonstrationLink(ctx context.Context, w *ledger.Writer, person ID) (token string, err error) {
	o, err := OrganizationOf(ctx, w.DB, w.DB.Org())
	if err != nil {
		return "", err
	}
	if !o.Demonstration {
		return "", fmt.Errorf("a demonstration link is only for a demonstration company, which %s is not", o.Name)
	}
	return makeLink(ctx, w, person, Demonstration)
}

// MakeLink makes an invitation or a reset link for someone who has an e-mail
// address, and voids those made before.
func MakeLink(ctx context.Context, w *ledger.Writer, person ID, purpose Purpose) (token string, err error) {
	p, err := PersonOf(ctx, w.DB, w.DB.Org(), person)
	if err != nil {
		return "", err
	}
	switch {
	case purpose != Invitation && purpose != Reset:
		return "", problem.Invalid("purpose", "A link is an invitation, or it is for a new password.")
	case !p.Active():
		return "", problem.Conflict("", "%s has left, and cannot be invited.", p.Name)
	case p.Email == "":
		return "", problem.Invalid("email", "%s needs an e-mail address first: it is what they sign in with.", p.Name)
	}
	if err := deleteLinks(ctx, w.DB, person); err != nil {
		return "", err
	}
	if err := deleteResetRequest(ctx, w.DB, person); err != nil {
		return "", err
	}
	if _, err := w.Add(Invited, string(person), "", w.By.At, Fact{Purpose: purpose}); err != nil {
		return "", err
	}
	return makeLink(ctx, w, person, purpose)
}

func makeLink(ctx context.Context, w *ledger.Writer, person ID, purpose Purpose) (string, error) {
	token := newToken()
	l := link{Person: person, Purpose: purpose, MadeAt: w.By.At, ExpiresAt: w.By.At.Add(purpose.life())}
	return token, insertLink(ctx, w.DB, l, hashOf(token))
}

// errDeadLink is said of every link that is not good, whatever is wrong with it.
var errDeadLink = problem.NotFound("This link is no longer good: it was used, it is too old, or a newer one was made. Ask whoever administers Milepost in your organization for another.")

// openLink finds what a token is good for. Looking does not use it up: programs
// that scan mail look at every link.
func openLink(ctx context.Context, d *db.DB, token string, now calendar.Instant) (link, error) {
	l, err := linkOf(ctx, d.Everywhere(), hashOf(token))
	if problem.Is(err, problem.KindNotFound) || err == nil && (l.ExpiresAt <= now || l.UsedAt != 0) {
		return l, errDeadLink
	}
	return l, err
}

// useLink uses a link up, so that of two people at once only one gets in.
func useLink(ctx context.Context, w *ledger.Writer, token string) error {
	used, err := markUsed(ctx, w.DB, hashOf(token), w.By.At)
	if err == nil && used != 1 {
		err = errDeadLink
	}
	return err
}

// enterByLink uses a link up that sets a password, stores the password, and signs
// the person in at a device.
func enterByLink(ctx context.Context, w *ledger.Writer, token string, person ID, hash, device string) (signIn string, err error) {
	if err := useLink(ctx, w, token); err != nil {
		return "", err
	}
	if err := setPassword(ctx, w, person, hash, ""); err != nil {
		return "", err
	}
	return beginSignIn(ctx, w, person, device)
}

// askForReset notes that someone wants a new password, where an administrator sees
// it. It is silent about whether there is such a person.
func askForReset(ctx context.Context, d *db.DB, email string, now calendar.Instant) error {
	_, err := insertResetRequests(ctx, d.Everywhere(), email, now)
	return err
}
