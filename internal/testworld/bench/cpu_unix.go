//go:build unix

package bench

import (
	"syscall"
	"time"
)

// used is how long this program has kept processors busy.
func used() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
