package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"milepost/problem"
)

// All reads every row into a T: a struct with `db` tags (fields of embedded
// structs count), or a single value such as int or a named string.
func All[T any](ctx context.Context, d *DB, query string, args ...any) ([]T, error) {
	var list []T
	err := Each(ctx, d, func(row *T) error {
		list = append(list, *row)
		return nil
	}, query, args...)
	return list, err
}

// One reads the first row; when there is none it is problem.NotFound, which the
// caller says in better words.
func One[T any](ctx context.Context, d *DB, query string, args ...any) (T, error) {
	var found T
	ok := false
	err := Each(ctx, d, func(row *T) error {
		found, ok = *row, true
		return errEnough
	}, query, args...)
	if err == nil && !ok {
		err = problem.NotFound("this is not there")
	}
	return found, err
}

// Each hands every row to visit, one at a time, in memory for one row; the row is
// used again for the next. Visit must not use the handle when it is a transaction.
func Each[T any](ctx context.Context, d *DB, visit func(*T) error, query string, args ...any) error {
	err := d.use(ctx, false, func(q querier) error {
		rows, err := q.QueryContext(ctx, query, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		return eachRow(rows, visit)
	})
	var stopped *visitError
	switch {
	case !errors.As(err, &stopped):
		return translate(err, query)
	case stopped.error == errEnough:
		return nil
	}
	return stopped.error
}

var errEnough = errors.New("enough rows")

// visitError carries what a visitor said past the reading of rows, so that it
// reaches the caller as it was.
type visitError struct{ error }

func eachRow[T any](rows *sql.Rows, visit func(*T) error) error {
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	var row T
	targets, err := targetsOf(&row, columns)
	if err != nil {
		return err
	}
	for rows.Next() {
		var fresh T
		row = fresh
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		if err := visit(&row); err != nil {
			return &visitError{err}
		}
	}
	return rows.Err()
}

// targetsOf lists pointers into the row, one for each column.
func targetsOf(row any, columns []string) ([]any, error) {
	value := reflect.ValueOf(row).Elem()
	if value.Kind() != reflect.Struct {
		return []any{row}, nil
	}
	fields := fieldsOf(value.Type())
	targets := make([]any, len(columns))
	for i, column := range columns {
		index, ok := fields[column]
		if !ok {
			return nil, fmt.Errorf("%s has no field for the column %q", value.Type(), column)
		}
		targets[i] = value.FieldByIndex(index).Addr().Interface()
	}
	return targets, nil
}

var fieldCache sync.Map // reflect.Type -> map[string][]int

func fieldsOf(t reflect.Type) map[string][]int {
	if known, ok := fieldCache.Load(t); ok {
		return known.(map[string][]int)
	}
	fields := map[string][]int{}
	for _, f := range reflect.VisibleFields(t) {
		if name := strings.TrimSpace(f.Tag.Get("db")); name != "" {
			fields[name] = f.Index
		}
	}
	fieldCache.Store(t, fields)
	return fields
}
