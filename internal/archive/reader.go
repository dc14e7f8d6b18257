package archive

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// What can be wrong with an archive. Each is the end of a sentence that begins with
// the archive's name.
var (
	ErrNotOurs = errors.New("is not a Milepost backup")
	ErrCutOff  = errors.New("is cut off before its end, so something of it is missing")
	ErrDamaged = errors.New("is damaged")
	ErrLater   = errors.New("was made by a later Milepost; restore it with that one")
)

func damaged(what string) error {
	return fmt.Errorf("%w: %s is not what was put in", ErrDamaged, what)
}

// Unpack reads an archive to its end into an empty folder and compares everything
// with its sum. Without an error, all that was put in lies in the folder, as it was.
func Unpack(from io.Reader, folder string) (Seal, error) {
	in := tar.NewReader(from)
	if err := readNote(in); err != nil {
		return Seal{}, err
	}
	t := newTally()
	for {
		head, err := in.Next()
		if err != nil {
			return Seal{}, cutOff(err) // the end, without a seal
		}
		if head.Name == sealName {
			return readSeal(in, t)
		}
		if err := t.unpack(in, head, folder); err != nil {
			return Seal{}, err
		}
	}
}

// cutOff tells an archive that ends too early from one that cannot be read.
func cutOff(err error) error {
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return ErrCutOff
	case errors.Is(err, tar.ErrHeader):
		return damaged("the list of what is in it")
	}
	return err
}

// small bounds what a note or a seal may hold.
const small = 1 << 16

func readNote(in *tar.Reader) error {
	head, err := in.Next()
	if err != nil || head.Name != noteName {
		return ErrNotOurs
	}
	var n note
	text, err := io.ReadAll(io.LimitReader(in, small))
	if err != nil {
		return cutOff(err)
	}
	switch err := json.Unmarshal(text, &n); {
	case err != nil:
		return damaged("the note at its beginning")
	case n.Format > format:
		return ErrLater
	}
	return nil
}

func readSeal(in *tar.Reader, t *tally) (Seal, error) {
	var seal Seal
	text, err := io.ReadAll(io.LimitReader(in, small))
	if err != nil {
		return seal, cutOff(err)
	}
	if err := json.Unmarshal(text, &seal); err != nil {
		return seal, damaged("the seal at its end")
	}
	switch found := t.sealed(seal.Missing); {
	case found.Database != seal.Database || found.Database == "":
		return seal, damaged("the database")
	case found != seal:
		return seal, damaged("the list of files")
	}
	if _, err := in.Next(); err != io.EOF {
		return seal, damaged("what follows the seal")
	}
	return seal, nil
}

// unpack writes one member to the disk.
func (t *tally) unpack(in *tar.Reader, head *tar.Header, folder string) error {
	want, isFile := sumOf(head.Name)
	if head.Typeflag != tar.TypeReg || !isFile && head.Name != databaseName {
		return damaged(head.Name)
	}
	path := filepath.Join(folder, filepath.FromSlash(head.Name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return damaged(head.Name)
	}
	if err != nil {
		return err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(file, sum), in); err != nil {
		return cutOff(err)
	}
	is := hex.EncodeToString(sum.Sum(nil))
	if isFile && is != want {
		return damaged(head.Name)
	}
	t.count(head.Name, is, head.Size)
	return file.Sync()
}
