package accounts_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/accounts"
	"milepost/internal/ledger"
)

func (h *house) who(id accounts.ContactID) accounts.Contact {
	h.t.Helper()
	c, _, err := accounts.FindContact(h.t.Context(), h.DB, h.Viewer(h.Olga), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// Contacts are moved to another account and back; who was erased or changed meanwhile
// stays, and the page says why.
func TestManyContactsMoveToAnotherAccount(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		harbour, island := h.account("dan open"), h.account("dan won")
		ana := h.contact(h.Dan, accounts.Contact{Account: harbour, Name: "Ana Silva"})
		bo := h.contact(h.Dan, accounts.Contact{Account: harbour, Name: "Bo Lind"})
		cy := h.contact(h.Dan, accounts.Contact{Account: island, Name: "Cy Young"})
		gone := h.contact(h.Dan, accounts.Contact{Account: harbour, Name: "Di Wood"})
		h.record(h.Olga, func(w *ledger.Writer) error { return accounts.EraseContact(t.Context(), w, gone.ID, "asked for") })
		dan, name := h.as(h.Dan), h.find(island).Name
		dan.Get("/contacts").Is(200).Has("Select this page", "Change selected", "Earlier changes")
		at := dan.Post("/contact-changes", "contact", string(ana.ID), "contact", string(bo.ID), "contact", string(cy.ID), "contact", string(gone.ID)).Is(303).Header().Get("Location")
		dan.Get(at).Is(200).Has("Change 4 contacts", "whoever sees the new one sees them")
		dan.Post(at+"/plan", "what", "account", "value", " ").Is(422).Has("To which account?")
		dan.Post(at+"/plan", "what", "account", "value", h.find(h.account("finn late")).Name).Is(422).Has("that you see")
		dan.Post(at+"/plan", "what", "account", "value", string(h.account("finn late"))).Is(422)
		dan.Post(at+"/plan", "what", "name", "value", "x").Is(422)
		dan.Post(at+"/plan", "what", "left_on", "value", "2999-01-01").Is(422).Has("still to come")
		dan.Post(at+"/plan", "what", "account", "value", name).Is(303)
		dan.Get(at).Has("2 contacts will change", "2 contacts will not change", "It is so already", "data were erased", h.find(harbour).Name+" "+name+" 2")
		h.record(h.Olga, func(w *ledger.Writer) error {
			_, err := accounts.SetContact(t.Context(), w, bo.ID, "title", "Master", 0)
			return err
		})
		dan.Post(at + "/start").Is(303)
		dan.Get(at).Has("1 contact changed: account becomes "+name, "Someone changed it since you looked")
		if h.who(ana.ID).Account != island || h.who(bo.ID).Account != harbour {
			t.Error("the wrong contacts moved")
		}
		h.as(h.Ben).Get(at).Is(404)
		dan.Post(at + "/undo").Is(303)
		dan.Get(at).Has("1 contact back as before")
		if h.who(ana.ID).Account != harbour {
			t.Error("Ana is not back")
		}
		h.sound()
	})
}

// Nobody changes contacts of accounts that they do not see, by no id and by no filter.
func TestChangesOfContactsStayWithinSight(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		theirs := h.contact(h.Finn, accounts.Contact{Account: h.account("finn late"), Name: "Miller"})
		dan := h.as(h.Dan)
		dan.Post("/contact-changes", "contact", string(theirs.ID), "contact", "forged", "contact", strings.Repeat("0", 36)).Is(422).Has("No contact is selected")
		for _, filter := range []string{"sort=up", "unknown=1", "%zz", "group=size&in=x"} { // not understood is not all
			dan.Post("/contact-changes", "all", "1", "filter", filter).Is(422)
		}
		for _, filter := range []string{"show=all", "q=miller", "owner=none", "group=account&in=" + string(h.account("finn late"))} {
			dan.Post("/contact-changes", "all", "1", "filter", filter).Is(422).Has("No contact is selected")
		}
		h.as(h.Vera).Post("/contact-changes", "all", "1").Is(403)
		finn := h.as(h.Finn)
		at := finn.Post("/contact-changes", "all", "1", "filter", "show=all").Is(303).Header().Get("Location")
		finn.Post(at+"/plan", "what", "language", "value", "\x00 Dutch\u202e ").Is(303)
		finn.Get(at).Has("“Dutch”")
		dan.Post(at + "/start").Is(404)
		h.record(h.Olga, func(w *ledger.Writer) error { // moved out of sight before it began
			_, err := accounts.SetContact(t.Context(), w, theirs.ID, "account", string(h.account("dan open")), 0)
			return err
		})
		finn.Post(at + "/start").Is(303)
		finn.Get(at).Has("0 contacts changed", "It is no longer yours to see")
		h.sound()
	})
}

// Whatever is changed of whichever contacts, undoing it brings back what each had.
func TestUndoingBringsContactsBack(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		places := []accounts.ID{h.account("dan open"), h.account("dan won"), h.account("ben own")}
		var all []accounts.ContactID
		for i := range 130 {
			c := accounts.Contact{Account: places[i%3], Name: fmt.Sprint("Contact ", i), Language: []string{"", "Dutch"}[i%2]}
			all = append(all, h.contact(h.Olga, c).ID)
		}
		olga := h.as(h.Olga)
		stands := func() (list []string) {
			for _, id := range all {
				c := h.who(id)
				list = append(list, fmt.Sprint(c.Account, c.LeftOn, c.Language))
			}
			return list
		}
		rapid.Check(t, func(r *rapid.T) {
			what := rapid.SampledFrom([][2]string{{"account", string(places[0])}, {"account", string(places[2])}, {"left_on", "2026-01-31"},
				{"language", "Dutch"}, {"language", "Welsh"}}).Draw(r, "what")
			filter := rapid.SampledFrom([]url.Values{{}, {"q": {"contact 1"}}, {"show": {"all"}}, {"group": {"language"}, "in": {"Dutch"}}}).Draw(r, "filter")
			before := stands()
			at := olga.Post("/contact-changes", "all", "1", "filter", filter.Encode()).Is(303).Header().Get("Location")
			olga.Post(at+"/plan", "what", what[0], "value", what[1]).Is(303)
			if !strings.Contains(olga.Get(at).Body.String(), "/start") {
				return // it is so already
			}
			olga.Post(at + "/start").Is(303)
			if slices.Equal(before, stands()) {
				r.Fatal("nothing changed")
			}
			olga.Post(at + "/undo").Is(303)
			if after := stands(); !slices.Equal(before, after) {
				r.Fatalf("undoing brought back\n%v, which was\n%v", after, before)
			}
		})
		h.sound()
	})
}
