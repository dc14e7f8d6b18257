package accounts

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"milepost/people"
	"milepost/problem"
)

// mostAddresses is how many e-mail addresses or phone numbers one person may have.
const mostAddresses = 10

const parted = ", "

// split lists what a stored value of several parts holds.
func split(value string) []string {
	if value == "" {
		return nil
	}
	return strings.Split(value, parted)
}

// parts takes apart what was typed: several values stand on lines of their own, or
// behind a comma or a semicolon.
func parts(text string) []string {
	var list []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == '\r' }) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// ParseEmails reads e-mail addresses as people type or paste them, each alone or as
// "Ana Silva <ana@example.com>". They come back in small letters, each once.
func ParseEmails(field, text string) ([]string, error) {
	var found []string
	for _, part := range parts(text) {
		if open := strings.LastIndexByte(part, '<'); open >= 0 && strings.HasSuffix(part, ">") {
			part = part[open+1 : len(part)-1]
		}
		for _, word := range strings.Fields(part) {
			email, err := people.CleanEmail(strings.TrimPrefix(word, "mailto:"))
			if err != nil || !strings.Contains(email, "@") || strings.ContainsAny(email, `"<>,; `) || hasControl(email) {
				return nil, problem.Invalid(field, "“%s” is not an e-mail address like kim@example.com.", clip(word))
			}
			if !slices.Contains(found, email) {
				found = append(found, email)
			}
		}
	}
	if len(found) > mostAddresses {
		return nil, problem.Invalid(field, "These are %d addresses; up to %d fit.", len(found), mostAddresses)
	}
	return found, nil
}

func hasControl(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) || r == unicode.ReplacementChar })
}

// domainOf is what stands behind the @, or "".
func domainOf(email string) string {
	_, domain, _ := strings.Cut(email, "@")
	return domain
}

// everybodys are domains that say nothing about where someone works.
var everybodys = wordSet(`gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com
	aol.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de proton.me protonmail.com mail.com mail.ru yandex.ru qq.com
	163.com orange.fr free.fr wanadoo.fr laposte.net libero.it ziggo.nl kpnmail.nl hetnet.nl`)

// ParsePhones reads phone numbers: digits with an optional +, parted by what people
// part them by, and an extension. How someone groups the digits is kept.
func ParsePhones(field, text string) ([]string, error) {
	var found []string
	for _, part := range parts(text) {
		phone, ok := cleanPhone(part)
		if !ok {
			return nil, problem.Invalid(field, "“%s” is not a phone number like +31 20 123 4567.", clip(part))
		}
		if !slices.Contains(found, phone) {
			found = append(found, phone)
		}
	}
	if len(found) > mostAddresses {
		return nil, problem.Invalid(field, "These are %d numbers; up to %d fit.", len(found), mostAddresses)
	}
	return found, nil
}

func cleanPhone(text string) (string, bool) {
	text = strings.TrimSpace(strings.TrimPrefix(strings.Join(strings.Fields(text), " "), "tel:"))
	text = strings.TrimSpace(strings.ReplaceAll(text, "(0)", "")) // +31 (0)20 is +31 20
	if after, international := strings.CutPrefix(text, "00"); international {
		text = "+" + strings.TrimSpace(after)
	}
	number, extension := text, ""
	for _, mark := range []string{"ext.", "ext", "x"} {
		if before, after, has := strings.Cut(strings.ToLower(text), mark); has {
			number, extension = before, strings.TrimSpace(after)
			break
		}
	}
	digits := 0
	for i, r := range number {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '+' && i == 0:
		case strings.ContainsRune(" -./()", r):
		default:
			return "", false
		}
	}
	if digits < 3 || digits > 15 || len(number) > 40 || len(extension) > 6 || strings.Trim(extension, "0123456789") != "" {
		return "", false
	}
	number = strings.Join(strings.Fields(number), " ")
	if extension != "" {
		number += " ext " + extension
	}
	return number, true
}

// dialled is a phone number as a telephone takes it.
func dialled(phone string) string {
	number, extension, _ := strings.Cut(phone, " ext ")
	number = strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, number)
	if extension != "" {
		number += ";ext=" + extension
	}
	return number
}

// ParseWebsite reads the address of a company's site; without http:// it is https.
func ParseWebsite(field, text string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", nil
	}
	wrong := problem.Invalid(field, "“%s” is not the address of a website like example.com.", clip(text))
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || len(text) > 300 {
		return "", wrong
	}
	host := strings.ToLower(u.Hostname())
	if !strings.Contains(strings.Trim(host, "."), ".") || strings.ContainsAny(host, " _\"'<>") || hasControl(host) {
		return "", wrong
	}
	address := u.Scheme + "://" + strings.ToLower(u.Host) + u.EscapedPath() // u.String would escape ü in the host
	if u.RawQuery != "" {
		address += "?" + u.RawQuery
	}
	return strings.TrimSuffix(address, "/"), nil
}

// siteOf is the host of a website without its www, which is also what the addresses
// of those who work there end in.
func siteOf(website string) string {
	u, err := url.Parse(website)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
