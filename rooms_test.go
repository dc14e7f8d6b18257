package milepost_test

import (
	"go/build"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "milepost/"

var values = []string{"calendar", "money", "problem"}

var furniture = []string{"internal/db", "internal/ledger", "internal/jobs", "internal/ui", "internal/web", "internal/slice", "internal/fold", "internal/pasted"}

// ground is what the rooms of stats share, so that nobody works it out twice.
var ground = []string{"stats/linear", "stats/proportions"}

// spine is in order: a room of the spine may import those before it.
var spine = []string{"people", "money/rates", "views", "bulk", "deals", "products", "accounts", "activities", "process", "process/evidence",
	"process/triad", "process/plans", "process/audits", "process/editor", "process/past", "targets", "calls", "forecasts"}

var leaves = []string{"board", "imports", "monday", "search"}

// mayImport tells which of our rooms a room may import. A name that ends in / means
// everything below it. Every room has a line here, by its kind or its name.
func mayImport(room string) (allowed []string, known bool) {
	switch {
	case slices.Contains(values, room), slices.Contains(ground, room):
		return nil, true
	case room == "stats/totals": // sums up what is drawn
		return append([]string{"stats/draws"}, ground...), true
	case strings.HasPrefix(room, "stats/"): // floats and days
		return ground, true
	case room == "internal/db", room == "internal/ui", room == "internal/archive", room == "internal/fold", room == "internal/pasted":
		return values, true
	case room == "internal/ledger", room == "internal/jobs":
		return append([]string{"internal/db"}, values...), true
	case room == "internal/web":
		return append([]string{"internal/ui"}, values...), true
	case room == "internal/slice":
		return append([]string{"internal/db", "internal/jobs", "internal/web"}, values...), true
	case room == "internal/testworld/testdb":
		return append([]string{"internal/db"}, values...), true
	case slices.Contains(spine, room):
		below := spine[:slices.Index(spine, room)]
		allowed = slices.Concat(below, furniture, values)
		if room == "forecasts" {
			allowed = append(allowed, "forecasts/history", "forecasts/landmark", "forecasts/reference", "stats/")
		}
		if room == "process/audits" || room == "process/past" { // the interval of a pass rate, which nobody shall work out twice
			allowed = append(allowed, "stats/proportions")
		}
		return allowed, true
	case room == "forecasts/reference": // what is assumed; it shows what a model hands up to it
		return slices.Concat([]string{"people", "stats/proportions"}, furniture, values), true
	case room == "forecasts/history": // the wall: what was known, and nothing of methods
		return slices.Concat([]string{"people", "money/rates", "deals", "process/evidence", "process/triad", "process/plans", "forecasts/reference"}, furniture, values), true
	case room == "forecasts/landmark": // the three generations, which learn from a past
		return slices.Concat([]string{"forecasts/history", "forecasts/reference", "stats/"}, values), true
	case room == "forecasts/changes": // tells deals to models again
		return slices.Concat(spine, furniture, values, []string{"forecasts/history", "forecasts/landmark"}), true
	case room == "forecasts/record": // a leaf above forecasts: what was said against what came
		return slices.Concat(spine, []string{"forecasts/history", "forecasts/reference", "stats/"}, furniture, values), true
	case room == "monday": // a quantile, which nobody shall work out twice
		return slices.Concat(spine, furniture, values, []string{"stats/proportions"}), true
	case slices.Contains(leaves, room):
		return slices.Concat(spine, furniture, values), true
	case room == "cmd/milepost", room == "internal/testworld", strings.HasPrefix(room, "internal/testworld/"):
		return []string{""}, true
	}
	return nil, false
}

// The rooms of the house import only what docs/house.md lets them.
func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	for _, room := range roomsOf(t) {
		allowed, known := mayImport(room)
		if !known {
			t.Errorf("the room %s is not in the table: add it to rooms_test.go and docs/house.md", room)
			continue
		}
		pack, err := build.ImportDir(room, 0)
		if err != nil {
			t.Fatalf("reading %s: %v", room, err)
		}
		for _, path := range pack.Imports {
			if ours, is := strings.CutPrefix(path, module); is && !permitted(ours, allowed) {
				t.Errorf("%s imports %s, which it may not know", room, ours)
			}
		}
	}
}

func permitted(path string, allowed []string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		return path == a || a == "" && !strings.HasPrefix(path, "cmd/") || strings.HasSuffix(a, "/") && strings.HasPrefix(path, a)
	})
}

// roomsOf lists the folders that hold Go code other than tests.
func roomsOf(t *testing.T) []string {
	t.Helper()
	var rooms []string
	err := filepath.WalkDir(".", func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if name := entry.Name(); path != "." && (strings.HasPrefix(name, ".") || name == "testdata" || name == "assets") {
			return filepath.SkipDir
		}
		files, _ := filepath.Glob(filepath.Join(path, "*.go"))
		if path != "." && slices.ContainsFunc(files, func(f string) bool { return !strings.HasSuffix(f, "_test.go") }) {
			rooms = append(rooms, filepath.ToSlash(path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rooms
}

// goFiles visits the text of every Go file that is neither a test nor generated.
func goFiles(t *testing.T, visit func(path, text string)) {
	t.Helper()
	for _, room := range roomsOf(t) {
		files, _ := filepath.Glob(filepath.Join(room, "*.go"))
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_templ.go") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			visit(filepath.ToSlash(file), string(text))
		}
	}
}

// Time comes from the clock that main makes; rules take it as an argument.
func TestOnlyTheCalendarReadsTheClock(t *testing.T) {
	allowed := []string{"calendar/instant.go", "internal/web/web.go", "internal/testworld/bench/bench.go"} // the clock, and how long a request or a benchmark took
	goFiles(t, func(path, text string) {
		if strings.Contains(text, "time.Now(") && !slices.Contains(allowed, path) {
			t.Errorf("%s reads the machine's clock; take the instant as an argument", path)
		}
	})
}

// SQL stands in store.go, so that who changes a table knows where to look.
func TestSQLStandsInTheStore(t *testing.T) {
	goFiles(t, func(path, text string) {
		base := filepath.Base(path)
		if strings.HasPrefix(path, "internal/db/") || strings.HasPrefix(path, "internal/testworld/") || base == "store.go" || strings.HasSuffix(base, "_store.go") {
			return
		}
		for _, line := range strings.Split(text, "\n") {
			line = strings.TrimSpace(line)
			for _, opening := range []string{"select ", "insert into ", "update ", "delete from "} {
				if strings.HasPrefix(line, opening) && line != "select {" || strings.Contains(line, "`"+opening) || strings.Contains(line, `"`+opening) {
					t.Errorf("%s has SQL outside store.go: %s", path, line)
				}
			}
		}
	})
}
