package forecasts

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
	"milepost/internal/testworld/testdb"
)

// busy is a year of an organization that works: stages, milestones, activities, amounts,
// owners, segments and criteria, of which some tell who wins.
func busy(deals int) *tiny {
	w, r := &tiny{place: time.UTC}, rand.New(rand.NewPCG(5, 5))
	stages := []string{"first talk", "offer", "terms"}
	for i := range deals {
		id, day := fmt.Sprintf("D%04d", i), 365*r.Float64()
		w.tell(id, day, Created, "", 0)
		w.tell(id, day, Owner, []string{"ann", "bob", "cem"}[r.IntN(3)], 0)
		w.tell(id, day, Amount, "EUR", int64(1000*(1+r.IntN(90))))
		w.tell(id, day, Attribute, []string{"segment=large", "segment=small"}[r.IntN(2)], 0)
		for _, stage := range stages {
			w.tell(id, day, Stage, stage, 0)
			if r.IntN(2) == 0 {
				w.tell(id, day+1, Activity, []string{"call", "visit"}[r.IntN(2)], 0)
			}
			shown := r.IntN(2)
			if shown == 1 {
				w.tell(id, day+2, Milestone, "after "+stage, int64(1+r.IntN(2)))
			}
			w.tell(id, day+2, Criterion, "need", int64(r.IntN(4)))
			day += 3 + 20*r.ExpFloat64()
			if u := r.IntN(10); u < 3-2*shown {
				w.tell(id, day, Outcome, "", int64(Lost)+int64(r.IntN(2)))
				break
			} else if stage == "terms" {
				w.tell(id, day, Outcome, "", int64(Won))
			}
		}
	}
	return w
}

// interpreter finds a Python that has numpy. Without one the test is skipped aloud, or
// fails where MILEPOST_TEST_REQUIRE names "python".
func interpreter(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(name, "-c", "import numpy").Run() == nil {
			return name
		}
	}
	testdb.SkipUnlessRequired(t, "python", "no python3 with numpy (Debian: python3-numpy)")
	return ""
}

// written writes the rows of a backtest into a folder.
func written(t *testing.T, rows *Rows) string {
	t.Helper()
	folder := t.TempDir()
	for _, f := range rows.Files() {
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, f.Name), out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// A program in another language, which shares nothing with this one, comes to the same
// coefficients and scores from the same rows; and sees it when they are not the same.
func TestAnotherProgramComesToTheSame(t *testing.T) {
	python := interpreter(t)
	w := busy(120)
	asOfs := []calendar.Instant{w.at(200), w.at(250), w.at(300)}
	_, rows, err := BacktestRows(t.Context(), w.log(), asOfs, []Horizon{14, 45}, Backtested(), nil)
	if err != nil {
		t.Fatal(err)
	}
	folder := written(t, rows)
	out, err := exec.Command(python, "check/check.py", folder).CombinedOutput()
	t.Logf("%s", out)
	if err != nil || !strings.Contains(string(out), "generation 3") || !strings.Contains(string(out), "figures, the largest difference") {
		t.Errorf("the check: %v", err)
	}
	for name, change := range map[string][2]string{"scores.json": {`"brier":0.`, `"brier":0.00`}, "model.json": {`"coefficients":[`, `"coefficients":[1e-8`}} {
		path := filepath.Join(folder, name)
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		wrong := strings.Replace(string(before), change[0], change[1], 1)
		if err := os.WriteFile(path, []byte(wrong), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(python, "check/check.py", folder).CombinedOutput(); err == nil {
			t.Errorf("%s was changed, and the check says %s", name, out)
		}
		if err := os.WriteFile(path, before, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
