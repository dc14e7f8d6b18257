package targets

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// Table is a table of targets that is imported by command, for anyone in the
// organization. The page does the same in two steps, for those whom a viewer sets.
type Table struct {
	Program slice.Program
	Org     people.Organization
	Name    string // of the file
	Text    string
	Measure Measure
	Scope   Scope
	Strict  bool // take nothing if one line is bad
}

// Summary is what came of a table.
type Summary struct {
	File         string
	Taken        int  // months that were set
	AlreadyThere int  // months that stood so before
	Rejected     int  // lines
	Refused      bool // nothing was taken, because a line was bad
	Rejects      string
}

// Import reads the table and saves what it says, all of it at once.
func (t *Table) Import(ctx context.Context) (Summary, error) {
	sum := Summary{File: t.Name}
	if len(t.Text) > largestForm {
		return sum, problem.Invalid("file", "The table is larger than 2 MB, and nothing was read. Import it in parts.")
	}
	if err := mustBeText(t.Text); err != nil {
		return sum, err
	}
	d := t.Program.DB.For(t.Org.ID)
	everyone, err := people.Everyone(ctx, d, t.Org.ID)
	if err != nil {
		return sum, fmt.Errorf("reading people: %w", err)
	}
	read, err := importer{t.Measure, t.Scope, finder(everyone, func(people.ID) bool { return true })}.read(t.Text)
	if err != nil {
		return sum, err
	}
	if sum.Rejected = len(read.Rejects); sum.Rejected > 0 {
		if sum.Rejects, err = t.keepRejects(read.Rejects); err != nil {
			return sum, fmt.Errorf("writing the rejected lines: %w", err)
		}
		if sum.Refused = t.Strict; sum.Refused {
			return sum, nil
		}
	}
	by := ledger.By{Via: ledger.ViaImport, At: t.Program.Clock()}
	err = ledger.Record(ctx, d, by, func(w *ledger.Writer) (err error) {
		sum.Taken, err = save(ctx, w, read.Settings, "imported")
		return err
	})
	sum.AlreadyThere = len(read.Settings) - sum.Taken
	return sum, err
}

// keepRejects writes the rejected lines to a file beside the data.
func (t *Table) keepRejects(rejects []reject) (string, error) {
	folder := filepath.Join(t.Program.Folder, "imports")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	name := strings.TrimSuffix(filepath.Base(t.Name), filepath.Ext(t.Name))
	file, err := os.CreateTemp(folder, strings.ReplaceAll(name, "*", "_")+"-*-rejects.csv")
	if err != nil {
		return "", err
	}
	defer file.Close()
	out := csv.NewWriter(file)
	out.Write([]string{"line", "reason", "as it was"})
	for _, r := range rejects {
		var was strings.Builder
		line := csv.NewWriter(&was)
		line.Write(r.Cells) // a builder takes everything
		line.Flush()
		out.Write([]string{strconv.Itoa(r.Line), web.HarmlessCell(r.Why), web.HarmlessCell(strings.TrimSuffix(was.String(), "\n"))})
	}
	out.Flush()
	return file.Name(), out.Error()
}

// NothingTaken tells whether the table brought nothing and found nothing there.
func (s Summary) NothingTaken() bool { return s.Taken+s.AlreadyThere == 0 }

// String is the summary in lines for a terminal.
func (s Summary) String() string {
	text := s.File + ": " + s.Headline() + "\n"
	if s.Rejects != "" {
		text += "  The rejected lines, with the reasons: " + s.Rejects + "\n"
	}
	return text
}

// Headline is what came of the table, in one sentence.
func (s Summary) Headline() string {
	lines := verbed(s.Rejected, "line", "rejected")
	switch {
	case s.Refused && s.Rejected == 1:
		return "nothing was set, because 1 line is bad."
	case s.Refused:
		return fmt.Sprintf("nothing was set, because %d lines are bad.", s.Rejected)
	case s.NothingTaken():
		return "nothing was set; " + lines + "."
	case s.Taken == 0 && s.Rejected == 0:
		return "what it says stands already; nothing was added."
	}
	parts := []string{verbed(s.Taken, "month", "set")}
	if s.AlreadyThere > 0 {
		parts = append(parts, fmt.Sprintf("%d stood so already", s.AlreadyThere))
	}
	if s.Rejected > 0 {
		parts = append(parts, lines)
	}
	return strings.Join(parts, ", ") + "."
}

func verbed(n int, noun, verb string) string {
	if n == 1 {
		return "1 " + noun + " was " + verb
	}
	return fmt.Sprintf("%d %ss were %s", n, noun, verb)
}
