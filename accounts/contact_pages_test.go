package accounts_test

import (
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/internal/ledger"
)

func TestAContactIsAddedFromAnAccountAndFromADeal(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		dan, deal := h.as(h.Dan), string(h.Deal("dan open").ID)
		dan.Get("/contacts/new?account=" + string(h.account("dan open"))).Is(200).Has("harbour Alpha")
		to := dan.Post("/contacts", "name", "Ana Silva", "account", "HARBOUR  alpha", "emails", "Ana Silva <Ana@Harbour.example>; a.silva@mail.example",
			"phones", "0031 (0)10 555-0101 x12").Leads()
		dan.Get(to).Is(200).Has("ana@harbour.example", "a.silva@mail.example", "+31 10 555-0101 ext 12", "tel:+31105550101;ext=12", "harbour Alpha")
		dan.Get("/contacts/new?deal="+deal).Is(200).Has("In “Scales for the harbour Alpha”", "harbour Alpha")
		if to := dan.Post("/contacts", "name", "Bo Berg", "account", "harbour Alpha", "deal", deal, "role", "champion", "influence", "high", "attitude", "for").Leads(); to != "/deals/"+deal {
			t.Errorf("a contact added from a deal leads to %s", to)
		}
		dan.Get("/accounts/deals/"+deal+"/panel").Is(200).Has("Bo Berg", "Champion", "high influence", "for", "Who decides on the money?").Lacks("when you are not in the room")
		dan.Post("/contacts", "name", "", "account", "", "emails", "not an address").Is(422).Has("is needed", "There is no account", "is not an e-mail address", "not an address")
		dan.Post("/contacts", "name", "X", "account", "mill Alpha").Is(422).Has("There is no account “mill Alpha” that you see")
		h.as(h.Gus).Get("/contacts/new?deal=" + deal).Is(404)
		h.sound()
	})
}

func TestSomeoneKnownAlreadyIsNoticed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: "Ana Silva", Emails: "ana@harbour.example"})
		eve, gus := h.as(h.Eve), h.as(h.Gus)
		eve.Get("/contacts/similar?emails=ANA@harbour.example").Is(200).Has("Ana Silva", "/contacts/"+string(c.ID))
		eve.Get("/contacts/similar?name=ana+SILVA&account=harbour+Alpha").Is(200).Has("Ana Silva")
		eve.Get("/contacts/similar?emails=bo@harbour.example").Is(200).Has("Others with such an address are at harbour Alpha")
		gus.Get("/contacts/similar?emails=ana@harbour.example").Is(200).Has("Someone with this e-mail address", "exists already; owned by").Lacks("Ana", string(c.ID), "harbour Alpha")
		eve.Post("/contacts", "name", "Ana S.", "account", "harbour Alpha", "emails", "ana@harbour.example").Is(200).Has("Is it one of these?")
		eve.Post("/contacts", "name", "Ana S.", "account", "harbour Alpha", "emails", "ana@harbour.example", "noticed", "1").Leads()
		h.sound()
	})
}

func TestThePanelSaysWhoIsInTheDealAndWhoIsMissing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		dan := h.as(h.Dan).AsPart()
		deal := "/accounts/deals/" + string(h.Deal("dan open").ID)
		c := h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: "Ana Silva"})
		dan.Get(deal+"/panel").Is(200).Has("Who decides on the money?", "Who sells it when you are not in the room?").Lacks("<html")
		dan.Get(deal+"/panel?add").Is(200).Has("Choose someone", "Ana Silva")
		dan.Post(deal+"/roles", "contact", string(c.ID), "role", "").Is(422).Has("Say which part")
		dan.Post(deal+"/roles", "contact", string(c.ID), "role", "king").Is(422).Has("is not a buying role")
		dan.Post(deal+"/roles", "contact", string(c.ID), "role", "economic buyer", "influence", "high").Is(200).Has("Economic buyer", "high influence").Lacks("Who decides on the money?")
		dan.Post(deal+"/roles", "contact", string(c.ID), "role", "blocker", "attitude", "against").Is(200).Has("Blocker", "against", "Who decides on the money?")
		page := h.as(h.Dan).Get("/contacts/" + string(c.ID) + "/history").Is(200).Has("saw this contact anew in “Scales for the harbour Alpha”: blocker, against, before that economic buyer, high influence")
		sequence := undoable.FindStringSubmatch(page.Body.String())[1]
		h.as(h.Dan).Post("/contacts/"+string(c.ID)+"/undo", "sequence", sequence).Leads()
		dan.Get(deal+"/panel").Is(200).Has("Economic buyer", "high influence")
		dan.Post(deal+"/roles", "contact", string(c.ID), "role", "").Is(200).Lacks("member-")
		// Someone at another account plays no part here; nobody sideways sees any of it.
		other := h.contact(h.Finn, accounts.Contact{Account: h.account("finn late"), Name: "Miller"})
		dan.Post(deal+"/roles", "contact", string(other.ID), "role", "user").Is(422).Has("Choose someone who works at this account")
		h.as(h.Eve).Get(deal + "/panel").Is(404)
		h.as(h.Gus).Post(deal+"/roles", "contact", string(c.ID), "role", "user").Is(404)
		h.as(h.Dan).Get(deal+"/panel").Is(200).Has("<html", "People in this deal")
		h.as(h.Dan).Get("/deals/" + string(h.Deal("dan open").ID)).Is(200).Has(deal + "/panel")
		h.sound()
	})
}

