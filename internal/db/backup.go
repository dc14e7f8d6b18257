package db

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Backup writes everything in the database to a new file, as it is at one moment,
// while others go on writing. Whatever the database, the file is a SQLite database
// of the same schema, so that a backup of one kind restores into the other. The
// contents of attached files are not in it: see internal/archive.
func Backup(ctx context.Context, d *DB, path string, schemas ...fs.FS) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s is there already; a backup never overwrites a file", path)
	}
	partial := path + ".partial"
	os.Remove(partial) // of a backup that was cut off
	defer os.Remove(partial)
	var err error
	if d.kind == SQLite {
		err = vacuumInto(ctx, d.pools.path, partial)
	} else {
		err = copyOut(ctx, d, partial, schemas)
	}
	if err != nil {
		return fmt.Errorf("writing the backup: %w", err)
	}
	if err := syncFile(partial); err != nil {
		return err
	}
	return os.Rename(partial, path)
}

func vacuumInto(ctx context.Context, from, to string) error {
	source, err := sql.Open("sqlite", sqliteAddress(from, false))
	if err != nil {
		return err
	}
	defer source.Close()
	_, err = source.ExecContext(ctx, `vacuum into $1`, to)
	return err
}

// copyOut makes an empty SQLite database in a folder of its own and copies every
// table from a snapshot.
func copyOut(ctx context.Context, d *DB, to string, schemas []fs.FS) error {
	folder, err := os.MkdirTemp(filepath.Dir(to), ".backup")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	file, err := OpenSQLite(ctx, folder)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := file.Migrate(ctx, schemas...); err != nil {
		return err
	}
	err = d.Everywhere().Snapshot(ctx, func(from *DB) error { return copyTables(ctx, file, from, file) })
	if err != nil {
		return err
	}
	return vacuumInto(ctx, file.Path(), to)
}

// Restore puts a backup into a data folder that holds no database yet. The file is
// checked before it takes its place.
func Restore(ctx context.Context, path, folder string) error {
	target := filepath.Join(folder, FileName)
	if _, err := os.Stat(target); err == nil {
		return fmt.Errorf("there is a database in %s already; restore into a new folder", folder)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("making the data folder: %w", err)
	}
	partial := target + ".partial"
	defer os.Remove(partial)
	if err := copyFile(path, partial); err != nil {
		return fmt.Errorf("reading the backup: %w", err)
	}
	if err := CheckFile(ctx, partial); err != nil {
		return err
	}
	return os.Rename(partial, target)
}

// RestoreInto copies a backup into a migrated database that holds no organization.
func RestoreInto(ctx context.Context, path string, d *DB) error {
	if err := CheckFile(ctx, path); err != nil {
		return err
	}
	held, err := One[int](ctx, d.Everywhere(), `select count(*) from organizations`)
	if err != nil {
		return err
	}
	if held > 0 {
		return fmt.Errorf("the database holds organizations already; restore into an empty one")
	}
	pool, err := sql.Open("sqlite", sqliteAddress(path, true))
	if err != nil {
		return err
	}
	file := &DB{kind: SQLite, org: everywhere, pools: &pools{read: pool, write: pool, path: path}}
	defer file.Close()
	return d.Everywhere().InTx(ctx, func(into *DB) error {
		return file.Snapshot(ctx, func(from *DB) error { return copyTables(ctx, file, from, into) })
	})
}

// CheckFile tells whether a file is a whole database of Milepost.
func CheckFile(ctx context.Context, path string) error {
	pool, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		return err
	}
	defer pool.Close()
	var verdict string
	if err := pool.QueryRowContext(ctx, `pragma integrity_check`).Scan(&verdict); err != nil {
		return fmt.Errorf("%s is not a Milepost backup, or it is damaged: %w", filepath.Base(path), err)
	}
	if verdict != "ok" {
		return fmt.Errorf("the backup %s is damaged: %s", filepath.Base(path), verdict)
	}
	var tables int
	if err := pool.QueryRowContext(ctx, `select count(*) from sqlite_master where name in ('organizations', 'entries')`).Scan(&tables); err != nil || tables != 2 {
		return fmt.Errorf("%s is a database, but not one of Milepost", filepath.Base(path))
	}
	return nil
}

// copyTables copies the rows of every table that the SQLite schema names, in the
// order in which the tables were made, so that what is referred to comes first. The
// index of words is no table like others: it is made again from what it indexes.
func copyTables(ctx context.Context, schema, from, into *DB) error {
	tables, err := All[string](ctx, schema, `
		select m.name
		from sqlite_master m
		join pragma_table_list t on t.schema = 'main' and t.name = m.name and t.type = 'table'
		where m.name not like 'sqlite_%' and m.name not like 'goose_%'
		order by m.rowid`)
	if err != nil {
		return err
	}
	for _, table := range tables {
		if err := copyTable(ctx, schema, from, into, table); err != nil {
			return fmt.Errorf("copying %s: %w", table, err)
		}
	}
	return nil
}

func copyTable(ctx context.Context, schema, from, into *DB, table string) error {
	columns, err := All[string](ctx, schema, `select name from pragma_table_info($1) order by cid`, table)
	if err != nil {
		return err
	}
	rows, err := from.tx.tx.QueryContext(ctx, "select "+strings.Join(columns, ", ")+" from "+table)
	if err != nil {
		return err
	}
	defer rows.Close()
	const atOnce = 1000
	batch := make([][]any, 0, atOnce)
	write := func() error {
		err := into.InTx(ctx, func(tx *DB) error { return tx.InsertMany(ctx, table, columns, batch) })
		batch = batch[:0]
		return err
	}
	for rows.Next() {
		row, targets := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			targets[i] = &row[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		if batch = append(batch, row); len(batch) == atOnce {
			if err := write(); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return write()
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(target, source); err != nil {
		target.Close()
		return err
	}
	if err := target.Sync(); err != nil {
		target.Close()
		return err
	}
	return target.Close()
}

func syncFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	return file.Sync()
}
