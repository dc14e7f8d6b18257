package accounts_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"milepost/accounts"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/people"
)

func ticked(ids ...accounts.ID) (fields []string) {
	for _, id := range ids {
		fields = append(fields, "account", string(id))
	}
	return fields
}

func (h *house) find(id accounts.ID) accounts.Account {
	h.t.Helper()
	a, err := accounts.Find(h.t.Context(), h.DB, h.Viewer(h.Olga), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// set changes an account as someone else does it.
func (h *house) set(by people.Person, id accounts.ID, field, value string) {
	h.t.Helper()
	h.record(by, func(w *ledger.Writer) error {
		_, err := accounts.Set(h.t.Context(), w, id, field, value, 0)
		return err
	})
}

// The preview says how many go from whom to whom, what does not change, and why; what
// someone else changed meanwhile is left alone, in the change and in its undoing.
func TestManyAccountsAreGivenToSomeoneElse(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		harbour, island, own, pounds := h.account("dan open"), h.account("dan won"), h.account("ben own"), h.account("eve pounds")
		h.set(h.Olga, harbour, "owner", string(h.Dan.ID))
		h.set(h.Olga, own, "owner", string(h.Eve.ID))
		ben := h.as(h.Ben)
		at := ben.Post("/account-changes", ticked(harbour, harbour, island, own, pounds)...).Leads()
		ben.Get(at).Is(200).Has("Change 4 accounts", "You see a preview")
		ben.Post(at+"/plan", "what", "owner", "value", "").Is(422).Has("Choose who shall look after them")
		ben.Post(at+"/plan", "what", "name", "value", "Mine").Is(422)
		ben.Post(at+"/plan", "what", "owner", "value", string(h.Eve.ID)).Is(303)
		ben.Get(at).Is(200).Has("3 accounts will change", "1 account will not change", "It is so already", "Nothing has happened yet",
			h.Dan.Name+" "+h.Eve.Name+" 1", "Nobody "+h.Eve.Name+" 2")
		h.set(h.Olga, pounds, "phone", "+44 20 5550 1234")
		ben.Post(at + "/start").Is(303)
		ben.Through(at).Has("2 accounts changed", "2 accounts did not change", "Someone changed it since you looked", "Undo the change")
		if h.find(harbour).Owner != h.Eve.ID || h.find(island).Owner != h.Eve.ID || h.find(pounds).Owner != "" {
			t.Errorf("the owners are %q, %q, %q", h.find(harbour).Owner, h.find(island).Owner, h.find(pounds).Owner)
		}
		ben.Post(at + "/start").Is(303) // once more does nothing
		ben.Get("/accounts/" + string(harbour) + "/history").Has(h.Eve.Name)
		h.as(h.Ada).Get(at).Is(404)
		h.as(h.Ada).Post(at + "/undo").Is(404)
		h.set(h.Olga, harbour, "phone", "+31 10 555 0101") // says nothing of the owner
		h.set(h.Olga, island, "owner", string(h.Ben.ID))
		ben.Post(at + "/undo").Is(303)
		ben.Through(at).Has("1 account back as before", "1 account could not be brought back", "Someone changed it since.")
		if h.find(harbour).Owner != h.Dan.ID || h.find(island).Owner != h.Ben.ID {
			t.Errorf("after undoing, the owners are %q and %q", h.find(harbour).Owner, h.find(island).Owner)
		}
		entries, err := ledger.OfSubject(t.Context(), h.DB, h.ID, string(harbour))
		var last accounts.Change
		if err == nil {
			err = entries[len(entries)-1].Read(&last)
		}
		if err != nil || last.Undoes == 0 || last.FromName != h.Eve.Name || last.ToName != h.Dan.Name {
			t.Errorf("the undoing is recorded as %+v, %v", last, err)
		}
		h.sound()
	})
}

