package imports

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What goes through the disk comes out as what is sorted in memory.
func TestSortingOnDiskIsSortingInMemory(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		s := newSorter(folder, rapid.IntRange(1, 2000).Draw(t, "room"))
		defer s.close()
		pairs := rapid.SliceOfN(rapid.SliceOfN(rapid.ByteRange(0, 3), 0, 12), 0, 120).Draw(t, "keys")
		var want []string
		for n, key := range pairs {
			payload := fmt.Sprint(n)
			if err := s.add(key, []byte(payload)); err != nil {
				t.Fatal(err)
			}
			want = append(want, string(key)+"|"+payload)
		}
		order := make([]int, len(pairs))
		for n := range order {
			order[n] = n
		}
		slices.SortStableFunc(order, func(a, b int) int { return bytes.Compare(pairs[a], pairs[b]) })
		for again := range 2 {
			place := 0
			err := s.each(func(key, payload []byte) error {
				if got := string(key) + "|" + string(payload); got != want[order[place]] {
					t.Fatalf("visit %d: place %d holds %q, want %q", again, place, got, want[order[place]])
				}
				place++
				return nil
			})
			if err != nil || place != len(pairs) {
				t.Fatalf("visited %d of %d (%v)", place, len(pairs), err)
			}
		}
	})
	left, _ := os.ReadDir(folder)
	if len(left) != 0 {
		t.Errorf("%d temporary files are left behind", len(left))
	}
}

// A fact comes out of its bytes as it went in, and the bytes sort as facts do.
func TestFactsKeepTheirContentAndOrder(t *testing.T) {
	draw := func(t *rapid.T) fact {
		f := fact{opportunity: rapid.StringMatching(`[a-c]{1,4}`).Draw(t, "opportunity"),
			kind: kind(rapid.IntRange(0, int(outcome)).Draw(t, "kind")), line: rapid.Int64Range(1, 1<<40).Draw(t, "line"),
			name: rapid.StringN(0, 300, -1).Draw(t, "name"), value: rapid.StringN(0, 300, -1).Draw(t, "value")}
		f.at = now - 1000*rapidInstant(t)
		f.written = f.at.String()
		if rapid.Bool().Draw(t, "written otherwise") {
			f.written = "otherwise"
		}
		return f
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := draw(t), draw(t)
		key := a.appendKey(nil)
		if got := readFact(key, a.appendRest(nil), &fact{}); got != a {
			t.Fatalf("came back as %+v, was %+v", got, a)
		}
		if got, want := bytes.Compare(key, b.appendKey(nil)), compareFacts(&a, &b); got != want {
			t.Fatalf("the keys compare as %d, the facts as %d", got, want)
		}
	})
}
