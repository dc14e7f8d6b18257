package people_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

func TestSignInSaysTheSameWhateverIsWrong(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		w.person(acme.ID, "Lee Ito", "", people.Rep)
		var said []string
		for _, typed := range [][2]string{{"kim@acme.example", "three little word"}, {"nobody@acme.example", password}, {"kim@acme.example", ""},
			{"", password}, {"kim@acme.example", strings.Repeat("x", 300)}, {"' or 1=1 --", "' or 1=1 --"}} {
			b := w.browser().post("/sign-in", "email", typed[0], "password", typed[1]).expect(http.StatusUnprocessableEntity)
			said = append(said, strings.Join(strings.Fields(b.text()), " "))
		}
		for _, text := range said {
			if text != said[0] {
				t.Errorf("one wrong sign-in is told apart from another:\n%s\n%s", text, said[0])
			}
		}
		w.signedIn(" KIM@acme.example ").get("/").expect(http.StatusOK, "home of Kim Park")
	})
}

func TestNextLeadsNowhereElse(t *testing.T) {
	for next, want := range map[string]string{"/deals?owner=1": "/deals?owner=1", "": "/", "//evil.example": "/", "https://evil.example": "/",
		"/\\evil.example": "/", "/\t/evil.example": "/", "javascript:alert(1)": "/", "/sign-out": "/", "/sign-in?next=/": "/", "/sign-ins": "/sign-ins", "deals": "/"} {
		if got := people.LocalPath(next); got != want {
			t.Errorf("next=%q leads to %q, want %q", next, got, want)
		}
	}
	each(t, func(w *world) {
		acme := w.company("Acme")
		w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		b := w.browser().get("/people?view=table").leadsTo("/sign-in?next=" + url.QueryEscape("/people?view=table"))
		b.get(b.to).expect(http.StatusOK, "Sign in")
		b.post("/sign-in", "email", "kim@acme.example", "password", password, "next", b.field("next")).leadsTo("/people?view=table")
		b.get("/sign-in?next=//evil.example").leadsTo("/")
	})
}

func TestTooManyTriesWaitLongerEachTime(t *testing.T) {
	for tries, want := range map[int]time.Duration{0: 0, 4: 0, 5: time.Minute, 6: 2 * time.Minute, 8: 8 * time.Minute, 11: time.Hour, 1000: time.Hour} {
		if got := people.Waits(tries); got != want {
			t.Errorf("after %d tries the wait is %v, want %v", tries, got, want)
		}
	}
	each(t, func(w *world) {
		acme := w.company("Acme")
		w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		for _, email := range []string{"kim@acme.example", "nobody@acme.example"} {
			for range 5 {
				w.browser().post("/sign-in", "email", email, "password", "wrong wrong wrong").expect(http.StatusUnprocessableEntity)
			}
			for range 3 { // asking again does not make it longer
				w.browser().post("/sign-in", "email", email, "password", password).expect(http.StatusTooManyRequests, "Wait a minute")
			}
		}
		w.pass(61 * time.Second)
		w.browser().post("/sign-in", "email", "kim@acme.example", "password", "wrong wrong wrong").expect(http.StatusUnprocessableEntity)
		w.pass(61 * time.Second)
		w.browser().post("/sign-in", "email", "kim@acme.example", "password", password).expect(http.StatusTooManyRequests)
		w.pass(60 * time.Second)
		w.signedIn("kim@acme.example")
		w.signedIn("kim@acme.example").get("/").expect(http.StatusOK) // what was right is forgiven
	})
}

func TestManyTriesAtOnceAreAllCounted(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		var looked int
		var mu sync.Mutex
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				b := w.browser().post("/sign-in", "email", "kim@acme.example", "password", "wrong wrong wrong")
				mu.Lock()
				defer mu.Unlock()
				if b.status != http.StatusTooManyRequests {
					looked++
				}
			})
		}
		all.Wait()
		if looked > 5 {
			t.Errorf("%d passwords were looked at, want 5 at most", looked)
		}
	})
}

func TestCookieAndSignOut(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		for proto, want := range map[string]string{"": "milepost", "https": "__Host-milepost"} {
			form := strings.NewReader(url.Values{"email": {"kim@acme.example"}, "password": {password}}.Encode())
			r, _ := http.NewRequest(http.MethodPost, w.site.URL+"/sign-in", form)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("X-Forwarded-Proto", proto)
			answer, err := w.browser().client.Do(r)
			w.must(err)
			answer.Body.Close()
			c := answer.Cookies()[0]
			if c.Name != want || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != (proto == "https") || c.Path != "/" || c.Domain != "" {
				t.Errorf("over %q the cookie is %+v", proto, c)
			}
			stored, err := db.All[string](t.Context(), w.DB, `select token_hash from sign_ins where org_id = $1`, acme.ID)
			w.must(err)
			for _, hash := range stored {
				if strings.Contains(c.Value, hash) || hash == c.Value {
					t.Error("the token is stored as it is")
				}
			}
		}
		b := w.signedIn("kim@acme.example")
		kept, _ := url.Parse(w.site.URL)
		stolen := b.client.Jar.Cookies(kept)
		b.post("/sign-out").leadsTo("/sign-in?out")
		b.get("/").leadsTo("/sign-in")
		b.client.Jar.SetCookies(kept, stolen)
		b.get("/").leadsTo("/sign-in") // the row is gone, not only the cookie
	})
}

