//go:build linux

// Package weaviatetest starts real Weaviate clusters for tests, on the loopback.
//
//	cluster := weaviatetest.Start(t, 3)
//	address := cluster.Address() // weaviate://127.0.0.1:…,…
//	cluster.Kill(0)
//	cluster.Restart(0)
//
// The server is the program that the environment variable SECCODER_TEST_WEAVIATE names
// (make cluster builds it, from 1,700 packages, and runs these tests). A test without it is skipped.
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
		t.Skip("clusters are started on demand: make cluster builds the server and names it in SECCODER_TEST_WEAVIATE")
	}
	c := &Cluster{t: t}
	ports := freePorts(t, 3*nodes)
	for i := range nodes {
		p := ports[3*i:]
		c.nodes = append(c.nodes, &node{
			name: fmt.Sprintf("node%d", i+1), dir: t.TempDir(),
			rest: p[0], grpc: p[0] + 1, gossip: p[1], data: p[1] + 1, raft: p[2], rpc: p[2] + 1,
		})
	}
	t.Cleanup(c.stop)
	for i, n := range c.nodes {
		c.start(program, n)
		if i == 0 {
			c.waitGossip(n)
		}
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

// waitGossip waits until a node can be joined: others that come too early end.
func (c *Cluster) waitGossip(n *node) {
	c.t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		connection, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", n.gossip))
		if err == nil {
			_ = connection.Close()
			return
		}
	}
	c.t.Fatalf("%s does not listen for others:\n%s", n.name, n.log.tail())
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

// freePorts finds ports that nobody listens on, for TCP and for UDP, and neither on the next one:
// on one machine, nodes take it for granted that the port for data is the one behind that
// for gossip, and the one for calls that behind raft's.
func freePorts(t testing.TB, n int) []int {
	t.Helper()
	var ports []int
	var held []interface{ Close() error }
	hold := func(network string, port int) (taken int, ok bool) {
		if network == "udp" {
			packets, err := net.ListenPacket(network, ":"+strconv.Itoa(port))
			if err != nil {
				return 0, false
			}
			held = append(held, packets)
			return port, true
		}
		listener, err := net.Listen(network, ":"+strconv.Itoa(port))
		if err != nil {
			return 0, false
		}
		held = append(held, listener)
		return listener.Addr().(*net.TCPAddr).Port, true
	}
	for try := 0; len(ports) < n; try++ {
		if try == 1000 {
			t.Fatal("no pairs of free ports")
		}
		port, ok := hold("tcp", 0)
		for _, more := range []struct {
			network string
			offset  int
		}{{"udp", 0}, {"tcp", 1}, {"udp", 1}} {
			if ok {
				_, ok = hold(more.network, port+more.offset)
			}
		}
		if ok {
			ports = append(ports, port)
		}
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
