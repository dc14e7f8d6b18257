package accounts

import (
	"net/http"
	"slices"
	"strconv"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
)

// history is everything that was recorded of a subject, newest first; each change
// that still stands can be taken back.
func (p pages) history(find finding) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		s, k, err := find(r)
		if err != nil {
			return err
		}
		const step = 200
		events, err := k.told(s, 0, true)
		if err != nil {
			return err
		}
		skip, _ := strconv.Atoi(r.URL.Query().Get("skip"))
		skip = max(0, min(skip, len(events)))
		end := min(skip+step, len(events))
		t := ui.Timeline{Events: events[skip:end], Place: k.v.Organization.Place(), Today: k.today()}
		if end < len(events) {
			t.Pages.Older = s.Path + "/history?skip=" + itoa(end)
		}
		if skip > 0 {
			t.Pages.Newer = s.Path + "/history?skip=" + itoa(max(0, skip-step))
		}
		frame := ui.Frame{Title: "History of " + s.Name, Crumbs: s.crumbs(),
			Lead: "Everything that was recorded, newest first. A change that still stands can be undone; that is recorded too."}
		return web.Page(w, r, frame, historyPage(t))
	}
}

// told puts the newest entries of a subject into words, all of them when most is 0;
// with undo, changes that still stand carry a button.
func (k desk) told(s *subject, most int, undo bool) ([]ui.Event, error) {
	entries, err := ledger.OfSubject(k.ctx, k.d, k.v.Org, s.ID)
	if err != nil {
		return nil, err
	}
	slices.Reverse(entries)
	if most > 0 && len(entries) > most {
		entries = entries[:most]
	}
	names, err := k.names()
	if err != nil {
		return nil, err
	}
	titles, err := k.titlesIn(entries)
	if err != nil {
		return nil, err
	}
	events := make([]ui.Event, len(entries))
	latest := map[string]bool{} // fields, and deals, of which a newer change was met
	for i := range entries {
		e := &entries[i]
		events[i] = telling{entry: e, names: names, titles: titles}.event()
		what, _, ok := s.reverse(e)
		if ok && undo && !s.Frozen && !latest[what] {
			events[i].Detail = ui.Undo(s.Path+"/undo", e.Sequence, events[i])
		}
		if ok {
			latest[what] = true
		}
	}
	return events, nil
}

// reversal is what takes a change back.
type reversal struct {
	change *Change
	role   *RoleChange
}

// reverse says what a change is about, and what would take it back; ok is false for
// what cannot be taken back.
func (s *subject) reverse(e *ledger.Entry) (what string, back reversal, ok bool) {
	switch {
	case e.Payload == "":
	case e.Kind == s.changed:
		var c Change
		if e.Read(&c) == nil && s.at(c.Field) != nil {
			return "field " + c.Field, reversal{change: &c}, true
		}
	case e.Kind == RoleSet && s.setRole != nil:
		var c RoleChange
		if e.Read(&c) == nil && c.Deal != "" {
			return "deal " + string(c.Deal), reversal{role: &c}, true
		}
	}
	return "", reversal{}, false
}

// undo takes back a change by a further one, if nothing newer was said of the same.
func (p pages) undo(find finding) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := web.ReadForm(w, r, largestForm); err != nil {
			return err
		}
		s, k, err := find(r)
		if err != nil {
			return err
		}
		sequence, err := strconv.ParseInt(r.PostForm.Get("sequence"), 10, 64)
		if err != nil {
			return problem.Invalid("", "The form did not arrive whole. Open the history again.")
		}
		err = k.record(func(lw *ledger.Writer) error {
			entries, err := ledger.OfSubject(k.ctx, lw.DB, k.v.Org, s.ID)
			if err != nil {
				return err
			}
			return s.takeBack(lw, entries, sequence)
		})
		if err != nil {
			return err
		}
		to := s.Path + "/history"
		if deal := deals.ID(r.URL.Query().Get("deal")); deal != "" { // it was taken back from a deal's history
			if _, err := deals.FindFor(k.ctx, k.d, k.v, deal); err != nil {
				return err
			}
			to = deal.Path()
		}
		return web.Redirect(w, r, to, "The change is taken back.")
	}
}

func (s *subject) takeBack(w *ledger.Writer, entries []ledger.Entry, sequence int64) error {
	for i := len(entries) - 1; i >= 0; i-- {
		what, back, ok := s.reverse(&entries[i])
		if entries[i].Sequence != sequence {
			continue
		}
		if !ok {
			break
		}
		for _, later := range entries[i+1:] {
			if about, _, is := s.reverse(&later); is && about == what {
				return problem.Conflict("", "Something newer was said of the same meanwhile. Take that back first, or change it as you want it.")
			}
		}
		if back.role != nil {
			return s.setRole(w, back.role.Deal, back.role.From, sequence)
		}
		return s.set(w, back.change.Field, back.change.From, sequence)
	}
	return problem.NotFound("There is no such change that could be taken back.")
}
