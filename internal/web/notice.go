package web

import (
	"encoding/base64"
	"net/http"

	"milepost/internal/ui"
)

const noticeCookie = "milepost_notice"

// setNotice leaves a sentence for the next page in a short-lived cookie, which is
// only text and is escaped where it is shown.
func setNotice(w http.ResponseWriter, r *http.Request, text string) {
	http.SetCookie(w, &http.Cookie{Name: noticeCookie, Value: base64.RawURLEncoding.EncodeToString([]byte(text)), Path: "/",
		MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil})
}

func takeNotice(w http.ResponseWriter, r *http.Request) ui.Notice {
	cookie, err := r.Cookie(noticeCookie)
	if err != nil {
		return ui.Notice{}
	}
	http.SetCookie(w, &http.Cookie{Name: noticeCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	text, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil || len(text) > 400 {
		return ui.Notice{}
	}
	return ui.Notice{Tone: ui.Good, Text: string(text)}
}
