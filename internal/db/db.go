// Package db is the one way to a database: SQLite in a file (the default, nothing
// to install) or PostgreSQL (for more than one machine). A handle is a pool or a
// transaction; who holds it need not know which. SQL is written once, in $1 form;
// the few fragments that differ between the two databases live in this package.
//
// A handle is either confined to one organization (For) or, said aloud, not
// (Everywhere). On PostgreSQL, row-level security holds a confined handle to its
// organization even where a query forgets to.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"

	"milepost/calendar"
	"milepost/problem"
)

// Org is the id of an organization, the tenant that every row belongs to.
type Org string

// Kind is the sort of database behind a handle.
type Kind string

// The kinds of database.
const (
	SQLite   Kind = "sqlite"
	Postgres Kind = "postgres"
)

// everywhere is the setting that lets a handle see all organizations.
const everywhere Org = "*"

// DB is a handle: a pool, or a transaction inside InTx.
type DB struct {
	kind  Kind
	org   Org
	pools *pools
	tx    *tx
	ids   func(calendar.Instant) string // nil for NewID
}

type pools struct {
	read, write *sql.DB
	path        string // of the SQLite file, or the PostgreSQL address
	close       sync.Once
	turns       turns
}

type tx struct {
	conn       *sql.Conn
	tx         *sql.Tx
	statements map[string]*sql.Stmt // of InsertMany, closed with the transaction
}

// prepared keeps a statement for as long as the transaction lasts.
func (t *tx) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if known, ok := t.statements[query]; ok {
		return known, nil
	}
	statement, err := t.tx.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if t.statements == nil {
		t.statements = map[string]*sql.Stmt{}
	}
	t.statements[query] = statement
	return statement, nil
}

// Kind tells which database is behind the handle.
func (d *DB) Kind() Kind { return d.kind }

// Org is the organization that the handle is confined to; empty when it is not.
func (d *DB) Org() Org {
	if d.org == everywhere {
		return ""
	}
	return d.org
}

// For confines the handle to one organization.
func (d *DB) For(org Org) *DB {
	confined := *d
	confined.org = org
	return &confined
}

// Everywhere lifts the confinement: for signing in, for jobs that visit every
// organization, and for verification.
func (d *DB) Everywhere() *DB { return d.For(everywhere) }

// Path is the SQLite file's path; empty on PostgreSQL.
func (d *DB) Path() string {
	if d.kind == SQLite {
		return d.pools.path
	}
	return ""
}

// Close ends the pools. A transaction's handle must not be closed.
func (d *DB) Close() error {
	var err error
	d.pools.close.Do(func() {
		err = errors.Join(d.pools.read.Close(), d.closeWriter())
	})
	return err
}

func (d *DB) closeWriter() error {
	if d.pools.write == d.pools.read {
		return nil
	}
	return d.pools.write.Close()
}

// querier is what a pool, a connection and a transaction have in common.
type querier interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}

// use hands work the querier to run on: the transaction, the SQLite pool, or a
// PostgreSQL connection that has been told its organization.
func (d *DB) use(ctx context.Context, writes bool, work func(querier) error) error {
	if d.tx != nil {
		return work(d.tx.tx)
	}
	if d.kind == SQLite {
		if writes {
			return work(d.pools.write)
		}
		return work(d.pools.read)
	}
	conn, err := d.confinedConn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return work(conn)
}

// Exec runs a statement that returns no rows and tells how many it changed.
func (d *DB) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	var changed int64
	err := d.use(ctx, true, func(q querier) error {
		result, err := q.ExecContext(ctx, query, args...)
		if err != nil {
			return err
		}
		changed, err = result.RowsAffected()
		return err
	})
	return changed, translate(err, query)
}

// InTx runs work in a transaction and commits it when work returns nil. A handle
// that is a transaction already runs the work inside it, so calls nest. A
// transaction that lost a race (serialization failure, deadlock, busy database)
// is run again, so work must not have effects outside the database.
func (d *DB) InTx(ctx context.Context, work func(*DB) error) error {
	if d.tx != nil {
		return work(d)
	}
	for attempt := 1; ; attempt++ {
		err := d.once(ctx, work)
		if err == nil || attempt >= maxAttempts || !lostRace(err) || ctx.Err() != nil {
			return err
		}
		if err := pause(ctx, attempt); err != nil {
			return err
		}
	}
}

func (d *DB) once(ctx context.Context, work func(*DB) error) (err error) {
	conn, err := d.writeConn(ctx)
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	defer conn.Close()
	began, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	defer began.Rollback() // does nothing after a commit
	inside := *d
	inside.tx = &tx{conn: conn, tx: began}
	if err := work(&inside); err != nil {
		return err
	}
	if err := began.Commit(); err != nil {
		return translate(err, "commit")
	}
	return nil
}

// Snapshot runs reads that must fit together: all of them see the database as it
// was when the first was made, whatever is written meanwhile.
func (d *DB) Snapshot(ctx context.Context, reads func(*DB) error) error {
	if d.tx != nil {
		return reads(d)
	}
	conn, err := d.readConn(ctx)
	if err != nil {
		return fmt.Errorf("beginning a snapshot: %w", err)
	}
	defer conn.Close()
	var options *sql.TxOptions // SQLite's transactions are snapshots
	if d.kind == Postgres {
		options = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	began, err := conn.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("beginning a snapshot: %w", err)
	}
	defer began.Rollback()
	inside := *d
	inside.tx = &tx{conn: conn, tx: began}
	return reads(&inside)
}

func (d *DB) readConn(ctx context.Context) (*sql.Conn, error) {
	if d.kind == SQLite {
		return d.pools.read.Conn(ctx)
	}
	return d.confinedConn(ctx)
}

func (d *DB) writeConn(ctx context.Context) (*sql.Conn, error) {
	if d.kind == SQLite {
		return d.pools.write.Conn(ctx)
	}
	return d.confinedConn(ctx)
}

// translate turns the database's refusals into problems, by code and never by text.
func translate(err error, query string) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	if _, ok := problem.Of(err); ok {
		return err
	}
	switch violation(err) {
	case unique:
		return fmt.Errorf("%w (%w)", problem.Conflict("", "this is there already"), err)
	case foreign:
		return fmt.Errorf("%w (%w)", problem.Conflict("", "something this refers to is not there"), err)
	case check:
		return fmt.Errorf("%w (%w)", problem.Invalid("", "a value is outside what is allowed"), err)
	}
	return fmt.Errorf("%s: %w", firstWords(query), err)
}

func firstWords(query string) string {
	words := strings.Fields(query)
	if len(words) > 6 {
		words = words[:6]
	}
	return strings.Join(words, " ")
}
