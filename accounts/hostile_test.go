package accounts_test

import (
	"net/http"
	"strings"
	"testing"

	"milepost/accounts"
)

// What people paste: nothing breaks, nothing of it runs, nothing typed is lost.
func TestHostileText(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		dan := h.as(h.Dan)
		long := strings.Repeat("Ü", 10_000)
		dan.post("/accounts", "name", long, "about", "kept").is(422).has("has 10000 characters; up to 200 fit", "kept", long)
		dan.post("/accounts", "name", "x", "about", long).is(422).has("up to 5000 fit")
		dan.post("/accounts", "name", " \u200b \t").is(422).has("is needed")
		dan.post("/accounts", "name", "bad \xff byte").is(422).has("cannot be read")
		for _, name := range []string{`<script>alert("x")</script>`, `"><img src=x onerror=alert(1)>`, "شركة الخليج للطاقة", "🦄 & Söhne", "a\u202eb\u2066c", "zero\x00byte", `Robert'); drop table accounts;--`, "{{.}} %s %d"} {
			to := dan.post("/accounts", "name", name, "about", name, "region", name, "noticed", "1").leads()
			page := dan.get(to).is(200).lacks("<script>alert", "<img src=x", "\u202e", "\u2066c")
			page.has("What happened lately")
			dan.get(to+"/history").is(200).lacks("<script>alert", "<img src=x")
			dan.get(to+"/edit?field=about").is(200).lacks("<script>alert", "<img src=x")
			dan.get("/accounts?q=" + strings.NewReplacer("%", "", "&", "", "#", "", ";", "", "\x00", "", `"`, "", " ", "+").Replace(name)).is(200)
		}
		dan.get("/accounts").is(200).has("شركة الخليج للطاقة", "🦄 & Söhne", "drop table accounts").lacks("<script>alert")
		c := h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: `<b>Bo</b> "O'Brien"`, Title: "مدير", Notes: "<script>alert(1)</script>\nline"})
		dan.get("/contacts/"+string(c.ID)).is(200).has("مدير").lacks("<b>Bo", "<script>alert")
		dan.post("/contacts/"+string(c.ID)+"/edit", "field", "notes", "version", "1", "value", long).is(422).has(long)
		dan.post("/contacts/"+string(c.ID)+"/edit", "field", "notes", "version", "x", "value", "text").is(422).has("text")
		dan.post("/accounts", "name", strings.Repeat("x", 300_000)).is(422).has("more text than can be taken in")
		dan.get("/accounts/" + strings.Repeat("a", 3000)).is(http.StatusNotFound)
		dan.get("/contacts/%00%ff").is(http.StatusNotFound)
		h.sound()
	})
}
