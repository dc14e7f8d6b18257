package db

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// OpenPostgres opens a pool on a PostgreSQL address
// (postgres://user:password@host:5432/name). The user should own the tables and
// not be a superuser, or row-level security, the second lock between
// organizations, does not bind it.
func OpenPostgres(ctx context.Context, address string) (*DB, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("the database address cannot be read: %w", err)
	}
	config.RuntimeParams["application_name"] = "milepost"
	config.RuntimeParams["timezone"] = "UTC"
	pool := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(plainly))
	pool.SetMaxOpenConns(max(16, 4*runtime.NumCPU()))
	pool.SetMaxIdleConns(8)
	if err := pool.PingContext(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("reaching the PostgreSQL database: %w", err)
	}
	return &DB{kind: Postgres, org: everywhere, pools: &pools{read: pool, write: pool, path: address}}, nil
}

// plainly has queries run as they are planned. PostgreSQL compiles those that it guesses
// to be long, which takes a tenth of a second and up, many times what it saves here.
func plainly(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, "set jit = off")
	return err
}

// confinedConn takes a connection from the pool and tells it its organization,
// which costs a round trip only when it was used for another one before.
func (d *DB) confinedConn(ctx context.Context) (*sql.Conn, error) {
	conn, err := d.pools.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if err := d.confine(ctx, conn); err != nil {
		conn.Close()
		return nil, fmt.Errorf("confining a connection: %w", err)
	}
	return conn, nil
}

const confinedTo = "milepost.org"

func (d *DB) confine(ctx context.Context, conn *sql.Conn) error {
	return conn.Raw(func(driver any) error {
		c := driver.(*stdlib.Conn).Conn()
		if known, _ := c.PgConn().CustomData()[confinedTo].(Org); known == d.org {
			return nil
		}
		delete(c.PgConn().CustomData(), confinedTo)
		if _, err := c.Exec(ctx, "select set_config('milepost.org', $1, false)", string(d.org)); err != nil {
			return err
		}
		c.PgConn().CustomData()[confinedTo] = d.org
		return nil
	})
}
