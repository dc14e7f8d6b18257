package landmark

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"math"
)

// Hash is a short name for what a model has learned: two models of one hash give every
// deal the same chances. It is taken over what is looked at, the intervals, and every
// coefficient to its last bit.
func (m *Trained) Hash() string {
	h := sha256.New()
	put := func(v float64) {
		var word [8]byte
		binary.LittleEndian.PutUint64(word[:], math.Float64bits(v))
		h.Write(word[:])
	}
	put(float64(m.Generation))
	put(float64(m.Reference.Number))
	for _, f := range m.features {
		io.WriteString(h, f.name+"\x00")
	}
	for _, end := range m.cuts.ends {
		put(end)
	}
	for _, coefficient := range m.model.Theta {
		put(coefficient)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
