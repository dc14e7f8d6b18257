package testworld

import (
	"fmt"
	"os"
	"testing"
)

// wholeFolder holds the company that several tests read.
var wholeFolder string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "milepost-company")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	wholeFolder = folder
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}
