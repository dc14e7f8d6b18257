package archive

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"milepost/calendar"
)

// Writer writes an archive, the database first.
type Writer struct {
	tar     *tar.Writer
	tally   *tally
	madeAt  calendar.Instant
	missing int64
	// Progress, when set, hears of bytes as they are written.
	Progress func(written int64)
}

// NewWriter begins an archive.
func NewWriter(to io.Writer, madeAt calendar.Instant) (*Writer, error) {
	w := &Writer{tar: tar.NewWriter(to), tally: newTally(), madeAt: madeAt}
	return w, w.text(noteName, note{Format: format, MadeAt: madeAt})
}

// Database puts the database in.
func (w *Writer) Database(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := w.copy(databaseName, file); err != nil {
		return fmt.Errorf("packing the database: %w", err)
	}
	return nil
}

// File puts a file in that lies at a path and is called name, which ends in its
// SHA-256. One that is not there, or is no longer what its name says, is counted as
// missing: a backup without it is better than none. It tells whether the file is in.
func (w *Writer) File(path, name string) (bool, error) {
	want, proper := sumOf(name)
	if !proper {
		return false, fmt.Errorf("%s is not the name of a kept file", name)
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		w.missing++
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("packing a file: %w", err)
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return false, fmt.Errorf("reading %s: %w", path, err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != want {
		w.missing++
		return false, nil
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return false, err
	}
	if err := w.copy(name, file); err != nil {
		return false, fmt.Errorf("packing %s: %w", path, err)
	}
	return true, nil
}

func (w *Writer) copy(name string, file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if err := w.head(name, info.Size()); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w.tar, sum, progress{w}), io.LimitReader(file, info.Size())); err != nil {
		return err
	}
	w.tally.count(name, hex.EncodeToString(sum.Sum(nil)), info.Size())
	return w.tar.Flush() // refuses a file that became shorter meanwhile
}

func (w *Writer) head(name string, size int64) error {
	return w.tar.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: w.madeAt.Time()})
}

func (w *Writer) text(name string, what any) error {
	text, err := json.MarshalIndent(what, "", "  ")
	if err != nil {
		return err
	}
	if err := w.head(name, int64(len(text))); err != nil {
		return err
	}
	_, err = w.tar.Write(text)
	return err
}

// Close puts the seal on.
func (w *Writer) Close() (Seal, error) {
	seal := w.tally.sealed(w.missing)
	if err := w.text(sealName, seal); err != nil {
		return seal, err
	}
	return seal, w.tar.Close()
}

type progress struct{ w *Writer }

func (p progress) Write(b []byte) (int, error) {
	if p.w.Progress != nil {
		p.w.Progress(int64(len(b)))
	}
	return len(b), nil
}
