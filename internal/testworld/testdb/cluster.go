package testdb

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// server is a PostgreSQL server that tests make schemas on.
type server struct {
	address string // of a user who may create schemas and is not a superuser
	schemas atomic.Int64
	prefix  string
	// lifeline is the input of the shell beside a private server, held open for as
	// long as this program lives.
	lifeline io.Closer
}

var postgres = sync.OnceValues(func() (*server, error) {
	if address := os.Getenv("MILEPOST_TEST_POSTGRES"); address != "" {
		return &server{address: address, prefix: fmt.Sprintf("test%d_", os.Getpid())}, nil
	}
	return startCluster()
})

// startCluster makes a private cluster. A shell stands between it and the test
// program: when the program ends, however it ends, the shell's input closes, and
// it stops the server and removes the folder.
func startCluster() (*server, error) {
	programs, err := findPrograms()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "mp")
	if err != nil {
		return nil, err
	}
	as, err := notRoot(folder)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(folder, "d")
	initdb := exec.Command(filepath.Join(programs, "initdb"), "--pgdata="+data, "--username=tests",
		"--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	initdb.SysProcAttr, initdb.Dir = as, folder
	if out, err := initdb.CombinedOutput(); err != nil {
		os.RemoveAll(folder)
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	shell := exec.Command("sh", "-c", `"$1" -D "$2" -c listen_addresses= -c unix_socket_directories="$3" `+
		`-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200 `+
		`>"$3/log" 2>&1 & pid=$!; cat >/dev/null; kill -QUIT $pid; wait $pid; rm -rf "$3"`,
		"sh", filepath.Join(programs, "postgres"), data, folder)
	shell.SysProcAttr, shell.Dir = as, folder
	lifeline, err := shell.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := shell.Start(); err != nil {
		return nil, err
	}
	return prepare(folder, lifeline)
}

// prepare waits for the server and makes the user whom row-level security binds.
func prepare(folder string, lifeline io.Closer) (*server, error) {
	boss := "postgres:///postgres?user=tests&host=" + url.QueryEscape(folder)
	var err error
	for range 200 {
		if err = run(context.Background(), boss, "create role milepost login nosuperuser; create database milepost owner milepost"); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err != nil {
		return nil, fmt.Errorf("waiting for PostgreSQL: %w", err)
	}
	return &server{address: "postgres:///milepost?user=milepost&host=" + url.QueryEscape(folder), prefix: "t", lifeline: lifeline}, nil
}

func run(ctx context.Context, address string, statements string) error {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return err
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	pool := stdlib.OpenDB(*config)
	defer pool.Close()
	return each(ctx, pool, statements)
}

// each runs statements one by one: "create database" must stand alone.
func each(ctx context.Context, pool *sql.DB, statements string) error {
	for _, statement := range splitStatements(statements) {
		if _, err := pool.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func (s *server) newSchema(ctx context.Context) (address string, drop func(context.Context) error, err error) {
	name := s.prefix + strconv.FormatInt(s.schemas.Add(1), 10)
	if err := run(ctx, s.address, "create schema "+name); err != nil {
		return "", nil, err
	}
	parsed, err := url.Parse(s.address)
	if err != nil {
		return "", nil, err
	}
	q := parsed.Query()
	q.Set("search_path", name)
	parsed.RawQuery = q.Encode()
	return parsed.String(), func(ctx context.Context) error {
		return run(ctx, s.address, "drop schema "+name+" cascade")
	}, nil
}

// findPrograms finds the folder of PostgreSQL's server programs.
func findPrograms() (string, error) {
	candidates, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if found, err := exec.LookPath("initdb"); err == nil {
		candidates = append(candidates, filepath.Dir(found))
	}
	for _, folder := range candidates {
		if _, err := os.Stat(filepath.Join(folder, "initdb")); err == nil {
			return folder, nil
		}
	}
	return "", fmt.Errorf("its server programs (initdb, postgres) are not installed")
}

// notRoot gives the folder to an ordinary user when this program runs as root, as
// whom PostgreSQL refuses to run.
func notRoot(folder string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(found.Uid)
		gid, _ := strconv.Atoi(found.Gid)
		if err := os.Chown(folder, uid, gid); err != nil {
			return nil, err
		}
		return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return nil, fmt.Errorf("this runs as root, and there is no ordinary user to run PostgreSQL as")
}

func splitStatements(text string) []string { return strings.Split(text, "; ") }
