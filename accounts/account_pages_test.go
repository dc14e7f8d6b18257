package accounts_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/internal/ledger"
	"milepost/internal/testworld/pagetest"
)

func TestAnAccountAnswersItsQuestions(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id := h.account("dan open") // the harbour: Dan and Eve both sell there
		c := h.contact(h.Dan, accounts.Contact{Account: id, Name: "Ana Silva", Title: "Harbour master", Emails: "ana@harbour.example", Phones: "+31 10 555 0101"})
		h.record(h.Dan, func(w *ledger.Writer) error {
			_, err := accounts.SetRole(t.Context(), w, c.ID, h.Deal("dan open").ID, accounts.Standing{Role: accounts.EconomicBuyer, Influence: "high"}, 0)
			return err
		})
		page := h.as(h.Dan).Get("/accounts/" + string(id)).Is(200)
		page.Has("harbour Alpha", "EUR 12,000", "Scales for the harbour Alpha", "Ana Silva", "Harbour master", "Economic buyer",
			"put Ana Silva into “Scales for the harbour Alpha”", "opened the deal")
		page.Lacks("Belt for the harbour", "32,000")
		h.as(h.Ben).Get("/accounts/"+string(id)).Is(200).Has("EUR 32,000", "Belt for the harbour Alpha")
		h.as(h.Dan).Get("/contacts/"+string(c.ID)).Is(200).Has("Ana Silva", "ana@harbour.example", "Scales for the harbour Alpha", "high")
		h.sound()
	})
}

func TestANewAccountIsItsMakers(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		dan := h.as(h.Dan)
		dan.Get("/accounts/new").Is(200).Has("New account")
		to := dan.Post("/accounts", "name", "  Northwind \t Pumps B.V. ", "website", "www.Northwind.example", "country", "Netherlands").Leads()
		dan.Get(to).Is(200).Has("Northwind Pumps B.V.", "Dan Alpha", "northwind.example", "Netherlands")
		h.as(h.Ben).Get(to).Is(200)
		h.as(h.Eve).Get(to).Is(404).Lacks("Northwind")
		h.as(h.Gus).Get(to).Is(404)
		h.as(h.Vera).Get(to).Is(403)
		h.as(h.Olga).Get(to).Is(200)
		h.sound()
	})
}

func TestLookalikesAreNoticedAndForbidNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		made := h.as(h.Dan).Post("/accounts", "name", "Müller Maschinen GmbH", "website", "mueller.example").Leads()
		h.as(h.Dan).Get("/accounts/similar?name=muller++MASCHINEN").Is(200).Has("Müller Maschinen GmbH", made)
		// Gus may not see it: it is there, and whose it is.
		gus := h.as(h.Gus)
		gus.Get("/accounts/similar?name=Muller+Maschinen+AG").Is(200).Has("Müller Maschinen GmbH", "exists already; owned by Dan Alpha").Lacks(made)
		gus.Get("/accounts/similar?name=Mull").Is(200).Lacks("Müller")
		gus.Get("/accounts/similar?name=&website=https://www.mueller.example/x").Is(200).Has("exists already; owned by Dan Alpha")
		// Without a script it is pointed out once; going on makes it.
		gus.Post("/accounts", "name", "Muller Maschinen AG").Is(200).Has("Is it one of these?", "owned by Dan Alpha")
		gus.Post("/accounts", "name", "Muller Maschinen AG", "noticed", "1").Leads()
		// The very same name cannot be had twice.
		gus.Post("/accounts", "name", "MÜLLER maschinen gmbh", "noticed", "1").Is(409).Has("There is an account of this name already")
		h.sound()
	})
}

var versionOf = regexp.MustCompile(`name="version" value="(\d+)"`)

// form opens the form of a field and gives its version.
func form(d pagetest.Desk, path, field string) string {
	return d.Get(path + "/edit?field=" + field).Is(200).Find(versionOf)
}

