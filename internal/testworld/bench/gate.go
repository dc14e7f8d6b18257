package bench

import (
	"os"
	"time"
)

// wait holds a measurement back until a file is there, where MILEPOST_BENCH_GATE names
// one, and keeps a file beside it (.busy) while it is measured. Preparing may then take
// its minutes on a machine that others use, and only what is timed needs quiet ones.
func wait() (done func()) {
	gate := os.Getenv("MILEPOST_BENCH_GATE")
	if gate == "" {
		return func() {}
	}
	for {
		if _, err := os.Stat(gate); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	os.WriteFile(gate+".busy", nil, 0o600)
	return func() { os.Remove(gate + ".busy") }
}
