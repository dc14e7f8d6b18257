package accounts_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/internal/ledger"
)

func TestAnAccountAnswersItsQuestions(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id := h.account("dan open") // the harbour: Dan and Eve both sell there
		c := h.contact(h.Dan, accounts.Contact{Account: id, Name: "Ana Silva", Title: "Harbour master", Emails: "ana@harbour.example", Phones: "+31 10 555 0101"})
		h.record(h.Dan, func(w *ledger.Writer) error {
			_, err := accounts.SetRole(t.Context(), w, c.ID, h.Deal("dan open").ID, accounts.Standing{Role: accounts.EconomicBuyer, Influence: "high"}, 0)
			return err
		})
		page := h.as(h.Dan).get("/accounts/" + string(id)).is(200)
		page.has("harbour Alpha", "EUR 12,000", "Scales for the harbour Alpha", "Ana Silva", "Harbour master", "Economic buyer",
			"put Ana Silva into “Scales for the harbour Alpha”", "opened the deal")
		page.lacks("Belt for the harbour", "32,000")
		h.as(h.Ben).get("/accounts/"+string(id)).is(200).has("EUR 32,000", "Belt for the harbour Alpha")
		h.as(h.Dan).get("/contacts/"+string(c.ID)).is(200).has("Ana Silva", "ana@harbour.example", "Scales for the harbour Alpha", "high")
		h.sound()
	})
}

func TestANewAccountIsItsMakers(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		dan := h.as(h.Dan)
		dan.get("/accounts/new").is(200).has("New account")
		to := dan.post("/accounts", "name", "  Northwind \t Pumps B.V. ", "website", "www.Northwind.example", "country", "Netherlands").leads()
		dan.get(to).is(200).has("Northwind Pumps B.V.", "Dan Alpha", "northwind.example", "Netherlands")
		h.as(h.Ben).get(to).is(200)
		h.as(h.Eve).get(to).is(404).lacks("Northwind")
		h.as(h.Gus).get(to).is(404)
		h.as(h.Vera).get(to).is(403)
		h.as(h.Olga).get(to).is(200)
		h.sound()
	})
}

func TestLookalikesAreNoticedAndForbidNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		made := h.as(h.Dan).post("/accounts", "name", "Müller Maschinen GmbH", "website", "mueller.example").leads()
		h.as(h.Dan).get("/accounts/similar?name=muller++MASCHINEN").is(200).has("Müller Maschinen GmbH", made)
		// Gus may not see it: it is there, and whose it is.
		gus := h.as(h.Gus)
		gus.get("/accounts/similar?name=Muller+Maschinen+AG").is(200).has("Müller Maschinen GmbH", "exists already; owned by Dan Alpha").lacks(made)
		gus.get("/accounts/similar?name=Mull").is(200).lacks("Müller")
		gus.get("/accounts/similar?name=&website=https://www.mueller.example/x").is(200).has("exists already; owned by Dan Alpha")
		// Without a script it is pointed out once; going on makes it.
		gus.post("/accounts", "name", "Muller Maschinen AG").is(200).has("Is it one of these?", "owned by Dan Alpha")
		gus.post("/accounts", "name", "Muller Maschinen AG", "noticed", "1").leads()
		// The very same name cannot be had twice.
		gus.post("/accounts", "name", "MÜLLER maschinen gmbh", "noticed", "1").is(409).has("There is an account of this name already")
		h.sound()
	})
}

var versionOf = regexp.MustCompile(`name="version" value="(\d+)"`)

// form opens the form of a field and gives its version.
func form(d desk, path, field string) string {
	d.t.Helper()
	found := versionOf.FindStringSubmatch(d.get(path + "/edit?field=" + field).is(200).Body.String())
	if found == nil {
		d.t.Fatal("the form has no version")
	}
	return found[1]
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
			if to := dan.post(path+"/edit", "field", field, "version", version, "value", value).leads(); to != path {
				t.Errorf("%s leads to %s", field, to)
			}
		}
		dan.get(path).is(200).has("Harbour of Rotterdam", "harbour.example", "Ports", "1,200 people", "Rotterdam", "010 555 0101", "Two terminals.", "Dan Alpha", "bakery Alpha")
		in := dan.script()
		in.get(path+"/edit?field=industry").is(200).has(`hx-post="`+path+`/edit"`, "Ports").lacks("<html")
		in.post(path+"/edit", "field", "industry", "version", form(dan, path, "industry"), "value", "Shipping").is(200).has("Shipping").lacks("<html")
		in.get(path+"/value?field=industry").is(200).has("Shipping", "data-focus").lacks("<html")
		in.post(path+"/edit", "field", "website", "version", form(dan, path, "website"), "value", "javascript:alert(1)").is(422).has("is not the address of a website", "javascript:alert(1)")
		dan.post(path+"/edit", "field", "nonsense", "version", "1", "value", "x").is(404)
		h.as(h.Gus).post(path+"/edit", "field", "industry", "version", "0", "value", "x").is(404)
		h.sound()
	})
}