func TestEveryFieldIsEditedInItsPlaceOrOnAPage(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		dan := h.as(h.Dan)
		path := "/accounts/" + string(h.account("dan open"))
		values := map[string]string{"name": "Harbour of Rotterdam", "website": "harbour.example", "industry": "Ports", "size": "1,200 people",
			"country": "Netherlands", "region": "Rotterdam", "phone": "010 555 0101", "about": "Two terminals.\nBuys in spring.",
			"owner": string(h.Dan.ID), "parent": "bakery Alpha"}
		for field, value := range values {
			version := form(dan, path, field)
			if to := dan.Post(path+"/edit", "field", field, "version", version, "value", value).Leads(); to != path {
				t.Errorf("%s leads to %s", field, to)
			}
		}
		dan.Get(path).Is(200).Has("Harbour of Rotterdam", "harbour.example", "Ports", "1,200 people", "Rotterdam", "010 555 0101", "Two terminals.", "Dan Alpha", "bakery Alpha")
		in := dan.AsPart()
		in.Get(path+"/edit?field=industry").Is(200).Has(`hx-post="`+path+`/edit"`, "Ports").Lacks("<html")
		in.Post(path+"/edit", "field", "industry", "version", form(dan, path, "industry"), "value", "Shipping").Is(200).Has("Shipping").Lacks("<html")
		in.Get(path+"/value?field=industry").Is(200).Has("Shipping", "data-focus").Lacks("<html")
		in.Post(path+"/edit", "field", "website", "version", form(dan, path, "website"), "value", "javascript:alert(1)").Is(422).Has("is not the address of a website", "javascript:alert(1)")
		dan.Post(path+"/edit", "field", "nonsense", "version", "1", "value", "x").Is(404)
		h.as(h.Gus).Post(path+"/edit", "field", "industry", "version", "0", "value", "x").Is(404)
		h.sound()
	})
}

func TestTheSecondIsToldWhatTheFirstChanged(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		dan, eve := h.as(h.Dan).AsPart(), h.as(h.Eve).AsPart()
		path := "/accounts/" + string(h.account("dan open"))
		before := form(dan, path, "industry")
		eve.Post(path+"/edit", "field", "industry", "version", form(eve, path, "industry"), "value", "Shipping").Is(200)
		// Another field is no conflict.
		dan.Post(path+"/edit", "field", "country", "version", before, "value", "Netherlands").Is(200)
		clash := dan.Post(path+"/edit", "field", "industry", "version", before, "value", "Ports and quays").Is(409)
		clash.Has("Eve Alpha changed this while you were at it", "Shipping", "Ports and quays", "Save mine", "Leave theirs")
		h.as(h.Dan).Get(path).Has("Shipping").Lacks("Ports and quays")
		newer := versionOf.FindStringSubmatch(clash.Body.String())[1]
		dan.Post(path+"/edit", "field", "industry", "version", newer, "value", "Ports and quays").Is(200).Has("Ports and quays")
		// Both typed the same: nothing to choose.
		dan.Post(path+"/edit", "field", "industry", "version", before, "value", "Ports and quays").Is(200)
		// The page without a script says the same.
		h.as(h.Eve).Post(path+"/edit", "field", "industry", "version", before, "value", "Cranes").Is(409).Has("Dan Alpha changed this", "Cranes", "<html")
		h.sound()
	})
}

var undoable = regexp.MustCompile(`name="sequence" value="(\d+)"`)

func TestAChangeIsTakenBackByAFurtherOne(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		dan := h.as(h.Dan)
		path := "/accounts/" + string(h.account("dan open"))
		for _, value := range []string{"Ports", "Shipping"} {
			dan.Post(path+"/edit", "field", "industry", "version", form(dan, path, "industry"), "value", value).Leads()
		}
		page := dan.Get(path+"/history").Is(200).Has("changed the industry from “Ports” to “Shipping”", "noted the industry: “Ports”", "made the account")
		offered := undoable.FindAllStringSubmatch(page.Body.String(), -1)
		if len(offered) != 1 {
			t.Fatalf("%d changes can be undone, want the newest of the field only", len(offered))
		}
		newest := offered[0][1]
		h.as(h.Gus).Post(path+"/undo", "sequence", newest).Is(404)
		dan.Post(path+"/undo", "sequence", newest).Leads()
		dan.Get(path).Has("Ports").Lacks("Shipping</")
		dan.Get(path+"/history").Has("took back a change", "Shipping")
		dan.Post(path+"/undo", "sequence", newest).Is(409).Has("Something newer was said")
		dan.Post(path+"/undo", "sequence", "99999").Is(404)
		dan.Post(path+"/undo", "sequence", "x").Is(422)
		h.sound()
	})
}

