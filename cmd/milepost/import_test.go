package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/targets"
)

// Scripts tell by the exit code what came of an import.
func TestImportSaysWhatCameOfItByItsExitCode(t *testing.T) {
	const header = "opportunity,at,kind,name,value\n"
	const good = header + "d1,2026-01-01T00:00:00Z,created,A deal,\nd1,2026-01-02T00:00:00Z,amount,SEK,5\n"
	folder := t.TempDir()
	steps := []struct {
		name, file, text string
		flags            []string
		code             int
		says             string
	}{
		{"a wrong header", "a.csv", "a,b\n1,2\n", nil, 1, "The first line must be"},
		{"a file that is not there", "none.csv", "", nil, 1, "no such file"},
		{"strict, with a bad line", "b.csv", good + "x\n", []string{"--strict"}, 1, "nothing was taken, because 1 line is bad."},
		{"a bad time zone", "b.csv", good, []string{"--time-zone", "Nowhere"}, 1, "not a time zone"},
		{"all is good", "our_deals-2026.csv", good, []string{"--time-zone", "Europe/Stockholm"}, 0, "2 facts were taken."},
		{"the same again", "our_deals-2026.csv", good, nil, 0, "all 2 facts were there already"},
		{"some lines are bad", "c.csv", good + "d1,2026-01-03T00:00:00Z,stage,offer,\nx\n", nil, 3, "1 fact was taken, 2 were there already, 1 line was rejected."},
		{"all lines are bad", "d.csv", header + "x\n", nil, 1, "nothing was taken; 1 line was rejected."},
		{"another organization", "c.csv", good, []string{"--organization", "Theirs"}, 1, "there is: our deals 2026"},
	}
	for _, s := range steps {
		t.Run(s.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), s.file)
			if s.text != "" {
				if err := os.WriteFile(file, []byte(s.text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			var out bytes.Buffer
			code := run(t.Context(), append([]string{"import", "history", file, "--data", folder}, s.flags...), &out, &out)
			if code != s.code || !strings.Contains(out.String(), s.says) {
				t.Errorf("exit code %d, want %d; it says:\n%s\nwant %q", code, s.code, &out, s.says)
			}
		})
	}
}

// Targets come in by command as they do by the page: the same rules, the same rejects.
func TestImportTargetsByCommand(t *testing.T) {
	eachKept(t, func(s *keptSite) {
		const good = "person,2026-07,2026-08\nDan Alpha,1000,2000\n"
		steps := []struct {
			name, text string
			flags      []string
			code       int
			says       string
		}{
			{"a wrong header", "a,b\n1,2\n", nil, 1, "must name the columns"},
			{"not text", "\xff\xfe", nil, 1, "CSV UTF-8"},
			{"a wrong measure", good, []string{"--in", "apples and pears"}, 1, "a currency like EUR, or wins"},
			{"strict, with a bad line", good + "Nobody,1,2\n", []string{"--strict"}, 1, "nothing was set, because 1 line is bad."},
			{"all is good", good, nil, 0, "2 months were set."},
			{"the same again", good, nil, 0, "nothing was added"},
			{"some lines are bad", good + "Eve Alpha,5,6\nNobody,1,2\n", nil, 3, "2 months were set, 2 stood so already, 1 line was rejected."},
			{"won deals of a team", "manager,month,wins\nBen Alpha,2026-07,12\n", []string{"--in", "wins", "--team"}, 0, "1 month was set."},
			{"all lines are bad", "person,month,amount\nDan Alpha,2026-13,5\n", nil, 1, "nothing was set; 1 line was rejected."},
			{"no such organization", good, []string{"--organization", "Theirs"}, 1, "there is no organization called"},
		}
		for _, step := range steps {
			file := filepath.Join(s.TempDir(), "targets.csv")
			if err := os.WriteFile(file, []byte(step.text), 0o600); err != nil {
				s.Fatal(err)
			}
			args := append([]string{"import", "targets", file}, step.flags...)
			if step.name != "no such organization" {
				args = append(args, "--organization", s.alpha.Name)
			}
			code, said := s.command(s.store, nil, args...)
			if code != step.code || !strings.Contains(said, step.says) {
				s.Errorf("%s: exit code %d, want %d; it says:\n%s\nwant %q", step.name, code, step.code, said, step.says)
			}
			if _, path, kept := strings.Cut(said, "with the reasons: "); kept {
				text, err := os.ReadFile(strings.TrimSpace(path))
				if lines := strings.Split(string(text), "\n"); err != nil || len(lines) != 3 || lines[0] != "line,reason,as it was" || !strings.HasSuffix(lines[1], `"`) {
					s.Errorf("%s: the rejects are %q (%v)", step.name, text, err)
				}
			}
		}
		book, err := targets.AsOf(s.Context(), s.alpha.DB, s.alpha.ID, calendar.Period{From: "2026-07-01", Until: "2026-09-01"}, deals.Ever)
		if err != nil {
			s.Fatal(err)
		}
		for cell, want := range map[targets.Cell]int64{
			{Person: s.alpha.Dan.ID, Scope: targets.Own, Month: "2026-08-01", Measure: targets.Money(s.alpha.Currency)}: 2000_00,
			{Person: s.alpha.Ben.ID, Scope: targets.Team, Month: "2026-07-01", Measure: targets.Wins}:                   12,
		} {
			if got := book.Value(cell); got == nil || *got != want {
				s.Errorf("%+v is %v, want %d", cell, got, want)
			}
		}
	})
}
