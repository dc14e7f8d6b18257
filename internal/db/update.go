package db

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/stdlib"
)

// UpdateMany writes some columns of rows that are there, found by their key: each row
// holds the key's values and then those of the columns, of the kinds that InsertMany
// takes. A column that is null in every row is set to null. It must run in a transaction.
func (d *DB) UpdateMany(ctx context.Context, table string, key, columns []string, rows [][]any) error {
	if d.tx == nil {
		return fmt.Errorf("updating %s: many rows are written inside a transaction", table)
	}
	if len(rows) == 0 {
		return nil
	}
	if d.kind == Postgres {
		return translate(d.updateFromArrays(ctx, table, key, columns, rows), "update "+table)
	}
	sets, found := make([]string, len(columns)), make([]string, len(key))
	for i, k := range key {
		found[i] = fmt.Sprintf("%s = $%d", k, i+1)
	}
	for i, c := range columns {
		sets[i] = fmt.Sprintf("%s = $%d", c, len(key)+i+1)
	}
	query := "update " + table + " set " + strings.Join(sets, ", ") + " where " + strings.Join(found, " and ")
	statement, err := d.tx.prepared(ctx, query)
	if err != nil {
		return translate(err, query)
	}
	for _, row := range rows {
		if _, err := statement.ExecContext(ctx, row...); err != nil {
			return translate(err, query)
		}
	}
	return nil
}

// updateFromArrays hands over one array a column, so that many rows are one statement.
func (d *DB) updateFromArrays(ctx context.Context, table string, key, columns []string, rows [][]any) error {
	var arrays []any
	var casts, named, sets []string
	for c, name := range append(append([]string(nil), key...), columns...) {
		array, cast, err := column(rows, c)
		switch {
		case err != nil:
			return fmt.Errorf("column %s: %w", name, err)
		case array == nil:
			sets = append(sets, name+" = null")
			continue
		}
		arrays, named = append(arrays, array), append(named, name)
		casts = append(casts, fmt.Sprintf("$%d::%s", len(arrays), cast))
		if c >= len(key) {
			sets = append(sets, name+" = given."+name)
		}
	}
	found := make([]string, len(key))
	for i, k := range key {
		found[i] = "t." + k + " = given." + k
	}
	query := fmt.Sprintf("update %s t set %s from unnest(%s) as given (%s) where %s", table, strings.Join(sets, ", "),
		strings.Join(casts, ", "), strings.Join(named, ", "), strings.Join(found, " and "))
	return d.tx.conn.Raw(func(driver any) error {
		_, err := driver.(*stdlib.Conn).Conn().Exec(ctx, query, arrays...)
		return err
	})
}
