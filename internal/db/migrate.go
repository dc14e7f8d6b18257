package db

import (
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing/fstest"

	"github.com/pressly/goose/v3"
)

// migrationName is the form of a schema file: date, a number that orders the files
// of a day, and what it is about ("2026-11-21-02-ledger.sql").
var migrationName = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})-(\d{2})-([a-z-]+)\.sql$`)

// Migrate brings the schema to where the program expects it. The schema files of
// all capabilities are merged by name and each is applied once, in a transaction.
// On PostgreSQL every table with an org_id is then put under row-level security.
func (d *DB) Migrate(ctx context.Context, schemas ...fs.FS) error {
	merged, err := merge(d.kind, schemas)
	if err != nil || len(merged) == 0 {
		return err
	}
	dialect := goose.DialectSQLite3
	if d.kind == Postgres {
		dialect = goose.DialectPostgres
	}
	provider, err := goose.NewProvider(dialect, d.pools.write, merged, goose.WithAllowOutofOrder(true),
		goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("reading the schema: %w", err)
	}
	if pending, err := provider.HasPending(ctx); err != nil {
		return fmt.Errorf("reading the state of the schema: %w", err)
	} else if !pending {
		return nil
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("bringing the schema up to date: %w", err)
	}
	return d.secure(ctx)
}

// merge gathers what schema files say to a kind of database under the numbers that
// goose orders them by, and refuses two files with one number.
func merge(kind Kind, schemas []fs.FS) (fstest.MapFS, error) {
	merged, owners := fstest.MapFS{}, map[string]string{}
	for _, schema := range schemas {
		names, err := fs.Glob(schema, "schema/*.sql")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			base := strings.TrimPrefix(name, "schema/")
			part := migrationName.FindStringSubmatch(base)
			if part == nil {
				return nil, fmt.Errorf("the schema file %s is not named like 2026-11-21-01-people.sql", base)
			}
			number := strings.Join(part[1:5], "")
			if other, taken := owners[number]; taken {
				return nil, fmt.Errorf("the schema files %s and %s have the same number", other, base)
			}
			text, err := fs.ReadFile(schema, name)
			if err != nil {
				return nil, err
			}
			if text, err = linesFor(kind, text); err != nil {
				return nil, fmt.Errorf("the schema file %s, %w", base, err)
			}
			owners[number] = base
			merged[number+"_"+part[5]+".sql"] = &fstest.MapFile{Data: withMark(text)}
		}
	}
	return merged, nil
}

// withMark adds goose's mark, so that schema files are plain SQL.
func withMark(text []byte) []byte {
	return append([]byte("-- +goose Up\n"), text...)
}

// secure confines every table that has an org_id to the organization that the
// connection was told (see confine), also for the tables' owner.
func (d *DB) secure(ctx context.Context) error {
	if d.kind != Postgres {
		return nil
	}
	open, err := All[string](ctx, d, `
		select c.relname
		from pg_class c
		join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
		where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
			and not c.relforcerowsecurity
		order by c.relname`)
	if err != nil {
		return err
	}
	return d.InTx(ctx, func(tx *DB) error {
		for _, table := range open {
			for _, statement := range []string{
				"create policy own_organization on %[1]s using (org_id = current_setting('milepost.org', true) or current_setting('milepost.org', true) = '*')",
				"alter table %[1]s enable row level security",
				"alter table %[1]s force row level security",
			} {
				if _, err := tx.Exec(ctx, fmt.Sprintf(statement, table)); err != nil {
					return fmt.Errorf("securing %s: %w", table, err)
				}
			}
		}
		return nil
	})
}
