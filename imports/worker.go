package imports

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// worker names this program among all that may import: its machine, its process,
// and a word of its own, since another process may get the same number later.
var worker = func() string {
	machine, err := os.Hostname()
	if err != nil {
		machine = "?"
	}
	return fmt.Sprintf("%s %d %s", strings.ReplaceAll(machine, " ", "-"), os.Getpid(), rand.Text()[:8])
}()

// isGone tells whether the program that ran an import is certainly no more: it ran
// on this machine, and its process has ended. Of other machines nothing is certain;
// their hearts tell.
func isGone(name string) bool {
	mine, theirs := strings.Fields(worker), strings.Fields(name)
	if len(theirs) != len(mine) || theirs[0] != mine[0] || mine[0] == "?" {
		return false
	}
	if theirs[1] == mine[1] {
		return theirs[2] != mine[2]
	}
	number, err := strconv.Atoi(theirs[1])
	if err != nil {
		return false
	}
	process, err := os.FindProcess(number)
	if err != nil {
		return true
	}
	defer process.Release()
	return errors.Is(process.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
