package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
