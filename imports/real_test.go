package imports

import (
	"fmt"
	"slices"
	"testing"
)

// The two real logs come in whole, on both databases, with the counts that their
// description gives.
func TestRealLogs(t *testing.T) {
	logs := []struct {
		file                      string
		facts, deals              int64
		won, lost, noAction, open int
	}{
		{"bpic2012_history.csv.gz", 224_782, 13_087, 2_246, 7_635, 2_807, 399},
		{"repd2021_history.csv.gz", 53_272, 6_152, 2_558, 1_101, 912, 1_581},
	}
	for _, l := range logs {
		t.Run(l.file, func(t *testing.T) {
			text := realLog(t, l.file)
			if testing.Short() {
				t.Skip("SKIPPED: a long test")
			}
			each(t, func(t *testing.T, w *world) {
				sum, err := Conduct(t.Context(), w.fresh(), reader(text), int64(len(text)))
				if err != nil || sum.Taken != l.facts || sum.Rejected != 0 || sum.DealsNew != l.deals {
					t.Fatalf("%+v, %v", sum, err)
				}
				counts := map[string]int{}
				for _, row := range readRows(t, w.d(), "opportunities", []string{"outcome"}) {
					counts[fmt.Sprint(row[0])]++
				}
				got := []int{counts["won"], counts["lost"], counts["no_action"], counts["<nil>"]}
				if want := []int{l.won, l.lost, l.noAction, l.open}; !slices.Equal(got, want) {
					t.Errorf("won, lost, no action and open are %v, want %v", got, want)
				}
				w.verify(t)
				again, err := Conduct(t.Context(), w.fresh(), reader(text), int64(len(text)))
				if err != nil || again.Taken != 0 || again.AlreadyThere != l.facts {
					t.Errorf("the second time: %+v, %v", again, err)
				}
			})
		})
	}
}
