package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/people"
)

// benchData is the data folder that MILEPOST_BENCH_DATA names (a large import, say),
// or that of a demonstration company.
func benchData(b *testing.B) string {
	b.Helper()
	if folder := os.Getenv("MILEPOST_BENCH_DATA"); folder != "" {
		return folder
	}
	folder := b.TempDir()
	p, err := store{Data: folder}.open(b.Context(), slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	defer p.DB.Close()
	if _, err := testworld.Company(b.Context(), p.DB, testworld.Options{Now: tourNow, Seed: 1, Furnished: true}); err != nil {
		b.Fatal(err)
	}
	return folder
}

// BenchmarkStart is how long the program takes from its start until it answers, and
// how much memory it holds when nobody asks anything.
func BenchmarkStart(b *testing.B) {
	folder := benchData(b)
	program := filepath.Join(b.TempDir(), "milepost")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("building: %v: %s", err, out)
	}
	var idle float64
	for b.Loop() {
		idle = startOnce(b, program, folder)
	}
	b.ReportMetric(idle, "MB-idle")
}

func startOnce(b *testing.B, program, folder string) (megabytes float64) {
	b.Helper()
	child := exec.Command(program, "serve", "--data", folder, "--listen", "127.0.0.1:0")
	said := &lineWaiter{line: make(chan string, 1)}
	child.Stdout = said
	if err := child.Start(); err != nil {
		b.Fatal(err)
	}
	ready := <-said.line
	_, rest, _ := strings.Cut(ready, "http://")
	address, _, _ := strings.Cut(rest, " ")
	answer, err := http.Get("http://" + address + "/sign-in")
	if err != nil {
		b.Fatal(err)
	}
	answer.Body.Close()
	b.StopTimer()
	time.Sleep(2 * time.Second) // the jobs of the first minute
	megabytes = residentOf(b, child.Process.Pid)
	child.Process.Signal(os.Interrupt)
	child.Wait()
	b.StartTimer()
	return megabytes
}

// lineWaiter hands over the first line that is written to it.
type lineWaiter struct {
	text bytes.Buffer
	line chan string
	done bool
}

func (l *lineWaiter) Write(p []byte) (int, error) {
	l.text.Write(p)
	if line, err := l.text.ReadString('\n'); err == nil && !l.done {
		l.done = true
		l.line <- line
	}
	return len(p), nil
}

// residentOf reads how much memory of its own a process holds, in megabytes; pages
// of the database file, which the system may take back, do not count.
func residentOf(b *testing.B, pid int) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Skip("SKIPPED: this system does not tell a process's memory")
	}
	for _, line := range strings.Split(string(status), "\n") {
		if rest, ok := strings.CutPrefix(line, "RssAnon:"); ok {
			kilobytes, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kilobytes / 1024
		}
	}
	return 0
}

// BenchmarkVerify recomputes the chain, beside reading the same entries without
// looking at them.
func BenchmarkVerify(b *testing.B) {
	p, err := store{Data: benchData(b)}.open(b.Context(), slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	defer p.DB.Close()
	all, err := people.Organizations(b.Context(), p.DB.Everywhere())
	if err != nil || len(all) == 0 {
		b.Fatalf("no organization to verify: %v", err)
	}
	d := p.DB.For(all[0].ID)
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if err := ledger.EachSince(b.Context(), d, all[0].ID, 0, func(*ledger.Entry) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			if _, err := ledger.Verify(b.Context(), d, all[0].ID); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("verify-and-compare-tables", func(b *testing.B) {
		for b.Loop() {
			if good, err := verifyOne(context.Background(), p, all[0], io.Discard); err != nil || !good {
				b.Fatalf("%v %v", good, err)
			}
		}
	})
}
