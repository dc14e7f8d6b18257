package rates

import (
	"context"
	"fmt"
	"strings"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// Table is a table of published rates that is imported by command. They were known on
// their day, and are recorded as of then.
type Table struct {
	DB     *db.DB
	Org    people.Organization
	Name   string // of the file
	Text   string
	Terms  Terms
	Strict bool // take nothing if one line is bad
	Now    calendar.Instant
}

// Summary is what came of a table.
type Summary struct {
	File                string
	Taken, AlreadyThere int
	Rejected            []Line
	Refused             bool // nothing was taken, because a line was bad
}

// Import reads the table and keeps its rates, all of them at once.
func (t *Table) Import(ctx context.Context) (Summary, error) {
	sum := Summary{File: t.Name}
	lines, err := ReadTable(t.Text, t.Terms)
	if err != nil {
		return sum, err
	}
	for _, l := range lines {
		if l.Does == Refused {
			sum.Rejected = append(sum.Rejected, l)
		}
	}
	if sum.Refused = t.Strict && len(sum.Rejected) > 0; sum.Refused {
		return sum, nil
	}
	list := Taken(lines)
	err = ledger.Record(ctx, t.DB.For(t.Org.ID), ledger.By{Via: ledger.ViaImport, At: t.Now}, func(w *ledger.Writer) error {
		book, err := Read(ctx, w.DB)
		if err != nil {
			return err
		}
		sum.Taken, err = giveAll(ctx, w, list, book, t.Org.Place(), true)
		return err
	})
	sum.AlreadyThere = len(list) - sum.Taken
	return sum, err
}

// mostShown is how many rejected lines a terminal lists.
const mostShown = 10

// String is the summary in lines for a terminal.
func (s Summary) String() string {
	var b strings.Builder
	if s.Refused {
		fmt.Fprintf(&b, "%s: nothing was kept, because %s.\n", s.File, count(len(s.Rejected), "line is bad", "lines are bad"))
	} else {
		fmt.Fprintf(&b, "%s: %s, %d known already, %s.\n", s.File, count(s.Taken, "rate kept", "rates kept"), s.AlreadyThere, count(len(s.Rejected), "line rejected", "lines rejected"))
	}
	for i, l := range s.Rejected {
		if i == mostShown {
			fmt.Fprintf(&b, "  and %d more\n", len(s.Rejected)-i)
			break
		}
		fmt.Fprintf(&b, "  line %d: %s\n", l.Number, l.Why)
	}
	return b.String()
}

// ParseCodes reads codes of currencies, parted by commas or blanks.
func ParseCodes(field, text string) (list []money.Currency, err error) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		c, err := ParseCode(field, word)
		if err != nil {
			return nil, problem.Invalid(field, "“%s” is not a currency that we know. Name them by their codes, like USD, GBP.", clip(word))
		}
		list = append(list, c)
	}
	return list, nil
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
