package db

import (
	"crypto/rand"
	"encoding/hex"

	"milepost/calendar"
)

// NewID makes a UUIDv7 as text: ids made later sort later (RFC 9562, 5.7).
func NewID(at calendar.Instant) string {
	var random [10]byte
	rand.Read(random[:]) // never fails (crypto/rand)
	return IDFrom(at, random)
}

// NewID makes an id for something that is recorded through the handle.
func (d *DB) NewID(at calendar.Instant) string {
	if d.ids != nil {
		return d.ids(at)
	}
	return NewID(at)
}

// Naming gives a handle that draws its ids elsewhere: for a company that comes out the
// same whenever it is made.
func (d *DB) Naming(ids func(calendar.Instant) string) *DB {
	named := *d
	named.ids = ids
	return &named
}

// IDFrom makes a UUIDv7 of an instant and ten bytes that stand for its random
// part. The same bytes give the same id, which is how a fact that is imported
// twice is known to be the same fact.
func IDFrom(at calendar.Instant, random [10]byte) string {
	var id [16]byte
	ms := uint64(max(at, 0))
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	copy(id[6:], random[:])
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	var text [36]byte
	hex.Encode(text[0:8], id[0:4])
	hex.Encode(text[9:13], id[4:6])
	hex.Encode(text[14:18], id[6:8])
	hex.Encode(text[19:23], id[8:10])
	hex.Encode(text[24:36], id[10:16])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return string(text[:])
}