func TestTheSecondIsToldWhatTheFirstChanged(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		dan, eve := h.as(h.Dan).script(), h.as(h.Eve).script()
		path := "/accounts/" + string(h.account("dan open"))
		before := form(dan, path, "industry")
		eve.post(path+"/edit", "field", "industry", "version", form(eve, path, "industry"), "value", "Shipping").is(200)
		// Another field is no conflict.
		dan.post(path+"/edit", "field", "country", "version", before, "value", "Netherlands").is(200)
		clash := dan.post(path+"/edit", "field", "industry", "version", before, "value", "Ports and quays").is(409)
		clash.has("Eve Alpha changed this while you were at it", "Shipping", "Ports and quays", "Save mine", "Leave theirs")
		h.as(h.Dan).get(path).has("Shipping").lacks("Ports and quays")
		newer := versionOf.FindStringSubmatch(clash.Body.String())[1]
		dan.post(path+"/edit", "field", "industry", "version", newer, "value", "Ports and quays").is(200).has("Ports and quays")
		// Both typed the same: nothing to choose.
		dan.post(path+"/edit", "field", "industry", "version", before, "value", "Ports and quays").is(200)
		// The page without a script says the same.
		h.as(h.Eve).post(path+"/edit", "field", "industry", "version", before, "value", "Cranes").is(409).has("Dan Alpha changed this", "Cranes", "<html")
		h.sound()
	})
}

var undoable = regexp.MustCompile(`name="sequence" value="(\d+)"`)

func TestAChangeIsTakenBackByAFurtherOne(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		dan := h.as(h.Dan)
		path := "/accounts/" + string(h.account("dan open"))
		for _, value := range []string{"Ports", "Shipping"} {
			dan.post(path+"/edit", "field", "industry", "version", form(dan, path, "industry"), "value", value).leads()
		}
		page := dan.get(path+"/history").is(200).has("changed the industry from “Ports” to “Shipping”", "noted the industry: “Ports”", "made the account")
		offered := undoable.FindAllStringSubmatch(page.Body.String(), -1)
		if len(offered) != 1 {
			t.Fatalf("%d changes can be undone, want the newest of the field only", len(offered))
		}
		newest := offered[0][1]
		h.as(h.Gus).post(path+"/undo", "sequence", newest).is(404)
		dan.post(path+"/undo", "sequence", newest).leads()
		dan.get(path).has("Ports").lacks("Shipping</")
		dan.get(path+"/history").has("took back a change", "Shipping")
		dan.post(path+"/undo", "sequence", newest).is(409).has("Something newer was said")
		dan.post(path+"/undo", "sequence", "99999").is(404)
		dan.post(path+"/undo", "sequence", "x").is(422)
		h.sound()
	})
}

func TestAnAccountIsNotItsOwnAncestor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		olga := h.as(h.Olga)
		set := func(child, parent string) answer {
			path := "/accounts/" + string(h.account(child))
			name := parent + " Alpha"
			return olga.post(path+"/edit", "field", "parent", "version", form(olga, path, "parent"), "value", name)
		}
		set("dan open", "harbour").is(422).has("An account cannot belong to itself.")
		set("dan open", "bakery").leads()
		set("dan won", "mill").leads()
		set("finn late", "harbour").is(422).has("harbour Alpha belongs to this account already")
		set("finn late", "nowhere").is(422).has("There is no account “nowhere Alpha” that you see", "nowhere Alpha")
		// The mill is the top of the group: its open deals with those of the harbour.
		olga.get("/accounts/"+string(h.account("finn late"))).is(200).has("Open in the whole group", "EUR 72,000", "bakery Alpha")
		// Dan sees neither the mill nor that it is his account's group, only its name.
		h.as(h.Dan).get("/accounts/" + string(h.account("finn late"))).is(404)
		h.sound()
	})
}

func TestTwoAccountsBecomeOne(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ben := h.as(h.Ben)
		stays, goes := h.account("dan open"), h.account("eve pounds") // harbour, island
		c := h.contact(h.Eve, accounts.Contact{Account: goes, Name: "Iris Island", Emails: "iris@island.example"})
		h.as(h.Eve).post("/accounts/"+string(goes)+"/edit", "field", "industry", "version", "0", "value", "Islands").leads()
		path := "/accounts/" + string(stays)
		ben.get(path + "/merge").is(200).has("The account that goes")
		ben.get(path+"/merge?other=island+alpha").is(200).has("1 deal moves", "1 contact moves")
		ben.get(path + "/merge?other=nobody").is(422).has("There is no account")
		ben.post(path+"/merge", "goes", string(stays)).is(422).has("These are one account already")
		ben.post(path+"/merge", "goes", string(goes)).leads()
		ben.get(path).is(200).has("Belt for the island Alpha", "Iris Island", "Islands", "merged “island Alpha” into this account")
		if to := ben.get("/accounts/" + string(goes)).leads(); to != path {
			t.Errorf("the account that went leads to %s", to)
		}
		ben.get("/accounts/"+string(goes)+"/history").is(200).has("merged this account into “harbour Alpha”", "Islands")
		h.as(h.Gus).get("/accounts/" + string(goes)).is(404)
		ben.get("/contacts/" + string(c.ID)).is(200).has("harbour Alpha")
		ben.get("/accounts?q=island").is(200).has("harbour Alpha") // by its industry now
		ben.post("/accounts/"+string(goes)+"/edit", "field", "industry", "version", "0", "value", "x").is(409)
		// A deal under the old name is not lost in the account that went.
		h.as(h.Eve).post("/accounts", "name", "island Alpha", "noticed", "1").leads()
		h.sound()
	})
}

func TestAMergeMovesNoDealOutOfSight(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		path := "/accounts/" + string(h.account("dan won")) // the bakery: Dan's and Finn's
		harbour := "/accounts/" + string(h.account("dan open"))
		h.as(h.Dan).post(harbour+"/merge", "goes", strings.TrimPrefix(path, "/accounts/")).is(http.StatusForbidden).has("Others sell to this account too")
		h.as(h.Gus).post(harbour+"/merge", "goes", strings.TrimPrefix(path, "/accounts/")).is(http.StatusNotFound)
		h.as(h.Ada).post(harbour+"/merge", "goes", strings.TrimPrefix(path, "/accounts/")).leads()
		h.sound()
	})
}
