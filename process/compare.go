package process

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"milepost/internal/db"
	"milepost/internal/ledger"
)

// compareAll says in sentences where the rows of processes differ from the ledger.
func compareAll(ctx context.Context, d *db.DB, rows []Process, ids []string) ([]string, error) {
	var differences []string
	for _, id := range ids {
		entries, err := ledger.OfSubject(ctx, d, d.Org(), id)
		if err != nil {
			return differences, err
		}
		entries = slices.DeleteFunc(entries, func(e ledger.Entry) bool { return !slices.Contains(Kinds, e.Kind) })
		want, err := Fold(entries)
		if err != nil {
			return differences, err
		}
		i := slices.IndexFunc(rows, func(p Process) bool { return p.ID == want.ID })
		if i < 0 {
			differences = append(differences, fmt.Sprintf("process %s is in the ledger, but has no row", id))
			continue
		}
		if !reflect.DeepEqual(rows[i], want) {
			differences = append(differences, fmt.Sprintf("process %s (%s) is otherwise in the table than by the ledger", id, want.Name()))
		}
		rows = slices.Delete(slices.Clone(rows), i, i+1)
	}
	for _, p := range rows {
		differences = append(differences, fmt.Sprintf("process %s (%s) has a row, but no entry in the ledger", p.ID, p.Name()))
	}
	return differences, nil
}
