package accounts_test

import (
	"regexp"
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/internal/ledger"
)

var roleUndo = regexp.MustCompile(`action="(/contacts/[^"]+/undo[^"]*)"[^>]*>\s*<input type="hidden" name="sequence" value="(\d+)"`)

// The history of a deal tells who was put into it, seen anew and taken out, in words,
// also when it is over; the last word on each can be taken back there, by whoever sees
// the deal; an erased contact leaves nothing.
func TestDealsHistoryTellsOfItsContacts(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		deal, other := h.Deal("dan open").ID, h.Deal("dan won").ID
		c := h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: "Ana Silva"})
		set := func(to accounts.Standing) {
			h.record(h.Dan, func(w *ledger.Writer) error {
				_, err := accounts.SetRole(t.Context(), w, c.ID, deal, to, 0)
				return err
			})
		}
		set(accounts.Standing{Role: accounts.User})
		set(accounts.Standing{Role: accounts.Champion, Attitude: "for"})
		h.record(h.Dan, func(w *ledger.Writer) error {
			_, err := accounts.SetRole(t.Context(), w, c.ID, other, accounts.Standing{Role: accounts.Legal}, 0)
			return err
		})
		dan := h.as(h.Dan)
		page := dan.Get(deal.Path()).Is(200).Has("Dan Alpha put Ana Silva into this deal: user", "saw Ana Silva anew in this deal: champion, for, before that user").Lacks("legal")
		dan.Get(deal.Path() + "?as-of=2026-05-01").Is(200).Lacks("Ana Silva into")
		offered := roleUndo.FindAllStringSubmatch(page.Page(), -1)
		if len(offered) != 1 {
			t.Fatalf("%d changes of a part can be taken back, want the last", len(offered))
		}
		undo, sequence := strings.ReplaceAll(offered[0][1], "&amp;", "&"), offered[0][2]
		h.as(h.Gus).Post(undo, "sequence", sequence).Is(404)
		if to := dan.Post(undo, "sequence", sequence).Leads(); to != deal.Path() {
			t.Errorf("after it was taken back it goes on at %s", to)
		}
		dan.Get(deal.Path()).Is(200).Has("took back a change: saw Ana Silva anew in this deal: user, before that champion, for")
		dan.Post(undo, "sequence", sequence).Is(409).Has("Something newer was said")
		set(accounts.Standing{})
		dan.Get(deal.Path()).Is(200).Has("took Ana Silva out of this deal")
		h.sound()

		h.record(h.Olga, func(w *ledger.Writer) error { return accounts.EraseContact(t.Context(), w, c.ID, "asked for") })
		dan.Get(deal.Path()).Is(200).Lacks("Ana Silva")
		h.sound()
	})
}

// Databases that held parts before there was a table for those that ever were have it
// filled as the entries say.
func TestPartsOfOldEntriesAreTakenOver(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		deal := h.Deal("dan open").ID
		for _, name := range []string{"Ana Silva", "Bo Berg", "Cy Dent"} {
			c := h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: name})
			h.record(h.Dan, func(w *ledger.Writer) error {
				if _, err := accounts.SetRole(t.Context(), w, c.ID, deal, accounts.Standing{Role: accounts.User}, 0); err != nil || name == "Bo Berg" {
					return err
				}
				_, err := accounts.SetRole(t.Context(), w, c.ID, deal, accounts.Standing{}, 0)
				return err
			})
			if name == "Cy Dent" {
				h.record(h.Olga, func(w *ledger.Writer) error { return accounts.EraseContact(t.Context(), w, c.ID, "asked for") })
			}
		}
		text, err := accounts.Schema.ReadFile("schema/2026-11-22-41-contact-deals.sql")
		if err != nil {
			t.Fatal(err)
		}
		for part := range strings.SplitSeq(string(text), "-- only ") {
			kind, rest, _ := strings.Cut(part, "\n")
			if !strings.HasPrefix(kind, string(h.DB.Kind())) {
				continue
			}
			for _, statement := range []string{`delete from contact_deals where org_id <> ''`, strings.TrimSuffix(strings.TrimSpace(rest[strings.Index(rest, "insert "):]), ";")} {
				if _, err := h.DB.Everywhere().Exec(t.Context(), statement); err != nil {
					t.Fatal(err)
				}
			}
		}
		h.sound()
	})
}
