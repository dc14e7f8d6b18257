package db

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/jackc/pgx/v5/stdlib"
)

// OneOf is the condition that a column's value is in a list, which is handed over
// as one argument made by List: OneOf("o.owner_id", 2).
func (d *DB) OneOf(column string, argument int) string {
	if d.kind == Postgres {
		return fmt.Sprintf("%s = any(array(select jsonb_array_elements_text($%d::text::jsonb)))", column, argument)
	}
	return fmt.Sprintf("%s in (select value from json_each($%d))", column, argument)
}

// OneOfMany is OneOf for a list so long that rows are not looked up by it but compared
// with it as they are read. PostgreSQL would go through the list for each row, and here
// makes a hash of it once.
func (d *DB) OneOfMany(column string, argument int) string {
	if d.kind == Postgres {
		return fmt.Sprintf("(%s in (select jsonb_array_elements_text($%d::text::jsonb))) is true", column, argument)
	}
	return d.OneOf(column, argument)
}

// List packs values for OneOf.
func List[T ~string](values []T) string {
	if len(values) == 0 {
		return "[]"
	}
	packed, _ := json.Marshal(values) // strings always marshal
	return string(packed)
}

// InsertMany writes rows of equal shape, as fast as the database takes them: arrays
// on PostgreSQL, many rows a statement on SQLite. It must run in a transaction,
// so that it happens whole or not at all. Values are strings, integers, floats,
// named strings and integers, or nil.
func (d *DB) InsertMany(ctx context.Context, table string, columns []string, rows [][]any) error {
	if d.tx == nil {
		return fmt.Errorf("inserting into %s: many rows are written inside a transaction", table)
	}
	if len(rows) == 0 {
		return nil
	}
	if d.kind == Postgres {
		return translate(d.unnest(ctx, table, columns, rows), "insert into "+table)
	}
	return translate(d.insertChunks(ctx, table, columns, rows), "insert into "+table)
}

// unnest hands over one array a column. (COPY would be faster still, but
// PostgreSQL refuses it on tables with row-level security.)
func (d *DB) unnest(ctx context.Context, table string, columns []string, rows [][]any) error {
	var arrays []any
	var casts, named []string
	for c := range columns {
		array, cast, err := column(rows, c)
		if err != nil {
			return fmt.Errorf("column %s: %w", columns[c], err)
		}
		if array == nil {
			continue // nothing but nulls, whose type cannot be told: left out, it is null
		}
		arrays, named = append(arrays, array), append(named, columns[c])
		casts = append(casts, fmt.Sprintf("$%d::%s", len(arrays), cast))
	}
	query := fmt.Sprintf("insert into %s (%s) select * from unnest(%s)", table,
		strings.Join(named, ", "), strings.Join(casts, ", "))
	return d.tx.conn.Raw(func(driver any) error {
		_, err := driver.(*stdlib.Conn).Conn().Exec(ctx, query, arrays...)
		return err
	})
}

// column gathers one column of the rows as a typed array with nulls; nil when there
// is nothing but nulls.
func column(rows [][]any, c int) (array any, cast string, err error) {
	texts, numbers, floats := make([]*string, len(rows)), make([]*int64, len(rows)), make([]*float64, len(rows))
	for r, row := range rows {
		value := reflect.ValueOf(row[c])
		switch value.Kind() {
		case reflect.Invalid: // nil
		case reflect.String:
			text := value.String()
			texts[r], cast = &text, "text[]"
		case reflect.Int, reflect.Int64, reflect.Int32:
			number := value.Int()
			numbers[r], cast = &number, "bigint[]"
		case reflect.Float64:
			float := value.Float()
			floats[r], cast = &float, "double precision[]"
		default:
			return nil, "", fmt.Errorf("a %T cannot be written", row[c])
		}
	}
	switch cast {
	case "bigint[]":
		return numbers, cast, nil
	case "double precision[]":
		return floats, cast, nil
	case "text[]":
		return texts, cast, nil
	}
	return nil, "", nil
}

// rowsPerStatement keeps a statement short enough to be planned quickly; larger
// ones were no faster when measured.
const rowsPerStatement = 100

func (d *DB) insertChunks(ctx context.Context, table string, columns []string, rows [][]any) error {
	args := make([]any, 0, rowsPerStatement*len(columns))
	for len(rows) > 0 {
		n := min(rowsPerStatement, len(rows))
		statement, err := d.tx.prepared(ctx, insertText(table, columns, n))
		if err != nil {
			return err
		}
		args = args[:0]
		for _, row := range rows[:n] {
			args = append(args, row...)
		}
		if _, err := statement.ExecContext(ctx, args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// insertText leaves the arguments unnamed: the driver looks a named one up among all
// the others, which took two fifths of the time of a statement with many rows.
func insertText(table string, columns []string, rows int) string {
	row := "(?" + strings.Repeat(",?", len(columns)-1) + ")"
	return fmt.Sprintf("insert into %s (%s) values %s%s", table, strings.Join(columns, ", "),
		row, strings.Repeat(","+row, rows-1))
}