func TestWhoLeftIsKeptApart(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		dan := h.as(h.Dan)
		c := h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: "Ana Silva"})
		path := "/contacts/" + string(c.ID)
		dan.Post(path+"/edit", "field", "left_on", "version", form(dan, path, "left_on"), "value", "2026-02-30").Is(422).Has("is not a day in the calendar", "2026-02-30")
		dan.Post(path+"/edit", "field", "left_on", "version", form(dan, path, "left_on"), "value", "2026-05-01").Leads()
		dan.Get(path).Is(200).Has("left on 1 May 2026")
		dan.Get("/contacts").Is(200).Lacks("Ana Silva")
		dan.Get("/contacts?show=left").Is(200).Has("Ana Silva")
		dan.Get(path + "/history").Is(200).Has("noted that this contact left the company on 1 May 2026")
		// She works for the bakery now; the history says from where.
		dan.Post(path+"/edit", "field", "account", "version", form(dan, path, "account"), "value", "bakery Alpha").Leads()
		dan.Get(path + "/history").Is(200).Has("changed the account from “harbour Alpha” to “bakery Alpha”")
		dan.Post(path+"/edit", "field", "account", "version", form(dan, path, "account"), "value", " ").Is(422).Has("Choose the account")
		h.sound()
	})
}

func TestAnErasedContactIsNobodyAndTheChainHolds(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: "Ana Silva", Emails: "ana@harbour.example", Notes: "Likes tea"})
		h.record(h.Dan, func(w *ledger.Writer) error {
			_, err := accounts.SetRole(t.Context(), w, c.ID, h.Deal("dan open").ID, accounts.Standing{Role: accounts.Champion}, 0)
			return err
		})
		h.record(h.Dan, func(w *ledger.Writer) error {
			_, err := accounts.SetContact(t.Context(), w, c.ID, "title", "Harbour master", 0)
			return err
		})
		path := "/contacts/" + string(c.ID)
		h.as(h.Dan).Get(path + "/erase").Is(403)
		olga := h.as(h.Olga)
		olga.Get(path + "/erase").Is(200).Has("Erase for ever")
		olga.Post(path+"/erase", "reason", " ").Is(422).Has("Say why")
		olga.Post(path+"/erase", "reason", "asked for by letter").Leads()
		olga.Get(path).Is(200).Has("Erased contact").Lacks("Silva", "ana@harbour", "tea", "Harbour master")
		olga.Get(path+"/history").Is(200).Has("recorded something that was erased since", "erased the data").Lacks("Silva", "tea", "Undo")
		olga.Get("/contacts?q=silva&show=all").Is(200).Lacks("Silva</")
		olga.Post(path+"/edit", "field", "title", "version", "0", "value", "x").Is(409)
		err := ledger.EachSince(t.Context(), h.DB, h.ID, 0, func(e *ledger.Entry) error {
			if strings.Contains(e.Payload, "Silva") || strings.Contains(e.Payload, "tea") {
				t.Errorf("entry %d, %s, still says %s", e.Sequence, e.Kind, e.Payload)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		h.sound()
	})
}
