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
	return d.forEachRow(ctx, "update "+table+" set "+equals(columns, ", ", len(key))+" where "+equals(key, " and ", 0), rows)
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

// DeleteMany takes rows out that are found by their key, of which each row holds the
// values. It must run in a transaction.
func (d *DB) DeleteMany(ctx context.Context, table string, key []string, rows [][]any) error {
	if d.tx == nil {
		return fmt.Errorf("deleting from %s: many rows are taken out inside a transaction", table)
	}
	if len(rows) == 0 {
		return nil
	}
	if d.kind == Postgres {
		return translate(d.deleteByArrays(ctx, table, key, rows), "delete from "+table)
	}
	return d.forEachRow(ctx, "delete from "+table+" where "+equals(key, " and ", 0), rows)
}

func (d *DB) deleteByArrays(ctx context.Context, table string, key []string, rows [][]any) error {
	var arrays []any
	var casts, found []string
	for c, name := range key {
		array, cast, err := column(rows, c)
		if err != nil || array == nil {
			return fmt.Errorf("the key %s: no values, or %w", name, err)
		}
		arrays = append(arrays, array)
		casts, found = append(casts, fmt.Sprintf("$%d::%s", c+1, cast)), append(found, "t."+name+" = given."+name)
	}
	query := fmt.Sprintf("delete from %s t using unnest(%s) as given (%s) where %s", table,
		strings.Join(casts, ", "), strings.Join(key, ", "), strings.Join(found, " and "))
	return d.tx.conn.Raw(func(driver any) error {
		_, err := driver.(*stdlib.Conn).Conn().Exec(ctx, query, arrays...)
		return err
	})
}

// equals is a list of comparisons or settings of columns, with arguments from the one
// after so many.
func equals(columns []string, between string, after int) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = fmt.Sprintf("%s = $%d", c, after+i+1)
	}
	return strings.Join(list, between)
}

// forEachRow runs one statement with the values of each row.
func (d *DB) forEachRow(ctx context.Context, query string, rows [][]any) error {
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
