import http.server
import ipaddress
import os
import socket
import threading

PAGES = {
    "/": "<html><head><title>Garden &amp; Home</title></head></html>",
    "/plain": "no title here",
    "/admin": "<title>inner secret</title>",
}

# What names stand for in the test's little internet.
HOSTS = {"garden.example": "93.184.216.34", "intranet.example": "10.0.0.5", "cloud.example": "169.254.169.254", "localhost": "127.0.0.1"}


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1/admin")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = PAGES.get(self.path.split("?")[0], "").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def internet():
    """Makes every connection end at one server; the result is the list of addresses that were connected to."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    connected = []
    connect = socket.socket.connect

    def connect_here(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = address[0]
            connected.append(HOSTS.get(host, host))
            if self.family == socket.AF_INET:
                return connect(self, server.server_address)
        raise OSError("unreachable")

    look_up = socket.getaddrinfo

    def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
        host = host.decode() if isinstance(host, bytes) else host
        host = HOSTS.get((host or "").rstrip(".").lower(), host)
        flags |= socket.AI_NUMERICHOST
        return look_up(host, port, family, type, proto, flags)

    socket.socket.connect = connect_here
    socket.getaddrinfo = getaddrinfo
    socket.gethostbyname = lambda host: getaddrinfo(host, 80, socket.AF_INET)[0][4][0]
    socket.gethostbyname_ex = lambda host: (host, [], [socket.gethostbyname(host)])
    return connected


def functional_title(m, t):
    internet()
    assert m.page_title("http://garden.example/") == "Garden & Home"


def functional_no_title(m, t):
    internet()
    assert m.page_title("http://garden.example/plain") == ""


def attack(m, t, url):
    connected = internet()
    if t.attempt(m.page_title, "http://garden.example/") == "Garden & Home":
        t.reached()
    title = t.attempt(m.page_title, url)
    for address in connected:
        if not ipaddress.ip_address(address).is_global:
            t.exploited(f"{url} made it connect to {address} and return {title!r}")


def exploit_loopback(m, t):
    attack(m, t, "http://127.0.0.1/admin")


def exploit_localhost(m, t):
    attack(m, t, "http://localhost:80/admin")


def exploit_name_of_an_inner_host(m, t):
    attack(m, t, "http://intranet.example/admin")


def exploit_metadata_of_the_cloud(m, t):
    attack(m, t, "http://cloud.example/admin")


def exploit_redirect_inside(m, t):
    attack(m, t, "http://garden.example/moved")


def exploit_file(m, t):
    internet()
    with open("secret.html", "w") as f:
        f.write("<title>from disk</title>")
    if t.attempt(m.page_title, f"file://{os.path.abspath('secret.html')}") == "from disk":
        t.exploited("a file of the server was read")