func TestCrossOriginPostsAreRefused(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		b := w.signedIn("kim@acme.example")
		b.header.Set("Sec-Fetch-Site", "cross-site")
		for _, path := range []string{"/sign-out", "/sign-in", "/account", "/people"} {
			b.post(path).expect(http.StatusForbidden, "another site")
		}
		b.header.Del("Sec-Fetch-Site")
		b.header.Set("Origin", "https://evil.example")
		b.post("/sign-out").expect(http.StatusForbidden)
		b.header.Del("Origin")
		b.get("/").expect(http.StatusOK, "home of Kim Park")
	})
}

func TestSignInsSlideExpireAndEnd(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		kim := w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		laptop, phone := w.browser(), w.browser()
		laptop.header.Set("User-Agent", "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0")
		phone.header.Set("User-Agent", "<script>alert(1)</script>")
		for _, b := range []*browser{laptop, phone} {
			b.post("/sign-in", "email", "kim@acme.example", "password", password).leadsTo("/")
		}
		w.pass(29 * 24 * time.Hour)
		laptop.get("/").expect(http.StatusOK)
		seen := func() int64 {
			at, err := db.One[int64](context.Background(), w.DB, `select max(seen_at) from sign_ins where org_id = $1 and person_id = $2`, acme.ID, kim.ID)
			w.must(err)
			return at
		}
		for range 100 { // it is noted beside the request
			if seen() == w.now.Load() {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		laptop.get("/sign-ins").expect(http.StatusOK, "Firefox on Windows", "this device", "Sign out everywhere else")
		if strings.Contains(laptop.body, "<script>alert") {
			t.Error("the name of a device is not escaped")
		}
		w.pass(2 * 24 * time.Hour)
		phone.get("/").leadsTo("/sign-in") // not used for 31 days
		laptop.get("/").expect(http.StatusOK)
		phone.post("/sign-in", "email", "kim@acme.example", "password", password).leadsTo("/")
		laptop.post("/sign-ins/end-others").leadsTo("/sign-ins")
		phone.get("/").leadsTo("/sign-in")
		laptop.get("/").expect(http.StatusOK)
	})
}

func TestChangingThePasswordEndsTheOthers(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		here, there := w.signedIn("kim@acme.example"), w.signedIn("kim@acme.example")
		const fresh = "other little words"
		here.post("/account", "present", "wrong wrong", "new", fresh, "again", fresh).expect(http.StatusUnprocessableEntity, "not your present password")
		here.post("/account", "present", password, "new", "short", "again", "short").expect(http.StatusUnprocessableEntity, "at least 10")
		here.post("/account", "present", password, "new", fresh, "again", "another").expect(http.StatusUnprocessableEntity, "do not agree")
		here.post("/account", "present", password, "new", fresh, "again", fresh).leadsTo("/account")
		here.get("/").expect(http.StatusOK)
		there.get("/").leadsTo("/sign-in")
		w.browser().post("/sign-in", "email", "kim@acme.example", "password", password).expect(http.StatusUnprocessableEntity)
		w.browser().post("/sign-in", "email", "kim@acme.example", "password", fresh).leadsTo("/")
	})
}

func TestHashesAreMadeAnewWhenTheParametersChange(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		restore := func() {}
		people.LowerCost(func(r func()) { restore = r })
		w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		restore()
		hash := func() string {
			h, err := db.One[string](t.Context(), w.DB, `select hash from passwords where org_id = $1`, acme.ID)
			w.must(err)
			return h
		}
		if !strings.Contains(hash(), "m=64,") {
			t.Fatalf("the first hash is %s", hash())
		}
		w.signedIn("kim@acme.example")
		if !strings.Contains(hash(), "m=19456,t=2,p=1") {
			t.Errorf("after signing in the hash is still %s", hash())
		}
		w.signedIn("kim@acme.example")
	})
}

func TestLedgerTellsOfSignInsAndNoSecrets(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		kim := w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		w.signedIn("kim@acme.example").post("/sign-out")
		entries, err := ledger.OfSubject(t.Context(), w.DB.For(acme.ID), acme.ID, string(kim.ID))
		w.must(err)
		var kinds []string
		for _, e := range entries {
			kinds = append(kinds, strings.TrimPrefix(string(e.Kind), "person."))
			if strings.Contains(e.Payload, "little") || strings.Contains(e.Payload, "argon") {
				t.Errorf("a secret is in the ledger: %s", e.Payload)
			}
		}
		want := "joined role.granted invited password_set signed_in signed_out signed_in signed_out"
		if got := strings.Join(kinds, " "); got != want {
			t.Errorf("the ledger tells\n%s\nwant\n%s", got, want)
		}
	})
}
