package people

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"sync"
	"sync/atomic"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/problem"
)

// SetUpCode is what a stranger does not know: whoever opens the set-up page over a
// network, and not on the machine itself, must enter it. It is made when it is
// first asked for and lives as long as the program; the program's log shows it.
var SetUpCode = sync.OnceValue(func() string {
	random := make([]byte, 10)
	rand.Read(random) // never fails (crypto/rand)
	code := base32.StdEncoding.EncodeToString(random)
	return code[:4] + "-" + code[4:8] + "-" + code[8:12] + "-" + code[12:16]
})

const setUpPath = "/set-up"

// SetUpPath tells where everyone is sent while nobody can sign in: there is no
// organization, or an import on the command line made one, with nobody in it who
// has a password. Once set up, it is not asked again.
func SetUpPath(p slice.Program) func(context.Context) string {
	var done atomic.Bool
	return func(ctx context.Context) string {
		if done.Load() {
			return ""
		}
		needed, err := setUpNeeded(ctx, p.DB)
		if err != nil {
			p.Log.Error("finding out whether Milepost is set up", "error", err)
			return ""
		}
		if !needed {
			done.Store(true)
			return ""
		}
		return setUpPath
	}
}

// setUpNeeded is so while nobody can sign in. A demonstration company has links to
// sign in with and is never set up.
func setUpNeeded(ctx context.Context, d *db.DB) (bool, error) {
	ways, err := waysIn(ctx, d.Everywhere())
	return ways == 0, err
}

// foundation is what is asked when Milepost is set up.
type foundation struct {
	Organization Organization // with an id when an import has made it
	Person       Person       // the first administrator
	Hash         string       // of their password
	Device       string
}

// errSetUpAlready is said to the second of two who set up at once.
var errSetUpAlready = problem.Conflict("", "Milepost was set up a moment ago by someone else. Ask them for an invitation, or sign in if it was you.")

// setUp makes the organization, unless an import has, and its first person, who
// administers and runs operations, and signs them in.
func setUp(ctx context.Context, d *db.DB, f foundation, by ledger.By) (token string, err error) {
	err = d.Everywhere().InTx(ctx, func(tx *db.DB) error {
		if err := claimSetUp(ctx, tx, by.At); err != nil {
			if problem.Is(err, problem.KindConflict) {
				return errSetUpAlready
			}
			return fmt.Errorf("claiming the set-up: %w", err)
		}
		if needed, err := setUpNeeded(ctx, tx); err != nil || !needed {
			return orElse(err, errSetUpAlready)
		}
		if f.Organization.ID == "" {
			f.Organization.CreatedAt = by.At
			if f.Organization, err = Found(ctx, tx, f.Organization); err != nil {
				return err
			}
		}
		return ledger.Record(ctx, tx.For(f.Organization.ID), by, func(w *ledger.Writer) error {
			token, err = installAdministrator(ctx, w, f)
			return err
		})
	})
	return token, err
}

func installAdministrator(ctx context.Context, w *ledger.Writer, f foundation) (token string, err error) {
	p, err := joinOrRecognize(ctx, w, f.Person)
	if err != nil {
		return "", err
	}
	w.By.Actor = string(p.ID)
	for _, role := range []Role{Administrator, Operations} {
		if err := Grant(ctx, w, p.ID, role); err != nil {
			return "", err
		}
	}
	if err := setPassword(ctx, w, p.ID, f.Hash, ""); err != nil {
		return "", err
	}
	return beginSignIn(ctx, w, p.ID, f.Device)
}

// joinOrRecognize makes the person, or recognizes them as the one whom an imported
// history names, so that their deals are theirs.
func joinOrRecognize(ctx context.Context, w *ledger.Writer, p Person) (Person, error) {
	named, err := Named(ctx, w.DB, w.DB.Org(), []string{p.Name})
	if err != nil {
		return p, err
	}
	if len(named) != 1 || named[0].Email != "" || !named[0].Active() {
		return Join(ctx, w, p, w.By.At)
	}
	known := named[0]
	known.Email = p.Email
	return Describe(ctx, w, known)
}

func orElse(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}
