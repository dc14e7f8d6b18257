package people

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"milepost/problem"
)

// The lengths of a password. The upper bound is there so that nobody can make the
// program hash megabytes.
const (
	shortestPassword = 10  // letters
	longestPassword  = 256 // bytes
)

// hashCost is what making a hash takes; it is kept with each hash, so that it can
// be raised later without locking anyone out.
type hashCost struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

// cost is OWASP's least for argon2id: 19 MiB, two passes, one thread.
var cost = hashCost{memory: 19 * 1024, passes: 2, threads: 1}

// hashing bounds how many hashes are made at once: each takes memory, and strangers
// may ask for them.
var hashing = make(chan struct{}, max(2, runtime.NumCPU()))

//go:embed passwords.txt
var commonPasswords string

// checkPassword refuses a password that would be guessed: a short one, one of the
// commonest, or the person's own name or address.
func checkPassword(field, password, name, email string) error {
	plain := strings.ToLower(password)
	local, _, _ := strings.Cut(email, "@")
	switch {
	case !utf8.ValidString(password) || len(password) > longestPassword:
		return problem.Invalid(field, "This password is too long: up to %d letters.", longestPassword)
	case utf8.RuneCountInString(password) < shortestPassword:
		return problem.Invalid(field, "Use at least %d letters. A few words in a row are easy to remember and hard to guess.", shortestPassword)
	case strings.Contains("\n"+commonPasswords, "\n"+plain+"\n"), fewLetters(plain):
		return problem.Invalid(field, "This is one of the first passwords that anyone would try. Choose another.")
	case plain == strings.ToLower(email), plain == strings.ToLower(name), len(local) > 3 && strings.Trim(plain, local+"0123456789!.") == "" && strings.Contains(plain, local):
		return problem.Invalid(field, "This is too close to your name or address. Choose another.")
	}
	return nil
}

// fewLetters tells of passwords like "aaaaaaaaaa" and "ababababab".
func fewLetters(password string) bool {
	seen := map[rune]bool{}
	for _, r := range password {
		seen[r] = true
	}
	return len(seen) <= 2
}

// hashPassword makes the text that is stored: the parameters, a salt and the hash.
func hashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	rand.Read(salt) // never fails (crypto/rand)
	key, err := derive(ctx, password, salt, cost)
	if err != nil {
		return "", err
	}
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		cost.memory, cost.passes, cost.threads, encode(salt), encode(key)), nil
}

// derive waits for its turn and makes the key. The same letters give the same key
// however a keyboard composes them (NFKC).
func derive(ctx context.Context, password string, salt []byte, c hashCost) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey(norm.NFKC.Bytes([]byte(password)), salt, c.passes, c.memory, c.threads, 32), nil
}

// verifyPassword tells whether a password fits a stored hash, and whether the hash
// was made with other parameters than today's and should be made again.
func verifyPassword(ctx context.Context, password, stored string) (fits, stale bool, err error) {
	parts := strings.Split(stored, "$")
	var c hashCost
	var version int
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, false, fmt.Errorf("a stored password hash cannot be read")
	}
	_, err = fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &c.memory, &c.passes, &c.threads)
	salt, badSalt := base64.RawStdEncoding.DecodeString(parts[4])
	want, badKey := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || badSalt != nil || badKey != nil || version != argon2.Version {
		return false, false, fmt.Errorf("a stored password hash cannot be read")
	}
	got, err := derive(ctx, password, salt, c)
	if err != nil {
		return false, false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, c != cost, nil
}

// spendAsMuch does the work of verifying a password for someone who is not there,
// so that the time taken does not tell.
func spendAsMuch(ctx context.Context, password string) error {
	_, err := derive(ctx, password, make([]byte, 16), cost)
	return err
}
