package board_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/people"
)

// window listens as a person, and gathers what it hears, line by line.
func window(t *testing.T, server *httptest.Server, who people.Person, query, signIn string) <-chan string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/board/live"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/event-stream")
	r.AddCookie(&http.Cookie{Name: "person", Value: string(who.ID)})
	if signIn != "" {
		r.AddCookie(&http.Cookie{Name: "signin", Value: signIn})
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil || answer.StatusCode != 200 {
		t.Fatalf("%s: %v %v", who.Name, answer, err)
	}
	lines := make(chan string, 1000)
	go func() {
		defer close(lines)
		scan := bufio.NewScanner(answer.Body)
		scan.Buffer(nil, 1<<20)
		for scan.Scan() {
			lines <- scan.Text()
		}
	}()
	t.Cleanup(func() { cancel(); answer.Body.Close() })
	return lines
}

// hears waits for a line with a text; without one, that nothing comes for a while.
func hears(lines <-chan string, text string) bool {
	limit := time.After(map[bool]time.Duration{true: 1500 * time.Millisecond, false: 15 * time.Second}[text == ""])
	for {
		select {
		case line, open := <-lines:
			if !open {
				return false
			}
			if text != "" && strings.Contains(line, text) || text == "" && strings.HasPrefix(line, "data:") {
				return true
			}
		case <-limit:
			return false
		}
	}
}

// Those who may see a deal hear of it; those beside do not, nor whoever filters it out.
func TestOthersHearWhatTheyMaySee(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o := testworld.Small(t, d)
		server := httptest.NewServer(site(d, o.ID, calendar.Stopped(testworld.SmallNow)))
		t.Cleanup(server.Close)
		deal := o.Deal("dan open")
		above := map[string]<-chan string{}
		for _, who := range []people.Person{o.Ada, o.Ben, o.Dan, o.Olga} {
			above[who.Name] = window(t, server, who, "", "")
		}
		beside := window(t, server, o.Eve, "", "")
		other := window(t, server, o.Finn, "", "")
		o.Record(testworld.SmallNow-1, o.Dan, deal.ID, deals.Change{Kind: deals.StageSet, Fact: deals.Fact{Value: "Proposal"}})
		for name, lines := range above {
			if !hears(lines, string(deal.ID)) {
				t.Errorf("%s hears nothing", name)
			}
		}
		if hears(beside, "") || hears(other, "") {
			t.Error("someone beside hears of it")
		}
		// Handed to Finn: Dan is told that it is gone, Finn that it is there.
		o.Record(testworld.SmallNow-1, o.Ada, deal.ID, deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Finn.ID, Value: o.Finn.Name}})
		if !hears(above[o.Dan.Name], `data-gone="`+string(deal.ID)) || !hears(other, `data-deal="`+string(deal.ID)) {
			t.Error("the hand-over was not heard")
		}
		// Who comes back hears what was missed.
		if !hears(window(t, server, o.Finn, "?since=1", ""), string(deal.ID)) {
			t.Error("what was missed is not told")
		}
	}, schemas...)
}

// Whoever is signed out, or leaves, hears that it is over, and nothing after.
func TestListeningEndsWithTheSignIn(t *testing.T) {
	o := testworld.Small(t, testdb.Open(t, db.SQLite, schemas...))
	server := httptest.NewServer(site(o.DB, o.ID, calendar.Stopped(testworld.SmallNow)))
	t.Cleanup(server.Close)
	if _, err := o.DB.Exec(t.Context(), `
		insert into sign_ins (org_id, token_hash, id, person_id, began_at, seen_at, expires_at)
		values ($1, 'hash', 'here', $2, 0, 0, $3)`, o.ID, o.Dan.ID, int64(deals.Ever)); err != nil {
		t.Fatal(err)
	}
	lines := window(t, server, o.Dan, "", "here")
	if !hears(lines, "retry") {
		t.Fatal("Dan does not hear")
	}
	if _, err := o.DB.Exec(t.Context(), `delete from sign_ins where org_id = $1`, o.ID); err != nil {
		t.Fatal(err)
	}
	err := ledger.Record(t.Context(), o.DB, ledger.By{At: testworld.SmallNow - 1}, func(w *ledger.Writer) error {
		_, err := deals.Record(t.Context(), w, o.Deal("dan open").ID, 0, deals.Change{Kind: deals.StageSet, Fact: deals.Fact{Value: "Proposal"}})
		return err
	})
	if err != nil || !hears(lines, "event: end") || hears(lines, "event: cards") {
		t.Errorf("Dan is not told that it is over (%v)", err)
	}
}
