package openai

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"strings"
)

const defaultKeyEnv = "OPENAI_API_KEY"

// A key lives in closures, where no printing of a Generator can find it.
type key struct {
	// from says where the key is from, or where one could be put.
	from string
	// authorize adds the key to a request's header.
	authorize func(http.Header)
	// redact takes the key out of a text; servers like to repeat it. A text that is to be
	// shortened goes through it before.
	redact func(string) string
}

func loadKey(o Options, server *url.URL) (key, error) {
	value, from, err := readKey(o, server)
	if err != nil {
		return key{}, err
	}
	value = strings.TrimSpace(value)
	for _, r := range value {
		if r <= ' ' || r > '~' {
			return key{}, fmt.Errorf("the key in %s holds a space or a character that no key has", from)
		}
	}
	return key{
		from: from,
		authorize: func(h http.Header) {
			if value != "" {
				h.Set("Authorization", "Bearer "+value)
			}
		},
		redact: func(text string) string { return redact(text, value) },
	}, nil
}

// redact takes the key out of the text, and the beginning of it that the text ends
// with: a connection that broke, or a limit, may have cut it there.
func redact(text, key string) string {
	const telling = 4 // bytes; fewer say nothing, and many a text ends like that
	if key == "" {
		return text
	}
	text = strings.ReplaceAll(text, key, "[key]")
	for n := min(len(key), len(text)); n >= telling; n-- {
		if rest, ok := strings.CutSuffix(text, key[:n]); ok {
			return rest + "[key]"
		}
	}
	return text
}

func readKey(o Options, server *url.URL) (value, from string, err error) {
	switch {
	case o.KeyFile != "":
		value, err = readKeyFile(o.KeyFile)
		return value, o.KeyFile, err
	case o.KeyEnv != "":
		value, ok := os.LookupEnv(o.KeyEnv)
		if !ok || value == "" {
			return "", "", fmt.Errorf("the environment variable %s, which is to hold the key, is not set", o.KeyEnv)
		}
		return value, "$" + o.KeyEnv, nil
	case server.Scheme == "https" || isLoopback(server.Hostname()):
		return os.Getenv(defaultKeyEnv), "$" + defaultKeyEnv, nil
	default:
		// A key that was meant for somebody else must not cross a network in clear
		// because a variable happened to be set.
		return "", "no place; name its variable or file, as $" + defaultKeyEnv + " goes to no other machine unencrypted", nil
	}
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

func readKeyFile(path string) (string, error) {
	const most = 16 << 10
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("read key file: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", fmt.Errorf("read key file: %w", err)
	}
	// Windows has no such bits; its home folders are closed to others.
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("read key file %s: others may read it; chmod 600 %s", path, path)
	}
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err != nil {
		return "", fmt.Errorf("read key file: %w", err)
	}
	if len(data) > most {
		return "", fmt.Errorf("read key file %s: it is too large for a key", path)
	}
	if strings.TrimSpace(string(data)) == "" {
		return "", fmt.Errorf("read key file %s: %w", path, errors.New("it is empty"))
	}
	return string(data), nil
}
