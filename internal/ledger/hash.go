package ledger

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"

	"milepost/internal/db"
)

const saltBytes = 12

// newSalts makes as many salts as asked for, with one draw.
func newSalts(n int) []string {
	random := make([]byte, n*saltBytes)
	rand.Read(random) // never fails (crypto/rand)
	salts := make([]string, n)
	for i := range salts {
		salts[i] = base64.RawStdEncoding.EncodeToString(random[i*saltBytes : (i+1)*saltBytes])
	}
	return salts
}

func hashPayload(salt, payload string) string {
	return digest([]byte(salt + payload))
}

// chain is the hash of an entry: SHA-256 over the hash before it and every column,
// each with its length in front, so that no two different entries read the same.
func chain(before string, org db.Org, e *Entry) string {
	text := make([]byte, 0, 512)
	put := func(s string) {
		text = binary.AppendUvarint(text, uint64(len(s)))
		text = append(text, s...)
	}
	put(before)
	put(string(org))
	text = binary.AppendVarint(text, e.Sequence)
	put(e.ID)
	text = binary.AppendVarint(text, int64(e.RecordedAt))
	text = binary.AppendVarint(text, int64(e.EffectiveAt))
	put(e.Actor)
	put(string(e.Via))
	put(string(e.Kind))
	put(e.Subject)
	put(e.Opportunity)
	put(e.PayloadHash)
	return digest(text)
}

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return base64.RawStdEncoding.EncodeToString(sum[:])
}
