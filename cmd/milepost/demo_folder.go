package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
)

// demoFile marks a folder as a demonstration, and says what is in it. Without it no
// folder is ever served as one, or deleted.
const demoFile = "demonstration.json"

// demonstration is what demoFile holds.
type demonstration struct {
	MadeAt       calendar.Instant `json:"made_at"`
	Organization db.Org           `json:"organization"`
	Guides       []guide          `json:"guides"`
}

// guide is a person through whose eyes the demonstration is looked at.
type guide struct {
	Person people.ID `json:"person"`
	Token  string    `json:"token"` // of the link that signs in as this person
	Look   string    `json:"look"`
}

// finished tells whether the making came to its end.
func (demo demonstration) finished() bool { return demo.Organization != "" }

// readDemo tells whether a folder holds a demonstration, finished or not. It
// refuses a folder that holds something else.
func readDemo(folder string) (demo demonstration, found bool, err error) {
	text, err := os.ReadFile(filepath.Join(folder, demoFile))
	if errors.Is(err, fs.ErrNotExist) {
		list, err := os.ReadDir(folder)
		if err == nil && len(list) > 0 {
			return demo, false, fmt.Errorf("%s holds something that is not a Milepost demonstration, so it is left alone; name another folder with --data", folder)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return demo, false, err
		}
		return demo, false, nil
	}
	if err != nil {
		return demo, false, err
	}
	if err := json.Unmarshal(text, &demo); err != nil {
		return demonstration{}, true, nil // the mark itself was cut off
	}
	return demo, true, nil
}

// discard deletes a folder if it is a demonstration, finished or not. The mark goes
// last, so that a deletion that is cut off can be taken up again.
func discard(folder string) error {
	if _, found, err := readDemo(folder); err != nil {
		return err
	} else if !found {
		return ignoreMissing(os.Remove(folder)) // empty, or not there
	}
	list, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range list {
		if entry.Name() != demoFile {
			if err := os.RemoveAll(filepath.Join(folder, entry.Name())); err != nil {
				return err
			}
		}
	}
	return os.RemoveAll(folder)
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// mark writes the file that makes a folder a demonstration.
func (demo demonstration) mark(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("making the folder of the demonstration: %w", err)
	}
	text, err := json.MarshalIndent(demo, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, demoFile), append(text, '\n'), 0o600)
}
