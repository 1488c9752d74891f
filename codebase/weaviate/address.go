package weaviate

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The schemes of a cluster's address: plain HTTP and HTTPS.
const (
	schemePlain  = "weaviate://"
	schemeSecure = "weaviate+https://"
)

// defaultKeyEnv is the environment variable in which a key is looked for where the address
// names none.
const defaultKeyEnv = "WEAVIATE_API_KEY"

// An Address says which cluster and which codebase in it, and how to ask it.
type Address struct {
	// Hosts are the nodes to ask, each as host:port; the next one is asked where one is down.
	Hosts []string
	// Secure asks by HTTPS.
	Secure bool
	// Name tells several codebases of one cluster apart; it may be empty.
	Name string
	// Replicas is on how many nodes each example lies, Shards into how many parts the
	// codebase is split. They count when it is made. 0 is as many as there are nodes, up
	// to three replicas.
	Replicas, Shards int
	// Timeout is how long a request is tried, on all nodes together; 30 seconds where it is 0.
	Timeout time.Duration
	// KeyEnv names the environment variable with the cluster's key; empty is
	// WEAVIATE_API_KEY, which need not be set.
	KeyEnv string
	// Fallback is the SQLite file of a copy that answers reads while the cluster does not.
	Fallback string
}

// IsAddress reports whether text is the address of a cluster and no file's path.
func IsAddress(text string) bool {
	return strings.HasPrefix(text, schemePlain) || strings.HasPrefix(text, schemeSecure)
}

// nameForm has no capitals: Weaviate takes two classes for one that differ in them alone.
var nameForm = regexp.MustCompile(`^[a-z0-9]{1,40}$`)

// ParseAddress reads an address:
//
//	weaviate://HOST:PORT[,HOST:PORT…][/NAME][?replicas=3&shards=3&timeout=30s&key-env=VARIABLE&fallback=FILE]
//
// or the same after weaviate+https://. Errors never repeat the text, in which somebody may
// have put a key.
func ParseAddress(text string) (Address, error) {
	a := Address{Secure: strings.HasPrefix(text, schemeSecure)}
	rest, plain := strings.CutPrefix(text, schemePlain)
	if !plain {
		rest = strings.TrimPrefix(text, schemeSecure)
	}
	if !plain && !a.Secure {
		return a, errors.New("the address of a cluster begins with " + schemePlain + " or " + schemeSecure)
	}
	rest, query, _ := strings.Cut(rest, "?")
	hosts, name, _ := strings.Cut(rest, "/")
	if strings.Contains(hosts, "@") {
		return a, errors.New("the address of a cluster holds no user and no key: put the key into the environment variable " + defaultKeyEnv)
	}
	for host := range strings.SplitSeq(hosts, ",") {
		if err := checkHost(host); err != nil {
			return a, err
		}
		a.Hosts = append(a.Hosts, host)
	}
	if a.Name = name; name != "" && !nameForm.MatchString(name) {
		return a, fmt.Errorf("the codebase's name %.50q in a cluster's address: expected up to 40 small letters and digits", name)
	}
	return a, a.parseSettings(query)
}

func checkHost(host string) error {
	name, port, err := net.SplitHostPort(host)
	if err != nil || name == "" {
		return errors.New("the address of a cluster needs a host and a port for each node, as in " + schemePlain + "node1:8080,node2:8080")
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return fmt.Errorf("the address of a cluster: port %.20q is none", port)
	}
	if strings.ContainsAny(name, " \t\r\n%#\\\"<>") {
		return errors.New("the address of a cluster: a node's host name has characters that none has")
	}
	return nil
}

// parseSettings reads what comes after the question mark.
func (a *Address) parseSettings(query string) error {
	values, err := url.ParseQuery(query)
	if err != nil {
		return errors.New("the settings after ? in a cluster's address cannot be read; expected key=value, joined by &")
	}
	for key, list := range values {
		value := list[len(list)-1]
		switch key {
		case "replicas":
			a.Replicas, err = count(key, value, 7)
		case "shards":
			a.Shards, err = count(key, value, 256)
		case "timeout":
			if a.Timeout, err = time.ParseDuration(value); err != nil || a.Timeout < 100*time.Millisecond {
				err = fmt.Errorf("timeout=%.20q in a cluster's address: expected a time of 100ms at least, as in 30s", value)
			}
		case "key-env":
			a.KeyEnv = value
		case "fallback":
			a.Fallback = value
		default:
			return fmt.Errorf("the address of a cluster: unknown setting %.20q (known: replicas, shards, timeout, key-env, fallback)", key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func count(key, value string, most int) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > most {
		return 0, fmt.Errorf("%s=%.20q in a cluster's address: expected 1 to %d", key, value, most)
	}
	return n, nil
}

// String is the address without its settings, for messages.
func (a Address) String() string {
	text := schemePlain
	if a.Secure {
		text = schemeSecure
	}
	text += strings.Join(a.Hosts, ",")
	if a.Name != "" {
		text += "/" + a.Name
	}
	return text
}

// local reports whether no request leaves this machine.
func (a Address) local() bool {
	for _, host := range a.Hosts {
		name, _, _ := net.SplitHostPort(host)
		if ip := net.ParseIP(name); name != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return false
		}
	}
	return true
}
