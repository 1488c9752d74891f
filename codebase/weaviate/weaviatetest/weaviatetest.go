//go:build linux

// Package weaviatetest starts real Weaviate clusters for tests, on the loopback.
//
//	cluster := weaviatetest.Start(t, 3)
//	address := cluster.Address() // weaviate://127.0.0.1:…,…
//	cluster.Kill(0)
//	cluster.Restart(0)
//
// The server is the program that the environment variable SECCODER_TEST_WEAVIATE names
// (make test builds it). A test without it is skipped, unless SECCODER_TEST_REQUIRE is 1:
// then it fails.
package weaviatetest

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A Cluster is some nodes of Weaviate, which end with the test.
type Cluster struct {
	t     testing.TB
	nodes []*node
}

type node struct {
	name string
	// The ports of a node: what its clients ask, what the nodes ask one another by.
	rest, grpc, gossip, data, raft, rpc int

	dir     string
	process *exec.Cmd
	done    chan struct{}
	log     logBuffer
}

// Start starts a cluster and waits until all nodes are ready.
func Start(t testing.TB, nodes int) *Cluster {
	t.Helper()
	program := os.Getenv("SECCODER_TEST_WEAVIATE")
	if program == "" {
		const missing = "SECCODER_TEST_WEAVIATE names no Weaviate server (make weaviate builds one)"
		if os.Getenv("SECCODER_TEST_REQUIRE") == "1" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	c := &Cluster{t: t}
	ports := freePorts(t, 6*nodes)
	for i := range nodes {
		p := ports[6*i:]
		c.nodes = append(c.nodes, &node{
			name: fmt.Sprintf("node%d", i+1), dir: t.TempDir(),
			rest: p[0], grpc: p[1], gossip: p[2], data: p[3], raft: p[4], rpc: p[5],
		})
	}
	t.Cleanup(c.stop)
	for _, n := range c.nodes {
		c.start(program, n)
	}
	for i := range c.nodes {
		c.waitReady(i)
	}
	return c
}

// Address is the cluster's address for the store, with all nodes.
func (c *Cluster) Address() string {
	var hosts []string
	for _, n := range c.nodes {
		hosts = append(hosts, n.host())
	}
	return "weaviate://" + strings.Join(hosts, ",")
}

// NodeAddress is the address of one node alone.
func (c *Cluster) NodeAddress(i int) string { return "weaviate://" + c.nodes[i].host() }

// NodeName is the name by which the cluster knows a node.
func (c *Cluster) NodeName(i int) string { return c.nodes[i].name }

// Kill ends a node by SIGKILL.
func (c *Cluster) Kill(i int) { c.nodes[i].kill() }

// Hang stops a node by SIGSTOP: its connections stay, and nobody answers.
func (c *Cluster) Hang(i int) {
	if err := c.nodes[i].process.Process.Signal(syscall.SIGSTOP); err != nil {
		c.t.Error(err)
	}
}

// Restart starts a node again that was killed, and waits until it says that it is ready.
func (c *Cluster) Restart(i int) {
	c.t.Helper()
	c.start(os.Getenv("SECCODER_TEST_WEAVIATE"), c.nodes[i])
	c.waitReady(i)
}

func (c *Cluster) stop() {
	for _, n := range c.nodes {
		n.kill()
		if c.t.Failed() {
			c.t.Logf("the end of %s's log:\n%s", n.name, n.log.tail())
		}
	}
}

func (n *node) host() string { return "127.0.0.1:" + strconv.Itoa(n.rest) }

func (n *node) kill() {
	if n.process == nil {
		return
	}
	_ = syscall.Kill(-n.process.Process.Pid, syscall.SIGKILL)
	<-n.done
}

func (c *Cluster) start(program string, n *node) {
	c.t.Helper()
	var join []string
	for _, other := range c.nodes {
		join = append(join, fmt.Sprintf("%s:%d", other.name, other.raft))
	}
	cmd := exec.Command(program, "--host", "127.0.0.1", "--port", strconv.Itoa(n.rest), "--scheme", "http")
	cmd.Dir = n.dir
	cmd.Env = append(os.Environ(),
		"DEFAULT_VECTORIZER_MODULE=none", "ENABLE_MODULES=", "AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED=true",
		"DISABLE_TELEMETRY=true", "LOG_LEVEL=warning", "PERSISTENCE_DATA_PATH="+filepath.Join(n.dir, "data"),
		// The disk of a machine that tests may be fuller than Weaviate likes.
		"DISK_USE_WARNING_PERCENTAGE=0", "DISK_USE_READONLY_PERCENTAGE=99",
		"CLUSTER_IN_LOCALHOST=true", "CLUSTER_ADVERTISE_ADDR=127.0.0.1", "CLUSTER_BIND_ADDR=127.0.0.1",
		"CLUSTER_HOSTNAME="+n.name,
		fmt.Sprintf("CLUSTER_GOSSIP_BIND_PORT=%d", n.gossip), fmt.Sprintf("CLUSTER_DATA_BIND_PORT=%d", n.data),
		fmt.Sprintf("RAFT_PORT=%d", n.raft), fmt.Sprintf("RAFT_INTERNAL_RPC_PORT=%d", n.rpc), fmt.Sprintf("GRPC_PORT=%d", n.grpc),
		"RAFT_JOIN="+strings.Join(join, ","), fmt.Sprintf("RAFT_BOOTSTRAP_EXPECT=%d", len(c.nodes)),
	)
	if n != c.nodes[0] {
		cmd.Env = append(cmd.Env, fmt.Sprintf("CLUSTER_JOIN=127.0.0.1:%d", c.nodes[0].gossip))
	} else if n.process != nil && len(c.nodes) > 1 {
		cmd.Env = append(cmd.Env, fmt.Sprintf("CLUSTER_JOIN=127.0.0.1:%d", c.nodes[1].gossip))
	}
	cmd.Stdout, cmd.Stderr = &n.log, &n.log
	// A group of its own, so that nothing of it is left; and it ends with the tests, however they end.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	n.process, n.done = cmd, make(chan struct{})
	go func(done chan struct{}) {
		_ = cmd.Wait()
		close(done)
	}(n.done)
}

// waitReady waits until a node says that it is ready.
func (c *Cluster) waitReady(i int) {
	c.t.Helper()
	n := c.nodes[i]
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		response, err := http.Get("http://" + n.host() + "/v1/.well-known/ready")
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
		select {
		case <-n.done:
			c.t.Fatalf("%s ended:\n%s", n.name, n.log.tail())
		default:
		}
	}
	c.t.Fatalf("%s is not ready:\n%s", n.name, n.log.tail())
}

// freePorts finds ports that nobody listens on, for TCP and for UDP.
func freePorts(t testing.TB, n int) []int {
	t.Helper()
	var ports []int
	var held []interface{ Close() error }
	for len(ports) < n {
		listener, err := net.Listen("tcp", ":0")
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, listener)
		port := listener.Addr().(*net.TCPAddr).Port
		packets, err := net.ListenPacket("udp", ":"+strconv.Itoa(port))
		if err != nil {
			continue
		}
		held = append(held, packets)
		ports = append(ports, port)
	}
	for _, h := range held {
		_ = h.Close()
	}
	return ports
}

// A logBuffer keeps the end of what a node says.
type logBuffer struct {
	mu   sync.Mutex
	text []byte
}

const logKept = 8 << 10

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, p...)
	if over := len(l.text) - 2*logKept; over > 0 {
		l.text = bytes.Clone(l.text[over:])
	}
	return len(p), nil
}

func (l *logBuffer) tail() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text[max(len(l.text)-logKept, 0):])
}
