package people

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net"
	"net/http"
	"strings"
)

// newToken makes a secret that nobody can guess: 32 random bytes.
func newToken() string {
	secret := make([]byte, 32)
	rand.Read(secret) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(secret)
}

// hashOf is what is stored of a token. The token is random and long, so a plain
// hash is enough: who reads the database cannot sign in with what is there.
func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// cookieName carries the prefix by which browsers see to it that no other site, and
// no unencrypted page, can set the cookie. Browsers refuse the prefix on plain http.
func cookieName(r *http.Request) string {
	if overTLS(r) {
		return "__Host-milepost"
	}
	return "milepost"
}

// overTLS tells whether the browser speaks TLS, to us or to a proxy before us. A
// browser that lies about it locks only itself out.
func overTLS(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
}

// cookieLife is as long as browsers keep a cookie at most; what ends a sign-in is
// its row, not the cookie.
const cookieLife = 400 * 24 * 60 * 60

func setCookie(w http.ResponseWriter, r *http.Request, token string) {
	life := cookieLife
	if token == "" {
		life = -1
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName(r), Value: token, Path: "/", MaxAge: life,
		HttpOnly: true, Secure: overTLS(r), SameSite: http.SameSiteLaxMode})
}

func tokenFrom(r *http.Request) string {
	cookie, err := r.Cookie(cookieName(r))
	if err != nil || len(cookie.Value) > 100 {
		return ""
	}
	return cookie.Value
}

// addressOf is from where a request comes, as far as it can be trusted: a proxy on
// this machine is believed about the address before it, nobody else is. Of an IPv6
// address the network counts, because one person has many addresses in it.
func addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	ip := net.ParseIP(host)
	if ip != nil && ip.IsLoopback() {
		passed := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
		if before := net.ParseIP(strings.TrimSpace(passed[len(passed)-1])); before != nil {
			ip = before
		}
	}
	switch {
	case ip == nil:
		return host
	case ip.To4() == nil:
		return ip.Mask(net.CIDRMask(64, 128)).String()
	}
	return ip.String()
}

// AddressOf is addressOf for rooms that hand out private links of their own.
func AddressOf(r *http.Request) string { return addressOf(r) }

// localPath is where to go after signing in: a path of this site, or the start. It
// keeps a link that someone sends from leading to another site.
func localPath(next string) string {
	path, _, _ := strings.Cut(next, "?")
	switch {
	case !strings.HasPrefix(next, "/"), strings.HasPrefix(next, "//"), strings.ContainsAny(next, "\\\r\n\t\x00"), len(next) > 2000,
		path == "/sign-in", path == "/sign-out":
		return "/"
	}
	return next
}
