package triad

import (
	"net/url"
	"slices"
	"strconv"

	"milepost/people"
	"milepost/problem"
	"milepost/process"
)

// without is the level of deals whose process asks for none, or that follow no process.
const without = -1

// asking is what an address asks for: whose deals, and which of them.
type asking struct {
	Person people.ID // whose line; empty for all that the viewer sees
	Own    bool      // that person's own deals, not those of their line
	Level  *int      // nil for all
	Stale  bool      // those in which something is to be asked again
	Page   int       // from 0
}

func (x *visit) asking() (asking, error) {
	q := x.r.URL.Query()
	a := asking{Person: people.ID(q.Get("person")), Own: q.Get("own") == "1", Stale: q.Get("stale") == "1"}
	if a.Person == "" && !x.v.SeesEveryDeal() {
		a.Person = x.v.ID
	}
	if a.Person != "" && a.Person != x.v.ID && !x.v.Sees(a.Person) {
		return a, problem.NotFound("There is no such person, or their deals are not yours to see.")
	}
	if level, err := strconv.Atoi(q.Get("level")); err == nil && level >= without && level <= process.HighestLevel {
		a.Level = &level
	}
	if page, err := strconv.Atoi(q.Get("page")); err == nil {
		a.Page = max(0, min(page, 10_000))
	}
	return a, nil
}

// path is the address that asks for it.
func (a asking) path() string {
	q := url.Values{}
	if a.Person != "" {
		q.Set("person", string(a.Person))
	}
	if a.Own {
		q.Set("own", "1")
	}
	if a.Level != nil {
		q.Set("level", strconv.Itoa(*a.Level))
	}
	if a.Stale {
		q.Set("stale", "1")
	}
	if a.Page > 0 {
		q.Set("page", strconv.Itoa(a.Page))
	}
	if len(q) == 0 {
		return "/triad"
	}
	return "/triad?" + q.Encode()
}

// owners lists whose deals are asked for; all is true for everyone's.
func (a asking) owners(v *people.Viewer, chart people.Chart) (list []people.ID, all bool) {
	switch {
	case a.Person == "":
		return v.Visible()
	case a.Own:
		return []people.ID{a.Person}, false
	case a.Person == v.ID && !v.SeesEveryDeal():
		return v.Visible() // with those who left
	}
	list = append([]people.ID{a.Person}, chart.Below(a.Person)...)
	return slices.DeleteFunc(list, func(id people.ID) bool { return !v.Sees(id) }), false
}
