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
		dan.Post("/accounts", "name", long, "about", "kept").Is(422).Has("has 10000 characters; up to 200 fit", "kept", long)
		dan.Post("/accounts", "name", "x", "about", long).Is(422).Has("up to 5000 fit")
		dan.Post("/accounts", "name", " \u200b \t").Is(422).Has("is needed")
		dan.Post("/accounts", "name", "bad \xff byte").Is(422).Has("cannot be read")
		for _, name := range []string{`<script>alert("x")</script>`, `"><img src=x onerror=alert(1)>`, "شركة الخليج للطاقة", "🦄 & Söhne", "a\u202eb\u2066c", "zero\x00byte", `Robert'); drop table accounts;--`, "{{.}} %s %d"} {
			to := dan.Post("/accounts", "name", name, "about", name, "region", name, "noticed", "1").Leads()
			page := dan.Get(to).Is(200).Lacks("<script>alert", "<img src=x", "\u202e", "\u2066c")
			page.Has("What happened lately")
			dan.Get(to+"/history").Is(200).Lacks("<script>alert", "<img src=x")
			dan.Get(to+"/edit?field=about").Is(200).Lacks("<script>alert", "<img src=x")
			dan.Get("/accounts?q=" + strings.NewReplacer("%", "", "&", "", "#", "", ";", "", "\x00", "", `"`, "", " ", "+").Replace(name)).Is(200)
		}
		dan.Get("/accounts").Is(200).Has("شركة الخليج للطاقة", "🦄 & Söhne", "drop table accounts").Lacks("<script>alert")
		c := h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: `<b>Bo</b> "O'Brien"`, Title: "مدير", Notes: "<script>alert(1)</script>\nline"})
		dan.Get("/contacts/"+string(c.ID)).Is(200).Has("مدير").Lacks("<b>Bo", "<script>alert")
		dan.Post("/contacts/"+string(c.ID)+"/edit", "field", "notes", "version", "1", "value", long).Is(422).Has(long)
		dan.Post("/contacts/"+string(c.ID)+"/edit", "field", "notes", "version", "x", "value", "text").Is(422).Has("text")
		dan.Post("/accounts", "name", strings.Repeat("x", 300_000)).Is(422).Has("more text than can be taken in")
		dan.Get("/accounts/" + strings.Repeat("a", 3000)).Is(http.StatusNotFound)
		dan.Get("/contacts/%00%ff").Is(http.StatusNotFound)
		h.sound()
	})
}
