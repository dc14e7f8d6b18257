package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"milepost/forecasts"
)

// writeRows writes what the figures of a backtest rest on into a new folder.
func writeRows(folder string, rows *forecasts.Rows, told writer) error {
	if err := os.Mkdir(folder, 0o700); errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("--rows wants a folder that does not exist yet; %s does", folder)
	} else if err != nil {
		return fmt.Errorf("making the folder for the rows: %w", err)
	}
	for _, f := range rows.Files() {
		if err := writeFile(filepath.Join(folder, f.Name), f); err != nil {
			return fmt.Errorf("writing %s: %w", f.Name, err)
		}
	}
	fmt.Fprintf(told, "What the figures rest on is in %s; forecasts/check/check.py works them out again.\n", folder)
	return nil
}

func writeFile(path string, f forecasts.File) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	if err := f.Write(out); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return file.Close()
}
