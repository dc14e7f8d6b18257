package people_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/people"
)

// chrome starts Chromium, and fails the test at its end if a page complained: of a
// script that broke, or of something that the policy forbade.
func chrome(t *testing.T) context.Context {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		testdb.SkipUnlessRequired(t, "browser", "chromium is not installed, so the pages were not looked at")
	}
	var mu sync.Mutex
	var complaints []string
	note := func(text string) { mu.Lock(); complaints = append(complaints, text); mu.Unlock() }
	ctx, cancel := chromedp.NewContext(t.Context(), chromedp.WithAllocatorOptions(
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-background-networking", true)),
		chromedp.WithListener(func(event any) {
			switch e := event.(type) {
			case *log.EventEntryAdded:
				note(e.Entry.Text)
			case *runtime.EventExceptionThrown:
				note(e.ExceptionDetails.Text)
			}
		}))
	ctx, stop := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, text := range complaints {
			if !strings.Contains(text, "the server responded with a status of 4") { // pages of refusals
				t.Error("the browser complained:", text)
			}
		}
		stop()
		cancel()
	})
	return ctx
}

func ask[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	answer, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return answer
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

const (
	settle  = `document.fonts.ready.then(() => new Promise((done) => setTimeout(() => done(true), 60)))`
	tooWide = `[...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
		.slice(0, 5).map((e) => e.tagName + "." + e.getAttribute("class")).join(" ")`
)

// leave clicks what leads to another page, and waits until that one is there.
func leave(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	ask[bool](t, ctx, `window.before = true`)
	do(t, ctx, chromedp.Click(selector))
	for range 200 {
		there, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`!window.before && document.readyState === "complete"`))
		if err == nil && there {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("%s leads nowhere", selector)
}

// look shows the page that the browser is at on a desk and on phones, by day and by
// night. With MILEPOST_UI_SHOTS it leaves pictures in that folder.
func look(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	for _, width := range []int64{1360, 390, 320} {
		do(t, ctx, chromedp.EmulateViewport(width, 900))
		ask[bool](t, ctx, settle)
		if wide := ask[int64](t, ctx, `document.documentElement.scrollWidth`); wide > width {
			t.Errorf("%s at %d px scrolls sideways: it is %d px wide; %s", name, width, wide, ask[string](t, ctx, tooWide))
		}
		folder := os.Getenv("MILEPOST_UI_SHOTS")
		if folder == "" || width == 320 {
			continue
		}
		for _, theme := range []string{"light", "dark"} {
			ask[bool](t, ctx, `(document.documentElement.dataset.bsTheme = "`+theme+`") !== ""`)
			ask[bool](t, ctx, settle)
			shot, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("people-%s-%d-%s.png", name, width, theme)), shot, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	do(t, ctx, chromedp.EmulateViewport(1360, 900))
}

// Someone sets up, adds people and looks around, by hand.
func TestPeopleInBrowser(t *testing.T) {
	ctx := chrome(t)
	w := newWorld(t, testdb.Open(t, db.SQLite, ledger.Schema, jobs.Schema, people.Schema))
	open := func(path string) { do(t, ctx, chromedp.Navigate(w.site.URL+path)) }
	submit := func(values map[string]string) {
		for name, value := range values {
			ask[bool](t, ctx, fmt.Sprintf(`(document.querySelector('main [name="%s"]').value = %q) !== null`, name, value))
		}
		leave(t, ctx, `main .button.primary`)
	}
	open("/")
	look(t, ctx, "set-up")
	submit(map[string]string{"organization": "Harbour & Vine", "name": "Ada Boss", "email": "ada@acme.example", "new": password, "again": "another"})
	look(t, ctx, "set-up-refused")
	submit(map[string]string{"new": password, "again": password})
	look(t, ctx, "first-steps")
	open("/people/new")
	look(t, ctx, "new")
	submit(map[string]string{"name": "Kim Park", "email": "kim@acme.example", "title": "Account executive"})
	look(t, ctx, "invited")
	w.furnish(t)
	for name, path := range map[string]string{"tree": "/people", "list": "/people?view=table", "nobody": "/people?view=table&q=zzz", "sign-ins": "/sign-ins",
		"account": "/account", "organization": "/organization", "jobs": "/jobs"} {
		open(path)
		look(t, ctx, name)
	}
	open("/people")
	leave(t, ctx, `main tbody a`)
	look(t, ctx, "person")
	do(t, ctx, chromedp.Click(".side .person-menu summary"))
	leave(t, ctx, `.side form[action="/sign-out"] button`)
	look(t, ctx, "signed-out")
	submit(map[string]string{"email": "ada@acme.example", "password": "wrong wrong"})
	look(t, ctx, "sign-in-refused")
	open("/new-password")
	look(t, ctx, "new-password")
	open("/welcome/nonsense")
	look(t, ctx, "dead-link")
	open("/sign-in")
	submit(map[string]string{"email": "ada@acme.example", "password": password})
	if at := ask[string](t, ctx, `document.body.textContent`); !strings.Contains(at, "home of Ada Boss") {
		t.Errorf("after signing in the page says %.200s", at)
	}
}

// furnish adds what makes the pages look as they do in use.
func (w *world) furnish(t *testing.T) {
	all, err := people.Organizations(t.Context(), w.DB.Everywhere())
	w.must(err)
	org := all[0].ID
	ada, err := people.Named(t.Context(), w.DB.For(org), org, []string{"Ada Boss"})
	w.must(err)
	lead := w.person(org, "Ingrid Solheim-Brennan", "", people.Manager)
	w.reportsTo(org, lead.ID, ada[0].ID)
	for _, name := range []string{"Bartholomew Featherstonehaugh-Cholmondeley", "Mei Lin", "O'Neil, Pat", "Сергей Иванов"} {
		w.reportsTo(org, w.person(org, name, "", people.Rep).ID, lead.ID)
	}
	w.must(w.record(org, func(lw *ledger.Writer) error {
		_, err := people.Join(t.Context(), lw, people.Person{Name: "clerk-10862", Imported: true}, w.Clock())
		return err
	}))
	w.browser().post("/new-password", "email", "kim@acme.example")
}
