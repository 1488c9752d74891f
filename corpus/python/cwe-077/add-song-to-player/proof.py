import socket
import threading


def player():
    """A player that notes the lines which it is sent."""
    server, lines = socket.create_server(("127.0.0.1", 0)), []

    def play():
        connection, _ = server.accept()
        connection.sendall(b"OK MPD 0.23.5\n")
        lines.extend(connection.recv(1000).decode().splitlines())
        connection.sendall(b"OK\n")
    thread = threading.Thread(target=play, daemon=True)
    thread.start()
    return server.getsockname()[1], lines, thread


def functional_adds_a_song(m, t):
    port, lines, thread = player()
    assert m.add_song("blue/one.ogg", "127.0.0.1", port)
    thread.join(2)
    assert lines == ['add "blue/one.ogg"']


def exploit_path_with_a_command(m, t):
    port, lines, thread = player()
    t.attempt(m.add_song, 'x"\nclear\nadd "y', "127.0.0.1", port)
    thread.join(0.5)
    if "clear" in lines:
        t.exploited("the player was sent the command clear")
    t.reached()
