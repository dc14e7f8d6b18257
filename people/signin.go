package people

import (
	"context"
	"fmt"
	"strings"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/problem"
)

// signInLife is how long a sign-in lasts after it was last used.
const signInLife = 30 * 24 * time.Hour

// SignIn is one device at which a person is signed in.
type SignIn struct {
	Org       db.Org           `db:"org_id"`
	ID        string           `db:"id"`
	Person    ID               `db:"person_id"`
	BeganAt   calendar.Instant `db:"began_at"`
	SeenAt    calendar.Instant `db:"seen_at"` // to the minute
	ExpiresAt calendar.Instant `db:"expires_at"`
	Device    string           `db:"device"`
}

// candidate is a person of some organization who has the e-mail address that was
// typed, and a password.
type candidate struct {
	Org          db.Org `db:"org_id"`
	Person       ID     `db:"person_id"`
	Organization string `db:"organization"`
	Hash         string `db:"hash"`
}

// errNoFit is said whenever a sign-in fails, whatever was wrong with it.
var errNoFit = problem.Invalid("", "The e-mail address and the password do not fit together. Try again, or ask for a new password.")

// whoFits finds the people, one in each organization at most, whose e-mail address
// and password these are. It takes the same time and says the same whether there
// is such a person or not.
func whoFits(ctx context.Context, p slice.Program, email, password, address string) ([]candidate, error) {
	email = strings.ToLower(strings.TrimSpace(email))
	if email == "" || password == "" || len(password) > longestPassword || len(email) > 254 {
		return nil, errNoFit
	}
	if err := admit(ctx, p.DB, email, address, p.Clock()); err != nil {
		return nil, err
	}
	found, err := candidates(ctx, p.DB.Everywhere(), email)
	if err != nil {
		return nil, fmt.Errorf("looking for who signs in: %w", err)
	}
	var fitting []candidate
	for _, c := range found {
		fits, stale, err := verifyPassword(ctx, password, c.Hash)
		if err != nil {
			return nil, err
		}
		if fits {
			fitting = append(fitting, c)
		}
		if fits && stale {
			rehash(ctx, p, c, password)
		}
	}
	if err := spendTheRest(ctx, p, password, len(found)); err != nil {
		return nil, err
	}
	if len(fitting) == 0 {
		return nil, errNoFit
	}
	return fitting, forgive(ctx, p.DB, email)
}

// spendTheRest evens out the work: as many verifications as there are
// organizations, three at most, however many people have the address.
func spendTheRest(ctx context.Context, p slice.Program, password string, done int) error {
	all, err := Organizations(ctx, p.DB.Everywhere())
	if err != nil {
		return err
	}
	for ; done < max(1, min(3, len(all))); done++ {
		if err := spendAsMuch(ctx, password); err != nil {
			return err
		}
	}
	return nil
}

// rehash stores the password with today's parameters. Nobody waits for another
// chance: if it fails, the old hash still holds.
func rehash(ctx context.Context, p slice.Program, c candidate, password string) {
	hash, err := hashPassword(ctx, password)
	if err == nil {
		err = replaceHash(ctx, p.DB.For(c.Org), c.Person, c.Hash, hash)
	}
	if err != nil {
		p.Log.Error("storing a password with new parameters", "error", err)
	}
}

// beginSignIn signs a person in at a device and gives the token for its cookie.
func beginSignIn(ctx context.Context, w *ledger.Writer, person ID, device string) (string, error) {
	token := newToken()
	s := SignIn{ID: db.NewID(w.By.At), Person: person, BeganAt: w.By.At, SeenAt: w.By.At,
		ExpiresAt: w.By.At.Add(signInLife), Device: device}
	if _, err := w.Add(SignedInAtDevice, string(person), "", w.By.At, Fact{Device: device}); err != nil {
		return "", err
	}
	return token, insertSignIn(ctx, w.DB, s, hashOf(token))
}

// EndSignIn signs a person out of one device. The id must be one of the person's.
func EndSignIn(ctx context.Context, w *ledger.Writer, person ID, id string) error {
	return endSignIns(ctx, w, person, func(s SignIn) bool { return s.ID == id })
}

// EndOtherSignIns signs a person out of every device but one; an empty id means
// every device.
func EndOtherSignIns(ctx context.Context, w *ledger.Writer, person ID, except string) error {
	return endSignIns(ctx, w, person, func(s SignIn) bool { return s.ID != except })
}

func endSignIns(ctx context.Context, w *ledger.Writer, person ID, which func(SignIn) bool) error {
	all, err := signInsOf(ctx, w.DB, person)
	if err != nil {
		return err
	}
	for _, s := range all {
		if !which(s) {
			continue
		}
		if _, err := w.Add(SignedOutOfDevice, string(person), "", w.By.At, Fact{Device: s.Device}); err != nil {
			return err
		}
		if err := deleteSignIn(ctx, w.DB, s.ID); err != nil {
			return err
		}
	}
	return nil
}

// setPassword stores a password by its hash (see hashPassword) and signs the person
// out everywhere but at one device.
func setPassword(ctx context.Context, w *ledger.Writer, person ID, hash, except string) error {
	if _, err := w.Add(PasswordSet, string(person), "", w.By.At, Fact{}); err != nil {
		return err
	}
	if err := upsertHash(ctx, w.DB, person, hash, w.By.At); err != nil {
		return err
	}
	if err := deleteResetRequest(ctx, w.DB, person); err != nil {
		return err
	}
	return EndOtherSignIns(ctx, w, person, except)
}

// forgetOld removes what has expired: the job of each night.
func forgetOld(ctx context.Context, d *db.DB, now calendar.Instant) error {
	return deleteOld(ctx, d, now, now.Add(-max(perEmail.window, perAddress.window)))
}
