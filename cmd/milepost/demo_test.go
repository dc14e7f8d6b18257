package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// shown is what a started demonstration prints, until it is stopped.
type shown struct {
	text  string
	links []string
	stop  func() int
}

var welcome = regexp.MustCompile(`http://\S+/welcome/\S+`)

// startDemo starts the program as a person would, and waits until it is ready.
func startDemo(t *testing.T, args ...string) shown {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		status := run(ctx, append([]string{"demo", "--listen", "127.0.0.1:0", "--deals", "120"}, args...), in, io.Discard)
		in.Close()
		ended <- status
	}()
	s := shown{}
	s.stop = func() int { cancel(); return <-ended }
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		s.text += lines.Text() + "\n"
		if strings.Contains(lines.Text(), "Ctrl+C") {
			s.links = welcome.FindAllString(s.text, -1)
			go io.Copy(io.Discard, out)
			return s
		}
	}
	t.Fatalf("the demonstration ended with %d before it was ready:\n%s", <-ended, s.text)
	return s
}

// follow opens a link in a browser of its own and gives the page that it leads to.
func follow(t *testing.T, link string) string {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther || len(answer.Cookies()) == 0 {
		t.Errorf("the link %s answers %s", link, answer.Status)
	}
	return answer.Header.Get("Location")
}

func TestDemoKeepsWhatWasChangedAndStartsOverWhenAsked(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "demo")
	first := startDemo(t, "--data", folder)
	if len(first.links) != 4 || !strings.Contains(first.text, "ends today") {
		t.Errorf("the first start says:\n%s", first.text)
	}
	for _, link := range first.links {
		follow(t, link)
	}
	if status := first.stop(); status != 0 {
		t.Errorf("stopping gave %d", status)
	}
	rename(t, folder, "Changed Name")

	again := startDemo(t, "--data", folder)
	if strings.Contains(again.text, "Making") || !strings.Contains(again.text, "Changed Name") {
		t.Errorf("the second start says:\n%s", again.text)
	}
	if path(again.links[0]) != path(first.links[0]) {
		t.Error("the links changed")
	}
	follow(t, again.links[0])
	again.stop()

	fresh := startDemo(t, "--data", folder, "--fresh")
	defer fresh.stop()
	if !strings.Contains(fresh.text, "Making") || strings.Contains(fresh.text, "Changed Name") {
		t.Errorf("the fresh start says:\n%s", fresh.text)
	}
	follow(t, fresh.links[0])
}

func path(link string) string { return link[strings.Index(link, "/welcome/"):] }

// rename changes something in the demonstration: the name of its head of sales.
func rename(t *testing.T, folder, name string) {
	t.Helper()
	demo, found, err := readDemo(folder)
	if err != nil || !found {
		t.Fatal(found, err)
	}
	d, err := db.OpenSQLite(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	by := ledger.By{Via: ledger.ViaCommand, At: calendar.SystemClock()()}
	err = ledger.Record(t.Context(), d.For(demo.Organization), by, func(w *ledger.Writer) error {
		p, err := people.PersonOf(t.Context(), w.DB, demo.Organization, demo.Guides[2].Person)
		if err != nil {
			return err
		}
		p.Name = name
		_, err = people.Describe(t.Context(), w, p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDemoLeavesForeignFoldersAlone(t *testing.T) {
	folder := t.TempDir()
	precious := filepath.Join(folder, "precious.txt")
	if err := os.WriteFile(precious, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"demo", "--data", folder}, {"demo", "--data", folder, "--fresh"}} {
		var said strings.Builder
		if status := run(t.Context(), args, io.Discard, &said); status != 1 || !strings.Contains(said.String(), "not a Milepost demonstration") {
			t.Errorf("%v gave %d: %s", args, status, said.String())
		}
	}
	// Nor what happens to be called like the folder in which it works.
	beside := filepath.Join(t.TempDir(), "demo")
	if err := os.MkdirAll(filepath.Join(beside+".making", "photos"), 0o700); err != nil {
		t.Fatal(err)
	}
	if status := run(t.Context(), []string{"demo", "--data", beside}, io.Discard, io.Discard); status != 1 {
		t.Errorf("a foreign working folder gave %d", status)
	}
	if _, err := os.Stat(filepath.Join(beside+".making", "photos")); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(precious); err != nil || string(text) != "mine" {
		t.Errorf("%q, %v", text, err)
	}
}

// A making that was cut off is made anew: it is never taken for a finished one.
func TestDemoMakesAnewWhatWasCutOff(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "demo")
	cut, cancel := context.WithCancel(t.Context())
	cancel()
	c := &demoCommand{Data: folder, Deals: 120}
	s := &streams{io.Discard, io.Discard}
	now := calendar.SystemClock()()
	if _, err := c.prepare(cut, s, now); err == nil {
		t.Fatal("a making that was cut off reports no error")
	}
	for _, half := range []string{folder, folder + ".making"} {
		if err := (demonstration{MadeAt: now}).mark(half); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(half, db.FileName), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	demo, err := c.prepare(t.Context(), s, now)
	if err != nil || demo.Organization == "" {
		t.Fatalf("making anew: %v", err)
	}
	if _, err := os.Stat(folder + ".making"); err == nil {
		t.Error("the working folder is still there")
	}
}

func TestAgeOfTheDemonstration(t *testing.T) {
	now := calendar.Instant(1_800_000_000_000)
	for days, want := range map[int]string{0: "ends today", 1: "a day ago", 3: "3 days ago"} {
		if said := age(now.Add(-time.Duration(days)*24*time.Hour), now); !strings.Contains(said, want) {
			t.Errorf("after %d days: %q", days, said)
		}
	}
}
