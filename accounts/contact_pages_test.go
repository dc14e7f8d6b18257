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
		dan.get("/contacts/new?account=" + string(h.account("dan open"))).is(200).has("harbour Alpha")
		to := dan.post("/contacts", "name", "Ana Silva", "account", "HARBOUR  alpha", "emails", "Ana Silva <Ana@Harbour.example>; a.silva@mail.example",
			"phones", "0031 (0)10 555-0101 x12").leads()
		dan.get(to).is(200).has("ana@harbour.example", "a.silva@mail.example", "+31 10 555-0101 ext 12", "tel:+31105550101;ext=12", "harbour Alpha")
		dan.get("/contacts/new?deal="+deal).is(200).has("In “Scales for the harbour Alpha”", "harbour Alpha")
		if to := dan.post("/contacts", "name", "Bo Berg", "account", "harbour Alpha", "deal", deal, "role", "champion", "influence", "high", "attitude", "for").leads(); to != "/deals/"+deal {
			t.Errorf("a contact added from a deal leads to %s", to)
		}
		dan.get("/accounts/deals/"+deal+"/panel").is(200).has("Bo Berg", "Champion", "high influence", "for", "Who decides on the money?").lacks("when you are not in the room")
		dan.post("/contacts", "name", "", "account", "", "emails", "not an address").is(422).has("is needed", "There is no account", "is not an e-mail address", "not an address")
		dan.post("/contacts", "name", "X", "account", "mill Alpha").is(422).has("There is no account “mill Alpha” that you see")
		h.as(h.Gus).get("/contacts/new?deal=" + deal).is(404)
		h.sound()
	})
}

func TestSomeoneKnownAlreadyIsNoticed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: "Ana Silva", Emails: "ana@harbour.example"})
		eve, gus := h.as(h.Eve), h.as(h.Gus)
		eve.get("/contacts/similar?emails=ANA@harbour.example").is(200).has("Ana Silva", "/contacts/"+string(c.ID))
		eve.get("/contacts/similar?name=ana+SILVA&account=harbour+Alpha").is(200).has("Ana Silva")
		eve.get("/contacts/similar?emails=bo@harbour.example").is(200).has("Others with such an address are at harbour Alpha")
		gus.get("/contacts/similar?emails=ana@harbour.example").is(200).has("Someone with this e-mail address", "exists already; owned by").lacks("Ana", string(c.ID), "harbour Alpha")
		eve.post("/contacts", "name", "Ana S.", "account", "harbour Alpha", "emails", "ana@harbour.example").is(200).has("Is it one of these?")
		eve.post("/contacts", "name", "Ana S.", "account", "harbour Alpha", "emails", "ana@harbour.example", "noticed", "1").leads()
		h.sound()
	})
}

func TestThePanelSaysWhoIsInTheDealAndWhoIsMissing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		dan := h.as(h.Dan).script()
		deal := "/accounts/deals/" + string(h.Deal("dan open").ID)
		c := h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: "Ana Silva"})
		dan.get(deal+"/panel").is(200).has("Who decides on the money?", "Who sells it when you are not in the room?").lacks("<html")
		dan.get(deal+"/panel?add").is(200).has("Choose someone", "Ana Silva")
		dan.post(deal+"/roles", "contact", string(c.ID), "role", "").is(422).has("Say which part")
		dan.post(deal+"/roles", "contact", string(c.ID), "role", "king").is(422).has("is not a buying role")
		dan.post(deal+"/roles", "contact", string(c.ID), "role", "economic buyer", "influence", "high").is(200).has("Economic buyer", "high influence").lacks("Who decides on the money?")
		dan.post(deal+"/roles", "contact", string(c.ID), "role", "blocker", "attitude", "against").is(200).has("Blocker", "against", "Who decides on the money?")
		page := h.as(h.Dan).get("/contacts/" + string(c.ID) + "/history").is(200).has("saw this contact anew in “Scales for the harbour Alpha”: blocker, against, before that economic buyer, high influence")
		sequence := undoable.FindStringSubmatch(page.Body.String())[1]
		h.as(h.Dan).post("/contacts/"+string(c.ID)+"/undo", "sequence", sequence).leads()
		dan.get(deal+"/panel").is(200).has("Economic buyer", "high influence")
		dan.post(deal+"/roles", "contact", string(c.ID), "role", "").is(200).lacks("member-")
		// Someone at another account plays no part here; nobody sideways sees any of it.
		other := h.contact(h.Finn, accounts.Contact{Account: h.account("finn late"), Name: "Miller"})
		dan.post(deal+"/roles", "contact", string(other.ID), "role", "user").is(422).has("Choose someone who works at this account")
		h.as(h.Eve).get(deal + "/panel").is(404)
		h.as(h.Gus).post(deal+"/roles", "contact", string(c.ID), "role", "user").is(404)
		h.as(h.Dan).get(deal+"/panel").is(200).has("<html", "People in this deal")
		h.as(h.Dan).get("/deals/" + string(h.Deal("dan open").ID)).is(200).has(deal + "/panel")
		h.sound()
	})
}

func TestWhoLeftIsKeptApart(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		dan := h.as(h.Dan)
		c := h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: "Ana Silva"})
		path := "/contacts/" + string(c.ID)
		dan.post(path+"/edit", "field", "left_on", "version", form(dan, path, "left_on"), "value", "2026-02-30").is(422).has("is not a day in the calendar", "2026-02-30")
		dan.post(path+"/edit", "field", "left_on", "version", form(dan, path, "left_on"), "value", "2026-05-01").leads()
		dan.get(path).is(200).has("left on 1 May 2026")
		dan.get("/contacts").is(200).lacks("Ana Silva")
		dan.get("/contacts?show=left").is(200).has("Ana Silva")
		dan.get(path + "/history").is(200).has("noted that this contact left the company on 1 May 2026")
		// She works for the bakery now; the history says from where.
		dan.post(path+"/edit", "field", "account", "version", form(dan, path, "account"), "value", "bakery Alpha").leads()
		dan.get(path + "/history").is(200).has("changed the account from “harbour Alpha” to “bakery Alpha”")
		dan.post(path+"/edit", "field", "account", "version", form(dan, path, "account"), "value", " ").is(422).has("Choose the account")
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
		h.as(h.Dan).get(path + "/erase").is(403)
		olga := h.as(h.Olga)
		olga.get(path + "/erase").is(200).has("Erase for ever")
		olga.post(path+"/erase", "reason", " ").is(422).has("Say why")
		olga.post(path+"/erase", "reason", "asked for by letter").leads()
		olga.get(path).is(200).has("Erased contact").lacks("Silva", "ana@harbour", "tea", "Harbour master")
		olga.get(path+"/history").is(200).has("recorded something that was erased since", "erased the data").lacks("Silva", "tea", "Undo")
		olga.get("/contacts?q=silva&show=all").is(200).lacks("Silva</")
		olga.post(path+"/edit", "field", "title", "version", "0", "value", "x").is(409)
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
