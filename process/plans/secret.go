package plans

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"golang.org/x/crypto/argon2"
)

// newToken makes what nobody can guess: 32 random bytes.
func newToken() string {
	secret := make([]byte, 32)
	rand.Read(secret) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(secret)
}

// hashOf is what is stored of a token: it is random and long, so a plain hash will do.
func hashOf(token string) string {
	sum := sha256.Sum256([]byte("plan link " + token))
	return hex.EncodeToString(sum[:])
}

// letters of a passcode: none that is read as another.
const letters = "abcdefghjkmnpqrstuvwxyz23456789"

// newPasscode makes a word to be told by another way than the link: eight letters of
// which there are 31, in two groups.
func newPasscode() string {
	var code []byte
	var one [1]byte
	for len(code) < 8 {
		rand.Read(one[:])
		if int(one[0]) < 256/len(letters)*len(letters) { // or the first letters come more often
			code = append(code, letters[int(one[0])%len(letters)])
		}
	}
	return string(code[:4]) + "-" + string(code[4:])
}

// hashing bounds how many passcodes are hashed at once: each takes memory, and strangers
// may ask for it.
var hashing = make(chan struct{}, 2)

func derive(code string, salt []byte) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(code), salt, 2, 19*1024, 1, 32)
}

// hashPasscode is what is stored of a passcode. It is short, so making the hash is slow.
func hashPasscode(code string) string {
	salt := make([]byte, 16)
	rand.Read(salt)
	return hex.EncodeToString(salt) + "$" + hex.EncodeToString(derive(tidyPasscode(code), salt))
}

// fits tells whether a passcode is the one of a hash.
func fits(code, hash string) bool {
	code = tidyPasscode(code)
	saltText, keyText, ok := strings.Cut(hash, "$")
	salt, err := hex.DecodeString(saltText)
	if !ok || err != nil || len(code) != 8 {
		return false
	}
	return subtle.ConstantTimeCompare([]byte(hex.EncodeToString(derive(code, salt))), []byte(keyText)) == 1
}

// tidyPasscode takes out what people add when they copy it by hand.
func tidyPasscode(code string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '\t' {
			return -1
		}
		return r
	}, code))
}

// proofOf is what a browser keeps once the passcode was right. It cannot be made
// from the link alone, and ends with the link.
func proofOf(token, passcodeHash string) string {
	sum := sha256.Sum256([]byte("plan passcode " + token + " " + passcodeHash))
	return hex.EncodeToString(sum[:])
}

func proves(proof, token, passcodeHash string) bool {
	return subtle.ConstantTimeCompare([]byte(proof), []byte(proofOf(token, passcodeHash))) == 1
}