// Nobody changes accounts that they do not see, by no id and by no filter, or gives
// them to anyone out of reach; what was given out of sight can be taken back.
func TestChangesOfAccountsStayWithinReach(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		mine, others := h.account("dan open"), h.account("finn late")
		h.set(h.Olga, others, "owner", string(h.Finn.ID))
		dan := h.as(h.Dan)
		dan.Post("/account-changes", ticked(others, "forged", accounts.ID(strings.Repeat("0", 36)))...).Is(422).Has("No account is selected")
		for _, filter := range []string{"show=everything", "owner=" + string(h.Finn.ID), "group=owner&in=" + string(h.Finn.ID), "q=mill"} {
			if answer := dan.Post("/account-changes", "all", "1", "filter", filter); answer.Code == 303 {
				at := answer.Header().Get("Location")
				dan.Post(at+"/plan", "what", "industry", "value", "Mine").Is(303)
				dan.Post(at + "/start").Is(303)
				dan.Through(at)
			}
		}
		for _, filter := range []string{"sort=up", "unknown=1", "%zz", "group=size&in=x"} { // not understood is not all
			dan.Post("/account-changes", "all", "1", "filter", filter).Is(422)
		}
		if h.find(others).Industry != "" {
			t.Error("Dan changed an account that is not his to see")
		}
		h.set(h.Olga, mine, "owner", string(h.Dan.ID))
		at := dan.Post("/account-changes", ticked(mine)...).Leads()
		dan.Post(at+"/plan", "what", "owner", "value", string(h.Finn.ID)).Is(422).Has("your own manager")
		dan.Post(at+"/plan", "what", "owner", "value", "nobody").Is(303)
		dan.Get(at).Has("Nobody looks after them any more")
		dan.Post(at+"/plan", "what", "owner", "value", string(h.Ben.ID)).Is(303)
		dan.Post(at + "/start").Is(303)
		dan.Through(at).Has("1 account changed", h.Ben.Name)
		dan.Post(at + "/undo").Is(303)
		dan.Through(at).Has("1 account back as before")
		if owner := h.find(mine).Owner; owner != h.Dan.ID {
			t.Errorf("after undoing, the owner is %q", owner)
		}
		h.as(h.Vera).Post("/account-changes", "all", "1").Is(403)
		h.sound()
	})
}

// More accounts than a step takes on, all that a filter finds, are changed, by the job
// once the window is closed, and brought back, until someone says stop.
func TestAllAccountsOfAFilterChange(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.record(h.Olga, func(w *ledger.Writer) error {
			for i := range 430 {
				if _, err := accounts.Open(t.Context(), w, accounts.Account{Name: "Firm " + strings.Repeat("I", i%20+1) + time.Unix(int64(i), 0).String()}); err != nil {
					return err
				}
			}
			return nil
		})
		olga := h.as(h.Olga)
		page := olga.Get("/accounts?q=firm").Is(200).Has("430 accounts", "Change all 430", "Select this page", "Change selected")
		if n := strings.Count(page.Body.String(), `name="account"`); n != 50 {
			t.Errorf("%d rows can be ticked", n)
		}
		at := olga.Post("/account-changes", "all", "1", "filter", url.Values{"q": {"firm"}}.Encode()).Leads()
		olga.Post(at+"/plan", "what", "industry", "value", " ").Is(422).Has("Say which industry")
		olga.Post(at+"/plan", "what", "industry", "value", "  Ports and  yards ").Is(303)
		olga.Get(at).Is(200).Has("430 accounts will change", "“Ports and yards”", "The first 100 of 430")
		olga.Post(at + "/start").Is(303)
		olga.Get(at).Has("Changing accounts", "300 of 430")
		other := olga.Post("/account-changes", "all", "1").Leads()
		if other != at {
			t.Errorf("a change under way gives way to %s", other)
		}
		h.finishes(0)
		olga.Get(at).Has("300 of 430") // someone may still be looking
		h.finishes(2 * time.Minute)
		olga.Get(at).Has("430 accounts changed")
		olga.Get("/accounts?q=ports+yards").Has("430 accounts")
		olga.Post(at + "/undo").Is(303)
		olga.Post(at + "/stop").Is(303)
		olga.Get(at).Has("300 accounts back as before", "130 accounts could not be brought back", "It was stopped before its turn")
		h.sound()
	})
}

// finishes runs the job that goes on with changes whose window was closed.
func (h *house) finishes(later time.Duration) {
	h.t.Helper()
	h.now = h.now.Add(later)
	for _, job := range accounts.Slice(slice.Program{}).Jobs {
		if err := job.Run(h.t.Context(), h.DB, h.now); err != nil {
			h.t.Fatal(err)
		}
	}
}

// A week later nothing is undone.
func TestAnOldChangeOfAccountsStays(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ben := h.as(h.Ben)
		at := ben.Post("/account-changes", "all", "1", "filter", "").Leads()
		ben.Post(at+"/plan", "what", "owner", "value", string(h.Eve.ID)).Is(303)
		ben.Post(at + "/start").Is(303)
		ben.Get(at).Has("accounts changed", "Undo the change")
		h.now = h.now.Add(8 * 24 * time.Hour)
		ben.Get(at).Lacks("Undo the change")
		ben.Post(at + "/undo").Is(409).Has("for a week")
	})
}
