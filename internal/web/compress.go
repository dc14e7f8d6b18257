package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"sync"
)

// worthCompressing is the size below which gzip gains nothing.
const worthCompressing = 1400

var zips = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	return w
}}

// compress packs a body for a browser that takes gzip, and says so in the header.
func compress(header http.Header, r *http.Request, body []byte) []byte {
	header.Add("Vary", "Accept-Encoding")
	if len(body) < worthCompressing || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return body
	}
	var packed bytes.Buffer
	w := zips.Get().(*gzip.Writer)
	defer zips.Put(w)
	w.Reset(&packed)
	w.Write(body) // a buffer takes everything
	w.Close()
	header.Set("Content-Encoding", "gzip")
	return packed.Bytes()
}