func TestAnAccountIsNotItsOwnAncestor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		olga := h.as(h.Olga)
		set := func(child, parent string) pagetest.Answer {
			path := "/accounts/" + string(h.account(child))
			name := parent + " Alpha"
			return olga.Post(path+"/edit", "field", "parent", "version", form(olga, path, "parent"), "value", name)
		}
		set("dan open", "harbour").Is(422).Has("An account cannot belong to itself.")
		set("dan open", "bakery").Leads()
		set("dan won", "mill").Leads()
		set("finn late", "harbour").Is(422).Has("harbour Alpha belongs to this account already")
		set("finn late", "nowhere").Is(422).Has("There is no account “nowhere Alpha” that you see", "nowhere Alpha")
		// The mill is the top of the group: its open deals with those of the harbour.
		olga.Get("/accounts/"+string(h.account("finn late"))).Is(200).Has("Open in the whole group", "EUR 72,000", "bakery Alpha")
		// Dan sees neither the mill nor that it is his account's group, only its name.
		h.as(h.Dan).Get("/accounts/" + string(h.account("finn late"))).Is(404)
		h.sound()
	})
}

func TestTwoAccountsBecomeOne(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ben := h.as(h.Ben)
		stays, goes := h.account("dan open"), h.account("eve pounds") // harbour, island
		c := h.contact(h.Eve, accounts.Contact{Account: goes, Name: "Iris Island", Emails: "iris@island.example"})
		h.as(h.Eve).Post("/accounts/"+string(goes)+"/edit", "field", "industry", "version", "0", "value", "Islands").Leads()
		path := "/accounts/" + string(stays)
		ben.Get(path + "/merge").Is(200).Has("The account that goes")
		ben.Get(path+"/merge?other=island+alpha").Is(200).Has("1 deal moves", "1 contact moves")
		ben.Get(path + "/merge?other=nobody").Is(422).Has("There is no account")
		ben.Post(path+"/merge", "goes", string(stays)).Is(422).Has("These are one account already")
		ben.Post(path+"/merge", "goes", string(goes)).Leads()
		ben.Get(path).Is(200).Has("Belt for the island Alpha", "Iris Island", "Islands", "merged “island Alpha” into this account")
		if to := ben.Get("/accounts/" + string(goes)).Leads(); to != path {
			t.Errorf("the account that went leads to %s", to)
		}
		ben.Get("/accounts/"+string(goes)+"/history").Is(200).Has("merged this account into “harbour Alpha”", "Islands")
		h.as(h.Gus).Get("/accounts/" + string(goes)).Is(404)
		ben.Get("/contacts/" + string(c.ID)).Is(200).Has("harbour Alpha")
		ben.Get("/accounts?q=island").Is(200).Has("harbour Alpha") // by its industry now
		ben.Post("/accounts/"+string(goes)+"/edit", "field", "industry", "version", "0", "value", "x").Is(409)
		// A deal under the old name is not lost in the account that went.
		h.as(h.Eve).Post("/accounts", "name", "island Alpha", "noticed", "1").Leads()
		h.sound()
	})
}

func TestAMergeMovesNoDealOutOfSight(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		path := "/accounts/" + string(h.account("dan won")) // the bakery: Dan's and Finn's
		harbour := "/accounts/" + string(h.account("dan open"))
		h.as(h.Dan).Post(harbour+"/merge", "goes", strings.TrimPrefix(path, "/accounts/")).Is(http.StatusForbidden).Has("Others sell to this account too")
		h.as(h.Gus).Post(harbour+"/merge", "goes", strings.TrimPrefix(path, "/accounts/")).Is(http.StatusNotFound)
		h.as(h.Ada).Post(harbour+"/merge", "goes", strings.TrimPrefix(path, "/accounts/")).Leads()
		h.sound()
	})
}
