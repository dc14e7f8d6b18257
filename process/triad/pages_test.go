package triad_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"milepost/process/evidence"
	"milepost/process/triad"
)

func has(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not show %q", text)
		}
	}
}

func TestThePanel(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		deal := string(o.Deal("dan open").ID)
		path, action := "/triad/deals/"+deal+"/panel", "/triad/deals/"+deal+"/assess"
		status, page := o.send(o.Dan, path)
		if status != http.StatusOK {
			t.Fatalf("the panel answers with %d", status)
		}
		has(t, page, "Level 0 of 3. For level 1: “Is there a need?” (not known yet)", "Functional need", "Financial means", "Political support")
		_, page = o.send(o.Dan, path+"?criterion=f1")
		has(t, page, "They described it themselves.", `name="seen" value="0"`)
		if status, page = o.send(o.Dan, action, "criterion", "f1", "state", "verified", "seen", "0", "on", "2026-05-19"); status != http.StatusUnprocessableEntity {
			t.Errorf("verified with nothing to show: %d", status)
		}
		has(t, page, "others can see for themselves", "2026-05-19")
		if status, page = o.send(o.Dan, action, "criterion", "f1", "state", "verified", "seen", "0", "url", "https://files.example/need"); status != http.StatusOK {
			t.Fatalf("assessing: %d", status)
		}
		has(t, page, "verified", "https://files.example/need")
		// Ben saw what was there before.
		status, page = o.send(o.Ben, action, "criterion", "f1", "state", "unmet", "seen", "0", "text", "They said no to me")
		if status != http.StatusConflict {
			t.Errorf("an answer over another one: %d", status)
		}
		now := o.triad("dan open")
		a, _ := now.Criterion("f1")
		has(t, page, "Somebody else assessed", "https://files.example/need", "They said no to me", `name="seen" value="`+strconv.FormatInt(a.Version(), 10)+`"`)
		if status, page = o.send(o.Ben, action, "criterion", "f1", "state", "unmet", "seen", strconv.FormatInt(a.Version(), 10), "text", "They said no to me"); status != http.StatusOK {
			t.Errorf("saving it over theirs: %d", status)
		}
		has(t, page, "All 2 answers")
		if status, _ = o.send(o.Dan, action, "criterion", "f1", "state", "met", "seen", "0", "contact", "nobody"); status != http.StatusUnprocessableEntity {
			t.Errorf("the word of somebody who is not there: %d", status)
		}
		if status, _ = o.send(o.Dan, "/triad/deals/"+string(o.Deal("finn late").ID)+"/panel"); status != http.StatusNotFound {
			t.Errorf("the panel of a deal out of sight: %d", status)
		}
		if status, page = o.send(o.Dan, "/triad/deals/"+string(o.Deal("dan won").ID)+"/panel"); status != http.StatusOK || strings.Contains(page, "triad-panel") {
			t.Errorf("a deal without a process has a panel: %d", status)
		}
	})
}

func TestConfidentialEvidenceIsForTheLine(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		o.must(o.answer(o.Dan, "dan open", triad.Answer{Criterion: "f1", State: triad.Met,
			Proof: evidence.Proof{Sort: evidence.NoteSort, Text: "The chief is leaving", Confidential: true}}))
		deal := string(o.Deal("dan open").ID)
		for _, path := range []string{"/triad/deals/" + deal + "/panel", "/triad/deals/" + deal + "/panel?criterion=f1", "/deals/" + deal} {
			if _, page := o.send(o.Olga, path); strings.Contains(page, "The chief is leaving") {
				t.Errorf("operations read what is confidential on %s", path)
			}
		}
		for _, p := range []string{"Dan", "Ben"} {
			who := o.Dan
			if p == "Ben" {
				who = o.Ben
			}
			_, page := o.send(who, "/triad/deals/"+deal+"/panel")
			has(t, page, "The chief is leaving")
		}
	})
}

func TestWhereDealsStand(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		o.qualify(o.Dan, "dan open")
		o.must(o.answer(o.Finn, "finn late", triad.Answer{Criterion: "f1", State: triad.Met, On: "2026-05-01"}))
		_, page := o.send(o.Ada, "/triad")
		has(t, page, "Ben Alpha", "Cleo Alpha", "Scales for the harbour Alpha", "Oven for the mill Alpha", "Everything that the process asks is answered well.")
		_, page = o.send(o.Ada, "/triad?level=3")
		has(t, page, "Deals at level 3", "Scales for the harbour Alpha")
		if strings.Contains(page, "Oven for the mill Alpha") {
			t.Error("a deal at level 0 is listed at level 3")
		}
		o.now += 15 * aDay // Finn's answer is 34 days old, Dan's are 15
		_, page = o.send(o.Ada, "/triad?stale=1")
		has(t, page, "Oven for the mill Alpha", "ask again")
		if strings.Contains(page, "Scales for the harbour Alpha") {
			t.Error("a deal without old answers is listed to be asked again")
		}
		_, page = o.send(o.Ben, "/triad")
		has(t, page, "Dan Alpha", "Eve Alpha", "Scales for the harbour Alpha")
		if strings.Contains(page, "Oven for the mill") || strings.Contains(page, "Finn") {
			t.Error("a manager sees deals beside the own line")
		}
		if status, _ := o.send(o.Ben, "/triad?person="+string(o.Cleo.ID)); status != http.StatusNotFound {
			t.Errorf("another manager's line: %d", status)
		}
		_, page = o.send(o.Olga, "/triad")
		has(t, page, "Nobody", "Lift for the theatre Alpha")
		if status, _ := o.send(o.Vera, "/triad"); status != http.StatusForbidden {
			t.Errorf("an observer: %d", status)
		}
	})
}
