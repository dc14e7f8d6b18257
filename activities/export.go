package activities

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"milepost/calendar"
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
	header := x.w.Header()
	header.Set("Content-Type", "text/csv; charset=utf-8")
	header.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="activities-%s.csv"`, calendar.DateOf(x.now.At, x.now.Place)))
	header.Set("Cache-Control", "no-store")
	out := csv.NewWriter(x.w)
	if err := out.Write([]string{"when", "type", "deal", "account", "who", "with", "minutes", "text", "outcome", "state", "deal id", "id"}); err != nil {
		return err
	}
	err = eachListed(x.ctx, x.d, q, nil, false, 0, func(l *Listed) error {
		minutes := ""
		if l.Minutes > 0 {
			minutes = strconv.FormatInt(l.Minutes, 10)
		}
		line := []string{l.At.In(x.now.Place).Format("2006-01-02T15:04:05Z07:00"), l.Type, l.Title, l.Account, s.names[l.Person],
			strings.Join(s.took(l.Activity), "; "), minutes, l.Text, l.Outcome, string(l.State), string(l.Deal), string(l.ID)}
		for i := range line {
			line[i] = harmless(line[i])
		}
		return out.Write(line)
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return err
}

// harmless keeps a spreadsheet from taking a text for a formula.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(text)[0]) {
		return "'" + text
	}
	return text
}
