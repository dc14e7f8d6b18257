package testworld

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// wholeFolder and furnishedFolder hold the companies that several tests read.
var wholeFolder, furnishedFolder string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "milepost-company")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	wholeFolder, furnishedFolder = filepath.Join(folder, "whole"), filepath.Join(folder, "furnished")
	for _, of := range []string{wholeFolder, furnishedFolder} {
		if err := os.Mkdir(of, 0o700); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}
