package plans

import (
	"errors"
	"net/http"

	"milepost/calendar"
	"milepost/internal/web"
	"milepost/problem"
)

// passcode takes in the passcode of a link. Tries are counted by link and by address.
func (c *call) passcode() error {
	g, err := c.enter()
	if err == nil {
		return c.back("")
	}
	if !errors.Is(err, errPasscode) {
		return err
	}
	key := "passcode " + string(g.key.Link)
	if err := admit(c.ctx, c.DB, passcodes, key, c.now); err != nil {
		return err
	}
	if !fits(c.r.PostForm.Get("passcode"), g.key.Passcode) {
		return c.show(http.StatusUnprocessableEntity, passcodePage(c.token, "This is not the passcode of this link. It was sent to you by another way; look there again."))
	}
	if err := forgive(c.ctx, c.DB, key); err != nil {
		return err
	}
	http.SetCookie(c.w, &http.Cookie{Name: cookieName, Value: proofOf(c.token, g.key.Passcode), Path: sharedPath(c.token),
		HttpOnly: true, Secure: overTLS(c.r), SameSite: http.SameSiteLaxMode})
	return c.back("")
}

func (c *call) back(said string) error {
	to := sharedPath(c.token)
	if said != "" {
		to += "?said=" + said
	}
	http.Redirect(c.w, c.r, to, http.StatusSeeOther)
	return nil
}

// send runs one act of the buyer; what was refused is shown where it was typed.
func (c *call) send(said, of string, act func(ByLink) error) error {
	g, err := c.enter()
	if err != nil {
		return err
	}
	if err := admit(c.ctx, c.DB, acts, "acts "+string(g.key.Link), c.now); err != nil {
		return err
	}
	err = act(ByLink{c.DB, c.token, c.proof(), c.now})
	if web.InForm(err) || problem.Is(err, problem.KindNotFound) {
		if g, again := c.enter(); again == nil {
			return c.showPlan(g, "", of, err)
		}
		return errNoLink
	}
	if err != nil {
		return err
	}
	return c.back(said)
}

func (c *call) stepID() StepID { return StepID(c.r.PathValue("step")) }

func (c *call) confirm() error {
	return c.send("confirmed", "confirm "+string(c.stepID()), func(l ByLink) error {
		return l.Confirm(c.ctx, c.stepID(), c.r.PostForm.Get("words"))
	})
}

func (c *call) propose() error {
	return c.send("date", "date "+string(c.stepID()), func(l ByLink) error {
		return l.Propose(c.ctx, c.stepID(), calendar.Date(c.r.PostForm.Get("date")), c.r.PostForm.Get("words"))
	})
}

func (c *call) say() error {
	return c.send("said", "say", func(l ByLink) error {
		return l.Say(c.ctx, c.r.PostForm.Get("words"))
	})
}

func (c *call) bring() error {
	f := c.r.PostForm
	return c.send("colleague", "colleague", func(l ByLink) error {
		return l.bring(c.ctx, colleague{Name: f.Get("name"), Email: f.Get("email"), Title: f.Get("title")})
	})
}
