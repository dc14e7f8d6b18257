package activities

import (
	"fmt"
	"strconv"
	"strings"

	"milepost/calendar"
	"milepost/internal/web"
)

// export writes the list as a table for spreadsheets: all that fits the filter, not
// only the page.
func (x *visit) export() error {
	f, bad := ReadFilter(x.r.URL.Query())
	if bad != nil {
		return bad
	}
	if _, err := x.keeper.Freshen(x.ctx, x.v.Org); err != nil {
		return err
	}
	q, err := x.ask(f)
	if err != nil {
		return err
	}
	s, err := x.staff()
	if err != nil {
		return err
	}
	table := web.Download(x.w, "activities-"+string(calendar.DateOf(x.now.At, x.now.Place)),
		"when", "type", "deal", "account", "who", "with", "minutes", "text", "outcome", "state", "deal id", "id")
	err = eachListed(x.ctx, x.d, q, nil, false, 0, func(l *Listed) error {
		minutes := ""
		if l.Minutes > 0 {
			minutes = strconv.FormatInt(l.Minutes, 10)
		}
		return table.Row(l.At.In(x.now.Place).Format("2006-01-02T15:04:05Z07:00"), l.Type, l.Title, l.Account, s.names[l.Person],
			strings.Join(s.took(l.Activity), "; "), minutes, l.Text, l.Outcome, string(l.State), string(l.Deal), string(l.ID))
	})
	if err != nil {
		return fmt.Errorf("exporting activities: %w", err)
	}
	return table.End()
}
