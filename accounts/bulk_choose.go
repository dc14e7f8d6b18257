package accounts

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
)

// selection stands over the list: what is ticked, and what can be done with it.
func (s accountsShown) selection(page []Listed) templ.Component {
	if len(page) == 0 {
		return nil
	}
	bar := ui.Selection{Label: "Selected accounts", Action: "/account-changes", Filter: s.f.query().Encode()}
	if s.sums.Count > len(page) && s.sums.Count <= mostInBulk {
		bar.All = fmt.Sprintf("Change all %d …", s.sums.Count)
	}
	return bar
}

// pickable is the account's cell with a tick before it.
func pickable(l *Listed) templ.Component {
	return ui.Pickable("account", string(l.ID), l.Name, l.cell())
}

// chooseBulk takes in which accounts shall change: those that are ticked, or all that
// the list's filter finds.
func (p pages) chooseBulk(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	k := p.desk(r)
	if going, err := bulkUnderWayOf(k.ctx, k.d, k.v.ID); err != nil {
		return fmt.Errorf("looking for a change under way: %w", err)
	} else if len(going) > 0 {
		return web.Redirect(w, r, bulkPath(going[0].ID), "This change is still under way. Let it end first.")
	}
	ids, err := k.chosen(r.PostForm)
	if err != nil {
		return err
	}
	b, err := k.choose(ids)
	if err != nil {
		return err
	}
	return web.Redirect(w, r, bulkPath(b.ID), "")
}

func (k desk) chosen(form url.Values) ([]ID, error) {
	if form.Get("all") == "" {
		var ids []ID
		for _, id := range form["account"] {
			if plausible(id) {
				ids = append(ids, ID(id))
			}
		}
		return ids, nil
	}
	params, err := url.ParseQuery(form.Get("filter"))
	f := readFilter(params, accountColumnNames, accountGroupings)
	if err != nil || f.query().Encode() != params.Encode() { // what was not understood must not change every account
		return nil, problem.Invalid("", "The list did not arrive whole. Open it again, and choose again.")
	}
	ids, err := matching(k.ctx, k.d, k.v, f, mostInBulk+1)
	if err != nil {
		return nil, fmt.Errorf("finding the accounts of a list: %w", err)
	}
	if len(ids) > mostInBulk {
		return nil, problem.Invalid("", "More than %d accounts match. Narrow the list, and change them part by part.", mostInBulk)
	}
	return ids, nil
}
